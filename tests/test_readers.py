"""Reading files: published collections row by row, subjects as JSON, and files that are neither."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_rules.answering.engine import next_activity
from ilacs_rules.errors import FileFormatError, IlacsRulesError, RecordError, UnknownWordError
from ilacs_rules.reading import Coverage, Published, RowProblem
from ilacs_rules.reading import read as read_file
from ilacs_rules.records import Covered, Event, LocalAuthority, Provider
from ilacs_rules.vocabulary import Activity, Effectiveness, Grade, Outcome, ProviderType

AUTHORITY_COLUMNS = (
    "urn", "name", "event_type", "start_date", "end_date", "publication_date", "overall", "leaders", "help_protection",
    "children_in_care", "care_leavers", "care_and_care_leavers", "outcome", "source", "source_link", "notes", "topic",
    "next_text",
)  # fmt: skip
PROVIDER_COLUMNS = (
    "urn", "provision_type", "event_type", "inspection_date", "publication_date", "overall", "help_protect", "leaders",
    "sa_outcome", "registration_date", "event_number",
)  # fmt: skip
Cells = Mapping[str, str]


def authority(**cells: str) -> dict[str, str]:
    """A row of a standard inspection, but for what a test says otherwise."""
    grades = dict.fromkeys(("overall", "leaders", "help_protection", "care_and_care_leavers"), "good")
    days = {"start_date": "2019-02-18", "end_date": "2019-03-01", "publication_date": "2019-04-01"}
    return {"urn": "80400", "name": "an authority", "event_type": "ilacs_standard", **days, **grades, **cells}


def visit(**cells: str) -> dict[str, str]:
    """A row of a focused visit."""
    days = {"start_date": "2024-04-09", "end_date": "2024-04-10", "publication_date": "2024-05-20"}
    return {"urn": "80400", "name": "an authority", "event_type": "focused_visit", **days, **cells}


def provider(**cells: str) -> dict[str, str]:
    """A row of a full inspection of a children's home."""
    days = {"inspection_date": "2023-05-15", "publication_date": "2023-06-28"}
    grades = dict.fromkeys(("overall", "help_protect", "leaders"), "good")
    kind = {"provision_type": "children's home", "event_type": "full inspection"}
    return {"urn": "SC1", **kind, **days, **grades, **cells}


def agency(**cells: str) -> dict[str, str]:
    return provider(provision_type="independent fostering agency", **cells)


def ungraded(event_type: str, **cells: str) -> dict[str, str]:
    """A row of a provider's event that has no grades."""
    return provider(**{"event_type": event_type, "overall": "", "help_protect": "", "leaders": "", **cells})


def text_of(rows: Iterable[Cells]) -> str:
    rows = list(rows)
    columns = PROVIDER_COLUMNS if "provision_type" in rows[0] else AUTHORITY_COLUMNS
    lines = [",".join(columns)]
    lines += [",".join(f'"{row[column]}"' if row.get(column) else "" for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


FOLDER: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    FOLDER[:] = [tmp_path_factory.mktemp("readers")]


def write(text: str | bytes) -> Path:
    file = FOLDER[0] / "events.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def read(*rows: Cells, covers: Coverage | None = None) -> Published:
    """The rows as a file, read; what is true of every file is checked on the way."""
    published = read_file(write(text_of(rows)), covers=covers)
    assert accounted_for(published) == len(rows)
    assert Published.model_validate_json(published.model_dump_json()) == published
    assert all("\n" not in str(problem) for problem in published.problems)
    return published


def accounted_for(published: Published) -> int:
    """How many rows are an event, are skipped or tell of another's event; each line is so at most once."""
    gone = ("row skipped", "row merged")
    skipped = [problem.line for problem in published.problems if problem.action in gone]
    assert len(skipped) == len(set(skipped))
    return sum(len(subject.events) for subject in published.subjects) + len(skipped)


def only(published: Published) -> Event:
    ((event,),) = (subject.events for subject in published.subjects)
    return event


def problem_of(published: Published) -> RowProblem:
    (problem,) = published.problems
    return problem


# Local authorities: what rows are read as


@pytest.mark.parametrize(
    ("word", "activity"),
    [
        ("sif", "sif_inspection"),
        ("sif_reinspection", "sif_reinspection"),
        ("ilacs_standard", "ilacs_standard"),
        ("ILACS short", "ilacs_short"),
    ],
)
def test_graded_event_types_of_authorities(word: str, activity: str) -> None:
    published = read(authority(event_type=word))
    assert published.formats == ("local_authority_events",)
    assert (only(published).activity, published.problems) == (activity, ())


@pytest.mark.parametrize(
    ("word", "activity"),
    [
        ("focused_visit", "focused_visit"),
        ("monitoring_visit", "monitoring_visit"),
        ("jtai", "jtai"),
        ("area_send", "area_send_inspection"),
        ("send_prev_from_text", "area_send_visit"),
    ],
)
def test_ungraded_event_types_of_authorities(word: str, activity: str) -> None:
    published = read(visit(event_type=word))
    assert (only(published).activity, published.problems) == (activity, ())


def test_an_inspection_is_read_whole() -> None:
    link = "https://files.ofsted.gov.uk/v1/file/50066870"
    published = read(
        authority(overall="Requires  Improvement", source_link=link, source="pdf", notes="a doubt", topic="front_door")
    )
    (subject,) = published.subjects
    assert (subject.type, subject.name, subject.urn) == ("local_authority", "an authority", "80400")
    assert only(published) == Event(
        activity=Activity.ILACS_STANDARD,
        started=date(2019, 2, 18),
        ended=date(2019, 3, 1),
        published=date(2019, 4, 1),
        judgements={
            "overall": "requires_improvement",
            "leaders": "good",
            "help_and_protection": "good",
            "care_and_care_leavers": "good",
        },
        report=link,
        note="a doubt; topic: front_door; source: pdf",
    )


def test_a_newspaper_is_a_source_and_not_the_report() -> None:
    event = only(read(visit(source_link="https://www.ofsted.gov.uk.example.com/a", source="web")))
    assert (event.report, event.note) == ("", "source: web; https://www.ofsted.gov.uk.example.com/a")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("good", "good"),
        (" Outstanding ", "outstanding"),
        ("REQUIRES_IMPROVEMENT", "requires_improvement"),
        ("Requires improvement to be good", "requires_improvement"),
        ("adequate", "adequate"),
        ("Satisfactory", "satisfactory"),
        ("not judged", "not_judged"),
        ("not recorded", "not_recorded"),
    ],
)
def test_grades_however_they_are_spaced(text: str, grade: str) -> None:
    published = read(authority(leaders=text))
    assert (only(published).judgements.leaders, published.problems) == (grade, ())


