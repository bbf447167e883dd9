"""What each word means, in one plain sentence. The glossary, and everything else that explains a word, uses these."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ilacs_rules.vocabulary.words import (
    Activity,
    Area,
    Certainty,
    Effectiveness,
    Grade,
    Outcome,
    OwedBy,
    ProviderType,
    RecordState,
    RegistrationStatus,
    Stage,
    Status,
    Strength,
)

__all__ = ["MEANINGS", "meaning_of"]

_STATUS = {
    Status.UNDER_WAY: "The inspection or visit has begun and has not ended.",
    Status.AWAITING_REPORT: "The inspection or visit has ended, and its report is not out yet.",
    Status.NOT_OPEN: "The window has not opened yet.",
    Status.OPEN: "The day you ask about is inside the window.",
    Status.OVERDUE: "The window has closed on a day that a source gives, and the record would show the activity if "
    "it had happened.",
    Status.WINDOW_PASSED: "The window has passed, but its last day is our own reading, so nobody can be called late.",
    Status.NOT_RECORDED: "The window has passed, and the record would not show whether the activity happened.",
    Status.SUSPENDED: "Routine inspection is suspended, so no date can be given.",
    Status.NOT_STATED: "Something is required, but no source gives a date, or the record lacks the day it runs from.",
    Status.NOT_REQUIRED: "Nothing is required, and the rule says why.",
}
_STRENGTH = {
    Strength.MUST: "The law requires it.",
    Strength.USUAL: "The framework says that it is usually done.",
    Strength.MAY: "It may happen, or has happened, but nobody has to do it.",
}
_CERTAINTY = {
    Certainty.QUOTED: "We read the text in force on the day asked, or a full copy of it.",
    Certainty.CARRIED: "We read an earlier edition of the text, and nothing says that it changed.",
    Certainty.REPORTED: "Somebody else reports what the text says.",
    Certainty.OBSERVED: "Dated reports show it; no text says it.",
    Certainty.INFERRED: "The sources are silent, and this is our reading; the rule says what is missing.",
}
_GRADE = {
    Grade.OUTSTANDING: "The highest of the four grades.",
    Grade.GOOD: "The second of the four grades.",
    Grade.REQUIRES_IMPROVEMENT: "The third of the four grades: requires improvement to be good.",
    Grade.INADEQUATE: "The lowest of the four grades.",
    Grade.ADEQUATE: "The third grade before requires improvement replaced it.",
    Grade.SATISFACTORY: "The third grade on an even older scale.",
    Grade.NOT_JUDGED: "The report says that no judgement was made.",
    Grade.NOT_RECORDED: "A judgement was made, but the record does not hold it.",
}
_EFFECTIVENESS = {
    Effectiveness.IMPROVED: "An interim inspection found that a home had got better since its full inspection.",
    Effectiveness.SUSTAINED: "An interim inspection found a home as good as at its full inspection.",
    Effectiveness.DECLINED: "An interim inspection found that a home had got worse since its full inspection.",
}
_AREA = {
    Area.OVERALL: "The judgement of everything together, which authorities have not been given since April 2026.",
    Area.LEADERS: "The judgement of leaders and managers, and of their impact on practice.",
    Area.HELP_AND_PROTECTION: "The judgement of how well children are helped and protected.",
    Area.CHILDREN_IN_CARE: "The judgement of the experiences of children in care, given separately since January 2023.",
    Area.CARE_LEAVERS: "The judgement of the experiences of care leavers, given separately since January 2023.",
    Area.CARE_AND_CARE_LEAVERS: "One judgement of children in care and care leavers together, under ILACS until "
    "the end of 2022.",
}
_OUTCOME = {
    Outcome.AREAS_FOR_PRIORITY_ACTION: "A visit's letter names areas for priority action.",
    Outcome.EXISTING_PRIORITY_ACTIONS_REMAIN: "A visit's letter names no new area for priority action, and earlier "
    "ones remain.",
    Outcome.SEND_TYPICALLY_POSITIVE: "The first outcome of an area SEND inspection: typically positive experiences "
    "and outcomes.",
    Outcome.SEND_INCONSISTENT: "The second outcome of an area SEND inspection: inconsistent experiences and outcomes.",
    Outcome.SEND_WIDESPREAD_FAILINGS: "The third outcome of an area SEND inspection: widespread or systemic failings.",
    Outcome.CONSISTENTLY_STRONG: "The first outcome for supported accommodation: consistently strong service delivery.",
    Outcome.INCONSISTENT_QUALITY: "The second outcome for supported accommodation: inconsistent quality of service "
    "delivery.",
    Outcome.SERIOUS_WEAKNESSES: "The third outcome for supported accommodation: serious or widespread weaknesses.",
    Outcome.REQUIREMENTS_NOT_MET: "Supported accommodation did not meet the requirements.",
    Outcome.NO_SERIOUS_CONCERNS: "An assurance inspection found no serious or widespread concerns.",
    Outcome.SERIOUS_CONCERNS: "An assurance inspection found serious or widespread concerns.",
    Outcome.NO_CHILDREN: "No children lived there, so nothing was judged.",
    Outcome.STATEMENT_REQUIRED: "The chief inspector asked for a written statement of action.",
    Outcome.NO_STATEMENT_REQUIRED: "The chief inspector asked for no written statement of action.",
    Outcome.SUFFICIENT_PROGRESS: "An area SEND revisit found sufficient progress.",
    Outcome.INSUFFICIENT_PROGRESS: "An area SEND revisit found insufficient progress.",
    Outcome.EFFECTIVE_ACTION: "An area SEND monitoring inspection found that effective action is being taken.",
    Outcome.NOT_EFFECTIVE_ACTION: "An area SEND monitoring inspection found that effective action is not being taken.",
}
_STAGE = {
    Stage.NONE: "No such inspection is on record by the day asked.",
    Stage.UNDER_WAY: "It has begun and has not ended.",
    Stage.AWAITING_REPORT: "It has ended, and its report is not out yet.",
    Stage.COMPLETE: "Its report is out.",
}
_OWED_BY = {
    OwedBy.INSPECTORATE: "Ofsted has to act, alone or with other inspectorates.",
    OwedBy.AUTHORITY: "The local authority has to act.",
    OwedBy.DEPARTMENT: "The Department for Education has to act.",
    OwedBy.PROVIDER: "The provider of the setting has to act.",
}
_RECORD = {
    RecordState.WHOLE: "Everything that the record held went into the answer.",
    RecordState.ROWS_NOT_USED: "Rows about this subject, or values in them, could not be used and may matter.",
}
_TYPE = {
    ProviderType.CHILDRENS_HOME: "A home that cares for and accommodates children.",
    ProviderType.SECURE_CHILDRENS_HOME: "A children's home that may restrict liberty.",
    ProviderType.SCHOOL_AND_CHILDRENS_HOME: "A residential special school that accommodates children for so much "
    "of the year that it is registered as a children's home.",
    ProviderType.SECURE_16_TO_19_ACADEMY: "A secure school for children who are detained, which the law calls a secure "
    "16 to 19 academy.",
    ProviderType.SECURE_TRAINING_CENTRE: "A secure setting run under contract for children who are detained.",
    ProviderType.INDEPENDENT_FOSTERING_AGENCY: "An agency outside the council that recruits and supports foster "
    "carers.",
    ProviderType.VOLUNTARY_ADOPTION_AGENCY: "An agency outside the council that places children for adoption.",
    ProviderType.ADOPTION_SUPPORT_AGENCY: "An agency that supports adoptive families and adopted people.",
    ProviderType.RESIDENTIAL_FAMILY_CENTRE: "A centre where parents live with their children while they are assessed.",
    ProviderType.RESIDENTIAL_HOLIDAY_SCHEME: "A scheme that accommodates disabled children on holiday.",
    ProviderType.BOARDING_SCHOOL: "A school with boarders whose welfare Ofsted inspects.",
    ProviderType.RESIDENTIAL_SPECIAL_SCHOOL: "A special school that accommodates pupils.",
    ProviderType.FURTHER_EDUCATION_RESIDENTIAL: "A further education college that accommodates students under 18.",
    ProviderType.SUPPORTED_ACCOMMODATION: "A service that accommodates looked-after children and care leavers aged "
    "16 and 17, with support.",
}
_ACTIVITY = {
    Activity.SIF_INSPECTION: "The graded inspection of an authority under the single inspection framework, 2013 to "
    "2017.",
    Activity.SIF_REINSPECTION: "The second graded inspection of an inadequate authority under the same framework.",
    Activity.ILACS_STANDARD: "The longer graded inspection of an authority since 2018, usually two weeks on site.",
    Activity.ILACS_SHORT: "The shorter graded inspection of a good or outstanding authority, usually one week on site.",
    Activity.ILACS_INSPECTION: "A graded inspection under ILACS, where the record does not say whether it was "
    "standard or short.",
    Activity.FOCUSED_VISIT: "A visit between two graded inspections that looks at one topic and gives no grade.",
    Activity.ACTION_PLANNING_VISIT: "A visit soon after an inadequate judgement, to help the authority plan.",
    Activity.MONITORING_VISIT: "A visit after an inadequate judgement, to see what has improved.",
    Activity.JTAI: "An inspection of one theme in an area by several inspectorates together.",
    Activity.AREA_SEND_INSPECTION: "An inspection of an area's services for children with special educational "
    "needs and disabilities (SEND).",
    Activity.AREA_SEND_VISIT: "An area SEND inspection or revisit that a later report mentions without saying which it "
    "was.",
    Activity.ANNUAL_ENGAGEMENT_MEETING: "The yearly meeting of an authority's leaders with Ofsted.",
    Activity.SELF_EVALUATION: "The authority's own yearly account of its practice with children and families.",
    Activity.STATEMENT_OF_ACTION: "The authority's written answer to an inspection report.",
    Activity.JTAI_STATEMENT_OF_ACTION: "The written answer to a joint targeted area inspection, where one is asked "
    "for.",
    Activity.DRAFT_PRIORITY_ACTION_PLAN: "The early draft of a plan after a visit that named an area for priority "
    "action.",
    Activity.PRIORITY_ACTION_PLAN: "The final plan after a visit that named an area for priority action.",
    Activity.FULL_INSPECTION: "The graded inspection of a regulated setting or agency.",
    Activity.INTERIM_INSPECTION: "The second inspection of a children's home in a year, without grades, until "
    "March 2022.",
    Activity.ASSURANCE_INSPECTION: "An inspection of whether children are safe and well cared for, without grades, "
    "since April 2022.",
    Activity.ASSURANCE_VISIT: "A visit to see whether children were safe and well cared for, without grades, "
    "from September 2020 to March 2021.",
    Activity.EMERGENCY_INSPECTION: "An inspection of a school because of a concern.",
    Activity.POST_MONITORING_SIF: "The graded inspection after monitoring, held in 2018 with the grades of the single "
    "inspection framework.",
    Activity.TARGETED_INSPECTION: "An inspection of selected topics of an authority before 2018.",
    Activity.IMPROVEMENT_PLANNING_SEMINAR: "A seminar that helped an inadequate authority to plan, 2013 to 2016.",
    Activity.GETTING_TO_GOOD_SEMINAR: "A seminar for authorities that required improvement, 2013 to 2016.",
    Activity.CASEWORK_MONITORING: "The monthly look at casework in an inadequate authority, 2013 to 2016.",
    Activity.PROGRESS_REVIEW: "The quarterly review of an inadequate authority, 2013 to 2016.",
    Activity.PROGRESS_INSPECTION: "A later inspection of an inadequate authority's progress, 2013 to 2016.",
    Activity.AREA_SEND_MONITORING: "The inspection that follows widespread or systemic failings in an area's SEND "
    "services.",
    Activity.AREA_SEND_REVISIT: "The visit that followed a written statement of action, 2016 to 2022.",
    Activity.AREA_SEND_STATEMENT: "The area's written answer to an area SEND inspection of 2016 to 2022, where one "
    "was asked for.",
    Activity.AREA_SEND_DRAFT_PRIORITY_PLAN: "The draft of the plan after widespread or systemic failings.",
    Activity.AREA_SEND_PRIORITY_PLAN: "The final plan after widespread or systemic failings.",
    Activity.AREA_SEND_STRATEGIC_PLAN: "The area's own plan for SEND, updated and published after an inspection.",
    Activity.AREA_SEND_ENGAGEMENT_MEETING: "A meeting of an area's leaders with the inspectorates about SEND.",
    Activity.AREA_SEND_INTERIM_VISIT: "A visit to an area in the autumn of 2020, while inspections were suspended.",
    Activity.AREA_SEND_THEMATIC_VISIT: "A visit to an area about one theme, which gives no judgement.",
    Activity.AREA_SEND_IMPROVEMENT_NOTICE: "An improvement notice from the Department for Education after widespread "
    "or systemic failings.",
    Activity.PEER_CHALLENGE: "A review of an authority by other authorities.",
    Activity.INTERVENTION_STARTED: "The Department for Education steps in, by a notice or a direction.",
    Activity.INTERVENTION_REVIEW: "The Department for Education looks at how an intervention is going.",
    Activity.INTERVENTION_ENDED: "The Department for Education ends an intervention.",
    Activity.REPORT_PUBLISHED_BY_AUTHORITY: "The authority publishes the inspectorate's report itself.",
    Activity.JTAI_REPORT_PUBLISHED: "The authority publishes the letter of a joint targeted area inspection.",
    Activity.AREA_SEND_REPORT_PUBLISHED: "The authority publishes the report of an area SEND inspection.",
    Activity.COMPLIANCE_NOTICE: "A notice that says what a provider must do and by when; the record holds that last "
    "day.",
    Activity.MANAGER_LEFT: "The registered manager of a setting has left.",
    Activity.NO_CHILDREN_CONDITION: "A condition of registration: no child may live there unless Ofsted has been told.",
    Activity.NO_CHILDREN_CONDITION_REMOVED: "The condition that no child may live there without notice has been "
    "removed.",
    Activity.DEFERRAL: "An inspection or visit was put off, because it could not go ahead on the days planned.",
    Activity.PAUSE: "An inspection or visit that had begun was stopped, to go on later than planned.",
    Activity.INSPECTION_REPORT: "The report of an inspection that has ended.",
    Activity.FURTHER_ACTIVITY: "A further visit or inspection that a text requires without saying which.",
    Activity.NOTHING_REQUIRED: "Nothing is required, and the rule says why.",
}

_REGISTRATION = {
    RegistrationStatus.ACTIVE: "The setting or agency is registered.",
    RegistrationStatus.SUSPENDED: "Its registration is suspended for a time; it is still registered.",
    RegistrationStatus.RESIGNED: "The provider has given up the registration.",
    RegistrationStatus.CANCELLED: "The inspectorate has cancelled the registration.",
    RegistrationStatus.CLOSED: "The setting or agency has closed.",
}

MEANINGS: dict[type[StrEnum], Mapping[Any, str]] = {
    Activity: _ACTIVITY,
    Status: _STATUS,
    Strength: _STRENGTH,
    Certainty: _CERTAINTY,
    Grade: _GRADE,
    Effectiveness: _EFFECTIVENESS,
    Area: _AREA,
    Outcome: _OUTCOME,
    Stage: _STAGE,
    OwedBy: _OWED_BY,
    RecordState: _RECORD,
    RegistrationStatus: _REGISTRATION,
    ProviderType: _TYPE,
}
"""The meanings of the words of each kind."""


def meaning_of(word: StrEnum) -> str:
    """What a word means, in one sentence.

    >>> meaning_of(Strength.MUST)
    'The law requires it.'
    >>> meaning_of(Stage.UNDER_WAY) == meaning_of(Status.UNDER_WAY)  # the same word of two kinds
    False
    """
    return MEANINGS[type(word)][word]
