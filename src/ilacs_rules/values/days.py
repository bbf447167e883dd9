"""A day, as a record and a question take it: a date, or its text in the form YYYY-MM-DD."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Number
from re import ASCII, Match
from re import compile as compile_pattern
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ilacs_rules.errors import RecordError
from ilacs_rules.values.faults import as_pydantic

__all__ = ["FIRST_DAY", "ISO_DAY", "LAST_DAY", "AnyDay", "Day", "any_day", "as_day", "month_of"]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The days that a record, and a question, can speak of: beyond them lies only what was mistyped."""
ISO_DAY = compile_pattern(r"\d{4}-\d{2}-\d{2}", ASCII)
_ISO_MONTH = compile_pattern(r"(\d{4})-(\d{2})", ASCII)
_ISO_DAY_FIRST = compile_pattern(r"(\d{4})-(\d{2})-(\d{2})", ASCII)
_YEAR_FIRST = compile_pattern(r"\s*(\d{4})([/.\- ])(\d{1,2})\2(\d{1,2})\s*", ASCII)
_ALL_DIGITS = compile_pattern(r"\s*(\d{4})(\d{2})(\d{2})\s*", ASCII)
_YEAR_LAST = compile_pattern(r"\s*(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})\s*", ASCII)
_LAST_CENTURY = 70
"""From this on a year of two digits is more likely one of the 1900s, as on most computers."""
_FORM = "is not a date in the form YYYY-MM-DD"
_WANTED = "a date, or text in the form YYYY-MM-DD"
_IN_REACH = f"a date from {FIRST_DAY} to {LAST_DAY}"


def as_day(value: object, field: str = "") -> date:
    """The day that a value stands for.

    A ``datetime`` is refused, and so is a pandas ``Timestamp``, which is one. The day of an instant depends on the time
    zone, and only you can say which one you mean. Numbers are refused, because programs count days from different
    years.

    Args:
        value: a ``date``, or text in the form YYYY-MM-DD.
        field: the name of what the value was given for. An error carries it.

    Raises:
        RecordError: it is not a day from 1900 to 2100. The message says what would be right.

    >>> as_day("2024-04-09"), as_day(date(2024, 4, 9))
    (datetime.date(2024, 4, 9), datetime.date(2024, 4, 9))
    >>> as_day("12/05/2022", "as_of")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: as_of: is not a date in the form YYYY-MM-DD (found '12/05/2022'; \
expected '2022-05-12' if the day comes first, '2022-12-05' if the month does)
    """
    day = any_day(value, field)
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    raise RecordError(
        "is too early or too late for a record",
        field=field,
        value=day,
        expected=_IN_REACH,
    )


def any_day(value: object, field: str = "") -> date:
    """The same without its limits: the end of a window may lie beyond the days that can be asked about.

    >>> any_day("2101-03-31"), any_day(date.max) == date.max
    (datetime.date(2101, 3, 31), True)
    """
    if type(value) is date:
        return value
    if isinstance(value, str):
        return _from_text(value, field)
    if isinstance(value, date) and not isinstance(value, datetime):
        return date.fromordinal(value.toordinal())  # a kind of date that some library made
    raise _no_day(value, field)


def month_of(value: object) -> date | None:
    """The first day of a month that is written as one; ``None`` if it is not.

    >>> month_of("2024-03"), month_of("2024-13"), month_of("2024-03-01")
    (datetime.date(2024, 3, 1), None, None)
    """
    found = _ISO_MONTH.fullmatch(value) if isinstance(value, str) and len(value) == 7 else None
    return _made(found[1], found[2], "1") if found else None


def _from_text(text: str, field: str) -> date:
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # the form of a day, and not one of the calendar
    problem, expected = _fault_of(text)
    raise RecordError(problem, field=field, value=text, expected=expected)


