"""The glossary: every word that an answer can hold, in one sentence each, made from the vocabulary and the rulebook."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from ilacs_rules.rulebook import Rulebook
from ilacs_rules.vocabulary import (
    ACTIVITIES,
    MEANINGS,
    Activity,
    Area,
    Certainty,
    Effectiveness,
    Grade,
    Outcome,
    OwedBy,
    ProviderType,
    RecordState,
    RegistrationStatus,
    Stage,
    Status,
    Strength,
    in_words,
    meaning_of,
)
from ilacs_rules.writing.words import page, plain, table

__all__ = ["glossary_page"]

_IDEAS = {
    "activity": "Something that happens to a council or a setting, or that it has to do: an inspection, a visit, a "
    "plan.",
    "framework": "The inspectorate's published text that says how it inspects. Each edition holds for some years.",
    "rule": "One row of the rulebook. It says: in this situation this activity is due between these days, according to "
    "this source.",
    "rulebook": "All rules together, with their sources. It has a version, and a fingerprint that changes with any "
    "row.",
    "track": "One question that the rulebook answers, such as the next graded inspection. Exactly one rule answers it.",
    "subject": "The council or the setting that you ask about.",
    "record": "What you give the library: the subject, and the events that happened to it.",
    "covers": "The activities that a record is complete for. If one of these is not in the record, it did not happen. "
    "If anything else is not in the record, it is not known whether it happened.",
    "fact": "Something that is true of a subject on a day, read from its record, such as its last overall grade.",
    "situation": "All facts of one subject on one day.",
    "window": "The days on which something is due: it opens, it may have a nominal day, and it closes. Both ends "
    "count.",
    "fieldwork": "The days that inspectors spend on site.",
    "statutory minimum": "How often the law itself requires an inspection, whatever the framework says.",
    "reading": "How we understand a vague word, such as 'about' or 'quarterly'. Each reading is written down once, "
    "with reasons.",
    "gap": "What no source says. An answer that rests on a gap names it.",
    "closed, abolished": "A provider that is no longer registered, or a council that is no longer there. Nothing is "
    "required of it from that day on. A home without children for a time has not closed in this sense.",
    "forecast": "How likely something is by a certain day, judging by what happened to others. It is never a rule, and "
    "changes no answer.",
}
_KINDS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("Status: how the day you ask about stands", Status),
    ("Strength: how firmly something is required", Strength),
    ("Certainty: how well we know that a rule says so", Certainty),
    ("Who has to act", OwedBy),
)
_MORE: tuple[tuple[str, type[StrEnum]], ...] = (
    ("Grades", Grade),
    ("What a judgement is about", Area),
    ("What an activity without grades may conclude", Outcome),
    ("What an interim inspection may find", Effectiveness),
    ("Kinds of setting and agency", ProviderType),
    ("What the register says of a registration", RegistrationStatus),
    ("How far an inspection has come", Stage),
    ("Whether the whole record was used", RecordState),
)


def glossary_page(rulebook: Rulebook) -> str:
    """The glossary as Markdown.

    >>> from ilacs_rules import load_rulebook
    >>> "| `overdue` |" in glossary_page(load_rulebook())
    True
    >>> glossary_page(load_rulebook()).count("| `under_way` |")  # a word of two kinds stands with each
    2
    """
    return page("Glossary", _lines(rulebook))


def _lines(rulebook: Rulebook) -> Iterator[str]:
    yield from ("Every word that an answer can hold, and the ideas behind them, in one sentence each.", "")
    yield from _section("Ideas", (("word", "meaning"), *((plain(word), plain(said)) for word, said in _IDEAS.items())))
    for title, kind in _KINDS:
        yield from _words(title, kind)
    tracks = ((f"`{track.id}`", f"{plain(track.means[:1].upper() + track.means[1:])}.") for track in rulebook.tracks)
    yield from _section("Tracks: the questions that the rulebook answers", (("word", "meaning"), *tracks))
    for title, who in (
        ("Activities: local authorities", "authority"),
        ("Activities: settings and agencies", "provider"),
    ):
        yield from _activities(
            title, [kind for kind in Activity if ACTIVITIES[kind].event and who in ACTIVITIES[kind].to]
        )
    yield from _activities("Answers that are not events", [kind for kind in Activity if not ACTIVITIES[kind].event])
    for title, kind in _MORE:
        yield from _words(title, kind)


def _words(title: str, kind: type[StrEnum]) -> Iterator[str]:
    rows = ((f"`{word.value}`", plain(said)) for word, said in MEANINGS[kind].items())
    yield from _section(title, (("word", "meaning"), *rows))


def _activities(title: str, kinds: Iterable[Activity]) -> Iterator[str]:
    rows = ((f"`{kind.value}`", plain(in_words(kind)), plain(meaning_of(kind))) for kind in kinds)
    yield from _section(title, (("word", "in words", "meaning"), *rows))


def _section(title: str, rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield from (f"## {title}", "")
    yield from table(rows[0], rows[1:])
