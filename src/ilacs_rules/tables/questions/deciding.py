"""Situations as a table: facts in columns, and what the rulebook says of them; no history is needed.

This is the shortest way to ask a rulebook. The kind of subject and what is true of it go in. The rule and its window
come out.
"""

from datetime import date

import numpy as np
import polars as pl

from ilacs_rules.errors import (
    IlacsRulesError,
    OutsideRulebookError,
    RecordError,
    UnknownWordError,
    nearest,
)
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import AS_OF, EXISTS, FACTS, GONE, Choice, Domain, Number, checked_day
from ilacs_rules.tables.columns.trees import Column as FactColumn
from ilacs_rules.tables.columns.windows import Found, Track, found_by
from ilacs_rules.tables.frames import AnyTable, as_frame, like
from ilacs_rules.tables.made import UNREAD, made_so, raw
from ilacs_rules.tables.objects import in_words, numbers_of
from ilacs_rules.tables.questions.answering import Book
from ilacs_rules.tables.questions.functions import Answered, book_of
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.schema import Column
from ilacs_rules.tables.words import (
    ACTIVITY,
    CERTAINTY,
    STRENGTH,
    SUBJECT_TYPE,
    Codes,
    Days,
    Flags,
    Vocabulary,
    as_dates,
    as_ordinals,
    out_of_reach,
)
from ilacs_rules.values import FIRST_DAY, LAST_DAY
from ilacs_rules.values.given import one_of

__all__ = ["decide"]

_PIECE = 1 << 15
_MOST = np.iinfo(np.int32).max


def decide(situations: AnyTable, *, track: str, rulebook: Rulebook | None = None) -> Answered:
    """Which rule answers one track in each situation, and its window. There is one row for each row that went in.

    Args:
        situations: a table with the columns ``type`` (the kind of subject) and ``as_of``, and one column for each fact
            that the track asks about. An empty count or day means "not known". Other columns are ignored.
        track: the question, a track of the rulebook.
        rulebook: a rulebook of your own, however small. Without it, the shipped one answers.

    Raises:
        RecordError: the track, the table or a column is not what it must be.

    A row that cannot be decided raises no error. Its answer is empty, and ``refused`` says why.

    >>> import polars as pl
    >>> from datetime import date
    >>> table = pl.DataFrame({"type": "independent_fostering_agency", "as_of": [date(2024, 1, 10)] * 2,
    ...                       "last_overall": ["inadequate", "goood"]})
    >>> decided = decide(table, track="early_return")
    >>> decided.answers["activity"].to_list()
    ['further_activity', None]
    >>> decided.refused["message"].to_list()
    ["last_overall: is not a value of this fact (found 'goood'; expected 'good'? ...
    """
    book = book_of(rulebook)
    frame = as_frame(situations, "situations")
    known = [item.id for item in book.book.tracks]
    if one_of(track, known) is None:
        raise UnknownWordError("is not a known track", field="track", value=track, expected=nearest(track, known))
    found, refused = _Deciding(book, track, frame).decided()
    back = like(situations)
    return Answered(back(found), back(refused.frame()))


