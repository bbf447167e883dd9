"""Answers that were printed or kept as JSON, read back: of one run, to be held against another."""

import json
from collections.abc import Iterator
from typing import cast

from ilacs_rules.answering.answer import Answer
from ilacs_rules.errors import RecordError

__all__ = ["answers_from_json"]


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
    try:
        items: object = json.loads(text)
    except (ValueError, UnicodeError) as error:
        raise RecordError("is not JSON", field="Answers", value=str(text)[:80], expected="JSON text") from error
    if not isinstance(items, list):
        raise RecordError("is not a list of answers", field="Answers", value=items, expected="a list")
    for number, item in enumerate(cast("list[object]", items)):
        try:
            yield Answer.model_validate_json(json.dumps(item))
        except RecordError as error:
            raise error.within(f"[{number}]") from None
