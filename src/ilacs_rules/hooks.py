"""How a value offers a method whose work is done in a room above, without importing from there.

``Answer.why_not`` and ``Rulebook.amend`` are such methods: people look for them on the value, and what they do needs
rooms that are built on it. The value's room declares a hook and calls what hangs on it; the package's face, which may
know every room, says where that is found. Nothing is imported before the method is first called.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Hook"]

Work = TypeVar("Work", bound=Callable[..., object])


class Hook(Generic[Work]):
    """A place for one function of a room above.

    >>> shout: Hook[Callable[[str], str]] = Hook()
    >>> shout.found_by(lambda: str.upper)
    >>> shout.work("yes")
    'YES'
    """

    def __init__(self) -> None:
        self._find: Callable[[], Work] | None = None

    def found_by(self, find: Callable[[], Work]) -> None:
        """Say how the function is found when it is first needed."""
        self._find = find

    @property
    def work(self) -> Work:
        """The function itself."""
        assert self._find is not None  # the face of the package is imported before any room of it
        return self._find()
