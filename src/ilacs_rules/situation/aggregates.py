"""The small typed aggregates over events that facts are declared with.

Each is a frozen value that says *what* is read, not a function over a list: the same declaration is read here
from one history and can be computed over columns elsewhere. What a fact's values can be (its domain) follows from
the aggregate, so the proof of a rulebook knows every value that can occur.
"""

from datetime import date
from itertools import takewhile
from typing import Literal, NamedTuple, Protocol

from ilacs_rules import dates
from ilacs_rules.records import areas_judged
from ilacs_rules.situation.view import Happening, View
from ilacs_rules.vocabulary import Activity, Area, Grade, Outcome, Stage

__all__ = [
    "Attribute",
    "Choice",
    "CountGrades",
    "CountSince",
    "Covers",
    "DateOf",
    "Day",
    "Domain",
    "Existence",
    "FirstDayOf",
    "GradeOf",
    "JudgementsGiven",
    "KindOf",
    "Latest",
    "Number",
    "OutcomeOf",
    "PlaceInYear",
    "Reading",
    "Since",
    "StageOf",
    "StartOf",
    "Sum",
    "Value",
    "place_in_year",
]

Value = str | int | date | None
"""What a fact can be: a word, a count, a day, or ``None`` for a count or a day that is not known."""

NONE = "none"
NOT_RECORDED, NOT_REPORTED = Grade.NOT_RECORDED.value, "not_reported"
YES, NO, NOT_YET, NOT_KNOWN = "yes", "no", "not_yet", "not_known"


class Choice(NamedTuple):
    """A finite set of words."""

    words: tuple[str, ...]


class Number(NamedTuple):
    """A whole number from 0 up; ``unknown``: or not known."""

    unknown: bool = False


class Day(NamedTuple):
    """A date, or not known."""


Domain = Choice | Number | Day


class Reading(Protocol):
    """How a fact is read: what values it can have, which events it looks at, and its value on a day."""

    @property
    def domain(self) -> Domain: ...
    @property
    def looks_at(self) -> "Latest | None": ...
    def read(self, view: View) -> Value: ...


class Latest(NamedTuple):
    """The latest event of some kinds that had begun by the day; ``judged``: whose report was out by then."""

    kinds: frozenset[Activity]
    judged: bool = False
    outcome: Outcome | None = None
    since: "Since | StartOf | None" = None
    before: "StartOf | None" = None

    def find(self, view: View) -> Happening | None:
        after = self.since.read(view) if self.since else None
        if self.since and after is None:
            return None
        until = self.before.read(view) if self.before else None
        for happening in view.latest_first(self.kinds):
            if after is not None and happening.first < after:
                return None
            if until is not None and happening.first >= until:
                continue
            if self.judged and not happening.is_judged(view.as_of):
                continue
            if self.outcome and not happening.has_outcome(self.outcome, view.as_of):
                continue
            return happening
        return None


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
        happening = view.find(self.of)
        return happening.stage(view.as_of).value if happening else Stage.NONE.value


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
        happening = view.find(self.of)
        return happening.activity.value if happening else NONE


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
        happening = view.find(self.of)
        day: date | None = getattr(happening, self.which) if happening else None
        return day if day is not None and day <= view.as_of else None


