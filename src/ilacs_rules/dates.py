"""Months, working days and inspection years. Only this module adds dates, and it states no policy.

Months follow the corresponding-date rule of English law (*Dodds v Walker* [1981] UKHL 6). That is the same day of the
month, or the last day of a month that has no such day. The rulebook holds the holidays, and hands them in.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

__all__ = [
    "WorkingDays",
    "add_days",
    "add_months",
    "counted",
    "dated",
    "end_of_quarter",
    "end_of_year",
    "first_april_after",
    "in_full",
    "start_of_inspection_year",
    "start_of_quarter",
    "start_of_year",
]


def add_months(day: date, months: int) -> date:
    """The corresponding date so many calendar months later (or earlier).

    >>> add_months(date(2023, 5, 15), 12)
    datetime.date(2024, 5, 15)
    >>> add_months(date(2024, 3, 31), 6)  # September has no 31st
    datetime.date(2024, 9, 30)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month, number = count // 12, count % 12 + 1, day.day
    return date(year, month, number if number <= 28 else min(number, monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """So many calendar days later (or earlier).

    >>> add_days(date(2024, 2, 28), 1)
    datetime.date(2024, 2, 29)
    >>> add_days(date(2024, 3, 1), -1)
    datetime.date(2024, 2, 29)
    """
    return day + timedelta(days=days)


class WorkingDays:
    """The working days of some years: Monday to Friday, except for the holidays that you give.

    Args:
        holidays: for each year, the days from Monday to Friday that are not working days. No year between the first and
            the last may be missing.
        expected: the years whose holidays are only expected, and may still change.

    Two of these are equal, and have the same hash, if their holidays are equal. They raise no error.

    >>> easter = WorkingDays({2024: [date(2024, 3, 29), date(2024, 4, 1)]})
    >>> date(2024, 4, 1) in easter, date(2024, 4, 2) in easter, date(2025, 4, 2) in easter
    (False, True, False)
    >>> easter.add(date(2024, 3, 28), 1), easter.add(date(2024, 12, 31), 1)
    (datetime.date(2024, 4, 2), None)
    """

    __slots__ = ("_hash", "_listed", "expected", "holidays", "years")

    def __init__(self, holidays: Mapping[int, Iterable[date]], expected: Iterable[int] = ()) -> None:
        self.years, self.expected = tuple(sorted(holidays)), frozenset(expected)
        self.holidays = frozenset(day for days in holidays.values() for day in days)
        self._hash = hash((self.years, self.holidays))
        self._listed: tuple[date, ...] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkingDays) and (self.years, self.holidays) == (other.years, other.holidays)

    def __hash__(self) -> int:
        return self._hash

    def __contains__(self, day: date) -> bool:
        return day.year in self.years and day.weekday() < 5 and day not in self.holidays

    def add(self, day: date, count: int) -> date | None:
        """The ``count``-th working day after ``day``. ``day`` itself is never counted.

        Returns:
            The day. ``None`` if it lies beyond the years that are known.

        Raises:
            ValueError: ``count`` is less than 1.

        >>> year = WorkingDays({2024: [date(2024, 3, 29), date(2024, 4, 1)]})
        >>> year.add(date(2024, 3, 28), 2)
        datetime.date(2024, 4, 3)
        >>> year.add(date(2024, 3, 28), 0)
        Traceback (most recent call last):
        ValueError: count: 0 working days cannot be added; expected 1 or more
        """
        if count < 1:
            raise ValueError(f"count: {count} working days cannot be added; expected 1 or more")
        if day.year not in self.years:
            return None
        days = self._all()
        place = bisect_right(days, day) + count - 1
        return days[place] if place < len(days) else None

    def _all(self) -> tuple[date, ...]:
        if self._listed is None:
            first, last = date(self.years[0], 1, 1).toordinal(), date(self.years[-1], 12, 31).toordinal()
            every = (date.fromordinal(number) for number in range(first, last + 1))
            self._listed = tuple(day for day in every if day in self)
        return self._listed


def first_april_after(day: date) -> date:
    """The first 1 April later than ``day``: the start of the inspection year that follows.

    >>> first_april_after(date(2017, 3, 31))
    datetime.date(2017, 4, 1)
    >>> first_april_after(date(2016, 4, 1))  # "inspected April 2016 to March 2017": the period starts on 1 April 2017
    datetime.date(2017, 4, 1)
    """
    return date(day.year if day.month < 4 else day.year + 1, 4, 1)


def start_of_inspection_year(day: date) -> date:
    """The 1 April on which the day's inspection year began.

    >>> start_of_inspection_year(date(2024, 3, 31))
    datetime.date(2023, 4, 1)
    >>> start_of_inspection_year(date(2024, 4, 1))
    datetime.date(2024, 4, 1)
    """
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def end_of_inspection_year(day: date) -> date:
    """The 31 March on which the day's inspection year ends.

    >>> end_of_inspection_year(date(2024, 3, 31))
    datetime.date(2024, 3, 31)
    >>> end_of_inspection_year(date(2024, 4, 1))
    datetime.date(2025, 3, 31)
    """
    return add_days(first_april_after(day), -1)


def start_of_year(day: date) -> date:
    """1 January of the day's year.

    >>> start_of_year(date(2024, 2, 29))
    datetime.date(2024, 1, 1)
    >>> start_of_year(date(2024, 1, 1))
    datetime.date(2024, 1, 1)
    """
    return date(day.year, 1, 1)


def end_of_year(day: date) -> date:
    """31 December of the day's year.

    >>> end_of_year(date(2024, 2, 29))
    datetime.date(2024, 12, 31)
    >>> end_of_year(date(2024, 12, 31))
    datetime.date(2024, 12, 31)
    """
    return date(day.year, 12, 31)


def start_of_quarter(day: date) -> date:
    """The first day of the day's calendar quarter.

    >>> start_of_quarter(date(2024, 5, 15))
    datetime.date(2024, 4, 1)
    >>> start_of_quarter(date(2024, 12, 31))
    datetime.date(2024, 10, 1)
    """
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def end_of_quarter(day: date) -> date:
    """The last day of the day's calendar quarter.

    >>> end_of_quarter(date(2024, 5, 15))
    datetime.date(2024, 6, 30)
    >>> end_of_quarter(date(2024, 10, 1))
    datetime.date(2024, 12, 31)
    """
    return add_days(add_months(start_of_quarter(day), 3), -1)


def in_full(day: date) -> str:
    """A day as people write it, whatever the machine's language: ``15 May 2024``.

    >>> in_full(date(2024, 5, 15))
    '15 May 2024'
    >>> in_full(date(2024, 12, 1))
    '1 December 2024'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def dated(text: str) -> str:
    """The date of an edition as people write it, as far as it is known: a day, a month or a year.

    >>> dated("2024-04-05"), dated("2024-04"), dated("2024")
    ('5 April 2024', 'April 2024', '2024')
    >>> dated("")
    ''
    """
    year, *rest = text.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([_MONTHS[int(rest[0]) - 1]] if rest else []), year])


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def counted(start: date, end: date) -> str:
    """The days from one to another, in words.

    >>> counted(date(2024, 2, 28), date(2024, 3, 1))
    '2 days'
    >>> counted(date(2024, 2, 29), date(2024, 3, 1))
    '1 day'
    """
    count = (end - start).days
    return f"{count} day{'' if count == 1 else 's'}"
