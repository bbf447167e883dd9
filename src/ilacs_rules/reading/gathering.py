"""From a subject's rows to the subject: one event for each thing that happened, one name, one type."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias, TypeVar

from ilacs_rules.errors import nearest
from ilacs_rules.reading.cells import DAY, Found, as_word, ordered, read_day
from ilacs_rules.reading.providers import provider_type
from ilacs_rules.reading.tables import Log, Row
from ilacs_rules.records import Covered, Event, LocalAuthority, Provider, Whole, areas_judged, on_site
from ilacs_rules.vocabulary import GRADED, Activity, Grade, ProviderType, in_words

__all__ = ["Covers", "authority_of", "events_of", "provider_of"]

_Value = TypeVar("_Value")
Covers: TypeAlias = Whole | tuple[Covered, ...]
"""What a subject's record would show, as its ``covers`` holds it."""


def authority_of(urn: str, founds: Sequence[Found], covers: Covers, log: Log) -> LocalAuthority:
    """The authority that some rows speak of, named as in its latest row that names it."""
    name = _of_latest(founds, "name", lambda row: as_word(row["name"]), log)
    if not name:
        log.without(founds[0].row, "name", "is empty in every row of this urn, which stands in for it", "a name")
    named = [found.row["name"] for found in founds if name and as_word(found.row["name"]) == name]
    return LocalAuthority(
        name=" ".join(named[-1].split()) if named else urn, urn=urn, covers=covers, events=events_of(founds, log)
    )


def provider_of(urn: str, founds: Sequence[Found], covers: Covers, log: Log) -> Provider | None:
    """The provider that some rows speak of, or ``None`` where no row, or not one word, says what kind it is.

    Names of homes are not published, so the urn is its name.
    """
    kind = _type_of(founds, log)
    if kind is None:
        return None
    events = events_of(founds, log)
    registered = _registered(founds, events, log)
    return Provider(type=kind, name=urn, urn=urn, covers=covers, registered=registered, events=events)


def _type_of(founds: Sequence[Found], log: Log) -> ProviderType | None:
    """The kind of provider as of its latest row. Where that cannot be told all is skipped: rules differ by kind."""
    known = [found for found in founds if provider_type(found.row)]
    day = max(map(_day, known), default=date.min)
    latest = [found for found in known if _day(found) == day]
    if len({provider_type(found.row) for found in latest}) != 1:
        words = ", ".join(sorted({found.row["provision_type"] for found in latest or founds}))
        problem = (
            "has two values on the latest day" if known else "is not a known provider type" if words else "is empty"
        )
        log.skip_subject(founds[-1].row, "provision_type", problem, nearest(words, ProviderType), value=words)
        for found in founds:
            if found.event:
                log.skip(found.row, "urn", "is of a subject that was skipped")
        return None
    for text, found in {found.row["provision_type"]: found for found in founds if not provider_type(found.row)}.items():
        problem = "is not a known provider type" if text else "is empty"
        log.without(found.row, "provision_type", problem, nearest(text, ProviderType))
    return _of_latest(founds, "provision_type", provider_type, log)


def _registered(founds: Sequence[Found], events: Iterable[Event], log: Log) -> date | None:
    """The day of registration where the rows give one, and nothing happened before it."""
    days: dict[date, Row] = {}
    for found in founds:
        text = found.row["registration_date"]
        day = read_day(text)
        if day:
            days.setdefault(day, found.row)
        elif text:
            log.without(found.row, "registration_date", "is not a day", DAY)
    if len(days) > 1:
        both = ", ".join(str(day) for day in sorted(days))
        row = list(days.values())[1]
        log.without(row, "registration_date", "differs from another row of this urn", "one day", value=both)
        return None
    first = min((event.first_known for event in events), default=date.max)
    for day, row in days.items():
        if first < day:
            log.without(row, "registration_date", f"is later than an event of {first}", f"{first} or earlier")
            return None
    return next(iter(days), None)


def _of_latest(founds: Sequence[Found], column: str, read: Callable[[Row], _Value | None], log: Log) -> _Value | None:
    """What the subject's latest row that says it says; that earlier rows said something else is reported once."""
    known = [(found, value) for found in sorted(founds, key=_day) if (value := read(found.row))]
    if not known:
        return None
    latest, value = known[-1]
    others = [found for found, other in known if other != value]
    if others:
        words = ", ".join(sorted({found.row[column] for found in others}))
        problem = f"differs from the subject's latest row (line {latest.row.line}), which is followed"
        log.without(others[-1].row, column, problem, latest.row[column], value=words)
    return value


