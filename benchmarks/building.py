"""How long a record of twelve events takes to build, beside plain models of pydantic and beside an earlier revision.

    python benchmarks/building.py                    # beside models of the same fields that check nothing else
    python benchmarks/building.py --before f4efd6c   # beside the package as it was then (needs git), in turns

Each way is measured in a process of its own, several times in turns, in processor time; the ratios are those of the
medians. Nothing here is asserted.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, create_model

import ilacs_rules as ir

HERE = Path(__file__).resolve()
WAYS = {
    "keywords": "Event(...) twelve times, then LocalAuthority(events=[...])",
    "dictionaries": "LocalAuthority(events=[{...}, ...])",
    "events": "LocalAuthority(events=[...]) of events that are there",
    "json": "LocalAuthority.model_validate_json, every field written",
    "short json": "the same, without what is at its default",
}
_TURNS = 5


def rows() -> list[dict[str, Any]]:
    """Twelve events, as an authority might keep them."""
    graded = {"overall": "requires_improvement"}
    inspections = ((2014, 4, 29, 7, 7, "sif_inspection"), (2019, 2, 18, 4, 1, "ilacs_standard"))
    visits = ((2018, 3, 7, 4, 3), (2021, 5, 26, 7, 15), (2022, 5, 4, 6, 10))
    return [
        *(
            {"activity": kind, "started": date(year, m, d), "published": date(year, pm, pd), "judgements": graded}
            for year, m, d, pm, pd, kind in (*inspections, (2023, 7, 10, 9, 4, "ilacs_standard"))
        ),
        *(
            {"activity": "focused_visit", "started": date(year, m, d), "published": date(year, pm, pd)}
            for year, m, d, pm, pd in visits
        ),
        *({"activity": "annual_engagement_meeting", "started": date(year, 6, 1)} for year in range(2018, 2024)),
    ]


FROZEN = ConfigDict(frozen=True, extra="forbid")
PlainJudgements: Any = create_model(  # type: ignore[call-overload]
    "PlainJudgements",
    __config__=FROZEN,
    **{name: (field.annotation, None) for name, field in ir.Judgements.model_fields.items()},
)


class PlainEvent(BaseModel):
    """The fields of an event, and no check but of their types."""

    model_config = FROZEN
    activity: ir.Activity
    started: date | None = None
    ended: date | None = None
    published: date | None = None
    judgements: PlainJudgements = PlainJudgements()
    outcome: ir.Outcome | None = None
    precision: Literal["day", "month"] = "day"
    report: str = ""
    note: str = ""


class PlainAuthority(BaseModel):
    """The fields of an authority in the same way."""

    model_config = FROZEN
    name: str
    urn: str = ""
    covers: Any = "everything"
    events: tuple[PlainEvent, ...] = ()
    region: str = ""
    not_used: tuple[str, ...] = ()
    type: Literal["local_authority"] = "local_authority"
    created: date | None = None


def median(work: Callable[[], object], times: int = 300, rounds: int = 15) -> float:
    """The median time of one call, in microseconds of processor time."""
    spent: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            work()
        spent.append((time.process_time() - start) / times * 1e6)
    return statistics.median(spent)


def measured(event: type[Any], authority: type[Any]) -> dict[str, float]:
    """Each way of building it, in microseconds."""
    given = rows()
    whole = authority(name="An authority", events=given)
    text, short = whole.model_dump_json(), whole.model_dump_json(exclude_defaults=True)
    ways: dict[str, Callable[[], object]] = {
        "keywords": lambda: authority(name="An authority", events=[event(**row) for row in given]),
        "dictionaries": lambda: authority(name="An authority", events=given),
        "events": lambda: authority(name="An authority", events=whole.events),
        "json": lambda: authority.model_validate_json(text),
        "short json": lambda: authority.model_validate_json(short),
    }
    return {name: median(work) for name, work in ways.items()}


def elsewhere(source: Path, which: str) -> dict[str, float]:
    """The figures of a package in some folder, from a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(
        [sys.executable, str(HERE), "--only", which], env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def unpacked(revision: str, folder: Path) -> Path:
    """The package as it was at a revision, in a folder."""
    packed = subprocess.run(["git", "archive", revision, "src"], cwd=HERE.parents[1], capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def main() -> None:
    """Measure in turns, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", metavar="REVISION", help="compare with the package as it was at this revision")
    parser.add_argument("--only", choices=["ours", "plain"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        models = (ir.Event, ir.LocalAuthority) if asked.only == "ours" else (PlainEvent, PlainAuthority)
        print(json.dumps(measured(*models)))
        return
    here = HERE.parents[1] / "src"
    with tempfile.TemporaryDirectory() as folder:
        before = unpacked(asked.before, Path(folder)) if asked.before else None
        turns: list[tuple[dict[str, float], dict[str, float]]] = []
        for _ in range(_TURNS):
            other = elsewhere(before, "ours") if before else elsewhere(here, "plain")
            turns.append((elsewhere(here, "ours"), other))
    beside = f"at {asked.before}" if asked.before else "plain models"
    print(f"| twelve events | now, µs | {beside}, µs | ratio |\n|---|---|---|---|")
    for way, words in WAYS.items():
        ours, others = (statistics.median(turn[side][way] for turn in turns) for side in (0, 1))
        print(f"| {words} | {ours:.0f} | {others:.0f} | {ours / others:.2f} |")


if __name__ == "__main__":
    main()
