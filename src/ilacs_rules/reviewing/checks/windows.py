"""Windows that can close before they open, or whose nominal day can lie outside them.

An end that is the beginning and so many units more needs no search. A window of one fact may move with it by months,
years or days, or with starts and ends of years and quarters. Such a window repeats every four years. So one leap cycle
of its days decides exactly for every day from 1901 to 2099. If the window also names a fixed day, or counts working
days, every day of a long stretch is tried. It runs from twelve years before the rule's first day to twelve years after
the last that it names. If it is counted from two facts, the days are tried on which such windows turn. These are first
and last days of months, four years either way, and the ends of what the rule allows. A day of the record lies no later
than the day that is asked about. A suspension only moves the end of a window later, and so is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from math import inf

from ilacs_rules.dates import WorkingDays, add_days, add_months
from ilacs_rules.reviewing.checks.boxes import conditions_of
from ilacs_rules.reviewing.checks.findings import Finding, FindingKind
from ilacs_rules.rulebook import Draft, Rule, rule_box
from ilacs_rules.rulebook.days import Call, Expression, Fixed, Step
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.situation import AS_OF, FACTS, Allowed, Box, Range
from ilacs_rules.situation.aggregates import CountSince, DateOf, StartOf

__all__ = ["nominal_findings", "window_findings"]

_DAYS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366), "working day": (1, 1)}
"""The fewest and the most days of a unit; working days are only ever added."""
_LEAP_CYCLE, _NEAR, _FAR = 1461, 48, 144
"""Days of four years, one of them a leap year; months that are searched beyond a rule's own days."""


def window_findings(book: Draft) -> Iterator[Finding]:
    """A finding for each rule whose window can close before it opens, with the first day found on which it does."""
    for rule in book.rules:
        yield from _out_of_order(rule, ("opens", "closes"), book.working_days)


def nominal_findings(book: Draft) -> Iterator[Finding]:
    """A finding for each end of a window that the rule's own nominal day can lie beyond: it takes some seconds."""
    for rule in book.rules:
        for ends in (("opens", "due"), ("due", "closes")):
            yield from _out_of_order(rule, ends, book.working_days)


def _out_of_order(rule: Rule, ends: tuple[str, str], working_days: WorkingDays) -> Iterator[Finding]:
    """The first case found in which one end of a window lies before another that should come first."""
    first, last = (getattr(rule, end) for end in ends)
    if not first or not last or (case := _of_rule(rule, first, last, working_days)) is None:
        return
    one, other = (parse(text, working_days).day(case.get) for text in (first, last))
    kind = FindingKind.CLOSES_BEFORE_IT_OPENS if "due" not in ends else FindingKind.DUE_OUTSIDE_ITS_WINDOW
    days = "; ".join(f"{name.replace('_', ' ')}: {day}" for name, day in case.items())
    yield Finding(
        kind=kind,
        says=_SAYS[ends],
        track=rule.track,
        subject_types=rule.applies_to,
        rules=(rule.id,),
        box=conditions_of(rule_box(rule)),
        case=f"{days}; {ends[0]} {one}, {ends[1]} {other}",
    )


_SAYS = {
    ("opens", "closes"): "Its window can close before it opens.",
    ("opens", "due"): "Its nominal day can come before its window opens.",
    ("due", "closes"): "Its nominal day can come after its window closes.",
}


def _of_rule(rule: Rule, first: str, last: str, working_days: WorkingDays) -> dict[str, date] | None:
    opens, closes = parse(first), parse(last)
    if _least_days(opens, closes) >= 0:
        return None
    box = rule_box(rule)
    names = {AS_OF, *opens.facts, *closes.facts}
    sides = tuple((name, side) for name, side in box.items() if name in names)
    return _closed_before(first, last, sides, working_days, _of_this_year(rule))


