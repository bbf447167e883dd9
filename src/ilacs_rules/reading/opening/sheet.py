"""A sheet of cells: what a CSV file is, and what a workbook has several of. No meaning yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["Cell", "Sheet", "shown"]

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
