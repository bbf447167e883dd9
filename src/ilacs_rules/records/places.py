"""Where an event, or what is covered, stood in the list that was given: a record keeps both in order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from ilacs_rules.errors import RecordError
from ilacs_rules.records.covers import Covered, coverage_order
from ilacs_rules.records.events import Event, event_order
from ilacs_rules.values.faults import Place, place_of
from ilacs_rules.vocabulary import ACTIVITIES, Activity

__all__ = ["activities_within", "in_the_list_given", "true_place"]


def in_the_list_given(fault: RecordError, data: object, wrong: Sequence[Place]) -> RecordError:
    """A fault of the third event in order of date, as one of the event's place in the list.

    Args:
        fault: with the place in the record, such as ``events[2].started``; any other comes back as it is.
        data: what was given.
        wrong: places that cannot stand. What stood there is not in the record, and not counted.

    >>> may, april = ({"activity": "jtai", "started": day} for day in ("2024-05-01", "2024-04-01"))
    >>> given = {"events": [may, april]}
    >>> in_the_list_given(RecordError("is too early", field="events[0].started"), given, ()).field
    'events[1].started'
    >>> in_the_list_given(RecordError("is too early", field="events[0].started"), None, ()).field
    'events'
    """
    name, *rest = fault.loc or ("",)
    if name not in _ORDERED or not rest or not isinstance(rest[0], int):
        return fault
    order = _places(str(name), data, wrong)
    place = (name, order[rest[0]], *rest[1:]) if rest[0] < len(order) else (name,)
    return fault.at(place_of(true_place(place, data)))


def true_place(place: Place, data: object) -> Place:
    """A place within a word is the word's own: ``covers[1].activity`` is no place in a list of words.

    >>> true_place(("covers", 0, "activity"), {"covers": ["jtia"]})
    ('covers', 0)
    >>> true_place(("covers", 0, "activity"), {"covers": [{"activity": "jtia"}]})
    ('covers', 0, 'activity')
    """
    items = _list_of("covers", data)
    if place[:1] != ("covers",) or len(place) < 3 or not isinstance(place[1], int) or place[1] >= len(items):
        return place
    return place[:2] if isinstance(items[place[1]], str) else place


def activities_within(data: object, wrong: Sequence[Place]) -> Iterator[tuple[str, Activity]]:
    """The activities of events that cannot stand for another fault, each with its place.

    >>> event = {"activity": "jtai", "started": "soon"}
    >>> [*activities_within({"events": [event, event]}, [("events", 0, "started")])]
    [('events[0].activity', <Activity.JTAI: 'jtai'>)]
    >>> [*activities_within({"events": [{"activity": "jtia"}]}, [("events", 0, "activity")])]
    []
    """
    out = {place[1] for place in wrong if place[:1] == ("events",) and len(place) > 1}
    for number, item in enumerate(_list_of("events", data)):
        activity: object = cast("Mapping[str, Any]", item).get("activity") if isinstance(item, Mapping) else None
        if number in out and isinstance(activity, str) and activity in ACTIVITIES:
            yield place_of(("events", number, "activity")), Activity(activity)


def _places(name: str, data: object, wrong: Sequence[Place]) -> list[int]:
    """The places in the list that was given, in the order in which a record keeps them; none where it is no list."""
    items = _list_of(name, data)
    out = {place[1] for place in wrong if place[:1] == (name,) and len(place) > 1}
    model, order = _ORDERED[name]
    made = {number: model.model_validate(item) for number, item in enumerate(items) if number not in out}
    return sorted(made, key=lambda number: order(made[number]))


def _list_of(name: str, data: object) -> Sequence[Any]:
    given: object = cast("Mapping[str, Any]", data).get(name) if isinstance(data, Mapping) else None
    return cast("Sequence[Any]", given) if isinstance(given, list | tuple) else ()


_ORDERED: dict[int | str, tuple[type[Event] | type[Covered], Any]] = {
    "events": (Event, event_order),
    "covers": (Covered, coverage_order),
}
