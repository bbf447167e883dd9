"""What is true of a subject on a day: the facts that rules may ask about, each declared once."""

from datetime import date

from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.records import LocalAuthority, Provider, Subject
from ilacs_rules.situation.aggregates import Choice, Day, Domain, Number, Value
from ilacs_rules.situation.aggregates.domains import GONE
from ilacs_rules.situation.boxes import AS_OF, EXISTS, SUBJECT, Allowed, Box, Range, Words
from ilacs_rules.situation.facts import FACTS, IMPOSSIBLE, Fact
from ilacs_rules.situation.read import Facts
from ilacs_rules.situation.view import History, View
from ilacs_rules.values import as_day
from ilacs_rules.values.given import one_of

__all__ = [
    "AS_OF",
    "EXISTS",
    "FACTS",
    "GONE",
    "IMPOSSIBLE",
    "SUBJECT",
    "Allowed",
    "Box",
    "Choice",
    "Day",
    "Domain",
    "Fact",
    "Facts",
    "History",
    "Number",
    "Range",
    "Situation",
    "Value",
    "View",
    "Words",
    "checked_day",
    "history_of",
    "situation",
]


class Situation:
    """The facts of one subject on one day. Each is worked out when you ask for it, and kept.

    Use ``situation`` to make one. Ask for a fact by its name; ``all`` gives every fact.

    Raises:
        UnknownWordError: there is no fact of that name. The message gives the nearest.

    >>> facts = situation(LocalAuthority(name="A council", created="2023-04-01"), as_of="2024-04-09")
    >>> facts["inspection_stage"]
    'none'
    >>> facts["inspection_stag"]
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: ...
    """

    __slots__ = ("facts", "view")

    def __init__(self, view: View, facts: Facts | None = None) -> None:
        self.view = view
        self.facts = Facts(view) if facts is None else facts

    def __getitem__(self, name: str) -> Value:
        known = one_of(name, (AS_OF, *FACTS))
        if known is None:
            raise UnknownWordError("is not a known fact", field="fact", value=name, expected=nearest(name, FACTS))
        return self.view.as_of if known == AS_OF else self.facts[known]

    def all(self) -> dict[str, Value]:
        """Every fact, by name. What only subjects of the other kind have is ``None``, ``0`` or a word such as ``none``.

        Raises:
            MissingFactError: the record lacks what it should hold for a fact.

        >>> council = LocalAuthority(name="A council", covers=["focused_visit"])
        >>> set(situation(council, as_of="2024-04-09").all()) == set(FACTS)
        True
        >>> facts = situation(LocalAuthority(name="A council", created="2023-04-01"), as_of="2024-04-09").all()
        >>> facts["created"].isoformat(), facts["registered"]
        ('2023-04-01', None)
        >>> situation(LocalAuthority(name="A council"), as_of="2024-04-09").all()
        Traceback (most recent call last):
        ilacs_rules.errors.MissingFactError: ...
        """
        return {name: self[name] for name in FACTS}

    def __repr__(self) -> str:
        return f"Situation({self.view.history.subject.name!r}, as_of={self.view.as_of})"


def situation(subject: Subject, *, as_of: date | str) -> Situation:
    """What is true of a subject on a day, as far as was known then.

    Args:
        subject: a ``LocalAuthority`` or a ``Provider``.
        as_of: the day, as a ``date`` or as text in the form YYYY-MM-DD.

    Raises:
        RecordError: ``as_of`` is not a day, or ``subject`` is not a subject.

    >>> from ilacs_rules import Event
    >>> visit = Event(activity="focused_visit", started=date(2024, 4, 9), ended=date(2024, 4, 10))
    >>> authority = LocalAuthority(name="An authority", events=[visit])
    >>> situation(authority, as_of="2024-04-09")["inspection_stage"]
    'none'
    >>> situation(authority, as_of="09/04/2024")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: as_of: is not a date in the form YYYY-MM-DD (found '09/04/2024'; \
expected '2024-04-09' if the day comes first, '2024-09-04' if the month does)
    """
    day = checked_day(as_of)
    return Situation(View(history_of(subject), day))


def checked_day(as_of: object) -> date:
    """A day that can be asked about.

    Raises:
        RecordError: it is not a day.
    """
    return as_day(as_of, "as_of")


def history_of(subject: Subject) -> History:
    """A subject's record made ready for reading: once for each subject, and left with it.

    Raises:
        RecordError: it is not a subject.
    """
    if type(subject) not in _SUBJECTS and not isinstance(subject, _SUBJECTS):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RecordError("is not a subject", field="subject", value=subject, expected="a LocalAuthority or a Provider")
    kept: dict[str, object] = vars(subject)
    history = kept.get("_history")
    # A copy of a subject brings its original's along.
    if not isinstance(history, History) or history.subject is not subject:
        history = kept["_history"] = History(subject)
    return history


_SUBJECTS = (LocalAuthority, Provider)
