"""The columns of the tables that go in and come out: their names, and what they hold."""

from collections.abc import Mapping
from typing import NamedTuple

from ilacs_rules.tables.words import (
    ACTIVITY,
    CERTAINTY,
    JUDGEMENTS,
    OUTCOME,
    PRECISION,
    REGISTRATION,
    STATUS,
    STRENGTH,
    SUBJECT_TYPE,
    Vocabulary,
)

__all__ = ["ANSWERS", "COVERS", "EVENTS", "REFUSED", "SUBJECTS", "Column", "row_schemas"]


class Column(NamedTuple):
    """One column: what it means, and what it holds: ``word``, ``day``, ``text``, ``id`` or ``number``."""

    means: str
    holds: str
    words: Vocabulary | None = None
    needed: bool = False


def _word(means: str, words: Vocabulary, *, needed: bool = False) -> Column:
    return Column(means, "word", words, needed)


_OF_SUBJECT = {
    "type": _word("the kind of subject: local_authority, or a kind of provider", SUBJECT_TYPE, needed=True),
    "name": Column("its name; it changes no answer", "text"),
    "urn": Column("its number; it changes no answer", "text"),
    "created": Column("of an authority, the day it came into being", "day"),
    "registered": Column("of a provider, the day it was registered", "day"),
    "abolished": Column("of an authority, the first day on which it no longer existed", "day"),
    "closed": Column("of a provider, the first day on which it was no longer registered", "day"),
    "registration_status": _word("of a provider, what the register says of its registration", REGISTRATION),
    "status_as_at": Column("the day on which the register said so", "day"),
    "region": Column("where it lies; it changes no answer", "text"),
    "predecessor": Column(
        "of a provider, the number under which it was registered before; it changes no answer", "text"
    ),
    "not_used": Column("what its record also held but could not be used; its answers repeat it", "text"),
}

SUBJECTS: Mapping[str, Column] = {
    "subject": Column("text or a whole number that names the subject in every table", "id", needed=True),
    **_OF_SUBJECT,
}
"""The table of subjects: a row for each."""

EVENTS: Mapping[str, Column] = {
    "subject": Column("whose event it is", "id", needed=True),
    "activity": _word("what happened", ACTIVITY, needed=True),
    "started": Column("the first day on site; of a plan or a meeting, its day", "day"),
    "ended": Column("the last day on site", "day"),
    "published": Column("the day its report or letter was published", "day"),
    **{name: _word(f"the judgement: {name.replace('_', ' ')}", words) for name, words in JUDGEMENTS.items()},
    "outcome": _word("what an activity without grades concluded", OUTCOME),
    "precision": _word("month or week, if its first day is not known to the day; otherwise day", PRECISION),
    "report": Column("the address of its report; it changes no answer", "text"),
    "note": Column("anything a reader should know; it changes no answer", "text"),
}
"""The table of events: a row for each. Without a table of subjects it holds the columns of that one too; a row that has
no activity and no other part of an event is then a subject without events."""

COVERS: Mapping[str, Column] = {
    "subject": Column("whose record it is", "id", needed=True),
    "activity": Column("an activity that the record would show, 'inspections', or 'everything'", "text", needed=True),
    "since": Column("the first day on which it would; if empty, from the beginning", "day"),
    "until": Column("the last day on which it would; if empty, without end", "day"),
}
"""The table of what records cover, where that is not the same for all: any number of rows for each subject. A subject
without a row covers nothing."""

ANSWERS: Mapping[str, Column] = {
    "subject": Column("as in the table of subjects or events", "id"),
    "name": Column("its name, if it has one", "text"),
    "urn": Column("its number, if it has one", "text"),
    "as_of": Column("the day you asked about", "day"),
    "activity": _word("what must come next", ACTIVITY),
    "opens": Column("the first day of its window", "day"),
    "due": Column("the nominal day", "day"),
    "closes": Column("the last day of its window", "day"),
    "status": _word("how the day stands against the window", STATUS),
    "strength": _word("how firmly it is required", STRENGTH),
    "certainty": _word("how well that is known", CERTAINTY),
    "rule": Column("the id of the rule that says so", "text"),
    "track": Column("the question that the rule answers", "text"),
    "not_used": Column("what its record held and could not be used, so that the answer rests on less", "text"),
}
"""What comes back: a row for each answer."""

REFUSED: Mapping[str, Column] = {
    "table": Column("where it stands: events, subjects, covers, questions, or the file that was read", "text"),
    "row": Column(
        "the number of its row there, from 0; in a file as the file counts, from 1; none of a question", "number"
    ),
    "subject": Column("whose it is, as text", "text"),
    "name": Column("its name, if it has one", "text"),
    "as_of": Column("the day asked about, of a question", "day"),
    "kind": Column("the class of the error that the single path raises", "text"),
    "field": Column("where it is wrong", "text"),
    "value": Column("what stands there", "text"),
    "problem": Column("what is wrong with it", "text"),
    "expected": Column("what would be right", "text"),
    "message": Column("all of that in one sentence", "text"),
}
"""What could not be used or answered: a row for each, with the reason."""

_JSON: Mapping[str, dict[str, object]] = {
    "day": {"type": "string", "format": "date"},
    "id": {"type": ["string", "integer"]},
    "number": {"type": "integer"},
    "text": {"type": "string"},
    "word": {"type": "string"},
}


def row_schemas() -> dict[str, dict[str, object]]:
    """A JSON Schema of a row of each table, by the table's name; a value that is not there is null, or is left out.

    >>> row_schemas()["events"]["required"]
    ['subject', 'activity']
    >>> row_schemas()["answers"]["properties"]["opens"]["description"]
    'the first day of its window'
    """
    made = {"events": EVENTS, "subjects": SUBJECTS, "covers": COVERS, "answers": ANSWERS, "refused": REFUSED}
    return {
        name: {
            "title": f"A row of the table of {name}",
            "type": "object",
            "properties": {column: _property(meaning) for column, meaning in columns.items()},
            "required": [column for column, meaning in columns.items() if meaning.needed],
        }
        for name, columns in made.items()
    }


def _property(column: Column) -> dict[str, object]:
    kind = _JSON[column.holds] if column.words is None else {"enum": list(column.words.words)}
    return {"description": column.means, **(kind if column.needed else {"anyOf": [kind, {"type": "null"}]})}
