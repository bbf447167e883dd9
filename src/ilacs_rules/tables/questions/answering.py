"""Questions in, answers out: the tracks of the rulebook over the columns of some questions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from ilacs_rules.rulebook import Answering, Era, Rulebook
from ilacs_rules.situation import EXISTS, FACTS, GONE, Choice
from ilacs_rules.situation.aggregates.domains import NOT_YET
from ilacs_rules.tables.columns.facts import Facts
from ilacs_rules.tables.columns.view import Questions
from ilacs_rules.tables.columns.windows import Found, Track, find, statuses
from ilacs_rules.tables.words import ALWAYS, STATUS, Codes, Days, Flags, Places, Vocabulary
from ilacs_rules.vocabulary import Activity, Status, Strength

__all__ = ["Answers", "Book", "Kind", "every_of", "next_of", "required_of"]

_BEGUN, _FIRM, _NOT_RECORDED, _NOT_STATED, _MAY, _NOT_REQUIRED = range(6)
_NO_ANSWER = np.iinfo(np.int64).max


class Answers(NamedTuple):
    """Answers as columns: the place of the question, the code of the rule, and the rest; ``again``: see ``next_of``."""

    question: Places
    rule: Codes
    status: Codes
    opens: Days
    due: Days
    closes: Days
    again: Places


@dataclass(frozen=True, slots=True)
class Kind:
    """The rulebook for one kind of subject: its tracks made ready, and which of them are asked in which era."""

    cuts: Days
    eras: tuple[Era, ...]
    tracks: tuple[tuple[Track, Codes], ...]  # with the code of the rule of each leaf

    @classmethod
    def of(cls, book: "Book", kind: str) -> "Kind":
        cuts, eras = book.book.eras_of(kind)
        tracks = [Track(item) for item in book.answering(kind)]
        made = tuple((track, book.rules_of(track)) for track in tracks)
        return cls(np.array([day.toordinal() for day in cuts], np.int32), eras, made)

    def asked(
        self, as_of: Days, among: Callable[[Era], tuple[Answering, ...]]
    ) -> Iterator[tuple[Track, Codes, Places | None]]:
        """The tracks that are asked of some questions, each with their rows (``None``: all of them)."""
        era = np.searchsorted(self.cuts, as_of, side="right") - 1
        occur = np.unique(era)
        for track, rules in self.tracks:
            holds = np.array([_among(track, among(item)) for item in self.eras], np.bool_)
            if holds[occur].all():
                yield track, rules, None
            elif holds[occur].any():
                yield track, rules, np.flatnonzero(holds.take(era))


def _among(track: Track, asked: tuple[Answering, ...]) -> bool:
    """Whether a track is one of some, and met by the same activities."""
    ours = track.answering[0]
    return any(item.track.id == ours.track.id and item.met_by == ours.met_by for item in asked)


class Book:
    """A rulebook made ready for columns: what each rule's code says, and each kind of subject when asked about."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.rules = Vocabulary([rule.id for rule in book.rules])
        self.tracks = Vocabulary([track.id for track in book.tracks])
        self.is_may = np.array([False, *(rule.strength is Strength.MAY for rule in book.rules)])
        self.is_nothing = np.array([False, *(rule.activity is Activity.NOTHING_REQUIRED for rule in book.rules)])
        self._kinds: dict[str, Kind] = {}
        self._said: dict[str, Codes] = {}

    def kind(self, subject_type: str) -> Kind:
        if subject_type not in self._kinds:
            self._kinds[subject_type] = Kind.of(self, subject_type)
        return self._kinds[subject_type]

    def answering(self, subject_type: str) -> tuple[Answering, ...]:
        """The tracks that are ever asked of a kind of subject, in the order of the rulebook."""
        # A track that other activities meet from a day on is one more from that day.
        found = {(item.track.id, item.met_by): item for era in self.book.eras_of(subject_type)[1] for item in era.asked}
        order = {track.id: place for place, track in enumerate(self.book.tracks)}
        return tuple(sorted(found.values(), key=lambda item: order[item.track.id]))

    def rules_of(self, track: Track) -> Codes:
        """The code of the rule of each leaf; 0 where no history can be."""
        codes = [self.rules.code[leaf.rule.id] if leaf.rule else 0 for leaf in track.walk.leaves]
        return np.array(codes, np.uint16)

    def said(self, name: str, words: Vocabulary, rule: Codes) -> pl.Series:
        """What each row's rule says of itself: its activity, its track and so on."""
        if name not in self._said:
            codes = [0, *(words.code[str(getattr(each, name))] for each in self.book.rules)]
            self._said[name] = np.array(codes, words.small)
        return words.series(name, self._said[name].take(rule))


def _owed(era: Era) -> tuple[Answering, ...]:
    return era.owed


def _asked(era: Era) -> tuple[Answering, ...]:
    return era.asked


class _TrackAnswers(NamedTuple):
    rows: Places | None
    rule: Codes
    found: Found
    status: Codes
    left_out: Flags


