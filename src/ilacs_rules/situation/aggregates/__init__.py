"""The small typed aggregates over events that facts are declared with.

Each is a frozen value that says *what* is read, not a function over a list. So the same declaration can be read here
from one history, and computed elsewhere over columns. What a fact's values can be (its domain) follows from the
aggregate, so the proof of a rulebook knows every value that can occur.
"""

from ilacs_rules.situation.aggregates.counts import CountSince, Covers, Sum
from ilacs_rules.situation.aggregates.days import Attribute, Ended, Existence, FirstDayOf, PlaceInYear, place_in_year
from ilacs_rules.situation.aggregates.domains import Choice, Day, Domain, Number, Value
from ilacs_rules.situation.aggregates.latest import Latest, Reading, Since, StartOf
from ilacs_rules.situation.aggregates.of_latest import (
    CountGrades,
    DateOf,
    GradeOf,
    JudgementsGiven,
    KindOf,
    NthLatest,
    OutcomeOf,
    StageOf,
)

__all__ = [
    "Attribute",
    "Choice",
    "CountGrades",
    "CountSince",
    "Covers",
    "DateOf",
    "Day",
    "Domain",
    "Ended",
    "Existence",
    "FirstDayOf",
    "GradeOf",
    "JudgementsGiven",
    "KindOf",
    "Latest",
    "NthLatest",
    "Number",
    "OutcomeOf",
    "PlaceInYear",
    "Reading",
    "Since",
    "StageOf",
    "StartOf",
    "Sum",
    "Value",
    "place_in_year",
]
