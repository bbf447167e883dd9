"""What a law is asked about, and how it is made smaller: fewer events, fewer dates, fewer words.

The search draws histories as they occur. What it finds is made smaller here, one step at a time, as long as the law
stays broken. If two histories are compared, each step is taken in both, so that they differ no more than before.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar

from ilacs_rules.errors import RecordError
from ilacs_rules.records import WHOLE, Event, Judgements, Subject
from ilacs_rules.values import Record

__all__ = ["Case", "remade", "shrunk"]


class Case(NamedTuple):
    """A history and a day, and the history or the day that it is compared with.

    >>> from ilacs_rules import LocalAuthority
    >>> Case(LocalAuthority(name="An authority"), date(2024, 6, 3)).other is None
    True
    """

    subject: Subject
    as_of: date
    other: Subject | None = None
    other_day: date | None = None


Step = Callable[[Subject], Subject]
AnyRecord = TypeVar("AnyRecord", bound=Record)


def shrunk(case: Case, broken: Callable[[Case], bool]) -> Case:
    """The smallest case that single steps lead to from one that is broken, and that still is.

    >>> from ilacs_rules import LocalAuthority
    >>> visits = [Event(activity="focused_visit", started=date(2024, month, 1)) for month in (1, 2, 3)]
    >>> case = Case(LocalAuthority(name="An authority", events=visits), date(2024, 6, 3))
    >>> len(shrunk(case, lambda case: len(case.subject.events) > 0).subject.events)
    1
    """
    while True:
        smaller = next((item for item in _smaller(case) if _size(item) < _size(case) and broken(item)), None)
        if smaller is None:
            return case
        case = smaller


def _size(case: Case) -> tuple[int, int, int]:
    """How many events there are, how much is written of them, and how many days they last."""
    subjects = [subject for subject in (case.subject, case.other) if subject]
    events = [event for subject in subjects for event in subject.events]
    written = sum(len(subject.model_dump_json(exclude_defaults=True)) for subject in subjects)
    ends = ((event.published or event.ended or event.first_known, event.first_known) for event in events)
    return len(events), written, sum((last - first).days for last, first in ends)


def _smaller(case: Case) -> Iterator[Case]:
    """Every case one step smaller, the largest steps first."""
    for step in _steps(case):
        try:
            yield case._replace(subject=step(case.subject), other=step(case.other) if case.other else None)
        except RecordError:
            continue
    yield from _with_less_future(case)


def _with_less_future(case: Case) -> Iterator[Case]:
    """What lies after the day may differ between two histories, so that it may go from one of them alone."""
    if case.other is not None:
        for event in (*case.subject.events, *case.other.events):
            if event.first_known > case.as_of:
                yield case._replace(other=_without(event)(case.other))
                yield case._replace(subject=_without(event)(case.subject))


def _steps(case: Case) -> Iterator[Step]:
    events = {event: None for subject in (case.subject, case.other) if subject for event in subject.events}
    yield from (_without(event) for event in events)
    yield from (_covering(word) for word in WHOLE)
    yield from (_unborn(name) for name in ("created", "registered") if getattr(case.subject, name, None))
    for event in events:
        yield from (_in_place_of(event, smaller) for smaller in _smaller_events(event))


def _covering(word: str) -> Step:
    return lambda subject: remade(subject, covers=word)


def _unborn(name: str) -> Step:
    return lambda subject: remade(subject, **{name: None})


def _without(event: Event) -> Step:
    return lambda subject: remade(subject, events=tuple(item for item in subject.events if item != event))


def _in_place_of(event: Event, smaller: Event) -> Step:
    return lambda subject: remade(subject, events=tuple(smaller if item == event else item for item in subject.events))


def _smaller_events(event: Event) -> Iterator[Event]:
    """The event with one thing less said of it, or with its dates closer together."""
    changes: tuple[dict[str, Any], ...] = (
        {"outcome": None},
        {"precision": "day"},
        {"ended": None},
        {"judgements": Judgements(), "published": None},
        {"judgements": Judgements()},
        {"published": None},
        *({"judgements": remade(event.judgements, **{area: None})} for area in event.judgements.given()),
        {"published": event.ended or event.started},
        {"ended": event.started},
    )
    for change in changes:
        try:
            yield remade(event, **change)
        except RecordError:
            continue


def remade(record: AnyRecord, **changes: object) -> AnyRecord:
    """The record with some of its fields changed, checked like any other, and nothing read of it yet.

    >>> visit = Event(activity="focused_visit", started=date(2024, 1, 1))
    >>> remade(visit, started=date(2024, 2, 1)).started, remade(visit) == visit, remade(visit) is visit
    (datetime.date(2024, 2, 1), True, False)
    """
    return type(record)(**{name: getattr(record, name) for name in type(record).model_fields} | changes)
