"""Rows at the foot of a table that are about nobody: totals, notes and sources."""

import re
from collections.abc import Sequence

from ilacs_rules.reading.opening.sheet import Cell, Sheet, shown
from ilacs_rules.reading.spelling import is_number

__all__ = ["foot_of", "is_note"]

_TOTAL = re.compile(r"(?:grand |sub[- ]?)?totals?\b\W*", re.IGNORECASE)
_COUNT = re.compile(r"[\d.,%]+(?: \w+)?")
"""A sum, with or without what was counted."""
_NOTE = re.compile(
    r"(?:notes?|sources?|key|end of (?:table|worksheet|data))\b.*|[*\u2020].*|[\[(]?(?:note )?\d{1,2}[.)\]]\s.*",
    re.IGNORECASE | re.DOTALL,
)
_NARROW = 3
"""In a table of so few columns, a row with one cell may well be about somebody."""


def is_note(cells: Sequence[Cell]) -> bool:
    """Whether a row is a total, a note or a source by its own words.

    >>> is_note(["Total", "", "12"]), is_note(["Note: to March only", "", ""]), is_note(["Total Care Ltd", "", ""])
    (True, True, False)
    >>> is_note(["Total", "9 visits"]), is_note(["Total", "Full inspection"])
    (True, False)
    """
    filled = [text for cell in cells if (text := shown(cell))]
    if not filled:
        return False
    if len(filled) == 1:
        return bool(_NOTE.fullmatch(filled[0]) or _TOTAL.fullmatch(filled[0]))
    return bool(_TOTAL.fullmatch(filled[0])) and all(map(_COUNT.fullmatch, filled[1:]))


def foot_of(sheet: Sheet, header: int) -> int:
    """The place of the first row of a sheet's foot: of the notes and totals that stand below its last row of data."""
    place, width = len(sheet.rows), len(sheet.rows[header])
    while place > header + 1 and _may_be_foot(sheet.rows[place - 1], width):
        place -= 1
    return place


def _may_be_foot(cells: Sequence[Cell], width: int) -> bool:
    if is_note(cells):
        return True
    filled = [text for cell in cells if (text := shown(cell))]
    return len(filled) == 1 and len(cells) == width > _NARROW and not is_number(filled[0])
