"""The readings that only children's homes and their like have, over columns."""

import numpy as np

from ilacs_rules import dates
from ilacs_rules.dates import add_months
from ilacs_rules.situation.aggregates.domains import NO, NOT_KNOWN, NOT_YET, YES
from ilacs_rules.situation.declared.providers import LIFTED, ClosedSince, Closure, InLastQuarter, LeftOver, NewThisYear
from ilacs_rules.tables.columns.evaluating import between, evaluates, grades_of, one_of, word_of
from ilacs_rules.tables.columns.trees import Column
from ilacs_rules.tables.columns.view import Questions, known
from ilacs_rules.tables.days import over
from ilacs_rules.tables.words import ACTIVITY, GRADE, Days, Flags
from ilacs_rules.vocabulary import Activity

__all__: list[str] = []


@evaluates(Closure)
def _closure(reading: Closure, questions: Questions) -> Column:
    found = questions.find(reading.of)
    october = _later_in_year(questions, 6)
    first = known(questions.events.first, found)
    closure = one_of(reading, first >= october, "open_again_since_october", "open_again_before_october")
    inspected = between(questions, reading.inspections, questions.before(first), questions.upper) > 0
    closure[inspected] = word_of(reading, "open_again_and_inspected")
    closure[first < questions.start_of_inspection_year()] = word_of(reading, "open")
    closure[_holds(questions, found)] = word_of(reading, "no_children")
    return Column(closure)


@evaluates(ClosedSince)
def _closed_since(reading: ClosedSince, questions: Questions) -> Column:
    found, inspection = questions.find(reading.of), questions.find(reading.since)
    first = questions.events.first
    lifted_since = (found != 0) & (inspection != 0) & (first.take(found) >= first.take(inspection))
    return Column(one_of(reading, lifted_since | _holds(questions, found), YES, NO))


def _holds(questions: Questions, found: Days) -> Flags:
    """Whether the latest word on a condition is that it holds."""
    kinds = questions.events.activity.take(found)
    holds: Flags = (found != 0) & (kinds == ACTIVITY.code[Activity.NO_CHILDREN_CONDITION])
    return holds


def _later_in_year(questions: Questions, months: int) -> Days:
    return _months_later(questions.start_of_inspection_year(), months)


def _months_later(days: Days, months: int) -> Days:
    return over(("months", months), lambda day: add_months(day, months), days)


@evaluates(NewThisYear)
def _new_this_year(reading: NewThisYear, questions: Questions) -> Column:
    began, start, as_of = questions.began, questions.start_of_inspection_year(), questions.as_of
    half = one_of(reading, began < _later_in_year(questions, 6), "first_half", "second_half")
    half[began > as_of] = word_of(reading, NOT_YET)
    half[began < start] = word_of(reading, NO)
    half[began == 0] = word_of(reading, NOT_KNOWN)
    earlier = questions.before(start)
    inspected = questions.begun(reading.inspections, earlier) > questions.begun(reading.inspections, questions.lower)
    half[inspected] = word_of(reading, NO)
    return Column(half)


@evaluates(InLastQuarter)
def _in_last_quarter(reading: InLastQuarter, questions: Questions) -> Column:
    first = known(questions.events.first, questions.find(reading.of))
    january = over("start_of_year", dates.start_of_year, first)
    april = over(("months", 3), lambda day: add_months(day, 3), january)
    return Column(one_of(reading, (first != 0) & (first < april), YES, NO))


@evaluates(LeftOver)
def _left_over(reading: LeftOver, questions: Questions) -> Column:
    found = questions.find(reading.of)
    below = np.array([False, *(grade in reading.grades for grade in GRADE.words)])
    first, end = questions.events.first.take(found), _later_in_year(questions, 0 if reading.last else 12)
    in_quarter = (_months_later(end, -3) <= first) & (first < end)
    low = below.take(grades_of(questions, "overall", found)) & (found != 0)
    year = over("start_of_inspection_year", dates.start_of_inspection_year, first)
    one_of_two = ~_has_company(reading, questions, found, year) & ~_asked_for_one(reading, questions, found, year)
    return Column(one_of(reading, low & in_quarter & one_of_two, YES, NO))


def _has_company(reading: LeftOver, questions: Questions, found: Days, year: Days) -> Flags:
    """Whether another inspection of its year came before the one found, or any has followed."""
    kinds, begins = questions.events.activity.take(found), questions.before(year)
    company: Flags = np.zeros(len(found), np.bool_)
    for kind in reading.of.kinds:
        several = between(questions, reading.others | {kind}, begins, questions.upper) > 1
        company |= several & (kinds == ACTIVITY.code[kind])
    return company


def _asked_for_one(reading: LeftOver, questions: Questions, found: Days, year: Days) -> Flags:
    """Whether the law asked for one inspection only in the year of the one found: the first, or one after a closure."""
    kinds, end, begins = questions.events.activity.take(found), _months_later(year, 12), questions.before(year)
    inspected_before: Flags = np.zeros(len(found), np.bool_)
    for kind in reading.of.kinds:
        earlier = between(questions, reading.others | {kind}, questions.lower, begins) > 0
        inspected_before |= earlier & (kinds == ACTIVITY.code[kind])
    new: Flags = (questions.began != 0) & (year <= questions.began) & (questions.began < end) & ~inspected_before
    lifted = between(questions, LIFTED, begins, np.minimum(questions.before(end), questions.upper)) > 0
    return new | lifted
