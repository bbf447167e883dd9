"""A history as it was known on a day, as a record of its own."""

from datetime import date

from ilacs_rules.records import Event, Subject
from ilacs_rules.situation.known import judged_from

__all__ = ["as_known"]


def as_known(subject: Subject, as_of: date) -> Subject:
    """The record without what lies after the day: later events, ends, reports and what these say.

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
    return subject if events == subject.events else subject.model_copy(update={"events": events})


def _known(event: Event, as_of: date) -> Event:
    later = {name: None for name in ("ended", "published") if (day := getattr(event, name)) and day > as_of}
    judged = judged_from(event)
    if judged is not None and judged > as_of:
        return event.model_copy(update={**later, "judgements": {}, "outcome": None})
    return event.model_copy(update=later) if later else event