@pytest.mark.parametrize("text", ["goood", "good?", "2", "n/a"])
def test_a_grade_that_is_not_known_was_given_all_the_same(text: str) -> None:
    published = read(authority(leaders=text))
    problem = problem_of(published)
    assert only(published).judgements.leaders is Grade.NOT_RECORDED
    assert (problem.line, problem.field, problem.value, problem.action) == (2, "leaders", text, "value left out")
    assert problem.subject == "an authority (80400)"
    assert "one of: adequate" in problem.expected


def test_an_overall_grade_that_is_empty_was_given_once_the_report_is_out() -> None:
    published = read(authority(overall="", publication_date=""))
    assert only(published).judgements.overall is Grade.NOT_RECORDED
    assert problem_of(published).field == "overall"


def test_while_an_inspection_lasts_an_empty_grade_is_no_gap() -> None:
    cells = dict.fromkeys(
        ("end_date", "publication_date", "overall", "leaders", "help_protection", "care_and_care_leavers"), ""
    )
    published = read(authority(**cells))
    assert (only(published).judgements.given(), published.problems) == ({}, ())


def test_another_area_may_be_empty() -> None:
    published = read(authority(leaders=""))
    assert (only(published).judgements.leaders, published.problems) == (None, ())


FOUR = {"leaders": "good", "help_protection": "good", "children_in_care": "good", "care_leavers": "good"}
AFTER = {
    "start_date": "2026-04-01",
    "end_date": "2026-04-14",
    "publication_date": "2026-05-29",
    "care_and_care_leavers": "",
}
BEFORE = {
    "start_date": "2026-03-31",
    "end_date": "2026-04-14",
    "publication_date": "2026-05-29",
    "care_and_care_leavers": "",
}


@pytest.mark.parametrize("overall", ["not_reported_post_reform", ""])
def test_no_overall_grade_since_april_2026(overall: str) -> None:
    published = read(authority(**AFTER, **FOUR, overall=overall))
    assert (only(published).judgements.overall, published.problems) == (None, ())
    assert len(only(published).judgements.given()) == 4


def test_before_april_2026_an_overall_grade_was_reported() -> None:
    published = read(authority(**BEFORE, **FOUR, overall="not_reported_post_reform"))
    assert only(published).judgements.overall is Grade.NOT_RECORDED
    assert "says that there is no judgement" in problem_of(published).problem


def test_an_overall_grade_since_april_2026_is_left_out() -> None:
    published = read(authority(**AFTER, **FOUR, overall="good"))
    assert only(published).judgements.overall is None
    assert "2026-04-01 gives no such judgement" in problem_of(published).problem


def test_since_april_2026_each_of_the_four_is_given() -> None:
    published = read(authority(**AFTER, **{**FOUR, "care_leavers": ""}, overall=""))
    assert only(published).judgements.care_leavers is Grade.NOT_RECORDED
    assert problem_of(published).field == "care_leavers"


@pytest.mark.parametrize(("day", "kept"), [("2022-12-31", True), ("2023-01-01", False)])
def test_the_joint_judgement_ended_with_2022(day: str, kept: bool) -> None:
    published = read(authority(start_date=day, end_date="2023-01-13", publication_date="2023-02-20"))
    assert (only(published).judgements.care_and_care_leavers is not None) is kept
    assert [problem.field for problem in published.problems] == ([] if kept else ["care_and_care_leavers"])


@pytest.mark.parametrize("kind", ["focused_visit", "monitoring_visit", "jtai", "area_send"])
def test_what_is_not_graded_gives_authorities_no_grade(kind: str) -> None:
    published = read(visit(event_type=kind, overall="good"))
    assert only(published).judgements.given() == {}
    assert problem_of(published).action == "value left out"


@pytest.mark.parametrize(
    ("kind", "text", "outcome"),
    [
        ("focused_visit", "areas_for_priority_action", Outcome.AREAS_FOR_PRIORITY_ACTION),
        ("focused_visit", "existing_priority_actions_remain", Outcome.EXISTING_PRIORITY_ACTIONS_REMAIN),
        ("jtai", "areas_for_priority_action", Outcome.AREAS_FOR_PRIORITY_ACTION),
        ("area_send", "1 typically positive", Outcome.SEND_TYPICALLY_POSITIVE),
        ("area_send", "2 inconsistent", Outcome.SEND_INCONSISTENT),
        ("area_send", "3 widespread/systemic failings", Outcome.SEND_WIDESPREAD_FAILINGS),
    ],
)
def test_outcomes_of_authorities(kind: str, text: str, outcome: Outcome) -> None:
    published = read(visit(event_type=kind, outcome=text))
    assert (only(published).outcome, published.problems) == (outcome, ())


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("focused_visit", "areas of priority", "is not a known outcome"),
        ("area_send", "2", "is not a known outcome"),
        ("monitoring_visit", "areas_for_priority_action", "has no outcome"),
    ],
)
def test_outcomes_that_are_not_known_are_left_out(kind: str, text: str, problem: str) -> None:
    published = read(visit(event_type=kind, outcome=text))
    assert only(published).outcome is None
    assert problem in problem_of(published).problem


