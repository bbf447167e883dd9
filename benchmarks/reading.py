"""What the published files hold, and how long reading takes.

    python -m benchmarks.reading ../shared/published

A line for each file and format: rows, subjects, events, problems by what became of them. Then the processor time of reading all files
of providers as one record and answering for each provider.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.together import files_of_providers

import ilacs_rules as ir

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def files_in(folder: Path) -> list[Path]:
    """The published files of a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".ods", ".xls", ".xlsx"))


def counted(files: Iterable[Path]) -> None:
    """A line for each file and format."""
    print("| file | format | rows | subjects | events | problems |\n|---|---|---|---|---|---|")
    for path in files:
        published = ir.read(path)
        subjects = Counter(number for came in published.came_from for number in {each.sheet for each in came})
        for number, sheet in enumerate(published.sheets):
            if sheet.format:
                its = [problem for problem in published.problems if problem.sheet == (sheet.sheet or "")]
                kinds = Counter(problem.action for problem in its)
                said = ", ".join(f"{count} {action}" for action, count in sorted(kinds.items())) or "none"
                print(f"| {path.name} | {sheet.format} | {sheet.rows} | {subjects[number]} | {sheet.events} | {said} |")
        print(f"| {path.name} | in all | | {len(published.subjects)} | {events_of(published.subjects)} | |")


def events_of(subjects: Iterable[ir.Subject]) -> int:
    """How many events they have together."""
    return sum(len(subject.events) for subject in subjects)


def timed(files: Sequence[Path]) -> None:
    """The processor time of reading all files as one record, and of answering."""
    begun = process_time()
    published = ir.read(files)
    read = process_time()
    for subject in published.subjects:
        ir.next_activity(subject, as_of=date(2025, 6, 1))
    done = process_time()
    rows = sum(sheet.rows for sheet in published.sheets)
    print(
        f"\n{len(files)} files, {rows:,} rows, {len(published.subjects):,} subjects, {events_of(published.subjects):,} events:"
    )
    print(f"read in {read - begun:.2f} s, answered in {done - read:.2f} s, {done - begun:.2f} s of processor time")


def main() -> None:
    """Count, time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    counted(files_in(given.folder))
    timed(files_of_providers(given.folder))


if __name__ == "__main__":
    main()
