"""The closed words of the field. Every other room uses these and adds none of its own.

Each word stands once, with what it means beside it; the tables below say which judgements an activity
gives and since when, because that is what the words mean.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

__all__ = [
    "ACTIVITIES",
    "GRADED",
    "SCALE",
    "Activity",
    "ActivityMeaning",
    "Area",
    "Certainty",
    "Effectiveness",
    "Grade",
    "OwedBy",
    "Outcome",
    "ProviderType",
    "RecordState",
    "Stage",
    "Status",
    "Strength",
    "in_words",
]


class Grade(StrEnum):
    """A judgement: today's four-point scale, the words of older scales, and what a record may say instead.

    >>> Grade("requires_improvement")
    <Grade.REQUIRES_IMPROVEMENT: 'requires_improvement'>
    >>> Grade.NOT_RECORDED.value  # said by a reader of files, never assumed
    'not_recorded'
    """

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"  # "requires improvement to be good", since 2013
    INADEQUATE = "inadequate"
    ADEQUATE = "adequate"  # the third grade before "requires improvement" replaced it
    SATISFACTORY = "satisfactory"  # the same place on a still older scale
    NOT_JUDGED = "not_judged"  # the report says that no judgement was made
    NOT_RECORDED = "not_recorded"  # a judgement was made, and the record at hand does not hold it


SCALE = (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.OUTSTANDING)
"""Today's scale, lowest first: the grades that a judgement can get."""


class Effectiveness(StrEnum):
    """The three-point scale of interim inspections of children's homes, until March 2022."""

    IMPROVED = "improved_effectiveness"
    SUSTAINED = "sustained_effectiveness"
    DECLINED = "declined_in_effectiveness"


class Area(StrEnum):
    """What a judgement is about."""

    OVERALL = "overall"
    LEADERS = "leaders"
    HELP_AND_PROTECTION = "help_and_protection"
    CHILDREN_IN_CARE = "children_in_care"
    CARE_LEAVERS = "care_leavers"
    CARE_AND_CARE_LEAVERS = "care_and_care_leavers"  # one judgement of both, under ILACS until December 2022


class Outcome(StrEnum):
    """What an ungraded activity may conclude, where its letter says so."""

    AREAS_FOR_PRIORITY_ACTION = "areas_for_priority_action"
    EXISTING_PRIORITY_ACTIONS_REMAIN = "existing_priority_actions_remain"
    SEND_TYPICALLY_POSITIVE = "send_typically_positive"
    SEND_INCONSISTENT = "send_inconsistent"
    SEND_WIDESPREAD_FAILINGS = "send_widespread_or_systemic_failings"
    CONSISTENTLY_STRONG = "consistently_strong_service_delivery"
    INCONSISTENT_QUALITY = "inconsistent_quality_of_service_delivery"
    SERIOUS_WEAKNESSES = "serious_or_widespread_weaknesses"
    REQUIREMENTS_NOT_MET = "requirements_not_met"
    NO_SERIOUS_CONCERNS = "no_serious_or_widespread_concerns"  # assurance inspections since April 2022
    SERIOUS_CONCERNS = "serious_or_widespread_concerns"
    NO_CHILDREN = "no_children"  # nobody lived there, so nothing was judged
    STATEMENT_REQUIRED = "written_statement_of_action_required"  # area SEND, 2016 to 2022; JTAI
    NO_STATEMENT_REQUIRED = "no_written_statement_of_action_required"
    SUFFICIENT_PROGRESS = "sufficient_progress"  # area SEND revisits
    INSUFFICIENT_PROGRESS = "insufficient_progress"
    EFFECTIVE_ACTION = "effective_action"  # area SEND monitoring inspections, since 2023
    NOT_EFFECTIVE_ACTION = "not_effective_action"


