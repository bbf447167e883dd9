"""What a caller hands to a function, taken as what the function needs or refused by name."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TypeVar, cast

from ilacs_rules.errors import RecordError

__all__ = ["instance", "items", "one_of"]

Kind = TypeVar("Kind")
Word = TypeVar("Word", bound=Hashable)


def instance(given: object, kind: type[Kind], field: str, *, called: str, expected: str) -> Kind:
    """The same value, once it is sure to be of a class.

    >>> instance(5, str, "name", called="text", expected="a name")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: name: is not text (found 5; expected a name)
    """
    if not isinstance(given, kind):
        raise RecordError(f"is not {called}", field=field, value=given, expected=expected)
    return given


def items(
    given: object, field: str, expected: str, problem: str = "is not a list or other collection"
) -> tuple[object, ...]:
    """Everything in a collection.

    Text is not a collection. Nor is something that claims to be one but cannot be gone through.

    >>> items(iter([1, 2]), "days", "a list of days")
    (1, 2)
    >>> items("2024-05-01", "days", "a list of days")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: days: is not a list or other collection (found '2024-05-01'; expected ...
    """
    if isinstance(given, Iterable) and not isinstance(given, str | bytes | bytearray | memoryview | Mapping):
        found: Iterator[object] | None = None
        # What a caller's own generator raises on its way passes: it is the caller's. What cannot begin is refused.
        with suppress(TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RuntimeError):
            found = iter(cast("Iterable[object]", given))
        if found is not None:
            return tuple(found)
    raise RecordError(problem, field=field, value=cast("object", given), expected=expected)


def one_of(given: object, known: Iterable[Word]) -> Word | None:
    """The known word that was given; ``None`` for anything else, of whatever class.

    >>> one_of("good", ["good", "inadequate"]), one_of(["good"], ["good"])
    ('good', None)
    """
    if not isinstance(given, str):
        return None
    return next((word for word in known if word == given), None)
