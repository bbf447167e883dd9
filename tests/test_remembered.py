"""What is kept of texts that others wrote is small, however long the texts are."""

import gc
import inspect
import pkgutil
import tracemalloc
from importlib import import_module

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


CLOSED = {
    "answering.parts._fields_of": "the library's own models", "values.wording._alone": "the same",
    "cli.words.words_of": "the kinds of word", "cli.words.spelt": "the same",
    "reading.days._compiled": "the patterns that a format may name",
}  # fmt: skip
"""What is kept for ever, each of few: what it is kept of."""


def test_nothing_is_kept_for_ever_of_what_others_wrote() -> None:
    """Every cache of the library has an end, or is of a closed set of things: its entries cannot grow without bound."""
    found: set[str] = set()
    for each in pkgutil.walk_packages(ir.__path__, "ilacs_rules."):
        if ".testing" in each.name or each.name.endswith("__main__"):
            continue
        module = import_module(each.name)
        for name, made in vars(module).items():
            if not hasattr(made, "cache_parameters") or made.__module__ != each.name:
                continue
            if inspect.signature(made).parameters and made.cache_parameters()["maxsize"] is None:
                found.add(f"{each.name.removeprefix('ilacs_rules.')}.{name}")
    assert found == set(CLOSED)
