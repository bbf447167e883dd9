"""What the published files hold, how long reading takes, and whether they say together what a cleaned collection says.

    python -m benchmarks.reading ../shared/published [../shared/data/provider_events.csv]

A line for each file and format: rows, subjects, events, problems by what became of them. Then the processor time of reading all files
of providers as one record and answering for each provider. With the collection: for each provider that both know, whether
the next activity, its window and its status on the day after the sheets are the same; and why not, by kind.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import ilacs_rules as ir

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Files that are of one year, the day on which they are asked about, and the last day on which a report in them came out.
TOGETHER = (
    (("provider_at_march_2018.csv", "inspections-in-year-2017-18.csv"), date(2018, 4, 1), date(2018, 4, 30)),
    (("Childrens_social_care_in_England_2023_underlying_data.ods",), date(2023, 4, 1), date(2023, 4, 30)),
    (("provider_at_march_2025.ods",), date(2025, 4, 1), date(2025, 4, 30)),
)


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


def providers(published: ir.Published) -> dict[str, ir.Provider]:
    """The providers of some files by their number."""
    return {subject.urn: subject for subject in published.subjects if isinstance(subject, ir.Provider)}


def compared(
    ours: Mapping[str, ir.Provider], theirs: Mapping[str, ir.Provider], day: date, out: date
) -> dict[str, list[str]]:
    """The numbers of the providers that both know, by what became of the question; ``same`` where the answer is."""
    found: dict[str, list[str]] = {}
    for urn in sorted(set(ours) & set(theirs)):
        one, other = (ir.next_activity(each[urn], as_of=day) for each in (ours, theirs))
        same = (one.activity, one.window, one.status) == (other.activity, other.window, other.status)
        found.setdefault("same" if same else why(ours[urn], theirs[urn], day, out), []).append(urn)
    return found


def why(ours: ir.Provider, theirs: ir.Provider, day: date, out: date) -> str:
    """Why the answer about one provider is another: the first of these that holds."""
    if ours.closed != theirs.closed or ours.registration_status != theirs.registration_status:
        return "closed or resigned in one, and nothing said of it in the other"
    mine, other = known(ours, day), known(theirs, day)
    lacking = [event for key, event in other.items() if key not in mine]
    if any(event.published and event.published > out for event in lacking):
        return "inspected, with a report that came out after the sheets ended"
    covered = [each for each in ours.covers if isinstance(each, ir.Covered)] if not isinstance(ours.covers, str) else []
    first = min((each.since for each in covered if each.since), default=day)
    if any((event.first_known or date.min) >= first for event in lacking):
        return "an inspection that the collection has and the sheets have not"
    if any(mine[key] != other[key] for key in mine.keys() & other.keys()):
        return "one inspection with another grade or day of publication"
    if any(key not in other for key in mine):
        return "an inspection that the sheets have and the collection has not"
    if lacking:
        return "inspected before the sheets begin, which only the collection shows"
    if ours.covers != theirs.covers:
        return "nothing on record in both, and the sheets do not show the last three months"
    return "not explained"


def known(provider: ir.Provider, day: date) -> dict[tuple[str, date | None], ir.Event]:
    """What had begun by a day, by kind and first day, without what a file adds in words."""
    return {
        (str(event.activity), event.started): event.model_copy(update={"note": "", "report": ""})
        for event in provider.events
        if event.first_known and event.first_known <= day
    }


def main() -> None:
    """Count, time, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("collection", type=Path, nargs="?")
    given = parser.parse_args()
    files = files_in(given.folder)
    counted(files)
    of_providers = [path for path in files if not path.name.startswith(("LA_", "ofsted_csc"))]
    timed(of_providers)
    if given.collection is None:
        return
    theirs = providers(ir.read(given.collection))
    for names, day, out in TOGETHER:
        ours = providers(ir.read([given.folder / name for name in names]))
        found = compared(ours, theirs, day, out)
        both = sum(map(len, found.values()))
        print(
            f"\n{' with '.join(names)} on {day}: {both:,} providers in both, {len(found.get('same', [])):,} answered alike"
        )
        for reason, urns in sorted(found.items(), key=lambda pair: -len(pair[1])):
            if reason != "same":
                print(f"  {len(urns):4}  {reason}, such as {', '.join(urns[:3])}")


if __name__ == "__main__":
    main()
