"""How many real subjects each rule answers on one day, so that the page of what is not known begins with what matters.

    python -m benchmarks.touched AUTHORITIES.csv PROVIDERS.csv --on 2026-11-21

Every track of every subject is asked on that day, and the subjects that each rule answers are counted. The counts go to
``src/ilacs_rules/writing/touched.toml``; nothing else of the collections does.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import ilacs_rules as ir
from ilacs_rules.records import Subject

FILE = Path(__file__).parents[1] / "src/ilacs_rules/writing/touched.toml"
HEAD = """# How many subjects of two published collections each rule answered on one day. Made by
#     python -m benchmarks.touched AUTHORITIES.csv PROVIDERS.csv --on {day}
# A measurement with its day, and no rule: the page of what is not known is put in order by it.

day = {day}
authorities = {authorities}
providers = {providers}
not_answered = {lost}

[subjects]
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.touched", description=__doc__)
    parser.add_argument("collections", nargs="+", help="published collections of inspections (CSV)")
    parser.add_argument("--on", type=date.fromisoformat, required=True)
    chosen = parser.parse_args()
    subjects = [item for name in chosen.collections for item in ir.read(name).subjects]
    counts, lost = counted(subjects, chosen.on)
    authorities = sum(subject.type == "local_authority" for subject in subjects)
    head = HEAD.format(day=chosen.on, authorities=authorities, providers=len(subjects) - authorities, lost=lost)
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    FILE.write_text(head + "".join(f"{rule} = {count}\n" for rule, count in rows), encoding="utf-8")
    print(f"{len(rows)} rules answer {len(subjects) - lost} of {len(subjects)} subjects on {chosen.on}: {FILE}")


def counted(subjects: Iterable[Subject], day: date) -> tuple[Counter[str], int]:
    """The subjects that each rule answers on a day, and how many subjects got no answer at all."""
    found, lost = Counter[str](), 0
    for subject in subjects:
        try:
            found.update({answer.rule for answer in ir.answers(subject, as_of=day)})
        except ir.IlacsRulesError:
            lost += 1
    return found, lost


if __name__ == "__main__":
    main()
