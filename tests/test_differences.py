"""What differs between two rulebooks: every situation, and none besides."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.plain_text import for_markdown
from ilacs_rules.records import Subject
from ilacs_rules.reviewing.differences.boxes import merged
from ilacs_rules.reviewing.differences.walk import COMPARED
from ilacs_rules.rulebook import Answering, Leaf, walk
from ilacs_rules.situation import AS_OF, Allowed, Range, Value
from ilacs_rules.testing.strategies import questions
from ilacs_rules.testing.strategies.days import FIRST, LAST

BOOK = ir.load_rulebook()
REFORMS = Path(__file__).parents[1] / "docs" / "reforms"
FOUR = BOOK.amend(REFORMS / "four_year_cycle.toml")
WITHIN = BOOK.amend(REFORMS / "return_within_24_months.toml")
DIFF = ir.diff(BOOK, FOUR)
APRIL = ir.diff(on=date(2026, 4, 1))
AUTHORITY = ir.LocalAuthority(
    name="An | authority",
    events=[
        ir.Event(
            activity="ilacs_short",
            started=date(2025, 6, 9),
            published=date(2025, 8, 5),
            judgements={"overall": "good"},
        )
    ],
)


def says(book: ir.Rulebook, rule: ir.Rule | None) -> object:
    """What of a rule reaches an answer."""
    if rule is None:
        return None
    return rule.id, [getattr(rule, name) for name in COMPARED], book.readings_of(rule)


def values_of(subject: Subject, as_of: date) -> dict[str, Value] | None:
    try:
        return ir.situation(subject, as_of=as_of).all() | {AS_OF: as_of}
    except ir.MissingFactError:
        return None


def lies_in(values: dict[str, Value], difference: ir.Difference) -> int:
    """In how many of its boxes a situation lies."""
    return sum(all(side.allowed.admits(values[side.fact]) for side in box) for box in difference.situations)


def leaf_of(answering: Answering, values: dict[str, Value]) -> Leaf:
    return walk(answering.tree, values.__getitem__)


@given(questions(), st.sampled_from([(FOUR, DIFF), (WITHIN, ir.diff(BOOK, WITHIN))]))
@settings(max_examples=80)
def test_a_situation_differs_exactly_where_it_lies_in_a_box(
    question: tuple[Subject, date], other: tuple[ir.Rulebook, ir.Diff]
) -> None:
    subject, day = question
    new, diff = other
    values = values_of(subject, max(day, date(2027, 3, 30)))
    if values is None:
        return
    for one, two in zip(BOOK.asked_of(subject.type), new.asked_of(subject.type), strict=True):
        if not one.concerns(values["exists"]):
            continue
        old_rule, new_rule = leaf_of(one, values).rule, leaf_of(two, values).rule
        found = [
            item
            for item in diff.differences
            if item.track == one.track.id and subject.type in item.subject_types and lies_in(values, item)
        ]
        if says(BOOK, old_rule) == says(new, new_rule):
            assert not found
        else:
            assert [(item.old, item.new) for item in found] == [(old_rule, new_rule)]
            assert lies_in(values, found[0]) == 1


@given(questions(), st.sampled_from([date(2026, 4, 1), date(2018, 9, 17), date(2020, 4, 1), date(2022, 4, 1)]))
@settings(max_examples=60)
def test_between_two_days_a_situation_differs_exactly_where_it_lies_in_a_box(
    question: tuple[Subject, date], turn: date
) -> None:
    subject, _ = question
    values = values_of(subject, turn)
    if values is None or any(answering.first > turn for answering in BOOK.asked_of(subject.type)):
        return
    diff = ir.diff(on=turn)
    before = values | {AS_OF: turn - timedelta(days=1)}
    for answering in BOOK.asked_of(subject.type):
        if answering.first == turn or not answering.concerns(values["exists"]):
            continue  # nothing answers the day before; or it is not asked of such a subject
        old_rule = leaf_of(answering, before).rule
        new_rule = leaf_of(answering, values).rule
        found = [
            item
            for item in diff.differences
            if item.track == answering.track.id and subject.type in item.subject_types and lies_in(values, item)
        ]
        if old_rule != new_rule:
            assert [(item.old, item.new) for item in found] == [(old_rule, new_rule)]
        else:
            assert all(set(item.what) <= {"suspensions", "met_by", "owed_by"} for item in found)


def test_equal_rulebooks_do_not_differ() -> None:
    assert not ir.diff(BOOK, BOOK.model_copy(update={"version": "another"}))
    later = [rule.model_copy(update={"unmet": "otherwise"}) for rule in BOOK.rules]
    assert not ir.diff(BOOK, BOOK.model_copy(update={"rules": tuple(later)})), "what reaches no answer is no difference"


def test_the_other_way_round_the_same_situations_differ() -> None:
    def both(diff: ir.Diff, *, swapped: bool = False) -> set[object]:
        found: set[object] = set()
        for item in diff.differences:
            ids = (item.old.id if item.old else "", item.new.id if item.new else "")
            boxes = frozenset(frozenset(box) for box in item.situations)
            found.add((item.track, ids[::-1] if swapped else ids, frozenset(item.what), boxes))
        return found

    assert both(DIFF) == both(ir.diff(FOUR, BOOK), swapped=True)


def test_every_situation_of_a_reform_lies_on_or_after_its_first_day() -> None:
    for item in DIFF.differences:
        for box in item.situations:
            assert any(side.fact == AS_OF and side.low == date(2027, 4, 1) for side in box)


PLANS = (
    "draft_plan_within_20_working_days_of_priority_action",
    "plan_within_70_working_days_of_priority_action",
)


def test_one_call_says_what_april_2026_changed() -> None:
    assert APRIL.on == (date(2026, 3, 31), date(2026, 4, 1))
    pairs = {(item.old.id, item.new.id) for item in APRIL.about("certainty").differences if item.old and item.new}
    assert pairs == {
        (
            "good_or_outstanding_authority_gets_a_short_inspection",
            "authority_with_an_older_good_or_outstanding_grade_gets_a_short_inspection",
        ),
        (
            "authority_requiring_improvement_gets_a_standard_inspection",
            "authority_with_an_older_requires_improvement_grade_gets_a_standard_inspection",
        ),
        (
            "department_intervenes_after_an_inadequate_judgement",
            "department_intervenes_after_an_older_inadequate_judgement",
        ),
        *((plan, f"{plan}_since_april_2026") for plan in PLANS),
    }
    new = {item.new.id for item in APRIL.about("answered").differences if item.new}
    assert "leaders_and_two_practice_judgements_good_gets_a_short_inspection" in new
    stood = ir.diff(ir.load_rulebook(on=date(2026, 3, 31)), ir.load_rulebook(on=date(2026, 4, 1)))
    assert [(item.old and item.old.id, item.new and item.new.id) for item in stood.differences] == [
        (item.old and item.old.id, item.new and item.new.id) for item in APRIL.differences
    ]


def test_a_suspension_is_a_difference_of_every_window_that_it_moves() -> None:
    begins = ir.diff(on=date(2020, 3, 17))
    assert {item.what for item in begins.differences} == {("suspensions",)}
    assert {item.track for item in begins.differences} >= {"inspection", "visits_between"}
    assert all(item.old == item.new and item.old and item.old.runs_from for item in begins.differences)


def test_the_days_on_both_sides_of_a_change() -> None:
    assert not ir.diff(on=(date(2026, 4, 1), date(2026, 4, 2)))
    assert not ir.diff(on=(date(2026, 3, 30), date(2026, 3, 31)))


def test_histories_say_which_subjects_change_and_how() -> None:
    diff = ir.diff(BOOK, FOUR, subjects=[AUTHORITY], days=[date(2027, 3, 31), date(2027, 4, 1)])
    assert diff.asked == 2
    assert {item.new_day for item in diff.subjects} == {date(2027, 4, 1)}
    (inspection,) = [item for item in diff.subjects if item.track == "inspection"]
    assert inspection.old == ir.answers(AUTHORITY, as_of=date(2027, 4, 1))[0]
    assert inspection.new == ir.answers(AUTHORITY, as_of=date(2027, 4, 1), rulebook=FOUR)[0]
    assert set(inspection.what) >= {"rule", "activity", "window"}
    assert "| An \\| authority | 1 April 2027 | inspection |" in diff.to_markdown()
    assert len(ir.diff(BOOK, FOUR, subjects=[AUTHORITY], days=[date(2027, 4, 1)]).about("closes").subjects) >= 1


def test_the_forms_of_a_diff() -> None:
    assert ir.Diff.model_validate_json(DIFF.model_dump_json()) == DIFF
    text = DIFF.to_markdown()
    for item in DIFF.differences:
        for rule in (item.old, item.new):
            assert rule is None or f"`{rule.id}`" in text
    assert DIFF._repr_html_().count("<tr>") == 1 + len(DIFF)
    assert "Nothing differs." in ir.diff(on=date(2025, 6, 2)).to_markdown()


@pytest.mark.parametrize("on", ["1 April 2026", (date(2026, 4, 1),), (date(2026, 4, 1), 20260402)])
def test_what_is_no_day_is_refused(on: object) -> None:
    with pytest.raises(ir.RecordError, match="on: is not a da"):
        ir.diff(on=on)  # type: ignore[arg-type]
    assert ir.diff(on="2026-04-01") == ir.diff(on=(date(2026, 3, 31), "2026-04-01"))


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(ir.RulebookError, match="differ from itself"):
        ir.diff()
    with pytest.raises(ir.RecordError, match="days"):
        ir.diff(BOOK, FOUR, subjects=[AUTHORITY])


def test_a_question_that_only_one_asks_differs_from_its_first_day_on() -> None:
    first = date(2028, 4, 1)
    tracks = [
        track.model_copy(update={"answers": {**track.answers, "local_authority": first}})
        if track.id == "self_evaluation"
        else track
        for track in BOOK.tracks
    ]
    diff = ir.diff(BOOK.model_copy(update={"tracks": tuple(tracks)}), BOOK)
    assert {(item.track, item.what, item.old) for item in diff.differences} == {
        ("self_evaluation", ("answered",), None)
    }
    sides = [side for item in diff.differences for box in item.situations for side in box if side.fact == AS_OF]
    assert {side.high for side in sides} == {date(2028, 3, 31)}
    assert {side.low for side in sides} == {date(2018, 1, 1)}


def test_what_neither_answers_is_not_lost() -> None:
    early = ir.Provider(type="independent_fostering_agency", name="Early", registered=date(2010, 1, 1))
    diff = ir.diff(BOOK, FOUR, subjects=[early, AUTHORITY], days=[date(2017, 3, 31), date(2027, 4, 1)])
    assert (diff.asked, len(diff.not_answered)) == (4, 1)
    assert "no rule for an independent fostering agency" in diff.not_answered[0]
    assert f"- {for_markdown(diff.not_answered[0])}" in diff.to_markdown()


@pytest.mark.parametrize(
    ("given_", "field"),
    [({"old": "2026"}, "old"), ({"new": "2026"}, "new"), ({"new": FOUR, "subjects": ["An authority"]}, "subjects")],
)
def test_what_cannot_be_compared_is_refused(given_: dict[str, Any], field: str) -> None:
    with pytest.raises(ir.RecordError, match=field):
        ir.diff(**{"days": [date(2027, 4, 1)], **given_})


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
@settings(max_examples=3)
def test_any_two_days_can_be_compared(one: date, other: date) -> None:
    assert (len(ir.diff(on=(one, other))) == 0) is (len(ir.diff(on=(other, one))) == 0)


SELF_EVALUATION = "self_evaluation"


def without_self_evaluation() -> ir.Rulebook:
    """The shipped rulebook as if nobody had ever been asked to evaluate itself."""
    return BOOK.model_copy(
        update={
            "tracks": tuple(track for track in BOOK.tracks if track.id != SELF_EVALUATION),
            "rules": tuple(rule for rule in BOOK.rules if rule.track != SELF_EVALUATION),
        }
    )


def test_a_question_that_one_rulebook_does_not_know_differs_in_every_situation_and_history() -> None:
    day, less = date(2027, 4, 1), without_self_evaluation()
    diff = ir.diff(BOOK, less, subjects=[AUTHORITY], days=[day])
    assert {(item.track, item.what, item.new) for item in diff.differences} == {(SELF_EVALUATION, ("answered",), None)}
    assert {item.old.id for item in diff.differences if item.old} == {
        rule.id for rule in BOOK.rules if rule.track == SELF_EVALUATION
    }
    (touched,) = diff.subjects
    (old,) = [answer for answer in ir.answers(AUTHORITY, as_of=day) if answer.track == SELF_EVALUATION]
    assert (touched.track, touched.old, touched.new, touched.what) == (SELF_EVALUATION, old, None, ("answered",))
    assert diff.to_markdown().splitlines()[-1].endswith("| not asked | answered |")
    (back,) = ir.diff(less, BOOK, subjects=[AUTHORITY], days=[day]).subjects
    assert (back.old, back.new, back.what) == (None, old, ("answered",))


def test_boxes_that_differ_in_nothing_but_what_is_not_known_stay_so() -> None:
    unknown: dict[str, Allowed] = {"inadequate_judgements": Range(known=False, unknown=True)}
    assert merged([unknown]) == [unknown]
    assert merged([unknown, unknown]) == [unknown]