class _Deciding:
    """One table of situations on its way through one track."""

    def __init__(self, book: Book, track: str, frame: pl.DataFrame) -> None:
        self.book, self.frame, self.refused = book, frame, Refusals()
        self.type = in_words(_needed(frame, "type", "the kind of subject"))
        self.kind = SUBJECT_TYPE.codes_of(self.type)
        self.wrong: dict[str, Flags] = {}
        self.as_it_stood: dict[str, pl.DataFrame] = {}
        self.as_of = self._days(AS_OF, "the day asked about")
        self.kinds = [int(code) for code in np.flatnonzero(np.bincount(self.kind)) if code]
        self.asked = {
            code: item
            for code in self.kinds
            for item in book.answering(SUBJECT_TYPE.words[code - 1])
            if item.track.id == track
        }
        self.track = Track(*self.asked.values())
        self.rules = book.rules_of(self.track)
        self.columns = {name: self._column(name) for name in self._facts()}
        self.not_of_such = self._not_of_such()

    def _facts(self) -> list[str]:
        """The facts that the track asks about: in its tree and in its windows."""
        in_windows = [name for window in self.track.windows for each in window if each for name in each.facts]
        return [name for name in dict.fromkeys((*self.track.walk.facts, *in_windows)) if name != AS_OF]

    def _not_of_such(self) -> Flags:
        """Rows of subjects of which the track is not asked, because they have ended, or because they have not."""
        if EXISTS not in self.frame.columns or not self.asked:
            return np.zeros(len(self.kind), np.bool_)
        domain, ended = FACTS[EXISTS].domain, next(iter(self.asked.values())).once_ended
        words = Vocabulary(domain.words if isinstance(domain, Choice) else ())
        codes = words.codes_of(in_words(self.frame[EXISTS]))
        other = np.array([False, *((word in GONE) is not ended for word in words.words)])
        found: Flags = other.take(codes)
        return found

    def _column(self, name: str) -> Codes | Days:
        domain = FACTS[name].domain
        if not isinstance(domain, Choice | Number):
            return self._days(name, FACTS[name].means)
        given = _of_kind(_needed(self.frame, name, FACTS[name].means), domain, name)
        if isinstance(domain, Choice):
            codes = Vocabulary(domain.words).codes_of(given)
            self.wrong[name] = codes == 0
            return codes
        counts = (
            numbers_of(given).values if isinstance(given.dtype, pl.Object) or given.dtype.is_float() else given
        ).cast(pl.Int32, strict=False)
        self.wrong[name] = ((counts < 0) | counts.is_null() & given.is_not_null()).fill_null(value=False).to_numpy()
        return counts.fill_null(-1).to_numpy()

    def _days(self, name: str, means: str) -> Days:
        """A column of days. A value that is not a day, or that no record can hold, is wrong and not merely unknown."""
        given = _needed(self.frame, name, means).to_frame()
        made = made_so(given, {name: Column(means, "day", needed=True)}, "situations")
        days = as_ordinals(made[name])
        self.as_it_stood[name], self.wrong[name] = made, out_of_reach(days)
        if name + UNREAD in made.columns:
            self.wrong[name] |= made[name + UNREAD].is_not_null().to_numpy()
        return np.where(self.wrong[name], 0, days)

    def decided(self) -> tuple[pl.DataFrame, Refusals]:
        """The rule and window of each row, and the rows that have none."""
        count = len(self.kind)
        rule, days = np.zeros(count, np.uint16), tuple(np.zeros(count, np.int32) for _ in range(3))
        bad = self._bad_rows()
        if self.asked:
            numbers = np.zeros(len(SUBJECT_TYPE.words) + 1, np.uint16)
            numbers[list(self.asked)] = np.arange(len(self.asked))
            for start in range(0, count, _PIECE):
                part = slice(start, start + _PIECE)
                found = self._part(part, numbers.take(self.kind[part]))
                rule[part] = self.rules.take(found.leaf)
                for column, values in zip(days, (found.opens, found.due, found.closes), strict=True):
                    column[part] = values
        bad |= rule == 0
        for row in np.flatnonzero(bad):
            self.refused.row("situations", int(row), None, self._fault(int(row)))
        if bad.any():
            rule[bad] = 0
            for column in days:
                column[bad] = 0
        named = zip(("opens", "due", "closes"), days, strict=True)
        said = self.book.said
        return pl.DataFrame(
            [
                said("activity", ACTIVITY, rule),
                *(as_dates(name, column) for name, column in named),
                said("strength", STRENGTH, rule),
                said("certainty", CERTAINTY, rule),
                self.book.rules.series("rule", rule),
            ]
        ), self.refused

    def _part(self, part: slice, start: Codes) -> Found:
        def ask(name: str) -> FactColumn:
            if name == AS_OF:
                return FactColumn(self.as_of[part])
            values = self.columns[name][part]
            return FactColumn(values - np.uint8(1) if isinstance(FACTS[name].domain, Choice) else values)

        return found_by(self.track, ask, len(start), start)

    def _bad_rows(self) -> Flags:
        """Rows with a wrong type, day or word, or of which this track is not asked on their day."""
        first = np.full(len(SUBJECT_TYPE.words) + 1, date.max.toordinal(), np.int32)
        first[list(self.asked)] = [item.first.toordinal() for item in self.asked.values()]
        bad: Flags = self.as_of < first.take(self.kind)
        if self.book.book.until:
            bad |= self.as_of > self.book.book.until.toordinal()
        for wrong in (*self.wrong.values(), self.not_of_such):
            bad |= wrong
        return bad

    def _fault(self, row: int) -> IlacsRulesError:
        """What is wrong with a row: the first thing that is."""
        kind, day = self.type[row], self.as_of[row]
        if kind not in SUBJECT_TYPE.code:
            return UnknownWordError(
                "is not a known subject type", field="type", value=kind, expected=nearest(kind, SUBJECT_TYPE.words)
            )
        try:
            self.book.book.era(str(kind), checked_day(self._stands(AS_OF, row)))
        except IlacsRulesError as error:
            return error
        if self.wrong[AS_OF][row]:
            return _no_value(AS_OF, self._stands(AS_OF, row))
        wrong = next((name for name in self.columns if self.wrong[name][row]), None)
        if wrong is not None:
            return _no_value(wrong, self._stands(wrong, row))
        if self.not_of_such[row]:
            asked = "have ended" if next(iter(self.asked.values())).once_ended else "have not ended"
            given, expected = self.frame[EXISTS][row], f"one of subjects that {asked}"
            return OutsideRulebookError(
                "is not a kind of subject that this track applies to", field=EXISTS, value=given, expected=expected
            )
        if self.rules.size and self.asked.get(SUBJECT_TYPE.code[kind]) is not None and self._asked_on(kind, day):
            return RecordError("is a situation that cannot occur", field="situations", value=row)
        return OutsideRulebookError("this track does not apply to it on that day", field="track", value=kind)

    def _stands(self, name: str, row: int) -> object:
        """What stands in a column, a day as a day."""
        made = self.as_it_stood.get(name)
        return self.frame[name][row] if made is None else raw(made.row(row, named=True), (name,)).get(name)

    def _asked_on(self, kind: str, day: int) -> bool:
        return self.asked[SUBJECT_TYPE.code[kind]].first.toordinal() <= day


