"""The rows of a table of events, looked over in whole columns and put in their order."""

from datetime import date

import numpy as np
import polars as pl

from ilacs_rules.errors import IlacsRulesError, RecordError
from ilacs_rules.records import Event, find_clash, without_places
from ilacs_rules.tables.days import over
from ilacs_rules.tables.made import UNREAD, raw, unread
from ilacs_rules.tables.refusals import KEPT, Refusals
from ilacs_rules.tables.rows_in.histories import Events, Histories, one_day
from ilacs_rules.tables.rows_in.kinds import HAPPENS_TO, IS_EVENT, IS_GRADED, happens_to
from ilacs_rules.tables.rows_in.whose import belongs_to_no_one
from ilacs_rules.tables.schema import EVENTS
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

__all__ = ["Made"]

_DAYS = ("started", "ended", "published")
_PARTS = tuple(name for name in EVENTS if name != "subject")
_BLOCK = 1 << 16


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


_PLAIN = frozenset((str, int, float, bool, date, type(None)))
_Alike = tuple[int, tuple[type, ...], tuple[object, ...]]


class Made:
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
        """Refuse each row that is not an event of a subject, and the subject with it."""
        empty = self._empty() if alone else np.zeros(len(self.of), np.bool_)
        self.keep &= ~empty
        doubtful = self._doubtful() & ~empty
        subjects = set(known_twice["subject"]) if (self.of < 0).any() else set[object]()
        rows = np.flatnonzero(doubtful)
        known: dict[_Alike, IlacsRulesError | None] = {}
        for place, given in zip(rows.tolist(), self.frame[rows].iter_rows(named=True), strict=True):
            number = int(self.of[place])
            alike = self._alike(given, number) if number >= 0 and given["subject"] is not None else None
            if alike is None or alike not in known:
                error = self._fault(given, number, subjects, alone=alone)
                if alike is not None:
                    if len(known) >= KEPT:
                        known.clear()
                    known[alike] = error
            else:
                error = known[alike]
            if error is not None:
                refused.row("events", place, given["subject"], error)
                self.keep[place] = False
                if number >= 0:
                    self.usable[number] = False

    def _alike(self, row: dict[str, object], number: int) -> _Alike | None:
        """What a row of a known subject is judged by; ``None`` where a cell holds something that may compare oddly."""
        cells = tuple(value for name, value in row.items() if name != "subject")
        kinds = tuple(map(type, cells))
        return (int(self.kind[number]), kinds, cells) if _PLAIN.issuperset(kinds) else None

    def _empty(self) -> Flags:
        """Rows of a subject that have no part of an event."""
        parts = [*_PARTS, *(name + UNREAD for name in _PARTS if name + UNREAD in self.frame.columns)]
        empty: Flags = (self.activity == 0) & self.frame.select(
            pl.all_horizontal(pl.col("subject").is_not_null(), *(pl.col(name).is_null() for name in parts))
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
        doubtful |= (self.precision == PRECISION.code["week"]) & (self.days["started"] == 0)
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
            return belongs_to_no_one(row)
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
        return unread(row, EVENTS)

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
        """Refuse each subject that has two events which cannot both have happened, or one after its end."""
        for number in np.union1d(self.may_clash, histories.with_events_after_end()):
            if not self.usable[number]:
                continue
            places = range(int(histories.starts[number]) + 1, int(histories.starts[number + 1]) + 1)
            clash = find_clash(histories.event(place) for place in places) or _refused(histories, int(number))
            if clash is not None:
                refused.row("events", None, subjects[int(number)], clash)
                self.usable[number] = False


def _refused(histories: Histories, number: int) -> IlacsRulesError | None:
    try:
        histories.subject(number)
    except RecordError as error:
        return without_places(error)
    return None


def _led(column: Codes | Days) -> Codes | Days:
    """A column with one entry before it that is not an event."""
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
