"""Bad input: each refusal is of the library's own family and names the field, the value and what was expected."""

# pyright: reportUnhashable=false, reportArgumentType=false

import json
from collections.abc import Callable
from copy import copy, deepcopy
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import pytest
from pydantic import ValidationError

import ilacs_rules as ir
from ilacs_rules.vocabulary import ACTIVITIES

VISIT: dict[str, Any] = {"activity": "focused_visit", "started": date(2024, 4, 9)}
STANDARD: dict[str, Any] = {
    "activity": "ilacs_standard",
    "started": date(2024, 4, 15),
    "ended": date(2024, 4, 26),
    "published": date(2024, 6, 7),
    "judgements": {"overall": "good"},
}
ON = date(2024, 9, 2)


def authority(*events: dict[str, Any], **values: Any) -> ir.LocalAuthority:
    return ir.LocalAuthority(**{"name": "An authority", "events": events, **values})


def agency(*events: dict[str, Any], **values: Any) -> ir.Provider:
    given = {"type": "independent_fostering_agency", "name": "An agency", "events": events}
    return ir.Provider(**{**given, **values})


# --- one event ---

BAD_EVENTS: dict[str, tuple[dict[str, Any], type[ir.RecordError], tuple[str, ...]]] = {
    "an unknown grade": (
        {**STANDARD, "judgements": {"overall": "goood"}},
        ir.UnknownWordError,
        ("judgements.overall", "is not a known grade", "'goood'", "'good'?"),
    ),
    "a grade in capitals": (
        {**STANDARD, "judgements": {"overall": "Requires Improvement"}},
        ir.UnknownWordError,
        ("overall", "'Requires Improvement'", "'requires_improvement'?"),
    ),
    "a grade that is a number": ({**STANDARD, "judgements": {"overall": 2}}, ir.UnknownWordError, ("overall: ", "2")),
    "two grades in one area": (
        {**STANDARD, "judgements": {"overall": ["good", "outstanding"]}},
        ir.UnknownWordError,
        ("overall", "is not a known grade"),
    ),
    "an unknown area": (
        {**STANDARD, "judgements": {"overal": "good"}},
        ir.UnknownWordError,
        ("judgements.overal", "is not a field of Judgements", "'overall'?"),
    ),
    "judgements that are a word": ({**STANDARD, "judgements": "good"}, ir.RecordError, ("judgements: ", "'good'")),
    "judgements that are nothing": ({**STANDARD, "judgements": None}, ir.RecordError, ("judgements: ", "a mapping")),
    "an unknown activity": (
        {**VISIT, "activity": "focussed_visit"},
        ir.UnknownWordError,
        ("activity", "is not a known activity", "'focussed_visit'", "'focused_visit'?"),
    ),
    "no activity": ({"started": date(2024, 4, 9)}, ir.RecordError, ("activity", "is required")),
    "an activity that is only ever an answer": (
        {**VISIT, "activity": "inspection_report"},
        ir.UnknownWordError,
        ("activity", "is an answer", "'inspection_report'"),
    ),
    "nothing required": ({**VISIT, "activity": "nothing_required"}, ir.UnknownWordError, ("activity", "is an answer")),
    "an unknown outcome": ({**VISIT, "outcome": "priority"}, ir.UnknownWordError, ("outcome", "'priority'")),
    "an unknown precision": (
        {**VISIT, "precision": "year"},
        ir.UnknownWordError,
        ("precision: is not a known word", "'year'", "one of: day, month"),
    ),
    "a field that is none": (
        {**VISIT, "start": date(2024, 4, 9)},
        ir.UnknownWordError,
        ("start", "is not a field of Event", "'started'?"),
    ),
    "an end before the start": (
        {**STANDARD, "ended": date(2024, 4, 14)},
        ir.DateOrderError,
        ("ended", "cannot end before it starts", "2024-04-14", "2024-04-15 or later"),
    ),
    "a report before the end": (
        {**STANDARD, "published": date(2024, 4, 25)},
        ir.DateOrderError,
        ("published", "cannot be published before it ends", "2024-04-25", "2024-04-26 or later"),
    ),
    "a report before the start, the end not known": (
        {**STANDARD, "ended": None, "published": date(2024, 4, 14)},
        ir.DateOrderError,
        ("published", "cannot be published before it starts", "2024-04-15 or later"),
    ),
    "no date at all": ({"activity": "focused_visit"}, ir.RecordError, ("started", "has no date", "at least one of")),
    "a date whose day or month stands first": (
        {**VISIT, "started": "12/05/2022"},
        ir.RecordError,
        ("started", "is not a date in the form YYYY-MM-DD", "'2022-05-12' if the day comes first, '2022-12-05' if"),
    ),
    "a date whose day stands first": ({**VISIT, "started": "25.12.22"}, ir.RecordError, ("expected '2022-12-25')",)),
    "a date whose month stands first": ({**VISIT, "started": "5-25-2022"}, ir.RecordError, ("expected '2022-05-25')",)),
    "a date without hyphens": ({**VISIT, "started": "20240409"}, ir.RecordError, ("started", "expected '2024-04-09')")),
    "a date among blanks": ({**VISIT, "started": " 2024-04-09"}, ir.RecordError, ("started", "expected '2024-04-09')")),
    "a date of a week": ({**VISIT, "started": "2024-W15-2"}, ir.RecordError, ("started", "in the form YYYY-MM-DD")),
    "a date in the digits of another script": (
        {**VISIT, "started": "\N{ARABIC-INDIC DIGIT TWO}024-04-09"},
        ir.RecordError,
        ("started: is not a date",),
    ),
    "a day that no month has": (
        {**VISIT, "started": "2023-02-29"},
        ir.RecordError,
        ("started: is not a date in the calendar", "a day from 2023-02-01 to 2023-02-28"),
    ),
    "a month that no year has": ({**VISIT, "started": "2023-13-01"}, ir.RecordError, ("a month from 01 to 12",)),
    "a date with a time": (
        {**VISIT, "started": "2024-04-09T00:00:00Z"},
        ir.RecordError,
        ("started: is not a date alone", "the day alone, '2024-04-09'"),
    ),
    "a month in the place of the last day": (
        {**VISIT, "ended": "2024-04"},
        ir.RecordError,
        ("ended: is not a date: it is a month", "only an event's `started` may be a month"),
    ),
    "a month that is said to be a day": (
        {**VISIT, "started": "2024-04", "precision": "day"},
        ir.RecordError,
        ("started: is a month, but `precision` is 'day'", "`precision` left out"),
    ),
    "a month by a day that is not its first": (
        {**VISIT, "precision": "month"},
        ir.RecordError,
        ("started: is known only by its month", "2024-04-09", "such as '2024-03', or its first day"),
    ),
    "a last day before a month": (
        {**VISIT, "started": "2024-04", "ended": "2024-03-20"},
        ir.DateOrderError,
        ("ended: focused visit cannot end before it starts (found 2024-03-20; expected 2024-04 or later)",),
    ),
    "a report before a month": (
        {"activity": "focused_visit", "started": "2024-04", "published": "2024-03-20"},
        ir.DateOrderError,
        ("published: focused visit cannot be published before it starts", "expected 2024-04 or later)"),
    ),
    "a date that is empty": (
        {**VISIT, "started": " "},
        ir.RecordError,
        ("started: is not a date: it is empty text", "None if the day is not known"),
    ),
    "a date that is a datetime": (
        {**VISIT, "started": datetime(2024, 4, 9)},
        ir.RecordError,
        (
            "started: is not a date alone: it has a time of day",
            "2024-04-09 00:00:00",
            "only the date, 2024-04-09 if that is",
        ),
    ),
    "a date that is a timestamp of pandas": (
        {**VISIT, "started": pd.Timestamp("2024-04-09")},
        ir.RecordError,
        ("started: is not a date alone: it has a time of day",),
    ),
    "a date that pandas does not know": (
        {**VISIT, "started": pd.NaT},
        ir.RecordError,
        ("started: is not a date", "None if the day is not known"),
    ),
    "a date that pandas has no value for": (
        {**VISIT, "ended": pd.NA},
        ir.RecordError,
        ("ended: is not a date", "None"),
    ),
    "a date that is a number": (
        {**VISIT, "started": 45061},
        ir.RecordError,
        ("started: is not a date: it is a number", "45061", "programs count days from different years"),
    ),
    "a date that is a decimal number": ({**VISIT, "started": Decimal(45061)}, ir.RecordError, ("it is a number",)),
    "a date that is no number": ({**VISIT, "started": float("nan")}, ir.RecordError, ("started", "nan")),
    "a date long past": (
        {**VISIT, "started": date(1899, 12, 31)},
        ir.RecordError,
        ("started", "is too early or too late for a record", "1900-01-01 to 2100-12-31"),
    ),
    "a date that is yes": ({**VISIT, "ended": True}, ir.RecordError, ("ended: is not a date: it is yes or no", "True")),
    "a date of nonsense": ({**VISIT, "published": "last spring"}, ir.RecordError, ("published", "'last spring'")),
    "judgements of a focused visit": (
        {**VISIT, "judgements": {"overall": "good"}},
        ir.JudgementError,
        ("judgements", "focused visit gives no judgements", "'overall'", "none"),
    ),
    "judgements of a joint inspection": (
        {"activity": "jtai", "started": date(2024, 4, 9), "judgements": {"leaders": "good"}},
        ir.JudgementError,
        ("judgements", "gives no judgements"),
    ),
    "judgements of a meeting": (
        {"activity": "annual_engagement_meeting", "started": date(2024, 4, 9), "judgements": {"overall": "good"}},
        ir.JudgementError,
        ("judgements", "annual engagement meeting"),
    ),
    "an overall grade after April 2026": (
        {**STANDARD, "started": date(2026, 4, 1), "ended": None, "published": None},
        ir.JudgementError,
        ("judgements.overall", "2026-04-01", "'good'", "leaders"),
    ),
    "a care leavers' judgement before 2023": (
        {**STANDARD, "started": date(2022, 12, 31), "judgements": {"care_leavers": "good"}},
        ir.JudgementError,
        ("judgements.care_leavers", "2022-12-31", "care_and_care_leavers"),
    ),
    "a joint judgement of care and care leavers from 2023": (
        {**STANDARD, "started": date(2023, 1, 1), "judgements": {"care_and_care_leavers": "good"}},
        ir.JudgementError,
        ("judgements.care_and_care_leavers", "2023-01-01", "children_in_care"),
    ),
    "effectiveness of a full inspection": (
        {
            "activity": "full_inspection",
            "started": date(2019, 1, 7),
            "judgements": {"effectiveness": "sustained_effectiveness"},
        },
        ir.JudgementError,
        ("judgements.effectiveness", "full inspection"),
    ),
    "an overall grade of an interim inspection": (
        {"activity": "interim_inspection", "started": date(2019, 1, 7), "judgements": {"overall": "good"}},
        ir.JudgementError,
        ("judgements.overall", "interim inspection", "effectiveness"),
    ),
    "effectiveness in the words of grades": (
        {"activity": "interim_inspection", "started": date(2019, 1, 7), "judgements": {"effectiveness": "good"}},
        ir.UnknownWordError,
        ("effectiveness", "'good'", "sustained_effectiveness"),
    ),
}


