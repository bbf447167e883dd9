"""From cells to days, grades and outcomes. What cannot be read is said and left out, never guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import TypeVar

from ilacs_rules.errors import RecordError, in_text, nearest
from ilacs_rules.reading.tables import Log, Row
from ilacs_rules.records import Event
from ilacs_rules.values import FIRST_DAY, ISO_DAY, LAST_DAY
from ilacs_rules.vocabulary import Activity, Grade

__all__ = [
    "DAY",
    "Found",
    "Judging",
    "as_word",
    "event_of",
    "judgements_of",
    "kind_of",
    "ordered",
    "read_day",
    "read_days",
    "word_of",
]

_Word = TypeVar("_Word", bound=StrEnum)
_SPACING = re.compile(r"[\s_/\-\u2010-\u2014]+")
DAY = "a day as YYYY-MM-DD"
# The longest wait for a report among 14,000 published ones was 530 days: beyond this a year is mistyped.
_APART = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """What a row held: its event, or ``None`` where it was skipped; its activity where that could be told."""

    row: Row
    activity: Activity | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """What an activity that began on a day judges: the areas it may, those it must, and whether it is graded."""

    words: str
    may: tuple[str, ...]
    must: tuple[str, ...] = ()
    graded: bool = False


@lru_cache(maxsize=4096)
def as_word(text: str) -> str:
    r"""Text as the vocabulary spells it: small letters, words joined by one underscore, no apostrophe.

    >>> as_word("  Requires   Improvement ")
    'requires_improvement'
    >>> as_word("Secure children\N{RIGHT SINGLE QUOTATION MARK}s home"), as_word("good?")  # a doubt is not a spelling
    ('secure_childrens_home', 'good?')
    """
    return _SPACING.sub("_", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("'", "").strip()).casefold()


def word_of(words: type[_Word], text: str, also: Mapping[str, _Word] | None = None) -> _Word | None:
    """The word of a vocabulary that a text is, or that it is ``also`` known as; ``None`` if it is neither.

    >>> word_of(Grade, "Requires improvement").value
    'requires_improvement'
    >>> word_of(Grade, "RI") is None
    True
    """
    word = as_word(text)
    try:
        return (also or {}).get(word) or words(word)
    except ValueError:
        return None


def kind_of(row: Row, kinds: Mapping[str, Activity], log: Log) -> Activity | None:
    """The activity that the row's event type stands for; ``None`` where it is not known, and the row is skipped."""
    kind = kinds.get(as_word(row["event_type"]))
    if kind is None:
        problem = "is not a known event type" if row["event_type"] else "is empty"
        log.skip(row, "event_type", problem, nearest(row["event_type"], kinds))
    return kind


def read_day(text: str) -> date | None:
    """A day written YYYY-MM-DD, and in no other way: 03/04/2024 is two days.

    >>> read_day("2024-04-03")
    datetime.date(2024, 4, 3)
    >>> read_day("03/04/2024") is None and read_day("2024-02-30") is None
    True
    """
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def read_days(row: Row, columns: Mapping[str, str], log: Log) -> dict[str, date]:
    """The row's days by field of the event, in their order; none at all where the row is skipped for lack of one."""
    days = {field: read_day(row[column]) for field, column in columns.items()}
    known = {field: day for field, day in days.items() if day}
    unread = [columns[field] for field, day in days.items() if day is None and row[columns[field]]]
    if not known:
        problem = "is not a day, and there is no other" if unread else "has no day at all"
        named = unread or list(columns.values())
        log.skip(row, ", ".join(named), problem, DAY, value=", ".join(row[column] for column in unread))
        return {}
    for column in unread:
        log.without(row, column, "is not a day", DAY)
    return ordered(known, row, columns, log)


def ordered(days: Mapping[str, date], row: Row, columns: Mapping[str, str], log: Log) -> dict[str, date]:
    """The days without those that contradict the others: first the one at odds with most, of equals the last."""
    kept = {field: days[field] for field in ("started", "ended", "published") if field in days}
    while clashes := [pair for pair in combinations(kept, 2) if not _may_follow(kept[pair[0]], kept[pair[1]])]:
        at_odds = [field for pair in clashes for field in pair]
        worst = max(reversed(kept), key=at_odds.count)
        others = " and ".join(
            f"{columns[field]} {kept[field]}"
            for field in kept
            if (field, worst) in clashes or (worst, field) in clashes
        )
        problem = f"contradicts {others}"
        log.without(
            row, columns[worst], problem, "days in order, less than three years apart", value=str(kept.pop(worst))
        )
    return kept


def _may_follow(earlier: date, later: date) -> bool:
    return 0 <= (later - earlier).days <= _APART


_GRADES = {"requires_improvement_to_be_good": Grade.REQUIRES_IMPROVEMENT}


def judgements_of(row: Row, columns: Mapping[str, str], judging: Judging, log: Log) -> dict[str, Grade]:
    """The row's grades by area.

    A grade that cannot be read was given all the same at a graded inspection: it is ``not_recorded``.
    """
    found: dict[str, Grade] = {}
    for area, column in columns.items():
        text = row[column]
        grade = word_of(Grade, text, _GRADES)
        if not text:
            if area in judging.must:
                found[area] = Grade.NOT_RECORDED
                log.without(row, column, "is empty", f"a grade: {judging.words} gives one")
        elif area not in judging.may:
            log.without(
                row, column, f"stands where there can be none: {judging.words} gives no such judgement", "an empty cell"
            )
        elif grade:
            found[area] = grade
        else:
            log.without(row, column, "is not a known grade", nearest(text, Grade))
            if judging.graded:
                found[area] = Grade.NOT_RECORDED
    return found


def event_of(row: Row, fields: Mapping[str, object], log: Log) -> Event | None:
    """The event, or ``None`` and a skipped row where the record refuses what the reader let through."""
    try:
        return Event.model_validate(dict(fields))
    except RecordError as error:
        value = in_text(error.value)
        log.skip(row, error.field, error.problem, error.expected, value=value)
        return None