# Days


def test_an_event_known_by_its_publication_alone() -> None:
    event = only(read(visit(event_type="jtai", start_date="", end_date="", publication_date="2025-12-04")))
    assert (event.started, event.ended, event.published) == (None, None, date(2025, 12, 4))


def test_an_event_known_by_its_last_day_alone() -> None:
    note = "only one date given (end)"
    event = only(read(visit(event_type="send_prev_from_text", start_date="", publication_date="", notes=note)))
    assert (event.started, event.ended, event.note) == (None, date(2024, 4, 10), note)


@pytest.mark.parametrize("text", ["09/04/2024", "20240409", "2024-02-30", "2024-W15-2", "2024-04-09T10:30:00", "soon"])
def test_a_day_that_cannot_be_read_is_left_out(text: str) -> None:
    published = read(visit(start_date=text))
    problem = problem_of(published)
    assert (only(published).started, only(published).first_known) == (None, date(2024, 4, 10))
    assert (problem.field, problem.value, problem.action) == ("start_date", text, "value left out")


def test_an_event_without_a_day_is_skipped() -> None:
    published = read(visit(start_date="soon", end_date="later", publication_date=""), visit())
    problem = problem_of(published)
    assert (problem.action, problem.value, problem.line) == ("row skipped", "soon, later", 2)
    assert problem_of(read(provider(inspection_date="soon", publication_date=""))).field == "inspection_date"
    nothing = problem_of(read(visit(start_date="", end_date="", publication_date="")))
    assert nothing.problem == "has no date at all"


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (("2024-04-09", "2024-04-08", "2024-05-20"), ("started", "published")),  # the later of two that disagree
        (("2024-04-09", "2024-04-10", "2024-04-09"), ("started", "ended")),
        (("2024-04-09", "2024-04-10", "2024-03-20"), ("started", "ended")),
        (("2025-04-09", "2024-04-10", "2024-05-20"), ("ended", "published")),  # the one that two others contradict
        (("2024-04-09", "2024-04-08", "2024-04-07"), ("started",)),
        (("2024-04-09", "2024-04-10", "2034-05-20"), ("started", "ended")),  # a year mistyped
        (("", "2024-04-10", "2024-04-09"), ("ended",)),
        (("1900-01-02", "2100-12-31", ""), ("ended",)),  # before there was any such event
        (("1900-01-01", "2024-04-10", ""), ("ended",)),  # what spreadsheets make of no day
        (("0001-01-01", "9999-12-31", "2024-04-09"), ("published",)),
        (("2024-04-09", "2024-04-09", "2024-04-09"), ("started", "ended", "published")),
        (("2024-04-09", "", "2026-12-01"), ("started", "published")),
    ],
)
def test_days_that_contradict_one_another(days: tuple[str, str, str], kept: tuple[str, ...]) -> None:
    published = read(visit(start_date=days[0], end_date=days[1], publication_date=days[2]))
    event = only(published)
    assert tuple(name for name in ("started", "ended", "published") if getattr(event, name)) == kept
    assert len(published.problems) == len([day for day in days if day]) - len(kept)
    assert all(problem.action == "value left out" for problem in published.problems)


@pytest.mark.parametrize(
    ("notes", "precision"),
    [
        ("precision=m; a visit", "month"),
        ("precision=m?; a visit", "month"),
        ("precision=d; a visit", "day"),
        ("", "day"),
    ],
)
def test_precision_is_read_from_the_notes(notes: str, precision: str) -> None:
    event = only(read(visit(event_type="monitoring_visit", notes=notes)))
    assert (event.precision, event.note) == (precision, notes)


def test_a_day_known_no_better_than_the_year_is_left_out() -> None:
    published = read(visit(notes="precision=y"))
    assert (only(published).started, only(published).precision) == (None, "day")
    assert problem_of(published).value == "precision=y"
    alone = visit(notes="precision=y", end_date="", publication_date="")
    assert problem_of(read(alone)).action == "row skipped"
    assert read(visit(notes="precision=y", start_date="")).problems == ()


# Subjects


def test_unknown_event_types_are_skipped_with_the_nearest_word() -> None:
    published = read(visit(event_type="focused vist"), visit(event_type="", start_date="2023-01-01"))
    assert [(problem.field, problem.action) for problem in published.problems] == [("event_type", "row skipped")] * 2
    assert "'focused_visit'?" in published.problems[0].expected
    assert [subject.events for subject in published.subjects] == [()]


def test_a_row_of_no_one_is_skipped() -> None:
    published = read(visit(urn=""), visit())
    assert (problem_of(published).field, problem_of(published).subject) == ("urn", "an authority")


def test_a_name_is_as_of_the_latest_row_that_gives_one() -> None:
    rows = (visit(name="Old name"), visit(start_date="2024-04-08", name=""), authority(name="an older\nname"))
    published = read(rows[0], rows[1], rows[2])
    assert published.subjects[0].name == "Old name"
    assert problem_of(published).value == "an older\nname"


def test_the_urn_stands_in_for_a_name() -> None:
    published = read(visit(name=""))
    assert published.subjects[0].name == "80400"
    assert problem_of(published).field == "name"


def test_subjects_are_in_order_of_name_and_urn() -> None:
    published = read(visit(urn="3", name="b"), visit(urn="2", name="a"), visit(urn="1", name="b"))
    assert [(subject.name, subject.urn) for subject in published.subjects] == [("a", "2"), ("b", "1"), ("b", "3")]


def test_a_row_that_stands_twice_is_one_event() -> None:
    published = read(authority(), authority())
    problem = problem_of(published)
    assert len(published.subjects[0].events) == 1
    assert (problem.line, problem.action) == (3, "row merged")
    assert "repeats another row: line 2" in problem.problem
    # An event read twice is not lost, so the record still shows its kind.
    assert covered(published, "ilacs_standard")