class ProviderType(StrEnum):
    """The kinds of regulated setting and agency that Ofsted's published files name."""

    CHILDRENS_HOME = "childrens_home"
    SECURE_CHILDRENS_HOME = "secure_childrens_home"
    SCHOOL_AND_CHILDRENS_HOME = "residential_special_school_registered_as_childrens_home"
    SECURE_16_TO_19_ACADEMY = "secure_16_to_19_academy"
    SECURE_TRAINING_CENTRE = "secure_training_centre"
    INDEPENDENT_FOSTERING_AGENCY = "independent_fostering_agency"
    VOLUNTARY_ADOPTION_AGENCY = "voluntary_adoption_agency"
    ADOPTION_SUPPORT_AGENCY = "adoption_support_agency"
    RESIDENTIAL_FAMILY_CENTRE = "residential_family_centre"
    RESIDENTIAL_HOLIDAY_SCHEME = "residential_holiday_scheme_for_disabled_children"
    BOARDING_SCHOOL = "boarding_school"
    RESIDENTIAL_SPECIAL_SCHOOL = "residential_special_school"
    FURTHER_EDUCATION_RESIDENTIAL = "further_education_college_with_residential_accommodation"
    SUPPORTED_ACCOMMODATION = "supported_accommodation"


class Activity(StrEnum):
    """What may happen to a subject, or be owed by or to it. ``ACTIVITIES`` says what each one is.

    >>> Activity("focused_visit")
    <Activity.FOCUSED_VISIT: 'focused_visit'>
    >>> Activity.NOTHING_REQUIRED.value  # an answer too: it comes with the rule that says so
    'nothing_required'
    """

    SIF_INSPECTION = "sif_inspection"
    SIF_REINSPECTION = "sif_reinspection"
    ILACS_STANDARD = "ilacs_standard"
    ILACS_SHORT = "ilacs_short"
    ILACS_INSPECTION = "ilacs_inspection"
    FOCUSED_VISIT = "focused_visit"
    ACTION_PLANNING_VISIT = "action_planning_visit"
    MONITORING_VISIT = "monitoring_visit"
    JTAI = "jtai"
    AREA_SEND_INSPECTION = "area_send_inspection"
    AREA_SEND_VISIT = "area_send_visit"
    ANNUAL_ENGAGEMENT_MEETING = "annual_engagement_meeting"
    SELF_EVALUATION = "self_evaluation"
    STATEMENT_OF_ACTION = "statement_of_action"
    JTAI_STATEMENT_OF_ACTION = "jtai_statement_of_action"
    DRAFT_PRIORITY_ACTION_PLAN = "draft_priority_action_plan"
    PRIORITY_ACTION_PLAN = "priority_action_plan"
    FULL_INSPECTION = "full_inspection"
    INTERIM_INSPECTION = "interim_inspection"
    ASSURANCE_INSPECTION = "assurance_inspection"
    ASSURANCE_VISIT = "assurance_visit"
    EMERGENCY_INSPECTION = "emergency_inspection"
    POST_MONITORING_SIF = "post_monitoring_sif"
    TARGETED_INSPECTION = "targeted_inspection"
    IMPROVEMENT_PLANNING_SEMINAR = "improvement_planning_seminar"
    GETTING_TO_GOOD_SEMINAR = "getting_to_good_seminar"
    CASEWORK_MONITORING = "casework_monitoring"
    PROGRESS_REVIEW = "progress_review"
    PROGRESS_INSPECTION = "progress_inspection"
    AREA_SEND_MONITORING = "area_send_monitoring"
    AREA_SEND_REVISIT = "area_send_revisit"
    AREA_SEND_STATEMENT = "area_send_statement"
    AREA_SEND_DRAFT_PRIORITY_PLAN = "area_send_draft_priority_plan"
    AREA_SEND_PRIORITY_PLAN = "area_send_priority_plan"
    AREA_SEND_STRATEGIC_PLAN = "area_send_strategic_plan"
    AREA_SEND_ENGAGEMENT_MEETING = "area_send_engagement_meeting"
    AREA_SEND_INTERIM_VISIT = "area_send_interim_visit"
    AREA_SEND_THEMATIC_VISIT = "area_send_thematic_visit"
    AREA_SEND_IMPROVEMENT_NOTICE = "area_send_improvement_notice"
    PEER_CHALLENGE = "peer_challenge"
    INTERVENTION_STARTED = "intervention_started"
    INTERVENTION_REVIEW = "intervention_review"
    INTERVENTION_ENDED = "intervention_ended"
    REPORT_PUBLISHED_BY_AUTHORITY = "report_published_by_authority"
    JTAI_REPORT_PUBLISHED = "jtai_report_published_by_authority"
    AREA_SEND_REPORT_PUBLISHED = "area_send_report_published_by_authority"
    COMPLIANCE_NOTICE = "compliance_notice"
    MANAGER_LEFT = "manager_left"
    NO_CHILDREN_CONDITION = "no_children_condition"
    NO_CHILDREN_CONDITION_REMOVED = "no_children_condition_removed"
    INSPECTION_REPORT = "inspection_report"
    FURTHER_ACTIVITY = "further_activity"
    NOTHING_REQUIRED = "nothing_required"


