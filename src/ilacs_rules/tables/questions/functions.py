"""The questions that can be put to tables."""

from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from ilacs_rules.rulebook import Rulebook
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.tables.frames import AnyTable, like
from ilacs_rules.tables.questions.answering import Book
from ilacs_rules.tables.questions.asking import EVERY, NEXT, REQUIRED, AsOf, Question, answer, as_asked
from ilacs_rules.tables.questions.given import Coverage, gathered_from
from ilacs_rules.tables.refusals import Refusals

__all__ = ["Answered", "book_of", "every_activity", "next_activities", "required_activities"]


class Answered(NamedTuple):
    """What came of a question: the answers, and what could not be used or answered, each with its reason."""

    answers: AnyTable
    refused: AnyTable


def next_activities(
    events: AnyTable,
    subjects: AnyTable | None = None,
    *,
    as_of: AsOf,
    covers: Coverage | None = None,
    rulebook: Rulebook | None = None,
) -> Answered:
    """The activity that comes next, for every subject and day: what ``ilacs_rules.next_activity`` answers for one.

    Args:
        events: a table of events, a row for each; its columns are those of ``EVENTS``. Or subjects as they are: what
            ``ilacs_rules.read`` gave, a list of them, or one; each is then called by its place, from 0.
        subjects: a table of subjects, a row for each, with the columns of ``SUBJECTS``; without it the table of events
            holds those columns too.
        as_of: the day asked about, a date or its text (YYYY-MM-DD); or a list of days, each asked of every subject; or
            the name of the column of ``subjects`` (of ``events``, where there is no such table) that holds each one's.
        covers: what the records would show: ``"inspections"``, ``"everything"``, some activities, or a table (columns:
            ``COVERS``). Unless you say, tables show inspections, and subjects what they themselves say.
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
    >>> from ilacs_rules import Provider
    >>> homes = [Provider(type="childrens_home", name="A home", urn="SC1", registered=date(2023, 11, 1))]
    >>> next_activities(homes, as_of=date(2024, 1, 10)).answers.select("subject", "name", "urn").rows()
    [(0, 'A home', 'SC1')]
    """
    return _answered(NEXT, events, subjects, as_of, covers, rulebook)


def required_activities(
    events: AnyTable,
    subjects: AnyTable | None = None,
    *,
    as_of: AsOf,
    covers: Coverage | None = None,
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


def every_activity(
    events: AnyTable,
    subjects: AnyTable | None = None,
    *,
    as_of: AsOf,
    covers: Coverage | None = None,
    rulebook: Rulebook | None = None,
) -> Answered:
    """What every track answers, also what only may happen: as ``next_activities`` otherwise."""
    return _answered(EVERY, events, subjects, as_of, covers, rulebook)


def _answered(  # noqa: PLR0913, PLR0917 - everything that is asked
    question: Question,
    events: AnyTable,
    subjects: AnyTable | None,
    as_of: AsOf,
    covers: Coverage | None,
    rulebook: Rulebook | None,
) -> Answered:
    as_of, begun, book, refused = as_asked(as_of), monotonic(), book_of(rulebook), Refusals()
    gathered = gathered_from(events, subjects, covers, refused, as_of if isinstance(as_of, str) else None)
    answers = answer(gathered, question, as_of, book, refused, begun)
    back = like(events)
    return Answered(back(answers), back(refused.frame(gathered.subjects)))


def book_of(rulebook: Rulebook | None) -> Book:
    """A rulebook made ready for columns: the shipped one where none is given."""
    return _ready(book_given(rulebook))


@lru_cache(maxsize=8)
def _ready(rulebook: Rulebook) -> Book:
    return Book(rulebook)
