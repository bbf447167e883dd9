"""What can be done with boxes without losing exactness: what two share, what is left of one, which two are one.

A side that is not named may be anything. Here it is filled in from the fact's domain, so that "the rest" is always a
set of words or some ranges.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook import Condition
from ilacs_rules.situation import AS_OF, FACTS, IMPOSSIBLE, SUBJECT, Allowed, Box, Choice, Number, Range, Words

__all__ = ["anything", "can_be", "conditions_of", "joined", "remainder", "shared", "shared_box"]


def anything(name: str) -> Allowed:
    """Every value that a fact can have.

    >>> anything("visits_between_on_record")
    Range(low=None, high=None, known=True, unknown=False)
    >>> anything("as_of")
    Range(low=None, high=None, known=True, unknown=False)
    """
    if name == AS_OF:
        return Range()
    domain = FACTS[name].domain
    if isinstance(domain, Choice):
        return Words(frozenset(domain.words))
    return Range(unknown=domain.unknown if isinstance(domain, Number) else True)


def shared(one: Allowed, other: Allowed) -> Allowed | None:
    """The values that both sides admit; ``None`` where there are none.

    >>> shared(Range(low=2), Range(high=3, unknown=True))
    Range(low=2, high=3, known=True, unknown=False)
    >>> shared(Range(low=4), Range(high=3)) is None
    True
    """
    if isinstance(one, Words) or isinstance(other, Words):
        words = one.words & other.words if isinstance(one, Words) and isinstance(other, Words) else frozenset[str]()
        return Words(words) if words else None
    lows = [end for end in (one.low, other.low) if end is not None]
    highs = [end for end in (one.high, other.high) if end is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    known = one.known and other.known and (low is None or high is None or low <= high)  # type: ignore[operator]
    unknown = one.unknown and other.unknown
    if known:
        return Range(low, high, unknown=unknown)
    return Range(known=False, unknown=True) if unknown else None


def without(one: Allowed, other: Allowed) -> list[Allowed]:
    """The values of one side that another does not admit, as sides.

    >>> without(Range(0, 9, unknown=True), Range(3, 5))
    [Range(low=0, high=2, known=True, unknown=False), Range(low=6, high=9, known=True, unknown=False), \
Range(low=None, high=None, known=False, unknown=True)]
    >>> without(Words(frozenset({"yes"})), Words(frozenset({"yes", "no"})))
    []
    """
    if isinstance(one, Words) or isinstance(other, Words):
        words = one.words - other.words if isinstance(one, Words) and isinstance(other, Words) else frozenset[str]()
        return [Words(words)] if words else []
    known, unknown = Range(one.low, one.high), Range(known=False, unknown=True)
    parts: list[Allowed] = []
    if one.known and not other.known:
        parts.append(known)
    elif one.known:
        before = Range(high=_next(other.low, -1)) if other.low not in (None, 0) else None  # no count is below 0
        after = Range(low=_next(other.high, 1)) if other.high is not None else None
        parts += [part for side in (before, after) if side and (part := shared(known, side))]
    return [*parts, unknown] if one.unknown and not other.unknown else parts


def remainder(box: Box, taken: Sequence[Box], subject_type: str = "") -> Box | None:
    """A part of a box that lies in none of some others, or ``None`` where they cover it all.

    >>> box = {"visits_between_on_record": Range(0, 3)}
    >>> remainder(box, [{"visits_between_on_record": Range(0, 1)}])
    {'visits_between_on_record': Range(low=2, high=3, known=True, unknown=False)}
    >>> remainder(box, [{"visits_between_on_record": Range(0, 1)}, {"visits_between_on_record": Range(low=2)}]) is None
    True
    """
    rest = iter(taken)
    for other in rest:
        if shared_box(box, other, subject_type) is not None:
            return _beside(dict(box), other, tuple(rest), subject_type)
    return box


def shared_box(box: Box, other: Box, subject_type: str = "") -> Box | None:
    """The cases that lie in both of two boxes; ``None`` where there are none.

    >>> shared_box({"visits_between_on_record": Range(0, 3)}, {"visits_between_on_record": Range(2)})
    {'visits_between_on_record': Range(low=2, high=3, known=True, unknown=False)}
    >>> shared_box({}, {"subject": Words(frozenset({"local_authority"}))}, "childrens_home") is None
    True
    """
    found = dict(box)
    for name, side in other.items():
        if name == SUBJECT:
            if not side.admits(subject_type):
                return None
            continue
        both = shared(box.get(name) or anything(name), side)
        if both is None:
            return None
        found[name] = both
    return found


def _beside(box: dict[str, Allowed], other: Box, rest: Sequence[Box], subject_type: str) -> Box | None:
    """A part of a box outside another that it meets, and outside the rest: side by side, so that no part is lost."""
    for name, side in other.items():
        if name == SUBJECT:
            continue
        mine = box.get(name) or anything(name)
        for part in without(mine, side):
            if (found := remainder({**box, name: part}, rest, subject_type)) is not None:
                return found
        inner = shared(mine, side)
        assert inner is not None, f"{name}: the boxes do not meet"
        box[name] = inner
    return None


def can_be(box: Box, subject_type: str) -> bool:
    """Whether a history of a kind of subject can lie in a box, as far as the facts that it names show.

    >>> none, good = Words(frozenset({"none"})), Words(frozenset({"good"}))
    >>> can_be({"inspection_stage": none, "last_overall": good}, "local_authority")
    False
    >>> can_be({"inspection_stage": none}, "local_authority")
    True
    """
    spoken_of = [other for other in IMPOSSIBLE if other.keys() <= {SUBJECT, *box}]
    return remainder(box, spoken_of, subject_type) is not None


def joined(boxes: Iterable[Box]) -> list[Box]:
    """The same cases in fewer boxes: two that differ in one fact, and there lie side by side, are one.

    >>> joined([{"visits_between_on_record": Range(0, 1)}, {"visits_between_on_record": Range(2, 3)}])
    [{'visits_between_on_record': Range(low=0, high=3, known=True, unknown=False)}]
    >>> joined([{"exists": Words(frozenset({"yes"}))}, {"exists": Words(frozenset({"no"}))}])
    [{'exists': Words(words=frozenset({...}))}]
    """
    found = [dict(box) for box in boxes]
    asked = {name for box in found for name in box}
    names = [name for name in (AS_OF, *reversed(FACTS)) if name in asked]
    while True:
        before = len(found)
        for name in names:
            found = _joined_on(name, found)
        if len(found) == before:
            return list(found)


def _joined_on(name: str, boxes: list[dict[str, Allowed]]) -> list[dict[str, Allowed]]:
    groups: dict[tuple[tuple[str, Allowed], ...], list[Allowed]] = {}
    for box in boxes:
        rest = tuple(sorted((pair for pair in box.items() if pair[0] != name), key=_fact))
        groups.setdefault(rest, []).append(box.get(name) or anything(name))
    whole = anything(name)
    found: list[dict[str, Allowed]] = []
    for rest, given in groups.items():
        sides = _side_by_side(given)
        found += [dict(rest) | ({} if not without(whole, side) else {name: side}) for side in sides]
    return found


def _side_by_side(sides: list[Allowed]) -> list[Allowed]:
    words = [side.words for side in sides if isinstance(side, Words)]
    if words:
        return [Words(frozenset[str]().union(*words))]
    ranges = [side for side in sides if isinstance(side, Range)]
    unknown = any(side.unknown for side in ranges)
    known = sorted((side for side in ranges if side.known), key=_low)
    found: list[Range] = []
    for side in known:
        last = found[-1] if found else None
        if last and (last.high is None or side.low is None or side.low <= _next(last.high, 1)):  # type: ignore[operator]
            ends = (last.high, side.high)
            high = None if None in ends else max(ends)  # type: ignore[type-var]
            found[-1] = Range(last.low, high)
        else:
            found.append(Range(side.low, side.high))
    if not found:
        return [Range(known=False, unknown=True)]
    return [found[0]._replace(unknown=unknown), *found[1:]]


def _fact(pair: tuple[str, Allowed]) -> str:
    return pair[0]


def _low(side: Range) -> int:
    return -1 if side.low is None else side.low.toordinal() if isinstance(side.low, date) else side.low


def _next(end: int | date, step: int) -> int | date:
    return add_days(end, step) if isinstance(end, date) else end + step


def conditions_of(box: Box) -> tuple[Condition, ...]:
    """A box as the conditions of a rule, the day first and then the facts in their order.

    >>> [str(condition) for condition in conditions_of({"visits_between_on_record": Range(0, 1)})]
    ['visits between on record is at most 1']
    >>> conditions_of({})
    ()
    """
    return tuple(_condition(name, box[name]) for name in (AS_OF, *FACTS) if name in box)


def _condition(name: str, side: Allowed) -> Condition:
    if isinstance(side, Words):
        domain = FACTS[name].domain
        order = domain.words if isinstance(domain, Choice) else ()
        return Condition(fact=name, words=tuple(word for word in order if word in side.words))
    if not side.known:
        return Condition(fact=name, known=False)
    low = 0 if side.high == 0 else None if side.low == 0 else side.low
    always = True if low is None and side.high is None else None
    return Condition(fact=name, low=low, high=side.high, known=always, or_unknown=side.unknown)
