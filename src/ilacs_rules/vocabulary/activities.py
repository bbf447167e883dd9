"""What each activity is: its words, who it happens to, and which judgements it gives and since when."""

from datetime import date
from typing import NamedTuple

from ilacs_rules.vocabulary.words import Activity, Area, Grade, Outcome

__all__ = [
    "ACTIVITIES",
    "CONCLUDES",
    "GRADED",
    "INSPECTIONS",
    "OF_SUPPORTED_ACCOMMODATION",
    "OLDER_SCALES",
    "OLDER_SCALES_UNTIL",
    "ActivityMeaning",
    "in_words",
]


class ActivityMeaning(NamedTuple):
    """What an activity is: its words, and the judgements it gives, each with the first and last start date."""

    words: str
    to: frozenset[str]  # who it happens to: "authority", "provider", or both
    judges: tuple[tuple[Area, date, date], ...] = ()
    graded: bool = False  # a full set of judgements, from which the next inspection follows
    event: bool = True  # False: only ever an answer, so it cannot stand in a history
    inspects: bool = True  # False: not an inspection or visit, so a record of inspections does not show it
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
    Activity.ANNUAL_ENGAGEMENT_MEETING: ActivityMeaning("annual engagement meeting", _AUTHORITY, inspects=False),
    Activity.SELF_EVALUATION: ActivityMeaning("yearly self-evaluation", _AUTHORITY, inspects=False),
    Activity.STATEMENT_OF_ACTION: ActivityMeaning(
        "written statement of action after an inspection report", _AUTHORITY, inspects=False
    ),
    Activity.JTAI_STATEMENT_OF_ACTION: ActivityMeaning(
        "written statement of action after a JTAI letter", _AUTHORITY, inspects=False
    ),
    Activity.DRAFT_PRIORITY_ACTION_PLAN: ActivityMeaning(
        "early draft of the plan after an area for priority action", _AUTHORITY, inspects=False
    ),
    Activity.PRIORITY_ACTION_PLAN: ActivityMeaning(
        "final action plan after an area for priority action", _AUTHORITY, inspects=False
    ),
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
        "written statement of action after an area SEND inspection", _AUTHORITY, inspects=False
    ),
    Activity.AREA_SEND_PRIORITY_PLAN: ActivityMeaning(
        "priority action plan after an area SEND inspection", _AUTHORITY, inspects=False
    ),
    Activity.PEER_CHALLENGE: ActivityMeaning(
        "peer challenge or other sector-led improvement", _AUTHORITY, inspects=False
    ),
    Activity.AREA_SEND_DRAFT_PRIORITY_PLAN: ActivityMeaning(
        "draft of the priority action plan after an area SEND inspection", _AUTHORITY, inspects=False
    ),
    Activity.AREA_SEND_STRATEGIC_PLAN: ActivityMeaning(
        "updated strategic plan after an area SEND inspection", _AUTHORITY, inspects=False
    ),
    Activity.AREA_SEND_ENGAGEMENT_MEETING: ActivityMeaning("area SEND engagement meeting", _AUTHORITY, inspects=False),
    Activity.AREA_SEND_INTERIM_VISIT: ActivityMeaning("interim area SEND visit of autumn 2020", _AUTHORITY),
    Activity.AREA_SEND_THEMATIC_VISIT: ActivityMeaning("area SEND thematic visit", _AUTHORITY),
    Activity.AREA_SEND_IMPROVEMENT_NOTICE: ActivityMeaning(
        "improvement notice of the Department for Education after an area SEND inspection", _AUTHORITY, inspects=False
    ),
    Activity.INTERVENTION_STARTED: ActivityMeaning(
        "beginning of an intervention by the Department for Education", _AUTHORITY, inspects=False
    ),
    Activity.INTERVENTION_REVIEW: ActivityMeaning("review by the Department for Education", _AUTHORITY, inspects=False),
    Activity.INTERVENTION_ENDED: ActivityMeaning(
        "end of the intervention by the Department for Education", _AUTHORITY, inspects=False
    ),
    Activity.REPORT_PUBLISHED_BY_AUTHORITY: ActivityMeaning(
        "publication of the inspectorate's report by the authority", _AUTHORITY, inspects=False
    ),
    Activity.COMPLIANCE_NOTICE: ActivityMeaning("compliance notice", _PROVIDER, inspects=False),
    Activity.MANAGER_LEFT: ActivityMeaning("the registered manager has left", _PROVIDER, inspects=False),
    Activity.JTAI_REPORT_PUBLISHED: ActivityMeaning(
        "publication of a JTAI letter by the authority", _AUTHORITY, inspects=False
    ),
    Activity.AREA_SEND_REPORT_PUBLISHED: ActivityMeaning(
        "publication of an area SEND report by the authority", _AUTHORITY, inspects=False
    ),
    Activity.NO_CHILDREN_CONDITION: ActivityMeaning(
        "condition that no child is accommodated without notice", _PROVIDER, inspects=False
    ),
    Activity.NO_CHILDREN_CONDITION_REMOVED: ActivityMeaning(
        "end of the condition that no child is accommodated", _PROVIDER, inspects=False
    ),
    Activity.DEFERRAL: ActivityMeaning("deferral of an inspection or visit", _BOTH, inspects=False),
    Activity.PAUSE: ActivityMeaning("pause of an inspection or visit", _BOTH, inspects=False),
    Activity.INSPECTION_REPORT: ActivityMeaning("publication of the inspection's report", _BOTH, event=False),
    Activity.FURTHER_ACTIVITY: ActivityMeaning("a further visit or inspection, not said which", _BOTH, event=False),
    Activity.NOTHING_REQUIRED: ActivityMeaning("nothing required", _BOTH, event=False),
}

