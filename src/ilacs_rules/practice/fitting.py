"""From histories to a table: the waits that were known on a day, counted and fitted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ilacs_rules.errors import RecordError
from ilacs_rules.practice.bell import Bell, calendar_rates, fit_bell, fit_log_logistic, weekly
from ilacs_rules.practice.curve import WEEK
from ilacs_rules.practice.populations import POPULATIONS, Population, known_population
from ilacs_rules.practice.table import METHOD, Cell, Fitted, Table
from ilacs_rules.practice.waits import ALL, NEW, Wait, counted, groups_of, waits_of
from ilacs_rules.practice.year import FACTORS, Rates, fit_year
from ilacs_rules.records import LocalAuthority, Subject
from ilacs_rules.records.given import subjects_given
from ilacs_rules.situation import checked_day

__all__ = ["FEWEST", "are_histories", "fit", "fitted", "lengths_of_runs"]

FEWEST = 20
"""With fewer ended waits than this, a grade takes the numbers of all grades together, and the evidence says so."""
_SHRINK = {"month": 10.0, "week": 2.0}
_STEP = 4


def fit(subjects: Iterable[Subject], *, known_by: date | Mapping[str, date]) -> Table:
    """The table of what was seen to happen to some subjects.

    Args:
        subjects: histories, each a ``LocalAuthority`` or a ``Provider``. A file that gives only the latest inspection
            of each is
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
    days, histories = _days(known_by), subjects_given(subjects)
    found: list[Fitted] = []
    for population in POPULATIONS:
        if population.id in days:
            day = days[population.id]
            waits = _waits(histories, population, day)
            if sum(wait.ended for wait in waits) > 1 and are_histories(waits):
                around = next((item for item in found if item.population == population.leans_on), None)
                found.append(fitted(population, waits, day, around))
    if not found:
        raise RecordError(
            "no wait has ended in these histories by that day",
            field="subjects",
            value=f"{len(histories)} subjects",
            expected="histories with two inspections of one subject; a list of latest inspections is no history",
        )
    table = Table(method=METHOD, populations=tuple(found))
    return Table(method=METHOD, populations=tuple(found), fingerprint=table.measured)


def are_histories(waits: Sequence[Wait]) -> bool:
    """Whether a wait between two inspections has ended.

    A list of latest inspections with days of registration is not such a history. Each of its waits would run from a
    registration to an inspection that was seldom the first.
    """
    return any(wait.ended and wait.grade != NEW for wait in waits)


def _waits(histories: Sequence[Subject], population: Population, day: date) -> list[Wait]:
    """The waits of a population that count on a day."""
    return [
        wait
        for whose, subject in enumerate(histories)
        if subject.type in population.types
        for wait in counted(waits_of(subject, population, whose), population, day.toordinal(), _closed(subject))
    ]


def _days(known_by: date | Mapping[str, date]) -> dict[str, date]:
    if isinstance(known_by, Mapping):
        return {known_population(name).id: checked_day(day) for name, day in known_by.items()}
    day = checked_day(known_by)
    return {population.id: day for population in POPULATIONS}


def _closed(subject: Subject) -> int | None:
    ended = subject.abolished if isinstance(subject, LocalAuthority) else subject.closed
    return ended.toordinal() if ended else None


def fitted(population: Population, waits: Sequence[Wait], seen_until: date, around: Fitted | None = None) -> Fitted:
    """The numbers of one population, from waits that count."""
    numbers = _METHODS[population.method](population, waits, around)
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
        numbers={
            name: tuple(round(number, 6 if name == "base" else 3) for number in row) for name, row in numbers.items()
        },
    )


def _cells(population: Population, waits: Sequence[Wait]) -> tuple[Cell, ...]:
    return tuple(_cell(name, mine) for name, mine in _groups(population, waits).items())


def _cell(name: str, waits: Sequence[Wait]) -> Cell:
    ended = [(wait.left - wait.began) // WEEK for wait in waits if wait.ended]
    return Cell(
        group=name,
        waits=len(waits),
        ended=len(ended),
        longest=max(ended, default=0),
        taken_from="" if len(ended) >= FEWEST else ALL,
    )


def _groups(population: Population, waits: Sequence[Wait]) -> dict[str, list[Wait]]:
    """The waits of each group that may have numbers of its own, and of all together."""
    groups: dict[str, list[Wait]] = {ALL: list(waits)}
    for wait in waits:
        for name in groups_of(population, wait):
            if name != ALL:
                groups.setdefault(name, []).append(wait)
    return groups


Numbers = dict[str, Sequence[float]]


def _year(_: Population, waits: Sequence[Wait], around: Fitted | None) -> Numbers:
    rates = fit_year(waits, rates_in(around) if around else None)
    return {"base": (rates.base,), **dict(zip(FACTORS, rates.factors, strict=True))}


def _bells(population: Population, waits: Sequence[Wait], bells: Mapping[str, Bell], logarithms: bool) -> Numbers:
    """The bells of groups of waits, with the calendar that is left over."""

    def chance(wait: Wait, weeks: int) -> list[float]:
        bell = bells[next(name for name in groups_of(population, wait) if name in bells)]
        return weekly(bell, (wait.entered - wait.began) / WEEK, weeks, of_logarithms=logarithms)

    return {**bells, "calendar": calendar_rates(waits, population.scale, chance, _SHRINK[population.scale])}


def _of_many(groups: Mapping[str, Sequence[Wait]], fit_one: Callable[[Sequence[Wait]], Bell]) -> dict[str, Bell]:
    """A bell for all waits, and for each group in which enough have ended."""
    enough = (name for name, mine in groups.items() if name == ALL or sum(wait.ended for wait in mine) >= FEWEST)
    return {name: fit_one(groups[name]) for name in enough}


def _leaning(population: Population, groups: Mapping[str, Sequence[Wait]]) -> dict[str, Bell]:
    """A bell for every group: a kind of one grade leans on that grade, and a grade or a kind on all waits."""
    larger = dict.fromkeys(groups, ALL) | {
        names[0]: names[1] for wait in groups[ALL] if len(names := groups_of(population, wait)) > 1
    }
    bells = {ALL: fit_bell(groups[ALL])}
    for name in sorted(groups.keys() - {ALL}, key=lambda name: (larger[name] != ALL, name)):
        bells[name] = fit_bell(groups[name], bells[larger[name]], population.leans)
    return bells


def _bell(population: Population, waits: Sequence[Wait], _: Fitted | None) -> Numbers:
    groups = _groups(population, waits)
    bells = _leaning(population, groups) if population.leans else _of_many(groups, fit_bell)
    return _bells(population, waits, bells, logarithms=False)


def _log_logistic(population: Population, waits: Sequence[Wait], _: Fitted | None) -> Numbers:
    return _bells(population, waits, _of_many(_groups(population, waits), fit_log_logistic), logarithms=True)


def rates_in(fitted: Fitted) -> Rates:
    """The rates of a population that is measured by the year."""
    return Rates(fitted.numbers["base"][0], tuple(fitted.numbers[name] for name in FACTORS))


def _run(_: Population, waits: Sequence[Wait], __: Fitted | None) -> Numbers:
    return {"days": lengths_of_runs(waits)}


def lengths_of_runs(waits: Iterable[Wait]) -> tuple[float, ...]:
    """How many days each wait that ended had lasted, shortest first."""
    return tuple(sorted(float(wait.left - wait.began) for wait in waits if wait.ended))


_METHODS: dict[str, Callable[[Population, Sequence[Wait], Fitted | None], Numbers]] = {
    "year": _year,
    "bell": _bell,
    "log_logistic": _log_logistic,
    "run": _run,
}