class GradeOf(NamedTuple):
    """The grade in one area at the latest judged event.

    Besides the grades: ``none`` (there is no such event) and ``not_reported`` (the framework of its day gave no grade
    in that area). A record that covers everything must hold the grade; any other may not have it.
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
        happening = view.find(self.of)
        if happening is None:
            return NONE
        grade = happening.grades.get(self.area.value)
        if grade is not None:
            return grade
        given = areas_judged(happening.activity, happening.started or happening.first)
        return view.lacks(happening, self.area) if self.area.value in given else NOT_REPORTED


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
        happening = view.find(self.of)
        found = [happening.grades.get(area.value) for area in self.areas] if happening else [None]
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
        happening = view.find(self.of)
        if happening is None:
            return NOT_RECORDED
        found = [happening.grades.get(area.value) or view.lacks(happening, area) for area in self.areas]
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
        happening = view.find(self.of)
        if happening is None:
            return NONE
        outcome = happening.outcome
        return outcome.value if outcome is not None and outcome in self.among else NOT_RECORDED


class PlaceInYear(NamedTuple):
    """Where a day lies, seen from the inspection year (1 April to 31 March) in which the question is asked."""

    day: "DateOf | Attribute"

    @property
    def domain(self) -> Domain:
        return Choice(PLACES)

    @property
    def looks_at(self) -> Latest | None:
        return self.day.looks_at

    def read(self, view: View) -> str:
        day = self.day.read(view)
        if day is None:
            return NOT_KNOWN
        return place_in_year(day, dates.start_of_inspection_year(view.as_of))


def place_in_year(day: date, this_year: date) -> str:
    """Where a day lies, seen from the inspection year that began on ``this_year``: one of ``PLACES``.

    >>> place_in_year(date(2024, 9, 30), date(2024, 4, 1)), place_in_year(date(2024, 3, 31), date(2024, 4, 1))
    ('this_year_first_half', 'last_year_last_quarter')
    >>> place_in_year(date(2023, 3, 31), date(2024, 4, 1))
    'earlier'
    """
    start = dates.start_of_inspection_year(day)
    if start not in (this_year, dates.add_months(this_year, -12)):
        return "earlier"
    part = "first_half" if day < dates.add_months(start, 6) else "autumn"
    part = "last_quarter" if day >= dates.add_months(start, 9) else part
    return f"{'this' if start == this_year else 'last'}_year_{part}"


PLACES = (
    "this_year_first_half",  # 1 April to 30 September
    "this_year_autumn",  # 1 October to 31 December
    "this_year_last_quarter",  # 1 January to 31 March
    "last_year_first_half",
    "last_year_autumn",
    "last_year_last_quarter",
    "earlier",
    NOT_KNOWN,
)


class Since(NamedTuple):
    """The day from which to count: a date of some latest event."""

    of: Latest
    which: Literal["first", "published"] = "first"

    def read(self, view: View) -> date | None:
        happening = view.find(self.of)
        if happening is None:
            return None
        return happening.first if self.which == "first" else happening.published or happening.judged_from


class StartOf(NamedTuple):
    """The first day of the calendar year, or of the inspection year (1 April), in which the question is asked."""

    period: Literal["year", "inspection_year"]

    def read(self, view: View) -> date:
        return _STARTS[self.period](view.as_of)


_STARTS = {"year": dates.start_of_year, "inspection_year": dates.start_of_inspection_year}


class CountSince(NamedTuple):
    """How many events of some kinds are on record from a day on, no more than ``most`` of them counted."""

    kinds: frozenset[Activity]
    since: Since | StartOf
    most: int | None = None

    @property
    def domain(self) -> Domain:
        return Number()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> int:
        count = len(self.counted(view))
        return count if self.most is None else min(count, self.most)

    def counted(self, view: View) -> tuple[Happening, ...]:
        """The events that count. What is counted from is none of them: its letter may be the only day it has."""
        after = self.since.read(view)
        if after is None:
            return ()
        itself = view.find(self.since.of) if isinstance(self.since, Since) else None
        recent = takewhile(lambda happening: happening.first >= after, view.latest_first(self.kinds))
        return tuple(happening for happening in recent if happening is not itself)


class Sum(NamedTuple):
    """Two counts together."""

    one: CountSince
    other: CountSince

    @property
    def domain(self) -> Domain:
        return Number()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> int:
        return self.one.read(view) + self.other.read(view)

    def counted(self, view: View) -> tuple[Happening, ...]:
        """The events of either count."""
        return self.one.counted(view) + self.other.counted(view)


class Covers(NamedTuple):
    """Whether the record would show every event of some kinds from a day (or from the beginning) to the day asked."""

    kinds: frozenset[Activity]
    since: Since | StartOf | Literal["beginning"]

    @property
    def domain(self) -> Domain:
        return Choice((YES, NO))

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> str:
        if view.history.subject.covers == "everything":
            return YES
        began = view.began or date.min
        since = None if self.since == "beginning" else self.since.read(view)
        first = max(since, began) if since else began
        return YES if view.history.covers(self.kinds, first, view.as_of) else NO


class Existence(NamedTuple):
    """Whether the subject existed on the day: ``yes``, ``not_yet``, or ``not_known``."""

    @property
    def domain(self) -> Domain:
        return Choice((YES, NOT_YET, NOT_KNOWN))

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> str:
        if view.anything_happened:
            return YES
        day = view.subject_began
        return NOT_KNOWN if day is None else YES if day <= view.as_of else NOT_YET


class FirstDayOf(NamedTuple):
    """The first day of the year in which the question is asked on which the subject existed, as far as is known."""

    period: StartOf

    @property
    def domain(self) -> Domain:
        return Day()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> date:
        start = self.period.read(view)
        return max(start, view.began or start)


class Attribute(NamedTuple):
    """A date that belongs to the subject itself. A record that covers everything must hold it; any other may not."""

    name: Literal["created", "registered"]

    @property
    def domain(self) -> Domain:
        return Day()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> date | None:
        day = view.history.attributes.get(self.name)
        if day is None:
            view.must_not_lack(self.name)
        return day if day is not None and day <= view.as_of else None