PROVIDERS_ALONE = ("full_inspection", "interim_inspection")
VISIT_OF = {"authority": VISIT, "provider": {"activity": "full_inspection", "started": "2018-01-10"}}


@pytest.mark.parametrize("fault", BAD_EVENTS)
def test_a_bad_event_is_refused(fault: str) -> None:
    """Alone, and within a subject, where the message says which of the list it is."""
    given, kind, named = BAD_EVENTS[fault]
    with pytest.raises(ir.RecordError) as alone:
        ir.Event(**given)
    assert type(alone.value) is kind
    assert [words for words in named if words not in str(alone.value)] == [], str(alone.value)
    whose = "provider" if given.get("activity") in PROVIDERS_ALONE else "authority"
    with pytest.raises(ir.RecordError) as within:
        (agency if whose == "provider" else authority)(VISIT_OF[whose], given)
    assert type(within.value) is kind
    assert within.value.field == f"events[1].{alone.value.field}"
    assert isinstance(within.value, ir.IlacsRulesError)


GOOD_EVENTS: dict[str, dict[str, Any]] = {
    "the last overall grade": {**STANDARD, "started": date(2026, 3, 31), "ended": None, "published": None},
    "the first four judgements": {
        **STANDARD,
        "started": date(2026, 4, 1),
        "ended": None,
        "published": None,
        "judgements": dict.fromkeys(("leaders", "help_and_protection", "children_in_care", "care_leavers"), "good"),
    },
    "the last joint judgement": {
        **STANDARD,
        "started": date(2022, 12, 31),
        "judgements": {"overall": "good", "care_and_care_leavers": "good"},
    },
    "the first care leavers' judgement": {
        **STANDARD,
        "started": date(2023, 1, 1),
        "judgements": {"overall": "good", "care_leavers": "good"},
    },
    "a day of one": {**VISIT, "ended": date(2024, 4, 9), "published": date(2024, 4, 9)},
    "only a report": {"activity": "focused_visit", "published": date(2024, 4, 9)},
    "only an end": {"activity": "focused_visit", "ended": date(2024, 4, 9)},
    "an inspection that began before April 2026 and ended after": {
        **STANDARD,
        "started": date(2026, 3, 30),
        "ended": date(2026, 4, 10),
        "published": date(2026, 5, 22),
    },
    "an improved judgement by a monitoring visit": {
        "activity": "monitoring_visit",
        "started": date(2024, 4, 9),
        "judgements": {"overall": "requires_improvement"},
    },
}


