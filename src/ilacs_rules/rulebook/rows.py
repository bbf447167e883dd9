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
    """One condition of a rule: a fact, and what it is allowed to be.

    Attributes:
        fact: the name of the fact.
        words: the words that it may be.
        low, high: the range that it may lie in, both inclusive. An end that is left out is no limit.
        or_unknown: whether it may also be not known.
        known: whether it has to be known, or has to be not known.

    A condition has ``words``, or a range, or only ``known``.

    Raises:
        RulebookError: a field is missing or not known.

    >>> print(Condition(fact="last_overall", words=("good", "outstanding")))
    last overall is good or outstanding
    >>> print(Condition(fact="monitoring_on_record", low=1, or_unknown=True))
    monitoring on record is at least 1, or not known
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
    """One row of a rulebook: in this situation this must come next, according to these sources.

    Attributes:
        id: its name, which reads as a sentence. No two rules have the same.
        framework: the file of the rulebook that holds it.
        says: the rule in plain words.
        applies_to: the kinds of subject.
        first, last: the first and last day on which it was in force. ``last`` is ``None`` if it still is.
        track: the question that it answers.
        when: its conditions, all of which must hold.
        activity: what is required. ``nothing_required`` is an answer too.
        opens, due, closes: date expressions. The window includes both its first and its last day.
        runs_from: the day from which its window is counted. Suspensions need it.
        strength: how firmly it is required.
        certainty: how well it is known.
        sources: at least one source, each with its place.
        readings: the ids of the readings of vague words that it rests on.
        gap: what no source says. Empty if nothing is missing.
        evidence: what dated reports show. It is never part of the rule.
        unmet: why the rule stays although no published history has met it. Empty if one has.
        notice, days_on_site, report: as the framework gives them, in words.
        status: how the day stands, if the rule itself says so (an inspection under way, a report awaited).

    Raises:
        RulebookError: something is missing or cannot stand. The message names the key.

    >>> from ilacs_rules import load_rulebook
    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> rule.opens, rule.closes
    ('last_inspection_started + 6 months', 'last_inspection_started + 12 months')
    >>> rule.model_copy(update={"sources": ()})
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: ...
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
        """Whether somebody is late once the window closes: the activity is owed, and sources give the day.

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

        >>> from ilacs_rules import load_rulebook
        >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
        >>> rule.in_force(rule.first), rule.in_force(date(1999, 1, 1))
        (True, False)
        >>> rule.last is None  # it still is in force
        True
        """
        on = any_day(day, "day")
        return self.first <= on and (self.last is None or on <= self.last)
