"""How forecasts like these would have done: fitted on what was known on each day, judged on what came after.

Subjects are dealt into folds. Each subject is tested with numbers that were fitted without it. There are few
authorities, so they are tested with numbers fitted on everything that was known on the day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast

from ilacs_rules.dates import add_days
from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.practice.ahead import ahead
from ilacs_rules.practice.baselines import BASELINES, Asked, Lasting
from ilacs_rules.practice.curve import WEEK
from ilacs_rules.practice.fitting import are_histories, fitted
from ilacs_rules.practice.populations import BY_ID, Population
from ilacs_rules.practice.scores import Judged, Question, Score, judge, score
from ilacs_rules.practice.table import Fitted
from ilacs_rules.practice.trials import TRIALS, Trial
from ilacs_rules.practice.waits import Wait, counted, waits_of
from ilacs_rules.records import Subject
from ilacs_rules.records.given import subjects_given
from ilacs_rules.situation import checked_day
from ilacs_rules.values.given import one_of

__all__ = ["Backtest", "Result", "backtest", "run"]

FOLDS = 5
OURS = "this library"
Waits = list[tuple[Wait, int | None]]


class Result(NamedTuple):
    """The scores of one way of forecasting for one population: of all questions, and of its closed cohort."""

    population: str
    way: str
    every_question: Score
    closed_cohort: Score | None


class Backtest(NamedTuple):
    """What a back-test found: a result for each population and each way of forecasting.

    Attributes:
        first, last: the first and last day asked about.
        results: the results; see ``Result``.
        left_out: for each population, how many questions were not judged because the subject was never seen again.
    """

    first: date
    last: date
    results: tuple[Result, ...]
    left_out: dict[str, int]

    def of(self, population: str, way: str = OURS) -> Result:
        """The result of one population and one way of forecasting.

        Raises:
            RecordError: it was not part of the back-test.
        """
        for result in self.results:
            if (result.population, result.way) == (population, way):
                return result
        raise RecordError(
            "was not asked about", field="population", value=f"{population}, {way}", expected="one of `results`"
        )


def backtest(
    subjects: Iterable[Subject], *, from_: date, to: date, every: int = 4, trials: Mapping[str, Trial] = TRIALS
) -> Backtest:
    """How forecasts would have done on every ``every``-th week from ``from_`` to ``to``.

    Args:
        subjects: subjects with whole histories. A list of latest inspections is not enough.
        from_, to: the first and the last day asked about.
        every: how many weeks lie between two days.
        trials: how each population is judged; see ``ilacs_rules.practice.trials``.

    Raises:
        RecordError: something is not a day, the days are not in order, or nothing could be asked.

    >>> from ilacs_rules import Event, Provider
    >>> def home(number, *days):
    ...     return Provider(type="childrens_home", name=f"Home {number}", events=[
    ...         Event(activity="full_inspection", started=day, published=add_days(day, 30),
    ...               judgements={"overall": "good"}) for day in days])
    >>> homes = [home(n, *(add_days(date(year, 5, 3), 6 * n) for year in (2021, 2022, 2023))) for n in range(30)]
    >>> tried = backtest(homes, from_=date(2022, 9, 4), to=date(2022, 10, 2))
    >>> tried.of("childrens_homes").every_question.questions > 20
    True
    >>> backtest(homes, from_=date(2022, 9, 4), to=date(2021, 9, 4))
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: to: is before the first day ...
    """
    first, last = checked_day(from_), checked_day(to)
    days, histories = _days(first, last, every), list(subjects_given(subjects))
    results: list[Result] = []
    left_out: dict[str, int] = {}
    for name, trial in _sure(trials).items():
        found, missed = run(histories, BY_ID[name], trial, days)
        results += found
        left_out[name] = missed
    if not results:
        raise RecordError(
            "there was nothing to ask about these histories on those days",
            field="subjects",
            value=f"{len(histories)} subjects",
            expected="histories with inspections before and after the days asked",
        )
    return Backtest(first, last, tuple(results), left_out)


def _days(first: date, last: date, every: int) -> list[date]:
    if last < first:
        raise RecordError("is before the first day", field="to", value=last, expected=f"{first} or later")
    if type(every) is not int or every < 1:
        raise RecordError("is not a number of weeks", field="every", value=every, expected="a whole number from 1")
    return [add_days(first, WEEK * week) for week in range(0, (last - first).days // WEEK + 1, every)]


class _Put(NamedTuple):
    """A question put to every way of forecasting: the fold, the subject, its wait, and what came."""

    fold: int
    subject: Subject
    wait: Wait
    day: date
    question: Question
    cohort: bool


def _sure(trials: object) -> Mapping[str, Trial]:
    """The trials, once each is sure to be one of a population."""
    if not isinstance(trials, Mapping):
        raise RecordError(
            "is not a mapping of trials", field="trials", value=trials, expected="a mapping of populations to trials"
        )
    for name, trial in cast("Mapping[object, object]", trials).items():
        if one_of(name, BY_ID) is None or not isinstance(trial, Trial):
            raise UnknownWordError(
                "is not a known population", field="trials", value=name, expected=nearest(name, BY_ID)
            )
    return cast("Mapping[str, Trial]", trials)


def run(
    histories: Sequence[Subject], population: Population, trial: Trial, days: Iterable[date]
) -> tuple[list[Result], int]:
    """The results of one population on some days, and how many questions were left out."""
    waits = _waits(histories, population)
    larger = _waits(histories, BY_ID[population.leans_on]) if population.leans_on else {}
    ways: dict[str, list[tuple[Judged, bool]]] = {}
    missed = 0
    if trial.at_the_start:
        days = _starts(waits, days)
    for day in days:
        around = _known(larger, BY_ID[population.leans_on], day, trial, {}) if larger else {}
        known = _known(waits, population, day, trial, around)
        asked, skipped = _questions(histories, waits, population, trial, day)
        missed += skipped
        for fold, (numbers, lasting) in known.items():
            for put in (item for item in asked if item.fold == fold):
                for way, chances in _ways(population, numbers, lasting, put):
                    ways.setdefault(way, []).append((judge(chances, put.question), put.cohort))
    results = [
        Result(
            population.id,
            way,
            score([item for item, _ in judged]),
            score([item for item, cohort in judged if cohort]) if any(cohort for _, cohort in judged) else None,
        )
        for way, judged in ways.items()
    ]
    return results, missed


def _starts(waits: Mapping[int, Waits], days: Iterable[date]) -> list[date]:
    """The first days of all waits within some days."""
    inside = sorted(day.toordinal() for day in days)
    begun = {wait.began for row in waits.values() for wait, _ in row if inside[0] <= wait.began <= inside[-1]}
    return [date.fromordinal(day) for day in sorted(begun)]


def _waits(histories: Sequence[Subject], population: Population) -> dict[int, Waits]:
    return {
        number: waits_of(subject, population, number)
        for number, subject in enumerate(histories)
        if subject.type in population.types
    }


def _known(
    waits: Mapping[int, Waits],
    population: Population,
    day: date,
    trial: Trial,
    larger: Mapping[int, tuple[Fitted, Lasting]],
) -> dict[int, tuple[Fitted, Lasting]]:
    """What was fitted on a day for each fold, from the subjects outside it."""
    found: dict[int, tuple[Fitted, Lasting]] = {}
    by_analysts = population._replace(since=trial.analysts_since or population.since)
    for fold in range(FOLDS if trial.folds else 1):
        around = larger[fold][0] if fold in larger else None
        rows = [row for number, row in waits.items() if not trial.folds or number % FOLDS != fold]
        mine = [wait for row in rows for wait in counted(row, population, day.toordinal())]
        if sum(wait.ended for wait in mine) > 1 and are_histories(mine):
            compared = (wait for row in rows for wait in counted(row, by_analysts, day.toordinal()))
            found[fold] = fitted(population, mine, day, around), Lasting(mine, compared)
    return found


def _questions(
    histories: Sequence[Subject],
    waits: Mapping[int, Waits],
    population: Population,
    trial: Trial,
    day: date,
) -> tuple[list[_Put], int]:
    """Every subject that was waiting on a day, and how many were left out because they were never seen again."""
    found: list[_Put] = []
    missed = 0
    today, seen_by = day.toordinal(), trial.seen_by.toordinal()
    step = 1 if population.method == "run" else WEEK
    for number, row in waits.items():
        begun = [(wait, end) for wait, end in row if population.since.toordinal() <= wait.began <= today]
        if not begun or begun[-1][0].began < trial.begun_from.toordinal():
            continue
        wait, end = begun[-1]
        if trial.at_the_start:
            waiting = wait.began == today and end is not None and end <= seen_by
        else:
            waiting = wait.known <= today and wait.left >= today and (end is None or end > today)
        if not waiting or (today - wait.began) // WEEK < trial.waited_at_least:
            continue
        last_seen = max((event.first_known.toordinal() for event in histories[number].events), default=0)
        came = end if end is not None and end <= seen_by else None
        if trial.seen_again and came is None and last_seen <= today:
            missed += 1
            continue
        seen = min(seen_by, wait.left)
        question = Question(
            number, None if came is None else (came - today - 1) // step, max((seen - today - 1) // step, 0), step
        )
        cohort = trial.cohort[wait.grade]
        found.append(
            _Put(
                number % FOLDS if trial.folds else 0,
                histories[number],
                wait,
                day,
                question,
                cohort is not None and date.fromordinal(wait.began) <= cohort,
            )
        )
    return found, missed


def _ways(population: Population, numbers: Fitted, lasting: Lasting, put: _Put) -> Iterator[tuple[str, list[float]]]:
    yield OURS, ahead(population, numbers, put.wait, put.day)
    if population.method != "run":
        asked = Asked(population, lasting, put.wait, put.subject, put.day)
        for name, way in BASELINES.items():
            yield name, way(asked)
