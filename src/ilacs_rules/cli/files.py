"""Files of events in, files of answers out, however large: divided by subject where they do not fit at once."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

import polars as pl

from ilacs_rules.cli.lines import refuse_short_lines
from ilacs_rules.errors import FileFormatError
from ilacs_rules.tables import Answered
from ilacs_rules.tables.questions.clusters import plain
from ilacs_rules.tables.questions.progress import watched

__all__ = ["Given", "answer_files"]

PART = 128 << 20
"""Files of more bytes than this are divided; packed ones count eight times over, for they grow when they are read."""
_GROWS = {".csv": 1, ".arrow": 1, ".ipc": 1, ".feather": 1, ".parquet": 8}
_WRITERS = {
    ".csv": pl.LazyFrame.sink_csv,
    ".parquet": pl.LazyFrame.sink_parquet,
    ".arrow": pl.LazyFrame.sink_ipc,
    ".ipc": pl.LazyFrame.sink_ipc,
    ".feather": pl.LazyFrame.sink_ipc,
}
_KNOWN = "a name that ends in " + ", ".join(_WRITERS)
_ROW = "row of the whole"
"""The column in which a part keeps where each of its rows stood."""


class Given(NamedTuple):
    """The files that go in: events, and where there are such, subjects and what records cover."""

    events: Path
    subjects: Path | None = None
    covers: Path | None = None


class _Part(NamedTuple):
    """The rows of some subjects; ``rows``: of each table that was divided, where its rows stood in the whole."""

    events: pl.DataFrame
    subjects: pl.DataFrame | None
    covers: pl.DataFrame | None
    rows: dict[str, pl.Series]


Ask = Callable[[pl.DataFrame, pl.DataFrame | None, pl.DataFrame | None], Answered]


def answer_files(given: Given, ask: Ask, answers: Path, refused: Path | None, *, part: int = PART) -> tuple[int, int]:
    """Put a question to files of events, and write the answers and what was refused; how many there were of each.

    What is written takes its name when it is whole: until then, and where the work fails, what bore it is left alone.

    Raises:
        FileFormatError: a file is not there, cannot be read or written, its name does not say what it is, or what is
            to be written would take the place of another file of the same work.
    """
    _check_outs(given, [path for path in (answers, refused) if path is not None])
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for number, piece in enumerate(_parts(given, place, part)):
            found = ask(piece.events, piece.subjects, piece.covers)
            _write(found.answers, place / f"answers-{number:06}.arrow")
            _write(_by_row_of_the_whole(found.refused, piece.rows), place / f"refused-{number:06}.arrow")
        return _joined(place, "answers", answers), _joined(place, "refused", refused)


def _check_outs(given: Given, outs: list[Path]) -> None:
    """Refuse, before any work is done, what cannot be written at its end."""
    taken = {path.resolve() for path in given if path is not None}
    for path in outs:
        _ending(path)
        if path.resolve() in taken:
            raise FileFormatError(
                "would take the place of another file of this work", field=str(path), expected="a name of its own"
            )
        if not path.parent.is_dir():
            raise FileFormatError("cannot be written: its folder is not there", field=str(path))
        taken.add(path.resolve())


def _write(frame: pl.DataFrame, path: Path) -> None:
    plain(frame).write_ipc(path)


def _by_row_of_the_whole(refused: pl.DataFrame, rows: dict[str, pl.Series]) -> pl.DataFrame:
    """What was refused of a part, each row by its number in the file that it came from."""
    for table, numbers in rows.items():
        here = refused["table"] == table
        places = pl.select(pl.when(here).then(refused["row"])).to_series()
        whole = numbers.cast(pl.Int64).gather(places)
        refused = refused.with_columns(pl.when(here).then(whole).otherwise(pl.col("row")).alias("row"))
    return refused


def _joined(place: Path, name: str, out: Path | None) -> int:
    """All parts in one file; how many rows there are."""
    parts = pl.concat([pl.scan_ipc(path, glob=False) for path in sorted(place.glob(f"{name}-*.arrow"))])
    if out is not None:
        whole = out.resolve()
        unfinished = whole.with_name(f"{whole.name}.unfinished")
        try:
            _WRITERS[_ending(out)](parts, unfinished)  # type: ignore[operator]
            unfinished.replace(whole)
        except OSError as error:
            raise FileFormatError(f"cannot be written ({error})", field=str(out)) from None
        finally:
            unfinished.unlink(missing_ok=True)
    return int(parts.select(pl.len()).collect().item())


def _parts(given: Given, place: Path, part: int) -> Iterator[_Part]:
    """The tables whole where they are small; otherwise in parts, all rows of a subject in one."""
    count = 1 + sum(_weight(path) for path in given if path is not None) // part
    if count == 1:
        events, subjects, covers = (None if path is None else _whole(path) for path in given)
        assert events is not None
        yield _Part(events, subjects, covers, {})
        return
    begun = monotonic()
    names = [name for name, path in zip(Given._fields, given, strict=True) if path is not None]
    for name, path in zip(Given._fields, given, strict=True):
        if path is not None:
            _divide(path, place / name, count)
    for number in watched(range(count), count, lambda _: 1, what="parts", begun=begun):
        tables = {name: _part_of(place / name, number) for name in names}
        rows = {name: table[_ROW] for name, table in tables.items()}
        events, subjects, covers = (tables[name].drop(_ROW) if name in tables else None for name in Given._fields)
        assert events is not None
        yield _Part(events, subjects, covers, rows)


def _weight(path: Path) -> int:
    with _reading(path):
        return path.stat().st_size * _GROWS[_ending(path)]


def _whole(path: Path) -> pl.DataFrame:
    with _reading(path):
        return _scan(path).collect()


def _divide(path: Path, place: Path, count: int) -> None:
    """Go through a file once, and lay its rows out by subject in a folder of its own."""
    place.mkdir()
    with _reading(path):
        scanned = _scan(path)
        if "subject" not in scanned.collect_schema().names():
            raise FileFormatError("has no column of that name", field=f"{path}: subject", expected="one for each row")
        of = pl.col("subject").cast(pl.String).hash(seed=0) % count
        numbered = scanned.with_row_index(_ROW)
        batches = numbered.with_columns(of.alias("part")).collect_batches(chunk_size=_BATCH)
        # Only a bar asks how many rows there are in all.
        total = int(scanned.select(pl.len()).collect().item()) if sys.stderr.isatty() else 0
        for number, batch in enumerate(watched(batches, total, len, what=f"rows of {place.name}")):
            for (part,), rows in batch.partition_by("part", as_dict=True, include_key=False).items():
                rows.write_ipc(place / f"{part:06}-{number:06}.arrow")
        numbered.head(0).collect().write_ipc(place / "none.arrow")


_BATCH = 1 << 18
"""So many rows are divided at a time: few enough for memory, enough that the files laid out are not too many."""


def _part_of(place: Path, number: int) -> pl.DataFrame:
    """One part of what was laid out; it has the columns of the whole though no row may be in it."""
    rows = sorted(place.glob(f"{number:06}-*.arrow"))
    return pl.concat([pl.read_ipc(path) for path in (place / "none.arrow", *rows)])


def _scan(path: Path) -> pl.LazyFrame:
    """A file to be read; its name is a name, whatever signs are in it, and no pattern."""
    ending = _ending(path)
    if ending == ".csv":
        refuse_short_lines(path)
        return pl.scan_csv(path, infer_schema=False, glob=False)
    return pl.scan_parquet(path, glob=False) if ending == ".parquet" else pl.scan_ipc(path, glob=False)


@contextmanager
def _reading(path: Path) -> Generator[None, None, None]:
    """What goes wrong while a file is read, as an error that names it; much of it shows only when its rows are read."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        # Polars goes on to say which of its own options would hide the fault.
        said = (error.strerror if isinstance(error, OSError) else None) or str(error).partition("\n")[0]
        raise FileFormatError(f"cannot be read ({said})", field=str(path)) from None


def _ending(path: Path) -> str:
    ending = path.suffix.casefold()
    if ending not in _WRITERS:
        raise FileFormatError("is a kind of file that is not known", field=str(path), value=ending, expected=_KNOWN)
    return ending
