"""A check finds what is wrong with a rulebook, all of it and nothing else, and gives it as values."""

# pyright: reportReturnType=false

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.reviewing.checks import boxes
from ilacs_rules.reviewing.checks.boxes import joined, remainder
from ilacs_rules.reviewing.checks.rows import row_findings
from ilacs_rules.rulebook import Region, Track, regions, survey
from ilacs_rules.situation import AS_OF, IMPOSSIBLE, SUBJECT, Box, Range, Value, Words

DRAFT = ir.load_draft()
INADEQUATE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
IFA = "independent_fostering_agency"


def of_track(rule_id: str, rules: Iterable[ir.Rule]) -> ir.Draft:
    """Some rows, those of one rule's track: the survey of another track says nothing of it."""
    track = DRAFT.rule(rule_id).track
    return DRAFT.model_copy(
        update={
            "tracks": tuple(item for item in DRAFT.tracks if item.id == track),
            "rules": tuple(rule for rule in rules if rule.track == track),
        }
    )


def changed(rule_id: str, **values: Any) -> ir.Draft:
    """The shipped rows of a track, one rule of them with other values."""
    rules = (rule.model_copy(update=values) if rule.id == rule_id else rule for rule in DRAFT.rules)
    return of_track(rule_id, rules)


def left_out(*ids: str) -> ir.Draft:
    """All shipped rows but some."""
    return DRAFT.model_copy(update={"rules": tuple(rule for rule in DRAFT.rules if rule.id not in ids)})


def taken_out(rule_id: str) -> ir.Draft:
    """The shipped rows of a track, without one."""
    return of_track(rule_id, left_out(rule_id).rules)


def faults(draft: ir.Draft) -> list[ir.Finding]:
    """What is found in the rows of one track, but for the facts that only other tracks use."""
    return [finding for finding in ir.check(draft) if finding.kind is not ir.FindingKind.UNUSED_FACT]


def lies_in(finding: ir.Finding, situation: dict[str, Value]) -> bool:
    return all(condition.allowed.admits(situation[condition.fact]) for condition in finding.box)


def sample(region: Region, first: date) -> dict[str, Value]:
    """One situation of a region: what it does not name is anything that may be."""
    box = {name: region.box.get(name) or boxes.anything(name) for name in (AS_OF, *ir.FACTS)}
    return {name: first if name == AS_OF and one is None else one for name, one in _values(box)}


def _values(box: Box) -> Iterator[tuple[str, Value]]:
    for name, side in box.items():
        if isinstance(side, Words):
            yield name, min(side.words)
        elif not side.known:
            yield name, None
        else:
            low = side.low if side.low is not None else side.high
            is_day = name == AS_OF or isinstance(ir.FACTS[name].domain, type(ir.FACTS["registered"].domain))
            yield name, low if low is not None or name == AS_OF else date(2016, 1, 1) if is_day else 0


def tracks() -> Iterator[tuple[Track, str]]:
    for track in DRAFT.tracks:
        for kind in track.answers:
            yield track, kind


def test_the_shipped_rulebook_has_no_finding() -> None:
    assert ir.check(DRAFT, checked_since=date(2026, 11, 22)) == ()


def test_a_rulebook_is_checked_as_its_draft_is() -> None:
    """It has the same rows, and ``check`` reads nothing else of it."""
    book = ir.load_rulebook()
    assert all(getattr(book, name) == getattr(DRAFT, name) for name in ir.Draft.model_fields)
    assert faults(of_track(INADEQUATE, book.rules)) == []


