"""What the command line prints as JSON where no other record says it: a subject without an answer, a rule in full."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from ilacs_rules.answering.answer import Answer, WhyNot
from ilacs_rules.errors import IlacsRulesError, in_text
from ilacs_rules.questioning.changes import Changes
from ilacs_rules.reading import Columns
from ilacs_rules.records import Subject
from ilacs_rules.reviewing.checks import Finding
from ilacs_rules.rulebook import FrameworkReading, Rule, Rulebook
from ilacs_rules.writing.schemas import Printed

__all__ = ["PRINTED", "Failure", "NotAnswered", "RuleInFull"]


class Failure(BaseModel):
    """An error of this library as a program reads it.

    Attributes:
        kind: its class, such as ``OutsideRulebookError``.
        problem, field, value, expected: what it says of itself, as texts; ``value`` is null where nothing stood there.
        message: all of that in one sentence.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: str
    problem: str
    field: str
    value: str | None
    expected: str
    message: str


class NotAnswered(BaseModel):
    """A subject that could not be answered, in the place of an answer: the key ``error`` tells the two apart."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    subject: str
    subject_type: str
    as_of: date
    error: Failure

    @classmethod
    def of(cls, subject: Subject, as_of: date, error: IlacsRulesError) -> Self:
        """Of a subject, the day asked about and the error that was met.

        >>> from ilacs_rules import Provider, next_activity
        >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
        >>> try:
        ...     next_activity(agency, as_of=date(1999, 1, 1))
        ... except IlacsRulesError as error:
        ...     print(NotAnswered.of(agency, date(1999, 1, 1), error).error.kind)
        OutsideRulebookError
        """
        value = None if error.value is None else in_text(error.value)
        failure = Failure(
            kind=type(error).__name__,
            problem=error.problem,
            field=error.field,
            value=value,
            expected=error.expected,
            message=str(error),
        )
        return cls(subject=subject.name, subject_type=str(subject.type), as_of=as_of, error=failure)


class RuleInFull(BaseModel):
    """A rule with its readings, and the rulebook that holds it."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    rule: Rule
    readings: tuple[FrameworkReading, ...]
    rulebook: str
    fingerprint: str

    @classmethod
    def of(cls, rulebook: Rulebook, rule: Rule) -> Self:
        """Of a rule of a rulebook.

        >>> from ilacs_rules import load_rulebook
        >>> book = load_rulebook()
        >>> RuleInFull.of(book, book.rules[0]).rule == book.rules[0]
        True
        """
        return cls(
            rule=rule, readings=rulebook.readings_of(rule), rulebook=rulebook.version, fingerprint=rulebook.fingerprint
        )


PRINTED = {
    "cli_answers.json": Printed(list[Answer | NotAnswered], "next --json` and `all --json"),
    "cli_changes.json": Printed(list[Changes | NotAnswered], "what-if --json"),
    "cli_why_not.json": Printed(list[WhyNot | NotAnswered], "why-not --json"),
    "cli_findings.json": Printed(list[Finding], "check --json"),
    "cli_rules.json": Printed(list[Rule], "rules --json"),
    "cli_rule.json": Printed(RuleInFull),
    "cli_columns.json": Printed(Columns, "columns --json"),
}
"""What commands print with ``--json``, by the name of its schema."""