@pytest.mark.parametrize("name", GOOD_EVENTS)
def test_the_other_side_of_each_boundary_stands(name: str) -> None:
    event = ir.Event(**GOOD_EVENTS[name])
    assert ir.Event.model_validate_json(event.model_dump_json()) == event


def test_every_activity_that_happens_can_stand_in_a_history() -> None:
    """And no answer can."""
    for activity, meaning in ACTIVITIES.items():
        if not meaning.event:
            with pytest.raises(ir.UnknownWordError, match="is an answer"):
                ir.Event(activity=activity, started=date(2024, 4, 9))
            continue
        if "authority" in meaning.to:
            assert authority({"activity": activity, "started": date(2024, 4, 9)}).events[0].activity is activity
        if "provider" in meaning.to:
            assert agency({"activity": activity, "started": date(2024, 4, 9)}).events[0].activity is activity


# --- subjects ---

BAD_SUBJECTS: dict[str, tuple[Callable[[], object], type[ir.RecordError], tuple[str, ...]]] = {
    "an unknown type": (
        lambda: agency(type="independent_fostering_agencies"),
        ir.UnknownWordError,
        ("type", "is not a known provider type", "'independent_fostering_agency'?"),
    ),
    "an authority among the providers": (lambda: agency(type="local_authority"), ir.UnknownWordError, ("type",)),
    "a provider among the authorities": (lambda: authority(type="childrens_home"), ir.UnknownWordError, ("type",)),
    "no name": (lambda: ir.LocalAuthority(**json.loads("{}")), ir.RecordError, ("name", "is required")),
    "a name that is a number": (lambda: authority(name=3), ir.RecordError, ("name", "3")),
    "a field that is none": (lambda: authority(created_on=ON), ir.UnknownWordError, ("created_on", "'created'?")),
    "an authority that is registered": (lambda: authority(registered=ON), ir.UnknownWordError, ("registered",)),
    "a day of creation that is no day": (lambda: authority(created="2019-04-31"), ir.RecordError, ("created",)),
    "a day of registration that is a datetime": (
        lambda: agency(registered=datetime(2019, 4, 1, 9)),
        ir.RecordError,
        ("registered", "2019-04-01 09:00:00"),
    ),
    "the same event twice": (
        lambda: authority(VISIT, VISIT),
        ir.DuplicateEventError,
        ("events", "focused visit appears twice on one day", "2024-04-09"),
    ),
    "the same event twice, once with its report": (
        lambda: authority(VISIT, {**VISIT, "published": date(2024, 5, 20)}),
        ir.DuplicateEventError,
        ("focused visit appears twice on one day",),
    ),
    "two judgements where one is allowed": (
        lambda: authority(STANDARD, {**STANDARD, "judgements": {"overall": "inadequate"}}),
        ir.DuplicateEventError,
        ("standard inspection under ILACS appears twice on one day", "2024-04-15"),
    ),
    "two inspections on one day": (
        lambda: authority(STANDARD, {**STANDARD, "activity": "ilacs_short"}),
        ir.DuplicateEventError,
        ("begin on the same day", "2024-04-15", "one graded inspection at a time"),
    ),
    "an inspection that begins on the last day of another": (
        lambda: authority(STANDARD, {**STANDARD, "started": date(2024, 4, 26), "ended": None}),
        ir.DuplicateEventError,
        (
            "events",
            "begins while the standard inspection under ILACS of 2024-04-15 is on site",
            "a day after 2024-04-26",
        ),
    ),
    "an inspection within another, later of two": (
        lambda: agency(
            {"activity": "full_inspection", "started": date(2024, 1, 8)},
            {"activity": "full_inspection", "started": date(2024, 4, 8), "ended": date(2024, 4, 19)},
            {"activity": "full_inspection", "ended": date(2024, 4, 12), "published": date(2024, 5, 13)},
        ),
        ir.DuplicateEventError,
        ("events", "2024-04-12", "a day after 2024-04-19"),
    ),
    "a provider's inspection of an authority": (
        lambda: authority({"activity": "full_inspection", "started": ON}),
        ir.RecordError,
        (
            "events[0].activity",
            "full inspection does not happen to an authority",
            "'full_inspection'",
            "one of",
        ),
    ),
    "an authority's visit to a provider": (
        lambda: agency(VISIT),
        ir.RecordError,
        ("events", "focused visit does not happen to a provider"),
    ),
    "events that are nothing": (lambda: authority(events=None), ir.RecordError, ("events: is not a list",)),
    "events that are a word": (lambda: authority(events="focused_visit"), ir.RecordError, ("events", "focused_visit")),
    "events that are one table": (lambda: authority(events=VISIT), ir.RecordError, ("events", "is not a list")),
    "events that are one event": (
        lambda: authority(events=ir.Event(**VISIT)),
        ir.RecordError,
        ("events", "is not a list"),
    ),
    "an event that is a number": (lambda: authority(VISIT, events=[VISIT, 3]), ir.RecordError, ("events[1]", "3")),
    "an event that is nothing": (lambda: authority(events=[None]), ir.RecordError, ("events[0]",)),
    "coverage that is one word": (
        lambda: authority(covers="focused_visit"),
        ir.RecordError,
        ("covers", "focused_visit"),
    ),
    "coverage that is nothing": (lambda: authority(covers=None), ir.RecordError, ("covers", "'everything'")),
    "coverage of an unknown activity": (
        lambda: authority(covers=["jtai", "focussed_visit"]),
        ir.UnknownWordError,
        ("covers[1]", "'focussed_visit'", "'focused_visit'?"),
    ),
    "coverage of what happens to providers only": (
        lambda: authority(covers=["jtai", "full_inspection"]),
        ir.RecordError,
        ("covers[1]: full inspection does not happen to an authority", "'full_inspection'", "one of"),
    ),
    "coverage of what happens to authorities only": (
        lambda: agency(covers=[ir.Covered(activity="focused_visit")]),
        ir.RecordError,
        ("covers[0].activity: focused visit does not happen to a provider", "'focused_visit'", "one of"),
    ),
    "coverage of what is only an answer": (
        lambda: authority(covers=["jtai", "inspection_report"]),
        ir.UnknownWordError,
        ("covers[1]", "is an answer", "'inspection_report'", "'sif_inspection'?"),
    ),
    "coverage that ends before it begins": (
        lambda: authority(covers=[{"activity": "jtai", "since": date(2024, 1, 2), "until": date(2024, 1, 1)}]),
        ir.DateOrderError,
        ("covers[0].until", "2024-01-01", "2024-01-02 or later"),
    ),
    "coverage from a day that is text": (
        lambda: authority(covers=[{"activity": "jtai", "since": "1 February 2024"}]),
        ir.RecordError,
        ("covers[0].since", "is not a date"),
    ),
}


