"""Subjects written as JSON: one, a list of them, or a list under the key ``subjects``."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import cast

from ilacs_rules.errors import FileFormatError, RecordError, UnknownWordError, nearest
from ilacs_rules.records import LocalAuthority, Provider, Subject
from ilacs_rules.vocabulary import ProviderType

__all__ = ["subjects_of_json"]

_SHAPES = "a subject with a 'type', a list of them, or {'subjects': [...]}"


def subjects_of_json(text: str, name: str) -> tuple[Subject, ...]:
    """The subjects of a JSON text, in its order, each checked as one built by hand is.

    A subject is an object with the fields of ``LocalAuthority`` (``"type": "local_authority"``) or of ``Provider``
    (``"type"`` is a ``ProviderType``); days are written YYYY-MM-DD.

    Raises:
        FileFormatError: it is not JSON, or holds no subject.
        RecordError and its kinds: naming the place, such as ``subjects[2].events[0].started``.

    >>> home = '{"type": "childrens_home", "name": "A home", "registered": "2024-01-31"}'
    >>> subjects_of_json(home, "home.json")[0].registered
    datetime.date(2024, 1, 31)
    >>> subjects_of_json('[{"type": "childrens_home", "name": "A", "name": "B"}]', "two.json")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: subjects[0].name: appears twice in one object (expected each key once)
    """
    try:
        items = list(_items(_parsed(text, name), name))
        if not any(_is_ours(item) for item, _ in items):
            raise FileFormatError("is JSON, and holds no subject of this library", field=name, expected=_SHAPES)
        return _all_of(items)
    except RecursionError:
        raise FileFormatError("is nested too deeply", field=name, expected=_SHAPES) from None


def _all_of(items: Iterable[tuple[object, str]]) -> tuple[Subject, ...]:
    """Every subject; or what is wrong with any of them, at once."""
    subjects: list[Subject] = []
    faults: list[RecordError] = []
    for item, place in items:
        try:
            subjects.append(_subject(item, place))
        except RecordError as error:
            faults.append(error)
    if faults:
        raise RecordError.together(faults)
    return tuple(subjects)


class _Object(dict[str, object]):
    """A JSON object that remembers which keys it was given twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.twice = (
            [] if len(self) == len(pairs) else [key for key, count in Counter(k for k, _ in pairs).items() if count > 1]
        )


def _parsed(text: str, name: str) -> object:
    try:
        value = cast("object", json.loads(text, object_pairs_hook=_Object, parse_constant=_no_constant))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FileFormatError(f"is not JSON ({error.msg})", field=name, value=place, expected=_SHAPES) from None
    except ValueError as error:
        raise FileFormatError(f"is not JSON ({error})", field=name, expected=_SHAPES) from None
    return value


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _items(value: object, name: str) -> Iterator[tuple[object, str]]:
    """Each subject with the place it stands at."""
    if isinstance(value, _Object) and "subjects" in value and "type" not in value:
        _refuse_twice(value, "")
        for key in value:
            if key != "subjects":
                raise RecordError("is not a key that can be used beside 'subjects'", field=key, expected="nothing else")
        value = value["subjects"]
        if not isinstance(value, list):
            raise RecordError("is not a list", field="subjects", value=value, expected="a list of subjects")
    if not isinstance(value, list):
        yield value, ""
        return
    items = cast("list[object]", value)
    if not items:
        raise FileFormatError("holds no subject", field=name, expected=_SHAPES)
    for number, item in enumerate(items):
        yield item, f"subjects[{number}]"


def _is_ours(item: object) -> bool:
    """Whether a value has what a subject has: one such field is enough for its faults to be told one by one."""
    return isinstance(item, _Object) and bool(
        set(item) & (_FIELDS - {"type"}) or item.get("type") in tuple(ProviderType)
    )


_FIELDS = {*LocalAuthority.model_fields, *Provider.model_fields}


def _subject(item: object, place: str) -> Subject:
    if not isinstance(item, _Object):
        raise RecordError("is not a subject", field=place or "file", value=item, expected=_SHAPES)
    try:
        _refuse_all_twice(item)
        # Through text again, because only within JSON may a day be written as text.
        return _model(item).model_validate_json(json.dumps(item))
    except RecordError as error:
        raise (error.within(place) if place else error) from None


def _model(item: _Object) -> type[LocalAuthority] | type[Provider]:
    if "type" not in item:
        raise RecordError("is required", field="type", expected="local_authority, or a kind of provider")
    kind, known = item["type"], ("local_authority", *ProviderType)
    if kind not in known:
        raise UnknownWordError("is not a known subject type", field="type", value=kind, expected=nearest(kind, known))
    return LocalAuthority if kind == "local_authority" else Provider


def _refuse_all_twice(value: object, place: str = "") -> None:
    if isinstance(value, _Object):
        _refuse_twice(value, place)
        for key, item in value.items():
            _refuse_all_twice(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, item in enumerate(cast("list[object]", value)):
            _refuse_all_twice(item, f"{place}[{number}]")


def _refuse_twice(value: _Object, place: str) -> None:
    if value.twice:
        key = value.twice[0]
        raise RecordError(
            "appears twice in one object", field=f"{place}.{key}" if place else key, expected="each key once"
        )
