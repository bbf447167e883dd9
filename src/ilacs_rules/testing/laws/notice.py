"""How long a notice is, where its words say so.

A rule gives notice in the framework's own words. Most begin with a length of time. What does not ("not stated in any
text seen", "case by case") has no length here, and no law looks at it.
"""

import re
from datetime import date

from ilacs_rules.dates import WorkingDays, add_days

__all__ = ["earliest_start", "length"]

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LENGTH = re.compile(rf"(?:up to |contact about )?({'|'.join(_COUNTS)}|\d+) (working days?|days?|hours?)\b")
_ON_THE_DAY = "by telephone at least one hour before arrival"
_MONDAY = "a call on a Monday; fieldwork begins the Monday after"
_NONE = "none"
_NEXT_DAY = "none: a call on the first day, inspectors on site the next"


def length(notice: str) -> tuple[int, str] | None:
    """The count and the unit (``day``, ``working day`` or ``Monday``) of a notice; ``None`` where it names no length.

    A notice of hours, or none at all, is one of 0 days.

    >>> length("two working days; a call by 9.30am"), length("up to five working days"), length("ten days")
    ((2, 'working day'), (5, 'working day'), (10, 'day'))
    >>> length("none: unannounced"), length("a call on a Monday; fieldwork begins the Monday after")
    ((0, 'day'), (1, 'Monday'))
    >>> length("some; how long is not stated in any text seen") is None
    True
    """
    if notice == _MONDAY:
        return 1, "Monday"
    if notice == _NEXT_DAY:
        return 1, "day"
    match = _LENGTH.match(notice)
    if match is None:
        return (0, "day") if notice.startswith((_NONE, _ON_THE_DAY)) else None
    word, unit = match.groups()
    count = _COUNTS.index(word) + 1 if word in _COUNTS else int(word)
    return (0, "day") if unit.startswith("hour") else (count, unit.removesuffix("s"))


def earliest_start(notice: str, given: date, working_days: WorkingDays) -> date | None:
    """The first day on which an activity can begin whose notice is given on a day or, for a Monday call, soon after.

    >>> from ilacs_rules import load_rulebook
    >>> days = load_rulebook().working_days
    >>> earliest_start("two working days", date(2024, 3, 28), days)  # Good Friday and Easter Monday come between
    datetime.date(2024, 4, 3)
    >>> earliest_start("a call on a Monday; fieldwork begins the Monday after", date(2024, 4, 3), days)
    datetime.date(2024, 4, 15)
    >>> earliest_start("some; how long is not stated in any text seen", date(2024, 4, 3), days) is None
    True
    """
    found = length(notice)
    if found is None:
        return None
    count, unit = found
    if unit == "Monday":
        return add_days(given, 7 * count + (-given.weekday()) % 7)
    return working_days.add(given, count) if unit == "working day" and count else add_days(given, count)
