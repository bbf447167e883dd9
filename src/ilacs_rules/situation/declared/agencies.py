"""What rules ask about agencies, centres, schemes and supported accommodation, besides what they ask about anyone."""

from ilacs_rules.situation.aggregates import CountSince, Covers, DateOf, KindOf, Latest, OutcomeOf, StartOf
from ilacs_rules.situation.declared.common import CURRENT, LAST, Fact, kinds
from ilacs_rules.vocabulary import Activity, Outcome

__all__ = ["DECLARED"]

_FULL = kinds(Activity.FULL_INSPECTION)
_ASSURANCE = kinds(Activity.ASSURANCE_INSPECTION)
_THIS_YEAR = StartOf("inspection_year")
_CONDITION = Latest(kinds(Activity.NO_CHILDREN_CONDITION, Activity.NO_CHILDREN_CONDITION_REMOVED))
_SUPPORTED = (Outcome.CONSISTENTLY_STRONG, Outcome.INCONSISTENT_QUALITY, Outcome.SERIOUS_WEAKNESSES)

DECLARED = (
    Fact(
        "latest_inspection_first_day",
        "first day known of the latest graded inspection that has begun",
        DateOf(CURRENT, "first"),
    ),
    Fact(
        "full_inspections_this_year",
        "full inspections on record since 1 April of this inspection year",
        CountSince(_FULL, _THIS_YEAR),
    ),
    Fact(
        "full_inspections_this_year_covered",
        "whether the record would show every full inspection since 1 April of this inspection year",
        Covers(_FULL, _THIS_YEAR),
    ),
    Fact(
        "assurance_inspections_this_year",
        "assurance inspections on record since 1 April of this inspection year",
        CountSince(_ASSURANCE, _THIS_YEAR),
    ),
    Fact(
        "assurance_inspections_this_year_covered",
        "whether the record would show every assurance inspection since 1 April of this inspection year",
        Covers(_ASSURANCE, _THIS_YEAR),
    ),
    Fact(
        "supported_accommodation_outcome",
        "outcome of the last inspection of supported accommodation whose report was out",
        OutcomeOf(LAST, _SUPPORTED),
    ),
    Fact(
        "placements_condition",
        "the latest word on a condition that the provider gives notice before anyone is placed",
        KindOf(_CONDITION),
    ),
)
