"""What a reader could not take as it stood, and what became of it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ilacs_rules.errors import shorten

__all__ = ["Action", "RowProblem"]

Action = Literal["kept", "kept without it", "row skipped", "subject skipped"]
"""What became of it: read as it stands, read but for that value, or left out."""


class RowProblem(BaseModel):
    """One thing in a published file that could not be read, or not believed.

    Attributes:
        line: the line of the file that the row begins on; the header is 1, and 0 is the file itself.
        subject: whose row it is, as the file names it.
        field: the column, or the field of the event.
        value: what stood there.
        problem: what was wrong with it.
        expected: what would have been right.
        action: what was done: ``kept without it``, ``row skipped``, ``subject skipped``, or ``kept`` where the value
            was used all the same.

    >>> print(RowProblem(line=12, subject="80486", field="overall", value="goood", problem="is not a known grade",
    ...                  expected="'good'?", action="kept without it"))
    line 12, 80486: overall 'goood' is not a known grade (expected 'good'?): kept without it
    >>> print(RowProblem(line=7, subject="", field="urn", value="", problem="is empty", expected="",
    ...                  action="row skipped"))
    line 7: urn is empty: row skipped
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int
    subject: str
    field: str
    value: str
    problem: str
    expected: str
    action: Action

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.subject) if part)
        what = " ".join(
            part for part in (self.field, shorten(self.value, 80) if self.value else "", self.problem) if part
        )
        wanted = f" (expected {self.expected})" if self.expected else ""
        return " ".join(f"{place}: {what}{wanted}: {self.action}".split())
