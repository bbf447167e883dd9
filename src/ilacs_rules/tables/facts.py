"""The facts over columns: one evaluator for each class of reading that facts are declared with.

The declarations in ``FACTS`` are what is evaluated. An evaluator knows how to read one class of declaration for every
question at once, as its ``read`` does for one; a property test holds the two equal, fact by fact.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import numpy as np

from ilacs_rules import dates
from ilacs_rules.dates import add_months
from ilacs_rules.records import areas_judged
from ilacs_rules.situation import AS_OF, FACTS, Choice
from ilacs_rules.situation.aggregates import (
    Attribute,
    CountGrades,
    CountSince,
    Covers,
    DateOf,
    Existence,
    FirstDayOf,
    GradeOf,
    JudgementsGiven,
    KindOf,
    OutcomeOf,
    PlaceInYear,
    Reading,
    Since,
    StageOf,
    Sum,
    place_in_year,
)
from ilacs_rules.situation.aggregates.domains import NO, NONE, NOT_KNOWN, NOT_RECORDED, NOT_REPORTED, NOT_YET, YES
from ilacs_rules.situation.declared.providers import LIFTED, ClosedSince, Closure, InLastQuarter, LeftOver, NewThisYear
from ilacs_rules.tables.days import over
from ilacs_rules.tables.trees import Column
from ilacs_rules.tables.view import NEVER, Questions, known, of_kinds
from ilacs_rules.tables.words import ACTIVITY, GRADE, OUTCOME, Codes, Days, Flags
from ilacs_rules.vocabulary import Activity, Stage

__all__ = ["EVALUATORS", "Facts"]

AnyReading = TypeVar("AnyReading")
Evaluator = Callable[[Any, Questions], Column]

EVALUATORS: dict[type, Evaluator] = {}
"""How each class of reading is evaluated over columns."""


class Facts:
    """The facts of some questions, read when they are asked for and kept."""

    __slots__ = ("_kept", "questions")

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self._kept: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        if name == AS_OF:
            return Column(self.questions.as_of)
        if name not in self._kept:
            self._kept[name] = evaluate(FACTS[name].reading, self.questions)
        return self._kept[name]


def evaluate(reading: Reading, questions: Questions) -> Column:
    """One reading, of every question."""
    return EVALUATORS[type(reading)](reading, questions)


def _evaluates(
    kind: type[AnyReading],
) -> Callable[[Callable[[AnyReading, Questions], Column]], Callable[[AnyReading, Questions], Column]]:
    def register(function: Callable[[AnyReading, Questions], Column]) -> Callable[[AnyReading, Questions], Column]:
        EVALUATORS[kind] = function
        return function

    return register


def _word(reading: Reading, word: str) -> np.uint8:
    domain = reading.domain
    assert isinstance(domain, Choice)
    return np.uint8(domain.words.index(word))


def _translated(reading: Reading, words: tuple[str, ...], otherwise: str) -> Codes:
    """For each code of a vocabulary (0 first), the place of its word in a fact's domain."""
    domain = reading.domain
    assert isinstance(domain, Choice)
    places = {word: place for place, word in enumerate(domain.words)}
    return np.array([places.get(word, places[otherwise]) for word in (otherwise, *words)], np.uint8)


def _one_of(reading: Reading, flags: Flags, word: str, otherwise: str) -> Codes:
    return np.where(flags, _word(reading, word), _word(reading, otherwise))


@_evaluates(StageOf)
def _stage(reading: StageOf, questions: Questions) -> Column:
    found, events, as_of = questions.find(reading.of), questions.events, questions.as_of
    judged_from, ended = events.judged_from.take(found), events.ended.take(found)
    left = (ended != 0) & (ended < as_of)
    stage = _one_of(reading, left, Stage.AWAITING_REPORT, Stage.UNDER_WAY)
    stage[(judged_from != 0) & (judged_from <= as_of)] = _word(reading, Stage.COMPLETE)
    stage[found == 0] = _word(reading, Stage.NONE)
    return Column(stage)


