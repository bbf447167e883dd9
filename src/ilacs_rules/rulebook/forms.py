"""The forms of what stands in a row: ids that are words, addresses that lead to a page, days within reach."""

from datetime import date
from re import ASCII
from re import compile as compile_pattern
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from ilacs_rules.errors import RulebookError
from ilacs_rules.plain_text import address
from ilacs_rules.values import FIRST_DAY, LAST_DAY, Text
from ilacs_rules.values.faults import as_pydantic

__all__ = ["Address", "Bound", "FileName", "Id", "RowDay", "Until"]

_WORD = compile_pattern(r"[a-z0-9][a-z0-9_]*", ASCII)
_LONGEST = 150
_MOST = 1_000_000


def _is_a_word(text: str) -> str:
    if len(text) > _LONGEST or not _WORD.fullmatch(text):
        expected = f"small letters, digits and underscores: at most {_LONGEST} of them"
        raise as_pydantic(RulebookError("is not an id", expected=expected))
    return text


def _is_a_file_name(text: str) -> str:
    if text and not _WORD.fullmatch(text.removesuffix(".toml")):
        raise as_pydantic(
            RulebookError("is not the name of a framework's file", expected="'sccif_homes.toml' or the like")
        )
    return text


def _leads_somewhere(text: str) -> str:
    if text and not address(text):
        raise as_pydantic(RulebookError("is not a web address", expected="one that begins with https://, or nothing"))
    return text


def _is_within(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise as_pydantic(
            RulebookError("is too early or too late for a record", expected=f"a day from {FIRST_DAY} to {LAST_DAY}")
        )
    return day


def _is_within_or_open(day: date) -> date:
    return day if day == date.max else _is_within(day)


def _is_a_bound(value: object) -> object:
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) > _MOST):
        raise as_pydantic(RulebookError("is not a count", expected=f"a whole number of at most {_MOST:,}"))
    return value


Id = Annotated[Text, AfterValidator(_is_a_word)]
"""The name of a row: it becomes the name of a file, an anchor of a page, a word in a sentence."""
FileName = Annotated[Text, AfterValidator(_is_a_file_name)]
Address = Annotated[Text, AfterValidator(_leads_somewhere)]
RowDay = Annotated[date, AfterValidator(_is_within)]
Until = Annotated[date, AfterValidator(_is_within_or_open)]
"""The last day of something; ``date.max`` where nobody knew yet that it would end."""
Bound = Annotated[int | date | None, BeforeValidator(_is_a_bound)]
