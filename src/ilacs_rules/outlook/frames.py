"""Answers as tables of other libraries: one list of columns, a row for each answer."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.notes import not_used_of
from ilacs_rules.errors import MissingExtraError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["COLUMNS", "needed", "plain_rows", "to_arrow", "to_pandas", "to_polars", "values"]

COLUMNS: dict[str, Literal["text", "day"]] = {
    "subject": "text",
    "urn": "text",
    "subject_type": "text",
    "as_of": "day",
    "activity": "text",
    "opens": "day",
    "due": "day",
    "closes": "day",
    "status": "text",
    "strength": "text",
    "certainty": "text",
    "owed_by": "text",
    "rule": "text",
    "track": "text",
    "says": "text",
    "rulebook": "text",
    "fingerprint": "text",
    "not_used": "text",
}
"""The columns, in order, with what each holds; those that ``ilacs_rules.tables`` gives too have its names and words."""


def values(answer: Answer) -> dict[str, str | date | None]:
    """What a row says of an answer, column by column.

    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> row = values(ir.next_activity(home, as_of=date(2024, 3, 1)))
    >>> row["activity"], row["opens"], list(row) == list(COLUMNS)
    ('full_inspection', datetime.date(2024, 4, 1), True)
    """
    window = {"opens": answer.window.opens, "due": answer.window.due, "closes": answer.window.closes}
    fields = {**dict(answer), **window, "not_used": not_used_of(answer.notes)}
    return {name: fields[name] if holds == "day" else str(fields[name]) for name, holds in COLUMNS.items()}


def to_polars(answers: Iterable[Answer]) -> "pl.DataFrame":
    """A polars ``DataFrame``."""
    polars = needed("polars", "tables")
    kinds = {"text": polars.String, "day": polars.Date}
    frame: pl.DataFrame = polars.DataFrame(
        _by_column(answers), schema={name: kinds[holds] for name, holds in COLUMNS.items()}
    )
    return frame


def to_pandas(answers: Iterable[Answer]) -> Any:
    """A pandas ``DataFrame``."""
    pd = needed("pandas")
    kinds = {"text": "str", "day": "datetime64[s]"}
    columns = _by_column(answers)
    return pd.DataFrame({name: pd.Series(columns[name], dtype=kinds[holds]) for name, holds in COLUMNS.items()})


def to_arrow(answers: Iterable[Answer]) -> Any:
    """A PyArrow ``Table``."""
    pa = needed("pyarrow")
    kinds = {"text": pa.string(), "day": pa.date32()}
    schema = pa.schema([(name, kinds[holds]) for name, holds in COLUMNS.items()])
    return pa.table(_by_column(answers), schema=schema)


def plain_rows(answers: Iterable[Answer]) -> list[dict[str, str]]:
    """A row of text for each answer, as a CSV has it: days as YYYY-MM-DD, nothing where no day is stated.

    >>> plain_rows([])
    []
    """
    return [{name: str(value or "") for name, value in values(answer).items()} for answer in answers]


def needed(library: str, extra: str = "") -> Any:
    """A library that this one does not bring along.

    Raises:
        MissingExtraError: it is not installed; the message says how to install it.

    >>> needed("json").__name__
    'json'
    >>> needed("no_such_library", "charts")
    Traceback (most recent call last):
    ilacs_rules.errors.MissingExtraError: this needs no_such_library: pip install 'ilacs-rules[charts]'
    """
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != library.partition(".")[0]:
            raise
        wanted = f"'ilacs-rules[{extra}]'" if extra else library
        raise MissingExtraError(f"this needs {library}: pip install {wanted}") from None


def _by_column(answers: Iterable[Answer]) -> dict[str, list[str | date | None]]:
    rows = [values(answer) for answer in answers]
    return {name: [row[name] for row in rows] for name in COLUMNS}
