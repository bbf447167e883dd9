"""What a small change to the checks of a rulebook would spoil, and no other test would notice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations, product
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules.reviewing.checks import tracks, windows
from ilacs_rules.reviewing.checks.boxes import (
    anything,
    can_be,
    conditions_of,
    joined,
    remainder,
    shared,
    shared_box,
    without,
)
from ilacs_rules.reviewing.checks.rows import facts_of, row_findings
from ilacs_rules.rulebook import Expected, Suspension
from ilacs_rules.situation import AS_OF, SUBJECT, Allowed, Box, Choice, Range, Value, Words
from small_drafts import ACT, AGENCY, AUTHORITY, FIRST, between, book, draft, rule, track, words

A_DAY = timedelta(days=1)
LATE = date(2020, 4, 1)
COUNT, OTHER, PERHAPS = "meetings_this_year", "evaluations_this_year", "good_practice_judgements"
YES, NO = words("meetings_covered", "yes"), words("meetings_covered", "no")
FEW, MANY = between(COUNT, high=1), between(COUNT, 2)


# --- boxes ---

NEVER = Range(known=False, unknown=True)
DAYS = [FIRST + number * A_DAY for number in range(-1, 4)]


def ranges(values: list[Any]) -> list[Range]:
    """Every range between some values, open or not, with and without what is not known."""
    ends = [*combinations(values[1:-1], 2), *((value, value) for value in values[1:-1])]
    ends += [(None, value) for value in values[1:-1]] + [(value, None) for value in values[1:-1]] + [(None, None)]
    return [Range(low, high, unknown=unknown) for low, high in ends for unknown in (False, True)] + [NEVER]


def admitted(sides: list[Allowed], values: list[Any]) -> list[object]:
    return [value for value in (*values, None) if any(side.admits(value) for side in sides)]


@pytest.mark.parametrize("values", [[0, 0, 1, 2, 3], DAYS], ids=["counts", "days"])
def test_what_two_ranges_share_and_what_is_left_of_one(values: list[Any]) -> None:
    """As their values say, and no value is on two sides of what is left."""
    for one, other in product(ranges(values), repeat=2):
        both = shared(one, other)
        ours, theirs = admitted([one], values), admitted([other], values)
        assert admitted([both] if both else [], values) == [value for value in ours if value in theirs]
        left = without(one, other)
        assert admitted(left, values) == [value for value in ours if value not in theirs]
        assert all(shared(some, rest) is None for some, rest in combinations(left, 2))
        assert all(admitted([side], values) for side in left)


def test_what_two_sets_of_words_share_and_what_is_left_of_one() -> None:
    yes, no, both = (Words(frozenset(some)) for some in (["yes"], ["no"], ["yes", "no"]))
    assert [shared(yes, other) for other in (yes, no, both)] == [yes, None, yes]
    assert [without(both, other) for other in (yes, no, both)] == [[no], [yes], []]
    assert shared(yes, Range()) is None
    assert shared(Range(), yes) is None
    assert without(yes, Range()) == without(Range(), yes) == []


def test_anything_is_every_value_that_a_fact_can_have() -> None:
    assert anything(AS_OF) == Range()
    assert anything("last_meeting") == Range(unknown=True)
    assert anything(COUNT) == Range()
    assert anything(PERHAPS) == Range(unknown=True)
    assert anything("meetings_covered") == Words(frozenset({"yes", "no"}))


def cases(names: tuple[str, ...]) -> Iterator[dict[str, Value]]:
    values = [[value for value in (0, 1, 2, 3, None) if anything(name).admits(value)] for name in names]
    for one in product(*values):
        yield dict(zip(names, one, strict=True))


def lies_in(box: Box, case: dict[str, Value]) -> bool:
    return all(side.admits(case[name]) for name, side in box.items())


SOME: list[Box] = [
    {},
    {COUNT: Range(1)},
    {COUNT: Range(high=1)},
    {COUNT: Range(1, 2)},
    {PERHAPS: NEVER},
    {PERHAPS: Range(0, 1)},
    {COUNT: Range(high=0), PERHAPS: Range(2, unknown=True)},
    {COUNT: Range(2, 2), PERHAPS: Range(1, 1)},
]


@pytest.mark.parametrize("box", SOME)
@pytest.mark.parametrize("size", [0, 1, 2, 3, 4])
def test_a_part_of_a_box_is_left_where_a_case_of_it_is(box: Box, size: int) -> None:
    every = list(cases((COUNT, PERHAPS)))
    for taken in combinations(SOME[1:], size):
        left = [case for case in every if lies_in(box, case) and not any(lies_in(other, case) for other in taken)]
        part = remainder(box, taken)
        mine = [] if part is None else [case for case in every if lies_in(part, case)]
        assert bool(mine) == bool(left)
        assert (part is None) == (not left)
        assert all(case in left for case in mine)


@pytest.mark.parametrize("box", SOME)
def test_two_boxes_share_the_cases_that_lie_in_both(box: Box) -> None:
    every = list(cases((COUNT, PERHAPS)))
    for other in SOME:
        both = shared_box(box, other)
        mine = [] if both is None else [case for case in every if lies_in(both, case)]
        assert mine == [case for case in every if lies_in(box, case) and lies_in(other, case)]
        assert (both is None) == (not mine)


def test_a_box_may_speak_of_the_kind_of_subject() -> None:
    ours, theirs = ({SUBJECT: Words(frozenset({kind}))} for kind in (AGENCY, AUTHORITY))
    box = {COUNT: Range(1, 2)}
    assert remainder(box, [ours], AGENCY) is None
    assert remainder(box, [theirs], AGENCY) == box
    assert remainder(box, [theirs, ours], AGENCY) is None
    assert remainder(box, [ours | {COUNT: Range(1, 1)}, theirs], AGENCY) == {COUNT: Range(2, 2)}
    assert shared_box(box, ours, AGENCY) == box
    assert shared_box(box, ours | {COUNT: Range(2)}, AGENCY) == {COUNT: Range(2, 2)}
    assert shared_box(box, theirs | {COUNT: Range(2)}, AGENCY) is None


def test_a_box_can_be_unless_a_box_that_cannot_be_covers_it() -> None:
    stage, grade = (
        {"inspection_stage": Words(frozenset({"none"}))},
        {"last_overall": Words(frozenset({"good", "none"}))},
    )
    assert can_be(stage | grade, AGENCY)
    assert not can_be(stage | {"last_overall": Words(frozenset({"good"}))}, AGENCY)
    sif = {"current_inspection": Words(frozenset({"sif_inspection"}))}
    assert can_be(sif, AUTHORITY)
    assert not can_be(sif, AGENCY)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([{}], [{}]),
        ([{COUNT: Range(0, 1)}, {COUNT: Range(2, 3)}], [{COUNT: Range(0, 3)}]),
        ([{COUNT: Range(2, 3)}, {COUNT: Range(0, 1)}], [{COUNT: Range(0, 3)}]),
        ([{COUNT: Range(0, 1)}, {COUNT: Range(3, 4)}], [{COUNT: Range(0, 1)}, {COUNT: Range(3, 4)}]),
        ([{COUNT: Range(0, 4)}, {COUNT: Range(1, 2)}], [{COUNT: Range(0, 4)}]),
        ([{COUNT: Range(1, 1)}, {COUNT: Range(high=0)}], [{COUNT: Range(high=1)}]),
        (
            [{COUNT: Range(5, 5)}, {COUNT: Range(4, 4)}, {COUNT: Range(0, 0)}],
            [{COUNT: Range(0, 0)}, {COUNT: Range(4, 5)}],
        ),
        ([{COUNT: Range(2, 2)}, {COUNT: Range(high=1)}], [{COUNT: Range(high=2)}]),
        ([{COUNT: Range(high=1)}, {COUNT: Range(2)}], [{}]),
        ([{COUNT: Range(1)}, {COUNT: Range(2, 2)}], [{COUNT: Range(1)}]),
        ([{PERHAPS: Range(0, 1, unknown=True)}, {PERHAPS: Range(2, 2)}], [{PERHAPS: Range(0, 2, unknown=True)}]),
        ([{PERHAPS: Range(0, 1)}, {PERHAPS: NEVER}], [{PERHAPS: Range(0, 1, unknown=True)}]),
        ([{PERHAPS: NEVER}, {PERHAPS: NEVER}], [{PERHAPS: NEVER}]),
        ([{PERHAPS: Range()}, {PERHAPS: NEVER}], [{}]),
        (
            [{PERHAPS: Range(0, 0)}, {PERHAPS: Range(2, 2)}, {PERHAPS: NEVER}],
            [{PERHAPS: Range(0, 0, unknown=True)}, {PERHAPS: Range(2, 2)}],
        ),
        (
            [{"last_meeting": Range(FIRST, LATE)}, {"last_meeting": Range(LATE + A_DAY, unknown=True)}],
            [{"last_meeting": Range(FIRST, unknown=True)}],
        ),
        (
            [{"last_meeting": Range(high=FIRST)}, {"last_meeting": Range(FIRST + 2 * A_DAY, LATE)}],
            [{"last_meeting": Range(high=FIRST)}, {"last_meeting": Range(FIRST + 2 * A_DAY, LATE)}],
        ),
        ([{AS_OF: Range(FIRST, LATE)}, {AS_OF: Range(LATE + A_DAY)}], [{AS_OF: Range(FIRST)}]),
        (
            [{COUNT: Range(low, low + 1), OTHER: Range(high, high)} for low in (0, 2) for high in (1, 2)],
            [{COUNT: Range(0, 3), OTHER: Range(1, 2)}],
        ),
        (
            [{COUNT: Range(0, 0), OTHER: Range(1, 1)}, {COUNT: Range(1, 1), OTHER: Range(2, 2)}],
            [{COUNT: Range(0, 0), OTHER: Range(1, 1)}, {COUNT: Range(1, 1), OTHER: Range(2, 2)}],
        ),
        # two that are one only after two others are
        (
            [
                {COUNT: Range(*few), OTHER: Range(*many)}
                for few, many in (((1, 1), (1, 1)), ((2, 2), (1, 1)), ((1, 2), (2, 2)))
            ],
            [{COUNT: Range(1, 2), OTHER: Range(1, 2)}],
        ),
        # what is left out may be anything
        ([{COUNT: Range(1, 1)}, {COUNT: Range(1, 1), OTHER: Range(2)}], [{COUNT: Range(1, 1)}]),
    ],
)
def test_boxes_that_lie_side_by_side_are_one(given: list[Box], expected: list[Box]) -> None:
    assert joined(given) == expected


def test_words_of_one_fact_are_joined_whatever_their_order() -> None:
    stages = ("none", "under_way", "awaiting_report", "complete")
    one: list[Box] = [{"inspection_stage": Words(frozenset({stage})), COUNT: Range(1)} for stage in stages]
    assert joined(one[:2]) == [{"inspection_stage": Words(frozenset(stages[:2])), COUNT: Range(1)}]
    assert joined(one) == [{COUNT: Range(1)}]


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ({}, []),
        ({COUNT: Range(1), AS_OF: Range(FIRST)}, ["as of is 2017-04-01 or later", "meetings this year is at least 1"]),
        ({COUNT: Range(0, 0)}, ["meetings this year is 0"]),
        ({COUNT: Range(high=0)}, ["meetings this year is 0"]),
        ({COUNT: Range(0, 2)}, ["meetings this year is at most 2"]),
        ({COUNT: Range(1, 2)}, ["meetings this year is at least 1 and at most 2"]),
        ({COUNT: Range(0)}, ["meetings this year is known"]),
        ({"last_meeting": Range()}, ["last meeting is known"]),
        ({"last_meeting": NEVER}, ["last meeting is not known"]),
        ({"last_meeting": Range(FIRST, unknown=True)}, ["last meeting is 2017-04-01 or later, or not known"]),
        (
            {"exists": Words(frozenset({"not_known", "yes"})), "inspection_stage": Words(frozenset({"none"}))},
            ["inspection stage is none", "exists is yes or not known"],
        ),
    ],
)
def test_a_box_reads_as_the_conditions_of_a_rule(box: Box, text: list[str]) -> None:
    found = conditions_of(box)
    assert [str(condition) for condition in found] == text
    assert all(ir.Condition.model_validate(one.model_dump()) == one for one in found)
    values = {name: [FIRST - A_DAY, FIRST] if name in (AS_OF, "last_meeting") else [0, 1, 2, 3] for name in box}
    for condition in found:
        side = box[condition.fact]
        if isinstance(side, Range):
            some: list[Any] = values[condition.fact]
            assert admitted([condition.allowed], some) == admitted([side], some)


def test_a_condition_says_no_more_than_it_must() -> None:
    sides = Range(1, 2), Range(high=2), Range(1), Range(unknown=True), Range(), NEVER
    assert [conditions_of({PERHAPS: side})[0] for side in sides] == [
        between(PERHAPS, 1, 2),
        between(PERHAPS, high=2),
        between(PERHAPS, 1),
        between(PERHAPS, known=True, or_unknown=True),
        between(PERHAPS, known=True),
        between(PERHAPS, known=False),
    ]


# --- gaps, overlaps and rules that never fire ---

SINCE, AT = "as of is 2017-04-01 or later", "as of: 2017-04-01"
ONE, TWO = f"{AT}; meetings this year: 1", f"{AT}; meetings this year: 2"


def told(*rules: ir.Rule, kinds: str = "gap overlap never_fires", **values: Any) -> list[tuple[object, ...]]:
    """What is found, in short: kind, rules, conditions and the case."""
    found = ir.check(draft(*rules, **values))
    return [
        (one.kind.value, *one.rules, [str(condition) for condition in one.box], one.case)
        for one in found
        if one.kind in kinds.split()
    ]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("a")], []),
        ([rule("a", YES)], [("gap", [SINCE, "meetings covered is no"], f"{AT}; meetings covered: no")]),
        ([rule("a", MANY)], [("gap", [SINCE, "meetings this year is at most 1"], ONE)]),
        (
            [rule("a", between(COUNT, high=0)), rule("b", between(COUNT, 3))],
            [("gap", [SINCE, "meetings this year is at least 1 and at most 2"], ONE)],
        ),
        ([rule("a", FEW)], [("gap", [SINCE, "meetings this year is at least 2"], TWO)]),
        ([rule("a", last=LATE)], [("gap", ["as of is 2020-04-02 or later"], "as of: 2020-04-02")]),
        ([rule("a", first=LATE)], [("gap", ["as of is 2017-04-01 or later and 2020-03-31 or earlier"], AT)]),
        (
            [rule("a", between("last_meeting"))],
            [("gap", [SINCE, "last meeting is not known"], f"{AT}; last meeting: not known")],
        ),
        (
            [rule("a", between("last_meeting", LATE, or_unknown=True))],
            [("gap", [SINCE, "last meeting is 2020-03-31 or earlier"], f"{AT}; last meeting: 2020-03-31")],
        ),
        (
            [rule("a"), rule("b", YES)],
            [("overlap", "a", "b", [SINCE, "meetings covered is yes"], f"{AT}; meetings covered: yes")],
        ),
        (
            [rule("a"), rule("b", first=LATE)],
            [("overlap", "a", "b", ["as of is 2020-04-01 or later"], "as of: 2020-04-01")],
        ),
        # of a gap only what keeps every rule out is told, of an overlap only what one of the rules asks
        (
            [rule("a", YES, FEW), rule("b", YES, MANY)],
            [("gap", [SINCE, "meetings covered is no"], f"{AT}; meetings covered: no")],
        ),
        (
            [rule("a", YES), rule("b", YES), rule("c", NO, FEW), rule("d", NO, MANY)],
            [("overlap", "a", "b", [SINCE, "meetings covered is yes"], f"{AT}; meetings covered: yes")],
        ),
        (
            [rule("a", YES, last=LATE), rule("b", NO), rule("c", YES, MANY, first=LATE + A_DAY)],
            [
                (
                    "gap",
                    ["as of is 2020-04-02 or later", "meetings this year is at most 1", "meetings covered is yes"],
                    "as of: 2020-04-02; meetings this year: 1; meetings covered: yes",
                )
            ],
        ),
        (
            [rule("a"), rule("b", YES, last=date(2016, 1, 1), first=date(2016, 1, 1))],
            [("never_fires", "b", ["as of is 2016-01-01", "meetings covered is yes"], "")],
        ),
        ([rule("a"), rule("b", words("last_overall", "none"), words("last_inspection", "full_inspection"))],
            [
                (
                    "never_fires",
                    "b",
                    [SINCE, "last inspection is full inspection", "last overall is none"],
                    "",
                )
            ],
        ),
        # no count is below 0, so that a rule for such a one keeps nobody out and never answers
        (
            [rule("a", YES), rule("b", NO, between(COUNT, high=-1))],
            [
                ("gap", [SINCE, "meetings covered is no"], f"{AT}; meetings covered: no"),
                ("never_fires", "b", [SINCE, "meetings this year is at most -1", "meetings covered is no"], ""),
            ],
        ),
        # one that only ever answers beside another does not never fire
        (
            [rule("a"), rule("b")],
            [("overlap", "a", "b", [SINCE], AT)],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_track_is_told_with_its_box_and_its_case(
    rules: list[ir.Rule], expected: list[tuple[object, ...]]
) -> None:
    assert told(*rules) == expected


def test_the_case_of_a_gap_names_only_what_keeps_every_rule_out() -> None:
    """A complete inspection has a grade: that it is not without one need not be said."""
    stages, complete = (
        words("inspection_stage", "none", "under_way", "awaiting_report"),
        words("inspection_stage", "complete"),
    )
    good = words("last_overall", "good")
    rest = words("last_overall", *(word for word in grades() if word != "good"))
    rows = rule("a", stages), rule("b", complete, good, MANY), rule("c", complete, rest, MANY)
    judged = " or ".join(word.replace("_", " ") for word in grades() if word not in ("none", "not_reported"))
    box = [SINCE, "inspection stage is complete", f"last overall is {judged}", "meetings this year is at most 1"]
    assert told(*rows) == [("gap", box, f"{AT}; inspection stage: complete; meetings this year: 1")]


def grades() -> tuple[str, ...]:
    domain = ir.FACTS["last_overall"].domain
    assert isinstance(domain, Choice)
    return domain.words


def test_a_finding_says_what_is_wrong_of_whom() -> None:
    tracks = (track(answers={AGENCY: FIRST, AUTHORITY: FIRST}),)
    both = {"applies_to": (AGENCY, AUTHORITY)}
    rows = rule("a", YES, **both), rule("b", YES, **both), rule("c", NO, FEW, **both), rule("d", FIRST_MADE, **both)
    overlap, *rest = (one for one in ir.check(draft(*rows, tracks=tracks)) if one.kind != "unused_fact")
    assert overlap.says == "2 rules answer here. Exactly one must."
    assert overlap.subject_types == (AGENCY, AUTHORITY)
    assert overlap.track == "inspection"
    assert any(one.says == "No rule answers here. Exactly one must." for one in rest)
    only = rule("a", YES), rule("b", NO), rule("c", applies_to=(AUTHORITY,)), rule("d", YES, applies_to=(AUTHORITY,))
    (found,) = (one for one in ir.check(draft(*only, tracks=tracks)) if one.kind != "unused_fact")
    assert (found.rules, found.subject_types) == (("c", "d"), (AUTHORITY,))


FIRST_MADE = between("created", FIRST)


def test_a_track_is_checked_for_the_days_on_which_it_is_asked() -> None:
    small = book(rule("a"), rule("b", track="other"), tracks=(track(), track("other", answers={AGENCY: LATE})))
    assert told(*small.rules, tracks=small.tracks, until=LATE) == []
    early: dict[str, Any] = {"tracks": small.tracks, "until": LATE - A_DAY}
    assert told(rule("a"), **early) == []
    assert told(rule("a"), **early | {"until": LATE}) == [
        ("gap", ["as of is 2020-04-01 or later"], "as of: 2020-04-01")
    ]


def test_the_first_value_of_a_side_stands_for_it() -> None:
    sides: dict[str, Allowed] = {
        "inspection_stage": Words(frozenset({"under_way", "complete"})),
        "last_meeting": NEVER,
        COUNT: Range(),
        OTHER: Range(high=3),
        "created": Range(FIRST, LATE),
    }
    assert tracks._case(sides) == (
        "inspection stage: complete; meetings this year: 0; evaluations this year: 3; "
        "last meeting: not known; created: 2017-04-01"
    )


def test_a_gap_where_it_is_only_asked_whether_a_day_is_known_is_of_any_day() -> None:
    only = rule("a", ir.Condition(fact="last_meeting", known=False))
    (found,) = told(only)
    assert found[2] == "as of: 2017-04-01; last meeting: any day"
    with pytest.raises(ir.ProofError, match="last meeting: any day"):
        book(only)


# --- rows ---


def unused(draft: ir.Draft) -> set[str]:
    return {name for one in row_findings(draft, None) for name in one.names if one.kind == "unused_fact"}


def test_a_fact_is_used_where_a_rule_asks_about_it_or_counts_from_it() -> None:
    row = rule("a", YES, opens="registered", due="created", closes="last_meeting + 1 day", runs_from="last_evaluation")
    used = {"meetings_covered", "registered", "created", "last_meeting", "last_evaluation"}
    assert set(facts_of(row)) == used
    assert list(facts_of(rule("a"))) == []
    assert unused(draft(row)) == set(ir.FACTS) - used
    (one,) = (one for one in row_findings(draft(row), None) if one.names == ("exists",))
    assert one.says == f"No rule asks about it, and no window is counted from it: {ir.FACTS['exists'].means}."


def test_rules_are_alike_where_only_what_is_said_of_their_source_differs() -> None:
    a_place = ir.Citation(source="act", place="section 2")
    one = rule("a", YES, FEW, applies_to=(AGENCY, AUTHORITY))
    same: dict[str, Any] = {
        "id": "b", "framework": "b.toml", "sources": (a_place,), "says": "b", "gap": "b", "evidence": "b", "unmet": "b",
        "certainty": "inferred", "when": (FEW, YES), "applies_to": (AUTHORITY, AGENCY),
    }  # fmt: skip
    both = {"tracks": (track(answers={AGENCY: FIRST, AUTHORITY: FIRST}),), "sources": (ACT,)}

    def twins(*rows: ir.Rule) -> list[ir.Finding]:
        return [item for item in row_findings(draft(*rows, **both), None) if item.kind == "same_but_for_source"]

    (found,) = twins(one, one.model_copy(update=same))
    assert found.rules == ("a", "b")
    assert (found.track, found.subject_types, found.names) == ("inspection", (AGENCY, AUTHORITY), ("act",))
    assert found.box == (YES, FEW)
    assert found.says == "They answer the same cases alike; one rule can cite both sources."
    third = one.model_copy(update={"id": "c"})
    assert [item.rules for item in twins(one, one.model_copy(update=same), third)] == [("a", "b", "c")]
    for name, value in (("strength", ir.Strength.MAY), ("when", (YES,)), ("closes", "registered"), ("last", LATE)):
        assert twins(one, one.model_copy(update={**same, name: value})) == []
    assert twins(one) == []


def test_a_source_is_to_be_checked_again_from_a_day() -> None:
    sources = (
        ACT.model_copy(update={"checked": LATE}),
        ACT.model_copy(update={"id": "copy", "checked": LATE - A_DAY}),
        ACT.model_copy(update={"id": "report"}),
        ACT.model_copy(update={"id": "later", "checked": LATE + A_DAY}),
    )
    cited = {name: (ir.Citation(source=name, place="1"),) for name in ("act", "copy", "report")}
    shares: dict[str, Any] = {"says": "", "applies_to": (AGENCY,), "tracks": ("inspection",), "first": FIRST}
    pause = Suspension(id="pause", certainty="quoted", last=FIRST, sources=cited["report"] + cited["copy"], **shares)
    coming = Expected(id="coming", sources=cited["copy"], **shares)
    small = draft(
        rule("a"),
        rule("b", sources=cited["copy"]),
        rule("c", sources=cited["report"]),
        sources=sources,
        suspensions=(pause,),
        expected=(coming,),
    )
    old, never = (one for one in row_findings(small, LATE) if one.kind == "source_not_checked")
    assert (old.names, old.rules) == (("copy",), ("b", "pause", "coming"))
    assert old.says == "What rests on it was to be compared with it since 2020-04-01, and was last on 2020-03-31."
    assert (never.names, never.rules) == (("report",), ("c", "pause"))
    assert never.says.endswith("since 2020-04-01, and was on no day that is written down.")
    assert not ir.check(small).of("source_not_checked")
    assert len(ir.check(small, checked_since=LATE).of("source_not_checked")) == 2
    assert len(ir.check(rulebook=small, checked_since=LATE + A_DAY).of("source_not_checked")) == 3


# --- windows ---

AGES = (date(2016, 2, 29), date(2019, 1, 31))


def closed(opens: str, closes: str, *when: ir.Condition, **values: Any) -> str:
    """The case in which a window closes before it opens; nothing: there is none."""
    row = rule("a", *when, opens=opens, closes=closes, **values)
    return "".join(one.case for one in windows.window_findings(draft(row)))


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("registered", "registered"),
        ("registered", "registered + 1 day"),
        ("registered + 6 months", "registered + 6 months + 1 day"),
        ("registered", "registered + 1 month - 28 days"),
        ("registered", "registered + 1 year - 365 days"),
        ("registered", "registered + 1 week - 7 days"),
        ("registered", "registered + 10 working days - 10 days"),
        ("registered + 28 days", "registered + 1 month"),
        ("registered + 365 days", "registered + 12 months"),
        ("start_of_year(registered)", "end_of_year(registered)"),
        ("registered", "end_of_quarter(registered)"),
        ("registered", "as_of"),
        ("area_send_ended", "as_of"),
        ("registered + 3 days", "registered + 3 working days"),
        ("registered", "latest(registered, 2017-04-01)"),
    ],
)
def test_a_window_that_never_closes_before_it_opens(opens: str, closes: str) -> None:
    assert closed(opens, closes) == ""


@pytest.mark.parametrize(
    ("opens", "closes", "days", "first", "last"),
    [
        ("registered", "registered - 1 day", "registered: 2025-04-02", "2025-04-02", "2025-04-01"),
        ("registered", "registered + 1 month - 29 days", "registered: 2026-01-31", "2026-01-31", "2026-01-30"),
        ("registered", "registered + 1 year - 366 days", "registered: 2025-04-02", "2025-04-02", "2025-04-01"),
        ("registered + 29 days", "registered + 1 month", "registered: 2026-01-31", "2026-03-01", "2026-02-28"),
        ("registered + 1 day", "end_of_year(registered)", "registered: 2025-12-31", "2026-01-01", "2025-12-31"),
        ("end_of_year(registered)", "registered + 364 days", "registered: 2028-01-01", "2028-12-31", "2028-12-30"),
        # a fixed day, and working days: all days from twelve years before to twelve after
        ("registered", "2017-04-01", "registered: 2017-04-02", "2017-04-02", "2017-04-01"),
        ("2017-04-01", "registered", "registered: 2005-04-01", "2017-04-01", "2005-04-01"),
        ("registered", "2029-03-31", "registered: 2029-04-01", "2029-04-01", "2029-03-31"),
        ("registered", "2030-01-01", "registered: 2030-01-02", "2030-01-02", "2030-01-01"),
        ("earliest(registered, 2041-12-31)", "2041-12-30", "registered: 2041-12-31", "2041-12-31", "2041-12-30"),
        ("registered + 4 days", "registered + 2 working days", "registered: 2012-01-01", "2012-01-05", "2012-01-04"),
        ("registered + 15 days", "registered + 10 working days", "registered: 2012-01-02", "2012-01-17", "2012-01-16"),
        # two facts: no day of the record lies after the day that is asked about
        ("as_of", "registered", "as of: 2017-04-01; registered: 2013-04-01", "2017-04-01", "2013-04-01"),
        ("registered", "as_of - 1 day", "as of: 2017-04-01; registered: 2017-04-01", "2017-04-01", "2017-03-31"),
        ("as_of", "area_send_ended", "area send ended: 2013-04-01; as of: 2017-04-01", "2017-04-01", "2013-04-01"),
        ("registered", "registered + 1 day - 1 month", "registered: 2025-04-02", "2025-04-02", "2025-03-03"),
        ("registered", "registered + 30 days - 1 month", "registered: 2025-05-01", "2025-05-01", "2025-04-30"),
        ("registered", "registered + 365 days - 1 year", "registered: 2027-03-01", "2027-03-01", "2027-02-28"),
        ("registered", "registered + 1 week - 8 days", "registered: 2025-04-02", "2025-04-02", "2025-04-01"),
        ("registered", "registered + 6 days - 1 week", "registered: 2025-04-02", "2025-04-02", "2025-04-01"),
        ("registered", "registered + 1 day - 2 days", "registered: 2025-04-02", "2025-04-02", "2025-04-01"),
        ("registered", "registered + 1 working day - 2 days", "registered: 2012-01-02", "2012-01-02", "2012-01-01"),
        ("registered", "latest(registered - 1 day, 2035-01-01)", "registered: 2035-01-02", "2035-01-02", "2035-01-01"),
        ("registered", "registered + 40 days - 2 months", "registered: 2025-04-02", "2025-04-02", "2025-03-12"),
        ("created", "registered", "created: 2013-04-30; registered: 2013-04-01", "2013-04-30", "2013-04-01"),
        ("earliest(created, 2021-04-01)", "latest(registered, 2021-03-31)",
         "created: 2021-04-01; registered: 2013-04-01", "2021-04-01", "2021-03-31"),
    ],
)  # fmt: skip
def test_a_window_that_can_close_before_it_opens_is_told_with_the_first_case(
    opens: str, closes: str, days: str, first: str, last: str
) -> None:
    assert closed(opens, closes) == f"{days}; opens {first}, closes {last}"


LAST = date(2017, 4, 10)


@pytest.mark.parametrize(
    ("window", "when", "days", "case"),
    [
        ("-", [], {"last": LAST}, "registered: 2013-04-11"),
        ("-", [between("registered", date(2018, 2, 1), date(2018, 2, 5))], {}, "registered: 2018-02-01"),
        ("-", [between("registered", high=date(2018, 2, 5))], {}, "registered: 2014-02-06"),
        ("-", [between("registered", known=False)], {}, "registered: 2025-04-02"),
        ("-", [between("registered", date(2018, 2, 1), date(2018, 2, 1))], {}, "registered: 2018-02-01"),
        ("-", [between("registered", LAST)], {"last": LAST}, "registered: 2017-04-10"),
        ("-", [between("registered", date(2017, 4, 11))], {"last": LAST}, ""),
        ("-", [between("registered", high=date(1990, 6, 30))], {}, "registered: 1986-07-01"),
        ("+", [between("registered", high=date(1990, 6, 30))], {}, "registered: 1986-12-31"),
        ("+", [between("registered", date(2018, 2, 1), date(2018, 2, 5))], {}, ""),
        ("+", [between("registered", date(2018, 2, 1), date(2018, 12, 31))], {}, "registered: 2018-12-31"),
        ("+", [between("registered", date(2018, 2, 1), date(2018, 12, 30))], {}, ""),
    ],
)
def test_a_window_is_looked_at_on_the_days_that_its_rule_allows(
    window: str, when: list[ir.Condition], days: dict[str, Any], case: str
) -> None:
    ends = {"-": ("registered", "registered - 1 day"), "+": ("registered + 1 day", "end_of_year(registered)")}
    assert closed(*ends[window], *when, **days).partition(";")[0] == case


@pytest.mark.parametrize(
    ("low", "high", "last", "first"),
    [
        (date(2018, 3, 2), date(2018, 3, 30), None, None),
        (date(2018, 3, 2), date(2018, 3, 31), date(2018, 3, 31), None),
        (date(2018, 3, 2), date(2018, 4, 1), date(2018, 3, 31), date(2018, 4, 1)),
        (date(2018, 3, 2), date(2018, 4, 2), date(2018, 3, 31), date(2018, 4, 1)),
        (date(2018, 2, 10), date(2018, 4, 29), date(2018, 3, 31), date(2018, 4, 1)),
        (date(2018, 3, 31), date(2018, 4, 29), date(2018, 3, 31), date(2018, 4, 1)),
        (date(2018, 4, 1), date(2018, 4, 29), None, date(2018, 4, 1)),
        (date(2018, 4, 2), date(2018, 4, 29), None, None),
    ],
)
def test_of_two_facts_the_days_on_which_months_turn_are_looked_at(
    low: date, high: date, last: date | None, first: date | None
) -> None:
    """One window is closed before it opens on the last day of a quarter only, another on the first only."""
    when = between("created", low, high), between("registered", date(2016, 1, 1), date(2016, 1, 1))
    ends = [
        (("latest(created + 1 day, registered)", "end_of_quarter(created)"), last),
        (("latest(start_of_quarter(created), registered)", "created - 1 day"), first),
    ]
    for window, day in ends:
        assert closed(*window, *when).partition(";")[0] == (f"created: {day}" if day else "")


def test_of_two_facts_no_day_is_looked_at_that_the_rule_does_not_allow() -> None:
    after = between("registered", LAST + A_DAY)
    assert closed("registered", "created", after, last=LAST) == ""
    assert closed("registered", "created", between("registered", LAST), last=LAST).startswith("created: 2013-04-01")
    early = between("registered", high=date(1990, 6, 30))
    assert closed("created", "registered", early, last=LAST).startswith("created: 2013-04-01; registered: 1986-06-30")


def test_a_rule_without_both_ends_has_no_window_to_look_at() -> None:
    rows = rule("a", opens="registered"), rule("b", closes="registered"), rule("c", due="registered - 1 day")
    assert list(windows.window_findings(draft(*rows))) == []
    wrong = rule("d", YES, opens="registered", closes="registered - 1 day")
    (found,) = windows.window_findings(draft(*rows, wrong))
    assert (found.rules, found.track, found.subject_types) == (("d",), "inspection", (AGENCY,))
    assert [str(condition) for condition in found.box] == [SINCE, "meetings covered is yes"]
    assert found.says == "Its window can close before it opens."


# --- findings ---


def test_findings_are_told_apart_by_kind_and_read_in_words() -> None:
    found = ir.check(draft(rule("a", YES), rule("b", YES), rule("c", opens="registered", closes="registered - 1 day")))
    kinds = {one.kind for one in found}
    assert len(kinds) > 2
    for kind in ir.FindingKind:
        assert list(found.of(kind)) == [one for one in found if one.kind is kind]
        assert found.of(kind.value) == found.of(kind)
    one = ir.Finding(
        kind=ir.FindingKind.OVERLAP, says="Two.", track="visits", subject_types=(AGENCY, AUTHORITY), rules=("a", "b"),
        names=("c",), box=(YES, FEW), case="as of: 2017-04-01",
    )  # fmt: skip
    assert str(one) == (
        "overlap: track visits; independent fostering agency, local authority; a, b, c. Two. "
        "For example: as of: 2017-04-01. In all: meetings covered is yes; meetings this year is at most 1."
    )
    assert str(ir.Findings([one, one])) == f"{one}\n{one}"
    cells = [
        "overlap", "visits", "independent fostering agency, local authority", "a, b, c", "Two.", "as of: 2017-04-01",
        "meetings covered is yes; meetings this year is at most 1",
    ]  # fmt: skip
    titles = ["Kind", "Track", "Subjects", "Rules, facts, sources", "What is wrong", "For example", "In all"]
    head, row = "".join(f"<th>{title}</th>" for title in titles), "".join(f"<td>{cell}</td>" for cell in cells)
    assert one._repr_html_() == f"<table><tr>{head}</tr><tr>{row}</tr></table>"
    assert ir.Findings([one, one])._repr_html_() == f"<table><tr>{head}</tr><tr>{row}</tr><tr>{row}</tr></table>"
    plain = ir.Finding(kind=ir.FindingKind.GAP, says="<None>")
    assert str(plain) == "gap: . <None>"
    assert "<td>&lt;None&gt;</td>" in plain._repr_html_()
    for change in ({"kind": "gaps"}, {"colour": "red"}):
        with pytest.raises(ValueError, match="validation error"):
            ir.Finding.model_validate(plain.model_dump() | change)
    with pytest.raises(ValueError, match="frozen"):
        plain.says = "Other."  # type: ignore[misc]


def test_only_a_draft_and_a_day_are_taken() -> None:
    small = draft(rule("a"))
    wrong: list[Any] = [1, "1 January 2026", datetime(2026, 1, 1)]
    for day in wrong:
        with pytest.raises(ir.RecordError, match="checked_since: is not a date"):
            ir.check(small, checked_since=day)
    with pytest.raises(TypeError):
        ir.check(small, LATE)  # type: ignore[call-arg]
