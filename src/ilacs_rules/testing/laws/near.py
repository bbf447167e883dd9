"""Histories near a box: made of its own words and days, so that most of them lie in it or beside it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from hypothesis import strategies as st

from ilacs_rules.dates import add_days
from ilacs_rules.records import WHOLE, Event, Judgements, LocalAuthority, Provider, areas_judged
from ilacs_rules.situation import AS_OF, FACTS, Allowed, Range, Value, Words
from ilacs_rules.situation.aggregates import KindOf
from ilacs_rules.testing.laws.boxes import Place
from ilacs_rules.testing.laws.case import Case
from ilacs_rules.testing.laws.looks import kinds_of_fact
from ilacs_rules.testing.strategies import kinds_of, near, without_clashes
from ilacs_rules.vocabulary import GRADED, Activity, Grade, Outcome

__all__ = ["Hints", "near_box", "near_boxes"]

_FOUR = (Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE)


_SAY_WHICH = frozenset(name for name, fact in FACTS.items() if isinstance(fact.reading, KindOf))
"""The facts whose words are activities: a box names those that it means."""


class Hints(NamedTuple):
    """The words and the days that a box speaks of, and the activities that its facts look at.

    >>> hints = Hints.of("local_authority", [{"last_overall": Words(frozenset({"good", "none"}))}])
    >>> hints.grades, hints.days
    (('good',), ())
    """

    subject_type: str
    activities: tuple[str, ...]
    grades: tuple[str, ...]
    outcomes: tuple[str, ...]
    days: tuple[date, ...]
    asked: tuple[date, ...]
    found_on: tuple[date, ...]

    @classmethod
    def of(
        cls, subject_type: str, boxes: Iterable[Mapping[str, Allowed]], found: Mapping[str, Value] | None = None
    ) -> "Hints":
        """What some boxes name, and the days of one situation found in them."""
        sides = [(name, side) for box in boxes for name, side in box.items()]
        words = {word for _, side in sides if isinstance(side, Words) for word in side.words}
        looked_at = {kind.value for name, _ in sides if name not in _SAY_WHICH for kind in kinds_of_fact(name)}
        ends = [(name, day) for name, side in sides for day in _ends(side)]
        ends += [(name, value) for name, value in (found or {}).items() if isinstance(value, date)]
        who = _who(subject_type)
        return cls(
            subject_type,
            tuple(sorted((words | looked_at) & set(kinds_of(who)))),
            tuple(sorted(words & set(Grade))),
            tuple(sorted(words & set(Outcome))),
            tuple(sorted({day for name, day in ends if name != AS_OF})),
            tuple(sorted({day for name, day in ends if name == AS_OF})),
            tuple(value for name, value in (found or {}).items() if name == AS_OF and isinstance(value, date)),
        )


def _ends(side: Allowed) -> list[date]:
    ends = (side.low, side.high) if isinstance(side, Range) else ()
    return [day for day in ends if isinstance(day, date)]


def _who(subject_type: str) -> Any:
    return "authority" if subject_type == "local_authority" else "provider"


def near_boxes(place: Place, found: Mapping[str, Value]) -> st.SearchStrategy[Case]:
    """Cases near a place, of each kind of subject that it was found in, and near one situation in it.

    >>> from hypothesis import find
    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.testing.laws.boxes import places
    >>> place = next(place for place in places(load_rulebook()) if "childrens_home" in place.found_in)
    >>> find(near_boxes(place, {"as_of": date(2024, 6, 3)}), lambda case: case.as_of.year == 2024).as_of
    datetime.date(2024, 6, 3)
    """
    kinds = (Hints.of(kind, boxes, found) for kind, boxes in place.found_in.items())
    return st.one_of([near_box(hints, place.answering.first) for hints in kinds])


@st.composite
def near_box(draw: st.DrawFn, hints: Hints, first: date) -> Case:
    """A history of a few events on the hinted days, and one of the days asked about, no earlier than ``first``."""
    asked = sorted({max(day, first) for day in hints.asked} | {first})
    on = near(st.sampled_from(asked))
    as_of = max(draw(st.one_of(st.sampled_from(hints.found_on), on) if hints.found_on else on), first)
    days = near(st.sampled_from(sorted({*hints.days, add_days(as_of, -200)})))
    lately = st.integers(0, 1500).map(lambda count: add_days(as_of, -count))
    began = st.one_of(days, lately)
    given: dict[str, Any] = {
        "name": "A subject",
        "covers": draw(st.sampled_from([*WHOLE, ()])),
        "events": without_clashes(draw(st.lists(_events(hints, began), max_size=4))),
    }
    born = draw(st.one_of(began, st.none()))
    if hints.subject_type == "local_authority":
        return Case(LocalAuthority(**given, created=born), as_of)
    return Case(Provider.model_validate({**given, "type": hints.subject_type, "registered": born}), as_of)


@st.composite
def _events(draw: st.DrawFn, hints: Hints, began: st.SearchStrategy[date]) -> Event:
    possible = kinds_of(_who(hints.subject_type))
    hinted = [Activity(word) for word in hints.activities] or [kind for kind in possible if kind in GRADED]
    activity = draw(st.one_of(st.sampled_from(hinted), st.sampled_from(hinted), st.sampled_from(possible)))
    started = draw(began)
    ended = add_days(started, draw(st.sampled_from([0, 4, 11])))
    published = draw(st.sampled_from([ended, add_days(ended, 40), None]))
    grades = st.sampled_from([Grade(word) for word in hints.grades] or _FOUR)
    areas = areas_judged(activity, started) if published and activity in GRADED else ()
    outcomes = [*(Outcome(word) for word in hints.outcomes), None]
    return Event(
        activity=activity,
        started=started,
        ended=ended,
        published=published,
        judgements=Judgements.model_validate({area: draw(grades) for area in areas}),
        outcome=draw(st.sampled_from(outcomes)) if published else None,
    )
