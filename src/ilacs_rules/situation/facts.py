"""The facts that rules may ask about, each declared once, and the boxes that no history can be in."""

from datetime import date

from ilacs_rules.situation.aggregates import Choice
from ilacs_rules.situation.boxes import AS_OF, SUBJECT, Box, Range, Words
from ilacs_rules.situation.declared import agencies, area_send, authorities, deferrals, neighbours, providers
from ilacs_rules.situation.declared.common import Fact
from ilacs_rules.vocabulary import ACTIVITIES, GRADED, ProviderType

__all__ = ["FACTS", "IMPOSSIBLE", "Fact"]

FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        *authorities.DECLARED,
        *neighbours.DECLARED,
        *area_send.DECLARED,
        *providers.DECLARED,
        *agencies.DECLARED,
        *deferrals.DECLARED,
    )
}
"""Every fact, by name."""


def _is(*words: str) -> Words:
    return Words(frozenset(words))


def _is_not(name: str, *words: str) -> Words:
    domain = FACTS[name].domain
    return Words(frozenset(domain.words if isinstance(domain, Choice) else ()) - frozenset(words))


def _only_to(who: str) -> Words:
    return _is(*(kind.value for kind in GRADED if ACTIVITIES[kind].to == frozenset({who})))


_SUPPORTED = "supported_accommodation_outcome"
_KNOWN, _UNKNOWN = Range(), Range(known=False, unknown=True)
_SETTINGS = _is(*ProviderType)
_SOME, _NO_OTHER, _NEW = Range(low=1), Range(high=0), _is_not("registered_this_year", "no")

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
        "last_inspection": _is("sif_inspection", "sif_reinspection", "post_monitoring_sif", "full_inspection"),
        "last_overall": _is("not_reported"),
    },
    {"judgements_given": _is("yes"), "inadequate_judgements": _UNKNOWN},
    {"judgements_given": _is("yes"), "good_practice_judgements": _UNKNOWN},
    {"judgements_given": _is("not_recorded"), "inadequate_judgements": _KNOWN},
    {"inspection_stage": _is("awaiting_report"), "current_inspection_ended": _UNKNOWN},
    {"priority_action": _is("focused_visit"), "last_focused_visit": _UNKNOWN},
    {"priority_action": _is("none"), "priority_action_published": _KNOWN},
    {"last_inspection": _is("none"), "last_inspection_published": _KNOWN},
    {"inspection_stage": _is_not("inspection_stage", "none"), "exists": _is("not_yet", "not_known")},
    # No subject has an inspection of a kind that happens only to the other.
    {SUBJECT: _is("local_authority"), "current_inspection": _only_to("provider")},
    {SUBJECT: _is(*ProviderType), "current_inspection": _only_to("authority")},
    {SUBJECT: _is("local_authority"), "last_inspection": _only_to("provider")},
    {SUBJECT: _is(*ProviderType), "last_inspection": _only_to("authority")},
    {SUBJECT: _is(*ProviderType), "last_overall": _is("not_reported")},
    {"inspection_stage": _is("none"), "latest_inspection_first_day": _KNOWN},
    {"inspection_stage": _is_not("inspection_stage", "none"), "latest_inspection_first_day": _UNKNOWN},
    {"inspection_stage": _is("none"), "supported_accommodation_outcome": _is_not(_SUPPORTED, "none")},
    {"inspection_stage": _is("complete"), "supported_accommodation_outcome": _is("none")},
    {"area_send_stage": _is_not("area_send_stage", "none"), "exists": _is("not_yet", "not_known")},
    {"last_overall": _is_not("last_overall", "none"), "exists": _is("not_yet", "not_known")},
    {"earlier_area_send_visit": _is("area_send_visit"), "exists": _is("not_yet", "not_known")},
    {"exists": _is("not_yet", "not_known"), "registered": _KNOWN},
    {"exists": _is("not_yet", "not_known"), "assurance_inspections_this_year": _SOME},
    {"area_send_stage": _is("none"), "area_send_outcome": _is_not("area_send_outcome", "none")},
    {"area_send_stage": _is("complete"), "area_send_outcome": _is("none")},
    {"area_send_stage": _is("complete"), "last_area_send": _UNKNOWN},
    {"area_send_outcome": _is_not("area_send_outcome", "none"), "last_area_send": _UNKNOWN},
    {"area_send_revisit_stage": _is("complete"), "area_send_revisit_outcome": _is("none")},
    {SUBJECT: _is(*ProviderType), "this_years_grade": _is("not_reported")},
    {SUBJECT: _is(*ProviderType), "last_years_grade": _is("not_reported")},
    {"left_over": _is("yes"), "last_overall": _is_not("last_overall", "requires_improvement", "inadequate")},
    {"may_be_left_over": _is("yes"), "last_overall": _is_not("last_overall", "requires_improvement", "inadequate")},
    {"exists": _is("not_yet", "not_known"), "closure": _is_not("closure", "open")},
    {"exists": _is("not_yet", "not_known"), "no_children_found": _is_not("no_children_found", "none")},
    {"exists": _is("not_yet", "not_known"), "registered_in": _is_not("registered_in", "not_known")},
    # Of an ended authority the day is always known; of a provider that may have closed it never is.
    {SUBJECT: _is("local_authority"), "exists": _is("may_have_ended")},
    {SUBJECT: _is("local_authority"), "exists": _is("no_longer"), "ended": _UNKNOWN},
    {"exists": _is("may_have_ended"), "ended": _KNOWN},
    {"serious_concerns": _is("none"), "returns_after_serious_concerns": _SOME},
    {"put_off": _is("none"), "begun_since_put_off": _SOME},
    {"compliance_notice": _is("none"), "visits_after_notice": _SOME},
    {SUBJECT: _SETTINGS, "last_years_grade": _is_not("last_years_grade", "none"), "registered_this_year": _NEW},
    {SUBJECT: _SETTINGS, "left_over": _is("yes"), "registered_this_year": _NEW},
    {"left_over": _is("yes"), "inspection_stage": _is("complete"), "full_this_year": _SOME},
    {"left_over": _is("yes"), "no_children_found": _is_not("no_children_found", "none")},
    {"left_over": _is("yes"), "may_be_left_over": _is("yes")},
    {"left_over": _is("yes"), "closure": _is("open_again_and_inspected")},
    {"may_be_left_over": _is("yes"), "closure": _is("open_again_and_inspected")},
    {"this_years_grade": _is_not("this_years_grade", "none"), "inspections_this_year": _NO_OTHER},
    {"no_children_found": _is_not("no_children_found", "none"), "inspections_this_year": _NO_OTHER},
    {"closure": _is("open_again_and_inspected"), "inspections_this_year": _NO_OTHER},
    {"this_years_grade": _is_not("this_years_grade", "none"), "full_this_year": _NO_OTHER},
    {"full_this_year": _SOME, "inspections_this_year": _NO_OTHER},
    {"inspection_stage": _is("none"), "full_this_year": _SOME},
    {
        "no_children_found": _is_not("no_children_found", "none"),
        "full_this_year": _SOME,
        "inspections_this_year": Range(high=1),
    },
    {
        "this_years_grade": _is_not("this_years_grade", "none"),
        "no_children_found": _is_not("no_children_found", "none"),
        "inspections_this_year": Range(high=1),
    },
    {"latest_inspection": _is_not("latest_inspection", "none"), "latest_stage": _is("none")},
    {"latest_stage": _is("awaiting_report"), "latest_ended": _UNKNOWN},
    {"good_practice_judgements": Range(low=4)},
    {"inadequate_judgements": Range(low=5)},
    {"inadequate_main_judgements": Range(low=4)},
    {"last_inspection": _is("none"), "reports_published_on_record": Range(low=1)},
    {"area_send_outcome": _is("none"), "area_send_reports_published_on_record": Range(low=1)},
    {"jtai_stage": _is("awaiting_report"), "jtai_ended": _UNKNOWN},
    {"intervention": _is("none"), "intervention_since_report": Range(low=1)},
    {
        AS_OF: Range(high=date(2022, 1, 1)),
        "jtai_stage": _is("awaiting_report"),
        "jtai_ended": Range(low=date(2022, 1, 1)),
    },
    # A report is awaited from the day after the last day on site, and a day counts once it has come.
    {
        AS_OF: Range(high=date(2018, 1, 1)),
        "inspection_stage": _is("awaiting_report"),
        "current_inspection_ended": Range(low=date(2018, 1, 1)),
    },
    {
        AS_OF: Range(high=date(2020, 4, 1)),
        "inspection_stage": _is("awaiting_report"),
        "current_inspection_ended": Range(low=date(2020, 4, 1)),
    },
    {
        AS_OF: Range(high=date(2024, 4, 1)),
        "inspection_stage": _is("awaiting_report"),
        "current_inspection_ended": Range(low=date(2024, 4, 1)),
    },
)
"""Boxes that no history can be in, so that no rule need answer them. A property test looks for one that is."""
