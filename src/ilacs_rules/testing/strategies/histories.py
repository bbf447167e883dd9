"""Histories as they occur: events with their dates in order, some of them not known, and what a record covers."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Literal

from hypothesis import strategies as st

from ilacs_rules.dates import add_days
from ilacs_rules.records import WHOLE, Covered, Event, Judgements, Whole, areas_judged, find_clash
from ilacs_rules.testing.strategies.days import days, lags, lengths
from ilacs_rules.vocabulary import ACTIVITIES, GRADED, Activity, Grade, Outcome

__all__ = [
    "Who",
    "any_events",
    "any_judgements",
    "covered",
    "coverages",
    "events",
    "grades",
    "histories",
    "judgements",
    "kinds_of",
    "without_clashes",
]

Who = Literal["authority", "provider"]
Coverage = Whole | list[Covered]

_GRADES = [Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE]
_HOW = ["all", "all", "all", "all", "some", "none"]
_KNOWN = ["all", "all", "all", "all", "no end", "no report", "only report", "start only"]


@cache
def grades() -> st.SearchStrategy[Grade]:
    """A grade: mostly one of the four in use, now and then an older word or one that says it is not known.

    >>> from hypothesis import find
    >>> find(grades(), lambda grade: grade is not Grade.OUTSTANDING).value
    'good'
    """
    return st.one_of(st.sampled_from(_GRADES), st.sampled_from(_GRADES), st.sampled_from(list(Grade)))


@cache
def kinds_of(who: Who) -> list[Activity]:
    """The activities that can stand in the history of an authority or a provider.

    >>> Activity.JTAI in kinds_of("authority"), Activity.JTAI in kinds_of("provider")
    (True, False)
    """
    return [kind for kind, meaning in ACTIVITIES.items() if meaning.event and who in meaning.to]


@cache
def _activities(who: Who) -> st.SearchStrategy[Activity]:
    kinds = kinds_of(who)
    return st.one_of(st.sampled_from([kind for kind in kinds if kind in GRADED]), st.sampled_from(kinds))


@st.composite
def judgements(draw: st.DrawFn, activity: Activity, first: date) -> dict[str, Any]:
    """Judgements that an activity which began on a day may give: nearly always all of them, or none if it is ungraded.

    >>> from hypothesis import find
    >>> sorted(find(judgements(Activity.FULL_INSPECTION, date(2024, 4, 1)), len))
    ['help_and_protection', 'leaders', 'overall']
    >>> find(judgements(Activity.JTAI, date(2024, 4, 1)), lambda given: True)
    {}
    """
    areas = areas_judged(activity, first)
    how = draw(st.sampled_from(_HOW)) if activity in GRADED else "none"
    given = [area for area in areas if how == "all" or (how == "some" and draw(st.booleans()))]
    return {area: draw(grades()) for area in given}


@cache
def events(who: Who = "authority") -> st.SearchStrategy[Event]:
    """One event of an authority or a provider, with its dates in order, some of them not known.

    >>> from hypothesis import find
    >>> find(events(), lambda event: event.activity is Activity.JTAI).judgements.given()
    {}
    >>> find(events("provider"), lambda event: event.started is None).published is None
    False
    """
    return _events(who, days())


@st.composite
def _events(draw: st.DrawFn, who: Who, when: st.SearchStrategy[date]) -> Event:
    activity = draw(_activities(who))
    started = draw(when)
    ended = add_days(started, draw(lengths()))
    published = add_days(ended, draw(lags()))
    known = draw(st.sampled_from(_KNOWN))
    dates: dict[str, Any] = {
        "started": None if known == "only report" else started,
        "ended": ended if known in ("all", "no report") else None,
        "published": published if known in ("all", "no end", "only report") else None,
    }
    first: date = dates["started"] or dates["ended"] or dates["published"]
    outcome, precisions = None, ["day"]
    if dates["started"]:
        precisions += ["week", "month"] if started.day == 1 else ["week"]
    if activity is Activity.FOCUSED_VISIT and draw(st.booleans()):
        outcome = Outcome.AREAS_FOR_PRIORITY_ACTION
    elif draw(st.integers(0, 2)) == 2:
        outcome = draw(st.sampled_from(list(Outcome)))
    return Event(
        activity=activity,
        judgements=Judgements(**draw(judgements(activity, first))),
        outcome=outcome,
        precision=draw(st.sampled_from(precisions)),
        **dates,
    )


@cache
def any_events() -> st.SearchStrategy[Event]:
    """An event of an authority or of a provider.

    >>> from hypothesis import find
    >>> find(any_events(), lambda event: event.activity is Activity.FULL_INSPECTION).outcome is None
    True
    """
    return st.one_of(events("authority"), events("provider"))


@cache
def any_judgements() -> st.SearchStrategy[Judgements]:
    """The judgements of some event, none included.

    >>> from hypothesis import find
    >>> find(any_judgements(), lambda given: given.overall is Grade.INADEQUATE).overall.value
    'inadequate'
    """
    return any_events().map(lambda event: event.judgements)


@cache
def covered(who: Who = "authority") -> st.SearchStrategy[Covered]:
    """That a record would show one activity: always, from a day, until one, or both.

    >>> from hypothesis import find
    >>> find(covered(), lambda item: True).until is None
    True
    """
    return _covered(who, days())


@st.composite
def _covered(draw: st.DrawFn, who: Who, when: st.SearchStrategy[date]) -> Covered:
    ends = sorted([draw(when), draw(when)])
    since, until = (end if draw(st.booleans()) else None for end in ends)
    return Covered(activity=draw(st.sampled_from(kinds_of(who))), since=since, until=until)


def without_clashes(given: Iterable[Event]) -> list[Event]:
    """The events of a list that can all have happened: each that does not clash with one before it.

    >>> visit = Event(activity=Activity.JTAI, started=date(2024, 4, 9))
    >>> len(without_clashes([visit, visit])), len(without_clashes([]))
    (1, 0)
    """
    kept: list[Event] = []
    for event in given:
        if find_clash([*kept, event]) is None:
            kept.append(event)
    return kept


def histories(who: Who = "authority", most: int = 8) -> st.SearchStrategy[list[Event]]:
    """Up to so many events that can all have happened to one authority or provider, in no order.

    >>> from hypothesis import find
    >>> find(histories(), lambda given: True)
    []
    >>> find(histories("provider", 1), len)[0].activity.value
    'full_inspection'
    """
    return st.lists(events(who), max_size=most).map(without_clashes)


@st.composite
def coverages(draw: st.DrawFn, who: Who = "authority") -> Coverage:
    """What a record covers: all inspections, everything, or some activities, each always or from a day or until one.

    >>> from hypothesis import find
    >>> find(coverages(), lambda covers: True)
    'inspections'
    >>> find(coverages("provider"), lambda covers: covers not in ("inspections", "everything"))
    []
    """
    if not draw(st.booleans()):
        return draw(st.sampled_from(WHOLE))
    return draw(st.lists(covered(who), unique_by=lambda item: item.activity))
