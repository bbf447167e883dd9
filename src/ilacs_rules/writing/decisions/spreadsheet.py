"""A decision table as CSV: a row for each rule, safe to open in a spreadsheet, exact when read back."""

import csv
from io import StringIO

from ilacs_rules.errors import FileFormatError
from ilacs_rules.plain_text import for_spreadsheet, from_spreadsheet
from ilacs_rules.writing.decisions.cells import only_text
from ilacs_rules.writing.decisions.rows import HEAD, head_of, row_of, table_of
from ilacs_rules.writing.decisions.table import DecisionTable

__all__ = ["from_csv", "to_csv"]

_WANTED = "a decision table as ilacs-rules writes it"


def to_csv(table: DecisionTable) -> str:
    """The table as CSV with CRLF line ends; ``from_csv`` reads it back equal.

    The columns are the situation (an empty cell admits everything), what the rule answers with, and what is said of
    the table as a whole. A cell that a spreadsheet could take for a formula has an apostrophe before it.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> lines = to_csv(decision_tables(load_rulebook(), track="report_publication")[0]).splitlines()
    >>> lines[0][:14], lines[1][:30]
    ('subject,as_of,', 'local_authority,>= 2013-11-19,')
    """
    head = head_of(table)
    rows = [{**row_of(table, rule), **head} for rule in table.rules]
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([for_spreadsheet(cell) for cell in row.values()] for row in rows)
    return out.getvalue()


def from_csv(text: str) -> DecisionTable:
    """The table that ``to_csv`` wrote.

    Raises:
        FileFormatError: it is not such a file.
        RulebookError: a cell that cannot be read, or a rule that could not stand in a rulebook.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> table = decision_tables(load_rulebook(), track="report_publication")[0]
    >>> from_csv(to_csv(table)) == table
    True
    >>> from_csv("track,subject")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: holds no rule (expected a decision table as ilacs-rules writes it)
    """
    rows = _rows(text)
    head = {name: cell for name, cell in rows[0].items() if name in HEAD}
    for number, row in enumerate(rows, start=1):
        if any(row[name] != cell for name, cell in head.items()):
            raise FileFormatError("belongs to another table", field=f"row {number}", expected="one table in a file")
    return table_of(head, ({name: cell for name, cell in row.items() if name not in HEAD} for row in rows))


def _rows(text: str) -> list[dict[str, str]]:
    try:
        head, *lines = list(
            csv.reader(StringIO(only_text(text, _WANTED).removeprefix("\ufeff"), newline=""), strict=True)
        ) or [[]]
    except csv.Error as error:
        raise FileFormatError(f"is not CSV ({error})", expected=_WANTED) from None
    if not lines:
        raise FileFormatError("holds no rule", expected=_WANTED)
    for number, line in enumerate(lines, start=1):
        if len(line) != len(head):
            raise FileFormatError(
                "does not have one cell for each column", field=f"row {number}", expected=f"{len(head)} cells"
            )
    return [{name: from_spreadsheet(cell) for name, cell in zip(head, line, strict=True)} for line in lines]
