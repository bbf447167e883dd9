"""How each population is judged in a back-test: up to which day its record is whole, and which questions count."""

from datetime import date
from typing import NamedTuple

from ilacs_rules.practice.populations import GRADES

__all__ = ["PROVIDERS_SEEN_BY", "TRIALS", "Trial"]

PROVIDERS_SEEN_BY = date(2025, 3, 23)
_GRADED_SEEN_BY, _VISITS_SEEN_BY = date(2026, 5, 31), date(2025, 11, 30)
"""The published files go on a little longer; in their last weeks reports were not out yet."""


class Trial(NamedTuple):
    """How one population is judged.

    Attributes:
        first, last, every: the days on which ``make backtest`` asks: the first, the last, and how many weeks apart.
        seen_by: the last day that counts as seen. Reports of later inspections may be missing.
        seen_again: whether only subjects count that were seen again. Closing days are not on record, so a closed home
            would count as one that waits.
        waited_at_least: weeks. Before that nobody asks, and every forecast is right.
        folds: whether subjects are tested with numbers that were fitted without them.
        at_the_start: whether to ask on the first day of each wait that ended, instead of on days of the calendar.
        begun_from: waits that began before this day are not asked about.
        cohort: by grade, the last first day of waits that are nearly all decided. These waits are also judged by
            themselves.
        analysts_since: the first day of the waits that analysts go by, if it differs from that of the fit; see below.

    For homes, analysts go by the waits since inspection came back, of which enough have ended. For agencies they go by
    all waits that ever ended.
    """

    first: date = date(2022, 7, 3)
    last: date = date(2023, 12, 3)
    every: int = 13
    seen_by: date = PROVIDERS_SEEN_BY
    seen_again: bool = False
    waited_at_least: int = 0
    folds: bool = True
    at_the_start: bool = False
    begun_from: date = date(2021, 4, 1)
    cohort: tuple[date | None, ...] = (None,) * len(GRADES)
    analysts_since: date | None = None


_SLOW, _QUICKER = date(2021, 12, 31), date(2023, 3, 31)
_BACK, _EVER = date(2021, 4, 1), date.min
_CYCLE = (_SLOW, _SLOW, _QUICKER, _QUICKER, _QUICKER, _QUICKER)

TRIALS = {
    "childrens_homes": Trial(every=4, seen_again=True, analysts_since=_BACK),
    "other_year_bound": Trial(seen_again=True, analysts_since=_EVER),
    "fostering_agencies": Trial(cohort=_CYCLE, analysts_since=_EVER),
    "other_cycle_types": Trial(cohort=_CYCLE),
    "authorities": Trial(
        first=date(2025, 4, 6),
        last=date(2026, 1, 4),
        seen_by=_GRADED_SEEN_BY,
        waited_at_least=95,
        folds=False,
        cohort=(date(2022, 12, 31),) * len(GRADES),
    ),
    "focused_visits": Trial(
        first=date(2023, 10, 1),
        last=date(2025, 1, 5),
        seen_by=_VISITS_SEEN_BY,
        folds=False,
        cohort=(date(2023, 6, 30),) * len(GRADES),
    ),
    "homes_after_inadequate": Trial(first=date(2023, 1, 1), last=date(2024, 9, 29), at_the_start=True),
}
"""How each population is judged, by its name."""
