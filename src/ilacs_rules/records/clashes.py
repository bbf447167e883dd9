"""Events that cannot both have happened."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from ilacs_rules.errors import DuplicateEventError
from ilacs_rules.records.events import Event, on_site
from ilacs_rules.vocabulary import GRADED, in_words

__all__ = ["find_clash"]


def find_clash(events: Iterable[Event]) -> DuplicateEventError | None:
    """The first pair of events that cannot both have happened, as the error that says so; ``None`` if there is none.

    The same activity cannot begin twice on one day, nor can two graded inspections; nor can one graded inspection
    be on site while another is.

    >>> visit = Event(activity="focused_visit", started=date(2024, 4, 9))
    >>> find_clash([visit]) is None
    True
    >>> print(find_clash([visit, visit]))
    events: focused visit stands twice (found 2024-04-09; expected one event of a kind on a day)
    """
    events = tuple(events)
    return _on_one_day(events) or _on_site_together(events)


def _on_one_day(events: Iterable[Event]) -> DuplicateEventError | None:
    seen: dict[tuple[date, str], Event] = {}
    for event in events:
        kind = "graded" if event.activity in GRADED else event.activity.value
        other = seen.get((event.first_known, kind))
        if other is None:
            seen[event.first_known, kind] = event
        else:
            if other.activity is event.activity:
                problem, expected = f"{in_words(event.activity)} stands twice", "one event of a kind on a day"
            else:
                problem = f"{in_words(other.activity)} and {in_words(event.activity)} begin on the same day"
                expected = "one graded inspection at a time"
            return DuplicateEventError(problem, field="events", value=event.first_known, expected=expected)
    return None


def _on_site_together(events: Iterable[Event]) -> DuplicateEventError | None:
    spans = sorted((*span, event.activity) for event in events if event.activity in GRADED and (span := on_site(event)))
    for (first, last, activity), (then, _, other) in pairwise(spans):
        if then <= last:
            return DuplicateEventError(
                f"{in_words(other)} begins while the {in_words(activity)} of {first} is on site",
                field="events",
                value=then,
                expected=f"a day after {last}: one graded inspection at a time",
            )
    return None
