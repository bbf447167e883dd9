"""What a fact can be, and the words that stand for what is not there."""

from datetime import date
from typing import NamedTuple

from ilacs_rules.vocabulary import Grade

__all__ = [
    "GONE",
    "MAY_HAVE_ENDED",
    "NO",
    "NO_LONGER",
    "NONE",
    "NOT_KNOWN",
    "NOT_RECORDED",
    "NOT_REPORTED",
    "NOT_YET",
    "YES",
    "Choice",
    "Day",
    "Domain",
    "Number",
    "Value",
]

Value = str | int | date | None
"""What a fact can be: a word, a count, a day, or ``None`` for a count or a day that is not known."""

NONE = "none"
NOT_RECORDED, NOT_REPORTED = Grade.NOT_RECORDED.value, "not_reported"
YES, NO, NOT_YET, NOT_KNOWN = "yes", "no", "not_yet", "not_known"
NO_LONGER, MAY_HAVE_ENDED = "no_longer", "may_have_ended"
GONE = frozenset({NO_LONGER, MAY_HAVE_ENDED})
"""What the fact ``exists`` says of a subject that has ended, or has on a day that is not known and may have come."""


class Choice(NamedTuple):
    """A finite set of words."""

    words: tuple[str, ...]


class Number(NamedTuple):
    """A whole number from 0 up; ``unknown``: or not known."""

    unknown: bool = False


class Day(NamedTuple):
    """A date, or not known."""


Domain = Choice | Number | Day
