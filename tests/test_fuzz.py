"""A short slice of ``make fuzz``: the first inputs of every target, the same each time."""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ilacs_rules as ir
from fuzz import commands, running, targets
from ilacs_rules import practice, tables, writing
from ilacs_rules.cli.commands import cli

NOT_ASKED = {
    "Backtest.of": "a backtest takes minutes, and its results are few",
    "Outlook.chart": "another library draws it, from what to_svg is asked with",
    **{f"IlacsRulesError.{name}": "it is how faults are put together" for name in ("within", "together", "at")},
}  # fmt: skip
"""What has no target, and why."""


def public() -> Iterator[str]:
    """Every public function, and every method of a public class, each by name."""
    for room in (ir, practice, tables, writing):
        for name in room.__all__:
            value = getattr(room, name)
            if inspect.isfunction(value):
                yield name
            for method, made in vars(value).items() if inspect.isclass(value) else ():
                if inspect.isfunction(made) and "ilacs_rules" in made.__module__ and not method.startswith("_"):
                    yield f"{name}.{method}"


def test_every_public_function_and_command_has_a_target_or_a_reason() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(targets.__file__).parent.glob("*.py")]
    asked = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    found = set(public())
    assert sorted(name for name in found - set(NOT_ASKED) if name.rsplit(".", 1)[-1] not in asked) == []
    assert sorted(set(NOT_ASKED) - found - {"IlacsRulesError.together"}) == []
    assert set(cli.commands) - {line.split()[0] for line in commands.COMMANDS} == set()


SLICES, EACH = 8, 250
"""So many tests share the targets, so many inputs are tried of each: a minute or two of one processor in all."""


@pytest.mark.filterwarnings("ignore")  # libraries warn of such values as they please
@pytest.mark.parametrize("part", range(SLICES))
def test_the_first_inputs_of_every_target(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside the family, no lost row: each finding comes with the command that makes it again."""
    monkeypatch.chdir(tmp_path)
    # What is thrown away while it raises has nobody to be told; some of these values cannot even be shown.
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    report = running.run(targets.targets()[part::SLICES], seconds=0, seed=12, most=EACH)
    assert min(report.tried.values()) == EACH
    assert not report.findings, report.said()


def test_what_is_raised_outside_the_family_is_found_and_can_be_made_again() -> None:
    def call(number: int) -> None:
        if number == 7:
            raise KeyError(number)

    kind = running.Target("x", lambda random: (random.randrange(20),), call)
    report = running.run([kind], seconds=0, seed=1, most=100)
    ((said, name),) = report.findings
    assert (said.startswith("KeyError"), name, "--only x --number" in report.said()) == (True, "x", True)
    number = int(report.said().rsplit(" ", 1)[1])
    with pytest.raises(KeyError):
        kind.once(running.source(1, "x", number))
    with pytest.raises(KeyError):
        call(7)


def test_the_report_names_the_targets_that_memory_grew_under() -> None:
    report = running.run([running.Target("x", lambda _: (), lambda: None)], seconds=0, seed=1, most=1)
    assert "grew most under: none" in report.said()
    assert (
        running.run([running.Target("x", lambda _: (), lambda: None)], seconds=0, seed=1).said() == "nothing was tried"
    )
    report.grown = {"lets go": 0.2, "keeps": 40.0}
    assert "grew most under: keeps (+40 MB)\n" in report.said()


def test_a_run_that_is_killed_and_two_runs_at_once_leave_whole_files() -> None:
    assert [*commands.kills(2, 1), *commands.pairs(1, 1)] == []
