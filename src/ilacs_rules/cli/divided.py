"""The files of a question: each opened by what it is, and read whole, or gone through once and divided."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISFIFO, S_ISREG

import polars as pl

from ilacs_rules.cli.csv_frames import Batch, opened
from ilacs_rules.errors import FileFormatError
from ilacs_rules.files import Source, saying_what_failed, taken
from ilacs_rules.progress import watched
from ilacs_rules.tables.made import one_spelling

__all__ = ["Divided", "Opened", "ending_of", "first_line", "opened_all", "write_part"]

_GROWS = {".csv": 1, ".arrow": 1, ".ipc": 1, ".feather": 1, ".parquet": 8}
_ROW, _PART = "row of the file", "part of the file"
"""The columns in which a part keeps where each of its rows stood, and by which it is told from the others."""
_BATCH = 1 << 18
"""So many rows are divided at a time: few enough for memory, enough that the files laid out are not too many."""


def ending_of(path: Path) -> str:
    """The ending of a file's name that says what it is: that before ``.gz`` where it is packed.

    >>> ending_of(Path("events.CSV.gz")), ending_of(Path("events.parquet"))
    ('.csv', '.parquet')
    """
    name = path.name.casefold()
    return Path(name.removesuffix(".gz") if name.endswith(".csv.gz") else name).suffix


def opened_all(paths: Mapping[str, Path | None], folder: Path) -> dict[str, "Opened"]:
    """Every file that is given, opened.

    Raises:
        FileFormatError: one is not there, or its name does not say what it is.
    """
    return {name: _opened(path, folder, name) for name, path in paths.items() if path is not None}


def _opened(path: Path, folder: Path, name: str) -> "Opened":
    ending = ending_of(path) or _of_a_pipe(path)
    if ending not in _GROWS:
        known = f"a name that ends in {', '.join(_GROWS)}, or .csv.gz"
        raise FileFormatError("is not a known kind of file", field=str(path), value=ending, expected=known)
    if ending != ".csv":
        return _InColumns(path, ending)
    with taken(path) as source:
        mode = path.stat().st_mode
        if not source.packed and S_ISREG(mode):
            return _InLines(path, path)
        # What is packed is unpacked once, and what comes through a pipe comes once: from then on it is a file.
        copy = folder / f"{name}.csv"
        with saying_what_failed(copy), copy.open("xb") as stream:
            for piece in source.pieces():
                stream.write(piece)
        return _InLines(path, copy)


def _of_a_pipe(path: Path) -> str:
    """What comes through a pipe without a name (process substitution) is taken for CSV, and refused if it is not."""
    with suppress(OSError, ValueError):
        return ".csv" if S_ISFIFO(path.stat().st_mode) else ""
    return ""


class Opened(ABC):
    """A file of rows: what it weighs, and its rows in batches, each with its number as the file counts."""

    count = 0
    """How many rows were read of it so far."""
    remark = ""
    """What is to be said of it."""

    def __init__(self, path: Path, weight: int) -> None:
        self.path, self.name, self.weight = path, str(path), weight

    @abstractmethod
    def batches(self) -> Iterator[Batch]:
        """Its rows, gone through once, and counted."""

    @abstractmethod
    def columns(self) -> list[str]:
        """The names of its columns."""

    @abstractmethod
    def total(self) -> int:
        """How many rows it has, about: what a bar shows before all of them are read."""

    def whole(self) -> tuple[pl.DataFrame, pl.Series]:
        """All its rows at once."""
        found = list(self.batches())
        return pl.concat([batch.rows for batch in found]), pl.concat([batch.lines for batch in found])


class _InLines(Opened):
    """A CSV file; its rows are numbered by the lines that they begin on, the header's being 1."""

    def __init__(self, path: Path, copy: Path) -> None:
        super().__init__(path, copy.stat().st_size)
        self._copy = copy

    @contextmanager
    def _source(self) -> Generator[Source]:
        with taken(self._copy) as source:
            source.name = self.name
            yield source

    def columns(self) -> list[str]:
        with self._source() as source:
            return list(opened(source).columns)

    def total(self) -> int:
        with self._source() as source:
            return max(0, sum(piece.count(b"\n") for piece in source.pieces()) - 1)

    def batches(self) -> Iterator[Batch]:
        with self._source() as source:
            found = opened(source)
            if found.supposed:
                self.remark = "; it is not UTF-8 and was read as Windows-1252: check names with accents"
            yield Batch(pl.DataFrame(schema=dict.fromkeys(found.columns, pl.String)), pl.Series([], dtype=pl.Int64))
            for batch in found.batches:
                self.count += len(batch.lines)
                yield batch


