"""Situations to ask of decision tables: the corners of every region, and those of real histories."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import ilacs_rules as ir
from ilacs_rules.dates import add_days, add_months
from ilacs_rules.rulebook import Answering, Region, Rule, Tree, regions, walk
from ilacs_rules.situation import AS_OF, FACTS, SUBJECT, Allowed, Choice, Number, Range, Value
from ilacs_rules.writing import DecisionTable, decision_tables

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ilacs_rules.records import Subject

BOOK = ir.load_rulebook()
LAST = date(2026, 11, 1)
_ANY_DAY = date(2019, 6, 3)


class Asked(NamedTuple):
    """What is known in a situation, and the rule that answers it."""

    values: Mapping[str, Value]
    rule: Rule


class Question(NamedTuple):
    """One track as it is asked of one kind of subject: the table that is exported, and the tree that the library walks."""

    kind: str
    table: DecisionTable
    answering: Answering

    @property
    def first(self) -> date:
        return self.answering.first

    @property
    def tree(self) -> Tree:
        return self.answering.tree


def questions() -> Iterator[Question]:
    """Every track, apart for each kind of subject that it is asked of."""
    for kind in BOOK.subject_types:
        asked = {item.track.id: item for item in BOOK.era(kind, date.max).asked}
        for table in decision_tables(BOOK, subject_type=kind):
            yield Question(kind, table, asked[table.track.id])


def of_regions(question: Question, each: int, chance: random.Random) -> Iterator[Asked]:
    """Of every region its least corner, its greatest, and others at its bounds; what it does not name may be anything."""
    values = {name: _values(name, question) for name in question.table.columns}
    for region in regions(question.tree):
        for number in range(each):
            case = {name: _pick(name, found, region, number, chance) for name, found in values.items()}
            leaf = walk(question.tree, case.__getitem__)
            assert leaf is region.leaf
            assert leaf.rule is not None
            yield Asked(case, leaf.rule)


def of_history(subject: Subject, days: Iterable[date]) -> Iterator[tuple[str, Asked]]:
    """What was known of a subject on each of some days, by track: only where it differs from the day before."""
    tables = {table.track.id: table for table in decision_tables(BOOK, subject_type=subject.type)}
    last: dict[str, dict[str, Value]] = {}
    for day in days:
        facts = ir.situation(subject, as_of=day)
        for answer in ir.answers(subject, as_of=day):
            known = {name: _read(facts, name) for name in tables[answer.track].facts}
            if last.get(answer.track) != known:
                last[answer.track] = known
                yield answer.track, Asked({SUBJECT: subject.type, AS_OF: day, **known}, BOOK.rule(answer.rule))


def _read(facts: ir.Situation, name: str) -> Value:
    """A fact, or not known where the record lacks it; what a rule rests on is never lacking, or it would not answer."""
    try:
        return facts[name]
    except ir.MissingFactError:
        return None


def months(subject: Subject) -> Iterator[date]:
    """The first of each month from the subject's first event that the rulebook reaches."""
    first = min(item.answers[subject.type] for item in BOOK.tracks if subject.type in item.answers)
    start = max([first, *(event.first_known for event in subject.events[:1])])
    day = add_months(start.replace(day=1), 1)
    while day <= LAST:
        yield day
        day = add_months(day, 1)


def _values(name: str, question: Question) -> Sequence[Value]:
    """Every value of a column on which something turns: each word, each bound, and the values on both sides of it."""
    if name == SUBJECT:
        return [question.kind]
    rules = question.table.rules
    if name == AS_OF:
        days = _around(Range(rule.first, rule.last) for rule in rules)
        return sorted({question.first, *(day for day in days if isinstance(day, date) and day >= question.first)})
    domain = FACTS[name].domain
    if isinstance(domain, Choice):
        return list(domain.words)
    near = _around(item.allowed for rule in rules for item in rule.when if item.fact == name)
    if domain == Number():
        return sorted({0, *(count for count in near if isinstance(count, int) and count >= 0)})
    if isinstance(domain, Number):
        return [*sorted({0, *(count for count in near if isinstance(count, int) and count >= 0)}), None]
    return [*sorted({_ANY_DAY, *(day for day in near if isinstance(day, date))}), None]


def _around(sides: Iterable[Allowed]) -> set[int | date]:
    return {near for side in sides for end in _ends(side) for near in _beside(end)}


def _ends(side: Allowed) -> list[int | date]:
    return [end for end in (side.low, side.high) if end is not None] if isinstance(side, Range) else []


def _beside(end: int | date) -> tuple[int | date, ...]:
    if isinstance(end, date):
        return (add_days(end, -1), end, add_days(end, 1))
    return (end - 1, end, end + 1)


def _pick(name: str, found: Sequence[Value], region: Region, number: int, chance: random.Random) -> Value:
    side = region.box.get(name)
    if side is None:
        return chance.choice(found)
    admitted = [value for value in found if side.admits(value)] or list(_ends(side))
    return admitted[0] if number == 0 else admitted[-1] if number == 1 else chance.choice(admitted)
