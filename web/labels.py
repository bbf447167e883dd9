"""What the boxes of the page are called: once, for the form, for what is refused and for what is answered."""

import re
from collections.abc import Mapping

from ilacs_rules.errors import Remedy
from ilacs_rules.vocabulary import in_words

__all__ = ["FIELDS", "REMEDIES", "in_boxes", "label", "without_codes"]

FIELDS: Mapping[str, str] = {
    "type": "Kind of setting",
    "name": "Name",
    "registered": "Registered on",
    "closed": "Closed on (if it has)",
    "created": "Council created on (only if since 2013)",
    "abolished": "Council abolished on (if it was)",
    "covers": "What does this list hold?",
    "events": "What happened",
    "activity": "What it was",
    "started": "First day",
    "ended": "Last day on site",
    "published": "Report came out",
    "outcome": "What it concluded",
}
"""The label of each box of the form, by the field of the record that it fills."""

REMEDIES: Mapping[Remedy, str] = {
    Remedy.KNOWN_FILE: "a file as it was published, or saved here as a case",
    Remedy.OWN_PROFILE: "a table of your own: choose below what its columns hold",
    Remedy.COMPLETE_PROFILE: "choose below which columns say whom, what and when, or what is the same in every row",
    Remedy.SAY_DAYS: "choose below how its days are written",
    Remedy.SAY_WHOM: "a choice below of whom its rows are about, one of",
    Remedy.OTHER_PROGRAM: "the same table saved as CSV",
    Remedy.IN_PARTS: "the same file in parts, for the page reads each whole",
    Remedy.AS_IT_IS: "open it alone: it needs no columns",
}
"""What to do on the page, where the library names a command or a page of its documentation."""

_MARKED = re.compile(r"`([a-z_]+)`")
_CODE = re.compile(r"`([^`<>]+)`|(?<![\w./#-])([a-z]+(?:_[a-z0-9]+)+)(?![\w./-])")
_BETWEEN_TAGS = re.compile(r">[^<]+<")


def label(field: str) -> str:
    """What the page calls a field of a record.

    >>> label("judgements.help_and_protection"), label("events[0].ended"), label("published")
    ('Help and protection', 'Last day on site', 'Report came out')
    """
    name = field.rpartition(".")[2]
    words = FIELDS.get(name) or in_words(name)
    return words[:1].upper() + words[1:]


def in_boxes(words: str) -> str:
    """A sentence of the library, whose fields are called as the boxes are.

    >>> in_boxes("give the day in `abolished`")
    'give the day in “Council abolished on (if it was)”'
    """
    return _MARKED.sub(lambda found: f"“{label(found[1])}”", words)


def without_codes(html: str) -> str:
    """A part of the page in which nothing that a reader sees is spelt as programs spell it.

    >>> without_codes('<p data-rule="a_rule">Give `abolished` (reading created_anew).</p>')
    '<p data-rule="a_rule">Give “Council abolished on (if it was)” (reading created anew).</p>'
    """
    return _BETWEEN_TAGS.sub(lambda text: _CODE.sub(_in_words, text[0]), html)


def _in_words(found: re.Match[str]) -> str:
    marked, bare = found[1], found[2]
    if bare:
        return in_words(bare)
    return f"“{label(marked)}”" if re.fullmatch(r"[a-z_.]+", marked) else f"“{marked}”"
