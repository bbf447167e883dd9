"""The bank holidays of a year, as a rulebook has them."""

from datetime import date
from typing import Self

from pydantic import model_validator

from ilacs_rules.errors import RulebookError
from ilacs_rules.rulebook.sources import Citation, Row, check_edition, check_gap
from ilacs_rules.vocabulary import NOT_SAID, Certainty

__all__ = ["BankHolidays"]


class BankHolidays(Row):
    """The days from Monday to Friday of one year that are not working days, and who says so.

    Attributes:
        year, days: the year, and its days in order: bank holidays, Good Friday and Christmas Day, or their substitutes.
        certainty: how well they are known; ``inferred`` where they have not been proclaimed yet.
        sources: at least one, each with its place.
        gap: what no source says, where that is so.

    >>> BankHolidays(year=2029, days=(date(2028, 1, 3),), certainty="quoted", sources=())
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: days: is not such a day of 2029 (found 2028-01-03; expected a day from Monday to \
Friday, in order)
    """

    year: int
    days: tuple[date, ...]
    certainty: Certainty
    sources: tuple[Citation, ...]
    gap: str = ""

    @model_validator(mode="after")
    def _days_of_that_year(self) -> Self:
        for before, day in zip((None, *self.days), self.days, strict=False):
            if day.year != self.year or day.weekday() > 4 or (before is not None and day <= before):
                expected = "days from Monday to Friday, in order"
                raise RulebookError(
                    f"is not a Monday to Friday of {self.year}, or not in order",
                    field="days",
                    value=day,
                    expected=expected,
                )
        if not self.sources:
            raise RulebookError("has no source", field="sources", expected="at least one source with its place")
        check_edition(self.certainty, self.sources)
        check_gap(self.certainty, self.gap)
        return self

    @property
    def proclaimed(self) -> bool:
        """Whether sources give the days, and not only the rule that they follow."""
        return self.certainty not in NOT_SAID
