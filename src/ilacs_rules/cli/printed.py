"""What the command line prints as JSON where no other record says it: a rule in full."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from ilacs_rules.answering.answer import Answer, WhyNot
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.questioning.changes import Changes
from ilacs_rules.questioning.moved import Moved
from ilacs_rules.questioning.verified import Verified
from ilacs_rules.reading import Columns
from ilacs_rules.reviewing.checks import Finding
from ilacs_rules.rulebook import FrameworkReading, Rule, Rulebook
from ilacs_rules.writing.schemas import Printed

__all__ = ["PRINTED", "RuleInFull"]


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
    "cli_moved.json": Printed(Moved),
    "cli_verified.json": Printed(list[Verified | NotAnswered], "verify --json"),
    "cli_findings.json": Printed(list[Finding], "check --json"),
    "cli_rules.json": Printed(list[Rule], "rules --json"),
    "cli_rule.json": Printed(RuleInFull),
    "cli_columns.json": Printed(Columns, "columns --json"),
}
"""What commands print with ``--json``, by the name of its schema."""
