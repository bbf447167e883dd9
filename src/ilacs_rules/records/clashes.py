"""Events that cannot both have happened."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeVar

from ilacs_rules.errors import DuplicateEventError, RecordError
from ilacs_rules.records.events import Event, event_order, first_day, on_site
from ilacs_rules.vocabulary import GRADED, in_words

__all__ = ["clashes", "find_clash", "without_places"]

AnyRecordError = TypeVar("AnyRecordError", bound=RecordError)


def find_clash(events: Iterable[Event]) -> DuplicateEventError | None:
    """Every two events that cannot both have happened, as the error that says so; ``None`` if there are none.

    The same activity cannot begin twice on one day, nor can two graded inspections; nor can one graded inspection
    be on site while another is.

    >>> visit = Event(activity="focused_visit", started=date(2024, 4, 9))
    >>> find_clash([visit]) is None
    True
    >>> print(find_clash([visit, visit]))
    events: focused visit appears twice on one day (found 2024-04-09; expected one event of each kind on a day)
    """
    found = tuple(clashes(sorted(events, key=event_order)))
    return without_places(DuplicateEventError.together(found)) if found else None


def without_places(error: AnyRecordError) -> AnyRecordError:
    """The same error where events stand in no list: it says the two by what they are, and not which they are.

    >>> print(without_places(DuplicateEventError("appears twice", field="events[2].started")))
    events: appears twice
    """
    faults = [fault.at("events") if fault.field.startswith("events[") else fault for fault in error.faults]
    return type(error).together(faults)


def clashes(events: Iterable[Event]) -> Iterator[DuplicateEventError]:
    """Every two events that cannot both have happened, at the place of the later; the events in order of date."""
    day: date | None = None
    begun: dict[str, Event] = {}
    spans: list[tuple[date, date, str, Event, int]] = []
    for place, event in enumerate(events):
        if event.activity in GRADED:
            kind = "graded"
            if span := on_site(event):
                spans.append((*span, event.activity, event, place))
        else:
            kind = event.activity
        if event.first_known != day:
            day, begun = event.first_known, {kind: event}
        elif kind in begun:
            yield _on_one_day(begun[kind], event, place)
        else:
            begun[kind] = event
    if len(spans) > 1:
        yield from _on_site_together(spans)


def _on_one_day(one: Event, other: Event, place: int) -> DuplicateEventError:
    if one.activity is other.activity:
        by_month = one.precision == other.precision == "month"
        when = "in one month, and on no day that is known" if by_month else "on one day"
        problem, expected = f"{in_words(other.activity)} appears twice {when}", "one event of each kind on a day"
    else:
        problem = f"{in_words(one.activity)} and {in_words(other.activity)} begin on the same day"
        expected = "one graded inspection at a time"
    field = f"events[{place}].{other.known_by}"
    return DuplicateEventError(problem, field=field, value=first_day(other), expected=expected)


def _on_site_together(spans: list[tuple[date, date, str, Event, int]]) -> Iterator[DuplicateEventError]:
    for (first, last, _, one, _), (then, _, _, other, place) in pairwise(sorted(spans, key=lambda span: span[:3])):
        if then <= last and one.first_known != other.first_known:
            yield DuplicateEventError(
                f"{in_words(other.activity)} begins while the {in_words(one.activity)} of {first} is on site",
                field=f"events[{place}].{other.known_by}",
                value=then,
                expected=f"a day after {last}, because there is one graded inspection at a time",
            )