INSPECTIONS: frozenset[Activity] = frozenset(
    activity for activity, meaning in ACTIVITIES.items() if meaning.event and meaning.inspects
)
"""What the inspectorate does: what a record of inspections shows."""
GRADED: frozenset[Activity] = frozenset(activity for activity, meaning in ACTIVITIES.items() if meaning.graded)


_PRIORITY = (Outcome.AREAS_FOR_PRIORITY_ACTION, Outcome.EXISTING_PRIORITY_ACTIONS_REMAIN)
_STATEMENT = (Outcome.STATEMENT_REQUIRED, Outcome.NO_STATEMENT_REQUIRED)
CONCLUDES: dict[Activity, tuple[Outcome, ...]] = {
    Activity.FOCUSED_VISIT: _PRIORITY,
    Activity.MONITORING_VISIT: (*_PRIORITY, Outcome.REQUIREMENTS_NOT_MET),
    Activity.EMERGENCY_INSPECTION: (Outcome.REQUIREMENTS_NOT_MET,),
    Activity.JTAI: (Outcome.AREAS_FOR_PRIORITY_ACTION, *_STATEMENT),
    Activity.AREA_SEND_INSPECTION: (
        Outcome.SEND_TYPICALLY_POSITIVE,
        Outcome.SEND_INCONSISTENT,
        Outcome.SEND_WIDESPREAD_FAILINGS,
        *_STATEMENT,
    ),
    Activity.AREA_SEND_VISIT: (*_STATEMENT, Outcome.SUFFICIENT_PROGRESS, Outcome.INSUFFICIENT_PROGRESS),
    Activity.AREA_SEND_REVISIT: (Outcome.SUFFICIENT_PROGRESS, Outcome.INSUFFICIENT_PROGRESS),
    Activity.AREA_SEND_MONITORING: (Outcome.EFFECTIVE_ACTION, Outcome.NOT_EFFECTIVE_ACTION),
    Activity.FULL_INSPECTION: (  # of supported accommodation, which gets one of these in place of grades
        Outcome.CONSISTENTLY_STRONG,
        Outcome.INCONSISTENT_QUALITY,
        Outcome.SERIOUS_WEAKNESSES,
        Outcome.REQUIREMENTS_NOT_MET,
    ),
    Activity.INTERIM_INSPECTION: (Outcome.NO_CHILDREN,),
    Activity.ASSURANCE_INSPECTION: (Outcome.NO_SERIOUS_CONCERNS, Outcome.SERIOUS_CONCERNS, Outcome.NO_CHILDREN),
    Activity.ASSURANCE_VISIT: (Outcome.NO_SERIOUS_CONCERNS, Outcome.SERIOUS_CONCERNS),
}
"""What letters about an activity conclude; a record may say another outcome, and then it is kept as it is."""
OF_SUPPORTED_ACCOMMODATION = frozenset(CONCLUDES[Activity.FULL_INSPECTION])
"""The outcomes that only supported accommodation gets."""

OLDER_SCALES = (Grade.ADEQUATE, Grade.SATISFACTORY)
OLDER_SCALES_UNTIL = {"authority": date(2013, 11, 18), "provider": date(2017, 3, 31)}
"""The last days on which an inspection could begin that gave a grade of an older scale.

Of authorities: the single inspection framework of 19 November 2013 replaced "adequate". Of providers: the framework of
1 April 2017 has today's scale alone; the last "adequate" in the published collection is of November 2015.
"""

_SPELT = {word: word.upper() for word in ("ilacs", "sif", "sccif", "jtai", "send")} | {"childrens": "children's"}


def in_words(word: str) -> str:
    """A word of the vocabulary as a person would say it.

    >>> in_words(Activity.JTAI)
    'joint targeted area inspection'
    >>> from ilacs_rules.vocabulary import Grade
    >>> in_words(Grade.REQUIRES_IMPROVEMENT)
    'requires improvement'
    >>> in_words("area_send_outcome")  # the name of a fact
    'area SEND outcome'
    >>> in_words("secure_childrens_home")
    "secure children's home"
    """
    if isinstance(word, Activity):
        return ACTIVITIES[word].words
    return " ".join(_SPELT.get(part, part) for part in word.split("_"))
