"""The readings of ``situation.aggregates``, over columns."""

from datetime import date

import numpy as np

from ilacs_rules.records import areas_judged
from ilacs_rules.situation.aggregates import (
    Attribute,
    CountGrades,
    CountSince,
    Covers,
    DateOf,
    Ended,
    Existence,
    FirstDayOf,
    GradeOf,
    JudgementsGiven,
    KindOf,
    NthLatest,
    OutcomeOf,
    PlaceInYear,
    Since,
    StageOf,
    Sum,
    place_in_year,
)
from ilacs_rules.situation.aggregates.domains import (
    MAY_HAVE_ENDED,
    NO,
    NO_LONGER,
    NONE,
    NOT_KNOWN,
    NOT_RECORDED,
    NOT_REPORTED,
    NOT_YET,
    YES,
)
from ilacs_rules.tables.columns.evaluating import between, evaluate, evaluates, grades_of, one_of, translated, word_of
from ilacs_rules.tables.columns.trees import Column
from ilacs_rules.tables.columns.view import Questions, known, of_kinds
from ilacs_rules.tables.words import ACTIVITY, GRADE, NEVER, OUTCOME, Days, Flags
from ilacs_rules.vocabulary import Activity, Stage

__all__: list[str] = []


@evaluates(StageOf)
def _stage(reading: StageOf, questions: Questions) -> Column:
    found, events, as_of = questions.find(reading.of), questions.events, questions.as_of
    judged_from, ended = events.judged_from.take(found), events.ended.take(found)
    left = (ended != 0) & (ended < as_of)
    stage = one_of(reading, left, Stage.AWAITING_REPORT, Stage.UNDER_WAY)
    stage[(judged_from != 0) & (judged_from <= as_of)] = word_of(reading, Stage.COMPLETE)
    stage[found == 0] = word_of(reading, Stage.NONE)
    return Column(stage)


@evaluates(KindOf)
def _kind(reading: KindOf, questions: Questions) -> Column:
    found = questions.find(reading.of)
    kind = translated(reading, ACTIVITY.words, NONE).take(questions.events.activity.take(found))
    kind[found == 0] = word_of(reading, NONE)
    return Column(kind)


@evaluates(DateOf)
def _date(reading: DateOf, questions: Questions) -> Column:
    columns: dict[str, Days] = {
        "first": questions.events.first,
        "started": questions.events.started,
        "ended": questions.events.ended,
        "published": questions.events.published,
    }
    day = known(columns[reading.which], questions.find(reading.of))
    return Column(day * (day <= questions.as_of))


@evaluates(GradeOf)
def _grade(reading: GradeOf, questions: Questions) -> Column:
    found = questions.find(reading.of)
    codes = grades_of(questions, reading.area.value, found)
    grade = translated(reading, GRADE.words, NONE).take(codes)
    without = np.flatnonzero((found != 0) & (codes == 0))
    given = _gives(questions, found[without], reading.area.value)
    grade[without] = np.where(given, word_of(reading, NOT_RECORDED), word_of(reading, NOT_REPORTED))
    grade[found == 0] = word_of(reading, NONE)
    lacking = np.zeros(len(found), np.bool_)
    lacking[without] = given
    return Column(grade, _must_hold(questions, lacking))


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
    """Where something is lacking that a record which is meant to be whole must hold; ``None``: nowhere."""
    if not questions.claims.all():
        lacking = lacking & (questions.claims != 0)
    return lacking if lacking.any() else None


@evaluates(CountGrades)
def _count_grades(reading: CountGrades, questions: Questions) -> Column:
    found = questions.find(reading.of)
    counted = np.array([0, *(grade in reading.grades for grade in GRADE.words)], np.int32)
    count, unknown = np.zeros(len(found), np.int32), found == 0
    for area in reading.areas:
        codes = grades_of(questions, area.value, found)
        count += counted.take(codes)
        unknown |= (codes == 0) | (codes == GRADE.code[NOT_RECORDED])
    count[unknown] = -1
    return Column(count)


