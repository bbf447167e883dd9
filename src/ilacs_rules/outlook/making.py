"""From subjects to their outlook: each is asked the ordinary questions, and none is lost."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from ilacs_rules.answering.engine import answers, next_activity
from ilacs_rules.answering.parts import trusted
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.errors import IlacsRulesError, OutsideRulebookError, RecordError
from ilacs_rules.outlook.measured import measured_of
from ilacs_rules.outlook.value import OutlookSubject
from ilacs_rules.outlook.whole import Outlook
from ilacs_rules.reading.published import Published
from ilacs_rules.records import Subject
from ilacs_rules.records.given import subjects_given
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.values import any_day, as_day

__all__ = ["made"]


def made(  # noqa: PLR0913 - everything that is asked
    subjects: Iterable[Subject] | Subject | Published,
    *,
    as_of: date | str,
    until: date | str | None = None,
    rulebook: Rulebook | None = None,
    practice: bool = True,
    through: Callable[[Sequence[Subject]], Iterable[Subject]] = iter,
) -> Outlook:
    """What ``ilacs_rules.outlook`` gives; ``through`` goes through the subjects, and may show how far it has come."""
    as_of, until = as_day(as_of, "as_of"), None if until is None else any_day(until, "until")
    _check(as_of, until, practice)
    book = book_given(rulebook)
    found: list[OutlookSubject] = []
    without: list[NotAnswered] = []
    for subject in through(_each(subjects)):
        try:
            found.append(_asked(subject, as_of, book, practice=practice))
        except IlacsRulesError as error:
            without.append(NotAnswered.of(subject, as_of, error))
    return trusted(
        Outlook,
        {
            "as_of": as_of,
            "until": until,
            "subjects": tuple(found),
            "not_answered": tuple(without),
            "not_read": subjects.problems if isinstance(subjects, Published) else (),
            "practice": practice,
            "rulebook": book.version,
            "fingerprint": book.fingerprint,
        },
    )


def _asked(subject: Subject, as_of: date, book: Rulebook, *, practice: bool) -> OutlookSubject:
    every = answers(subject, as_of=as_of, rulebook=book)
    try:
        coming = next_activity(subject, as_of=as_of, rulebook=book)
    except OutsideRulebookError:
        coming = None  # a rulebook may ask nothing of the inspectorate, and something of the subject
    measured = measured_of(subject, as_of) if practice else ()
    return trusted(OutlookSubject, {"subject": subject, "next": coming, "answers": every, "measured": measured})


def _each(subjects: object) -> Sequence[Subject]:
    if isinstance(subjects, Published):
        return subjects.subjects
    return subjects_given(subjects)


def _check(day: date, last: date | None, practice: object) -> None:
    if last is not None and last < day:
        raise RecordError("is before the day asked about", field="until", value=last, expected=f"{day} or later")
    if not isinstance(practice, bool):
        raise RecordError("is neither True nor False", field="practice", value=practice, expected="True or False")
