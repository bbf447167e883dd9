"""This library and its peers in one process on one core, in turns.

    python -m benchmarks.peers [--rounds N]      (the dependency group "peers")

(a) the small table: kind of setting x judgement x months -> activity and window, twenty rows, as peers can do it;
(b) the whole job, from events to answer, which peers can do only in part.
"""

from __future__ import annotations

import os

os.environ["POLARS_MAX_THREADS"] = "1"  # before polars is imported: one core for everybody

import argparse
import platform
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import polars as pl
from benchmarks.peers.columns import COLUMNS, GRADES, columns_of
from benchmarks.peers.scalar import SCALAR, Decide
from benchmarks.peers.small import KINDS, Case, Decision, cases, rulebook
from benchmarks.peers.turns import in_turns, table
from benchmarks.peers.whole import polars_by_hand, subjects_of, zen_by_hand
from benchmarks.speed import AS_OF, authority
from benchmarks.tables import histories

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.dates import add_days

OURS = "ilacs_rules"
PEERS = ("zen-engine", "rule-engine", "business-rules", "openfisca-core", "common-expression-language", "spiffworkflow")


def one_at_a_time(book: ir.Rulebook, rounds: int) -> None:
    """(a), one case at a time; beside it our whole answer from a history of twelve events."""
    asked = cases(400)
    deciders: dict[str, Decide] = {name: make() for name, make in SCALAR.items()}
    deciders["openfisca-core, one at a time"] = _openfisca_alone()
    _agree(asked, deciders, book)

    def all_of(decide: Decide) -> Callable[[], object]:
        return lambda: [decide(case) for case in asked]

    work = {name: (all_of(decide), len(asked)) for name, decide in deciders.items()}
    work[f"{OURS}, next_activity, one event, the small rulebook"] = (lambda: _answers(asked, book), len(asked))
    subject = authority()
    whole = f"{OURS}, the whole next_activity, 12 events, asked again"
    work[whole] = (lambda: [ir.next_activity(subject, as_of=AS_OF) for _ in asked], len(asked))
    fresh = f"{OURS}, the whole next_activity, 12 events, first asked"
    text, made = subject.model_dump_json(), list[ir.LocalAuthority]()
    work[fresh] = (lambda: [ir.next_activity(each, as_of=AS_OF) for each in made], len(asked))
    before = {fresh: lambda: made.__setitem__(slice(None), [_read(text) for _ in asked])}
    work[f"{OURS}, JSON text of the subject in, JSON text of the answer out"] = (
        lambda: [ir.next_activity(_read(text), as_of=AS_OF).model_dump_json() for _ in asked],
        len(asked),
    )
    year = [add_days(AS_OF, -number) for number in range(365)]
    work[f"{OURS}, the whole next_activity, 12 events, first asked and then on each day of a year"] = (
        lambda: [ir.next_activity(made, as_of=day) for made in _copies(subject, 1) for day in year],
        len(year),
    )
    table("(a) one case at a time", in_turns(work, rounds, before), whole)


def _answers(asked: list[Case], book: ir.Rulebook) -> list[ir.Answer]:
    return [ir.next_activity(case.subject, as_of=case.as_of, rulebook=book) for case in asked]


def _read(text: str) -> ir.LocalAuthority:
    """A record that shares nothing with any other."""
    return ir.LocalAuthority.model_validate_json(text)


def _copies(subject: ir.LocalAuthority, count: int) -> list[ir.LocalAuthority]:
    """Subjects of which nothing has been read; making them is cheap, their events being made."""
    return [subject.model_copy() for _ in range(count)]


def _openfisca_alone() -> Decide:
    decide = COLUMNS["openfisca-core, dates by NumPy"]()
    statuses = ("not_open", "open", "overdue", "not_stated")

    def one(case: Case) -> Decision:
        found = decide(columns_of([case]))
        opens, closes = (_day(int(end[0])) for end in (found.opens, found.closes))
        return Decision("full_inspection", opens, closes, statuses[int(found.status[0])])

    return one


def _day(days: int) -> date | None:
    return None if days < 0 else date.fromordinal(date(1970, 1, 1).toordinal() + days)


def _agree(asked: list[Case], deciders: dict[str, Decide], book: ir.Rulebook) -> None:
    """Everybody says the same of every case, or there is nothing to compare."""
    for case, answer in zip(asked, _answers(asked, book), strict=True):
        ours = Decision(str(answer.activity), answer.window.opens, answer.window.closes, str(answer.status))
        for name, decide in deciders.items():
            assert decide(case) == ours, f"{name}: {case}: {decide(case)}, and not {ours}"


def columns(book: ir.Rulebook, rounds: int, count: int) -> None:
    """(a), over columns."""
    some = cases(20_000)
    frame = pl.DataFrame(
        {
            "type": pl.Series([case.kind for case in some], dtype=pl.Enum(KINDS)),
            "last_overall": pl.Series([case.grade for case in some], dtype=pl.Enum(GRADES)),
            "last_inspection_started": [case.started for case in some],
            "as_of": [case.as_of for case in some],
        }
    )
    for size in (len(some), count):
        times = size // len(some)
        asked, given = pl.concat([frame] * times, rechunk=True), columns_of(some * times)
        work: dict[str, tuple[Callable[[], object], int]] = {}
        for name, make in COLUMNS.items():
            if name != "openfisca-core alone" or times == 1:
                decide = make()
                work[name] = (partial(decide, given), size)
        work[OURS] = (partial(tables.decide, asked, track="inspection", rulebook=book), size)
        table(f"(a) over columns of {size:,}", in_turns(work, rounds), OURS)


def whole(rounds: int, count: int) -> None:
    """(b), from events to answer."""
    events, subjects = histories(count)
    few = subjects_of(events.head(8 * 300))
    work: dict[str, tuple[Callable[[], object], int]] = {
        OURS + ", tables": (lambda: tables.next_activities(events, subjects, as_of=AS_OF), count),
        "polars by hand, the last judgement's window only": (lambda: polars_by_hand(events, AS_OF), count),
        OURS + ", one at a time, first asked": (
            lambda: [ir.next_activity(subject.model_copy(), as_of=AS_OF) for subject in few],
            len(few),
        ),
        "zen-engine with Python, the last judgement's window only": (zen_by_hand(few, AS_OF), len(few)),
    }
    table(
        f"(b) from events to answer, {count:,} subjects with 8 events each", in_turns(work, rounds), OURS + ", tables"
    )


def main() -> None:
    """Measure in turns, and print tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="rounds, of which the median is printed")
    parser.add_argument("--count", type=int, default=1_000_000, metavar="N", help="rows of the longest column")
    chosen = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in (*PEERS, "polars", "numpy", "pydantic"))
    print(f"Python {platform.python_version()}, {platform.machine()}; {OURS} {ir.__version__}; {versions}")
    with tempfile.TemporaryDirectory() as folder:
        book = rulebook(Path(folder) / "small")
    one_at_a_time(book, chosen.rounds)
    columns(book, chosen.rounds, chosen.count)
    whole(chosen.rounds, chosen.count // 4)


if __name__ == "__main__":
    main()
