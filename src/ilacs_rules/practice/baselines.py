"""What people use instead, put in the same form as a forecast: chances by week.

* ``analysts``: between the shortest and the longest wait that was known to have ended by then, of the same
  grade.
* ``window``: the rules' window; where it has passed, a chance that fades with a mean of thirteen weeks.
* ``survival``: the share of waits as long that ended in each week (Kaplan and Meier), by grade, leaning on all grades.

The first two are read generously, as even chances over the weeks that are left.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from ilacs_rules.answering.engine import answers
from ilacs_rules.practice.curve import WEEK, chances
from ilacs_rules.practice.populations import GRADES, Population
from ilacs_rules.practice.waits import Wait
from ilacs_rules.records import Subject

__all__ = ["BASELINES", "Asked", "Lasting"]

_FADES = 13
_LEAN = 10.0
_LONGEST = 1200


class Lasting:
    """How many waits of each grade were open, and how many ended, in each week of waiting."""

    def __init__(self, waits: Iterable[Wait], by_analysts: Iterable[Wait]) -> None:
        size = len(GRADES)
        change, self.ended = ([[0] * _LONGEST for _ in range(size)] for _ in range(2))
        self.lengths: list[list[int]] = [[] for _ in range(size)]
        for wait in waits:
            entered, left = ((day - wait.began) // WEEK for day in (wait.entered, wait.left))
            change[wait.grade][entered] += 1
            change[wait.grade][left + 1] -= 1
            if wait.ended:
                self.ended[wait.grade][left] += 1
        for wait in by_analysts:
            if wait.ended:
                self.lengths[wait.grade].append((wait.left - wait.began) // WEEK)
        self.open = [list(accumulate(row)) for row in change]
        self.all_open, self.all_ended = (
            [sum(row[week] for row in rows) for week in range(_LONGEST)] for rows in (self.open, self.ended)
        )


class Asked(NamedTuple):
    """What a baseline is given: the waits known on the day, and the subject with the wait that it is in."""

    population: Population
    known: Lasting
    wait: Wait
    subject: Subject
    day: date

    @property
    def waited(self) -> int:
        """Weeks from the first day of the wait to the day after the day asked."""
        return (self.day.toordinal() + 1 - self.wait.began) // WEEK


def _even(first: int, last: int, weeks: int) -> list[float]:
    """Even chances from one week ahead to another, cut at the day asked; once both have passed, a fading chance."""
    first = max(first, 0)
    if last < first:
        return chances([1 / _FADES] * weeks)
    return [1 / (last - first + 1) if first <= week <= last else 0.0 for week in range(max(weeks, last + 1))]


def _analysts(asked: Asked) -> list[float]:
    grade = asked.known.lengths[asked.wait.grade]
    ended = grade if len(grade) > 1 else [length for row in asked.known.lengths for length in row]
    if not ended:
        return chances([1 / _FADES] * asked.population.weeks)
    return _even(min(ended) - asked.waited, max(ended) - asked.waited, asked.population.weeks)


def _window(asked: Asked) -> list[float]:
    today = asked.day.toordinal() + 1
    for answer in answers(asked.subject, as_of=asked.day):
        if answer.activity in asked.population.ends and answer.window.closes:
            first, last = answer.window.opens or asked.day, answer.window.closes
            return _even(
                (first.toordinal() - today) // WEEK, (last.toordinal() - today) // WEEK, asked.population.weeks
            )
    return chances([1 / _FADES] * asked.population.weeks)


def _survival(asked: Asked) -> list[float]:
    known, grade = asked.known, asked.wait.grade
    hazards: list[float] = []
    for week in range(asked.waited, asked.waited + asked.population.weeks):
        pooled = known.all_ended[week] / known.all_open[week] if known.all_open[week] else 0.0
        hazards.append((known.ended[grade][week] + _LEAN * pooled) / (known.open[grade][week] + _LEAN))
    return chances(hazards)


BASELINES: dict[str, Callable[[Asked], list[float]]] = {
    "analysts": _analysts,
    "window": _window,
    "survival": _survival,
}
"""The baselines by name, each from what was known on the day to chances by week."""