def test_rows_of_one_event_that_differ_are_one_event_without_what_differs() -> None:
    one = authority(leaders="inadequate", end_date="", notes="one")
    other = authority(publication_date="2019-04-02", notes="other")
    published = read(one, other)
    event = only(published)
    assert (event.judgements.leaders, event.judgements.overall) == (Grade.NOT_RECORDED, Grade.GOOD)
    assert (event.ended, event.published) == (date(2019, 3, 1), None)
    assert event.note == "one | other"
    assert Counter((problem.line, problem.field, problem.action) for problem in published.problems) == Counter(
        [
            (2, "leaders", "value left out"),
            (2, "publication_date", "value left out"),
            (3, "row", "row merged"),
        ]
    )


def test_short_and_standard_on_one_day_are_an_inspection_not_said_which() -> None:
    event = only(read(authority(), authority(event_type="ilacs_short", overall="outstanding")))
    assert event.activity is Activity.ILACS_INSPECTION
    assert (event.judgements.overall, event.judgements.leaders) == (Grade.NOT_RECORDED, Grade.GOOD)


def test_two_frameworks_on_one_day_leave_no_grade() -> None:
    event = only(read(authority(event_type="sif", start_date="2018-01-10"), authority(start_date="2018-01-10")))
    assert event.activity is Activity.SIF_INSPECTION
    assert set(event.judgements.given().values()) == {Grade.NOT_RECORDED}


def test_a_visit_and_an_inspection_may_begin_on_one_day() -> None:
    published = read(authority(), visit(start_date="2019-02-18", end_date="", publication_date=""))
    assert (len(published.subjects[0].events), published.problems) == (2, ())


# Providers


@pytest.mark.parametrize(
    ("word", "day", "activity"),
    [
        ("interim inspection", "2016-02-01", "interim_inspection"),
        ("assurance visit", "2022-03-31", "assurance_visit"),
        ("assurance visit", "2022-04-01", "assurance_inspection"),
        ("monitoring inspection", "2023-02-01", "monitoring_visit"),
        ("monitoring visit", "2013-02-01", "monitoring_visit"),
        ("sc monitoring inspection", "2014-02-01", "monitoring_visit"),
        ("emergency inspection", "2022-02-01", "emergency_inspection"),
        ("emergency visit", "2013-02-01", "emergency_inspection"),
        ("SC \N{EN DASH} emergency inspection", "2018-02-01", "emergency_inspection"),
    ],
)
def test_ungraded_event_types_of_providers(word: str, day: str, activity: str) -> None:
    published = read(ungraded(word, inspection_date=day, publication_date="", event_number="7"))
    event = only(published)
    assert (event.activity, published.problems) == (activity, ())
    label = "" if activity == word.lower().replace(" ", "_") else f"; in the file: {word}"
    assert event.note == f"event number 7{label}"


def test_a_full_inspection_is_read_whole() -> None:
    published = read(agency(overall="Requires improvement", registration_date="2015-06-01"))
    assert published.formats == ("provider_events",)
    (subject,) = published.subjects
    assert isinstance(subject, Provider)
    assert (subject.type, subject.name, subject.urn) == (ProviderType.INDEPENDENT_FOSTERING_AGENCY, "SC1", "SC1")
    assert subject.registered == date(2015, 6, 1)
    event = only(published)
    assert (event.started, event.ended, event.published) == (date(2023, 5, 15), None, date(2023, 6, 28))
    assert event.judgements.given() == {
        "overall": "requires_improvement",
        "leaders": "good",
        "help_and_protection": "good",
    }


@pytest.mark.parametrize("kind", list(ProviderType))
def test_every_provider_type(kind: ProviderType) -> None:
    text = (
        kind.value.replace("_", " ")
        .capitalize()
        .replace("childrens", "children\N{RIGHT SINGLE QUOTATION MARK}s")
        .replace("as children", "as a children")
    )
    cells = {"overall": "", "help_protect": "", "leaders": "", "sa_outcome": "Serious or widespread weaknesses"}
    row = provider(provision_type=text, **(cells if kind is ProviderType.SUPPORTED_ACCOMMODATION else {}))
    published = read(row)
    assert (published.subjects[0].type, published.problems) == (kind, ())


def test_a_full_inspection_has_an_overall_grade_even_with_no_day_of_publication() -> None:
    published = read(provider(overall="", publication_date=""))
    assert only(published).judgements.overall is Grade.NOT_RECORDED
    assert problem_of(published).field == "overall"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sustained effectiveness", Effectiveness.SUSTAINED),
        ("Improved effectiveness", Effectiveness.IMPROVED),
        ("declined in effectiveness", Effectiveness.DECLINED),
        ("declined effectiveness", Effectiveness.DECLINED),
        ("not judged", None),
        ("", None),
    ],
)
def test_interim_inspections_have_a_scale_of_their_own(text: str, word: Effectiveness | None) -> None:
    published = read(ungraded("interim inspection", inspection_date="2016-02-01", publication_date="", overall=text))
    assert (only(published).judgements.effectiveness, published.problems) == (word, ())


@pytest.mark.parametrize("text", ["5", "good", "adequate", "good progress", "nms not met"])
def test_grades_on_interim_inspections_are_left_out(text: str) -> None:
    published = read(ungraded("interim inspection", overall=text, leaders="good"))
    assert only(published).judgements.given() == {}
    assert [problem.field for problem in published.problems] == ["leaders", "overall"]


def test_monitoring_visits_to_settings_may_give_a_grade() -> None:
    published = read(ungraded("monitoring inspection", overall="requires improvement"))
    assert (only(published).judgements.overall, published.problems) == (Grade.REQUIRES_IMPROVEMENT, ())


@pytest.mark.parametrize("text", ["good progress", "5"])
def test_what_is_no_grade_on_a_monitoring_visit_is_left_out(text: str) -> None:
    published = read(ungraded("monitoring visit", overall=text))
    assert only(published).judgements.given() == {}
    assert problem_of(published).action == "value left out"