def test_inspections_may_follow_one_another_closely() -> None:
    """One may begin the day after another ended, before its report; and a month is no day on site."""
    follows = {**STANDARD, "started": date(2024, 4, 27), "ended": None, "published": date(2024, 6, 7)}
    assert len(authority(STANDARD, follows).events) == 2
    in_that_month = {**STANDARD, "started": date(2024, 4, 1), "ended": date(2024, 5, 3), "precision": "month"}
    assert len(authority(STANDARD, in_that_month).events) == 2


@pytest.mark.parametrize("fault", BAD_SUBJECTS)
def test_a_bad_subject_is_refused(fault: str) -> None:
    build, kind, named = BAD_SUBJECTS[fault]
    with pytest.raises(ir.RecordError) as caught:
        build()
    assert type(caught.value) is kind
    assert [words for words in named if words not in str(caught.value)] == [], str(caught.value)


BAD_JSON: dict[str, tuple[str, tuple[str, ...]]] = {
    "a month that is none": ('{"name": "A", "created": "2019-13-01"}', ("created", "is not a date", "'2019-13-01'")),
    "a day that is none": (
        '{"name": "A", "events": [{"activity": "jtai", "started": "2023-02-29"}]}',
        ("events[0].started", "is not a date", "'2023-02-29'"),
    ),
    "a date written otherwise": ('{"name": "A", "created": "01/04/2019"}', ("created", "'01/04/2019'", "YYYY-MM-DD")),
    "a date without hyphens": ('{"name": "A", "created": "20190401"}', ("created", "'20190401'")),
    "a date with a time": ('{"name": "A", "created": "2019-04-01T00:00:00"}', ("created", "T00:00:00")),
    "a date that is a number": ('{"name": "A", "created": 1554076800}', ("created", "1554076800")),
    "events that are null": ('{"name": "A", "events": null}', ("events: is not a list",)),
    "an unknown grade": (
        '{"name": "A", "events": [{"activity": "ilacs_short", "ended": "2024-04-19", "judgements": {"leaders": ""}}]}',
        ("events[0].judgements.leaders", "is not a known grade"),
    ),
    "an unknown word in what it covers": ('{"name": "A", "covers": ["jtais"]}', ("covers[0]", "'jtai'?")),
    "a list in place of a subject": ("[]", ("LocalAuthority",)),
    "a name that is no number": ('{"name": NaN}', ("name", "nan")),
}


