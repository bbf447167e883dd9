"""A table made so that every column is of its kind, and what could not be read stands beside it as it stood.

A column that is not known is refused with the nearest name: a misspelt one would be left out in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.tables.objects import Read, days_of, ids_of, in_words, numbers_of, texts_of
from ilacs_rules.tables.schema import COVERS, EVENTS, SUBJECTS, Column
from ilacs_rules.values import SPELT_ANOTHER_WAY, urn_of

__all__ = ["UNREAD", "made_so", "one_spelling", "raw", "unread"]

_DATES = "dates without a time (or text as YYYY-MM-DD)"


def made_so(frame: pl.DataFrame, columns: Mapping[str, Column], name: str) -> pl.DataFrame:
    """A table with every known column of its kind: days as dates, words as they stand; what cannot be read is null.

    Where a value could not be read, a column of the same name with ``UNREAD`` after it holds it as it stands.

    Raises:
        RecordError: a column is missing, unknown, or of a kind that cannot hold what it must.
    """
    _check_names(frame.columns, columns, name)
    made: list[pl.Series] = []
    for column in frame.columns:
        given, place = frame[column], f"{name}.{column}"
        read = _days(given, place) if columns[column].holds == "day" else _texts(given, columns[column], place)
        read = read if column not in _NUMBERS else Read(one_spelling(read.values), read.unread)
        made += [read.values] if read.unread is None else [read.values, read.unread.alias(column + UNREAD)]
    without = [
        pl.repeat(None, frame.height, dtype=pl.Null, eager=True).alias(column)
        for column in columns
        if column not in frame.columns
    ]
    return _with_months(pl.DataFrame([*made, *without]))


_MONTH = "^[0-9]{4}-(?:0[1-9]|1[0-2])$"


def _with_months(frame: pl.DataFrame) -> pl.DataFrame:
    """A first day that is written as a month, such as 2024-03, is that month's first, and known by its month only.

    As in an ``Event``: beside another word for how well it is known, it is not a day.
    """
    left = "started" + UNREAD
    if frame.schema.get(left) != pl.String or "precision" not in frame.columns:
        return frame
    known = pl.col("precision").cast(pl.String)
    by_month = pl.col(left).str.contains(_MONTH) & (known.is_null() | (known == "month"))
    found = frame.with_columns(
        pl.when(by_month).then((pl.col(left) + "-01").str.to_date("%Y-%m-%d", strict=False))
        .otherwise(pl.col("started")).alias("started"),
        pl.when(by_month).then(pl.lit("month")).otherwise(known).alias("precision"),
        pl.when(~by_month).then(pl.col(left)).alias(left),
    )  # fmt: skip
    return found.drop(left) if found[left].null_count() == found.height else found


_NUMBERS = frozenset({"subject", "urn", "predecessor"})
"""The columns in which a number of the inspectorate may stand, which is one however it is written."""


def one_spelling(given: pl.Series) -> pl.Series:
    """Texts, with every number of the inspectorate spelt in one way.

    >>> one_spelling(pl.Series(["1027077.0", "sc035296", "A home", None])).to_list()
    ['1027077', 'SC035296', 'A home', None]
    """
    if isinstance(given.dtype, pl.Enum | pl.Categorical):
        words = given.unique().cast(pl.String)
        return given if one_spelling(words).equals(words) else one_spelling(given.cast(pl.String))
    if given.dtype != pl.String:
        return given
    another = given.filter(given.str.contains(SPELT_ANOTHER_WAY) & ~given.str.contains(_AS_SPELT)).unique()
    if another.is_empty():
        return given
    return given.replace({text: urn_of(text) for text in another})


_AS_SPELT = "^(?:SC)?[0-9]+$"

UNREAD = " as it stands"
"""What a column is called that holds the values which could not be read as days."""


def raw(row: Mapping[str, object], names: Sequence[str]) -> dict[str, object]:
    """The values of a row that are there, each as it stood where it could not be read."""
    found = {name: row[name] if row.get(name + UNREAD) is None else row[name + UNREAD] for name in names}
    return {name: value for name, value in found.items() if value is not None}


def unread(row: Mapping[str, object], names: Iterable[str]) -> RecordError | None:
    """What is wrong with the first value of some columns of a row that could not be read, if there is one.

    >>> print(unread({"started": None, "started" + UNREAD: "45061"}, ["started"]))
    started: is not a date (found '45061'; expected a date without a time (or text as YYYY-MM-DD))
    >>> unread({"started": None}, ["started"])
    """
    for name in names:
        value = row.get(name + UNREAD)
        if value is not None:
            if name in _READ_AS_TEXT:
                return RecordError(
                    "is neither text nor a whole number", field=name, value=value, expected="text or a whole number"
                )
            return RecordError("is not a date", field=name, value=value, expected=_DAY)
    return None


_READ_AS_TEXT = frozenset(
    name for columns in (SUBJECTS, EVENTS, COVERS) for name, column in columns.items() if column.holds != "day"
)
_DAY = "a date without a time (or text as YYYY-MM-DD)"

_UNITS = {"ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}


def _as_it_stands(given: pl.Series, days: pl.Series) -> pl.Series:
    """The values that were not read as days; by their number where Python's calendar has no word for them."""
    unread = days.is_null() & given.is_not_null()
    if isinstance(given.dtype, pl.Date | pl.Datetime):
        in_words = _in_calendar(given.dt.date()).fill_null(value=False)
        if (unread & ~in_words).any():
            unit = "days" if isinstance(given.dtype, pl.Date) else _UNITS[given.dtype.time_unit]
            numbers = pl.format(f"{{}} {unit} from 1970-01-01", given.to_physical())
            given = pl.select(numbers).to_series().alias(given.name)
    return _where(given, unread)


