"""How each population is judged in a back-test: up to which day its record is whole, and which questions count."""

from datetime import date
from typing import NamedTuple

from ilacs_rules.practice.populations import GRADES

__all__ = ["PROVIDERS_SEEN_BY", "TRIALS", "Trial"]

PROVIDERS_SEEN_BY = date(2025, 3, 23)
_GRADED_SEEN_BY, _VISITS_SEEN_BY = date(2026, 5, 31), date(2025, 11, 30)


class Trial(NamedTuple):
    """How one population is judged.

    Attributes:
        seen_by: the last day that counts as seen; reports of later inspections may be missing.
        seen_again: only subjects are asked about that were seen again: closing days are not on record, and a closed home would count as
            one that waits.
        waited_at_least: weeks; before that nobody asks, and every forecast is right.
        folds: whether subjects are asked of numbers fitted without them.
        cohort: waits begun from ``cohort_from`` to these days (by grade) are nearly all decided, and are also judged by themselves.
    """

    seen_by: date = PROVIDERS_SEEN_BY
    seen_again: bool = False
    waited_at_least: int = 0
    folds: bool = True
    cohort_from: date = date(2021, 4, 1)
    cohort: tuple[date | None, ...] = (None,) * len(GRADES)


_SLOW, _QUICKER = date(2021, 12, 31), date(2023, 3, 31)
_CYCLE = (_SLOW, _SLOW, _QUICKER, _QUICKER, _QUICKER, _QUICKER)

TRIALS = {
    "childrens_homes": Trial(seen_again=True),
    "other_year_bound": Trial(seen_again=True),
    "fostering_agencies": Trial(cohort=_CYCLE),
    "other_cycle_types": Trial(cohort=_CYCLE),
    "authorities": Trial(
        seen_by=_GRADED_SEEN_BY, waited_at_least=95, folds=False, cohort=(date(2022, 12, 31),) * len(GRADES)
    ),
    "focused_visits": Trial(seen_by=_VISITS_SEEN_BY, folds=False, cohort=(date(2023, 6, 30),) * len(GRADES)),
    "homes_after_inadequate": Trial(),
}
"""How each population is judged, by its name."""
