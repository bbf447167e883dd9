"""From tables to histories: every row is put in its place, or refused in the words of the single path.

Whole columns are looked over for what could be wrong; only the rows that look so are put to the record itself
(``Event``, ``LocalAuthority``, ``Provider``, ``Covered``), and it alone says whether they are refused, and why. A
subject with a refused row is not answered: what the row says may change the answer.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from ilacs_rules.errors import IlacsRulesError, RecordError, UnknownWordError, nearest
from ilacs_rules.records import Event, LocalAuthority, Provider, find_clash
from ilacs_rules.situation import checked_day
from ilacs_rules.tables.coverage import read_covers
from ilacs_rules.tables.days import over
from ilacs_rules.tables.histories import NO_SPANS, Events, Histories, Spans, one_day
from ilacs_rules.tables.kinds import HAPPENS_TO, IS_EVENT, IS_GRADED, happens_to
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.schema import EVENTS, SUBJECTS, UNREAD, raw
from ilacs_rules.tables.words import (
    ACTIVITY,
    AREAS,
    JUDGEMENTS,
    OUTCOME,
    PRECISION,
    SUBJECT_TYPE,
    Codes,
    Days,
    Flags,
    Places,
    as_ordinals,
    out_of_reach,
)
from ilacs_rules.vocabulary import ACTIVITIES, Activity

__all__ = ["Gathered", "gather", "subjects_of"]

_DAYS = ("started", "ended", "published")
_PARTS = tuple(name for name in EVENTS if name != "subject")


class Gathered(NamedTuple):
    """Histories, and the subject that each of them is of, in the order of the table of subjects."""

    histories: Histories
    subjects: pl.DataFrame
    place: Places  # of each history, the row of its subject


_BLOCK = 1 << 16


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def subjects_of(events: pl.DataFrame, refused: Refusals, also: tuple[str, ...]) -> tuple[pl.DataFrame, Places]:
    """The table of subjects that a table of events holds within it, and the row in which each of them first stands.

    The columns of a subject must agree in all of its rows.
    """
    columns = list(dict.fromkeys((*SUBJECTS, *also)))
    columns += [name + UNREAD for name in columns if name + UNREAD in events.columns]
    own = events.select(columns)
    # Neighbouring rows that are equal are one: what is left to compare is small where a subject's rows stand together.
    changes = pl.any_horizontal(pl.col(column).ne_missing(pl.col(column).shift()) for column in columns)
    heads = own.with_row_index("row").filter(changes | (pl.col("row") == 0)).unique(columns, maintain_order=True)
    twice = heads.filter(pl.col("subject").is_duplicated() & pl.col("subject").is_not_null())
    if not twice.is_empty():
        for (subject,), rows in twice.group_by("subject", maintain_order=True):
            differing = next(column for column in columns if rows[column].n_unique() > 1)
            differing = differing.removesuffix(UNREAD)
            values = ", ".join(str(raw(row, (differing,)).get(differing)) for row in rows.iter_rows(named=True))
            error = RecordError(
                "differs between rows of one subject", field=differing, value=values, expected="the same in each"
            )
            refused.row("events", rows["row"][1], subject, error)
    alone = heads.filter(~pl.col("subject").is_duplicated() & pl.col("subject").is_not_null())
    return alone.drop("row"), alone["row"].to_numpy()


def gather(
    events: pl.DataFrame,
    subjects: pl.DataFrame,
    covers: "pl.DataFrame | None",
    refused: Refusals,
    heads: Places | None = None,
) -> Gathered:
    """Histories from tables that have every known column.

    Args:
        events, subjects, covers: the tables; without ``covers`` every record covers everything.
        refused: where rows go that cannot be used.
        heads: where the subjects were taken from the events, the row of each: a row may be a subject without events.
    """
    kind = SUBJECT_TYPE.codes_of(subjects["type"])
    usable = _usable_subjects(subjects, kind, refused, heads)
    place = np.argsort(kind, kind="stable")
    number = np.empty(len(place), np.int32)
    number[place] = np.arange(len(place), dtype=np.int32)
    of = _numbers(events["subject"], subjects["subject"], number, "events")
    made = _Made(events, of, kind.take(place), usable.take(place))
    made.refuse_rows(refused, alone=heads is not None, known_twice=subjects)
    ordered, starts = made.in_order(len(place))
    began = as_ordinals(subjects["created"]) + as_ordinals(subjects["registered"])
    everything, spans = _spans(covers, subjects, number, made, refused)

    def name(history: int) -> str:
        row = int(place[history])
        return str(subjects["subject"][row] if subjects["name"][row] is None else subjects["name"][row])

    histories = Histories(name, kind.take(place), began.take(place), everything, starts, ordered, spans, made.usable)
    made.refuse_clashes(histories, subjects["subject"].gather(pl.Series(place)), refused)
    return Gathered(histories, subjects, place)


def _usable_subjects(subjects: pl.DataFrame, kind: Codes, refused: Refusals, heads: Places | None) -> Flags:
    """Which rows of the table of subjects can be used; the others are refused, by the row that went in."""
    given = subjects["subject"]
    created, registered = as_ordinals(subjects["created"]), as_ordinals(subjects["registered"])
    authority = kind == SUBJECT_TYPE.code["local_authority"]
    unread = [subjects[name] for name in subjects.columns if name.endswith(UNREAD)]
    doubtful = (kind == 0) | np.where(authority, registered, created).astype(np.bool_)
    doubtful |= out_of_reach(created) | out_of_reach(registered)
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


def _twice_or_null(given: pl.Series) -> Flags:
    """Rows whose subject stands in another row too, or nowhere."""
    if given.null_count() == 0 and given.dtype.is_integer() and (given.shift() < given).all():
        return np.zeros(len(given), np.bool_)
    return (given.is_duplicated() | given.is_null()).to_numpy()


def _fault_of_subject(row: dict[str, object], *, twice: bool) -> IlacsRulesError | None:
    if row["subject"] is None:
        return RecordError("is empty: the row belongs to no one", field="subject", expected="text or a whole number")
    if twice:
        return RecordError(
            "stands twice in the table of subjects", field="subject", value=row["subject"], expected="a row for each"
        )
    kind = row["type"]
    if kind not in SUBJECT_TYPE.code:
        return UnknownWordError(
            "is not a known subject type", field="type", value=kind, expected=nearest(kind, SUBJECT_TYPE.words)
        )
    model = LocalAuthority if kind == "local_authority" else Provider
    given = {"name": str(row["subject"]), **raw(row, ("type", "created", "registered"))}
    try:
        model.model_validate(given)
        for day in _days_asked_unread(row):
            checked_day(day)
    except RecordError as error:
        return error
    return None


def _days_asked_unread(row: dict[str, object]) -> list[object]:
    """What stands in the column of the day asked about, where it is no day."""
    also = (name for name in row if name.endswith(UNREAD) and name.removesuffix(UNREAD) not in SUBJECTS)
    return [row[name] for name in also if row[name] is not None]


def _numbers(given: pl.Series, subjects: pl.Series, number: Places, table: str) -> Places:
    """The number of each row's subject; -1 where it is not among the subjects."""
    given, subjects = (_plain(column) for column in (given, subjects))
    if pl.Null in (given.dtype, subjects.dtype) or not len(given):
        return np.full(len(given), -1, np.int32)
    if given.dtype.is_integer() is not subjects.dtype.is_integer():
        raise RecordError(
            f"is {given.dtype} in one table and {subjects.dtype} in another",
            field=f"{table}.subject",
            expected="text in both, or whole numbers in both",
        )
    # Rows of one subject mostly stand together: only the first of each run is looked for.
    run = given.rle_id().to_numpy()
    heads = given.filter(pl.Series(np.append(True, run[1:] != run[:-1])))
    return _numbers_of_heads(heads, subjects, number).take(run)


