"""Functions of a day over whole columns: each is looked up in a table that was made by the one definition of it.

Nothing here adds dates. Over the days that occur in a column, the function itself (``dates.add_months``, a date
expression of the rulebook) is asked once for each day, and a column is then a matter of looking up.
"""

from collections.abc import Callable
from datetime import date

import numpy as np

from ilacs_rules.tables.words import Days

__all__ = ["over"]

_SPAN = 366
"""Tables grow by whole years, so that they are seldom made anew."""
_NOT_ASKED = -1


class _Table:
    """The values of one function for the days that have occurred, all of which lie from ``low`` to ``high``."""

    __slots__ = ("_function", "_high", "_low", "_values")

    def __init__(self, function: Callable[[date], date | None]) -> None:
        self._function = function
        self._low, self._high = 1, 0
        self._values: Days = np.zeros(1, np.int32)

    def __call__(self, days: Days) -> Days:
        if not days.size:
            return days
        # An unknown day is 0: seen without a sign and one lower, it is the greatest of all.
        low, high = int((days - 1).view(np.uint32).min()) + 1, int(days.max())
        if high < 1:
            return days
        if low < self._low or high > self._high:
            self._grow(low, high)
        found: Days = self._values.take(days - (self._low - 1), mode="clip")
        new = found == _NOT_ASKED
        if new.any():
            self._ask(np.unique(days[new]))
            found = self._values.take(days - (self._low - 1), mode="clip")
        return found

    def _grow(self, low: int, high: int) -> None:
        """Make room for more days; what has been asked is kept, and 0 stays 0."""
        asked, begins, count = self._values[1:], self._low, len(self._values) - 1
        self._low = max(1, (min(low, begins) if count else low) - _SPAN)
        self._high = min(date.max.toordinal(), max(high, self._high) + _SPAN)
        self._values = np.full(self._high - self._low + 2, _NOT_ASKED, np.int32)
        self._values[0] = 0
        self._values[begins - self._low + 1 : begins - self._low + 1 + count] = asked

    def _ask(self, days: Days) -> None:
        for day in days.tolist():
            found = self._function(date.fromordinal(day))
            self._values[day - self._low + 1] = found.toordinal() if found else 0


_TABLES: dict[object, _Table] = {}


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
        table = _TABLES[key] = _Table(function)
    return table(days)