class _InColumns(Opened):
    """A Parquet or Arrow file; its rows are numbered from 1."""

    def __init__(self, path: Path, ending: str) -> None:
        with _reading(path):
            found = path.stat()
            if not S_ISREG(found.st_mode):
                raise FileFormatError("cannot be read: it is not a file", field=str(path), expected="a file")
            super().__init__(path, found.st_size * _GROWS[ending])
            # Its name is a name, whatever signs are in it, and no pattern.
            self._scanned = (pl.scan_parquet if ending == ".parquet" else pl.scan_ipc)(path, glob=False)

    def columns(self) -> list[str]:
        with _reading(self.path):
            return self._scanned.collect_schema().names()

    def total(self) -> int:
        with _reading(self.path):
            return int(self._scanned.select(pl.len()).collect().item())

    def batches(self) -> Iterator[Batch]:
        with _reading(self.path):
            for rows in self._scanned.collect_batches(chunk_size=_BATCH):
                first = self.count + 1
                self.count += rows.height
                yield Batch(rows, pl.int_range(first, first + rows.height, dtype=pl.Int64, eager=True))
            if not self.count:
                yield Batch(self._scanned.head(0).collect(), pl.Series([], dtype=pl.Int64))

    def whole(self) -> tuple[pl.DataFrame, pl.Series]:
        with _reading(self.path):
            rows = self._scanned.collect()
        self.count = rows.height
        return rows, pl.int_range(1, rows.height + 1, dtype=pl.Int64, eager=True)


class Divided:
    """A file laid out by subject in a folder of its own, so that each part can be read by itself."""

    def __init__(self, table: Opened, place: Path, count: int) -> None:
        self.place = place
        columns = table.columns()
        if "subject" not in columns:
            raise FileFormatError(
                "has no column of that name", field=f"{table.name}: subject", expected="one for each row"
            )
        for name in (_ROW, _PART):
            if name in columns:
                raise FileFormatError("is not a column of this table", field=f"{table.name}: {name}")
        with saying_what_failed(place):
            place.mkdir()
        with _reading(table.path):
            # Only a bar asks how many rows there are in all.
            total = table.total() if sys.stderr.isatty() else 0
            gathered = watched(_gathered(table.batches()), total, len, what=f"rows of {place.name}")
            for number, batch in enumerate(gathered):
                if not number:
                    write_part(batch.head(0), place / "none.arrow")
                parts = batch.with_columns(_key(batch["subject"]).hash(seed=0).alias(_PART) % count)
                for (part,), rows in parts.partition_by(_PART, as_dict=True, include_key=False).items():
                    write_part(rows, place / f"{part:06}-{number:06}.arrow")

    def part(self, number: int) -> tuple[pl.DataFrame, pl.Series]:
        """One part of what was laid out; it has the columns of the whole though no row may be in it."""
        found = sorted(self.place.glob(f"{number:06}-*.arrow"))
        rows = pl.concat([pl.read_ipc(path) for path in (self.place / "none.arrow", *found)])
        return rows.drop(_ROW), rows[_ROW]


def write_part(frame: pl.DataFrame, path: Path) -> None:
    """A piece of the work, laid aside in the temporary folder.

    Raises:
        FileFormatError: the disk is full.
    """
    with saying_what_failed(path):
        try:
            frame.write_ipc(path)
        except pl.exceptions.PolarsError as error:
            raise FileFormatError(f"cannot be written ({first_line(error)})", field=str(path)) from None


def first_line(error: pl.exceptions.PolarsError) -> str:
    r"""What polars says, without the options of its own by which it would hide the fault.

    >>> first_line(pl.exceptions.ComputeError("no room\nUse ignore_errors=True"))
    'no room'
    """
    return str(error).partition("\n")[0]


def _key(subjects: pl.Series) -> pl.Series:
    """What rows are divided by: the same for a number and for its digits, however it is spelt."""
    whole = subjects.cast(pl.Int64, strict=False) if subjects.dtype.is_float() else subjects
    return one_spelling(whole.cast(pl.String))


def _gathered(batches: Iterator[Batch]) -> Iterator[pl.DataFrame]:
    """Batches made larger, each row with its number."""
    held: list[pl.DataFrame] = []
    count = 0
    for batch in batches:
        held.append(batch.rows.with_columns(batch.lines.alias(_ROW)))
        count += batch.rows.height
        if count >= _BATCH:
            yield pl.concat(held)
            held, count = [], 0
    if held:
        yield pl.concat(held)


@contextmanager
def _reading(path: Path) -> Generator[None]:
    """What goes wrong while a file is read, as an error that names it; much of it shows only when its rows are read."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        said = (error.strerror or error) if isinstance(error, OSError) else first_line(error)
        raise FileFormatError(f"cannot be read ({said})", field=str(path)) from None