class Stage(StrEnum):
    """How far an inspection has come, as far as was known on the day."""

    NONE = "none"
    UNDER_WAY = "under_way"
    AWAITING_REPORT = "awaiting_report"
    COMPLETE = "complete"


class Strength(StrEnum):
    """How firmly an activity is required.

    >>> Strength("usual").name
    'USUAL'
    >>> [strength.value for strength in Strength]
    ['must', 'usual', 'may']
    """

    MUST = "must"  # the law says so
    USUAL = "usual"  # the framework's "usually"
    MAY = "may"  # allowed or practised, never owed


class Certainty(StrEnum):
    """How well it is known that the rule says this.

    >>> Certainty("reported").name
    'REPORTED'
    >>> [certainty.value for certainty in Certainty]
    ['quoted', 'carried', 'reported', 'observed', 'inferred']
    """

    QUOTED = "quoted"  # the primary text in force on the day asked, or a full copy of it, was seen
    CARRIED = "carried"  # an earlier edition was seen, and nothing says that it changed
    REPORTED = "reported"  # a third party paraphrases it
    OBSERVED = "observed"  # seen in dated reports; no text says it
    INFERRED = "inferred"  # a reading where the sources are silent, which says so


class Status(StrEnum):
    """Where a day stands against a due window.

    >>> Status("overdue").name
    'OVERDUE'
    >>> Status.NOT_RECORDED.value  # the record would not show it, so it is not called overdue
    'not_recorded'
    """

    UNDER_WAY = "under_way"
    AWAITING_REPORT = "awaiting_report"
    NOT_OPEN = "not_open"
    OPEN = "open"
    OVERDUE = "overdue"
    NOT_RECORDED = "not_recorded"  # the window has passed, and the record would not show whether it was met
    SUSPENDED = "suspended"
    NOT_STATED = "not_stated"  # required, but no source gives a date, or the record lacks the day it runs from
    NOT_REQUIRED = "not_required"


class RecordState(StrEnum):
    """Whether all of what a record held went into an answer.

    >>> RecordState("rows_not_used").name
    'ROWS_NOT_USED'
    >>> [state.value for state in RecordState]
    ['whole', 'rows_not_used']
    """

    WHOLE = "whole"
    ROWS_NOT_USED = "rows_not_used"  # what the unread rows say may change the answer


class OwedBy(StrEnum):
    """Who has to act."""

    INSPECTORATE = "inspectorate"
    AUTHORITY = "authority"
    DEPARTMENT = "department"  # the Department for Education
    PROVIDER = "provider"


class ActivityMeaning(NamedTuple):
    """What an activity is: its words, and the judgements it gives, each with the first and last start date."""

    words: str
    to: frozenset[str]  # who it happens to: "authority", "provider", or both
    judges: tuple[tuple[Area, date, date], ...] = ()
    graded: bool = False  # a full set of judgements, from which the next inspection follows
    event: bool = True  # False: only ever an answer, so it cannot stand in a history
    form_of: str = ""  # a form of another activity, which a record that covers that one would show too


_AUTHORITY, _PROVIDER = frozenset({"authority"}), frozenset({"provider"})
_BOTH = _AUTHORITY | _PROVIDER
_EVER, _NEVER = date.min, date.max
_SIF = tuple(
    (area, _EVER, _NEVER)
    for area in (Area.OVERALL, Area.LEADERS, Area.HELP_AND_PROTECTION, Area.CARE_AND_CARE_LEAVERS, Area.CARE_LEAVERS)
)
# The overall grade went on 1 April 2026 and care leavers got a judgement of their own on 1 January 2023
# (Ofsted, 27 November 2025 and 2 December 2022: `ofsted_2026_reform`, `ofsted_care_leavers_2023` in sources.toml).
_ILACS = (
    (Area.OVERALL, _EVER, date(2026, 3, 31)),
    (Area.LEADERS, _EVER, _NEVER),
    (Area.HELP_AND_PROTECTION, _EVER, _NEVER),
    (Area.CARE_AND_CARE_LEAVERS, _EVER, date(2022, 12, 31)),
    (Area.CHILDREN_IN_CARE, date(2023, 1, 1), _NEVER),
    (Area.CARE_LEAVERS, date(2023, 1, 1), _NEVER),
)
_SETTING = tuple((area, _EVER, _NEVER) for area in (Area.OVERALL, Area.HELP_AND_PROTECTION, Area.LEADERS))

