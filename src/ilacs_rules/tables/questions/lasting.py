"""Timelines: of each subject, from when until when each answer held."""

from collections.abc import Sequence
from datetime import date
from time import monotonic

import numpy as np
import polars as pl

from ilacs_rules.errors import DateOrderError, RecordError
from ilacs_rules.progress import watched
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import checked_day
from ilacs_rules.tables.frames import AnyTable, like
from ilacs_rules.tables.questions.asking import NEXT, Table, pieces
from ilacs_rules.tables.questions.functions import Answered, book_of
from ilacs_rules.tables.questions.given import Coverage, gathered_from
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.words import Days

__all__ = ["timeline"]


def timeline(  # noqa: PLR0913 - everything that is asked
    events: AnyTable,
    subjects: AnyTable | None = None,
    *,
    since: date | str,
    until: date | str,
    covers: Coverage | None = None,
    rulebook: Rulebook | None = None,
) -> Answered:
    """When each answer held: for each subject, stretches of days on which ``next_activities`` gives one answer.

    Args:
        since, until: the first and last day you ask about, both inclusive. Every day between them is asked.
        events, subjects, covers, rulebook: as for ``next_activities``.

    Each row gives the ``first`` and the ``last`` day of a stretch, and the columns of the answer. What could not be
    answered is in ``refused``, by the first day of its stretch.

    Raises:
        DateOrderError: ``until`` is before ``since``.
        RecordError: as for ``next_activities``.

    >>> events = pl.DataFrame({
    ...     "subject": ["A"], "type": ["independent_fostering_agency"], "activity": ["full_inspection"],
    ...     "started": [date(2023, 5, 15)], "ended": [date(2023, 5, 19)], "published": [date(2023, 6, 28)],
    ...     "overall": ["requires_improvement"]})
    >>> held = timeline(events, since=date(2023, 5, 15), until=date(2024, 12, 31)).answers
    >>> for row in held.select("first", "last", "activity", "status").rows():
    ...     print(*row)
    2023-05-15 2023-05-19 full_inspection under_way
    2023-05-20 2023-06-27 inspection_report awaiting_report
    2023-06-28 2024-05-14 full_inspection not_open
    2024-05-15 2024-11-15 full_inspection open
    2024-11-16 2024-12-31 full_inspection overdue
    >>> timeline(events, since=date(2024, 1, 1), until=date(2023, 1, 1))
    Traceback (most recent call last):
    ilacs_rules.errors.DateOrderError: until: is before the first day (found 2023-01-01; expected 2024-01-01 or later)
    """
    first, last = _day("since", since), _day("until", until)
    if last < first:
        raise DateOrderError("is before the first day", field="until", value=last, expected=f"{first} or later")
    begun, book, refused = monotonic(), book_of(rulebook), Refusals()
    gathered = gathered_from(events, subjects, covers, refused, None)
    days: Days = np.arange(first.toordinal(), last.toordinal() + 1, dtype=np.int32)
    every = [date.fromordinal(int(day)) for day in days]
    parts: list[pl.DataFrame] = []
    asked = pieces(gathered, every, days, refused, book)
    for piece in watched(asked, len(gathered.histories), lambda item: item.rows, begun=begun):
        table = Table(book, gathered, refused)
        table.add(piece.questions, NEXT)
        parts.append(_stretches(table.frame(), "subject", [], ["first", "last"]))
    parts = parts or [_stretches(Table(book, gathered, refused).frame(), "subject", [], ["first", "last"])]
    back = like(events)
    return Answered(
        back(_in_order(pl.concat(parts), gathered.subjects["subject"])),
        back(_first_of_each(refused.frame(gathered.subjects))),
    )


def _day(name: str, given: object) -> date:
    """A day that can be asked about; the error names the end that it is of."""
    try:
        return checked_day(given)
    except RecordError as error:
        raise RecordError(error.problem, field=name, value=error.value, expected=error.expected) from None


def _stretches(frame: pl.DataFrame, by: str, leave: Sequence[str], names: Sequence[str]) -> pl.DataFrame:
    """Rows in order of subject and day; those that say the same on one day after another as one."""
    said = [name for name in frame.columns if name not in ("as_of", *leave)]
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift()) for name in said)
    follows = pl.col("as_of").to_physical() == pl.col("as_of").to_physical().shift() + 1
    stretch = (~(same & follows)).fill_null(value=True).cum_sum().alias("stretch")
    first, last = names
    ends = [pl.col("as_of").first().alias(first), pl.col("as_of").last().alias(last)]
    others = [name for name in said if name != by]
    grouped = frame.with_columns(stretch).group_by("stretch", maintain_order=True)
    return grouped.agg(pl.col(by).first(), *ends, pl.col(others).first()).drop("stretch")


def _in_order(frame: pl.DataFrame, subjects: pl.Series) -> pl.DataFrame:
    """Stretches in the order of the table of subjects."""
    places = pl.DataFrame([subjects.alias("subject")]).with_row_index("place").unique("subject", keep="first")
    return frame.join(places, on="subject", how="left").sort("place", "first").drop("place")


def _first_of_each(frame: pl.DataFrame) -> pl.DataFrame:
    """Refused rows as they are, and refused questions by the first day of each stretch."""
    rows, questions = frame.filter(pl.col("as_of").is_null()), frame.filter(pl.col("as_of").is_not_null())
    questions = questions.sort("subject", "as_of", maintain_order=True)
    # The day itself may be part of what is said: what tells two stretches apart is the problem.
    kept = _stretches(questions, "subject", ["value", "message"], ["as_of", "last"]).drop("last")
    return pl.concat([rows, kept.join(questions, on=["subject", "as_of"], how="left").select(frame.columns)])
