"""Settings that are inspected by the inspection year: the chance of a week as a product of factors.

These things count: how long a setting has waited, by grade, and how many inspection years have begun since. So do the
month, the days around Christmas, and the years in which frameworks differed. Each factor is what was seen, divided by
what was expected without it. Ten events are added to both, so that little evidence moves nothing. Factors are worked
out in turns until they fit together.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ilacs_rules.practice.curve import WEEK
from ilacs_rules.practice.populations import GRADES
from ilacs_rules.practice.waits import STOPPED, Wait

__all__ = ["FACTORS", "Rates", "fit_year", "hazards"]

_STEPS, _YEARS, _MONTHS = 21, 3, 12
_QUICK = (GRADES.index("inadequate"), GRADES.index("new"))
"""Waits that end within months are measured in steps of four weeks, others in steps of eight."""
_NEW = GRADES.index("new")
_ERAS = (date(2018, 4, 1).toordinal(), STOPPED, date(2022, 4, 1).toordinal())
_SHRINK, _TURNS = 10.0, 12

FACTORS = {
    "grade_waited": len(GRADES) * _STEPS,
    "crossed_month": _YEARS * _MONTHS,
    "grade_crossed": len(GRADES) * _YEARS,
    "grade_crossed_month": len(GRADES) * _YEARS * _MONTHS,
    "waited_crossed": 2 * _STEPS * _YEARS,
    "christmas": 2,
    "era": 2 * (len(_ERAS) + 1),
}
"""The factors, and how many numbers each has."""
Cell = tuple[int, ...]


class Rates(NamedTuple):
    """The chance of a week with all factors at one, and the factors."""

    base: float
    factors: tuple[tuple[float, ...], ...]


@lru_cache(maxsize=65536)
def _calendar(day: int) -> tuple[int, int, bool]:
    """Month, inspection year and whether it is Christmas, in the week that begins on a day."""
    middle = date.fromordinal(day + 3)
    christmas = (middle.month == 12 and middle.day >= 20) or (middle.month == 1 and middle.day == 1)
    return middle.month - 1, middle.year - (middle.month < 4), christmas


def _cells(grade: int, began: int, first: int, weeks: int) -> Iterator[Cell]:
    """The cell of each of some weeks, the first of which begins on a day."""
    year_began = _calendar(began)[1]
    quick = grade in _QUICK
    step = 4 if quick else 8
    for day in range(first, first + WEEK * weeks, WEEK):
        month, year, christmas = _calendar(day)
        crossed = min(year - year_began, _YEARS - 1)
        waited = min((day - began) // WEEK // step, _STEPS - 1)
        turn = crossed * _MONTHS + month
        yield (
            grade * _STEPS + waited,
            turn,
            grade * _YEARS + crossed,
            grade * _YEARS * _MONTHS + turn,
            (quick * _STEPS + waited) * _YEARS + crossed,
            int(christmas),
            (grade == _NEW) * (len(_ERAS) + 1) + sum(day >= first for first in _ERAS),
        )


def fit_year(waits: Iterable[Wait], around: Rates | None = None) -> Rates:
    """The rates that waits show: each week watched is counted in its cell, with whether the wait ended in it.

    ``around`` gives the rates of a larger population to start from: little evidence then moves nothing away from those.
    """
    watched: dict[Cell, int] = {}
    seen: dict[Cell, int] = {}
    for wait in waits:
        weeks = (wait.left - wait.entered) // WEEK + 1
        cell: Cell = ()
        for cell in _cells(wait.grade, wait.began, wait.entered, weeks):
            watched[cell] = watched.get(cell, 0) + 1
        if wait.ended:
            seen[cell] = seen.get(cell, 0) + 1
    even = Rates(sum(seen.values()) / max(sum(watched.values()), 1), tuple((1.0,) * size for size in FACTORS.values()))
    return _in_turns(watched, seen, around or even)


def _in_turns(watched: dict[Cell, int], seen: dict[Cell, int], start: Rates) -> Rates:
    factors = [[1.0] * size for size in FACTORS.values()]
    came = [[0.0] * size for size in FACTORS.values()]
    for cell, count in seen.items():
        for place, index in enumerate(cell):
            came[place][index] += count
    expected = {cell: count * rate_of(start, cell) for cell, count in watched.items()}
    for place in [*range(len(factors))] * _TURNS:
        without = [0.0] * len(factors[place])
        for cell, weight in expected.items():
            without[cell[place]] += weight
        moved = [1.0] * len(without)
        for index, weight in enumerate(without):
            if weight:
                factor = (came[place][index] + _SHRINK) / (weight / factors[place][index] + _SHRINK)
                moved[index] = factor / factors[place][index]
                factors[place][index] = factor
        for cell in expected:
            expected[cell] *= moved[cell[place]]
    return Rates(
        start.base,
        tuple(
            tuple(first * moved for first, moved in zip(before, after, strict=True))
            for before, after in zip(start.factors, factors, strict=True)
        ),
    )


def rate_of(rates: Rates, cell: Cell) -> float:
    """The chance of a week in a cell."""
    waited, turns, crossed, graded, both, christmas, era = rates.factors
    a, b, c, d, e, f, g = cell
    return rates.base * waited[a] * turns[b] * crossed[c] * graded[d] * both[e] * christmas[f] * era[g]


def hazards(rates: Rates, grade: int, began: int, first: int, weeks: int) -> list[float]:
    """The chance of each of some weeks given that nothing came before it; the first week begins on a day."""
    return [rate_of(rates, cell) for cell in _cells(grade, began, first, weeks)]
