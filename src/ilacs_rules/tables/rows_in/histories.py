"""Many histories as columns: every event in order, and each subject with the place where its own begin."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ilacs_rules.records import WHOLE, Covered, Event, LocalAuthority, Provider, Subject
from ilacs_rules.tables.words import (
    ACTIVITY,
    JUDGEMENTS,
    OUTCOME,
    PRECISION,
    REGISTRATION,
    SUBJECT_TYPE,
    Codes,
    Days,
    Flags,
    Places,
)
from ilacs_rules.vocabulary import Activity

__all__ = ["NO_SPANS", "Events", "Histories", "Spans", "one_day", "span_of"]

_DAY_BITS = 22
"""A day and its subject are compared as one number: more bits than any ordinal has."""


def one_day(of: Places | int, day: Days | int) -> Places:
    """A day of a subject (or of anything else that is numbered) as one number, in order of subject and day."""
    return (np.asarray(of, np.int64) << _DAY_BITS) | day


@dataclass(frozen=True, slots=True)
class Events:
    """Every event, by subject, first known day and activity.

    Each column begins with one entry that is not an event. An event stands at its number counted from 1, so that the
    place 0 can mean "no event".
    """

    activity: Codes
    first: Days
    started: Days
    ended: Days
    published: Days
    judged_from: Days
    outcome: Codes
    precision: Codes
    grades: dict[str, Codes]  # only of areas in which any grade was given

    def slice(self, start: int, end: int) -> "Events":
        """The events numbered from ``start`` to ``end``, with the entry before them in the place of no event."""
        part = slice(start, end + 1)
        return Events(
            self.activity[part],
            self.first[part],
            self.started[part],
            self.ended[part],
            self.published[part],
            self.judged_from[part],
            self.outcome[part],
            self.precision[part],
            {area: codes[part] for area, codes in self.grades.items()},
        )


@dataclass(frozen=True, slots=True)
class Spans:
    """The stretches of days that records cover, by subject, activity and first day; none meets the next."""

    of: Places  # subject and activity as one number
    low: Days
    high: Days

    def cover(self, subjects: Places, activity: str, first: Days, last: Days) -> Flags:
        """Whether a stretch of each subject's record of an activity holds both days."""
        of = span_of(subjects, ACTIVITY.code[activity])
        if not self.of.size:
            return np.zeros(len(of), np.bool_)
        # Of those that begin by the first day, the last: it ends latest.
        place = np.searchsorted(one_day(self.of, self.low), one_day(of, first), side="right") - 1
        found: Flags = (place >= 0) & (self.of[place] == of) & (last <= self.high[place])
        return found


NO_SPANS = Spans(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))


def span_of(subjects: Places, activity: Codes | int) -> Places:
    """A subject and one of its activities as one number."""
    return (subjects.astype(np.int64) << 8) | activity


@dataclass(frozen=True)
class Histories:
    """Subjects in order of their kind, and their events.

    Attributes:
        name: what a subject is called.
        kind: the code of each subject's type.
        began: the day it came into being.
        ended: the day on which it closed or was abolished.
        status, ended_by: of one that has ended on a day not known, what the register says, as a code (else 0), and a
            day by which it had ended.
        claims: what its record is meant to hold whole: the place of the word in ``WHOLE``, counted from 1, or 0: then
            what it covers is in ``spans``.
        starts: the number of events before each subject's first, and at the end the number of all.
        usable: whether nothing speaks against answering for it.
    """

    name: Callable[[int], str]
    kind: Codes
    began: Days
    ended: Days
    status: Codes
    ended_by: Days
    claims: Codes
    starts: Places
    events: Events
    spans: Spans
    usable: Flags
    kept: dict[int, Subject] = field(default_factory=dict[int, Subject])

    def __len__(self) -> int:
        return len(self.kind)

    def kinds(self) -> Iterator[tuple[str, int, int]]:
        """Each type of subject that occurs, with the first and the end of its subjects."""
        for code in np.unique(self.kind):
            if code:
                start, end = np.searchsorted(self.kind, [code, code + 1])
                yield SUBJECT_TYPE.words[int(code) - 1], int(start), int(end)

    def with_events_after_end(self) -> Places:
        """The numbers of the subjects with an event whose first known day lies after their end: it may begin then."""
        last = np.where(self.ended != 0, self.ended, self.ended_by)
        ending = np.flatnonzero((last != 0) & (self.starts[1:] > self.starts[:-1]))
        return ending[self.events.first.take(self.starts[ending + 1]) > last[ending]]

    def subject(self, number: int) -> Subject:
        """One subject, as the single path knows it; what changes no answer is not taken along."""
        if number not in self.kept:
            self.kept[number] = self._subject(number)
        return self.kept[number]

    def _subject(self, number: int) -> Subject:
        places = range(int(self.starts[number]) + 1, int(self.starts[number + 1]) + 1)
        kind, began = SUBJECT_TYPE.words[int(self.kind[number]) - 1], _day(self.began[number])
        claim = int(self.claims[number])
        given: dict[str, object] = {
            "name": self.name(number),
            "covers": WHOLE[claim - 1] if claim else tuple(self._covered(number)),
            "events": tuple(self.event(place) for place in places),
        }
        if kind == "local_authority":
            return LocalAuthority.model_validate({**given, "created": began, "abolished": _day(self.ended[number])})
        status, seen = int(self.status[number]), _day(self.ended_by[number])
        if status:
            given |= {"registration_status": REGISTRATION.words[status - 1], "status_as_at": seen}
        given |= {"registered": began, "closed": _day(self.ended[number])}
        return Provider.model_validate({**given, "type": kind})

    def event(self, place: int) -> Event:
        """One event, by its place."""
        events = self.events
        judgements = {
            area: JUDGEMENTS[area].words[int(codes[place]) - 1] for area, codes in events.grades.items() if codes[place]
        }
        outcome = int(events.outcome[place])
        return Event.model_validate(
            {
                "activity": ACTIVITY.words[int(events.activity[place]) - 1],
                "started": _day(events.started[place]),
                "ended": _day(events.ended[place]),
                "published": _day(events.published[place]),
                "judgements": judgements,
                "outcome": OUTCOME.words[outcome - 1] if outcome else None,
                "precision": PRECISION.words[int(events.precision[place]) - 1] if events.precision[place] else "day",
            }
        )

    def _covered(self, number: int) -> Iterator[Covered]:
        spans = self.spans
        for place in np.flatnonzero(spans.of >> 8 == number):
            low, high = int(spans.low[place]), int(spans.high[place])
            yield Covered(
                activity=Activity(ACTIVITY.words[(int(spans.of[place]) & 255) - 1]),
                since=None if low == 1 else date.fromordinal(low),
                until=None if high == date.max.toordinal() else date.fromordinal(high),
            )


def _day(ordinal: int) -> date | None:
    return date.fromordinal(int(ordinal)) if ordinal else None
