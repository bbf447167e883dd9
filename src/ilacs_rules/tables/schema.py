"""The columns of the tables that go in and come out: their names, what they hold, and how they are made so.

A column that is not known is refused with the nearest name: a misspelt one would be left out in silence.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.tables.words import (
    ACTIVITY,
    CERTAINTY,
    JUDGEMENTS,
    OUTCOME,
    PRECISION,
    STATUS,
    STRENGTH,
    SUBJECT_TYPE,
    Vocabulary,
)

__all__ = ["ANSWERS", "COVERS", "EVENTS", "REFUSED", "SUBJECTS", "UNREAD", "Column", "made_so", "raw", "row_schemas"]


class Column(NamedTuple):
    """One column: what it means, and what it holds: ``word``, ``day``, ``text``, ``id`` or ``number``."""

    means: str
    holds: str
    words: Vocabulary | None = None
    needed: bool = False


def _word(means: str, words: Vocabulary, *, needed: bool = False) -> Column:
    return Column(means, "word", words, needed)


_OF_SUBJECT = {
    "type": _word("the kind of subject: local_authority, or a kind of provider", SUBJECT_TYPE, needed=True),
    "name": Column("its name; it changes no answer", "text"),
    "urn": Column("its number; it changes no answer", "text"),
    "created": Column("of an authority, the day it came into being", "day"),
    "registered": Column("of a provider, the day it was registered", "day"),
}

SUBJECTS: Mapping[str, Column] = {
    "subject": Column("text or a whole number that names the subject in every table", "id", needed=True),
    **_OF_SUBJECT,
}
"""The table of subjects: a row for each."""

EVENTS: Mapping[str, Column] = {
    "subject": Column("whose event it is", "id", needed=True),
    "activity": _word("what happened", ACTIVITY, needed=True),
    "started": Column("the first day on site; of a plan or a meeting, its day", "day"),
    "ended": Column("the last day on site", "day"),
    "published": Column("the day its report or letter was published", "day"),
    **{name: _word(f"the judgement: {name.replace('_', ' ')}", words) for name, words in JUDGEMENTS.items()},
    "outcome": _word("what an ungraded activity concluded", OUTCOME),
    "precision": _word("month, where only the month of its first day is known; otherwise day", PRECISION),
    "report": Column("the address of its report; it changes no answer", "text"),
    "note": Column("anything a reader should know; it changes no answer", "text"),
}
"""The table of events: a row for each. Without a table of subjects it holds the columns of that one too; a row that has
no activity and no other part of an event is then a subject without events."""

COVERS: Mapping[str, Column] = {
    "subject": Column("whose record it is", "id", needed=True),
    "activity": Column("an activity that the record would show, 'inspections', or 'everything'", "text", needed=True),
    "since": Column("the first day on which it would; always, where there is none", "day"),
    "until": Column("the last day on which it would; always, where there is none", "day"),
}
"""The table of what records cover, where that is not the same for all: any number of rows for each subject. A subject
without a row covers nothing."""

ANSWERS: Mapping[str, Column] = {
    "subject": Column("as in the table of subjects or events", "id"),
    "as_of": Column("the day asked about", "day"),
    "activity": _word("what must come next", ACTIVITY),
    "opens": Column("the first day of its window", "day"),
    "due": Column("the nominal day", "day"),
    "closes": Column("the last day of its window", "day"),
    "status": _word("how the day stands against the window", STATUS),
    "strength": _word("how firmly it is required", STRENGTH),
    "certainty": _word("how well that is known", CERTAINTY),
    "rule": Column("the id of the rule that says so", "text"),
    "track": Column("the question that the rule answers", "text"),
}
"""What comes back: a row for each answer."""

REFUSED: Mapping[str, Column] = {
    "table": Column("where it stands: events, subjects, covers, or questions", "text"),
    "row": Column("the number of its row there, from 0; none of a question", "number"),
    "subject": Column("whose it is, as text", "text"),
    "as_of": Column("the day asked about, of a question", "day"),
    "kind": Column("the class of the error that the single path raises", "text"),
    "field": Column("where it is wrong", "text"),
    "value": Column("what stands there", "text"),
    "problem": Column("what is wrong with it", "text"),
    "expected": Column("what would be right", "text"),
    "message": Column("all of that in one sentence", "text"),
}
"""What could not be used or answered: a row for each, with the reason."""

_JSON: Mapping[str, dict[str, object]] = {
    "day": {"type": "string", "format": "date"},
    "id": {"type": ["string", "integer"]},
    "number": {"type": "integer"},
    "text": {"type": "string"},
    "word": {"type": "string"},
}


def row_schemas() -> dict[str, dict[str, object]]:
    """A JSON Schema of a row of each table, by the table's name; a value that is not there is null, or is left out.

    >>> row_schemas()["events"]["required"]
    ['subject', 'activity']
    >>> row_schemas()["answers"]["properties"]["opens"]["description"]
    'the first day of its window'
    """
    made = {"events": EVENTS, "subjects": SUBJECTS, "covers": COVERS, "answers": ANSWERS, "refused": REFUSED}
    return {
        name: {
            "title": f"A row of the table of {name}",
            "type": "object",
            "properties": {column: _property(meaning) for column, meaning in columns.items()},
            "required": [column for column, meaning in columns.items() if meaning.needed],
        }
        for name, columns in made.items()
    }


def _property(column: Column) -> dict[str, object]:
    kind = _JSON[column.holds] if column.words is None else {"enum": list(column.words.words)}
    return {"description": column.means, **(kind if column.needed else {"anyOf": [kind, {"type": "null"}]})}


_DATES = "dates without a time (or text as YYYY-MM-DD)"


def made_so(frame: pl.DataFrame, columns: Mapping[str, Column], name: str) -> pl.DataFrame:
    """A table with every known column of its kind: days as dates, words as they stand; what cannot be read is null.

    Raises:
        RecordError: a column is missing, unknown, or of a kind that cannot hold what it must.
    """
    _check_names(frame.columns, columns, name)
    made: list[pl.Series] = []
    for column in frame.columns:
        given, place = frame[column], f"{name}.{column}"
        if columns[column].holds != "day":
            made.append(_texts(given, columns[column], place))
            continue
        days = _days(given, place)
        made.append(days)
        if days.null_count() > given.null_count():
            made.append(_as_it_stands(given, days).alias(column + UNREAD))
    without = [
        pl.repeat(None, frame.height, dtype=pl.Null, eager=True).alias(column)
        for column in columns
        if column not in frame.columns
    ]
    return pl.DataFrame([*made, *without])


UNREAD = " as it stands"
"""What a column is called that holds the values which could not be read as days."""


def raw(row: Mapping[str, object], names: Sequence[str]) -> dict[str, object]:
    """The values of a row that are there, each as it stood where it could not be read."""
    found = {name: row[name] if row.get(name + UNREAD) is None else row[name + UNREAD] for name in names}
    return {name: value for name, value in found.items() if value is not None}


_UNITS = {"ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}


def _as_it_stands(given: pl.Series, days: pl.Series) -> pl.Series:
    """The values that were not read as days; by their number where Python's calendar has no word for them."""
    unread = days.is_null() & given.is_not_null()
    if isinstance(given.dtype, pl.Date | pl.Datetime):
        in_words = _in_calendar(given.dt.date()).fill_null(value=False)
        if (unread & ~in_words).any():
            unit = "days" if isinstance(given.dtype, pl.Date) else _UNITS[given.dtype.time_unit]
            numbers = pl.format(f"{{}} {unit} from 1970-01-01", given.to_physical())
            given = pl.select(numbers).to_series().alias(given.name)
    return _where(given, unread)


