"""Waits: from one inspection of a subject to its next, as far as they were known on a day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ilacs_rules.practice.populations import GRADES, Population
from ilacs_rules.records import Event, LocalAuthority, Subject
from ilacs_rules.vocabulary import Activity, Grade

__all__ = ["ALL", "BACK", "STOPPED", "Wait", "counted", "groups_of", "waits_of"]

STOPPED, BACK = date(2020, 3, 17).toordinal(), date(2021, 4, 12).toordinal()
"""Routine inspection stopped, and came back: the reading of the rulebook's suspensions for measuring waits."""
_TWICE = 21
"""Two full inspections that begin within three weeks are one, entered twice."""
_NEVER = date.max.toordinal()
_REPORT = 42
"""Where the day of publication is not on record, it is taken to be six weeks after the first day on site."""
_GRADE = {
    Grade.OUTSTANDING: 0, Grade.GOOD: 1, Grade.REQUIRES_IMPROVEMENT: 2, Grade.ADEQUATE: 2, Grade.SATISFACTORY: 2,
    Grade.INADEQUATE: 3,
}  # fmt: skip
NEW, OTHER = GRADES.index("new"), GRADES.index("other")


class Wait(NamedTuple):
    """One wait, in days counted from 1 January of the year 1.

    Attributes:
        whose: the subject's place among those that were given. kind: its type.
        grade: the place of its grade in ``GRADES``.
        began, known: the day it runs from, and the day on which that was published.
        entered, left: the first and the last day on which it was watched. ended: whether it ended on ``left``.
        heads: whether the record begins with it, as it says itself: a list of the latest inspections does. Which
            waits such a file shows is its own choice, so they tell nothing of others.
    """

    whose: int
    kind: str
    grade: int
    began: int
    known: int
    entered: int
    left: int
    ended: bool
    heads: bool = False


def _record_begins(subject: Subject, kinds: frozenset[Activity]) -> date | None:
    """The first day from which a record shows some kinds of events, where it names one."""
    covers = () if isinstance(subject.covers, str) else subject.covers
    return min((item.since for item in covers if item.activity in kinds and item.since), default=None)


def _first_days(subject: Subject, kinds: frozenset[Activity]) -> list[tuple[int, Event]]:
    """The events of some kinds whose first day is known to the day, each once, in order."""
    found: list[tuple[int, Event]] = []
    for event in subject.events:
        if event.activity in kinds and event.started and event.precision == "day":
            day = event.started.toordinal()
            twice = found and day - found[-1][0] <= _TWICE and event.activity is found[-1][1].activity
            if not twice or event.activity is Activity.MONITORING_VISIT:
                found.append((day, event))
    return found


def waits_of(subject: Subject, population: Population, whose: int = 0) -> list[tuple[Wait, int | None]]:
    """Every wait of one subject, each with the day it ended, as the whole record tells; see ``counted``.

    A wait that something else cuts short (a grading before the next visit) is left on that day and has not ended.
    """
    starts = _first_days(subject, population.begins)
    ends = starts if population.ends == population.begins else _first_days(subject, population.ends)
    cuts = [day for day, _ in _first_days(subject, population.cuts)]
    found: list[tuple[Wait, int | None]] = []
    began = None if isinstance(subject, LocalAuthority) else subject.registered
    if population.asks is Activity.FULL_INSPECTION and began and not (starts and starts[0][0] <= began.toordinal()):
        day = began.toordinal()
        found.append(
            (Wait(whose, subject.type, NEW, day, day, day, _NEVER, ended=False), starts[0][0] if starts else None)
        )
    visits, graded = 0, OTHER
    begins = _record_begins(subject, population.begins)
    for day, event in starts:
        known = event.published.toordinal() if event.published else day + _REPORT
        grade = _GRADE.get(event.judgements.overall, OTHER) if event.judgements.overall else OTHER
        if population.method == "run" and grade != GRADES.index("inadequate"):
            continue
        if population.asks is Activity.FOCUSED_VISIT:
            visits, graded = _since_grading(event, visits, graded, grade)
            if not (visits == 0 and graded < 3) and not (visits == 1 and graded == 2):
                continue  # another visit seldom comes before the next graded inspection
            grade = OTHER if visits else graded
        end = next((other for other, _ in ends if other > day), None)
        cut = next((other for other in cuts if other > day), _NEVER)
        left = cut - 1 if cut != _NEVER else _NEVER
        wait = Wait(whose, subject.type, grade, day, known, day, left, ended=False, heads=event.started == begins)
        found.append((wait, end if end is not None and end <= cut else None))
    return found


def _since_grading(event: Event, visits: int, graded: int, grade: int) -> tuple[int, int]:
    """How many visits have been made since the last graded inspection, and its grade, once an event has happened."""
    return (visits + 1, graded) if event.activity is Activity.FOCUSED_VISIT else (0, grade)


def counted(
    waits: Iterable[tuple[Wait, int | None]], population: Population, known_by: int, closed: int | None = None
) -> list[Wait]:
    """The waits of one subject that count on a day: what was known by it, without those of closed settings."""
    found: list[Wait] = []
    for wait, end in waits:
        if wait.heads or wait.known > known_by or wait.began < population.since.toordinal():
            continue
        ended = end is not None and end <= known_by
        left = end if ended and end is not None else min(known_by, wait.left, closed or _NEVER)
        limit = population.closed_after[wait.grade]
        if not ended and closed is None and limit is not None and (left - wait.began) // 7 > limit:
            continue  # still open after so long, it is taken for the wait of a setting that has closed
        stopped = min(BACK - 1, left) - max(STOPPED, wait.began) + 1
        if stopped <= 0:
            found.append(wait._replace(left=left, ended=ended))
        elif population.across == "paused" and left >= BACK:
            # The days on which nobody was inspected are taken out of the wait.
            found.append(
                wait._replace(began=wait.began + stopped, entered=wait.began + stopped, left=left, ended=ended)
            )
        elif wait.began < STOPPED:
            found.append(wait._replace(left=STOPPED - 1, ended=False))
    return found


ALL = "all"
"""The name of the group of all waits of a population."""


def groups_of(population: Population, wait: Wait) -> tuple[str, ...]:
    """The groups whose numbers may stand for a wait, the closest first; the last is that of all waits."""
    if not population.by_grade:
        return (ALL,)
    grade = population.classes[wait.grade]
    if len(population.types) == 1 or population.method == "year":
        return (grade, ALL)
    return (f"{wait.kind}, {grade}", grade, wait.kind, ALL)
