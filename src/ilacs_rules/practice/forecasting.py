"""A forecast for one subject on one day: chances by week, the shortest run that holds a share, and what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import overload

from ilacs_rules.dates import in_full
from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.practice.bell import Bell, calendar_place, weekly
from ilacs_rules.practice.curve import WEEK, chances, shortest_run
from ilacs_rules.practice.ended import why_no_longer
from ilacs_rules.practice.evidence import Evidence, evidence_of
from ilacs_rules.practice.fitting import rates_in
from ilacs_rules.practice.populations import Population, population_of
from ilacs_rules.practice.shipped import load_table, tried_with
from ilacs_rules.practice.table import Fitted, Table
from ilacs_rules.practice.waits import Wait, groups_of, waits_of
from ilacs_rules.practice.year import hazards
from ilacs_rules.records import LocalAuthority, Provider, Subject
from ilacs_rules.situation import checked_day
from ilacs_rules.values import Day, Record
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["Forecast", "Forecasts", "Interval", "ahead", "forecast", "forecasts", "last_wait"]


class Interval(Record):
    """A stretch of days, both inclusive.

    >>> print(Interval(first=date(2026, 9, 7), last=date(2027, 4, 18)))
    7 September 2026 to 18 April 2027
    >>> Interval(first=date(2026, 9, 7), last=date(2026, 9, 7)).days
    1
    """

    first: Day
    last: Day

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def __str__(self) -> str:
        return f"{in_full(self.first)} to {in_full(self.last)}"


class Forecast(Record):
    """What was seen to happen to subjects like this one, as chances for its next activity. It is practice, never a
    rule.

    Attributes:
        subject, urn, as_of: who was asked about, and on which day.
        activity, what: what is forecast, as a word and in words.
        reason: why there is no forecast; nothing where there is one.
        chances: the chance of each step ahead, the first of which begins on the day after ``as_of``.
        step: how many days a step has: 7, or 1 where waits are short.
        evidence: what the chances rest on; ``None`` where the table has nothing of the kind.
    """

    subject: str
    urn: str = ""
    as_of: Day
    activity: Activity
    what: str
    reason: str = ""
    chances: tuple[float, ...] = ()
    step: int = WEEK
    evidence: Evidence | None = None

    def interval(self, share: float) -> Interval | None:
        """The shortest stretch of whole weeks (or days) that holds a share of the chances; ``None`` beyond experience.

        Args:
            share: more than 0 and less than 1.

        Raises:
            RecordError: it is not.
        """
        if not isinstance(share, float) or not 0 < share < 1:
            raise RecordError(
                "is not a share", field="share", value=share, expected="a number between 0 and 1, such as 0.8"
            )
        run = shortest_run(self.chances, share)
        if run is None:
            return None
        first = self.as_of.toordinal() + 1
        return Interval(
            first=date.fromordinal(first + self.step * run[0]),
            last=date.fromordinal(first + self.step * (run[1] + 1) - 1),
        )

    def odds(self, *, weeks: int) -> float | None:
        """The chance that it begins within so many weeks of the day asked; ``None`` where practice says nothing.

        Args:
            weeks: 1 or more.

        Raises:
            RecordError: it is not a whole number from 1.
        """
        if type(weeks) is not int or weeks < 1:
            raise RecordError("is not a number of weeks", field="weeks", value=weeks, expected="a whole number from 1")
        return sum(self.chances[: weeks * WEEK // self.step]) if self.chances else None

    def __str__(self) -> str:
        who = f"{self.subject}, {self.what}, asked on {in_full(self.as_of)}"
        if self.reason:
            return f"Practice, not policy. {who}: no forecast. {self.reason}"
        held = (f"{share:.0%}: {run}" for share in (0.5, 0.8) if (run := self.interval(share)))
        odds = (f"within {weeks} weeks {self.odds(weeks=weeks):.0%}" for weeks in (13, 26))
        return f"Practice, not policy. {who}: {'; '.join((*held, *odds))}. {self.evidence}"


def forecast(
    subject: Subject, *, as_of: date | str, table: Table | None = None, activity: Activity | str | None = None
) -> Forecast:
    """When the next activity of a subject will begin, by what was seen to happen to others like it.

    Args:
        subject: a ``LocalAuthority`` or a ``Provider``.
        as_of: the day asked, a ``date`` or its text in the form YYYY-MM-DD; nothing that became known later is used.
        table: the shipped one unless you give another.
        activity: ``full_inspection`` for settings and any graded inspection for authorities (the default),
            ``focused_visit``, or ``monitoring_visit`` (the first one after a home is judged inadequate).

    Raises:
        RecordError: not a subject, not a day, or a table of another version. UnknownWordError: not an activity.

    >>> from ilacs_rules import Event, LocalAuthority
    >>> council = LocalAuthority(name="A council", events=[
    ...     Event(activity="ilacs_standard", started=date(2023, 6, 26), ended=date(2023, 7, 7),
    ...           published=date(2023, 9, 4), judgements={"overall": "good"})])
    >>> told = forecast(council, as_of=date(2026, 6, 7))
    >>> told.interval(0.8).first.year, 0 < told.odds(weeks=13) < told.odds(weeks=26) < 1
    (2026, True)
    >>> print(forecast(council, as_of=date(2023, 8, 1)).reason)
    The report of the inspection that began on 26 June 2023 was not out on that day.
    """
    if not isinstance(subject, LocalAuthority | Provider):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RecordError("is not a subject", field="subject", value=subject, expected="a LocalAuthority or a Provider")
    day, kind = checked_day(as_of), None if activity is None else _known(activity)
    population = population_of(subject.type, kind)
    asked = kind or (population.asks if population else Activity.FULL_INSPECTION)
    used = table or load_table()
    fitted = used.of(population.id) if population else None
    if population is None or fitted is None:
        return Forecast(
            subject=subject.name,
            urn=subject.urn,
            as_of=day,
            activity=asked,
            what=in_words(asked),
            reason=_nothing_measured(subject, asked),
        )
    wait, reason = last_wait(subject, population, day)
    waited = (day.toordinal() - wait.began) // WEEK if wait else 0
    evidence = evidence_of(population, fitted, wait, waited, tried_with(used, population.id))
    reason = reason or _beyond(fitted, day, waited, wait)
    steps = () if reason or wait is None else ahead(population, fitted, wait, day)
    if not reason and not steps:
        reason = "No wait that was seen lasted as long."
    return Forecast(
        subject=subject.name,
        urn=subject.urn,
        as_of=day,
        activity=asked,
        what=population.what,
        reason=reason,
        chances=tuple(steps),
        step=1 if population.method == "run" else WEEK,
        evidence=evidence,
    )


def _known(activity: object) -> Activity:
    words = [word.value for word in Activity]
    if not isinstance(activity, str) or activity not in words:
        raise UnknownWordError(
            "is not a known activity", field="activity", value=activity, expected=nearest(activity, words)
        )
    return Activity(activity)


def _nothing_measured(subject: Subject, activity: Activity) -> str:
    who = "an authority" if isinstance(subject, LocalAuthority) else f"a {in_words(subject.type)}"
    return f"Too few waits of {who} for this ({in_words(activity)}) have been seen to end, or none were recorded whole."


def last_wait(subject: Subject, population: Population, day: date) -> tuple[Wait | None, str]:
    """The wait that a subject is in on a day, as was known then; or why there is none."""
    if gone := why_no_longer(subject, day):
        return None, gone
    today = day.toordinal()
    begun = [found for found in waits_of(subject, population) if found[0].began <= today]
    if not begun:
        return None, "Nothing is on record by that day that a wait could run from."
    wait, end = begun[-1]
    if wait.known > today:
        return (
            None,
            f"The report of the inspection that began on {_said(wait.began)} was not out on that day.",
        )
    if end is not None and end <= today:
        return None, f"What is asked about came on {_said(end)}; nothing has begun another wait."
    if wait.left < today:
        return None, "Something else came first: the wait was cut short."
    return wait, ""


def _said(day: int) -> str:
    return in_full(date.fromordinal(day))


def _beyond(fitted: Fitted, day: date, waited: int, wait: Wait | None) -> str:
    if wait and day < fitted.first:
        return f"The table knows nothing before {in_full(fitted.first)}."
    if waited > fitted.longest:
        return f"It has waited {waited} weeks, longer than any wait that has ended ({fitted.longest} weeks)."
    return ""


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


class Forecasts(Sequence[Forecast]):
    """The forecasts of a whole register, in the order of its subjects.

    >>> from ilacs_rules import Provider
    >>> home = Provider(type="childrens_home", name="A home", registered=date(2024, 3, 1))
    >>> found = forecasts([home], as_of=date(2024, 6, 2))
    >>> len(found), list(found.columns())[:4]
    (1, ['subject', 'urn', 'as_of', 'activity'])
    """

    def __init__(self, found: Iterable[Forecast]) -> None:
        self._found = tuple(found)

    @overload
    def __getitem__(self, index: int) -> Forecast: ...
    @overload
    def __getitem__(self, index: slice) -> "Forecasts": ...
    def __getitem__(self, index: int | slice) -> "Forecast | Forecasts":
        return Forecasts(self._found[index]) if isinstance(index, slice) else self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Forecast]:
        return iter(self._found)

    def columns(self) -> dict[str, list[object]]:
        """The forecasts in columns, as polars, pandas and PyArrow take them: intervals and odds, or the reason."""
        columns: dict[str, list[object]] = {
            "subject": [item.subject for item in self],
            "urn": [item.urn for item in self],
            "as_of": [item.as_of for item in self],
            "activity": [item.activity.value for item in self],
        }
        for share in (0.5, 0.8):
            runs = [item.interval(share) for item in self]
            columns[f"first_{share:.0%}".rstrip("%")] = [run and run.first for run in runs]
            columns[f"last_{share:.0%}".rstrip("%")] = [run and run.last for run in runs]
        for weeks in (4, 13, 26, 52):
            columns[f"within_{weeks}_weeks"] = [item.odds(weeks=weeks) for item in self]
        columns["reason"] = [item.reason for item in self]
        return columns

    def __repr__(self) -> str:
        told = sum(not item.reason for item in self)
        return f"Forecasts({len(self)} subjects, {told} with a forecast)"


def forecasts(
    subjects: Iterable[Subject],
    *,
    as_of: date | str,
    table: Table | None = None,
    activity: Activity | str | None = None,
) -> Forecasts:
    """The forecast of every subject of a register, in its order. Args and errors are those of ``forecast``.

    ``subjects`` may be anything with a ``subjects`` of its own, such as what ``ilacs_rules.read`` gives.
    """
    register: Iterable[Subject] = getattr(subjects, "subjects", subjects)
    return Forecasts(forecast(subject, as_of=as_of, table=table, activity=activity) for subject in register)