@pytest.mark.parametrize("rule", DRAFT.rules[::41], ids=lambda rule: rule.id)
def test_the_gap_of_a_row_taken_out_is_exactly_where_it_answered(rule: ir.Rule) -> None:
    """Each of its regions lies in one gap, but for what cannot be; no other region lies in any."""
    found = ir.check(taken_out(rule.id)).of("gap")
    assert found
    assert {finding.track for finding in found} == {rule.track}
    track = next(track for track in DRAFT.tracks if track.id == rule.track)
    for kind, first in track.answers.items():
        mine = [finding for finding in found if kind in finding.subject_types]
        for region in regions(survey(track, kind, DRAFT.rows_of(track, kind))):
            situation = sample(region, first)
            gaps = sum(lies_in(finding, situation) for finding in mine)
            its_own = region.leaf.rule is not None and region.leaf.rule.id == rule.id
            cannot_be = any(admits(box, situation | {SUBJECT: kind}) for box in IMPOSSIBLE)
            assert gaps == its_own or (its_own and cannot_be)


@pytest.mark.parametrize(
    "rule", [rule for rule in DRAFT.rules if rule.last is not None][::31], ids=lambda rule: rule.id
)
def test_a_row_in_force_a_day_too_long_overlaps_on_that_day_and_no_other(rule: ir.Rule) -> None:
    assert rule.last
    too_long = date.fromordinal(rule.last.toordinal() + 1)
    found = faults(changed(rule.id, last=too_long))
    assert found
    for finding in found:
        assert finding.kind is ir.FindingKind.OVERLAP
        assert rule.id in finding.rules
        day = finding.box[0]
        assert (day.fact, day.low, day.high) == ("as_of", too_long, too_long)
        assert f"as of: {too_long}" in finding.case


def test_a_fault_shared_by_kinds_of_subject_is_one_finding() -> None:
    shared = next(rule for rule in DRAFT.rules if len(rule.applies_to) > 2 and rule.when)
    found = faults(taken_out(shared.id))
    for finding in found:
        assert finding.subject_types == tuple(kind for kind in finding.subject_types if kind in shared.applies_to)
    assert {kind for finding in found for kind in finding.subject_types} == set(shared.applies_to)


def test_the_case_names_no_more_than_shows_the_fault() -> None:
    """Taking any one of its facts away leaves a box that some rule answers, or that fewer than two do."""
    case = faults(taken_out(INADEQUATE))[0].case
    assert case == (
        "as of: 2017-04-01; inspection stage: complete; last inspection started: 2017-04-01; last overall: inadequate"
    )


def test_two_gaps_in_different_tracks_are_both_found() -> None:
    one, other = (
        next(rule.id for rule in DRAFT.rules if rule.track == track) for track in ("monitoring", "intervention")
    )
    assert {finding.track for finding in ir.check(left_out(one, other))} == {"monitoring", "intervention"}


def test_a_rule_for_what_cannot_be_never_fires() -> None:
    """A complete inspection without a last grade, and a day before the track is asked, are no history's."""
    never = DRAFT.rule(INADEQUATE).model_copy(
        update={
            "id": "never",
            "when": (
                ir.Condition(fact="inspection_stage", words=("complete",)),
                ir.Condition(fact="last_overall", words=("none",)),
            ),
        }
    )
    early = never.model_copy(update={"id": "early", "when": (), "first": date(2017, 3, 1), "last": date(2017, 3, 31)})
    found = faults(of_track(INADEQUATE, (*DRAFT.rules, never, early)))
    assert [(finding.kind.value, finding.rules) for finding in found] == [
        ("never_fires", ("never",)),
        ("never_fires", ("early",)),
    ]


def test_a_fact_that_no_rule_uses() -> None:
    used_by = [rule.id for rule in DRAFT.rules if any(item.fact == "compliance_notice" for item in rule.when)]
    assert used_by
    found = ir.check(left_out(*used_by)).of("unused_fact")
    assert ("compliance_notice",) in [finding.names for finding in found]
    assert all(finding.rules == () and finding.track == "" for finding in found)


