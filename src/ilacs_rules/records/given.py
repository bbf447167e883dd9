"""Subjects that a caller gives to a function. Anything else is refused."""

from ilacs_rules.errors import RecordError
from ilacs_rules.records.subjects import LocalAuthority, Provider
from ilacs_rules.records.told_apart import Subject
from ilacs_rules.values.given import items

__all__ = ["subject_given", "subjects_given"]

_WANTED = "a LocalAuthority or a Provider"


def subject_given(given: object, field: str = "subject") -> Subject:
    """One subject.

    >>> subject_given("Leeds")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: subject: is not a subject (found 'Leeds'; expected a LocalAuthority or a Provider)
    """
    if not isinstance(given, LocalAuthority | Provider):
        raise RecordError("is not a subject", field=field, value=given, expected=_WANTED)
    return given


def subjects_given(given: object, field: str = "subjects") -> tuple[Subject, ...]:
    """One subject, or all of a collection.

    >>> subjects_given([LocalAuthority(name="Leeds")])[0].name
    'Leeds'
    >>> subjects_given([5])
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: subjects[0]: is not a subject (found 5; expected a LocalAuthority or a Provider)
    """
    if isinstance(given, LocalAuthority | Provider):
        return (given,)
    each = items(given, field, "subjects, each a LocalAuthority or a Provider")
    return tuple(subject_given(item, f"{field}[{number}]") for number, item in enumerate(each))
