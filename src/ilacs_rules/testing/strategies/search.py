"""A search for a history that lies in a box: step by step, keeping every change that brings it no further away.

Random histories seldom meet a rule that asks for four things at once. The box says what has to be true, and the facts'
declarations say which activities they look at. So the search adds, changes and removes events of those kinds near the
days that matter, until the box is met. What the history does not need is then taken away again.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any, NamedTuple, cast

from ilacs_rules.dates import add_days, add_months, start_of_inspection_year, start_of_year
from ilacs_rules.errors import DateOrderError, MissingFactError
from ilacs_rules.records import WHOLE, Covered, Event, LocalAuthority, Provider, Subject, areas_judged
from ilacs_rules.situation import AS_OF, EXISTS, FACTS, GONE, Allowed, Range, Words, situation
from ilacs_rules.testing.strategies.days import FIRST, LAST
from ilacs_rules.testing.strategies.histories import Who, kinds_of, without_clashes
from ilacs_rules.vocabulary import GRADED, Activity, Grade, Outcome, ProviderType, RegistrationStatus

__all__ = ["LONG_AGO", "Found", "away", "search"]

_PATIENCE = 300
LONG_AGO = date(2010, 4, 1)
_AGO = (0, 0, 1, 1, 7, 20, 35, 60, 100, 190, 300, 400, 600, 800, 1_100, 1_500)
_GRADES = (Grade.OUTSTANDING, Grade.GOOD, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE, Grade.NOT_RECORDED)


class Found(NamedTuple):
    """A subject, the day on which it lies in the box, and how far from the box it is (0: in it)."""

    subject: Subject
    as_of: date
    away: float


def search(kind: str, box: Mapping[str, Allowed], chance: Random, steps: int = 4_000) -> Found | None:
    """A small history of one kind of subject, and a day, that lie in a box; ``None`` where none was found.

    Args:
        kind: the kind of subject.
        box: what each fact, and ``as_of``, is allowed to be.
        chance: the random numbers to use; the same numbers find the same history.
        steps: how many changes to try; rules that ask for six things at once have been met in fewer than 2,000.

    >>> home = search("childrens_home", {AS_OF: Range(date(2024, 4, 1), date(2024, 4, 1)),
    ...     "last_overall": Words(frozenset({"inadequate"}))}, Random(1))
    >>> len(home.subject.events), home.as_of
    (1, datetime.date(2024, 4, 1))
    >>> search("childrens_home", {AS_OF: Range(date(2024, 4, 1), date(2024, 4, 1)),
    ...     "last_overall": Words(frozenset())}, Random(1)) is None
    True
    """
    ground = _Ground(kind, box, chance)
    best = current = ground.start()
    idle = 0
    for _ in range(steps):
        if best.away == 0:
            return _least(ground, best)
        step = ground.step(current)
        idle = 0 if step.away < best.away else idle + 1
        if step.away <= current.away:
            current = step
        if step.away <= best.away:
            best = step
        if idle > _PATIENCE:
            current, idle = ground.start(), 0
            best = min(best, current, key=lambda found: found.away)
    return None


def _least(ground: "_Ground", found: Found) -> Found:
    """The same without the events that it does not need, and with a record of everything where that will do."""
    for event in found.subject.events:
        events = [other for other in found.subject.events if other is not event]
        found = min(ground.at(found, events=events), found, key=lambda item: item.away)
    for word in reversed(WHOLE):
        found = min(ground.at(found, covers=word), found, key=lambda item: item.away)
    return found


class _Ground:
    """What a search can change, and how far from the box each change has led."""

    def __init__(self, kind: str, box: Mapping[str, Allowed], chance: Random) -> None:
        self.kind, self.box, self.chance = kind, box, chance
        self.who: Who = "authority" if kind == "local_authority" else "provider"
        self.began = "created" if self.who == "authority" else "registered"
        self.may_end = ("ended",) * 4 if EXISTS in box and any(box[EXISTS].admits(word) for word in GONE) else ()
        asked = [FACTS[name].reading for name in box if name in FACTS]
        possible = kinds_of(self.who)
        looked_at = sorted({item for item in _named(asked, Activity) if item in possible})
        self.kinds = [*looked_at, *(item for item in possible if item in GRADED)]
        words = {word for side in box.values() if isinstance(side, Words) for word in side.words}
        wanted = [outcome for outcome in Outcome if outcome in words] or sorted(set(_named(asked, Outcome)))
        self.outcomes = [*([None, *wanted] * 3), *Outcome]
        self.grades = [*([grade for grade in Grade if grade in words] * 2), *_GRADES]
        days = box.get(AS_OF)
        assert isinstance(days, Range)
        self.first, self.last = cast("date", days.low or FIRST), cast("date", days.high or LAST)
        self.ends = [end for side in box.values() if isinstance(side, Range) for end in (side.low, side.high)]

    def start(self) -> Found:
        subject: dict[str, Any] = {
            "name": "An authority" if self.who == "authority" else "A provider",
            self.began: date(2010, 4, 1),
        }
        return self._made(subject, self._day())

    def at(self, found: Found, **changed: Any) -> Found:
        """What was found, with something of the subject changed; where that cannot be, as it was."""
        as_of = changed.pop("as_of", found.as_of)
        given: dict[str, Any] = {name: getattr(found.subject, name) for name in type(found.subject).model_fields}
        try:
            return self._made({**given, **changed}, as_of)
        except DateOrderError:  # it would have ended before something happened
            return found

    def _made(self, given: dict[str, Any], as_of: date) -> Found:
        given.pop("type", None)
        if self.who == "authority":
            subject: Subject = LocalAuthority(**given)
        else:
            subject = Provider(type=ProviderType(self.kind), **given)
        return Found(subject, as_of, away(self.box, subject, as_of))

    def step(self, found: Found) -> Found:
        """One change: of an event, of the day, of when the subject began or of what its record covers."""
        chance, events = self.chance, list(found.subject.events)
        what = chance.choice(
            ("add", "add", "change", "change", "change", "remove", "day", "began", "covers", *self.may_end)
        )
        if what == "add" or (what == "change" and not events):
            events.append(self._event(found.as_of))
        elif what == "change":
            place = chance.randrange(len(events))
            events[place] = self._like(events[place], found.as_of)
        elif what == "remove" and events:
            events.pop(chance.randrange(len(events)))
        elif what == "day":
            return self.at(found, as_of=self._day())
        elif what == "began":
            began = chance.choice((None, self._before(found.as_of), add_days(found.as_of, 30), LONG_AGO))
            return self.at(found, **{self.began: began})
        elif what == "ended":
            return self.at(found, **self._ended(found.as_of))
        elif what == "covers":
            return self.at(found, covers=self._covers(found.as_of))
        return self.at(found, events=without_clashes(events))

    def _ended(self, as_of: date) -> dict[str, Any]:
        """How the subject ended: not, on a day, or on a day that is not known."""
        day = self.chance.choice((None, self._before(as_of), as_of))
        if self.who == "authority":
            return {"abolished": day}
        known = self.chance.random() < 0.5
        status = None if known else RegistrationStatus.CLOSED
        return {"closed": day if known else None, "registration_status": status, "status_as_at": None if known else day}

    def _day(self) -> date:
        if self.chance.random() < 0.3:
            return self.chance.choice((self.first, self.last))
        return self._between(self.first, self.last)

    def _between(self, first: date, last: date) -> date:
        return date.fromordinal(self.chance.randint(first.toordinal(), max(first, last).toordinal()))

    def _before(self, as_of: date) -> date:
        """A day that may matter, seen from the day asked about; now and then one that is still to come."""
        chance = self.chance
        year = start_of_inspection_year(as_of)
        last_year = add_months(year, -12)
        marks = [year, last_year, start_of_year(as_of), *(end for end in self.ends if isinstance(end, date))]
        how = chance.random()
        if how < 0.3:
            return add_days(chance.choice(marks), chance.choice((-1, 0, 1, -30)))
        if how < 0.5:
            return self._between(chance.choice((year, last_year, add_months(year, 6), add_months(year, -3))), as_of)
        return add_days(as_of, -chance.choice(_AGO) + chance.choice((-1, 0, 0, 1)))

    def _event(self, as_of: date) -> Event:
        return self._dated(self.chance.choice(self.kinds), self._before(as_of), as_of)

    def _like(self, event: Event, as_of: date) -> Event:
        """The event on another day, or with another end; another kind of the same event; or other judgements."""
        how = self.chance.choice(("day", "end", "kind", "grade", "outcome"))
        given: dict[str, Any] = {name: getattr(event, name) for name in type(event).model_fields}
        if how == "grade" and event.judgements.given():
            area = self.chance.choice(sorted(event.judgements.given()))
            given["judgements"] = {**event.judgements.given(), area: self.chance.choice(self.grades)}
            return Event(**given)
        if how == "outcome":
            given["outcome"] = self.chance.choice(self.outcomes)
            return Event(**given)
        kind = self.chance.choice(self.kinds) if how == "kind" else event.activity
        return self._dated(kind, self._before(as_of) if how == "day" else event.first_known, as_of)

    def _dated(self, kind: Activity, started: date, as_of: date) -> Event:
        chance = self.chance
        ended = add_days(started, chance.choice((0, 1, 4, 11)))
        published = min(add_days(ended, chance.choice((0, 1, 20, 40))), max(ended, as_of))
        known = chance.choice(("all", "all", "all", "all", "no report", "start only", "no start"))
        given: dict[str, Any] = {"activity": kind, "started": None if known == "no start" else started}
        if known != "start only":
            given["ended"] = ended
        if known in ("all", "no start"):
            given["published"], given["outcome"] = published, chance.choice(self.outcomes)
            given["judgements"] = self._judgements(kind, given["started"] or ended)
        return Event(**given)

    def _judgements(self, kind: Activity, started: date) -> dict[str, Any]:
        if kind not in GRADED:
            return {}
        grades = [self.chance.choice(self.grades)] if self.chance.random() < 0.6 else self.grades
        return {area: self.chance.choice(grades) for area in areas_judged(kind, started)}

    def _covers(self, as_of: date) -> Any:
        chance = self.chance
        until = chance.choice((None, None, self._before(as_of)))
        kinds = [kind for kind in kinds_of(self.who) if chance.random() < 0.7]
        some = [Covered(activity=kind, until=until) for kind in kinds]
        return chance.choice((*WHOLE, (), some))


def away(box: Mapping[str, Allowed], subject: Subject, as_of: date) -> float:
    """How far a subject on a day is from a box: 0 in it, and about 1 for each side that is not met.

    >>> home = Provider(type="childrens_home", name="A home", registered=date(2020, 1, 1))
    >>> away({"last_overall": Words(frozenset({"none"}))}, home, date(2024, 4, 1))
    0.0
    >>> away({"last_overall": Words(frozenset({"good"}))}, home, date(2024, 4, 1))
    1.0
    """
    facts = situation(subject, as_of=as_of)
    total = 0.0
    for name, side in box.items():
        try:
            value = facts[name]
        except MissingFactError:
            total += 1
            continue
        if not side.admits(value):
            total += _distance(side, value)
    return total


def _distance(side: Allowed, value: Any) -> float:
    """How far a value is from what is allowed: 1 for another word, less than that for a count or a day close to it."""
    if isinstance(side, Words) or value is None or not side.known:
        return 1
    end: Any = side.low if side.low is not None and value < side.low else side.high
    gap: float = abs((value - end).days) / 4_000 if isinstance(value, date) else abs(value - end) / 10
    return min(0.9, 0.1 + gap)


def _named(readings: Iterable[object], kind: type[Any]) -> Iterator[Any]:
    """Every activity (or outcome) that some readings name, however deep."""
    for reading in readings:
        if isinstance(reading, kind):
            yield reading
        elif isinstance(reading, tuple | frozenset):
            yield from _named(cast("Iterable[object]", reading), kind)
