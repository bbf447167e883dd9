"""Waits that follow a cycle of years: a bell of waits, fitted with the waits that are still open, times the calendar.

A bell has a mean and a spread, both in weeks (of the wait itself, or of its logarithm). Open waits count by what a bell
says of those that have lasted as long. Waits that were watched only from some week on count as the part of the bell
that could be seen.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import erfc, exp, log, pi, sqrt
from typing import NamedTuple

from ilacs_rules.practice.curve import WEEK
from ilacs_rules.practice.waits import BACK, STOPPED, Wait

__all__ = ["Bell", "calendar_place", "calendar_rates", "fit_bell", "fit_log_logistic", "weekly"]

_TURNS, _STILL = 300, 1e-4
_SMALLEST = 1e-12


class Bell(NamedTuple):
    """A mean and a spread in weeks; of logarithms, a middle and a steepness."""

    mean: float
    spread: float


def _above(place: float) -> float:
    """The share of a normal bell above a place, counted in spreads from its mean."""
    return max(erfc(place / sqrt(2)) / 2, _SMALLEST)


def _height(place: float) -> float:
    return exp(-place * place / 2) / sqrt(2 * pi)


def fit_bell(waits: Iterable[Wait], around: Bell | None = None, weight: float = 0.0) -> Bell:
    """The bell under which the waits are likeliest: expectation and maximisation by turns.

    ``around`` with a ``weight`` counts as so many more waits of another bell, so that a small group leans on a larger
    one.
    """
    spans = [((wait.entered - wait.began) / WEEK, (wait.left - wait.began) / WEEK, wait.ended) for wait in waits]
    done = [left for _, left, ended in spans if ended]
    if len(done) < 2:
        return around or Bell(0.0, 0.0)
    mean = sum(done) / len(done)
    bell = Bell(mean, max(sqrt(sum((wait - mean) ** 2 for wait in done) / len(done)), 2.0))
    for _ in range(_TURNS):
        count = total = squares = 0.0
        for entered, left, ended in spans:
            for share, middle, around_it in _expected(bell, entered, left, ended):
                count += share
                total += share * middle
                squares += share * (around_it + middle * middle)
        if around:
            count += weight
            total += weight * around.mean
            squares += weight * (around.spread**2 + around.mean**2)
        mean = total / count
        new = Bell(mean, sqrt(max(squares / count - mean * mean, 1.0)))
        if abs(new.mean - bell.mean) + abs(new.spread - bell.spread) < _STILL:
            return new
        bell = new
    return bell


def _expected(bell: Bell, entered: float, left: float, ended: bool) -> list[tuple[float, float, float]]:
    """What one wait counts as: how many waits, their mean, and their variance."""
    mean, spread = bell
    if ended:
        found = [(1.0, left, 0.0)]
    else:
        place = (left - mean) / spread
        lean = _height(place) / _above(place)
        found = [(1.0, mean + spread * lean, max(spread * spread * (1 + place * lean - lean * lean), 0.0))]
    if entered > 0:
        # For each wait that was met only at this length there were others that had ended before.
        place = (entered - mean) / spread
        below = max(1 - _above(place), _SMALLEST)
        lean = _height(place) / below
        missed = min(below / _above(place), 5.0)
        found.append((missed, mean - spread * lean, max(spread * spread * (1 - place * lean - lean * lean), 0.0)))
    return found


def fit_log_logistic(waits: Iterable[Wait]) -> Bell:
    """The log-logistic bell under which the waits are likeliest, found by narrowing a grid; its middle is in weeks."""
    spans = [((wait.left - wait.began) / WEEK + 0.5, wait.ended) for wait in waits]
    done = sorted(left for left, ended in spans if ended)
    if len(done) < 2:
        return Bell(0.0, 0.0)

    def likelihood(bell: Bell) -> float:
        total = 0.0
        for left, ended in spans:
            odds = (left / bell.mean) ** bell.spread
            total -= (1 + ended) * log(1 + odds)
            if ended:
                total += log(bell.spread * odds / left)
        return total

    best = Bell(done[len(done) // 2], 3.0)
    width = 0.8
    while width > 1e-3:
        grid = [
            Bell(best.mean * exp(width * across / 3), best.spread * exp(width * along / 3))
            for across in range(-3, 4)
            for along in range(-3, 4)
        ]
        best = max(grid, key=likelihood)
        width *= 0.6
    return best


def weekly(bell: Bell, waited: float, weeks: int, *, of_logarithms: bool = False) -> list[float]:
    """The chance of each week ahead given that nothing came before it, after a wait of so many weeks."""
    if of_logarithms:
        middle, steepness = bell

        def lasts(wait: float) -> float:
            return float(1 / (1 + (max(wait, 0.0) / middle) ** steepness))
    else:
        mean, spread = bell

        def lasts(wait: float) -> float:
            return _above((wait - mean) / spread)

    still = [max(lasts(waited + week), _SMALLEST) for week in range(weeks + 1)]
    return [1 - later / now for now, later in pairwise(still)]


@lru_cache(maxsize=65536)
def calendar_place(scale: str, day: int) -> int:
    """The month of the middle of a week that begins on a day, or its week of the year, from 0."""
    middle = date.fromordinal(day + 3)
    return middle.month - 1 if scale == "month" else middle.isocalendar().week - 1


def calendar_rates(
    waits: Iterable[Wait], scale: str, chance: Callable[[Wait, int], Sequence[float]], shrink: float
) -> tuple[float, ...]:
    """How many waits ended in each month (or week) of the year, over how many the bells alone would expect there."""
    size = 12 if scale == "month" else 53
    came, expected = [0.0] * size, [0.0] * size
    for wait in waits:
        if wait.began < STOPPED <= wait.left < BACK:
            continue
        weeks = (wait.left - wait.entered) // WEEK + 1
        for number, hazard in enumerate(chance(wait, weeks)):
            expected[calendar_place(scale, wait.entered + WEEK * number)] += hazard
        if wait.ended:
            came[calendar_place(scale, wait.entered + WEEK * (weeks - 1))] += 1
    return tuple((seen + shrink) / (due + shrink) for seen, due in zip(came, expected, strict=True))
