"""The texts of a column that are no known words of what the column is said to hold."""

from collections.abc import Mapping

from ilacs_rules.reading.fields import JUDGED
from ilacs_rules.reading.suggesting.seen import ColumnSeen, known_here
from ilacs_rules.reading.words import as_key

__all__ = ["kind_of_words", "unknown_texts"]

_KINDS: Mapping[str, str] = {
    "type": "type",
    "outcome": "outcome",
    "activity": "activity",
    **dict.fromkeys(JUDGED, "grade"),
    "effectiveness": "effectiveness",
}


def kind_of_words(field: str) -> str:
    """The kind of words that a field holds; empty for one that holds none.

    >>> kind_of_words("leaders"), kind_of_words("effectiveness"), kind_of_words("activity"), kind_of_words("started")
    ('grade', 'effectiveness', 'activity', '')
    """
    return _KINDS.get(field, "")


def unknown_texts(column: ColumnSeen, kind: str, of: str = "") -> dict[str, int]:
    """The texts of a column that are no known words of a kind, each with the number of its rows.

    Args:
        column: what stands in it.
        kind: as ``kind_of_words`` has it.
        of: of activities, whom they happen to: ``authorities`` or ``providers``; either, where that is not said.

    >>> from ilacs_rules.reading.suggesting.seen import look_at
    >>> grades = look_at("C", "Grade", ["Good", "Req imp", "Req imp", "N/A"])
    >>> unknown_texts(grades, "grade"), unknown_texts(look_at("D", "Visit", ["Focused visit", "Look-in"]), "activity")
    ({'Req imp': 2}, {'Look-in': 1})
    """
    kinds = (
        [kind]
        if kind != "activity"
        else [f"activity.{who}" for who in ("authorities", "providers") if of in ("", who, "any")]
    )
    known = {key for each in kinds for key in known_here(each)}
    return {text: count for text, count in column.texts.items() if as_key(text) not in known}
