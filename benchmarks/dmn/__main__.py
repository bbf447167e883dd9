"""How often engines that are not ours answer as the library does.

    python -m benchmarks.dmn [AUTHORITIES.csv PROVIDERS.csv] [--each N] [--every N]

Each region of each track is asked at N places; with files, each N-th subject of them in every month in which something
changed for a track. Leaves with 1 where an answer differs.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.dmn import feel
from benchmarks.dmn.situations import months, of_history, of_regions, questions
from benchmarks.dmn.spiff import Spiff

import ilacs_rules as ir
from ilacs_rules.writing import to_dmn

if TYPE_CHECKING:
    from benchmarks.dmn.situations import Asked

    Cases = dict[tuple[str, str], list[Asked]]


def main() -> int:
    """Ask everything, and print what agreed."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("files", nargs="*", metavar="FILE")
    words.add_argument("--each", type=int, default=6, help="situations of each region (6)")
    words.add_argument("--every", type=int, default=1, help="each N-th subject of the files (1)")
    given = words.parse_args()
    tables = {(item.kind, item.table.track.id): to_dmn(item.table) for item in questions()}
    chance = random.Random(2026)  # noqa: S311 - the same situations each time
    groups = {
        "regions": {(item.kind, item.table.track.id): [*of_regions(item, given.each, chance)] for item in questions()}
    }
    if given.files:
        groups["published histories"] = real(given.files, given.every)
    wrong = 0
    for title, cases in groups.items():
        wrong += report(f"SpiffWorkflow, {title}", cases, in_spiff(tables, cases))
        if feel.is_there():
            said = feel.rules([(tables[key], cases[key]) for key in cases])
            wrong += report(f"feelin, {title}", cases, dict(zip(cases, said, strict=True)))
    return 1 if wrong else 0


def real(files: list[str], every: int) -> Cases:
    found: Cases = defaultdict(list)
    for file in files:
        for subject in ir.read(file).subjects[::every]:
            for track, case in of_history(subject, months(subject)):
                found[subject.type, track].append(case)
    return found


def in_spiff(tables: dict[tuple[str, str], str], cases: Cases) -> dict[tuple[str, str], list[list[str]]]:
    said: dict[tuple[str, str], list[list[str]]] = {}
    for key, asked in cases.items():
        spiff = Spiff(tables[key])
        said[key] = [[hit["rule"] for hit in spiff.hits(case.values)] for case in asked]
    return said


def report(title: str, cases: Cases, said: dict[tuple[str, str], list[list[str]]]) -> int:
    pairs = [(key, case, hits) for key, asked in cases.items() for case, hits in zip(asked, said[key], strict=True)]
    wrong = [(key, case, hits) for key, case, hits in pairs if hits != [case.rule.id]]
    for key, case, hits in wrong[:10]:
        print(f"  {' '.join(key)}: {dict(case.values)}: {hits}, and not {case.rule.id}")
    print(f"{title}: {len(pairs)} situations in {len(said)} tables, {len(wrong)} answered otherwise")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
