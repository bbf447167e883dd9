"""What every record is: a frozen value whose days are days, and whose every refusal names the field."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from re import ASCII
from re import compile as compile_pattern
from typing import Annotated, Any, Self, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.vocabulary import Activity, Area, Effectiveness, Grade, Outcome, ProviderType

__all__ = ["FIRST_DAY", "ISO_DAY", "LAST_DAY", "Day", "Record", "Text"]


def _only_a_date(value: object, info: ValidationInfo) -> object:
    """A day is a date, never a datetime, a number or (outside JSON) a string: each of those hides a decision."""
    if type(value) is date:
        if FIRST_DAY <= value <= LAST_DAY:
            return value
        raise PydanticCustomError("out_of_reach", "a date from 1900-01-01 to 2100-12-31")
    if info.mode == "json" and isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return _only_a_date(day, info)
    raise PydanticCustomError("date_type", "a date")


def _can_be_written(text: str) -> str:
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise PydanticCustomError("text", "text that can be written as UTF-8")
    return text


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""The days that a record, and a question, can speak of: beyond them lies only what was mistyped."""
ISO_DAY = compile_pattern(r"\d{4}-\d{2}-\d{2}", ASCII)
Day = Annotated[date, BeforeValidator(_only_a_date)]
Text = Annotated[str, AfterValidator(_can_be_written)]


class Record(BaseModel):
    """A frozen value whose every refusal is a ``RecordError`` that names the field."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_in_our_words(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            raise _first_fault(error, cls) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """A record from JSON text; text that is not JSON is refused like any other fault."""
        try:
            return super().model_validate_json(json_data, **options)
        except (ValidationError, UnicodeError) as error:
            raise RecordError(
                "is not JSON", field=cls.__name__, value=str(json_data)[:80], expected="JSON text"
            ) from error

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """A copy, with other values where ``update`` brings some: checked like the original, never merely altered.

        >>> from ilacs_rules import Event
        >>> visit = Event(activity="focused_visit", started=date(2024, 4, 9))
        >>> visit.model_copy(update={"ended": date(2024, 4, 10)}).ended
        datetime.date(2024, 4, 10)
        >>> visit.model_copy(update={"ended": date(2024, 4, 8)})
        Traceback (most recent call last):
        ilacs_rules.errors.DateOrderError: ended: focused visit cannot end before it starts ...
        """
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | dict(update or {}))


_KINDS: dict[str, tuple[str, type[StrEnum]]] = {
    "activity": ("activity", Activity),
    "outcome": ("outcome", Outcome),
    "effectiveness": ("effectiveness", Effectiveness),
    "type": ("provider type", ProviderType),
    **{area.value: ("grade", Grade) for area in Area},
}


def _first_fault(error: ValidationError, model: type[BaseModel]) -> RecordError:
    """pydantic's first complaint, in the field's own words."""
    fault = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in fault["loc"]) or model.__name__
    value = cast("object", fault["input"])
    name = str(fault["loc"][-1]) if fault["loc"] else ""
    if fault["type"] == "extra_forbidden":
        return UnknownWordError(
            f"is not a field of {model.__name__}", field=place, value=value, expected=nearest(name, model.model_fields)
        )
    if fault["type"] == "missing":
        return RecordError(f"is required by {model.__name__}", field=place, expected=f"a value for {name}")
    if fault["type"] in ("enum", "literal_error") and name in _KINDS:
        kind, words = _KINDS[name]
        known = [word.value for word in words]
        return UnknownWordError(f"is not a known {kind}", field=place, value=value, expected=nearest(value, known))
    if fault["type"] == "out_of_reach":
        return RecordError("is out of reach", field=place, value=value, expected=fault["msg"])
    if fault["type"].startswith("date"):
        return RecordError(
            "is not a date", field=place, value=value, expected="a datetime.date (in JSON, 'YYYY-MM-DD')"
        )
    return RecordError("cannot be read", field=place, value=value, expected=fault["msg"].lower())
