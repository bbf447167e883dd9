"""Boxes cut with one another, put together again, and said as conditions."""

from collections.abc import Iterable, Iterator
from datetime import date

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook import Condition
from ilacs_rules.situation import FACTS, IMPOSSIBLE, Allowed, Box, Choice, Number, Range, Words

__all__ = ["as_conditions", "common", "is_impossible", "merged"]


def common(one: Allowed, other: Allowed) -> Allowed | None:
    """What both sides allow; ``None`` where that is nothing.

    >>> common(Range(1, 5), Range(3, None))
    Range(low=3, high=5, known=True, unknown=False)
    >>> common(Words(frozenset({"good"})), Words(frozenset({"inadequate"}))) is None
    True
    """
    if isinstance(one, Words) or isinstance(other, Words):
        assert isinstance(one, Words)
        assert isinstance(other, Words)
        words = one.words & other.words
        return Words(words) if words else None
    low = max((end for end in (one.low, other.low) if end is not None), default=None)
    high = min((end for end in (one.high, other.high) if end is not None), default=None)
    known = one.known and other.known and (low is None or high is None or low <= high)  # type: ignore[operator]
    unknown = one.unknown and other.unknown
    if not known:
        return Range(known=False, unknown=True) if unknown else None
    return Range(low, high, unknown=unknown)


def is_impossible(box: Box) -> bool:
    """Whether no history can be anywhere in a box.

    >>> none = {"inspection_stage": Words(frozenset({"none"}))}
    >>> is_impossible({**none, "last_overall": Words(frozenset({"good", "inadequate"}))}), is_impossible(none)
    (True, False)
    """
    return any(
        all(name in box and common(box[name], side) == box[name] for name, side in impossible.items())
        for impossible in IMPOSSIBLE
    )


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same situations in fewer boxes: those that differ in one side only, and meet there, are one.

    >>> one, two = {"monitoring_on_record": Range(0, 1)}, {"monitoring_on_record": Range(2, 3)}
    >>> merged([one, two])
    [{'monitoring_on_record': Range(low=0, high=3, known=True, unknown=False)}]
    >>> len(merged([one, {"monitoring_on_record": Range(3, 4)}]))
    2
    >>> unknown = {"inadequate_judgements": Range(known=False, unknown=True)}
    >>> merged([unknown, {"inadequate_judgements": Range(1, 4)}])
    [{'inadequate_judgements': Range(low=1, high=4, known=True, unknown=True)}]
    """
    found, before = [dict(box) for box in boxes], 0
    names = list(dict.fromkeys(name for box in found for name in box))
    while len(found) != before:
        before = len(found)
        for name in reversed(names):
            found = list(_merged_in(name, found))
    return [*found]


def _merged_in(name: str, boxes: Iterable[dict[str, Allowed]]) -> Iterator[dict[str, Allowed]]:
    """The boxes with those put together that differ only in one fact."""
    groups: dict[frozenset[tuple[str, Allowed]], list[dict[str, Allowed]]] = {}
    for box in boxes:
        rest = frozenset((key, side) for key, side in box.items() if key != name)
        groups.setdefault(rest, []).append(box)
    for group in groups.values():
        if any(name not in box for box in group):
            yield {key: side for key, side in group[0].items() if key != name}
            continue
        for side in _together([box[name] for box in group]):
            rest_of = {key: side if key == name else value for key, value in group[0].items()}
            yield rest_of if not _is_all(name, side) else {key: rest_of[key] for key in rest_of if key != name}


def _together(sides: list[Allowed]) -> list[Allowed]:
    words = [side for side in sides if isinstance(side, Words)]
    if words:
        return [Words(frozenset().union(*(side.words for side in words)))]
    ranges = [side for side in sides if isinstance(side, Range)]
    unknown = any(side.unknown for side in ranges)
    known = sorted((side for side in ranges if side.known), key=lambda side: _number(side.low))
    found: list[Range] = []
    for side in known:
        if found and _meet(found[-1], side):
            found[-1] = Range(found[-1].low, _later(found[-1].high, side.high))
        else:
            found.append(Range(side.low, side.high))
    if not found:
        return [Range(known=False, unknown=True)]
    return [found[0]._replace(unknown=unknown), *found[1:]]


def _meet(one: Range, other: Range) -> bool:
    if one.high is None or other.low is None:
        return True
    after = add_days(one.high, 1) if isinstance(one.high, date) else one.high + 1
    return other.low <= after  # type: ignore[operator]


def _later(one: int | date | None, other: int | date | None) -> int | date | None:
    return None if one is None or other is None else max(one, other)


def _number(end: int | date | None) -> int:
    if end is None:
        return -1
    return end.toordinal() if isinstance(end, date) else end


def _is_all(name: str, side: Allowed) -> bool:
    """Whether a side allows everything that its fact can be."""
    if isinstance(side, Words):
        domain = FACTS[name].domain
        return isinstance(domain, Choice) and side.words == frozenset(domain.words)
    always_known = name not in FACTS or FACTS[name].domain == Number()
    return side.known and side.low in (None, 0) and side.high is None and (side.unknown or always_known)


def as_conditions(box: Box) -> tuple[Condition, ...]:
    """A box as a rule would state it.

    >>> [str(condition) for condition in as_conditions({"last_overall": Words(frozenset({"good"}))})]
    ['last overall is good']
    >>> [str(condition) for condition in as_conditions({"registered": Range(known=False, unknown=True)})]
    ['registered is not known']
    """
    return tuple(_condition(name, side) for name, side in box.items() if not _is_all(name, side))


def _condition(name: str, side: Allowed) -> Condition:
    if isinstance(side, Words):
        domain = FACTS[name].domain
        words = domain.words if isinstance(domain, Choice) else tuple(sorted(side.words))
        return Condition(fact=name, words=tuple(word for word in words if word in side.words))
    if not side.known:
        return Condition(fact=name, known=False)
    if side.low is None and side.high is None:
        return Condition(fact=name, known=True)
    return Condition(fact=name, low=side.low, high=side.high, or_unknown=side.unknown)
