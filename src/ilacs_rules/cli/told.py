"""A record as it is told on the command line, and repeated with what was left out and what was assumed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ilacs_rules.cli.given import covers_of
from ilacs_rules.cli.options import Refusal
from ilacs_rules.cli.words import as_typed
from ilacs_rules.dates import in_full
from ilacs_rules.outlook.words import kind_in_words
from ilacs_rules.reading.words import as_key, told_by_day
from ilacs_rules.records import Event, LocalAuthority, Provider, Subject
from ilacs_rules.rulebook import load_rulebook
from ilacs_rules.values import as_day, month_of
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["record_of", "said_back"]

Options = Sequence[tuple[str, str]]
"""Options of events, each with its text, in the order in which they were given."""


def record_of(order: Options, given: Mapping[str, Any]) -> tuple[Subject, frozenset[Event]]:
    """The record that options describe, and the events whose activity was assumed.

    Raises:
        UnknownWordError, RecordError: a word is not known, or a day is wrong; the message names the option.
        Refusal: an option of an event comes before any event, or twice for one.

    >>> subject, supposed = record_of([("inspected", "2024-03-11"), ("judged", "Good")], {"kind": "Children's home"})
    >>> subject, [event.activity.value for event in supposed]
    (Provider(type='childrens_home', name="Children's home", events=1), ['full_inspection'])
    """
    kind = as_typed("type", given["kind"], "--type")
    events = [_event(kind, options) for options in _by_event(order)]
    covers = covers_of(given.get("covers", ()))
    values: dict[str, Any] = {
        "type": kind,
        "name": given.get("name") or _capital(kind_in_words(kind)),
        "events": [event for event, _ in events],
        **{name: as_day(given[name], f"--{name}") for name in _DAYS if given.get(name)},
    }
    if covers:
        values["covers"] = covers
    model = LocalAuthority if kind == "local_authority" else Provider
    return model.model_validate(values), frozenset(event for event, supposed in events if supposed)


_DAYS = ("registered", "closed", "created", "abolished")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _by_event(order: Options) -> list[Options]:
    """The options of each event, its first day first."""
    events: list[list[tuple[str, str]]] = []
    for option, text in order:
        if option == "inspected":
            events.append([])
        elif not events:
            raise Refusal(f"--{option} {text}: comes before any event; expected --inspected DAY first")
        elif option != "judged" and option in dict(events[-1]):
            raise Refusal(f"--{option} {text}: is given twice for one event; expected it once after each --inspected")
        events[-1].append((option, text))
    return list(events)


def _event(kind: str, options: Options) -> tuple[Event, bool]:
    """One event, and whether its activity was assumed."""
    given = {option: _READ[option](text) for option, text in options if option != "judged"}
    first = given["inspected"]
    if kind == "local_authority" and as_key(dict(options).get("activity", "")) in told_by_day():
        # "Full" is the inspection of the framework of its day.
        given["activity"] = _supposed(kind, month_of(first) or as_day(first))
    activity = str(given.get("activity") or _supposed(kind, month_of(first) or as_day(first)))
    judgements = [_judgement(activity, text) for option, text in options if option == "judged"]
    values: dict[str, Any] = {
        "activity": activity,
        "started": first,
        "judgements": dict(judgements),
        **{name: given[name] for name in ("ended", "published", "outcome") if name in given},
    }
    return Event.model_validate(values), "activity" not in given


def _supposed(kind: str, day: date) -> str:
    """The activity of an inspection that was only said to be one: the graded inspection of that day's framework."""
    if kind != "local_authority":
        return Activity.FULL_INSPECTION
    since = min(rule.first for rule in load_rulebook().rules if rule.activity is Activity.ILACS_INSPECTION)
    return Activity.ILACS_INSPECTION if day >= since else Activity.SIF_INSPECTION


def _judgement(activity: str, text: str) -> tuple[str, str]:
    area, sign, grade = text.partition("=")
    if not sign:
        area, grade = ("effectiveness" if activity == Activity.INTERIM_INSPECTION else "overall"), text
    area = as_typed("area", area, "--judged")
    return area, as_typed("effectiveness" if area == "effectiveness" else "grade", grade, "--judged")


_READ: dict[str, Callable[[str], date | str]] = {
    "inspected": lambda text: text if month_of(text) else as_day(text, "--inspected"),
    "ended": lambda text: as_day(text, "--ended"),
    "published": lambda text: as_day(text, "--published"),
    "activity": lambda text: as_typed("activity", text, "--activity"),
    "outcome": lambda text: as_typed("outcome", text, "--outcome"),
}
_SHOWS = {"inspections": "every inspection and visit", "everything": "everything that happened"}


def said_back(subject: Subject, supposed: frozenset[Event], as_of: date) -> list[str]:
    """The record that was used, line by line.

    >>> subject, supposed = record_of([("inspected", "2024-03")], {"kind": "childrens_home", "covers": ["everything"]})
    >>> print(*said_back(subject, supposed, date(2024, 4, 1)), sep=chr(10))
    Your record: children's home; the record shows everything that happened.
      full inspection (assumed; use --activity to change this), begun in March 2024; last day not given; ...
    """
    if isinstance(subject.covers, str):
        shows = _SHOWS[subject.covers]
    else:
        shows = f"every event of these kinds: {', '.join(in_words(item.activity) for item in subject.covers)}"
    hint = " (use --covers to change this)" if subject.covers == "inspections" else ""
    events = [f"  {'; '.join(_parts(event, as_of, supposed=event in supposed))}" for event in subject.events]
    nothing = ["  nothing has happened to it (use --inspected to add an event)"]
    days = "".join(f", {name} {in_full(day)}" for name in _DAYS if (day := getattr(subject, name, None)))
    return [
        f"Your record: {kind_in_words(str(subject.type))}{days}; the record shows {shows}{hint}.",
        *(events or nothing),
    ]


def _parts(event: Event, as_of: date, *, supposed: bool) -> list[str]:
    first = in_full(event.first_known)
    begun = f"in {first.partition(' ')[2]}" if event.precision == "month" else first
    note = " (assumed; use --activity to change this)" if supposed else ""
    judged = [f"{in_words(area)}: {in_words(grade)}" for area, grade in event.judgements.given().items()]
    concluded = in_words(event.outcome) if event.outcome else "no judgement given"
    return [
        f"{in_words(event.activity)}{note}, begun {begun}",
        f"last day {in_full(event.ended)}" if event.ended else "last day not given",
        f"published {in_full(event.published)}" if event.published else "day of publication not given",
        *(judged or [concluded]),
        *_not_yet(event, as_of),
    ]


def _not_yet(event: Event, as_of: date) -> Iterator[str]:
    """What lies after the day asked about, and so was not known then."""
    if event.first_known > as_of:
        yield "this is after the day you ask about, so it does not count"
    elif event.published and event.published > as_of:
        yield "the report is not out on the day you ask about, so what it found does not count"
