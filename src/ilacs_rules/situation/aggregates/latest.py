"""The event that a fact looks at, and the day from which it counts."""

from datetime import date
from typing import Literal, NamedTuple, Protocol

from ilacs_rules import dates
from ilacs_rules.records import Event
from ilacs_rules.situation.aggregates.domains import Domain, Value
from ilacs_rules.situation.known import is_judged, judged_from
from ilacs_rules.situation.view import View
from ilacs_rules.vocabulary import Activity, Outcome

__all__ = ["Latest", "Reading", "Since", "StartOf"]


class Reading(Protocol):
    """How a fact is read: what values it can have, which events it looks at, and its value on a day."""

    @property
    def domain(self) -> Domain: ...
    @property
    def looks_at(self) -> "Latest | None": ...
    def read(self, view: View) -> Value: ...


class Latest(NamedTuple):
    """The latest event of some kinds that had begun by the day; ``judged``: whose report was out by then."""

    kinds: frozenset[Activity]
    judged: bool = False
    outcome: Outcome | None = None
    since: "Since | StartOf | None" = None
    before: "StartOf | None" = None

    def find(self, view: View) -> Event | None:
        """That event as the view shows it; looked for once in each view."""
        if self.kinds.isdisjoint(view.history.kinds):
            return None
        # By identity: each `Latest` is declared once, and hashing one would cost more than finding it.
        found, key = view.found, id(self)
        if key in found:
            return found[key]
        event = found[key] = self._look(view)
        return event

    def _look(self, view: View) -> Event | None:
        events = view.latest_first(self.kinds)
        if not events:
            return None
        after = self.since.read(view) if self.since else None
        if self.since and after is None:
            return None
        until = self.before.read(view) if self.before else None
        as_of, judged, outcome = view.as_of, self.judged, self.outcome
        for event in events:
            if after is not None and event.first_known < after:
                return None
            if until is not None and event.first_known >= until:
                continue
            if outcome is not None and event.outcome is not outcome:
                continue
            if (judged or outcome is not None) and not is_judged(event, as_of):
                continue
            return event
        return None


class Since(NamedTuple):
    """The day from which to count: a date of some latest event."""

    of: Latest
    which: Literal["first", "published"] = "first"

    def read(self, view: View) -> date | None:
        event = self.of.find(view)
        if event is None:
            return None
        return event.first_known if self.which == "first" else judged_from(event)


class StartOf(NamedTuple):
    """The first day of the calendar year, or of the inspection year (1 April), in which the question is asked."""

    period: Literal["year", "inspection_year"]

    def read(self, view: View) -> date:
        return _STARTS[self.period](view.as_of)


_STARTS = {"year": dates.start_of_year, "inspection_year": dates.start_of_inspection_year}
