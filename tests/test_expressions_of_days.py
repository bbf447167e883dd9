"""The functions of several days that a rulebook may use, one history at a time and over columns."""

import re
from datetime import date

import numpy as np
import pytest

import ilacs_rules as ir
from ilacs_rules.rulebook.day_words import day_in_words
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.rulebook.windows import Window
from ilacs_rules.situation import FACTS
from ilacs_rules.tables.columns.trees import Column
from ilacs_rules.tables.columns.windows import day_of

DAY, LATER = date(2024, 5, 24), date(2024, 7, 4)
KNOWN: tuple[str, ...] = ("last_meeting", "last_evaluation")
HELD = "not_between(last_meeting, 2024-05-25, 2024-07-04)"
LATEST_KNOWN = "latest_known(last_meeting, last_evaluation)"


def both(text: str, *days: date | None) -> date | None:
    """The day that an expression gives of one history, which is that of a column too."""
    values = dict(zip(KNOWN, days, strict=False))
    expression = parse(text)
    one = expression.day(values.__getitem__)
    columns = {name: Column(np.array([day.toordinal() if day else 0] * 2, np.int32)) for name, day in values.items()}
    found = day_of(expression, columns.__getitem__, 2).values
    assert found.tolist() == [one.toordinal() if one else 0] * 2
    return one


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2024, 5, 24), date(2024, 5, 24)),
        (date(2024, 5, 25), date(2024, 7, 5)),
        (date(2024, 7, 4), date(2024, 7, 5)),
        (date(2024, 7, 5), date(2024, 7, 5)),
        (None, None),
    ],
)
def test_a_day_within_a_stretch_is_held_until_the_day_after_it(day: date | None, wanted: date | None) -> None:
    assert both(HELD, day) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"), [(DAY, LATER, LATER), (LATER, DAY, LATER), (None, DAY, DAY), (DAY, None, DAY)]
)
def test_the_latest_known_day_does_without_the_other(one: date | None, other: date | None, wanted: date) -> None:
    assert both(LATEST_KNOWN, one, other) == wanted
    assert both(f"end_of_quarter({LATEST_KNOWN})", one, other) is not None
    assert both(f"{LATEST_KNOWN} + 1 day", one, other) == date.fromordinal(wanted.toordinal() + 1)
    assert both("latest(last_meeting, last_evaluation)", one, other) == (wanted if one and other else None)


def test_the_latest_known_of_no_day_is_not_known() -> None:
    assert both(LATEST_KNOWN, None, None) is None


@pytest.mark.parametrize(("day", "wanted"), [(None, DAY), (LATER, LATER), (date(2024, 1, 8), DAY)])
def test_a_day_that_stands_in_the_rule_is_known(day: date | None, wanted: date) -> None:
    assert both("latest_known(2024-05-24, last_meeting)", day) == wanted


def test_every_day_of_a_rule_is_said_in_words() -> None:
    """Each length, each day and each fact of the expression stands in its words, and no code does."""
    texts = {text for rule in ir.load_rulebook().rules for text in (rule.opens, rule.due, rule.closes) if text}
    assert len(texts) > 100
    for text in texts:
        said = day_in_words(text)
        assert "_" not in said
        assert said.count("plus ") == text.count(" + ")
        assert said.count("less ") == text.count(" - ")
        assert all(length in said for length in re.findall(r"\d+ (?:working day|day|week|month)s?", text))
        assert said.count("later of") == len(re.findall(r"\blatest(?:_known)?\(", text))
        assert all(FACTS[name].means in said for name in parse(text).facts if name != "as_of")
        assert ("the day you ask about" in said) is ("as_of" in text)


def test_words_keep_apart_what_is_reckoned_apart() -> None:
    inside = day_in_words("latest(registered + 12 months, 2017-04-01)")
    outside = day_in_words("latest(registered, 2017-04-01) + 12 months")
    assert inside == "the later of (the day the provider was registered, plus 12 months) and 1 April 2017"
    assert outside == "(the later of the day the provider was registered and 1 April 2017), plus 12 months"
    assert day_in_words("not_between(registered + 1 day, 2019-11-06, 2019-12-12)").endswith(
        "or 13 December 2019 where that is from 6 November 2019 to 12 December 2019"
    )


@pytest.mark.parametrize("known", [date(2019, 2, 28), date(2020, 2, 29), date(2024, 8, 31), None])
def test_the_days_of_a_window_worked_out_together_are_those_of_each_expression(known: date | None) -> None:
    """Of every rule: what its days share is worked out once, and none of them is another for it."""
    book = ir.load_rulebook()
    other = None if known is None else date(known.year + 1, 1, 31)
    for rule in book.rules:
        ends = [parse(text, book.working_days) if text else None for text in (rule.opens, rule.due, rule.closes)]
        names = {name for end in ends if end for name in end.facts}
        for facts in (dict.fromkeys(names, known), {name: known if name < "last" else other for name in names}):
            wanted = tuple(end.day(facts.__getitem__) if end else None for end in ends)
            assert Window(ends).days(facts.__getitem__) == wanted, rule.id