@pytest.mark.parametrize("fault", BAD_JSON)
def test_bad_json_is_refused(fault: str) -> None:
    """In JSON a day is text, and only 'YYYY-MM-DD'."""
    text, named = BAD_JSON[fault]
    with pytest.raises(ir.RecordError) as caught:
        ir.LocalAuthority.model_validate_json(text)
    assert [words for words in named if words not in str(caught.value)] == [], str(caught.value)


# --- questions ---


@pytest.mark.parametrize("ask", [ir.next_activity, ir.required_activities, ir.answers, ir.situation])
@pytest.mark.parametrize("as_of", ["02/09/2024", "2024-09", "today", datetime(2024, 9, 2), None, 45537, 2.5, True])
def test_a_day_that_is_none_is_refused(ask: Callable[..., object], as_of: Any) -> None:
    with pytest.raises(ir.RecordError, match=r"^as_of: is not a date"):
        ask(authority(STANDARD), as_of=as_of)


@pytest.mark.parametrize("ask", [ir.next_activity, ir.required_activities, ir.answers])
def test_a_day_may_be_asked_about_as_text(ask: Callable[..., object]) -> None:
    assert ask(authority(STANDARD), as_of="2024-09-02") == ask(authority(STANDARD), as_of=ON)


@pytest.mark.parametrize("ask", [ir.next_activity, ir.required_activities, ir.answers, ir.situation])
def test_there_is_no_day_by_default(ask: Callable[..., object]) -> None:
    """The day must be given, and by name."""
    with pytest.raises(TypeError, match="as_of"):
        ask(authority(STANDARD))
    with pytest.raises(TypeError, match="positional"):
        ask(authority(STANDARD), ON)


@pytest.mark.parametrize("subject", [None, "An authority", {"name": "An authority"}, ir.Event(**VISIT), 3])
def test_a_subject_that_is_none_is_refused(subject: Any) -> None:
    with pytest.raises(ir.RecordError, match=r"^subject: is not a subject"):
        ir.next_activity(subject, as_of=ON)


