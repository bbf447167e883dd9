"""From tables to histories: every row is put in its place, or refused in the words of the single path.

Whole columns are checked for what could be wrong. Only the rows that look wrong are given to the record itself
(``Event``, ``LocalAuthority``, ``Provider``, ``Covered``). It alone decides whether they are refused, and why. A
subject with a refused row is not answered: what the row says may change the answer.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from ilacs_rules.records import WHOLE, Whole
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.rows_in.coverage import read_covers
from ilacs_rules.tables.rows_in.histories import NO_SPANS, Histories, Spans
from ilacs_rules.tables.rows_in.rows import Made
from ilacs_rules.tables.rows_in.whose import IS_OVER, numbers_of, usable_subjects
from ilacs_rules.tables.words import REGISTRATION, SUBJECT_TYPE, Codes, Places, as_ordinals

__all__ = ["Gathered", "gather"]


class Gathered(NamedTuple):
    """Histories, and the subject that each of them is of, in the order of the table of subjects."""

    histories: Histories
    subjects: pl.DataFrame
    place: Places  # of each history, the row of its subject


def gather(
    events: pl.DataFrame,
    subjects: pl.DataFrame,
    covers: "pl.DataFrame | Whole",
    refused: Refusals,
    heads: Places | None = None,
) -> Gathered:
    """Histories from tables that have every known column.

    Args:
        events, subjects, covers: the tables; in place of ``covers``, the word for what every record holds whole.
        refused: where rows go that cannot be used.
        heads: where the subjects were taken from the events, the row of each: a row may be a subject without events.
    """
    kind = SUBJECT_TYPE.codes_of(subjects["type"])
    usable = usable_subjects(subjects, kind, refused, heads)
    place = np.argsort(kind, kind="stable")
    number = np.empty(len(place), np.int32)
    number[place] = np.arange(len(place), dtype=np.int32)
    of = numbers_of(events["subject"], subjects["subject"], number, "events")
    made = Made(events, of, kind.take(place), usable.take(place))
    made.refuse_rows(refused, alone=heads is not None, known_twice=subjects)
    ordered, starts = made.in_order(len(place))
    began = as_ordinals(subjects["created"]) + as_ordinals(subjects["registered"])
    ended = as_ordinals(subjects["abolished"]) + as_ordinals(subjects["closed"])
    status = REGISTRATION.codes_of(subjects["registration_status"])
    status = status * (IS_OVER.take(status) & (ended == 0))
    ended_by = as_ordinals(subjects["status_as_at"]) * (status != 0)
    began, ended, status, ended_by = (column.take(place) for column in (began, ended, status, ended_by))
    claims, spans = _spans(covers, subjects, number, made, refused)

    def name(history: int) -> str:
        row = int(place[history])
        return str(subjects["subject"][row] if subjects["name"][row] is None else subjects["name"][row])

    lives = (began, ended, status, ended_by)
    histories = Histories(name, kind.take(place), *lives, claims, starts, ordered, spans, made.usable)
    made.refuse_clashes(histories, subjects["subject"].gather(pl.Series(place)), refused)
    return Gathered(histories, subjects, place)


def _spans(
    covers: pl.DataFrame | Whole, subjects: pl.DataFrame, number: Places, made: Made, refused: Refusals
) -> tuple[Codes, Spans]:
    """What each record is meant to hold whole, and what the others cover."""
    if isinstance(covers, str):
        return np.full(len(number), WHOLE.index(covers) + 1, np.uint8), NO_SPANS
    of = numbers_of(covers["subject"], subjects["subject"], number, "covers")
    return read_covers(covers, of, made.kind, made.usable, refused)
