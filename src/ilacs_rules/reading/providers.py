"""The collection of providers' events, row by row."""

from collections.abc import Mapping
from datetime import date

from ilacs_rules.errors import nearest
from ilacs_rules.reading.cells import Found, Judging, as_word, event_of, judgements_of, kind_of, read_days, word_of
from ilacs_rules.reading.tables import Log, Row
from ilacs_rules.records import areas_judged
from ilacs_rules.vocabulary import GRADED, Activity, Effectiveness, Grade, Outcome, ProviderType, in_words

__all__ = ["COLUMNS", "provider_type", "read_row"]

_KINDS = {
    "full_inspection": Activity.FULL_INSPECTION,
    "interim_inspection": Activity.INTERIM_INSPECTION,
    "assurance_visit": Activity.ASSURANCE_VISIT,
    "monitoring_inspection": Activity.MONITORING_VISIT,
    "monitoring_visit": Activity.MONITORING_VISIT,
    "sc_monitoring_inspection": Activity.MONITORING_VISIT,
    "emergency_inspection": Activity.EMERGENCY_INSPECTION,
    "emergency_visit": Activity.EMERGENCY_INSPECTION,
    "sc_emergency_inspection": Activity.EMERGENCY_INSPECTION,
}
# The README of the collection: from April 2022 the label "assurance visit" holds assurance inspections.
_ASSURANCE_INSPECTIONS_SINCE = date(2022, 4, 1)
_DAYS = {"started": "inspection_date", "published": "publication_date"}
_AREAS = {"overall": "overall", "help_and_protection": "help_protect", "leaders": "leaders"}
_OTHER_AREAS = {area: column for area, column in _AREAS.items() if area != "overall"}
_SUPPORTED_OUTCOMES = (Outcome.CONSISTENTLY_STRONG, Outcome.INCONSISTENT_QUALITY, Outcome.SERIOUS_WEAKNESSES)
_NOT_MET = "nms_not_met"  # national minimum standards not met: an outcome, written in the column of grades
_TYPES = {"residential_special_school_registered_as_a_childrens_home": ProviderType.SCHOOL_AND_CHILDRENS_HOME}
_DECLINED = {"declined_effectiveness": Effectiveness.DECLINED}  # the older wording

COLUMNS = ("urn", "provision_type", "event_type", *_DAYS.values(), *_AREAS.values(), "sa_outcome")
"""The columns without which the file is not read. ``registration_date`` and ``event_number`` may be there."""


def read_row(row: Row, log: Log) -> Found:
    """The event that a row of this collection holds: the first day on site is known, the last is not."""
    kind = kind_of(row, _KINDS, log)
    days = read_days(row, _DAYS, log) if kind else {}
    if kind is None or not days:
        return Found(row, kind)
    if kind is Activity.ASSURANCE_VISIT and next(iter(days.values())) >= _ASSURANCE_INSPECTIONS_SINCE:
        kind = Activity.ASSURANCE_INSPECTION
    outcome = _outcome(row, kind, log)
    fields = {"activity": kind, **days, "judgements": _judgements(row, kind, days, outcome, log), "outcome": outcome}
    return Found(row, kind, event_of(row, {**fields, "note": _note(row, kind)}, log))


def _judgements(
    row: Row, kind: Activity, days: Mapping[str, date], outcome: Outcome | None, log: Log
) -> Mapping[str, Grade | Effectiveness]:
    words, day = in_words(kind), next(iter(days.values()))
    # "Requirements not met" was read from the very cell of the overall grade.
    columns = _OTHER_AREAS if outcome is Outcome.REQUIREMENTS_NOT_MET else _AREAS
    if kind is Activity.INTERIM_INSPECTION:
        judgements_of(row, _OTHER_AREAS, Judging(words, ()), log)
        return _effectiveness(row, log)
    if kind is Activity.FULL_INSPECTION and _is_supported(row):
        given = judgements_of(row, columns, Judging(f"{words} of supported accommodation", ()), log)
        # An outcome was given and cannot be read: without a word for that the report would count as still awaited.
        return given if outcome else {"overall": Grade.NOT_RECORDED}
    graded, may = kind in GRADED, areas_judged(kind, day)
    # The collection holds inspections whose reports are out, so an overall grade that is not there was given.
    return judgements_of(row, columns, Judging(words, may, ("overall",) if graded else (), graded), log)


def _effectiveness(row: Row, log: Log) -> Mapping[str, Effectiveness]:
    text = row["overall"]
    word = word_of(Effectiveness, text, _DECLINED)
    if word:
        return {"effectiveness": word}
    if text and word_of(Grade, text) is not Grade.NOT_JUDGED:  # "not judged" says what an absent judgement says
        problem = "is not on the three-point scale of interim inspections"
        log.without(row, "overall", problem, nearest(text, Effectiveness))
    return {}


def _outcome(row: Row, kind: Activity, log: Log) -> Outcome | None:
    text, supported = row["sa_outcome"], _is_supported(row) and kind is Activity.FULL_INSPECTION
    outcome = word_of(Outcome, text)
    if supported and outcome in _SUPPORTED_OUTCOMES:
        return outcome
    if supported:
        log.without(
            row, "sa_outcome", "is not a known outcome" if text else "is empty", nearest(text, _SUPPORTED_OUTCOMES)
        )
    elif text:
        problem = "stands where there can be none: only a full inspection of supported accommodation has this outcome"
        log.without(row, "sa_outcome", problem, "an empty cell")
    ungraded = kind not in GRADED and kind is not Activity.INTERIM_INSPECTION
    return Outcome.REQUIREMENTS_NOT_MET if ungraded and as_word(row["overall"]) == _NOT_MET else None


def provider_type(row: Row) -> ProviderType | None:
    """The kind of provider that a row says its subject is; ``None`` where that is no known word."""
    return word_of(ProviderType, row["provision_type"], _TYPES)


def _is_supported(row: Row) -> bool:
    return provider_type(row) is ProviderType.SUPPORTED_ACCOMMODATION


def _note(row: Row, kind: Activity) -> str:
    """Ofsted's number, and the file's own label where it is not the activity's."""
    number, label = row["event_number"], row["event_type"]
    parts = [
        f"event number {number}" if number else "",
        f"in the file: {label}" if as_word(label) != kind.value else "",
    ]
    return "; ".join(part for part in parts if part)
