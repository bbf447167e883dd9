"""The shipped strategies: what is drawn is valid, lies on the days that matter, shrinks, and can meet every row."""

import datetime as dt
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

import ilacs_rules as ir
from ilacs_rules.answering.watching import watching
from ilacs_rules.dates import add_days
from ilacs_rules.rulebook.proof import rule_box
from ilacs_rules.testing.coverage import Side, Watch, report, sides_of
from ilacs_rules.testing.registered import KNOWN
from ilacs_rules.testing.strategies import (
    EDGES,
    Question,
    amendments,
    answerable,
    days,
    excerpts,
    histories,
    other_futures,
    questions,
    questions_on,
    questions_that_meet,
    rulebooks,
    small_rulebooks,
    turning_days,
)
from ilacs_rules.testing.strategies.directed import in_box

BOOK = ir.load_rulebook()
GUIDE = Path(__file__).parents[1] / "docs" / "test-your-own-policy.md"
INADEQUATE = BOOK.rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
ASKED = 400
few = settings(max_examples=5, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
as_drawn = settings(
    max_examples=ASKED, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


# --- where what is drawn lies ---


def hits(question: Question) -> Iterator[str]:
    """The kinds of boundary that a question is on."""
    subject, as_of = question
    yield from (kind for kind, found in EDGES.items() if as_of in found(BOOK))
    for answer in ir.answers(subject, as_of=as_of):
        opens, last = answer.window.opens, answer.window.closes or answer.window.due
        for day, step, kind in (
            (opens, -1, "the day before a window opens"),
            (opens, 0, "the day a window opens"),
            (last, 0, "the last day of a window"),
            (last, 1, "the day after a window"),
        ):
            if day and add_days(day, step) == as_of:
                yield kind


@pytest.fixture(scope="module")
def measured() -> tuple[Counter[str], Watch]:
    """How many of some questions are on each kind of boundary, and which rows they reach."""
    count: Counter[str] = Counter()
    watch = Watch(BOOK)

    @as_drawn
    @given(answerable())
    def run(question: Question) -> None:
        count.update(set(hits(question)))

    with watching(watch):
        run()
    return count, watch


def promised() -> dict[str, float]:
    """The least share of each kind of boundary, as the guide has it."""
    table = re.findall(r"^\| (\S.*?) \| ([\d.]+)% \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    return {kind: float(share) / 100 for kind, share in table}


def test_the_share_of_questions_on_each_kind_of_boundary(measured: tuple[Counter[str], Watch]) -> None:
    """At least the shares that the guide promises, for every kind of boundary; printed with ``-s``."""
    count, watch = measured
    least = promised()
    for kind, share in least.items():
        print(f"{kind}: {count[kind] / ASKED:.1%} (at least {share:.1%})")  # noqa: T201 - asked for
    print(report(watch).headline())  # noqa: T201
    # So few questions can say nothing of a share as small as that of 29 February.
    expected = {kind for kind, share in least.items() if share * ASKED >= 2}
    assert expected <= set(count) <= set(least)
    assert {kind for kind in expected if count[kind] < least[kind] * ASKED} == set()


def test_chance_alone_reaches_half_of_the_rows(measured: tuple[Counter[str], Watch]) -> None:
    """Four hundred questions are enough for more than two fifths of the rows, in every track that is asked often."""
    assert report(measured[1]).rows_reached > 0.4 * len(BOOK.rules)


def test_every_row_of_the_rulebook_can_be_met() -> None:
    """Each rule answers the question that is made for it, or one made for a rule before it."""
    watch = Watch(BOOK)
    with watching(watch):
        for rule in BOOK.rules:
            for seed in range(4):
                for kind in rule.applies_to[:3]:
                    # A search may give up on one seed; by the end of all, every rule has answered.
                    if rule.id not in watch.answered and (found := in_box(rule_box(rule), kind, seed)):
                        ir.answers(found.subject, as_of=found.as_of)
    assert {rule.id for rule in BOOK.rules} - watch.answered == set()


def test_turning_days_are_those_of_the_rulebook() -> None:
    """A rulebook that turns on another day is asked about on that day."""
    day = date(2019, 7, 3)
    assert day not in turning_days(BOOK)
    rules = tuple(
        row
        for rule in BOOK.rules
        for row in (
            (rule.model_copy(update={"last": add_days(day, -1)}), rule.model_copy(update={"first": day, "id": "new"}))
            if rule is INADEQUATE
            else (rule,)
        )
    )
    other = BOOK.model_copy(update={"rules": rules})
    assert set(turning_days(other)) - set(turning_days(BOOK)) == {day}
    assert find(days(other), lambda drawn: drawn == day) == day


# --- directed ---


@pytest.mark.parametrize("side", sorted(sides_of(INADEQUATE), key=str), ids=str)
def test_each_side_of_a_boundary_can_be_asked_for(side: Side) -> None:
    """What is drawn for a side is noted on that side; here all but the day before the track began."""
    if side == Side("in force", date(2017, 3, 31), inside=False):
        pytest.skip("nothing is asked of agencies before that day")
    watch = Watch(BOOK)

    @few
    @given(questions_on(INADEQUATE, side))
    def run(question: Question) -> None:
        with watching(watch):
            ir.answers(question.subject, as_of=question.as_of)

    run()
    assert side in watch.sides[INADEQUATE.id]


@pytest.mark.parametrize("rule", BOOK.rules[::60], ids=lambda rule: rule.id)
def test_a_question_meets_its_rule(rule: ir.Rule) -> None:
    @few
    @given(questions_that_meet(rule))
    def run(question: Question) -> None:
        given = ir.answers(question.subject, as_of=question.as_of)
        assert rule.id in [answer.rule for answer in given]

    run()


def test_a_side_of_another_rule_is_refused() -> None:
    with pytest.raises(KeyError, match="has no such side"):
        find(questions_on(INADEQUATE, Side("closure", "open", inside=True)), lambda _: True)


# --- valid, and small ---


@few
@given(answerable())
def test_what_is_answerable_is_answered(question: Question) -> None:
    assert ir.answers(question.subject, as_of=question.as_of)


@few
@given(rulebooks(), st.data())
def test_a_rulebook_answers_questions_about_it(book: ir.Rulebook, data: st.DataObject) -> None:
    """Whatever is drawn has been proved: each track asked on that day has exactly one answer."""
    subject, as_of = data.draw(answerable(book))
    given = ir.answers(subject, as_of=as_of, rulebook=book)
    assert [answer.track for answer in given] == list(dict.fromkeys(answer.track for answer in given))
    assert all(answer.fingerprint == book.fingerprint for answer in given)


@few
@given(excerpts().flatmap(lambda book: st.tuples(st.just(book), amendments(book))))
def test_an_amendment_differs_in_one_row(books: tuple[ir.Rulebook, ir.Rulebook]) -> None:
    before, after = books
    assert len(set(map(str, before.rules)) - set(map(str, after.rules))) == 1
    assert len(after.rules) - len(before.rules) in (0, 1)


def test_histories_shrink_to_what_matters() -> None:
    """The smallest history with an inadequate judgement is one event, on a day that anyone can read."""
    found = find(histories("provider"), lambda given: any(e.judgements.overall is ir.Grade.INADEQUATE for e in given))
    assert len(found) == 1
    assert found[0].activity is ir.Activity.FULL_INSPECTION
    assert found[0].outcome is None
    assert len(find(small_rulebooks(), lambda book: len(book.rules) > 1).rules) == 2


@settings(max_examples=300, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(small_rulebooks())
def test_a_small_rulebook_speaks_of_subjects_of_which_its_track_is_asked(book: ir.Rulebook) -> None:
    words = {word for rule in book.rules for item in rule.when if item.fact == "exists" for word in item.words or ()}
    assert words <= {"yes", "not_yet", "not_known"}


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_finds_the_same_history(seed: int) -> None:
    rule = BOOK.rule("no_monitoring_visit_beyond_the_sixth_since_april_2026")
    found = in_box(rule_box(rule), "local_authority", seed)
    assert found is not None
    assert in_box(rule_box(rule), "local_authority", seed) == found
    assert len(found.subject.events) <= 10


# --- in someone else's process ---


TYPES = """
from hypothesis import Phase, find, settings, strategies as st
from ilacs_rules.testing.registered import register
register()
import sys
assert "ilacs_rules.testing.strategies" not in sys.modules
import ilacs_rules as ir
first = settings(max_examples=1, phases=[Phase.generate], database=None)
for name in sys.argv[1:]:
    print(type(find(st.from_type(getattr(ir, name)), lambda _: True, settings=first)).__name__)
"""


def test_every_type_that_the_guide_names_is_drawn_without_the_strategies_being_imported() -> None:
    """And each as itself; the guide names every type that has a strategy."""
    guide = (Path(__file__).parents[1] / "docs" / "test-your-own-policy.md").read_text(encoding="utf-8")
    said = guide.partition("`st.from_type` knows")[2].partition(". ")[0]
    names = re.findall(r"`ir\.(\w+)`", said)
    assert {getattr(ir, name) for name in names} == {*KNOWN, ir.Subject}
    ran = subprocess.run([sys.executable, "-c", TYPES, *names], capture_output=True, text=True, check=False)
    drawn = dict(zip(names, ran.stdout.split(), strict=True))
    assert ran.stderr == ""
    assert drawn.pop("Subject") in {"LocalAuthority", "Provider"}
    assert drawn.pop("Draft") == "Rulebook"
    assert [*drawn] == [*drawn.values()]


def test_the_package_imports_neither_hypothesis_nor_its_strategies() -> None:
    script = (
        "import sys, ilacs_rules; print([name for name in sys.modules if 'hypothesis' in name or 'strateg' in name])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_what_lay_after_the_day_of_an_inspection_may_come_otherwise() -> None:
    """Its report as it was, on another day or not at all, and what it says; what was known by the day never."""
    as_of = date(2024, 1, 10)
    known: dict[str, Any] = {"activity": "ilacs_short", "started": date(2024, 1, 8)}
    inspection = ir.Event(**known, ended=date(2024, 1, 12), published=date(2024, 3, 1), judgements={"overall": "good"})
    authority = ir.LocalAuthority(name="An authority", events=[inspection])
    futures = other_futures(authority, as_of)

    def such(holds: Callable[[ir.Event], bool]) -> ir.Event:
        return find(futures, lambda other: holds(other.events[0])).events[0]

    none = such(lambda event: event.published is None)
    assert (none.judgements.overall, none.started) == (None, inspection.started)
    other = such(lambda event: event.published not in (None, inspection.published))
    assert other.published is not None
    assert other.published > as_of
    assert other.ended is None
    assert such(lambda event: event == inspection) == inspection
    visit = authority.model_copy(update={"events": (ir.Event(**known, ended=date(2024, 1, 12)),)})
    moved = find(other_futures(visit, as_of), lambda other: other.events[0].ended != date(2024, 1, 12)).events[0]
    assert moved.ended is not None
    assert moved.ended > as_of


def test_a_failing_example_can_be_pasted() -> None:
    """What Hypothesis prints of a question, of a subject and of an event makes the same again."""
    names = {"datetime": dt, **vars(ir)}
    for question in (find(questions(), lambda item: len(item.subject.events) > 1), find(questions(), lambda _: True)):
        assert eval(pretty(question), {**names, "Question": Question}) == question
        assert eval(pretty(question.subject), names) == question.subject
        for event in question.subject.events:
            assert eval(pretty(event), names) == event