_WIDE = {pl.UInt64(), pl.Int128()}
"""Kinds of whole number that reach beyond 64 bits with a sign."""


def _numbers_of_heads(heads: pl.Series, subjects: pl.Series, number: Places) -> Places:
    if heads.dtype != subjects.dtype:
        # Digits agree where no kind of number holds the greatest of both.
        common = pl.String if {heads.dtype, subjects.dtype} & _WIDE else pl.Int64
        heads, subjects = heads.cast(common), subjects.cast(common)
    if heads.equals(subjects, null_equal=False):
        return number
    known = pl.DataFrame([subjects.alias("subject"), pl.Series("number", number)]).unique("subject", keep="first")
    found = heads.alias("subject").to_frame().join(known, on="subject", how="left", maintain_order="left")["number"]
    return found.fill_null(-1).to_numpy()


def _plain(column: pl.Series) -> pl.Series:
    return column.cast(pl.String) if isinstance(column.dtype, pl.Enum | pl.Categorical) else column


class _Made:
    """The rows of a table of events as codes and days, on the way to their order."""

    def __init__(self, frame: pl.DataFrame, of: Places, kind: Codes, usable: Flags) -> None:
        self.frame, self.usable = frame, usable
        self.of: Places = of
        self.kind: Codes = kind
        self.activity: Codes = ACTIVITY.codes_of(frame["activity"])
        self.days: dict[str, Days] = {name: as_ordinals(frame[name]) for name in _DAYS}
        self.grades: dict[str, Codes] = {
            area: words.codes_of(frame[area])
            for area, words in JUDGEMENTS.items()
            if frame[area].null_count() < frame.height
        }
        self.outcome: Codes = OUTCOME.codes_of(frame["outcome"])
        self.precision: Codes = PRECISION.codes_of(frame["precision"])
        started, ended, published = (self.days[name] for name in _DAYS)
        self.first: Days = (
            started if started.all() else np.where(started != 0, started, np.where(ended != 0, ended, published))
        )
        self.keep: Flags = of >= 0
        self.may_clash: Places = np.zeros(0, np.int64)

    def refuse_rows(self, refused: Refusals, *, alone: bool, known_twice: pl.DataFrame) -> None:
        """Refuse each row that is no event of a subject, and with it the subject."""
        empty = self._empty() if alone else np.zeros(len(self.of), np.bool_)
        self.keep &= ~empty
        doubtful = self._doubtful() & ~empty
        subjects = set(known_twice["subject"]) if (self.of < 0).any() else set[object]()
        for row in np.flatnonzero(doubtful):
            place, number = int(row), int(self.of[row])
            given = self.frame.row(place, named=True)
            error = self._fault(given, number, subjects, alone=alone)
            if error is not None:
                refused.row("events", place, given["subject"], error)
                self.keep[place] = False
                if number >= 0:
                    self.usable[number] = False

    def _empty(self) -> Flags:
        """Rows of a subject that have no part of an event."""
        empty: Flags = (self.activity == 0) & self.frame.select(
            pl.all_horizontal(pl.col("subject").is_not_null(), *(pl.col(name).is_null() for name in _PARTS))
        ).to_series().to_numpy()
        return empty

    def _doubtful(self) -> Flags:
        """Rows that the record may refuse: each that it does refuse, and few others."""
        doubtful = np.zeros(len(self.of), np.bool_)
        # Block by block, so that what is looked over stays near the processor.
        for start in range(0, len(doubtful), _BLOCK):
            part = slice(start, start + _BLOCK)
            doubtful[part] = self._out_of_order(part) | self._not_of_its_kind(part)
        for name, codes in (("outcome", self.outcome), ("precision", self.precision), *self.grades.items()):
            if np.count_nonzero(codes) + self.frame[name].null_count() < len(codes):
                doubtful |= (codes == 0) & self.frame[name].is_not_null().to_numpy()
        for name in self.frame.columns:
            if name.endswith(UNREAD):
                doubtful |= self.frame[name].is_not_null().to_numpy()
        by_month = np.flatnonzero(self.precision == PRECISION.code["month"])
        day = self.days["started"].take(by_month)
        doubtful[by_month] |= (over("first of month", _first_of_month, day) != day) | (day == 0)
        return doubtful

    def _out_of_order(self, part: slice) -> Flags:
        started, ended, published = (self.days[name][part] for name in _DAYS)
        wrong = ((ended != 0) & (ended < started)) | ((published != 0) & ((published < started) | (published < ended)))
        wrong |= self.first[part] == 0
        for days in (started, ended, published):
            wrong |= out_of_reach(days)
        return np.asarray(wrong, np.bool_)

    def _not_of_its_kind(self, part: slice) -> Flags:
        activity, first, started = self.activity[part], self.first[part], self.days["started"][part]
        authority = self.kind == SUBJECT_TYPE.code["local_authority"]
        if authority.all() or not authority.any():
            right = HAPPENS_TO["authority" if authority.all() else "provider"].take(activity)
        else:
            to_it = authority.take(self.of[part])
            right = np.where(to_it, HAPPENS_TO["authority"].take(activity), HAPPENS_TO["provider"].take(activity))
        wrong = ~(right & IS_EVENT.take(activity)) | (self.of[part] < 0)
        for area, codes in self.grades.items():
            wrong |= (codes[part] != 0) & ~_may_judge(activity, area, first, started)
        return wrong

    def _fault(
        self, row: dict[str, object], number: int, subjects: set[object], *, alone: bool
    ) -> IlacsRulesError | None:
        if row["subject"] is None:
            return RecordError(
                "is empty: the row belongs to no one", field="subject", expected="text or a whole number"
            )
        if number < 0 and row["subject"] not in subjects and not alone:
            return RecordError(
                "is not in the table of subjects",
                field="subject",
                value=row["subject"],
                expected="a row for each subject",
            )
        judgements = {name: row[name] for name in JUDGEMENTS if row[name] is not None}
        try:
            event = Event.model_validate(
                {**raw(row, ("activity", *_DAYS, "outcome", "precision")), "judgements": judgements}
            )
            if number >= 0:
                happens_to(int(self.kind[number]), events=(event,))
        except RecordError as error:
            return error
        return None

    def in_order(self, count: int) -> tuple[Events, Places]:
        """The events that are kept, by subject, day and activity; and how many come before each subject's."""
        if not self.keep.all():
            self._only(np.flatnonzero(self.keep))
        key = self._key()
        gap = np.diff(key)
        if gap.size and gap.min() < 0:
            order = np.argsort(key, kind="stable")
            self._only(order)
            gap = np.diff(key.take(order))
        self.may_clash = self._may_clash(gap)
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(self.of, minlength=count), out=starts[1:])
        return self._events(), starts

    def _key(self) -> Places:
        """The place of each event in its history: subject, day and activity as one number."""
        key = np.empty(len(self.of), np.int64)
        for start in range(0, len(key), _BLOCK):
            part = slice(start, start + _BLOCK)
            key[part] = (one_day(self.of[part], self.first[part]) << 8) | self.activity[part]
        return key

    def _only(self, rows: Places) -> None:
        self.of, self.first, self.activity = (column.take(rows) for column in (self.of, self.first, self.activity))
        self.days = {name: days.take(rows) for name, days in self.days.items()}
        self.grades = {area: codes.take(rows) for area, codes in self.grades.items()}
        self.outcome, self.precision = self.outcome.take(rows), self.precision.take(rows)

    def _events(self) -> Events:
        started, ended, published = (self.days[name] for name in _DAYS)
        judged_from = published if published.all() else self._judged_from()
        areas = {area: _led(codes) for area, codes in self.grades.items() if area in AREAS}
        led = {id(column): _led(column) for column in (self.first, started, ended, published, judged_from)}
        first, started, ended, published, judged_from = (
            led[id(column)] for column in (self.first, started, ended, published, judged_from)
        )
        activity, outcome, precision = (_led(column) for column in (self.activity, self.outcome, self.precision))
        return Events(activity, first, started, ended, published, judged_from, outcome, precision, areas)

    def _may_clash(self, gap: Places) -> Places:
        """The subjects with two events on one day, or a graded inspection that may begin while another is on site.

        ``gap``: how far each event lies from the next. Only where one follows within the longest stay can two clash.
        """
        longest = max(0, int((self.days["ended"] - self.first).max(initial=0)))
        near = np.flatnonzero(gap < (longest + 2) << 8)
        if not near.size:
            return near
        among = np.zeros(len(self.kind), np.bool_)
        among[self.of[near]] = True
        rows = np.flatnonzero(among.take(self.of))
        of, first, graded = self.of[rows], self.first[rows], IS_GRADED.take(self.activity[rows])
        same_day = np.flatnonzero((of[1:] == of[:-1]) & (first[1:] == first[:-1]))
        last = np.maximum(self.days["started"][rows], self.days["ended"][rows])[graded]
        furthest = np.maximum.accumulate(one_day(of[graded], last))
        on_site = np.flatnonzero(one_day(of[graded][1:], first[graded][1:]) <= furthest[:-1])
        return np.unique(np.concatenate([of[same_day], of[graded][on_site]]))

    def _judged_from(self) -> Days:
        """As in `Happening.of`: where the publication day is unknown, judgements count from the last day on site."""
        _, ended, published = (self.days[name] for name in _DAYS)
        judged = self.outcome != 0
        for codes in self.grades.values():
            judged |= codes != 0
        return np.where(published != 0, published, np.where(ended != 0, ended, self.first) * judged)

    def refuse_clashes(self, histories: Histories, subjects: pl.Series, refused: Refusals) -> None:
        """Refuse each subject that has two events which cannot both have happened."""
        for number in self.may_clash:
            if not self.usable[number]:
                continue
            places = range(int(histories.starts[number]) + 1, int(histories.starts[number + 1]) + 1)
            clash = find_clash(histories.event(place) for place in places)
            if clash is not None:
                refused.row("events", None, subjects[int(number)], clash)
                self.usable[number] = False


