"""Found → ranked: how the day stands against each window, and what that makes it come before."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from ilacs_rules.answering.found import Found
from ilacs_rules.dates import add_days
from ilacs_rules.situation import Situation
from ilacs_rules.vocabulary import Status

__all__ = ["Ranked", "edges_of", "first_of", "ranked", "status_of"]


class Ranked(NamedTuple):
    """What was found, how the day stands against it, and what that makes it come before: least ``rank`` and ``day``."""

    rank: int
    day: date
    status: Status
    found: Found


def ranked(found: Found, situation: Situation) -> Ranked:
    """What has begun, then what is owed by a day, then what may have been done unseen, then what no text dates."""
    status = status_of(found, situation)
    leaf, rank = found.leaf, _RANKS[status]
    if leaf.may and rank in _OWED:
        rank = _ONLY_MAY
    elif found.lacks and leaf.requires:
        return Ranked(_OWED[0], date.min, status, found)  # it may come before all that is owed: nobody can tell
    return Ranked(rank, found.closes or found.due or date.max, status, found)


_RANKS = {
    Status.UNDER_WAY: 0,
    Status.AWAITING_REPORT: 0,
    Status.NOT_OPEN: 1,
    Status.OPEN: 1,
    Status.OVERDUE: 1,
    Status.WINDOW_PASSED: 1,
    Status.SUSPENDED: 1,
    Status.NOT_RECORDED: 2,
    Status.NOT_STATED: 3,
    Status.NOT_REQUIRED: 5,
}
_OWED, _ONLY_MAY = (1, 2, 3), 4
"""What only may happen comes after all that is owed."""


def first_of(several: Iterable[Ranked]) -> Ranked:
    """What comes before all others; of equals the first, and they stand in the order of the rulebook."""
    return min(several, key=_BY_RANK_AND_DAY)


_BY_RANK_AND_DAY = itemgetter(0, 1)


def status_of(found: Found, situation: Situation) -> Status:
    """How the day of a situation stands against the window that was found."""
    _, leaf, opens, due, closes, runs_from, suspended, firm, lacks = found
    if not leaf.requires:
        return _NOT_REQUIRED
    if lacks:
        return _NOT_STATED
    if suspended:
        return _SUSPENDED
    if leaf.status is not None:
        return leaf.status
    as_of = situation.view.as_of
    if closes is not None and closes < as_of:
        # Overdue only where the record would have shown it on every day of the window: else it may be met unseen.
        start = opens or runs_from or closes
        shown = situation.view.history.covers(found.answering.met_by, min(start, closes), closes)
        if not shown:
            return _NOT_RECORDED
        return _OVERDUE if firm else _WINDOW_PASSED
    if closes is None:
        if due is None and opens is None:
            return _NOT_STATED
        # A nominal day that has passed makes nothing overdue; but what the record would not show may have been met.
        covers = situation.view.history.covers
        if due is not None and due < as_of and not covers(found.answering.met_by, due, as_of):
            return _NOT_RECORDED
    return _NOT_OPEN if opens is not None and as_of < opens else _OPEN


# Named once: finding a member of an enumeration by its name costs as much as all the rest.
_NOT_REQUIRED, _SUSPENDED, _NOT_STATED = Status.NOT_REQUIRED, Status.SUSPENDED, Status.NOT_STATED
_NOT_OPEN, _OPEN, _WINDOW_PASSED = Status.NOT_OPEN, Status.OPEN, Status.WINDOW_PASSED
_OVERDUE, _NOT_RECORDED = Status.OVERDUE, Status.NOT_RECORDED


def edges_of(found: Iterable[Found]) -> tuple[date, ...]:
    """The days on which a window opens, or a nominal or closing day has passed: between two, all stands as it does."""
    opening = {item.opens for item in found if item.opens}
    passed = {add_days(day, 1) for item in found for day in (item.due, item.closes) if day and day < date.max}
    return tuple(sorted(opening | passed))
