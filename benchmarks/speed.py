"""How long the library takes: import, loading the rulebook, one answer, and the share of each step.

    python benchmarks/speed.py

Every figure is a median over several rounds; ratios to a plain month addition in the same run travel better between
machines than the figures themselves. Nothing here is asserted: the tests never ask how long anything takes.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import ilacs_rules as ir
from ilacs_rules.answering.found import Tracks, find
from ilacs_rules.dates import add_months
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.rulebook.loader import _load
from ilacs_rules.situation import situation

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = date(2024, 3, 3)


def authority() -> ir.LocalAuthority:
    """A history of twelve events, as an authority might keep it."""
    graded = {"overall": "requires_improvement"}
    events = [
        ir.Event(activity="sif_inspection", started=date(2014, 4, 29), published=date(2014, 7, 7), judgements=graded),
        ir.Event(activity="focused_visit", started=date(2018, 3, 7), published=date(2018, 4, 3)),
        ir.Event(activity="ilacs_standard", started=date(2019, 2, 18), published=date(2019, 4, 1), judgements=graded),
        ir.Event(activity="focused_visit", started=date(2021, 5, 26), published=date(2021, 7, 15)),
        ir.Event(activity="focused_visit", started=date(2022, 5, 4), published=date(2022, 6, 10)),
        ir.Event(activity="ilacs_standard", started=date(2023, 7, 10), published=date(2023, 9, 4), judgements=graded),
        *(ir.Event(activity="annual_engagement_meeting", started=date(year, 6, 1)) for year in range(2018, 2024)),
    ]
    return ir.LocalAuthority(name="An authority", events=events)


def median(work: Callable[[], object], times: int, rounds: int = 15) -> float:
    """The median time of one call, in microseconds."""
    spent: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(times):
            work()
        spent.append((time.perf_counter() - start) / times * 1e6)
    return statistics.median(spent)


def importing(statement: str, rounds: int = 9) -> float:
    """The median time that a fresh interpreter takes for a statement, in milliseconds."""
    before = "import ilacs_rules; " if statement.startswith("ilacs_rules") else ""
    code = f"import time; {before}start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True) for _ in range(rounds)
    ]
    return statistics.median(float(run.stdout) * 1e3 for run in runs)


def main() -> None:
    """Measure, and print a table."""
    subject, book = authority(), ir.load_rulebook()
    facts = situation(subject, as_of=AS_OF)
    era = book.era(subject.type, AS_OF)
    events = list(subject.events)
    unit = median(lambda: add_months(AS_OF, 6), 20_000)
    rows = [
        ("import of the package, pydantic included, ms", importing("import ilacs_rules"), "150"),
        ("  of which pydantic, ms", importing("import pydantic; pydantic.BaseModel"), ""),
        (
            "loading the shipped rulebook, compiled, in a fresh process, ms",
            importing("ilacs_rules.load_rulebook()"),
            "150",
        ),
        (
            "  reading and proving it whole from its TOML, ms",
            median(lambda: _load(files("ilacs_rules.rulebook"), Rulebook), 1, 5) / 1e3,
            "",
        ),
        ("one month addition, the unit below, µs", unit, ""),
        ("next_activity, 12 events, asked again on such a day, µs", median(lambda: _next(subject), 2_000), "30"),
        ("  the situation, µs", median(lambda: situation(subject, as_of=AS_OF), 5_000), ""),
        ("  what was found, µs", median(lambda: find(Tracks(era, owed=True), facts), 5_000), ""),
        ("next_activity, 12 events, asked for the first time, µs", _first_time(events), ""),
        (
            "required_activities, asked again, µs",
            median(lambda: ir.required_activities(subject, as_of=AS_OF), 1_000),
            "",
        ),
    ]
    print(
        f"Python {platform.python_version()}, {platform.machine()}, rulebook {book.version} with {len(book.rules)} rules\n"
    )
    print("| what | median | aim | in month additions |\n|---|---|---|---|")
    for title, figure, aim in rows:
        ratio = f"{figure / unit:.0f}" if title.endswith("µs") else ""
        print(f"| {title} | {figure:.1f} | {aim} | {ratio} |")


def _next(subject: ir.LocalAuthority) -> ir.Answer:
    return ir.next_activity(subject, as_of=AS_OF)


def _first_time(events: list[ir.Event]) -> float:
    """One answer for a subject of which nothing has been read yet; making the subject is not counted."""
    text, spent = ir.LocalAuthority(name="An authority", events=events).model_dump_json(), list[float]()
    for _ in range(20):
        subjects = [ir.LocalAuthority.model_validate_json(text) for _ in range(100)]
        start = time.perf_counter()
        for subject in subjects:
            _next(subject)
        spent.append((time.perf_counter() - start) / len(subjects) * 1e6)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
