"""Of the faults that can be planted, a sample: each is found, or stands on the page of those that nothing finds.

``make planted`` tries all of them; this holds its page true.
"""

from random import Random

import pytest

import ilacs_rules as ir
from planted import BOOK, PAGE, FoundBy, changes_no_answer, every, found_by, listed, moves
from plants import Plant

EVERY = every()
SAMPLE = Random(20261122).sample(EVERY, 150)
NOT_FOUND = listed()


def test_no_two_plants_are_the_same_and_none_changes_nothing() -> None:
    assert len(set(map(str, EVERY))) == len(EVERY)
    assert all(plant.planted != plant.rule for plant in EVERY)


def test_every_rule_has_every_kind_of_cell_that_it_can() -> None:
    for kind in ("row", "days in force", "strength", "certainty", "activity"):
        assert {plant.rule.id for plant in EVERY if plant.kind == kind} == {rule.id for rule in BOOK.rules}
    asked = {rule.id for rule in BOOK.rules if rule.when}
    assert {plant.rule.id for plant in EVERY if plant.kind == "condition"} == asked


@pytest.mark.parametrize("plant", SAMPLE, ids=str)
def test_a_planted_fault_is_found_or_listed(plant: Plant) -> None:
    by = found_by(plant)
    assert (by is FoundBy.NEITHER) == (str(plant) in NOT_FOUND), "run `make planted`"
    if by is FoundBy.NEITHER:
        assert changes_no_answer(plant) == moves(plant)


def test_the_page_says_of_how_many() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"| all | {len(EVERY)} |" in text, "run `make planted`"
    assert set(NOT_FOUND) <= set(map(str, EVERY))


def test_what_is_not_planted_is_answered_by_every_case() -> None:
    """A row put in its own place is found by nothing: what finds a plant is the plant."""
    for rule in BOOK.rules[::50]:
        same = Plant(rule, "row", "the same", rule.model_copy())
        assert found_by(same) is FoundBy.NEITHER
    assert found_by(Plant(BOOK.rules[0], "row", "taken out", None)) is FoundBy.PROOF
    assert isinstance(BOOK, ir.Rulebook)
