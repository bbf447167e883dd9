"""What a small change to how rulebooks are put together and proved would spoil, and no other test would notice."""

import pickle
from copy import deepcopy
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from pydantic import ValidationError

import ilacs_rules as ir
from ilacs_rules.errors import OutsideRulebookError, ProofError, RulebookError
from ilacs_rules.rulebook import Expected, FrameworkReading, Leaf, Node, Region, Source, proof, regions, sides, survey
from ilacs_rules.rulebook import Suspension as Pause
from ilacs_rules.rulebook.draft import PROVED
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.rulebook.proof import prove
from ilacs_rules.rulebook.sources import Row
from ilacs_rules.rulebook.trees import walk
from ilacs_rules.situation import Choice, Day, Range, Value, Words
from small_drafts import ACT, AGENCY, AUTHORITY, FIRST, between, book, draft, form, rule, track, words

A_DAY = timedelta(days=1)


def said(error: type[Exception], make: Any, *given: Any, **named: Any) -> str:
    """The whole message of what is refused."""
    with pytest.raises(error) as caught:
        make(*given, **named)
    assert type(caught.value) is error
    return str(caught.value)


# --- date expressions ---

DAYS: dict[str, Value] = {"last_meeting": date(2024, 1, 31), "as_of": date(2024, 5, 17), "last_jtai": "none"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("last_meeting", (2024, 1, 31)),
        ("last_meeting  ", (2024, 1, 31)),
        ("1900-01-01", (1900, 1, 1)),
        ("2100-12-31", (2100, 12, 31)),
        ("last_meeting + 1 day", (2024, 2, 1)),
        ("last_meeting + 000000001 day", (2024, 2, 1)),
        ("last_meeting - 2 days", (2024, 1, 29)),
        ("last_meeting + 1 week", (2024, 2, 7)),
        ("last_meeting - 2 weeks", (2024, 1, 17)),
        ("last_meeting + 1 month", (2024, 2, 29)),
        ("last_meeting - 1 month", (2023, 12, 31)),
        ("last_meeting + 1 year", (2025, 1, 31)),
        ("last_meeting - 2 years", (2022, 1, 31)),
        ("last_meeting + 3 working days", (2024, 2, 5)),
        ("last_meeting + 1 month - 1 day + 1 week", (2024, 3, 6)),
        ("latest(last_meeting, 2024-02-01)", (2024, 2, 1)),
        ("earliest(last_meeting, 2024-02-01) - 1 day", (2024, 1, 30)),
        ("earliest(last_meeting + 2 days, 2024-02-05 - 4 days)", (2024, 2, 1)),
        ("first_april_after(last_meeting)", (2024, 4, 1)),
        ("start_of_quarter(as_of)", (2024, 4, 1)),
        ("end_of_quarter(as_of)", (2024, 6, 30)),
        ("start_of_year(as_of)", (2024, 1, 1)),
        ("end_of_year(as_of)", (2024, 12, 31)),
        ("start_of_inspection_year(last_meeting)", (2023, 4, 1)),
        ("end_of_inspection_year(last_meeting)", (2024, 3, 31)),
    ],
)
def test_a_date_expression_is_the_day_that_its_words_say(text: str, day: tuple[int, int, int]) -> None:
    assert parse(text, ir.load_rulebook().working_days).day(DAYS.get) == date(*day)


@pytest.mark.parametrize("text", ["registered + 1 day", "latest(last_meeting, registered)", "end_of_year(registered)"])
def test_an_expression_over_a_day_that_is_not_known_is_not_known(text: str) -> None:
    assert parse(text).day(DAYS.get) is None
    assert parse("last_meeting + 3 working days").day(DAYS.get) is None  # of no rulebook


@pytest.mark.parametrize(
    ("text", "moves", "facts"),
    [
        ("as_of", True, ["as_of"]),
        ("as_of + 1 day", True, ["as_of"]),
        ("end_of_quarter(as_of)", True, ["as_of"]),
        ("latest(last_meeting, as_of)", True, ["last_meeting", "as_of"]),
        ("last_meeting", False, ["last_meeting"]),
        ("area_send_ended", False, ["area_send_ended"]),
        ("2024-01-01 + 1 day", False, []),
        ("start_of_year(as_of)", False, ["as_of"]),
        ("end_of_year(as_of)", False, ["as_of"]),
        ("start_of_inspection_year(as_of)", False, ["as_of"]),
        ("latest(end_of_inspection_year(as_of), last_meeting)", False, ["as_of", "last_meeting"]),
    ],
)
def test_an_expression_moves_where_it_changes_within_a_year(text: str, moves: bool, facts: list[str]) -> None:
    assert parse(text).moves is moves
    assert list(parse(text).facts) == facts


