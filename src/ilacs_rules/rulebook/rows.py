"""The form of a rule: its conditions, which are a box, and everything that it says."""

from datetime import date
from typing import Self

from pydantic import field_validator, model_validator

from ilacs_rules.errors import RulebookError
from ilacs_rules.rulebook.forms import Bound, FileName, Id, RowDay
from ilacs_rules.rulebook.sources import Citation, Row, check_edition, check_gap
from ilacs_rules.situation import Allowed, Range, Words
from ilacs_rules.values import Text, any_day
from ilacs_rules.vocabulary import NOT_SAID, Activity, Certainty, Status, Strength, in_words

__all__ = ["Condition", "Rule"]


class Condition(Row):
    """One side of a rule's box: a fact, and what it is allowed to be.

    Either ``words``, or a range (``low`` to ``high``, both inclusive; ``or_unknown``), or only whether it is ``known``.
    """

    fact: Text
    words: tuple[Text, ...] | None = None
    low: Bound = None
    high: Bound = None
    known: bool | None = None
    or_unknown: bool = False

    @field_validator("low", "high", mode="before")
    @classmethod
    def _day_or_count(cls, value: object) -> object:
        return date.fromisoformat(value) if isinstance(value, str) else value

    @property
    def allowed(self) -> Allowed:
        if self.words is not None:
            return Words(frozenset(self.words))
        if self.known is False:
            return Range(known=False, unknown=True)
        return Range(self.low, self.high, unknown=self.or_unknown)

    def __str__(self) -> str:
        name = in_words(self.fact)
        if self.words is not None:
            return f"{name} is {' or '.join(map(in_words, self.words))}"
        if self.low is None and self.high is None:
            return f"{name} is {'known' if self.known is not False else 'not known'}"
        if self.low == self.high:
            return f"{name} is {self.low}"
        least, most = (
            (f"at least {self.low}", f"at most {self.high}")
            if isinstance(self.high if self.low is None else self.low, int)
            else (
                f"{self.low} or later",
                f"{self.high} or earlier",
            )
        )
        ends = " and ".join([least] * (self.low is not None) + [most] * (self.high is not None))
        return f"{name} is {ends}{', or not known' if self.or_unknown else ''}"


class Rule(Row):
    """One row: on these days, of these subjects, in this situation, this is what must come next, and who says so.

    Attributes:
        id: reads as a sentence; unique.
        framework: the file of the rulebook that holds it.
        says: the rule in plain words.
        applies_to: the subject types.
        first, last: the first and last day on which it was in force (``last`` open: still is).
        track: the question it answers.
        when: its conditions, all of which must hold.
        activity: what is required; ``nothing_required`` is an answer too.
        opens, due, closes: date expressions; the window is inclusive at both ends.
        runs_from: the day its window is counted from, which suspensions need.
        strength, certainty: how firmly it is required, and how well it is known.
        sources: at least one, each with its place.
        readings: the named readings of vague words it rests on.
        gap: what no source says, where that is so.
        evidence: what dated reports show, beside the rule and never part of it.
        unmet: why no published history has met this rule, where none has, and so why it stays.
        notice, days_on_site, report: as the framework gives them, in words.
        status: where the rule itself says how the day stands (an inspection under way, a report awaited).
    """

    id: Id
    framework: FileName
    says: Text
    applies_to: tuple[str, ...]
    first: RowDay
    last: RowDay | None = None
    track: Id
    when: tuple[Condition, ...]
    activity: Activity
    opens: Text | None = None
    due: Text | None = None
    closes: Text | None = None
    runs_from: Text | None = None
    strength: Strength
    certainty: Certainty
    sources: tuple[Citation, ...]
    readings: tuple[str, ...] = ()
    gap: Text = ""
    evidence: Text = ""
    unmet: Text = ""
    notice: Text = ""
    days_on_site: Text = ""
    report: Text = ""
    status: Status | None = None

    @model_validator(mode="after")
    def _has_what_it_must(self) -> Self:
        if not self.sources:
            raise RulebookError("has no source", field="sources", expected="at least one source with its place")
        check_edition(self.certainty, self.sources)
        check_gap(self.certainty, self.gap)
        if self.last and self.last < self.first:
            raise RulebookError(
                "ends before it begins", field="last", value=self.last, expected=f"{self.first} or later, or nothing"
            )
        return self

    @property
    def can_be_overdue(self) -> bool:
        """Whether somebody is late once it closes: it is owed, and sources give the day.

        >>> from ilacs_rules import load_rulebook
        >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
        >>> ours = {"certainty": Certainty.INFERRED, "gap": "No source gives the day."}
        >>> rule.can_be_overdue, rule.model_copy(update=ours).can_be_overdue
        (True, False)
        >>> rule.model_copy(update={"strength": Strength.MAY}).can_be_overdue
        False
        """
        return self.certainty not in NOT_SAID and self.strength is not Strength.MAY

    def in_force(self, day: date) -> bool:
        """Whether the rule was in force on a day.

        Raises:
            RecordError: it is not a day.
        """
        on = any_day(day, "day")
        return self.first <= on and (self.last is None or on <= self.last)
