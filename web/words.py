"""The words of the form, out of the library's vocabulary, so that the form stands there before Python does."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ilacs_rules import Event, IlacsRulesError
from ilacs_rules.outlook.words import capital, kind_in_words
from ilacs_rules.vocabulary import (
    ACTIVITIES,
    Activity,
    ActivityMeaning,
    Area,
    Effectiveness,
    Grade,
    Outcome,
    ProviderType,
    in_words,
    meaning_of,
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
        "grades": [_said(grade) for grade in Grade],
        "effectiveness": [_said(word) for word in Effectiveness],
        "outcomes": [{**_said(outcome), "means": meaning_of(outcome)} for outcome in Outcome],
    }


def _said(word: Grade | Effectiveness | Outcome) -> dict[str, str]:
    return {"value": word.value, "words": capital(in_words(word))}


def _activity(activity: Activity, meaning: ActivityMeaning) -> dict[str, Any]:
    return {
        "value": activity.value,
        "words": capital(meaning.words),
        "to": sorted(meaning.to),
        "graded": meaning.graded,
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
