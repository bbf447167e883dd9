"""What a fact reads of the latest event of some kinds."""

from datetime import date
from typing import Literal, NamedTuple

from ilacs_rules.records import areas_judged
from ilacs_rules.situation.aggregates.domains import NONE, NOT_RECORDED, NOT_REPORTED, YES, Choice, Day, Domain, Number
from ilacs_rules.situation.aggregates.latest import Latest
from ilacs_rules.situation.known import grade_in, stage_of
from ilacs_rules.situation.view import View
from ilacs_rules.vocabulary import Activity, Area, Grade, Outcome, Stage

__all__ = ["CountGrades", "DateOf", "GradeOf", "JudgementsGiven", "KindOf", "NthLatest", "OutcomeOf", "StageOf"]


class StageOf(NamedTuple):
    """How far the latest event of some kinds has come."""

    of: Latest

    @property
    def domain(self) -> Domain:
        return Choice(tuple(stage.value for stage in Stage))

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        return stage_of(event, view.as_of)._value_ if event is not None else NONE


class KindOf(NamedTuple):
    """Which activity the latest event is, or ``none``."""

    of: Latest

    @property
    def domain(self) -> Domain:
        return Choice((*sorted(kind.value for kind in self.of.kinds), NONE))

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        return event.activity._value_ if event else NONE


class DateOf(NamedTuple):
    """One of the latest event's dates; not known before it has come."""

    of: Latest
    which: Literal["first", "started", "ended", "published"]

    @property
    def domain(self) -> Domain:
        return Day()

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> date | None:
        event = self.of.find(view)
        if event is None:
            return None
        day: date | None = event.first_known if self.which == "first" else getattr(event, self.which)
        return day if day is not None and day <= view.as_of else None


class GradeOf(NamedTuple):
    """The grade in one area at the latest judged event.

    Besides the grades: ``none`` (there is no such event) and ``not_reported`` (the framework of its day gave no grade
    in that area). A record that is meant to be whole must hold the grade; any other may not have it.
    """

    of: Latest
    area: Area

    @property
    def domain(self) -> Domain:
        return Choice((*(grade.value for grade in Grade), NOT_REPORTED, NONE))

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        if event is None:
            return NONE
        grade = grade_in(event, self.area)
        if grade is not None:
            return grade
        given = areas_judged(event.activity, event.started or event.first_known)
        return view.lacks(event, self.area) if self.area.value in given else NOT_REPORTED


class CountGrades(NamedTuple):
    """In how many of some areas the latest judged event gave one of some grades; not known if an area is."""

    of: Latest
    areas: tuple[Area, ...]
    grades: frozenset[Grade]

    @property
    def domain(self) -> Domain:
        return Number(unknown=True)

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> int | None:
        event = self.of.find(view)
        found = [grade_in(event, area) for area in self.areas] if event else [None]
        if None in found or NOT_RECORDED in found:
            return None
        return sum(grade in self.grades for grade in found)


class JudgementsGiven(NamedTuple):
    """Whether the latest judged event has a grade in each of some areas: ``yes`` or ``not_recorded``."""

    of: Latest
    areas: tuple[Area, ...]

    @property
    def domain(self) -> Domain:
        return Choice((YES, NOT_RECORDED))

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        if event is None:
            return NOT_RECORDED
        found = [grade_in(event, area) or view.lacks(event, area) for area in self.areas]
        return NOT_RECORDED if NOT_RECORDED in found else YES


class OutcomeOf(NamedTuple):
    """What the latest judged event concluded: an outcome, ``none`` (there is no such event), or ``not_recorded``.

    ``among``: the outcomes that such an event can have, where they are fewer than all; any other is not recorded.
    """

    of: Latest
    among: tuple[Outcome, ...] = tuple(Outcome)

    @property
    def domain(self) -> Domain:
        return Choice((*(outcome.value for outcome in self.among), NOT_RECORDED, NONE))

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        if event is None:
            return NONE
        outcome = event.outcome
        return outcome._value_ if outcome is not None and outcome in self.among else NOT_RECORDED


class NthLatest(NamedTuple):
    """The first day known of the ``number``-th latest event of some kinds, while another event has an outcome.

    Not known where fewer have begun, or where the last event that ``of`` reads did not conclude so.
    """

    kinds: frozenset[Activity]
    number: int
    of: OutcomeOf
    outcome: Outcome

    @property
    def domain(self) -> Domain:
        return Day()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> date | None:
        if self.of.read(view) != self.outcome.value:
            return None
        latest = view.latest_first(self.kinds)
        return latest[self.number - 1].first_known if len(latest) >= self.number else None