def test_a_question_from_before_the_rulebook_is_refused() -> None:
    """With the first day it answers; on that day it answers."""
    with pytest.raises(ir.OutsideRulebookError, match=r"^as_of: .*2013-11-18.*2013-11-19 or later"):
        ir.next_activity(authority(STANDARD, created=date(2010, 4, 1)), as_of=date(2013, 11, 18))
    assert ir.next_activity(authority(created=date(2010, 4, 1)), as_of=date(2013, 11, 19))
    with pytest.raises(ir.OutsideRulebookError, match=r"2017-03-31.*2017-04-01 or later"):
        ir.answers(agency(registered=date(2010, 4, 1)), as_of=date(2017, 3, 31))
    assert ir.answers(agency(registered=date(2010, 4, 1)), as_of=date(2017, 4, 1))


def test_a_kind_of_provider_without_rules_is_refused() -> None:
    """The message says for which kinds there are rules."""
    without = [kind for kind in ir.ProviderType if kind.value not in ir.load_rulebook().subject_types]
    for kind in without:
        with pytest.raises(ir.OutsideRulebookError, match=r"expected one of: .*local_authority") as caught:
            ir.next_activity(agency(type=kind, registered=date(2015, 6, 1)), as_of=ON)
        assert "independent_fostering_agency" in str(caught.value)


# --- what the record lacks ---


def test_an_empty_history_needs_the_day_it_began() -> None:
    """A record that covers everything must hold it; any other may not, and the answer then says so."""
    with pytest.raises(ir.MissingFactError, match=r"^created: the record of An authority lacks this day"):
        ir.next_activity(authority(), as_of=ON)
    with pytest.raises(ir.MissingFactError, match=r"^registered: the record of An agency lacks this day"):
        ir.next_activity(agency(), as_of=ON)
    for subject in (authority(covers=[]), authority(covers=["focused_visit"]), agency(covers=["full_inspection"])):
        answer = ir.next_activity(subject, as_of=ON)
        assert answer.status is ir.Status.NOT_STATED
        assert answer.gap


def test_what_is_missed_stops_only_the_tracks_that_rest_on_it() -> None:
    """A council whose only area inspection is of SEND, and that does not say when it was created."""
    send = {
        "activity": "area_send_inspection",
        "started": "2019-03-04",
        "ended": "2019-03-08",
        "published": "2019-05-01",
    }
    lacking, whole = authority(send), authority(send, created="1974-04-01")
    by_track = {answer.track: answer for answer in ir.answers(lacking, as_of=ON)}
    assert by_track.keys() == {answer.track for answer in ir.answers(whole, as_of=ON)}
    told = by_track.pop("inspection")
    assert (told.status, told.window) == (ir.Status.NOT_STATED, ir.DueWindow())
    assert any("created: the record of An authority lacks this day" in note for note in told.notes)
    same = {answer.track: answer for answer in ir.answers(whole, as_of=ON)}
    for track in ("area_send", "area_send_report_publication", "monitoring", "engagement"):
        assert by_track[track] == same[track]
    assert not any("lacks what this rests on" in note for answer in by_track.values() for note in answer.notes)
    required = ir.required_activities(lacking, as_of=ON)
    assert {answer.track for answer in required} >= {"inspection", "area_send"}
    columns = ir.tables.required_activities([lacking], as_of=ON)
    found = columns.answers.select("track", "rule", "status", "closes").rows()
    assert found == [(each.track, each.rule, each.status.value, each.window.closes) for each in required]
    assert columns.refused.is_empty()
    with pytest.raises(ir.MissingFactError, match=r"^created"):
        ir.next_activity(lacking, as_of=ON)


def test_a_missing_judgement_stops_only_the_tracks_that_rest_on_it() -> None:
    """Its report is out from 29 May 2024 on; the day before, nothing is missed yet."""
    ungraded = authority({**STANDARD, "judgements": {}}, covers="everything")
    out = date.fromisoformat(str(ungraded.events[0].published))
    before = {answer.track: answer for answer in ir.answers(ungraded, as_of=out - timedelta(days=1))}
    after = {answer.track: answer for answer in ir.answers(ungraded, as_of=out)}
    assert before["inspection"].status is ir.Status.AWAITING_REPORT
    assert after["inspection"].status is ir.Status.NOT_STATED
    assert any("judgements.overall" in note for note in after["inspection"].notes)
    assert after["report_publication"].status is ir.Status.OPEN
    assert not any("judgements.overall" in note for note in after["report_publication"].notes)


def test_what_is_missed_is_raised_by_itself() -> None:
    """Nothing of how facts are kept shows in the error."""
    with pytest.raises(ir.MissingFactError) as caught:
        ir.next_activity(authority(), as_of=ON)
    assert caught.value.__context__ is None


def test_a_judgement_that_a_rule_needs_is_missed_by_name() -> None:
    """The error says which inspection and which area; a record with a coverage is answered instead."""
    ungraded = {**STANDARD, "judgements": {}}
    with pytest.raises(ir.MissingFactError, match=r"^judgements\.overall: .*2024-04-15.*'not_recorded'"):
        ir.next_activity(authority(ungraded), as_of=ON)
    answer = ir.next_activity(authority(ungraded, covers=["ilacs_standard"]), as_of=ON)
    assert answer.activity is ir.Activity.ILACS_INSPECTION
    assert {fact.name: fact.value for fact in answer.facts}["last_overall"] == "not_recorded"
    said = {**STANDARD, "judgements": {"overall": "not_recorded"}}
    assert ir.next_activity(authority(said), as_of=ON).rule == answer.rule


