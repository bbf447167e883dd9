"""What rules ask about an authority's neighbouring regimes: area inspections, improvement, intervention."""

from ilacs_rules.situation.aggregates import CountGrades, CountSince, DateOf, KindOf, Latest, Since, StageOf
from ilacs_rules.situation.declared.common import LAST, SINCE_REPORT, Fact, kinds
from ilacs_rules.vocabulary import Activity, Area, Grade

__all__ = ["DECLARED"]

_CASEWORK, _REVIEW = kinds(Activity.CASEWORK_MONITORING), kinds(Activity.PROGRESS_REVIEW)
_STARTED, _ENDED = kinds(Activity.INTERVENTION_STARTED), kinds(Activity.INTERVENTION_ENDED)
_REVIEWED = kinds(Activity.INTERVENTION_REVIEW)
_JTAI = Latest(kinds(Activity.JTAI))

DECLARED: tuple[Fact, ...] = (
    Fact(
        "inadequate_main_judgements",
        "how many of the single framework's three main judgements (help, care, leaders) were inadequate",
        CountGrades(
            LAST,
            (Area.HELP_AND_PROTECTION, Area.CARE_AND_CARE_LEAVERS, Area.LEADERS),
            frozenset({Grade.INADEQUATE}),
        ),
    ),
    Fact(
        "planning_seminars_on_record",
        "improvement planning seminars on record since the last inspection's report",
        CountSince(kinds(Activity.IMPROVEMENT_PLANNING_SEMINAR), SINCE_REPORT),
    ),
    Fact(
        "casework_monitoring_on_record",
        "monthly monitoring of casework on record since the last inspection's report",
        CountSince(_CASEWORK, SINCE_REPORT),
    ),
    Fact(
        "last_casework_monitoring",
        "day of the latest monitoring of casework since the last inspection's report",
        DateOf(Latest(_CASEWORK, since=SINCE_REPORT), "first"),
    ),
    Fact(
        "progress_reviews_on_record",
        "quarterly reviews of progress on record since the last inspection's report",
        CountSince(_REVIEW, SINCE_REPORT),
    ),
    Fact(
        "last_progress_review",
        "day of the latest quarterly review of progress since the last inspection's report",
        DateOf(Latest(_REVIEW, since=SINCE_REPORT), "first"),
    ),
    Fact(
        "progress_inspections_on_record",
        "progress inspections on record since the last inspection's report",
        CountSince(kinds(Activity.PROGRESS_INSPECTION), SINCE_REPORT),
    ),
    Fact(
        "last_focused_visit",
        "first day of the latest focused visit",
        DateOf(Latest(kinds(Activity.FOCUSED_VISIT)), "first"),
    ),
    Fact("jtai_stage", "how far the latest joint targeted area inspection has come", StageOf(_JTAI)),
    Fact("jtai_started", "first day known of the latest joint targeted area inspection", DateOf(_JTAI, "first")),
    Fact("jtai_ended", "last day on site of the latest joint targeted area inspection", DateOf(_JTAI, "ended")),
    Fact(
        "reports_published_on_record",
        "publications by the authority on record since the last inspection's report",
        CountSince(kinds(Activity.REPORT_PUBLISHED_BY_AUTHORITY), SINCE_REPORT),
    ),
    Fact(
        "intervention",
        "whether the last step on record began or ended an intervention by the Department for Education",
        KindOf(Latest(_STARTED | _ENDED)),
    ),
    Fact(
        "intervention_since_report",
        "beginnings and ends of an intervention on record since the last inspection's report",
        CountSince(_STARTED | _ENDED, SINCE_REPORT),
    ),
    Fact(
        "last_intervention_step",
        "day of the latest beginning or review of an intervention",
        DateOf(Latest(_STARTED | _REVIEWED), "first"),
    ),
    Fact("intervention_ended", "day on which the last intervention ended", DateOf(Latest(_ENDED), "first")),
    Fact(
        "supervision_reviews",
        "reviews on record since the last intervention ended",
        CountSince(_REVIEWED, Since(Latest(_ENDED))),
    ),
    Fact(
        "last_supervision_step",
        "day of the latest end or review of an intervention",
        DateOf(Latest(_ENDED | _REVIEWED), "first"),
    ),
)