def _no_value(name: str, value: object) -> IlacsRulesError:
    """What is wrong with a value that a fact cannot have."""
    domain = FACTS[name].domain
    if isinstance(domain, Choice):
        expected = nearest(value, domain.words)
        return UnknownWordError("is not a value of this fact", field=name, value=value, expected=expected)
    if isinstance(domain, Number):
        return RecordError("is not a count", field=name, value=value, expected=f"0 to {_MOST:,}, or null")
    expected = f"a date from {FIRST_DAY} to {LAST_DAY}, or null"
    return RecordError("is not a day that a record can hold", field=name, value=value, expected=expected)


def _needed(frame: pl.DataFrame, name: str, means: str) -> pl.Series:
    if name not in frame.columns:
        raise RecordError("is missing from the table", field=f"situations.{name}", expected=means)
    return frame[name]


def _of_kind(given: pl.Series, domain: Domain, name: str) -> pl.Series:
    dtype = given.dtype
    if isinstance(domain, Choice):
        given = in_words(given)
    textual = given.dtype == pl.String or isinstance(dtype, pl.Enum | pl.Categorical)
    # In a column of counts with one gap, other programs write each count with a point.
    right = textual if isinstance(domain, Choice) else dtype.is_integer() or dtype.is_float() or dtype == pl.Object
    if not right and dtype != pl.Null:
        expected = "words" if isinstance(domain, Choice) else "whole numbers"
        raise RecordError(f"is of the wrong kind: {dtype}", field=f"situations.{name}", expected=expected)
    return given
