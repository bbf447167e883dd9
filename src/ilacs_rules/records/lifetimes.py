"""When a subject was there: the days on which it began and ended, and what its record says of its registration."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ilacs_rules.errors import DateOrderError, RecordError
from ilacs_rules.records.events import Event, first_day
from ilacs_rules.vocabulary import ENDED, RegistrationStatus, in_words

__all__ = ["after_its_end", "lifetime_faults"]


def lifetime_faults(values: Mapping[str, Any], first: str, last: str) -> Iterator[RecordError]:
    """What cannot be true of a subject's days together, each fault by itself.

    ``first`` and ``last`` name the fields that hold the day on which it began and the day on which it ended.
    """
    began, ended = values.get(first), values.get(last)
    if began and ended and ended < began:
        yield DateOrderError(f"is earlier than `{first}`", field=last, value=ended, expected=f"{began} or later")
    status, seen = values.get("registration_status"), values.get("status_as_at")
    if seen and status is None:
        yield RecordError("is missing, and status_as_at needs it", field="registration_status", expected=_WORDS)
    if status is not None and seen and ended and (status in ENDED) is not (ended <= seen):
        expected = "a day on which it had not ended" if status in ENDED else "one of: " + ", ".join(sorted(ENDED))
        field = last if status in ENDED else "registration_status"
        problem = (
            f"does not agree with the other fields: the registration was {status} on {seen}, and {last} is {ended}"
        )
        yield RecordError(problem, field=field, value=ended if status in ENDED else status, expected=expected)
    events: Sequence[Event] = values.get("events", ())
    by = ended or (seen if status in ENDED else None)
    if by:
        yield from after_its_end(events, by, last)


_WORDS = "one of: " + ", ".join(RegistrationStatus)


def after_its_end(events: Sequence[Event], ended: date, field: str) -> Iterator[DateOrderError]:
    """Each event that began after the day on which its subject ended. What began before may be reported after it.

    Of an event whose first day is not known nobody can say that it began after the end, so it is left alone.

    >>> visit = Event(activity="full_inspection", started=date(2024, 4, 9), published=date(2024, 5, 20))
    >>> list(after_its_end([visit], date(2024, 4, 9), "closed"))
    []
    >>> report = Event(activity="full_inspection", published=date(2024, 5, 20))
    >>> list(after_its_end([report], date(2024, 4, 8), "closed"))
    []
    >>> [fault] = after_its_end([visit], date(2024, 4, 8), "closed")
    >>> print(fault)
    events[0].started: full inspection begins after the subject had ended (found 2024-04-09; \
expected 2024-04-08 or earlier, or a later day in `closed`)
    """
    for place, event in enumerate(events):
        if event.started is not None and event.started > ended:
            yield DateOrderError(
                f"{in_words(event.activity)} begins after the subject had ended",
                field=f"events[{place}].started",
                value=first_day(event),
                expected=f"{ended} or earlier, or a later day in `{field}`",
            )
