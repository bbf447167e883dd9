"""What is seen of some subjects on a day, as one value from which every shape is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, cast

from pydantic import Discriminator, Tag

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import required_of
from ilacs_rules.answering.several import Answers
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.outlook.groups import Group, group_of, next_day_of
from ilacs_rules.outlook.history import Done, history_of
from ilacs_rules.outlook.measured import Measured
from ilacs_rules.questioning.moved.found import Key, key_of
from ilacs_rules.reading.problems import RowProblem
from ilacs_rules.records import LocalAuthority, Provider
from ilacs_rules.values import Record
from ilacs_rules.vocabulary import Status, Strength

__all__ = ["OutlookSubject", "Row", "Seen"]


def _kind(value: Any) -> str:
    kind = cast("dict[str, object]", value).get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return "local_authority" if kind == "local_authority" else "provider"


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of one subject: the answer, and when it needs attention.

    Attributes:
        answer: what was answered. Everything that is shown of the row comes from it.
        group: when it needs attention.
        turns: the next day on which its window opens, is nominally due or closes. ``None`` if there is none.
        place: the place of its subject in the outlook, from 0.
        measured: when others like it were seen to begin the same. ``None`` if nothing can be told, or you did not ask.
    """

    answer: Answer
    group: Group
    turns: date | None
    place: int
    measured: Measured | None = None


class OutlookSubject(Record):
    """One subject of an outlook.

    Attributes:
        subject: its record, as it was asked about.
        next: what ``next_activity`` answers. ``None`` if the rulebook says nothing of the inspectorate on that day.
        answers: what ``answers`` gives: one answer for each track.
        measured: when the same happened to others like it. Empty if you did not ask.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
    >>> one = ir.outlook(agency, as_of="2024-03-01").subjects[0]
    >>> one.next == ir.next_activity(agency, as_of="2024-03-01"), len(one.answers) > 1
    (True, True)
    >>> ir.outlook(agency, as_of="2024-03-01", practice=False).subjects[0].measured
    ()
    """

    subject: Annotated[
        Annotated[LocalAuthority, Tag("local_authority")] | Annotated[Provider, Tag("provider")], Discriminator(_kind)
    ]
    next: Answer | None
    answers: Answers
    measured: tuple[Measured, ...] = ()

    @cached_property
    def required(self) -> Answers:
        """What ``required_activities`` gives: everything that is due, earliest to close first."""
        return required_of(self.answers)

    @cached_property
    def may(self) -> Answers:
        """What only may happen."""
        return Answers(
            answer
            for answer in self.answers
            if answer.status is not Status.NOT_REQUIRED and answer.strength is Strength.MAY
        )

    @cached_property
    def not_required(self) -> Answers:
        """The tracks in which nothing is required; each says why."""
        return Answers(answer for answer in self.answers if answer.status is Status.NOT_REQUIRED)


class Seen(Record):
    """What councils and settings can expect, as it stood on one day.

    Every report, workbook and calendar is made from it. ``Outlook`` is this, with a method for each kind of file.

    Attributes:
        as_of: the day you asked about.
        until: activities that open after this day are left out of lists and counted in ``beyond``. ``None`` leaves
            nothing out.
        subjects: each subject that could be answered, in the order in which you gave them.
        not_answered: the other subjects, each with the reason.
        not_read: what could not be read of the file that they came from, if you gave one.
        practice: whether each window has beside it when the same happened to others.
        rulebook, fingerprint: the version of the rulebook that answered.
    """

    as_of: date
    until: date | None = None
    subjects: tuple[OutlookSubject, ...]
    not_answered: tuple[NotAnswered, ...] = ()
    not_read: tuple[RowProblem, ...] = ()
    practice: bool = False
    rulebook: str
    fingerprint: str

    @property
    def required(self) -> Answers:
        """Everything that is required of or from every subject, subject by subject."""
        return self._required

    @property
    def records(self) -> dict[Key, LocalAuthority | Provider]:
        """The record of each subject, by its kind and its number or else its name."""
        return {key_of(item.subject): item.subject for item in self.subjects}

    @cached_property
    def _required(self) -> Answers:
        return Answers(answer for item in self.subjects for answer in item.required)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What is required and in reach of ``until``: by group, then by the day that comes next, then by subject."""
        rows = (row for place, item in enumerate(self.subjects) for row in _rows(item.required, item, place))
        return tuple(sorted(filter(self._is_in_reach, rows), key=_attention))

    @cached_property
    def may(self) -> tuple[Row, ...]:
        """What only may happen, in the same order."""
        rows = (row for place, item in enumerate(self.subjects) for row in _rows(item.may, item, place))
        return tuple(sorted(filter(self._is_in_reach, rows), key=_attention))

    @cached_property
    def histories(self) -> tuple[tuple[Done, ...], ...]:
        """What had happened to each subject by the day asked about, latest first."""
        return tuple(history_of(item.subject, self.as_of) for item in self.subjects)

    @cached_property
    def groups(self) -> dict[Group, tuple[Row, ...]]:
        """The rows of each group; a group without any is there too."""
        found: dict[Group, list[Row]] = {group: [] for group in Group}
        for row in self.rows:
            found[row.group].append(row)
        return {group: tuple(rows) for group, rows in found.items()}

    @cached_property
    def beyond(self) -> int:
        """How many required activities open only after ``until`` and are left out of ``rows``."""
        return len(self.required) - len(self.rows)

    def _is_in_reach(self, row: Row) -> bool:
        window = row.answer.window
        first = window.opens or (window.due if window.closes is None else None)
        return self.until is None or first is None or first <= self.until

    def __repr__(self) -> str:
        counts = f"activities={len(self.rows)}, not_answered={len(self.not_answered)}, not_read={len(self.not_read)}"
        return f"{type(self).__name__}(as_of={self.as_of}, subjects={len(self.subjects)}, {counts})"

    __str__ = __repr__


def _rows(answers: Answers, item: OutlookSubject, place: int) -> Iterator[Row]:
    for answer in answers:
        of_it = (each for each in item.measured if each.is_of(str(item.subject.type), answer.activity))
        yield Row(answer, group_of(answer), next_day_of(answer), place, next(of_it, None))


_ORDER = {group: number for number, group in enumerate(Group)}


def _attention(row: Row) -> tuple[int, date, str, int, str]:
    """By group; within it by the next day, or the day that has passed; then by name."""
    window = row.answer.window
    day = row.turns or window.closes or window.due or window.opens or date.max
    return (_ORDER[row.group], day, row.answer.subject.casefold(), row.place, row.answer.track)
