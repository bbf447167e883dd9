"""A decision tree as tables: one step for each fact, and every row of a column takes it at once.

The facts of a proved tree stand in one order on every way through it. So a row needs only the number of the place that
it has reached. Each fact's table says where its value leads from there. A place that does not ask about a fact leads on
to itself.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from ilacs_rules.rulebook import Leaf, Node, Tree
from ilacs_rules.situation import AS_OF, FACTS, Choice
from ilacs_rules.tables.words import Codes, Days, Flags

__all__ = ["Column", "Walk", "Walked"]

NOWHERE = Leaf(None)
"""Where a value leads that the tree does not know."""


class Column(NamedTuple):
    """A fact over a column: its values (places among its words, counts, or ordinals), and where it is lacking.

    ``lacking``: the rows in which the single path says that the record must hold the fact, and refuses to answer.
    """

    values: Codes | Days
    lacking: Flags | None = None


class Walked(NamedTuple):
    """Where each row ended: the place of its leaf among ``Walk.leaves``; and whether it asked for a lacking fact."""

    leaf: Codes
    lacking: Flags | None


class _Step(NamedTuple):
    fact: str
    cuts: Days | None  # of counts and days: the first value of each cell after "not known"
    cells: int
    leads_to: Codes
    asks: Flags

    def cells_of(self, values: Codes | Days) -> Codes | Days:
        return values if self.cuts is None else np.searchsorted(self.cuts, values, side="right").astype(np.uint16)


class Walk:
    """A tree, or one tree for each of several kinds of subject, made ready for columns."""

    __slots__ = ("leaves", "steps")

    def __init__(self, *roots: Tree) -> None:
        nodes = [node for root in roots for node in _nodes(root)]
        asked = {node.fact for node in nodes}
        alive: list[Tree] = list(roots)
        steps: list[_Step] = []
        for fact in (name for name in (AS_OF, *FACTS) if name in asked):
            step, alive = _step(fact, alive)
            steps.append(step)
        self.steps = tuple(steps)
        self.leaves = tuple(leaf for leaf in alive if isinstance(leaf, Leaf))

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it asks about, in order."""
        return tuple(step.fact for step in self.steps)

    def __call__(self, ask: Callable[[str], Column], count: int, start: Codes | None = None) -> Walked:
        """Take every row to its leaf. ``start``: the number of each row's tree, where there are several."""
        place: Codes = np.zeros(count, np.uint16) if start is None else start
        lacking: Flags | None = None
        for step in self.steps:
            values, missing = ask(step.fact)
            if missing is not None:
                asked = step.asks.take(place) & missing
                lacking = asked if lacking is None else lacking | asked
            # One multiplication, one addition, one look: the whole of a decision.
            place = step.leads_to.take(place * np.uint16(step.cells) + step.cells_of(values), mode="clip")
        return Walked(place, lacking)


def _nodes(root: Tree) -> list[Node]:
    found: dict[int, Node] = {}
    left = [root]
    while left:
        tree = left.pop()
        if isinstance(tree, Node) and id(tree) not in found:
            found[id(tree)] = tree
            left += [*tree.by_word.values(), *tree.between]
    return list(found.values())


def _step(fact: str, alive: Sequence[Tree]) -> tuple[_Step, list[Tree]]:
    """The table of one fact, and the places that there are after it."""
    samples = _samples(fact, alive)
    after: dict[int, int] = {}
    places: list[Tree] = []
    leads_to: list[int] = []
    for tree in alive:
        for sample in samples:
            child = _child(tree, sample) if isinstance(tree, Node) and tree.fact == fact else tree
            if id(child) not in after:
                after[id(child)] = len(places)
                places.append(child)
            leads_to.append(after[id(child)])
    assert len(alive) * len(samples) < 1 << 16, f"{fact}: a tree of more than 65,535 ways"
    asks = np.array([isinstance(tree, Node) and tree.fact == fact for tree in alive])
    return _Step(fact, _first_values(fact, samples), len(samples), np.array(leads_to, np.uint16), asks), places


def _samples(fact: str, alive: Sequence[Tree]) -> list[str | int | date | None]:
    """A value for each cell of a fact: its words; or not known, the least, and each cut."""
    if fact in FACTS and isinstance(domain := FACTS[fact].domain, Choice):
        return list(domain.words)
    cuts = {cut for tree in alive if isinstance(tree, Node) and tree.fact == fact for cut in tree.cuts}
    least = date.min if fact == AS_OF or not _counts(fact) else 0
    return [None, *sorted({least, *cuts})]


def _counts(fact: str) -> bool:
    return fact in FACTS and type(FACTS[fact].domain).__name__ == "Number"


def _first_values(fact: str, samples: Sequence[str | int | date | None]) -> Days | None:
    if fact in FACTS and isinstance(FACTS[fact].domain, Choice):
        return None
    return np.array([value.toordinal() if isinstance(value, date) else value for value in samples[1:]], np.int32)


def _child(node: Node, sample: str | int | date | None) -> Tree:
    if node.between and sample is not None:
        return node.between[bisect_right(node.cuts, sample)]
    return node.by_word.get(sample, NOWHERE)
