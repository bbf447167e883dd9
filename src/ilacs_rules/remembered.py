"""What was worked out from a text and is kept: for few texts, and for short ones alone.

A cache that counts only how many texts it keeps can be filled with long ones. 4,096 cells of a megabyte take four
gigabytes, which are never freed. Words, names and expressions are short; a long text is worked out each time.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

__all__ = ["LONGEST", "remembered"]

LONGEST = 300
"""So many characters has the longest text of which anything is kept; so many items the longest tuple."""
_LONG = (str, tuple)
Given = ParamSpec("Given")
Found = TypeVar("Found")


def remembered(most: int) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """Keep what a function found for the last ``most`` calls whose texts and tuples are short.

    >>> tried = []
    >>> @remembered(2)
    ... def length(text):
    ...     tried.append(text[:3])
    ...     return len(text)
    >>> length("abc"), length("abc"), length("x" * 1000), length("x" * 1000)
    (3, 3, 1000, 1000)
    >>> tried
    ['abc', 'xxx', 'xxx']
    """

    def keeping(function: Callable[Given, Found]) -> Callable[Given, Found]:
        kept = lru_cache(maxsize=most)(function)

        @wraps(function)
        def found(*given: Given.args, **named: Given.kwargs) -> Found:
            for one in given:
                if isinstance(one, _LONG) and len(cast("str", one)) > LONGEST:
                    return function(*given, **named)
            return kept(*given, **named)  # type: ignore[arg-type]

        return found

    return keeping
