"""Columns that hold values of several kinds, as spreadsheets and pandas have them: each value is read for itself.

A value is never turned into something that it does not plainly stand for. A number is not a day, nor is a time of day.
An instant in one time zone belongs to another day elsewhere. Such a value stands as it stood, and its row is refused.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast

import numpy as np
import polars as pl

from ilacs_rules.errors import in_text
from ilacs_rules.values import ISO_DAY, month_of

__all__ = ["Read", "days_of", "ids_of", "in_words", "numbers_of", "of_values", "texts_of"]

_EXACT = 1 << 53
"""From here on a number with a point no longer tells one whole number from the next."""


class Read(NamedTuple):
    """A column as it was read; ``unread``: what could not be, as text, null elsewhere; ``None``: all of it was."""

    values: pl.Series
    unread: pl.Series | None


def of_values(name: str, values: Sequence[object]) -> pl.Series:
    """A column of any values: of text where they all are, and otherwise of objects.

    >>> of_values("started", ["2024-05-01", None]).dtype
    String
    >>> of_values("started", ["2024-05-01", 45061]).dtype
    Object
    """
    kinds = {type(value) for value in values} - {type(None)}
    if not kinds:
        return pl.repeat(None, len(values), dtype=pl.Null, eager=True).alias(name)
    if kinds == {str}:
        try:
            return pl.Series(name, values, dtype=pl.String)
        except (UnicodeError, pl.exceptions.PolarsError):
            pass  # text with half a sign in it is a matter for its row
    return pl.Series(name, values, dtype=pl.Object)


def days_of(given: pl.Series) -> Read:
    """Dates, instants at midnight without a time zone, and text as YYYY-MM-DD.

    >>> read = days_of(of_values("started", [datetime(2024, 5, 1), "2024-05-02", 45061, float("nan")]))
    >>> read.values.to_list(), read.unread.to_list()
    ([datetime.date(2024, 5, 1), datetime.date(2024, 5, 2), None, None], [None, None, '45061', None])
    """
    values = given.to_list()
    if {type(value) for value in values} <= {date, type(None)}:
        return Read(pl.Series(given.name, values, dtype=pl.Date), None)
    return _read(given, _day, pl.Date)


def texts_of(given: pl.Series) -> Read:
    """Texts, and whole numbers as the text of their digits.

    >>> read = texts_of(of_values("urn", ["SC035296", 1027077, 1027078.0, 0.5, True, ""]))
    >>> read.values.to_list(), read.unread.to_list()
    (['SC035296', '1027077', '1027078', None, None, None], [None, None, None, '0.5', 'True', None])
    """
    return _read(given, _text, pl.String)


def ids_of(given: pl.Series) -> Read:
    """Names of subjects: whole numbers where every value is one, and otherwise as ``texts_of``.

    >>> ids_of(of_values("subject", [1027077, 1027078.0, None])).values.to_list()
    [1027077, 1027078, None]
    >>> ids_of(of_values("subject", [1027077, "SC035296"])).values.to_list()
    ['1027077', 'SC035296']
    """
    whole = _read(given, _whole, pl.Int64)
    return whole if whole.unread is None else texts_of(given)


def numbers_of(given: pl.Series) -> Read:
    """A column of numbers with a point, or of decimals, as whole numbers.

    >>> read = numbers_of(pl.Series("subject", [1027077.0, 0.5, None]))
    >>> read.values.to_list(), read.unread.to_list()
    ([1027077, None, None], [None, '0.5', None])
    """
    if not given.dtype.is_float():
        return _read(given, _whole, pl.Int64)
    # The same over the whole column.
    given = given.fill_nan(None)
    whole = ((given.floor() == given) & (given.abs() < _EXACT)).fill_null(value=False)
    left = None
    if whole.sum() + given.null_count() < len(given):
        left = given.set(whole, None).cast(pl.String)
    return Read(given.set(~whole, None).cast(pl.Int64), left)


def in_words(given: pl.Series) -> pl.Series:
    """A column of words. An object that is not text is kept as it is, so that it is not taken for a known word.

    >>> in_words(of_values("type", ["childrens_home", 0.5])).to_list()
    ['childrens_home', '0.5']
    """
    if not isinstance(given.dtype, pl.Object):
        return given
    read = texts_of(given)
    return read.values if read.unread is None else read.values.fill_null(read.unread)


def _read(given: pl.Series, read: Callable[[Any], Any], kind: type[pl.DataType]) -> Read:
    values: list[object] = []
    unread: list[str | None] = []
    for value in given.to_list():
        found = None if _is_missing(value) else read(value)
        values.append(found)
        unread.append(None if found is not None or _is_missing(value) else _as_it_stands(value))
    left = None if not any(text is not None for text in unread) else pl.Series(given.name, unread, dtype=pl.String)
    return Read(pl.Series(given.name, values, dtype=kind), left)


def _is_missing(value: object) -> bool:
    """Nothing, or one of the many ways in which libraries write that."""
    if value is None or (isinstance(value, str) and not value):
        return True
    if isinstance(value, float | Decimal | np.floating | np.datetime64):
        return bool(value != value)  # noqa: PLR0124 - which is so of "not a number" and "not a time" alone
    return type(value).__name__ in ("NAType", "NaTType")


def _day(value: object) -> date | None:
    if isinstance(value, np.datetime64):
        whole = value.astype("datetime64[D]")
        return _day(whole.item()) if whole == value else None
    if isinstance(value, datetime):
        past = value.hour or value.minute or value.second or value.microsecond or getattr(value, "nanosecond", 0)
        return date(value.year, value.month, value.day) if not past and value.tzinfo is None else None
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return None if any("\ud800" <= sign <= "\udfff" for sign in value) else str(value)
    whole = _whole(value)
    return None if whole is None else str(whole)


def _whole(value: object) -> int | None:
    """A number that is plainly whole. A yes or a no is not a number."""
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        count = int(cast("int", value))
        return count if abs(count) < 1 << 63 else None
    if isinstance(value, float | Decimal | np.floating):
        number = cast("float", value)
        return int(number) if abs(number) < _EXACT and number == int(number) else None
    return None


def _as_it_stands(value: object) -> str:
    text = in_text(value, 200).encode("utf-8", "backslashreplace").decode()
    # Only text that is written as a month is one; a value of some library that merely shows itself so is not.
    return text if isinstance(value, str) or month_of(text) is None else f"{text} ({type(value).__name__})"
