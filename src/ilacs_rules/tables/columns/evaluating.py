"""How a class of reading is evaluated over columns, and what several of them need."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from ilacs_rules.situation import Choice
from ilacs_rules.situation.aggregates import (
    Reading,
)
from ilacs_rules.tables.columns.trees import Column
from ilacs_rules.tables.columns.view import Questions, known
from ilacs_rules.tables.words import Codes, Days, Flags
from ilacs_rules.vocabulary import Activity

__all__ = ["EVALUATORS", "between", "evaluate", "evaluates", "grades_of", "one_of", "translated", "word_of"]

AnyReading = TypeVar("AnyReading")
Evaluator = Callable[[Any, Questions], Column]

EVALUATORS: dict[type, Evaluator] = {}
"""How each class of reading is evaluated over columns."""


def evaluate(reading: Reading, questions: Questions) -> Column:
    """One reading, of every question."""
    return EVALUATORS[type(reading)](reading, questions)


def evaluates(
    kind: type[AnyReading],
) -> Callable[[Callable[[AnyReading, Questions], Column]], Callable[[AnyReading, Questions], Column]]:
    """Say of a function that it evaluates one class of reading."""

    def register(function: Callable[[AnyReading, Questions], Column]) -> Callable[[AnyReading, Questions], Column]:
        EVALUATORS[kind] = function
        return function

    return register


def word_of(reading: Reading, word: str) -> np.uint8:
    """The place of a word in a fact's domain."""
    domain = reading.domain
    assert isinstance(domain, Choice)
    return np.uint8(domain.words.index(word))


def translated(reading: Reading, words: tuple[str, ...], otherwise: str) -> Codes:
    """For each code of a vocabulary (0 first), the place of its word in a fact's domain."""
    domain = reading.domain
    assert isinstance(domain, Choice)
    places = {word: place for place, word in enumerate(domain.words)}
    return np.array([places.get(word, places[otherwise]) for word in (otherwise, *words)], np.uint8)


def one_of(reading: Reading, flags: Flags, word: str, otherwise: str) -> Codes:
    """One word where a flag is set, and another elsewhere."""
    return np.where(flags, word_of(reading, word), word_of(reading, otherwise))


def grades_of(questions: Questions, area: str, found: Days) -> Codes:
    """The grade in one area of each event that was found; 0 where none is on record."""
    codes = questions.events.grades.get(area)
    return np.zeros(len(found), np.uint8) if codes is None else known(codes, found)


def between(questions: Questions, kinds: frozenset[Activity], low: Days, high: Days) -> Days:
    """How many events of some kinds lie after one place and up to another."""
    count: Days = questions.begun(kinds, high) - questions.begun(kinds, np.minimum(low, high))
    return count
