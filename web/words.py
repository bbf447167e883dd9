"""The words of the form, out of the library's vocabulary, so that the form stands there before Python does."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from web.labels import FIELDS

from ilacs_rules import Event, IlacsRulesError
from ilacs_rules.outlook.words import capital, kind_in_words
from ilacs_rules.reading.form import EVENT_FIELDS, ROW_FIELDS
from ilacs_rules.reading.suggesting.unknown import kind_of_words
from ilacs_rules.vocabulary import (
    ACTIVITIES,
    CONCLUDES,
    OF_SUPPORTED_ACCOMMODATION,
    OLDER_SCALES,
    OLDER_SCALES_UNTIL,
    Activity,
    ActivityMeaning,
    Area,
    Effectiveness,
    Grade,
    Outcome,
    ProviderType,
    in_words,
)

__all__ = ["words"]


def words() -> dict[str, Any]:
    """What the form offers: kinds of subject, activities with what each judges and since when, grades and outcomes.

    >>> found = words()
    >>> found["kinds"][0]
    {'value': 'local_authority', 'words': 'Local authority', 'who': 'authority'}
    >>> [each["value"] for each in found["activities"] if each["judges"][:1] == [["effectiveness", None, None]]]
    ['interim_inspection']
    """
    kinds = [("local_authority", "authority"), *((kind.value, "provider") for kind in ProviderType)]
    return {
        "kinds": [{"value": value, "words": capital(kind_in_words(value)), "who": who} for value, who in kinds],
        "activities": [_activity(activity, meaning) for activity, meaning in ACTIVITIES.items() if meaning.event],
        "areas": {**{area.value: capital(in_words(area)) for area in Area}, "effectiveness": "Effectiveness"},
        "grades": [{**_said(grade), "until": _until(grade)} for grade in Grade],
        "effectiveness": [_said(word) for word in Effectiveness],
        "labels": dict(FIELDS),
        "columns": list(_columns()),
        "outcomes": [{**_said(outcome), "of": _only_of(outcome)} for outcome in Outcome],
    }


_OF_A_SHEET = ("urn", "name", "type", "registered", "closed", "created", "abolished", "region")
_OF_AN_EVENT = ("activity", "started", "ended", "published", "outcome")


def _columns() -> Iterator[dict[str, str]]:
    """What a column of somebody's own table may be said to hold."""
    areas = {**{area.value: in_words(area) for area in Area}, "effectiveness": "effectiveness"}
    held = {
        **{name: capital(ROW_FIELDS[name]) for name in _OF_A_SHEET},
        **{name: capital(EVENT_FIELDS[name]) for name in _OF_AN_EVENT},
        **{name: f"Judgement: {words}" for name, words in areas.items()},
        "note": "A note",
    }
    yield from ({"value": name, "words": words, "kind": kind_of_words(name)} for name, words in held.items())


def _until(grade: Grade) -> dict[str, str]:
    """The last day of inspections that could give a grade of an older scale, by whom they were of."""
    return {who: str(day) for who, day in OLDER_SCALES_UNTIL.items()} if grade in OLDER_SCALES else {}


def _only_of(outcome: Outcome) -> str:
    """The one kind of setting that gets such an outcome; empty where any does."""
    return ProviderType.SUPPORTED_ACCOMMODATION.value if outcome in OF_SUPPORTED_ACCOMMODATION else ""


def _said(word: Grade | Effectiveness | Outcome) -> dict[str, str]:
    return {"value": word.value, "words": capital(in_words(word))}


def _activity(activity: Activity, meaning: ActivityMeaning) -> dict[str, Any]:
    return {
        "value": activity.value,
        "words": capital(meaning.words),
        "to": sorted(meaning.to),
        "graded": meaning.graded,
        "inspects": meaning.inspects,
        "outcomes": [outcome.value for outcome in CONCLUDES.get(activity, ())],
        "judges": list(_judged(activity, meaning)),
    }


def _judged(activity: Activity, meaning: ActivityMeaning) -> Iterator[list[str | None]]:
    """Each area with the first and last day of an activity that judges it; nothing where it always does."""
    try:
        Event(activity=activity, started="2020-01-06", judgements={"effectiveness": Effectiveness.SUSTAINED})
    except IlacsRulesError:
        yield from ([area.value, _bound(first), _bound(last)] for area, first, last in meaning.judges)
    else:
        yield ["effectiveness", None, None]


def _bound(day: date) -> str | None:
    return None if day in {date.min, date.max} else day.isoformat()