ACTIVITIES: dict[Activity, ActivityMeaning] = {
    Activity.SIF_INSPECTION: ActivityMeaning(
        "inspection under the single inspection framework", _AUTHORITY, _SIF, graded=True
    ),
    Activity.SIF_REINSPECTION: ActivityMeaning(
        "re-inspection under the single inspection framework", _AUTHORITY, _SIF, graded=True
    ),
    Activity.ILACS_STANDARD: ActivityMeaning("standard inspection under ILACS", _AUTHORITY, _ILACS, graded=True),
    Activity.ILACS_SHORT: ActivityMeaning("short inspection under ILACS", _AUTHORITY, _ILACS, graded=True),
    Activity.ILACS_INSPECTION: ActivityMeaning(
        "inspection under ILACS, standard or short not known",
        _AUTHORITY,
        _ILACS,
        graded=True,
        form_of="ilacs_standard",
    ),
    Activity.FOCUSED_VISIT: ActivityMeaning("focused visit", _AUTHORITY),
    Activity.ACTION_PLANNING_VISIT: ActivityMeaning("action-planning visit", _AUTHORITY),
    # a monitoring visit to a setting may, in narrow cases, give an improved judgement
    Activity.MONITORING_VISIT: ActivityMeaning("monitoring visit", _BOTH, _SETTING),
    Activity.JTAI: ActivityMeaning("joint targeted area inspection", _AUTHORITY),
    Activity.AREA_SEND_INSPECTION: ActivityMeaning("area SEND inspection", _AUTHORITY),
    Activity.AREA_SEND_VISIT: ActivityMeaning("earlier area SEND inspection or revisit, not said which", _AUTHORITY),
    Activity.ANNUAL_ENGAGEMENT_MEETING: ActivityMeaning("annual engagement meeting", _AUTHORITY),
    Activity.SELF_EVALUATION: ActivityMeaning("yearly self-evaluation", _AUTHORITY),
    Activity.STATEMENT_OF_ACTION: ActivityMeaning("written statement of action after an inspection report", _AUTHORITY),
    Activity.JTAI_STATEMENT_OF_ACTION: ActivityMeaning("written statement of action after a JTAI letter", _AUTHORITY),
    Activity.DRAFT_PRIORITY_ACTION_PLAN: ActivityMeaning(
        "early draft of the plan after an area for priority action", _AUTHORITY
    ),
    Activity.PRIORITY_ACTION_PLAN: ActivityMeaning("final action plan after an area for priority action", _AUTHORITY),
    Activity.FULL_INSPECTION: ActivityMeaning("full inspection", _PROVIDER, _SETTING, graded=True),
    Activity.INTERIM_INSPECTION: ActivityMeaning("interim inspection", _PROVIDER),
    Activity.ASSURANCE_INSPECTION: ActivityMeaning("assurance inspection", _PROVIDER),
    Activity.ASSURANCE_VISIT: ActivityMeaning("assurance visit", _PROVIDER),
    Activity.EMERGENCY_INSPECTION: ActivityMeaning("emergency inspection", _PROVIDER),
    Activity.POST_MONITORING_SIF: ActivityMeaning(
        "post-monitoring inspection under the single inspection framework",
        _AUTHORITY,
        _SIF,
        graded=True,
        form_of="sif_reinspection",
    ),
    Activity.TARGETED_INSPECTION: ActivityMeaning("targeted inspection of an authority", _AUTHORITY),
    Activity.IMPROVEMENT_PLANNING_SEMINAR: ActivityMeaning("improvement planning seminar", _AUTHORITY),
    Activity.GETTING_TO_GOOD_SEMINAR: ActivityMeaning("getting to good seminar", _AUTHORITY),
    Activity.CASEWORK_MONITORING: ActivityMeaning("monthly monitoring of casework", _AUTHORITY),
    Activity.PROGRESS_REVIEW: ActivityMeaning("quarterly review of progress", _AUTHORITY),
    Activity.PROGRESS_INSPECTION: ActivityMeaning("progress inspection", _AUTHORITY),
    Activity.AREA_SEND_MONITORING: ActivityMeaning("area SEND monitoring inspection", _AUTHORITY),
    Activity.AREA_SEND_REVISIT: ActivityMeaning("area SEND revisit", _AUTHORITY),
    Activity.AREA_SEND_STATEMENT: ActivityMeaning(
        "written statement of action after an area SEND inspection", _AUTHORITY
    ),
    Activity.AREA_SEND_DRAFT_PRIORITY_PLAN: ActivityMeaning(
        "draft of the priority action plan after an area SEND inspection", _AUTHORITY
    ),
    Activity.AREA_SEND_PRIORITY_PLAN: ActivityMeaning("priority action plan after an area SEND inspection", _AUTHORITY),
    Activity.AREA_SEND_STRATEGIC_PLAN: ActivityMeaning(
        "updated strategic plan after an area SEND inspection", _AUTHORITY
    ),
    Activity.AREA_SEND_ENGAGEMENT_MEETING: ActivityMeaning("area SEND engagement meeting", _AUTHORITY),
    Activity.AREA_SEND_INTERIM_VISIT: ActivityMeaning("interim area SEND visit of autumn 2020", _AUTHORITY),
    Activity.AREA_SEND_THEMATIC_VISIT: ActivityMeaning("area SEND thematic visit", _AUTHORITY),
    Activity.AREA_SEND_IMPROVEMENT_NOTICE: ActivityMeaning(
        "improvement notice of the Department for Education after an area SEND inspection", _AUTHORITY
    ),
    Activity.PEER_CHALLENGE: ActivityMeaning("peer challenge or other sector-led improvement", _AUTHORITY),
    Activity.INTERVENTION_STARTED: ActivityMeaning(
        "improvement notice or direction of the Department for Education", _AUTHORITY
    ),
    Activity.INTERVENTION_REVIEW: ActivityMeaning("review by the Department for Education", _AUTHORITY),
    Activity.INTERVENTION_ENDED: ActivityMeaning("end of the intervention by the Department for Education", _AUTHORITY),
    Activity.REPORT_PUBLISHED_BY_AUTHORITY: ActivityMeaning(
        "publication of the inspectorate's report by the authority", _AUTHORITY
    ),
    Activity.JTAI_REPORT_PUBLISHED: ActivityMeaning("publication of a JTAI letter by the authority", _AUTHORITY),
    Activity.AREA_SEND_REPORT_PUBLISHED: ActivityMeaning(
        "publication of an area SEND report by the authority", _AUTHORITY
    ),
    Activity.COMPLIANCE_NOTICE: ActivityMeaning("compliance notice", _PROVIDER),
    Activity.MANAGER_LEFT: ActivityMeaning("the registered manager has left", _PROVIDER),
    Activity.NO_CHILDREN_CONDITION: ActivityMeaning(
        "condition that no child is accommodated without notice", _PROVIDER
    ),
    Activity.NO_CHILDREN_CONDITION_REMOVED: ActivityMeaning(
        "end of the condition that no child is accommodated", _PROVIDER
    ),
    Activity.INSPECTION_REPORT: ActivityMeaning("publication of the inspection's report", _BOTH, event=False),
    Activity.FURTHER_ACTIVITY: ActivityMeaning("a further visit or inspection, not said which", _BOTH, event=False),
    Activity.NOTHING_REQUIRED: ActivityMeaning("nothing required", _BOTH, event=False),
}

GRADED: frozenset[Activity] = frozenset(activity for activity, meaning in ACTIVITIES.items() if meaning.graded)


def in_words(word: str) -> str:
    """A word of the vocabulary as a person would say it.

    >>> in_words(Activity.JTAI)
    'joint targeted area inspection'
    >>> in_words(Grade.REQUIRES_IMPROVEMENT)
    'requires improvement'
    """
    return ACTIVITIES[word].words if isinstance(word, Activity) else word.replace("_", " ")
