"""Putting one question to many subjects, so that none of them is lost."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers, next_activity, required_activities
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.records import LocalAuthority, Subject
from ilacs_rules.rulebook import load_rulebook
from ilacs_rules.vocabulary import GRADED, Status

__all__ = [
    "PRESSING",
    "Asked",
    "Question",
    "ask",
    "by_status",
    "due_from_all",
    "next_and_inspection",
    "next_only",
    "soonest",
]

Question = Callable[[Subject, date], tuple[Answer, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question: the answers, a group for each subject, and the subjects without one."""

    groups: tuple[tuple[Answer, ...], ...]
    not_answered: tuple[NotAnswered, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every answer, group by group."""
        return tuple(answer for group in self.groups for answer in group)

    @property
    def summary(self) -> str:
        """How many subjects there were, and what came of them."""
        answered = len(self.groups)
        overdue = sum(answer.status is Status.OVERDUE for answer in self.answers)
        return f"{answered} of {answered + len(self.not_answered)} subjects answered; overdue: {overdue}"

    def narrowed(self, wanted: Callable[[Answer], bool]) -> "Asked":
        """The same with only some of the answers; a subject without any is left out."""
        groups = (tuple(answer for answer in group if wanted(answer)) for group in self.groups)
        return Asked(tuple(group for group in groups if group), self.not_answered)

    def with_others(self, others: Iterable[NotAnswered]) -> "Asked":
        """The same with more subjects that could not be answered."""
        return Asked(self.groups, (*self.not_answered, *others))

    def as_json(self) -> list[dict[str, Any]]:
        """The answers as a program reads them, then one entry for each subject without one."""
        return [item.model_dump(mode="json") for item in (*self.answers, *self.not_answered)]


def ask(question: Question, subjects: Iterable[Subject], as_of: date) -> Asked:
    """Put a question to each subject, in the order given.

    >>> from ilacs_rules import Provider
    >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> home = Provider(type="residential_holiday_scheme_for_disabled_children", name="A scheme")
    >>> asked = ask(next_only, [agency, home], date(1999, 1, 1))
    >>> len(asked.groups), [item.subject for item in asked.not_answered]
    (0, ['An agency', 'A scheme'])
    >>> ask(next_only, [agency], date(2024, 3, 1)).answers[0].activity.value
    'full_inspection'
    """
    groups: list[tuple[Answer, ...]] = []
    without: list[NotAnswered] = []
    for subject in subjects:
        try:
            if group := question(subject, as_of):
                groups.append(group)
        except IlacsRulesError as error:
            without.append(NotAnswered.of(subject, as_of, error))
    return Asked(tuple(groups), tuple(without))


def next_only(subject: Subject, as_of: date) -> tuple[Answer, ...]:
    """What comes next, and nothing beside it."""
    return (next_activity(subject, as_of=as_of),)


def next_and_inspection(subject: Subject, as_of: date) -> tuple[Answer, ...]:
    """The question of ``ilacs-rules next``: what comes next, and for an authority its next graded inspection beside it.

    Between two inspections of an authority mostly a visit closes first, and people ask when the next inspection is.

    >>> from ilacs_rules import Event
    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_standard", started="2022-07-18", ended="2022-07-29", published="2022-09-21",
    ...           judgements={"overall": "good", "leaders": "good"})])
    >>> [answer.activity.value for answer in next_and_inspection(authority, date(2023, 1, 9))]
    ['focused_visit', 'ilacs_short']
    >>> [answer.activity.value for answer in next_and_inspection(authority, date(2022, 8, 1))]  # it comes first
    ['inspection_report']
    """
    first = next_activity(subject, as_of=as_of)
    if not isinstance(subject, LocalAuthority):
        return (first,)
    graded = {track.id for track in load_rulebook().tracks if GRADED.issuperset(track.met_by)}
    others = () if first.track in graded else answers(subject, as_of=as_of)
    return (first, *(each for each in others if each.track in graded and each.status is not Status.NOT_REQUIRED))


def due_from_all(subject: Subject, as_of: date) -> tuple[Answer, ...]:
    """The question of ``ilacs-rules all``: everything due, or the answer that says why nothing is."""
    return required_activities(subject, as_of=as_of) or next_only(subject, as_of)


def soonest(asked: Asked) -> Asked:
    """The same, soonest to close first; what has no stated day comes last, and there what is not required.

    >>> from ilacs_rules import Provider
    >>> def agency(name, registered):
    ...     return Provider(type="independent_fostering_agency", name=name, registered=registered)
    >>> subjects = [agency("Not yet", date(2030, 1, 1)), agency("B", date(2024, 1, 31)), agency("A", date(2024, 1, 31))]
    >>> [answer.subject for answer in soonest(ask(next_only, subjects, date(2024, 3, 1))).answers]
    ['A', 'B', 'Not yet']
    >>> soonest(Asked((), ())).groups
    ()
    """
    return Asked(tuple(sorted(asked.groups, key=lambda group: _order(group[0]))), asked.not_answered)


def by_status(asked: Asked) -> Asked:
    """The same by how each day stands against its window, what is most pressing first; then soonest to close.

    >>> by_status(Asked((), ())).groups
    ()
    """
    first = soonest(asked).groups
    return Asked(tuple(sorted(first, key=lambda group: PRESSING.index(group[0].status))), asked.not_answered)


_LEAST = (Status.NOT_OPEN, Status.NOT_RECORDED, Status.NOT_STATED, Status.SUSPENDED, Status.NOT_REQUIRED)
PRESSING = tuple(dict.fromkeys((Status.OVERDUE, *(status for status in Status if status not in _LEAST), *_LEAST)))
"""Every status, the most pressing first."""


def _order(answer: Answer) -> tuple[date, bool, date, str, str]:
    window = answer.window
    return (
        window.closes or window.due or date.max,
        answer.status is Status.NOT_REQUIRED,
        window.opens or date.max,
        answer.subject.casefold(),
        answer.subject_type,
    )