def _each_track(
    book: Book, questions: Questions, among: Callable[[Era], tuple[Answering, ...]], again: Flags
) -> Iterator[_TrackAnswers]:
    """What each track answers; ``again`` gathers the questions that only the single path can answer."""
    facts, kind = Facts(questions), book.kind(questions.kind)
    not_yet, gone = _are(facts, _NOT_YET), _are(facts, *_GONE)
    for track, rules, rows in kind.asked(questions.as_of, among):
        # Of a subject that has ended only the track of such subjects is asked, and that of no other.
        not_asked = ~gone if track.answering[0].once_ended else gone
        not_asked = not_asked if rows is None else not_asked.take(rows)
        if not_asked.all():
            continue
        found = find(track, facts, rows)
        rule = rules.take(found.leaf)
        doubtful = rule == 0 if found.lacking is None else found.lacking | (rule == 0)
        doubtful &= ~not_asked
        if doubtful.any():
            again[doubtful if rows is None else rows[doubtful]] = True
        nothing = book.is_nothing.take(rule)
        status = statuses(track, found, facts, rows)
        status[nothing] = STATUS.code[Status.NOT_REQUIRED]
        left_out = not_asked
        if not track.answering[0].asks_whether_it_exists:
            # Of a subject that does not exist yet nothing can be required, but by a rule that speaks of just that.
            left_out = not_asked | ((not_yet if rows is None else not_yet.take(rows)) & ~nothing)
        yield _TrackAnswers(rows, rule, found, status, left_out)


def _are(facts: Facts, *words: int) -> Flags:
    """Whether each question's subject is there in one of these ways."""
    exists = facts[EXISTS].values
    found: Flags = exists == words[0]
    for word in words[1:]:
        found |= exists == word
    return found


def next_of(book: Book, questions: Questions) -> Answers:
    """The answer to each question that comes before all others: what ``next_activity`` gives.

    ``again``: the questions that only the single path can answer, because a record lacks what it must hold.
    """
    count = len(questions)
    best = np.full(count, _NO_ANSWER)
    rule, status = np.zeros(count, np.uint16), np.zeros(count, np.uint8)
    opens, due, closes = (np.zeros(count, np.int32) for _ in range(3))
    again = np.zeros(count, np.bool_)
    for item in _each_track(book, questions, _owed, again):
        key = _precedence(book, item)
        rows = np.flatnonzero(key < (best if item.rows is None else best.take(item.rows)))
        into = rows if item.rows is None else item.rows.take(rows)
        best[into] = key.take(rows)
        for column, values in (
            (rule, item.rule),
            (status, item.status),
            (opens, item.found.opens),
            (due, item.found.due),
            (closes, item.found.closes),
        ):
            column[into] = values.take(rows)
    again |= best == _NO_ANSWER
    return Answers(np.arange(count), rule, status, opens, due, closes, np.flatnonzero(again))


_RANK_OF = np.full(len(STATUS.words) + 1, _FIRM, np.int64)
_RANK_OF[[STATUS.code[Status.UNDER_WAY], STATUS.code[Status.AWAITING_REPORT]]] = _BEGUN
_RANK_OF[STATUS.code[Status.NOT_RECORDED]] = _NOT_RECORDED
_RANK_OF[STATUS.code[Status.NOT_STATED]] = _NOT_STATED
_RANK_OF[STATUS.code[Status.NOT_REQUIRED]] = _NOT_REQUIRED


def _precedence(book: Book, item: _TrackAnswers) -> Places:
    """Rank and day as one number: what has begun, what is owed by a day, what is not recorded or dated, what may be."""
    rank = _RANK_OF.take(item.status)
    only_may = book.is_may.take(item.rule) & (rank != _BEGUN) & (rank != _NOT_REQUIRED)
    rank[only_may] = _MAY
    key = (rank << 32) | _last_day(item.found)
    key[item.left_out] = _NO_ANSWER
    return key


def _last_day(found: Found) -> Places:
    day = np.where(found.closes == 0, found.due, found.closes).astype(np.int64)
    day[day == 0] = ALWAYS
    return day


def required_of(book: Book, questions: Questions) -> Answers:
    """All answers to each question that ``required_activities`` gives, in its order."""
    return _several(book, questions, _required)


def every_of(book: Book, questions: Questions) -> Answers:
    """The same with what only may happen."""
    return _several(book, questions, _not_nothing)


def _several(book: Book, questions: Questions, chosen: Callable[[Book, _TrackAnswers], Flags]) -> Answers:
    again = np.zeros(len(questions), np.bool_)
    parts = [_columns_of(item, chosen(book, item)) for item in _each_track(book, questions, _asked, again)]
    if not parts:
        none = np.zeros(0, np.int32)
        return Answers(none, none, none, none, none, none, np.arange(len(questions)))
    order_by, *columns = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((order_by, columns[0]))
    question, rule, status, opens, due, closes = (column.take(order) for column in columns)
    return Answers(question, rule, status, opens, due, closes, np.flatnonzero(again))


def _not_nothing(book: Book, item: _TrackAnswers) -> Flags:
    found: Flags = ~(item.left_out | book.is_nothing.take(item.rule))
    return found


def _required(book: Book, item: _TrackAnswers) -> Flags:
    found: Flags = _not_nothing(book, item) & ~book.is_may.take(item.rule)
    return found


def _columns_of(item: _TrackAnswers, wanted: Flags) -> tuple[Places, ...]:
    rows, found = np.flatnonzero(wanted), item.found
    columns = (item.rule, item.status, found.opens, found.due, found.closes)
    question = rows if item.rows is None else item.rows.take(rows)
    return (_last_day(found).take(rows), question, *(column.take(rows) for column in columns))


def _word_place(name: str, word: str) -> int:
    domain = FACTS[name].domain
    assert isinstance(domain, Choice)
    return domain.words.index(word)


_NOT_YET = _word_place(EXISTS, NOT_YET)
_GONE = tuple(_word_place(EXISTS, word) for word in sorted(GONE))
