"""How many decisions, subjects and questions a second the tables answer, on one core.

    python benchmarks/tables.py [--providers providers.csv] [--most 10000000]

Times are of the processor and not of the clock, because machines are shared; what is compared is measured in turn in the
same run. Nothing here is asserted: the tests never ask how long anything takes.
"""

from __future__ import annotations

import os

os.environ["POLARS_MAX_THREADS"] = "1"

import argparse
import gc
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.situation import FACTS, Choice

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = date(2026, 3, 1)
EPOCH = date(1970, 1, 1).toordinal()
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
TYPES = (
    "independent_fostering_agency", "voluntary_adoption_agency", "adoption_support_agency",
    "residential_family_centre", "childrens_home",
)  # fmt: skip
MONTHS = {(kind, grade): 12 + 6 * place + 3 * TYPES.index(kind) for kind in TYPES for place, grade in enumerate(GRADES)}


def small_rulebook() -> ir.Rulebook:
    """Twenty rows: type by judgement gives the months until the next full inspection; and one row for every other word."""
    shipped, first = ir.load_rulebook(), date(2000, 1, 1)
    source = shipped.sources[0]
    common: dict[str, Any] = {
        "framework": "small.toml", "first": first, "track": "inspection", "activity": "full_inspection",
        "strength": "usual", "certainty": "inferred", "sources": [{"source": source.id, "place": "p. 1"}],
    }  # fmt: skip
    words = FACTS["last_overall"].domain
    assert isinstance(words, Choice)
    rules: list[dict[str, Any]] = [
        {
            **common, "id": f"{grade}_{kind}_in_{months}_months", "says": "So it is.", "applies_to": [kind],
            "when": [{"fact": "last_overall", "words": [grade]}],
            "closes": f"last_inspection_started + {months} months",
        }
        for (kind, grade), months in MONTHS.items()
    ]  # fmt: skip
    rest = [word for word in words.words if word not in GRADES]
    rules.append(
        {**common, "id": "any_other_word", "says": "Nothing.", "applies_to": TYPES, "activity": "nothing_required",
         "when": [{"fact": "last_overall", "words": rest}]}
    )  # fmt: skip
    track = {"id": "inspection", "means": "?", "owed_by": "inspectorate", "met_by": ["full_inspection"],
             "answers": dict.fromkeys(TYPES, first)}  # fmt: skip
    return ir.Rulebook.model_validate(
        {"version": "small", "tracks": [track], "readings": [], "suspensions": [], "sources": [source], "rules": rules}
    )


def situations(count: int) -> pl.DataFrame:
    """Situations at random, in the closed words of their columns."""
    chance = np.random.default_rng(1)
    days = chance.integers(date(2015, 1, 1).toordinal() - EPOCH, AS_OF.toordinal() - EPOCH, count).astype(np.int32)
    return pl.DataFrame(
        {
            "type": pl.Series(TYPES, dtype=pl.Enum(TYPES)).gather(chance.integers(0, len(TYPES), count)),
            "as_of": pl.repeat(AS_OF, count, eager=True),
            "last_overall": pl.Series(GRADES, dtype=pl.Enum(GRADES)).gather(chance.integers(0, len(GRADES), count)),
            "last_inspection_started": pl.Series(days).cast(pl.Date),
        }
    )


def by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """The same small table written by hand with NumPy: months from a table of two codes, and days by month and day."""
    low = date(2010, 1, 1).toordinal()
    span = [date.fromordinal(low + day) for day in range(366 * 20)]
    month_of = np.array([day.year * 12 + day.month - 1 for day in span], np.int32)
    day_of = np.array([day.day for day in span], np.int32)
    starts = np.array(
        [date(year, month, 1).toordinal() - EPOCH for year in range(2000, 2050) for month in range(1, 13)]
    )
    months_of = np.array([[MONTHS[kind, grade] for grade in GRADES] for kind in TYPES], np.int32)
    kind, grade = (frame[name].to_physical().to_numpy() for name in ("type", "last_overall"))
    place = frame["last_inspection_started"].to_physical().to_numpy() - (low - EPOCH)
    month = month_of[place] + months_of[kind, grade] - 2000 * 12
    closes = starts[month] + np.minimum(day_of[place], starts[month + 1] - starts[month]) - 1
    rule = kind.astype(np.uint16) * len(GRADES) + grade
    activity = pl.repeat("full_inspection", len(frame), dtype=pl.Enum(["full_inspection"]), eager=True)
    return pl.DataFrame(
        {"activity": activity, "closes": pl.Series(closes.astype(np.int32)).cast(pl.Date), "rule": rule}
    )


