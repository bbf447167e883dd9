"""To pydantic our records are models like any other: every fault reaches whoever validates, with its place."""

import inspect
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import pandas as pd  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

import ilacs_rules as ir
from ilacs_rules import practice
from ilacs_rules.testing import strategies as drawn
from ilacs_rules.values.days import _WANTED, as_day
from ilacs_rules.values.faults import place_of

SUBJECT: TypeAdapter[Any] = TypeAdapter(ir.Subject)
FAULTY: dict[str, Any] = {
    "type": "local_authority",
    "urn": 7,
    "created": "01/04/2019",
    "covers": ["jtai", "jtia"],
    "events": [
        {"activity": "ilacs_short", "started": "2024-04-15", "ended": "2024-04-14", "judgements": {"overal": "good"}},
        {"activity": "focused_visit", "started": "2022-04-09", "judgements": {"leaders": "good"}},
        {"activity": "focused_visit", "started": "2022-04-09"},
        {"activity": "full_inspection", "published": 45061},
        {"activity": "full_inspection", "started": "2021-03"},
        {"activity": "focused_visit", "ended": "2020-01-07"},
        {"activity": "focused_visit", "ended": "2020-01-07"},
        "jtai",
    ],
}
PLACES = {
    "name": "record",
    "urn": "record",
    "created": "record",
    "covers[1]": "unknown_word",
    "events[0].judgements.overal": "unknown_word",
    "events[0].ended": "date_order",
    "events[1].judgements": "judgement",
    "events[3].published": "record",
    "events[7]": "record",
    "events[3].activity": "record",  # what happens to providers only, in an event with another fault
    "events[4].activity": "record",  # what happens to providers only
    "events[6].ended": "duplicate_event",  # the second of two visits that are one
}
"""Every fault of it, by its place, with what pydantic calls it."""


class Body(BaseModel):
    """A model of somebody else, as a web service has it."""

    as_of: date
    subject: ir.Subject


class Wide(BaseModel):
    """Another, whose field takes several things."""

    anything: ir.Event | ir.Covered | int


def lines_of(validate: Callable[[], object]) -> dict[str, str]:
    """The places of the faults, and what pydantic calls them there."""
    with pytest.raises(ValidationError) as caught:
        validate()
    found: dict[str, list[str]] = {}
    for line in caught.value.errors():
        found.setdefault(place_of(line["loc"]), []).append(line["type"])
    return {place: " ".join(kinds) for place, kinds in found.items()}


def without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def test_every_fault_has_its_place_in_the_body_of_a_request() -> None:
    body = {"as_of": "2024-09-02", "subject": FAULTY}
    wanted = {f"subject.{place}": kind for place, kind in PLACES.items()}
    assert lines_of(lambda: Body.model_validate(body)) == wanted
    assert lines_of(lambda: Body.model_validate_json(json.dumps(body))) == wanted


@pytest.mark.parametrize(
    "validate",
    [SUBJECT.validate_python, lambda value: SUBJECT.validate_json(json.dumps(value))],
    ids=["python", "json"],
)
def test_every_fault_has_its_place_in_a_list(validate: Callable[[object], object]) -> None:
    assert lines_of(lambda: validate(FAULTY)) == PLACES
    many: TypeAdapter[Any] = TypeAdapter(list[ir.Subject])
    assert set(lines_of(lambda: many.validate_python([FAULTY, FAULTY]))) == {
        f"[{number}].{place}" for number in (0, 1) for place in PLACES
    }


@pytest.mark.parametrize(
    "build",
    [
        lambda: ir.LocalAuthority(**FAULTY),
        lambda: ir.LocalAuthority.model_validate(FAULTY),
        lambda: ir.LocalAuthority.model_validate_json(json.dumps(FAULTY)),
    ],
    ids=["built", "validated", "from JSON"],
)
def test_called_directly_the_error_is_ours_and_holds_every_fault(build: Callable[[], object]) -> None:
    with pytest.raises(ir.RecordError) as caught:
        build()
    error = caught.value
    assert type(error) is ir.RecordError
    assert {fault.field for fault in error.faults} == set(PLACES)
    assert all(type(fault) is not ir.RecordError for fault in error.faults if "judgements" in fault.field)
    text = str(error)
    assert text.startswith(f"{len(error.faults)} faults\n")
    assert all(str(fault) in text for fault in error.faults)
    assert (error.field, error.problem) == (error.faults[0].field, error.faults[0].problem)
    assert {fault.field for fault in error.within("subjects[3]").faults} == {f"subjects[3].{place}" for place in PLACES}


