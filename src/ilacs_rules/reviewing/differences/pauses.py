"""Suspensions as two rulebooks are held against each other: how they stand on a day, without going through them all."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import pairwise

from ilacs_rules.rulebook import Suspension

__all__ = ["Pauses"]


class Pauses:
    """The suspensions of one track, asked about one day after another: a rulebook may have thousands.

    >>> from ilacs_rules import load_rulebook
    >>> pauses = Pauses(load_rulebook().suspensions)
    >>> one, other = (pauses.on(date(2019, 1, day)) for day in (1, 2))
    >>> one == other == (False, False, Pauses(()).on(date(2019, 1, 1))[2])
    True
    """

    def __init__(self, pauses: Sequence[Suspension]) -> None:
        self._off = _Stretches(pause for pause in pauses if not pause.where_possible)
        self._eased = _Stretches(pause for pause in pauses if pause.where_possible)
        self._lasts = [pause.last for pause in pauses]
        self._days = [(pause.first, pause.last) for pause in pauses]
        # Mostly they stand in the order in which they ended; then those that had ended by a day are the first so many.
        in_order = all(one <= other for one, other in pairwise(self._lasts))
        self._told = [b"", *_digests(self._days)] if in_order else None

    def on(self, day: date) -> tuple[bool, bool, bytes]:
        """Whether something is suspended on a day, or eased; and all that had ended by then, in a few bytes."""
        return self._off.hold(day), self._eased.hold(day), self._ended(day)

    def _ended(self, day: date) -> bytes:
        if self._told is not None:
            return self._told[bisect_left(self._lasts, day)]
        return [b"", *_digests(each for each in self._days if each[1] < day)][-1]


class _Stretches:
    """Some suspensions, of which it is only asked whether any holds on a day."""

    def __init__(self, pauses: Iterable[Suspension]) -> None:
        each = tuple(pauses)
        self._firsts, self._lasts = (sorted(days) for days in ((p.first for p in each), (p.last for p in each)))

    def hold(self, day: date) -> bool:
        return bisect_right(self._firsts, day) > bisect_left(self._lasts, day)


def _digests(days: Iterable[tuple[date, date]]) -> Iterator[bytes]:
    """After each of some suspensions, what stands for it and all before it, in their order."""
    told = sha256()
    for first, last in days:
        told.update(f"{first} {last};".encode())
        yield told.digest()
