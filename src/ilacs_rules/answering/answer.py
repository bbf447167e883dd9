"""What comes out: a due window, and an answer that carries its rule, its facts and its sources."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationInfo, field_validator

from ilacs_rules.errors import DateOrderError, RecordError
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.rulebook.rows import Citation, FrameworkReading
from ilacs_rules.situation import FACTS, Value
from ilacs_rules.situation import Day as DayFact
from ilacs_rules.values import AnyDay, Day, Record, any_day
from ilacs_rules.vocabulary import Activity, Certainty, OwedBy, Status, Strength

if TYPE_CHECKING:
    from ilacs_rules.questioning.why_not import WhyNot

__all__ = ["ASKED", "Answer", "Asked", "DueWindow", "FactUsed", "dated", "in_full", "trusted"]

ASKED = "_asked"
"""Where an answer of the engine keeps what it was asked of: outside its fields, so in no JSON and no comparison."""


class Asked(NamedTuple):
    """The history and the rulebook that an answer rests on."""

    subject: Subject
    rulebook: Rulebook


AnyModel = TypeVar("AnyModel", bound=BaseModel)


def trusted(model: type[AnyModel], values: dict[str, object]) -> AnyModel:
    """A model of values that need no checking, because the engine made them: every field must be given.

    Checking them again would cost more than finding the answer. A test holds it equal to the checked model.

    >>> print(trusted(DueWindow, {"opens": None, "due": None, "closes": date(2024, 5, 1)}))
    by 1 May 2024
    >>> trusted(DueWindow, {"opens": None, "due": None, "closes": None}).closes is None
    True
    """
    made = model.__new__(model)
    _put(made, "__dict__", values)
    _put(made, "__pydantic_fields_set__", _fields_of(model))
    _put(made, "__pydantic_extra__", None)
    _put(made, "__pydantic_private__", None)
    return made


_put = object.__setattr__


@cache
def _fields_of(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


class DueWindow(Record):
    """When something is due. ``opens`` and ``closes`` are both inclusive; ``due`` is the nominal day between them.

    Any of the three may be ``None``: not stated.

    Raises:
        DateOrderError: they are not in order.

    >>> window = DueWindow(opens=date(2024, 5, 15), closes=date(2024, 11, 15))
    >>> date(2024, 11, 15) in window, date(2024, 11, 16) in window
    (True, False)
    >>> print(DueWindow(closes=date(2024, 11, 15)))
    by 15 November 2024
    """

    opens: AnyDay | None = None
    due: AnyDay | None = None
    closes: AnyDay | None = None

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Iterator[RecordError]:
        opens, due, closes = (values.get(name) for name in ("opens", "due", "closes"))
        if any(later < earlier for earlier, later in pairwise(day for day in (opens, due, closes) if day)):
            yield DateOrderError(
                "the window is not in order", value=f"{opens}, {due}, {closes}", expected="opens, due, closes"
            )

    def __contains__(self, day: date | str) -> bool:
        """Whether a day lies in the window; an open end admits everything on its side."""
        day = any_day(day, "day")
        return (self.opens is None or self.opens <= day) and (self.closes is None or day <= self.closes)

    def __repr__(self) -> str:
        return f"DueWindow({str(self)!r})"

    def __str__(self) -> str:
        opens, due, closes = (in_full(day) if day else "" for day in (self.opens, self.due, self.closes))
        if opens and closes:
            words = f"{opens} to {closes}"
        elif closes:
            words = f"by {closes}"
        elif opens:
            words = f"from {opens}"
        else:
            words = "" if due else "not stated"
        return f"{words}{' ' if words and due else ''}{f'(nominally {due})' if due else ''}"


class FactUsed(Record):
    """A fact that led to an answer: its name, its meaning, and its value that day."""

    name: str
    means: str
    value: Value

    @field_validator("value", mode="after")
    @classmethod
    def _a_day_is_a_date(cls, value: Value, info: ValidationInfo) -> Value:
        """JSON has no dates: the fact itself says whether its text is one."""
        fact = FACTS.get(info.data.get("name", ""))
        return any_day(value) if isinstance(value, str) and fact and isinstance(fact.domain, DayFact) else value


class Answer(Record):
    """What one track of the rulebook answers for one subject on one day.

    Attributes:
        subject, urn, subject_type, as_of: what was asked, and of whom.
        activity: what must come next; ``nothing_required`` where the rule says so.
        window: when; each day ``None`` where it is not stated.
        status: how ``as_of`` stands against the window.
        strength, certainty: how firmly it is required, and how well that is known.
        owed_by: who has to act.
        track, rule: the question, and the id of the rule that answered it.
        says: the rule in plain words.
        sources: where it is said, each with its place.
        facts: what the rule asked about, and what was found.
        gap: what no source says, where that is so. evidence: what dated reports show, beside the rule.
        readings: the named readings of vague words that the answer rests on.
        notice, days_on_site, report: as the framework gives them.
        notes: what the reader of this answer should know about the record it rests on.
        not_yet_known: events of the record that lie after ``as_of`` and were left out.
        rulebook, fingerprint: the version that answered.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", events=[
    ...     ir.Event(activity="full_inspection", started=date(2023, 5, 15), ended=date(2023, 5, 19),
    ...              published=date(2023, 6, 28), judgements={"overall": "requires_improvement"})])
    >>> answer = ir.next_activity(agency, as_of=date(2024, 1, 10))
    >>> print(answer)
    An agency: full inspection, 15 May 2024 to 15 November 2024, not open (usual, quoted)
    >>> Answer.model_validate_json(answer.model_dump_json()) == answer
    True
    """

    subject: str
    urn: str = ""
    subject_type: str
    as_of: Day
    activity: Activity
    window: DueWindow
    status: Status
    strength: Strength
    certainty: Certainty
    owed_by: OwedBy
    track: str
    rule: str
    says: str
    sources: tuple[Citation, ...]
    facts: tuple[FactUsed, ...]
    gap: str = ""
    evidence: str = ""
    readings: tuple[FrameworkReading, ...] = ()
    notice: str = ""
    days_on_site: str = ""
    report: str = ""
    notes: tuple[str, ...] = ()
    not_yet_known: tuple[str, ...] = ()
    rulebook: str
    fingerprint: str

    def explain(self) -> str:
        """The answer in plain words: what, when, how firmly, why, what is not known, and who says so.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
        >>> print(ir.next_activity(agency, as_of=date(2024, 3, 1)).explain())
        An agency, asked on 1 March 2024
          Next: full inspection
          When: 31 August 2024 to 31 January 2025; it opens in 183 days
        ...
        >>> later = ir.next_activity(agency, as_of=date(2025, 2, 1)).explain()
        >>> "overdue since 31 January 2025" in later
        True
        """
        from ilacs_rules.answering.explain import explain  # noqa: PLC0415 - the room above this one

        return explain(self)

    def why_not(
        self, rule_or_activity: str, *, subject: Subject | None = None, rulebook: Rulebook | None = None
    ) -> "WhyNot":
        """Why a rule did not answer, or an activity is not what comes next: each condition, and by how much it failed.

        Args:
            rule_or_activity: the id of a rule; or an activity: every rule that would require it, the nearest first.
            subject, rulebook: what was asked about, and the rulebook that answered; needed only where the answer was
                read back from JSON or put together by hand.

        Raises:
            UnknownWordError: neither a rule nor an activity; the message gives the nearest.
            RecordError: the answer was read back and no ``subject`` is given, or another one than was asked about.
            RulebookError: ``rulebook`` is not the one that gave the answer.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
        >>> answer = ir.next_activity(agency, as_of=date(2024, 3, 1))
        >>> why = answer.why_not("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
        >>> [(item.fact.name, item.fact.value, item.allowed) for item in why.rules[0].failed]
        [('inspection_stage', 'none', 'complete'), ('last_overall', 'none', 'inadequate')]
        >>> Answer.model_validate_json(answer.model_dump_json()).why_not("full_inspection")
        Traceback (most recent call last):
        ilacs_rules.errors.RecordError: subject: this answer does not bring along the history it was given for ...
        """
        from ilacs_rules.questioning.why_not import why_not  # noqa: PLC0415 - a room above this one

        return why_not(self, rule_or_activity, subject=subject, rulebook=rulebook)

    @property
    def asked(self) -> Asked | None:
        """The history and the rulebook that the engine gave this answer for; ``None`` once it was read from JSON."""
        return cast("Asked | None", self.__dict__.get(ASKED))

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        return {**state, "__dict__": {name: value for name, value in state["__dict__"].items() if name != ASKED}}

    def __str__(self) -> str:
        from ilacs_rules.answering.explain import one_line  # noqa: PLC0415 - the room above this one

        return one_line(self)

    def __repr__(self) -> str:
        return f"Answer({str(self)!r})"

    def _repr_html_(self) -> str:
        from ilacs_rules.answering.explain import as_html  # noqa: PLC0415 - the room above this one

        return as_html(self)


def in_full(day: date) -> str:
    """A day as people write it, whatever the machine's language: ``15 May 2024``.

    >>> in_full(date(2024, 5, 15))
    '15 May 2024'
    >>> in_full(date(2024, 12, 1))
    '1 December 2024'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def dated(text: str) -> str:
    """The date of an edition as people write it, as far as it is known: a day, a month or a year.

    >>> dated("2024-04-05"), dated("2024-04"), dated("2024")
    ('5 April 2024', 'April 2024', '2024')
    >>> dated("")
    ''
    """
    year, *rest = text.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([_MONTHS[int(rest[0]) - 1]] if rest else []), year])


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
