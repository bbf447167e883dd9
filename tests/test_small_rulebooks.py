"""A small rulebook of one's own, which says less than the shipped one, still answers or refuses in words."""

from datetime import date

import pytest
from benchmarks.peers.small import WINDOWS, cases, rows, rulebook

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.dates import add_months

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
