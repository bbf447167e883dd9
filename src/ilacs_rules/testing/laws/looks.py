"""Which activities a fact looks at, read from its declaration and listed nowhere else."""

from collections.abc import Iterator
from typing import cast

from ilacs_rules.situation import FACTS
from ilacs_rules.vocabulary import Activity

__all__ = ["kinds_of_fact"]


def kinds_of_fact(name: str) -> frozenset[Activity]:
    """The activities that a fact's declaration names; none for the day asked about.

    >>> sorted(kinds_of_fact("last_jtai"))
    [<Activity.JTAI: 'jtai'>]
    >>> kinds_of_fact("as_of")
    frozenset()
    """
    return frozenset(_named_in(FACTS[name].reading)) if name in FACTS else frozenset()


def _named_in(declared: object) -> Iterator[Activity]:
    """Every activity that stands anywhere in a declaration: readings are tuples of tuples and sets."""
    if isinstance(declared, Activity):
        yield declared
    elif isinstance(declared, tuple | frozenset):
        for part in cast("tuple[object, ...]", declared):
            yield from _named_in(part)
