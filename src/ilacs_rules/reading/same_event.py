"""Rows that tell of one event, made into one: from one sheet or several. What they say differently is reported.

A later sheet is followed: Ofsted includes revisions of a year's data in the next year's statistics. Of sheets of the
same day none can be preferred, so what differs between them is left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from operator import itemgetter

from ilacs_rules.reading.days_in_order import DAYS, ordered
from ilacs_rules.reading.log import Log
from ilacs_rules.reading.problems import Action
from ilacs_rules.reading.rows import Found
from ilacs_rules.records import Event, areas_judged, on_site
from ilacs_rules.vocabulary import GRADED, Activity, Effectiveness, Grade, in_words

__all__ = ["events_of"]


def events_of(founds: Iterable[Found], log: Log) -> tuple[Event, ...]:
    """The events of a subject's rows; those that tell of the same one are made into one."""
    clusters = _clusters([found for found in founds if found.event])
    if len(clusters) > 1 and any(map(_is_of_authority, clusters)):
        clusters = _met(clusters)
    read = [(group[0], group[0].event if len(group) == 1 else _one(group, log)) for group in clusters]
    return _apart([(found, event) for found, event in read if event], log)


def _keys(found: Found, without_start: Collection[date | None]) -> list[tuple[str, object]]:
    """What two rows of one event share: kind and first day, its number, or (without a first day) its publication."""
    event, kind = found.event, found.activity
    assert event
    assert kind
    group = "graded" if kind in GRADED else kind.value
    keys: list[tuple[str, object]] = [(group, event.first_known)]
    if found.number.isdigit():
        keys.append(("number", found.number))
    if event.published and event.published in without_start:
        keys.append((f"{group} published", event.published))
    return keys


def _clusters(founds: Sequence[Found]) -> list[list[Found]]:
    """The rows of each event: those that share a key, or that another joins."""
    without_start = {event.published for found in founds if (event := found.event) and not event.started}
    keys = [_keys(found, without_start) for found in founds]
    if len(set(chain.from_iterable(keys))) == sum(map(len, keys)):
        return [[found] for found in founds]
    owner: dict[tuple[str, object], int] = {}
    leads = list(range(len(founds)))

    def lead(place: int) -> int:
        while leads[place] != place:
            place = leads[place]
        return place

    for place, own in enumerate(keys):
        for key in own:
            other = lead(owner.setdefault(key, place))
            leads[max(other, lead(place))] = min(other, lead(place))
    groups: dict[int, list[Found]] = {}
    for place, found in enumerate(founds):
        groups.setdefault(lead(place), []).append(found)
    return list(groups.values())


_ONE_INSPECTION = 200
"""Days: an authority is never inspected twice within so many, and a report takes fewer."""


def _met(clusters: list[list[Found]]) -> list[list[Found]]:
    """The same, where one sheet knows only the first day of an inspection and another only its publication."""
    of_authority = [group for group in clusters if _is_of_authority(group)]
    begun = [group for group in of_authority if not any(_day_of(found, "published") for found in group)]
    out = [group for group in of_authority if not any(_day_of(found, "started") for found in group)]
    for group in out if begun else ():
        published = max(day for found in group if (day := _day_of(found, "published") or _day_of(found, "ended")))
        near = [
            other
            for other in begun
            if (day := min(filter(None, (_day_of(found, "started") for found in other)), default=None))
            and 0 <= (published - day).days <= _ONE_INSPECTION
        ]
        if len(near) == 1 and group in clusters:
            near[0].extend(group)
            clusters.remove(group)
    return clusters


_A_WEEK = 14
"""Days: a first day that is known to a week lies no earlier than this."""


def _is_of_authority(group: Sequence[Found]) -> bool:
    return all(found.activity in GRADED and found.activity is not Activity.FULL_INSPECTION for found in group)


def _day_of(found: Found, name: str) -> date | None:
    day: date | None = getattr(found.event, name)
    return day


def _one(group: Sequence[Found], log: Log) -> Event | None:
    first, *others = group
    differing = [first]
    for found in others:
        same = found.row.matched is first.row.matched
        if same and found.row is not first.row:
            alike = list(found.row.cells) == list(first.row.cells)
            words = in_words(first.activity) if first.activity else "event"
            problem = (
                f"repeats another row: line {first.row.line}"
                if alike
                else f"is about the same {words} as another row: line {first.row.line}"
            )
            log.add("row merged", found.row, "row", problem)
            if alike:
                continue
        if found.event != first.event:
            differing.append(found)
    return first.event if len(differing) == 1 else _agreed(differing, log)


class _Values:
    """What several rows say of one event, later sheets first."""

    def __init__(self, group: Sequence[Found], log: Log) -> None:
        self.group = sorted(group, key=lambda found: found.row.matched.day, reverse=True)
        self.first, self.log = self.group[0], log

    def agreed(self, name: str, values: Iterable[object]) -> object:
        """The one value that is given, or the later sheet's; ``None`` where none is, or none can be preferred."""
        given = [
            (found.row.matched.day, value) for found, value in zip(self.group, values, strict=True) if value is not None
        ]
        counts = Counter(value for _, value in given)
        if len(counts) <= 1:
            return next(iter(counts), None)
        latest = {value for day, value in given if day == given[0][0]}
        followed = latest.pop() if len(latest) == 1 else None
        said = ", ".join(str(value) for value in counts)
        problem = (
            "differs between sheets, and the later one is used" if followed else "differs between rows of one event"
        )
        action: Action = "kept" if followed else "value left out"
        self.log.add(
            action, self.first.row, self.first.column(name), problem, str(followed or "the same in each"), value=said
        )
        return followed


