"""Watching what is asked: every question as it was answered, told to whoever measures what tests reach."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import NamedTuple

from ilacs_rules.answering.found import Found
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import Situation

__all__ = ["Observed", "observers", "watching"]


class Observed(NamedTuple):
    """A question as it was answered: the rulebook, the situation, and what was found for each track.

    Of each track: ``answering`` (the track and its tree), ``rule``, and the ends of the window ``opens``, ``due``,
    ``closes``. ``next_activity`` finds only what the inspectorate owes.
    """

    book: Rulebook
    facts: Situation
    found: tuple[Found, ...]


observers: list[Callable[[Observed], None]] = []


@contextmanager
def watching(observer: Callable[[Observed], None]) -> Generator[None]:
    """While this lasts, tell an observer of every question that is answered, in whatever thread; kept answers too.

    It is for measuring what tests reach. Where nobody watches it costs one look at an empty list.

    >>> from datetime import date
    >>> from ilacs_rules import Provider, next_activity
    >>> agency, seen = Provider(type="childrens_home", name="A home", registered=date(2020, 1, 1)), []
    >>> with watching(seen.append):
    ...     answer = next_activity(agency, as_of=date(2024, 6, 1))
    >>> answer.rule in [found.rule.id for found in seen[0].found]
    True
    >>> answer = next_activity(agency, as_of=date(2024, 6, 2))
    >>> len(seen)
    1
    """
    observers.append(observer)
    try:
        yield
    finally:
        observers.remove(observer)
