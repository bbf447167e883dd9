"""Tables on a cluster: the same functions, part by part. The cluster decides when each part runs.

Every row of a subject must lie in one part, so the table is divided by subject. Join the columns of ``SUBJECTS`` to the
table of events beforehand. A subject without events is a row without an activity.

PySpark::

    from ilacs_rules import tables

    parts = events.repartition("subject")
    ask = tables.in_batches(tables.next_activities, as_of=date(2026, 11, 21))
    answers = parts.mapInArrow(ask, tables.spark_columns(subject="string"))

Dask::

    parts = events.shuffle("subject")
    answers = parts.map_partitions(tables.in_part(tables.next_activities, as_of=date(2026, 11, 21)))
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

import polars as pl

from ilacs_rules.errors import MissingExtraError
from ilacs_rules.tables.frames import AnyTable, as_frame
from ilacs_rules.tables.questions.functions import Answered
from ilacs_rules.tables.schema import ANSWERS, REFUSED, Column
from ilacs_rules.values.given import instance

__all__ = ["in_batches", "in_part", "spark_columns"]

_SPARK = {"day": "date", "number": "bigint"}


class in_part:  # noqa: N801 - it is used as a function; a class can be sent to another machine
    """A question for one part of a divided table, in the form that Dask's ``map_partitions`` takes.

    Args:
        question: ``next_activities`` or ``required_activities``.
        refused: whether to get what could not be used or answered, instead of the answers.
        options: the arguments of the question: ``as_of``, ``covers`` and so on.

    Raises:
        RecordError: as for the question.

    >>> from datetime import date
    >>> from ilacs_rules.tables.questions.functions import next_activities
    >>> ask = in_part(next_activities, as_of=date(2024, 1, 10))
    >>> ask(pl.DataFrame({"subject": ["A"], "type": ["childrens_home"], "activity": [None]})).height
    0
    >>> in_part(next_activities, refused=True, as_of=date(2024, 1, 10))(
    ...     pl.DataFrame({"subject": ["A"], "type": ["childrens_home"], "activity": [None]}))["field"].to_list()
    ['registered']
    """

    def __init__(self, question: Callable[..., Answered], *, refused: bool = False, **options: Any) -> None:
        self.question, self.refused, self.options = question, refused, options

    def __call__(self, part: AnyTable) -> AnyTable:
        """The answers to one part, as a table of its kind; words are plain text."""
        answered = self.question(part, **self.options)
        found = answered.refused if self.refused else answered.answers
        return found if not isinstance(found, pl.DataFrame) else plain(found)


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """A table whose words are plain text, as every other library has it."""
    return frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))


class in_batches:  # noqa: N801 - see above
    """A question for the Arrow batches of one part, in the form that PySpark's ``mapInArrow`` takes.

    A part is read as a whole, because any two of its batches may hold rows of one subject. Your cluster decides how
    large the parts are.

    Args:
        question, refused, options: as for ``in_part``.

    Raises:
        RecordError: as for the question.

    >>> from datetime import date
    >>> from ilacs_rules.tables.questions.functions import next_activities
    >>> ask = in_batches(next_activities, as_of=date(2024, 1, 10))
    >>> batch = pl.DataFrame({"subject": ["A"], "type": ["childrens_home"], "activity": ["full_inspection"],
    ...                       "started": ["2023-11-01"], "ended": ["2023-11-02"]}).to_arrow().to_batches()[0]
    >>> [found.num_rows for found in ask(iter([batch]))]
    [1]
    >>> list(ask(iter([])))
    []
    """

    def __init__(self, question: Callable[..., Answered], *, refused: bool = False, **options: Any) -> None:
        self._part = in_part(question, refused=refused, **options)

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The answers to one part, in batches."""
        frames = [as_frame(batch, "events") for batch in batches]
        if frames:
            yield from _as_arrow(self._part(pl.concat(frames))).to_batches()


def _as_arrow(frame: pl.DataFrame) -> Any:
    try:
        return cast("Any", frame.to_arrow(compat_level=pl.CompatLevel.oldest()))
    except ModuleNotFoundError as error:
        raise MissingExtraError("Arrow batches need PyArrow: pip install pyarrow") from error


def spark_columns(*, subject: str, refused: bool = False) -> str:
    """The columns of the answers, in the form in which PySpark's ``mapInArrow`` wants them declared.

    Args:
        subject: the type of the column ``subject``: ``"string"`` or ``"bigint"``.
        refused: whether to get the columns of what was refused instead.

    Raises:
        RecordError: ``subject`` is not text.

    >>> spark_columns(subject="bigint")[:60]
    'subject bigint, name string, urn string, as_of date, activit'
    >>> "message string" in spark_columns(subject="string", refused=True)
    True
    """
    columns: Mapping[str, Column] = REFUSED if refused else ANSWERS
    kinds = {name: _SPARK.get(column.holds, "string") for name, column in columns.items()}
    if not refused:
        kinds["subject"] = instance(subject, str, "subject", called="text", expected="the Spark type of the column")
    return ", ".join(f"{name} {kind}" for name, kind in kinds.items())