ONE_OF = f"one of {1 + sum(isinstance(fact.domain, Day) for fact in ir.FACTS.values())} known words"
FUNCTIONS = (
    "one of: earliest, end_of_inspection_year, end_of_quarter, end_of_year, first_april_after, latest, "
    "latest_known, not_between, start_of_inspection_year, start_of_quarter, start_of_year"
)
A_WORD = "expected a fact, a date or a count of units"
NO_LENGTH = "is not a length of time that can be added here"
A_LENGTH = "expected '+ 12 months', '- 1 day', '+ 70 working days' or the like"
TOO_LONG = "expected lengths of 100 years together at most"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"is not a fact that holds a date (found ''; expected {ONE_OF})"),
        ("soon", f"is not a fact that holds a date (found 'soon'; expected {ONE_OF})"),
        ("latest(", f"is not a fact that holds a date (found 'latest('; expected {ONE_OF})"),
        ("latest()", f"is not a fact that holds a date (found ')'; expected {ONE_OF})"),
        ("(last_meeting)", f"is not a fact that holds a date (found '('; expected {ONE_OF})"),
        ("soonest(last_meeting)", f"is not a known function of days (found 'soonest'; expected {FUNCTIONS})"),
        ("last_meeting ? 1", f"the date expression cannot be read (found ' ? 1'; {A_WORD})"),
        ("last_meeting 1 day", "the date expression should have ended here (found '1 day'; expected '+' or '-')"),
        ("last_meeting) )", "the date expression should have ended here (found ') )'; expected '+' or '-')"),
        ("last_meeting +", f"{NO_LENGTH} (found '+'; {A_LENGTH})"),
        ("last_meeting - registered", f"{NO_LENGTH} (found '- registered'; {A_LENGTH})"),
        ("last_meeting - 1 working day", f"{NO_LENGTH} (found '- 1 working day'; {A_LENGTH})"),
        ("2024-02-30", "is not a date (found '2024-02-30'; expected a date in the calendar)"),
        ("1899-12-31", "is too early or too late for a record (found '1899-12-31'; expected 1900-01-01 to 2100-12-31)"),
        ("2101-01-01", "is too early or too late for a record (found '2101-01-01'; expected 1900-01-01 to 2100-12-31)"),
        ("latest(last_meeting", "the bracket is not closed (found 'latest(last_meeting'; expected ')')"),
        ("latest(last_meeting 1 day)", "the bracket is not closed (found 'latest(last_meeting 1 day)'; expected ')')"),
        ("latest(last_meeting)", "latest takes two days (found 'latest(last_meeting)'; expected latest(…))"),
        ("not_between(as_of)", "not_between takes three days (found 'not_between(as_of)'; expected not_between(…))"),
        (
            "latest(as_of, as_of, as_of)",
            "latest takes two days (found 'latest(as_of, as_of, as_of)'; expected latest(…))",
        ),
        (
            "end_of_year(as_of, as_of)",
            "end_of_year takes one day (found 'end_of_year(as_of, as_of)'; expected end_of_year(…))",
        ),
    ],
)
def test_what_is_no_date_expression_is_refused_in_words(text: str, message: str) -> None:
    assert said(RulebookError, parse, text) == message


@pytest.mark.parametrize(
    ("unit", "most"),
    [("days", 36_500), ("weeks", 5_200), ("months", 1_200), ("years", 100), ("working days", 25_000)],
)
def test_lengths_of_a_hundred_years_together_are_the_most(unit: str, most: int) -> None:
    assert parse(f"registered + {most} {unit}")
    for text in (f"registered + {most + 1} {unit}", f"latest(as_of + {most} {unit}, as_of - 1 day)"):
        assert said(RulebookError, parse, text) == f"is too long a time (found '{text}'; {TOO_LONG})"
    for count in ("0000000001", "9" * 500, "9" * 5_000):
        assert TOO_LONG in said(RulebookError, parse, f"registered + {count} {unit}")


def test_a_hundred_words_and_signs_are_the_most() -> None:
    most = "end_of_year(as_of)" + " + 1 day" * 48
    assert parse(most)
    assert said(RulebookError, parse, f"{most} +").startswith("the date expression is too long")


# --- rows ---

PAUSE = Pause(
    id="pause",
    says="",
    applies_to=(AGENCY,),
    tracks=("inspection",),
    sources=(),
    certainty=ir.Certainty.QUOTED,
    first=date(2020, 3, 17),
    last=date(2020, 3, 19),
)


@pytest.mark.parametrize("runs_from", [None, *(date(2020, 3, day) for day in range(15, 22))])
@pytest.mark.parametrize("day", [date(2020, 3, day) for day in range(15, 22)])
def test_a_day_moves_by_the_suspended_days_since_its_window_runs(runs_from: date | None, day: date) -> None:
    """Once the suspension has begun all of it counts, but for what had passed before the window runs."""
    suspended = [PAUSE.first + number * A_DAY for number in range(3)]
    later = sum(runs_from is None or runs_from <= one for one in suspended) if day >= PAUSE.first else 0
    assert PAUSE.lengthen(runs_from, day) == day + later * A_DAY


def test_a_suspension_and_what_is_expected_concern_a_track_of_a_kind_of_subject() -> None:
    coming = Expected(id="new", says="", applies_to=(AGENCY,), tracks=("inspection",), first=FIRST, sources=())
    for row in (PAUSE, coming):
        assert row.applies(AGENCY, "inspection")
        assert not row.applies(AUTHORITY, "inspection")
        assert not row.applies(AGENCY, "monitoring")


@pytest.mark.parametrize(
    ("condition", "text", "allowed"),
    [
        (words("last_jtai", "none"), "last JTAI is none", Words(frozenset({"none"}))),
        (words("exists", "not_yet", "yes"), "exists is not yet or yes", Words(frozenset({"not_yet", "yes"}))),
        (between("last_meeting", known=True), "last meeting is known", Range()),
        (between("last_meeting"), "last meeting is known", Range()),
        (between("last_meeting", known=False), "last meeting is not known", Range(known=False, unknown=True)),
        (between("draft_plans", 2, 2), "draft plans is 2", Range(2, 2)),
        (between("draft_plans", 0, 0), "draft plans is 0", Range(0, 0)),
        (between("draft_plans", 2), "draft plans is at least 2", Range(2)),
        (between("draft_plans", 0), "draft plans is at least 0", Range(0)),
        (between("draft_plans", 0, 2), "draft plans is at least 0 and at most 2", Range(0, 2)),
        (between("draft_plans", high=0), "draft plans is at most 0", Range(high=0)),
        (between("draft_plans", high=2), "draft plans is at most 2", Range(high=2)),
        (between("draft_plans", 1, 2), "draft plans is at least 1 and at most 2", Range(1, 2)),
        (between("made", FIRST), "made is 2017-04-01 or later", Range(FIRST)),
        (between("made", high=FIRST), "made is 2017-04-01 or earlier", Range(high=FIRST)),
        (
            between("made", FIRST, "2018-03-31", or_unknown=True),
            "made is 2017-04-01 or later and 2018-03-31 or earlier, or not known",
            Range(FIRST, date(2018, 3, 31), unknown=True),
        ),
    ],
)
def test_a_condition_reads_as_what_it_allows(condition: ir.Condition, text: str, allowed: object) -> None:
    assert str(condition) == text
    assert condition.allowed == allowed


