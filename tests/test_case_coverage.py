"""That the cases stand on both sides of every boundary of every rule of the shipped rulebook.

What a boundary is follows from the rows: each day a rule comes into force or goes out, each end of a range, each word
of a set, and each end of a window. A rule that is added without cases for its boundaries fails here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

import pytest

import ilacs_rules as ir
from case_files import CASES, Ask, Case
from ilacs_rules.situation import FACTS, Choice, Range, Situation, Value

DAY = timedelta(days=1)
BOOK = ir.load_rulebook()
RULES = BOOK.rules
WITH_A_WINDOW = [rule for rule in RULES if rule.opens or rule.due or rule.closes]
TRACKS = {track.id: track for track in BOOK.tracks}

ALONE = "alone"
_NEVER_ON_RECORD = {"not_recorded", "not_reported", "none"}
_WITHOUT_A_LETTER = {("priority_action", ALONE)}
_WITHOUT_A_JUDGEMENT = {("judgements_given", ALONE)}
_LEFT_OVER = {("closure", ALONE), ("inspection_stage", ALONE), ("closed_since_last_inspection", ALONE)}

NO_HISTORY = {
    # Without a report or a letter nothing can be on record since it, nor has it a day.
    "statement_of_action_on_record": {("last_inspection", ALONE)},
    "statement_after_a_joint_targeted_area_inspection_on_record": {("jtai_statement_asked", ALONE)},
    "letter_of_a_joint_inspection_published_by_the_authority_on_record": {("last_jtai", ALONE)},
    # What was found by a monitoring inspection is on record with it.
    "what_follows_monitoring_without_effective_action_is_not_stated": {
        ("area_send_monitoring_on_record", f"0 {ALONE}")
    },
    "no_draft_plan_after_priority_action_before_august_2018": _WITHOUT_A_LETTER,
    "draft_plan_on_record": _WITHOUT_A_LETTER,
    "no_plan_after_priority_action_before_august_2018": _WITHOUT_A_LETTER,
    "plan_after_priority_action_on_record": _WITHOUT_A_LETTER,
    "further_activity_has_followed_priority_action": _WITHOUT_A_LETTER,
    # What has been inspected exists; what has a known first day either exists or does not yet.
    "authority_not_yet_created": {("inspection_stage", ALONE)},
    "fostering_agency_not_yet_registered": {("inspection_stage", ALONE)},
    "new_authority_starts_with_a_standard_inspection": {("exists", "not_known"), ("exists", ALONE)},
    "fostering_agency_registered_before_april_2017_and_not_yet_inspected": {("exists", "not_known"), ("exists", ALONE)},
    "new_fostering_agency_is_first_inspected_within_7_to_12_months": {("exists", "not_known"), ("exists", ALONE)},
    # A day of ending that has come is that of a subject which is no longer there; an authority's is always known.
    "authority_was_abolished": {("exists", ALONE), ("ended", ALONE)},
    "provider_has_closed": {("exists", ALONE)},
    "school_college_or_training_centre_has_closed": {("exists", ALONE)},
    # A condition that was not in force since the last full inspection neither holds nor was lifted after it.
    "full_inspection_of_inadequate_childrens_home_if_chosen_is_within_16_weeks": {("closure", ALONE)},
    # What was lifted this year was lifted after an inspection of an earlier one; and only this year's may be left over.
    "childrens_home_judged_inadequate_before_april_2022": {
        ("closure", "open_again_and_inspected"),
        ("closure", ALONE),
        ("may_be_left_over", ALONE),
    },
    # Where a condition was lifted in the year, or an inspection has begun since, nothing is left over.
    "childrens_home_inadequate_since_january_is_fully_inspected_by_30_june": _LEFT_OVER,
    "childrens_home_inadequate_in_the_last_quarter_is_fully_inspected_by_30_june": _LEFT_OVER,
    # Whoever was fully inspected in the last quarter has had a full inspection this year.
    # An inspection that has begun since, this year or the last, is the second: nothing is left over any more.
    "childrens_home_below_good_since_january_is_fully_inspected_by_30_june": {
        ("full_this_year", f"0 {ALONE}"),
        ("inspection_stage", ALONE),
    },
    "childrens_home_below_good_in_the_last_quarter_is_fully_inspected_by_30_june": {("inspection_stage", ALONE)},
    "second_inspection_left_over_from_the_last_quarter": {("inspections_this_year", f"1 {ALONE}")},
    # Where one of the four judgements is not on record, neither is a count over them, or it is the leaders' grade.
    "leaders_and_two_practice_judgements_good_gets_a_short_inspection": _WITHOUT_A_JUDGEMENT,
    "leaders_good_but_fewer_than_two_practice_judgements_gets_a_standard_inspection": _WITHOUT_A_JUDGEMENT,
    "authority_on_the_short_pathway_has_had_its_visit": _WITHOUT_A_JUDGEMENT,
    "authority_on_the_short_pathway_gets_a_visit_ahead_of_its_short_inspection": _WITHOUT_A_JUDGEMENT,
    "authority_off_the_short_pathway_with_leaders_good_has_had_two_visits": _WITHOUT_A_JUDGEMENT,
    "authority_off_the_short_pathway_with_leaders_good_gets_two_visits": _WITHOUT_A_JUDGEMENT,
    "authority_with_an_inadequate_judgement_gets_no_focused_visits": _WITHOUT_A_JUDGEMENT,
    "leaders_below_good_gets_a_standard_inspection": _WITHOUT_A_JUDGEMENT
    | {("last_leaders", word) for word in {"inadequate", *_NEVER_ON_RECORD}},
    "authority_with_inadequate_leaders_or_below_good_is_inspected_again": _WITHOUT_A_JUDGEMENT
    | {("last_leaders", word) for word in _NEVER_ON_RECORD},
    "authority_with_good_leaders_and_an_inadequate_judgement_is_inspected_again": _WITHOUT_A_JUDGEMENT,
    "authority_with_leaders_below_good_has_had_two_visits": _WITHOUT_A_JUDGEMENT
    | {("last_leaders", word) for word in {"inadequate", *_NEVER_ON_RECORD}},
    "authority_with_leaders_below_good_gets_two_visits": _WITHOUT_A_JUDGEMENT
    | {("last_leaders", word) for word in {"inadequate", *_NEVER_ON_RECORD}},
}
"""Sides of a rule's conditions that no history can be on, by rule: a fact's word, or the fact's failing alone."""


