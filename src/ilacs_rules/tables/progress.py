"""How far the work has come, on a terminal, where it takes longer than about two seconds."""

import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

__all__ = ["watched"]

AnyItem = TypeVar("AnyItem")

_PATIENCE = 2.0
_WIDTH = 30


def watched(items: Iterable[AnyItem], total: int, counts: Callable[[AnyItem], int]) -> Iterator[AnyItem]:
    """The same items; on a terminal, a bar shows how much of ``total`` has been gone through.

    >>> list(watched(["a", "b"], 2, len))
    ['a', 'b']
    >>> list(watched([], 0, len))
    []
    """
    if not sys.stderr.isatty():
        yield from items
        return
    begun, done, shown = monotonic(), 0, False
    for item in items:
        yield item
        done += counts(item)
        if monotonic() - begun > _PATIENCE:
            shown = True
            sys.stderr.write(f"\r{_bar(done, total)}")
            sys.stderr.flush()
    if shown:
        sys.stderr.write("\r" + " " * len(_bar(total, total)) + "\r")


def _bar(done: int, total: int) -> str:
    share = min(1.0, done / total) if total else 1.0
    full = round(share * _WIDTH)
    return f"[{'#' * full}{' ' * (_WIDTH - full)}] {share:4.0%} of {total:,} subjects"