def test_a_row_is_refused_at_the_place_within_it() -> None:
    given = ACT.model_dump()
    assert said(RulebookError, Source.model_validate, "act").startswith("Source: cannot stand (found 'act'; expected ")
    found = said(RulebookError, Source.model_validate, given | {"title": 3})
    assert found == "title: cannot stand (found 3; expected input should be a valid string)"
    found = said(RulebookError, rule, "one", applies_to=(AGENCY, 3))
    assert found == "applies_to.1: cannot stand (found 3; expected input should be a valid string)"
    two = given | {"publisher": 1, "title": 2}
    assert said(RulebookError, Source.model_validate, two).startswith("2 faults\n  title: cannot stand (found 2;")
    assert "colour: cannot stand" in said(RulebookError, Source.model_validate, given | {"colour": "red"})
    assert all(
        "https://" not in said(RulebookError, kind.model_validate, {"colour": "red"}) for kind in Row.__subclasses__()
    )


def test_the_days_of_a_track_cannot_be_changed() -> None:
    days = track(answers={AGENCY: FIRST, AUTHORITY: FIRST}).answers
    changes: list[Any] = [days.clear, days.popitem, lambda: days.pop(AGENCY), lambda: days.update({AGENCY: FIRST})]
    changes += [lambda: days.setdefault("a", FIRST), lambda: days.__setitem__(AGENCY, FIRST)]
    changes += [lambda: days.__delitem__(AGENCY), lambda: days.__ior__({AGENCY: FIRST})]
    for change in changes:
        assert said(TypeError, change) == "a rulebook's rows cannot be changed"
    assert hash(track(answers={AUTHORITY: FIRST, AGENCY: FIRST}).answers) == hash(days)


def test_a_track_is_met_by_an_activity_from_its_day_on() -> None:
    met: dict[str, Any] = {
        "met_by": ("full_inspection", "interim_inspection"),
        "met_by_since": {"interim_inspection": FIRST},
    }
    assert [len(track(**met).met_on(day)) for day in (FIRST - A_DAY, FIRST)] == [1, 2]
    found = said(RulebookError, track, met_by_since={"interim_inspection": FIRST})
    assert found == "met_by_since: does not meet it (found 'interim_inspection'; expected one of met_by)"


def test_a_rule_is_in_force_from_its_first_day_to_its_last() -> None:
    last = FIRST + A_DAY
    assert [rule("one", last=last).in_force(FIRST + number * A_DAY) for number in range(-1, 3)] == [
        False,
        True,
        True,
        False,
    ]
    assert rule("one").in_force(date.max)
    assert rule("one", last=FIRST).in_force(FIRST)
    found = said(RulebookError, rule, "one", last=FIRST - A_DAY)
    assert found == "last: ends before it begins (found 2017-03-31; expected 2017-04-01 or later, or nothing)"
    found = said(RulebookError, rule, "one", sources=())
    assert found == "sources: has no source (expected at least one source with its place)"


# --- drafts ---

READING = FrameworkReading(id="again", word="again", means="counted from the first day", because="it says so")
NOT_THEIRS = f"found {AGENCY!r}; expected one of: {AUTHORITY}"
ITS_OWN = "expected a different id"
COUNT = "a count ({at_least = 1, at_most = 3}), 'known' or 'unknown'"
RANGE = "days ({from = 2018-01-01, to = 2018-09-16}), 'known' or 'unknown'"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"tracks": (track(), track())}, f"track inspection: id: appears twice (found 'inspection'; {ITS_OWN})"),
        ({"readings": (READING, READING)}, f"reading again: id: appears twice (found 'again'; {ITS_OWN})"),
        ({"sources": (ACT, ACT)}, f"source act: id: appears twice (found 'act'; {ITS_OWN})"),
        ({"sources": ()}, "agencies.toml: one: sources: is not known (found 'act'; expected one of: )"),
        (
            {"tracks": (track("monitoring"),)},
            "agencies.toml: one: track: is not known (found 'inspection'; expected one of: monitoring)",
        ),
        (
            {"tracks": (track(answers={AUTHORITY: FIRST}),)},
            f"agencies.toml: one: applies_to: track inspection does not apply to it ({NOT_THEIRS})",
        ),
    ],
)
def test_a_draft_whose_parts_do_not_fit_is_refused(rows: dict[str, Any], message: str) -> None:
    assert said(RulebookError, draft, rule("one"), **rows) == message


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (rule("one", readings=("agian",)), "readings: is not known (found 'agian'; expected 'again'? (one of: again))"),
        (rule("one", opens="soon"), f"opens: is not a fact that holds a date (found 'soon'; expected {ONE_OF})"),
        (rule("one", due="soon"), f"due: is not a fact that holds a date (found 'soon'; expected {ONE_OF})"),
        (rule("one", closes="soon"), f"closes: is not a fact that holds a date (found 'soon'; expected {ONE_OF})"),
        (rule("one", runs_from=""), f"runs_from: is not a fact that holds a date (found ''; expected {ONE_OF})"),
        (
            rule("one", between("meeting", 1)),
            "when: is not a known fact (found 'meeting'; expected 'last_meeting'? (one of",
        ),
        (
            rule("one", words("exists", "yes"), words("exists", "no")),
            (
                "when.exists: is not a value of this fact (found 'no'; "
                "expected one of: may_have_ended, no_longer, not_known, not_yet, yes)"
            ),
        ),
        (
            rule("one", words("exists", "yes"), words("exists", "not_yet")),
            "when: appears twice (found 'exists'; expected one condition for a fact)",
        ),
        (
            rule("one", between("exists", 1)),
            (
                "when.exists: is not a word (found 'exists is at least 1'; "
                "expected one of: may_have_ended, no_longer, not_known, not_yet, yes)"
            ),
        ),
        (
            rule("one", words("meetings_this_year", "one")),
            f"when.meetings_this_year: is not a value of this fact (found 'one'; expected {COUNT})",
        ),
        (
            rule("one", words("last_meeting", "x")),
            f"when.last_meeting: is not a value of this fact (found 'x'; expected {RANGE})",
        ),
        (
            rule("one", between("last_meeting", 1)),
            f"when.last_meeting: is of the wrong kind (found 1; expected {RANGE})",
        ),
        (
            rule("one", between("last_meeting", high=1)),
            f"when.last_meeting: is of the wrong kind (found 1; expected {RANGE})",
        ),
        (
            rule("one", between("meetings_this_year", high=FIRST)),
            f"when.meetings_this_year: is of the wrong kind (found 2017-04-01; expected {COUNT})",
        ),
        (
            rule("one", between("meetings_this_year", 2, 1)),
            "when.meetings_this_year: ends before it begins (found 1; expected 2 or more)",
        ),
        (
            rule("one", between("last_meeting", FIRST, FIRST - A_DAY)),
            "when.last_meeting: ends before it begins (found 2017-03-31; expected 2017-04-01 or more)",
        ),
    ],
)
def test_a_row_that_cannot_stand_in_a_draft_is_refused(row: ir.Rule, message: str) -> None:
    found = said(RulebookError, draft, row, readings=(READING,))
    assert found.startswith(f"agencies.toml: one: {message}")


