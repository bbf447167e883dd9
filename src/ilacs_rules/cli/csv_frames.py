"""A CSV of any size as tables of text, block by block: read as strictly as anywhere else, and quickly where it can be.

Where a block of whole lines holds no quote, its cells are what stands between the commas, and polars may cut them.
Everywhere else the one strict reading of CSV cuts them (``ilacs_rules.files``); both give the same.
"""

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import NamedTuple

import polars as pl

from ilacs_rules.errors import FileFormatError
from ilacs_rules.files import Source, blocks_of, encoding_of, records_of

__all__ = ["Batch", "CsvFile", "opened"]

_LONGEST = 131_072
"""The strict reading takes no longer cell."""
_BLANKS = " \t\r\n\xa0\ufeff"
"""What is taken off both ends of a cell: nobody sees it in a spreadsheet, and nobody means it."""


class Batch(NamedTuple):
    """Rows that stand together: their cells as text, null where nothing stands; and the line that each begins on."""

    rows: pl.DataFrame
    lines: pl.Series


class CsvFile(NamedTuple):
    """A CSV file: its columns, its rows in batches, and whether its encoding had to be supposed."""

    columns: tuple[str, ...]
    batches: Iterator[Batch]
    supposed: bool


def opened(source: Source) -> CsvFile:
    """A CSV file, its header read, and its rows ready to be gone through once.

    Raises:
        FileFormatError: it is empty, is not text, is not CSV, or has two columns of the same name. When its rows are
            read: a line does not have as many cells as the header, or a quote does not close.
    """
    if kind := source.no_text():
        raise FileFormatError(f"cannot be read: whatever its name says, it is {kind}", field=source.name)
    encoding, supposed = encoding_of(source.pieces(), source.name, fallback=True)
    blocks = _Blocks(blocks_of(source.pieces(), encoding, source.name))
    with _in_our_words(source.name):
        header = next(records_of(blocks, source.name), None)
    if header is None:
        raise FileFormatError("cannot be read: it is empty", field=source.name, expected="a header, and rows")
    columns = tuple(cell.strip(_BLANKS) for cell in header.cells)
    _refuse_twice(columns, source.name)
    return CsvFile(columns, _batches(blocks, columns, source.name), supposed)


def _refuse_twice(columns: Sequence[str], name: str) -> None:
    seen = set[str]()
    for column in columns:
        if column in seen:
            raise FileFormatError(
                "has two columns of the same name",
                field=name,
                value=column,
                expected="a different name for each column",
            )
        seen.add(column)


class _in_our_words:  # noqa: N801 - it is used as a function
    """The words of the strict reading, as this command says that a file cannot be read."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: object, __: object) -> None:
        if isinstance(error, FileFormatError) and error.problem.startswith("is not CSV"):
            place = error.field.removeprefix(f"{self.name}: ")
            raise FileFormatError(f"cannot be read: {place} {error.problem}", field=self.name) from None


class _Blocks:
    """The lines of a text, one after another, and the rest of a block at once where every line before it is read."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self._block, self._place, self._lines = "", 0, iter(StringIO(""))
        self.line = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self._begin(next(self._blocks))
            line = next(self._lines)
        self._place += len(line)
        self.line += 1
        return line

    def _begin(self, block: str) -> None:
        self._block, self._place, self._lines = block, 0, iter(StringIO(block, newline=""))

    @property
    def at_an_end(self) -> bool:
        """Whether the whole of the block has been read."""
        return self._place == len(self._block)

    def rest(self) -> str | None:
        """What is left of the block, or the next one; ``None`` at the end. It stays to be read."""
        if self.at_an_end:
            block = next(self._blocks, None)
            if block is None:
                return None
            self._begin(block)
        return self._block[self._place :]

    def skip(self, lines: int) -> None:
        """Count what is left of the block as read."""
        self.line += lines
        self._begin("")


def _batches(blocks: _Blocks, columns: Sequence[str], name: str) -> Iterator[Batch]:
    while (block := blocks.rest()) is not None:
        plain = _plainly(block, len(columns))
        if plain is None:
            yield _strictly(blocks, columns, name)
        else:
            first = blocks.line
            blocks.skip(plain.height)
            lines = pl.int_range(first, first + plain.height, dtype=pl.Int64, eager=True)
            yield Batch(_made(plain.rename(dict(zip(plain.columns, columns, strict=True)))), lines)


def _plainly(block: str, count: int) -> pl.DataFrame | None:
    """A block in which every line has so many cells and no special character. ``None`` if it is not such a block."""
    lines = block.count("\n") + (not block.endswith("\n"))
    if (
        '"' in block
        or block.count("\r") != block.count("\r\n")
        or block.startswith(("\n", "\r\n"))
        or "\n\n" in block
        or "\n\r\n" in block
        or block.count(",") != lines * (count - 1)
    ):
        return None
    try:
        # Of two lines that make up for one another the longer one is refused here, and named by the strict reading.
        found = pl.read_csv(
            block.encode(), has_header=False, quote_char=None, schema={f"{place}": pl.String for place in range(count)}
        )
    except (pl.exceptions.PolarsError, UnicodeEncodeError):
        return None
    longest = found.select(pl.max_horizontal(pl.all().str.len_chars().max())).item()
    return found if found.height == lines and (longest or 0) <= _LONGEST else None


def _strictly(blocks: _Blocks, columns: Sequence[str], name: str) -> Batch:
    """The rows from here to the end of a block, or of the one in which the last of them ends."""
    lines: list[int] = []
    rows: list[list[str]] = []
    with _in_our_words(name):
        for line, cells in records_of(blocks, name, first=blocks.line):
            if len(cells) != len(columns):
                raise FileFormatError(
                    "does not have as many cells as the header",
                    field=f"{name}: line {line}",
                    value=len(cells),
                    expected=f"{len(columns)} values",
                )
            lines.append(line)
            rows.append(cells)
            if blocks.at_an_end:
                break
    cut = zip(*rows, strict=True) if rows else [()] * len(columns)
    frame = pl.DataFrame(
        [pl.Series(column, cells, dtype=pl.String) for column, cells in zip(columns, cut, strict=True)]
    )
    return Batch(_made(frame), pl.Series(lines, dtype=pl.Int64))


def _made(frame: pl.DataFrame) -> pl.DataFrame:
    cell = pl.all().str.strip_chars(_BLANKS)
    return frame.with_columns(pl.when(cell != "").then(cell).name.keep())
