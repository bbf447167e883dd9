"""A decision table as DMN 1.3: hit policy UNIQUE, one row for each rule.

What DMN has no words for is carried as follows. The days of a window are texts, because FEEL cannot say "70 working
days" or "the end of the inspection year". So ``opens``, ``due``, ``closes`` and ``runs_from`` hold the rulebook's own
date expressions. The description in the file says so. Suspensions, which move windows, are not in the table. The track
stands as JSON in the extension elements, so that the table reads back whole.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ilacs_rules.rulebook import Citation, Condition, Rule
from ilacs_rules.situation import AS_OF, FACTS, SUBJECT, Choice, Number
from ilacs_rules.writing.decisions.feel import literal, one_of, unary_test
from ilacs_rules.writing.decisions.table import OUTPUTS, DecisionTable, is_a_table

__all__ = ["DMN", "OURS", "to_dmn"]

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
OURS = "urn:ilacs-rules:decision-table"
"""The namespace of what stands in the extension elements."""

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LISTS = {"readings": "tReadings", "sources": "tSources"}
"""Outputs that are lists, and the types that they have; every other output is a text."""
_SAYS = """{means}

Made from rulebook {version}, fingerprint {fingerprint}; owed by the {owed_by}. In every situation that \
can occur exactly one row holds, from the first day on which the question is asked: {asked}.

opens, due, closes and runs_from are date expressions of the rulebook, carried as text because FEEL has no working \
days, quarters or inspection years: <day> + 12 months, - 1 day, + 70 working days, latest(a, b), end_of_year(<day>) \
and the like, steps taken from left to right, a month's day kept or else its last day taken; null where nothing is \
stated. Suspensions, which lengthen due and closes by the suspended days after runs_from, are not in the table. A fact \
that is not known is null."""


def to_dmn(table: DecisionTable) -> str:
    """The table as a DMN 1.3 document, valid against the OMG's schema, in UTF-8 once it is encoded.

    ``from_dmn`` reads it back equal. Every cell is FEEL, written so that SpiffWorkflow reads the same in it.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> text = to_dmn(decision_tables(load_rulebook(), track="visits_between")[0])
    >>> 'hitPolicy="UNIQUE"' in text
    True
    >>> '<text>? != null and ? &gt;= 1</text>' in text  # one visit or more, where their number is known
    True
    """
    is_a_table(table)
    attributes = {"xmlns": DMN, "xmlns:ours": OURS, "namespace": OURS, "exporter": "ilacs-rules"}
    root = Element("definitions", {"id": "definitions", "name": table.track.id, **attributes})
    _types(root)
    for name in table.columns:
        data = SubElement(root, "inputData", id=f"data_{name}", name=name)
        SubElement(data, "variable", id=f"variable_{name}", name=name, typeRef=_type_of(name))
    _decision(root, table)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def always_known(name: str) -> bool:
    """Whether a column has a value in every situation.

    >>> always_known("as_of"), always_known("registered")
    (True, False)
    """
    return name in (AS_OF, SUBJECT) or isinstance(FACTS[name].domain, Choice) or FACTS[name].domain == Number()


def _types(root: Element) -> None:
    """The types of the outputs that are lists: of texts, and of citations."""
    readings = SubElement(root, "itemDefinition", id="t_readings", name=_LISTS["readings"], isCollection="true")
    _text(readings, "typeRef", "string")
    sources = SubElement(root, "itemDefinition", id="t_sources", name=_LISTS["sources"], isCollection="true")
    for name in Citation.model_fields:
        _text(SubElement(sources, "itemComponent", id=f"t_sources_{name}", name=name), "typeRef", "string")


def _decision(root: Element, table: DecisionTable) -> None:
    track = table.track
    decision = SubElement(root, "decision", id=f"decision_{track.id}", name=track.id)
    asked = ", ".join(f"{kind} since {first}" for kind, first in track.answers.items())
    _text(
        decision,
        "description",
        _SAYS.format(
            means=track.means,
            version=table.rulebook,
            fingerprint=table.fingerprint,
            owed_by=track.owed_by,
            asked=asked,
        ),
    )
    _text(
        SubElement(decision, "extensionElements"),
        "ours:table",
        literal(table.model_dump(mode="json", exclude={"rules"})),
    )
    _text(decision, "question", track.means)
    SubElement(decision, "variable", id="variable_of_decision", name=track.id)
    for name in table.columns:
        needs = SubElement(decision, "informationRequirement", id=f"needs_{name}")
        SubElement(needs, "requiredInput", href=f"#data_{name}")
    rows = SubElement(decision, "decisionTable", id="table", hitPolicy="UNIQUE")
    _heads(rows, table)
    for number, rule in enumerate(table.rules, start=1):
        _row(rows, f"row_{number}", table.facts, rule)


def _heads(rows: Element, table: DecisionTable) -> None:
    for name in table.columns:
        column = SubElement(rows, "input", id=f"input_{name}", label=name.replace("_", " "))
        _text(SubElement(column, "inputExpression", id=f"expression_{name}", typeRef=_type_of(name)), "text", name)
        if words := _words_of(name, table):
            _text(SubElement(column, "inputValues", id=f"values_{name}"), "text", ", ".join(map(literal, words)))
    for name in OUTPUTS.values():
        SubElement(rows, "output", id=f"output_{name}", name=name, typeRef=_LISTS.get(name, "string"))


def _row(rows: Element, row_id: str, facts: Iterable[str], rule: Rule) -> None:
    row = SubElement(rows, "rule", id=row_id)
    _text(row, "description", rule.says)
    sides = {condition.fact: condition for condition in rule.when}
    tests = {SUBJECT: one_of(rule.applies_to), AS_OF: unary_test(_in_force(rule), always_known=True)}
    tests |= {name: unary_test(sides.get(name), always_known=always_known(name)) for name in facts}
    for name, test in tests.items():
        _text(SubElement(row, "inputEntry", id=f"{row_id}_{name}"), "text", test)
    said = rule.model_dump(mode="json")
    for field, name in OUTPUTS.items():
        _text(SubElement(row, "outputEntry", id=f"{row_id}_gives_{name}"), "text", literal(said[field]))


def _in_force(rule: Rule) -> Condition:
    return Condition(fact=AS_OF, low=rule.first, high=rule.last)


def _type_of(name: str) -> str:
    if name == AS_OF:
        return "date"
    if name == SUBJECT or isinstance(domain := FACTS[name].domain, Choice):
        return "string"
    return "number" if isinstance(domain, Number) else "date"


def _words_of(name: str, table: DecisionTable) -> tuple[str, ...]:
    """The words that a column can hold; none where it holds counts or days."""
    if name == SUBJECT:
        return tuple(table.track.answers)
    domain = FACTS[name].domain if name in FACTS else None
    return domain.words if isinstance(domain, Choice) else ()


def _text(parent: Element, tag: str, text: str) -> None:
    """An element that holds text; a sign that XML has no place for is shown as the sign for that."""
    SubElement(parent, tag).text = _NOT_IN_XML.sub("\ufffd", text)
