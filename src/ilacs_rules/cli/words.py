"""The words that can be typed: what each means, and each as people write it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ilacs_rules.errors import UnknownWordError, nearest
from ilacs_rules.outlook.words import kind_in_words
from ilacs_rules.reading.words import as_key, shared_words
from ilacs_rules.records import WHOLE
from ilacs_rules.rulebook import load_rulebook
from ilacs_rules.vocabulary import (
    ACTIVITIES,
    Activity,
    Area,
    Certainty,
    Effectiveness,
    Grade,
    Outcome,
    ProviderType,
    RegistrationStatus,
    Status,
    Strength,
    in_words,
    meaning_of,
)

__all__ = ["KINDS", "Word", "as_typed", "as_typed_or_not", "spelt", "words_of"]


class Word(NamedTuple):
    """One word: as records and programs write it, as it is printed, and what it means."""

    word: str
    printed: str
    means: str


_SETS: dict[str, tuple[str, type[StrEnum]]] = {
    "activity": ("activities", Activity),
    "type": ("types", ProviderType),
    "grade": ("grades", Grade),
    "effectiveness": ("effectiveness", Effectiveness),
    "area": ("areas", Area),
    "outcome": ("outcomes", Outcome),
    "status": ("statuses", Status),
    "strength": ("strengths", Strength),
    "certainty": ("certainties", Certainty),
    "registration": ("registrations", RegistrationStatus),
}
KINDS: dict[str, str] = {
    **{kind: many for kind, (many, _) in _SETS.items()},
    "track": "tracks",
    "coverage": "coverages",
}
"""The kinds of word, one of them and several."""
_OTHERS: dict[str, tuple[Word, ...]] = {
    "type": (Word("local_authority", "local authority", "An English council, for its children's services."),),
    "area": (Word("effectiveness", "effectiveness", "What interim inspections judged, until March 2022."),),
    "coverage": (
        Word(WHOLE[0], WHOLE[0], "The record shows every inspection and visit of the inspectorate."),
        Word(WHOLE[1], WHOLE[1], "The record shows those, and all that the subject and the department do."),
    ),
}


@cache
def words_of(kind: str) -> tuple[Word, ...]:
    """Every word of a kind; of the activities, those that can stand in a record first.

    >>> words_of("strength")[0]
    Word(word='must', printed='must', means='The law requires it.')
    >>> [word.word for word in words_of("coverage")]
    ['inspections', 'everything']
    """
    if kind == "track":
        return tuple(Word(track.id, in_words(track.id), track.means) for track in load_rulebook().tracks)
    others = _OTHERS.get(kind, ())
    if kind not in _SETS:
        return others
    words = sorted(_SETS[kind][1], key=lambda word: isinstance(word, Activity) and not ACTIVITIES[word].event)
    return (*others, *(Word(word.value, _printed(word), meaning_of(word)) for word in words))


def _printed(word: StrEnum) -> str:
    return kind_in_words(word) if isinstance(word, ProviderType) else in_words(word)


@cache
def spelt(kind: str) -> Mapping[str, str]:
    """Every way in which a word of a kind is written: as it stands, as it is printed, and as files have it.

    >>> spelt("activity")["short_inspection"], spelt("activity")["short_inspection_under_ilacs"]
    ('ilacs_short', 'ilacs_short')
    >>> spelt("type")["childrens_home"], "monitoring" in spelt("activity")
    ('childrens_home', True)
    """
    found: dict[str, str] = {}
    named = (f"{kind}.authorities", f"{kind}.providers") if kind == "activity" else (kind,)
    for shared in (shared_words().get(name, {}) for name in named):
        for text, means in shared.items():
            # What is one thing of an authority and another of a provider is neither.
            found[text] = means if found.get(text, means) == means else ""
    for word in words_of(kind):
        found |= {as_key(word.word): word.word, as_key(word.printed): word.word}
    return {text: means for text, means in found.items() if means}


def as_typed_or_not(kind: str, text: str) -> str:
    """The word that a text stands for. The text itself if it stands for no known word.

    >>> as_typed_or_not("activity", "Short inspection"), as_typed_or_not("activity", "a_rule")
    ('ilacs_short', 'a_rule')
    """
    return spelt(kind).get(as_key(text), text)


def as_typed(kind: str, text: str, field: str) -> str:
    """The word that a text stands for.

    Raises:
        UnknownWordError: it stands for none; the message gives the nearest, and says what lists them all.

    >>> as_typed("grade", "Requires improvement", "--judged")
    'requires_improvement'
    >>> as_typed("grade", "goood", "--judged")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: --judged: is not a known grade (found 'goood'; expected 'good'? (one of: \
adequate, good, inadequate, not_judged, not_recorded, outstanding, requires_improvement, satisfactory); \
`ilacs-rules words grades` explains them)
    """
    word = spelt(kind).get(as_key(text))
    if word is None:
        expected = nearest(_nearly(kind, text), (known.word for known in words_of(kind)))
        raise UnknownWordError(
            f"is not a known {kind}",
            field=field,
            value=text,
            expected=f"{expected}; `ilacs-rules words {KINDS[kind]}` explains them",
        )
    return word


def _nearly(kind: str, text: str) -> str:
    """The word of the nearest spelling, so that a printed name with a slip in it leads to its word."""
    close = nearest(as_key(text), spelt(kind))
    return spelt(kind).get(close.split("'")[1], text) if close.startswith("'") else text
