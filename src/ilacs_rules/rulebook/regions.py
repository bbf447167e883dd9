"""The regions of a decision tree: the boxes in which one rule answers, each once, together everything that can occur.

What the proof leaves behind can be read in full: a track has hundreds of regions, not millions. Checks, snapshots and
differences between rulebooks go through them, so that nothing they say rests on samples.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook.trees import Leaf, Node, Tree
from ilacs_rules.situation import FACTS, Allowed, Box, Choice, Range, Value, Words

__all__ = ["Region", "regions", "sides"]


class Region(NamedTuple):
    """A box, and the leaf that answers everywhere in it. A fact that is not named may be anything."""

    box: Box
    leaf: Leaf

    def admits(self, situation: dict[str, Value]) -> bool:
        """Whether a situation lies in the box.

        >>> region = Region({"last_overall": Words(frozenset({"good"}))}, Leaf(None))
        >>> region.admits({"last_overall": "good"}), region.admits({"last_overall": "inadequate"})
        (True, False)
        """
        return all(side.admits(situation[name]) for name, side in self.box.items())


def regions(tree: Tree) -> Iterator[Region]:
    """Every region of a tree in which a rule answers, in the order of the facts and of their values.

    In a surveyed tree the faulty regions are among them.

    >>> from ilacs_rules import load_rulebook
    >>> track = load_rulebook().era("independent_fostering_agency", date(2024, 1, 1)).asked[0]
    >>> found = list(regions(track.tree))
    >>> found[0].box["as_of"].high, found[0].leaf.rule.id
    (datetime.date(2022, 3, 31), 'fostering_agency_registered_before_april_2017_and_not_yet_inspected')
    """
    return _within(tree, {})


def _within(tree: Tree, box: dict[str, Allowed]) -> Iterator[Region]:
    if isinstance(tree, Node):
        for side, child in sides(tree):
            yield from _within(child, box | {tree.fact: side})
    elif tree.rule is not None or tree.faulty is not None:
        yield Region(box, tree)


def sides(node: Node) -> list[tuple[Allowed, Tree]]:
    """What a node tells apart: sets of values, and where each leads; ways to one place are one side.

    >>> good, bad = Leaf(None), Leaf(None)
    >>> node = Node("visits_between_on_record", {None: good}, (1, 3), (bad, good, bad))
    >>> [(str(side.low), str(side.high), side.unknown) for side, _ in sides(node)]
    [('None', '0', False), ('1', '2', True), ('3', 'None', False)]
    """
    if node.fact in FACTS and isinstance(FACTS[node.fact].domain, Choice):
        by_child: dict[int, tuple[list[str], Tree]] = {}
        for word, child in node.by_word.items():
            by_child.setdefault(id(child), ([], child))[0].append(str(word))
        return [(Words(frozenset(words)), child) for words, child in by_child.values()]
    return _ranges(node)


def _ranges(node: Node) -> list[tuple[Allowed, Tree]]:
    """The stretches between the cuts; not known goes with the first of them that leads to the same place."""
    lows: list[int | date | None] = [None, *node.cuts]
    highs: list[int | date | None] = [*(_before(cut) for cut in node.cuts), None]
    unknown = node.by_word.get(None)
    found: list[tuple[Allowed, Tree]] = []
    for low, high, child in zip(lows, highs, node.between, strict=True):
        found.append((Range(low, high, unknown=child is unknown), child))
        unknown = None if child is unknown else unknown
    return found if unknown is None else [*found, (Range(known=False, unknown=True), unknown)]


def _before(cut: int | date) -> int | date:
    return add_days(cut, -1) if isinstance(cut, date) else cut - 1
