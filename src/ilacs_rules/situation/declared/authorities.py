"""What rules ask about any subject, and about authorities: inspections, visits, monitoring, plans, meetings."""

from ilacs_rules.situation.aggregates import (
    Attribute,
    CountGrades,
    CountSince,
    Covers,
    DateOf,
    Ended,
    Existence,
    FirstDayOf,
    GradeOf,
    JudgementsGiven,
    KindOf,
    Latest,
    OutcomeOf,
    Since,
    StageOf,
    StartOf,
    Sum,
)
from ilacs_rules.situation.declared.common import CURRENT, LAST, SINCE_LAST, SINCE_REPORT, Fact, kinds
from ilacs_rules.vocabulary import GRADED, Activity, Area, Grade, Outcome

__all__ = ["DECLARED"]

_FOCUSED, _JTAI, _MONITORING = kinds(Activity.FOCUSED_VISIT), kinds(Activity.JTAI), kinds(Activity.MONITORING_VISIT)
_PLANNING = kinds(Activity.ACTION_PLANNING_VISIT)
_MEETING, _EVALUATION = kinds(Activity.ANNUAL_ENGAGEMENT_MEETING), kinds(Activity.SELF_EVALUATION)
_FOLLOW_UP = GRADED | _FOCUSED | _MONITORING
_PRACTICE = (Area.HELP_AND_PROTECTION, Area.CHILDREN_IN_CARE, Area.CARE_LEAVERS)

_MONITORED = Latest(_MONITORING, since=SINCE_LAST)
_JTAI_LETTER = Latest(_JTAI, judged=True)
_PRIORITY = Latest(_FOCUSED, judged=True, outcome=Outcome.AREAS_FOR_PRIORITY_ACTION)
_PRIORITY_LETTER = Since(_PRIORITY, "published")
_LAST_MEETING, _LAST_EVALUATION = Latest(_MEETING), Latest(_EVALUATION)


