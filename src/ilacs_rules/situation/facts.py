"""The facts that rules may ask about, each declared once: its name, its meaning, and how it is read from events."""

from datetime import date
from typing import NamedTuple

from ilacs_rules.situation.aggregates import (
    AsOf,
    Attribute,
    Choice,
    CountGrades,
    CountSince,
    Covers,
    DateOf,
    Domain,
    Existence,
    GradeOf,
    JudgementsGiven,
    KindOf,
    Latest,
    Reading,
    Since,
    StageOf,
    Sum,
)
from ilacs_rules.situation.boxes import AS_OF, SUBJECT, Box, Range, Words
from ilacs_rules.vocabulary import ACTIVITIES, GRADED, Activity, Area, Grade, Outcome, ProviderType

__all__ = ["FACTS", "IMPOSSIBLE", "Fact"]


class Fact(NamedTuple):
    """One thing that is true of a subject on a day.

    >>> FACTS["last_overall"].means
    'overall grade at the last inspection whose report was out'
    >>> FACTS["registered"].domain
    Day()
    """

    name: str
    means: str
    reading: Reading

    @property
    def domain(self) -> Domain:
        return self.reading.domain


def _kinds(*activities: Activity) -> frozenset[Activity]:
    return frozenset(activities)


_FOCUSED, _JTAI, _MONITORING = _kinds(Activity.FOCUSED_VISIT), _kinds(Activity.JTAI), _kinds(Activity.MONITORING_VISIT)
_PLANNING = _kinds(Activity.ACTION_PLANNING_VISIT)
_MEETING, _EVALUATION = _kinds(Activity.ANNUAL_ENGAGEMENT_MEETING), _kinds(Activity.SELF_EVALUATION)
_FOLLOW_UP = GRADED | _FOCUSED | _MONITORING
_PRACTICE = (Area.HELP_AND_PROTECTION, Area.CHILDREN_IN_CARE, Area.CARE_LEAVERS)

_CURRENT = Latest(GRADED)
_LAST = Latest(GRADED, judged=True)
_SINCE_LAST = Since(_LAST)
_SINCE_REPORT = Since(_LAST, "published")
_MONITORED = Latest(_MONITORING, since=_SINCE_LAST)
_JTAI_LETTER = Latest(_JTAI, judged=True)
_PRIORITY = Latest(_FOCUSED, judged=True, outcome=Outcome.AREAS_FOR_PRIORITY_ACTION)
_PRIORITY_LETTER = Since(_PRIORITY, "published")
_LAST_MEETING, _LAST_EVALUATION = Latest(_MEETING), Latest(_EVALUATION)


_DECLARED = (
    Fact("inspection_stage", "how far the latest graded inspection has come", StageOf(_CURRENT)),
    Fact("current_inspection", "the latest graded inspection that has begun", KindOf(_CURRENT)),
    Fact(
        "current_inspection_started", "first day on site of the latest graded inspection", DateOf(_CURRENT, "started")
    ),
    Fact("current_inspection_ended", "last day on site of the latest graded inspection", DateOf(_CURRENT, "ended")),
    Fact("last_inspection", "the last graded inspection whose report was out", KindOf(_LAST)),
    Fact("last_inspection_started", "first day on site of the last inspection", DateOf(_LAST, "started")),
    Fact("last_inspection_published", "publication of the last inspection's report", DateOf(_LAST, "published")),
    Fact("last_overall", "overall grade at the last inspection whose report was out", GradeOf(_LAST, Area.OVERALL)),
    Fact("last_leaders", "leaders' grade at the last inspection whose report was out", GradeOf(_LAST, Area.LEADERS)),
    Fact(
        "good_practice_judgements",
        "how many of the three practice judgements (help, care, care leavers) were good or better",
        CountGrades(_LAST, _PRACTICE, frozenset({Grade.GOOD, Grade.OUTSTANDING})),
    ),
    Fact(
        "inadequate_judgements",
        "how many of the four judgements given since April 2026 were inadequate",
        CountGrades(_LAST, (Area.LEADERS, *_PRACTICE), frozenset({Grade.INADEQUATE})),
    ),
    Fact(
        "judgements_given",
        "whether the last inspection has all four judgements given since April 2026",
        JudgementsGiven(_LAST, (Area.LEADERS, *_PRACTICE)),
    ),
    Fact(
        "visits_between_on_record",
        "focused visits on record since the last inspection began, one joint targeted area inspection counting as one",
        Sum(CountSince(_FOCUSED, _SINCE_LAST), CountSince(_JTAI, _SINCE_LAST, most=1)),
    ),
    Fact(
        "visits_between_covered",
        "whether the record would show every focused visit and JTAI since the last inspection",
        Covers(_FOCUSED | _JTAI, _SINCE_LAST),
    ),
    Fact(
        "action_planning_on_record",
        "action-planning visits on record since the last inspection",
        CountSince(_PLANNING, _SINCE_LAST),
    ),
    Fact(
        "monitoring_on_record",
        "monitoring visits on record since the last inspection",
        CountSince(_MONITORING, _SINCE_LAST),
    ),
    Fact(
        "monitoring_covered",
        "whether the record would show every monitoring visit since the last inspection",
        Covers(_MONITORING, _SINCE_LAST),
    ),
    Fact(
        "last_monitoring_started",
        "first day of the latest monitoring visit since the last inspection",
        DateOf(_MONITORED, "first"),
    ),
    Fact(
        "statements_on_record",
        "statements of action on record since the last inspection's report",
        CountSince(_kinds(Activity.STATEMENT_OF_ACTION), _SINCE_REPORT),
    ),
    Fact("last_jtai", "the last joint targeted area inspection whose letter was out", KindOf(_JTAI_LETTER)),
    Fact(
        "last_jtai_published",
        "publication of the last joint targeted area inspection's letter",
        DateOf(_JTAI_LETTER, "published"),
    ),
    Fact(
        "jtai_statements_on_record",
        "statements of action on record since the last joint targeted area inspection's letter",
        CountSince(_kinds(Activity.JTAI_STATEMENT_OF_ACTION), Since(_JTAI_LETTER, "published")),
    ),
    Fact("priority_action", "the last focused visit whose letter named an area for priority action", KindOf(_PRIORITY)),
    Fact("priority_action_published", "publication of that letter", DateOf(_PRIORITY, "published")),
    Fact(
        "draft_plans_on_record",
        "draft plans on record since that letter",
        CountSince(_kinds(Activity.DRAFT_PRIORITY_ACTION_PLAN, Activity.PRIORITY_ACTION_PLAN), _PRIORITY_LETTER),
    ),
    Fact(
        "priority_plans_on_record",
        "final plans on record since that letter",
        CountSince(_kinds(Activity.PRIORITY_ACTION_PLAN), _PRIORITY_LETTER),
    ),
    Fact(
        "activity_after_priority_action",
        "visits and inspections on record since that letter",
        CountSince(_FOLLOW_UP, _PRIORITY_LETTER),
    ),
    Fact("meetings_this_year", "annual engagement meetings on record this calendar year", CountSince(_MEETING, AsOf())),
    Fact("evaluations_this_year", "self-evaluations on record this calendar year", CountSince(_EVALUATION, AsOf())),
    Fact("last_meeting", "day of the last annual engagement meeting on record", DateOf(_LAST_MEETING, "first")),
    Fact("last_evaluation", "day of the last self-evaluation on record", DateOf(_LAST_EVALUATION, "first")),
    Fact(
        "inspections_covered",
        "whether the record would show every graded inspection from the beginning",
        Covers(GRADED, "beginning"),
    ),
    Fact("exists", "whether the subject existed", Existence()),
    Fact(
        "meetings_covered",
        "whether the record would show every engagement meeting this calendar year",
        Covers(_MEETING, AsOf()),
    ),
    Fact(
        "evaluations_covered",
        "whether the record would show every self-evaluation this calendar year",
        Covers(_EVALUATION, AsOf()),
    ),
    Fact("created", "the day the authority came into being", Attribute("created")),
    Fact("registered", "the day the provider was registered", Attribute("registered")),
)

