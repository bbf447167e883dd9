"""Tables of pandas in and out, column by column, so that PyArrow is needed only for columns that are its own.

pandas is not imported here but where a table of it is made: whoever gives one has it.
"""

import sys
from typing import Any, cast

import numpy as np
import polars as pl

from ilacs_rules.errors import MissingExtraError, RecordError
from ilacs_rules.tables.objects import of_values

__all__ = ["from_pandas", "to_pandas"]

_UNITS = ("ms", "us", "ns")


def from_pandas(table: Any, name: str) -> pl.DataFrame:
    """A table of pandas as one of polars: numbers, days and texts as they are, columns of several kinds as objects.

    Raises:
        RecordError: a name is the name of two columns.
        MissingExtraError: a column is PyArrow's, and PyArrow is not installed.

    >>> import pandas as pd
    >>> from_pandas(pd.DataFrame({"subject": [1.0, None], "started": [45061, "2024-05-01"]}), "events").dtypes
    [Float64, Object]
    """
    names = [str(column) for column in table.columns]
    twice = next((column for place, column in enumerate(names) if column in set(names[:place])), None)
    if twice is not None:
        raise RecordError(
            "is the name of two columns", field=f"{name}.{twice}", expected="a different name for each column"
        )
    return pl.DataFrame([_column(each, table.iloc[:, place]) for place, each in enumerate(names)])


def _column(name: str, given: Any) -> pl.Series:
    dtype: Any = given.dtype
    arrows = hasattr(dtype, "pyarrow_dtype")
    if arrows or (str(dtype) in ("str", "string") and _has_pyarrow()):
        if not _has_pyarrow():
            raise MissingExtraError(f"the column {name!r} is PyArrow's: pip install pyarrow")
        return cast("pl.Series", pl.from_pandas(given)).alias(name)
    if hasattr(dtype, "categories"):
        words = _column(name, dtype.categories.to_series())
        if words.dtype == pl.String:
            codes = pl.Series(given.cat.codes.to_numpy())
            return words.gather(codes.set(codes < 0, None))
    of_numpy: str = dtype.kind if isinstance(dtype, np.dtype) else "none of it"
    if of_numpy in "iuf":
        return pl.Series(name, given.to_numpy(), nan_to_null=True)
    if of_numpy == "M":
        values = given.to_numpy()
        exact = np.datetime_data(values.dtype)[0] in _UNITS
        return pl.Series(name, values if exact else values.astype("datetime64[ms]"))
    if str(cast("object", dtype)).startswith("datetime64["):  # of a time zone
        naive = given.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
        return pl.Series(name, naive.astype("datetime64[us]")).dt.replace_time_zone("UTC")
    missing = given.isna().to_numpy()
    values = given.astype(object).to_numpy()
    return of_values(name, [None if none else value for value, none in zip(values, missing, strict=True)])


def _has_pyarrow() -> bool:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: F401, PLC0415 - an extra; it is only much faster
    except ModuleNotFoundError:
        return False
    return True


def to_pandas(frame: pl.DataFrame) -> Any:
    """A table of polars as one of pandas: days as instants at midnight, words as categories, counts with gaps as such.

    >>> to_pandas(pl.DataFrame({"row": [1, None], "why": ["a", "b"]})).dtypes["row"]
    Int64Dtype()
    """
    pandas = sys.modules["pandas"]
    return pandas.DataFrame({column.name: _values(column, pandas) for column in frame})


def _values(column: pl.Series, pandas: Any) -> Any:
    dtype = column.dtype
    if isinstance(dtype, pl.Categorical):
        return _values(column.cast(pl.Enum(column.cast(pl.String).drop_nulls().unique(maintain_order=True))), pandas)
    if isinstance(dtype, pl.Enum):
        codes = column.to_physical().cast(pl.Int32).fill_null(-1)
        return pandas.Categorical.from_codes(codes.to_numpy(), dtype.categories.to_list())
    if dtype == pl.Date:
        return column.cast(pl.Datetime("ms")).to_numpy()
    if dtype.is_integer() and column.null_count():
        return pandas.array(column.to_list(), dtype=str(dtype))
    if dtype == pl.Null:
        return [None] * len(column)
    if dtype.is_numeric():
        return column.to_numpy()
    text = "str" if dtype == pl.String and int(pandas.__version__.partition(".")[0]) >= 3 else object
    return pandas.Series(column.to_list(), dtype=text)
