"""Tables of any kind in, and back as the same kind: polars (lazy too), pandas, PyArrow, or the Arrow interface."""

from collections.abc import Callable
from typing import Any, TypeAlias, cast

import polars as pl

from ilacs_rules.errors import RecordError
from ilacs_rules.tables.pandas_frames import from_pandas, to_pandas

__all__ = ["AnyTable", "as_frame", "like"]

AnyTable: TypeAlias = Any
"""A polars ``DataFrame`` or ``LazyFrame``, a pandas ``DataFrame``, a PyArrow ``Table`` or ``RecordBatch``, or anything
else that has the Arrow interface (``__arrow_c_stream__``)."""

_WANTED = "a table: polars, pandas, PyArrow, or anything with the Arrow interface"


def as_frame(table: AnyTable, name: str) -> pl.DataFrame:
    """A table as a polars ``DataFrame``.

    Raises:
        RecordError: it is not a table, or cannot be read as one.

    >>> as_frame(pl.LazyFrame({"subject": [1]}), "events").height
    1
    >>> as_frame([1], "events")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: events: is not a table (found [1]; expected a table: polars, pandas, PyArrow, ...
    """
    if isinstance(table, pl.DataFrame):
        return table
    if _is_of(table, "pandas") and getattr(table, "ndim", 0) == 2:
        return from_pandas(table, name)
    try:
        found = _made(table)
    except Exception as error:
        # Each library has errors of its own for a column that holds several things at once, such as time zones; and a
        # lazy table is only now read, from wherever it lies.
        raise RecordError(
            f"cannot be read: {error}", field=name, expected="one kind of value in each column: text, dates or numbers"
        ) from error
    if found is None:
        raise RecordError("is not a table", field=name, value=table, expected=_WANTED)
    if isinstance(found, pl.Series) and isinstance(found.dtype, pl.Struct):
        return found.struct.unnest()
    if not isinstance(found, pl.DataFrame):
        raise RecordError("is not a table", field=name, value=type(table).__name__, expected=_WANTED)
    return found


def _made(table: AnyTable) -> object:
    """A table as polars has it. ``None`` if it is not a table."""
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        return cast("object", pl.from_arrow(table))  # pyright: ignore[reportUnknownMemberType]
    return None


def like(table: AnyTable) -> Callable[[pl.DataFrame], AnyTable]:
    """What turns a ``DataFrame`` into a table of the same kind as another; of an unknown kind, it stays one.

    >>> like(pl.LazyFrame())(pl.DataFrame({"a": [1]})).collect().height
    1
    >>> type(like(pl.DataFrame())(pl.DataFrame())).__name__
    'DataFrame'
    """
    if isinstance(table, pl.LazyFrame):
        return pl.DataFrame.lazy
    if _is_of(table, "pandas"):
        return to_pandas
    return pl.DataFrame.to_arrow if _is_of(table, "pyarrow") else _itself


def _itself(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def _is_of(table: AnyTable, library: str) -> bool:
    """Whether a table is of a class of a library, or of one that was made from such."""
    classes = cast("type[object]", type(table)).__mro__
    return any(each.__module__.partition(".")[0] == library for each in classes)
