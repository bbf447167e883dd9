"""The days of one event, in the order in which they follow one another; what contradicts the others is left out."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from ilacs_rules.reading.log import Log, Row

__all__ = ["DAYS", "in_order", "ordered"]

DAYS = ("started", "ended", "published")
# The longest wait for a report among 14,000 published ones was 530 days: beyond this a year is mistyped.
_APART = 1000


def in_order(days: Mapping[str, date]) -> bool:
    """Whether each day follows the one before it, by less than three years."""
    known = list(days.values())
    return known == sorted(known) and (known[-1] - known[0]).days <= _APART


def ordered(days: Mapping[str, date], row: Row, columns: Mapping[str, str], log: Log) -> dict[str, date]:
    """The days without those that contradict the others: first the one at odds with most, of equals the last."""
    kept = {name: days[name] for name in DAYS if name in days}
    while clashes := list(_clashes(kept)):
        at_odds = [name for pair in clashes for name in pair]
        worst = max(reversed(kept), key=at_odds.count)
        others = " and ".join(
            f"{columns[name]} {kept[name]}" for name in kept if (name, worst) in clashes or (worst, name) in clashes
        )
        log.add(
            "value left out", row, columns[worst], f"does not agree with another day: {others}",
            "days in order and less than three years apart", value=str(kept.pop(worst)),
        )  # fmt: skip
    return kept


def _clashes(days: Mapping[str, date]) -> Iterator[tuple[str, str]]:
    return ((one, other) for one, other in combinations(days, 2) if not 0 <= (days[other] - days[one]).days <= _APART)
