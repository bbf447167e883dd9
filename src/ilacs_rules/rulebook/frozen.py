"""What trees and expressions are: values that cannot be changed once they are made, and cost nothing to read."""

from typing import NoReturn

__all__ = ["Frozen"]


class Frozen:
    """A value of slots, filled once by ``_fill`` and never changed.

    >>> class Point(Frozen):
    ...     __slots__ = ("x",)
    ...     def __init__(self, x: int) -> None:
    ...         self._fill(x=x)
    >>> point = Point(3)
    >>> point.x = 4
    Traceback (most recent call last):
    AttributeError: Point.x cannot be changed
    """

    __slots__ = ()

    def _fill(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")
