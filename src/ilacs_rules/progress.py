"""How far the work has come, on a terminal, where it takes longer than about two seconds: the only progress bar."""

import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

__all__ = ["watched"]

AnyItem = TypeVar("AnyItem")

_PATIENCE = 2.0
_WIDTH = 30


def watched(
    items: Iterable[AnyItem],
    total: int,
    counts: Callable[[AnyItem], int],
    *,
    what: str = "subjects",
    begun: float | None = None,
) -> Iterator[AnyItem]:
    """The same items; on a terminal, a bar shows how much of ``total`` has been gone through.

    Args:
        what: what is counted.
        begun: when the work began (``time.monotonic``), where something came before the first item.

    >>> list(watched(["a", "b"], 2, len))
    ['a', 'b']
    >>> list(watched([], 0, len))
    []
    """
    if not sys.stderr.isatty():
        yield from items
        return
    bar, done = _Bar(total, what, monotonic() if begun is None else begun), 0
    bar.show(done)
    try:
        for item in items:
            yield item
            done += counts(item)
            bar.show(done)
    finally:
        bar.wipe()


class _Bar:
    """A line of a terminal that is written anew, and wiped away at the end."""

    def __init__(self, total: int, what: str, begun: float) -> None:
        self.total, self.what, self.begun, self.line = total, what, begun, ""

    def show(self, done: int) -> None:
        if monotonic() - self.begun <= _PATIENCE:
            return
        share = min(1.0, done / self.total) if self.total else 1.0
        full = round(share * _WIDTH)
        self.line = f"[{'#' * full}{' ' * (_WIDTH - full)}] {share:4.0%} of {self.total:,} {self.what}"
        sys.stderr.write(f"\r{self.line}")
        sys.stderr.flush()

    def wipe(self) -> None:
        if self.line:
            sys.stderr.write("\r" + " " * len(self.line) + "\r")
            sys.stderr.flush()