def _day(found: Found) -> date:
    return found.event.first_known if found.event else date.min


def events_of(founds: Iterable[Found], log: Log) -> tuple[Event, ...]:
    """The events of a subject's rows; rows that tell of the same one are made into one, and the others skipped."""
    same: dict[tuple[date, str], list[tuple[Row, Event]]] = {}
    for found in founds:
        if found.event:
            kind = "graded" if found.event.activity in GRADED else found.event.activity.value
            same.setdefault((found.event.first_known, kind), []).append((found.row, found.event))
    return _apart([(group[0][0], _one(group, log)) for group in same.values()], log)


def _apart(read: Iterable[tuple[Row, Event]], log: Log) -> tuple[Event, ...]:
    """The events; a last day on site that reaches into the next graded inspection contradicts it, and is left out."""
    events = {row.line: event for row, event in read}
    graded = [(span, row) for row, event in read if event.activity in GRADED and (span := on_site(event))]
    for ((_, last), row), ((then, _), _) in pairwise(sorted(graded, key=itemgetter(0))):
        if then <= last:
            problem = f"contradicts the graded inspection that begins on {then}"
            log.without(row, "end_date", problem, f"a day before {then}", value=str(last))
            events[row.line] = events[row.line].model_copy(update={"ended": None})
    return tuple(events.values())


def _one(group: Sequence[tuple[Row, Event]], log: Log) -> Event:
    """One event of several rows. What they say differently is left out: none of them can be preferred."""
    (first, event), *others = group
    differing: list[Event] = [event]
    for row, other in others:
        if row.cells == first.cells:
            log.skip(row, "row", f"stands twice: line {first.line} is the same", value=row["event_type"])
        else:
            log.skip(
                row,
                "row",
                f"is the same {in_words(event.activity)} as line {first.line}, and was read into it",
                value=row["event_type"],
            )
            differing.append(other)
    return event if len(differing) == 1 else _agreed(first, differing, log)


_DAYS = ("started", "ended", "published")


def _agreed(row: Row, events: Sequence[Event], log: Log) -> Event:
    activity, grades_stand = _activity_of(row, events, log)
    days = {name: day for name in _DAYS if (day := _same(row, name, [getattr(e, name) for e in events], log))}
    judgements: dict[str, object] = {}
    if not grades_stand:
        judgements = dict.fromkeys(areas_judged(activity, events[0].first_known), Grade.NOT_RECORDED)
    else:
        given = [event.judgements.given() for event in events]
        for area in dict.fromkeys(area for each in given for area in each):
            grade = _same(row, area, [each.get(area) for each in given], log)
            judgements[area] = grade or (None if area == "effectiveness" else Grade.NOT_RECORDED)
    return Event.model_validate(
        {
            "activity": activity,
            **ordered(days, row, {name: name for name in days}, log),
            "judgements": judgements,
            "outcome": _same(row, "outcome", [event.outcome for event in events], log),
            "precision": "month" if "started" in days and any(e.precision == "month" for e in events) else "day",
            "report": next((event.report for event in events if event.report), ""),
            "note": " | ".join(dict.fromkeys(event.note for event in events if event.note)),
        }
    )


def _activity_of(row: Row, events: Sequence[Event], log: Log) -> tuple[Activity, bool]:
    """Which activity rows of one day mean, and whether their grades can stand."""
    kinds = list(dict.fromkeys(event.activity for event in events))
    if len(kinds) == 1:
        return kinds[0], True
    ilacs = {Activity.ILACS_STANDARD, Activity.ILACS_SHORT}
    words = ", ".join(in_words(kind) for kind in kinds)
    problem = "begin on one day, where there can have been one inspection"
    stands = Activity.ILACS_INSPECTION if ilacs.issuperset(kinds) else kinds[0]
    log.without(
        row, "event_type", f"{problem}: read as {in_words(stands)}", "one graded inspection at a time", value=words
    )
    return stands, stands is Activity.ILACS_INSPECTION


def _same(row: Row, name: str, values: Iterable[_Value | None], log: Log) -> _Value | None:
    """The one value that is given; ``None`` where none is, or where two differ."""
    counts = Counter(value for value in values if value is not None)
    if len(counts) > 1:
        differing = ", ".join(str(value) for value in counts)
        log.without(row, name, "differs between rows of one event", "the same in each", value=differing)
        return None
    return next(iter(counts), None)
