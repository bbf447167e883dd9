"""What a forecast rests on, as data and in words."""

from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.practice.populations import Population
from ilacs_rules.practice.table import Cell, Fitted, Tried
from ilacs_rules.practice.waits import ALL, Wait, groups_of
from ilacs_rules.values import Day, Record

__all__ = ["HONESTY", "Evidence", "cell_of", "evidence_of"]

_REFORM = date(2026, 4, 1)


class Evidence(Record):
    """What a forecast rests on. A wait is the time from one inspection to the next.

    Attributes:
        population: which subjects were measured.
        waits, ended, subjects: how many waits were counted, how many had ended, and of how many subjects.
        first, last: the first days of the earliest and the latest wait.
        seen_until: the last day that counts as seen.
        waited: how many weeks this subject has waited.
        at_risk: how many waits lasted as long.
        group: the group that the subject belongs to.
        ended_of_group: how many waits of the group ended.
        taken_from: the larger group whose numbers were used instead, if so.
        unseen: what came after the record's last day and would not be seen. Empty if the record reaches the day.
        tried: how forecasts like these have done.
        not_in_it: what the measurement could not see.

    >>> import ilacs_rules as ir
    >>> from ilacs_rules.practice import forecast
    >>> home = ir.Provider(type="childrens_home", name="A home", events=[
    ...     ir.Event(activity="full_inspection", started="2024-05-14", published="2024-06-20",
    ...              judgements={"overall": "good"})])
    >>> rests_on = forecast(home, as_of="2025-03-02").evidence
    >>> rests_on.ended < rests_on.waits, rests_on.waited
    (True, 41)
    >>> forecast(home.model_copy(update={"type": "supported_accommodation"}), as_of="2025-03-02").evidence is None
    True
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
    group: str
    ended_of_group: int
    taken_from: str = ""
    unseen: str = ""
    tried: Tried | None = None
    not_in_it: tuple[str, ...] = ()

    @property
    def of_all(self) -> tuple[str, ...]:
        """What is known of every wait of the kind, in sentences."""
        return (*self._counted, *self._held, *self.not_in_it)

    @property
    def own(self) -> tuple[str, ...]:
        """What is known of this wait, in sentences."""
        lasted = f"This one has lasted {self.waited} weeks; {self.at_risk:,} lasted as long."
        larger = (
            f"Only {self.ended_of_group} waits of its group ({self.group}) had ended, so the numbers "
            f"rest on those of a larger one ({self.taken_from})."
        )
        return (lasted, *([larger] if self.taken_from else []), *([self.unseen] if self.unseen else []))

    @property
    def _counted(self) -> tuple[str, ...]:
        return (
            f"Measured on {self.waits:,} waits ({self.population}).",
            f"They began from {in_full(self.first)} to {in_full(self.last)}.",
            f"By {in_full(self.seen_until)}, {self.ended:,} of them had ended.",
        )

    @property
    def _held(self) -> tuple[str, ...]:
        if not self.tried:
            return ()
        low, high = self.tried.held_at_least, self.tried.held_at_most
        held = (
            f"Of {self.tried.forecasts:,} forecasts like this, made from {in_full(self.tried.first)} to "
            f"{in_full(self.tried.last)} on {self.tried.subjects:,} subjects with what was known then, "
            f"{low if low == high else f'between {low} and {high}'} of 100 80% intervals held."
        )
        return (held,)

    def __str__(self) -> str:
        """The evidence as a person would say it."""
        return " ".join((*self._counted, *self.own, *self._held, *self.not_in_it))


HONESTY = (
    "A forecast is what was seen to happen to others. It is not a rule, and it changes no answer.",
    "Every wait that has ended began before the reform of April 2026; what the reform changes cannot be seen yet.",
    "No gain in days can be proved over a window from the shortest to the longest wait, drawn with all later data.",
    "What a forecast adds to such a window is the chance of each week.",
    "Monitoring visits to authorities are not forecast: too few exact days are on record.",
)
"""What must be known of all forecasts, wherever they are shown."""

_NOT_IN_IT = {
    "year": (
        "A setting that closes is not inspected again; closing is not forecast.",
        "In single months the national pace differs by up to ten points from these odds.",
    ),
    "bell": ("No forecast of this kind has been tried across a change of framework.",),
    "log_logistic": (
        "Only the latest joint inspection of an area was on record, so some visits that one replaced look missing.",
    ),
    "run": ("One home in five had no monitoring visit before its next full inspection; they are not in it.",),
}


def cell_of(population: Population, fitted: Fitted, wait: Wait | None) -> Cell:
    """The closest group of a wait in which enough waits have ended; without one, that of all waits."""
    cells = {cell.group: cell for cell in fitted.cells}
    groups = groups_of(population, wait) if wait else (ALL,)
    return cells[next(name for name in groups if name == ALL or (name in cells and not cells[name].taken_from))]


def evidence_of(
    population: Population, fitted: Fitted, wait: Wait | None, waited: int, tried: Tried | None = None
) -> Evidence:
    """What a forecast for a wait rests on."""
    groups = groups_of(population, wait) if wait else (ALL,)
    mine = next((cell for cell in fitted.cells if cell.group == groups[0]), None)
    used = cell_of(population, fitted, wait).group
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
        group=groups[0].replace("_", " "),
        ended_of_group=mine.ended if mine else 0,
        taken_from="" if used == groups[0] else used.replace("_", " "),
        tried=tried,
        not_in_it=(*(_AFTER[:1] if fitted.ended_began < _REFORM else ()), *_AFTER[1:], *_NOT_IN_IT[population.method]),
    )


_AFTER = (
    "Every wait that has ended began before the reform of April 2026; what the reform changes cannot be seen yet.",
    "Waits that the suspension of 2020 to 2021 interrupted are left out, or counted without its days.",
)