def test_a_kind_of_subject_is_one_of_the_known_ones() -> None:
    small = {"tracks": (track(answers={"independent_fostering_agencies": FIRST}),)}
    found = said(RulebookError, draft, rule("one", applies_to=("independent_fostering_agencies",)), **small)
    assert found.startswith(
        "agencies.toml: one: applies_to: is not a subject type "
        "(found 'independent_fostering_agencies'; expected 'independent_fostering_agency'? (one of: "
    )


def test_a_draft_takes_what_can_stand() -> None:
    meetings = between("meetings_this_year", 1, 1), between("last_meeting", FIRST, FIRST), words("exists", "yes")
    stands = draft(rule("one", *meetings, readings=("again",)), readings=(READING,))
    assert stands.rule("one").when == meetings
    assert stands.until is None
    assert stands.expected == ()
    assert said(RulebookError, draft, rule("one"), rule("one")).startswith("agencies.toml: one: id: appears twice")
    wrong: list[Any] = ["on", 1, None, ["one"]]
    for name in wrong:
        assert said(RulebookError, stands.rule, name).startswith("rule: is not a rule of this rulebook")


def test_a_draft_is_copied_with_other_rows_and_checked_again() -> None:
    stands = draft(rule("one"), rule("two", last=FIRST))
    other = stands.model_copy(update={"rules": (rule("three"),)})
    assert [row.id for row in other.rules] == ["three"]
    assert stands.model_copy() == stands
    assert said(RulebookError, stands.model_copy, update={"sources": ()}).startswith("agencies.toml: one: sources")


def test_the_kinds_of_subject_come_in_their_order_and_with_their_rows() -> None:
    tracks = track(answers={AGENCY: FIRST}), track("other", answers={AUTHORITY: FIRST, AGENCY: FIRST})
    rows = rule("one"), rule("two", track="other"), rule("three", track="other", applies_to=(AUTHORITY, AGENCY))
    found = draft(*rows, tracks=tracks)
    assert found.subject_types == (AUTHORITY, AGENCY)
    assert draft().subject_types == (AGENCY,)
    assert [row.id for row in found.rows_of(tracks[1], AUTHORITY)] == ["three"]
    assert [row.id for row in found.rows_of(tracks[1], AGENCY)] == ["two", "three"]
    assert [row.id for row in found.rows_of(tracks[0], AGENCY)] == ["one"]


# --- the proof ---

YES, NO = words("meetings_covered", "yes"), words("meetings_covered", "no")
FEW, MANY = between("meetings_this_year", high=1), between("meetings_this_year", 2)
EARLY, LATE = date(2014, 4, 1), date(2020, 4, 1)
BEFORE_LATE = {"last": LATE - A_DAY}


def proved(*rules: ir.Rule, until: date | None = None, **values: Any) -> object:
    return form(prove(track(**values), AGENCY, rules, until))


@pytest.mark.parametrize(
    ("rules", "tree"),
    [
        ([rule("one")], "one"),
        ([rule("a", YES), rule("b", NO)], ("meetings_covered", {"yes": "a", "no": "b"}, (), [])),
        ([rule("a", FEW), rule("b", MANY)], ("meetings_this_year", {}, (2,), ["a", "b"])),
        (
            [
                rule("a", FEW),
                rule("b", between("meetings_this_year", 2, 2)),
                rule("c", between("meetings_this_year", 3)),
            ],
            ("meetings_this_year", {}, (2, 3), ["a", "b", "c"]),
        ),
        (
            [
                rule("a", between("last_meeting", LATE)),
                rule("b", between("last_meeting", high=LATE - A_DAY, or_unknown=True)),
            ],
            ("last_meeting", {None: "b"}, (LATE,), ["b", "a"]),
        ),
        (
            [rule("a", between("last_meeting")), rule("b", between("last_meeting", known=False))],
            ("last_meeting", {None: "b"}, (), ["a"]),
        ),
        ([rule("a", **BEFORE_LATE), rule("b", first=LATE)], ("as_of", {}, (LATE,), ["a", "b"])),
        (
            [
                rule("a", between("action_planning_on_record", high=1)),
                rule("b", between("action_planning_on_record", 2)),
            ],
            ("action_planning_on_record", {}, (2,), ["a", "b"]),
        ),
        (
            [
                rule("a", between("area_send_ended", EARLY)),
                rule("b", between("area_send_ended", high=EARLY - A_DAY, or_unknown=True)),
            ],
            ("area_send_ended", {None: "b"}, (EARLY,), ["b", "a"]),
        ),
        ([rule("a", first=date(2013, 1, 1))], "a"),
        # a cut that only other rules need is none where they do not answer
        (
            [rule("a", NO), rule("b", YES, FEW), rule("c", YES, MANY)],
            (
                "meetings_this_year",
                {},
                (2,),
                [
                    ("meetings_covered", {"yes": "b", "no": "a"}, (), []),
                    ("meetings_covered", {"yes": "c", "no": "a"}, (), []),
                ],
            ),
        ),
        (
            [rule("a", NO, **BEFORE_LATE), rule("b", YES, **BEFORE_LATE), rule("c", first=LATE)],
            ("as_of", {}, (LATE,), [("meetings_covered", {"yes": "b", "no": "a"}, (), []), "c"]),
        ),
    ],
)
def test_a_proved_tree_asks_what_tells_its_rules_apart(rules: list[ir.Rule], tree: object) -> None:
    assert proved(*rules) == tree
    assert proved(*reversed(rules)) == tree
    assert form(survey(track(), AGENCY, rules)) == tree


