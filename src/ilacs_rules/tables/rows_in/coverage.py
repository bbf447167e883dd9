"""What many records cover, from a table of it: stretches of days by subject and activity, those that meet made one."""

import numpy as np
import polars as pl

from ilacs_rules.errors import IlacsRulesError, RecordError
from ilacs_rules.records import WHOLE, Covered
from ilacs_rules.tables.made import UNREAD, raw, unread
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.rows_in.histories import Spans, span_of
from ilacs_rules.tables.rows_in.kinds import HAPPENS_TO, IS_EVENT, happens_to
from ilacs_rules.tables.rows_in.whose import belongs_to_no_one
from ilacs_rules.tables.schema import COVERS
from ilacs_rules.tables.words import (
    ACTIVITY,
    ALWAYS,
    NEVER,
    SUBJECT_TYPE,
    Codes,
    Flags,
    Places,
    Vocabulary,
    as_ordinals,
    out_of_reach,
)

__all__ = ["read_covers"]

_WHOLE = Vocabulary(WHOLE)


def read_covers(covers: pl.DataFrame, of: Places, kind: Codes, usable: Flags, refused: Refusals) -> tuple[Codes, Spans]:
    """What each record is meant to hold whole, and what the others cover; one with a refused row is not usable."""
    claim = _WHOLE.codes_of(covers["activity"].cast(pl.String))
    whole = claim != 0
    activity = ACTIVITY.codes_of(covers["activity"])
    low, high = as_ordinals(covers["since"]), as_ordinals(covers["until"])
    doubtful = ((activity == 0) & ~whole) | (of < 0) | ((high != 0) & (high < low))
    doubtful |= (whole & ((low != 0) | (high != 0))) | out_of_reach(low) | out_of_reach(high)
    authority = (kind == SUBJECT_TYPE.code["local_authority"]).take(of, mode="clip") if len(kind) else of < 0
    happens = np.where(authority, HAPPENS_TO["authority"].take(activity), HAPPENS_TO["provider"].take(activity))
    doubtful |= ~whole & ~(happens & IS_EVENT.take(activity))
    for name in covers.columns:
        if name.endswith(UNREAD):
            doubtful |= covers[name].is_not_null().to_numpy()
    good = np.ones(len(of), np.bool_)
    for row in np.flatnonzero(doubtful):
        given, number = covers.row(int(row), named=True), int(of[row])
        error = _fault(given, int(kind[number]) if number >= 0 else None)
        if error is not None:
            refused.row("covers", int(row), given["subject"], error)
            good[row] = False
            if number >= 0:
                usable[number] = False
    claims = np.zeros(len(usable), np.uint8)
    np.maximum.at(claims, of[good & whole], claim[good & whole])
    some = good & ~whole
    for row in np.flatnonzero(some & (claims.take(of, mode="clip") == 1)) if len(claims) else ():
        refused.row("covers", int(row), covers["subject"][int(row)], _beside_inspections(covers["activity"][int(row)]))
        usable[of[row]] = False
    low, high = np.where(low == 0, NEVER, low), np.where(high == 0, ALWAYS, high)
    return claims, _joined(span_of(of[some], activity[some]), low[some].astype(np.int64), high[some].astype(np.int64))


def _fault(row: dict[str, object], kind: int | None) -> IlacsRulesError | None:
    if row["subject"] is None:
        return belongs_to_no_one(row)
    if kind is None:
        return RecordError(
            "is not in the table of subjects", field="subject", value=row["subject"], expected="a row for each subject"
        )
    if row["activity"] in WHOLE:
        return unread(row, COVERS) or RecordError(
            "cannot have since or until", field="activity", value=row["activity"], expected="an empty since and until"
        )
    try:
        happens_to(kind, covers=(Covered.model_validate(raw(row, ("activity", "since", "until"))),))
    except RecordError as error:
        return error
    return unread(row, COVERS)


def _beside_inspections(activity: object) -> RecordError:
    wanted = "one row 'inspections', or a row for each activity"
    return RecordError("is given together with 'inspections'", field="activity", value=activity, expected=wanted)


def _joined(of: Places, low: Places, high: Places) -> Spans:
    """Stretches in order, those that meet or overlap made one."""
    order = np.lexsort((high, low, of))
    of, low, high = of[order], low[order], high[order]
    if not of.size:
        return Spans(of, low.astype(np.int32), high.astype(np.int32))
    # The furthest end so far of each subject's activity: later ones count from a greater number, so one pass finds all.
    group = np.cumsum(np.diff(of, prepend=of[0]) != 0)
    furthest = np.maximum.accumulate((group << 24) | high) & ((1 << 24) - 1)
    begins = np.ones(len(of), np.bool_)
    begins[1:] = (of[1:] != of[:-1]) | (low[1:] > furthest[:-1] + 1)
    heads = np.flatnonzero(begins)
    ends = np.append(heads[1:], len(of)) - 1
    return Spans(of[heads], low[heads].astype(np.int32), furthest[ends].astype(np.int32))
