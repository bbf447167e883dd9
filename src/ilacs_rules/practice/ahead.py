"""From the numbers of a table to the chances of one wait, step by step from the day after the day asked."""

from collections.abc import Sequence
from datetime import date

from ilacs_rules.practice.bell import Bell, calendar_place, weekly
from ilacs_rules.practice.curve import WEEK, chances
from ilacs_rules.practice.fitting import rates_in
from ilacs_rules.practice.populations import Population
from ilacs_rules.practice.table import Fitted
from ilacs_rules.practice.waits import Wait, groups_of
from ilacs_rules.practice.year import hazards

__all__ = ["ahead"]


def ahead(population: Population, fitted: Fitted, wait: Wait, day: date) -> list[float]:
    """The chance of each step from the day after ``day``, for a subject that is in a wait."""
    first, numbers = day.toordinal() + 1, fitted.numbers
    if population.method == "run":
        return _from_run(numbers["days"], first - wait.began, population.weeks * WEEK)
    if population.method == "year":
        return chances(hazards(rates_in(fitted), wait.grade, wait.began, first, population.weeks))
    bell = Bell(*next(numbers[name] for name in groups_of(population, wait) if name in numbers))
    rates_of = numbers["calendar"]
    alone = weekly(
        bell, (first - wait.began) / WEEK, population.weeks, of_logarithms=population.method == "log_logistic"
    )
    return chances(
        hazard * rates_of[calendar_place(population.scale, first + WEEK * week)] for week, hazard in enumerate(alone)
    )


_SMOOTHED = 7


def _from_run(days: Sequence[float], waited: int, most: int) -> list[float]:
    """The waits that lasted longer, as a chance for each day ahead.

    Each is spread evenly over three days on either side: the shortest run of raw days is too short for waits not yet
    seen.
    """
    size = min(int(days[-1]) - waited + _SMOOTHED, most) + 1 if days else 0
    weight = [0] * max(size, 0)
    for day in days:
        for near in range(int(day) - _SMOOTHED - waited, int(day) + _SMOOTHED - waited + 1):
            if 0 <= near < len(weight):
                weight[near] += 1
    total = sum(weight)
    return [count / total for count in weight] if total else []
