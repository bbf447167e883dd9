"""How many real subjects each rule answered for on one day: a measurement that stands beside the code, with its day."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from ilacs_rules.rulebook import Rule

__all__ = ["Touched", "touched"]


class Touched(NamedTuple):
    """What was counted, and of whom.

    Attributes:
        day: the day that was asked about.
        authorities, providers: how many subjects the collections hold.
        subjects: by the rule's id, how many subjects it answered for; rules that answered for none are left out.
    """

    day: date
    authorities: int
    providers: int
    subjects: Mapping[str, int]

    def of(self, rule: Rule) -> int:
        """How many subjects a rule answered for."""
        return self.subjects.get(rule.id, 0)


@cache
def touched() -> Touched:
    """The counts that ``benchmarks/touched.py`` wrote.

    >>> touched().day
    datetime.date(2026, 11, 21)
    """
    table = tomllib.loads((files("ilacs_rules.writing") / "touched.toml").read_text(encoding="utf-8"))
    return Touched(
        day=cast("date", table["day"]),
        authorities=cast("int", table["authorities"]),
        providers=cast("int", table["providers"]),
        subjects=cast("dict[str, int]", table["subjects"]),
    )
