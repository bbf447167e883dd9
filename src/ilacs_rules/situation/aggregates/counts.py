"""How many events are on record from a day on, and whether the record would show them."""

from datetime import date
from typing import Literal, NamedTuple

from ilacs_rules.records import Event
from ilacs_rules.situation.aggregates.domains import NO, YES, Choice, Domain, Number
from ilacs_rules.situation.aggregates.latest import Latest, Since, StartOf
from ilacs_rules.situation.view import View
from ilacs_rules.vocabulary import Activity

__all__ = ["CountSince", "Covers", "Sum"]


class CountSince(NamedTuple):
    """How many events of some kinds are on record from a day on, no more than ``most`` of them counted."""

    kinds: frozenset[Activity]
    since: Since | StartOf
    most: int | None = None

    @property
    def domain(self) -> Domain:
        return Number()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> int:
        count = len(self.counted(view))
        return count if self.most is None else min(count, self.most)

    def counted(self, view: View) -> tuple[Event, ...]:
        """The events that count, without the one that is counted from, whose letter may be its only day."""
        events = view.latest_first(self.kinds)
        if not events:
            return ()
        after = self.since.read(view)
        if after is None or events[0].first_known < after:
            return ()
        itself = self.since.of.find(view) if isinstance(self.since, Since) else None
        return tuple([event for event in events if event.first_known >= after and event is not itself])


class Sum(NamedTuple):
    """Two counts together."""

    one: CountSince
    other: CountSince

    @property
    def domain(self) -> Domain:
        return Number()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> int:
        return self.one.read(view) + self.other.read(view)

    def counted(self, view: View) -> tuple[Event, ...]:
        """The events of either count."""
        return self.one.counted(view) + self.other.counted(view)


class Covers(NamedTuple):
    """Whether the record would show every event of some kinds from a day (or from the beginning) to the day asked."""

    kinds: frozenset[Activity]
    since: Since | StartOf | Literal["beginning"]

    @property
    def domain(self) -> Domain:
        return Choice((YES, NO))

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> str:
        # A record that is meant to be whole shows the same on every day.
        first = date.min if view.history.whole else self._first(view)
        return YES if view.history.covers(self.kinds, first, view.as_of) else NO

    def _first(self, view: View) -> date:
        began = view.began or date.min
        since = None if self.since == "beginning" else self.since.read(view)
        return max(since, began) if since else began
