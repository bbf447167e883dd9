"""Runs that were kept as JSON, read back: answers as they were printed, or a whole outlook."""

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.several import Answers
from ilacs_rules.errors import RecordError
from ilacs_rules.outlook.whole import Outlook
from ilacs_rules.questioning.moved.found import Key
from ilacs_rules.records import Subject

__all__ = ["Kept", "answers_from_json", "run_from_json"]


class Kept(NamedTuple):
    """Answers that were printed: a run that brings no records along."""

    required: Answers
    records: Mapping[Key, Subject]


def run_from_json(text: str | bytes) -> Outlook | Kept:
    """A run as ``report --out outlook.json`` wrote it, or as ``next --json`` or ``all --json`` printed it.

    Subjects without an answer are in a printed list too, but are not part of the run.

    Raises:
        RecordError: it is neither.

    >>> run_from_json("[]").required
    No answers.
    >>> run_from_json("1")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: run: is not a run (found 1; expected an outlook, or a list of answers)
    """
    value = _parsed(text, "run")
    if isinstance(value, dict):
        return Outlook.model_validate_json(text)
    if not isinstance(value, list):
        raise RecordError("is not a run", field="run", value=value, expected="an outlook, or a list of answers")
    items = cast("list[object]", value)
    return Kept(Answers(_each([item for item in items if not _is_error(item)])), {})


def answers_from_json(text: str | bytes) -> Iterator[Answer]:
    """Each answer of a list.

    Raises:
        RecordError: it is not JSON, or not a list of answers; the message names the place.

    >>> list(answers_from_json("[]"))
    []
    >>> list(answers_from_json("{}"))
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: Answers: is not a list of answers (found {}; expected a list)
    """
    items = _parsed(text, "Answers")
    if not isinstance(items, list):
        raise RecordError("is not a list of answers", field="Answers", value=items, expected="a list")
    return _each(cast("list[object]", items))


def _each(items: list[object]) -> Iterator[Answer]:
    for number, item in enumerate(items):
        try:
            yield Answer.model_validate_json(json.dumps(item))
        except RecordError as error:
            raise error.within(f"[{number}]") from None


def _is_error(item: object) -> bool:
    return isinstance(item, dict) and "error" in cast("dict[str, object]", item)


def _parsed(text: str | bytes, field: str) -> object:
    if not isinstance(text, str | bytes | bytearray):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RecordError("is not text", field=field, value=text, expected="JSON text")
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError) as error:
        said = text[:80] if isinstance(text, str) else text[:80].decode(errors="replace")
        raise RecordError("is not JSON", field=field, value=said, expected="JSON text") from error
