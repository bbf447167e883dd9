"""Found → ranked: how the day stands against each window, and what that makes it come before."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from ilacs_rules.answering.found import Found
from ilacs_rules.dates import add_days
from ilacs_rules.situation import Situation
from ilacs_rules.vocabulary import Activity, Status, Strength

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
    if status in _BEGUN:
        rank = 0
    elif status is Status.NOT_REQUIRED:
        rank = 5
    elif found.rule.strength is Strength.MAY:
        rank = 4
    else:
        rank = _UNDATED.get(status, 1)
    return Ranked(rank, found.closes or found.due or date.max, status, found)


_BEGUN = (Status.UNDER_WAY, Status.AWAITING_REPORT)
_UNDATED = {Status.NOT_RECORDED: 2, Status.NOT_STATED: 3}


def first_of(several: Iterable[Ranked]) -> Ranked:
    """What comes before all others; of equals the first, and they stand in the order of the rulebook."""
    return min(several, key=_BY_RANK_AND_DAY)


_BY_RANK_AND_DAY = itemgetter(0, 1)


def status_of(found: Found, situation: Situation) -> Status:
    """How the day of a situation stands against the window that was found."""
    rule, opens, due, closes = found.rule, found.opens, found.due, found.closes
    as_of = situation.view.as_of
    if rule.activity is Activity.NOTHING_REQUIRED:
        return Status.NOT_REQUIRED
    if found.suspended:
        return Status.SUSPENDED
    if rule.status is not None:
        return rule.status
    if closes is not None and closes < as_of:
        # Overdue only where the record would have shown it on every day of the window: else it may be met unseen.
        runs_from = found.leaf.runs_from
        start = opens or (runs_from.day(situation.facts.__getitem__) if runs_from else None) or closes
        shown = situation.view.history.covers(found.answering.met_by, min(start, closes), closes)
        if not shown:
            return Status.NOT_RECORDED
        return Status.OVERDUE if found.firm else Status.WINDOW_PASSED
    # A nominal day that has passed makes nothing overdue; but what the record would not show may have been met.
    covers = situation.view.history.covers
    if closes is None and due is not None and due < as_of and not covers(found.answering.met_by, due, as_of):
        return Status.NOT_RECORDED
    if opens is None and due is None and closes is None:
        return Status.NOT_STATED
    return Status.NOT_OPEN if opens is not None and as_of < opens else Status.OPEN


def edges_of(found: Iterable[Found]) -> tuple[date, ...]:
    """The days on which a window opens, or a nominal or closing day has passed: between two, all stands as it does."""
    opening = {item.opens for item in found if item.opens}
    passed = {add_days(day, 1) for item in found for day in (item.due, item.closes) if day and day < date.max}
    return tuple(sorted(opening | passed))
