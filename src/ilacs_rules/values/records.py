"""What every record is: a frozen value, an ordinary model of pydantic, refused with every fault at once."""

from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from ilacs_rules.errors import IlacsRulesError, RecordError
from ilacs_rules.values.faults import Place, as_error, as_pydantic, lines_of, refused
from ilacs_rules.values.wording import in_our_words, what_stands

__all__ = ["Ordinary", "Record", "Text"]


def _can_be_written(text: str) -> str:
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise as_pydantic(RecordError("is not text", expected="text that can be written as UTF-8"))
    return text


Text = Annotated[str, AfterValidator(_can_be_written)]


class Ordinary(BaseModel):
    """A frozen value that is a model like any other to pydantic, and raises our own error where it is called directly.

    It may be validated within another model, by a ``TypeAdapter`` or in the body of a web request. Then its faults are
    lines of a ``ValidationError``, each with its place. Called directly, as ``Event(...)``,
    ``Event.model_validate(...)`` or ``Event.model_validate_json(...)``, it raises an error of the library's family,
    which holds the same faults.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    refused_as: ClassVar[type[IlacsRulesError]] = RecordError
    """The kind of error that a direct call raises."""

    if not TYPE_CHECKING:  # to type checkers the fields say what a record is made of

        def __init__(self, /, **given: Any) -> None:
            try:
                self.__pydantic_validator__.validate_python(given, self_instance=self)
            except ValidationError as error:
                raise self._refusal(error) from None
            except Exception as error:  # noqa: BLE001 - see `_foreign`
                raise self._foreign(given, error) from None

        # pydantic builds what is nested without this method, as it does for models that have none of their own.
        __init__.__pydantic_base_init__ = True

    @classmethod
    def _refusal(cls, error: ValidationError) -> IlacsRulesError:
        """The error that a direct call raises."""
        return as_error(error, cls.refused_as)

    @classmethod
    def _foreign(cls, given: object, error: Exception) -> Exception:
        """Our own error for a value of a class that raises when it is compared with a word.

        What is nested without end is of that kind too. Errors of our family, and of the machine, stay as they are.
        """
        if isinstance(error, IlacsRulesError | MemoryError):
            return error
        fields = cast("Mapping[object, object]", given) if isinstance(given, Mapping) else dict[object, object]()
        faults = [
            cls.refused_as("cannot be read", field=str(name), value=value, expected="a plain value")
            for name, value in fields.items()
            if isinstance(name, str) and cls._is_foreign({name: value})
        ]
        return cls.refused_as.together(
            faults
            or [
                cls.refused_as(
                    "cannot be read", field=cls.__name__, value=cast("object", given), expected="plain values"
                )
            ]
        )

    @classmethod
    def _is_foreign(cls, given: dict[str, object]) -> bool:
        try:
            cls.__pydantic_validator__.validate_python(given)
        except ValidationError:
            return False
        except Exception:  # noqa: BLE001 - see `_foreign`
            return True
        return False

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """A record from a mapping of its fields, or from a record.

        Raises:
            RecordError: it cannot be right; ``faults`` holds every fault. Rows of a rulebook raise a RulebookError.

        >>> from ilacs_rules import Covered
        >>> Covered.model_validate({"activity": "jtai", "since": "2024-01-31"}).since
        datetime.date(2024, 1, 31)
        >>> Covered.model_validate({"activity": "jtia", "since": "31/01/2024"})
        Traceback (most recent call last):
        ilacs_rules.errors.RecordError: 2 faults
          activity: is not a known activity (found 'jtia'; expected 'jtai'? (one of 43 known words))
          since: is not a date in the form YYYY-MM-DD (found '31/01/2024'; expected '2024-01-31')
        """
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise cls._refusal(error) from None
        except Exception as error:  # noqa: BLE001 - see `_foreign`
            raise cls._foreign(obj, error) from None

    @classmethod
    def model_validate_strings(cls, obj: Any, **options: Any) -> Self:
        """A record from a mapping in which every value is text; refused like any other."""
        try:
            return super().model_validate_strings(obj, **options)
        except ValidationError as error:
            raise cls._refusal(error) from None
        except Exception as error:  # noqa: BLE001 - see `_foreign`
            raise cls._foreign(obj, error) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """A record from JSON text; text that is not JSON is refused like any other fault."""
        try:
            return super().model_validate_json(json_data, **options)
        except UnicodeError:
            raise _not_json(cls, json_data) from None
        except ValidationError as error:
            if any(line["type"] == "json_invalid" for line in error.errors(include_url=False)):
                raise _not_json(cls, json_data) from None
            raise cls._refusal(error) from None

    def __iter__(self) -> Generator[tuple[str, Any], None, None]:
        """Each field with its value, and nothing that was kept beside them."""
        kept = self.__dict__
        yield from ((name, kept[name]) for name in type(self).model_fields)


def _not_json(model: type[Ordinary], text: str | bytes | bytearray) -> IlacsRulesError:
    said = text if isinstance(text, str) else bytes(text).decode("utf-8", "backslashreplace")
    return model.refused_as("is not JSON", field=model.__name__, value=said[:80], expected="JSON text")


class Record(Ordinary):
    """What the caller supplies, or what comes out: refused with every fault at once, in the field's own words."""

    @model_validator(mode="wrap")
    @classmethod
    def _every_fault(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        # What is taken as it stands pays for nothing else: all that is slow is done where it was not.
        try:
            made = handler(data)
        except ValidationError as error:
            given = cls._given(data)
            if given is data:
                raise cls._told(error, data) from None
            try:
                made = handler(given)
            except ValidationError as fault:
                raise cls._told(fault, given) from None
        if made is not data and (faults := cls._faults(cast("dict[str, Any]", made.__dict__))):
            raise refused(cls.__name__, lines_of(cls._placed(faults, data, ())))
        return made

    @classmethod
    def _told(cls, error: ValidationError, data: Any) -> ValidationError:
        """The same faults in our words, and those that can be seen beside them."""
        lines = in_our_words(error, cls)
        wrong = [line.get("loc", ()) for line in lines]
        faults = cls._faults(what_stands(cls, data, wrong))
        return refused(cls.__name__, lines + lines_of(cls._placed(faults, data, wrong)))

    @classmethod
    def _given(cls, data: Any) -> Any:
        """What was refused, in another form in which the fields may take it; or as it is."""
        return data

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Sequence[RecordError]:  # noqa: ARG003
        """What is wrong with values that each can stand alone; where one could not, it is not among them."""
        return ()

    @classmethod
    def _placed(cls, faults: Sequence[RecordError], data: Any, wrong: Sequence[Place]) -> Sequence[RecordError]:  # noqa: ARG003
        """The same faults, each at the place where its value was given; ``wrong``: places that cannot stand."""
        return faults

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """A copy, with other values where ``update`` brings some: checked like the original, never merely altered.

        >>> from ilacs_rules import Event
        >>> visit = Event(activity="focused_visit", started="2024-04-09")
        >>> visit.model_copy(update={"ended": "2024-04-10"}).ended
        datetime.date(2024, 4, 10)
        >>> visit.model_copy(update={"ended": "2024-04-08"})
        Traceback (most recent call last):
        ilacs_rules.errors.DateOrderError: ended: focused visit cannot end before it starts ...
        """
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | dict(update or {}))
