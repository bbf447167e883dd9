"""A forecast as chances by week: the shortest run of weeks that holds a share, and the odds up to a week."""

from collections.abc import Iterable, Sequence

__all__ = ["WEEK", "chances", "shortest_run"]

WEEK = 7
_ROUNDING = 1e-12
_MOST = 0.95
"""No week is ever certain: the numbers of a table are rates, and a product of rates may pass one."""


def chances(hazards: Iterable[float]) -> list[float]:
    """The chance of each week, from the chance of each week given that nothing came before it.

    >>> chances([0.5, 0.5])
    [0.5, 0.25]
    >>> chances([])
    []
    """
    still = 1.0
    found: list[float] = []
    for hazard in hazards:
        chance = still * min(hazard, _MOST)
        found.append(chance)
        still -= chance
    return found


def shortest_run(weekly: Sequence[float], share: float) -> tuple[int, int] | None:
    """The first and last week of the shortest run that holds a share, the earliest of equals. ``None`` without one.

    >>> shortest_run([0.1, 0.5, 0.3, 0.1], 0.8)
    (1, 2)
    >>> shortest_run([0.1, 0.1], 0.8) is None
    True
    """
    best: tuple[int, int] | None = None
    first, held, enough = 0, 0.0, share - _ROUNDING
    for last, chance in enumerate(weekly):
        held += chance
        while first < last and held - weekly[first] >= enough:
            held -= weekly[first]
            first += 1
        if held >= enough and (best is None or last - first < best[1] - best[0]):
            best = (first, last)
    return best
