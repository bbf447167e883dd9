"""Decision tables run by SpiffWorkflow, an engine that is not ours: situations to ask, and what it says of them.

    python tests/spiff.py [SITUATIONS PER REGION]

asks about every region of every track, prints how many answers agreed, and leaves with 1 where one did not.
"""

import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.BpmnDmnParser import SCHEMAS, BpmnDmnParser

import ilacs_rules as ir
from ilacs_rules.export import DecisionTable, decision_tables, to_dmn
from ilacs_rules.export.decisions.dmn import DMN
from ilacs_rules.rulebook import Answering, Region, regions, walk
from ilacs_rules.situation import AS_OF, FACTS, SUBJECT, Allowed, Choice, Number, Value
from ilacs_rules.situation.boxes import Range

BOOK = ir.load_rulebook()
SCHEMA = etree.XMLSchema(etree.parse(SCHEMAS[DMN]))
DAY = timedelta(days=1)

# What the names of FEEL that stand in the cells are in Python.
_ENGINE = PythonScriptEngine(TaskDataEnvironment({"null": None, "date": date.fromisoformat}))


class Asked(NamedTuple):
    """A situation, and the rule that answers it."""

    table: DecisionTable
    values: Mapping[str, Value]
    rule: ir.Rule


class Spiff:
    """A decision table as SpiffWorkflow reads it from DMN."""

    def __init__(self, text: str) -> None:
        parser = BpmnDmnParser()
        parser.add_dmn_str(text.encode())
        (self.name,) = parser.dmn_parsers
        self.engine: DMNEngine = parser.get_engine(self.name, None)

    def hits(self, values: Mapping[str, Value]) -> list[dict[str, Any]]:
        """What each row that holds gives: all of them, where UNIQUE would stop at the first."""
        self.engine.decision_table.hit_policy = "COLLECT"
        task = SimpleNamespace(data=dict(values), workflow=SimpleNamespace(script_engine=_ENGINE))
        return [dict(row.output_as_dict(task)) for row in self.engine.decide(task)]

    def rules(self, values: Mapping[str, Value]) -> list[str]:
        return [hit["rule"] for hit in self.hits(values)]


def answering(table: DecisionTable) -> Answering:
    """The track of a table with its tree, as the library walks it."""
    (kind,) = table.track.answers
    asked = BOOK.era(kind, date.max).asked
    return next(item for item in asked if item.track.id == table.track.id)


def by_kind() -> Iterator[DecisionTable]:
    """Every track, apart for each kind of subject that it is asked of."""
    for kind in BOOK.subject_types:
        yield from decision_tables(BOOK, subject_type=kind)


def situations(table: DecisionTable, chance: random.Random, each: int = 3) -> Iterator[Asked]:
    """Situations in every region: its least corner, its greatest, and some between with anything where anything goes."""
    (kind, first), tree = next(iter(table.track.answers.items())), answering(table).tree
    values = {name: _values(name, table, first) for name in table.columns}
    for region in regions(tree):
        for number in range(each):
            picked = {name: _pick(found, region, name, number, chance) for name, found in values.items()}
            case = picked | {SUBJECT: kind}
            assert walk(tree, case.__getitem__) is region.leaf
            assert region.leaf.rule is not None
            yield Asked(table, case, region.leaf.rule)


def _values(name: str, table: DecisionTable, first: date) -> list[Value]:
    """Every value of a column on which something turns: each word, each bound, and the values on both sides of it."""
    if name == SUBJECT:
        return list(table.track.answers)
    if name in FACTS and isinstance(domain := FACTS[name].domain, Choice):
        return list(domain.words)
    sides = [item.allowed for rule in table.rules for item in rule.when if item.fact == name]
    if name == AS_OF:
        sides = [Range(rule.first, rule.last) for rule in table.rules]
        near = {day for end in _ends(sides) if isinstance(end, date) for day in (end - DAY, end, end + DAY)}
        return sorted({first} | {day for day in near if day >= first})
    near_counts = {count for end in _ends(sides) if isinstance(end, int) for count in (end - 1, end, end + 1)}
    near_days = {day for end in _ends(sides) if isinstance(end, date) for day in (end - DAY, end, end + DAY)}
    if FACTS[name].domain == Number():
        return [count for count in sorted(near_counts | {0}) if count >= 0]
    if isinstance(FACTS[name].domain, Number):
        return [*(count for count in sorted(near_counts | {0}) if count >= 0), None]
    return [*sorted(near_days | {date(2019, 6, 1)}), None]


def _ends(sides: Iterable[Allowed]) -> Iterator[int | date]:
    for side in sides:
        if isinstance(side, Range):
            yield from (end for end in (side.low, side.high) if end is not None)


def _pick(found: list[Value], region: Region, name: str, number: int, chance: random.Random) -> Value:
    side = region.box.get(name)
    if side is None:
        return chance.choice(found)
    own = [end for end in _ends([side]) if end not in found and end >= min(value for value in found if value)]  # type: ignore[operator,type-var]
    admitted = [value for value in [*own, *found] if side.admits(value)]
    return admitted[0] if number == 0 else admitted[-1] if number == 1 else chance.choice(admitted)


def main(each: int) -> int:
    chance, asked, wrong = random.Random(2026), 0, 0
    for table in by_kind():
        spiff = Spiff(to_dmn(table))
        for case in situations(table, chance, each):
            asked += 1
            if (said := spiff.rules(case.values)) != [case.rule.id]:
                wrong += 1
                sys.stdout.write(f"{table.track.id}: {case.values}: {said}, and not {case.rule.id}\n")
    sys.stdout.write(f"{asked} situations, {asked - wrong} answered alike, {wrong} otherwise\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
