"""What is found to have moved: each answer before and after, and the reasons."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol, TypeAlias

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.parts import DueWindow
from ilacs_rules.records import Subject
from ilacs_rules.values import Record
from ilacs_rules.vocabulary import in_words

__all__ = ["Cause", "CauseKind", "Key", "Move", "Moved", "Run", "key_of"]

Key: TypeAlias = tuple[str, str]
"""Who a subject is from one run to the next: its kind, and its number or else its name."""


class Run(Protocol):
    """What was answered at one time; an ``Outlook`` is one."""

    @property
    def required(self) -> tuple[Answer, ...]:
        """Everything that was required."""
        ...

    @property
    def records(self) -> Mapping[Key, Subject]:
        """The record of each subject, as far as the run brings it along."""
        ...


class CauseKind(StrEnum):
    """Why an answer has changed.

    >>> [kind.value for kind in CauseKind]
    ['rulebook', 'day', 'record', 'not_known']
    >>> CauseKind("day") is CauseKind.DAY  # time went by
    True
    """

    RULEBOOK = "rulebook"
    DAY = "day"
    RECORD = "record"
    NOT_KNOWN = "not_known"


class Cause(Record):
    """One reason why an answer moved.

    Attributes:
        kind: what kind of reason it is.
        says: the reason in words.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
    >>> before = ir.required_activities(agency, as_of="2024-08-30")
    >>> after = ir.required_activities(agency, as_of="2024-08-31")
    >>> ir.moved(before, after).moves[0].causes[0].kind.value
    'day'
    >>> Cause(kind="not_known", says="The records are not there.").kind is CauseKind.NOT_KNOWN
    True
    """

    kind: CauseKind
    says: str

    def __str__(self) -> str:
        return self.says


class Move(Record):
    """One answer that has changed.

    Attributes:
        subject, urn, subject_type, track: whose answer it is, and to which question.
        before, after: what was answered. ``None`` if nothing was required, or the subject was not asked about.
        causes: why, in the order in which the changes were made.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
    >>> before = ir.required_activities(agency, as_of="2024-08-30")
    >>> after = ir.required_activities(agency, as_of="2024-08-31")
    >>> move = ir.moved(before, after).moves[0]
    >>> move.before.status.value, move.after.status.value
    ('not_open', 'open')
    >>> [move.after for move in ir.moved(before, ()).moves][0] is None
    True
    """

    subject: str
    urn: str
    subject_type: str
    track: str
    before: Answer | None
    after: Answer | None
    causes: tuple[Cause, ...]

    def __str__(self) -> str:
        why = "; ".join(str(cause) for cause in self.causes)
        return f"{self.subject}: {_in_short(self.before)} -> {_in_short(self.after)} ({why})"


class Moved(Record):
    """What moved between two runs.

    Attributes:
        moves: each answer that has changed.
        stayed: how many answers stayed as they were.

    >>> print(Moved(moves=(), stayed=3))
    0 answers moved, 3 stayed as they were
    >>> len(Moved(moves=(), stayed=0).moves)
    0
    """

    moves: tuple[Move, ...]
    stayed: int

    def __str__(self) -> str:
        count = len(self.moves)
        head = f"{count} answer{'' if count == 1 else 's'} moved, {self.stayed} stayed as they were"
        return "\n".join([head, *(str(move) for move in self.moves)])


def key_of(item: Answer | Subject) -> Key:
    """Who a subject is from one run to the next.

    >>> from ilacs_rules import LocalAuthority
    >>> key_of(LocalAuthority(name="An authority")), key_of(LocalAuthority(name="An authority", urn="80001"))
    (('local_authority', 'An authority'), ('local_authority', '80001'))
    """
    if isinstance(item, Answer):
        return item.subject_type, item.urn or item.subject
    return str(item.type), item.urn or item.name


def _in_short(answer: Answer | None) -> str:
    if answer is None:
        return "nothing required"
    window = "" if answer.window == DueWindow() else f", {answer.window}"
    return f"{in_words(answer.activity)}{window}, {answer.status.value.replace('_', ' ')}"
