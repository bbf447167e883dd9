"""pydantic's complaints in the field's own words, and what of a refused record can still be looked at."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from re import sub
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails

from ilacs_rules.errors import IlacsRulesError, RecordError, UnknownWordError, nearest
from ilacs_rules.values.faults import Place, again, is_ours, lines_of, sendable

__all__ = ["in_our_words", "what_stands"]

SHAPES: dict[str, tuple[str, str]] = {
    "Judgements": ("are not judgements", "a mapping from area to grade"),
    "Event": ("is not an event", "an Event, or a mapping of its fields"),
    "Covered": ("is not a coverage", "an activity's word, a Covered, or a mapping of its fields"),
}
"""What is said where something else stands in the place of a record, and what was expected."""


def in_our_words(error: ValidationError, model: type[BaseModel]) -> list[InitErrorDetails]:
    """The lines of a validation of a model; those of records within it are in our words already."""
    return [line for details in error.errors(include_url=False) for line in _said(details, model)]


def _said(line: ErrorDetails, model: type[BaseModel]) -> list[InitErrorDetails]:
    place, value = line["loc"], cast("object", line["input"])
    if is_ours(line):
        return [InitErrorDetails(type=again(line), loc=place, input=sendable(value))]
    raised = line.get("ctx", {}).get("error")
    if isinstance(raised, IlacsRulesError):
        return lines_of([raised], place)
    error = _fault(line, model)
    error.value = value if line["type"] != "missing" else None
    return lines_of([error], place)


def _fault(line: ErrorDetails, model: type[BaseModel]) -> IlacsRulesError:
    """What one complaint means, without its place and its value."""
    kind, value, place = line["type"], cast("object", line["input"]), line["loc"]
    name = str(place[-1]) if place else ""
    model = _owner(model, place)
    if kind == "extra_forbidden":
        return UnknownWordError(f"is not a field of {model.__name__}", expected=nearest(name, model.model_fields))
    if kind == "missing":
        return RecordError(f"is required by {model.__name__}", expected=f"a value for {name}")
    if kind in ("enum", "literal_error"):
        called, words = _words(model, place)
        return UnknownWordError(f"is not a known {called}", expected=nearest(value, words))
    if kind == "dict_type" and place:
        return RecordError("is not a mapping", expected="a mapping from names to what each of them is")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        problem, expected = SHAPES.get(
            model.__name__, (f"is not a {model.__name__}", f"a {model.__name__}, or a mapping of its fields")
        )
        return RecordError(problem, expected=expected)
    if kind == "tuple_type":
        return RecordError("is not a list", expected="a list")
    if kind.startswith("string"):
        return RecordError("is not text", expected="text that can be written as UTF-8")
    return RecordError("cannot be read", expected=line["msg"].lower())


def _words(model: type[BaseModel], place: Place) -> tuple[str, list[str]]:
    """What the words of a field are called, and which they are."""
    names = [part for part in place if isinstance(part, str)]
    field = model.model_fields.get(names[-1]) if names else None
    for part in _parts(field.annotation if field else None):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return sub(r"(?<=[a-z])(?=[A-Z])", " ", part.__name__).lower(), [word.value for word in part]
        if get_origin(part) is Literal:
            return "word", [str(word) for word in get_args(part)]
    return "word", []


def _owner(model: type[BaseModel], place: Place) -> type[BaseModel]:
    """The model that has the field which a place names last; what lies within a record may be of another."""
    for name in place[:-1]:
        field = model.model_fields.get(str(name))
        within = (part for part in _parts(field.annotation if field else None) if isinstance(part, type))
        model = next((part for part in within if issubclass(part, BaseModel)), model)
    return model


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _parts(part)


def what_stands(model: type[BaseModel], data: object, wrong: list[Place]) -> dict[str, Any]:
    """The fields of a refused record that can each stand alone, and of lists the items that can.

    With them it is seen what else is wrong, so that somebody who mends the first fault is not sent back for the next.
    """
    if not isinstance(data, Mapping):
        return {}
    given = cast("Mapping[str, Any]", data)
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if name not in given:
            if not field.is_required():
                found[name] = field.get_default(call_default_factory=True, validated_data={})
            continue
        places = [place[1:] for place in wrong if place[:1] == (name,)]
        value, stands = _without(given[name], places)
        if stands:
            try:
                found[name] = _alone(model, name).validate_python(value)
            except ValidationError:
                continue  # it can stand with others only, and they are not all there
    return found


def _without(value: Any, places: list[Place]) -> tuple[Any, bool]:
    """A value without its items that cannot stand; whether anything is left to look at."""
    if not places:
        return value, True
    items = {place[0] for place in places if place and isinstance(place[0], int)}
    if not isinstance(value, list | tuple) or len(items) < len({place[:1] for place in places}):
        return cast("object", value), False
    listed = cast("list[Any]", value)
    return [item for number, item in enumerate(listed) if number not in items], True


@cache
def _alone(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    """One field by itself."""
    return TypeAdapter(model.model_fields[name].rebuild_annotation())