CASE = "subject: independent fostering agency; as of: "


@pytest.mark.parametrize(
    ("rules", "problem", "case"),
    [
        ([rule("a", first=FIRST + A_DAY)], "no rule answers", "2017-04-01"),
        ([rule("a", **BEFORE_LATE)], "no rule answers", "2020-04-01"),
        ([rule("a", last=date(2020, 3, 30)), rule("b", first=LATE)], "no rule answers", "2020-03-31"),
        ([rule("a", YES)], "no rule answers", "2017-04-01; meetings covered: no"),
        ([rule("a", FEW)], "no rule answers", "2017-04-01; meetings this year: 2"),
        ([rule("a", MANY)], "no rule answers", "2017-04-01; meetings this year: 0"),
        (
            [rule("a", between("last_meeting", LATE, or_unknown=True))],
            "no rule answers",
            "2017-04-01; last meeting: 2020-03-31",
        ),
        (
            [rule("a", between("last_meeting", high=LATE, or_unknown=True))],
            "no rule answers",
            "2017-04-01; last meeting: 2020-04-02",
        ),
        ([rule("a", between("last_meeting"))], "no rule answers", "2017-04-01; last meeting: not known"),
        ([rule("a"), rule("b")], "a and b both answer", "2017-04-01"),
        ([rule("a"), rule("b", first=LATE)], "a and b both answer", "2020-04-01"),
        ([rule("a", YES), rule("b")], "a and b both answer", "2017-04-01; meetings covered: yes"),
        ([rule(name) for name in "abcde"], "a and b and c both answer", "2017-04-01"),
        (
            [rule("a", between("inadequate_judgements", known=False))],
            "no rule answers",
            "2017-04-01; inadequate judgements: 0",
        ),
        (
            [rule("a", between("inadequate_judgements"))],
            "no rule answers",
            "2017-04-01; inadequate judgements: not known",
        ),
    ],
)
def test_a_gap_and_an_overlap_are_refused_with_the_first_case(rules: list[ir.Rule], problem: str, case: str) -> None:
    found = said(ProofError, proved, *rules)
    assert found == f"track inspection: {problem} this case (found '{CASE}{case}'; expected exactly one rule)"


def test_only_the_days_on_which_a_track_is_asked_are_proved() -> None:
    """From its first day to the last that a rulebook speaks of."""
    assert proved(rule("a", **BEFORE_LATE), until=LATE - A_DAY) == "a"
    assert proved(rule("a", **BEFORE_LATE), rule("b", first=LATE), until=LATE - A_DAY) == "a"
    assert proved(rule("a", first=FIRST + A_DAY), answers={AGENCY: FIRST + A_DAY}) == "a"
    assert "as of: 2020-04-01" in said(ProofError, proved, rule("a", **BEFORE_LATE), until=LATE)


def test_a_case_that_no_history_is_in_needs_no_rule() -> None:
    """An inspection that is complete has a grade; one under way need not have, whatever was passed over before."""
    graded = words("last_overall", *(word for word in grades() if word != "none"))
    some, complete, none = (words("inspection_stage", *stages) for stages in (STAGES[1:], STAGES[-1:], STAGES[:1]))
    without = words("last_overall", "none")
    assert proved(rule("a", graded, complete), rule("b", words("inspection_stage", *STAGES[:-1]))) == (
        "inspection_stage",
        dict.fromkeys(STAGES[:-1], "b")
        | {"complete": ("last_overall", {word: None if word == "none" else "a" for word in grades()}, (), [])},
        (),
        [],
    )
    # under way, a rule of its own; awaiting a report, the same rules are left as where no grade can be
    rules = rule("a", without), rule("b", graded, words("inspection_stage", "under_way"))
    assert said(ProofError, proved, *rules).count("inspection stage: awaiting report; last overall: outstanding") == 1
    found = form(survey(track(), AGENCY, rules))
    assert isinstance(found, tuple)
    assert [found[1][stage][1]["good"] for stage in STAGES] == [None, "b", [], []]
    # a box that speaks of another kind of subject, or of a fact that nobody asks about, excuses nothing
    sif = words("current_inspection", "sif_inspection", "none")
    assert "current inspection: full inspection" in said(ProofError, proved, rule("a", sif))
    assert said(ProofError, proved, rule("a", complete), rule("b", none)).count("under way") == 1
    assert proved(rule("a", some), rule("b", none))


STAGES = ("none", "under_way", "awaiting_report", "complete")


def grades() -> tuple[str, ...]:
    domain = ir.FACTS["last_overall"].domain
    assert isinstance(domain, Choice)
    return domain.words


def test_a_survey_marks_every_gap_and_overlap_and_goes_on() -> None:
    found = survey(track(), AGENCY, [rule("a", between("meetings_this_year", 2, 2))])
    assert form(found) == ("meetings_this_year", {}, (2, 3), [[], "a", []])
    rules = rule("a", YES, FEW), rule("b", FEW), rule("c", NO, between("meetings_this_year", 3, 3))
    assert form(survey(track(), AGENCY, rules)) == (
        "meetings_this_year",
        {},
        (2, 3, 4),
        [
            ("meetings_covered", {"yes": ["a", "b"], "no": "b"}, (), []),
            [],
            ("meetings_covered", {"yes": [], "no": "c"}, (), []),
            [],
        ],
    )
    leaves = {id(region.leaf) for region in regions(survey(track(), AGENCY, rules)) if region.leaf.faulty == ()}
    assert len(leaves) == 1