@evaluates(JudgementsGiven)
def _judgements_given(reading: JudgementsGiven, questions: Questions) -> Column:
    found = questions.find(reading.of)
    lacking, not_recorded = np.zeros(len(found), np.bool_), found == 0
    for area in reading.areas:
        codes = grades_of(questions, area.value, found)
        lacking |= (codes == 0) & (found != 0)
        not_recorded |= codes == GRADE.code[NOT_RECORDED]
    given = one_of(reading, lacking | not_recorded, NOT_RECORDED, YES)
    return Column(given, _must_hold(questions, lacking))


@evaluates(OutcomeOf)
def _outcome(reading: OutcomeOf, questions: Questions) -> Column:
    found = questions.find(reading.of)
    outcome = translated(reading, OUTCOME.words, NOT_RECORDED).take(questions.events.outcome.take(found))
    outcome[found == 0] = word_of(reading, NONE)
    return Column(outcome)


@evaluates(NthLatest)
def _nth_latest(reading: NthLatest, questions: Questions) -> Column:
    place = questions.nth_latest(reading.kinds, reading.number)
    concluded = evaluate(reading.of, questions).values == word_of(reading.of, reading.outcome)
    return Column(known(questions.events.first, place * concluded))


@evaluates(PlaceInYear)
def _place_in_year(reading: PlaceInYear, questions: Questions) -> Column:
    column = evaluate(reading.day, questions)
    starts = questions.start_of_inspection_year()
    both, back = np.unique((starts.astype(np.int64) << 22) | column.values, return_inverse=True)
    places = [_place(int(one) >> 22, int(one) & ((1 << 22) - 1)) for one in both]
    return Column(np.array([word_of(reading, place) for place in places], np.uint8)[back], column.lacking)


def _place(start: int, day: int) -> str:
    return place_in_year(_date_of(day), _date_of(start)) if day else NOT_KNOWN


def _date_of(ordinal: int) -> date:
    return date.fromordinal(ordinal)


@evaluates(CountSince)
def _count_since(reading: CountSince, questions: Questions) -> Column:
    return Column(_count(reading, questions))


def _count(reading: CountSince, questions: Questions) -> Days:
    after = questions.day(reading.since)
    upper = questions.upper
    count = between(questions, reading.kinds, questions.before(after), upper)
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


@evaluates(Sum)
def _sum(reading: Sum, questions: Questions) -> Column:
    return Column(_count(reading.one, questions) + _count(reading.other, questions))


@evaluates(Covers)
def _covers(reading: Covers, questions: Questions) -> Column:
    first = np.maximum(questions.came, NEVER)
    if reading.since != "beginning":
        first = np.maximum(questions.day(reading.since), first)
    return Column(one_of(reading, questions.covers(reading.kinds, first, questions.as_of), YES, NO))


@evaluates(Existence)
def _existence(reading: Existence, questions: Questions) -> Column:
    exists = one_of(reading, questions.began <= questions.as_of, YES, NOT_YET)
    exists[questions.began == 0] = word_of(reading, NOT_KNOWN)
    exists[questions.anything_happened] = word_of(reading, YES)
    exists[questions.may_have_ended] = word_of(reading, MAY_HAVE_ENDED)
    exists[questions.has_ended] = word_of(reading, NO_LONGER)
    return Column(exists)


@evaluates(Ended)
def _ended(_: Ended, questions: Questions) -> Column:
    return Column(questions.ended)


@evaluates(FirstDayOf)
def _first_day(reading: FirstDayOf, questions: Questions) -> Column:
    return Column(np.maximum(questions.day(reading.period), questions.came))


@evaluates(Attribute)
def _attribute(reading: Attribute, questions: Questions) -> Column:
    its_own = reading.name == ("created" if questions.who == "authority" else "registered")
    day = questions.began if its_own else np.zeros(len(questions), np.int32)
    return Column(
        day * (day <= questions.as_of), _must_hold(questions, day == 0) if reading.needed and its_own else None
    )