def _fault_of(text: str) -> tuple[str, str]:
    """What is wrong with a text that is not a day, and what would be right."""
    if not text.strip():
        return "is not a date: it is empty text", f"{_WANTED}; None if the day is not known"
    if month_of(text):
        return (
            "is not a date: it is a month",
            "the day, in the form YYYY-MM-DD (only an event's `started` may be a month)",
        )
    if _ISO_MONTH.fullmatch(text):
        return "is not a month in the calendar", "the day, in the form YYYY-MM-DD; months go from 01 to 12"
    found = _ISO_DAY_FIRST.match(text)
    if found and len(text) > 10:
        day = _made(*found.groups())
        return "is not a date alone: more text follows it", f"the day alone, {str(day)!r}" if day else _WANTED
    if found:
        return "is not a date in the calendar", _days_of_its_month(found)
    likely = _likely(text)
    if likely:
        return _FORM, likely
    return (_FORM if any(sign.isdigit() for sign in text) else "is not a date"), _WANTED


def _days_of_its_month(found: Match[str]) -> str:
    year, month = int(found[1]), int(found[2])
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return _IN_REACH
    if not 1 <= month <= 12:
        return "a month from 01 to 12"
    return f"a day from {year:04}-{month:02}-01 to {year:04}-{month:02}-{monthrange(year, month)[1]}"


def _likely(text: str) -> str:
    """The days that a text in another form may stand for; each is for a person to choose, and never taken.

    Only days that a record can hold are named: any other would be a second mistake.
    """
    found = _YEAR_FIRST.fullmatch(text) or _ALL_DIGITS.fullmatch(text)
    if found:
        year, *_, month, second = found.groups()
        day = _made(year, month, second)
        return f"{str(day)!r}" if day else ""
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return ""
    first, _, second, year = found.groups()
    year = year if len(year) == 4 else f"{19 if int(year) >= _LAST_CENTURY else 20}{year}"
    days = {
        _made(year, second, first): "if the day comes first",
        _made(year, first, second): "if the month comes first",
    }
    known = {day: when for day, when in days.items() if day}
    if len(known) == 1:
        return f"{str(*known)!r}"
    return ", ".join(f"{str(day)!r} {when}" for day, when in known.items())


def _made(year: str, month: str, day: str) -> date | None:
    """The day of a year, a month and a day of it, where there is one and a record can hold it."""
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if FIRST_DAY <= made <= LAST_DAY else None


def _no_day(value: object, field: str) -> RecordError:
    """Why something that is neither a date nor text is not a day."""
    if value is None:
        problem, expected = "is not a date", _WANTED
    elif _is_unknown(value):
        problem, expected = "is not a date", f"{_WANTED}; None if the day is not known"
    elif isinstance(value, bool):
        problem, expected = "is not a date: it is yes or no", _WANTED
    elif isinstance(value, datetime):
        problem = "is not a date alone: it has a time of day"
        reached = FIRST_DAY <= value.date() <= LAST_DAY
        expected = f"only the date, {value.date()} if that is the day you mean" if reached else _WANTED
    elif isinstance(value, Number):
        problem, expected = "is not a date: it is a number", f"{_WANTED}: programs count days from different years"
    else:
        problem, expected = "is not a date", _WANTED
    return RecordError(problem, field=field, value=value, expected=expected)


def _is_unknown(value: object) -> bool:
    """Whether it is what numpy and pandas have for a value that is not known: each is unlike itself."""
    try:
        return bool(value != value)  # noqa: PLR0124
    except Exception:  # noqa: BLE001 - a class that is not ours may raise anything when it is compared
        return type(value).__name__ == "NAType"


@dataclass(frozen=True)
class _OneDay:
    """How pydantic takes a day; where it is asked to be strict, only as a date (and in JSON, as its text)."""

    read: Callable[[object], date]
    first: date
    last: date

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        lax = core_schema.no_info_before_validator_function(self.read, core_schema.date_schema())
        strict = core_schema.date_schema(strict=True, ge=self.first, le=self.last)
        return core_schema.json_or_python_schema(lax, core_schema.lax_or_strict_schema(lax, strict))

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "date"}


def _read(value: object) -> date:
    if type(value) is date and FIRST_DAY <= value <= LAST_DAY:
        return value
    try:
        return as_day(value)
    except RecordError as error:
        raise as_pydantic(error) from None


def _read_any(value: object) -> date:
    try:
        return any_day(value)
    except RecordError as error:
        raise as_pydantic(error) from None


Day = Annotated[date, _OneDay(_read, FIRST_DAY, LAST_DAY)]
"""A day that a record can hold."""
AnyDay = Annotated[date, _OneDay(_read_any, date.min, date.max)]
"""A day that was worked out from those of a record, and may lie beyond them."""
