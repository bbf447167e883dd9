"""The collection of local authorities' events, row by row."""

import re
from collections.abc import Mapping
from datetime import date

from ilacs_rules.errors import nearest
from ilacs_rules.reading.cells import Found, Judging, as_word, event_of, judgements_of, kind_of, read_days
from ilacs_rules.reading.tables import Log, Row
from ilacs_rules.records import areas_judged
from ilacs_rules.vocabulary import GRADED, Activity, Area, Grade, Outcome, in_words

__all__ = ["COLUMNS", "read_row"]

_KINDS = {
    "sif": Activity.SIF_INSPECTION,
    "sif_reinspection": Activity.SIF_REINSPECTION,
    "ilacs_standard": Activity.ILACS_STANDARD,
    "ilacs_short": Activity.ILACS_SHORT,
    "focused_visit": Activity.FOCUSED_VISIT,
    "monitoring_visit": Activity.MONITORING_VISIT,
    "jtai": Activity.JTAI,
    "area_send": Activity.AREA_SEND_INSPECTION,
    "send_prev_from_text": Activity.AREA_SEND_VISIT,
}
_DAYS = {"started": "start_date", "ended": "end_date", "published": "publication_date"}
_AREAS = {
    "overall": "overall",
    "leaders": "leaders",
    "help_and_protection": "help_protection",
    "children_in_care": "children_in_care",
    "care_leavers": "care_leavers",
    "care_and_care_leavers": "care_and_care_leavers",
}
_OTHER_AREAS = {area: column for area, column in _AREAS.items() if area != "overall"}
_PRIORITY = {"areas_for_priority_action": Outcome.AREAS_FOR_PRIORITY_ACTION}
_OUTCOMES: dict[Activity, dict[str, Outcome]] = {
    Activity.FOCUSED_VISIT: {**_PRIORITY, "existing_priority_actions_remain": Outcome.EXISTING_PRIORITY_ACTIONS_REMAIN},
    Activity.JTAI: _PRIORITY,
    Activity.AREA_SEND_INSPECTION: {
        "1_typically_positive": Outcome.SEND_TYPICALLY_POSITIVE,
        "2_inconsistent": Outcome.SEND_INCONSISTENT,
        "3_widespread_systemic_failings": Outcome.SEND_WIDESPREAD_FAILINGS,
    },
}
COLUMNS = ("urn", "name", "event_type", *_DAYS.values(), *_AREAS.values(), "outcome")
"""The columns without which the file is not read. ``_NOTES`` and ``source_link`` are read where they are there."""

_NOTES = {"notes": "", "topic": "topic: ", "next_text": "on what comes next: ", "source": "source: "}
_NOT_REPORTED = "not_reported_post_reform"
_PRECISION = re.compile(r"\bprecision=([^;\s]*)")
_OFSTED = re.compile(r"https?://(?:[a-z0-9-]+\.)*ofsted\.gov\.uk/", re.IGNORECASE)


def read_row(row: Row, log: Log) -> Found:
    """The event that a row of this collection holds."""
    kind = kind_of(row, _KINDS, log)
    days = read_days(row, _DAYS, log) if kind else {}
    precision = _precision(row, days, log) if days else "day"
    if kind is None or not days:
        return Found(row, kind)
    fields = {
        "activity": kind,
        **days,
        "judgements": _judgements(row, kind, days, log),
        "outcome": _outcome(row, kind, log),
        "precision": precision,
        **_report_and_note(row),
    }
    return Found(row, kind, event_of(row, fields, log))


def _precision(row: Row, days: dict[str, date], log: Log) -> str:
    """How well the first day is known, as the notes say it; a day known no better than to the year is left out."""
    said = _PRECISION.search(row["notes"])
    word = said[1] if said else "d"
    if "started" not in days or word in ("d", "m", "m?"):
        by_month = word != "d" and "started" in days
        if by_month:
            days["started"] = days["started"].replace(day=1)
        return "month" if by_month else "day"
    value, expected = f"precision={word}", "precision=d, m or m?"
    del days["started"]
    if not days:
        log.skip(row, "notes", "is not a known precision, and there is no other day", expected, value=value)
    else:
        log.without(row, "notes", "is not a known precision: the first day is left out", expected, value=value)
    return "day"


def _judgements(row: Row, kind: Activity, days: Mapping[str, date], log: Log) -> dict[str, Grade]:
    day = next(iter(days.values()))
    # Within this collection only graded inspections judge: a monitoring visit to an authority never does.
    may = areas_judged(kind, day) if kind in GRADED else ()
    must = ((Area.OVERALL.value,) if Area.OVERALL in may else may) if _report_is_out(row, days) else ()
    judging = Judging(f"{in_words(kind)} that began on {day}", may, must, graded=kind in GRADED)
    if as_word(row["overall"]) != _NOT_REPORTED:
        return judgements_of(row, _AREAS, judging, log)
    others = judgements_of(row, _OTHER_AREAS, judging, log)
    if Area.OVERALL not in may:
        return others
    log.without(row, "overall", f"contradicts its day: {judging.words} gives one", "a grade")
    return {**others, "overall": Grade.NOT_RECORDED}


def _report_is_out(row: Row, days: Mapping[str, date]) -> bool:
    """Whether the row is of an inspection that is over: while it lasts, an empty cell is no gap."""
    return "published" in days or "ended" in days or any(row[column] for column in _AREAS.values())


def _outcome(row: Row, kind: Activity, log: Log) -> Outcome | None:
    text, known = row["outcome"], _OUTCOMES.get(kind, {})
    outcome = known.get(as_word(text))
    if text and outcome is None:
        problem = (
            "is not a known outcome" if known else f"stands where there can be none: {in_words(kind)} has no outcome"
        )
        log.without(row, "outcome", problem, nearest(text, known) if known else "an empty cell")
    return outcome


def _report_and_note(row: Row) -> dict[str, str]:
    """The report's address where the link leads to one; a newspaper's is a source, so it goes into the note."""
    link = row["source_link"]
    report = link if _OFSTED.match(link) else ""
    parts = [f"{label}{row[column]}" for column, label in _NOTES.items() if row[column]]
    return {"report": report, "note": "; ".join(parts + ([link] if link and not report else []))}