@pytest.mark.parametrize("word", ["monitoring visit", "emergency visit", "assurance visit"])
def test_standards_not_met_is_an_outcome(word: str) -> None:
    published = read(ungraded(word, overall="nms not met"))
    assert (only(published).outcome, only(published).judgements.given()) == (Outcome.REQUIREMENTS_NOT_MET, {})
    assert published.problems == ()


def test_standards_not_met_is_no_grade_of_a_full_inspection() -> None:
    event = only(read(provider(overall="nms not met")))
    assert (event.outcome, event.judgements.overall) == (None, Grade.NOT_RECORDED)


def test_an_assurance_inspection_gives_no_grade() -> None:
    assert problem_of(read(ungraded("assurance visit", overall="good"))).field == "overall"


SUPPORTED = {"provision_type": "supported accommodation", "help_protect": "", "leaders": ""}


def test_supported_accommodation_has_an_outcome() -> None:
    published = read(provider(**SUPPORTED, overall="", sa_outcome="Inconsistent quality of service delivery"))
    assert (only(published).outcome, published.problems) == (Outcome.INCONSISTENT_QUALITY, ())
    assert only(published).judgements.given() == {}


@pytest.mark.parametrize("text", ["", "Inconsistent", "requirements not met"])
def test_supported_accommodation_whose_outcome_is_not_known(text: str) -> None:
    published = read(provider(**SUPPORTED, overall="", sa_outcome=text))
    assert only(published).outcome is None
    assert only(published).judgements.overall is Grade.NOT_RECORDED
    assert problem_of(published).field == "sa_outcome"


def test_supported_accommodation_has_no_overall_grade() -> None:
    published = read(provider(**SUPPORTED, overall="good", sa_outcome="Serious or widespread weaknesses"))
    assert only(published).judgements.given() == {}
    assert problem_of(published).field == "overall"


def test_no_other_provider_has_that_outcome() -> None:
    published = read(provider(sa_outcome="Serious or widespread weaknesses"))
    assert only(published).outcome is None
    assert problem_of(published).field == "sa_outcome"


def test_registration_is_the_one_day_that_rows_give() -> None:
    rows = (
        provider(registration_date=""),
        provider(inspection_date="2022-01-10", publication_date="", registration_date="2015-06-01"),
    )
    published = read(*rows)
    assert isinstance(published.subjects[0], Provider)
    assert (published.subjects[0].registered, published.problems) == (date(2015, 6, 1), ())


@pytest.mark.parametrize(
    ("one", "other"), [("2015-06-01", "2015-06-02"), ("2022-01-11", ""), ("2022-01-11", "2022-01-11"), ("June", "")]
)
def test_registration_that_cannot_be_told_is_not_known(one: str, other: str) -> None:
    rows = (
        provider(registration_date=one),
        provider(inspection_date="2022-01-10", publication_date="", registration_date=other),
    )
    published = read(*rows)
    assert isinstance(published.subjects[0], Provider)
    assert published.subjects[0].registered is None
    assert problem_of(published).field == "registration_date"


def test_the_type_is_as_of_the_latest_row() -> None:
    latest = provider(provision_type="boarding school")
    published = read(
        latest,
        provider(inspection_date="2021-01-10", publication_date=""),
        provider(inspection_date="2020-01-10", publication_date=""),
    )
    assert published.subjects[0].type == "boarding_school"
    problem = problem_of(published)
    assert (problem.value, problem.expected, problem.action) == (
        "children's home",
        "boarding school",
        "kept",
    )


def test_a_type_that_is_not_known_where_another_row_knows_it() -> None:
    published = read(
        provider(provision_type="childrens hme"), provider(inspection_date="2021-01-10", publication_date="")
    )
    assert published.subjects[0].type == "childrens_home"
    assert "'childrens_home'?" in problem_of(published).expected


@pytest.mark.parametrize("kinds", [("a hotel", "a hotel"), ("", ""), ("boarding school", "children's home")])
def test_a_subject_of_no_known_type_is_skipped(kinds: tuple[str, str]) -> None:
    other = ungraded("monitoring visit", provision_type=kinds[1])
    published = read(provider(provision_type=kinds[0]), other, provider(urn="SC2"))
    assert [subject.urn for subject in published.subjects] == ["SC2"]
    assert [problem.action for problem in published.problems] == ["row skipped", "subject skipped", "row skipped"]


# What a record covers


def covered(published: Published, activity: str, urn: str = "") -> list[Covered]:
    (subject,) = (subject for subject in published.subjects if not urn or subject.urn == urn)
    assert not isinstance(subject.covers, str)
    return [each for each in subject.covers if each.activity == activity]


def test_an_authority_file_covers_to_its_own_last_entries() -> None:
    published = read(
        authority(), visit(), visit(urn="80401", start_date="2025-12-09", end_date="", publication_date="2026-01-27")
    )
    for urn in ("80400", "80401"):
        for kind in ("sif_inspection", "sif_reinspection", "ilacs_standard", "ilacs_short", "ilacs_inspection"):
            assert covered(published, kind, urn) == [Covered(activity=Activity(kind), until=date(2019, 2, 18))]
        assert covered(published, "focused_visit", urn) == [
            Covered(activity=Activity.FOCUSED_VISIT, until=date(2025, 12, 9))
        ]
        assert not covered(published, "monitoring_visit", urn)
        assert not covered(published, "jtai", urn)
        assert not covered(published, "annual_engagement_meeting", urn)


def test_a_file_without_visits_covers_none() -> None:
    assert not covered(read(authority()), "focused_visit")


