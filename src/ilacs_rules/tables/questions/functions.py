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
    """What came of a question to a table.

    Attributes:
        answers: the answers, one row for each.
        refused: what could not be used or answered, each row with its reason.

    >>> import polars as pl
    >>> events = pl.DataFrame({"subject": ["A"], "type": ["childrens_home"], "activity": [None]})
    >>> asked = next_activities(events, as_of="2024-01-10")
    >>> asked.answers.height, asked.refused.height
    (0, 1)
    >>> [table.height for table in next_activities(events.clear(), as_of="2024-01-10")]
    [0, 0]
    """

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
        events: a table of events, one row for each, with the columns of ``EVENTS``. You can also give subjects: what
            ``ilacs_rules.read`` gave, a list of subjects, or one. Each is then called by its place, from 0.
        subjects: a table of subjects, one row for each, with the columns of ``SUBJECTS``. Without it, the table of
            events holds those columns too.
        as_of: the day you ask about; see below.
        covers: what the records show in full: ``"inspections"``, ``"everything"``, some activities, or a table with the
            columns of ``COVERS``. Without it, a table of events shows inspections, and subjects show what they
            themselves say.
        rulebook: a rulebook of your own. Without it, the shipped one answers.

    ``as_of`` can be a date, or its text in the form YYYY-MM-DD. With a list of days, every subject is asked about each
    of them. With the name of a column, each subject is asked about its own day. That column stands in the table of
    subjects, or in the table of events if there is no table of subjects.

    Raises:
        RecordError: a table or a column is not what it must be. A row never raises an error: it is refused, with the
            reason.

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
    """Everything that is due, for every subject and day: what ``ilacs_rules.required_activities`` answers for one.

    A subject of which nothing is required has no row.

    Args:
        events, subjects, as_of, covers, rulebook: as for ``next_activities``.

    Raises:
        RecordError: as for ``next_activities``.

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
    """What every track answers, including what only may happen. It is like ``next_activities`` in everything else."""
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
