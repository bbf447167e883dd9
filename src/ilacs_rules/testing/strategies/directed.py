"""Questions that meet a given rule, or stand on a given side of one of its boundaries, however seldom chance would."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from hypothesis import reject
from hypothesis import strategies as st

from ilacs_rules.answering.engine import answers
from ilacs_rules.dates import add_days
from ilacs_rules.errors import MissingFactError
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rule, Rulebook, load_rulebook
from ilacs_rules.rulebook.proof import rule_box
from ilacs_rules.situation import AS_OF, FACTS, Allowed, Range, situation
from ilacs_rules.testing.coverage.sides import IN_FORCE, Side, box_beside, can_be
from ilacs_rules.testing.strategies.days import LAST, begins
from ilacs_rules.testing.strategies.search import LONG_AGO, Found, away, search

__all__ = ["MOST_SEEDS", "Question", "in_box", "is_answered", "on_side", "questions_on", "questions_that_meet"]

MOST_SEEDS = 9_999


class Question(NamedTuple):
    """A subject, and the day on which something is asked about it."""

    subject: Subject
    as_of: date

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - the form that printers call
        printer.text(f"Question({self.subject.as_code()}, {self.as_of!r})")


@st.composite
def questions_that_meet(draw: st.DrawFn, rule: Rule, rulebook: Rulebook | None = None) -> Question:
    """Questions that a rule answers, with hardly more events than it needs.

    >>> from hypothesis import find
    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> subject, as_of = find(questions_that_meet(rule), lambda question: True)
    >>> [answer.rule for answer in answers(subject, as_of=as_of) if answer.track == rule.track] == [rule.id]
    True
    """
    found = _required(on_side(rule, None, draw(_kinds(rule)), draw(_seeds()), rulebook=rulebook))
    given = answers(found.subject, as_of=found.as_of, rulebook=rulebook)
    # Of a subject that was not there yet, an answer is left out.
    return found if rule.id in {answer.rule for answer in given} else reject()


@st.composite
def questions_on(draw: st.DrawFn, rule: Rule, side: Side, rulebook: Rulebook | None = None) -> Question:
    """Questions on one side of one boundary of a rule: in its box at that end, or just beyond it and beyond no other.

    Args:
        rule: one of the rulebook's.
        side: one of ``ilacs_rules.testing.coverage.sides_of(rule)``.
        rulebook: the shipped one unless you give another.

    >>> from hypothesis import find
    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> subject, as_of = find(questions_on(rule, Side("closes", 1, inside=True)), lambda question: True)
    >>> {answer.status.value for answer in answers(subject, as_of=as_of) if answer.rule == rule.id}
    {'overdue'}
    """
    return _required(on_side(rule, side, draw(_kinds(rule)), draw(_seeds()), rulebook=rulebook))


def _kinds(rule: Rule) -> st.SearchStrategy[str]:
    return st.sampled_from(rule.applies_to)


def _seeds() -> st.SearchStrategy[int]:
    return st.integers(0, MOST_SEEDS)


def _required(found: Question | None) -> Question:
    return reject() if found is None else found


def on_side(  # noqa: PLR0913 - a question is made of all of them
    rule: Rule,
    side: Side | None,
    kind: str,
    seed: int,
    *,
    rulebook: Rulebook | None = None,
    steps: int = 4_000,
) -> Question | None:
    """A question that meets a rule, or (``side``) is on one side of a boundary; ``None`` where none was found.

    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> from ilacs_rules import Grade
    >>> from ilacs_rules.testing.coverage.sides import OTHER
    >>> found = on_side(rule, Side("last_overall", OTHER, inside=False), rule.applies_to[0], 1)
    >>> found.subject.events[-1].judgements.overall is Grade.INADEQUATE
    False
    """
    if side is not None and not can_be(rule, side):
        return None
    if side is None or side.of in FACTS or side.of == IN_FORCE:
        box = rule_box(rule) if side is None else box_beside(rule, side)
        return in_box(box, kind, seed, rulebook, steps)
    found = in_box(rule_box(rule), kind, seed, rulebook, steps)
    if found is None or not is_answered(*found, rulebook):
        return None
    step = int(str(side.value))
    for answer in answers(found.subject, as_of=found.as_of, rulebook=rulebook):
        end = getattr(answer.window, side.of) if answer.rule == rule.id else None
        if end and rule.in_force(add_days(end, step)):
            there = Question(found.subject, add_days(end, step))
            return there if _answers(rule, there, rulebook) else None
    return None


def _answers(rule: Rule, question: Question, rulebook: Rulebook | None) -> bool:
    """Whether a rule is among those that answer a question."""
    if question.as_of < begins(question.subject.type, rulebook) or not is_answered(*question, rulebook):
        return False
    given = answers(question.subject, as_of=question.as_of, rulebook=rulebook)
    return any(answer.rule == rule.id for answer in given)


def in_box(
    box: Mapping[str, Allowed], kind: str, seed: int, rulebook: Rulebook | None = None, steps: int = 4_000
) -> Question | None:
    """A question whose situation lies in a box; the same for the same seed; ``None`` where none was found.

    >>> rule = load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
    >>> in_box(rule_box(rule), "independent_fostering_agency", 1) is None
    False
    """
    days = box[AS_OF]
    first = max(day for day in (begins(kind, rulebook), getattr(days, "low", None)) if day)
    last = min(day for day in (LAST, getattr(days, "high", None), (rulebook or load_rulebook()).until) if day)
    if first > last:
        return None
    box = {**box, AS_OF: Range(first, last)}
    found = _searched(kind, tuple(box.items()), seed, steps)
    return None if found is None else Question(_whole(found, box, rulebook), found.as_of)


@lru_cache(512)
def _searched(kind: str, box: tuple[tuple[str, Allowed], ...], seed: int, steps: int) -> Found | None:
    """The same seed finds the same history, and Hypothesis asks for the same again and again while it shrinks."""
    return search(kind, dict(box), Random(seed), steps)  # noqa: S311 - nothing is secret here


def _whole(found: Found, box: Mapping[str, Allowed], rulebook: Rulebook | None) -> Subject:
    """The subject with what other tracks need of it, where the box allows that: its first day, or a record in part."""
    began = "created" if found.subject.type == "local_authority" else "registered"
    for changed in ({}, {began: LONG_AGO}, {"covers": ()}):
        subject = found.subject.model_copy(update=changed)
        if away(box, subject, found.as_of) == 0 and is_answered(subject, found.as_of, rulebook):
            return subject
    return found.subject


def is_answered(subject: Subject, as_of: date, rulebook: Rulebook | None = None) -> bool:
    """Whether the record holds what the rules need on a day.

    >>> from ilacs_rules import Provider
    >>> is_answered(Provider(type="childrens_home", name="A home"), date(2024, 4, 1))
    False
    """
    facts = situation(subject, as_of=as_of)
    try:
        for answer in answers(subject, as_of=as_of, rulebook=rulebook):
            for used in answer.facts:
                facts[used.name]  # what the record had to hold and does not is refused here
    except MissingFactError:
        return False
    return True
