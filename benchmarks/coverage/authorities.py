"""Authorities under ILACS: the kind and time of each inspection, and the visits between two of them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.coverage.report import Disagreement, answer_of, comparison, priority_actions, suspended

import ilacs_rules as ir
from ilacs_rules.dates import add_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.coverage.report import Subject

ILACS = (ir.Activity.ILACS_STANDARD, ir.Activity.ILACS_SHORT)
BETWEEN = (ir.Activity.FOCUSED_VISIT, ir.Activity.JTAI)
SINCE = date(2021, 6, 1)
"""Until then the suspension left too few whole cycles to count visits in."""


def inspections_named(authorities: Sequence[Subject], book: ir.Rulebook) -> None:
    """How often the rulebook named, the day before, the kind of inspection that began, and its time."""
    kinds, times, asked = list[Disagreement](), list[Disagreement](), 0
    for subject, event in ((item, event) for item in authorities for event in item.events if event.activity in ILACS):
        asked += 1
        day = event.first_known
        answer = answer_of("inspection", subject, add_days(day, -1))
        before = [item.first_known for item in subject.events if item.first_known < day and item.judgements.given()]
        since = max(before, default=day)
        priority = priority_actions(subject, since, day)
        if answer.activity is not event.activity:
            named = f"{event.activity} began, the rule named {answer.activity}"
            kinds.append(Disagreement(subject.name, day, named, answer.rule, priority))
        if day not in answer.window:
            why = suspended(book, subject, "inspection", since, day) + priority
            times.append(Disagreement(subject.name, day, f"began outside {answer.window}", answer.rule, why))
    right = asked - len(kinds)
    comparison(
        "Kind of ILACS inspection",
        f"{right} of {asked} named the day before ({100 * right / max(asked, 1):.0f} in 100).",
        kinds,
    )
    comparison("Time of ILACS inspection", f"{asked - len(times)} of {asked} began within the window.", times)


def visits_between(authorities: Sequence[Subject], book: ir.Rulebook) -> None:
    """How many visits lay between two inspections, against the number after which the rule asks for no more."""
    found, cycles = list[Disagreement](), 0
    for subject, before, after in _cycles(authorities):
        cycles += 1
        visits = [item for item in subject.events if item.activity in BETWEEN and _lies(item, before, after)]
        wanted, rule = _visits_wanted(subject, visits, add_days(after, -1))
        if len(visits) == wanted:
            continue
        why = suspended(book, subject, "visits_between", before, after) + priority_actions(subject, before, after)
        asked = f"more than {len(visits)}" if wanted > len(visits) else str(wanted)
        what = f"{len(visits)} since the inspection of {before}, the rule has {asked}"
        found.append(Disagreement(subject.name, after, what, rule, why))
    comparison(
        f"Visits between two inspections, the first since {SINCE}",
        f"{cycles - len(found)} of {cycles} in the number that the rule has.",
        found,
    )


def _cycles(authorities: Sequence[Subject]) -> Iterator[tuple[Subject, date, date]]:
    for subject in authorities:
        graded = [event.first_known for event in subject.events if event.activity in ILACS]
        for before, after in pairwise(graded):
            if before >= SINCE:
                yield subject, before, after


def _lies(event: ir.Event, before: date, after: date) -> bool:
    return before < event.first_known < after


def _visits_wanted(subject: Subject, visits: Sequence[ir.Event], day: date) -> tuple[int, str]:
    """The least number of these visits with which the rule asks for no further one; one more than all if none does."""
    for count in range(len(visits) + 1):
        left_out = visits[count:]
        events = [event for event in subject.events if event not in left_out]
        answer = answer_of("visits_between", subject.model_copy(update={"events": tuple(events)}), day)
        if answer.activity is ir.Activity.NOTHING_REQUIRED:
            return count, answer.rule
    return len(visits) + 1, answer.rule
