"""Children's homes: the inspections each had in each inspection year, against what the law asks of that year."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from benchmarks.coverage.report import answer_of, table

import ilacs_rules as ir
from ilacs_rules.dates import add_days, add_months, start_of_inspection_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from benchmarks.coverage.report import Subject

TRACK = "yearly_minimum"
SECOND = (ir.Activity.INTERIM_INSPECTION, ir.Activity.ASSURANCE_INSPECTION)


def homes_by_year(providers: Sequence[Subject], book: ir.Rulebook) -> None:
    """What each home had on record, and what the yearly minimum answers on the last day of the year."""
    homes = [item for item in providers if item.type is ir.ProviderType.CHILDRENS_HOME]
    track = next(item for item in book.tracks if item.id == TRACK)
    had, stood = defaultdict[int, Counter[str]](Counter), defaultdict[int, Counter[str]](Counter)
    behind = defaultdict[tuple[int, str, str], list[str]](list)
    for home in homes:
        for first, events in _years(home):
            had[first.year][_in_short(events)] += 1
            last = add_days(add_months(first, 12), -1)
            if last < track.answers[ir.ProviderType.CHILDRENS_HOME]:
                continue
            answer = answer_of(TRACK, home, last)
            stood[first.year][answer.status] += 1
            if answer.status is not ir.Status.NOT_REQUIRED:
                behind[first.year, answer.rule, answer.status].append(home.name)
    _print(had, stood, behind)


def _years(home: Subject) -> Iterator[tuple[date, list[ir.Event]]]:
    """The first day of each inspection year in which anything is on record, and what is."""
    years = defaultdict["date", list[ir.Event]](list)
    for event in home.events:
        years[start_of_inspection_year(event.first_known)].append(event)
    return iter(sorted(years.items()))


def _in_short(events: Sequence[ir.Event]) -> str:
    full = sum(event.activity is ir.Activity.FULL_INSPECTION for event in events)
    others = sum(event.activity in SECOND for event in events)
    return f"{min(full, 2)}{'+' if full > 1 else ''} full, {min(others, 1)}{'+' if others else ''} other"


def _print(
    had: dict[int, Counter[str]], stood: dict[int, Counter[str]], behind: dict[tuple[int, str, str], list[str]]
) -> None:
    kinds = sorted({kind for counts in had.values() for kind in counts})
    table(
        "Children's homes: what homes had on record in an inspection year (from 1 April)",
        ("year", *kinds),
        [(_year(year), *(had[year][kind] for kind in kinds)) for year in sorted(had)],
    )
    table(
        "Children's homes: how the yearly minimum stood on 31 March",
        ("year", "what the law asks is on record", "suspended", "not on record, and the record might not show it"),
        [
            (
                _year(year),
                stood[year][ir.Status.NOT_REQUIRED],
                stood[year][ir.Status.SUSPENDED],
                sum(stood[year].values()) - stood[year][ir.Status.NOT_REQUIRED] - stood[year][ir.Status.SUSPENDED],
            )
            for year in sorted(stood)
        ],
    )
    print("\nEach home whose year is not shown as met, by year and rule:\n")
    for (year, rule, status), names in sorted(behind.items()):
        why = "explained: suspended" if status == ir.Status.SUSPENDED else "a disagreement, or a gap in the record"
        print(f"* {_year(year)}, {rule}, {status} ({why}), {len(names)}: {', '.join(names)}")


def _year(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"
