"""What is found when a rule is tested against a history: each of its conditions, and how far off it was."""

from collections.abc import Iterator
from datetime import date

from ilacs_rules.answering.explain import cited, value_in_words
from ilacs_rules.answering.parts import FactUsed
from ilacs_rules.plain_text import for_html
from ilacs_rules.rulebook.sources import Citation
from ilacs_rules.values import Record
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["ConditionTried", "RuleHeld"]


class ConditionTried(Record):
    """One condition of a rule, tested against a history on a day.

    Attributes:
        fact: the fact, its meaning, and its value on the day.
        allowed: what the rule allows it to be, in words.
        held: whether the condition held. ``None`` if the record does not tell.
        by: how far off it was ("1 too many", "14 days too late", "1 grade too low"), or what the record lacks.

    >>> from ilacs_rules import FactUsed
    >>> fact = FactUsed(name="last_overall", means="overall grade", value="good")
    >>> print(ConditionTried(fact=fact, allowed="inadequate", held=False, by="2 grades too high"))
    overall grade: good; would have to be inadequate (2 grades too high)
    >>> print(ConditionTried(fact=fact, allowed="good", held=True))
    overall grade: good
    """

    fact: FactUsed
    allowed: str
    held: bool | None
    by: str = ""

    def __str__(self) -> str:
        found = f"{self.fact.means}: {value_in_words(self.fact.value)}"
        if self.held:
            return found
        if self.held is None:
            return f"{self.fact.means}: not on record; would have to be {self.allowed} ({self.by})"
        return f"{found}; would have to be {self.allowed}{f' ({self.by})' if self.by else ''}"


class RuleHeld(Record):
    """A rule tested against a history on a day: everything except the answer that it gave, if it gave one.

    ``RuleTried`` says what each field is.
    """

    rule: str
    says: str
    track: str
    activity: Activity
    first: date
    last: date | None
    applies_to: tuple[str, ...]
    applies: bool
    in_force: bool
    dates_by: str
    conditions: tuple[ConditionTried, ...]
    sources: tuple[Citation, ...]

    @property
    def failed(self) -> tuple[ConditionTried, ...]:
        """The conditions that did not hold, or of which the record does not tell."""
        return tuple(condition for condition in self.conditions if not condition.held)

    @property
    def holds(self) -> bool:
        """Whether nothing stood against the rule: it answered."""
        return self.applies and self.in_force and not self.failed

    @property
    def steps(self) -> int:
        """How many things stood against it."""
        return len(self.failed) + (not self.in_force) + (not self.applies)

    def what_was_found(self) -> Iterator[str]:
        """What held and what failed, and who says so: a line each."""
        if not self.applies:
            yield f"  Failed: it is a rule for {', '.join(in_words(kind) for kind in self.applies_to)}"
        if not self.in_force:
            yield f"  Failed: {self.dates_by}"
        yield from (f"  {'Held' if item.held else 'Failed'}: {item}" for item in self.conditions)
        yield from (f"  Source: {cited(citation)}" for citation in self.sources)

    def as_row(self) -> str:
        """The rule and what stood against it, as a row of a table in HTML."""
        against = [str(item) for item in self.failed]
        against += [self.dates_by] if not self.in_force else []
        against += ["not a rule for this kind of subject"] if not self.applies else []
        words = "; ".join(for_html(text) for text in against) or "it answered"
        return f"<tr><th>{for_html(self.rule)}</th><td>{for_html(self.says)}</td><td>{words}</td></tr>"