@_evaluates(KindOf)
def _kind(reading: KindOf, questions: Questions) -> Column:
    found = questions.find(reading.of)
    kind = _translated(reading, ACTIVITY.words, NONE).take(questions.events.activity.take(found))
    kind[found == 0] = _word(reading, NONE)
    return Column(kind)


@_evaluates(DateOf)
def _date(reading: DateOf, questions: Questions) -> Column:
    columns: dict[str, Days] = {
        "first": questions.events.first,
        "started": questions.events.started,
        "ended": questions.events.ended,
        "published": questions.events.published,
    }
    day = known(columns[reading.which], questions.find(reading.of))
    return Column(day * (day <= questions.as_of))


@_evaluates(GradeOf)
def _grade(reading: GradeOf, questions: Questions) -> Column:
    found = questions.find(reading.of)
    codes = _grades(questions, reading.area.value, found)
    grade = _translated(reading, GRADE.words, NONE).take(codes)
    without = np.flatnonzero((found != 0) & (codes == 0))
    given = _gives(questions, found[without], reading.area.value)
    grade[without] = np.where(given, _word(reading, NOT_RECORDED), _word(reading, NOT_REPORTED))
    grade[found == 0] = _word(reading, NONE)
    lacking = np.zeros(len(found), np.bool_)
    lacking[without] = given
    return Column(grade, _must_hold(questions, lacking))


def _grades(questions: Questions, area: str, found: Days) -> Codes:
    """The grade in one area of each event that was found; 0 where none is on record."""
    codes = questions.events.grades.get(area)
    return np.zeros(len(found), np.uint8) if codes is None else known(codes, found)


def _gives(questions: Questions, found: Days, area: str) -> Flags:
    """Whether each event is of a kind that gives a grade in one area on its day."""
    events = questions.events
    started = events.started.take(found)
    day = np.where(started == 0, events.first.take(found), started)
    both, back = np.unique((day.astype(np.int64) << 8) | events.activity.take(found), return_inverse=True)
    gives = [
        area in areas_judged(Activity(ACTIVITY.words[(int(one) & 255) - 1]), _date_of(int(one) >> 8)) for one in both
    ]
    return np.array(gives, np.bool_)[back]


def _must_hold(questions: Questions, lacking: Flags) -> Flags | None:
    """Where something is lacking that a record which covers everything must hold; ``None``: nowhere."""
    if questions.everything is not None:
        lacking = lacking & questions.everything
    return lacking if lacking.any() else None


@_evaluates(CountGrades)
def _count_grades(reading: CountGrades, questions: Questions) -> Column:
    found = questions.find(reading.of)
    counted = np.array([0, *(grade in reading.grades for grade in GRADE.words)], np.int32)
    count, unknown = np.zeros(len(found), np.int32), found == 0
    for area in reading.areas:
        codes = _grades(questions, area.value, found)
        count += counted.take(codes)
        unknown |= (codes == 0) | (codes == GRADE.code[NOT_RECORDED])
    count[unknown] = -1
    return Column(count)


@_evaluates(JudgementsGiven)
def _judgements_given(reading: JudgementsGiven, questions: Questions) -> Column:
    found = questions.find(reading.of)
    lacking, not_recorded = np.zeros(len(found), np.bool_), found == 0
    for area in reading.areas:
        codes = _grades(questions, area.value, found)
        lacking |= (codes == 0) & (found != 0)
        not_recorded |= codes == GRADE.code[NOT_RECORDED]
    given = _one_of(reading, lacking | not_recorded, NOT_RECORDED, YES)
    return Column(given, _must_hold(questions, lacking))


@_evaluates(OutcomeOf)
def _outcome(reading: OutcomeOf, questions: Questions) -> Column:
    found = questions.find(reading.of)
    outcome = _translated(reading, OUTCOME.words, NOT_RECORDED).take(questions.events.outcome.take(found))
    outcome[found == 0] = _word(reading, NONE)
    return Column(outcome)


