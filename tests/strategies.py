"""Hypothesis strategies: histories as they occur, weighted to the days on which something turns."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.records import areas_judged, find_clash
from ilacs_rules.vocabulary import ACTIVITIES, GRADED

Subject = ir.LocalAuthority | ir.Provider

DAY = timedelta(days=1)
FIRST, LAST = date(2012, 1, 1), date(2031, 12, 31)
_TRACKS = ir.load_rulebook().tracks
BEGINS: dict[str, date] = {
    kind: min(track.answers[kind] for track in _TRACKS if kind in track.answers)
    for kind in ir.load_rulebook().subject_types
}
"""The first day on which the rulebook answers each kind of subject."""

# The first days of editions and duties, and of what was suspended or resumed; month ends and bank holidays beside them.
TURNING = [
    date(2013, 11, 19), date(2015, 4, 1), date(2016, 1, 1),
    date(2016, 5, 31), date(2017, 4, 1), date(2018, 1, 1), date(2018, 8, 8), date(2018, 9, 17), date(2020, 3, 17),
    date(2020, 4, 1), date(2020, 9, 1), date(2021, 4, 1), date(2021, 6, 1), date(2021, 6, 28), date(2022, 4, 1),
    date(2023, 1, 1), date(2024, 4, 1), date(2025, 4, 1), date(2026, 4, 1), date(2027, 1, 1),
    date(2016, 2, 29), date(2020, 2, 29), date(2024, 2, 29), date(2028, 2, 29), date(2023, 2, 28), date(2022, 8, 31),
    date(2023, 3, 31), date(2024, 10, 31), date(2019, 12, 25), date(2024, 3, 29), date(2025, 12, 31),
]  # fmt: skip

turning_days = st.builds(lambda day, step: day + step * DAY, st.sampled_from(TURNING), st.integers(-1, 1))
days = st.one_of(turning_days, st.dates(FIRST, LAST))
lengths = st.one_of(st.sampled_from([0, 1, 4, 11, 24]), st.integers(0, 40))
lags = st.one_of(st.sampled_from([0, 1, 28, 45]), st.integers(0, 120))
any_day = st.dates(date(1900, 1, 1), date(2200, 12, 31))

_GRADES = [ir.Grade.OUTSTANDING, ir.Grade.GOOD, ir.Grade.REQUIRES_IMPROVEMENT, ir.Grade.INADEQUATE]
grades = st.one_of(st.sampled_from(_GRADES), st.sampled_from(_GRADES), st.sampled_from(list(ir.Grade)))


def kinds_of(who: str) -> list[ir.Activity]:
    """The activities that can stand in the history of an authority or a provider."""
    return [kind for kind, meaning in ACTIVITIES.items() if meaning.event and who in meaning.to]


@st.composite
def judgements(draw: st.DrawFn, activity: ir.Activity, first: date) -> dict[str, Any]:
    """Judgements that the activity may give: all of them nearly always, none or some now and then."""
    areas = areas_judged(activity, first)
    how = draw(st.sampled_from(["all", "all", "all", "all", "some", "none"])) if activity in GRADED else "none"
    given = [area for area in areas if how == "all" or (how == "some" and draw(st.booleans()))]
    return {area: draw(grades) for area in given}


@st.composite
def events(draw: st.DrawFn, who: str = "authority") -> ir.Event:
    """One event with its dates in order, some of them not known."""
    activity = draw(st.one_of(st.sampled_from(sorted(GRADED & set(kinds_of(who)))), st.sampled_from(kinds_of(who))))
    started = draw(days)
    ended = started + draw(lengths) * DAY
    published = ended + draw(lags) * DAY
    known = draw(st.sampled_from(["all", "all", "all", "all", "no end", "no report", "only report", "start only"]))
    dates: dict[str, date | None] = {
        "started": None if known == "only report" else started,
        "ended": ended if known in ("all", "no report") else None,
        "published": published if known in ("all", "no end", "only report") else None,
    }
    first = dates["started"] or dates["ended"] or dates["published"]
    assert first is not None
    outcome = None
    if activity is ir.Activity.FOCUSED_VISIT and draw(st.booleans()):
        outcome = ir.Outcome.AREAS_FOR_PRIORITY_ACTION
    elif draw(st.integers(0, 2)) == 0:
        outcome = draw(st.sampled_from(list(ir.Outcome)))
    return ir.Event(
        activity=activity,
        judgements=ir.Judgements(**draw(judgements(activity, first))),
        outcome=outcome,
        precision="month" if dates["started"] and dates["started"].day == 1 and draw(st.booleans()) else "day",
        **dates,
    )


def without_clashes(given: Iterable[ir.Event]) -> list[ir.Event]:
    """The events of a list that can all have happened: each that does not clash with one before it."""
    kept: list[ir.Event] = []
    for event in given:
        if find_clash([*kept, event]) is None:
            kept.append(event)
    return kept


def histories(who: str = "authority", most: int = 8) -> st.SearchStrategy[list[ir.Event]]:
    return st.lists(events(who), max_size=most).map(without_clashes)


@st.composite
def coverages(draw: st.DrawFn, who: str = "authority") -> Any:
    """Everything, or some activities, each always or from or until a day."""
    if draw(st.booleans()):
        return "everything"
    found: list[ir.Covered] = []
    for kind in draw(st.lists(st.sampled_from(kinds_of(who)), unique=True)):
        ends = sorted(draw(st.lists(days, min_size=2, max_size=2)))
        since, until = (end if draw(st.booleans()) else None for end in ends)
        found.append(ir.Covered(activity=kind, since=since, until=until))
    return found


authorities = st.builds(
    ir.LocalAuthority,
    name=st.sampled_from(["An authority", "Stoke-on-Trent", "Kingston upon Hull, City of"]),
    created=st.one_of(days, days, st.none()),
    covers=coverages(),
    events=histories(),
)
providers = st.builds(
    ir.Provider,
    type=st.sampled_from([kind for kind in ir.ProviderType if kind.value in BEGINS]),
    name=st.just("A provider"),
    registered=st.one_of(days, days, st.none()),
    covers=coverages("provider"),
    events=histories("provider", 5),
)
subjects: st.SearchStrategy[Subject] = st.one_of(authorities, providers)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Subject, date]:
    """A subject, and a day on which the rulebook answers it: often one of its own days, or the day before or after."""
    subject = draw(subjects)
    own = [day for event in subject.events for day in (event.started, event.ended, event.published) if day]
    near = st.builds(lambda day, step: day + step * DAY, st.sampled_from(own), st.integers(-1, 1)) if own else days
    day = draw(st.one_of(near, days))
    return subject, max(day, BEGINS[subject.type])


@st.composite
def other_futures(draw: st.DrawFn, subject: Subject, as_of: date) -> Subject:
    """The same subject as it was known on a day, with another future."""
    later = st.integers(1, 2000).map(lambda count: as_of + count * DAY)
    known = [draw(_other_end(event, as_of, later)) for event in subject.events if event.first_known <= as_of]
    who = "authority" if isinstance(subject, ir.LocalAuthority) else "provider"
    assume(find_clash(known) is None)
    unknown = [event for event in draw(histories(who, 3)) if event.first_known > as_of]
    changed = {"events": without_clashes([*known, *unknown])}
    given = {name: getattr(subject, name) for name in type(subject).model_fields} | changed
    for name in ("created", "registered"):
        if given.get(name) and given[name] > as_of:
            given[name] = draw(later)
    return type(subject)(**given)


@st.composite
def _other_end(draw: st.DrawFn, event: ir.Event, as_of: date, later: st.SearchStrategy[date]) -> ir.Event:
    """The same event, with what lay after the day changed: its end, its report and what that report says."""
    given: dict[str, Any] = {name: getattr(event, name) for name in type(event).model_fields}
    ended, published = event.ended, event.published
    if published and published > as_of:
        change = draw(st.sampled_from(["same", "another day", "no report yet"]))
        if change != "same":
            given["judgements"], given["outcome"] = {}, None
        if change == "another day":
            ends = ended if ended and ended <= as_of else None
            given["published"], given["ended"] = draw(later), ends
            given["judgements"] = draw(judgements(event.activity, event.first_known))
        if change == "no report yet":
            given["published"] = None
            given["ended"] = draw(later) if ended and ended > as_of else ended
    elif ended and ended > as_of:
        given["ended"] = draw(later)
    return ir.Event(**given)
