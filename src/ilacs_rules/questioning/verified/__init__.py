"""Whether a saved answer still stands: it is worked out again, and what has changed is named."""

from typing import cast

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers
from ilacs_rules.errors import IlacsRulesError, RecordError
from ilacs_rules.questioning.verified.found import (
    CellChanged,
    FactChanged,
    FieldChanged,
    RowChanged,
    RowChangeKind,
    Verdict,
    Verified,
)
from ilacs_rules.questioning.verified.records import facts_changed, record_changed
from ilacs_rules.questioning.verified.rows import in_cell_words, row_changed
from ilacs_rules.records import Subject
from ilacs_rules.records.given import subject_given
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.rulebook.given import book_given

__all__ = ["CellChanged", "FactChanged", "FieldChanged", "RowChangeKind", "RowChanged", "Verdict", "Verified", "verify"]

_WHICH_RULEBOOK = {"rulebook", "fingerprint"}


def verify(answer: Answer, subject: Subject, *, rulebook: Rulebook | None = None) -> Verified:
    """Whether a saved answer still stands. If not, which rule or which fact is the reason.

    The answer is worked out again for the day it was given for, and everything that it says is compared.

    An answer that was read back from JSON no longer holds its rulebook. Then only those cells of its rule can be
    compared that the answer repeats.

    Args:
        answer: an answer as it was given, or read back with ``Answer.model_validate_json``.
        subject: the record that it was given for, as it is now.
        rulebook: the rulebook to ask. Without it, the shipped one answers.

    Raises:
        RecordError: ``answer`` is not an answer, or ``subject`` is of another kind or has another number (urn).

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> def agency(grade):
    ...     return ir.Provider(type="independent_fostering_agency", name="An agency", events=[
    ...         ir.Event(activity="full_inspection", started=date(2023, 5, 15), ended=date(2023, 5, 19),
    ...                  published=date(2023, 6, 28), judgements={"overall": grade})])
    >>> answer = ir.next_activity(agency("inadequate"), as_of=date(2024, 1, 10))
    >>> saved = answer.model_dump_json()
    >>> print(verify(ir.Answer.model_validate_json(saved), agency("inadequate")))
    An agency, 10 January 2024, inspection: the same rulebook gives the same answer.
    >>> print(verify(answer, agency("good")))
    An agency, 10 January 2024, inspection: the answer is another one now.
      Saved: full inspection, 15 November 2023 to 15 May 2024, open (usual, carried)
      Now: full inspection, 1 April 2024 to 31 March 2027, not open (usual, carried)
      The record: changed on record: full inspection of 15 May 2023
      The record: overall grade at the last inspection whose report was out: good, before inadequate
      The row: another row answers: good_fostering_agency_is_inspected_in_the_rolling_period_since_2022, before \
inadequate_fostering_agency_is_reinspected_within_6_to_12_months
    """
    _check(answer, subject)
    book = book_given(rulebook)
    now, why_none = _asked_again(answer, subject, book)
    facts = tuple(facts_changed(answer, subject))
    differs = tuple(_fields_changed(answer, now))
    return Verified(
        verdict=_verdict(answer, now, book, differs=bool(differs)),
        saved=answer,
        now=now,
        not_answered=why_none,
        rulebook=book.version,
        fingerprint=book.fingerprint,
        differs=differs,
        row=row_changed(answer, now, book, facts_differ=bool(facts)),
        facts=facts,
        record=tuple(record_changed(answer, subject)),
    )


def _check(answer: object, subject: Subject) -> None:
    if not isinstance(answer, Answer):
        expected = "an Answer, or Answer.model_validate_json(text)"
        raise RecordError("is not an answer", field="answer", value=answer, expected=expected)
    subject_given(subject)
    if str(subject.type) != answer.subject_type:
        raise RecordError(
            "is not the kind of subject that the answer is about",
            field="subject",
            value=str(subject.type),
            expected=answer.subject_type,
        )
    if answer.urn and subject.urn and answer.urn != subject.urn:
        raise RecordError(
            "does not have the number (urn) that the answer is about",
            field="subject",
            value=subject.urn,
            expected=answer.urn,
        )


def _asked_again(answer: Answer, subject: Subject, book: Rulebook) -> tuple[Answer | None, str]:
    """What the same track answers on the same day; where it answers nothing, why."""
    try:
        found = answers(subject, as_of=answer.as_of, rulebook=book)
    except IlacsRulesError as error:
        return None, str(error)
    now = next((item for item in found if item.track == answer.track), None)
    return now, "" if now else f"with this record and this rulebook, the question '{answer.track}' does not arise"


def _fields_changed(saved: Answer, now: Answer | None) -> list[FieldChanged]:
    if now is None:
        return []
    pairs = ((name, getattr(saved, name), getattr(now, name)) for name in type(saved).model_fields)
    return [
        FieldChanged(field=name, before=in_cell_words(cast("object", old)), now=in_cell_words(cast("object", new)))
        for name, old, new in pairs
        if name not in _WHICH_RULEBOOK and old != new
    ]


def _verdict(saved: Answer, now: Answer | None, book: Rulebook, *, differs: bool) -> Verdict:
    if now is None:
        return Verdict.NOT_ANSWERED
    if differs:
        return Verdict.ANOTHER_ANSWER
    return Verdict.CONFIRMED if book.fingerprint == saved.fingerprint else Verdict.SAME_ANSWER
