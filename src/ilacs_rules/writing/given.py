"""What a caller hands to a writer, taken as what it must be or refused by name."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

from ilacs_rules.errors import RecordError
from ilacs_rules.files import name_of_file
from ilacs_rules.rulebook import Draft
from ilacs_rules.values.given import instance

__all__ = ["folder_given", "pages_given", "rows_given", "text_given"]

Rows = TypeVar("Rows", bound=Draft)


def rows_given(given: object, kind: type[Rows]) -> Rows:
    """A rulebook, or a draft where one will do.

    >>> rows_given("", Draft)
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: rulebook: is not a rulebook (found ''; expected a Draft)
    """
    return instance(given, kind, "rulebook", called="a rulebook", expected=f"a {kind.__name__}")


def text_given(given: object, field: str) -> str:
    """A text.

    >>> text_given(None, "changelog")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: changelog: is not text (expected text)
    """
    return instance(given, str, field, called="text", expected="text")


def pages_given(given: object, field: str) -> Mapping[str, str]:
    """The text of each page by its name.

    >>> pages_given({"a.txt": 5}, "now")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: now.a.txt: is not text (found 5; expected text)
    """
    if not isinstance(given, Mapping):
        raise RecordError("is not a mapping", field=field, value=given, expected="the text of each page by its name")
    pages = cast("Mapping[object, object]", given)
    return {text_given(name, field): text_given(text, f"{field}.{name}") for name, text in pages.items()}


def folder_given(given: object) -> Path:
    """The name of a folder.

    >>> folder_given(5)
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: is not a file name (found 5; expected text, or a pathlib.Path)
    """
    return Path(name_of_file(given))