def test_sub_trees_of_one_form_are_one() -> None:
    rows = [
        rule("a", YES, **BEFORE_LATE),
        rule("b", NO, **BEFORE_LATE),
        rule("c", YES, first=LATE),
        rule("d", NO, first=LATE),
    ]
    tree = prove(track(), AGENCY, rows)
    assert isinstance(tree, Node)
    assert len({id(child) for child in tree.between}) == 2


def test_the_steps_of_a_proof_are_counted() -> None:
    """Of two tracks with three rules each, asked about one day, two counts and two words; and not one more is taken."""
    rows = rule("a", FEW), rule("b", MANY, YES), rule("c", MANY, NO)
    day, counts, covered = 1 * 3, 2 * 3, 2 * 2
    steps = proof.Steps(2 * (day + counts + covered))
    for _ in range(2):
        assert prove(track(), AGENCY, rows, steps=steps)
    assert steps.left == 0
    assert said(RulebookError, prove, track(), AGENCY, rows, steps=proof.Steps(day + counts + covered - 1)) == (
        "track inspection: is too large to prove: its rules ask about too many facts at once "
        "(expected fewer facts or rules in this track, so that 3,000,000 steps prove the whole rulebook)"
    )
    # of two counts and one question that follows on two days alike, each is grown once
    before, after = proof.Steps(), proof.Steps()
    prove(track(), AGENCY, rows, steps=before)
    days = [
        each
        for row in rows
        for each in (rule(row.id, *row.when, **BEFORE_LATE), rule(row.id + "2", *row.when, first=LATE))
    ]
    prove(track(), AGENCY, days, steps=after)
    assert before.left - after.left == day * 3 + counts + covered


def test_a_walk_ends_on_the_rule_whose_conditions_hold() -> None:
    rows = [
        rule("a", FEW, between("last_meeting", LATE)),
        rule("b", FEW, between("last_meeting", high=LATE - A_DAY, or_unknown=True)),
        rule("c", MANY, YES),
        rule("d", MANY, NO, **BEFORE_LATE),
        rule("e", MANY, NO, first=LATE),
    ]
    tree = prove(track(), AGENCY, rows)
    asked = (
        [FIRST, LATE - A_DAY, LATE, LATE + A_DAY],
        [0, 1, 2, 3],
        [None, LATE - A_DAY, LATE, LATE + A_DAY],
        ["yes", "no"],
    )
    for values in product(*asked):
        facts: dict[str, Value] = dict(
            zip(("as_of", "meetings_this_year", "last_meeting", "meetings_covered"), values, strict=True)
        )
        (one,) = [row.id for row in rows if all(side.admits(facts[name]) for name, side in proof.rule_box(row).items())]
        found = walk(tree, facts.__getitem__).rule
        assert found
        assert found.id == one
        assert [region.leaf.rule for region in regions(tree) if region.admits(facts)] == [found]


def test_a_leaf_has_the_windows_of_its_rule_and_their_facts() -> None:
    row = rule("a", opens="registered", closes="latest(as_of, registered)", runs_from="last_meeting")
    leaf = Leaf(row)
    assert (leaf.opens, leaf.due, leaf.closes) == (parse("registered"), None, parse("latest(as_of, registered)"))
    assert leaf.runs_from == parse("last_meeting")
    assert leaf.facts == ("registered", "as_of", "registered", "last_meeting")
    assert Leaf(rule("a", due="created")).due == parse("created")
    assert leaf.faulty is None
    assert leaf != Leaf(row)


# --- regions ---

GOOD, BAD = Leaf(rule("good")), Leaf(rule("bad"))
NEVER = Range(known=False, unknown=True)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (
            Node("exists", {"yes": GOOD, "not_yet": BAD, "not_known": GOOD}, (), ()),
            [(Words(frozenset({"yes", "not_known"})), GOOD), (Words(frozenset({"not_yet"})), BAD)],
        ),
        (Node("draft_plans_on_record", {}, (2,), (GOOD, BAD)), [(Range(high=1), GOOD), (Range(2), BAD)]),
        (
            Node("last_meeting", {None: BAD}, (LATE, LATE + A_DAY), (GOOD, BAD, GOOD)),
            [(Range(high=LATE - A_DAY), GOOD), (Range(LATE, LATE, unknown=True), BAD), (Range(LATE + A_DAY), GOOD)],
        ),
        (
            Node("last_meeting", {None: GOOD}, (LATE, LATE + A_DAY), (GOOD, BAD, GOOD)),
            [(Range(high=LATE - A_DAY, unknown=True), GOOD), (Range(LATE, LATE), BAD), (Range(LATE + A_DAY), GOOD)],
        ),
        (Node("last_meeting", {None: BAD}, (), (GOOD,)), [(Range(), GOOD), (NEVER, BAD)]),
        (Node("as_of", {}, (LATE,), (BAD, GOOD)), [(Range(high=LATE - A_DAY), BAD), (Range(LATE), GOOD)]),
    ],
)
def test_the_sides_of_a_node_are_where_each_value_leads(node: Node, expected: list[tuple[object, Leaf]]) -> None:
    assert sides(node) == expected


def test_the_regions_of_a_tree_are_where_a_rule_answers_or_one_is_missing() -> None:
    gap, nowhere = Leaf(None, faulty=()), Leaf(None)
    node = Node("draft_plans_on_record", {}, (1, 2, 3), (GOOD, gap, nowhere, BAD))
    inner = Node("exists", {"yes": node, "not_yet": GOOD, "not_known": nowhere}, (), ())
    yes, plans = {"exists": Words(frozenset({"yes"}))}, "draft_plans_on_record"
    assert list(regions(inner)) == [
        Region(yes | {plans: Range(high=0)}, GOOD),
        Region(yes | {plans: Range(1, 1)}, gap),
        Region(yes | {plans: Range(3)}, BAD),
        Region({"exists": Words(frozenset({"not_yet"}))}, GOOD),
    ]
    assert list(regions(GOOD)) == [Region({}, GOOD)]


