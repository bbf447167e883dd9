"""A case that does something, found by Hypothesis; the same one for the same seed."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

__all__ = ["first_that"]

Drawn = TypeVar("Drawn")


def first_that(
    drawn: st.SearchStrategy[Drawn], does: Callable[[Drawn], bool], *, examples: int, seed: int
) -> tuple[Drawn | None, int]:
    """A drawn value that does something, or ``None``; and how many were tried.

    Nothing is shrunk here: see ``shrunk``, which knows what makes one history smaller than another.

    >>> first_that(st.integers(), lambda number: number % 2 == 1, examples=100, seed=0)[0] % 2
    1
    >>> first_that(st.integers(), lambda number: False, examples=20, seed=0)
    (None, 20)
    """
    tried = 0

    def counted(value: Drawn) -> bool:
        nonlocal tried
        tried += 1
        return does(value)

    limits = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large),
        phases=(Phase.generate,),
    )
    try:
        return find(drawn, counted, settings=limits, random=Random(seed)), tried  # noqa: S311 - not for secrets
    except NoSuchExample:
        return None, tried
