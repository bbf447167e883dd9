"""Many histories as they were known, each on its day: what one history's ``View`` is, for a column of questions.

A question is a subject and a day. Nothing that lay after the day can be seen. The events that had begun are those up to
``upper``, and a judgement counts from its own day.
"""

from collections.abc import Hashable
from functools import cached_property

import numpy as np

from ilacs_rules import dates
from ilacs_rules.situation.aggregates import Latest, Since, StartOf
from ilacs_rules.situation.view import possible
from ilacs_rules.tables.days import over
from ilacs_rules.tables.rows_in.histories import Events, Histories, one_day
from ilacs_rules.tables.words import ACTIVITY, OUTCOME, Codes, Days, Flags, Places
from ilacs_rules.vocabulary import BEGINS_ANEW, INSPECTIONS, Activity, Outcome

__all__ = ["Questions"]

_STARTS = {"year": dates.start_of_year, "inspection_year": dates.start_of_inspection_year}


class Questions:
    """Some subjects of one kind, and on which days what is asked of them.

    Attributes:
        kind: the type of the subjects, all of one.
        first: the number of the first of the subjects among the histories.
        subject: of each question, the number of its subject, counted from ``first``; in order.
        as_of: of each question, its day.
        events: the events of these subjects; they stand at their number counted from 1.
    """

    def __init__(self, histories: Histories, kind: str, span: tuple[int, int], subject: Places, as_of: Days) -> None:
        self.histories, self.kind, self.first = histories, kind, span[0]
        self.subject, self.as_of = subject, as_of
        starts = histories.starts[span[0] : span[1] + 1]
        self.starts = starts - starts[0]
        self.events: Events = histories.events.slice(int(starts[0]), int(starts[-1]))
        self._kept: dict[Hashable, Days] = {}

    def __len__(self) -> int:
        return len(self.as_of)

    @property
    def who(self) -> str:
        return "authority" if self.kind == "local_authority" else "provider"

    @cached_property
    def numbers(self) -> Places:
        """The number of each question's subject among the histories."""
        return self.subject + self.first

    @cached_property
    def began(self) -> Days:
        """The day each question's subject came into being, if that is known."""
        return self.histories.began.take(self.numbers)

    @cached_property
    def ended(self) -> Days:
        """The day on which each question's subject closed or was abolished, once it has come."""
        day = self.histories.ended.take(self.numbers)
        return day * (day <= self.as_of)

    @cached_property
    def has_ended(self) -> Flags:
        """Whether each question's subject is known to have ended by the day: on a day that is known, or not."""
        by = self.histories.ended_by.take(self.numbers)
        found: Flags = (self.ended != 0) | ((by != 0) & (by <= self.as_of))
        return found

    @cached_property
    def may_have_ended(self) -> Flags:
        """Whether it has ended, as its record says, on a day that is not known and may have come."""
        over = self.histories.status.take(self.numbers) != 0
        found: Flags = over & ~self.has_ended
        if found.any():
            found &= self._last_seen().take(self.subject) < self.as_of
        return found

    def _last_seen(self) -> Days:
        """The last day on which each subject is known to have been there; a report may come out later."""
        count = len(self.starts) - 1
        last = self.histories.began[self.first : self.first + count].copy()
        of = np.repeat(np.arange(count), np.diff(self.starts))
        np.maximum.at(last, of, np.maximum(self.events.started[1:], self.events.ended[1:]))
        return last

    @cached_property
    def came(self) -> Days:
        """The same once it has come; not known where something happened before it."""
        has_any = self.starts[1:] > self.starts[:-1]
        earliest = self.events.first.take(self.starts[:-1] + 1, mode="clip") * has_any
        first = earliest.take(self.subject)
        contradicted = (first != 0) & (first < self.began) & (self.kind not in BEGINS_ANEW)
        day: Days = self.began * ~(contradicted | (self.began > self.as_of))
        return day

    @cached_property
    def claims(self) -> Codes:
        """What each question's record is meant to hold whole: 0 nothing, else the place in ``WHOLE``, from 1."""
        return self.histories.claims.take(self.numbers)

    @cached_property
    def lower(self) -> Days:
        """How many events there are before the subject's own, and with those from before it began anew."""
        before: Days = self.starts.take(self.subject).astype(np.int32)
        if self.kind not in BEGINS_ANEW:
            return before
        return np.where(self.began <= self.as_of, np.maximum(self._place(self.began), before), before)

    @cached_property
    def upper(self) -> Days:
        """The same, and with those of its own that had begun by the day."""
        return self.before(self.as_of + 1)

    @cached_property
    def _event_days(self) -> Places:
        count = np.diff(self.starts)
        return one_day(np.repeat(np.arange(len(count)), count), self.events.first[1:])

    def before(self, day: Days) -> Days:
        """How many events there are before those that count, and with those of them that began before a day."""
        return np.maximum(self._place(day), self.lower)

    def _place(self, day: Days) -> Days:
        return np.searchsorted(self._event_days, one_day(self.subject, day)).astype(np.int32)

    def find(self, latest: Latest) -> Days:
        """The place of the latest event that a declaration speaks of; 0 where there is none."""
        found = self._kept.get(latest)
        if found is None:
            found = self._kept[latest] = self._find(latest)
        return found

    def _find(self, latest: Latest) -> Days:
        last = self._last_by(latest.kinds, latest.outcome, judged=latest.judged or latest.outcome is not None)
        upper = self.upper if latest.before is None else np.minimum(self.upper, self.before(self.day(latest.before)))
        found: Days = last.take(upper)
        found[found <= self.lower] = 0
        if latest.judged or latest.outcome is not None:
            self._go_back_to_judged(found, last)
        if latest.since is not None:
            after = self.day(latest.since)
            found[(after == 0) | (self.events.first.take(found) < after)] = 0
        return found

    def _last_by(self, kinds: frozenset[Activity], outcome: Outcome | None, *, judged: bool) -> Days:
        """For each place, that of the last event so far which is of some kinds, and may have the outcome."""
        key = ("last", kinds, outcome, judged)
        if key not in self._kept:
            fits = of_kinds(kinds).take(self.events.activity)
            if outcome is not None:
                fits &= self.events.outcome == OUTCOME.code[outcome]
            if judged:
                fits &= self.events.judged_from != 0
            fits[0] = False
            places = np.arange(len(fits), dtype=np.int32)
            self._kept[key] = np.maximum.accumulate(places * fits)
        return self._kept[key]

    def nth_latest(self, kinds: frozenset[Activity], number: int) -> Days:
        """The place of the ``number``-th latest event of some kinds that had begun; 0 where there are fewer."""
        found, last = self.upper, self._last_by(kinds, None, judged=False)
        for step in range(number):
            found = last.take(np.maximum(found - (step > 0), 0))
            found[found <= self.lower] = 0
        return found

    def _go_back_to_judged(self, found: Days, last: Days) -> None:
        """From events whose judgement was not out yet, back to the last whose was."""
        late = np.flatnonzero(self.events.judged_from.take(found) > self.as_of)
        while late.size:
            earlier = last.take(np.maximum(found[late] - 1, 0))
            earlier[earlier <= self.lower[late]] = 0
            found[late] = earlier
            late = late[(earlier > 0) & (self.events.judged_from.take(earlier) > self.as_of[late])]

    def begun(self, kinds: frozenset[Activity], upper: Days) -> Days:
        """How many events of some kinds there are up to a place."""
        key = ("count", kinds)
        if key not in self._kept:
            fits = of_kinds(kinds).take(self.events.activity)
            fits[0] = False
            self._kept[key] = np.cumsum(fits, dtype=np.int32)
        return self._kept[key].take(upper)

    def day(self, since: Since | StartOf) -> Days:
        """The day from which to count; 0 where there is none."""
        day = self._kept.get(since)
        if day is None:
            day = self._kept[since] = self._start_of(since.period) if isinstance(since, StartOf) else self._since(since)
        return day

    def _start_of(self, period: str) -> Days:
        return over(("start", period), _STARTS[period], self.as_of)

    def start_of_inspection_year(self) -> Days:
        """The first day of the inspection year in which each question is asked."""
        return self.day(StartOf("inspection_year"))

    def _since(self, since: Since) -> Days:
        found, events = self.find(since.of), self.events
        if since.which == "first":
            return known(events.first, found)
        published = events.published.take(found)
        return np.where(found == 0, 0, np.where(published == 0, events.judged_from.take(found), published))

    def covers(self, kinds: frozenset[Activity], first: Days, last: Days, rows: Places | slice = slice(None)) -> Flags:
        """Whether each record would show every event of some kinds from one day to another; of some questions only."""
        asked = possible(kinds, self.who)
        whole: Flags = self.claims[rows] >= (1 if INSPECTIONS.issuperset(asked) else 2)
        if whole.all():
            return whole
        numbers, shown = self.numbers[rows], np.ones(len(first), np.bool_)
        for kind in asked:
            shown &= self.histories.spans.cover(numbers, kind.value, first, last)
        return whole | shown

    @cached_property
    def anything_happened(self) -> Flags:
        """Whether any event had begun."""
        happened: Flags = self.upper > self.lower
        return happened


def known(column: Days, found: Days) -> Days:
    """A date of each event that was found; 0 where none was."""
    dates: Days = column.take(found) * (found != 0)
    return dates


def of_kinds(kinds: frozenset[Activity]) -> Flags:
    """For the code of each activity, and of none, whether it is one of these kinds."""
    fits: Flags = np.zeros(len(ACTIVITY.words) + 1, np.bool_)
    fits[[ACTIVITY.code[kind] for kind in kinds]] = True
    return fits
