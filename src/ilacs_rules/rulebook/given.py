"""The rulebook that a caller hands to a function: the shipped one where none is given, and never for anything else."""

from ilacs_rules.errors import RecordError
from ilacs_rules.rulebook.book import Rulebook
from ilacs_rules.rulebook.loader import load_rulebook

__all__ = ["book_given"]


def book_given(given: object, field: str = "rulebook") -> Rulebook:
    """The rulebook itself, or the shipped one for ``None``.

    >>> book_given(None) is load_rulebook()
    True
    >>> book_given("")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: rulebook: is not a rulebook (found ''; expected a Rulebook, or None)
    """
    if given is None:
        return load_rulebook()
    if not isinstance(given, Rulebook):
        raise RecordError("is not a rulebook", field=field, value=given, expected="a Rulebook, or None")
    return given
