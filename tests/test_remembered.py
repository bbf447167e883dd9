"""What is kept of texts that others wrote is small, however long the texts are."""

import gc
import tracemalloc

import pytest

import ilacs_rules as ir
from ilacs_rules.reading import matching, spelling, words
from ilacs_rules.remembered import LONGEST

KEEP = {
    "a council": lambda text: ir.load_rulebook().council(text),
    "a word": words.as_word,
    "a key": words.as_key,
    "a column": matching.as_name,
    "a number": spelling.as_urn,
    "a council's name": spelling.as_council,
}


@pytest.mark.parametrize("name", KEEP)
def test_long_texts_are_not_kept(name: str) -> None:
    """Two hundred texts of 50,000 characters: ten megabytes where they are kept, next to nothing where not."""
    KEEP[name]("Leeds")
    tracemalloc.start()
    try:
        for number in range(200):
            KEEP[name](f"{number} {'x' * 50_000}")
        gc.collect()
        left, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left < 1_000_000


@pytest.mark.parametrize("name", KEEP)
def test_a_text_is_understood_alike_where_it_is_kept_and_where_not(name: str) -> None:
    """What stands on either side of the limit is the same but for its length."""
    short, long = (str(KEEP[name](f"A{' ' * (length - 2)}b")) for length in (LONGEST, LONGEST + 1))
    assert " ".join(short.split()) == " ".join(long.split())
