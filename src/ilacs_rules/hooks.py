"""How a value offers a method whose work is done in a room above, without importing from there.

``Answer.why_not`` and ``Rulebook.amend`` are such methods: people look for them on the value, and what they do needs
rooms that are built on it. The value's room declares a hook and calls what hangs on it; the package's face, which may
know every room, says where that is found. Nothing is imported before the method is first called.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Generic, TypeVar

__all__ = ["Hook"]

Work = TypeVar("Work", bound=Callable[..., object])


class Hook(Generic[Work]):
    """A place for one function of a room above.

    >>> dumped: Hook[Callable[[object], str]] = Hook()
    >>> dumped.found_in("json", "dumps")
    >>> dumped.work(None)
    'null'
    """

    def __init__(self) -> None:
        self._place = ("", "")

    def found_in(self, module: str, name: str) -> None:
        """Say where the function is found when it is first needed."""
        self._place = module, name

    @property
    def work(self) -> Work:
        """The function itself."""
        module, name = self._place
        function: Work = getattr(import_module(module), name)
        return function
