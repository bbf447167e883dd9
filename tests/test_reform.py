"""Amended rulebooks: other answers from the day on, the same before it, and refusals that name the place."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import ilacs_rules as ir
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import questions
from ilacs_rules.testing.strategies.histories import kinds_of

BOOK = ir.load_rulebook()
FROM = date(2027, 4, 1)
REFORMS = {path.stem: path for path in sorted((Path(__file__).parents[1] / "docs" / "reforms").glob("*.toml"))}
AMENDED = {name: BOOK.amend(path) for name, path in REFORMS.items()}
OLD = "authority_with_an_older_inadequate_grade_gets_a_standard_inspection"
IDEA = {"title": "An idea", "publisher": "Us", "url": "", "dated": "2026", "seen_as": "primary"}
REFORM: dict[str, Any] = {
    "id": "idea",
    "says": "An idea.",
    "from": FROM,
    "source": {"idea": IDEA},
    "sources": [["idea", "all of it"]],
    "certainty": "quoted",
}
SOONER = {"rule": OLD, "says": "Sooner.", "closes": "last_inspection_started + 12 months"}
TRACK = {
    "id": "casework_audit",
    "means": "a yearly audit of casework",
    "owed_by": "authority",
    "met_by": ["casework_monitoring"],
    "answers": {"local_authority": FROM},
}
INADEQUATE = ir.LocalAuthority(
    name="An authority",
    events=[
        ir.Event(
            activity="ilacs_standard",
            started=date(2025, 6, 9),
            ended=date(2025, 6, 20),
            published=date(2025, 8, 5),
            judgements={"overall": "inadequate"},
        )
    ],
)


def inspection(book: ir.Rulebook, day: date, subject: Subject = INADEQUATE) -> ir.Answer:
    (answer,) = [item for item in ir.answers(subject, as_of=day, rulebook=book) if item.track == "inspection"]
    return answer


def test_a_replaced_rule_answers_until_the_day_before_and_its_successor_from_the_day() -> None:
    book = BOOK.amend({**REFORM, "replace": [SOONER]})
    before, after = inspection(book, date(2027, 3, 31)), inspection(book, FROM)
    assert (before.rule, before.window.closes) == (OLD, date(2028, 12, 9))
    assert (after.rule, after.window.closes) == (f"{OLD}_from_2027_04_01", date(2026, 6, 9))
    assert [source.source for source in after.sources] == ["idea"]
    assert (after.gap, after.evidence) == ("", "")
    assert after.rulebook == f"{BOOK.version}+idea"
    old, new = BOOK.rule(OLD), book.rule(after.rule)
    kept = {"applies_to", "track", "when", "activity", "strength", "runs_from", "notice", "days_on_site", "readings"}
    assert all(getattr(old, name) == getattr(new, name) for name in kept)


PAUSE = {
    "id": "pause",
    "says": "Inspection is suspended.",
    "applies_to": ["local_authority"],
    "tracks": ["inspection"],
    "from": date(2027, 5, 1),
    "to": date(2027, 10, 31),
    "certainty": "quoted",
    "sources": [["idea", "all of it"]],
}


def test_a_suspension_stops_the_clock_from_its_first_day_and_lengthens_from_the_day_after() -> None:
    """184 days are added; up to the day before it nobody knows of it. What differs is said to be the suspensions."""
    book = BOOK.amend({**REFORM, "suspension": [PAUSE]})
    before, first, last, after = (
        inspection(book, day) for day in (date(2027, 4, 30), date(2027, 5, 1), date(2027, 10, 31), date(2027, 11, 1))
    )
    assert before.window == inspection(BOOK, date(2027, 4, 30)).window
    assert {answer.status for answer in (first, last)} == {ir.Status.SUSPENDED}
    assert (before.window.closes, after.window.closes) == (date(2028, 12, 9), date(2029, 6, 11))
    found = [item for item in ir.diff(BOOK, book).differences if item.what == ("suspensions",)]
    assert OLD in {item.old.id for item in found if item.old}


def test_the_worked_example_of_24_months() -> None:
    """70 working days after 5 August 2025 end on 12 November 2025; 24 months after 1 April 2027, which is later."""
    book = AMENDED["return_within_24_months"]
    assert inspection(book, date(2027, 3, 31)).rule == OLD
    answer = inspection(book, FROM)
    assert (answer.window.opens, answer.window.closes) == (None, date(2029, 4, 1))
    late = ir.LocalAuthority(
        name="Another",
        events=[
            ir.Event(
                activity="ilacs_standard",
                started=date(2027, 6, 7),
                published=date(2027, 8, 2),
                judgements={
                    "leaders": "good",
                    "help_and_protection": "inadequate",
                    "children_in_care": "good",
                    "care_leavers": "good",
                },
            )
        ],
    )
    assert inspection(BOOK, date(2027, 9, 1), late).activity is ir.Activity.ILACS_INSPECTION
    assert inspection(book, date(2027, 9, 1), late).activity is ir.Activity.ILACS_STANDARD
    assert inspection(book, date(2027, 9, 1), late).window.closes == date(2029, 11, 9)


def test_the_worked_example_of_four_years() -> None:
    book = AMENDED["four_year_cycle"]
    window = inspection(book, FROM).window
    assert (window.opens, window.due, window.closes) == (date(2028, 12, 9), date(2029, 6, 9), date(2029, 12, 9))
    visits = [item for item in ir.answers(INADEQUATE, as_of=FROM, rulebook=book) if item.track == "visits_between"]
    assert visits[0].window.closes == date(2029, 12, 8)


def test_what_was_expected_is_so_no_longer_once_it_is_there() -> None:
    book = AMENDED["four_year_cycle"]
    coming = "Known to be coming: Ofsted plans a renewed children and families services framework"
    noted = [any(note.startswith(coming) for note in inspection(book, day).notes) for day in (date(2027, 3, 31), FROM)]
    assert noted == [True, False]


@pytest.mark.parametrize("name", sorted(AMENDED))
def test_an_amended_rulebook_is_read_back_as_itself(name: str) -> None:
    book = AMENDED[name]
    again = ir.Rulebook.model_validate_json(book.model_dump_json())
    assert again == book
    assert book != BOOK
    assert BOOK.amend(REFORMS[name].read_text(encoding="utf-8")) == book


@given(questions())
@settings(max_examples=100)
def test_before_its_first_day_nothing_is_answered_otherwise(question: tuple[Subject, date]) -> None:
    subject, day = question
    as_of = min(day, date(2027, 3, 31))
    without = {"rulebook", "fingerprint"}

    def said(book: ir.Rulebook) -> list[str] | str:
        try:
            return [item.model_dump_json(exclude=without) for item in ir.answers(subject, as_of=as_of, rulebook=book)]
        except ir.IlacsRulesError as error:
            return str(error).replace(book.version, "")

    assert [said(book) for book in AMENDED.values()] == [said(BOOK)] * len(AMENDED)


def test_an_activity_meets_a_track_only_from_the_day_on() -> None:
    """A record that would show everything but targeted inspections: only since then do they matter to its visits."""
    meeting = {"track": "visits_between", "activities": ["targeted_inspection"]}
    book = BOOK.amend({**REFORM, "met_by": [meeting]})
    kinds = [kind.value for kind in kinds_of("authority") if kind.value != "targeted_inspection"]
    subject = INADEQUATE.model_copy(
        update={
            "covers": kinds,
            "events": [INADEQUATE.events[0].model_copy(update={"judgements": {"overall": "good"}})],
        }
    )

    def notes(day: date) -> tuple[str, ...]:
        return next(
            item for item in ir.answers(subject, as_of=day, rulebook=book) if item.track == "visits_between"
        ).notes

    assert not any("targeted inspection" in note for note in notes(date(2027, 3, 31)))
    assert any("targeted inspection" in note for note in notes(FROM))


def test_a_reform_can_bring_a_track_of_its_own() -> None:
    rule = {
        "id": "casework_is_audited_every_year",
        "says": "Casework is audited every year.",
        "applies_to": ["local_authority"],
        "track": "casework_audit",
        "activity": "casework_monitoring",
        "opens": "start_of_year(as_of)",
        "closes": "end_of_year(as_of)",
        "strength": "must",
    }
    book = BOOK.amend({**REFORM, "track": [TRACK], "add": [rule]})
    asked = [
        {item.track for item in ir.answers(INADEQUATE, as_of=day, rulebook=book)} for day in (date(2027, 3, 31), FROM)
    ]
    assert asked[1] - asked[0] == {"casework_audit"}


def test_a_reform_can_follow_a_reform() -> None:
    book = AMENDED["return_within_24_months"]
    new = "authority_with_an_older_inadequate_grade_is_reinspected_within_24_months"
    again = book.amend({**REFORM, "from": date(2028, 4, 1), "replace": [{**SOONER, "rule": new}]})
    assert again.version == f"{BOOK.version}+return_within_24_months+idea"
    assert [inspection(again, day).rule for day in (date(2028, 3, 31), date(2028, 4, 1))] == [
        new,
        f"{new}_from_2028_04_01",
    ]


ADD = {
    "id": "mine",
    "says": "Mine.",
    "applies_to": ["local_authority"],
    "track": "inspection",
    "when": {"inspection_stage": "complete"},
    "activity": "ilacs_standard",
    "strength": "usual",
}


NEVER = {**ADD, "id": "never", "when": {"inspection_stage": "none", "last_overall": "good"}}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"from": "2027-04-01"}, "idea: from: is not a day .*without quotes"),
        ({"from": date(2127, 4, 1)}, "idea: from: .* a date from 1900-01-01 to 2100-12-31"),
        ({"add": [{**ADD, "to": "2028-03-31"}]}, "idea: add mine: to: is not a day .*without quotes"),
        ({"id": "An Idea"}, "An Idea: id"),
        ({"replce": []}, "idea: replce: .*'replace'"),
        ({"replace": [{**SOONER, "closs": ""}]}, f"idea: replace {OLD}: closs: .*'closes'"),
        ({"replace": [{**SOONER, "rule": OLD[:-1]}]}, f"idea: replace {OLD[:-1]}: rule: is not known .*'{OLD}'"),
        (
            {"replace": [{**SOONER, "closes": "last_inspecton_started"}]},
            f"{OLD}_from_2027_04_01: closes: .*is not a fact that holds a date",
        ),
        ({"replace": [{**SOONER, "when": {"last_overal": "good"}}]}, "when: is not a known fact .*'last_overall'"),
        ({"replace": [{**SOONER, "sources": [["ideal", "x"]]}]}, f"idea: replace {OLD}: sources: .*'idea'"),
        ({"replace": [{"rule": OLD, "closes": "created"}]}, f"idea: replace {OLD}: says: is missing"),
        ({"replace": [SOONER], "certainty": "sure"}, "certainty"),
        ({"replace": [SOONER], "certainty": None}, f"idea: replace {OLD}: certainty: is missing"),
        ({"add": [{**ADD, "sources": []}]}, "idea: add mine: sources: is missing"),
        ({"replace": [SOONER, SOONER]}, "appears twice"),
        ({"replace": [SOONER], "end": [{"rules": [OLD]}]}, "appears twice"),
        ({"replace": [SOONER], "from": date(2026, 4, 1)}, "is not in force both before the reform"),
        (
            {"end": [{"rules": ["good_or_outstanding_authority_gets_a_short_inspection"]}]},
            "is not in force both before",
        ),
        (
            {"replace": [{**SOONER, "opens": "last_inspection_started + 15 months"}]},
            f"idea: {OLD}_from_2027_04_01: Its window can close before it opens .*expected a window that opens first",
        ),
        (
            {
                "track": [TRACK],
                "add": [{**ADD, "track": "casework_audit", "when": {}}, {**NEVER, "track": "casework_audit"}],
            },
            "idea: never: .*no case of theirs can be in its conditions",
        ),
        ({"end": [{"rules": [OLD]}]}, "idea: track inspection: no rule answers this case"),
        ({"end": [{"expected": ["children_and_families"]}]}, "idea: end: expected: is not known"),
        ({"add": [ADD]}, "idea: track inspection: .* both answer this case"),
        ({"add": [{**ADD, "from": date(2027, 3, 31)}]}, "idea: add mine: from: begins before the reform"),
        (
            {"add": [{**ADD, "track": "monitoring", "when": {"exists": "yes"}}]},
            "idea: add mine: when: no rule of track .* asks",
        ),
        ({"met_by": [{"track": "visits", "activities": ["jtai"]}]}, "idea: met_by: track: is not known"),
        (
            {"suspension": [{**PAUSE, "from": date(2027, 3, 31)}]},
            "idea: suspension pause: from: begins before the reform",
        ),
        ({"source": {"ofsted_2026_reform": IDEA, "idea": IDEA}, "replace": [SOONER]}, "appears twice"),
        ({"source": {"an_idea": IDEA}}, "idea: changes nothing .expected a row of replace"),
        (
            {"track": [{**TRACK, "answers": {"local_authority": date(2020, 1, 1)}}]},
            "idea: track casework_audit: answers: begins before the reform",
        ),
    ],
)
def test_what_cannot_stand_is_refused_with_its_place(changes: Mapping[str, Any], said: str) -> None:
    with pytest.raises(ir.RulebookError, match=said):
        BOOK.amend({**REFORM, **changes})


@pytest.mark.parametrize("overlay", ["not = toml = at all", 7, Path("no such file.toml")])
def test_what_is_no_overlay_is_refused(overlay: Any) -> None:
    with pytest.raises(ir.RulebookError):
        BOOK.amend(overlay)


def test_a_path_that_is_given_as_text_is_said_to_be_one() -> None:
    with pytest.raises(ir.RulebookError, match=r"names a file \(found 'docs/reform.toml'; expected .*Path\("):
        BOOK.amend("docs/reform.toml")


def test_the_case_of_a_refusal_names_a_day_that_a_reader_knows() -> None:
    """Two rules differ in what they say of inspections since 2015; the gap is at the day before, not in year one."""
    rule = "good_or_outstanding_authority_inspected_before_2015_gets_a_short_inspection"
    with pytest.raises(ir.ProofError, match="last inspection started: 2014-12-31"):
        BOOK.amend({**REFORM, "end": [{"rules": [rule]}]})


def test_a_rulebook_as_it_stood_cannot_be_amended_after_its_last_day() -> None:
    with pytest.raises(ir.RulebookError, match="is cut off at an earlier day"):
        ir.load_rulebook(on=date(2026, 11, 21)).amend({**REFORM, "replace": [SOONER]})
