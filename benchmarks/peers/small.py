"""The small table: kind of setting x judgement x months since the last inspection -> activity, window, how it stands.

Twenty rows of the size and form of a framework's, for timing only; the rulebook of eight rules that says the same, and
cases in which all must agree. A peer is given the months, because most cannot count them.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

import ilacs_rules as ir
from ilacs_rules.dates import add_months

KINDS = ("independent_fostering_agency", "residential_family_centre")
WINDOWS: dict[str, dict[tuple[str, ...], tuple[int, int] | None]] = {
    KINDS[0]: {
        ("good", "outstanding"): (24, 36),
        ("requires_improvement",): (12, 18),
        ("inadequate",): (6, 12),
        ("not_judged",): None,
    },
    KINDS[1]: {
        ("good", "outstanding"): (30, 42),
        ("requires_improvement",): (14, 20),
        ("inadequate",): (5, 9),
        ("not_judged",): None,
    },
}
ACTIVITY = "full_inspection"
LONG = 1200


class Row(NamedTuple):
    """One row: for this kind, these judgements and so many whole months, what comes next and how it stands."""

    kind: str
    grades: tuple[str, ...]
    least: int
    most: int
    opens: int | None
    closes: int | None
    status: str


def rows() -> list[Row]:
    """The twenty rows."""
    found = list[Row]()
    for kind, windows in WINDOWS.items():
        for grades, window in windows.items():
            if window is None:
                found.append(Row(kind, grades, 0, LONG, None, None, "not_stated"))
                continue
            low, high = window
            for least, most, status in ((0, low - 1, "not_open"), (low, high - 1, "open"), (high, LONG, "overdue")):
                found.append(Row(kind, grades, least, most, low, high, status))
    return found


class Case(NamedTuple):
    """One question, as a peer takes it and as this library does."""

    kind: str
    grade: str
    started: date
    as_of: date
    months: int
    subject: ir.Provider

    def as_dict(self) -> dict[str, object]:
        return {"type": self.kind, "grade": self.grade, "months": self.months, "started": self.started.isoformat()}


class Decision(NamedTuple):
    """What every engine has to say of a case."""

    activity: str
    opens: date | None
    closes: date | None
    status: str


def cases(count: int, seed: int = 2026) -> list[Case]:
    """Random questions; days exactly at an end are left out, because whole months cannot tell them from the next."""
    dice, found = random.Random(seed), list[Case]()
    words = list(product(KINDS, [grade for grades in WINDOWS[KINDS[0]] for grade in grades]))
    while len(found) < count:
        kind, grade = dice.choice(words)
        started = date.fromordinal(dice.randint(date(2022, 4, 4).toordinal(), date(2023, 12, 31).toordinal()))
        as_of = date.fromordinal(dice.randint(date(2024, 3, 1).toordinal(), date(2026, 11, 1).toordinal()))
        if as_of.day != started.day and as_of.day < 28:
            found.append(Case(kind, grade, started, as_of, _months(started, as_of), _subject(kind, grade, started)))
    return found


def _months(started: date, as_of: date) -> int:
    whole = (as_of.year - started.year) * 12 + as_of.month - started.month
    return whole - (add_months(started, whole) > as_of)


def _subject(kind: str, grade: str, started: date) -> ir.Provider:
    event = ir.Event(
        activity=ACTIVITY,
        started=started,
        ended=started,
        published=add_months(started, 2),
        judgements={"overall": grade},
    )
    return ir.Provider(type=kind, name="A setting", registered=date(2015, 4, 1), events=[event])


def rulebook(folder: Path) -> ir.Rulebook:
    """The rulebook that says what the table says."""
    head = f"""version = "small"
[[track]]
id = "inspection"
means = "the next full inspection"
owed_by = "inspectorate"
met_by = ["{ACTIVITY}"]
answers = {{ {", ".join(f"{kind} = 2020-01-01" for kind in KINDS)} }}
"""
    source = """[timing]
title = "No source: for timing only"
publisher = "nobody"
url = ""
dated = "2026"
seen_as = "measured"
"""
    (folder / "frameworks").mkdir(parents=True)
    (folder / "rulebook.toml").write_text(head)
    (folder / "sources.toml").write_text(source)
    (folder / "frameworks" / "small.toml").write_text('[framework]\ntrack = "inspection"\n' + "".join(_rules()))
    return ir.load_rulebook(folder)


def _rules() -> list[str]:
    found = list[str]()
    for kind, windows in WINDOWS.items():
        for grades, window in windows.items():
            words = ", ".join(f'"{grade}"' for grade in (*grades, *(OTHERS if window is None else ())))
            low, high = window or (0, 0)
            opens = f'opens = "last_inspection_started + {low} months"\ncloses = "last_inspection_started + {high} months"\n'
            found.append(
                f'\n[[rule]]\nid = "{kind}_{grades[0]}"\nsays = "for timing"\napplies_to = ["{kind}"]\nfrom = 2020-01-01\n'
                f'when = {{ last_overall = [{words}] }}\nactivity = "{ACTIVITY}"\n{opens if window else ""}'
                'strength = "usual"\ncertainty = "reported"\nsources = [["timing", "none"]]\n'
            )
    return found


OTHERS = ("adequate", "satisfactory", "not_recorded", "none", "not_reported")
"""What a judgement can be besides, which a peer leaves unanswered and a rulebook may not."""
