"""A forecast for one subject on one day."""

from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.errors import UnknownWordError, nearest
from ilacs_rules.practice.ahead import ahead
from ilacs_rules.practice.curve import WEEK
from ilacs_rules.practice.evidence import cell_of, evidence_of
from ilacs_rules.practice.populations import NOT_MEASURED, Population, population_of
from ilacs_rules.practice.shipped import load_table, tried_with
from ilacs_rules.practice.standing import last_wait, unseen_since
from ilacs_rules.practice.table import Fitted, Table
from ilacs_rules.practice.told import Forecast
from ilacs_rules.practice.waits import ALL, Wait
from ilacs_rules.records import LocalAuthority, Subject
from ilacs_rules.records.given import subject_given
from ilacs_rules.situation import checked_day
from ilacs_rules.values.given import instance
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["forecast"]


def forecast(
    subject: Subject, *, as_of: date | str, table: Table | None = None, activity: Activity | str | None = None
) -> Forecast:
    """When the next activity of a subject will begin, judging by what happened to others like it.

    Args:
        subject: a ``LocalAuthority`` or a ``Provider``.
        as_of: the day you ask about, as a ``date`` or as text in the form YYYY-MM-DD. Nothing that became known later
            is used.
        table: a table of your own, made by ``fit``. Without it, the shipped one is used.
        activity: ``full_inspection``, ``focused_visit`` or ``monitoring_visit``; see below.

    ``full_inspection`` is the default. For a council it stands for any graded inspection. ``monitoring_visit`` is the
    first one after a home is judged inadequate.

    Raises:
        RecordError: something is not a subject or a day, or the table is of another version.
        UnknownWordError: ``activity`` is not an activity. The message gives the nearest.

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
    subject_given(subject)
    if table is not None:
        instance(table, Table, "table", called="a table", expected="a Table, or None")
    day, kind, used = checked_day(as_of), None if activity is None else _known(activity), table or load_table()
    population = population_of(subject.type, kind)
    asked = kind or (population.asks if population else Activity.FULL_INSPECTION)
    told = Forecast(
        subject=subject.name,
        urn=subject.urn,
        as_of=day,
        activity=asked,
        what=population.what if population else in_words(asked),
        reason=_nothing_measured(subject, asked),
    )
    fitted = used.of(population.id) if population else None
    return told.model_copy(update=_said(subject, population, fitted, day, used)) if population and fitted else told


def _said(subject: Subject, population: Population, fitted: Fitted, day: date, table: Table) -> dict[str, object]:
    """What a table says of a subject: chances or the reason why there are none, and what they rest on."""
    wait, reason = last_wait(subject, population, day)
    waited = (day.toordinal() - wait.began) // WEEK if wait else 0
    reason = reason or _beyond(population, fitted, day, wait)
    steps = () if reason or wait is None else ahead(population, fitted, wait, day)
    evidence = evidence_of(population, fitted, wait, waited, tried_with(table, population.id))
    return {
        "reason": reason if reason or steps else "No wait that was seen lasted as long.",
        "chances": tuple(round(chance, _DECIMALS) for chance in steps),
        "step": 1 if population.method == "run" else WEEK,
        "evidence": evidence.model_copy(update={"unseen": unseen_since(subject, population, day)}),
    }


_DECIMALS = 9
"""The last digits differ between machines, and say nothing."""


def _known(activity: object) -> Activity:
    words = [word.value for word in Activity]
    if not isinstance(activity, str) or activity not in words:
        raise UnknownWordError(
            "is not a known activity", field="activity", value=activity, expected=nearest(activity, words)
        )
    return Activity(activity)


def _nothing_measured(subject: Subject, activity: Activity) -> str:
    if (subject.type, activity) in NOT_MEASURED:
        return NOT_MEASURED[subject.type, activity]
    who = "authority" if isinstance(subject, LocalAuthority) else in_words(subject.type)
    who = f"{'an' if who[0] in 'aeiou' else 'a'} {who}"
    return f"Too few waits of {who} for this ({in_words(activity)}) are on record from beginning to end."


def _beyond(population: Population, fitted: Fitted, day: date, wait: Wait | None) -> str:
    """Why nothing that was seen tells of a wait: it came too early, or is longer than any like it that has ended."""
    if wait is None:
        return ""
    if day < fitted.first:
        return f"The table knows nothing before {in_full(fitted.first)}."
    waited, cell = (day.toordinal() - wait.began) // WEEK, cell_of(population, fitted, wait)
    like = "" if cell.group == ALL else f" of its group, {cell.group.replace('_', ' ')},"
    if waited > cell.longest:
        return f"It has waited {waited} weeks, longer than any wait{like} that has ended ({cell.longest} weeks)."
    return ""
