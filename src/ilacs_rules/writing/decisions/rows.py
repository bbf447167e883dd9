"""A decision table as rows of plain cells, and back: what CSV and Markdown have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from ilacs_rules.errors import FileFormatError, RulebookError
from ilacs_rules.rulebook import Citation, Condition, Rule
from ilacs_rules.situation import AS_OF, SUBJECT
from ilacs_rules.writing.decisions.cells import condition_of, in_signs, joined, split
from ilacs_rules.writing.decisions.table import OUTPUTS, DecisionTable, is_a_table

__all__ = ["HEAD", "head_of", "row_of", "table_of"]

HEAD = ("track", "asks", "owed_by", "met_by", "triggered_by", "asked_of", "asked_since", "rulebook", "fingerprint")
"""What is said of a table as a whole."""
_THERE, _ENDED = "subjects that have not ended", "subjects that have ended"
_CITED = tuple(Citation.model_fields)
_NEEDED = frozenset(name for name, field in Citation.model_fields.items() if field.is_required())


def head_of(table: DecisionTable) -> dict[str, str]:
    """What is said of a table as a whole, by the names of ``HEAD``.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> head_of(decision_tables(load_rulebook(), track="report_publication")[0])["met_by"]
    'report_published_by_authority'
    """
    track = is_a_table(table).track
    since = joined(f"{kind} {first}" for kind, first in track.answers.items())
    lists = (joined(track.met_by), joined(track.triggered_by), _ENDED if track.once_ended else _THERE, since)
    said = (track.id, track.means, track.owed_by.value, *lists, table.rulebook, table.fingerprint)
    return dict(zip(HEAD, said, strict=True))


def row_of(table: DecisionTable, rule: Rule) -> dict[str, str]:
    """A rule as the cells of its row: the columns of the situation, then what it answers with.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> table = decision_tables(load_rulebook(), track="report_publication")[0]
    >>> list(row_of(table, table.rules[0]).items())[:2]
    [('subject', 'local_authority'), ('as_of', '>= 2013-11-19')]
    """
    sides = {condition.fact: condition for condition in rule.when}
    found = {SUBJECT: ", ".join(rule.applies_to)}
    found[AS_OF] = in_signs(Condition(fact=AS_OF, low=rule.first, high=rule.last))
    found |= {name: in_signs(sides.get(name)) for name in table.facts}
    return found | {name: _text(getattr(rule, field)) for field, name in OUTPUTS.items()}


def table_of(head: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> DecisionTable:
    """The table that these cells were made from.

    Raises:
        FileFormatError: a column is missing.
        RulebookError: a cell that cannot be read, or a rule that could not stand in a rulebook.

    >>> table_of({"track": "inspection"}, [])
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: asks: is missing (expected every column of a decision table that ilacs-rules \
wrote)
    """
    _need(HEAD, head)
    track = {
        "id": head["track"],
        "means": head["asks"],
        "owed_by": head["owed_by"],
        "met_by": split(head["met_by"]),
        "triggered_by": split(head["triggered_by"]),
        "once_ended": head["asked_of"] == _ENDED,
        "answers": {kind: first for kind, _, first in (item.rpartition(" ") for item in split(head["asked_since"]))},
    }
    rules = [_rule(row, f"row {number}") | {"track": head["track"]} for number, row in enumerate(rows, start=1)]
    edition = {name: head[name] for name in ("rulebook", "fingerprint")}
    return DecisionTable.model_validate({**edition, "track": track, "rules": rules})


def _need(names: Iterable[str], found: Mapping[str, str]) -> None:
    for name in names:
        if name not in found:
            wanted = "every column of a decision table that ilacs-rules wrote"
            raise FileFormatError("is missing", field=name, expected=wanted)


def _rule(row: Mapping[str, str], place: str) -> dict[str, Any]:
    """What a rule is made of, except its track."""
    _need((SUBJECT, AS_OF, *OUTPUTS.values()), row)
    facts = [name for name in row if name not in (SUBJECT, AS_OF, *OUTPUTS.values())]
    try:
        days = condition_of(AS_OF, row[AS_OF])
        when = [condition for name in facts if (condition := condition_of(name, row[name]))]
        found = {field: _value(field, row[name]) for field, name in OUTPUTS.items()}
    except RulebookError as error:
        raise error.within(place) from None
    return found | {
        "applies_to": row[SUBJECT].split(", "),
        "first": days and days.low,
        "last": days and days.high,
        "when": when,
    }


def _text(value: object) -> str:
    if not isinstance(value, tuple):
        return "" if value is None else str(value)
    items: list[object] = list(value)  # pyright: ignore[reportUnknownArgumentType]
    cited = [joined(_text(getattr(item, name)) for name in _CITED) for item in items if isinstance(item, Citation)]
    return "\n".join(cited) if cited else joined(str(item) for item in items)


def _value(field: str, text: str) -> object:
    if field == "sources":
        return [_citation(line) for line in text.split("\n")]
    if field == "readings":
        return split(text)
    return None if not text and Rule.model_fields[field].default is None else text


def _citation(line: str) -> dict[str, str]:
    parts = split(line)
    if len(parts) != len(_CITED):
        raise RulebookError("is not a citation", field="sources", value=line, expected=" | ".join(_CITED))
    # What a citation may leave open is an empty part.
    return {name: part for name, part in zip(_CITED, parts, strict=True) if part or name in _NEEDED}