def _in_calendar(days: pl.Series) -> pl.Series:
    """Which days lie in the years 1 to 9999; Arrow's calendar reaches further both ways."""
    return (days >= date.min) & (days <= date.max)


def _where(given: pl.Series, holds: pl.Series) -> pl.Series:
    return pl.select(pl.when(holds).then(given)).to_series().alias(given.name)


def _check_names(found: Sequence[str], columns: Mapping[str, Column], name: str) -> None:
    for column in found:
        if column not in columns:
            raise UnknownWordError(
                "is not a column of this table", field=f"{name}.{column}", expected=nearest(column, columns)
            )
    for column, meaning in columns.items():
        if meaning.needed and column not in found:
            raise RecordError("is missing from the table", field=f"{name}.{column}", expected=meaning.means)


def _days(given: pl.Series, place: str) -> Read:
    """A column of days: dates, instants at midnight without a time zone, or text as YYYY-MM-DD."""
    dtype = given.dtype
    if isinstance(dtype, pl.Object):
        return days_of(given)
    if isinstance(dtype, pl.Null) or (given.null_count() == len(given) and not isinstance(dtype, pl.Date)):
        return Read(_nothing(given), None)
    if isinstance(dtype, pl.Date):
        days = given
    elif isinstance(dtype, pl.Datetime) and dtype.time_zone is None:
        days = given.dt.date()
        days = _where(days, given == days.cast(dtype))
    elif dtype == pl.String:
        given = _without_empty(given)
        written = _where(given, given.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
        days = written.str.to_date("%Y-%m-%d", strict=False)
    else:
        zone = " with a time zone, which would have to be guessed at" if isinstance(dtype, pl.Datetime) else ""
        raise RecordError(f"is of the wrong kind: {dtype}{zone}", field=place, expected=_DATES)
    within = _in_calendar(days)
    days = days if within.all() else _where(days, within)
    return Read(days, _as_it_stands(given, days) if days.null_count() > given.null_count() else None)


def _texts(given: pl.Series, column: Column, place: str) -> Read:
    dtype = given.dtype
    if isinstance(dtype, pl.Object):
        if column.holds == "word":
            return Read(in_words(given), None)
        return ids_of(given) if column.holds == "id" else texts_of(given)
    if dtype == pl.String:
        return Read(_without_empty(given), None)
    if isinstance(dtype, pl.Null | pl.Enum | pl.Categorical):
        return Read(given, None)
    if given.null_count() == len(given):
        return Read(_nothing(given), None)
    if column.holds in ("id", "text"):
        # In a column of numbers with one gap, other programs write each number with a point.
        read = numbers_of(given) if dtype.is_float() or dtype.is_decimal() else Read(given, None)
        if read.values.dtype.is_integer() and read.values.null_count() < len(given):
            return read if column.holds == "id" else Read(read.values.cast(pl.String), read.unread)
    expected = "text" if column.holds == "word" else "text or whole numbers"
    raise RecordError(f"is of the wrong kind: {dtype}", field=place, expected=expected)


def _without_empty(given: pl.Series) -> pl.Series:
    """A text of no signs is what an empty cell is, in quotes or not."""
    empty = (given == "").fill_null(value=False)
    return _where(given, ~empty) if empty.any() else given


def _nothing(given: pl.Series) -> pl.Series:
    """A column in which nothing stands: of whatever kind it is said to be, there is nothing that could be misread."""
    return pl.repeat(None, len(given), dtype=pl.Null, eager=True).alias(given.name)
