"""The small table, one case at a time, in each peer. Where a peer cannot add months, ours are added outside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from benchmarks.peers.small import ACTIVITY, Case, Decision, Row, rows

from ilacs_rules.dates import add_months

Decide = Callable[[Case], Decision]


def dictionary() -> Decide:
    """A bare dictionary from kind and judgement to the bands of months, with the same dates."""
    table = dict[tuple[str, str], list[Row]]()
    for row in rows():
        for grade in row.grades:
            table.setdefault((row.kind, grade), []).append(row)

    def decide(case: Case) -> Decision:
        for row in table[case.kind, case.grade]:
            if row.least <= case.months <= row.most:
                return _dated(row, case.started)
        raise LookupError(case)

    return decide


def _dated(row: Row, started: date) -> Decision:
    if row.opens is None or row.closes is None:
        return Decision(ACTIVITY, None, None, row.status)
    return Decision(ACTIVITY, add_months(started, row.opens), add_months(started, row.closes), row.status)


def zen() -> Decide:
    """GoRules ZEN: the table compiled once by a static loader, its dates worked out inside it."""
    import zen as gorules

    engine: Any = gorules.ZenEngine({"loader": {"type": "static", "content": {"table": _jdm()}}})

    def decide(case: Case) -> Decision:
        found = engine.evaluate("table", case.as_dict())["result"]
        return Decision(found["activity"], _day(found.get("opens")), _day(found.get("closes")), found["status"])

    return decide


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _jdm() -> dict[str, Any]:
    def after(months: int | None) -> str:
        return "null" if months is None else f'd(started).add({months}, "M").format("%Y-%m-%d")'

    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in ("type", "grade", "months")],
        "outputs": [{"id": name, "name": name, "field": name} for name in ("activity", "opens", "closes", "status")],
        "rules": [
            {
                "_id": str(place),
                "type": json.dumps(row.kind),
                "grade": ", ".join(json.dumps(grade) for grade in row.grades),
                "months": f"[{row.least}..{row.most}]",
                "activity": json.dumps(ACTIVITY),
                "opens": after(row.opens),
                "closes": after(row.closes),
                "status": json.dumps(row.status),
            }
            for place, row in enumerate(rows())
        ],
    }
    place = {"x": 0, "y": 0}
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": table},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }


def rule_engine() -> Decide:
    """rule-engine: a rule for each row, asked in turn."""
    import rule_engine as engine

    table: list[tuple[Any, Row]] = [
        (
            engine.Rule(
                f'type == "{row.kind}" and grade in {json.dumps(row.grades)} '
                f"and months >= {row.least} and months <= {row.most}"
            ),
            row,
        )
        for row in rows()
    ]

    def decide(case: Case) -> Decision:
        asked = case.as_dict()
        for rule, row in table:
            if rule.matches(asked):
                return _dated(row, case.started)
        raise LookupError(case)

    return decide


def business_rules() -> Decide:
    """business-rules: variables, actions, and a rule for each row, the first that triggers."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action
    from business_rules.fields import FIELD_NUMERIC
    from business_rules.variables import BaseVariables, numeric_rule_variable, string_rule_variable

    table = rows()

    class Variables(BaseVariables):  # type: ignore[misc]
        def __init__(self, case: Case) -> None:
            self.case = case

        @string_rule_variable()  # type: ignore[untyped-decorator]
        def type(self) -> str:
            return self.case.kind

        @string_rule_variable()  # type: ignore[untyped-decorator]
        def grade(self) -> str:
            return self.case.grade

        @numeric_rule_variable()  # type: ignore[untyped-decorator]
        def months(self) -> int:
            return self.case.months

    class Actions(BaseActions):  # type: ignore[misc]
        def __init__(self) -> None:
            self.row = -1

        @rule_action(params={"row": FIELD_NUMERIC})  # type: ignore[untyped-decorator]
        def answer(self, row: int) -> None:
            self.row = row

    def is_(name: str, operator: str, value: object) -> dict[str, object]:
        return {"name": name, "operator": operator, "value": value}

    rules: list[dict[str, object]] = [
        {
            "conditions": {
                "all": [
                    is_("type", "equal_to", row.kind),
                    {"any": [is_("grade", "equal_to", grade) for grade in row.grades]},
                    is_("months", "greater_than_or_equal_to", row.least),
                    is_("months", "less_than_or_equal_to", row.most),
                ]
            },
            "actions": [{"name": "answer", "params": {"row": place}}],
        }
        for place, row in enumerate(table)
    ]

    def decide(case: Case) -> Decision:
        actions = Actions()
        run_all(rules, Variables(case), actions, stop_on_first_trigger=True)
        return _dated(table[actions.row], case.started)

    return decide


def cel() -> Decide:
    """common-expression-language: the whole table as one expression that gives the row."""
    import cel as engine

    table = rows()
    text = "-1"
    for place, row in reversed(list(enumerate(table))):
        grades = ", ".join(f'"{grade}"' for grade in row.grades)
        text = (
            f'(type == "{row.kind}" && grade in [{grades}] && months >= {row.least} && months <= {row.most}) '
            f"? {place} : ({text})"
        )
    program = engine.compile(text)

    def decide(case: Case) -> Decision:
        return _dated(table[program.execute(case.as_dict())], case.started)

    return decide


def spiff() -> Decide:
    """SpiffWorkflow's DMN engine: a table with hit policy UNIQUE, its cells in the Python that it reads."""
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
    from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

    parser = BpmnDmnParser()
    parser.add_dmn_str(_dmn().encode())
    (each,) = parser.dmn_parsers.values()
    each.parse()
    engine = DMNEngine(each.decision.decisionTables[0])
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())
    table = rows()

    def decide(case: Case) -> Decision:
        task = SimpleNamespace(data=case.as_dict(), workflow=workflow)
        return _dated(table[engine.result(task)["row"]], case.started)

    return decide


def _dmn() -> str:
    names = ("type", "grade", "months")
    inputs = "".join(
        f'<input id="{name}"><inputExpression id="{name}_e" typeRef="{"number" if name == "months" else "string"}">'
        f"<text>{name}</text></inputExpression></input>"
        for name in names
    )
    cells = [
        (f'"{row.kind}"', f"? in {list(row.grades)!r}", f"{row.least} &lt;= ? &lt;= {row.most}", str(place))
        for place, row in enumerate(rows())
    ]
    rules = "".join(
        f'<rule id="r{place}">'
        + "".join(f'<inputEntry id="r{place}i{i}"><text>{text}</text></inputEntry>' for i, text in enumerate(cell[:3]))
        + f'<outputEntry id="r{place}o"><text>{cell[3]}</text></outputEntry></rule>'
        for place, cell in enumerate(cells)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
        'id="d" name="d" namespace="http://camunda.org/schema/1.0/dmn"><decision id="small" name="small">'
        f'<decisionTable id="table" hitPolicy="UNIQUE">{inputs}<output id="o" name="row" typeRef="number" />{rules}'
        "</decisionTable></decision></definitions>"
    )


SCALAR: dict[str, Callable[[], Decide]] = {
    "dictionary": dictionary,
    "zen-engine": zen,
    "rule-engine": rule_engine,
    "business-rules": business_rules,
    "common-expression-language": cel,
    "SpiffWorkflow DMN": spiff,
}
"""Every peer that is asked one case at a time."""
