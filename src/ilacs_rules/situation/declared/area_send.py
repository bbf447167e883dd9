"""What rules ask about area SEND inspections: special educational needs and disabilities, the whole local area."""

from ilacs_rules.situation.aggregates import (
    Attribute,
    CountSince,
    Covers,
    DateOf,
    KindOf,
    Latest,
    NthLatest,
    OutcomeOf,
    Since,
    StageOf,
)
from ilacs_rules.situation.declared.common import Fact, kinds
from ilacs_rules.vocabulary import Activity, Outcome

__all__ = ["DECLARED"]

_INSPECTION, _STATEMENT = kinds(Activity.AREA_SEND_INSPECTION), kinds(Activity.AREA_SEND_STATEMENT)
_REVISIT = kinds(Activity.AREA_SEND_REVISIT)
_OUTCOMES = (
    Outcome.STATEMENT_REQUIRED,
    Outcome.NO_STATEMENT_REQUIRED,
    Outcome.SEND_TYPICALLY_POSITIVE,
    Outcome.SEND_INCONSISTENT,
    Outcome.SEND_WIDESPREAD_FAILINGS,
)
_PLAN, _DRAFT = kinds(Activity.AREA_SEND_PRIORITY_PLAN), kinds(Activity.AREA_SEND_DRAFT_PRIORITY_PLAN)
_EFFECT = (Outcome.EFFECTIVE_ACTION, Outcome.NOT_EFFECTIVE_ACTION)
_PROGRESS = (Outcome.SUFFICIENT_PROGRESS, Outcome.INSUFFICIENT_PROGRESS)

_CURRENT = Latest(_INSPECTION)
_LAST = Latest(_INSPECTION, judged=True)
_OUTCOME, _FAILINGS = OutcomeOf(_LAST, _OUTCOMES), Outcome.SEND_WIDESPREAD_FAILINGS
_SINCE_LAST, _SINCE_REPORT = Since(_LAST), Since(_LAST, "published")
_LATEST_STATEMENT = Latest(_STATEMENT, since=_SINCE_REPORT)
_LATEST_REVISIT = Latest(_REVISIT, since=_SINCE_LAST)
_LAST_REVISIT = Latest(_REVISIT, judged=True, since=_SINCE_LAST)
_LAST_MONITORING = Latest(kinds(Activity.AREA_SEND_MONITORING), judged=True, since=_SINCE_LAST)

DECLARED = (
    Fact("area_send_stage", "how far the latest area SEND inspection has come", StageOf(_CURRENT)),
    Fact("area_send_started", "first day known of the latest area SEND inspection", DateOf(_CURRENT, "first")),
    Fact("area_send_ended", "last day of the latest area SEND inspection", DateOf(_CURRENT, "ended")),
    Fact(
        "last_area_send",
        "first day known of the last area SEND inspection whose report was out",
        DateOf(_LAST, "first"),
    ),
    Fact("last_area_send_published", "publication of the last area SEND report", DateOf(_LAST, "published")),
    Fact("area_send_outcome", "what that report concluded", _OUTCOME),
    Fact(
        "third_latest_monitoring",
        "first day of the third-latest monitoring of either kind, in an area with widespread or systemic failings",
        NthLatest(kinds(Activity.MONITORING_VISIT, Activity.AREA_SEND_MONITORING), 3, _OUTCOME, _FAILINGS),
    ),
    Fact(
        "earlier_area_send_visit",
        "an earlier area SEND inspection or revisit of which the record does not say which it was",
        KindOf(Latest(kinds(Activity.AREA_SEND_VISIT))),
    ),
    Fact(
        "area_send_covered",
        "whether the record would show every area SEND inspection from the beginning",
        Covers(_INSPECTION, "beginning"),
    ),
    Fact(
        "area_send_covered_since",
        "whether the record would show every area SEND inspection since the last one whose report was out",
        Covers(_INSPECTION, _SINCE_LAST),
    ),
    Fact(
        "area_send_statements_on_record",
        "written statements of action on record since the last area SEND report",
        CountSince(_STATEMENT, _SINCE_REPORT),
    ),
    Fact(
        "area_send_statement_day",
        "day of the latest written statement of action since the last area SEND report",
        DateOf(_LATEST_STATEMENT, "first"),
    ),
    Fact(
        "area_send_revisit_stage",
        "how far the revisit since the last area SEND inspection has come",
        StageOf(_LATEST_REVISIT),
    ),
    Fact(
        "area_send_revisit_started", "first day known of the latest area SEND revisit", DateOf(_LATEST_REVISIT, "first")
    ),
    Fact("area_send_revisit_ended", "last day of the latest area SEND revisit", DateOf(_LATEST_REVISIT, "ended")),
    Fact("area_send_revisit_outcome", "what that revisit concluded", OutcomeOf(_LAST_REVISIT, _PROGRESS)),
    Fact(
        "area_send_monitoring_on_record",
        "area SEND monitoring inspections on record since the last area SEND inspection",
        CountSince(kinds(Activity.AREA_SEND_MONITORING), _SINCE_LAST),
    ),
    Fact("area_send_monitoring_outcome", "what that monitoring inspection found", OutcomeOf(_LAST_MONITORING, _EFFECT)),
    Fact(
        "area_send_draft_plans_on_record",
        "area SEND priority action plans and drafts of them on record since the last area SEND report",
        CountSince(_DRAFT | _PLAN, _SINCE_REPORT),
    ),
    Fact(
        "area_send_plans_on_record",
        "area SEND priority action plans on record since the last area SEND report",
        CountSince(_PLAN, _SINCE_REPORT),
    ),
    Fact(
        "area_send_strategic_plans_on_record",
        "strategic plans brought up to date on record since the last area SEND report",
        CountSince(kinds(Activity.AREA_SEND_STRATEGIC_PLAN), _SINCE_REPORT),
    ),
    Fact(
        "area_send_notices_on_record",
        "improvement notices on record since the last area SEND report",
        CountSince(kinds(Activity.AREA_SEND_IMPROVEMENT_NOTICE), _SINCE_REPORT),
    ),
    Fact(
        "area_send_reports_published_on_record",
        "publications by the authority on record since the last area SEND report",
        CountSince(kinds(Activity.AREA_SEND_REPORT_PUBLISHED), _SINCE_REPORT),
    ),
    Fact(
        "created_if_known",
        "the day the authority came into being, if it is on record",
        Attribute("created", needed=False),
    ),
)