def test_a_single_fault_keeps_its_kind() -> None:
    with pytest.raises(ir.DateOrderError) as caught:
        ir.LocalAuthority(name="A", events=[{"activity": "jtai", "started": "2024-04-09", "ended": date(2024, 4, 8)}])
    assert caught.value.faults == (caught.value,)
    assert (caught.value.field, caught.value.value) == ("events[0].ended", date(2024, 4, 8))


def test_faults_of_one_kind_are_an_error_of_that_kind() -> None:
    with pytest.raises(ir.UnknownWordError) as caught:
        ir.Judgements.model_validate({"overall": "goood", "leaders": "great"})
    assert [fault.field for fault in caught.value.faults] == ["overall", "leaders"]


def test_a_validator_of_somebody_else_that_builds_a_record_refuses_as_validators_do() -> None:
    assert issubclass(ir.RecordError, ValueError)


@given(data=st.data(), event=drawn.any_events())
def test_every_field_that_was_spoilt_is_named(data: st.DataObject, event: ir.Event) -> None:
    """Whatever is wrong with it: who mends what is named is not sent back for more of the same."""
    fields = without_nothing(event.model_dump(mode="json", exclude_defaults=True))
    spoilt = data.draw(
        st.sets(st.sampled_from(sorted({*fields, "outcome", "published", "note", "precision", "notes"})), min_size=1)
    )
    fields |= {
        name: data.draw(st.sampled_from(["x", 3, [1], "12/05/2022"])) if name != "note" else 3 for name in spoilt
    }
    places = lines_of(lambda: TypeAdapter(ir.Event).validate_python(fields))
    assert {place.partition(".")[0] for place in places} >= spoilt
    with pytest.raises(ir.RecordError) as caught:
        ir.Event.model_validate(fields)
    assert {fault.field for fault in caught.value.faults} == set(places)


@given(event=drawn.any_events(), later=st.integers(1, 30))
def test_dates_out_of_order_are_found_beside_another_fault(event: ir.Event, later: int) -> None:
    given_ = {"activity": event.activity, "started": f"2024-05-{later + 1:02}", "ended": f"2024-05-{later:02}"}
    for more in ({}, {"note": 3}, {"activity": "inspction"}, {"judgements": {"overall": "goood"}}, {"published": "?"}):
        assert lines_of(lambda: TypeAdapter(ir.Event).validate_python({**given_, **more})).get("ended") == "date_order"  # noqa: B023


# --- a union, told apart by type ---


@given(subject=drawn.subjects())
def test_a_subject_comes_back_from_a_union(subject: ir.Subject) -> None:
    for value in (subject, subject.model_dump(), subject.model_dump(mode="json"), dict(subject)):
        found = SUBJECT.validate_python(value)
        assert (type(found), found) == (type(subject), subject)
    text = SUBJECT.dump_json(subject)
    assert SUBJECT.validate_json(text) == subject
    assert json.loads(text) == subject.model_dump(mode="json")


