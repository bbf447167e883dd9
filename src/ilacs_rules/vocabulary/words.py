"""The words themselves: grades, areas, activities, certainty, status; what each means stands beside it."""

from enum import StrEnum

__all__ = [
    "ENDED",
    "NOT_SAID",
    "BEGINS_ANEW",
    "REGISTERED",
    "SCALE",
    "Activity",
    "Area",
    "Certainty",
    "Effectiveness",
    "Grade",
    "OwedBy",
    "Outcome",
    "ProviderType",
    "RecordState",
    "RegistrationStatus",
    "Stage",
    "Status",
    "Strength",
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
    """What a judgement is about, such as leaders or the help and protection of children."""

    OVERALL = "overall"
    LEADERS = "leaders"
    HELP_AND_PROTECTION = "help_and_protection"
    CHILDREN_IN_CARE = "children_in_care"
    CARE_LEAVERS = "care_leavers"
    CARE_AND_CARE_LEAVERS = "care_and_care_leavers"  # one judgement of both, under ILACS until December 2022


class Outcome(StrEnum):
    """What an activity without grades may conclude, if its letter says so."""

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
    """The kinds of setting and agency that Ofsted's published files name."""

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


REGISTERED = frozenset(ProviderType) - {
    ProviderType.BOARDING_SCHOOL,
    ProviderType.RESIDENTIAL_SPECIAL_SCHOOL,
    ProviderType.FURTHER_EDUCATION_RESIDENTIAL,
    ProviderType.SECURE_TRAINING_CENTRE,
}
"""The kinds that somebody is registered for with the inspectorate; the others it inspects only."""

BEGINS_ANEW = frozenset({"local_authority", *REGISTERED})
"""The kinds whose record may go back beyond their beginning: what happened to an earlier one does not count."""


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
    DEFERRAL = "deferral"
    PAUSE = "pause"
    INSPECTION_REPORT = "inspection_report"
    FURTHER_ACTIVITY = "further_activity"
    NOTHING_REQUIRED = "nothing_required"


class RegistrationStatus(StrEnum):
    """What the inspectorate's register says of a provider's registration, in the words of its published files.

    >>> RegistrationStatus("resigned") in ENDED, RegistrationStatus.SUSPENDED in ENDED
    (True, False)
    >>> RegistrationStatus("dormant")
    Traceback (most recent call last):
    ValueError: 'dormant' is not a valid RegistrationStatus
    """

    ACTIVE = "active"
    SUSPENDED = "suspended"  # it is still registered
    RESIGNED = "resigned"  # the provider gave it up
    CANCELLED = "cancelled"  # the inspectorate ended it
    CLOSED = "closed"


ENDED = frozenset({RegistrationStatus.RESIGNED, RegistrationStatus.CANCELLED, RegistrationStatus.CLOSED})
"""The words of a registration that is over."""


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
    MAY = "may"  # it may happen, but nobody has to do it


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


NOT_SAID = frozenset({Certainty.OBSERVED, Certainty.INFERRED})
"""The certainties that mean: no text says so."""


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
    WINDOW_PASSED = "window_passed"  # it has passed, and its last day is a reading or owed by nobody: no one is late
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
    ROWS_NOT_USED = "rows_not_used"  # rows, or values in them, which may change the answer


class OwedBy(StrEnum):
    """Who has to act."""

    INSPECTORATE = "inspectorate"
    AUTHORITY = "authority"
    DEPARTMENT = "department"  # the Department for Education
    PROVIDER = "provider"
