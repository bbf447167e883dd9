"""Cells of workbooks that hold an error of the spreadsheet, such as ``#N/A``: calamine gives them as empty."""

import re
from typing import TypeAlias

__all__ = ["ERRORS", "Errors", "errors_of_ods", "errors_of_xlsx", "number_of"]

Errors: TypeAlias = dict[tuple[int, int], str]
"""The cells of a sheet that hold an error: by row, from 1, and place, from 0."""

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""Each error by its code in old workbooks (MS-XLS 2.5.10)."""
_IN_XLSX = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_WORDS = "|".join(re.escape(word) for word in ERRORS.values())
_IN_ODS = re.compile(rf"<text:p[^>]*>(?:<text:span[^>]*>)?({_WORDS}|Err:\d{{3}})<".encode())
_ODS_ERROR = b'calcext:value-type="error"'
_ODS_PART = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,9})"')


def errors_of_xlsx(text: bytes) -> Errors:
    """The cells of a sheet of XLSX that hold an error.

    >>> errors_of_xlsx(b'<c r="B3" t="e"><v>#N/A</v></c>')
    {(3, 1): '#N/A'}
    """
    if b't="e"' not in text:
        return {}
    return {(int(row), number_of(column) - 1): says.decode() for column, row, says in _IN_XLSX.findall(text)}


def errors_of_ods(text: bytes) -> Errors:
    """The cells of a sheet of ODS that hold an error: by its mark, or by what the cell shows.

    >>> row = b'<table:table-row><table:table-cell/><table:table-cell><text:p>#REF!</text:p></table:table-cell>'
    >>> errors_of_ods(b'<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>' + row)
    {(3, 1): '#REF!'}
    """
    if _ODS_ERROR not in text and not _IN_ODS.search(text):
        return {}
    found: Errors = {}
    line, rows, place = 1, 0, 0
    parts = list(_ODS_PART.finditer(text))
    ends = [part.start() for part in parts[1:]] + [len(text)]
    for part, end in zip(parts, ends, strict=False):
        repeated = int(again[1]) if (again := _REPEATED.search(part[2])) else 1
        if part[1] == b"table-row":
            line, rows, place = line + rows, repeated, 0
            continue
        shows = _IN_ODS.search(text, part.end(), end)
        if shows or _ODS_ERROR in part[2]:
            says = shows[1].decode() if shows else "#ERROR!"
            found |= {(line, place + number): says for number in range(min(repeated, _MOST))}
        place += repeated
    return found


_MOST = 1000
"""So many cells beside one another with one and the same error are told apart."""


def number_of(column: bytes) -> int:
    """The number of a column: 1 for A.

    >>> number_of(b"A"), number_of(b"AB")
    (1, 28)
    """
    number = 0
    for sign in column:
        number = number * 26 + sign - 64
    return number
