"""The outlook as an Excel workbook: real dates, filters, and text that can never be a formula."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import accumulate
from textwrap import wrap
from typing import Any

from ilacs_rules.outlook.frames import needed
from ilacs_rules.outlook.groups import GROUPS, Group
from ilacs_rules.outlook.sheets import Cell, Sheet, sheets
from ilacs_rules.outlook.summary import title_of
from ilacs_rules.outlook.value import Seen
from ilacs_rules.plain_text import for_spreadsheet, lines_for_terminal

__all__ = ["to_xlsx"]

_MOST = 32_767
"""So many signs fit into a cell."""
_PAPER = 190
"""So many signs across can be read on a sheet of A4; the columns beyond them are for the screen alone."""
_LINE = 13
"""The height of a line, in points."""
_COLOURS = {Group.PASSED: "#F6D7D2", Group.DAYS_30: "#FFF2CC", Group.UNDER_WAY: "#D8E8F5"}


def to_xlsx(outlook: Seen) -> bytes:
    """The outlook as an Excel workbook.

    Raises:
        MissingExtraError: XlsxWriter is not installed.

    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="=1+1", registered=date(2024, 1, 31))
    >>> to_xlsx(ir.outlook(home, as_of=date(2024, 3, 20)))[:2]
    b'PK'
    """
    xlsxwriter = needed("xlsxwriter", "outlook")
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title_of(outlook), "created": datetime.combine(outlook.as_of, time.min)})
    styles = _Styles(book)
    for sheet in sheets(outlook):
        _write(book.add_worksheet(sheet.name), sheet, styles)
    book.close()
    return out.getvalue()


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        plain = {"valign": "top", "font_name": "Arial", "font_size": 10}
        self.head = book.add_format({**plain, "bold": True, "bottom": 1, "bg_color": "#F3F2F1", "text_wrap": True})
        self.text = book.add_format(plain)
        self.wrapped = book.add_format({**plain, "text_wrap": True})
        self.day = book.add_format({**plain, "num_format": "d mmm yyyy", "align": "left"})
        self.number = book.add_format({**plain, "align": "left"})
        self.share = book.add_format({**plain, "align": "left", "num_format": "0%"})
        # With this, a text that looks like a formula stays text when somebody edits its cell.
        self.quoted = book.add_format({**plain, "quote_prefix": True})
        self.groups = {
            GROUPS[group].title: book.add_format({**plain, "bg_color": colour}) for group, colour in _COLOURS.items()
        }


def _write(page: Any, sheet: Sheet, styles: _Styles) -> None:
    # What stands on paper is broken into lines, so that nothing of it is cut off.
    printed = max(sum(width <= _PAPER for width in accumulate(width for _, width in sheet.columns)), 2)
    for column, (title, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, title, styles.head)
    for number, row in enumerate(sheet.rows, 1):
        lines = _lines_of(row[:printed], sheet.columns)
        if lines > 1:
            page.set_row(number, _LINE * lines + 2)
        for column, value in enumerate(row):
            _write_cell(page, (number, column), value, styles, wraps=column < printed)
    page.set_row(0, 30)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, max(len(sheet.rows), 1), printed - 1)


def _lines_of(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> int:
    """How many lines the longest text of a row takes: not every program works that out by itself."""
    return max(
        len(wrap(value, width)) if isinstance(value, str) and len(value) > width else 1
        for value, (_, width) in zip(row, columns, strict=False)
    )


def _write_cell(page: Any, place: tuple[int, int], value: Cell, styles: _Styles, *, wraps: bool) -> None:
    if isinstance(value, date):
        page.write_datetime(*place, value, styles.day)
    elif isinstance(value, float):
        page.write_number(*place, value, styles.share)
    elif isinstance(value, int):
        page.write_number(*place, value, styles.number)
    elif value:
        text = _fitting(lines_for_terminal(value))
        style = (
            styles.quoted
            if for_spreadsheet(text) != text
            else styles.groups.get(text, styles.wrapped if wraps else styles.text)
        )
        page.write_string(*place, text, style)


def _fitting(text: str) -> str:
    """A text that a cell can hold; what does not fit is said to be left out."""
    left_over = " … (the rest does not fit into a cell)"
    return text if len(text) <= _MOST else text[: _MOST - len(left_over)] + left_over
