"""What a column's name means: only names that have one meaning, and never one that is merely spelt alike."""

from collections.abc import Mapping
from functools import cache

from ilacs_rules.reading.matching import as_name
from ilacs_rules.reading.words import written_words

__all__ = ["column_names", "field_of_name", "names_alone"]


@cache
def column_names() -> Mapping[str, str]:
    """The fields that names of columns mean, by the name as names are compared."""
    written: dict[str, list[str]] = written_words()["column"]
    return {as_name(name): field for field, names in written.items() for name in names}


@cache
def names_alone() -> Mapping[str, str]:
    """The fields that names of columns mean where no other column could be the same, by the name as compared."""
    written: dict[str, list[str]] = written_words()["column_alone"]
    return {as_name(name): field for field, names in written.items() for name in names}


def field_of_name(name: str) -> str:
    """The field that a column of some name is; empty where the name has no meaning, or more than one.

    >>> field_of_name("Inspection start date"), field_of_name("Last day on site"), field_of_name("Publication date")
    ('started', 'ended', 'published')
    >>> field_of_name("Report date"), field_of_name("Date"), field_of_name("Inspection stat date")
    ('', '', '')
    """
    return column_names().get(as_name(name), "")
