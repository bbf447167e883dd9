"""What would change an answer: the days to come, and single changes to the history. Exact, and never by search.

The changes considered are a closed list, ``ChangeKind``. The boxes of the rulebook show which of these changes can
matter on the day. Each of those is made into a real history, and the engine answers it.
"""

from datetime import date

from ilacs_rules.answering.engine import next_activity
from ilacs_rules.dates import add_months
from ilacs_rules.errors import MissingFactError, RecordError
from ilacs_rules.questioning.changes.asking import given
from ilacs_rules.questioning.changes.found import Change, ChangeKind, Changes
from ilacs_rules.questioning.changes.known import as_known
from ilacs_rules.questioning.changes.matter import EVERYTHING, Matter, what_matters
from ilacs_rules.questioning.changes.over_time import over_time
from ilacs_rules.questioning.changes.possible import possible
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.situation import Value, situation
from ilacs_rules.values import LAST_DAY, any_day

__all__ = ["EVERYTHING", "Change", "ChangeKind", "Changes", "by_one_change", "what_would_change"]

_AHEAD = 60
"""So many months are looked ahead where no last day is given."""


def what_would_change(
    subject: Subject, *, as_of: date | str, until: date | str | None = None, rulebook: Rulebook | None = None
) -> Changes:
    """The nearest changes that alter what ``next_activity`` answers: days to come, and single changes to the history.

    An answer is altered if another rule gives it, or if its window or its status is different.

    Args:
        subject: a ``LocalAuthority`` or a ``Provider``. Events after ``as_of`` are left out.
        as_of: the day you ask about, as a ``date`` or as text in the form YYYY-MM-DD.
        until: the last day to look at. Without it, this is five years after ``as_of``.
        rulebook: a rulebook of your own. Without it, the shipped one answers.

    Raises:
        IlacsRulesError: ``next_activity`` cannot answer for the history as it stands.
        RecordError: ``as_of`` is not a day, or ``until`` is not a later day.

    A changed history that cannot be answered is not an error. It is a change, and says why.

    >>> from ilacs_rules import Event, Provider
    >>> agency = Provider(type="independent_fostering_agency", name="An agency", events=[
    ...     Event(activity="full_inspection", started=date(2023, 5, 15), ended=date(2023, 5, 19),
    ...           published=date(2023, 6, 28), judgements={"overall": "requires_improvement"})])
    >>> changes = what_would_change(agency, as_of=date(2024, 10, 5))
    >>> print(changes.over_time[0])
    in 42 days, on 16 November 2024, the full inspection becomes overdue
    >>> grades = [change for change in changes.by_one_change if change.kind is ChangeKind.GRADE]
    >>> print(grades[0], "->", grades[0].answer.window)
    overall had been inadequate at the full inspection of 15 May 2023 -> 15 November 2023 to 15 May 2024
    >>> what_would_change(agency, as_of=date(2024, 10, 5), until=date(2024, 11, 15)).over_time  # the day before
    ()
    """
    book = book_given(rulebook)
    now = next_activity(subject, as_of=as_of, rulebook=book)
    as_of = now.as_of
    last = _last(as_of, until, book)
    known = as_known(subject, as_of)
    return Changes(
        subject=subject.name,
        as_of=as_of,
        until=last,
        answer=now,
        over_time=tuple(over_time(known, as_of, last, book)),
        by_one_change=by_one_change(known, as_of, book, what_matters(known, as_of, book)),
    )


def _last(as_of: date, until: date | str | None, book: Rulebook) -> date:
    if until is None:
        return min(add_months(as_of, _AHEAD), book.until or LAST_DAY, LAST_DAY)
    until = any_day(until, "until")
    if not as_of <= until <= LAST_DAY:
        raise RecordError(
            "is not a day to look ahead to", field="until", value=until, expected=f"{as_of} to {LAST_DAY}"
        )
    return min(until, book.until or until)


def by_one_change(known: Subject, as_of: date, book: Rulebook, matter: Matter) -> tuple[Change, ...]:
    """The changes of the closed list that touch what matters and alter the answer, the nearest first.

    With ``EVERYTHING`` as what matters the whole list is gone through, and the same is found: a test holds that.
    """
    before, values = given(known, as_of, book), _values(known, as_of, matter)
    found: list[Change] = []
    for item in possible(known, as_of, matter, book):
        now = given(item.subject, as_of, book)
        if now.key != before.key:
            changed = _values(item.subject, as_of, matter)
            facts = tuple(name for name in matter.facts if changed[name] != values[name])
            found.append(
                Change(
                    kind=item.kind,
                    words=item.words,
                    day=as_of,
                    facts=facts,
                    subject=item.subject,
                    answer=now.answer,
                    not_answered=now.not_answered,
                )
            )
    return tuple(sorted(found, key=lambda change: len(change.facts)))


def _values(subject: Subject, as_of: date, matter: Matter) -> dict[str, Value]:
    facts = situation(subject, as_of=as_of)

    def read(name: str) -> Value:
        try:
            return facts[name]
        except MissingFactError as error:
            return str(error)

    return {name: read(name) for name in matter.facts}
