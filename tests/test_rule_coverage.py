"""Rule coverage: what a run is said to have reached, and the pytest plugin that says it and fails below a share."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules.answering.watching import watching
from ilacs_rules.records import Subject
from ilacs_rules.situation import FACTS, Choice
from ilacs_rules.testing.coverage import Side, Watch, report, sides_of

pytest_plugins = ["pytester"]
Run = Callable[..., pytest.RunResult]
DAY = timedelta(days=1)
BOOK = ir.load_rulebook()
INADEQUATE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"

TEST = """
from datetime import date
import ilacs_rules as ir

def test_one_question():
    agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    assert ir.next_activity(agency, as_of=date(2024, 6, 1)).window.closes
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Pytest on one test file, with this plugin and no other, in a process of its own."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(Path(ir.__file__).parents[1]))
    pytester.makepyfile(TEST)

    def ran(*options: str) -> pytest.RunResult:
        return pytester.runpytest_subprocess("-p", "_ilacs_rules_pytest", *options)

    return ran


def agency(*grades: str, **given: Any) -> ir.Provider:
    """A fostering agency inspected on 15 May 2023, with that overall grade."""
    events = [
        ir.Event(
            activity="full_inspection",
            started=date(2023, 5, 15),
            ended=date(2023, 5, 19),
            published=date(2023, 6, 28),
            judgements={"overall": grade},
        )
        for grade in grades
    ]
    return ir.Provider(type="independent_fostering_agency", name="An agency", events=events, **given)


def watched(*questions: tuple[Subject, date]) -> Watch:
    watch = Watch(BOOK)
    with watching(watch):
        for subject, day in questions:
            ir.next_activity(subject, as_of=day)
    return watch


# --- what is reached ---


def test_both_sides_of_a_window_are_told_apart() -> None:
    """The day it closes and the day after are each reached by their own question, and by no other."""
    subject = agency("inadequate")
    closes = ir.next_activity(subject, as_of=date(2023, 8, 1)).window.closes
    assert closes == date(2024, 5, 15)
    for step in (0, 1):
        reached = watched((subject, closes + step * DAY)).sides[INADEQUATE]
        assert {side for side in reached if side.of == "closes"} == {Side("closes", step, inside=True)}
    assert {side.of for side in watched((subject, closes - DAY)).sides[INADEQUATE]} & {"closes", "opens"} == set()


def test_a_kept_answer_counts_like_a_fresh_one() -> None:
    """A subject asked before the watch began is noted like one never asked."""
    subject = agency("inadequate")
    day = date(2024, 5, 15)
    ir.next_activity(subject, as_of=day - DAY)
    ir.next_activity(subject, as_of=day)
    assert watched((subject, day)).sides == watched((agency("inadequate"), day)).sides


def test_the_far_side_of_a_condition_is_where_it_fails_alone() -> None:
    """Another grade is the far side of `inadequate`; no inspection at all fails in more than that."""
    far = Side("last_overall", "any other word", inside=False)
    assert far in sides_of(BOOK.rule(INADEQUATE))
    assert far in watched((agency("good"), date(2024, 1, 1))).sides[INADEQUATE]
    never = watched((agency(registered=date(2023, 1, 1)), date(2024, 1, 1)))
    assert far not in never.sides[INADEQUATE]
    assert len(never.nearest[INADEQUATE]) > 1


def test_the_days_of_a_rule_have_two_sides() -> None:
    """On its last day a rule answers, and is on the near side; on the day after, it is on the far side and does not."""
    rule = BOOK.rule("good_or_outstanding_authority_gets_a_short_inspection")
    assert rule.last
    authority = ir.LocalAuthority(
        name="An authority",
        events=[
            ir.Event(
                activity="ilacs_short",
                started=date(2024, 4, 15),
                ended=date(2024, 4, 19),
                published=date(2024, 5, 29),
                judgements={"overall": "good", "leaders": "good", "help_and_protection": "good"}
                | {"children_in_care": "good", "care_leavers": "good"},
            )
        ],
    )
    for day, inside in ((rule.last, True), (rule.last + DAY, False)):
        watch = watched((authority, day))
        assert (rule.id in watch.answered) is inside
        assert {side for side in watch.sides[rule.id] if side.of == "in force"} == {
            Side("in force", day, inside=inside)
        }


def test_a_missing_fact_reaches_nothing() -> None:
    """A question that ends in an error answers by no rule."""
    watch = Watch(BOOK)
    with watching(watch), pytest.raises(ir.MissingFactError):
        ir.next_activity(agency(), as_of=date(2024, 1, 1))
    assert not watch.answered


def test_another_rulebook_is_passed_over() -> None:
    watch = Watch(BOOK.model_copy(update={"version": "another"}))
    with watching(watch):
        ir.next_activity(agency("inadequate"), as_of=date(2024, 1, 1))
    assert not watch.answered
    equal = Watch(ir.Rulebook.model_validate_json(BOOK.model_dump_json()))
    with watching(equal):
        ir.next_activity(agency("inadequate"), as_of=date(2024, 1, 1))
    assert INADEQUATE in equal.answered


def test_watching_changes_no_answer() -> None:
    subject, day = agency("inadequate"), date(2024, 1, 1)
    before = ir.answers(agency("inadequate"), as_of=day)
    with watching(Watch(BOOK)):
        assert ir.answers(subject, as_of=day) == before
    assert ir.answers(subject, as_of=day) == before


