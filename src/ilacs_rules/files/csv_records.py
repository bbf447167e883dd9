"""CSV, read strictly and in one way only: from bytes to text, and from text to records. No meaning yet.

A quote counts where it begins a cell, and nowhere else: ``a 5" pipe`` is text. A cell that begins with a quote ends
with one, or the file is refused by the line: nothing is swallowed, and nothing is guessed.
"""

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, iterdecode
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain
from typing import NamedTuple

from ilacs_rules.errors import FileFormatError

__all__ = ["Record", "blocks_of", "decode", "encoding_of", "records", "records_of"]

_FEW = 3
_YEAR = re.compile(r"\d{4}")
_LONGEST = 16 << 20
"""A line of more signs than this is no line of a table; so that memory stays bounded, it is not waited for."""


class Record(NamedTuple):
    """A row of a CSV: the line that it begins on, counted from 1, and its cells."""

    line: int
    cells: list[str]


def encoding_of(pieces: Iterable[bytes], name: str, *, fallback: bool) -> tuple[str, bool]:
    """The encoding of a text that comes in pieces, and whether it had to be assumed.

    UTF-8, with or without its mark; UTF-16 with its mark; else, where there may be a ``fallback``, Windows-1252.

    Raises:
        FileFormatError: it is not text in any of these encodings.

    >>> encoding_of(["Sûreté".encode("cp1252")], "a file", fallback=True)
    ('cp1252', True)
    >>> encoding_of(["Sûreté".encode()[:2], "Sûreté".encode()[2:]], "a file", fallback=True)
    ('utf-8-sig', False)
    """
    it = iter(pieces)
    first = next(it, b"")
    while len(first) < 2 and (more := next(it, b"")):
        first += more
    marked = first.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    possible = {"utf-16": None} if marked else {"utf-8-sig": None, **({"cp1252": None} if fallback else {})}
    decoders = {encoding: getincrementaldecoder(encoding)() for encoding in possible}
    for piece in chain([first], it, [None]):
        for encoding, decoder in list(decoders.items()):
            try:
                holds_zero = "\0" in decoder.decode(piece or b"", final=piece is None)
            except UnicodeDecodeError:
                holds_zero = True
            if holds_zero:
                del decoders[encoding]
        if not decoders:
            raise FileFormatError(_no_text(first), field=name, expected="a text file in UTF-8")
    encoding = next(iter(decoders))
    return encoding, encoding == "cp1252"


def _no_text(first: bytes) -> str:
    """What to call bytes that are no text in a known encoding."""
    begins = first[:200]
    wide = any(
        begins[side::2].count(0) * 2 > len(begins[side::2]) and 0 not in begins[1 - side :: 2] for side in (0, 1)
    )
    return "is text in UTF-16 without its mark" if wide else "is not text"


def decode(data: bytes, name: str, *, fallback: bool) -> tuple[str, bool]:
    """The text that some bytes stand for, and whether its encoding had to be assumed; see ``encoding_of``.

    Raises:
        FileFormatError: it is not text.

    >>> decode("Sûreté".encode("cp1252"), "a file", fallback=True)
    ('Sûreté', True)
    >>> decode("Sûreté".encode("utf-8-sig"), "a file", fallback=True)
    ('Sûreté', False)
    """
    encoding, supposed = encoding_of([data], name, fallback=fallback)
    return data.decode(encoding), supposed


def blocks_of(pieces: Iterable[bytes], encoding: str, name: str) -> Iterator[str]:
    r"""A text in blocks of whole lines, each with its end: ``\n``, ``\r\n`` or, as of old, ``\r``.

    Raises:
        FileFormatError: a line is so long that it can be none.

    >>> list(blocks_of([b"a,b\r", b"\nc", b",d"], "utf-8-sig", "a file"))
    ['a,b\r\n', 'c,d']
    """
    left = ""
    for piece in iterdecode(pieces, encoding):
        left += piece
        end = 1 + max(left.rfind("\n"), left.rfind("\r", 0, -1))  # a last "\r" may be the first half of an end
        if end:
            yield left[:end]
            left = left[end:]
        elif len(left) > _LONGEST:
            raise FileFormatError(f"holds a line of more than {_LONGEST:,} signs", field=name, expected="a table")
    if left:
        yield left


def records(text: str, name: str, *, separator: str = ",", first: int = 1) -> Iterator[Record]:
    r"""The rows of a text; lines with nothing in them are no rows.

    Args:
        text: all of it.
        name: what the file is called.
        separator: what stands between two cells.
        first: the number of the text's first line.

    Raises:
        FileFormatError: a quote that does not close, or closes before its cell ends, or only in another row; or a cell
            that is too long.

    >>> list(records('a,b\n\n"1\n2", 5" pipe\n', "a file"))
    [Record(line=1, cells=['a', 'b']), Record(line=3, cells=['1\n2', ' 5" pipe'])]
    >>> list(records('a\n"open\n', "a file"))
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: a file: line 2: is not CSV (unexpected end of data)
    """
    return records_of(StringIO(text, newline=""), name, separator=separator, first=first)


def records_of(lines: Iterable[str], name: str, *, separator: str = ",", first: int = 1) -> Iterator[Record]:
    r"""The rows of some lines, each with its end; otherwise as ``records``.

    Raises:
        FileFormatError: as for ``records``.

    >>> [record.cells for record in records_of(["a;b\r"], "a file", separator=";")]
    [['a', 'b']]
    """
    # Strict: a quote that never closes would otherwise swallow the rest of the file in silence.
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + first
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFormatError(f"is not CSV ({error})", field=f"{name}: line {begins}") from None
        if reader.line_num + first - begins > 1 and (holds := _rows_in(cells, separator)):
            raise FileFormatError(
                f"holds rows of the table in one cell ({holds} of them), which a quotation mark opens",
                field=f"{name}: line {begins}",
                expected='a cell in marks of its own where a mark is text, and that mark twice: """A"""',
            )
        if cells:
            yield Record(begins, cells)


def _rows_in(cells: list[str], separator: str) -> int:
    """How many rows of the table a cell of several lines has swallowed: its lines are cut as those of the table are.

    What a person writes in a cell has a blank behind its commas, and not as many of them as the table has, line by
    line. Rows of inspections hold days; of a table of few columns nothing is told so.
    """
    last = len(cells) - 1
    if last < _FEW:
        return 0
    for place, cell in enumerate(cells):
        lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if len(lines) > 1 and f"{separator} " not in cell and _YEAR.search(cell):
            as_rows = [last - place, *[last] * (len(lines) - 2), place]
            if [line.count(separator) for line in lines] == as_rows:
                return len(lines) - 1
    return 0