def test_a_provider_file_covers_its_years_and_no_provider_after_its_last_row() -> None:
    rows = (
        provider(inspection_date="2019-01-10", publication_date=""),
        provider(),
        provider(urn="SC2", inspection_date="2025-03-25", publication_date="2025-04-30"),
    )
    published = read(*rows)
    years = Covered(activity=Activity.FULL_INSPECTION, since=date(2014, 4, 1), until=date(2020, 3, 31))
    assert covered(published, "full_inspection", "SC1") == [
        years,
        Covered(activity=Activity.FULL_INSPECTION, since=date(2021, 4, 1), until=date(2023, 5, 15)),
    ]
    assert covered(published, "full_inspection", "SC2")[1].until == date(2025, 3, 25)
    assert not covered(published, "monitoring_visit", "SC2")
    early = read(provider(inspection_date="2013-11-10", publication_date=""))
    assert covered(early, "full_inspection") == []


def test_a_skipped_row_is_no_evidence_of_absence() -> None:
    day = {"start_date": "", "end_date": "", "publication_date": ""}
    rows = (authority(), visit(start_date="2024-01-01"), visit(urn="80401"))
    lost_visit = read(*rows, visit(**day))
    assert not covered(lost_visit, "focused_visit", "80400")
    assert covered(lost_visit, "ilacs_short", "80400")
    assert covered(lost_visit, "focused_visit", "80401")
    lost_kind = read(*rows, visit(event_type="?"))
    assert [subject.covers == () for subject in lost_kind.subjects] == [True, False]


def test_a_caller_may_say_what_is_covered() -> None:
    rows = (visit(), visit(urn="80401"))
    assert [subject.covers for subject in read(*rows, covers="everything").subjects] == ["everything"] * 2
    expected = ((Covered(activity=Activity.JTAI),),) * 2
    assert tuple(subject.covers for subject in read(*rows, covers=["jtai"]).subjects) == expected
    assert tuple(subject.covers for subject in read(*rows, covers=(word for word in ["jtai"])).subjects) == expected
    assert [subject.covers for subject in read(*rows, covers=[]).subjects] == [(), ()]
    with pytest.raises(UnknownWordError, match=r"covers\[0\]"):
        read(*rows, covers=["jtia"])
    with pytest.raises(RecordError, match="is not a coverage"):
        read(*rows, covers="jtai")
    with pytest.raises(RecordError, match=r"covers\[0\]: full inspection does not happen to an authority"):
        read(*rows, covers=["full_inspection"])
    assert read(provider(), covers=["full_inspection"]).subjects[0].covers != ()
    with pytest.raises(RecordError, match=r"covers\[0\]: joint targeted area inspection does not"):
        read(provider(), covers=["jtai"])


def test_a_last_day_that_reaches_into_the_next_inspection_is_left_out() -> None:
    """Both inspections stand; the day that contradicts one of them does not."""
    later = authority(start_date="2019-03-01", end_date="2019-03-08")
    published = read(authority(), later)
    first, second = published.subjects[0].events
    assert (first.started, first.ended) == (date(2019, 2, 18), None)
    assert (second.started, second.ended) == (date(2019, 3, 1), date(2019, 3, 8))
    problem = problem_of(published)
    assert (problem.line, problem.field, problem.value, problem.action) == (
        2,
        "end_date",
        "2019-03-01",
        "value left out",
    )
    assert read(authority(), {**later, "start_date": "2019-03-02"}).problems == ()


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    published = read_file(write(text_of([visit(name="Ynys Môn\N{EM DASH}north")]).encode(encoding)))
    assert (published.subjects[0].name, published.problems) == ("Ynys Môn\N{EM DASH}north", ())


def test_an_encoding_that_is_supposed_is_reported() -> None:
    published = read_file(write(text_of([visit(name="Ynys Môn\N{EM DASH}north")]).encode("cp1252")))
    problem = problem_of(published)
    assert published.subjects[0].name == "Ynys Môn\N{EM DASH}north"
    assert (problem.line, problem.field, problem.action) == (0, "encoding", "kept")


def test_line_ends_quotes_extra_columns_and_blank_lines() -> None:
    later = {"end_date": "2024-06-10", "publication_date": ""}
    lines = text_of([visit(notes="two\nlines"), visit(start_date="soon", **later)]).splitlines()
    lines = [lines[0].upper() + ", More ,", lines[1], lines[2] + ",x,", "", lines[3] + ",y,"]
    published = read_file(write("\r\n".join(lines)))
    assert published.subjects[0].events[0].note == "two\r\nlines"
    assert problem_of(published).line == 5
    assert accounted_for(published) == 2


def test_a_row_that_does_not_fit_the_header_is_skipped() -> None:
    lines = text_of([visit(), visit(start_date="2023-01-01"), visit(urn="80401"), visit(urn="80401")]).splitlines()
    lines[2] = lines[2].replace("focused_visit", 'focused","visit')
    lines[4] = lines[4].rpartition(",")[0]
    published = read_file(write("\n".join(lines)))
    assert [(problem.line, problem.value) for problem in published.problems] == [(3, "19 cells"), (5, "17 cells")]
    assert [(len(subject.events), subject.covers) for subject in published.subjects] == [(1, ()), (1, ())]
    assert accounted_for(published) == 4


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"PK\x03\x04\x00\x00", "is a workbook or archive that is broken"),
        (b"\xff\xfea", "is not text"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "is not text"),
        (b"urn,\x81\n", "is not text"),
        (b'urn,"name\n1,2\n', "opens and is never closed"),
        (b'urn,"na"me"\n1,2\n', "after a closing quotation mark"),
        (text_of([visit()]).replace("source,", "start_date,").encode(), "has two columns of the same name"),
        (b"some,other,file\n1,2,3\n", "has no header of a known format"),
        (b"%PDF-1.7 hello\n", "is a PDF"),
        (text_of([visit()]).splitlines()[0].encode(), "has a header and no rows"),
        (b"urn," + b"x" * 200_000, "is not CSV"),
    ],
)
def test_files_that_are_no_collection(content: bytes, problem: str) -> None:
    with pytest.raises(FileFormatError, match=problem) as caught:
        read_file(write(content))
    assert caught.value.field.partition("events.csv")[1]


