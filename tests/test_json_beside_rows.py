"""A subject that a JSON file and a sheet both tell of is one record, as one that two sheets tell of is."""

import json
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir

HEADER = "subject,type,name,urn,registered,region,activity,started,published,overall,leaders,help_and_protection"
HOME = {"type": "childrens_home", "name": "A home", "urn": "SC123456", "registered": "2020-01-01"}
SHORT = {"activity": "full_inspection", "started": "2024-02-01", "published": "2024-03-20"}


def event(overall: str = "good", started: str = "2024-02-01") -> dict[str, Any]:
    judged = {"overall": overall, "leaders": "good", "help_and_protection": "good"}
    return {**SHORT, "started": started, "judgements": judged}


def row(overall: str = "good", started: str = "2024-02-01", urn: str = "sc123456", region: str = "") -> str:
    return f"7,childrens_home,A home,{urn},,{region},full_inspection,{started},2024-03-20,{overall},good,good"


def read(subjects: Sequence[dict[str, Any]], *rows: str, **options: Any) -> ir.Published:
    as_json = StringIO(json.dumps(list(subjects)))
    as_json.name = "a.json"
    files: list[Any] = [as_json]
    if rows:
        sheet = StringIO("\n".join([HEADER, *rows]) + "\n")
        sheet.name = "a.csv"
        files.append(sheet)
    return ir.read(files, **options)


def test_one_number_is_one_subject() -> None:
    published = read([{**HOME, "events": [event()]}], row(), row(started="2022-02-01", region="London"))
    (home,) = published.subjects
    assert [each.started for each in home.events] == [date(2022, 2, 1), date(2024, 2, 1)]
    assert (home.urn, home.region, home.covers) == ("SC123456", "London", "inspections")
    assert isinstance(home, ir.Provider)
    assert home.registered == date(2020, 1, 1)
    assert not any(problem.lost for problem in published.problems)
    assert published.where(home) == ("a.csv, lines 2, 3", "a.json, line 1")


def test_in_whatever_order_they_are_given(tmp_path: Path) -> None:
    one, two = tmp_path / "a.json", tmp_path / "a.csv"
    one.write_text(json.dumps([{**HOME, "events": [event("outstanding")]}]), encoding="utf-8")
    two.write_text(f"{HEADER}\n{row()}\n", encoding="utf-8")
    assert ir.read([one, two]).subjects == ir.read([two, one]).subjects


def test_what_they_say_differently_is_left_out_and_reported() -> None:
    published = read([{**HOME, "events": [event("outstanding")]}], row())
    (home,) = published.subjects
    assert home.events[0].judgements.overall is ir.Grade.NOT_RECORDED
    (problem,) = (problem for problem in published.problems if problem.lost)
    assert (problem.field, problem.problem) == ("overall", "differs between rows of one event")
    assert set(problem.value.split(", ")) == {"good", "outstanding"}
    assert home.not_used


def test_two_json_files_and_two_entries_of_one_are_one_record_too() -> None:
    twice = [{**HOME, "events": [event()]}, {**HOME, "urn": "sc 123456", "events": [event(started="2022-02-01")]}]
    (home,) = read(twice).subjects
    assert len(home.events) == 2
    again = read([{**HOME, "events": [event()]}, {**HOME, "events": [event("inadequate")]}])
    (home,) = again.subjects
    assert home.events[0].judgements.overall is ir.Grade.NOT_RECORDED
    assert any(problem.lost for problem in again.problems)


def test_a_subject_that_nobody_else_tells_of_stays_as_it_was_given() -> None:
    given: dict[str, Any] = {
        **HOME,
        "urn": "SC999999",
        "covers": ["full_inspection"],
        "not_used": ["1 row: is odd"],
        "events": [event()],
    }
    published = read([given], row())
    assert ir.Provider(**given) in published.subjects
    assert len(published.subjects) == 2


@pytest.mark.parametrize(
    ("name", "number", "count"),
    [("Leeds City Council", "", 1), ("Leeds", "80486", 1), ("leeds", "80487", 2), ("Leicester", "", 2)],
)
def test_a_council_is_known_by_its_number_else_by_its_name(name: str, number: str, count: int) -> None:
    given = {"type": "local_authority", "name": name, "urn": number, "successors": ["A council"]}
    sheet = "x,local_authority,Leeds,80486,,,focused_visit,2024-02-01,,,,"
    published = read([given], sheet)
    assert len(published.subjects) == count
    if count == 1:
        (council,) = published.subjects
        assert isinstance(council, ir.LocalAuthority)
        assert (len(council.events), council.urn, council.successors) == (1, "80486", ("A council",))


def test_a_home_without_a_number_is_not_taken_for_one_that_has_one() -> None:
    assert len(read([{**HOME, "urn": ""}], row()).subjects) == 2
    assert len(read([{**HOME, "urn": ""}], row(started="2022-02-01", urn="")).subjects) == 1


@pytest.mark.parametrize(
    ("given", "rows", "shown"),
    [
        ("everything", [row()], "everything"),
        ("inspections", [row()], "inspections"),
        (["full_inspection"], [row()], "inspections"),  # a table of events shows them all
        ("everything", [row(), row().replace("full_inspection", "no_such_thing")], ()),
    ],
)
def test_the_record_shows_what_either_shows(given: Any, rows: list[str], shown: Any) -> None:
    (home,) = read([{**HOME, "covers": given, "events": [event()]}], *rows).subjects
    assert home.covers == shown


def test_of_a_kind_of_which_a_row_was_lost_nothing_is_claimed() -> None:
    bad = row(started="2023-02-31").replace("2024-03-20", "")
    (home,) = read([{**HOME, "covers": "everything", "events": [event()]}], row(), bad).subjects
    assert not isinstance(home.covers, str)
    covered = {item.activity for item in home.covers}
    assert ir.Activity.FULL_INSPECTION not in covered
    assert ir.Activity.INTERIM_INSPECTION in covered
    assert home.not_used


def test_what_was_not_used_before_is_still_said() -> None:
    (home,) = read([{**HOME, "not_used": ["1 row: is odd"], "events": [event()]}], row()).subjects
    assert home.not_used == ("1 row: is odd",)