def _agreed(group: Sequence[Found], log: Log) -> Event | None:
    values = _Values(group, log)
    events = [found.event for found in values.group if found.event]
    activity, grades_stand = _activity_of(values, log)
    days: dict[str, date] = {}
    for name in DAYS:
        given = _first_days(events) if name == "started" else [getattr(event, name) for event in events]
        day = values.agreed(name, given)
        if isinstance(day, date):
            days[name] = day
    days = ordered(days, values.first.row, {name: values.first.column(name) for name in days}, log)
    if not days:
        days = {name: day for name in DAYS if (day := getattr(events[0], name))}
    judgements = _judgements(values, events, activity, days, grades_stand=grades_stand)
    outcome = values.agreed("outcome", [event.outcome for event in events])
    known = {event.precision for event in events if event.started and event.started == days.get("started")}
    return Event.model_validate(
        {
            "activity": activity,
            **days,
            "judgements": judgements,
            "outcome": outcome,
            "precision": next((precision for precision in ("day", "week", "month") if precision in known), "day"),
            "report": next((event.report for event in events if event.report), ""),
            "note": " | ".join(dict.fromkeys(event.note for event in events if event.note)),
        }
    )


def _first_days(events: Sequence[Event]) -> list[date | None]:
    """The first day that each gives, without those that another knows better and does not contradict."""
    exact = {event.started for event in events if event.started and event.precision == "day"}
    return [None if event.started and any(_may_be(event, day) for day in exact) else event.started for event in events]


def _may_be(event: Event, day: date) -> bool:
    """Whether a day may be the first of an event of which that is not known to the day."""
    first = event.started
    if first is None or event.precision == "day":
        return False
    if event.precision == "month":
        return (first.year, first.month) == (day.year, day.month)
    return 0 <= (first - day).days <= _A_WEEK


def _judgements(
    values: _Values, events: Sequence[Event], activity: Activity, days: Mapping[str, date], *, grades_stand: bool
) -> dict[str, Grade | Effectiveness]:
    first = next(iter(days.values()))
    may = areas_judged(activity, first, or_earlier="started" not in days)
    if activity is Activity.INTERIM_INSPECTION:
        may = ("effectiveness",)
    if not grades_stand:
        return dict.fromkeys(may, Grade.NOT_RECORDED)
    given = [event.judgements.given() for event in events]
    found: dict[str, Grade | Effectiveness] = {}
    for area in dict.fromkeys(area for each in given for area in each if area in may):
        # "Not recorded" is what one file could not say; another may.
        said = [None if each.get(area) == Grade.NOT_RECORDED else each.get(area) for each in given]
        agreed = values.agreed(area, said)
        if isinstance(agreed, Grade | Effectiveness):
            found[area] = agreed
        elif area != "effectiveness":
            found[area] = Grade.NOT_RECORDED
    return found


def _activity_of(values: _Values, log: Log) -> tuple[Activity, bool]:
    """Which activity rows of one event mean, and whether their grades can stand."""
    sure = [found for found in values.group if not found.loose] or values.group
    kinds = list(dict.fromkeys(found.activity for found in sure if found.activity))
    if len(kinds) > 1 and Activity.ILACS_INSPECTION in kinds:
        kinds.remove(Activity.ILACS_INSPECTION)
    if len(kinds) == 1:
        return kinds[0], True
    ilacs = {Activity.ILACS_STANDARD, Activity.ILACS_SHORT}
    words = ", ".join(in_words(kind) for kind in kinds)
    problem = "begin on the same day, but only one of them can have happened"
    stands = Activity.ILACS_INSPECTION if ilacs.issuperset(kinds) else kinds[0]
    expected = "one graded inspection at a time"
    log.add(
        "value left out", values.first.row, "activity", f"{problem}: read as {in_words(stands)}", expected, value=words
    )
    return stands, stands is Activity.ILACS_INSPECTION


def _apart(read: Sequence[tuple[Found, Event]], log: Log) -> tuple[Event, ...]:
    """The events; a last day on site that reaches into the next graded inspection contradicts it, and is left out."""
    events = [event for _, event in read]
    if len(events) < 2:
        return tuple(events)
    graded = [
        (span, place) for place, event in enumerate(events) if event.activity in GRADED and (span := on_site(event))
    ]
    for ((_, last), place), ((then, _), _) in pairwise(sorted(graded, key=itemgetter(0))):
        if then <= last:
            problem = f"is after the next graded inspection had begun: {then}"
            log.add(
                "value left out",
                read[place][0].row,
                read[place][0].column("ended"),
                problem,
                f"a day before {then}",
                value=str(last),
            )
            events[place] = events[place].model_copy(update={"ended": None})
    return tuple(events)
