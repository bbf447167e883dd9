"""Lines of a CSV that do not fit its header: what was cut off must not read as what is not known."""

import csv
from pathlib import Path

from ilacs_rules.errors import FileFormatError

__all__ = ["refuse_short_lines"]


def refuse_short_lines(path: Path) -> None:
    r"""Refuse a CSV in which a line has fewer or more values than the header has names; empty lines are no lines.

    What cannot be read as CSV at all is left to what reads it, which says so.

    Raises:
        FileFormatError: naming the line on which the first such row ends.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text("subject,activity,started\nA,focused_visit,2024-04-09\n")
    ...     refuse_short_lines(file)
    ...     _ = file.write_text("subject,activity,started\nA,focused_visit\n")
    ...     try:
    ...         refuse_short_lines(file)
    ...     except FileFormatError as error:
    ...         print(str(error).partition("events.csv: ")[2])
    line 2: does not fit the header (found 2; expected 3 values)
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream)
            names = len(next(rows, ()))
            found = next((len(row) for row in rows if len(row) != names and row), None)
            line = rows.line_num
    except (OSError, ValueError, csv.Error):
        return
    if found is not None:
        raise FileFormatError(
            "does not fit the header", field=f"{path}: line {line}", value=found, expected=f"{names} values"
        )
