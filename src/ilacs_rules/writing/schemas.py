"""JSON Schemas of what goes in and what comes out, for programs that are not written in Python."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

from ilacs_rules.answering.answer import Answer, WhyNot
from ilacs_rules.errors import RecordError
from ilacs_rules.files import write_generated
from ilacs_rules.questioning.changes import Changes
from ilacs_rules.questioning.verified import Verified
from ilacs_rules.reading import Published
from ilacs_rules.records import Event, LocalAuthority, Provider, Subject
from ilacs_rules.reviewing.checks import Finding
from ilacs_rules.reviewing.differences import Diff
from ilacs_rules.reviewing.reform import Overlay
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.values.given import instance
from ilacs_rules.writing.decisions import DecisionTable
from ilacs_rules.writing.given import folder_given

__all__ = ["Printed", "schemas", "write_schemas"]

GENERATED = "Generated from the library's models; do not edit. Change the models and run `make docs`."

# What goes in may leave out what has a default; what comes out (`serialization`) always says everything.
_MODELS: tuple[tuple[str, type[BaseModel], JsonSchemaMode], ...] = (
    ("event.json", Event, "validation"),
    ("local_authority.json", LocalAuthority, "validation"),
    ("provider.json", Provider, "validation"),
    ("answer.json", Answer, "serialization"),
    ("rulebook.json", Rulebook, "validation"),
    ("reform.json", Overlay, "validation"),
    ("why_not.json", WhyNot, "serialization"),
    ("changes.json", Changes, "serialization"),
    ("diff.json", Diff, "serialization"),
    ("finding.json", Finding, "serialization"),
    ("verified.json", Verified, "serialization"),
    ("published.json", Published, "serialization"),
    ("decision_table.json", DecisionTable, "validation"),
)
_ENDS = (">>>", "Raises:")


class Printed(NamedTuple):
    """What a command prints as JSON: its form (a model, or a list of models), and which command prints it."""

    form: Any
    by: str = ""


def schemas(printed: Mapping[str, Printed] | None = None) -> dict[str, dict[str, Any]]:
    """Every schema (JSON Schema 2020-12): file name to schema; those of tables speak of one row.

    Args:
        printed: what else has a schema, by file name; the command line hands in what it prints (``cli.printed``).

    >>> sorted(schemas())
    ['answer.json', 'changes.json', 'decision_table.json', ...]
    >>> schemas({"mine.json": Printed(list[Answer], "my-command")})["mine.json"]["description"]
    'Printed by `my-command`.'
    >>> ">>>" in json.dumps(schemas())  # examples in Python are left out of the descriptions
    False
    """
    from ilacs_rules.tables.schema import row_schemas  # noqa: PLC0415 - an extra, which only this needs

    rows = {f"table_{name}.json": _published(schema) for name, schema in row_schemas().items()}
    models = {name: _schema(model, mode) for name, model, mode in _MODELS}
    return {**models, "subjects.json": _subjects(), **_printed({} if printed is None else printed), **rows}


def write_schemas(folder: str | Path, printed: Mapping[str, Printed] | None = None) -> tuple[Path, ...]:
    """Write every schema into a folder, and remove generated ones that are no longer made.

    Args:
        folder: made where it is missing. A file there that this library did not generate is left alone.
        printed: as for ``schemas``.

    Returns:
        The files written, in order of name.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_schemas(folder)][-1:]
    ['why_not.json']
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "mine.json").write_text("{}")
    ...     (Path(folder) / "mine.json") in write_schemas(folder), (Path(folder) / "mine.json").exists()
    (False, True)
    """
    made = {name: f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n" for name, schema in schemas(printed).items()}
    return write_generated(folder_given(folder), made, lambda data: GENERATED.encode() in data)


class _SayingEverything(GenerateJsonSchema):
    """What comes out holds every key, so a program may rely on each."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)


def _schema(model: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
    made = model.model_json_schema(mode=mode, schema_generator=_SayingEverything)
    schema = cast("dict[str, Any]", _without_examples(made))
    return _published(schema)


def _printed(printed: Mapping[str, Printed]) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    given = cast("object", printed)
    if not isinstance(given, Mapping):
        raise RecordError(
            "is not a mapping", field="printed", value=given, expected="a Printed by the name of each file"
        )
    for name, one in cast("Mapping[str, object]", given).items():
        form, by = instance(one, Printed, f"printed[{name!r}]", called="a Printed", expected="a Printed")
        whole = TypeAdapter[Any](form).json_schema(mode="serialization", schema_generator=_SayingEverything)
        schema = cast("dict[str, Any]", _without_examples(whole))
        made[name] = _published({"description": f"Printed by `{by}`.", **schema} if by else schema)
    return made


def _subjects() -> dict[str, Any]:
    """A file of subjects, as ``read`` takes it: one, a list of them, or a list under the key ``subjects``."""
    made = TypeAdapter[Subject](Subject).json_schema()
    parts = cast("dict[str, Any]", _without_examples(made.pop("$defs")))
    parts["Subject"] = made
    one = {"$ref": "#/$defs/Subject"}
    some = {"type": "array", "items": one, "minItems": 1}
    under = {
        "type": "object",
        "properties": {"subjects": some},
        "required": ["subjects"],
        "additionalProperties": False,
    }
    title = {"title": "Subjects", "description": "A file of subjects: one, a list of them, or a list of them by name."}
    return _published({"$defs": parts, **title, "anyOf": [one, some, under]})


def _published(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": GENERATED, **schema}


def _without_examples(node: object) -> object:
    """The schema with each description ended where the docstring turns to Python: its errors and examples."""
    if isinstance(node, list):
        return [_without_examples(item) for item in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    branch = cast("dict[str, object]", node)
    return {
        key: _said(value) if key == "description" and isinstance(value, str) else _without_examples(value)
        for key, value in branch.items()
    }


def _said(description: str) -> str:
    kept: list[str] = []
    for line in description.splitlines():
        if line.strip().startswith(_ENDS):
            break
        kept.append(line)
    return "\n".join(kept).strip()
