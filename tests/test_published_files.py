"""The files as they are published: each opens with no argument, and three subjects of each are what their rows say."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules.reading import Published

HERE = Path(__file__).parent
FILES = HERE.parents[1] / "shared" / "published"
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "published" / "subjects.toml").read_text(encoding="utf-8"))[
    "subject"
]
COUNTS: list[dict[str, Any]] = tomllib.loads((HERE / "published" / "counts.toml").read_text(encoding="utf-8"))["file"]

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the published files are not on this machine")


@cache
def opened(name: str) -> Published:
    if not name.endswith(".csv"):
        pytest.importorskip("python_calamine")
    return ir.read(FILES / name)


def test_every_file_has_three_cases_and_a_count() -> None:
    there = {path.name for path in FILES.iterdir() if path.suffix != ".md"}
    cases = Counter(case["file"] for case in CASES)
    assert set(cases) == there == {each["file"] for each in COUNTS}
    assert min(cases.values()) >= 3


@pytest.mark.parametrize("counted", COUNTS, ids=lambda each: each["file"])
def test_every_file_opens_with_no_argument(counted: dict[str, Any]) -> None:
    published = opened(counted["file"])
    read = {sheet.sheet or "": sheet.format for sheet in published.sheets if sheet.format}
    assert read == counted["formats"]
    assert len(published.subjects) == counted["subjects"]
    assert sum(len(subject.events) for subject in published.subjects) == counted["events"]
    assert Counter(problem.action for problem in published.problems) == counted["problems"]
    assert all(sheet.format or sheet.why_not for sheet in published.sheets)
    assert len(published.came_from) == len(published.subjects)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['file']} {case.get('urn') or case['name']}")
def test_a_subject_is_what_its_rows_say(case: Mapping[str, Any]) -> None:
    published = opened(case["file"])
    (subject,) = (
        subject
        for subject in published.subjects
        if (subject.urn == case["urn"] if "urn" in case else subject.name == case["name"])
    )
    assert (subject.type, subject.name, subject.urn) == (case["type"], case["name"], case.get("urn", ""))
    assert subject.region == case.get("region", "")
    assert getattr(subject, "registered", None) == case.get("registered")
    assert getattr(subject, "closed", None) == case.get("closed")
    if "registration_status" in case:
        assert isinstance(subject, ir.Provider)
        status, seen = subject.registration_status, subject.status_as_at
        assert (str(status), seen) == (case["registration_status"], case["status_as_at"])
    events = []
    for event in subject.events:
        days = {name: day for name in ("started", "ended", "published") if (day := getattr(event, name))}
        outcome = {"outcome": event.outcome.value} if event.outcome else {}
        events.append({"activity": event.activity.value, **days, **outcome, **event.judgements.given()})
    assert events == case["events"]
    bears = f"({subject.urn})" if subject.urn and subject.name != subject.urn else subject.urn or subject.name
    problems = [problem.field for problem in published.problems if bears in problem.subject]
    assert sorted(problems) == sorted(case.get("problems", []))
    assert published.where(subject)


@pytest.mark.parametrize(
    "name",
    [
        "LA_Inspection_Outcomes_as_at_31_March_2025.ods",
        "joiners_leavers_19.csv",
        "ofsted_csc_ilacs_history.csv",
        "provider_at_march_2018.csv",
    ],
)
def test_tables_and_next_agree(name: str) -> None:
    tables = pytest.importorskip("ilacs_rules.tables")
    published, day = opened(name), date(2025, 6, 1)
    found = tables.next_activities(published, as_of=day).answers
    told = [ir.next_activity(subject, as_of=day) for subject in published.subjects]
    assert found["name"].to_list() == [subject.name for subject in published.subjects]
    assert found["activity"].to_list() == [str(answer.activity) for answer in told]
    assert found["closes"].to_list() == [answer.window.closes for answer in told]
    assert found["status"].to_list() == [str(answer.status) for answer in told]
    lost = [bool(subject.not_used) for subject in published.subjects]
    assert [bool(text) for text in found["not_used"].to_list()] == lost
