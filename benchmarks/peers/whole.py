"""From events to answer: this library, and as much of it as is done by hand in polars and in zen-engine.

A hand-written version finds the last judged inspection of each subject and its window. It does not look at what is under way or awaited,
at what the record would show, at suspensions, at editions, or at any other question; it names no rule and no source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
from benchmarks.peers.scalar import SCALAR
from benchmarks.peers.small import Case

import ilacs_rules as ir

if TYPE_CHECKING:
    from benchmarks.peers.scalar import Decide

WINDOWS = pl.DataFrame(
    [
        {"overall": "good", "low": "24mo", "high": "36mo"},
        {"overall": "outstanding", "low": "24mo", "high": "36mo"},
        {"overall": "requires_improvement", "low": "12mo", "high": "18mo"},
        {"overall": "inadequate", "low": "6mo", "high": "12mo"},
    ]
)


def polars_by_hand(events: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Part of the job: the last judged inspection of each subject, and the window of its judgement."""
    return (
        events.lazy()
        .filter((pl.col("activity") == "full_inspection") & (pl.col("published") <= as_of))
        .group_by("subject")
        .agg(pl.col("started", "overall").sort_by("started").last())
        .join(WINDOWS.lazy(), on="overall", how="left")
        .select(
            "subject",
            pl.col("started").dt.offset_by(pl.col("low")).alias("opens"),
            pl.col("started").dt.offset_by(pl.col("high")).alias("closes"),
        )
        .collect()
    )


def zen_by_hand(subjects: Sequence[ir.Provider], as_of: date) -> Callable[[], object]:
    """Part of the job, one subject at a time: the last judged inspection in Python, the window in zen-engine."""
    decide: Decide = SCALAR["zen-engine"]()

    def one(subject: ir.Provider) -> object:
        last = None
        for event in subject.events:
            if event.judgements.overall and event.published and event.published <= as_of:
                last = event
        if last is None or last.started is None:
            return None
        months = (as_of.year - last.started.year) * 12 + as_of.month - last.started.month
        return decide(Case(str(subject.type), str(last.judgements.overall), last.started, as_of, months, subject))

    return lambda: [one(subject) for subject in subjects]


def subjects_of(events: pl.DataFrame) -> list[ir.Provider]:
    """The same histories as records."""
    return [
        ir.Provider(
            type=ir.ProviderType.INDEPENDENT_FOSTERING_AGENCY,
            name=str(name),
            registered=date(2010, 1, 1),
            events=[
                ir.Event(judgements={"overall": row["overall"]} if row["overall"] else {}, **_without(row, "overall"))
                for row in rows.drop("subject").to_dicts()
            ],
        )
        for (name,), rows in events.group_by("subject", maintain_order=True)
    ]


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}
