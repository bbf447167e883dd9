"""From histories to a table: the waits that were known on a day, counted and fitted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ilacs_rules.errors import RecordError
from ilacs_rules.practice.bell import Bell, calendar_rates, fit_bell, fit_log_logistic, weekly
from ilacs_rules.practice.curve import WEEK
from ilacs_rules.practice.populations import GRADES, POPULATIONS, Population, known_population
from ilacs_rules.practice.table import METHOD, Cell, Fitted, Table
from ilacs_rules.practice.waits import Wait, counted, waits_of
from ilacs_rules.practice.year import FACTORS, fit_year
from ilacs_rules.records import Subject
from ilacs_rules.situation import checked_day

__all__ = ["FEWEST", "fit", "fitted", "lengths_of_runs"]

FEWEST = 20
"""With fewer ended waits than this, a grade takes the numbers of all grades together, and the evidence says so."""
_LEAN = 10.0
"""So many waits of all grades together are added to the waits of each grade."""
_SHRINK = {"month": 10.0, "week": 2.0}
_STEP = 4


def fit(subjects: Iterable[Subject], *, known_by: date | Mapping[str, date]) -> Table:
    """The table of what was seen to happen to some subjects.

    Args:
        subjects: histories, each a ``LocalAuthority`` or a ``Provider``. A file that gives only the latest inspection of each is
            no history: no wait has ended in it.
        known_by: the last day that counts as seen, the same for all or by population. Inspections of the last months
            before a file was made often lack their report: give a day before those.

    Raises:
        RecordError: no wait has ended, or ``known_by`` is not a day. UnknownWordError: not a population.

    >>> from datetime import date
    >>> from ilacs_rules import Event, Provider
    >>> def home(*years):
    ...     return Provider(type="childrens_home", name="A home", events=[
    ...         Event(activity="full_inspection", started=date(year, 6, 1), published=date(year, 7, 1),
    ...               judgements={"overall": "good"}) for year in years])
    >>> table = fit([home(2022, 2023), home(2022, 2023, 2024)], known_by=date(2024, 12, 31))
    >>> table.of("childrens_homes").ended
    3
    >>> fit([home(2023)], known_by=date(2024, 12, 31))
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: subjects: no wait has ended in these histories ...
    """
    days = _days(known_by)
    histories = list(subjects)
    found: list[Fitted] = []
    for population in POPULATIONS:
        if population.id not in days:
            continue
        known = days[population.id].toordinal()
        waits = [
            wait
            for whose, subject in enumerate(histories)
            if subject.type in population.types
            for wait in counted(waits_of(subject, population, whose), population, known, _closed(subject))
        ]
        if sum(wait.ended for wait in waits) > 1:
            found.append(fitted(population, waits, days[population.id]))
    if not found:
        raise RecordError(
            "no wait has ended in these histories by that day",
            field="subjects",
            value=f"{len(histories)} subjects",
            expected="histories with two inspections of one subject; a list of latest inspections is no history",
        )
    table = Table(method=METHOD, populations=tuple(found))
    return Table(method=METHOD, populations=tuple(found), fingerprint=table.measured)


def _days(known_by: date | Mapping[str, date]) -> dict[str, date]:
    if isinstance(known_by, Mapping):
        return {known_population(name).id: checked_day(day) for name, day in known_by.items()}
    day = checked_day(known_by)
    return {population.id: day for population in POPULATIONS}


def _closed(subject: Subject) -> int | None:
    closed = getattr(subject, "closed", None)
    return closed.toordinal() if closed else None


def fitted(population: Population, waits: Sequence[Wait], seen_until: date) -> Fitted:
    """The numbers of one population, from waits that count."""
    numbers = _METHODS[population.method](population, waits)
    # A wait that was watched in two stretches is one wait.
    whole = {(wait.whose, wait.began): wait for wait in waits}.values()
    lengths = [(wait.left - wait.began) // WEEK for wait in whole]
    longest = max((length for length, wait in zip(lengths, whole, strict=True) if wait.ended), default=0)
    return Fitted(
        population=population.id,
        waits=len(whole),
        ended=sum(wait.ended for wait in whole),
        subjects=len({wait.whose for wait in whole}),
        first=date.fromordinal(min(wait.began for wait in whole)),
        last=date.fromordinal(max(wait.began for wait in whole)),
        ended_began=date.fromordinal(max(wait.began for wait in whole if wait.ended)),
        seen_until=seen_until,
        lasted=tuple(sum(length >= week for length in lengths) for week in range(0, max(lengths) + 1, _STEP)),
        longest=longest,
        cells=_cells(population, list(whole)),
        numbers={name: tuple(round(number, 6 if name == "base" else 3) for number in row) for name, row in numbers.items()},
    )


def _cells(population: Population, waits: Sequence[Wait]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for place, grade in enumerate(GRADES) if population.by_grade else ():
        mine = [wait for wait in waits if wait.grade == place]
        ended = sum(wait.ended for wait in mine)
        if mine:
            cells.append(
                Cell(grade=grade, waits=len(mine), ended=ended, taken_from="" if ended >= FEWEST else "all grades")
            )
    everything = Cell(grade="all grades", waits=len(waits), ended=sum(wait.ended for wait in waits))
    return (*cells, everything)


Numbers = dict[str, Sequence[float]]


def _year(_: Population, waits: Sequence[Wait]) -> Numbers:
    rates = fit_year(waits)
    return {"base": (rates.base,), **dict(zip(FACTORS, rates.factors, strict=True))}


def _bell(population: Population, waits: Sequence[Wait]) -> Numbers:
    everyone = fit_bell(waits)
    numbers: dict[str, Sequence[float]] = {"all grades": everyone}
    for place, grade in enumerate(GRADES) if population.by_grade else ():
        mine = [wait for wait in waits if wait.grade == place]
        if sum(wait.ended for wait in mine) >= FEWEST:
            numbers[grade] = fit_bell(mine, everyone, _LEAN)

    def chance(wait: Wait, weeks: int) -> list[float]:
        bell = Bell(*numbers.get(GRADES[wait.grade], everyone))
        return weekly(bell, (wait.entered - wait.began) / WEEK, weeks)

    return {**numbers, "calendar": calendar_rates(waits, population.scale, chance, _SHRINK[population.scale])}


def _log_logistic(population: Population, waits: Sequence[Wait]) -> Numbers:
    everyone = fit_log_logistic(waits)

    def chance(wait: Wait, weeks: int) -> list[float]:
        return weekly(everyone, (wait.entered - wait.began) / WEEK, weeks, of_logarithms=True)

    return {"all grades": everyone, "calendar": calendar_rates(waits, population.scale, chance, _SHRINK[population.scale])}


def _run(_: Population, waits: Sequence[Wait]) -> Numbers:
    return {"days": lengths_of_runs(waits)}


def lengths_of_runs(waits: Iterable[Wait]) -> tuple[float, ...]:
    """How many days each wait that ended had lasted, shortest first."""
    return tuple(sorted(float(wait.left - wait.began) for wait in waits if wait.ended))


_METHODS: dict[str, Callable[[Population, Sequence[Wait]], Numbers]] = {
    "year": _year,
    "bell": _bell,
    "log_logistic": _log_logistic,
    "run": _run,
}