def test_columns_that_are_lacking_are_named_with_the_nearest_header() -> None:
    text = text_of([visit()]).replace("start_date", "First day").replace("outcome", "result")
    with pytest.raises(FileFormatError, match=r"start_date \(is it 'First day'\?\), outcome") as caught:
        read_file(write(text))
    assert "cleaned collection of authorities" in str(caught.value)
    with pytest.raises(FileFormatError, match=r"is missing columns of .*event"):
        read_file(write(text_of([provider()]).replace("event_type", "x")))


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "is a folder"), ("missing.csv", "cannot be read"), ("nul\0.csv", "is not a file name")],
)
def test_paths_that_are_no_file(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(FileFormatError, match=said):
        read_file(tmp_path / name)
    with pytest.raises(FileFormatError, match=said):
        read_file(str(tmp_path / name))


def test_problems_read_as_one_line() -> None:
    (problem,) = read(visit(start_date="so\non")).problems
    assert str(problem) == (
        f"{FOLDER[0] / 'events.csv'}, line 2, an authority (80400): start_date 'so\\non' is not a day "
        "(expected a day as YYYY-MM-DD): value left out"
    )


ODD = [
    "",
    " ",
    "good",
    "Good",
    "RI",
    "5",
    "nms not met",
    "not judged",
    "not_reported_post_reform",
    "2024-04-09",
    "2023-01-01",
]
ODD += [
    "2026-05-01",
    "9999-12-31",
    "precision=m",
    "precision=y",
    "x,y",
    "a\nb",
    "'",
    "sustained effectiveness",
    "80400",
    "SC2",
]
ODD += [
    "ilacs_short",
    "focused_visit",
    "sif",
    "full inspection",
    "interim inspection",
    "monitoring visit",
    "assurance visit",
]
ODD += ["supported accommodation", "boarding school", "Serious or widespread weaknesses", "areas_for_priority_action"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_the_cells_hold_no_row_is_lost(data: st.DataObject) -> None:
    base, columns = data.draw(
        st.sampled_from([(authority, AUTHORITY_COLUMNS), (visit, AUTHORITY_COLUMNS), (provider, PROVIDER_COLUMNS)])
    )
    cells = st.dictionaries(
        st.sampled_from(columns),
        st.sampled_from(ODD) | st.text(max_size=5).filter(lambda text: '"' not in text and "\0" not in text),
    )
    rows = [{**base(), **row} for row in data.draw(st.lists(cells, min_size=1, max_size=6))]
    published = read(*rows)
    again = read(*rows)
    assert published == again


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.booleans())
def test_whatever_a_file_holds_the_error_is_ours(content: bytes, headed: bool) -> None:
    header = (",".join(AUTHORITY_COLUMNS) + "\n").encode() if headed else b""
    try:
        read_file(write(header + content))
    except IlacsRulesError:
        return


# Subjects as JSON

HOME: dict[str, object] = {"type": "childrens_home", "name": "A home", "registered": "2024-01-31"}
COUNCIL: dict[str, object] = {
    "type": "local_authority",
    "name": "A council",
    "covers": ["focused_visit"],
    "events": [{"activity": "focused_visit", "started": "2024-04-09", "outcome": "areas_for_priority_action"}],
}


def subjects_in(file: Path) -> list[LocalAuthority | Provider]:
    """The subjects of a file in the file's own order."""
    published = read_file(file)
    pairs = sorted(zip(published.came_from, published.subjects, strict=True), key=lambda pair: pair[0])
    return [subject for _, subject in pairs]


def write_json(value: object, name: str = "subjects.json") -> Path:
    file = FOLDER[0] / name
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return file


@pytest.mark.parametrize("shape", [[HOME, COUNCIL], {"subjects": [HOME, COUNCIL]}])
def test_subjects_are_read_in_the_files_order(shape: object) -> None:
    home, council = subjects_in(write_json(shape))
    assert home == Provider(type=ProviderType.CHILDRENS_HOME, name="A home", registered=date(2024, 1, 31))
    assert isinstance(council, LocalAuthority)
    assert council.events[0].outcome is Outcome.AREAS_FOR_PRIORITY_ACTION
    assert council.covers == (Covered(activity=Activity.FOCUSED_VISIT),)


def test_one_subject_survives_the_round_trip() -> None:
    (council,) = subjects_in(write_json(COUNCIL))
    assert subjects_in(write_json(council.model_dump_json())) == [council]


@pytest.mark.parametrize(
    ("shape", "place", "problem"),
    [
        (
            [HOME, HOME, {**COUNCIL, "events": [{"activity": "jtai", "started": "9 April"}]}],
            "subjects[2].events[0].started",
            "is not a date",
        ),
        ({**COUNCIL, "events": [{"activity": "jtai", "started": "9 April"}]}, "events[0].started", "is not a date"),
        (
            {"subjects": [{**HOME, "events": [{"activity": "jtai", "started": "2024-04-09"}]}]},
            "subjects[0].events[0].activity",
            "does not happen to a provider",
        ),
        ([HOME, 3], "subjects[1]", "is not a subject"),
        ([{"name": "A home"}], "subjects[0].type", "is required"),
        ([{**HOME, "type": "childrens_hme"}], "subjects[0].type", "is not a known subject type"),
        ({**HOME, "type": []}, "type", "is not a known subject type"),
        ({**HOME, "subjects": []}, "subjects", "is not a field of Provider"),
        ({"subjects": {}}, "subjects", "is not a list"),
        ({"subjects": [], "more": 1}, "more", "is not a key that can be used"),
        ('[{"type": "childrens_home", "name": "a", "name": "b"}]', "subjects[0].name", "appears twice"),
        ('{"subjects": [], "subjects": []}', "subjects", "appears twice"),
        (r'[{"type": "childrens_home", "name": "\ud800"}]', "subjects[0].Provider", "is not JSON"),
        (
            '{"type": "childrens_home", "events": [{"judgements": {"overall": "good", "overall": "good"}}]}',
            "events[0].judgements.overall",
            "appears twice",
        ),
    ],
)
def test_errors_in_subjects_name_the_place(shape: object, place: str, problem: str) -> None:
    with pytest.raises(RecordError) as caught:
        subjects_in(write_json(shape))
    assert (caught.value.field, problem in caught.value.problem) == (place, True), caught.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[\n  {"type": }\n]', "line 2, column 12"),
        ("[]", "holds no subject"),
        ('{"subjects": []}', "holds no subject"),
        ('{"type": "childrens_home", "name": NaN}', "NaN is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("", "is empty"),
    ],
)
def test_files_that_are_no_json(text: str, words: str) -> None:
    with pytest.raises(FileFormatError, match=words):
        subjects_in(write_json(text))


