"""A sheet of cells: what a CSV file is, and what a workbook has several of. No meaning yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

__all__ = ["Cell", "Sheet", "shown", "with_whole_header"]

Cell: TypeAlias = Any
"""Text, a number, a date or an instant: as the file holds it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet, each with its number as a person counts it: from 1, empty rows and titles included.

    ``name`` is empty for a CSV file. ``cut_off`` says that the text of a CSV file ends within its last line.
    """

    file: str
    name: str
    lines: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    cut_off: bool = False

    @property
    def place(self) -> str:
        """What the sheet is called in a message.

        >>> Sheet("a.xlsx", "Visits", (), ()).place
        "a.xlsx, sheet 'Visits'"
        >>> Sheet("a.csv", "", (), ()).place
        'a.csv'
        """
        return f"{self.file}, sheet '{self.name}'" if self.name else self.file


def shown(cell: Cell) -> str:
    """A cell as text: a whole number without a point, a date as YYYY-MM-DD.

    >>> from datetime import date
    >>> shown(" 1027077 "), shown(1027077.0), shown(date(2024, 4, 9)), shown(None)
    ('1027077', '1027077', '2024-04-09', '')
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def with_whole_header(sheet: Sheet, place: int) -> Sheet:
    """The sheet with each name in its header whole, where the header takes two rows, the upper with merged cells.

    A cell that is empty has the name above it; of names that are there twice, each begins with what stands above it.
    A row with one text in it is a title and no part of the header.

    >>> upper, lower = ["Council", "Visit", "", "Inspection", ""], ["", "Day", "Kind", "Day", "Grade"]
    >>> with_whole_header(Sheet("", "", (1, 2), (upper, lower)), 1).rows[1]
    ('Council', 'Visit Day', 'Kind', 'Inspection Day', 'Grade')
    """
    if not place or sheet.lines[place] != sheet.lines[place - 1] + 1:
        return sheet
    above, here = sheet.rows[place - 1], sheet.rows[place]
    count = Counter(text for cell in here if (text := shown(cell)))
    if len(above) != len(here) or sum(isinstance(cell, str) and bool(cell.strip()) for cell in above) < 2:
        return sheet
    if all(map(shown, here)) and max(count.values()) == 1:
        return sheet
    whole: list[Cell] = []
    over = ""
    for upper, cell in zip(above, here, strict=True):
        over, text = shown(upper) or over, shown(cell)
        whole.append(shown(upper) if not text else f"{over} {text}".strip() if count[text] > 1 else cell)
    rows = [*sheet.rows[:place], tuple(whole), *sheet.rows[place + 1 :]]
    return replace(sheet, rows=rows)
