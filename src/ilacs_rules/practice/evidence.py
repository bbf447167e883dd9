"""What a forecast rests on, as data and in words."""

from datetime import date

from ilacs_rules.practice.populations import GRADES, Population
from ilacs_rules.practice.table import Fitted
from ilacs_rules.values import Day, Record
from ilacs_rules.dates import in_full

__all__ = ["Evidence", "Tried", "evidence_of"]

_REFORM = date(2026, 4, 1)


class Tried(Record):
    """How forecasts like these have done on subjects outside the fit: how many of the 80% intervals held.

    Where waits were still open, ``held_at_least`` counts them as outside and ``held_at_most`` as inside.
    """

    forecasts: int
    subjects: int
    first: Day
    last: Day
    held_at_least: float
    held_at_most: float


class Evidence(Record):
    """What a forecast rests on.

    Attributes:
        population: which subjects were measured.
        waits, ended, subjects: how many waits were counted, how many had ended, of how many subjects.
        first, last, seen_until: the first days of the waits, and the last day that counts as seen.
        waited: weeks that this subject has waited. at_risk: how many waits lasted as long.
        grade: the grade whose numbers were used; ended_of_grade: its waits that ended; taken_from: the larger group used instead.
        tried: how forecasts like these have done. not_in_it: what the measurement could not see.
    """

    population: str
    waits: int
    ended: int
    subjects: int
    first: Day
    last: Day
    seen_until: Day
    waited: int
    at_risk: int
    grade: str
    ended_of_grade: int
    taken_from: str = ""
    tried: Tried | None = None
    not_in_it: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The evidence as a person would say it."""
        counted = (
            f"Measured on {self.waits:,} waits ({self.population}) that began from {in_full(self.first)} to {in_full(self.last)}; "
            f"{self.ended:,} had ended by {in_full(self.seen_until)}. This one has lasted {self.waited} weeks; {self.at_risk:,} lasted as long."
        )
        group = f" Only {self.ended_of_grade} waits of this grade ({self.grade}) had ended, so the numbers are those of {self.taken_from}."
        tried = ""
        if self.tried:
            low, high = (f"{share:.0%}".rstrip("%") for share in (self.tried.held_at_least, self.tried.held_at_most))
            held = low if low == high else f"between {low} and {high}"
            tried = (
                f" Of {self.tried.forecasts:,} forecasts like this, made for {in_full(self.tried.first)} to {in_full(self.tried.last)} on "
                f"{self.tried.subjects:,} subjects outside the fit, {held} of 100 80% intervals held."
            )
        return " ".join((counted + (group if self.taken_from else "") + tried, *self.not_in_it))


_NOT_IN_IT = {
    "year": (
        "A setting that closes is not inspected again; closing is not forecast.",
        "In single months the national pace differs by up to ten points from these odds.",
    ),
    "bell": ("No forecast of this kind has been tried across a change of framework.",),
    "log_logistic": ("Only the latest joint inspection of an area was on record, so some visits that one replaced look missing.",),
    "run": ("One home in five had no monitoring visit before its next full inspection; they are not in it.",),
}


def evidence_of(population: Population, fitted: Fitted, grade: int | None, waited: int) -> Evidence:
    """What a forecast for a wait of a grade rests on."""
    cell = fitted.cell(grade) if grade is not None else fitted.cells[-1]
    after = (
        "Every wait that has ended began before the reform of April 2026; what the reform changes cannot be seen yet.",
        "Waits that the suspension of 2020 to 2021 interrupted are left out or counted only from the return.",
    )
    return Evidence(
        population=population.words,
        waits=fitted.waits,
        ended=fitted.ended,
        subjects=fitted.subjects,
        first=fitted.first,
        last=fitted.last,
        seen_until=fitted.seen_until,
        waited=waited,
        at_risk=fitted.lasted[waited // 4] if waited // 4 < len(fitted.lasted) else 0,
        grade=GRADES[grade].replace("_", " ") if grade is not None else "",
        ended_of_grade=cell.ended,
        taken_from=cell.taken_from,
        tried=None,
        not_in_it=(*(after[:1] if fitted.ended_began < _REFORM else ()), *after[1:], *_NOT_IN_IT[population.method]),
    )
