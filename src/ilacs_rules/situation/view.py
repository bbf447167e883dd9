"""One history as it was known on one day.

Nothing that lay after the day can be seen here, so no fact can depend on it: an event counts once it has begun,
its judgements once they are published.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ilacs_rules.dates import add_days
from ilacs_rules.errors import MissingFactError
from ilacs_rules.records import Event, LocalAuthority, Subject
from ilacs_rules.vocabulary import ACTIVITIES, Activity, Area, Grade, Outcome, Stage, in_words

__all__ = ["Happening", "History", "View", "possible"]


class Happening(NamedTuple):
    """An event made ready for reading: plain words and dates."""

    activity: Activity
    first: date
    started: date | None
    ended: date | None
    published: date | None
    judged_from: date | None
    grades: dict[str, str]
    outcome: Outcome | None
    to_the_day: bool

    @classmethod
    def of(cls, event: Event) -> "Happening":
        grades = {name: grade.value for name, grade in event.judgements.given().items()}
        # Where the publication day is unknown the judgement counts from the last day known on site.
        judged_from = event.published or ((event.ended or event.first_known) if grades or event.outcome else None)
        return cls(
            event.activity,
            event.first_known,
            event.started,
            event.ended,
            event.published,
            judged_from,
            grades,
            event.outcome,
            event.precision == "day",
        )

    @property
    def in_doubt(self) -> bool:
        """Whether one of its days stands in for another, so that answers resting on it must say so."""
        return self.started is None or not self.to_the_day or (self.published is None and self.judged_from is not None)

    def is_judged(self, as_of: date) -> bool:
        return self.judged_from is not None and self.judged_from <= as_of

    def has_outcome(self, outcome: Outcome, as_of: date) -> bool:
        return self.outcome is outcome and self.is_judged(as_of)

    def stage(self, as_of: date) -> Stage:
        if self.is_judged(as_of):
            return Stage.COMPLETE
        return Stage.AWAITING_REPORT if self.ended and self.ended < as_of else Stage.UNDER_WAY


class History(NamedTuple):
    """Everything a subject's record holds, latest first, made ready once."""

    subject: Subject
    happenings: tuple[Happening, ...]
    by_kinds: dict[frozenset[Activity], tuple[Happening, ...]]
    attributes: dict[str, date | None]
    turns: tuple[date, ...]
    known: dict[tuple[int, int, bool], dict[object, object]]
    doubtful: bool

    @classmethod
    def of(cls, subject: Subject) -> "History":
        created = (
            {"created": subject.created} if isinstance(subject, LocalAuthority) else {"registered": subject.registered}
        )
        happenings = tuple(Happening.of(event) for event in reversed(subject.events))
        doubtful = any(item.in_doubt for item in happenings)
        return cls(subject, happenings, {}, created, _turns(subject, happenings, created.values()), {}, doubtful)

    def known_on(self, day: date) -> dict[object, object]:
        """What has been read of this history for days like this one.

        Between two of its turning days, within one calendar year and one inspection year, no fact can change, so what
        was read on one such day is kept for the others.
        """
        key = (bisect_right(self.turns, day), day.year, day.month > 3)
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = {}
        return known

    def latest_first(self, kinds: frozenset[Activity]) -> tuple[Happening, ...]:
        found = self.by_kinds.get(kinds)
        if found is None:
            found = self.by_kinds[kinds] = tuple(item for item in self.happenings if item.activity in kinds)
        return found

    def possible(self, kinds: frozenset[Activity]) -> list[Activity]:
        """Those of some activities that a record of this kind of subject would show by themselves."""
        return possible(kinds, "authority" if isinstance(self.subject, LocalAuthority) else "provider")

    def covers(self, kinds: frozenset[Activity], first: date, last: date) -> bool:
        """Whether the record would show every event of these kinds on every day from ``first`` to ``last``."""
        if self.subject.covers == "everything":
            return True
        return all(
            any(low <= first and last <= high for low, high in self._spans(kind)) for kind in self.possible(kinds)
        )

    def covered_until(self, kinds: frozenset[Activity]) -> date:
        """The last day on which the record would show every event of these kinds; ``date.min`` if it never would."""
        if self.subject.covers == "everything":
            return date.max
        ends = (max((high for _, high in self._spans(kind)), default=date.min) for kind in self.possible(kinds))
        return min(ends, default=date.max)

    def _spans(self, kind: Activity) -> list[tuple[date, date]]:
        """The stretches of days that the record covers for one activity; those that meet are one."""
        spans: list[tuple[date, date]] = []
        covers = () if self.subject.covers == "everything" else self.subject.covers
        for low, high in sorted(
            (item.since or date.min, item.until or date.max) for item in covers if item.activity is kind
        ):
            if spans and (spans[-1][1] == date.max or low <= add_days(spans[-1][1], 1)):
                spans[-1] = (spans[-1][0], max(spans[-1][1], high))
            else:
                spans.append((low, high))
        return spans


