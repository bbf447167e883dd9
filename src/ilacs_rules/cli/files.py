"""Files of events in, files of answers out, however large: divided by subject where they do not fit at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import polars as pl

from ilacs_rules.cli.asked_of_tables import AskedOf
from ilacs_rules.cli.divided import Divided, Opened, ending_of, first_line, opened_all, write_part
from ilacs_rules.cli.refused_read import with_the_refused
from ilacs_rules.errors import FileFormatError
from ilacs_rules.files import can_be_written, not_read_too, whole, work_folder
from ilacs_rules.plain_text import FORMULA
from ilacs_rules.progress import watched
from ilacs_rules.reading.without_column import judgements_without_column
from ilacs_rules.tables import Answered
from ilacs_rules.tables.made import one_spelling
from ilacs_rules.tables.questions.clusters import plain

__all__ = ["Given", "Outcome", "answer_files", "check_outs", "write_table"]

PART = 128 << 20
"""Files of more bytes than this are divided; packed ones count eight times over, for they grow when they are read."""
_WRITERS = {
    ".csv": pl.LazyFrame.sink_csv,
    ".parquet": pl.LazyFrame.sink_parquet,
    ".arrow": pl.LazyFrame.sink_ipc,
    ".ipc": pl.LazyFrame.sink_ipc,
    ".feather": pl.LazyFrame.sink_ipc,
}


class Given(NamedTuple):
    """The files that go in: events, and where there are such, subjects and what records cover."""

    events: Path
    subjects: Path | None = None
    covers: Path | None = None


class Outcome(NamedTuple):
    """How many answers came out, how many rows and questions were refused; ``lost``: whether any row was."""

    answers: int
    refused: int
    lost: bool


class _Part(NamedTuple):
    """The rows of some subjects; ``rows``: of each table, where its rows stood in its file."""

    events: pl.DataFrame
    subjects: pl.DataFrame | None
    covers: pl.DataFrame | None
    rows: dict[str, pl.Series]

    def only(self, meant: pl.Series) -> "_Part":
        """The rows of some subjects."""
        tables = {name: table for name, table in zip(Given._fields, self[:3], strict=True) if table is not None}
        # A row that belongs to nobody may be anyone's: it is refused, whoever is asked about.
        whose = {name: one_spelling(table["subject"].cast(pl.String)) for name, table in tables.items()}
        kept = {name: of.is_in(meant.implode()) | of.is_null() for name, of in whose.items()}
        chosen = (tables[name].filter(kept[name]) if name in tables else None for name in Given._fields)
        events, subjects, covers = chosen
        assert events is not None
        return _Part(events, subjects, covers, {name: rows.filter(kept[name]) for name, rows in self.rows.items()})


Ask = Callable[[pl.DataFrame, pl.DataFrame | None, pl.DataFrame | None], Answered]


def answer_files(  # noqa: PLR0913 - everything that is asked
    given: Given,
    ask: Ask,
    answers: Path,
    refused: Path | None,
    *,
    part: int = PART,
    each_has_an_answer: bool = False,
    say: Callable[[str], object] = str,
    asked: AskedOf | None = None,
) -> Outcome:
    """Put a question to files of events, and write the answers and what was refused.

    What is written takes its name when it is whole: until then, and where the work fails, what bore it is left alone.
    The rows that were read are counted, and so are those that were asked about.

    Args:
        given: the files that go in.
        ask: the question.
        answers, refused: where what comes out is written.
        part: files of more bytes than this are divided.
        each_has_an_answer: whether the question has at least one answer, or a refusal, for each subject.
        asked: who and what of them is meant. With it, a subject is answered even if one of its rows cannot be used. Its
            answers rest on the other rows, and say so.
        say: what is done with a sentence about a file that was read.

    Raises:
        FileFormatError: a file does not exist, or cannot be read or written. Or its name does not say what it is, or is
            also the name of another file of the same run.
    """
    check_outs([path for path in given if path is not None], [path for path in (answers, refused) if path is not None])
    lost = False
    with work_folder() as folder:
        tables = opened_all(given._asdict(), folder)
        asked_of = dict.fromkeys(tables, 0)
        for number, piece in enumerate(_parts(tables, folder, part)):
            for name, rows in piece.rows.items():
                asked_of[name] += len(rows)
            found, rows_asked = _put(piece, ask, asked)
            if each_has_an_answer:
                _nobody_is_lost(rows_asked, found, given.events)
            lost = lost or any_row_lost(found.refused)
            write_part(plain(found.answers), folder / f"answers-{number:06}.arrow")
            write_part(
                plain(_by_row_of_the_file(found.refused, rows_asked.rows)), folder / f"refused-{number:06}.arrow"
            )
        for name, table in tables.items():
            _no_row_is_lost(table, asked_of[name])
            say(f"{table.name}: {table.count:,} rows read{table.remark}")
        if lacks := judgements_without_column(tables["events"].columns()):
            say(f"{tables['events'].name}: {lacks}")
        if asked:
            asked.check_found()
        count = _joined(folder, "answers", answers, asked.in_order if asked else None)
        return Outcome(count, _joined(folder, "refused", refused), lost)


def _put(piece: _Part, ask: Ask, asked: AskedOf | None) -> tuple[Answered, _Part]:
    """What a part answers, in the order that is asked for, and the rows of it that were meant."""
    if asked is None:
        return ask(piece.events, piece.subjects, piece.covers), piece
    of = piece.events if piece.subjects is None else piece.subjects
    if "subject" not in of.columns:
        return ask(piece.events, piece.subjects, piece.covers), piece  # which refuses it in its own words
    meant = asked.meant(of)
    chosen = piece if meant is None else piece.only(meant)
    found = ask(chosen.events, chosen.subjects, chosen.covers)
    found = with_the_refused(chosen.events, chosen.subjects, found, asked, chosen.covers)
    return Answered(asked.with_order(found.answers, of), found.refused), chosen


def check_outs(given: list[Path], outs: list[Path]) -> None:
    """Refuse, before any work is done, what cannot be written at its end.

    Raises:
        FileFormatError: a name does not say what it is, or is also the name of another file of the work.
    """
    taken = {path.resolve() for path in given}
    for path in outs:
        ending = path.suffix.casefold()  # a packed file is read, and none is written
        if ending not in _WRITERS:
            known = f"a name that ends in {', '.join(_WRITERS)}"
            raise FileFormatError("is not a known kind of file", field=str(path), value=ending, expected=known)
        not_read_too([path], taken)
        taken.add(can_be_written(path).resolve())


def any_row_lost(refused: pl.DataFrame) -> bool:
    """Whether a row that went in could not be used; a question that has no answer loses none.

    >>> [any_row_lost(pl.DataFrame({"table": tables})) for tables in (["questions", "events"], ["questions"])]
    [True, False]
    """
    return bool((refused["table"].cast(pl.String) != "questions").any())


def _no_row_is_lost(table: Opened, asked_of: int) -> None:
    if table.count != asked_of:
        raise FileFormatError(
            "some rows were lost, which is a fault in this library. Nothing was written. Please report it",
            field=table.name,
            value=asked_of,
            expected=f"{table.count:,} rows",
        )


def _nobody_is_lost(piece: _Part, found: Answered, name: Path) -> None:
    """Every subject of every row has an answer or a refusal."""
    tables = [table for table in (piece.events, piece.subjects) if table is not None]
    given = [one_spelling(table["subject"].cast(pl.String)) for table in tables]
    said = [table["subject"].cast(pl.String) for table in (found.answers, found.refused)]
    lost = set(pl.concat(given).drop_nulls().unique()) - set(pl.concat(said).unique())
    if lost:
        raise FileFormatError(
            "some subjects were lost, which is a fault in this library. Nothing was written. Please report it",
            field=str(name),
            value=min(lost),
        )


def _by_row_of_the_file(refused: pl.DataFrame, rows: dict[str, pl.Series]) -> pl.DataFrame:
    """What was refused of a part, each row by its number in the file that it came from."""
    for table, numbers in rows.items():
        here = refused["table"] == table
        places = pl.select(pl.when(here).then(refused["row"])).to_series()
        whole_file = numbers.cast(pl.Int64).gather(places)
        refused = refused.with_columns(pl.when(here).then(whole_file).otherwise(pl.col("row")).alias("row"))
    return refused


def _joined(
    folder: Path, name: str, out: Path | None, in_order: Callable[[pl.LazyFrame], pl.LazyFrame] | None = None
) -> int:
    """All parts in one file; how many rows there are."""
    parts = pl.concat([pl.scan_ipc(path, glob=False) for path in sorted(folder.glob(f"{name}-*.arrow"))])
    if out is not None:
        write_table(in_order(parts) if in_order else parts, out)
    return int(parts.select(pl.len()).collect().item())


def write_table(table: pl.LazyFrame, out: Path) -> None:
    """A table into a file, in the form that the ending of its name says; whole, or not at all.

    Raises:
        FileFormatError: it cannot be written.
    """
    ending = ending_of(out)
    with whole(out) as stream:
        try:
            _WRITERS[ending](_harmless(table) if ending == ".csv" else table, stream)  # type: ignore[operator]
        except pl.exceptions.PolarsError as error:
            raise FileFormatError(f"cannot be written ({first_line(error)})", field=str(out)) from None


def _harmless(parts: pl.LazyFrame) -> pl.LazyFrame:
    """The same, with an apostrophe before every text that a spreadsheet could take for a formula."""
    text = pl.col(pl.String)
    return parts.with_columns(pl.when(text.str.contains(FORMULA)).then(pl.lit("'") + text).otherwise(text).name.keep())


def _parts(tables: dict[str, Opened], folder: Path, part: int) -> Iterator[_Part]:
    """The tables whole where they are small; otherwise in parts, all rows of a subject in one."""
    count = 1 + sum(table.weight for table in tables.values()) // part
    if count == 1:
        frames = {name: table.whole() for name, table in tables.items()}
        yield _part(frames)
        return
    begun = monotonic()
    divided = {name: Divided(table, folder / name, count) for name, table in tables.items()}
    for number in watched(range(count), count, lambda _: 1, what="parts", begun=begun):
        yield _part({name: table.part(number) for name, table in divided.items()})


def _part(frames: dict[str, tuple[pl.DataFrame, pl.Series]]) -> _Part:
    events, subjects, covers = (frames[name][0] if name in frames else None for name in Given._fields)
    assert events is not None
    return _Part(events, subjects, covers, {name: rows for name, (_, rows) in frames.items()})
