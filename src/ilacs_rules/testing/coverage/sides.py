"""What of a rule a test can reach: that it answers, and each side of each of its boundaries.

A boundary is an end of the rule's box, or an end of its window. Ends of the box are its first and last day in force,
the ends of its ranges, and known or not known. Each word that it allows, and any that it does not, is one too. The far
side of a condition is reached if that condition alone fails, and by as little as it can. Only then would a boundary
that is wrong by one be noticed.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from math import inf
from typing import NamedTuple

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook import Condition, Rule
from ilacs_rules.rulebook.days import Named
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.rulebook.proof import rule_box
from ilacs_rules.situation import AS_OF, FACTS, IMPOSSIBLE, SUBJECT, Allowed, Box, Choice, Range, Value, Words

__all__ = ["IN_FORCE", "KNOWN", "OTHER", "Side", "at", "box_beside", "can_be", "sides_of", "window_sides"]

IN_FORCE = "in force"
KNOWN, OTHER = "known", "any other word"
_ENDS = {"opens": "its window opens", "due": "it is due", "closes": "its window closes"}
_STEPS: Mapping[Value, str] = {-1: "the day before", 0: "the day", 1: "the day after"}


class Side(NamedTuple):
    """One side of one boundary of a rule.

    Attributes:
        of: what the boundary is of: ``"in force"``, a fact, or an end of the window (``"opens"``, ``"due"``,
            ``"closes"``).
        value: the value on this side that is nearest to the boundary. For a window, the number of days after the end.
        inside: whether the rule answers there.

    >>> print(Side("last_overall", "good", inside=True))
    last overall: good
    >>> print(Side("closes", 1, inside=True))
    the day after its window closes
    """

    of: str
    value: Value
    inside: bool

    def __str__(self) -> str:
        if self.of in _ENDS:
            return f"{_STEPS[self.value]} {_ENDS[self.of]}"
        value = "not known" if self.value is None else str(self.value).replace("_", " ")
        return f"{self.of.replace('_', ' ')}: {value}{'' if self.inside else ', which it does not allow'}"


def sides_of(rule: Rule) -> frozenset[Side]:
    """Every side of every boundary of a rule.

    >>> from ilacs_rules import load_rulebook
    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> sorted(str(side) for side in sides_of(rule) if side.of in ("last_overall", "closes"))
    ['last overall: any other word, which it does not allow', 'last overall: inadequate', \
'the day after its window closes', 'the day its window closes']
    """
    found = {Side(IN_FORCE, rule.first, inside=True), Side(IN_FORCE, add_days(rule.first, -1), inside=False)}
    if rule.last:
        found |= {Side(IN_FORCE, rule.last, inside=True), Side(IN_FORCE, add_days(rule.last, 1), inside=False)}
    for condition in rule.when:
        found |= set(_sides_of(condition))
    if rule.opens:
        found.add(Side("opens", 0, inside=True))
    if rule.opens and not isinstance(parse(rule.opens), Named):
        found.add(Side("opens", -1, inside=True))  # the day of a fact itself is never still to come
    last = "closes" if rule.closes else "due"
    found |= {Side(last, step, inside=True) for step in (0, 1) if rule.closes or rule.due}
    return frozenset(found)


def _sides_of(condition: Condition) -> Iterator[Side]:
    allowed, fact = condition.allowed, condition.fact
    if isinstance(allowed, Words):
        yield from (Side(fact, word, inside=True) for word in allowed.words)
        domain = FACTS[fact].domain
        if isinstance(domain, Choice) and set(domain.words) - allowed.words:
            yield Side(fact, OTHER, inside=False)
        return
    if allowed.low is None and allowed.high is None:
        yield Side(fact, KNOWN, inside=allowed.known)
        yield Side(fact, None, inside=allowed.unknown)
    elif allowed.unknown:
        yield Side(fact, None, inside=True)
    yield from _ends(fact, allowed)


def _ends(fact: str, allowed: Range) -> Iterator[Side]:
    for end, step in ((allowed.low, -1), (allowed.high, 1)):
        if end is not None and not (end == 0 and step == -1):
            yield Side(fact, end, inside=True)
            yield Side(fact, _beyond(end, step), inside=False)


def _beyond(end: int | date, step: int) -> int | date:
    return add_days(end, step) if isinstance(end, date) else end + step


def at(sides: frozenset[Side], of: str, value: Value, *, inside: bool) -> frozenset[Side]:
    """Those of a rule's sides that a value is on.

    >>> sides = frozenset({Side("last_overall", "inadequate", inside=True), Side("last_overall", OTHER, inside=False)})
    >>> [str(side) for side in at(sides, "last_overall", "good", inside=False)]
    ['last overall: any other word, which it does not allow']
    >>> at(sides, "last_overall", "good", inside=True)
    frozenset()
    """
    seen = {Side(of, value, inside=inside), Side(of, OTHER, inside=inside)}
    if value is not None:
        seen.add(Side(of, KNOWN, inside=inside))
    return sides & seen


def window_sides(sides: frozenset[Side], as_of: date, ends: Mapping[str, date | None]) -> frozenset[Side]:
    """Those of a rule's sides that a day is on, seen from the ends of the window.

    >>> sides = frozenset({Side("closes", 0, inside=True), Side("closes", 1, inside=True)})
    >>> [str(side) for side in window_sides(sides, date(2024, 5, 2), {"closes": date(2024, 5, 1)})]
    ['the day after its window closes']
    >>> window_sides(sides, date(2024, 5, 3), {"closes": date(2024, 5, 1)})
    frozenset()
    """
    return sides & {Side(name, (as_of - end).days, inside=True) for name, end in ends.items() if end}


def box_beside(rule: Rule, side: Side) -> dict[str, Allowed]:
    """A rule's box, narrowed to one side of one of its boundaries, or moved just beyond it.

    >>> from ilacs_rules import load_rulebook
    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> box_beside(rule, Side("last_overall", "inadequate", inside=True))["last_overall"]
    Words(words=frozenset({'inadequate'}))
    >>> "good" in box_beside(rule, Side("last_overall", OTHER, inside=False))["last_overall"].words
    True
    """
    if side not in sides_of(rule):
        raise KeyError(f"{rule.id} has no such side: {side}")
    return {**rule_box(rule), AS_OF if side.of == IN_FORCE else side.of: _narrowed(rule, side)}


def _narrowed(rule: Rule, side: Side) -> Allowed:
    value = side.value
    if value == OTHER:
        domain = FACTS[side.of].domain
        allowed = rule_box(rule)[side.of]
        assert isinstance(domain, Choice)
        assert isinstance(allowed, Words)
        return Words(frozenset(domain.words) - allowed.words)
    if value == KNOWN:
        return Range()
    if value is None:
        return Range(known=False, unknown=True)
    return Words(frozenset({value})) if isinstance(value, str) else Range(value, value)


def can_be(rule: Rule, side: Side) -> bool:
    """Whether anything can be on a side of a rule, as far as the boxes that no history can be in tell.

    >>> from ilacs_rules import load_rulebook
    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> can_be(rule, Side("last_overall", "inadequate", inside=True))
    True
    """
    if side.of in _ENDS:
        return True
    box = box_beside(rule, side)
    return not all(
        any(_lies_in({**box, SUBJECT: Words(frozenset({kind}))}, impossible) for impossible in IMPOSSIBLE)
        for kind in rule.applies_to
    )


def _lies_in(box: Box, other: Box) -> bool:
    return all(name in box and _within(box[name], allowed) for name, allowed in other.items())


def _within(side: Allowed, other: Allowed) -> bool:
    if isinstance(side, Words) or isinstance(other, Words):
        return isinstance(side, Words) and isinstance(other, Words) and side.words <= other.words
    if (side.unknown and not other.unknown) or (side.known and not other.known):
        return False
    return not side.known or (_least(other) <= _least(side) and _most(side) <= _most(other))


def _least(side: Range) -> float:
    return -inf if side.low is None else _number(side.low)


def _most(side: Range) -> float:
    return inf if side.high is None else _number(side.high)


def _number(end: int | date) -> int:
    return end.toordinal() if isinstance(end, date) else end
