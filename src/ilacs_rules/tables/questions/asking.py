"""The questions that a table is asked, piece by piece so that memory is bounded, and the answers as one table."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers, next_activity, required_activities
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.progress import watched
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import checked_day
from ilacs_rules.tables.columns.view import Questions
from ilacs_rules.tables.questions.answering import Answers, Book, every_of, next_of, required_of
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.rows_in.gathering import Gathered
from ilacs_rules.tables.words import (
    ACTIVITY,
    CERTAINTY,
    STATUS,
    STRENGTH,
    Days,
    Places,
    as_dates,
    as_ordinals,
    out_of_reach,
)
from ilacs_rules.values import ISO_DAY
from ilacs_rules.values.given import items
from ilacs_rules.vocabulary import Status

__all__ = ["AsOf", "Asked", "answer", "as_asked", "days_asked", "pieces"]

AsOf = date | Sequence[date | str] | str
"""A day, as a date or its text (YYYY-MM-DD); some days, each asked of every subject; or the column
of the table of subjects that holds each one's day."""


def as_asked(as_of: AsOf) -> AsOf:
    """What was asked about; text in the form of a day is that day, and any other is the name of a column.

    Text that is a day in another form is refused, and not looked for among the columns.

    >>> as_asked("2024-01-10"), as_asked("day")
    (datetime.date(2024, 1, 10), 'day')
    """
    is_day = isinstance(as_of, str) and (ISO_DAY.fullmatch(as_of) or _ANOTHER_DAY.match(as_of))
    return checked_day(as_of) if is_day else as_of


_ANOTHER_DAY = re.compile(r"\s*\d{1,4}[/.\- ]\d{1,2}(?:[/.\- ]\d{1,4}|\s*$)", re.ASCII)


_PIECE = 1 << 16
"""So many questions are answered at a time: enough that columns pay, few enough that they stay near the processor."""


class Asked(NamedTuple):
    """A piece of the work: questions about subjects of one kind."""

    questions: Questions
    rows: int  # of how many subjects


class Question(NamedTuple):
    """What is asked: over columns, and on the single path where a column cannot say."""

    of_columns: Callable[[Book, Questions], Answers]
    of_one: Callable[[Subject, date, Rulebook], tuple[Answer, ...]]


def _next(subject: Subject, as_of: date, book: Rulebook) -> tuple[Answer, ...]:
    return (next_activity(subject, as_of=as_of, rulebook=book),)


def _required(subject: Subject, as_of: date, book: Rulebook) -> tuple[Answer, ...]:
    return required_activities(subject, as_of=as_of, rulebook=book)


def _every(subject: Subject, as_of: date, book: Rulebook) -> tuple[Answer, ...]:
    found = answers(subject, as_of=as_of, rulebook=book)
    return tuple(answer for answer in found if answer.status is not Status.NOT_REQUIRED)


NEXT, REQUIRED = Question(next_of, _next), Question(required_of, _required)
EVERY = Question(every_of, _every)
"""Also what only may happen: of one track, what that track answers."""

_DAYS = "a date, a list of dates, or the name of a column"


def days_asked(as_of: AsOf, subjects: pl.DataFrame) -> Days:
    """The days that are asked of every subject; or, a row for each subject, its own.

    Raises:
        RecordError: it is not a day, a list of days, or the name of a column.
    """
    if isinstance(as_of, str):
        return as_ordinals(subjects[as_of])
    days = [as_of] if isinstance(as_of, date) else items(as_of, "as_of", _DAYS, "is not a day")
    return np.array(list(dict.fromkeys(checked_day(day).toordinal() for day in days)), np.int32)