@_evaluates(PlaceInYear)
def _place_in_year(reading: PlaceInYear, questions: Questions) -> Column:
    column = evaluate(reading.day, questions)
    starts = questions.start_of_inspection_year()
    both, back = np.unique((starts.astype(np.int64) << 22) | column.values, return_inverse=True)
    places = [_place(int(one) >> 22, int(one) & ((1 << 22) - 1)) for one in both]
    return Column(np.array([_word(reading, place) for place in places], np.uint8)[back], column.lacking)


def _place(start: int, day: int) -> str:
    return place_in_year(_date_of(day), _date_of(start)) if day else NOT_KNOWN


def _date_of(ordinal: int) -> date:
    return date.fromordinal(ordinal)


@_evaluates(CountSince)
def _count_since(reading: CountSince, questions: Questions) -> Column:
    return Column(_count(reading, questions))


def _count(reading: CountSince, questions: Questions) -> Days:
    after = questions.day(reading.since)
    upper = questions.upper
    count = _between(questions, reading.kinds, questions.before(after), upper)
    if isinstance(reading.since, Since):
        # What is counted from is none of them: its letter may be the only day it has.
        itself = questions.find(reading.since.of)
        count -= (
            of_kinds(reading.kinds).take(questions.events.activity.take(itself))
            & (questions.events.first.take(itself) >= after)
            & (itself != 0)
        )
    count[after == 0] = 0
    return count if reading.most is None else np.minimum(count, np.int32(reading.most))


def _between(questions: Questions, kinds: frozenset[Activity], low: Days, high: Days) -> Days:
    """How many events of some kinds lie after one place and up to another."""
    count: Days = questions.begun(kinds, high) - questions.begun(kinds, np.minimum(low, high))
    return count


@_evaluates(Sum)
def _sum(reading: Sum, questions: Questions) -> Column:
    return Column(_count(reading.one, questions) + _count(reading.other, questions))


@_evaluates(Covers)
def _covers(reading: Covers, questions: Questions) -> Column:
    if questions.everything is None:
        return Column(np.full(len(questions), _word(reading, YES)))
    first = np.maximum(questions.came, NEVER)
    if reading.since != "beginning":
        first = np.maximum(questions.day(reading.since), first)
    return Column(_one_of(reading, questions.covers(reading.kinds, first, questions.as_of), YES, NO))


@_evaluates(Existence)
def _existence(reading: Existence, questions: Questions) -> Column:
    exists = _one_of(reading, questions.began <= questions.as_of, YES, NOT_YET)
    exists[questions.began == 0] = _word(reading, NOT_KNOWN)
    exists[questions.anything_happened] = _word(reading, YES)
    return Column(exists)


@_evaluates(FirstDayOf)
def _first_day(reading: FirstDayOf, questions: Questions) -> Column:
    return Column(np.maximum(questions.day(reading.period), questions.came))


@_evaluates(Attribute)
def _attribute(reading: Attribute, questions: Questions) -> Column:
    its_own = reading.name == ("created" if questions.who == "authority" else "registered")
    day = questions.began if its_own else np.zeros(len(questions), np.int32)
    return Column(day * (day <= questions.as_of), _must_hold(questions, day == 0))


@_evaluates(Closure)
def _closure(reading: Closure, questions: Questions) -> Column:
    found = questions.find(reading.of)
    october = _later_in_year(questions, 6)
    first = known(questions.events.first, found)
    closure = _one_of(reading, first >= october, "open_again_since_october", "open_again_before_october")
    inspected = _between(questions, reading.inspections, questions.before(first), questions.upper) > 0
    closure[inspected] = _word(reading, "open_again_and_inspected")
    closure[first < questions.start_of_inspection_year()] = _word(reading, "open")
    closure[_holds(questions, found)] = _word(reading, "no_children")
    return Column(closure)


