"""The questions that can be put to tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from time import monotonic
from typing import NamedTuple, cast

import polars as pl

from ilacs_rules.errors import RecordError
from ilacs_rules.records import WHOLE, Covered, Whole
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.tables.frames import AnyTable, as_frame, like
from ilacs_rules.tables.made import made_so
from ilacs_rules.tables.questions.answering import Book
from ilacs_rules.tables.questions.asking import NEXT, REQUIRED, AsOf, Question, answer, as_asked
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.rows_in.gathering import Gathered, gather
from ilacs_rules.tables.rows_in.whose import subjects_of
from ilacs_rules.tables.schema import COVERS, EVENTS, SUBJECTS, Column
from ilacs_rules.vocabulary import ACTIVITIES, Activity

__all__ = ["Answered", "Coverage", "book_of", "gathered_from", "next_activities", "required_activities"]

Coverage = AnyTable | Iterable[Covered | Activity | str] | str
"""``"inspections"`` or ``"everything"``; some activities, of every subject to which they happen; or a table, subject by
subject."""


class Answered(NamedTuple):
    """What came of a question: the answers, and what could not be used or answered, each with its reason."""

    answers: AnyTable
    refused: AnyTable


def next_activities(
    events: AnyTable,
    subjects: AnyTable | None = None,
    *,
    as_of: AsOf,
    covers: Coverage = WHOLE[0],
    rulebook: Rulebook | None = None,
) -> Answered:
    """The activity that comes next, for every subject and day: what ``ilacs_rules.next_activity`` answers for one.

    Args:
        events: a table of events, a row for each; its columns are those of ``EVENTS``.
        subjects: a table of subjects, a row for each, with the columns of ``SUBJECTS``; without it the table of events
            holds those columns too.
        as_of: the day asked about, a date or its text (YYYY-MM-DD); or a list of days, each asked of every subject; or
            the name of the column of ``subjects`` (of ``events``, where there is no such table) that holds each one's.
        covers: what the records would show: ``"inspections"``, ``"everything"``, some activities, or a table (columns:
            ``COVERS``).
        rulebook: the shipped one unless you give another.

    Raises:
        RecordError and its kinds: a table or a column is not what it must be. A row is never an error: it is refused.

    >>> import polars as pl
    >>> from datetime import date
    >>> events = pl.DataFrame({
    ...     "subject": ["A", "A", "B"], "type": "independent_fostering_agency",
    ...     "activity": ["full_inspection", "full_inspection", "full inspection"],
    ...     "started": ["2020-01-06", "2023-05-15", "2023-05-15"], "published": [None, "2023-06-28", None],
    ...     "overall": ["good", "requires_improvement", None]})
    >>> answered = next_activities(events, as_of=date(2024, 1, 10))
    >>> answered.answers.select("subject", "activity", "opens", "closes", "status").rows()
    [('A', 'full_inspection', datetime.date(2024, 5, 15), datetime.date(2024, 11, 15), 'not_open')]
    >>> answered.refused.select("subject", "message").rows()
    [('B', "activity: is not a known activity (found 'full inspection'; expected 'full_inspection'? ...
    """
    return _answered(NEXT, events, subjects, as_of, covers, rulebook)


def required_activities(
    events: AnyTable,
    subjects: AnyTable | None = None,
    *,
    as_of: AsOf,
    covers: Coverage = WHOLE[0],
    rulebook: Rulebook | None = None,
) -> Answered:
    """Everything that is due, of every subject and day: what ``ilacs_rules.required_activities`` answers for one.

    Args and errors are those of ``next_activities``. A subject of which nothing is required has no row.

    >>> import polars as pl
    >>> from datetime import date
    >>> events = pl.DataFrame({"subject": [1], "type": ["local_authority"], "activity": ["ilacs_short"],
    ...                        "started": [date(2024, 4, 15)], "ended": [date(2024, 4, 19)],
    ...                        "published": [date(2024, 5, 29)], "overall": ["good"]})
    >>> found = required_activities(events, as_of=date(2024, 6, 1)).answers
    >>> found["activity"].to_list()[:3]
    ['report_published_by_authority', 'statement_of_action', 'self_evaluation']
    >>> required_activities(events.clear(), as_of=date(2024, 6, 1)).answers.height
    0
    """
    return _answered(REQUIRED, events, subjects, as_of, covers, rulebook)


def _answered(  # noqa: PLR0913, PLR0917 - everything that is asked
    question: Question,
    events: AnyTable,
    subjects: AnyTable | None,
    as_of: AsOf,
    covers: Coverage,
    rulebook: Rulebook | None,
) -> Answered:
    as_of, begun, book, refused = as_asked(as_of), monotonic(), book_of(rulebook), Refusals()
    gathered = gathered_from(events, subjects, covers, refused, as_of if isinstance(as_of, str) else None)
    answers = answer(gathered, question, as_of, book, refused, begun)
    back = like(events)
    return Answered(back(answers), back(refused.frame()))


def book_of(rulebook: Rulebook | None) -> Book:
    """A rulebook made ready for columns: the shipped one where none is given."""
    if rulebook is not None and not isinstance(rulebook, Rulebook):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RecordError("is not a rulebook", field="rulebook", value=rulebook, expected="a Rulebook, or None")
    return _ready(rulebook or load_rulebook())


@lru_cache(maxsize=8)
def _ready(rulebook: Rulebook) -> Book:
    return Book(rulebook)


def gathered_from(
    events: AnyTable, subjects: AnyTable | None, covers: Coverage, refused: Refusals, day: str | None
) -> Gathered:
    """Histories from the tables as they were given; ``day``: the column of subjects that holds the day asked about."""
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
    if name in columns and columns[name].holds != "day":
        raise RecordError("is not a column of days", field="as_of", value=name, expected="the name of a column of days")
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
