"""Timing in turns: every contestant once in each round, so that what else the machine does falls on all alike."""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Figure(NamedTuple):
    """The median time of one decision, in microseconds."""

    name: str
    each: float


def in_turns(
    work: Mapping[str, tuple[Callable[[], object], int]],
    rounds: int,
    before: Mapping[str, Callable[[], object]] | None = None,
) -> list[Figure]:
    """Each piece of work once a round, in turn; ``work`` says how many decisions one call makes.

    ``before``: what is done before the clock starts. The clock counts this thread's own time, so that what other
    processes do on the same core is left out.
    """
    spent: dict[str, list[float]] = {name: [] for name in work}
    ready = before or {}
    for name, (call, _) in work.items():
        ready.get(name, _nothing)()
        call()
    for _ in range(rounds):
        for name, (call, decisions) in work.items():
            ready.get(name, _nothing)()
            gc.collect()
            start = time.thread_time()
            call()
            spent[name].append((time.thread_time() - start) / decisions * 1e6)
    return [Figure(name, statistics.median(times)) for name, times in spent.items()]


def _nothing() -> None:
    """Nothing has to be done before the clock starts."""


def table(title: str, figures: list[Figure], ours: str) -> None:
    """Print the figures, with each as a ratio to ours."""
    mine = next(figure.each for figure in figures if figure.name == ours)
    print(f"\n## {title}\n\n| who | µs for one | a second | times ours |\n|---|---|---|---|")
    for name, each in sorted(figures, key=lambda figure: figure.each):
        who = f"**{name}**" if name == ours else name
        print(f"| {who} | {each:.3g} | {1e6 / each:,.0f} | {each / mine:.2f} |")
