"""A council or a provider, told apart by its type, with every fault at its place in what was given."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError, ValidatorFunctionWrapHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.records.subjects import LocalAuthority, Provider
from ilacs_rules.values.faults import lines_of, refused
from ilacs_rules.values.wording import in_our_words
from ilacs_rules.vocabulary import ProviderType

__all__ = ["Subject"]


class _ToldApart:
    """How pydantic takes a subject: its ``type`` says whether it is an authority, or which kind of provider."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        provider = handler.generate_schema(Provider)
        kinds = {_AUTHORITY: handler.generate_schema(LocalAuthority), **{kind.value: provider for kind in ProviderType}}
        union = core_schema.tagged_union_schema(kinds, discriminator="type")
        return core_schema.no_info_wrap_validator_function(_of_its_type, union)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # An authority by itself may leave its type out; here it is what tells the two apart.
        return {**handler(schema), "required": ["type"]}


_AUTHORITY = "local_authority"


def _of_its_type(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return cast("object", handler(value))
    except ValidationError as error:
        kinds = {line["type"] for line in error.errors(include_url=False) if not line["loc"]}
        known = [_AUTHORITY, *ProviderType]
        if "union_tag_invalid" in kinds:
            given = cast("Mapping[str, object]", value).get("type") if isinstance(value, Mapping) else value
            fault: RecordError = UnknownWordError(
                "is not a known subject type", field="type", value=given, expected=nearest(given, known)
            )
        elif "union_tag_not_found" in kinds:
            fault = RecordError("is required", field="type", expected=f"'{_AUTHORITY}', or a kind of provider")
        elif kinds:
            expected = "a LocalAuthority or a Provider, or a mapping of its fields"
            fault = RecordError("is not a subject", value=value, expected=expected)
        else:
            raise refused("Subject", list(_in_the_body(error))) from None
        raise refused("Subject", lines_of([fault])) from None


def _in_the_body(error: ValidationError) -> Iterator[InitErrorDetails]:
    """The faults of one of the two, at their places in what was given: pydantic puts the type in front of them."""
    lines = error.errors(include_url=False)
    model: type[LocalAuthority | Provider] = LocalAuthority if lines[0]["loc"][:1] == (_AUTHORITY,) else Provider
    for line in in_our_words(error, model):
        line["loc"] = line.get("loc", ())[1:]
        yield line


Subject = Annotated[LocalAuthority | Provider, _ToldApart]
"""A ``LocalAuthority`` or a ``Provider``, told apart by ``type``, which an authority gives as ``local_authority``.

It is a type for annotations: of the body of a web request, a field of a model of yours, or a ``TypeAdapter``.

>>> from pydantic import TypeAdapter
>>> TypeAdapter(Subject).validate_python({"type": "childrens_home", "name": "A home"})
Provider(type='childrens_home', name='A home', events=0)
"""