# --- eras ---


def eras(*rules: ir.Rule, **values: Any) -> tuple[list[date], tuple[Any, ...]]:
    cuts, found = book(*rules, **values).eras_of(AGENCY)
    return list(cuts), found


def test_an_era_begins_where_a_rule_begins_or_has_ended() -> None:
    cuts, found = eras(rule("a", **BEFORE_LATE), rule("b", first=LATE, last=LATE), rule("c", first=LATE + A_DAY))
    assert cuts == [FIRST, LATE, LATE + A_DAY]
    assert [era.first for era in found] == cuts
    assert eras(rule("a", first=date(2013, 1, 1)))[0] == [FIRST]


def test_an_era_begins_where_a_suspension_does_and_after_its_last_day() -> None:
    day = date(2020, 3, 17)
    pauses = PAUSE, PAUSE.model_copy(update={"id": "other", "first": LATE, "last": date(9999, 12, 31)})
    assert eras(rule("a"), suspensions=pauses)[0] == [FIRST, day, date(2020, 3, 20), LATE]
    elsewhere = PAUSE.model_copy(update={"applies_to": (AUTHORITY,)})
    assert eras(rule("a"), suspensions=(elsewhere,))[0] == [FIRST]


def test_what_is_expected_and_what_meets_a_track_belong_to_their_eras() -> None:
    coming = Expected(
        id="new", says="", applies_to=(AGENCY,), tracks=("inspection",), first=LATE + 9 * A_DAY, last=LATE, sources=()
    )
    met: dict[str, Any] = {
        "met_by": ("full_inspection", "interim_inspection"),
        "met_by_since": {"interim_inspection": LATE - A_DAY},
    }
    cuts, found = eras(rule("a"), tracks=(track(**met),), expected=(coming,))
    assert cuts == [FIRST, LATE - A_DAY, LATE + A_DAY]
    (first,), (second,), (third,) = (era.asked for era in found)
    assert [len(item.met_by) for item in (first, second, third)] == [1, 2, 2]
    assert [item.expected for item in (first, second, third)] == [(coming,), (coming,), ()]
    assert second.on(LATE) is second
    assert first.on(LATE).met_by == second.met_by
    assert second.on(LATE + A_DAY) is not second
    other = coming.model_copy(update={"id": "other", "last": None})
    assert [item.expected for era in eras(rule("a"), expected=(coming, other))[1] for item in era.asked] == [
        (coming, other),
        (other,),
    ]
    open_end = coming.model_copy(update={"last": None})
    assert eras(rule("a"), expected=(open_end,))[0] == [FIRST]
    assert eras(rule("a"), expected=(open_end,))[1][0].asked[0].expected == (open_end,)


NOTHING = {"activity": "nothing_required"}


def test_what_the_inspectorate_owes_is_asked_where_it_may_have_to_act() -> None:
    """A track that asks nothing of anybody any more is left out, unless none is left."""
    theirs = track("evaluation", owed_by="authority"), track("statement", owed_by="provider")
    tracks = track(), track("other"), *theirs
    rest = [rule(name, track=name) for name in ("evaluation", "statement")]
    over = rule("a", **BEFORE_LATE), rule("b", first=LATE, **NOTHING)

    def owed(*rules: ir.Rule) -> list[list[str]]:
        return [[item.track.id for item in era.owed] for era in eras(*rules, *rest, tracks=tracks)[1]]

    assert owed(*over, rule("c", track="other")) == [["inspection", "other"], ["other"]]
    assert owed(*over, rule("c", track="other", **NOTHING)) == [["inspection"], ["inspection", "other"]]
    assert owed(*over, rule("c", track="other", activity="sif_inspection")) == [["inspection", "other"], ["other"]]
    apart = rule("c", YES, track="other", **NOTHING), rule("d", NO, track="other", **NOTHING)
    assert owed(*over, *apart) == [["inspection", "other"], ["other"]]
    (asked,) = {tuple(item.track.id for item in era.asked) for era in eras(*over, *apart, *rest, tracks=tracks)[1]}
    assert asked == ("inspection", "other", "evaluation", "statement")


def test_a_track_is_asked_from_its_own_first_day() -> None:
    tracks = track(), track("other", answers={AGENCY: LATE}), track("not_theirs", answers={AUTHORITY: FIRST})
    rows = (
        rule("a"),
        rule("b", track="other"),
        rule("c", track="not_theirs", applies_to=(AUTHORITY,), first=date(2013, 1, 1)),
    )
    cuts, found = eras(*rows, tracks=tracks)
    assert cuts == [FIRST, LATE]
    assert [[item.track.id for item in era.asked] for era in found] == [["inspection"], ["inspection", "other"]]
    assert [item.track.id for item in book(*rows, tracks=tracks).asked_of(AGENCY)] == ["inspection", "other"]


@pytest.mark.parametrize(
    ("window", "moves"),
    [
        ({}, False),
        ({"opens": "as_of"}, True),
        ({"due": "as_of + 1 day"}, True),
        ({"closes": "as_of"}, True),
        ({"opens": "registered", "due": "end_of_year(as_of)", "closes": "registered"}, False),
    ],
)
def test_an_era_moves_where_a_window_does(window: dict[str, str], moves: bool) -> None:
    other = rule("b", track="other", applies_to=(AUTHORITY,), closes="as_of")
    elsewhere = track("other", answers={AUTHORITY: FIRST})
    for era in eras(rule("a", **window), other, tracks=(track(), elsewhere))[1]:
        assert era.moves is moves


