"""What the page says of each row, reason and subject: plain text, which the templates make safe and set."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import CERTAINTY_MEANS, STRENGTH_MEANS, how_certain, how_it_stands, value_in_words
from ilacs_rules.dates import in_full
from ilacs_rules.outlook.groups import GROUPS
from ilacs_rules.outlook.history import Done
from ilacs_rules.outlook.layout import KEPT
from ilacs_rules.outlook.reasons import Reason, letter_of
from ilacs_rules.outlook.spoken import STATUS_MEANS, can_be_checked, spoken
from ilacs_rules.outlook.value import Row, Seen
from ilacs_rules.outlook.words import activity_in_words, capital, kind_in_words, standing, window_short

__all__ = ["Fact", "Line", "Shown", "Stated", "glossary", "line_of", "shared_notes", "shown_of"]


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
    measured: str
    likely: str


class Fact(NamedTuple):
    """What the record says of one thing that an answer rests on; ``letter`` is its place among those of the reason."""

    letter: str
    means: str
    value: str


class Stated(NamedTuple):
    """One answer of a subject, in full or in few words; ``telling`` are the facts that a reader can check."""

    what: str
    stands: str
    when: str
    standing: str
    firmly: str
    strength: str
    certainty: str
    facts: tuple[Fact, ...]
    telling: tuple[Fact, ...]
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
    shared: tuple[int, ...]
    left_out: str
    measured: tuple[tuple[str, ...], ...]
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
        measured=row.measured.briefly if row.measured else "",
        likely=row.measured.most.first.strftime("%Y%m%d") if row.measured and row.measured.most else "",
    )


def shared_notes(outlook: Seen, least: int) -> dict[str, int]:
    """The notes that so many subjects or more have in common, each with a number.

    >>> import ilacs_rules as ir
    >>> homes = [ir.Provider(type="childrens_home", name=name, covers=["full_inspection"]) for name in "ABC"]
    >>> seen = ir.outlook(homes, as_of=date(2024, 3, 20))
    >>> list(shared_notes(seen, 3).values())[:2], shared_notes(seen, 4)
    ([1, 2], {})
    """
    of = ({note for answer in (*item.required, *item.may) for note in answer.notes} for item in outlook.subjects)
    counted = Counter(note for notes in of for note in notes)
    common = sorted(note for note, count in counted.items() if count >= least)
    return {note: number for number, note in enumerate(common, 1)}


def shown_of(outlook: Seen, place: int, reasons: dict[str, Reason], shared: dict[str, int]) -> Shown:
    """One subject of the outlook; the notes that it shares with others are given by their numbers."""
    item = outlook.subjects[place]
    due, may = item.required, item.may
    nothing = {answer.rule: reasons[answer.rule] for answer in item.not_required}
    notes = dict.fromkeys(note for answer in (*due, *may) for note in answer.notes)
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
        notes=tuple(note for note in notes if note not in shared),
        shared=tuple(sorted(shared[note] for note in notes if note in shared)),
        left_out=f"Left out, because it lies after {in_full(outlook.as_of)}: {'; '.join(later)}." if later else "",
        measured=tuple(each.in_full for each in item.measured),
        history=outlook.histories[place],
    )


def _stated(answer: Answer, reasons: dict[str, Reason]) -> Stated:
    facts = tuple(
        Fact(letter_of(place), fact.means, value_in_words(fact.value)) for place, fact in enumerate(answer.facts)
    )
    return Stated(
        what=capital(activity_in_words(answer)),
        stands=how_it_stands(answer),
        when=window_short(answer.window).replace(KEPT, " "),
        standing=standing(answer),
        firmly=f"{answer.strength.value}, {answer.certainty.value}",
        strength=STRENGTH_MEANS[answer.strength],
        certainty=how_certain(answer),
        facts=facts,
        telling=tuple(fact for fact, used in zip(facts, answer.facts, strict=True) if can_be_checked(used.value)),
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
