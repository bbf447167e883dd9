"""Any file that can be read, answered through columns: the same reader as every command, a table as what comes out."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import polars as pl

from ilacs_rules.cli.asked_of_tables import AskedOf
from ilacs_rules.cli.divided import ending_of
from ilacs_rules.cli.files import Outcome, check_outs, write_table
from ilacs_rules.cli.filtering import in_order
from ilacs_rules.cli.problems import chosen_and_said, say_problems
from ilacs_rules.errors import FileFormatError
from ilacs_rules.files import taken
from ilacs_rules.reading import Published
from ilacs_rules.reading import read as read_files
from ilacs_rules.tables import EVENTS
from ilacs_rules.tables.questions.clusters import plain

__all__ = ["answer_read", "is_a_table_of_events"]

_OURS = {name for name, column in EVENTS.items() if column.needed}
"""A table of events is known by the columns that it must have, of which no published file has one."""
_HEAD = 1 << 16
"""So many bytes hold any header."""


def is_a_table_of_events(path: Path) -> bool:
    """Whether a file is a table in the library's own columns, which may be of any size; any other is read first.

    What comes through a pipe can be looked at only once: it is taken for one where its name ends as one's does.
    """
    if path.is_dir() or path.parts[:1] in (("http:",), ("https:",)):
        return False  # which the reader refuses, and says what to give
    if path.suffix in (".parquet", ".arrow", ".ipc", ".feather"):
        return True
    if ending_of(path) != ".csv" or not path.is_file():
        return ending_of(path) == ".csv"
    with taken(path) as source:
        if kind := source.no_text():
            return kind.startswith("compressed")  # which is refused by what it is
        head = next(source.pieces(), b"")[:_HEAD]
    marked = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = head.decode("utf-16" if marked else "utf-8-sig", errors="replace")
    header = {cell.strip() for cell in next(csv.reader(StringIO(text, newline="")), list[str]())}
    return bool(header & _OURS) or not header


def answer_read(  # noqa: PLR0913 - everything that is asked
    paths: Sequence[Path],
    asked: AskedOf,
    answers: Path,
    refused: Path | None,
    *,
    form: str | None = None,
    show_all: bool = False,
) -> Outcome:
    """Read files as every command reads it, put a question to its subjects, and write what comes of it.

    How much that was comes back, and whether anything in the file was left out.

    Raises:
        FileFormatError: it cannot be read, no subject in it can be used, or what comes out cannot be written.
    """
    check_outs(list(paths), [out for out in (answers, refused) if out is not None])
    published = read_files(list(paths), format=form, covers=asked.covers)
    named = ", ".join(map(str, paths))
    if not published.subjects:
        say_problems(published.problems, show_all=show_all)
        raise FileFormatError("holds no subject that can be used", field=named)
    meant = chosen_and_said(published, asked.filters, show_all=show_all)
    chosen = in_order(meant.subjects, asked.filters.sort)
    of = Published.model_construct(subjects=chosen, problems=meant.problems, sheets=())
    found = asked.put(of)
    frames = plain(found.answers), plain(found.refused)
    if asked.each_has_an_answer:
        said = pl.concat([frame["subject"].cast(pl.String) for frame in frames])
        lost = {str(number) for number in range(len(chosen))} - set(said)
        if lost:
            raise FileFormatError(
                "some subjects were lost, which is a fault in this library. Nothing was written. Please report it",
                field=named,
            )
    by_day = asked.filters.sort in ("closes", "status")
    write_table(asked.in_order(frames[0].lazy()) if by_day else frames[0].lazy(), answers)
    if refused is not None:
        write_table(frames[1].lazy(), refused)
    return Outcome(len(frames[0]), len(frames[1]), any(problem.lost for problem in meant.problems))
