"""Rule coverage: which rows of a rulebook a test run answered by, and which side of each boundary it was on."""

from ilacs_rules.testing.coverage.report import Report, report
from ilacs_rules.testing.coverage.sides import Side, sides_of
from ilacs_rules.testing.coverage.watch import Watch

__all__ = ["Report", "Side", "Watch", "report", "sides_of"]
