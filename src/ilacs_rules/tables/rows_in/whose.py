"""The table of subjects: which of its rows can be used, and whose each row of another table is."""

import numpy as np
import polars as pl

from ilacs_rules.errors import IlacsRulesError, RecordError, UnknownWordError, nearest
from ilacs_rules.records import LocalAuthority, Provider
from ilacs_rules.situation import checked_day
from ilacs_rules.tables.made import UNREAD, raw, unread
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.schema import SUBJECTS
from ilacs_rules.tables.words import REGISTRATION, SUBJECT_TYPE, Codes, Flags, Places, as_ordinals, out_of_reach
from ilacs_rules.vocabulary import ENDED

__all__ = ["IS_OVER", "belongs_to_no_one", "numbers_of", "subjects_of", "usable_subjects"]


_ROW = "row of the table"


def subjects_of(events: pl.DataFrame, refused: Refusals, also: tuple[str, ...]) -> tuple[pl.DataFrame, Places]:
    """The table of subjects that a table of events holds within it, and the row in which each of them first stands.

    The columns of a subject must agree in all of its rows.
    """
    columns = list(dict.fromkeys((*SUBJECTS, *also)))
    columns += [name + UNREAD for name in columns if name + UNREAD in events.columns]
    own = events.select(columns)
    # Neighbouring rows that are equal are one: what is left to compare is small where a subject's rows stand together.
    changes = pl.any_horizontal(pl.col(column).ne_missing(pl.col(column).shift()) for column in columns)
    heads = own.with_row_index(_ROW).filter(changes | (pl.col(_ROW) == 0)).unique(columns, maintain_order=True)
    twice = heads.filter(pl.col("subject").is_duplicated() & pl.col("subject").is_not_null())
    if not twice.is_empty():
        for (subject,), rows in twice.group_by("subject", maintain_order=True):
            differing = next(column for column in columns if rows[column].n_unique() > 1)
            differing = differing.removesuffix(UNREAD)
            values = ", ".join(str(raw(row, (differing,)).get(differing)) for row in rows.iter_rows(named=True))
            error = RecordError(
                "differs between rows of one subject", field=differing, value=values, expected="the same in each"
            )
            refused.row("events", rows[_ROW][1], subject, error)
    alone = heads.filter(~pl.col("subject").is_duplicated() & pl.col("subject").is_not_null())
    return alone.drop(_ROW), alone[_ROW].to_numpy()


def usable_subjects(subjects: pl.DataFrame, kind: Codes, refused: Refusals, heads: Places | None) -> Flags:
    """Which rows of the table of subjects can be used; the others are refused, by the row that went in."""
    given = subjects["subject"]
    unread = [subjects[name] for name in subjects.columns if name.endswith(UNREAD)]
    doubtful = (kind == 0) | _doubtful_days(subjects, kind == SUBJECT_TYPE.code["local_authority"])
    for column in unread:
        doubtful |= column.is_not_null().to_numpy()
    usable = np.ones(len(subjects), np.bool_)
    twice = _twice_or_null(given)
    for row in np.flatnonzero(doubtful | twice):
        error = _fault_of_subject(subjects.row(int(row), named=True), twice=bool(twice[row]))
        if error is not None:
            place = ("subjects", int(row)) if heads is None else ("events", int(heads[row]))
            refused.row(*place, given[int(row)], error)
            usable[row] = False
    return usable


def _doubtful_days(subjects: pl.DataFrame, authority: Flags) -> Flags:
    """Rows whose days, or whose registration, the record may refuse: each that it does refuse, and few others."""
    days = {
        name: as_ordinals(subjects[name]) for name in ("created", "abolished", "registered", "closed", "status_as_at")
    }
    status = REGISTRATION.codes_of(subjects["registration_status"])
    of_provider = (days["registered"] != 0) | (days["closed"] != 0) | (days["status_as_at"] != 0) | (status != 0)
    of_authority = (days["created"] != 0) | (days["abolished"] != 0)
    doubtful: Flags = (authority & of_provider) | (~authority & of_authority)
    for each in days.values():
        doubtful |= out_of_reach(each)
    began, ended, seen = days["created"] + days["registered"], days["abolished"] + days["closed"], days["status_as_at"]
    doubtful |= (ended != 0) & (ended < began)
    doubtful |= (seen != 0) & ((status == 0) | ((ended != 0) & (IS_OVER.take(status) != (ended <= seen))))
    doubtful |= (status == 0) & subjects["registration_status"].is_not_null().to_numpy()
    return doubtful