def test_a_judgement_is_not_missed_before_the_report() -> None:
    """What is not published yet is not lacking."""
    ungraded = {**STANDARD, "judgements": {}}
    assert ir.next_activity(authority(ungraded), as_of=date(2024, 6, 6)).status is ir.Status.AWAITING_REPORT


@pytest.mark.parametrize("area", ["leaders", "help_and_protection", "children_in_care", "care_leavers"])
def test_each_of_the_four_judgements_is_missed_by_name(area: str) -> None:
    given = dict.fromkeys(("leaders", "help_and_protection", "children_in_care", "care_leavers"), "good")
    del given[area]
    dates = {"started": date(2026, 4, 13), "ended": date(2026, 4, 24), "published": date(2026, 6, 5)}
    event = {**STANDARD, **dates, "judgements": given}
    with pytest.raises(ir.MissingFactError, match=rf"^judgements\.{area}: .*2026-04-13"):
        ir.next_activity(authority(event), as_of=date(2026, 7, 1))
    answers = ir.answers(authority(event, covers=["ilacs_standard"]), as_of=date(2026, 7, 1))
    assert {answer.track: answer.rule for answer in answers}["inspection"].endswith("without_the_four_judgements")


# --- the future, and much of the past ---


def test_events_after_the_day_are_left_out_and_named() -> None:
    """The answer is that of a history without them, and lists them."""
    later = [{"activity": "jtai", "started": date(2024, 9, 3)}, {**VISIT, "started": date(2025, 2, 4)}]
    answer = ir.next_activity(authority(STANDARD, *later), as_of=ON)
    without = ir.next_activity(authority(STANDARD), as_of=ON)
    assert without.not_yet_known == ()
    assert len(answer.not_yet_known) == len(later)
    assert "3 September 2024" in answer.not_yet_known[0]
    assert "joint targeted area inspection" in answer.not_yet_known[0]
    assert "4 February 2025" in answer.not_yet_known[1]
    assert answer.model_copy(update={"not_yet_known": ()}) == without
    assert "Left out, because it lies after this day" in answer.explain()
    assert len(ir.next_activity(authority(STANDARD, *later), as_of=date(2024, 9, 3)).not_yet_known) == 1


def test_ten_thousand_events() -> None:
    """A long history is built and asked like a short one."""
    first = date(1998, 1, 1)
    meetings = [
        {"activity": "annual_engagement_meeting", "started": first + timedelta(days=number)} for number in range(9_999)
    ]
    subject = authority(*reversed(meetings), STANDARD)
    assert len(subject.events) == 10_000
    assert all(before.first_known <= after.first_known for before, after in pairwise(subject.events))
    assert ir.next_activity(subject, as_of=ON).activity is ir.Activity.FOCUSED_VISIT
    tracks = [track for track in ir.load_rulebook().tracks if not track.once_ended]
    asked = [track for track in tracks if track.answers.get("local_authority", date.max) <= ON]
    assert len(ir.answers(subject, as_of=ON)) == len(asked)
    assert ir.LocalAuthority.model_validate_json(subject.model_dump_json()) == authority(*meetings, STANDARD)


def test_events_come_from_anything_that_can_be_gone_through() -> None:
    """Tables and events, from a list, a tuple or a generator: the subject is the same."""
    event = ir.Event(**VISIT)
    subject = authority(VISIT)
    assert authority(events=[event]) == authority(events=(row for row in [VISIT])) == subject
    assert subject.events == (event,)


