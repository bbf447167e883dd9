"""Whether the tables answer as the single path does, of every subject of a published collection on every first of a month.

    python -m benchmarks.agreement authorities.csv providers.csv

Each column of each answer is compared, and each error. It prints how many questions there were, and every disagreement.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

import ilacs_rules as ir
from ilacs_rules import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FIRST, LAST = 2013, 2027
_GROUP = 250


def single(answer: ir.Answer) -> tuple[Any, ...]:
    """An answer as the columns of a table have it."""
    window = answer.window
    days = (window.opens, window.due, window.closes)
    return (answer.activity, *days, answer.status, answer.strength, answer.certainty, answer.rule, answer.track)


def alone(ask: Callable[[], ir.Answer | tuple[ir.Answer, ...]]) -> list[tuple[Any, ...]] | str:
    """What the single path says: its answers, or its error."""
    try:
        found = ask()
    except ir.IlacsRulesError as error:
        return f"{type(error).__name__}: {error}"
    return [single(answer) for answer in ([found] if isinstance(found, ir.Answer) else found)]


def compare(subjects: Sequence[Any], days: Sequence[date], one: Callable[..., Any], all_: Callable[..., Any]) -> int:
    """How many of the questions the two answer differently; each is printed."""
    records = tables.from_subjects(subjects)
    answered = all_(records.events, records.subjects, as_of=days, covers=records.covers)
    found: dict[tuple[int, date], Any] = {(number, day): [] for number in range(len(subjects)) for day in days}
    for number, day, *line in answered.answers.rows():
        found[number, day].append(tuple(line))
    for row in answered.refused.iter_rows(named=True):
        found[int(row["subject"]), row["as_of"]] = f"{row['kind']}: {row['message']}"
    wrong = 0
    for (number, day), said in found.items():
        expected = alone(lambda number=number, day=day: one(subjects[number], as_of=day))  # type: ignore[misc]
        if said != expected:
            wrong += 1
            print(f"{subjects[number].name}, {day}:\n  table  {said}\n  single {expected}")
    return wrong


def main() -> None:
    """Read, ask both, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("files", nargs="+", help="published collections of inspections (CSV)")
    chosen = parser.parse_args()
    subjects = [subject for file in chosen.files for subject in ir.read(file).subjects]
    days = [date(year, month, 1) for year in range(FIRST, LAST + 1) for month in range(1, 13)]
    wrong = [0, 0]
    for start in range(0, len(subjects), _GROUP):
        group = subjects[start : start + _GROUP]
        wrong[0] += compare(group, days, ir.next_activity, tables.next_activities)
        wrong[1] += compare(group, days, ir.required_activities, tables.required_activities)
    print(f"{len(subjects) * len(days):,} questions about {len(subjects):,} subjects; answered differently:")
    print(f"next activity: {wrong[0]}; required activities: {wrong[1]}")


if __name__ == "__main__":
    main()
