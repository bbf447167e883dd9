"""Days as files write them: only in the orders that a format names, never guessed from the values.

A pattern is written with ``DD``, ``MM``, ``YYYY``, ``YY``, ``MON`` (``Sep``), ``MONTH`` (``September``) and the signs
between them. ``DD`` and ``MM`` take one or two digits; a weekday before the day, ``st`` or ``th`` after it, and
midnight behind it change nothing. ``excel`` stands for Excel's number of a day, counted from 1900; ``day first`` for
every way of writing a day that cannot be taken for another order.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple

from ilacs_rules.dates import add_days
from ilacs_rules.values import FIRST_DAY, LAST_DAY

__all__ = ["DAY_FIRST", "PATTERNS", "DayRead", "Days", "expected_day"]


class DayRead(NamedTuple):
    """A day that was read, and whether only its month is known."""

    day: date
    by_month: bool = False


_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NUMBER = {"sept": 9} | {name: place for place, full in enumerate(_MONTHS, 1) for name in (full, full[:3])}
_PARTS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MONTH": rf"(?P<word>{'|'.join(_MONTHS)})",
    "MON": r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
}
_PART = re.compile("YYYY|YY|MONTH|MON|MM|DD")
_BEFORE = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_BEHIND = r"(?:[ T]00:00(?::00(?:\.0+)?)?Z?| 12:00(?::00)? ?AM)?"

PATTERNS = (
    "YYYY-MM-DD", "DD/MM/YYYY", "DD/MM/YY", "DD-MM-YYYY", "DD-MM-YY", "DD.MM.YYYY", "DD.MM.YY", "DD MM YYYY",
    "MM/DD/YYYY", "MM/DD/YY", "YYYY/MM/DD", "YYYYMMDD",
    "DD MONTH YYYY", "DD MON YYYY", "DD-MON-YYYY", "DD-MON-YY", "DD/MON/YYYY", "DD MON YY",
    "MONTH DD YYYY", "MONTH DD, YYYY", "MON DD, YYYY",
    "YYYY-MM", "MM/YYYY", "MONTH YYYY", "MON YYYY", "MON-YY", "excel",
)  # fmt: skip
"""The patterns that a format may name."""

DAY_FIRST = "day first"
_DAY_FIRST = (
    "DD/MM/YYYY", "DD/MM/YY", "YYYY-MM-DD", "DD MONTH YYYY", "DD MON YYYY", "DD-MON-YYYY", "DD-MON-YY", "DD MON YY",
    "DD/MON/YYYY", "DD-MM-YYYY", "DD.MM.YYYY",
)  # fmt: skip
"""What ``day first`` stands for: one order, and only the writing differs from one vintage to the next."""

_EMPTY = date(1900, 1, 1)
"""What spreadsheets make of a cell without a day: it stands for none, wherever it stands."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern == "YYYYMMDD":
        return re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
    made, last = "", 0
    for part in _PART.finditer(pattern):
        made += re.escape(pattern[last : part.start()]) + _PARTS[part[0]]
        last = part.end()
    spaced = (made + re.escape(pattern[last:])).replace(r"\ ", r"\s+")
    before = _BEFORE if pattern.startswith(("DD M", "MON")) else ""
    return re.compile(before + spaced + (_BEHIND if "DD" in pattern else ""), re.IGNORECASE | re.ASCII)


_MONTH = "YYYY-MM"


