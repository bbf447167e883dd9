"""What the command line prints as JSON where no other record says it: a rule in full."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from ilacs_rules.rulebook import FrameworkReading, Rule, Rulebook

__all__ = ["RuleInFull"]


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
