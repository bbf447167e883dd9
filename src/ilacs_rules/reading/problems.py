"""What a reader could not take as it stood, what became of it, and all of that in few lines: by kind."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from ilacs_rules.errors import shorten
from ilacs_rules.plain_text import for_terminal

__all__ = ["LOST", "Action", "ProblemKind", "RowProblem", "by_kind"]

Action = Literal[
    "kept", "value left out", "row merged", "row skipped", "subject skipped", "sheet skipped", "column missing"
]
"""What became of it: read as it stands, read but for that value, told of an event that another row tells of too,
or left out."""

LOST: frozenset[Action] = frozenset({"row skipped", "subject skipped", "sheet skipped", "column missing"})
"""What is left out is not in any answer."""


class RowProblem(BaseModel):
    """Something in a file that could not be read, or not be believed.

    Attributes:
        file, sheet: where it stands. ``sheet`` is empty if the file is not a workbook.
        line: the number of the row, from 1, as you count it. 0 stands for the file or the sheet itself.
        subject: whose row it is, as the file names it.
        field: the column, or the field of the event.
        value: what stood there.
        problem: what was wrong with it.
        expected: what would have been right.
        action: what was done; see below.

    ``action`` is one of these:

    * ``value left out``, ``row skipped``, ``subject skipped`` or ``sheet skipped``: something was left out.
    * ``column missing``: a whole sheet lacks the column.
    * ``row merged``: two rows tell of one event.
    * ``kept``: the value was used all the same.

    >>> print(RowProblem(line=12, subject="80486", field="overall", value="goood", problem="is not a known grade",
    ...                  expected="'good'?", action="value left out"))
    line 12, 80486: overall 'goood' is not a known grade (expected 'good'?): value left out
    >>> print(RowProblem(file="a.xlsx", sheet="Visits", line=7, subject="", field="urn", value="", problem="is empty",
    ...                  expected="", action="row skipped"))
    a.xlsx, sheet 'Visits', row 7: urn is empty: row skipped
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = ""
    sheet: str = ""
    line: int
    subject: str
    field: str
    value: str
    problem: str
    expected: str
    action: Action

    @property
    def lost(self) -> bool:
        """Whether something was left out. Answers about the subject then rest on less than the file holds.

        >>> said = {"field": "urn", "value": "", "problem": "is empty", "expected": ""}
        >>> problem = RowProblem(line=7, subject="", action="row skipped", **said)
        >>> problem.lost, problem.model_copy(update={"action": "kept"}).lost
        (True, False)
        """
        return self.action in LOST or self.action == "value left out"

    def __str__(self) -> str:
        sheet = f"sheet '{self.sheet}'" if self.sheet else ""
        line = f"{'row' if self.sheet else 'line'} {self.line}" if self.line else ""
        place = ", ".join(part for part in (self.file, sheet, line, self.subject) if part)
        what = " ".join(
            part for part in (self.field, shorten(self.value, 80) if self.value else "", self.problem) if part
        )
        wanted = f" (expected {self.expected})" if self.expected else ""
        return for_terminal(" ".join(f"{place + ': ' if place else ''}{what}{wanted}: {self.action}".split()))


class ProblemKind(NamedTuple):
    """Problems of one kind.

    Attributes:
        how_many: how many there are.
        field, problem, action: what they have in common.
        first: the first of them.
    """

    how_many: int
    field: str
    problem: str
    action: Action
    first: RowProblem

    def __str__(self) -> str:
        return for_terminal(" ".join(f"{self.how_many:,} of: {self.field} {self.problem}: {self.action}".split()))


def by_kind(problems: Iterable[RowProblem]) -> tuple[ProblemKind, ...]:
    """Problems counted by kind: the field, what is wrong, and what was done.

    First comes what is lost, then the most frequent.

    >>> empty = RowProblem(line=7, subject="", field="urn", value="", problem="is empty", expected="",
    ...                    action="row skipped")
    >>> [str(kind) for kind in by_kind([empty, empty])]
    ['2 of: urn is empty: row skipped']
    >>> by_kind([])
    ()
    """
    alike: dict[tuple[str, str, Action], list[RowProblem]] = {}
    for item in problems:
        # Behind a colon stands what is particular to one row.
        alike.setdefault((item.field, item.problem.partition(":")[0], item.action), []).append(item)
    found = [ProblemKind(len(items), *kind, items[0]) for kind, items in alike.items()]
    return tuple(sorted(found, key=lambda kind: (kind.action not in LOST, -kind.how_many, kind.field, kind.problem)))
