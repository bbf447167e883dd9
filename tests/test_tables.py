"""The table agrees with the single path in every fact, every rule and every column."""

from collections import defaultdict
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from case_files import CASES
from ilacs_rules import tables
from ilacs_rules.records import Subject
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.situation import FACTS, Choice, Number
from ilacs_rules.situation.declared.common import Fact
from ilacs_rules.tables.columns.facts import EVALUATORS, Facts
from ilacs_rules.tables.columns.trees import Column
from ilacs_rules.tables.columns.view import Questions
from ilacs_rules.tables.columns.windows import day_of
from ilacs_rules.tables.questions.given import gathered_from
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.testing.strategies import days, questions, rulebooks, subjects
from table_checks import at_once, each_on_its_day, one_by_one

QUESTIONS = [(ir.next_activity, tables.next_activities), (ir.required_activities, tables.required_activities)]


def test_every_class_of_reading_has_an_evaluator() -> None:
    """A fact of a new class cannot be declared without one; and none is left over."""
    assert {type(fact.reading) for fact in FACTS.values()} == set(EVALUATORS) - {type(None)}


def in_words(fact: Fact, value: int) -> Any:
    """A value of a column as the single path has it."""
    domain = fact.domain
    if isinstance(domain, Choice):
        return domain.words[value]
    if isinstance(domain, Number):
        return None if value < 0 else value
    return date.fromordinal(value) if value else None


@settings(max_examples=50)
@given(st.lists(questions(), min_size=1, max_size=6), st.lists(days(), max_size=2))
def test_every_fact_is_the_same(asked: list[tuple[Subject, date]], more: list[date]) -> None:
    """Of several subjects of one kind on several days; where the single path misses one, so does the table."""
    moments = sorted({day for _, day in asked} | set(more))
    every_fact_agrees([(subject, day) for subject, _ in asked for day in moments])


def test_every_fact_of_every_case_is_the_same() -> None:
    """On the days that the case files ask about: there stand the situations that chance seldom draws."""
    every_fact_agrees([(case.subject, ask.as_of) for case in CASES for ask in case.asks])


def every_fact_agrees(asked: list[tuple[Subject, date]]) -> None:
    """Compare the facts of some subjects on some days, the subjects of each kind together."""
    by_kind = defaultdict[str, list[tuple[Subject, date]]](list)
    for subject, day in asked:
        by_kind[str(subject.type)].append((subject, day))
    for kind, group in by_kind.items():
        # Each question stands by itself, so that a subject asked about twice is two.
        records, refused = tables.from_subjects([subject for subject, _ in group]), Refusals()
        histories = gathered_from(records.events, records.subjects, records.covers, refused, None).histories
        assert refused.frame().is_empty()
        as_of = np.array([day.toordinal() for _, day in group], np.int32)
        facts = Facts(Questions(histories, kind, (0, len(group)), np.arange(len(group)), as_of))
        for name, fact in FACTS.items():
            values, lacking = facts[name]
            for place, (subject, day) in enumerate(group):
                one = ir.situation(subject, as_of=day)
                if lacking is not None and lacking[place]:
                    with pytest.raises(ir.MissingFactError):
                        one[name]
                else:
                    assert in_words(fact, int(values[place])) == one[name], (name, subject, day)


@pytest.mark.parametrize(("single", "table"), QUESTIONS, ids=["next", "required"])
@settings(max_examples=50)
@given(asked=st.lists(questions(), min_size=1, max_size=6))
def test_random_histories_are_answered_alike(single: Any, table: Any, asked: list[tuple[Subject, date]]) -> None:
    """Every column of every answer, and every error, of subjects of all kinds together on each other's days."""
    group, moments = [subject for subject, _ in asked], sorted({day for _, day in asked})
    assert at_once(group, moments, table) == one_by_one(group, moments, single)


@pytest.mark.parametrize(("single", "table"), QUESTIONS, ids=["next", "required"])
def test_every_case_file_is_answered_alike(single: Any, table: Any) -> None:
    """Every subject of the cases on every day that its file asks about."""
    asked = [(case.subject, day) for case in CASES for day in sorted({ask.as_of for ask in case.asks})]
    alone = {(number, day): one_by_one([subject], [day], single)[0, day] for number, (subject, day) in enumerate(asked)}
    assert each_on_its_day(asked, table) == alone


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31", "2024-01-31 + 1 month", "registered", "registered + 12 months", "latest(registered, created)",
        "earliest(registered + 1 year, created)", "end_of_quarter(latest(registered, created))",
        "latest(registered, created) + 6 months - 1 day",
    ],
)  # fmt: skip
@given(st.lists(st.tuples(*[st.none() | st.dates(date(2000, 1, 1), date(2030, 12, 31))] * 2), min_size=1))
def test_an_expression_over_columns_gives_the_day_that_it_gives_of_each_row(
    text: str, rows: list[tuple[date | None, date | None]]
) -> None:
    """A day that is not known makes the whole not known; what any side lacks the whole lacks."""
    expression, names = parse(text), ("registered", "created")
    columns = {
        name: Column(
            np.array([day.toordinal() if day else 0 for day in days_], np.int32), np.array([not day for day in days_])
        )
        for name, days_ in zip(names, zip(*rows, strict=True), strict=True)
    }
    found = day_of(expression, columns.__getitem__, len(rows))
    for place, row in enumerate(rows):
        given_ = dict(zip(names, row, strict=True))
        day = expression.day(given_.__getitem__)
        assert int(found.values[place]) == (day.toordinal() if day else 0)
        lacks = found.lacking is not None and bool(found.lacking[place])
        assert lacks is any(given_[name] is None for name in expression.facts)


@pytest.mark.parametrize(("single", "table"), QUESTIONS, ids=["next", "required"])
@settings(max_examples=40)
@given(given_=st.data())
def test_any_rulebook_is_answered_alike(single: Any, table: Any, given_: st.DataObject) -> None:
    """Small ones, excerpts and amended ones, on days within them and beyond."""
    book = given_.draw(rulebooks())
    group = given_.draw(st.lists(subjects(book), min_size=1, max_size=4))
    moments = sorted(given_.draw(st.sets(days(), min_size=1, max_size=4)))
    found = at_once(group, moments, partial(table, rulebook=book))
    assert found == one_by_one(group, moments, partial(single, rulebook=book))
