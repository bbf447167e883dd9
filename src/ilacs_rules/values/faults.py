"""Faults on their way through pydantic and out of it: each keeps its kind, its place and its words.

Within pydantic a fault is one line of a ``ValidationError``. So a web service, or a field of your own model, gets every
fault with its place. Where one of our models was called directly, the lines become one error of the library's own
family.
"""

from collections.abc import Iterable
from math import isfinite
from typing import Any, LiteralString, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from ilacs_rules.errors import (
    DateOrderError,
    DuplicateEventError,
    IlacsRulesError,
    JudgementError,
    RecordError,
    RulebookError,
    UnknownWordError,
    shorten,
)

__all__ = [
    "Place", "again", "as_error", "as_pydantic", "as_single", "is_ours", "lines_of", "place_of", "refused", "sendable",
]  # fmt: skip

Place = tuple[int | str, ...]
AnyError = TypeVar("AnyError", bound=IlacsRulesError)

_TYPES: dict[type[IlacsRulesError], str] = {
    RecordError: "record",
    UnknownWordError: "unknown_word",
    DateOrderError: "date_order",
    JudgementError: "judgement",
    DuplicateEventError: "duplicate_event",
    RulebookError: "rulebook",
}
"""What pydantic calls each kind of fault."""
_KINDS = {name: kind for kind, name in _TYPES.items()}


def as_pydantic(error: IlacsRulesError) -> PydanticCustomError:
    """A single fault as pydantic takes it; where it stands, pydantic knows.

    >>> print(as_pydantic(UnknownWordError("is not a known grade", value="goood", expected="good")))
    is not a known grade (expected good)
    """
    return _custom(_TYPES.get(type(error), "record"), {"problem": error.problem, "expected": error.expected})


def again(line: ErrorDetails) -> PydanticCustomError:
    """What a line in our words says, to be raised once more."""
    return _custom(line["type"], cast("dict[str, str]", line.get("ctx", {})))


def _custom(kind: str, said: dict[str, str]) -> PydanticCustomError:
    words: LiteralString = "{problem} (expected {expected})" if said["expected"] else "{problem}"
    return PydanticCustomError(cast("LiteralString", kind), words, said)


def line_of(error: IlacsRulesError, outside: Place = ()) -> InitErrorDetails:
    """A single fault as a line, at its place: ``events[2].started`` is ``("events", 2, "started")``."""
    return InitErrorDetails(type=as_pydantic(error), loc=(*outside, *error.loc), input=sendable(error.value))


def lines_of(errors: Iterable[IlacsRulesError], outside: Place = ()) -> list[InitErrorDetails]:
    """Every single fault as a line."""
    return [line_of(fault, outside) for error in errors for fault in error.faults]


def is_ours(line: ErrorDetails) -> bool:
    """Whether a line is already in our words."""
    return line["type"] in _KINDS and "problem" in line.get("ctx", ())


def refused(title: str, lines: list[InitErrorDetails]) -> ValidationError:
    """The error that tells pydantic of several faults at once."""
    return ValidationError.from_exception_data(title, lines)


def as_error(error: ValidationError, family: type[AnyError]) -> AnyError:
    """The lines of a validation as one error of our family; of one kind of it where they all are of that kind."""
    each = (fault for line in error.errors(include_url=False) for fault in _as_errors(line, error.title))
    return family.together(cast("Iterable[AnyError]", each))


def _as_errors(line: ErrorDetails, title: str) -> Iterable[IlacsRulesError]:
    raised = line.get("ctx", {}).get("error")
    if isinstance(raised, IlacsRulesError):
        place = place_of(line["loc"])
        return [fault.within(place) if place else fault for fault in raised.faults]
    return [as_single(line, title)]


def as_single(line: ErrorDetails, title: str) -> IlacsRulesError:
    """One line as one error; ``title`` names the place of what was validated."""
    place, value = place_of(line["loc"]) or title, cast("object", line["input"])
    if is_ours(line):
        said = cast("dict[str, str]", line.get("ctx", {}))
        return _KINDS[line["type"]](said["problem"], field=place, value=value, expected=said["expected"])
    return RecordError("cannot be read", field=place, value=value, expected=line["msg"].lower())


def place_of(loc: Iterable[int | str]) -> str:
    """A place as our errors write it.

    >>> place_of(("events", 2, "judgements", "overall"))
    'events[2].judgements.overall'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def sendable(value: Any, depth: int = 0) -> Any:
    """A value that can be sent back as JSON in UTF-8, as web services do with what they refuse."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if not isinstance(value, dict | list | tuple):
        return value
    if depth == _DEEP:
        return shorten(cast("object", value))
    if isinstance(value, dict):
        return {sendable(key): sendable(each, depth + 1) for key, each in cast("dict[Any, Any]", value).items()}
    return [sendable(each, depth + 1) for each in cast("list[Any]", value)]


_DEEP = 8
"""So many levels of what was refused are sent back; what lies deeper is sent as text."""
