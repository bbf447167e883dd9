"""From a file to its rows: encoding, commas and columns; no meaning yet."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading.problems import Action, RowProblem

__all__ = ["Log", "Row", "Table", "columns_of", "decode", "read_bytes", "read_table"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on and its cells by column, without the spaces around them."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def subject(self) -> str:
        urn, name = self["urn"], self["name"]
        return f"{name} ({urn})" if urn and name else urn or name


@dataclass(slots=True)
class Log:
    """The problems met so far."""

    problems: list[RowProblem] = field(default_factory=list[RowProblem])

    def without(self, row: Row, column: str, problem: str, expected: str = "", *, value: str | None = None) -> None:
        """The row is kept, but for this value."""
        self._add("kept without it", row, column, value, (problem, expected))

    def skip(self, row: Row, column: str, problem: str, expected: str = "", *, value: str | None = None) -> None:
        """The row is left out. Said once of a row, so that events and skipped rows add up to the file."""
        self._add("row skipped", row, column, value, (problem, expected))

    def skip_subject(
        self, row: Row, column: str, problem: str, expected: str = "", *, value: str | None = None
    ) -> None:
        """The subject is left out; each of its rows is then skipped too."""
        self._add("subject skipped", row, column, value, (problem, expected))

    def _add(self, action: Action, row: Row, column: str, value: str | None, said: tuple[str, str]) -> None:
        found = row[column] if value is None else value
        self.problems.append(
            RowProblem(
                line=row.line,
                subject=row.subject,
                field=column,
                value=found,
                problem=said[0],
                expected=said[1],
                action=action,
            )
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A file's columns and rows; ``ragged`` names the subjects of rows that do not fit the header."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    ragged: frozenset[str]


def read_bytes(path: str | Path) -> bytes:
    """What a file holds.

    Raises:
        FileFormatError: there is no such file, it is a directory, it may not be read, or it is empty.

    >>> read_bytes("no such file")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: no such file: cannot be read (No such file or directory)
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileFormatError(f"cannot be read ({why})", field=str(path)) from None
    if not data.strip(b" \t\r\n" + BOM_UTF8):
        raise FileFormatError("is empty", field=str(path), expected="a header and rows (CSV), or subjects (JSON)")
    return data


def decode(data: bytes, path: str | Path, *, fallback: bool) -> tuple[str, bool]:
    """The text, and whether its encoding had to be supposed: UTF-8 or UTF-16 with its mark, else Windows-1252.

    Raises:
        FileFormatError: it is no text.

    >>> decode("Sûreté".encode("cp1252"), "a file", fallback=True)
    ('Sûreté', True)
    >>> decode("Sûreté".encode("utf-8-sig"), "a file", fallback=True)
    ('Sûreté', False)
    """
    marked = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252") if fallback else ("utf-8-sig",):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding == "cp1252"
        break
    raise FileFormatError("is not text", field=str(path), expected="a text file in UTF-8")


def read_table(path: str | Path, log: Log) -> Table:
    """The rows of a CSV file; what does not fit its header goes to the log.

    Raises:
        FileFormatError: no such file, no text, quotes that do not close, a column named twice, or no rows.
    """
    text, supposed = decode(read_bytes(path), path, fallback=True)
    if supposed:
        log.problems.append(
            RowProblem(
                line=0,
                subject="file",
                field="encoding",
                value="",
                problem="is not UTF-8 and was read as Windows-1252: check names with accents",
                expected="UTF-8",
                action="kept",
            )
        )
    lines = _lines(text, path)
    header = next(lines, (1, list[str]()))[1]
    columns = tuple(cell.strip().casefold() for cell in header)
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise FileFormatError(
            "names a column twice", field=str(path), value=", ".join(twice), expected="each column once"
        )
    return _fitted(columns, list(lines), log)


def _lines(text: str, path: str | Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; lines with nothing in them are no rows."""
    # Strict: a quote that never closes would otherwise swallow the rest of the file in silence.
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileFormatError(f"is not CSV ({error})", field=str(path), value=f"line {begins}") from None
        if cells:
            yield begins, cells


def _fitted(columns: tuple[str, ...], lines: Sequence[tuple[int, list[str]]], log: Log) -> Table:
    rows: list[Row] = []
    ragged: set[str] = set()
    place = columns.index("urn") if "urn" in columns else len(columns)
    for line, cells in lines:
        count = len(cells)
        if count != len(columns):
            # A comma too many or too few moves every cell after it: which is which would be a guess, even where
            # the surplus is empty, because the last columns often are.
            urn = cells[place].strip() if place < count else ""
            ragged.add(urn)
            row = Row(line, {"urn": urn})
            log.skip(row, "row", "does not fit the header", f"{len(columns)} cells", value=f"{count} cells")
        else:
            rows.append(Row(line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    return Table(columns, tuple(rows), frozenset(ragged))


def columns_of(table: Table, formats: Mapping[str, Sequence[str]], path: str | Path) -> str:
    """Which format a table has: the one whose columns it all holds.

    Raises:
        FileFormatError: naming the columns that the likeliest format lacks, and what each may be called here.

    >>> columns_of(Table(("urn", "startdate"), (), frozenset()), {"events": ("urn", "start_date")}, "a file")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: a file: lacks columns of events: start_date (is it 'startdate'?) ...
    """
    lacking = {name: [each for each in columns if each not in table.columns] for name, columns in formats.items()}
    likeliest = min(formats, key=lambda name: len(lacking[name]) / len(formats[name]))
    if not lacking[likeliest]:
        if not table.rows and not table.ragged:
            raise FileFormatError("has a header and no rows", field=str(path), expected="one row for each event")
        return likeliest
    if len(lacking[likeliest]) == len(formats[likeliest]):
        wanted = "; or ".join(f"the columns of {name}: {', '.join(columns)}" for name, columns in formats.items())
        raise FileFormatError("is no published collection of inspections", field=str(path), expected=wanted)
    named = ", ".join(_perhaps(column, table.columns) for column in lacking[likeliest])
    raise FileFormatError(
        f"lacks columns of {likeliest}: {named}",
        field=str(path),
        value=", ".join(table.columns),
        expected=", ".join(formats[likeliest]),
    )


def _perhaps(column: str, found: Sequence[str]) -> str:
    close = get_close_matches(column, found, n=1, cutoff=0.6)
    return f"{column} (is it '{close[0]}'?)" if close else column
