"""Python's search for cycles of objects, put off while many small values are made that form none."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

__all__ = ["cycles_left_alone"]

_lock = Lock()
_inside: list[bool] = []
"""Whether the search was on before, for each that is within."""


@contextmanager
def cycles_left_alone() -> Generator[None, None, None]:
    """Within this block Python does not search for cycles; afterwards it does, if it did before.

    Each search goes over all that a program holds: it is a third of the time that a file of 20,000 rows takes.

    >>> import gc
    >>> with cycles_left_alone():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    with _lock:
        _inside.append(gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            # What the first who came saw is taken out by the last who leaves.
            was_on = _inside.pop()
            if not _inside and was_on:
                _let_grow_old()
                gc.enable()


def _let_grow_old() -> None:
    """Count all that was made as old: else the first search goes over all of it, as long as the reading itself took.

    What a program has frozen of its own would be thawed too: then the search is let go its way.
    """
    if hasattr(gc, "freeze") and not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