def _of_this_year(rule: Rule) -> frozenset[str]:
    """The days of a rule's window that lie in the year asked about: it asks that such an event be counted in it."""
    counted = {
        reading.kinds
        for item in rule.when
        if item.fact in FACTS
        if isinstance(reading := FACTS[item.fact].reading, CountSince) and reading.since == StartOf("year")
        if isinstance(item.allowed, Range) and isinstance(item.allowed.low, int) and item.allowed.low > 0
    }
    return frozenset(
        name
        for name, fact in FACTS.items()
        if isinstance(fact.reading, DateOf) and fact.reading.which == "first" and fact.reading.of.kinds in counted
    )


@lru_cache(maxsize=4096)
def _closed_before(
    opening: str,
    closing: str,
    sides: tuple[tuple[str, Allowed], ...],
    working_days: WorkingDays,
    this_year: frozenset[str],
) -> dict[str, date] | None:
    """The days of a case in which a window closes before it opens; kept, for drafts have most rows in common."""
    opens, closes = parse(opening, working_days), parse(closing, working_days)
    names, box = sorted({*opens.facts, *closes.facts}), dict(sides)
    asked = box[AS_OF]
    days = [_days(name, box, (opens, closes), alone=len(names) == 1) for name in names]
    for values in product(*days):
        case = dict(zip(names, values, strict=True))
        latest = case.get(AS_OF) or (asked.high if isinstance(asked, Range) else None)
        if isinstance(latest, date) and any(day > latest for name, day in case.items() if name != AS_OF):
            continue
        today = case.get(AS_OF)
        if today and any(day.year < today.year for name, day in case.items() if name in this_year):
            continue
        first, last = opens.day(case.get), closes.day(case.get)
        if first is not None and last is not None and last < first:
            return case
    return None


def _least_days(start: Expression, end: Expression) -> float:
    """So many days at least lie from one expression to another that goes on from it; minus infinity: it does not."""
    if start == end:
        return 0
    if not isinstance(end, Step):
        return -inf
    least, most = _DAYS[end.unit]
    return _least_days(start, end.start) + end.number * (least if end.number > 0 else most)


def _days(name: str, box: Box, both: Sequence[Expression], *, alone: bool) -> Sequence[date]:
    """The days of one fact that decide: see above."""
    low, high = _ends(name, box, both, _FAR if alone else _NEAR)
    if not alone:
        return sorted({low, high, *_turns(low, high)}) if low <= high else ()
    if not any(_stands_still(expression) for expression in both):
        low = max(low, add_days(high, 1 - _LEAP_CYCLE))
    return [add_days(low, number) for number in range((high - low).days + 1)]


def _ends(name: str, box: Box, both: Iterable[Expression], reach: int) -> tuple[date, date]:
    """The first and last day of a fact that a search goes through. The last comes before the first if there is none."""
    asked, side = box[AS_OF], box.get(name)
    assert isinstance(asked, Range)
    first = asked.low if isinstance(asked.low, date) else date.min
    named = [first, *(day for expression in both for day in _fixed(expression))]
    latest = asked.high if isinstance(asked.high, date) else add_months(max(named), reach)
    if isinstance(side, Range) and isinstance(side.high, date):
        latest = min(latest, side.high)
    if isinstance(side, Range) and isinstance(side.low, date):
        return side.low, latest
    return add_months(min(first, latest), -reach), latest


def _turns(low: date, high: date) -> Iterator[date]:
    month = date(low.year, low.month, 1)
    while (month := add_months(month, 1)) <= high:
        yield from (add_days(month, -1), month)


def _fixed(expression: Expression) -> Iterator[date]:
    if isinstance(expression, Fixed):
        yield expression.value
    for inner in _parts(expression):
        yield from _fixed(inner)


def _stands_still(expression: Expression) -> bool:
    """Whether a part of it does not move with the fact from one leap cycle to the next."""
    working = isinstance(expression, Step) and expression.unit == "working day"
    return working or isinstance(expression, Fixed) or any(_stands_still(inner) for inner in _parts(expression))


def _parts(expression: Expression) -> tuple[Expression, ...]:
    if isinstance(expression, Step):
        return (expression.start,)
    return expression.arguments if isinstance(expression, Call) else ()
