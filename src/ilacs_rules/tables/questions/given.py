"""What a question is put to, as it was given: tables, or subjects, with what their records cover."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import cast

import polars as pl

from ilacs_rules.errors import RecordError
from ilacs_rules.records import WHOLE, Covered, Whole
from ilacs_rules.tables.frames import AnyTable, as_frame
from ilacs_rules.tables.made import UNREAD, made_so
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.rows_in.convert import problems_of, records_of
from ilacs_rules.tables.rows_in.gathering import Gathered, gather
from ilacs_rules.tables.rows_in.whose import subjects_of
from ilacs_rules.tables.schema import COVERS, EVENTS, SUBJECTS, Column
from ilacs_rules.vocabulary import ACTIVITIES, Activity

__all__ = ["Coverage", "gathered_from"]

Coverage = AnyTable | Iterable[Covered | Activity | str] | str
"""``"inspections"`` or ``"everything"``; some activities, of every subject to which they happen; or a table, subject by
subject."""


def gathered_from(
    events: AnyTable, subjects: AnyTable | None, covers: Coverage | None, refused: Refusals, day: str | None
) -> Gathered:
    """Histories from what was given; ``day``: the column of subjects that holds the day asked about."""
    records = records_of(events)
    if records is not None:
        if subjects is not None:
            raise RecordError(
                "cannot be given when the first table already holds subjects",
                field="subjects",
                expected="nothing, or a table of events",
            )
        for problem in problems_of(events):
            refused.read(problem)
        events, subjects, covers = records.events, records.subjects, records.covers if covers is None else covers
    covers = WHOLE[0] if covers is None else covers
    given, columns = as_frame(events, "events"), SUBJECTS if subjects is not None else {**EVENTS, **SUBJECTS}
    also = {} if day is None else {day: _day_asked(day, columns)}
    if subjects is None:
        made = made_so(given, {**columns, **also}, "events")
        its_own, heads = subjects_of(made, refused, tuple(also))
        return gather(made, its_own, _covers(covers, its_own), refused, heads)
    its_own = made_so(as_frame(subjects, "subjects"), {**columns, **also}, "subjects")
    return gather(made_so(given, EVENTS, "events"), its_own, _covers(covers, its_own), refused)


def _day_asked(name: str, columns: Mapping[str, Column]) -> Column:
    """The column that holds the day asked about of each subject; it may be one that holds a day anyway."""
    if name.endswith(UNREAD) or (name in columns and columns[name].holds != "day"):
        raise RecordError(
            "is not a column of dates", field="as_of", value=name, expected="the name of a column of dates"
        )
    return Column("the day asked about", "day", needed=True)


def _claimed(covers: str | Iterable[Covered | Activity | str], subjects: pl.DataFrame) -> pl.DataFrame:
    """The same of every subject, as a table: of each, the activities that can happen to it."""
    if isinstance(covers, str):
        expected = "'inspections', 'everything', a collection of activities, or a table of them"
        raise RecordError("is not a coverage", field="covers", value=covers, expected=expected)
    rows: list[tuple[object, ...]] = []
    for number, item in enumerate(covers):
        try:
            covered = item if isinstance(item, Covered) else Covered.model_validate({"activity": item})
        except RecordError as error:
            raise error.within(f"covers[{number}]") from None
        to = ACTIVITIES[covered.activity].to
        line = (covered.activity.value, covered.since, covered.until)
        rows += [(who == "authority", *line) for who in sorted(to)]
    schema = {"authority": pl.Boolean, "activity": pl.String, "since": pl.Date, "until": pl.Date}
    who = (pl.col("type").cast(pl.String) == "local_authority").alias("authority")
    named = subjects.select("subject", who).drop_nulls()
    return named.join(pl.DataFrame(rows, schema=schema, orient="row"), on="authority").drop("authority")


def _covers(covers: Coverage, subjects: pl.DataFrame) -> pl.DataFrame | Whole:
    """What the records cover as a table, or the word for what each of them holds whole."""
    for word in WHOLE:
        if isinstance(covers, str) and covers == word:
            return word
    if isinstance(covers, str | Sequence | AbstractSet | Iterator):
        return _claimed(cast("str | Iterable[Covered | Activity | str]", covers), subjects)
    return made_so(as_frame(covers, "covers"), COVERS, "covers")
