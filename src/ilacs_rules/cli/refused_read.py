"""Subjects that a table refuses or sees otherwise, answered as the reader of every other command does.

A table is read in whole columns, and refuses a subject of which one row cannot be used. Every other command answers
for it without that row or value, and says so; and it leaves out a day that an event contradicts. Those rows are few:
they go through that very reader, so that both agree.
"""

from io import StringIO

import polars as pl

from ilacs_rules.cli.asked_of_tables import AskedOf
from ilacs_rules.cli.doubted import doubted, in_one_spelling
from ilacs_rules.errors import DateOrderError, IlacsRulesError
from ilacs_rules.files.csv_records import records
from ilacs_rules.reading import Published, read
from ilacs_rules.tables import EVENTS, SUBJECTS, Answered
from ilacs_rules.tables.questions.clusters import plain
from ilacs_rules.tables.refusals import Refusals

__all__ = ["with_the_refused"]

_NUMBER = "number of the subject"


def with_the_refused(
    events: pl.DataFrame,
    subjects: pl.DataFrame | None,
    found: Answered,
    asked: AskedOf,
    covers: pl.DataFrame | None = None,
) -> Answered:
    """Answers, with those for subjects of which a row was refused or a day is doubted; what was refused stays."""
    doubts = doubted(events, subjects)
    again = pl.concat([_refused_for_a_row(found.refused), doubts]).unique()
    if covers is not None and "subject" in covers.columns:
        # What the record of these shows stands in another table, of which that reader knows nothing.
        again = again.filter(~again.is_in(in_one_spelling(covers).drop_nulls().implode()))
    rows = _rows_of(events, subjects, again)
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
    left_out = _left_out(published, subject_on, doubts, events if subjects is None else subjects, subjects is None)
    anew = pl.col("subject").cast(pl.String).is_in(whose)
    answers = found.answers.filter(~anew)
    refused = found.refused.filter(~(anew & (pl.col("table").cast(pl.String) == "questions")))
    return Answered(_beside(answers, more[0]), _beside(_beside(refused, left_out), questions))


def _beside(first: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([first, other.cast(dict(first.schema))]) if len(other) else first  # type: ignore[arg-type]


def _left_out(
    published: Published, subject_on: dict[int, str], doubts: pl.Series, table: pl.DataFrame, in_events: bool
) -> pl.DataFrame:
    """The days that were left out of doubted subjects, each at the first row of its subject."""
    refusals, of, spelt = Refusals(), set(doubts), in_one_spelling(table)
    for problem in published.problems:
        subject = subject_on.get(problem.line)
        if subject in of and problem.field == "registered":
            error = DateOrderError(problem.problem, field=problem.field, value=problem.value, expected=problem.expected)
            refusals.row("events" if in_events else "subjects", spelt.index_of(subject), subject, error)
    return refusals.frame()


def _named(frame: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Rows with their subject called as the table calls it, not by its place."""
    number = frame["subject"].cast(pl.Int64, strict=False).alias(_NUMBER)
    told = number.to_frame().join(named, on=_NUMBER, how="left", maintain_order="left")["subject"]
    return frame.with_columns(told)


def _refused_for_a_row(refused: pl.DataFrame) -> pl.Series:
    for_a_row = refused.filter(pl.col("table").cast(pl.String).is_in(["events", "subjects"]))
    return for_a_row["subject"].cast(pl.String).drop_nulls().unique()


def _rows_of(events: pl.DataFrame, subjects: pl.DataFrame | None, whose: pl.Series) -> pl.DataFrame:
    """The rows of some subjects, as text, each with the columns of its subject."""
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
    named = table.with_columns(in_one_spelling(table))
    rows = named.filter(pl.col("subject").is_in(whose.implode()))
    return rows.select("subject", pl.col(known).cast(pl.String))