def test_json_is_utf_8() -> None:
    file = write_json("")
    file.write_bytes(json.dumps(HOME).encode("utf-8-sig"))
    assert len(subjects_in(file)) == 1
    file.write_bytes(json.dumps({**HOME, "name": "Môn"}, ensure_ascii=False).encode("cp1252"))
    with pytest.raises(FileFormatError, match="is not text"):
        subjects_in(file)


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("a.json", json.dumps([HOME, COUNCIL]), "subjects"),
        ("a.JSON", json.dumps(HOME), "subjects"),
        ("a.csv", text_of([visit()]), "local_authority_events"),
        ("a.txt", text_of([provider()]), "provider_events"),
        ("a", "\ufeff \n" + json.dumps(HOME), "subjects"),
    ],
)
def test_any_file(name: str, text: str, format_: str) -> None:
    published = read_file(write_json(text, name))
    assert (published.formats, published.problems) == ((format_,), ())
    assert [subject.name for subject in published.subjects] == sorted(subject.name for subject in published.subjects)


def test_a_name_that_says_json_is_believed() -> None:
    with pytest.raises(FileFormatError, match="is not JSON"):
        read_file(write_json(text_of([visit()]), "a.json"))


# The published collections themselves

DATA = Path(__file__).parents[2] / "shared" / "data"
MONTHS = [date(year, month, 1) for year in range(2018, 2027) for month in range(1, 13) if (year, month) <= (2026, 11)]


@pytest.fixture(scope="module")
def authorities() -> Published:
    return collection("local_authority_events.csv")


@pytest.fixture(scope="module")
def providers() -> Published:
    return collection("provider_events.csv")


def collection(name: str) -> Published:
    if not (DATA / name).is_file():
        pytest.skip(f"the published collection {name} is not on this machine")
    published = read_file(DATA / name)
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        assert accounted_for(published) == sum(1 for _ in csv.DictReader(file))
    return published


def test_every_authority_is_read(authorities: Published) -> None:
    assert (len(authorities.subjects), accounted_for(authorities), authorities.problems) == (91, 676, ())
    months = [event for subject in authorities.subjects for event in subject.events if event.precision == "month"]
    assert len(months) == 22


def test_every_provider_is_read(providers: Published) -> None:
    assert (len(providers.subjects), accounted_for(providers)) == (3123, 20_918)
    followed = [problem.field for problem in providers.problems if problem.action == "kept"]
    assert Counter(followed) == Counter({"provision_type": 13})
    assert {problem.action for problem in providers.problems} == {"value left out", "kept"}
    assert Counter(problem.field for problem in providers.problems) == Counter(
        {
            "overall": 773,
            "help_protect": 21,
            "leaders": 21,
            "provision_type": 13,
            "registration_date": 1,
            "publication_date": 1,
        }
    )


def test_the_rulebook_answers_for_every_authority_in_every_month(authorities: Published) -> None:
    assert all(next_activity(subject, as_of=day) for subject in authorities.subjects for day in MONTHS)


def test_the_rulebook_answers_for_every_fostering_agency_in_every_month(providers: Published) -> None:
    agencies = [subject for subject in providers.subjects if subject.type == "independent_fostering_agency"]
    assert len(agencies) == 216
    assert all(next_activity(subject, as_of=day) for subject in agencies for day in MONTHS)


def test_no_agency_is_called_overdue_that_may_have_closed(providers: Published) -> None:
    for subject in providers.subjects:
        if subject.type == "independent_fostering_agency":
            overdue = [day for day in MONTHS if next_activity(subject, as_of=day).status == "overdue"]
            assert all(day <= subject.events[-1].first_known for day in overdue)


LATER = ("", "2024-04-10", "2024-05-20", "2024-05-21")
ON_ONE_DAY = [
    {"start_date": "2024-04-01", "end_date": end, "publication_date": report}
    for end in LATER[:2] for report in LATER
] + [{"start_date": "", "end_date": "2024-04-01", "publication_date": report} for report in LATER] + [
    {"start_date": "", "end_date": "", "publication_date": "2024-04-01"}
]  # fmt: skip


@given(st.lists(st.sampled_from(ON_ONE_DAY), min_size=2, max_size=4), st.sampled_from(["", "precision=m"]))
@settings(max_examples=60)
def test_rows_that_share_a_day_and_differ_in_what_happened_on_it_keep_the_day(
    days: list[dict[str, str]], notes: str
) -> None:
    """They are one visit, which takes its place by the very day that each row begins with."""
    event = only(read(*(visit(**each, notes=f"{notes} {number}") for number, each in enumerate(days))))
    assert event.first_known == date(2024, 4, 1)


def test_whatever_is_wrong_with_any_subject_of_a_json_file_is_said_at_once() -> None:
    home = '{"type": "childrens_home", "name": "A", "registered": "%s"}'
    text = f"[{home % '2024-13-01'}, {home % '2024-01-31'}, {home % 'soon'}]"
    with pytest.raises(RecordError) as refused:
        read_file(StringIO(text))
    assert [fault.field for fault in refused.value.faults] == ["subjects[0].registered", "subjects[2].registered"]