DECLARED = (
    Fact("inspection_stage", "how far the latest graded inspection has come", StageOf(CURRENT)),
    Fact("current_inspection", "the latest graded inspection that has begun", KindOf(CURRENT)),
    Fact("current_inspection_started", "first day on site of the latest graded inspection", DateOf(CURRENT, "started")),
    Fact("current_inspection_ended", "last day on site of the latest graded inspection", DateOf(CURRENT, "ended")),
    Fact("last_inspection", "the last graded inspection whose report was out", KindOf(LAST)),
    Fact("last_inspection_started", "first day on site of the last inspection", DateOf(LAST, "started")),
    Fact("last_inspection_published", "publication of the last inspection's report", DateOf(LAST, "published")),
    Fact("last_overall", "overall grade at the last inspection whose report was out", GradeOf(LAST, Area.OVERALL)),
    Fact("last_leaders", "leaders' grade at the last inspection whose report was out", GradeOf(LAST, Area.LEADERS)),
    Fact(
        "good_practice_judgements",
        "how many of the three practice judgements (help, care, care leavers) were good or better",
        CountGrades(LAST, _PRACTICE, frozenset({Grade.GOOD, Grade.OUTSTANDING})),
    ),
    Fact(
        "inadequate_judgements",
        "how many of the four judgements given since April 2026 were inadequate",
        CountGrades(LAST, (Area.LEADERS, *_PRACTICE), frozenset({Grade.INADEQUATE})),
    ),
    Fact(
        "judgements_given",
        "whether the last inspection has all four judgements given since April 2026",
        JudgementsGiven(LAST, (Area.LEADERS, *_PRACTICE)),
    ),
    Fact(
        "visits_between_on_record",
        "focused visits on record since the last inspection began, one joint targeted area inspection counting as one",
        Sum(CountSince(_FOCUSED, SINCE_LAST), CountSince(_JTAI, SINCE_LAST, most=1)),
    ),
    Fact(
        "visits_between_covered",
        "whether the record would show every focused visit and JTAI since the last inspection",
        Covers(_FOCUSED | _JTAI, SINCE_LAST),
    ),
    Fact(
        "action_planning_on_record",
        "action-planning visits on record since the last inspection",
        CountSince(_PLANNING, SINCE_LAST),
    ),
    Fact(
        "monitoring_on_record",
        "monitoring visits on record since the last inspection",
        CountSince(_MONITORING, SINCE_LAST),
    ),
    Fact(
        "monitoring_covered",
        "whether the record would show every monitoring visit since the last inspection",
        Covers(_MONITORING, SINCE_LAST),
    ),
    Fact(
        "last_monitoring_started",
        "first day of the latest monitoring visit since the last inspection",
        DateOf(_MONITORED, "first"),
    ),
    Fact(
        "statements_on_record",
        "statements of action on record since the last inspection's report",
        CountSince(kinds(Activity.STATEMENT_OF_ACTION), SINCE_REPORT),
    ),
    Fact("last_jtai", "the last joint targeted area inspection whose letter was out", KindOf(_JTAI_LETTER)),
    Fact(
        "last_jtai_published",
        "publication of the last joint targeted area inspection's letter",
        DateOf(_JTAI_LETTER, "published"),
    ),
    Fact(
        "jtai_statement_asked",
        "whether the last joint targeted area inspection's letter asks for a statement of action",
        OutcomeOf(_JTAI_LETTER, (Outcome.STATEMENT_REQUIRED, Outcome.NO_STATEMENT_REQUIRED)),
    ),
    Fact(
        "jtai_statements_on_record",
        "statements of action on record since the last joint targeted area inspection's letter",
        CountSince(kinds(Activity.JTAI_STATEMENT_OF_ACTION), Since(_JTAI_LETTER, "published")),
    ),
    Fact(
        "jtai_letters_published_on_record",
        "publications by the authority on record since the last joint targeted area inspection's letter",
        CountSince(kinds(Activity.JTAI_REPORT_PUBLISHED), Since(_JTAI_LETTER, "published")),
    ),
    Fact("priority_action", "the last focused visit whose letter named an area for priority action", KindOf(_PRIORITY)),
    Fact(
        "priority_action_published",
        "publication of the letter that named areas for priority action",
        DateOf(_PRIORITY, "published"),
    ),
    Fact(
        "draft_plans_on_record",
        "draft plans on record since that letter",
        CountSince(kinds(Activity.DRAFT_PRIORITY_ACTION_PLAN, Activity.PRIORITY_ACTION_PLAN), _PRIORITY_LETTER),
    ),
    Fact(
        "priority_plans_on_record",
        "final plans on record since that letter",
        CountSince(kinds(Activity.PRIORITY_ACTION_PLAN), _PRIORITY_LETTER),
    ),
    Fact(
        "activity_after_priority_action",
        "visits and inspections on record since that letter",
        CountSince(_FOLLOW_UP, _PRIORITY_LETTER),
    ),
    Fact(
        "meetings_this_year",
        "annual engagement meetings on record this calendar year",
        CountSince(_MEETING, StartOf("year")),
    ),
    Fact(
        "evaluations_this_year",
        "self-evaluations on record this calendar year",
        CountSince(_EVALUATION, StartOf("year")),
    ),
    Fact("last_meeting", "day of the last annual engagement meeting on record", DateOf(_LAST_MEETING, "first")),
    Fact("last_evaluation", "day of the last self-evaluation on record", DateOf(_LAST_EVALUATION, "first")),
    Fact(
        "inspections_covered",
        "whether the record would show every graded inspection from the beginning",
        Covers(GRADED, "beginning"),
    ),
    Fact("exists", "whether the subject existed on the day", Existence()),
    Fact(
        "meetings_covered",
        "whether the record would show every engagement meeting this calendar year",
        Covers(_MEETING, StartOf("year")),
    ),
    Fact(
        "evaluations_covered",
        "whether the record would show every self-evaluation this calendar year",
        Covers(_EVALUATION, StartOf("year")),
    ),
    Fact(
        "first_day_this_year",
        "the first day of this calendar year on which the authority existed",
        FirstDayOf(StartOf("year")),
    ),
    Fact("created", "the day the authority came into being", Attribute("created")),
    Fact("registered", "the day the provider was registered", Attribute("registered")),
    Fact("ended", "the day on which the provider closed or the authority was abolished", Ended()),
)
