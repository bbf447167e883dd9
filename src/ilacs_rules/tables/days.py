"""Functions of a day over whole columns: each is looked up in a table that was made by the one definition of it.

Nothing here adds dates. The function itself (``dates.add_months``, or a date expression of the rulebook) is asked once
for each day that occurs in a column. After that, the days are looked up.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import numpy as np

from ilacs_rules.tables.words import Days

__all__ = ["over"]

_SPAN = 366
"""Tables grow by whole years, so that they are seldom made anew."""
_NOT_ASKED = -1


class _Known(NamedTuple):
    """What has been asked so far: after one entry for "not known", an entry for each day from ``low`` on."""

    low: int
    values: Days

    @property
    def high(self) -> int:
        return self.low + len(self.values) - 2

    def of(self, days: Days) -> Days:
        """The value of each day, all of which there is room for; 0 stays 0."""
        found: Days = self.values.take(days - (self.low - 1), mode="clip")
        return found

    def with_room(self, low: int, high: int) -> "_Known":
        """The same with room for more days; what has been asked is kept."""
        count = len(self.values) - 1
        least = max(1, (min(low, self.low) if count else low) - _SPAN)
        most = min(date.max.toordinal(), max(high, self.high) + _SPAN)
        values = np.full(most - least + 2, _NOT_ASKED, np.int32)
        values[0] = 0
        values[self.low - least + 1 : self.low - least + 1 + count] = self.values[1:]
        return _Known(least, values)


class _Table:
    """The values of one function for the days that have occurred.

    What is known is one value, which is replaced as a whole. Threads that ask at once may ask for a day twice, but none
    ever reads a table that another is changing.
    """

    __slots__ = ("_function", "_known")

    def __init__(self, function: Callable[[date], date | None]) -> None:
        self._function = function
        self._known = _Known(1, np.zeros(1, np.int32))

    def __call__(self, days: Days) -> Days:
        if not days.size:
            return days
        # An unknown day is 0: seen without a sign and one lower, it is the greatest of all.
        low, high = int((days - 1).view(np.uint32).min()) + 1, int(days.max())
        if high < 1:
            return days
        known = self._known
        if low < known.low or high > known.high:
            known = self._known = known.with_room(low, high)
        found = known.of(days)
        new = found == _NOT_ASKED
        if new.any():
            self._ask(known, np.unique(days[new]))
            found = known.of(days)
        return found

    def _ask(self, known: _Known, days: Days) -> None:
        for day in days.tolist():
            found = self._function(date.fromordinal(day))
            known.values[day - known.low + 1] = found.toordinal() if found else 0


_TABLES: dict[object, _Table] = {}
_MOST_TABLES = 4096
"""A program that loads one rulebook after another asks for ever new expressions: the oldest tables are let go."""


def over(key: object, function: Callable[[date], date | None], days: Days) -> Days:
    """A function of one day over a column; what is not known stays not known. ``key`` names the function.

    >>> from ilacs_rules.dates import add_months
    >>> column = np.array([date(2024, 3, 31).toordinal(), 0], dtype=np.int32)
    >>> found = over("six months later", lambda day: add_months(day, 6), column)
    >>> date.fromordinal(found[0]), int(found[1])
    (datetime.date(2024, 9, 30), 0)
    >>> over("six months later", lambda day: add_months(day, 6), column[:0]).size
    0
    """
    table = _TABLES.get(key)
    if table is None:
        while len(_TABLES) >= _MOST_TABLES:
            _TABLES.pop(next(iter(_TABLES), None), None)
        table = _TABLES[key] = _Table(function)
    return table(days)