@pytest.mark.parametrize(
    ("opens", "closes", "wrong"),
    [
        ("last_inspection_started + 12 months", "last_inspection_started + 6 months", True),
        ("last_inspection_started + 6 months", "last_inspection_started + 12 months", False),
        # 29, 30 or 31 January and a month end on the last of February: 28 days on, and 27 at the least
        ("last_inspection_started + 28 days", "last_inspection_started + 1 month", False),
        ("last_inspection_started + 29 days", "last_inspection_started + 1 month", True),
        # ten working days are fourteen days at least, and eighteen at Christmas
        ("last_inspection_started + 15 days", "last_inspection_started + 10 working days", True),
        ("last_inspection_started + 14 days", "last_inspection_started + 10 working days", True),
        ("last_inspection_started + 12 days", "last_inspection_started + 10 working days", False),
        ("last_inspection_started", "2017-03-31", True),
        ("2017-04-01", "latest(last_inspection_started, 2017-04-01)", False),
        ("last_inspection_published", "last_inspection_started + 12 months", True),
        ("last_inspection_started", "end_of_inspection_year(as_of)", False),
        ("start_of_inspection_year(as_of)", "last_inspection_started", True),
    ],
)
def test_a_window_that_can_close_before_it_opens(opens: str, closes: str, wrong: bool) -> None:
    found = ir.check(changed(INADEQUATE, opens=opens, closes=closes)).of("closes_before_it_opens")
    assert [finding.rules for finding in found] == ([(INADEQUATE,)] if wrong else [])
    assert all("opens 20" in finding.case for finding in found)


@pytest.mark.parametrize(
    ("due", "found"),
    [
        ("last_inspection_started + 6 months", ()),
        ("last_inspection_started + 12 months", ()),
        ("last_inspection_started + 12 months + 1 day", ("after its window closes",)),
        ("last_inspection_started + 6 months - 1 day", ("before its window opens",)),
        ("2024-03-31", ("before its window opens", "after its window closes")),
    ],
)
def test_a_nominal_day_that_can_lie_outside_its_window(due: str, found: tuple[str, ...]) -> None:
    ends = {"opens": "last_inspection_started + 6 months", "closes": "last_inspection_started + 12 months"}
    findings = ir.check(changed(INADEQUATE, due=due, **ends)).of("due_outside_its_window")
    assert [finding.rules for finding in findings] == [(INADEQUATE,)] * len(found)
    assert all(words in finding.says for words, finding in zip(found, findings, strict=True))


def test_a_window_is_judged_only_on_the_days_that_its_rule_allows() -> None:
    """A fixed last day is passed only where the rule is in force after it."""
    until = date(2024, 3, 31)
    apart = {"opens": "last_inspection_started", "closes": "2024-03-31"}
    assert not ir.check(changed(INADEQUATE, last=until, **apart)).of("closes_before_it_opens")
    assert ir.check(changed(INADEQUATE, last=date(2024, 4, 1), **apart)).of("closes_before_it_opens")


def test_rules_that_differ_only_in_source() -> None:
    rule = DRAFT.rule(INADEQUATE)
    other = ir.Citation(source=DRAFT.sources[0].id, place="section 1", edition="2007-04-01")
    twin = rule.model_copy(update={"id": "twin", "says": "The same.", "sources": (other,)})
    found = ir.check(of_track(INADEQUATE, (*DRAFT.rules, twin)))
    same = found.of("same_but_for_source")
    assert [finding.rules for finding in same] == [(INADEQUATE, "twin")]
    assert DRAFT.sources[0].id in same[0].names
    stronger = twin.model_copy(update={"strength": ir.Strength.MUST})
    assert not ir.check(of_track(INADEQUATE, (*DRAFT.rules, stronger))).of("same_but_for_source")


