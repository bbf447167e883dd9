"""A question goes one way, view → facts → found → ranked → answer, and goes back to no step that it has left."""

import sys
from itertools import groupby
from pathlib import Path
from types import FrameType

import pytest

import ilacs_rules as ir
from ilacs_rules.reading import read

PACKAGE = Path(ir.__file__).parent
EXAMPLES = PACKAGE.parents[1] / "examples"
STEPS = ("answering/found", "answering/ranked", "answering/said")
WORKED_OUT = {"situation/read", "rulebook/trees", "rulebook/windows"}
"""Where facts are read, trees walked and windows worked out."""
FILES = [("barking_and_dagenham.json", "2026-11-21"), ("fostering_agency.json", "2025-02-01")]


def entered(subject: ir.Subject, day: str) -> list[tuple[str, str]]:
    """Each function of the package that a question calls, in order: its module, and its name with its class."""
    found: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(PACKAGE):
            module = path.relative_to(PACKAGE).with_suffix("").as_posix()
            found.append((module, frame.f_code.co_qualname))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        ir.next_activity(subject, as_of=day)
    finally:
        sys.setprofile(before)
    return found


def fresh(file: str) -> ir.Subject:
    """A subject that was never asked about; the rulebook was."""
    (asked,), (subject,) = read(EXAMPLES / file).subjects, read(EXAMPLES / file).subjects
    ir.next_activity(asked, as_of="2024-12-01")
    return subject


def steps(calls: list[tuple[str, str]]) -> list[str]:
    """The steps of the way in the order in which they are entered. What a value tells of itself is no step."""
    return [step for step, _ in groupby(module for module, name in calls if module in STEPS and "." not in name)]


def gone_through(calls: list[tuple[str, str]]) -> set[str]:
    """The functions of the steps that were called."""
    return {name for module, name in calls if module in STEPS and "." not in name}


@pytest.mark.parametrize(("file", "day"), FILES)
def test_each_step_is_entered_once(file: str, day: str) -> None:
    calls = entered(fresh(file), day)
    assert steps(calls) == list(STEPS)
    views = [place for place, call in enumerate(calls) if call == ("situation/view", "View.__init__")]
    assert len(views) <= 2, "one for what is kept, one for the day"


@pytest.mark.parametrize(("file", "day"), FILES)
def test_no_fact_is_read_and_no_tree_walked_once_all_is_found(file: str, day: str) -> None:
    calls = entered(fresh(file), day)
    ranked = next(place for place, (module, _) in enumerate(calls) if module == "answering/ranked")
    later = {module for module, _ in calls[ranked:]}
    before = {module for module, _ in calls[:ranked]}
    assert before >= WORKED_OUT
    assert not later & WORKED_OUT
    assert not before & {"answering/said", "answering/notes"}


@pytest.mark.parametrize(("file", "day"), FILES)
def test_what_was_found_is_taken_from_the_one_place_that_keeps(file: str, day: str) -> None:
    """Asked again, an answer only gets its day; a day later, the ends of the windows are asked for too."""
    subject = fresh(file)
    first = entered(subject, day)
    again = entered(subject, day)
    assert gone_through(again) == {"on_day"}
    assert len(again) * 4 < len(first)
    next_day = entered(subject, f"{day[:-2]}{int(day[-2:]) + 1:02}")
    assert gone_through(next_day) <= {"on_day", "edges_of"}
