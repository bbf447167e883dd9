"""One history as it was known on one day.

Nothing that lay after the day can be seen here, so no fact can depend on it. An event counts once it has begun, and its
judgements once they are published.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import compress

from ilacs_rules.dates import add_days
from ilacs_rules.errors import MissingFactError
from ilacs_rules.records import Event, LocalAuthority, Provider, Subject
from ilacs_rules.situation.known import judged_from, long_open_from
from ilacs_rules.vocabulary import ACTIVITIES, BEGINS_ANEW, ENDED, INSPECTIONS, Activity, Area, Grade, in_words

__all__ = ["History", "Place", "View", "possible"]

Place = tuple[int, int, bool]
"""Where a day stands: among the turning days of a history, in its calendar year and in its inspection year."""


class History:
    """Everything a subject's record holds, made ready once: its events latest first, and its own days by name.

    ``ended``: the day on which it closed or was abolished. ``over``: its record says that it has ended, but not on
    which day. Then ``ended_by`` is a day by which it had ended, if one is known. ``last_seen`` is the last day on which
    it was there. ``began``: the day on which it came into being, if that is known. ``covered``: what the record would
    show. ``kinds``: the activities among the events. ``anew``: the day of registration or creation, where events from
    before it are on record. They belong to an earlier registration, or to an authority that came before.
    """

    __slots__ = (
        "_by_kinds", "_each_kind", "_spanned", "_turns", "anew", "began", "covered", "ended", "ended_by", "events",
        "kinds", "last_seen", "over", "subject", "who", "whole",
    )  # fmt: skip

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.events = subject.events[::-1]
        self._each_kind = subject.happened[::-1]
        self.kinds = frozenset(self._each_kind)
        # Whether the record is meant to hold every inspection: what it lacks of one is then an error.
        self.covered = subject.covers
        self.whole = isinstance(self.covered, str)
        self.over, self.ended_by, self.last_seen = False, None, date.min
        if isinstance(subject, LocalAuthority):
            self.who, self.began, self.ended = "authority", subject.created, subject.abolished
        else:
            self.who, self.began, self.ended = "provider", subject.registered, subject.closed
            if self.ended is None and subject.registration_status in ENDED:
                self.over, self.ended_by, self.last_seen = True, subject.status_as_at, _last_seen(subject)
        self.anew = _begun_anew(subject, self.began)
        self._by_kinds: dict[frozenset[Activity], tuple[Event, ...]] = {}
        self._turns: tuple[date, ...] | None = None
        self._spanned: dict[Activity, list[tuple[date, date]]] = {}

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which anything in this history comes to be known, ends, or ceases to be covered, in order."""
        if self._turns is None:
            self._turns = tuple(sorted(set(_turns(self))))
        return self._turns

    def place(self, day: date) -> Place:
        """Where a day stands. Of two days that stand in one place no fact can differ.

        Between two turning days, within one calendar year and one inspection year, nothing in a history changes.
        """
        return bisect_right(self.turns, day), day.year, day.month > 3

    def latest_first(self, kinds: frozenset[Activity]) -> tuple[Event, ...]:
        """Every event of some kinds."""
        if kinds.isdisjoint(self.kinds):
            return ()
        found = self._by_kinds.get(kinds)
        if found is None:
            found = self._by_kinds[kinds] = tuple(compress(self.events, map(kinds.__contains__, self._each_kind)))
        return found

    def covers(self, kinds: frozenset[Activity], first: date, last: date) -> bool:
        """Whether the record would show every event of these kinds on every day from ``first`` to ``last``."""
        if self.covered == "everything":
            return True
        if self.covered == "inspections":
            return INSPECTIONS.issuperset(possible(kinds, self.who))
        return all(self._covers(kind, first, last) for kind in possible(kinds, self.who))

    def _covers(self, kind: Activity, first: date, last: date) -> bool:
        spans = self._spans(kind)
        place = bisect_right(spans, (first, date.max))
        return place > 0 and last <= spans[place - 1][1]

    def covered_until(self, kinds: frozenset[Activity]) -> date:
        """The last day on which the record would show every event of these kinds; ``date.min`` if it never would."""
        if self.whole:
            return date.max if self.covers(kinds, date.min, date.max) else date.min
        spans = map(self._spans, possible(kinds, self.who))
        return min((each[-1][1] if each else date.min for each in spans), default=date.max)

    def _spans(self, kind: Activity) -> list[tuple[date, date]]:
        """The stretches of days that the record covers for one activity, in order; those that meet are one."""
        kept = self._spanned.get(kind)
        if kept is not None:
            return kept
        spans: list[tuple[date, date]] = []
        covers = () if isinstance(self.covered, str) else self.covered
        for low, high in sorted(
            (item.since or date.min, item.until or date.max) for item in covers if item.activity is kind
        ):
            if spans and (spans[-1][1] == date.max or low <= add_days(spans[-1][1], 1)):
                spans[-1] = (spans[-1][0], max(spans[-1][1], high))
            else:
                spans.append((low, high))
        self._spanned[kind] = spans
        return spans


