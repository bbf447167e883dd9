"""What is found when rules are held against a history: each condition, each rule, and all of them together."""

from collections.abc import Iterator
from datetime import date
from html import escape

from ilacs_rules.answering.answer import Answer, FactUsed, in_full
from ilacs_rules.answering.explain import cited, one_line, value_in_words
from ilacs_rules.rulebook import Citation
from ilacs_rules.values import Record
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["ConditionTried", "RuleTried", "WhyNot"]


class ConditionTried(Record):
    """One condition of a rule, held against a history on a day.

    Attributes:
        fact: the fact, its meaning, and its value that day.
        allowed: what the rule allows it to be, in words.
        held: whether it is so; ``None`` where the record lacks what would tell.
        by: how far off it is ("1 too many", "14 days too late", "1 grade too low"); or what the record lacks.

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


class RuleTried(Record):
    """A rule held against a history on a day.

    Attributes:
        rule, says, track, activity, first, last, applies_to, sources: as in the rulebook.
        applies: whether it is a rule for this kind of subject.
        in_force: whether it was in force on the day; ``dates_by``: if not, how far off.
        conditions: each of its conditions.
        answer: where everything held, what the rule answers.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> tested = ir.next_activity(agency, as_of=date(2024, 3, 1)).why_not("full_inspection").rules[0]
    >>> tested.holds, tested.failed, tested.answer.window.closes
    (True, (), datetime.date(2025, 1, 31))
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
    answer: Answer | None

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

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.rule}: {self.says}"
        if self.holds:
            yield (
                f"  It answered: {one_line(self.answer)}" if self.answer else "  It holds, and nothing is required yet."
            )
        if not self.applies:
            yield f"  Failed: it is a rule for {', '.join(in_words(kind) for kind in self.applies_to)}"
        if not self.in_force:
            yield f"  Failed: {self.dates_by}"
        yield from (f"  {'Held' if item.held else 'Failed'}: {item}" for item in self.conditions)
        yield from (f"  Source: {cited(citation)}" for citation in self.sources)


class WhyNot(Record):
    """Why a rule did not answer, or no rule required an activity: the rules in question, the nearest first.

    Attributes:
        subject, subject_type, as_of: who was asked about, and for which day.
        asked: the rule or the activity in question.
        instead: the answer that was given.
        rules: what was found; empty where no rule of the rulebook requires that activity of such a subject.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> print(ir.next_activity(agency, as_of=date(2024, 3, 1)).why_not("jtai"))
    An agency, 1 March 2024: why not joint targeted area inspection?
    No rule of the rulebook requires it of an independent fostering agency.
    """

    subject: str
    subject_type: str
    as_of: date
    asked: str
    instead: Answer
    rules: tuple[RuleTried, ...]

    @property
    def _title(self) -> str:
        asked = in_words(Activity(self.asked)) if self.asked in set(Activity) else self.asked
        return f"{self.subject}, {in_full(self.as_of)}: why not {asked}?"

    @property
    def _none(self) -> str:
        kind = in_words(self.subject_type)
        return f"No rule of the rulebook requires it of {'an' if kind[0] in 'aeiou' else 'a'} {kind}."

    def __str__(self) -> str:
        return "\n".join(
            [self._title, *(str(rule) for rule in self.rules)] if self.rules else [self._title, self._none]
        )

    def _repr_html_(self) -> str:
        """The rules as a small table, for notebooks."""
        rows = [_row(rule) for rule in self.rules] or [f"<tr><td>{self._none}</td></tr>"]
        return f"<table><caption>{escape(self._title)}</caption>{''.join(rows)}</table>"


def _row(rule: RuleTried) -> str:
    against = [str(item) for item in rule.failed]
    against += [rule.dates_by] if not rule.in_force else []
    against += ["not a rule for this kind of subject"] if not rule.applies else []
    words = "; ".join(escape(text) for text in against) or "it answered"
    return f"<tr><th>{escape(rule.rule)}</th><td>{escape(rule.says)}</td><td>{words}</td></tr>"
