"""Eras: the stretches of days on which the same rules are in force, and the same suspensions."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import cast

from ilacs_rules.dates import WorkingDays, add_days
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.rulebook.proof import Steps, prove
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.shared import Expected, Suspension, Track
from ilacs_rules.rulebook.trees import Leaf, Node, Tree
from ilacs_rules.situation import AS_OF, GONE, Value
from ilacs_rules.vocabulary import OwedBy

__all__ = ["Answering", "Era", "by_day", "eras_of"]


class Answering:
    """One track as the engine walks it: its tree, the suspensions that move its windows, and what is expected.

    ``trees`` are what the tree leaves to ask once the day is known: before each of its ``turns``, and from the last on.
    """

    __slots__ = (
        "_last_pause", "asks_whether_it_exists", "expected", "first", "met_by", "once_ended", "suspensions", "track",
        "tree", "trees", "triggered_by", "turns", "working_days",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 - everything that is said of one track
        self,
        track: Track,
        subject_type: str,
        rules: Sequence[Rule],
        *,
        until: date | None,
        suspensions: Iterable[Suspension],
        expected: Iterable[Expected],
        steps: Steps | None = None,
        working_days: WorkingDays | None = None,
    ) -> None:
        self.track = track
        self.working_days = working_days
        self.tree: Tree = prove(track, subject_type, rules, until, working_days=working_days, steps=steps)
        self.turns, self.trees = by_day(self.tree)
        self.first = track.answers[subject_type]
        self.met_by = track.met_on(date.max)
        self.triggered_by = frozenset(track.triggered_by)
        self.once_ended = track.once_ended
        self.asks_whether_it_exists = any(condition.fact == "exists" for rule in rules for condition in rule.when)
        self.suspensions = tuple(item for item in suspensions if item.applies(subject_type, track.id))
        self.expected = tuple(item for item in expected if item.applies(subject_type, track.id))
        self._last_pause = max((pause.last for pause in self.suspensions), default=date.min)

    def concerns(self, exists: Value) -> bool:
        """Whether it is asked of a subject whose fact ``exists`` is this: one track is of those that have ended."""
        return self.once_ended is (exists in GONE)

    def on(self, day: date) -> "Answering":
        """The same as it is from a day on: with the activities that meet it then, and what is still only expected."""
        met_by = self.track.met_on(day)
        expected = tuple(item for item in self.expected if item.last is None or day <= item.last)
        if met_by == self.met_by and expected == self.expected:
            return self
        other = copy(self)
        other.met_by, other.expected = met_by, expected
        return other

    def may_be_moved(self, as_of: date, runs_from: date | None) -> bool:
        """Whether a suspension can bear, on a day, on a window that runs from another; after all of them none can."""
        last = self._last_pause
        return bool(self.suspensions) and (as_of <= last or runs_from is None or runs_from <= last)

    def suspended(self, day: date) -> bool:
        """Whether the track is suspended on a day."""
        return day <= self._last_pause and any(pause.suspends(day) for pause in self.suspensions)

    def eased(self, day: date) -> bool:
        """Whether what the track asks for is done on a day where that is possible, so that nobody is late."""
        return day <= self._last_pause and any(pause.eases(day) for pause in self.suspensions)

    def moved_by_a_reading(self, as_of: date, runs_from: date | None, closes: date | None) -> bool:
        """Whether a closing day stands, on a day, later than the rule gives it, by a delay that no source states."""
        for pause in self.suspensions:
            if closes is not None and pause.last < as_of and (runs_from is None or runs_from <= pause.last):
                before, closes = closes, pause.lengthen(runs_from, closes)
                if closes != before and pause.delay_is_a_reading:
                    return True
        return False

    def lengthened(self, as_of: date, runs_from: date | None, day: date | None) -> date | None:
        """A due or closing day as it stands on a day: later by every suspension that had ended by then."""
        for pause in self.suspensions:
            # What runs from a day after the suspension is not moved by it.
            if day is not None and pause.last < as_of and (runs_from is None or runs_from <= pause.last):
                day = pause.lengthen(runs_from, day)
        return day


@dataclass(frozen=True, slots=True, eq=False)
class Era:
    """The days from ``first`` to the next era's first, on which one set of rules is in force.

    Attributes:
        first: its first day.
        asked: the tracks that are answered in it; ``owed``: those of them in which the inspectorate may have to act.
        moves: whether a window in it changes from day to day, and not only with what happened.
    """

    first: date
    asked: tuple[Answering, ...]
    owed: tuple[Answering, ...]
    moves: bool


def eras_of(
    tracks: Sequence[Answering], rules: Sequence[Rule], also: Iterable[date] = ()
) -> tuple[tuple[date, ...], tuple[Era, ...]]:
    """The first days of every era of some tracks, in order, and the eras. ``also``: more days on which one begins."""
    start = min((item.first for item in tracks), default=None)
    if start is None:
        return (), ()
    names = {item.track.id for item in tracks}
    mine = [rule for rule in rules if rule.track in names]
    moves = any(parse(text).moves for rule in mine for text in (rule.opens, rule.due, rule.closes) if text)
    cuts = tuple(sorted(day for day in _turns(tracks, mine).union(also) if day >= start))
    return cuts, tuple(_era(day, tracks, moves) for day in cuts)


def _turns(tracks: Sequence[Answering], rules: Iterable[Rule]) -> set[date]:
    """The days on which a track is first asked, or a rule, a suspension or what is expected begins or has ended."""
    days = {item.first for item in tracks}
    for rule in rules:
        days |= {rule.first, add_days(rule.last, 1)} if rule.last else {rule.first}
    for item in tracks:
        days |= set(item.track.met_by_since.values())
        days |= {add_days(coming.last, 1) for coming in item.expected if coming.last}
    for pause in (pause for item in tracks for pause in item.suspensions):
        days |= {pause.first, add_days(pause.last, 1)} if pause.last < date.max else {pause.first}
    return days


def _era(first: date, tracks: Iterable[Answering], moves: bool) -> Era:
    asked = tuple(item.on(first) for item in tracks if item.first <= first)
    owed = tuple(item for item in asked if item.track.owed_by is OwedBy.INSPECTORATE)
    there = [item for item in owed if not item.once_ended]
    left = [item for item in there if not _nothing_to_ask(item, first)] or there
    return Era(first, asked, tuple(item for item in owed if item in left or item.once_ended), moves)


def by_day(tree: Tree) -> tuple[tuple[date, ...], tuple[Tree, ...]]:
    """The days on which a tree turns, and what it is before each of them and after: the day is what it asks first."""
    if isinstance(tree, Node) and tree.fact == AS_OF:
        return cast("tuple[date, ...]", tree.cuts), tree.between
    return (), (tree,)


def _nothing_to_ask(answering: Answering, day: date) -> bool:
    """Whether, on that day, nothing is required whatever happened: a regime that is over, say."""
    tree = answering.trees[bisect_right(answering.turns, day)]
    return isinstance(tree, Leaf) and tree.rule is not None and not tree.requires
