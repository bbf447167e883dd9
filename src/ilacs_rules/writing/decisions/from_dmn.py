"""A decision table read back from the DMN that ``to_dmn`` wrote."""

import json
from collections.abc import Mapping
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError, fromstring

from ilacs_rules.errors import FileFormatError, RulebookError
from ilacs_rules.rulebook import Condition
from ilacs_rules.situation import AS_OF, FACTS, SUBJECT, Choice
from ilacs_rules.writing.decisions.cells import only_text
from ilacs_rules.writing.decisions.dmn import DMN, OURS
from ilacs_rules.writing.decisions.feel import condition_of, words_of
from ilacs_rules.writing.decisions.table import OUTPUTS, DecisionTable

__all__ = ["from_dmn"]

_WANTED = "DMN 1.3 as ilacs-rules writes it"
_NAMES = {"dmn": DMN, "ours": OURS}


def from_dmn(text: str) -> DecisionTable:
    """The table that a DMN document holds: equal to the one it was written from.

    Cells that were changed by hand are read where they keep to the forms that ``to_dmn`` writes.

    Raises:
        FileFormatError: it is not such a document.
        RulebookError: a cell that cannot be read, or a rule that could not stand in a rulebook.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables, to_dmn
    >>> table = decision_tables(load_rulebook(), track="visits_between")[0]
    >>> from_dmn(to_dmn(table)) == table
    True
    >>> from_dmn("<definitions/>")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: is not a decision table (expected DMN 1.3 as ilacs-rules writes it)
    """
    root = _parsed(only_text(text, _WANTED))
    table = root.find("dmn:decision/dmn:decisionTable", _NAMES)
    kept = root.findtext("dmn:decision/dmn:extensionElements/ours:table", None, _NAMES)
    if table is None or kept is None:
        raise FileFormatError("is not a decision table", expected=_WANTED)
    inputs = [_said(item, "dmn:inputExpression/dmn:text") for item in table.iterfind("dmn:input", _NAMES)]
    outputs = [item.get("name", "") for item in table.iterfind("dmn:output", _NAMES)]
    whole = cast("dict[str, Any]", _value(kept, "ours:table"))
    track = cast("Mapping[str, Any]", whole.get("track", {}))
    rows = table.iterfind("dmn:rule", _NAMES)
    rules = [_rule(row, inputs, outputs) | {"track": track.get("id")} for row in rows]
    return DecisionTable.model_validate_json(json.dumps({**whole, "rules": rules}))


def _parsed(text: str) -> Element:
    # Entities can only be declared in a document type, which no DMN needs: so none is read, and nothing can expand.
    if "<!DOCTYPE" in text:
        raise FileFormatError("has a document type, which is never read", expected=_WANTED)
    try:
        return fromstring(text.encode())  # noqa: S314 - see above
    except (ParseError, UnicodeError, LookupError) as error:
        raise FileFormatError(f"is not XML ({error})", expected=_WANTED) from None


def _rule(row: Element, inputs: list[str], outputs: list[str]) -> dict[str, Any]:
    tests = [_said(item, "dmn:text") for item in row.iterfind("dmn:inputEntry", _NAMES)]
    values = [_said(item, "dmn:text") for item in row.iterfind("dmn:outputEntry", _NAMES)]
    place = row.get("id", "rule")
    if len(tests) != len(inputs) or len(values) != len(outputs):
        raise FileFormatError("does not have one cell for each column", field=place, expected=_WANTED)
    said = dict(zip(outputs, values, strict=True))
    found = {field: _value(said[name], f"{place}.{name}") for field, name in OUTPUTS.items() if name in said}
    return found | _sides(dict(zip(inputs, tests, strict=True)), place)


def _sides(tests: Mapping[str, str], place: str) -> dict[str, Any]:
    """Of whom, when and in what situation a rule speaks."""
    if SUBJECT not in tests or AS_OF not in tests:
        raise FileFormatError("lacks a column", field=place, expected=f"{SUBJECT} and {AS_OF}")
    facts = [name for name in tests if name not in (SUBJECT, AS_OF)]
    days = _condition(AS_OF, tests[AS_OF], place)
    when = [condition for name in facts if (condition := _condition(name, tests[name], place))]
    return {
        "applies_to": words_of(tests[SUBJECT]),
        "first": str(days.low) if days and days.low else None,
        "last": str(days.high) if days and days.high else None,
        "when": [condition.model_dump(mode="json") for condition in when],
    }


def _condition(name: str, test: str, place: str) -> Condition | None:
    is_word = name in FACTS and isinstance(FACTS[name].domain, Choice)
    try:
        return condition_of(name, test, is_word=is_word)
    except RulebookError as error:
        raise error.within(f"{place}.{name}") from None


def _said(element: Element, path: str) -> str:
    return element.findtext(path, "", _NAMES)


def _value(text: str, place: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise FileFormatError("is not a literal", field=place, value=text, expected=_WANTED) from None