def test_sources_that_were_not_checked_since_a_day() -> None:
    name = DRAFT.rule(INADEQUATE).sources[0].source
    sources = tuple(
        source.model_copy(update={"checked": None if source.id == name else date(2027, 1, 1)})
        for source in DRAFT.sources
    )
    draft = DRAFT.model_copy(update={"sources": sources})
    assert list(row_findings(draft, None)) == []
    (found,) = ir.check(draft, checked_since=date(2027, 1, 1))
    assert found.names == (name,)
    assert INADEQUATE in found.rules
    assert len(list(row_findings(draft, date(2027, 1, 2)))) == len(DRAFT.sources)


def test_what_is_found_is_a_value() -> None:
    found = ir.check(taken_out(INADEQUATE))
    for finding in found:
        assert ir.Finding.model_validate_json(finding.model_dump_json()) == finding
        assert finding.says in str(finding)
        assert finding.case in finding._repr_html_()
    assert len(str(found).splitlines()) == len(found)
    assert found._repr_html_().count("<tr>") == len(found) + 1
    assert ir.Findings()._repr_html_() == "<p>nothing found</p>"


def test_only_a_draft_and_a_date_are_taken() -> None:
    with pytest.raises(ir.RulebookError, match="is not a rulebook"):
        ir.check("rulebook")  # type: ignore[arg-type]
    with pytest.raises(ir.RecordError, match="is not a date"):
        ir.check(DRAFT, checked_since="22/11/2026")
    assert ir.check(DRAFT, checked_since="2026-11-22") == ir.check(DRAFT, checked_since=date(2026, 11, 22))


def test_a_draft_answers_nothing() -> None:
    agency = ir.Provider(type=IFA, name="An agency")
    with pytest.raises(ir.RecordError, match="is not a rulebook"):
        ir.next_activity(agency, as_of=date(2024, 1, 10), rulebook=DRAFT)  # type: ignore[arg-type]


NAMES = ("visits_between_on_record", "inadequate_judgements")
ends = st.integers(0, 5)
sides = st.builds(
    lambda one, other, known, unknown: (
        Range(min(one, other), max(one, other), unknown=unknown) if known else Range(known=False, unknown=True)
    ),
    ends,
    ends,
    st.booleans(),
    st.booleans(),
)
some_boxes = st.lists(st.dictionaries(st.sampled_from(NAMES), sides, max_size=2), max_size=5)


def cases() -> Iterator[dict[str, Value]]:
    for values in product((*range(7), None), repeat=2):
        case = dict(zip(NAMES, values, strict=True))
        if all(boxes.anything(name).admits(value) for name, value in case.items()):
            yield case


def admits(box: Box, case: dict[str, Value]) -> bool:
    return all(side.admits(case[name]) for name, side in box.items())


@given(st.dictionaries(st.sampled_from(NAMES), sides, max_size=2), some_boxes)
@settings(max_examples=200, deadline=None)
def test_what_is_left_of_a_box_is_in_it_and_in_none_of_the_others(box: Box, taken: list[Box]) -> None:
    part = remainder(box, taken)
    left = [case for case in cases() if admits(box, case) and not any(admits(other, case) for other in taken)]
    if part is None:
        assert not left
    else:
        mine = [case for case in cases() if admits(part, case)]
        assert all(case in left for case in mine)


@given(some_boxes)
@settings(max_examples=200, deadline=None)
def test_joined_boxes_hold_the_same_cases(given_boxes: list[Box]) -> None:
    found = joined(given_boxes)
    assert len(found) <= len(given_boxes)
    for case in cases():
        assert any(admits(box, case) for box in found) == any(admits(box, case) for box in given_boxes)


def test_a_gap_where_something_is_not_known_says_so_in_its_box_and_in_its_case() -> None:
    """A row that answers where a day is not known, and nowhere else, is taken out."""
    not_known = ir.Condition(fact="registered", known=False)
    rule = next(rule for rule in DRAFT.rules if not_known in rule.when)
    gaps = [finding for finding in faults(taken_out(rule.id)) if finding.kind is ir.FindingKind.GAP]
    assert gaps
    for gap in gaps:
        assert not_known in gap.box
        assert "registered: not known" in gap.case