class Days:
    """Reads the days of one format, and months as YYYY-MM in every format; each text is worked out once.

    >>> days = Days(("DD/MM/YYYY", "DD/MM/YY"))
    >>> days.read("12/05/2022").day, days.read("09/05/25").day
    (datetime.date(2022, 5, 12), datetime.date(2025, 5, 9))
    >>> days.read("2022-05-12") is None and days.read("31/02/2022") is None
    True
    >>> days.read("2024-03")
    DayRead(day=datetime.date(2024, 3, 1), by_month=True)
    """

    def __init__(self, patterns: tuple[str, ...], none: tuple[str, ...] = ()) -> None:
        self.patterns = patterns
        self._each = tuple(each for name in patterns for each in (_DAY_FIRST if name == DAY_FIRST else (name,)))
        # Written so, a month is a month in whatever order other days stand.
        self._each += () if _MONTH in patterns else (_MONTH,)
        self.none = frozenset(none)
        self._no_day = _EMPTY in (found.day for text in none if (found := self._written(text)))
        self._read: dict[object, DayRead | None] = {}
        self._none: dict[object, bool] = {}

    def read(self, cell: object) -> DayRead | None:
        """The day that a cell holds: a date as it is, a text as the format writes days; ``None`` if it is neither."""
        try:
            return self._read[cell]
        except KeyError:
            found = self._read[cell] = self.once(cell)
            return found

    def is_none(self, cell: object) -> bool:
        """Whether a cell says that there is no day: it is empty, or holds the format's word for that."""
        try:
            return self._none[cell]
        except KeyError:
            found = self._none[cell] = self._is_none(cell)
            return found

    def _is_none(self, cell: object) -> bool:
        if isinstance(cell, str):
            text = cell.strip()
            return not text or text in self.none or (self._no_day and self._is_empty(self._written(text)))
        if isinstance(cell, date):
            return self._no_day and cell.timetuple()[:3] == _EMPTY.timetuple()[:3]
        return cell is None

    @staticmethod
    def _is_empty(found: DayRead | None) -> bool:
        return found is not None and found.day == _EMPTY

    def _written(self, text: str) -> DayRead | None:
        return next((day for pattern in self._each if (day := _from_text(text.strip(), pattern))), None)

    def once(self, cell: object) -> DayRead | None:
        """The same as ``read``, and nothing is kept of it."""
        if isinstance(cell, str):
            found = self._written(cell)
        elif isinstance(cell, datetime):
            found = DayRead(cell.date()) if cell.time() == time() and cell.tzinfo is None else None
        elif isinstance(cell, date):
            found = DayRead(cell)
        else:
            found = _from_number(cell) if "excel" in self.patterns else None
        return found if found and FIRST_DAY <= found.day <= LAST_DAY and found.day != _EMPTY else None


def _from_text(text: str, pattern: str) -> DayRead | None:
    if pattern == "excel":
        return _from_number(int(text)) if re.fullmatch(r"\d{5}", text, re.ASCII) else None
    match = _compiled(pattern).fullmatch(text)
    if not match:
        return None
    parts: Mapping[str, str] = {name: value for name, value in match.groupdict().items() if value}
    year = int(parts["year"]) if "year" in parts else _in_full(int(parts["short"]))
    month = _NUMBER[parts["word"].casefold()] if "word" in parts else int(parts["month"])
    try:
        return DayRead(date(year, month, int(parts.get("day", "1"))), by_month="day" not in parts)
    except ValueError:
        return None


def _in_full(year: int) -> int:
    """A year of two digits, as Python and spreadsheets read it: 69 to 99 lie in the last century."""
    return year + (1900 if year >= 69 else 2000)


def _from_number(value: object) -> DayRead | None:
    """Excel's number of a day; it counts a 29 February 1900 that never was, so days before March 1900 are left out."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or not 60 < value < 80_000:
        return None
    return DayRead(add_days(date(1899, 12, 30), int(value)))


def expected_day(patterns: tuple[str, ...], *, of_profile: bool = False) -> str:
    """What was expected instead of what is no day; a profile of somebody's own can be mended.

    >>> expected_day(("YYYY-MM-DD",)), expected_day(("DD/MM/YYYY", "DD/MM/YY"))
    ('a day as YYYY-MM-DD', 'a day as DD/MM/YYYY or DD/MM/YY')
    >>> expected_day(("day first",))
    'a day as DD/MM/YYYY, DD Month YYYY or YYYY-MM-DD'
    """
    said = "a day as DD/MM/YYYY, DD Month YYYY or YYYY-MM-DD"
    if patterns != (DAY_FIRST,):
        said = f"a day as {' or '.join(patterns)}"
    return f"{said}, as `days` in the profile says" if of_profile else said
