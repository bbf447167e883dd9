"""What is true of every subject on each day, as a table: a column for each fact."""

from collections.abc import Sequence
from datetime import date
from time import monotonic

import numpy as np
import polars as pl

from ilacs_rules.errors import (
    IlacsRulesError,
    MissingFactError,
    UnknownWordError,
    nearest,
)
from ilacs_rules.progress import watched
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import AS_OF, FACTS, Choice, Number, situation
from ilacs_rules.tables.columns.facts import Facts
from ilacs_rules.tables.columns.trees import Column as FactColumn
from ilacs_rules.tables.columns.view import Questions
from ilacs_rules.tables.frames import AnyTable, like
from ilacs_rules.tables.questions.asking import AsOf, as_asked, days_asked, pieces
from ilacs_rules.tables.questions.functions import Answered, book_of
from ilacs_rules.tables.questions.given import Coverage, gathered_from
from ilacs_rules.tables.refusals import Refusals
from ilacs_rules.tables.rows_in.gathering import Gathered
from ilacs_rules.tables.words import (
    SUBJECT_TYPE,
    Flags,
    Vocabulary,
    as_dates,
)
from ilacs_rules.values.given import items, one_of

__all__ = ["situations"]


def situations(  # noqa: PLR0913 - everything that is asked
    events: AnyTable,
    subjects: AnyTable | None = None,
    *,
    as_of: AsOf,
    facts: Sequence[str] | None = None,
    covers: Coverage | None = None,
    rulebook: Rulebook | None = None,
) -> Answered:
    """What is true of every subject on each day, one column for each fact: what ``ilacs_rules.situation`` says of one.

    Args:
        facts: the names of the facts that you want. Without it, you get all of them.
        events, subjects, as_of, covers, rulebook: as for ``next_activities``.

    Raises:
        UnknownWordError: there is no fact of that name. The message gives the nearest.
        RecordError: a table or a column is not what it must be.

    >>> import polars as pl
    >>> events = pl.DataFrame({"subject": ["A"], "type": ["childrens_home"], "activity": ["full_inspection"],
    ...                        "started": [date(2024, 5, 1)], "ended": [date(2024, 5, 2)]})
    >>> situations(events, as_of=date(2024, 5, 3), facts=["inspection_stage", "full_this_year"]).answers.row(0)
    ('A', 'childrens_home', datetime.date(2024, 5, 3), 'awaiting_report', 1)
    >>> situations(events, as_of=date(2024, 5, 3), facts=["inspection_stag"])
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: facts: is not a known fact (found 'inspection_stag'; expected ...
    """
    names = tuple(FACTS) if facts is None else _known(facts)
    as_of, begun, book, refused = as_asked(as_of), monotonic(), book_of(rulebook), Refusals()
    gathered = gathered_from(events, subjects, covers, refused, as_of if isinstance(as_of, str) else None)
    days = days_asked(as_of, gathered.subjects)
    every = pieces(gathered, as_of, days, refused, book)
    parts = [
        _true_of(asked.questions, gathered, names, refused)
        for asked in watched(every, len(gathered.histories), lambda item: item.rows, begun=begun)
    ]
    back = like(events)
    if not parts:
        return Answered(
            back(_no_situations(gathered.subjects["subject"], names)), back(refused.frame(gathered.subjects))
        )
    whole = pl.concat(parts).sort("row", AS_OF, maintain_order=True).drop("row")
    return Answered(back(whole), back(refused.frame(gathered.subjects)))


def _true_of(questions: Questions, gathered: Gathered, names: Sequence[str], refused: Refusals) -> pl.DataFrame:
    """The facts of each question. If a record lacks what it must hold for a fact, the row is refused."""
    rows = pl.Series(gathered.place.take(questions.numbers))
    read = Facts(questions)
    columns = [_as_words(name, read[name]) for name in names]
    for name in names:
        lacking = read[name].lacking
        for place in np.flatnonzero(lacking) if lacking is not None else ():
            subject, day = gathered.histories.subject(int(questions.numbers[place])), _day(questions.as_of[place])
            refused.question(gathered.subjects["subject"][int(rows[int(place)])], day, _what_lacks(subject, day, name))
    head = [
        rows.alias("row"),
        gathered.subjects["subject"].gather(rows).alias("subject"),
        SUBJECT_TYPE.series("type", np.full(len(questions), SUBJECT_TYPE.code[questions.kind], np.uint8)),
        as_dates(AS_OF, questions.as_of),
    ]
    return pl.DataFrame([*head, *columns])


def _no_situations(subject: pl.Series, names: Sequence[str]) -> pl.DataFrame:
    none = np.zeros(0, np.int32)
    head = [subject.clear().alias("subject"), SUBJECT_TYPE.series("type", none.astype(np.uint8)), as_dates(AS_OF, none)]
    return pl.DataFrame([*head, *(_as_words(name, FactColumn(none)) for name in names)])


def _day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))


def _what_lacks(subject: object, day: date, name: str) -> IlacsRulesError:
    try:
        situation(subject, as_of=day)[name]  # type: ignore[arg-type]
    except MissingFactError as error:
        return error
    raise AssertionError(f"{name} on {day}: held to be lacking")


def _as_words(name: str, column: FactColumn) -> pl.Series:
    """A fact as a column of words, counts or dates; null where it is not known, or lacking."""
    domain, values = FACTS[name].domain, column.values
    if isinstance(domain, Choice):
        words = Vocabulary(domain.words)
        found = words.series(name, values.astype(np.uint8) + np.uint8(1))
    elif isinstance(domain, Number):
        found = pl.Series(name, values)
        found = found.set(found < 0, None)
    else:
        found = as_dates(name, values.astype(np.int32))
    return found if column.lacking is None else _without(found, column.lacking)


def _without(column: pl.Series, lacking: Flags) -> pl.Series:
    return pl.select(pl.when(~pl.Series(lacking)).then(column)).to_series().alias(column.name)


def _known(facts: object) -> tuple[str, ...]:
    """The facts asked for, each once."""
    names: dict[str, None] = {}
    for given in items(facts, "facts", "a list of facts"):
        name = one_of(given, FACTS)
        if name is None:
            raise UnknownWordError("is not a known fact", field="facts", value=given, expected=nearest(given, FACTS))
        names[name] = None
    return tuple(names)