def pieces(gathered: Gathered, as_of: AsOf, days: Days, refused: Refusals, book: Book) -> Iterator[Asked]:
    """The questions, in pieces; those that no rulebook answers are refused."""
    histories = gathered.histories
    own = isinstance(as_of, str)
    each = 1 if own else max(1, len(days))
    step = max(1, _PIECE // each)
    for kind, start, end in histories.kinds():
        for low in range(start, end, step):
            high = min(end, low + step)
            subjects = np.flatnonzero(histories.usable[low:high])
            if own:
                asked = days.take(gathered.place[low:high][subjects])
                subject = subjects
            else:
                subject, asked = np.repeat(subjects, len(days)), np.tile(days, len(subjects))
            for part in _parts(len(asked)):
                yield Asked(
                    _answerable(gathered, kind, (low, high), subject[part], asked[part], refused, book), high - low
                )


def _parts(count: int) -> Iterator[slice]:
    for start in range(0, count, 4 * _PIECE):
        yield slice(start, start + 4 * _PIECE)


def _answerable(  # noqa: PLR0913, PLR0917 - everything that makes a question
    gathered: Gathered, kind: str, span: tuple[int, int], subject: Places, asked: Days, refused: Refusals, book: Book
) -> Questions:
    """The questions that lie within the rulebook; the others are refused, each with the single path's error."""
    cuts, until = book.kind(kind).cuts, book.book.until
    outside = (asked < cuts[0]) if len(cuts) else np.ones(len(asked), np.bool_)
    outside |= out_of_reach(asked) | (asked == 0)
    if until:
        outside |= asked > until.toordinal()
    if outside.any():
        for day in np.unique(asked[outside]):
            rows = subject[outside & (asked == day)]
            names = gathered.subjects["subject"].gather(gathered.place[rows + span[0]])
            refused.questions(names, np.full(len(rows), day, np.int32), _why(kind, int(day), book))
        subject, asked = subject[~outside], asked[~outside]
    return Questions(gathered.histories, kind, span, subject, asked)


def _why(kind: str, day: int, book: Book) -> IlacsRulesError:
    try:
        book.book.era(kind, checked_day(date.fromordinal(day) if day else None))
    except IlacsRulesError as error:
        return error
    raise AssertionError(f"{kind}, {day}: held to be outside the rulebook")


class Table:
    """Answers on their way to a table: columns of numbers, put into words at the end."""

    def __init__(self, book: Book, gathered: Gathered, refused: Refusals) -> None:
        self.book, self.gathered, self.refused = book, gathered, refused
        self.parts: list[tuple[Places, ...]] = []

    def add(self, questions: Questions, question: Question) -> None:
        """The answers to some questions."""
        if not len(questions):
            return
        found = question.of_columns(self.book, questions)
        numbers: Places = self.gathered.place.take(questions.numbers.take(found.question)).astype(np.int32)
        as_of = questions.as_of.take(found.question)
        part: tuple[Places, ...] = (numbers, as_of, found.rule, found.status, found.opens, found.due, found.closes)
        if found.again.size:
            part = self._ask_again(questions, question, found, part)
        self.parts.append(part)

    def _ask_again(
        self, questions: Questions, question: Question, found: Answers, part: tuple[Places, ...]
    ) -> tuple[Places, ...]:
        """The single path's word on what columns cannot say: what a record lacks, and in which sentence."""
        kept = ~np.isin(found.question, found.again)
        rows: list[tuple[int, ...]] = []
        for place in found.again:
            number, as_of = int(questions.numbers[place]), date.fromordinal(int(questions.as_of[place]))
            row = int(self.gathered.place[number])
            try:
                answers = question.of_one(self.gathered.histories.subject(number), as_of, self.book.book)
            except IlacsRulesError as error:
                self.refused.question(self.gathered.subjects["subject"][row], as_of, error)
                continue
            rows += [(row, as_of.toordinal(), *self._codes(answer)) for answer in answers]
        if not rows:
            return tuple(column[kept] for column in part)
        more = np.array(rows, np.int32).T
        return tuple(
            np.concatenate([column[kept], new.astype(column.dtype)]) for column, new in zip(part, more, strict=True)
        )

    def _codes(self, answer: Answer) -> tuple[int, ...]:
        window = answer.window
        days = (day.toordinal() if day else 0 for day in (window.opens, window.due, window.closes))
        return (self.book.rules.code[answer.rule], STATUS.code[answer.status], *days)

    def frame(self) -> pl.DataFrame:
        """All answers, in the order of the table of subjects, and by day."""
        if not self.parts:
            self.parts.append(
                tuple(np.zeros(0, kind) for kind in (np.int32, np.int32, np.uint16, np.uint8, *[np.int32] * 3))
            )
        number, as_of, *columns = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        self.parts.clear()
        key = (number.astype(np.int64) << 32) | as_of
        if (key[1:] < key[:-1]).any():
            order = np.argsort(key, kind="stable")
            number, as_of, *columns = (column.take(order) for column in (number, as_of, *columns))
        rule, status, opens, due, closes = columns
        said, rows = self.book.said, pl.Series(number)
        return pl.DataFrame(
            [
                self.gathered.subjects["subject"].gather(rows),
                *(_text_of(self.gathered.subjects[name], rows) for name in ("name", "urn")),
                as_dates("as_of", as_of),
                said("activity", ACTIVITY, rule),
                as_dates("opens", opens),
                as_dates("due", due),
                as_dates("closes", closes),
                STATUS.series("status", status),
                said("strength", STRENGTH, rule),
                said("certainty", CERTAINTY, rule),
                self.book.rules.series("rule", rule),
                said("track", self.book.tracks, rule),
                _text_of(self.gathered.subjects["not_used"], rows),
            ]
        )


def _text_of(column: pl.Series, rows: pl.Series) -> pl.Series:
    if column.null_count() == len(column):
        return pl.repeat(None, len(rows), dtype=pl.String, eager=True).alias(column.name)
    return column.gather(rows).cast(pl.String)


def answer(  # noqa: PLR0913, PLR0917 - everything that is asked
    gathered: Gathered, question: Question, as_of: AsOf, book: Book, refused: Refusals, begun: float
) -> pl.DataFrame:
    """Every question that can be answered, as a table of answers; ``begun``: see ``watched``."""
    table = Table(book, gathered, refused)
    days = days_asked(as_of, gathered.subjects)
    asked_of = pieces(gathered, as_of, days, refused, book)
    for asked in watched(asked_of, len(gathered.histories), lambda item: item.rows, begun=begun):
        table.add(asked.questions, question)
    return table.frame()
