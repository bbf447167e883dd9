"""Which rule answers each track, its window, and how a day stands against it."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook import Answering, Era, Leaf, Rule, walk
from ilacs_rules.situation import Situation
from ilacs_rules.situation.aggregates.domains import NOT_YET
from ilacs_rules.vocabulary import Activity, Status, Strength

__all__ = ["BY_RANK_AND_DAY", "Found", "Ranked", "edges_of", "find", "precedence", "status_of"]


class Found(NamedTuple):
    """The rule that answers one track, with its window: everything but how one day stands against it.

    ``firm``: sources give the day on which it closes, so that somebody is late after it.
    """

    answering: Answering
    leaf: Leaf
    rule: Rule
    era: Era
    suspended: bool
    opens: date | None
    due: date | None
    closes: date | None
    firm: bool


class Ranked(NamedTuple):
    """What was found, how the day stands against it, and what that makes it come before."""

    rank: int
    day: date
    status: Status
    found: Found


BY_RANK_AND_DAY = itemgetter(0, 1)


def find(era: Era, tracks: tuple[Answering, ...], facts: Situation) -> tuple[Found, ...]:
    """What answers each track: the same on every day like this one within the era, unless a window moves daily."""

    def made(_: object) -> tuple[Found, ...]:
        found = tuple(_window(answering, era, facts) for answering in tracks)
        nothing = Activity.NOTHING_REQUIRED
        if facts["exists"] == NOT_YET:
            # Of a subject that does not exist yet nothing can be required, but by a rule that speaks of just that.
            found = tuple(
                item for item in found if item.answering.asks_whether_it_exists or item.rule.activity is nothing
            )
        if tracks is era.owed:
            # What is next is sought among what is required, where anything is.
            return tuple(item for item in found if item.rule.activity is not nothing) or found
        return found

    return made(tracks) if era.moves else facts.kept((era, tracks is era.owed), made)


def _window(answering: Answering, era: Era, facts: Situation) -> Found:
    ask, as_of = facts.__getitem__, facts.view.as_of
    leaf = walk(answering.tree, ask)
    rule = leaf.rule
    assert rule is not None, f"{facts}: a situation that was held to be impossible"
    suspended = leaf.runs_from is not None and any(
        pause.first <= as_of <= pause.last for pause in answering.suspensions
    )
    if suspended or rule.activity is Activity.NOTHING_REQUIRED:
        return Found(answering, leaf, rule, era, suspended, None, None, None, firm=False)
    opens, due, closes = (ready.day(ask) if ready else None for ready in (leaf.opens, leaf.due, leaf.closes))
    firm = rule.can_be_overdue
    if answering.suspensions and leaf.runs_from:
        runs_from = leaf.runs_from.day(ask)
        firm = firm and not answering.moved_by_a_reading(as_of, runs_from, closes)
        due, closes = (answering.lengthened(as_of, runs_from, day) for day in (due, closes))
    return Found(answering, leaf, rule, era, suspended, opens, due, closes, firm)


def status_of(found: Found, facts: Situation) -> Status:
    """How the day of a situation stands against the window that was found."""
    rule, opens, due, closes = found.rule, found.opens, found.due, found.closes
    as_of = facts.view.as_of
    if rule.activity is Activity.NOTHING_REQUIRED:
        return Status.NOT_REQUIRED
    if found.suspended:
        return Status.SUSPENDED
    if rule.status is not None:
        return rule.status
    if closes is not None and closes < as_of:
        # Overdue only where the record would have shown it on every day of the window: else it may be met unseen.
        start = opens or (found.leaf.runs_from.day(facts.__getitem__) if found.leaf.runs_from else None) or closes
        shown = facts.view.history.covers(found.answering.met_by, min(start, closes), closes)
        if not shown:
            return Status.NOT_RECORDED
        return Status.OVERDUE if found.firm else Status.WINDOW_PASSED
    if closes is None and due is not None and due < as_of:
        # A nominal day that has passed makes nothing overdue; but what the record would not show may have been met.
        history = facts.view.history
        if not history.covers(found.answering.met_by, due, as_of):
            return Status.NOT_RECORDED
    if opens is None and due is None and closes is None:
        return Status.NOT_STATED
    return Status.NOT_OPEN if opens is not None and as_of < opens else Status.OPEN


_BEGUN = (Status.UNDER_WAY, Status.AWAITING_REPORT)
_UNDATED = {Status.NOT_RECORDED: 2, Status.NOT_STATED: 3}


def precedence(found: Found, facts: Situation) -> Ranked:
    """What has begun, then what is owed by a day, then what may have been done unseen, then what no text dates."""
    status = status_of(found, facts)
    if status in _BEGUN:
        rank = 0
    elif status is Status.NOT_REQUIRED:
        rank = 5
    elif found.rule.strength is Strength.MAY:
        rank = 4
    else:
        rank = _UNDATED.get(status, 1)
    return Ranked(rank, found.closes or found.due or date.max, status, found)


def edges_of(found: Iterable[Found]) -> tuple[date, ...]:
    """The days on which a window opens, or a nominal or closing day has passed: between two, all stands as it does."""
    opening = {item.opens for item in found if item.opens}
    passed = {add_days(day, 1) for item in found for day in (item.due, item.closes) if day and day < date.max}
    return tuple(sorted(opening | passed))