def _led(column: Codes | Days) -> Codes | Days:
    """A column with one entry before it, that is no event."""
    if not column.any():
        return np.zeros(len(column) + 1, column.dtype)
    return np.concatenate([np.zeros(1, column.dtype), column])


def _may_judge(activity: Codes, area: str, first: Days, started: Days) -> Flags:
    """Whether events of these kinds may hold a judgement in an area; in doubt, not."""
    if area not in AREAS:
        found: Flags = activity == ACTIVITY.code[Activity.INTERIM_INSPECTION]
        return found
    low, high = (limits.take(activity) for limits in _LIMITS[area])
    may: Flags = (low <= first) & ((first <= high) | (started == 0))
    return may


def _limits(area: str) -> tuple[Days, Days]:
    """The first and the last day on which each activity judges an area; where it never does, not in order."""
    low, high = np.ones(len(ACTIVITY.words) + 1, np.int32), np.zeros(len(ACTIVITY.words) + 1, np.int32)
    for kind, meaning in ACTIVITIES.items():
        spans = [(begin, end) for each, begin, end in meaning.judges if each.value == area]
        if len(spans) == 1:
            low[ACTIVITY.code[kind]], high[ACTIVITY.code[kind]] = (day.toordinal() for day in spans[0])
        else:
            low[ACTIVITY.code[kind]] = date.max.toordinal()
    return low, high


_LIMITS = {area: _limits(area) for area in AREAS}


def _spans(
    covers: pl.DataFrame | None, subjects: pl.DataFrame, number: Places, made: _Made, refused: Refusals
) -> tuple[Flags, Spans]:
    """Which records cover everything, and what the others cover."""
    if covers is None:
        return np.ones(len(number), np.bool_), NO_SPANS
    of = _numbers(covers["subject"], subjects["subject"], number, "covers")
    return read_covers(covers, of, made.kind, made.usable, refused)