def test_a_due_day_is_later_by_every_suspension_that_has_ended() -> None:
    second = PAUSE.model_copy(update={"id": "other", "first": LATE, "last": LATE + A_DAY})
    (asked,) = book(rule("a"), suspensions=(PAUSE, second)).asked_of(AGENCY)
    assert asked.suspensions == (PAUSE, second)
    due = date(2020, 6, 1)
    for as_of, days in ((PAUSE.last, 0), (PAUSE.last + A_DAY, 3), (LATE + A_DAY, 3), (LATE + 2 * A_DAY, 5)):
        assert asked.lengthened(as_of, None, due) == due + days * A_DAY
        assert asked.lengthened(as_of, date(2020, 3, 20), due) == due + (2 if days == 5 else 0) * A_DAY
        assert asked.lengthened(as_of, None, None) is None


def test_whether_a_track_asks_if_its_subject_exists() -> None:
    exists = rule("a", words("exists", "yes")), rule("b", words("exists", "not_yet", "not_known"))
    assert book(*exists).asked_of(AGENCY)[0].asks_whether_it_exists
    for rows in (
        (rule("a", YES), rule("b", NO)),
        (rule("a", between("created")), rule("b", between("created", known=False))),
    ):
        assert not book(*rows).asked_of(AGENCY)[0].asks_whether_it_exists


# --- rulebooks ---


def test_a_rulebook_answers_for_the_days_and_subjects_that_it_has_rules_for() -> None:
    small = book(rule("a"))
    assert small.era(AGENCY, FIRST).first == FIRST
    assert small.era(AGENCY, date.max).first == FIRST
    found = said(OutsideRulebookError, small.era, AGENCY, FIRST - A_DAY)
    assert found == (
        "as_of: this rulebook (small) has no rule for an independent fostering agency on that day "
        "(found 2017-03-31; expected 2017-04-01 or later)"
    )
    found = said(OutsideRulebookError, small.era, AUTHORITY, FIRST)
    assert found == (
        "as_of: this rulebook (small) has no rule for a local authority on that day "
        "(found 2017-04-01; expected one of: independent_fostering_agency)"
    )
    assert small.cuts(AUTHORITY) == ()
    assert small.asked_of(AUTHORITY) == ()
    for ask in (small.cuts, small.asked_of):
        assert said(RulebookError, ask, "agency").startswith(
            "subject_type: is not a subject type (found 'agency'; expected "
        )


def test_a_rulebook_as_it_stood_speaks_of_no_later_day() -> None:
    tracks = track(answers={AGENCY: FIRST}), track("other", answers={AGENCY: LATE})
    rows = rule("a", **BEFORE_LATE), rule("b", first=LATE), rule("c", track="other")
    small = book(*rows, tracks=tracks)
    on = small.as_it_stood(LATE - A_DAY)
    assert [(row.id, row.last) for row in on.rules] == [("a", None), ("c", None)]
    assert [item.track.id for item in on.asked_of(AGENCY)] == ["inspection"]
    assert on.era(AGENCY, LATE - A_DAY) is on.era(AGENCY, FIRST)
    assert [small.era(AGENCY, day).first for day in (FIRST, LATE - A_DAY, LATE, date.max)] == [FIRST, FIRST, LATE, LATE]
    assert said(OutsideRulebookError, on.era, AGENCY, LATE) == (
        "as_of: this rulebook is cut off at an earlier day (found 2020-04-01; expected 2020-03-31 or earlier)"
    )
    after = small.as_it_stood(LATE)
    assert [(row.id, row.last) for row in after.rules] == [("a", LATE - A_DAY), ("b", None), ("c", None)]
    assert [item.track.id for item in after.asked_of(AGENCY)] == ["inspection", "other"]


def test_nobody_knew_when_a_suspension_would_end() -> None:
    pause = PAUSE.model_copy(update={"afterwards": "It ended."})
    small = book(rule("a"), suspensions=(pause,))
    stood = [small.as_it_stood(pause.first + number * A_DAY).suspensions for number in (-1, 0, 2, 3)]
    endless = pause.model_copy(update={"last": date.max, "afterwards": ""})
    assert stood == [(), (endless,), (endless,), (pause,)]


def test_a_rulebook_is_its_rows() -> None:
    small, same, other = book(rule("a")), book(rule("a")), book(rule("b"))
    assert small == same
    assert small != other != small
    assert small != "small"
    assert draft(rule("a")) != small
    assert len({small, same, other}) == 2
    assert deepcopy(small) is small
    assert pickle.loads(pickle.dumps(small)) == small
    assert repr(small) == str(small) == f"Rulebook(version='small', rules=1, fingerprint={small.fingerprint[:12]!r})"


def test_what_a_rulebook_is_made_of_cannot_be_changed() -> None:
    small = book(rule("a"))
    (era,) = small.eras_of(AGENCY)[1]
    leaf = Leaf(small.rules[0])
    values: list[tuple[object, str, type[Exception]]] = [
        (small, "version", ValidationError),
        (draft(), "until", ValidationError),
        (ACT, "title", ValidationError),
        (era, "first", FrozenInstanceError),
        (leaf, "opens", AttributeError),
    ]
    for value, name, error in values:
        with pytest.raises(error):
            setattr(value, name, getattr(value, name))
    for given in ({"colour": "red"}, {"rules": None}):
        with pytest.raises(RulebookError, match="cannot stand"):
            ir.Draft.model_validate(draft().model_dump() | given)
    with pytest.raises(TypeError):
        small.model_copy({"version": "other"})  # type: ignore[call-arg]


def test_the_readings_of_a_rule_are_those_it_names_in_its_order() -> None:
    other = READING.model_copy(update={"id": "yearly"})
    small = book(
        rule("a", **BEFORE_LATE), rule("b", first=LATE, readings=("yearly", "again")), readings=(READING, other)
    )
    assert [small.readings_of(row) for row in small.rules] == [(), (other, READING)]


def test_only_what_was_proved_before_is_not_proved_again() -> None:
    gap = draft(rule("a", YES)).model_dump_json()
    assert "meetings covered: no" in said(ProofError, ir.Rulebook.model_validate_json, gap)
    assert ir.Rulebook.model_validate_json(gap, context=PROVED).rules[0].id == "a"
    assert "meetings covered: no" in said(ProofError, ir.Rulebook.model_validate_json, gap, context={"proved": True})