@dataclass(frozen=True)
class Asked:
    """An ask with the facts that its history has on its day."""

    case: Case
    ask: Ask
    track: str
    facts: ir.Situation

    def value(self, name: str) -> Value:
        return self.facts[name]

    def meets(self, condition: ir.Condition) -> bool:
        return condition.allowed.admits(self.value(condition.fact))

    @property
    def rule(self) -> str | None:
        return self.ask.rule


def _asked() -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for case in CASES:
        for ask in case.asks:
            if ask.rule is not None:
                track = BOOK.rule(ask.rule).track
                view = ir.situation(case.subject, as_of=ask.as_of).view
                found[track].append(Asked(case, ask, track, Situation(view.demanding_nothing())))
    return found


ASKED = _asked()
BY_RULE = {
    rule.id: [asked for asked in track if asked.rule == rule.id] for rule in RULES for track in (ASKED[rule.track],)
}


def _by(rule: ir.Rule) -> list[Asked]:
    return BY_RULE[rule.id]


def _others(rule: ir.Rule) -> Iterator[Asked]:
    """The asks of the same track that another rule answers, of a subject and on a day that this rule speaks of."""
    for asked in ASKED[rule.track]:
        if asked.rule != rule.id and asked.case.subject.type in rule.applies_to and rule.in_force(asked.ask.as_of):
            yield asked


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_rule_answers_a_case(rule: ir.Rule) -> None:
    """Every rule is what some case expects, and every case's rule is one of the rulebook's."""
    assert _by(rule)


