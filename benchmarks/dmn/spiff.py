"""Decision tables run by SpiffWorkflow, which reads every cell as Python."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ilacs_rules.situation import Value

# The two names of FEEL that stand in the cells, as Python.
_ENGINE = PythonScriptEngine(TaskDataEnvironment({"null": None, "date": date.fromisoformat}))


class Spiff:
    """A decision table as SpiffWorkflow reads it from DMN."""

    def __init__(self, text: str) -> None:
        parser = BpmnDmnParser()
        parser.add_dmn_str(text.encode())
        (name,) = parser.dmn_parsers
        self.engine = parser.get_engine(name, None)
        self.hit_policy: str = self.engine.decision_table.hit_policy

    def hits(self, values: Mapping[str, Value]) -> list[dict[str, Any]]:
        """What every row that holds gives. Under UNIQUE the engine stops at the first, so it is asked to collect."""
        self.engine.decision_table.hit_policy = "COLLECT"
        task = SimpleNamespace(data=dict(values), workflow=SimpleNamespace(script_engine=_ENGINE))
        return [dict(row.output_as_dict(task)) for row in self.engine.decide(task)]

    def rows(self) -> list[dict[str, Any]]:
        """What every row gives, whether it holds or not."""
        task = SimpleNamespace(data={}, workflow=SimpleNamespace(script_engine=_ENGINE))
        return [dict(row.output_as_dict(task)) for row in self.engine.decision_table.rules]
