"""Days on a line: where each stands, from the first year that is shown to the last."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ilacs_rules.dates import add_months

__all__ = ["Scale", "scale_of"]

_AHEAD, _LEAST = 60, 36
"""Months: a window is followed so far beyond the day asked about, and so much is shown at least."""


class Scale(NamedTuple):
    """The stretch of days that is shown, and how wide it is drawn.

    >>> scale = Scale(date(2024, 1, 1), date(2025, 1, 1), 366)
    >>> scale.at(date(2024, 1, 11)), scale.at(date(2030, 1, 1))
    (10.0, 366.0)
    """

    first: date
    last: date
    width: int

    def at(self, day: date) -> float:
        """Where a day stands; one beyond the ends stands at the end."""
        share = (min(max(day, self.first), self.last) - self.first).days / (self.last - self.first).days
        return round(share * self.width, 1)

    def years(self) -> list[tuple[float, str]]:
        """Where each year begins, with its number: every year, or every second or fifth where they stand close."""
        many = range(self.first.year, self.last.year + 1)
        step = 1 if self.width / len(many) >= 34 else 2 if self.width / len(many) >= 17 else 5
        return [(self.at(date(year, 1, 1)), str(year)) for year in many if year % step == 0]


def scale_of(as_of: date, days: Iterable[date], width: int) -> Scale:
    """The stretch around the day asked about that holds some days, in whole years.

    >>> scale_of(date(2024, 6, 1), [date(2020, 3, 1), date(2027, 3, 1), date(2099, 1, 1)], 100)[:2]
    (datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))
    """
    most = add_months(as_of, _AHEAD)
    every = [as_of, add_months(as_of, -_LEAST // 2), add_months(as_of, _LEAST // 2)]
    every += [min(day, most) for day in days]
    return Scale(date(min(every).year, 1, 1), date(max(every).year + 1, 1, 1), width)
