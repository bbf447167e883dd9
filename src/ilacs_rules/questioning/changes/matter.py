"""Which changes can matter on a day: what the boxes of the rulebook read, and nothing else."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, cast

from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Answering, Rulebook, regions
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.situation import AS_OF, FACTS, situation
from ilacs_rules.vocabulary import Activity, Area, Outcome

__all__ = ["EVERYTHING", "Matter", "facts_read", "read_by", "what_matters"]


class Matter(NamedTuple):
    """Facts, and the activities and areas of judgement that they read."""

    facts: tuple[str, ...]
    activities: frozenset[Activity]
    areas: frozenset[Area]


EVERYTHING = Matter(tuple(FACTS), frozenset(Activity), frozenset(Area))
"""What the rulebook could ever read."""


def what_matters(subject: Subject, as_of: date, book: Rulebook) -> Matter:
    """What the tracks in which the inspectorate may have to act read on a day: their boxes, and their windows.

    If none of these facts reads an activity, that activity cannot alter the answer. The one exception is the only event
    on record, because it says that the subject exists.
    """
    asked = book.era(str(subject.type), as_of).owed
    names = {"exists"} | {name for answering in asked for name in _facts_read(answering, as_of)}
    facts = tuple(name for name in FACTS if name in names)
    parts = [part for name in facts for part in read_by(FACTS[name].reading)]
    kinds = {part for part in parts if isinstance(part, Activity)}
    view = situation(subject, as_of=as_of).view
    began = view.history.began
    # Of one that has ended on a day not known, any event says that it was still there.
    if view.history.over or (len(subject.events) < 2 and (began is None or began > as_of)):
        kinds = set(Activity)
    return Matter(facts, frozenset(kinds), frozenset(part for part in parts if isinstance(part, Area)))


def _facts_read(answering: Answering, as_of: date) -> Iterator[str]:
    for box, leaf in regions(answering.tree):
        if (side := box.get(AS_OF)) is None or side.admits(as_of):
            yield from box
            for ready in (leaf.opens, leaf.due, leaf.closes, leaf.runs_from):
                yield from ready.facts if ready else ()


def facts_read(book: Rulebook, subject_type: str) -> tuple[str, ...]:
    """Every fact that some rule for a kind of subject asks about, in a condition or in a window."""
    names: set[str] = set()
    for rule in book.rules:
        if subject_type in rule.applies_to:
            names |= {condition.fact for condition in rule.when}
            for text in (rule.opens, rule.due, rule.closes, rule.runs_from):
                names |= set(parse(text).facts) if text else set()
    return tuple(name for name in FACTS if name in names)


def read_by(reading: object) -> Iterator[Activity | Area | Outcome]:
    """The activities, areas and outcomes that stand in a fact's declaration, at any depth.

    >>> from ilacs_rules import FACTS
    >>> [part.value for part in read_by(FACTS["priority_action"].reading)]
    ['focused_visit', 'areas_for_priority_action']
    >>> list(read_by(FACTS["created"].reading))
    []
    """
    if isinstance(reading, Activity | Area | Outcome):
        yield reading
    elif isinstance(reading, tuple | frozenset):
        for part in cast("tuple[object, ...]", reading):
            yield from read_by(part)