# No history can be in these on the first day they were in force: each needs a day earlier in the same year.
NO_DAY_BEFORE = {
    "childrens_home_open_again_since_october_is_inspected_the_year_after",
    "home_below_good_since_january_may_be_inspected_again_by_30_june",
    "childrens_home_below_good_since_january_is_fully_inspected_by_30_june",
    "childrens_home_inadequate_since_january_is_fully_inspected_by_30_june",
    # What is formed on that day or later is asked nothing the day before.
    "first_area_send_inspection_of_an_area_formed_since_2023_has_no_date",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_both_sides_of_its_days_in_force(rule: ir.Rule) -> None:
    """On its first and last day it answers, and the day before and the day after another does, in one history."""
    missing: list[str] = []
    if rule.id in NO_DAY_BEFORE:
        return
    after = rule.last + DAY if rule.last else None
    for side, last_in, first_out in (("from", rule.first, rule.first - DAY), ("to", rule.last, after)):
        if last_in is None or _is_where_the_track_begins(rule, last_in):
            continue
        pairs = (
            (asked, other)
            for asked in _by(rule)
            for other in ASKED[rule.track]
            if asked.ask.as_of == last_in and other.ask.as_of == first_out
        )
        if not any(asked.case is other.case and other.rule != rule.id for asked, other in pairs):
            missing.append(f"{side} {last_in} | {first_out}")
    assert not missing


def _is_where_the_track_begins(rule: ir.Rule, day: date) -> bool:
    """Nothing answers the day before: there the case expects an error, see `test_the_first_day_of_a_track`."""
    # With no overall grade before April 2026, no history has another rule's answer the day before either.
    starts = TRACKS[rule.track].answers
    first = min(starts[kind] for kind in rule.applies_to)
    return first == day or "not_reported" in _words(rule, "last_overall")


def _words(rule: ir.Rule, fact: str) -> tuple[str, ...]:
    return next((condition.words or () for condition in rule.when if condition.fact == fact), ())


@pytest.mark.parametrize("track", TRACKS.values(), ids=lambda track: track.id)
def test_the_first_day_of_a_track(track: ir.Track) -> None:
    """One history is answered on the first day that the track is asked of its subject, and refused the day before."""
    for kind, first in track.answers.items():
        on_it = [asked for asked in ASKED[track.id] if asked.ask.as_of == first]
        cases = [asked.case for asked in on_it if asked.case.subject.type == kind]
        assert any(ask.as_of == first - DAY and "error" in ask.row for case in cases for ask in case.asks), kind


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_both_sides_of_its_conditions(rule: ir.Rule) -> None:
    """For each condition: every word and each end of the range answered, and a case in which it alone does not hold."""
    outside = _outside(rule)
    missing = {
        (condition.fact, side)
        for condition in rule.when
        for side in _sides_without_a_case(rule, condition, outside[condition.fact])
    }
    impossible: set[tuple[str, str]] = NO_HISTORY.get(rule.id, set())
    assert missing == impossible


def _outside(rule: ir.Rule) -> Mapping[str, set[Value]]:
    """By fact, its values in the cases in which its condition is the only one of the rule that does not hold."""
    found: dict[str, set[Value]] = defaultdict(set)
    for asked in _others(rule):
        failed = list(islice((side.fact for side in rule.when if not asked.meets(side)), 2))
        if len(failed) == 1:
            found[failed[0]].add(asked.value(failed[0]))
    return found


def _sides_without_a_case(rule: ir.Rule, condition: ir.Condition, outside: set[Value]) -> Iterator[str]:
    inside = {asked.value(condition.fact) for asked in _by(rule)}
    allowed = condition.allowed
    if isinstance(allowed, Range):
        yield from _ends_without_a_case(allowed, inside, outside)
        return
    domain = FACTS[condition.fact].domain
    assert isinstance(domain, Choice)
    yield from sorted(allowed.words - inside)
    if not outside and allowed.words != set(domain.words):
        yield ALONE


def _ends_without_a_case(allowed: Range, inside: set[Value], outside: set[Value]) -> Iterator[str]:
    if allowed.unknown and None not in inside:
        yield "not known"
    if allowed.low is None and allowed.high is None and not outside:
        yield ALONE
    for end, beyond in ((allowed.low, -1), (allowed.high, 1)):
        if end is None or (end == 0 and beyond == -1):
            continue
        if end not in inside:
            yield f"{end}"
        across = end + beyond * DAY if isinstance(end, date) else end + beyond
        if across not in outside:
            yield f"{across} {ALONE}"


@pytest.mark.parametrize("rule", WITH_A_WINDOW, ids=lambda rule: rule.id)
def test_both_sides_of_its_window(rule: ir.Rule) -> None:
    """The day before it opens, the day it opens, the day it closes and the day after: each asked of one history."""
    days_asked: Mapping[str, set[date]] = {
        asked.case.name: {other.ask.as_of for other in ASKED[rule.track] if other.case is asked.case}
        for asked in _by(rule)
    }
    missing = {"opens", "before opens", "closes", "after closes"}
    missing -= {"opens", "before opens"} if not rule.opens else set()
    missing -= {"closes", "after closes"} if not rule.closes else set()
    if rule.due and not rule.closes:
        missing |= {"due", "after due"}
    for asked in _by(rule):
        row, days = asked.ask.row, days_asked[asked.case.name]
        for key, name, step in (
            ("opens", "opens", 0 * DAY),
            ("opens", "before opens", -DAY),
            ("due", "due", 0 * DAY),
            ("due", "after due", DAY),
            ("closes", "closes", 0 * DAY),
            ("closes", "after closes", DAY),
        ):
            if key in row and row[key] + step in days:
                missing.discard(name)
    assert not missing


def test_every_day_on_which_something_changed() -> None:
    """The days that rules, readings and suspensions turn on are asked about, with the day before and the day after."""
    turning = {day for rule in RULES for day in (rule.first, rule.last) if day} | {
        day for pause in BOOK.suspensions for day in (pause.first, pause.last)
    }
    turning |= {date(2018, 8, 8), date(2018, 9, 17)}
    asked = {ask.as_of for case in CASES for ask in case.asks}
    around = {day + step for day in turning for step in (-DAY, 0 * DAY, DAY)}
    assert not sorted(around - asked)


@pytest.mark.parametrize("pause", BOOK.suspensions, ids=lambda pause: pause.id)
def test_both_sides_of_a_suspension(pause: ir.Suspension) -> None:
    """The day before, the first, the last and the day after, in every track that it suspends."""
    for track in pause.tracks:
        status = {
            (asked.ask.as_of, asked.ask.row["status"] == "suspended")
            for asked in ASKED[track]
            if asked.case.subject.type in pause.applies_to
        }
        # While something is done where possible only, it is not suspended; another suspension may come before it.
        off = not pause.where_possible
        wanted = {(pause.first, off), (pause.last, off), (pause.last + DAY, False)}
        assert wanted <= status, track
        assert off <= ((pause.first - DAY, False) in status), track
