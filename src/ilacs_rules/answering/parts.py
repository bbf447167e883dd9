"""What an answer is made of: its window, the facts that led to it, and the fields of the answer itself."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ValidationInfo, field_validator

from ilacs_rules.dates import in_full
from ilacs_rules.errors import DateOrderError, RecordError
from ilacs_rules.rulebook.shared import FrameworkReading
from ilacs_rules.rulebook.sources import Citation
from ilacs_rules.situation import FACTS, Value
from ilacs_rules.situation import Day as DayFact
from ilacs_rules.values import AnyDay, Day, Record, any_day
from ilacs_rules.vocabulary import Activity, Certainty, OwedBy, RecordState, Status, Strength

__all__ = ["AnswerFields", "DueWindow", "FactUsed", "trusted"]

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
    _put_values(made, values)
    _put_fields_set(made, _fields_of(model))
    _put_extra(made, None)
    _put_private(made, None)
    return made


# The four slots of a pydantic model, filled directly: half the time of setting them by name.
_put_values, _put_fields_set, _put_extra, _put_private = (
    cast("Callable[[BaseModel, object], None]", BaseModel.__dict__[slot].__set__)
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


@cache
def _fields_of(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


class DueWindow(Record):
    """When something is due.

    Attributes:
        opens: the first day of the window, inclusive.
        due: the nominal day between ``opens`` and ``closes``.
        closes: the last day of the window, inclusive.

    Each of the three is ``None`` if it is not stated.

    Raises:
        DateOrderError: the days are not in order.

    >>> window = DueWindow(opens=date(2024, 5, 15), closes=date(2024, 11, 15))
    >>> date(2024, 11, 15) in window, date(2024, 11, 16) in window
    (True, False)
    >>> print(DueWindow(closes=date(2024, 11, 15)))
    by 15 November 2024
    """

    opens: AnyDay | None = None
    due: AnyDay | None = None
    closes: AnyDay | None = None

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            opens: date | str | None = None,
            due: date | str | None = None,
            closes: date | str | None = None,
        ) -> None: ...

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Sequence[RecordError]:
        days = opens, due, closes = tuple(values.get(name) for name in ("opens", "due", "closes"))
        if all(earlier <= later for earlier, later in pairwise(day for day in days if day)):
            return ()
        said = f"{opens}, {due}, {closes}"
        return [DateOrderError("the window is not in order", value=said, expected="opens, due, closes")]

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
    """A fact that led to an answer.

    Attributes:
        name: its name in the rulebook.
        means: what it means, in words.
        value: its value on the day. ``None`` if it is not known.

    >>> FactUsed(name="last_overall", means="overall grade", value="good").value
    'good'
    >>> FactUsed(name="registered", means="the day of registration", value=None).value is None
    True
    """

    name: str
    means: str
    value: Value

    @field_validator("value", mode="after")
    @classmethod
    def _a_day_is_a_date(cls, value: Value, info: ValidationInfo) -> Value:
        """JSON has no dates: the fact itself says whether its text is one."""
        fact = FACTS.get(info.data.get("name", ""))
        return any_day(value) if isinstance(value, str) and fact and isinstance(fact.domain, DayFact) else value


class AnswerFields(Record):
    """Everything that an answer says, as values; ``Answer`` says what each field is, and puts them into words."""

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
    record: RecordState = RecordState.WHOLE
    rulebook: str
    fingerprint: str
