"""A small rulebook of one's own, which says less than the shipped one, still answers or refuses in words."""

from datetime import date

import polars as pl
import pytest
from benchmarks.peers.small import WINDOWS, cases, rows, rulebook

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.dates import add_days, add_months
from ilacs_rules.reviewing.checks import FindingKind
from ilacs_rules.tables.questions.given import gathered_from
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.testing.laws import LAWS
from ilacs_rules.writing.snapshot import lines_of, snapshot

LATER = ir.Provider(type="independent_fostering_agency", name="An agency to come", registered=date(2030, 1, 1))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ir.Rulebook:
    return rulebook(tmp_path_factory.mktemp("rulebooks") / "small")


def test_the_small_rulebook_says_what_the_table_of_the_benchmarks_says(small: ir.Rulebook) -> None:
    assert len(rows()) == 20
    for case in cases(60):
        answer = ir.next_activity(case.subject, as_of=case.as_of, rulebook=small)
        window = next(window for grades, window in WINDOWS[case.kind].items() if case.grade in grades)
        ends = [add_months(case.started, months) for months in window] if window else [None, None]
        assert [answer.window.opens, answer.window.closes] == ends


def test_what_comes_next_before_a_subject_exists_is_refused_where_no_rule_says_so(small: ir.Rulebook) -> None:
    assert ir.answers(LATER, as_of=date(2024, 1, 1), rulebook=small) == ()
    with pytest.raises(ir.OutsideRulebookError, match=r"a rule in force for An agency to come, which did not"):
        ir.next_activity(LATER, as_of=date(2024, 1, 1), rulebook=small)
    assert ir.next_activity(LATER, as_of=date(2024, 1, 1)).rule == "fostering_agency_not_yet_registered"


def test_the_table_of_the_same_reports_that_subject_and_answers_the_others(small: ir.Rulebook) -> None:
    (case,) = cases(1)
    events, subjects, covers = tables.from_subjects([LATER, case.subject])
    found = tables.next_activities(events, subjects, covers=covers, as_of=date(2024, 1, 1), rulebook=small)
    assert found.refused["kind"].to_list() == ["OutsideRulebookError"]
    assert len(found.answers) == 1


def test_before_its_first_day_a_rulebook_as_it_stood_is_asked_nothing(small: ir.Rulebook) -> None:
    """And on that day it is: of questions that were not yet put nothing is found wrong, and nothing is written."""
    first = min(day for track in small.tracks for day in track.answers.values())
    before, on = small.as_it_stood(add_days(first, -1)), small.as_it_stood(first)
    about_tracks = FindingKind.GAP, FindingKind.OVERLAP, FindingKind.NEVER_FIRES
    assert not [finding for finding in ir.check(before) if finding.kind in about_tracks]
    assert not list(lines_of(snapshot(before).values()))
    assert list(lines_of(snapshot(on).values()))
    (law,) = [law for law in LAWS if law.name == "every situation is answered"]
    assert law.suspects is not None
    assert list(law.suspects(before)) == list(law.suspects(on)) == []


def test_a_table_of_situations_is_decided_up_to_the_last_day_of_a_rulebook_as_it_stood(small: ir.Rulebook) -> None:
    (case,) = cases(1)
    last = date(2024, 1, 31)
    stood = small.as_it_stood(last)
    events, subjects, covers = tables.from_subjects([case.subject, case.subject])
    facts, _ = tables.situations(events, subjects, covers=covers, as_of=last, rulebook=small)
    asked = facts.with_columns(as_of=pl.Series([last, add_days(last, 1)]))
    whole = tables.decide(asked, track="inspection", rulebook=small)
    decided = tables.decide(asked, track="inspection", rulebook=stood)
    assert whole.refused.is_empty()
    assert decided.answers.row(0) == whole.answers.row(0)
    assert decided.answers["rule"].to_list()[1] is None
    assert decided.refused["kind"].to_list() == ["OutsideRulebookError"]


@pytest.mark.parametrize(
    "covers", [("full_inspection",), (ir.Covered(activity="full_inspection", since=date(2019, 1, 1)),)]
)
def test_the_table_refuses_a_subject_in_the_same_words_whatever_its_record_covers(
    small: ir.Rulebook, covers: tuple[str | ir.Covered, ...]
) -> None:
    later = ir.Provider.model_validate({**dict(LATER), "name": "0", "covers": covers})
    with pytest.raises(ir.OutsideRulebookError) as single:
        ir.next_activity(later, as_of=date(2024, 1, 1), rulebook=small)
    records = tables.from_subjects([later])
    found = tables.next_activities(
        records.events, records.subjects, covers=records.covers, as_of=date(2024, 1, 1), rulebook=small
    )
    assert found.refused["message"].to_list() == [str(single.value)]
    gathered = gathered_from(records.events, records.subjects, records.covers, Refusals(), None)
    assert gathered.histories.subject(0).covers == later.covers
