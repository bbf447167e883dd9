"""What rules ask about regulated settings and agencies."""

from typing import NamedTuple

from ilacs_rules import dates
from ilacs_rules.records import Event
from ilacs_rules.situation.aggregates import (
    Attribute,
    Choice,
    CountSince,
    Covers,
    DateOf,
    GradeOf,
    KindOf,
    Latest,
    PlaceInYear,
    Since,
    StageOf,
    StartOf,
)
from ilacs_rules.situation.aggregates.domains import NO, NOT_KNOWN, NOT_YET, YES
from ilacs_rules.situation.declared.common import LAST, SINCE_LAST, Fact, kinds
from ilacs_rules.situation.known import grade_in
from ilacs_rules.situation.view import View
from ilacs_rules.vocabulary import Activity, Area, Grade, Outcome

__all__ = ["DECLARED", "LIFTED", "ClosedSince", "Closure", "InLastQuarter", "LeftOver", "NewThisYear"]

_FULL = kinds(Activity.FULL_INSPECTION)
_SECOND = kinds(Activity.INTERIM_INSPECTION, Activity.ASSURANCE_INSPECTION)
_RETURN = kinds(Activity.MONITORING_VISIT, Activity.INTERIM_INSPECTION, Activity.ASSURANCE_INSPECTION)
_YEAR = StartOf("inspection_year")
_BELOW_GOOD = frozenset({Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE})

_THIS_YEARS_FULL = Latest(_FULL, judged=True, since=_YEAR)
_LAST_YEARS_FULL = Latest(_FULL, judged=True, before=_YEAR)
_CONDITION = Latest(kinds(Activity.NO_CHILDREN_CONDITION, Activity.NO_CHILDREN_CONDITION_REMOVED))
LIFTED = kinds(Activity.NO_CHILDREN_CONDITION_REMOVED)
_NO_CHILDREN = Latest(_SECOND, judged=True, outcome=Outcome.NO_CHILDREN, since=_YEAR)
_SERIOUS = Latest(kinds(Activity.ASSURANCE_INSPECTION), judged=True, outcome=Outcome.SERIOUS_CONCERNS)
_ANY = Latest(_FULL | _SECOND)
_NOTICE = Latest(kinds(Activity.COMPLIANCE_NOTICE))
_MANAGER = Latest(kinds(Activity.MANAGER_LEFT))
_REGISTERED = PlaceInYear(Attribute("registered"))


class Closure(NamedTuple):
    """Whether a condition that no child is accommodated holds, or was lifted this year, and what has followed."""

    of: Latest
    inspections: frozenset[Activity]

    @property
    def domain(self) -> Choice:
        return Choice(
            (
                "open",
                "no_children",
                "open_again_before_october",
                "open_again_since_october",
                "open_again_and_inspected",
            )
        )

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        if event is None:
            return "open"
        if event.activity is Activity.NO_CHILDREN_CONDITION:
            return "no_children"
        start = dates.start_of_inspection_year(view.as_of)
        if event.first_known < start:
            return "open"
        if any(inspection.first_known >= event.first_known for inspection in view.latest_first(self.inspections)):
            return "open_again_and_inspected"
        since_october = event.first_known >= dates.add_months(start, 6)
        return "open_again_since_october" if since_october else "open_again_before_october"


class ClosedSince(NamedTuple):
    """Whether a condition that no child is accommodated holds, or has held since an inspection began."""

    of: Latest
    since: Latest

    @property
    def domain(self) -> Choice:
        return Choice((YES, NO))

    @property
    def looks_at(self) -> None:
        return None

    def read(self, view: View) -> str:
        event, inspection = self.of.find(view), self.since.find(view)
        if event is None:
            return NO
        if event.activity is Activity.NO_CHILDREN_CONDITION:
            return YES
        return NO if inspection is None or event.first_known < inspection.first_known else YES


class NewThisYear(NamedTuple):
    """In which half of this inspection year a setting was registered; ``no`` where it was inspected before this year.

    Unlike the day itself it may be lacking without an error: a setting inspected in an earlier year never needs it.
    """

    inspections: frozenset[Activity]

    @property
    def domain(self) -> Choice:
        return Choice(("first_half", "second_half", NO, NOT_YET, NOT_KNOWN))

    @property
    def looks_at(self) -> None:
        return None

    def read(self, view: View) -> str:
        start = dates.start_of_inspection_year(view.as_of)
        if any(event.first_known < start for event in view.latest_first(self.inspections)):
            return NO
        day = view.history.began
        if day is None:
            return NOT_KNOWN
        if day < start or day > view.as_of:
            return NO if day < start else NOT_YET
        return "first_half" if day < dates.add_months(start, 6) else "second_half"


class InLastQuarter(NamedTuple):
    """Whether the latest event began between 1 January and 31 March."""

    of: Latest

    @property
    def domain(self) -> Choice:
        return Choice((YES, NO))

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        return YES if event is not None and event.first_known.month <= 3 else NO


