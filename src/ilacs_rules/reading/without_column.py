"""Judgements for which a table has no column, though it has one for another: every entrance says it in these words."""

from collections.abc import Iterable

from ilacs_rules.reading.fields import JUDGED
from ilacs_rules.vocabulary import Area, in_words

__all__ = ["judgements_without_column"]

_COMMON = (Area.OVERALL, Area.LEADERS, Area.HELP_AND_PROTECTION)
"""What inspections of councils and of most providers alike judge."""


def judgements_without_column(columns: Iterable[str]) -> str:
    """What is to be said of the judgements that no column holds; empty where there is nothing to say.

    Of a table without any judgement, such as one of visits, nothing is.

    >>> judgements_without_column(["activity", "started", "overall", "leaders"])
    'judgements are in no column, so that no answer can rest on them: help and protection'
    >>> judgements_without_column(["activity", "started"])
    ''
    """
    there = set(columns)
    if not any(name in there for name in JUDGED if name != "effectiveness"):
        return ""
    lacks = ", ".join(in_words(area) for area in _COMMON if area not in there)
    return f"judgements are in no column, so that no answer can rest on them: {lacks}" if lacks else ""
