"""Why: the rules that answered, each once and numbered, so that rows can point to them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import STRENGTH_MEANS, edition_read, how_certain, value_in_words
from ilacs_rules.outlook.value import Seen
from ilacs_rules.plain_text import address
from ilacs_rules.rulebook import Citation

__all__ = ["Cited", "Reason", "cited", "facts_of", "letter_of", "reasons_of"]


class Cited(NamedTuple):
    """A source as it is shown: what it is, the place in it, and its web address if it has one."""

    text: str
    place: str
    url: str


class Reason(NamedTuple):
    """What a rule says, the same for every subject that it answered.

    ``more`` holds everything else, each with its title. It covers what is not stated, what is seen in practice, notice,
    days on site, the report, and how vague words are read. ``facts`` are what it asks of a record, each with a letter
    by which a subject's own are given.
    """

    number: int
    rule: str
    says: str
    strength: str
    certainty: str
    more: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    sources: tuple[Cited, ...]


def reasons_of(outlook: Seen) -> dict[str, Reason]:
    """The reason of each rule that answered, by the rule's id: what is required, what may come, then the rest.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> reasons = reasons_of(ir.outlook([agency], as_of=date(2024, 3, 1)))
    >>> [reason.number for reason in reasons.values()][:2]
    [1, 2]
    """
    found: dict[str, Reason] = {}
    for answer in _in_order(outlook):
        if answer.rule not in found:
            found[answer.rule] = _reason(len(found) + 1, answer)
    return found


def letter_of(place: int) -> str:
    """The letter of a place: a, b, … z, a2, b2.

    >>> letter_of(0), letter_of(27)
    ('a', 'b2')
    """
    return f"{chr(ord('a') + place % 26)}{place // 26 + 1 if place >= 26 else ''}"


def facts_of(answer: Answer) -> str:
    """What the record says, as far as the answer rests on it.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> facts_of(ir.next_activity(agency, as_of=date(2024, 3, 1)))
    'how far the latest graded inspection has come: none; ...'
    """
    return "; ".join(f"{fact.means}: {value_in_words(fact.value)}" for fact in answer.facts)


def _in_order(outlook: Seen) -> Iterator[Answer]:
    yield from (row.answer for rows in (outlook.rows, outlook.may) for row in rows)
    yield from (item.next for item in outlook.subjects if item.next)
    yield from (answer for item in outlook.subjects for answer in item.not_required)


def _reason(number: int, answer: Answer) -> Reason:
    more = [
        ("Not stated", answer.gap),
        ("Seen in practice", answer.evidence),
        ("Notice", answer.notice),
        ("On site", answer.days_on_site),
        ("Report", answer.report),
        *((f"How we read “{reading.word}”", reading.means) for reading in answer.readings),
    ]
    return Reason(
        number=number,
        rule=answer.rule,
        says=answer.says,
        strength=STRENGTH_MEANS[answer.strength],
        certainty=how_certain(answer),
        more=tuple((title, text) for title, text in more if text),
        facts=tuple((letter_of(place), fact.means) for place, fact in enumerate(answer.facts)),
        sources=tuple(cited(answer.sources)),
    )


def cited(citations: Iterable[Citation]) -> Iterator[Cited]:
    """Sources as they are shown, in their order.

    >>> [each.url for each in cited([Citation(source="act", place="section 1", text="An Act", url="https://example.org")])]
    ['https://example.org']
    >>> list(cited([]))
    []
    """
    for citation in citations:
        yield Cited(f"{citation.text}{edition_read(citation)}", citation.place, address(citation.url))
