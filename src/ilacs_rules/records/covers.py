"""What a record would show: of which activities it holds every event, and between which days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ilacs_rules.errors import DateOrderError, RecordError
from ilacs_rules.records.events import WhatHappens, not_an_event
from ilacs_rules.records.supplied import Supplied
from ilacs_rules.values import Day
from ilacs_rules.values.faults import as_pydantic
from ilacs_rules.vocabulary import ACTIVITIES, Activity

__all__ = ["WHOLE", "Coverage", "Covered", "Whole", "coverage_order"]

Whole = Literal["inspections", "everything"]
"""A record that is meant to be whole: of what the inspectorate does, or of all that happens."""
WHOLE: tuple[Whole, ...] = ("inspections", "everything")
"""The words of it, the narrower first."""


class Covered(Supplied):
    """A promise that a record shows every event of one activity, from the first day to the last (both inclusive).

    Attributes:
        activity: the activity.
        since: the first day. ``None`` means from the beginning.
        until: the last day. ``None`` means without end.

    Where a ``Covered`` is expected, you can also give the word of the activity alone. That covers all days.

    Raises:
        UnknownWordError: the activity is not known, or cannot happen (it is only ever an answer).
        DateOrderError: it ends before it begins.

    >>> Covered(activity="focused_visit", until="2026-01-27").holds(date(2026, 1, 27))
    True
    >>> Covered(activity="focused_visit", until="2026-01-27").holds(date(2026, 1, 28))
    False
    """

    activity: WhatHappens
    since: Day | None = None
    until: Day | None = None

    if TYPE_CHECKING:

        def __init__(
            self, *, activity: Activity | str, since: date | str | None = None, until: date | str | None = None
        ) -> None: ...

    @classmethod
    def _given(cls, data: Any) -> Any:
        """A word alone is a coverage without days."""
        return {"activity": data} if isinstance(data, str) else data

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Sequence[RecordError]:
        activity, since, until = (values.get(name) for name in ("activity", "since", "until"))
        faults: list[RecordError] = []
        if activity and not ACTIVITIES[activity].event:
            faults.append(not_an_event(activity))
        if since and until and until < since:
            wanted = f"{since} or later"
            faults.append(DateOrderError("ends before it begins", field="until", value=until, expected=wanted))
        return faults

    def holds(self, day: date) -> bool:
        """Whether the record shows every event of this activity on that day.

        >>> from datetime import date
        >>> Covered(activity="focused_visit").holds(date(2026, 1, 27))
        True
        >>> Covered(activity="focused_visit", since="2026-01-28").holds(date(2026, 1, 27))
        False
        """
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class _WholeOrSome:
    """How pydantic takes a coverage: one of the words of ``WHOLE``, or a collection of activities, kept in order."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            _read,
            handler.generate_schema(tuple[Covered, ...]),
            json_schema_input_schema=handler.generate_schema(Whole | tuple[Covered | WhatHappens, ...]),
            serialization=core_schema.simple_ser_schema("any"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        if handler.mode == "validation":
            return handler(schema)
        some = cast("core_schema.WrapValidatorFunctionSchema", schema)["schema"]
        return handler(core_schema.union_schema([core_schema.literal_schema(list(WHOLE)), some]))


def _read(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> Whole | tuple[Covered, ...]:
    for word in WHOLE:
        if isinstance(value, str) and value == word:
            return word
    if isinstance(value, str | Covered | Mapping) or not hasattr(value, "__iter__"):
        expected = "'inspections', 'everything', or a list of activities"
        raise as_pydantic(RecordError("is not a coverage", expected=expected))
    return tuple(sorted(cast("tuple[Covered, ...]", handler(value)), key=coverage_order))


def coverage_order(covered: Covered) -> tuple[date, str, date]:
    """Where a coverage stands among others: by its first day, its activity and its last day."""
    return (covered.since or date.min, covered.activity, covered.until or date.min)


Coverage = Annotated[Whole | tuple[Covered, ...], _WholeOrSome]
