"""The glossary explains every word that an answer can hold, in one sentence."""

from enum import StrEnum

import pytest

import ilacs_rules as ir
from ilacs_rules.vocabulary import MEANINGS, words
from ilacs_rules.writing.glossary import glossary_page

KINDS = [
    kind
    for kind in vars(words).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_word_has_one_sentence(kind: type[StrEnum]) -> None:
    assert MEANINGS[kind].keys() == set(kind)
    for word, said in MEANINGS[kind].items():
        assert said[0].isupper(), word
        assert said.endswith("."), word
        assert ". " not in said, word


def test_the_page_has_a_row_for_every_word_and_track() -> None:
    page = glossary_page(ir.load_rulebook())
    rows = [line.split(" | ")[0].removeprefix("| ").strip("`") for line in page.splitlines() if line.startswith("| `")]
    tracks = [track.id for track in ir.load_rulebook().tracks]
    assert set(rows) == {word.value for kind in KINDS for word in kind} | set(tracks)
