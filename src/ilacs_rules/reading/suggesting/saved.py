"""A profile as TOML, as it was decided: to be kept, and to be given with the file the next time."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from ilacs_rules.reading.form import Format

__all__ = ["saved"]


def saved(form: Format) -> str:
    """The TOML of a profile, which ``read`` takes as its ``format`` once it stands in a file.

    >>> print(saved(Format(id="mine", title="Mine", of="authorities", needs=(), words={"grade": {"RI!": "good"}})))
    id = "mine"
    title = "Mine"
    of = "authorities"
    needs = []
    <BLANKLINE>
    [words.grade]
    "RI!" = "good"
    <BLANKLINE>
    """
    return "\n".join(_table(form.model_dump(mode="json", exclude_defaults=True), "")) + "\n"


def _table(table: Mapping[str, Any], name: str) -> Iterator[str]:
    """Values first: in TOML whatever follows the name of a table belongs to it."""
    tables = {key: cast("dict[str, Any]", value) for key, value in table.items() if isinstance(value, dict)}
    lists = {key: cast("list[dict[str, Any]]", value) for key, value in table.items() if _is_of_tables(value)}
    yield from (f"{_key(key)} = {_value(value)}" for key, value in table.items() if key not in {*tables, *lists})
    for key, inner in tables.items():
        if not inner or not all(isinstance(each, dict) for each in inner.values()):
            yield from ("", f"[{name}{_key(key)}]")
        yield from _table(inner, f"{name}{_key(key)}.")
    for key, several in lists.items():
        for each in several:
            yield from ("", f"[[{name}{_key(key)}]]")
            yield from _table(each, f"{name}{_key(key)}.")


def _is_of_tables(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in cast("list[object]", value))


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: object) -> str:
    """JSON's texts, numbers and lists are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
