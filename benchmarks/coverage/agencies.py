"""Fostering agencies below good: whether the next inspection came within the window that its judgement gives."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.coverage.report import Disagreement, answer_of, came_early, comparison, suspended

import ilacs_rules as ir
from ilacs_rules.dates import add_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.coverage.report import Subject

BELOW_GOOD = (ir.Grade.REQUIRES_IMPROVEMENT, ir.Grade.INADEQUATE)
SINCE = date(2021, 4, 1)


def agencies_back_in_time(providers: Sequence[Subject], book: ir.Rulebook) -> None:
    """How many were inspected again inside the window that the rulebook gave the day before."""
    found, total, inside = list[Disagreement](), Counter[str](), Counter[str]()
    for agency in (item for item in providers if item.type is ir.ProviderType.INDEPENDENT_FOSTERING_AGENCY):
        full = [event for event in agency.events if event.activity is ir.Activity.FULL_INSPECTION]
        for before, after in pairwise(full):
            grade = before.judgements.overall
            if before.first_known < SINCE or grade not in BELOW_GOOD:
                continue
            day = after.first_known
            answer = answer_of("inspection", agency, add_days(day, -1))
            total[grade] += 1
            if day in answer.window:
                inside[grade] += 1
                continue
            why = suspended(book, agency, "inspection", before.first_known, day)
            if answer.window.opens and day < answer.window.opens:
                why += came_early(agency, "inspection", day)
            what = f"{grade} on {before.first_known}, again outside {answer.window}"
            found.append(Disagreement(agency.name, day, what, answer.rule, why))
    figures = "; ".join(f"{grade}: {inside[grade]} of {count} within the window" for grade, count in total.items())
    comparison(f"Fostering agencies below good since {SINCE}", f"{figures}.", found)