@pytest.mark.parametrize(
    ("value", "place", "words"),
    [
        ({"name": "A"}, "type", "is required (expected 'local_authority', or a kind of provider)"),
        ({"type": "childrens_homes", "name": "A"}, "type", "is not a known subject type (expected 'childrens_home'?"),
        ({"type": 3}, "type", "is not a known subject type (expected one of: adoption_support_agency,"),
        (3, "", "is not a subject"),
        (None, "", "is not a subject"),
        ([], "", "is not a subject"),
    ],
)
def test_what_is_neither_authority_nor_provider_is_refused(value: object, place: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        SUBJECT.validate_python(value)
    (line,) = caught.value.errors()
    assert (place_of(line["loc"]), line["msg"][: len(words)]) == (place, words)


def test_a_kind_of_provider_may_be_given_as_its_member() -> None:
    assert SUBJECT.validate_python({"type": ir.ProviderType.CHILDRENS_HOME, "name": "A"}).type == "childrens_home"


def test_a_field_may_take_one_record_or_another() -> None:
    assert isinstance(Wide(anything={"activity": "jtai", "started": "2024-04-09"}).anything, ir.Event)
    assert isinstance(Wide(anything="jtai").anything, ir.Covered)
    assert Wide(anything=3).anything == 3
    assert lines_of(lambda: Wide.model_validate({"anything": []}))


# --- days ---


@given(event=drawn.any_events())
def test_a_day_is_a_date_or_its_text(event: ir.Event) -> None:
    """In Python and in JSON alike."""
    assert ir.Event.model_validate(event.model_dump(mode="json")) == event
    assert ir.Event.model_validate_json(event.model_dump_json()) == event
    assert TypeAdapter(list[ir.Event]).validate_json(f"[{event.model_dump_json()}]") == [event]


def test_a_month_says_that_only_the_month_is_known() -> None:
    event = ir.Event(activity="focused_visit", started="2024-03", published="2024-05-02")
    assert event == ir.Event(
        activity=ir.Activity.FOCUSED_VISIT, started=date(2024, 3, 1), published=date(2024, 5, 2), precision="month"
    )
    assert ir.Event.model_validate_json('{"activity": "jtai", "started": "2024-03", "precision": "month"}').precision
    assert ir.Event.model_validate(event.model_dump(mode="json")) == event


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ({"started": "2024-03", "precision": "week"}, {"started": "is a month, but `precision` is 'week'"}),
        ({"started": "2024-03", "precision": "day"}, {"started": "is a month, but `precision` is 'day'"}),
        ({"started": "2024-03", "precision": "fortnight"}, {"precision": "is not a known word"}),
        (
            {"started": "2024-03", "precision": "day", "note": 3},
            {"started": "is a month, but `precision` is 'day'", "note": "is not text"},
        ),
        ({"started": "2024-13", "precision": "month"}, {"started": "is not a month in the calendar"}),
        ({"started": "2024-03-02", "precision": "month"}, {"started": "is known only by its month"}),
        (
            {"published": "2024-03-02", "precision": "month"},
            {"started": "is missing, but `precision` says that it is known to the month"},
        ),
        (
            {"published": "2024-03-02", "precision": "week"},
            {"started": "is missing, but `precision` says that it is known to the week"},
        ),
    ],
)
def test_a_month_beside_another_precision_is_refused_for_what_it_is(
    given_: dict[str, Any], wanted: dict[str, str]
) -> None:
    with pytest.raises(ir.RecordError) as caught:
        ir.Event.model_validate({"activity": "focused_visit", **given_})
    said = {fault.field: fault.problem for fault in caught.value.faults}
    assert said.keys() == wanted.keys()
    assert all(said[field].startswith(problem) for field, problem in wanted.items())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("45061.5", _WANTED),  # a day and a half of a spreadsheet
        ("45061", _WANTED),
        ("12345678", _WANTED),
        ("99999999", _WANTED),
        ("12/05/1890", _WANTED),
        ("12/05.2020", _WANTED),
        ("202405", _WANTED),
        ("1/1/1", _WANTED),
        ("2024-02-31T10:00", _WANTED),
        ("1700-05-12T10:00", _WANTED),
        ("1800-02-31", "a date from 1900-01-01 to 2100-12-31"),
        ("0000-01-01", "a date from 1900-01-01 to 2100-12-31"),
        ("2024-13", "the day, in the form YYYY-MM-DD; months go from 01 to 12"),
        ("2024-15-03", "a month from 01 to 12"),
        ("20240315", "'2024-03-15'"),
        ("2024-3-5", "'2024-03-05'"),
        ("2024/3/5", "'2024-03-05'"),
        ("31.12.1899", _WANTED),
        ("01.01.1900", "'1900-01-01'"),
        ("31/12/2100", "'2100-12-31'"),
        ("13/01/2101", _WANTED),
        ("13/02/69", "'2069-02-13'"),
        ("13/02/70", "'1970-02-13'"),
        (datetime(1700, 1, 1), _WANTED),
        (datetime(2024, 1, 1, 9), "only the date, 2024-01-01 if that is the day you mean"),
    ],
)
def test_a_hint_names_only_days_that_a_record_can_hold(text: object, wanted: str) -> None:
    with pytest.raises(ir.RecordError) as caught:
        as_day(text)
    assert caught.value.expected == wanted