IS_OVER = np.array([False, *(word in ENDED for word in REGISTRATION.words)])
"""Whether each word says that a registration is over, by its code."""


def _twice_or_null(given: pl.Series) -> Flags:
    """Rows whose subject stands in another row too, or nowhere."""
    if given.null_count() == 0 and given.dtype.is_integer() and (given.shift() < given).all():
        return np.zeros(len(given), np.bool_)
    return (given.is_duplicated() | given.is_null()).to_numpy()


def _fault_of_subject(row: dict[str, object], *, twice: bool) -> IlacsRulesError | None:
    if row["subject"] is None:
        return belongs_to_no_one(row)
    if twice:
        return RecordError(
            "appears twice in the table of subjects", field="subject", value=row["subject"], expected="a row for each"
        )
    kind = row["type"]
    if kind not in SUBJECT_TYPE.code:
        return UnknownWordError(
            "is not a known subject type", field="type", value=kind, expected=nearest(kind, SUBJECT_TYPE.words)
        )
    model = LocalAuthority if kind == "local_authority" else Provider
    given = {"name": str(row["subject"]), **raw(row, _OWN)}
    try:
        model.model_validate(given)
        for day in _days_asked_unread(row):
            checked_day(day)
    except RecordError as error:
        return error
    return unread(row, [name.removesuffix(UNREAD) for name in row if name.endswith(UNREAD)])


_OWN = ("type", "created", "registered", "abolished", "closed", "registration_status", "status_as_at")


def belongs_to_no_one(row: dict[str, object]) -> RecordError:
    """What is wrong with a row that names no subject.

    >>> print(belongs_to_no_one({"subject": None}))
    subject: is empty, so the row belongs to nobody (expected text or a whole number)
    >>> print(belongs_to_no_one({"subject": None, "subject" + UNREAD: "0.5"}))
    subject: is neither text nor a whole number (found '0.5'; expected text or a whole number)
    """
    expected = "text or a whole number"
    found = raw(row, ("subject",)).get("subject")
    if found is None:
        return RecordError("is empty, so the row belongs to nobody", field="subject", expected=expected)
    return RecordError("is neither text nor a whole number", field="subject", value=found, expected=expected)


def _days_asked_unread(row: dict[str, object]) -> list[object]:
    """What stands in the column of the day asked about, if it is not a day."""
    also = (name for name in row if name.endswith(UNREAD) and name.removesuffix(UNREAD) not in SUBJECTS)
    return [row[name] for name in also if row[name] is not None]


def numbers_of(given: pl.Series, subjects: pl.Series, number: Places, table: str) -> Places:
    """The number of each row's subject; -1 where it is not among the subjects.

    Raises:
        RecordError: they are text in one table and numbers in the other, and not one of them is the same in both.
    """
    given, subjects = (_plain(column) for column in (given, subjects))
    if pl.Null in (given.dtype, subjects.dtype) or not len(given):
        return np.full(len(given), -1, np.int32)
    # Rows of one subject mostly stand together: only the first of each run is looked for.
    run = given.rle_id().to_numpy()
    heads = given.filter(pl.Series(np.append(True, run[1:] != run[:-1])))
    found = _numbers_of_heads(heads, subjects, number)
    if (
        given.dtype.is_integer() is not subjects.dtype.is_integer()
        and (found < 0).all()
        and heads.null_count() < len(heads)
    ):
        raise RecordError(
            f"is {given.dtype} in one table and {subjects.dtype} in another",
            field=f"{table}.subject",
            expected="text in both, or whole numbers in both",
        )
    return found.take(run)


_WIDE = {pl.UInt64(), pl.Int128()}
"""Kinds of whole number that reach beyond 64 bits with a sign."""


def _numbers_of_heads(heads: pl.Series, subjects: pl.Series, number: Places) -> Places:
    if heads.dtype != subjects.dtype:
        # Digits agree where one is text, and where no kind of number holds the greatest of both.
        both = {heads.dtype, subjects.dtype}
        common = pl.String if both & {*_WIDE, pl.String()} else pl.Int64
        heads, subjects = heads.cast(common), subjects.cast(common)
    if heads.equals(subjects, null_equal=False):
        return number
    known = pl.DataFrame([subjects.alias("subject"), pl.Series("number", number)]).unique("subject", keep="first")
    found = heads.alias("subject").to_frame().join(known, on="subject", how="left", maintain_order="left")["number"]
    return found.fill_null(-1).to_numpy()


def _plain(column: pl.Series) -> pl.Series:
    return column.cast(pl.String) if isinstance(column.dtype, pl.Enum | pl.Categorical) else column
