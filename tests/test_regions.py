"""The regions of a tree say exactly what walking it says."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings

import ilacs_rules as ir
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Answering, regions, walk
from ilacs_rules.rulebook.checking import SUBJECT_TYPES
from ilacs_rules.testing.strategies import questions

BOOK = ir.load_rulebook()


def tracks_of(kind: str) -> list[Answering]:
    """Every track that is ever asked of one kind of subject."""
    last = BOOK.era(kind, date(2026, 12, 31))
    return list(last.asked)


@given(questions())
@settings(max_examples=100, deadline=None)
def test_a_situation_lies_in_one_region_the_one_that_its_walk_ends_in(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    try:
        facts = ir.situation(subject, as_of=as_of)
        values = facts.all() | {"as_of": as_of}
    except ir.MissingFactError:
        return
    for answering in BOOK.era(subject.type, as_of).asked:
        if not answering.concerns(values["exists"]):
            continue
        found = [region for region in regions(answering.tree) if region.admits(values)]
        assert [region.leaf for region in found] == [walk(answering.tree, facts.__getitem__)]


@pytest.mark.parametrize("kind", SUBJECT_TYPES)
def test_every_rule_of_a_kind_of_subject_has_a_region(kind: str) -> None:
    tracks = tracks_of(kind)
    rules = Counter(region.leaf.rule.id for track in tracks for region in regions(track.tree) if region.leaf.rule)
    names = {track.track.id for track in tracks}
    assert set(rules) == {rule.id for rule in BOOK.rules if rule.track in names and kind in rule.applies_to}
