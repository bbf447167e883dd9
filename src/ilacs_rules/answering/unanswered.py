"""A subject that could not be answered, in the place of an answer."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from ilacs_rules.errors import IlacsRulesError, in_text
from ilacs_rules.records import Subject

__all__ = ["Failure", "NotAnswered"]


class Failure(BaseModel):
    """An error of this library as a program reads it.

    Attributes:
        kind: its class, such as ``OutsideRulebookError``.
        problem, field, value, expected: what it says of itself, as texts; ``value`` is null where nothing stood there.
        message: all of that in one sentence.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: str
    problem: str
    field: str
    value: str | None
    expected: str
    message: str


class NotAnswered(BaseModel):
    """A subject that could not be answered, in the place of an answer: the key ``error`` tells the two apart."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    subject: str
    urn: str = ""
    subject_type: str
    as_of: date
    error: Failure

    @classmethod
    def of(cls, subject: Subject, as_of: date, error: IlacsRulesError) -> Self:
        """Of a subject, the day asked about and the error that was met.

        >>> from ilacs_rules import Provider, next_activity
        >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
        >>> try:
        ...     next_activity(agency, as_of=date(1999, 1, 1))
        ... except IlacsRulesError as error:
        ...     print(NotAnswered.of(agency, date(1999, 1, 1), error).error.kind)
        OutsideRulebookError
        """
        value = None if error.value is None else in_text(error.value)
        failure = Failure(
            kind=type(error).__name__,
            problem=error.problem,
            field=error.field,
            value=value,
            expected=error.expected,
            message=str(error),
        )
        kind = str(subject.type)
        return cls(subject=subject.name, urn=subject.urn, subject_type=kind, as_of=as_of, error=failure)
