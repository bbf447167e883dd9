"""From bytes to text, and from text to rows: encodings, marks, separators and quotes, read strictly."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading.opening.sheet import Sheet

__all__ = ["decode", "sheet_of_text"]

_SEPARATORS = ",;\t|"
_LOOKED_AT = 20
"""So many lines are looked at to tell which sign separates the cells."""
_BLANK = " \t\r\n,;|"


def decode(data: bytes, name: str, *, fallback: bool) -> tuple[str, bool]:
    """The text, and whether its encoding had to be supposed: UTF-8 or UTF-16 with its mark, else Windows-1252.

    Raises:
        FileFormatError: it is no text, or ends within a letter.

    >>> decode("Sûreté".encode("cp1252"), "a file", fallback=True)
    ('Sûreté', True)
    >>> decode("Sûreté".encode("utf-8-sig"), "a file", fallback=True)
    ('Sûreté', False)
    """
    if not data.strip(b" \t\r\n" + BOM_UTF8):
        raise FileFormatError("is empty", field=name, expected="a header and rows, or subjects as JSON")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _decoded(data, "utf-16", name), False
    try:
        return _without_zeros(data.decode("utf-8-sig"), name), False
    except UnicodeDecodeError as error:
        # A letter that lacks its last bytes is a file that was cut off, not another encoding.
        if error.end == len(data) and error.reason == "unexpected end of data":
            raise FileFormatError("ends within a letter", field=name, expected="the whole file, not cut off") from None
    if not fallback:
        raise FileFormatError("is not text in UTF-8", field=name, expected="a text file in UTF-8")
    return _decoded(data, "cp1252", name), True


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return _without_zeros(data.decode(encoding), name)
    except UnicodeDecodeError:
        raise FileFormatError("is not text", field=name, expected="a text file in UTF-8") from None


def _without_zeros(text: str, name: str) -> str:
    if "\0" in text:
        raise FileFormatError("is not text", field=name, expected="a text file in UTF-8")
    return text


def sheet_of_text(text: str, name: str) -> Sheet:
    r"""The rows of a CSV file, whichever sign separates its cells; rows with nothing in them are no rows.

    Raises:
        FileFormatError: a quotation mark never closes, or stands where none can.

    >>> sheet_of_text("URN;Name\n1;A\n\n2;B\n", "a.csv")
    Sheet(file='a.csv', name='', lines=[1, 2, 4], rows=[['URN', 'Name'], ['1', 'A'], ['2', 'B']], cut_off=False)
    >>> sheet_of_text('URN,Name\n1,"A', "a.csv")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: a.csv: line 2: a quotation mark opens and never closes ...
    """
    said = text[4:5] if text[:4].casefold() == "sep=" else ""
    separator = said or _separator(text)
    lines: list[int] = []
    rows: list[list[str]] = []
    # Ten million empty rows at the end of a file are nothing, and cost nothing.
    for line, cells in _strictly(text.rstrip(_BLANK) + _rest_of_last(text), separator, name):
        if any(cells):
            lines.append(line)
            rows.append(cells)
    if said:
        del lines[0], rows[0]
    return Sheet(name, "", lines, rows, cut_off=not text.endswith(("\n", "\r")))


def _rest_of_last(text: str) -> str:
    """What follows the last sign on its own line: the empty cells that belong to it."""
    rest = text[len(text.rstrip(_BLANK)) :]
    ends = [place for sign in "\r\n" if (place := rest.find(sign)) >= 0]
    return rest[: min(ends)] if ends else rest


def _separator(text: str) -> str:
    """The sign that makes the most cells in one line; a comma where none makes any."""
    beginning = StringIO(text[: 1 << 18], newline="")

    def most(separator: str) -> int:
        beginning.seek(0)
        try:
            rows = islice(csv.reader(beginning, delimiter=separator), _LOOKED_AT)
            return max((sum(map(bool, row)) for row in rows), default=0)
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=most)


def _strictly(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on."""
    # Strict: a quote that never closes would otherwise swallow the rest of the file in silence.
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _not_csv(error, begins, name) from None
        yield begins, cells


def _not_csv(error: csv.Error, line: int, name: str) -> FileFormatError:
    said = str(error)
    field = f"{name}: line {line}"
    if "unexpected end" in said:
        return FileFormatError(
            "a quotation mark opens and never closes", field=field, expected="the whole file, not cut off"
        )
    if "expected after" in said:
        return FileFormatError(
            "more stands in a cell after its closing quotation mark",
            field=field,
            expected="a quotation mark within a cell written twice",
        )
    return FileFormatError(f"is not CSV ({said})", field=field)