@lru_cache(maxsize=1024)
def possible(kinds: frozenset[Activity], who: str) -> frozenset[Activity]:
    """Those of some activities that can happen to an authority or a provider, and are not a form of another of them.

    They are what a record of such a subject would show by themselves.
    """
    return frozenset(kind for kind in kinds if who in ACTIVITIES[kind].to and ACTIVITIES[kind].form_of not in kinds)


def _begun_anew(subject: Subject, day: date | None) -> date | None:
    events = subject.events
    if day is None or subject.type not in BEGINS_ANEW or not events:
        return None
    return day if events[0].first_known < day else None


def _last_seen(provider: Provider) -> date:
    """The last day on which a provider is known to have been registered; a report may come out later."""
    known = (provider.registered, *(day for event in provider.events for day in (event.started, event.ended)))
    return max((day for day in known if day), default=date.min)


def _turns(history: History) -> Iterator[date]:
    subject = history.subject
    yield from (day for day in (history.began, history.ended, history.ended_by) if day)
    if history.over and date.min < history.last_seen < date.max:
        yield add_days(history.last_seen, 1)
    for event in history.events:
        known = (event.first_known, event.started, event.ended, event.published, judged_from(event))
        yield from (day for day in known if day)
        if event.ended:
            yield add_days(event.ended, 1)
        if (long := long_open_from(event)) is not None:
            yield long
    for cover in () if isinstance(subject.covers, str) else subject.covers:
        if cover.since:
            yield cover.since
        if cover.until:
            yield add_days(cover.until, 1)


class View:
    """A history as it was known on ``as_of``. Facts read from it; ``found`` holds what their readings look for.

    ``demands``: whether what a record that is meant to be whole lacks is an error.
    ``anew``: the day of a new registration or creation, once it has come: nothing from before it counts any more.
    ``counts_all``: whether every event of the history had begun by the day, and counts.
    """

    __slots__ = ("__weakref__", "anew", "as_of", "counts_all", "demands", "found", "history")

    def __init__(self, history: History, as_of: date) -> None:
        self.history, self.as_of = history, as_of
        self.demands = history.whole
        self.found: dict[int, Event | None] = {}
        anew, events = history.anew, history.events
        self.anew = anew if anew is not None and anew <= as_of else None
        self.counts_all = self.anew is None and (not events or events[0].first_known <= as_of)

    def demanding_nothing(self) -> "View":
        """The same view, to which what the record lacks is merely not known."""
        other = View(self.history, self.as_of)
        other.found, other.demands = self.found, False
        return other

    def on(self, day: date) -> "View":
        """The view of another day that stands in the same place: all that it shows is the same."""
        if day == self.as_of:
            return self
        other = View(self.history, day)
        other.found = self.found
        return other

    @property
    def began(self) -> date | None:
        """The day the subject came into being, once it has come; not known where something happened before it."""
        day, events = self.history.began, self.history.events
        if day is None or day > self.as_of or (events and events[-1].first_known < day and not self.anew):
            return None
        return day

    @property
    def has_ended(self) -> bool:
        """Whether the subject is known to have ended by the day: on a day that is known, or not."""
        day = self.history.ended or self.history.ended_by
        return day is not None and day <= self.as_of

    @property
    def may_have_ended(self) -> bool:
        """Whether it has ended, as its record says, on a day that is not known and may have come."""
        return self.history.over and self.history.last_seen < self.as_of and not self.has_ended

    @property
    def anything_happened(self) -> bool:
        """Whether any event that counts had begun by the day."""
        events, since = self.history.events, self.anew
        if self.counts_all:
            return bool(events)
        if since is not None:
            return any(since <= event.first_known <= self.as_of for event in events)
        return events[-1].first_known <= self.as_of

    def lacks(self, event: Event, area: Area) -> str:
        """A judgement was made and the record does not hold it: an error where it is meant to be whole."""
        if self.demands:
            raise MissingFactError(
                f"{in_words(event.activity)} of {event.first_known} has a report, but this judgement is not on record",
                field=f"judgements.{area.value}",
                expected="a grade, or 'not_recorded' where it cannot be known",
            )
        return Grade.NOT_RECORDED.value

    def must_not_lack(self, attribute: str) -> None:
        """A date of the subject that a rule needs is not there: an error where the record is meant to be whole."""
        if self.demands:
            raise MissingFactError(
                f"the record of {self.history.subject.name} lacks this day, and the first window runs from it",
                field=attribute,
                expected="a date, or `covers` if the record holds only some activities",
            )

    def latest_first(self, kinds: frozenset[Activity]) -> tuple[Event, ...]:
        """The events of some kinds that had begun by the day, and count."""
        events = self.history.latest_first(kinds)
        if self.counts_all or not events:
            return events
        since, as_of = self.anew or date.min, self.as_of
        return tuple([event for event in events if since <= event.first_known <= as_of])
