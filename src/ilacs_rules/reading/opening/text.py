"""From bytes to text, and from text to the rows of a sheet: encodings, separators, empty rows and cut-off ends."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from ilacs_rules import files
from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading.opening.sheet import Sheet

__all__ = ["decode", "sheet_of_text"]

_SEPARATORS = ",;\t|"
_LOOKED_AT = 20
"""So many lines are looked at to tell which sign separates the cells."""
_BLANK = " \t\r\n,;|"


def decode(data: bytes, name: str, *, fallback: bool) -> tuple[str, bool]:
    """The text, and whether its encoding had to be assumed: UTF-8 or UTF-16 with its mark, else Windows-1252.

    Raises:
        FileFormatError: it is empty, is not text, or ends in the middle of a letter.

    >>> decode("Sûreté".encode("cp1252"), "a file", fallback=True)
    ('Sûreté', True)
    >>> decode("Sûreté".encode()[:-1], "a file", fallback=True)
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: a file: ends within a letter (expected the whole file, not cut off)
    """
    if not data.strip(b" \t\r\n" + BOM_UTF8):
        raise FileFormatError("is empty", field=name, expected="a header and rows, or subjects as JSON")
    if fallback and not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            data.decode()
        except UnicodeDecodeError as error:
            # A letter that lacks its last bytes is a file that was cut off, not another encoding.
            if error.end == len(data) and error.reason == "unexpected end of data":
                raise FileFormatError(
                    "ends within a letter", field=name, expected="the whole file, not cut off"
                ) from None
    return files.decode(data, name, fallback=fallback)


def sheet_of_text(text: str, name: str) -> Sheet:
    r"""The rows of a CSV file, whichever sign separates its cells; rows with nothing in them are no rows.

    Raises:
        FileFormatError: a quotation mark never closes, or stands where none can.

    >>> sheet_of_text("URN;Name\n1;A\n\n2;B\n", "a.csv")
    Sheet(file='a.csv', name='', lines=[1, 2, 4], rows=[['URN', 'Name'], ['1', 'A'], ['2', 'B']], cut_off=False)
    >>> sheet_of_text('URN,Name\n1,"A', "a.csv")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: a.csv: line 2: a quotation mark opens and is never closed ...
    """
    said = text[4:5] if text[:4].casefold() == "sep=" else ""
    separator = said or _separator(text)
    lines: list[int] = []
    rows: list[list[str]] = []
    # Ten million empty rows at the end of a file are nothing, and cost nothing.
    ends = len(text.rstrip(_BLANK))
    for line, cells in _strictly(text[:ends] + _rest_of_line(text, ends), name, separator):
        if any(cells):
            lines.append(line)
            rows.append(cells)
    if said:
        del lines[0], rows[0]
    return Sheet(name, "", lines, rows, cut_off=not text.endswith(("\n", "\r")))


def _rest_of_line(text: str, ends: int) -> str:
    """What follows the last sign on its own line: the empty cells that belong to it."""
    places = [place for sign in "\r\n" if (place := text.find(sign, ends)) >= 0]
    return text[ends : min(places)] if places else text[ends:]


def _separator(text: str) -> str:
    """The sign that divides the most lines, and of equals makes the most cells in one; else a comma."""
    beginning = text[: 1 << 18]

    def most(separator: str) -> tuple[int, int]:
        try:
            rows = islice(csv.reader(StringIO(beginning, newline=""), delimiter=separator), _LOOKED_AT)
            filled = [sum(map(bool, row)) for row in rows]
        except csv.Error:
            return 0, 0
        return sum(count > 1 for count in filled), max(filled, default=0)

    return max(_SEPARATORS, key=most)


def _strictly(text: str, name: str, separator: str) -> Iterator[files.Record]:
    try:
        yield from files.records(text, name, separator=separator)
    except FileFormatError as error:
        if "unexpected end" in error.problem:
            problem, expected = "a quotation mark opens and is never closed", "the whole file, not cut off"
        elif "expected after" in error.problem:
            problem = "there is text after a closing quotation mark"
            expected = "every quotation mark inside a cell written twice"
        else:
            raise
        raise FileFormatError(problem, field=error.field, expected=expected) from None
