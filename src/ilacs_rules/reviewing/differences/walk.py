"""Two rulebooks walked side by side: every box in which their answers to one question differ, and nothing sampled."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ilacs_rules.dates import add_days
from ilacs_rules.reviewing.differences.boxes import common, is_impossible
from ilacs_rules.reviewing.differences.pauses import Pauses
from ilacs_rules.rulebook import Answering, Leaf, Node, Rule, Rulebook, Suspension, Tree, sides
from ilacs_rules.situation import AS_OF, FACTS, SUBJECT, Allowed, Box, Range, Words
from ilacs_rules.vocabulary import Activity

__all__ = ["COMPARED", "Unlike", "unlike"]

COMPARED = (
    "activity", "opens", "due", "closes", "runs_from", "status", "strength", "certainty", "says", "sources", "gap",
    "evidence", "notice", "days_on_site", "report",
)  # fmt: skip
"""What of a rule reaches an answer, besides its id and its readings; the days it was in force do not."""
_ORDER = {AS_OF: -1, **{name: place for place, name in enumerate(FACTS)}}
_NOT_ASKED = Leaf(None)


class Unlike(NamedTuple):
    """A box in which two rulebooks answer differently, the two rules, and in what they differ."""

    box: Box
    old: Rule | None
    new: Rule | None
    what: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One rulebook's answer to one question: the track as it is asked of one kind of subject, if it is."""

    book: Rulebook
    answering: Answering | None

    def at(self, day: date) -> Tree:
        """The tree that answers on a day."""
        if self.answering is None or day < self.answering.first:
            return _NOT_ASKED
        tree = self.answering.tree
        if isinstance(tree, Node) and tree.fact == AS_OF:
            return tree.between[bisect_right(tree.cuts, day)]
        return tree

    @property
    def suspensions(self) -> tuple[Suspension, ...]:
        return self.answering.suspensions if self.answering else ()

    @cached_property
    def _pauses(self) -> Pauses:
        return Pauses(self.suspensions)

    def cuts(self) -> set[date]:
        """The days on which what it answers of the same facts may change."""
        if self.answering is None:
            return set()
        days = {self.answering.first, *self.answering.track.met_by_since.values()}
        tree = self.answering.tree
        if isinstance(tree, Node) and tree.fact == AS_OF:
            days |= {cut for cut in tree.cuts if isinstance(cut, date)}
        for pause in self.suspensions:
            days |= {pause.first} | ({add_days(pause.last, 1)} if pause.last < date.max else set())
        return days

    def around(self, day: date) -> dict[str, object]:
        """What besides the rule decides an answer of that day: who owes it, what meets it, what suspended it."""
        if self.answering is None:
            return {}
        track = self.answering.track
        return {
            "owed_by": track.owed_by,
            "met_by": track.met_on(day),
            "suspensions": self._pauses.on(day),
        }


def unlike(
    old: tuple[Rulebook, Answering | None],
    new: tuple[Rulebook, Answering | None],
    subject_type: str,
    on: tuple[date, date] | None,
) -> Iterator[Unlike]:
    """Every box of one question and one kind of subject in which the two answer differently, each once.

    ``on``: the day on which each is asked; without it both are asked on each day of which both rulebooks speak.
    """
    one, other = Side(*old), Side(*new)
    known: dict[str, Allowed] = {SUBJECT: Words(frozenset({subject_type}))}
    if on is not None:
        yield from _between_days(one, other, known, on)
        return
    until = min(one.book.until or date.max, other.book.until or date.max)
    starts = sorted(day for day in one.cuts() | other.cuts() if day <= until)
    for place, start in enumerate(starts):
        end = add_days(starts[place + 1], -1) if place + 1 < len(starts) else until if until < date.max else None
        for found in _Pairs(one, other, start, start).walked():
            box = {AS_OF: Range(start, end), **found.box}
            if not is_impossible(known | box):
                yield found._replace(box=box)


def _between_days(one: Side, other: Side, known: Box, on: tuple[date, date]) -> Iterator[Unlike]:
    """What differs between two days; a case that can be on one of them only is answered on that one only."""
    days = [{**known, AS_OF: Range(day, day)} for day in on]
    for found in _Pairs(one, other, *on, impossible=True).walked():
        if not all(is_impossible(day | dict(found.box)) for day in days):
            yield found


class _Pairs:
    """The product of two trees on one stretch of days; pairs of sub-trees without a difference are gone through once.

    ``impossible``: a case that only one of the trees holds to be impossible differs too.
    """

    def __init__(self, old: Side, new: Side, old_day: date, new_day: date, *, impossible: bool = False) -> None:
        self.old, self.new = old, new
        self.trees = old.at(old_day), new.at(new_day)
        around, later = old.around(old_day), new.around(new_day)
        self.around = tuple(name for name in later if name in around and around[name] != later[name])
        self.impossible = impossible
        self.alike: set[tuple[int, int]] = set()

    def walked(self) -> Iterator[Unlike]:
        yield from self._under(*self.trees, {})

    def _under(self, one: Tree, other: Tree, box: dict[str, Allowed]) -> Iterator[Unlike]:
        if (id(one), id(other)) in self.alike:
            return
        alike = True
        for found in self._leaves(one, other, box) if _both_leaves(one, other) else self._nodes(one, other, box):
            alike = False
            yield found
        if alike:
            self.alike.add((id(one), id(other)))

    def _nodes(self, one: Tree, other: Tree, box: dict[str, Allowed]) -> Iterator[Unlike]:
        fact = min((tree.fact for tree in (one, other) if isinstance(tree, Node)), key=_ORDER.__getitem__)
        for side, left, right in _split(fact, one, other):
            yield from self._under(left, right, box | {fact: side})

    def _leaves(self, one: Tree, other: Tree, box: dict[str, Allowed]) -> Iterator[Unlike]:
        assert isinstance(one, Leaf)
        assert isinstance(other, Leaf)
        if one.rule is not None and other.rule is not None:
            if what := self._what(one.rule, other.rule):
                yield Unlike(box, one.rule, other.rule, what)
        elif (one.rule or other.rule) and (self.impossible or one is _NOT_ASKED or other is _NOT_ASKED):
            yield Unlike(box, one.rule, other.rule, ("answered",))

    def _what(self, old: Rule, new: Rule) -> tuple[str, ...]:
        found = ["rule"] if old.id != new.id else []
        found += [name for name in COMPARED if getattr(old, name) != getattr(new, name)]
        found += ["readings"] if self.old.book.readings_of(old) != self.new.book.readings_of(new) else []
        required = Activity.NOTHING_REQUIRED in (old.activity, new.activity)
        suspended = old.runs_from is not None and new.runs_from is not None
        for name in self.around:
            if name == "owed_by" or (name == "met_by" and not required) or (name == "suspensions" and suspended):
                found.append(name)
        return tuple(found)


def _both_leaves(one: Tree, other: Tree) -> bool:
    return isinstance(one, Leaf) and isinstance(other, Leaf)


def _split(fact: str, one: Tree, other: Tree) -> Iterator[tuple[Allowed, Tree, Tree]]:
    """What either tree tells apart in a fact, and where that leads in each."""
    mine = sides(one) if isinstance(one, Node) and one.fact == fact else None
    theirs = sides(other) if isinstance(other, Node) and other.fact == fact else None
    if mine is None or theirs is None:
        for side, child in mine or theirs or []:
            yield (side, child, other) if mine is not None else (side, one, child)
        return
    for left, mine_child in mine:
        for right, their_child in theirs:
            both = common(left, right)
            if both is not None:
                yield both, mine_child, their_child
