"""Days as files write them: only in the orders that a format names, never guessed from the values.

A pattern is written with ``DD``, ``MM``, ``YYYY``, ``YY``, ``MON`` (``Sep``), ``MONTH`` (``September``) and the signs
between them. ``DD`` and ``MM`` take one or two digits; a weekday before the day, ``st`` or ``th`` after it, and
midnight behind it change nothing. A year of two digits is read only where all programs read the same. ``excel`` stands
for Excel's number of a day, counted from 1900. ``day first`` stands for every way of writing a day that cannot be taken
for another order.
"""

import re
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
_BEHIND = r"(?:[ T]00?:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?| 12:00(?::00)? ?AM)?"

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

_NO_DAYS = frozenset({(1900, 1, 1), (1900, 1, 0), (1899, 12, 31), (1899, 12, 30)})
"""What programs make of a cell without a day, as year, month and day: days 1 and 0 of Excel, which has a "0 January
1900", and of other programs, whose day 0 is one of the last of 1899. They stand for none, wherever they stand."""
_NO_NUMBERS = frozenset({"0", "1", "0.0", "1.0"})
"""The same as numbers."""


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
        self._no_day = any(_is_no_day(text) for text in none)
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
            return not text or text in self.none or (self._no_day and _is_no_day(text))
        return cell is None or (self._no_day and _is_no_day(cell))

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
        return found if found and FIRST_DAY <= found.day <= LAST_DAY and not _is_no_day(found.day) else None


def _from_text(text: str, pattern: str) -> DayRead | None:
    if pattern == "excel":
        return _from_number(int(text)) if re.fullmatch(r"\d{5}", text, re.ASCII) else None
    parts = _parts(text, pattern)
    if parts is None:
        return None
    year, month, day = parts
    in_full = _in_full(year) if year < _HUNDRED else year
    # With two digits this is the first day of 2000 or the 1900 of an empty cell: nobody can tell.
    if in_full is None or (year == month - 1 == (day or 1) - 1 == 0):
        return None
    try:
        return DayRead(date(in_full, month, 1 if day is None else day), by_month=day is None)
    except ValueError:
        return None


_HUNDRED = 100


def _parts(text: str, pattern: str) -> tuple[int, int, int | None] | None:
    """The numbers in a text. A year below 100 was written with two digits. The day is ``None`` if there is none."""
    match = _compiled(pattern).fullmatch(text)
    if not match:
        return None
    said = match.groupdict()
    year = int(said.get("year") or said["short"])
    if said.get("year") and year < _HUNDRED:
        return None
    month = _NUMBER[said["word"].casefold()] if said.get("word") else int(said["month"])
    return year, month, int(said["day"]) if said.get("day") else None


def _is_no_day(cell: object) -> bool:
    """Whether a cell holds what a program makes of one without a day, in any order and spelling, and as a number.

    >>> [_is_no_day(cell) for cell in ("01/01/1900", "1-Jan-00", "1900-01-00", "1/0/1900", 1.0, date(1899, 12, 30))]
    [True, True, True, True, True, True]
    >>> _is_no_day("01/01/2000"), _is_no_day("02/01/00"), _is_no_day(2)
    (False, False, False)
    """
    if isinstance(cell, date):
        return cell.timetuple()[:3] in _NO_DAYS
    if isinstance(cell, str):
        text = cell.strip()
        if text in _NO_NUMBERS:
            return True
        each = (found for pattern in PATTERNS if pattern != "excel" and (found := _parts(text, pattern)))
        return any(_in_1900(*parts) in _NO_DAYS for parts in each)
    # A day 0 that is shown with a time is a time.
    return cell == time() or (isinstance(cell, int | float) and not isinstance(cell, bool) and cell in (0, 1))


def _in_1900(year: int, month: int, day: int | None) -> tuple[int, int, int]:
    # With the month first, "0 January" is "1/0".
    month, day = (1, 0) if month == 0 and day == 1 else (month, 1 if day is None else day)
    return year or 1900, month, day


def _in_full(year: int) -> int | None:
    """A year of two digits, where every program reads the same: up to 29 in this century, from 69 in the last.

    Of the years between, Excel makes the last century and other programs make this one.

    >>> [_in_full(year) for year in (0, 29, 30, 68, 69, 99)]
    [2000, 2029, None, None, 1969, 1999]
    """
    if _LAST_OF_THIS < year < _FIRST_OF_LAST:
        return None
    return year + (1900 if year >= _FIRST_OF_LAST else 2000)


_LAST_OF_THIS, _FIRST_OF_LAST = 29, 69


def _from_number(value: object) -> DayRead | None:
    """Excel's number of a day; it counts a 29 February 1900 that never was, so days before March 1900 are left out."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or not 60 < value < 80_000:
        return None
    return DayRead(add_days(date(1899, 12, 30), int(value)))


def expected_day(patterns: tuple[str, ...], *, of_profile: bool = False) -> str:
    """What was expected instead of a value that is not a day. You can correct a profile of your own.

    >>> expected_day(("YYYY-MM-DD",)), expected_day(("DD/MM/YYYY", "DD/MM/YY"))
    ('a day as YYYY-MM-DD', 'a day as DD/MM/YYYY or DD/MM/YY')
    >>> expected_day(("day first",))
    'a day as DD/MM/YYYY, DD Month YYYY or YYYY-MM-DD'
    """
    said = "a day as DD/MM/YYYY, DD Month YYYY or YYYY-MM-DD"
    if patterns != (DAY_FIRST,):
        said = f"a day as {' or '.join(patterns)}"
    return f"{said}; `days` in the profile says how days are written" if of_profile else said