@given(st.text(alphabet="0123456789./- ", max_size=12))
def test_no_hint_is_a_second_mistake(text: str) -> None:
    try:
        as_day(text)
    except ir.RecordError as error:
        for hint in re.findall(r"'(.*?)'", error.expected):
            assert as_day(hint)


def test_a_day_that_need_not_be_the_first_is_known_to_a_week() -> None:
    event = ir.Event(activity="full_inspection", started="2017-05-16", precision="week")
    assert (event.started, event.precision) == (date(2017, 5, 16), "week")
    home = ir.Provider(type="childrens_home", name="A", events=[event])
    said = " ".join(note for answer in ir.required_activities(home, as_of=date(2017, 9, 1)) for note in answer.notes)
    assert "may have begun about a week before that day: days that run from it are not exact." in said
    with pytest.raises(ir.RecordError, match="is known to the week"):
        ir.Event(activity="full_inspection", published="2017-05-16", precision="week")


def test_a_day_of_another_kind_of_date_is_a_plain_date() -> None:
    class Dated(date):
        """A kind of date that some library made."""

    event = ir.Event(activity=ir.Activity.JTAI, started=Dated(2024, 4, 9))
    assert type(event.started) is date


@pytest.mark.parametrize("text", ["2024-04-09", date(2024, 4, 9)])
def test_who_asks_for_strictness_gets_it(text: object) -> None:
    adapter = TypeAdapter(ir.Covered)
    given_ = {"activity": ir.Activity.JTAI, "since": text}
    if isinstance(text, str):
        assert lines_of(lambda: adapter.validate_python(given_, strict=True)) == {"since": "record"}
        assert adapter.validate_json(json.dumps(given_), strict=True).since == date(2024, 4, 9)
    else:
        assert adapter.validate_python(given_, strict=True).since == text


ASKED: dict[str, Callable[..., object]] = {
    name: getattr(ir, name)
    for name in ir.__all__
    if inspect.isroutine(getattr(ir, name)) and "as_of" in inspect.signature(getattr(ir, name)).parameters
} | {"forecast": practice.forecast}
"""Every public function that takes a day to ask about."""


@pytest.mark.parametrize("name", ASKED)
def test_every_question_takes_a_day_as_text_and_no_instant(name: str) -> None:
    subject = ir.Provider(type="childrens_home", name="A home", registered="2024-01-31")
    day, ask = date(2024, 3, 1), ASKED[name]
    of_text, of_date = (ask(subject, as_of=value) for value in ("2024-03-01", day))
    if name == "situation":
        of_text, of_date = (found["exists"] for found in (of_text, of_date))  # type: ignore[index]
    assert of_text == of_date
    for instant in (datetime(2024, 3, 1), datetime(2024, 3, 1, 12, tzinfo=UTC), pd.Timestamp("2024-03-01")):
        with pytest.raises(ir.RecordError, match=r"^as_of: is not a date alone: it has a time of day .*2024-03-01 if"):
            ask(subject, as_of=instant)


def test_the_questions_are_those_that_people_ask() -> None:
    assert set(ASKED) >= {
        "answers",
        "next_activity",
        "outlook",
        "required_activities",
        "situation",
        "what_would_change",
    }


# --- what comes out ---


@given(question=drawn.answerable())
def test_an_answer_survives_every_way_out_and_back(question: Any) -> None:
    answer = ir.next_activity(question.subject, as_of=question.as_of)
    adapter: TypeAdapter[Any] = TypeAdapter(list[ir.Answer | ir.DueWindow])
    for value in (answer.model_dump(), answer.model_dump(mode="json")):
        assert ir.Answer.model_validate(value) == answer
        assert adapter.validate_python([value, answer.window]) == [answer, answer.window]
    assert adapter.validate_json(adapter.dump_json([answer, answer.window])) == [answer, answer.window]