def _in_calendar(days: pl.Series) -> pl.Series:
    """Which days lie in the years 1 to 9999; Arrow's calendar reaches further both ways."""
    return (days >= date.min) & (days <= date.max)


def _where(given: pl.Series, holds: pl.Series) -> pl.Series:
    return pl.select(pl.when(holds).then(given)).to_series().alias(given.name)


def _check_names(found: Sequence[str], columns: Mapping[str, Column], name: str) -> None:
    for column in found:
        if column not in columns:
            raise UnknownWordError(
                "is not a column of this table", field=f"{name}.{column}", expected=nearest(column, columns)
            )
    for column, meaning in columns.items():
        if meaning.needed and column not in found:
            raise RecordError("is missing from the table", field=f"{name}.{column}", expected=meaning.means)


def _days(given: pl.Series, place: str) -> pl.Series:
    """A column of days: dates, instants at midnight without a time zone, or text as YYYY-MM-DD."""
    dtype = given.dtype
    if isinstance(dtype, pl.Null) or (given.null_count() == len(given) and not isinstance(dtype, pl.Date)):
        return _nothing(given)
    if isinstance(dtype, pl.Date):
        days = given
    elif isinstance(dtype, pl.Datetime) and dtype.time_zone is None:
        days = given.dt.date()
        days = _where(days, given == days.cast(dtype))
    elif dtype == pl.String:
        written = _where(given, given.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
        days = written.str.to_date("%Y-%m-%d", strict=False)
    else:
        zone = " with a time zone, which would have to be guessed at" if isinstance(dtype, pl.Datetime) else ""
        raise RecordError(f"is of the wrong kind: {dtype}{zone}", field=place, expected=_DATES)
    within = _in_calendar(days)
    return days if within.all() else _where(days, within)


def _texts(given: pl.Series, column: Column, place: str) -> pl.Series:
    dtype = given.dtype
    if isinstance(dtype, pl.String | pl.Null | pl.Enum | pl.Categorical):
        return given
    if column.holds in ("id", "text") and dtype.is_integer():
        return given if column.holds == "id" else given.cast(pl.String)
    if given.null_count() == len(given):
        return _nothing(given)
    raise RecordError(
        f"is of the wrong kind: {dtype}",
        field=place,
        expected="text" if column.holds != "id" else "text or whole numbers",
    )


def _nothing(given: pl.Series) -> pl.Series:
    """A column in which nothing stands: of whatever kind it is said to be, there is nothing that could be misread."""
    return pl.repeat(None, len(given), dtype=pl.Null, eager=True).alias(given.name)