FACTS: dict[str, Fact] = {fact.name: fact for fact in _DECLARED}
"""Every fact, by name."""


def _is(*words: str) -> Words:
    return Words(frozenset(words))


def _is_not(name: str, *words: str) -> Words:
    domain = FACTS[name].domain
    return Words(frozenset(domain.words if isinstance(domain, Choice) else ()) - frozenset(words))


def _only_to(who: str) -> Words:
    return _is(*(kind.value for kind in GRADED if ACTIVITIES[kind].to == frozenset({who})))


_KNOWN, _UNKNOWN = Range(), Range(known=False, unknown=True)

IMPOSSIBLE: tuple[Box, ...] = (
    {"inspection_stage": _is("none"), "last_overall": _is_not("last_overall", "none")},
    {"inspection_stage": _is("none"), "last_inspection": _is_not("last_inspection", "none")},
    {"inspection_stage": _is("none"), "current_inspection": _is_not("current_inspection", "none")},
    {"inspection_stage": _is_not("inspection_stage", "none"), "current_inspection": _is("none")},
    {"inspection_stage": _is("complete"), "last_overall": _is("none")},
    {"inspection_stage": _is("complete"), "last_inspection": _is("none")},
    {"last_inspection": _is("none"), "last_overall": _is_not("last_overall", "none")},
    {"last_inspection": _is_not("last_inspection", "none"), "last_overall": _is("none")},
    # The overall grade of authorities went on 1 April 2026; every inspection before that gave one.
    {AS_OF: Range(high=date(2026, 3, 31)), "last_overall": _is("not_reported")},
    {
        "last_inspection": _is("sif_inspection", "sif_reinspection", "full_inspection"),
        "last_overall": _is("not_reported"),
    },
    {"judgements_given": _is("yes"), "inadequate_judgements": _UNKNOWN},
    {"judgements_given": _is("yes"), "good_practice_judgements": _UNKNOWN},
    {"judgements_given": _is("not_recorded"), "inadequate_judgements": _KNOWN},
    {"inspection_stage": _is("awaiting_report"), "current_inspection_ended": _UNKNOWN},
    {"priority_action": _is("none"), "priority_action_published": _KNOWN},
    {"last_inspection": _is("none"), "last_inspection_published": _KNOWN},
    {"inspection_stage": _is_not("inspection_stage", "none"), "exists": _is("not_yet", "not_known")},
    # No subject has an inspection of a kind that happens only to the other.
    {SUBJECT: _is("local_authority"), "current_inspection": _only_to("provider")},
    {SUBJECT: _is(*ProviderType), "current_inspection": _only_to("authority")},
    {SUBJECT: _is("local_authority"), "last_inspection": _only_to("provider")},
    {SUBJECT: _is(*ProviderType), "last_inspection": _only_to("authority")},
    {SUBJECT: _is(*ProviderType), "last_overall": _is("not_reported")},
    {"good_practice_judgements": Range(low=4)},
    {"inadequate_judgements": Range(low=5)},
)
"""Boxes that no history can be in, so that no rule need answer them. A property test looks for one that is."""