def test_an_answer_that_cannot_be_right_is_refused_with_every_fault() -> None:
    subject = ir.Provider(type=ir.ProviderType.CHILDRENS_HOME, name="A home", registered=date(2024, 1, 31))
    said = ir.next_activity(subject, as_of="2024-03-01").model_dump(mode="json")
    said |= {"status": "late", "window": {"opens": "2024-05-01", "closes": "2024-04-01"}, "sources": [{"place": 3}]}
    wanted = {"status", "window", "sources[0].place", "sources[0].source"}
    assert set(lines_of(lambda: TypeAdapter(ir.Answer).validate_python(said))) == wanted
    with pytest.raises(ir.RecordError) as caught:
        ir.Answer.model_validate_json(json.dumps(said))
    assert {fault.field for fault in caught.value.faults} == wanted


@pytest.mark.parametrize("key", ["urn", "\ud801"])
def test_what_was_refused_can_be_sent_back(key: str) -> None:
    """A service says what it was given; signs and numbers that no JSON can hold are said in words."""
    deep: list[Any] = ["\ud802"]
    for _ in range(50):
        deep = [deep]
    worst = {
        "type": "childrens_home",
        "name": "a\ud800",
        "events": [{"note": float("inf")}, "\udfff", deep],
        key: float("nan"),
    }
    with pytest.raises(ValidationError) as caught:
        SUBJECT.validate_python(worst)
    lines = caught.value.errors(include_url=False)
    assert {place_of(line["loc"]) for line in lines} >= ({"name", "urn"} if key == "urn" else {""})
    for line in lines:
        json.dumps({**line, "loc": []}, allow_nan=False, ensure_ascii=False).encode()


def test_a_record_is_gone_through_field_by_field() -> None:
    """Also after it was asked about, when more is kept with it."""
    event = ir.Event(activity=ir.Activity.JTAI, started=date(2024, 4, 9))
    assert event.first_known == date(2024, 4, 9)
    assert set(dict(event)) == set(ir.Event.model_fields)
    assert ir.Event(**dict(event)) == event


# --- what the schemas say is so ---


@given(subject=drawn.subjects())
def test_the_schema_takes_what_the_model_takes(subject: ir.Subject) -> None:
    for schema in (SUBJECT.json_schema(), SUBJECT.json_schema(mode="serialization")):
        jsonschema.validate(subject.model_dump(mode="json"), schema)


REFUSED_BY_BOTH: dict[str, Any] = {
    "no type": {"name": "A"},
    "another type": {"type": "school", "name": "A"},
    "another field": {"type": "childrens_home", "name": "A", "created": "2024-01-31"},
    "an answer that is no event": {
        "type": "local_authority", "name": "A", "events": [{"activity": "nothing_required", "started": "2024-04-09"}],
    },
    "a coverage of another word": {"type": "local_authority", "name": "A", "covers": "some"},
    "a coverage of an answer": {"type": "local_authority", "name": "A", "covers": ["nothing_required"]},
    "a month for the last day": {
        "type": "local_authority", "name": "A", "events": [{"activity": "jtai", "ended": "2024-04"}],
    },
    "a month that is none": {
        "type": "local_authority", "name": "A", "events": [{"activity": "jtai", "started": "2024-13"}],
    },
}  # fmt: skip
TAKEN_BY_BOTH: dict[str, Any] = {
    "a month": {"type": "local_authority", "name": "A", "events": [{"activity": "jtai", "started": "2024-04"}]},
    "words that are covered": {"type": "local_authority", "name": "A", "covers": ["jtai", {"activity": "jtai"}]},
    "everything": {"type": "childrens_home", "name": "A", "covers": "everything"},
}


@pytest.mark.parametrize("name", [*REFUSED_BY_BOTH, *TAKEN_BY_BOTH])
def test_schema_and_model_agree(name: str) -> None:
    validator = jsonschema.Draft202012Validator(
        SUBJECT.json_schema(), format_checker=jsonschema.FormatChecker(formats=["date"])
    )
    value = {**REFUSED_BY_BOTH, **TAKEN_BY_BOTH}[name]
    assert validator.is_valid(value) is (name in TAKEN_BY_BOTH)
    try:
        SUBJECT.validate_python(value)
    except ValidationError:
        assert name in REFUSED_BY_BOTH
    else:
        assert name in TAKEN_BY_BOTH