@_evaluates(ClosedSince)
def _closed_since(reading: ClosedSince, questions: Questions) -> Column:
    found, inspection = questions.find(reading.of), questions.find(reading.since)
    first = questions.events.first
    lifted_since = (found != 0) & (inspection != 0) & (first.take(found) >= first.take(inspection))
    return Column(_one_of(reading, lifted_since | _holds(questions, found), YES, NO))


def _holds(questions: Questions, found: Days) -> Flags:
    """Whether the latest word on a condition is that it holds."""
    kinds = questions.events.activity.take(found)
    holds: Flags = (found != 0) & (kinds == ACTIVITY.code[Activity.NO_CHILDREN_CONDITION])
    return holds


def _later_in_year(questions: Questions, months: int) -> Days:
    return _months_later(questions.start_of_inspection_year(), months)


def _months_later(days: Days, months: int) -> Days:
    return over(("months", months), lambda day: add_months(day, months), days)


@_evaluates(NewThisYear)
def _new_this_year(reading: NewThisYear, questions: Questions) -> Column:
    began, start, as_of = questions.began, questions.start_of_inspection_year(), questions.as_of
    half = _one_of(reading, began < _later_in_year(questions, 6), "first_half", "second_half")
    half[began > as_of] = _word(reading, NOT_YET)
    half[began < start] = _word(reading, NO)
    half[began == 0] = _word(reading, NOT_KNOWN)
    earlier = questions.before(start)
    inspected = questions.begun(reading.inspections, earlier) > questions.begun(reading.inspections, questions.lower)
    half[inspected] = _word(reading, NO)
    return Column(half)


@_evaluates(InLastQuarter)
def _in_last_quarter(reading: InLastQuarter, questions: Questions) -> Column:
    first = known(questions.events.first, questions.find(reading.of))
    january = over("start_of_year", dates.start_of_year, first)
    april = over(("months", 3), lambda day: add_months(day, 3), january)
    return Column(_one_of(reading, (first != 0) & (first < april), YES, NO))


@_evaluates(LeftOver)
def _left_over(reading: LeftOver, questions: Questions) -> Column:
    found = questions.find(reading.of)
    below = np.array([False, *(grade in reading.grades for grade in GRADE.words)])
    first, end = questions.events.first.take(found), _later_in_year(questions, 0 if reading.last else 12)
    in_quarter = (_months_later(end, -3) <= first) & (first < end)
    low = below.take(_grades(questions, "overall", found)) & (found != 0)
    year = over("start_of_inspection_year", dates.start_of_inspection_year, first)
    one_of_two = ~_has_company(reading, questions, found, year) & ~_asked_for_one(reading, questions, found, year)
    return Column(_one_of(reading, low & in_quarter & one_of_two, YES, NO))


def _has_company(reading: LeftOver, questions: Questions, found: Days, year: Days) -> Flags:
    """Whether another inspection of its year came before the one found, or any has followed."""
    kinds, begins = questions.events.activity.take(found), questions.before(year)
    company: Flags = np.zeros(len(found), np.bool_)
    for kind in reading.of.kinds:
        several = _between(questions, reading.others | {kind}, begins, questions.upper) > 1
        company |= several & (kinds == ACTIVITY.code[kind])
    return company


def _asked_for_one(reading: LeftOver, questions: Questions, found: Days, year: Days) -> Flags:
    """Whether the law asked for one inspection only in the year of the one found: the first, or one after a closure."""
    kinds, end, begins = questions.events.activity.take(found), _months_later(year, 12), questions.before(year)
    inspected_before: Flags = np.zeros(len(found), np.bool_)
    for kind in reading.of.kinds:
        earlier = _between(questions, reading.others | {kind}, questions.lower, begins) > 0
        inspected_before |= earlier & (kinds == ACTIVITY.code[kind])
    new: Flags = (questions.began != 0) & (year <= questions.began) & (questions.began < end) & ~inspected_before
    lifted = _between(questions, LIFTED, begins, np.minimum(questions.before(end), questions.upper)) > 0
    return new | lifted
