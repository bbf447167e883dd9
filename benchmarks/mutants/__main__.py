"""``make mutants``: tries the mutants of the rooms in turn and writes what became of each to ``build/mutants``.

Rooms after the command are tried alone. ``--sample N`` draws so many of each room, in an order that stays the same.
``--reach`` comes first and measures which test reaches which line; ``--again`` tries what survived, or took too long, with every case;
``--anew`` comes last and tries in a new import what cannot be exchanged in place; ``--shown`` prints the figures.
``--baseline`` runs the same tests in the same way with the code as it is: all must survive. What was tried before is
not tried again.
"""

import argparse
import json
import sys
from collections import Counter
from itertools import groupby, zip_longest

import pytest
from benchmarks.mutants.made import ROOMS, Mutant, sample
from benchmarks.mutants.reach import REACH
from benchmarks.mutants.trial import ANEW, SURVIVED, TIMED_OUT, Trial, try_anew

SEED = 2026
OUTCOMES = REACH.with_name("outcomes.jsonl")
TESTS = (
    *(f"tests/test_{name}.py" for name in ("cases", "records", "loader", "regions", "checks", "bad_rulebooks")),
    *(
        f"tests/test_{name}.py"
        for name in (
            "kept_answers",
            "why_not",
            "public_face",
            "coverage_report",
            "properties",
            "small_rulebooks",
            "small_changes",
            "small_changes_to_rulebooks",
            "small_changes_to_files",
            "small_changes_to_checks",
        )
    ),
    *(f"src/ilacs_rules/{name}" for name in ("dates.py", "situation", "answering", "rulebook", "reviewing/checks")),
)
_ANEW_FIRST = (
    *(f"src/ilacs_rules/{name}" for name in ("dates.py", "answering", "situation", "rulebook")),
    "tests/test_small_changes.py",
    "tests/test_cases.py",
    "tests/test_regions.py",
)
TESTS_ANEW = {
    **dict.fromkeys(ROOMS, _ANEW_FIRST),
    "rulebook": (
        "tests/test_small_changes_to_rulebooks.py",
        "tests/test_small_changes_to_files.py",
        "src/ilacs_rules/rulebook",
        "src/ilacs_rules/reviewing/checks",
    ),
    "reviewing/checks": (
        "tests/test_small_changes_to_checks.py",
        "src/ilacs_rules/reviewing/checks",
        "tests/test_checks.py",
    ),
}
# Each takes many seconds and finds nothing here that quicker ones do not.
SLOW = (
    "tests/test_checks.py::test_the_shipped_rulebook_has_no_finding",
    "tests/test_bad_rulebooks.py::test_a_file_with_anything_in_any_place_is_read_or_refused",
    "tests/test_records.py::test_ten_thousand_events",
)
PYTEST = ["-q", "-s", "-p", "no:cacheprovider", *TESTS, *(f"--deselect={name}" for name in SLOW)]


def main() -> int:
    """Try what has not been tried."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--sample", type=int, default=sys.maxsize)
    parser.add_argument("--reach", action="store_true")
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--shown", action="store_true")
    parser.add_argument("--baseline", action="store_true")
    given = parser.parse_args()
    if given.shown:
        return _show()
    if given.reach:
        from benchmarks.mutants import reach  # noqa: PLC0415 - it watches from the moment it is made

        return int(pytest.main(PYTEST, plugins=[reach]))
    drawn = [sample(room, given.sample, SEED) for room in given.rooms]
    # In turns, so that what has been tried when it is stopped is a sample of every room.
    chosen = [mutant for turn in zip_longest(*drawn) for mutant in turn if mutant is not None]
    before = tried()
    if given.anew:
        waiting = [mutant for mutant in chosen if before.get(mutant, ("", ""))[0] == ANEW]
        try_anew(waiting, TESTS_ANEW, _say if given.baseline else _done, unchanged=given.baseline)
        return 0
    if given.baseline:
        return int(pytest.main(PYTEST, plugins=[Trial(chosen, _say, unchanged=True)]))
    if given.again:
        chosen = [mutant for mutant in chosen if before.get(mutant, ("", ""))[0] in (SURVIVED, TIMED_OUT)]
    else:
        chosen = [mutant for mutant in chosen if mutant not in before]
    return int(pytest.main(PYTEST, plugins=[Trial(chosen, _done, more=given.again)]))


def tried() -> dict[Mutant, tuple[str, str]]:
    """What became of every mutant that has been tried: the outcome, and the test that found it."""
    if not OUTCOMES.exists():
        return {}
    rows = [json.loads(line) for line in OUTCOMES.read_text(encoding="utf-8").splitlines()]
    return {Mutant(*row["mutant"]): (row["outcome"], row["by"]) for row in rows}


def _done(mutant: Mutant, outcome: str, by: str) -> None:
    with OUTCOMES.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"mutant": mutant, "outcome": outcome, "by": by}) + "\n")


def _say(mutant: Mutant, outcome: str, by: str) -> None:
    sys.stdout.write(f"{mutant.file}:{mutant.line} unchanged: {outcome} {by}\n")


def _show() -> int:
    """The figures of each room, and every mutant that no test found."""
    found = tried()
    for room, some in groupby(sorted(found.items()), key=lambda item: item[0].room):
        counts = Counter(outcome for _, (outcome, _) in some)
        sys.stdout.write(f"{room}: {', '.join(f'{count} {outcome}' for outcome, count in sorted(counts.items()))}\n")
    for mutant, (outcome, by) in sorted(found.items()):
        if outcome in (SURVIVED, TIMED_OUT):
            sys.stdout.write(f"{outcome} {by}: {mutant.operator} {mutant}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
