"""What can be decided without any history: windows over the boxes of a tree, and pairs of boxes a judgement apart.

A window is worked out on days that stand for all others of a box. These are its ends, the day asked about, and the turn
of the inspection year. They also lie before the day asked by the lengths of time that frameworks speak of.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import NamedTuple

from ilacs_rules.dates import add_days, add_months, start_of_inspection_year
from ilacs_rules.rulebook import Answering, Leaf, Node, Rulebook, Tree, regions, sides
from ilacs_rules.situation import AS_OF, FACTS, Allowed, Box, Range, Value, Words
from ilacs_rules.situation.aggregates import Attribute, PlaceInYear, place_in_year
from ilacs_rules.testing.laws.scales import Steps, no_steps, steps_of

__all__ = ["Asked", "Pair", "Place", "asked", "pairs", "part", "places", "situations_in"]

_LAST = date(2031, 12, 31)
_MONTHS_BEFORE = (0, 1, 2, 3, 6, 9, 12, 18, 24, 30, 36, 42, 60)


class Asked(NamedTuple):
    """One track, asked of one kind of subject."""

    subject_type: str
    answering: Answering


def asked(rulebook: Rulebook) -> Iterator[Asked]:
    """Every track of every kind of subject.

    >>> from ilacs_rules import load_rulebook
    >>> next(asked(load_rulebook())).answering.track.id
    'inspection'
    """
    for kind in rulebook.subject_types:
        for answering in rulebook.era(kind, rulebook.until or _LAST).asked:
            yield Asked(kind, answering)


class Place(NamedTuple):
    """A leaf, and the part of its box that its window depends on; ``found_in``: whole boxes, by kind of subject."""

    answering: Answering
    leaf: Leaf
    facts: frozenset[str]
    box: Box
    found_in: dict[str, list[Box]]


def places(rulebook: Rulebook) -> Iterable[Place]:
    """Everywhere that something is required by some day: boxes in which a window is worked out alike are one place.

    >>> from ilacs_rules import load_rulebook
    >>> any("childrens_home" in place.found_in for place in places(load_rulebook()))
    True
    """
    found: dict[object, Place] = {}
    for item in asked(rulebook):
        for region in regions(item.answering.tree):
            leaf, answering = region.leaf, item.answering
            facts = frozenset(leaf.facts)
            if leaf.rule and facts:
                box = part(region.box, facts)
                key = (leaf.rule.id, frozenset(box.items()), answering.first, answering.suspensions)
                place = found.setdefault(key, Place(answering, leaf, facts, box, {}))
                place.found_in.setdefault(item.subject_type, []).append(region.box)
    return found.values()


def part(box: Box, facts: frozenset[str]) -> dict[str, Allowed]:
    """What a box says of some facts, of where they lie in the year, and of the day asked about.

    >>> sorted(part({"exists": Range(), "registered": Range()}, frozenset({"registered"})))
    ['registered']
    """
    return {name: side for name, side in box.items() if name in facts or name == AS_OF or _placed(name) in facts}


def _placed(name: str) -> str:
    """The day whose place in the year a fact gives. ``None`` if it gives no such place."""
    reading = FACTS[name].reading if name in FACTS else None
    return reading.day.name if isinstance(reading, PlaceInYear) and isinstance(reading.day, Attribute) else ""


def _in_place(situation: Mapping[str, Value], places: Mapping[str, Allowed]) -> bool:
    """Whether each day lies where it must in the year of the day asked about."""
    as_of = situation[AS_OF]
    assert isinstance(as_of, date)
    year = start_of_inspection_year(as_of)
    days = ((situation.get(name), side) for name, side in places.items())
    return all(side.admits(place_in_year(day, year)) for day, side in days if isinstance(day, date))


def situations_in(box: Mapping[str, Allowed], facts: Iterable[str], first: date) -> Iterator[dict[str, Value]]:
    """The days that some facts may be in a box, on days asked about that stand for all others.

    >>> found = situations_in({"registered": Range(low=date(2024, 5, 1))}, ["registered"], date(2024, 6, 1))
    >>> next(found) == {"as_of": date(2025, 7, 1), "registered": date(2024, 5, 1)}
    True
    """
    names = sorted(set(facts) - {AS_OF})
    places = {_placed(name): side for name, side in box.items() if _placed(name)}
    for as_of in _days_asked(box.get(AS_OF), first):
        choices = [_days_before(as_of, box.get(name)) for name in names]
        for values in product(*choices):
            situation: dict[str, Value] = {AS_OF: as_of, **dict(zip(names, values, strict=True))}
            if not places or _in_place(situation, places):
                yield situation


def _days_asked(side: Allowed | None, first: date) -> list[date]:
    low = max(side.low, first) if isinstance(side, Range) and isinstance(side.low, date) else first
    high = side.high if isinstance(side, Range) and isinstance(side.high, date) else _LAST
    far = min(high, add_months(low, 66))
    # A day well inside the box first: histories are more easily found there than at its ends.
    inside = [day for day in (add_months(low, 13), far, low, high) if low <= day <= high]
    return list(dict.fromkeys(inside))


def _days_before(as_of: date, side: Allowed | None) -> list[Value]:
    side = side if isinstance(side, Range) else Range(unknown=True)
    april = start_of_inspection_year(as_of)
    near = {add_months(as_of, -months) for months in _MONTHS_BEFORE}
    near |= {add_months(day, -12 * years) for day in (april, add_days(april, -1)) for years in (0, 1, 3)}
    ends = {end for end in (side.low, side.high) if isinstance(end, date)}
    days = sorted(day for day in near | ends if day <= as_of and side.admits(day))
    return [*days, None] if side.unknown else [*days]


class Pair(NamedTuple):
    """A box, and the two leaves that answer in it: one judgement (or more) better, and worse."""

    box: dict[str, Allowed]
    better: Leaf
    worse: Leaf


def pairs(tree: Tree) -> Iterator[Pair]:
    """Each two leaves of a tree that nothing but worse judgements tells apart, with what they have in common.

    >>> from ilacs_rules import load_rulebook
    >>> found = [pair for item in asked(load_rulebook()) for pair in pairs(item.answering.tree)]
    >>> all(pair.better is not pair.worse for pair in found)
    True
    """
    return (pair for pair in _descend(tree, tree, {}, worse=False))


_ORDER = {name: place for place, name in enumerate((AS_OF, *FACTS))}


def _descend(one: Tree, other: Tree, box: dict[str, Allowed], *, worse: bool) -> Iterator[Pair]:
    """Down both trees at once; on a judgement the second may go the worse way, elsewhere both go together."""
    if one is other and (worse or not isinstance(one, Node)):
        return
    if not isinstance(one, Node) and not isinstance(other, Node):
        if worse and one.rule and other.rule:
            yield Pair(box, one, other)
        return
    fact = min((tree.fact for tree in (one, other) if isinstance(tree, Node)), key=_ORDER.__getitem__)
    steps = steps_of(fact)
    for side, here in _sides(one, fact):
        for beside, there in _sides(other, fact):
            if steps is no_steps:
                both = _in_common(side, beside)
                if both is not None:
                    yield from _descend(here, there, {**box, fact: both}, worse=worse)
                continue
            yield from _judged(steps, (side, here), (beside, there), box, fact, worse=worse)


def _judged(  # noqa: PLR0913 - the two ways down, and where they come from
    steps: Steps,
    one: tuple[Allowed, Tree],
    other: tuple[Allowed, Tree],
    box: dict[str, Allowed],
    fact: str,
    *,
    worse: bool,
) -> Iterator[Pair]:
    same = _in_common(one[0], other[0])
    if same is not None:
        yield from _descend(one[1], other[1], {**box, fact: same}, worse=worse)
    if any(one[0].admits(before) and other[0].admits(after) for before, after in steps):
        yield from _descend(one[1], other[1], {**box, fact: one[0]}, worse=True)


_ANYTHING = Range(unknown=True)


def _sides(tree: Tree, fact: str) -> list[tuple[Allowed, Tree]]:
    """Where a fact leads. A tree that does not ask about it goes on in every case."""
    if isinstance(tree, Node) and tree.fact == fact:
        return sides(tree)
    return [(_anything(fact), tree)]


def _anything(fact: str) -> Allowed:
    words = getattr(FACTS[fact].domain, "words", None) if fact in FACTS else None
    return _ANYTHING if words is None else Words(frozenset(words))


def _in_common(one: Allowed, other: Allowed) -> Allowed | None:
    """What both sides allow, or ``None`` where there is nothing."""
    if isinstance(one, Words) or isinstance(other, Words):
        words = one.words & other.words if isinstance(one, Words) and isinstance(other, Words) else frozenset[str]()
        return Words(words) if words else None
    low = max((side.low for side in (one, other) if side.low is not None), default=None)
    high = min((side.high for side in (one, other) if side.high is not None), default=None)
    known = one.known and other.known and not (low is not None and high is not None and low > high)  # type: ignore[operator]
    unknown = one.unknown and other.unknown
    return Range(low, high, known, unknown) if known or unknown else None