def test_a_report_lists_what_is_nearest_first() -> None:
    """Under each file the rows that never answered come first, those short of the fewest conditions before others."""
    found = report(watched((agency("good"), date(2024, 1, 1))))
    assert 0 < found.share < 0.1
    ranks = [item.rank for item in found.missed]
    assert ranks == sorted(ranks)
    assert found.rows - found.rows_reached == sum(not item.answered for item in found.missed)
    assert found.sides - found.sides_reached == sum(len(item.sides) for item in found.missed)
    lines = list(found.lines())
    assert any(line.startswith(f"  {INADEQUATE}: never answered; nearest but for: last overall is") for line in lines)


# --- the plugin ---


def test_without_its_options_it_imports_nothing(run: Run, pytester: pytest.Pytester) -> None:
    """Neither the package nor Hypothesis; a run that asks for nothing does not wait."""
    pytester.makepyfile(
        """
        import sys

        def test_nothing_was_imported():
            assert not [name for name in sys.modules if name.partition(".")[0] in ("ilacs_rules", "pydantic")]
        """
    )
    result = run()
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*rule coverage*")


def test_it_reports_what_was_never_reached(run: Run) -> None:
    result = run("--ilacs-rule-coverage")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["*= rule coverage =*", "rulebook * of * rows answered, *", "area_send.toml"])
    result.stdout.fnmatch_lines(["... and * more lines: -v shows them"])
    text = str(run("--ilacs-rule-coverage", "-v").stdout)
    assert "more: -v" not in text
    assert f"  {INADEQUATE}: never answered; nearest but for:" in text


def test_below_the_least_share_the_run_fails(run: Run) -> None:
    """Just below what the run reaches it passes, just above it fails, and so it does where the tests pass."""
    headline = next(line for line in run("--ilacs-rule-coverage").outlines if line.startswith("rulebook "))
    rows, all_rows, sides, all_sides = map(int, re.findall(r"(\d+) of (\d+).* (\d+) of (\d+)", headline)[0])
    share = (rows + sides) / (all_rows + all_sides)
    assert run(f"--ilacs-rule-coverage-min={share - 1e-9}").ret == pytest.ExitCode.OK
    result = run(f"--ilacs-rule-coverage-min={share + 1e-9}")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["rule coverage is *%, and --ilacs-rule-coverage-min asks for *%"])
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("share", ["1.1", "-0.1", "much", "nan"])
def test_a_share_is_a_share(run: Run, share: str) -> None:
    result = run(f"--ilacs-rule-coverage-min={share}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*is not a share (found '{share}'; expected a number from 0 to 1*"])


def test_what_is_only_collected_is_not_measured(run: Run) -> None:
    """An editor lists the tests with the options of the project; nothing ran, so nothing fell short."""
    result = run("--collect-only", "--ilacs-rule-coverage-min=0.9")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("rulebook *")


def test_another_rulebook_is_measured(run: Run, pytester: pytest.Pytester) -> None:
    """A folder, or what the hook of a conftest gives; a folder that holds none is refused."""
    folder = Path(ir.__file__).parent / "rulebook"
    assert "rulebook 2026" in str(run(f"--ilacs-rulebook={folder}", "--ilacs-rule-coverage").stdout)
    result = run("--ilacs-rulebook=nowhere", "--ilacs-rule-coverage")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "nowhere" in str(result.stderr)
    pytester.makeconftest(
        """
        import ilacs_rules as ir

        def pytest_ilacs_rulebook():
            return ir.load_rulebook().model_copy(update={"version": "of the conftest"})
        """
    )
    result = run("--ilacs-rule-coverage")
    result.stdout.fnmatch_lines(["rulebook of the conftest: 0 of *"])


def test_the_extra_that_is_missing_is_named() -> None:
    """Without Hypothesis the strategies say what to install; the package itself does not need it."""
    script = "import sys; sys.modules['hypothesis'] = None\nimport ilacs_rules\nimport ilacs_rules.testing.strategies"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=dict(os.environ), check=False
    )
    assert "MissingExtraError: " in ran.stderr
    assert "pip install 'ilacs-rules[testing]'" in ran.stderr


def test_a_condition_that_admits_every_word_has_no_other_side() -> None:
    words = FACTS["last_overall"].domain
    assert isinstance(words, Choice)
    for given, others in ((words.words, 0), (words.words[1:], 1)):
        rule = BOOK.rule(INADEQUATE).model_copy(update={"when": (ir.Condition(fact="last_overall", words=given),)})
        about = [side for side in sides_of(rule) if side.of == "last_overall"]
        assert {side.value for side in about if side.inside} == set(given)
        assert len([side for side in about if not side.inside]) == others


def test_a_record_that_covers_everything_covers_it_for_ever() -> None:
    kinds, day = frozenset({ir.Activity.FULL_INSPECTION}), date(2024, 6, 1)
    view = ir.situation(agency(covers="everything"), as_of=day).view.history
    assert view.covered_until(kinds) == date.max
    until = ir.Covered(activity="full_inspection", until=day)
    assert ir.situation(agency(covers=(until,)), as_of=day).view.history.covered_until(kinds) == day
    assert ir.situation(agency(covers=()), as_of=day).view.history.covered_until(kinds) == date.min


@pytest.mark.parametrize("asked", ["--ilacs-rule-coverage", "--ilacs-rule-coverage-min=0"])
def test_a_run_in_several_processes_is_refused_and_not_measured_in_part(run: Run, asked: str) -> None:
    result = run("-p", "xdist.plugin", "-n", "1", asked)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "sees one process only: run without -n" in str(result.stderr)