def histories(count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Fostering agencies with eight events each, as text, numbers and dates."""
    chance, rows = np.random.default_rng(2), count * 8
    steps = chance.integers(200, 700, (count, 8)).cumsum(1).ravel()
    started = (date(2010, 1, 1).toordinal() - EPOCH + steps).astype(np.int32)
    full = chance.integers(0, 4, rows) > 0
    days = {
        "started": started,
        "ended": started + 4,
        "published": started + 4 + chance.integers(20, 60, rows).astype(np.int32),
    }
    events = pl.DataFrame(
        {
            "subject": np.repeat(np.arange(count), 8),
            "activity": pl.Series(["monitoring_visit", "full_inspection"]).gather(full.astype(np.uint8)),
            **{name: pl.Series(column).cast(pl.Date) for name, column in days.items()},
            "overall": pl.Series([None, *GRADES]).gather(chance.integers(1, 5, rows) * full),
        }
    )
    subjects = pl.DataFrame(
        {
            "subject": np.arange(count),
            "type": pl.repeat("independent_fostering_agency", count, eager=True),
            "registered": pl.repeat(date(2010, 1, 1), count, eager=True),
        }
    )
    return events, subjects


def spent(work: Callable[[], object], rounds: int = 3) -> float:
    """The least processor time of a few rounds, in seconds."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def peak(work: Callable[[], object]) -> int:
    """The most memory that a piece of work takes beyond what is there before it, in bytes (Linux; 0 elsewhere)."""
    status, clear = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not clear.exists():
        return 0

    def kilobytes(name: str) -> int:
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(name))

    gc.collect()
    clear.write_text("5")  # the mark of the most is set back to what is there now
    before = kilobytes("VmRSS")
    work()
    return (kilobytes("VmHWM") - before) * 1024


def small_table(count: int) -> None:
    """Decisions a second, beside the table written by hand."""
    frame, book = situations(count), small_rulebook()
    ours = tables.decide(frame, track="inspection", rulebook=book).answers
    assert ours["closes"].equals(by_hand(frame)["closes"]), "the two differ"
    mine, hand = (
        spent(lambda: tables.decide(frame, track="inspection", rulebook=book), 5),
        spent(lambda: by_hand(frame), 5),
    )
    print(f"| the small table, {count:,} rows: decisions a second, in millions | {count / mine / 1e6:.1f} |")
    print(f"| the same written by hand | {count / hand / 1e6:.1f} |")
    print(f"| how many times as long as by hand | {mine / hand:.1f} |")


def whole_job(most: int) -> None:
    """From events to answers, for ten times as many events each time."""
    count = 10_000
    while count <= most:
        events, subjects = histories(count // 8)
        taken = spent(partial(tables.next_activities, events, subjects, as_of=AS_OF), 2 if count > 1e6 else 5)
        size = events.estimated_size() + subjects.estimated_size()
        more = peak(partial(tables.next_activities, events, subjects, as_of=AS_OF))
        print(
            f"| {count:,} events: subjects a second | {count / 8 / taken:,.0f} |\n"
            f"| the same: most memory beyond the input, in times the input ({size / 1e6:.1f} MB) | {more / size:.1f} |"
        )
        count *= 10


def replay(path: str) -> None:
    """Every provider of the published collection on every day of one year."""
    subjects = ir.read(path).subjects
    records = tables.from_subjects(subjects)
    days = [date.fromordinal(date(2025, 1, 1).toordinal() + day) for day in range(365)]
    start = time.process_time()
    found = tables.next_activities(records.events, records.subjects, as_of=days, covers=records.covers)
    taken = time.process_time() - start
    print(f"| {found.answers.height:,} questions, every provider on every day of a year: seconds | {taken:.1f} |")


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--providers", help="the published collection of providers' inspections (CSV)")
    parser.add_argument("--most", type=int, default=10_000_000, help="so many events at most")
    chosen = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, polars {pl.__version__}, NumPy {np.__version__}\n\n| what | |\n|---|---|")
    small_table(2_000_000)
    whole_job(chosen.most)
    if chosen.providers:
        replay(chosen.providers)


if __name__ == "__main__":
    main()
