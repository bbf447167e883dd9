"""What could not be used or answered, gathered so that nothing is lost and nothing stops the run."""

from datetime import date
from typing import Protocol

import polars as pl

from ilacs_rules.errors import FileFormatError, IlacsRulesError, in_text
from ilacs_rules.tables.schema import REFUSED
from ilacs_rules.tables.words import Days, as_dates

__all__ = ["KEPT", "Problem", "Refusals"]

KEPT = 4096
"""So many faults of rows are kept at most, so that a row with the same cells as one before is not judged anew."""
_KINDS = {"text": pl.String, "number": pl.Int64, "day": pl.Date}
_SCHEMA = {name: _KINDS[column.holds] for name, column in REFUSED.items()}


class Problem(Protocol):
    """What a reader of files could not take as it stood: the room of readers stands above this one."""

    @property
    def line(self) -> int: ...
    @property
    def subject(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def problem(self) -> str: ...
    @property
    def expected(self) -> str: ...
    @property
    def action(self) -> str: ...


class Refusals:
    """The rows and questions that came to nothing, each with its error."""

    def __init__(self) -> None:
        self._rows: list[dict[str, object]] = []
        self._parts: list[pl.DataFrame] = []
        self._said: dict[int, tuple[IlacsRulesError, dict[str, str]]] = {}

    def row(self, table: str, row: int | None, subject: object, error: IlacsRulesError) -> None:
        """One row of a table that went in."""
        self._rows.append({"table": table, "row": row, "subject": _text(subject), **self._words_of(error)})

    def _words_of(self, error: IlacsRulesError) -> dict[str, str]:
        """The words of an error, kept for a while: many rows may have the same fault."""
        found = self._said.get(id(error))
        if found is None:
            if len(self._said) >= KEPT:
                self._said.clear()
            found = self._said[id(error)] = (error, _said(error))
        return found[1]

    def read(self, problem: Problem) -> None:
        """One row or value of a file that was read into subjects; nothing where it was used all the same."""
        if problem.action in ("kept", "row merged"):
            return
        error = FileFormatError(problem.problem, field=problem.field, value=problem.value, expected=problem.expected)
        place = {"table": "file", "row": problem.line, "subject": _text(problem.subject)}
        self._rows.append({**place, **_said(error), "message": str(problem)})

    def question(self, subject: object, as_of: date | None, error: IlacsRulesError) -> None:
        """One question that cannot be answered."""
        self._rows.append(
            {"table": "questions", "row": None, "subject": _text(subject), "as_of": as_of, **_said(error)}
        )

    def questions(self, subjects: pl.Series, as_of: Days, error: IlacsRulesError) -> None:
        """Many questions that cannot be answered for one reason."""
        said = {"table": "questions", "row": None, "name": None, **_said(error)}
        each = [pl.lit(value, _SCHEMA[name]).alias(name) for name, value in said.items()]
        part = pl.DataFrame([subjects.cast(pl.String).alias("subject"), as_dates("as_of", as_of)])
        self._parts.append(part.with_columns(each).select(list(_SCHEMA)))

    def frame(self, subjects: pl.DataFrame | None = None) -> pl.DataFrame:
        """All of them as a table, each with the name of its subject where the table of subjects holds one."""
        found = pl.concat([pl.DataFrame(self._rows, schema=_SCHEMA), *self._parts])
        if subjects is None or found.is_empty() or subjects["name"].null_count() == len(subjects):
            return found
        names = subjects.select(pl.col("subject", "name").cast(pl.String)).drop_nulls().unique("subject", keep="first")
        return found.drop("name").join(names, on="subject", how="left", maintain_order="left").select(list(_SCHEMA))


_OF_AN_EVENT = "judgements."
"""How the record calls where judgements stand; in a table each has a column of its own, under its own name."""


def _said(error: IlacsRulesError) -> dict[str, str]:
    _let_go(error)
    return {
        "kind": type(error).__name__,
        "field": error.field.removeprefix(_OF_AN_EVENT),
        "value": _text(error.value),
        "problem": error.problem,
        "expected": error.expected,
        "message": str(error),
    }


def _let_go(error: BaseException) -> None:
    """Forget the frames that an error went through: they hold the whole table, and would keep it beyond its answers."""
    left: BaseException | None = error
    while left is not None:
        before = left.__context__
        left.__traceback__ = left.__context__ = None
        left = before


def _text(value: object) -> str:
    return in_text(value)
