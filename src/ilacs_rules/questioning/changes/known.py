"""A history as it was known on a day, as a record of its own."""

from datetime import date
from typing import Any

from ilacs_rules.records import Event, LocalAuthority, Subject
from ilacs_rules.situation import history_of
from ilacs_rules.situation.known import judged_from
from ilacs_rules.vocabulary import ENDED

__all__ = ["as_known"]


def as_known(subject: Subject, as_of: date) -> Subject:
    """The record without what lies after the day: later events, ends, reports and what these say; and a later closing.

    >>> from ilacs_rules import LocalAuthority
    >>> inspection = Event(activity="ilacs_short", started=date(2024, 4, 15), ended=date(2024, 4, 19),
    ...                    published=date(2024, 5, 29), judgements={"overall": "good"})
    >>> authority = LocalAuthority(name="An authority", events=[inspection])
    >>> known = as_known(authority, date(2024, 4, 19)).events[0]
    >>> known.ended, known.published, known.judgements.overall
    (datetime.date(2024, 4, 19), None, None)
    >>> as_known(authority, date(2024, 5, 29)) is authority, as_known(authority, date(2024, 4, 14)).events
    (True, ())
    """
    events = tuple(_known(event, as_of) for event in subject.events if event.first_known <= as_of)
    update = {**_end_not_known(subject, as_of), **({} if events == subject.events else {"events": events})}
    return subject.model_copy(update=update) if update else subject


def _end_not_known(subject: Subject, as_of: date) -> dict[str, Any]:
    """What its record says of its end, and was not known by the day, left out."""
    history = history_of(subject)
    if isinstance(subject, LocalAuthority):
        return {"abolished": None} if history.ended and history.ended > as_of else {}
    not_said = {"registration_status": None, "status_as_at": None}
    if history.ended and history.ended > as_of:
        return {"closed": None, **(not_said if subject.registration_status in ENDED else {})}
    has_ended = history.ended_by is not None and history.ended_by <= as_of
    if history.over and not has_ended and history.last_seen >= as_of:
        return not_said
    if subject.status_as_at and subject.status_as_at > as_of:
        return {"status_as_at": None} if history.over else not_said
    return {}


def _known(event: Event, as_of: date) -> Event:
    later = {name: None for name in ("ended", "published") if (day := getattr(event, name)) and day > as_of}
    judged = judged_from(event)
    if judged is not None and judged > as_of:
        return event.model_copy(update={**later, "judgements": {}, "outcome": None})
    return event.model_copy(update=later) if later else event