# --- values ---


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (ir.Judgements(overall=ir.Grade.GOOD), "overall"),
        (ir.Event(**VISIT), "started"),
        (ir.Covered(activity=ir.Activity.JTAI), "until"),
        (authority(STANDARD), "name"),
        (agency(), "registered"),
        (ir.DueWindow(closes=ON), "closes"),
        (ir.next_activity(authority(STANDARD), as_of=ON), "status"),
        (ir.load_rulebook(), "version"),
        (ir.load_rulebook().rules[0], "closes"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_everything_is_frozen(value: Any, field: str) -> None:
    """Nothing that goes in or comes out can be changed afterwards, and each has a hash."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(value, field, None)
    with pytest.raises(ValidationError, match="frozen"):
        delattr(value, field)
    assert hash(value) == hash(copy(value)) == hash(deepcopy(value))


def test_equal_when_equal() -> None:
    """Built twice it is one in a set; one field different and it is two."""
    assert len({authority(STANDARD), authority(STANDARD)}) == 1
    assert len({authority(STANDARD), authority(STANDARD, name="Another")}) == 2
    assert len({ir.Event(**VISIT), ir.Event(**VISIT), ir.Event(**VISIT, note="seen")}) == 2
    answers = {ir.next_activity(authority(STANDARD), as_of=day) for day in (ON, ON, date(2024, 9, 3))}
    assert len(answers) == 2


def test_neither_name_nor_number_changes_an_answer() -> None:
    """But for the name that the answer carries."""
    one, other = authority(STANDARD, name="One", urn="1"), authority(STANDARD, name="Other", urn="2")
    named = {"subject", "urn"}
    assert [answer.model_dump(exclude=named) for answer in ir.answers(one, as_of=ON)] == [
        answer.model_dump(exclude=named) for answer in ir.answers(other, as_of=ON)
    ]


def test_windows_hold_their_days() -> None:
    """Both ends included; an open end holds everything on its side."""
    window = ir.DueWindow(opens=date(2024, 2, 29), due=date(2024, 3, 1), closes=date(2024, 3, 31))
    inside = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 1)]
    assert [day in window for day in inside] == [False, True, True, False]
    assert date.max in ir.DueWindow(opens=ON)
    assert date.min in ir.DueWindow(closes=ON)
    assert [str(ir.DueWindow(opens=ON)), str(ir.DueWindow(due=ON))] == [
        "from 2 September 2024",
        "(nominally 2 September 2024)",
    ]
    assert str(ir.DueWindow()) == "not stated"


@pytest.mark.parametrize("days", [(3, 2, None), (3, None, 2), (None, 3, 2), (1, 3, 2), (2, 1, 3)])
def test_a_window_out_of_order_is_refused(days: tuple[int | None, ...]) -> None:
    opens, due, closes = (date(2024, 1, day) if day else None for day in days)
    with pytest.raises(ir.DateOrderError, match="not in order"):
        ir.DueWindow(opens=opens, due=due, closes=closes)


def test_errors_are_one_family() -> None:
    """Each error says what it is about, and every kind can be caught as one."""
    for name in ir.__all__:
        found = getattr(ir, name)
        if isinstance(found, type) and issubclass(found, Exception):
            assert issubclass(found, ir.IlacsRulesError)
            error = found("went wrong", field="here", value="x", expected="y")
            assert str(error) == "here: went wrong (found 'x'; expected y)"
            assert str(error.within("there")) == "there.here: went wrong (found 'x'; expected y)"
            assert type(error.within("there")) is found


def test_equal_subjects_are_equal_after_both_were_asked() -> None:
    """What was read of a subject is no part of it."""
    one, other = authority(STANDARD, created=date(2020, 1, 1)), authority(STANDARD, created=date(2020, 1, 1))
    for subject in (one, other):
        ir.next_activity(subject, as_of=ON)
    assert one == other
    assert len({one, other}) == 1
    assert one != authority(created=date(2020, 1, 1))


@pytest.mark.parametrize("name", ["a\ud800", "\udfff", "é\udc80é"])
def test_text_that_no_file_can_hold_is_refused(name: str) -> None:
    with pytest.raises(ir.RecordError, match=r"name: is not text .* can be written as UTF-8"):
        agency(name=name)
    assert agency(name="é\ud7ff\ue000").name == "é\ud7ff\ue000"


@pytest.mark.parametrize("day", ["1 June 2024", 0, None, datetime(2024, 6, 1)])
def test_whether_something_that_is_no_day_lies_in_a_window_is_no_question(day: Any) -> None:
    window = ir.DueWindow(opens=date(2024, 6, 1), closes=date(2024, 6, 30))
    assert [date(2024, 6, number) in window for number in (1, 30)] == [True, True]
    assert ["2024-06-30" in window, "2024-07-01" in window] == [True, False]
    assert date(2024, 5, 31) not in window
    with pytest.raises(ir.RecordError, match="day: is not a date"):
        _ = day in window


def test_what_is_known_by_its_month_is_refused_by_its_month() -> None:
    """Nobody wrote the first of the month, so no error shows it."""
    visit = ir.Event(activity="focused_visit", started="2024-04")
    with pytest.raises(ir.RecordError) as refused:
        ir.LocalAuthority(name="A", events=[visit, visit], abolished="2024-03-01")
    assert "2024-04-01" not in str(refused.value)
    assert str(refused.value).count("found '2024-04'") == 3
    assert "appears twice in one month, and on no day that is known" in str(refused.value)


def test_an_event_with_a_fault_is_still_seen_to_be_another_kind_of_subject_s() -> None:
    """All faults at once: who mends the grade is not sent back for the activity."""
    wrong = {"activity": "ilacs_standard", "started": "2022-05-09", "judgements": {"in_care": "good"}}
    right = {"activity": "full_inspection", "started": "2022-05-09", "judgements": {"in_care": "good"}}
    with pytest.raises(ir.RecordError) as refused:
        ir.Provider(type="independent_fostering_agency", name="A", events=[right, wrong])
    assert [fault.field for fault in refused.value.faults] == [
        "events[0].judgements.in_care",
        "events[1].judgements.in_care",
        "events[1].activity",
    ]


def test_an_activity_that_is_wrong_already_is_not_said_to_be_wrong_twice() -> None:
    with pytest.raises(ir.RecordError) as refused:
        authority({"activity": "nothing_required", "started": "2022-05-09"})
    assert [fault.field for fault in refused.value.faults] == ["events[0].activity"]
