"""What the page says of each row, reason and subject: plain text, which the templates make safe and set."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer, in_full
from ilacs_rules.answering.explain import CERTAINTY_MEANS, STRENGTH_MEANS, how_certain, how_it_stands, value_in_words
from ilacs_rules.outlook.groups import GROUPS
from ilacs_rules.outlook.history import Done
from ilacs_rules.outlook.layout import KEPT
from ilacs_rules.outlook.reasons import Reason, letter_of
from ilacs_rules.outlook.spoken import STATUS_MEANS, spoken
from ilacs_rules.outlook.value import Outlook, Row
from ilacs_rules.outlook.words import activity_in_words, capital, kind_in_words, standing, window_short

__all__ = ["Fact", "Line", "Shown", "Stated", "glossary", "line_of", "shown_of"]


class Line(NamedTuple):
    """A row of the table of activities; ``day`` is what it is sorted by, as a number, and ``place`` its subject's."""

    place: int
    subject: str
    what: str
    when: str
    day: str
    stands: str
    group: str
    firmly: str
    why: int


class Fact(NamedTuple):
    """What the record says of one thing that an answer rests on; ``letter`` is its place among those of the reason."""

    letter: str
    means: str
    value: str


class Stated(NamedTuple):
    """One answer of a subject, in full or in few words."""

    what: str
    stands: str
    firmly: str
    strength: str
    certainty: str
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    reason: Reason


class Shown(NamedTuple):
    """One subject: who it is, its answer in sentences, what is required and may come, and what was done."""

    place: int
    name: str
    kind: str
    urn: str
    sentences: tuple[str, ...]
    due: tuple[Stated, ...]
    may: tuple[Stated, ...]
    nothing: tuple[Reason, ...]
    notes: tuple[str, ...]
    left_out: str
    history: tuple[Done, ...]


def line_of(row: Row, reasons: dict[str, Reason]) -> Line:
    """A row of the table."""
    answer = row.answer
    window = answer.window
    day = row.turns or window.closes or window.due or window.opens or date.max
    return Line(
        place=row.place,
        subject=answer.subject,
        what=capital(activity_in_words(answer)),
        when=window_short(window).replace(KEPT, " "),
        day=day.strftime("%Y%m%d"),
        stands=standing(answer),
        group=GROUPS[row.group].title,
        firmly=f"{answer.strength.value}, {answer.certainty.value}",
        why=reasons[answer.rule].number,
    )


def shown_of(outlook: Outlook, place: int, reasons: dict[str, Reason]) -> Shown:
    """One subject of the outlook."""
    item = outlook.subjects[place]
    due, may = item.required, item.may
    nothing = {answer.rule: reasons[answer.rule] for answer in item.not_required}
    later = item.answers[0].not_yet_known if item.answers else ()
    return Shown(
        place=place,
        name=item.subject.name,
        kind=kind_in_words(str(item.subject.type)),
        urn=item.subject.urn if item.subject.urn != item.subject.name else "",
        sentences=spoken(item.next) if item.next else (),
        due=tuple(_stated(answer, reasons) for answer in due),
        may=tuple(_stated(answer, reasons) for answer in may),
        nothing=tuple(nothing.values()),
        notes=tuple(dict.fromkeys(note for answer in (*due, *may) for note in answer.notes)),
        left_out=f"Left out, because it lies after {in_full(outlook.as_of)}: {'; '.join(later)}." if later else "",
        history=item.history(outlook.as_of),
    )


def _stated(answer: Answer, reasons: dict[str, Reason]) -> Stated:
    return Stated(
        what=capital(activity_in_words(answer)),
        stands=how_it_stands(answer),
        firmly=f"{answer.strength.value}, {answer.certainty.value}",
        strength=STRENGTH_MEANS[answer.strength],
        certainty=how_certain(answer),
        facts=tuple(
            Fact(letter_of(place), fact.means, value_in_words(fact.value)) for place, fact in enumerate(answer.facts)
        ),
        notes=answer.notes,
        reason=reasons[answer.rule],
    )


def glossary() -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The words of an answer with what they mean, under a heading each.

    >>> [title for title, _ in glossary()]
    ['How firmly it is required', 'How well that is known', 'How it stands on the day asked about']
    """
    yield "How firmly it is required", tuple(_divided(words) for words in STRENGTH_MEANS.values())
    yield "How well that is known", tuple(_divided(words) for words in CERTAINTY_MEANS.values())
    stands = ((status.value.replace("_", " "), means) for status, means in STATUS_MEANS.items())
    yield "How it stands on the day asked about", tuple(stands)


def _divided(words: str) -> tuple[str, str]:
    word, _, means = words.partition(" (")
    return word, capital(means.removesuffix(")")) + "."
