"""Days: any of them, and often those on which something turns.

The rulebook and the calendar say which days those are; none is written here. The rulebook gives the first day, and the
day after the last, of every rule, track and suspension. It also gives the days from which an activity judges another
set of areas. The calendar gives ends of months, 29 February, 1 April and bank holidays.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache

from hypothesis import strategies as st

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook import Rule, Rulebook, Suspension, load_rulebook
from ilacs_rules.vocabulary import ACTIVITIES

__all__ = ["EDGES", "FIRST", "LAST", "begins", "days", "edge_days", "lags", "lengths", "near", "turning_days"]

FIRST, LAST = date(2012, 1, 1), date(2031, 12, 31)
"""The days that are drawn from: the inspections that were in force when the rulebook begins, and windows to come."""


@lru_cache(32)
def days(rulebook: Rulebook | None = None) -> st.SearchStrategy[date]:
    """Any day from 2012 to 2031; half of the time a day on which something turns, or the day before or after one.

    >>> from hypothesis import find
    >>> find(days(), lambda day: day.month == 2 and day.day == 29).year % 4
    0
    >>> find(days(), lambda day: day > date(2026, 3, 31)) > date(2026, 3, 31)
    True
    """
    return st.one_of(edge_days(rulebook), st.dates(FIRST, LAST))


@lru_cache(32)
def edge_days(rulebook: Rulebook | None = None) -> st.SearchStrategy[date]:
    """A day on which something turns (see ``EDGES``), the day before, or the day after.

    >>> from hypothesis import find
    >>> find(edge_days(), lambda day: day.month == 4).month
    4
    """
    kinds = [st.sampled_from(days) for listed in EDGES.values() if (days := listed(_book(rulebook)))]
    return near(st.one_of(kinds))


def near(edges: st.SearchStrategy[date]) -> st.SearchStrategy[date]:
    """One of some days, the day before it, or the day after.

    >>> from hypothesis import find
    >>> find(near(st.just(date(2024, 4, 1))), lambda day: day.month == 3)
    datetime.date(2024, 3, 31)
    """
    return st.builds(add_days, edges, st.sampled_from([0, -1, 1]))


@cache
def lengths() -> st.SearchStrategy[int]:
    """How many days after its first an activity may end.

    >>> from hypothesis import find
    >>> find(lengths(), lambda count: count > 1)
    4
    """
    return st.one_of(st.sampled_from([0, 1, 4, 11, 24]), st.integers(0, 40))


@cache
def lags() -> st.SearchStrategy[int]:
    """How many days after its last an activity's report may be published.

    >>> from hypothesis import find
    >>> find(lags(), lambda count: count > 1)
    28
    """
    return st.one_of(st.sampled_from([0, 1, 28, 45]), st.integers(0, 120))


def begins(subject_type: str, rulebook: Rulebook | None = None) -> date:
    """The first day on which a rulebook answers for a kind of subject.

    Raises:
        OutsideRulebookError: it never does.

    >>> begins("local_authority")
    datetime.date(2013, 11, 19)
    >>> begins("a council")
    Traceback (most recent call last):
    ilacs_rules.errors.OutsideRulebookError: as_of: this rulebook (...) has no rule for a a council on that day ...
    """
    return _begins(_book(rulebook), subject_type)


@lru_cache(32)
def _begins(book: Rulebook, subject_type: str) -> date:
    first = (track.answers[subject_type] for track in book.tracks if subject_type in track.answers)
    return book.era(subject_type, min(first, default=date.max)).first


@lru_cache(32)
def turning_days(rulebook: Rulebook) -> tuple[date, ...]:
    """The first days of what a rulebook says, and of what it says no longer, in order.

    >>> date(2026, 4, 1) in turning_days(load_rulebook())
    True
    >>> date(2026, 4, 2) in turning_days(load_rulebook())
    False
    """
    rows: list[Rule | Suspension] = [*rulebook.rules, *rulebook.suspensions]
    first = {row.first for row in rows}
    last = {row.last for row in rows if row.last and row.last < LAST}
    asked = {day for track in rulebook.tracks for day in track.answers.values()}
    judged = {day for meaning in ACTIVITIES.values() for _, day, _ in meaning.judges}
    found = first | {add_days(day, 1) for day in last} | asked | judged
    return tuple(sorted(day for day in found if FIRST <= day <= LAST))


@cache
def _calendar() -> tuple[date, ...]:
    return tuple(date.fromordinal(number) for number in range(FIRST.toordinal(), LAST.toordinal() + 1))


@lru_cache(32)
def _month_ends(_: Rulebook) -> tuple[date, ...]:
    return tuple(day for day in _calendar() if add_days(day, 1).day == 1)


@lru_cache(32)
def _leap_days(_: Rulebook) -> tuple[date, ...]:
    return tuple(day for day in _calendar() if (day.month, day.day) == (2, 29))


@lru_cache(32)
def _first_aprils(_: Rulebook) -> tuple[date, ...]:
    return tuple(day for day in _calendar() if (day.month, day.day) == (4, 1))


@lru_cache(32)
def _bank_holidays(book: Rulebook) -> tuple[date, ...]:
    return tuple(sorted(day for day in book.working_days.holidays if FIRST <= day <= LAST))


EDGES: Mapping[str, Callable[[Rulebook], tuple[date, ...]]] = {
    "a day on which the rulebook turns": turning_days,
    "the end of a month": _month_ends,
    "29 February": _leap_days,
    "1 April": _first_aprils,
    "a bank holiday": _bank_holidays,
}
"""The kinds of day on which something turns, each with how its days are found for a rulebook."""


def _book(rulebook: Rulebook | None) -> Rulebook:
    return load_rulebook() if rulebook is None else rulebook
