"""A short slice of ``make fuzz``: the first inputs of every target, the same each time."""

from pathlib import Path

import pytest

from fuzz import commands, running, targets


@pytest.mark.filterwarnings("ignore")  # libraries warn of such values as they please
def test_the_first_inputs_of_every_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing outside the family, no lost row: each finding comes with the command that makes it again."""
    monkeypatch.chdir(tmp_path)
    report = running.run(targets.targets(), seconds=0, seed=12, most=12)
    assert min(report.tried.values()) == 12
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


def test_a_run_that_is_killed_and_two_runs_at_once_leave_whole_files() -> None:
    assert [*commands.kills(2, 1), *commands.pairs(1, 1)] == []
