"""Subjects with a row that a table refuses, answered from their other rows: as the reader of every other command does.

A table is read in whole columns, and refuses a subject of which one row cannot be used. Every other command answers
for it without that row or value, and says so. Those rows are few: they go through that very reader, so that both agree.
"""

from io import StringIO

import polars as pl

from ilacs_rules.cli.asked_of_tables import AskedOf
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.files.csv_records import records
from ilacs_rules.reading import read
from ilacs_rules.tables import EVENTS, SUBJECTS, Answered
from ilacs_rules.tables.made import one_spelling
from ilacs_rules.tables.questions.clusters import plain

__all__ = ["with_the_refused"]

_NUMBER = "number of the subject"


def with_the_refused(events: pl.DataFrame, subjects: pl.DataFrame | None, found: Answered, asked: AskedOf) -> Answered:
    """Answers, with those for subjects of which a row was refused; what was refused stays as it is."""
    rows = _rows_of_refused(events, subjects, found.refused)
    if rows.is_empty():
        return found
    text = rows.write_csv()
    try:
        published = read(StringIO(text), format="events", covers=asked.covers)
    except IlacsRulesError:
        return found  # nothing of them can be used
    if not published.subjects:
        return found
    # A row is told by the line on which it begins: a cell with a line break in it makes one row of several lines.
    begins = [record.line for record in records(text, "the rows")][1:]
    subject_on = dict(zip(begins, rows["subject"], strict=True))
    whose = [subject_on[came_from[0].rows[0]] for came_from in published.came_from]
    theirs = asked.put(published)
    named = pl.DataFrame(
        {_NUMBER: list(range(len(whose))), "subject": whose}, schema={_NUMBER: pl.Int64, "subject": pl.String}
    )
    more = [_named(plain(frame), named) for frame in theirs]
    questions = more[1].filter(pl.col("table").cast(pl.String) == "questions")
    both = ((found.answers, more[0]), (found.refused, questions))
    return Answered(
        *(pl.concat([first, other.cast(dict(first.schema))]) if len(other) else first for first, other in both)
    )


def _named(frame: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Rows with their subject called as the table calls it, not by its place."""
    number = frame["subject"].cast(pl.Int64, strict=False).alias(_NUMBER)
    told = number.to_frame().join(named, on=_NUMBER, how="left", maintain_order="left")["subject"]
    return frame.with_columns(told)


def _rows_of_refused(events: pl.DataFrame, subjects: pl.DataFrame | None, refused: pl.DataFrame) -> pl.DataFrame:
    """The rows of the subjects that were refused for a row of theirs, as text, each with the columns of its subject."""
    for_a_row = refused.filter(pl.col("table").cast(pl.String).is_in(["events", "subjects"]))
    whose = for_a_row["subject"].cast(pl.String).drop_nulls().unique()
    own = _of(events, whose, {**EVENTS, **SUBJECTS})
    if subjects is None:
        return own
    theirs = _of(subjects, whose, SUBJECTS).unique("subject", keep="first", maintain_order=True)
    return theirs.join(
        own.drop([name for name in own.columns if name in SUBJECTS and name != "subject"]),
        on="subject",
        how="left",
        maintain_order="left_right",
    )


def _of(table: pl.DataFrame, whose: pl.Series, columns: object) -> pl.DataFrame:
    known = [name for name in table.columns if name in columns and name != "subject"]  # type: ignore[operator]
    named = table.with_columns(one_spelling(table["subject"].cast(pl.String)))
    rows = named.filter(pl.col("subject").is_in(whose.implode()))
    return rows.select("subject", pl.col(known).cast(pl.String))
