"""One event as it was known on a day: from when its judgements count, how far it had come, what it judged."""

from datetime import date

from ilacs_rules.dates import add_months
from ilacs_rules.records import Event
from ilacs_rules.vocabulary import Area, Stage

__all__ = ["grade_in", "in_doubt", "is_judged", "judged_from", "long_open_from", "stage_of"]


def judged_from(event: Event) -> date | None:
    """The day from which what an event judged is known; ``None`` where it judged nothing and no report is out.

    Where the day of publication is not known, it is the last day known on site.

    >>> judged_from(Event(activity="focused_visit", started=date(2024, 4, 9), published=date(2024, 5, 20)))
    datetime.date(2024, 5, 20)
    >>> judged_from(Event(activity="jtai", ended=date(2024, 4, 9), outcome="areas_for_priority_action"))
    datetime.date(2024, 4, 9)
    >>> judged_from(Event(activity="jtai", ended=date(2024, 4, 9))) is None
    True
    """
    if event.published is not None:
        return event.published
    judged = event.outcome or any(vars(event.judgements).values())  # its fields, without the cost of naming them
    return event.ended or event.first_known if judged else None


def is_judged(event: Event, as_of: date) -> bool:
    """Whether what an event judged was known by a day.

    >>> visit = Event(activity="focused_visit", started=date(2024, 4, 9), published=date(2024, 5, 20))
    >>> is_judged(visit, date(2024, 5, 19)), is_judged(visit, date(2024, 5, 20))
    (False, True)
    """
    day = event.published or judged_from(event)
    return day is not None and day <= as_of


def stage_of(event: Event, as_of: date) -> Stage:
    """How far an event had come by a day. Its last day on site is still under way.

    >>> visit = Event(activity="focused_visit", started=date(2024, 4, 9), ended=date(2024, 4, 10))
    >>> stage_of(visit, date(2024, 4, 10)).value, stage_of(visit, date(2024, 4, 11)).value
    ('under_way', 'awaiting_report')
    """
    if is_judged(event, as_of):
        return _COMPLETE
    return _AWAITING_REPORT if event.ended and event.ended < as_of else _UNDER_WAY


# Named once: finding a member of an enumeration by its name costs as much as all the rest.
_COMPLETE, _AWAITING_REPORT, _UNDER_WAY = Stage.COMPLETE, Stage.AWAITING_REPORT, Stage.UNDER_WAY


def long_open_from(event: Event) -> date | None:
    """The day from which an event of which no report is known has been open for longer than any that was seen.

    Of 14,000 published inspections the longest wait for a report was 530 days: after two years it is likelier that the
    record is not whole.

    >>> visit = Event(activity="focused_visit", started=date(2022, 4, 9))
    >>> long_open_from(visit), long_open_from(Event(activity="focused_visit", published=date(2022, 4, 9)))
    (datetime.date(2024, 4, 9), None)
    """
    return None if judged_from(event) is not None else add_months(event.ended or event.first_known, _LONG)


_LONG = 24
"""Months."""


def grade_in(event: Event, area: Area) -> str | None:
    """The grade that an event gave in one area, as a word; ``None`` where the record holds none.

    >>> grade_in(Event(activity="ilacs_short", started=date(2024, 4, 9), judgements={"overall": "good"}), Area.OVERALL)
    'good'
    """
    grade = getattr(event.judgements, area)
    return None if grade is None else grade._value_  # what `value` gives, at a sixth of the time


def in_doubt(event: Event) -> bool:
    """Whether one of its days stands in for another, so that answers resting on it must say so.

    >>> in_doubt(Event(activity="focused_visit", started=date(2024, 4, 9))), in_doubt(Event(activity="jtai",
    ...     ended=date(2024, 4, 9)))
    (False, True)
    """
    if event.started is None or event.precision != "day":
        return True
    return event.published is None and judged_from(event) is not None
