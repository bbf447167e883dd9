"""The rows that are being read, and the problems met with them so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ilacs_rules.reading.matching import Matched
from ilacs_rules.reading.opening.sheet import Cell, Sheet, shown
from ilacs_rules.reading.problems import LOST, Action, RowProblem

__all__ = ["Log", "Row"]


class Row:
    """One row of a sheet that has a format; ``lost``: why it could not be used; ``without``: which of its values."""

    __slots__ = ("cells", "line", "lost", "matched", "without")

    def __init__(self, matched: Matched, line: int, cells: Sequence[Cell]) -> None:
        self.matched, self.line, self.cells = matched, line, cells
        self.lost: tuple[str, ...] = ()
        self.without: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """What the row says of its subject in a field, as text; the first of several columns that says anything."""
        matched, cells = self.matched, self.cells
        for place in matched.columns.get(name, ()):
            cell = cells[place]
            # Most cells are text: of hundreds of thousands the call alone would be felt.
            if text := cell.strip() if type(cell) is str else shown(cell):
                return text
        return matched.form.subject.get(name, "")

    def column(self, place: int) -> str:
        """What a column is called in the file."""
        return " ".join(shown(self.matched.sheet.rows[self.matched.header][place]).split())

    def column_of(self, name: str) -> str:
        """What the file calls the column of a field of the subject."""
        places = self.matched.columns.get(name, ())
        return self.column(places[0]) if places else name

    @property
    def subject(self) -> str:
        """Whom the row is about, in words."""
        urn, name = self.text("urn"), self.text("name") or self.text("subject")
        name = "" if name.casefold() == "redacted" else name
        return f"{name} ({urn})" if urn and name and urn != name else urn or name


@dataclass(slots=True)
class Log:
    """The problems met so far."""

    problems: list[RowProblem] = field(default_factory=list[RowProblem])

    def add(  # noqa: PLR0913 - one for each part of a problem
        self, action: Action, row: Row, column: str, problem: str, expected: str = "", *, value: str = ""
    ) -> None:
        """A problem with a row, and what became of it."""
        sheet = row.matched.sheet
        # Behind a colon stands what is particular to one row.
        said = f"{column} {problem.partition(':')[0]}"
        if action in LOST:
            row.lost += (said,)
        elif action == "value left out":
            row.without += (said,)
        self.problems.append(
            RowProblem(
                file=sheet.file,
                sheet=sheet.name,
                line=row.line,
                subject=row.subject,
                field=column,
                value=value,
                problem=problem,
                expected=expected,
                action=action,
            )
        )

    def of_sheet(  # noqa: PLR0913 - one for each part of a problem
        self, action: Action, sheet: Sheet, problem: str, expected: str = "", *, value: str = "", field: str = ""
    ) -> None:
        """A problem with a whole sheet or file."""
        self.problems.append(
            RowProblem(
                file=sheet.file,
                sheet=sheet.name,
                line=0,
                subject="",
                field=field or ("sheet" if sheet.name else "file"),
                value=value,
                problem=problem,
                expected=expected,
                action=action,
            )
        )
