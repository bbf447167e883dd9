"""What the command line prints as JSON where no other record says it: a rule in full."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from ilacs_rules.answering.answer import Answer, WhyNot
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.outlook.whole import Outlook
from ilacs_rules.practice import Forecast, Interval
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


class ForecastInFull(Forecast):
    """A forecast with what people ask it: the intervals that hold 50%, 80% and 90%, and the odds within some weeks."""

    intervals: dict[str, Interval | None]
    odds_within_weeks: dict[str, float | None]

    @classmethod
    def of(cls, told: Forecast) -> Self:
        """Of a forecast.

        >>> from ilacs_rules import Provider
        >>> from ilacs_rules.practice import forecast
        >>> home = Provider(type="childrens_home", name="A home", registered="2024-01-31")
        >>> list(ForecastInFull.of(forecast(home, as_of="2024-03-20")).intervals)
        ['50%', '80%', '90%']
        """
        return cls(
            **{name: getattr(told, name) for name in Forecast.model_fields},
            intervals={f"{share:.0%}": told.interval(share) for share in (0.5, 0.8, 0.9)},
            odds_within_weeks={str(weeks): told.odds(weeks=weeks) for weeks in (4, 13, 26, 52)},
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
    "cli_outlook.json": Printed(Outlook, "report --out outlook.json"),
    "cli_forecasts.json": Printed(list[ForecastInFull | NotAnswered], "forecast --json"),
    "cli_columns.json": Printed(Columns, "columns --json"),
}
"""What commands print or write as JSON, with ``--json``, by the name of its schema."""
