"""Boxes: what some facts are allowed to be. A rule's conditions are a box, and so is a case that no rule covers.

A side of a box is always a set of words, or a range of counts or days. That is why gaps and overlaps can be found
exactly.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ilacs_rules.situation.aggregates import Value

__all__ = ["AS_OF", "EXISTS", "SUBJECT", "Allowed", "Box", "Range", "Words"]

AS_OF = "as_of"
SUBJECT = "subject"
"""The names of the day that is asked about and of the kind of subject, where a box speaks of them."""
EXISTS = "exists"
"""The fact that says whether the subject is there, on which it depends which tracks are asked."""


class Words(NamedTuple):
    """One of some words."""

    words: frozenset[str]

    def admits(self, value: Value) -> bool:
        return value in self.words


class Range(NamedTuple):
    """A count or a day from ``low`` to ``high``, both inclusive, either may be open; ``unknown``: or not known."""

    low: int | date | None = None
    high: int | date | None = None
    known: bool = True
    unknown: bool = False

    def admits(self, value: Value) -> bool:
        if value is None:
            return self.unknown
        low_enough = self.low is None or self.low <= value  # type: ignore[operator]
        return self.known and low_enough and (self.high is None or value <= self.high)  # type: ignore[operator]


Allowed = Words | Range
Box = Mapping[str, Allowed]
