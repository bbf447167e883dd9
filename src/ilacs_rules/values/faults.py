"""Faults on their way through pydantic and out of it: each keeps its kind, its place and its words.

Within pydantic a fault is one line of a ``ValidationError``, so that whoever validates (a web service, a field of a
model of yours) gets every fault with its place. Where one of our models was called directly, the lines become one
error of the library's own family.
"""

import re
from collections.abc import Iterable
from math import isfinite
from typing import Any, TypeVar, cast

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

__all__ = ["as_pydantic", "as_record_error", "is_ours", "line_of", "lines_of", "refused"]

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
_PART = re.compile(r"[^.\[\]]+")


def as_pydantic(error: IlacsRulesError) -> PydanticCustomError:
    """A single fault as pydantic takes it; where it stands, pydantic knows.

    >>> print(as_pydantic(UnknownWordError("is not a known grade", value="goood", expected="good")))
    is not a known grade (expected good)
    """
    words = "{problem} (expected {expected})" if error.expected else "{problem}"
    return PydanticCustomError(
        _TYPES.get(type(error), "record"),  # type: ignore[arg-type]
        words,  # type: ignore[arg-type]
        {"problem": error.problem, "expected": error.expected},
    )


def line_of(error: IlacsRulesError, outside: Place = ()) -> InitErrorDetails:
    """A single fault as a line, at its place: ``events[2].started`` is ``("events", 2, "started")``."""
    parts = (int(part) if part.isdecimal() else part for part in _PART.findall(error.field))
    return InitErrorDetails(type=as_pydantic(error), loc=(*outside, *parts), input=_sendable(error.value))


def lines_of(errors: Iterable[IlacsRulesError], outside: Place = ()) -> list[InitErrorDetails]:
    """Every single fault as a line."""
    return [line_of(fault, outside) for error in errors for fault in error.faults]


def is_ours(line: ErrorDetails) -> bool:
    """Whether a line is already in our words."""
    return line["type"] in _KINDS and "problem" in line.get("ctx", ())


def refused(title: str, lines: list[InitErrorDetails]) -> ValidationError:
    """The error that tells pydantic of several faults at once."""
    return ValidationError.from_exception_data(title, lines)


def as_record_error(error: ValidationError, kind: type[AnyError]) -> AnyError:
    """The lines of a validation as one error of our family, of one kind where they all are of that kind."""
    return kind.together(cast("AnyError", _as_error(line, error.title)) for line in error.errors(include_url=False))


def _as_error(line: ErrorDetails, title: str) -> IlacsRulesError:
    field = place_of(line["loc"]) or title
    value = cast("object", line["input"])
    if not is_ours(line):
        return RecordError("cannot be read", field=field, value=value, expected=line["msg"].lower())
    said = cast("dict[str, str]", line.get("ctx", {}))
    return _KINDS[line["type"]](said["problem"], field=field, value=value, expected=said["expected"])


def place_of(loc: Iterable[int | str]) -> str:
    """A place as our errors write it.

    >>> place_of(("events", 2, "judgements", "overall"))
    'events[2].judgements.overall'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def _sendable(value: Any, depth: int = 0) -> Any:
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
        return {_sendable(key): _sendable(each, depth + 1) for key, each in cast("dict[Any, Any]", value).items()}
    return [_sendable(each, depth + 1) for each in cast("list[Any]", value)]


_DEEP = 8
"""So many levels of what was refused are sent back; what lies deeper is sent as text."""
