"""The smallest case that does something, found and shrunk by Hypothesis; the same one for the same seed."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

__all__ = ["smallest"]

Drawn = TypeVar("Drawn")


def smallest(
    drawn: st.SearchStrategy[Drawn], does: Callable[[Drawn], bool], *, examples: int, seed: int
) -> tuple[Drawn | None, int]:
    """The smallest drawn value that does something, or ``None``; and how many were tried before it was first met.

    >>> smallest(st.integers(), lambda number: number > 10, examples=100, seed=0)[0]
    11
    >>> smallest(st.integers(), lambda number: False, examples=20, seed=0)
    (None, 20)
    """
    tried, met = 0, False

    def counted(value: Drawn) -> bool:
        nonlocal tried, met
        found = does(value)
        tried += not met
        met = met or found
        return found

    limits = settings(
        max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False
    )
    try:
        return find(drawn, counted, settings=limits, random=Random(seed)), tried  # noqa: S311 - not for secrets
    except NoSuchExample:
        return None, tried