def possible(kinds: frozenset[Activity], who: str) -> list[Activity]:
    """Those of some activities that can happen to an authority or a provider, and are not a form of another of them."""
    return [kind for kind in kinds if who in ACTIVITIES[kind].to and ACTIVITIES[kind].form_of not in kinds]


def _turns(subject: Subject, happenings: Iterable[Happening], attributes: Iterable[date | None]) -> tuple[date, ...]:
    """The days on which anything in a history comes to be known, ends, or ceases to be covered."""
    days: set[date | None] = set(attributes)
    for item in happenings:
        days |= {item.first, item.started, item.ended, item.published, item.judged_from}
        days.add(add_days(item.ended, 1) if item.ended else None)
    for cover in () if subject.covers == "everything" else subject.covers:
        days |= {cover.since, add_days(cover.until, 1) if cover.until else None}
    return tuple(sorted(day for day in days if day))


class View:
    """A history as it was known on ``as_of``; facts read from it, and what they find is kept."""

    __slots__ = ("as_of", "found", "history")

    def __init__(self, history: History, as_of: date) -> None:
        self.history, self.as_of = history, as_of
        self.found: dict[int, Happening | None] = {}

    @property
    def subject_began(self) -> date | None:
        """The day the subject came into being, if that is known."""
        return next((day for day in self.history.attributes.values() if day), None)

    @property
    def began(self) -> date | None:
        """The day the subject came into being, once it has come; not known where something happened before it."""
        day, happenings = self.subject_began, self.history.happenings
        contradicted = day is not None and bool(happenings) and happenings[-1].first < day
        return None if day is None or contradicted or day > self.as_of else day

    @property
    def anything_happened(self) -> bool:
        """Whether any event had begun by the day."""
        return bool(self.history.happenings) and self.history.happenings[-1].first <= self.as_of

    def lacks(self, happening: Happening, area: Area) -> str:
        """A judgement was made and the record does not hold it: an error where it covers everything."""
        if self.history.subject.covers == "everything":
            raise MissingFactError(
                f"{in_words(happening.activity)} of {happening.first} has a report; the record lacks this judgement",
                field=f"judgements.{area.value}",
                expected="a grade, or 'not_recorded' where it cannot be known",
            )
        return Grade.NOT_RECORDED.value

    def must_not_lack(self, attribute: str) -> None:
        """A date of the subject that a rule needs is not there: an error where the record covers everything."""
        if self.history.subject.covers == "everything":
            raise MissingFactError(
                f"{self.history.subject.name} has no inspection on record, so its window runs from this day",
                field=attribute,
                expected="a date, or a `covers` that says what the record would show",
            )

    def latest_first(self, kinds: frozenset[Activity]) -> tuple[Happening, ...]:
        """The events of some kinds that had begun by the day."""
        happenings = self.history.latest_first(kinds)
        if not happenings or happenings[0].first <= self.as_of:
            return happenings
        return tuple(happening for happening in happenings if happening.first <= self.as_of)
