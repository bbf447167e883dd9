"""Files of events in, files of answers out, however large: divided by subject where they do not fit at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import polars as pl

from ilacs_rules.errors import FileFormatError
from ilacs_rules.tables import Answered
from ilacs_rules.tables.clusters import plain

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


class Given(NamedTuple):
    """The files that go in: events, and where there are such, subjects and what records cover."""

    events: Path
    subjects: Path | None = None
    covers: Path | None = None


Ask = Callable[[pl.DataFrame, pl.DataFrame | None, pl.DataFrame | None], Answered]


def answer_files(given: Given, ask: Ask, answers: Path, refused: Path | None, *, part: int = PART) -> tuple[int, int]:
    """Put a question to files of events, and write the answers and what was refused; how many there were of each.

    Raises:
        FileFormatError: a file is not there, cannot be read or written, or its name does not say what it is.
    """
    for path in (answers, refused):
        if path is not None:
            _ending(path)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for number, tables in enumerate(_parts(given, place, part)):
            found = ask(*tables)
            _write(found.answers, place / f"answers-{number:06}.arrow")
            _write(found.refused, place / f"refused-{number:06}.arrow")
        return _joined(place, "answers", answers), _joined(place, "refused", refused)


def _write(frame: pl.DataFrame, path: Path) -> None:
    plain(frame).write_ipc(path)


def _joined(place: Path, name: str, out: Path | None) -> int:
    """All parts in one file; how many rows there are."""
    parts = pl.concat([pl.scan_ipc(path) for path in sorted(place.glob(f"{name}-*.arrow"))])
    if out is not None:
        try:
            _WRITERS[_ending(out)](parts, out)  # type: ignore[operator]
        except OSError as error:
            raise FileFormatError(f"cannot be written ({error})", field=str(out)) from None
    return int(parts.select(pl.len()).collect().item())


def _parts(
    given: Given, place: Path, part: int
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame | None, pl.DataFrame | None]]:
    """The tables whole where they are small; otherwise in parts, all rows of a subject in one."""
    count = 1 + _weight(given.events) // part
    if count == 1:
        events, subjects, covers = (None if path is None else _scan(path).collect() for path in given)
        assert events is not None
        yield events, subjects, covers
        return
    divided = [None if path is None else _divide(path, place, count) for path in given]
    for number in range(count):
        events, subjects, covers = (None if name is None else _part_of(place, name, number) for name in divided)
        assert events is not None
        yield events, subjects, covers


def _weight(path: Path) -> int:
    try:
        return path.stat().st_size * _GROWS[_ending(path)]
    except OSError as error:
        raise FileFormatError(f"cannot be read ({error.strerror})", field=str(path)) from None


def _divide(path: Path, place: Path, count: int) -> str:
    """Go through a file once, and lay its rows out by subject."""
    scanned = _scan(path)
    if "subject" not in scanned.collect_schema().names():
        raise FileFormatError("has no column of that name", field=f"{path}: subject", expected="one, to divide it by")
    of = pl.col("subject").cast(pl.String).hash(seed=0) % count
    for number, batch in enumerate(scanned.with_columns(of.alias("part")).collect_batches()):
        for (part,), rows in batch.partition_by("part", as_dict=True, include_key=False).items():
            rows.write_ipc(place / f"{path.name}-{part:06}-{number:06}.part")
    scanned.head(0).collect().write_ipc(place / f"{path.name}-none.part")
    return path.name


def _part_of(place: Path, name: str, number: int) -> pl.DataFrame:
    """One part of what was laid out; it has the columns of the whole though no row may be in it."""
    rows = sorted(place.glob(f"{name}-{number:06}-*.part"))
    return pl.concat([pl.read_ipc(path) for path in (place / f"{name}-none.part", *rows)])


def _scan(path: Path) -> pl.LazyFrame:
    ending = _ending(path)
    try:
        if ending == ".csv":
            found = pl.scan_csv(path, infer_schema=False)
        else:
            found = pl.scan_parquet(path) if ending == ".parquet" else pl.scan_ipc(path)
        found.collect_schema()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise FileFormatError(f"cannot be read ({error})", field=str(path)) from None
    return found


def _ending(path: Path) -> str:
    ending = path.suffix.casefold()
    if ending not in _WRITERS:
        raise FileFormatError("is a kind of file that is not known", field=str(path), value=ending, expected=_KNOWN)
    return ending