class LeftOver(NamedTuple):
    """Whether the latest full inspection fell in a year's last quarter, was below good, and stands alone in that year.

    It does not stand alone if another inspection of that year came before it, or any has followed. Then two have been
    made, whether or not the report is out. Nothing is left over from a year in which the law asked for only one
    inspection. That is the year of registration, or the year in which a condition that no child is accommodated was
    lifted. ``last``: last year is meant, not this one.
    """

    of: Latest
    grades: frozenset[Grade]
    others: frozenset[Activity]
    last: bool

    @property
    def domain(self) -> Choice:
        return Choice((YES, NO))

    @property
    def looks_at(self) -> Latest:
        return self.of

    def read(self, view: View) -> str:
        event = self.of.find(view)
        if event is None or grade_in(event, Area.OVERALL) not in self.grades:
            return NO
        end = dates.add_months(dates.start_of_inspection_year(view.as_of), 0 if self.last else 12)
        in_quarter = dates.add_months(end, -3) <= event.first_known < end
        one_of_two = in_quarter and not self._has_company(view, event) and not self._asked_for_one(view, event)
        return YES if one_of_two else NO

    def _has_company(self, view: View, event: Event) -> bool:
        year = dates.start_of_inspection_year(event.first_known)
        return any(
            other is not event and other.first_known >= year
            for other in view.latest_first(self.others | {event.activity})
        )

    def _asked_for_one(self, view: View, event: Event) -> bool:
        year = dates.start_of_inspection_year(event.first_known)
        end = dates.add_months(year, 12)
        inspected_before = any(other.first_known < year for other in view.latest_first(self.others | {event.activity}))
        new = view.history.began is not None and year <= view.history.began < end and not inspected_before
        return new or any(year <= lifted.first_known < end for lifted in view.latest_first(LIFTED))


DECLARED: tuple[Fact, ...] = (
    Fact(
        "year_covered",
        "whether the record would show every full, interim and assurance inspection of this inspection year",
        Covers(_FULL | _SECOND, _YEAR),
    ),
    Fact(
        "closure",
        "whether a condition that no child is accommodated holds, or was lifted this year, and whether inspected since",
        Closure(_CONDITION, _FULL | _SECOND),
    ),
    Fact(
        "opened_again",
        "the first day of the condition that no child is accommodated, or the day on which it was lifted",
        DateOf(_CONDITION, "first"),
    ),
    Fact(
        "closed_since_last_inspection",
        "whether a condition that no child is accommodated holds, or has held since the last full inspection",
        ClosedSince(_CONDITION, LAST),
    ),
    Fact("registered_in", "where the day of registration lies, seen from this inspection year", _REGISTERED),
    Fact(
        "registered_this_year",
        "in which half of this inspection year the setting was registered, if it is new this year",
        NewThisYear(_FULL | _SECOND),
    ),
    Fact("full_this_year", "full inspections on record in this inspection year", CountSince(_FULL, _YEAR)),
    Fact(
        "inspections_this_year",
        "full, interim and assurance inspections on record in this inspection year",
        CountSince(_FULL | _SECOND, _YEAR),
    ),
    Fact(
        "last_years_grade",
        "overall grade at the last full inspection from before this inspection year",
        GradeOf(_LAST_YEARS_FULL, Area.OVERALL),
    ),
    Fact(
        "this_years_grade",
        "overall grade at this inspection year's last full inspection whose report was out",
        GradeOf(_THIS_YEARS_FULL, Area.OVERALL),
    ),
    Fact(
        "this_years_in_last_quarter",
        "whether that inspection began between 1 January and 31 March",
        InLastQuarter(_THIS_YEARS_FULL),
    ),
    Fact(
        "left_over",
        "whether last year's last quarter had a full inspection below good, the year's only one of two asked for, "
        "and none has followed",
        LeftOver(LAST, _BELOW_GOOD, _SECOND, last=True),
    ),
    Fact(
        "may_be_left_over",
        "whether this year's last quarter has had a full inspection below good, the year's only one of two asked for",
        LeftOver(LAST, _BELOW_GOOD, _SECOND, last=False),
    ),
    Fact(
        "no_children_found",
        "this year's last interim or assurance inspection that found no children",
        KindOf(_NO_CHILDREN),
    ),
    Fact(
        "returns_on_record",
        "monitoring visits, interim and assurance inspections on record since the last full inspection",
        CountSince(_RETURN, SINCE_LAST),
    ),
    Fact(
        "serious_concerns", "the last assurance inspection that found serious or widespread concerns", KindOf(_SERIOUS)
    ),
    Fact(
        "serious_concerns_started",
        "first day on site of the last assurance inspection that found serious concerns",
        DateOf(_SERIOUS, "first"),
    ),
    Fact(
        "returns_after_serious_concerns",
        "monitoring visits and full inspections on record since then",
        CountSince(_FULL | kinds(Activity.MONITORING_VISIT), Since(_SERIOUS)),
    ),
    Fact("latest_inspection", "the latest full, interim or assurance inspection that has begun", KindOf(_ANY)),
    Fact("latest_stage", "how far that inspection has come", StageOf(_ANY)),
    Fact("latest_ended", "last day on site of the latest full, interim or assurance inspection", DateOf(_ANY, "ended")),
    Fact("compliance_notice", "the last compliance notice", KindOf(_NOTICE)),
    Fact(
        "compliance_notice_date",
        "the day by which the latest compliance notice had to be complied with",
        DateOf(_NOTICE, "first"),
    ),
    Fact(
        "visits_after_notice",
        "monitoring visits and inspections on record since that day",
        CountSince(_FULL | _RETURN, Since(_NOTICE)),
    ),
    Fact("manager_left", "the last registered manager's leaving", KindOf(_MANAGER)),
    Fact("manager_left_on", "the day on which the registered manager left", DateOf(_MANAGER, "first")),
)
