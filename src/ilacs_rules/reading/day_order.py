"""Whether the days of a sheet are written in the order that its format names.

Read in another order, they are other days.

A single odd cell is a slip of its row. A whole sheet in the other order would be read wrongly
wherever both are possible.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading.days import DAY_FIRST
from ilacs_rules.reading.days_in_order import DAYS
from ilacs_rules.reading.matching import Matched
from ilacs_rules.reading.opening.sheet import Cell

__all__ = ["refuse_other_order"]

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})\b", re.ASCII)
_OF_SUBJECT = ("registered", "closed", "created", "abolished", "status_as_at")
_MONTHS = 12
_SURE = 5
"""So many cells of each kind are no accident: twelve days in thirty-one have a number that a month has too."""


def refuse_other_order(matched: Matched) -> None:
    """Refuse a sheet whose days stand in the other order than its format says, or of which a part was turned round.

    Raises:
        FileFormatError: with a day that shows it, and what to do.
    """
    month_first = any(pattern.startswith("MM/") for pattern in matched.form.days)
    if not month_first and not any(pattern.startswith("DD/") or pattern == DAY_FIRST for pattern in matched.form.days):
        return
    columns = [_seen(cells, month_first=month_first) for cells in _columns(matched)]
    seen = _Seen()
    for column in columns:
        seen.add(column)
    written, named = ("day", "month") if month_first else ("month", "day")
    # One odd cell alone in its column is a slip; so many that all agree are the column's own order.
    if seen.other > seen.named or any(each.other > each.named and each.other >= _SURE for each in columns):
        raise FileFormatError(
            f"has its days written {written} first, and '{matched.form.title}' writes the {named} first",
            field=matched.sheet.place, value=seen.example,
            expected=f"the {named} first; or a profile that names the order, which `ilacs-rules columns` makes",
        )  # fmt: skip
    if min(seen.low_dates, seen.named) >= _SURE and not seen.high_dates + seen.either + seen.other:
        raise FileFormatError(
            f"holds days that a spreadsheet program turned round: every cell that is a date has a day up to {_MONTHS}, "
            "and every later day is text",
            field=matched.sheet.place, value=seen.example,
            expected=f"the file as it was published, opened by a program that knows the {named} stands first",
        )  # fmt: skip


@dataclass(slots=True)
class _Seen:
    """How many cells could only be read in the order that is named, only in the other, or in either.

    ``low_dates`` and ``high_dates``: cells that are dates, with a day that could be a month, and with a later one.
    """

    named: int = 0
    other: int = 0
    either: int = 0
    low_dates: int = 0
    high_dates: int = 0
    example: str = ""

    def add(self, column: "_Seen") -> None:
        """Count a column's cells too."""
        self.example = self.example if self.other or not column.example else column.example
        self.named += column.named
        self.other += column.other
        self.either += column.either
        self.low_dates += column.low_dates
        self.high_dates += column.high_dates


def _seen(cells: Iterable[Cell], *, month_first: bool) -> _Seen:
    seen = _Seen()
    for cell in cells:
        if isinstance(cell, date):
            seen.low_dates += cell.day <= _MONTHS
            seen.high_dates += cell.day > _MONTHS
        elif isinstance(cell, str) and (found := _NUMBERS.match(cell.strip())):
            first, second = int(found[1]) > _MONTHS, int(found[2]) > _MONTHS
            other = (first if month_first else second) and first != second
            seen.either += not first and not second
            seen.other += other
            seen.named += first != second and not other
            seen.example = cell.strip() if other or not seen.example else seen.example
    return seen


def _columns(matched: Matched) -> Iterator[list[Cell]]:
    """The cells of each column of days."""
    places = {place for name in _OF_SUBJECT for place in matched.columns.get(name, ())}
    places |= {group.columns[name] for group in matched.groups for name in DAYS if name in group.columns}
    for place in sorted(places):
        yield [row[place] for row in matched.sheet.rows[matched.header + 1 :] if place < len(row)]
