"""The subject that events happened to, and what its record would show."""

from collections.abc import Iterable, Mapping
from datetime import date
from json import dumps
from typing import Any, Literal, Self, cast

from pydantic import ValidationInfo, field_validator, model_validator

from ilacs_rules.errors import DateOrderError, RecordError
from ilacs_rules.records.clashes import find_clash
from ilacs_rules.records.events import Event, must_happen, nearest_event
from ilacs_rules.values import Day, Record, Text
from ilacs_rules.vocabulary import ACTIVITIES, Activity, ProviderType, in_words

__all__ = ["WHOLE", "Covered", "LocalAuthority", "Provider", "Subject", "Whole"]


class Covered(Record):
    """That a record would show every event of one activity, from the first day to the last (both inclusive).

    ``None`` stands for "always" on that side.

    Raises:
        UnknownWordError: the activity is only ever an answer. DateOrderError: it ends before it begins.

    >>> Covered(activity="focused_visit", until=date(2026, 1, 27)).holds(date(2026, 1, 27))
    True
    >>> Covered(activity="focused_visit", until=date(2026, 1, 27)).holds(date(2026, 1, 28))
    False
    """

    activity: Activity
    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _dates_follow(self) -> Self:
        must_happen(self.activity)
        if self.since and self.until and self.until < self.since:
            raise DateOrderError(
                "ends before it begins", field="until", value=self.until, expected=f"{self.since} or later"
            )
        return self

    def holds(self, day: date) -> bool:
        """Whether the record covers this activity on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


Whole = Literal["inspections", "everything"]
"""A record that is meant to be whole: of what the inspectorate does, or of all that happens."""
WHOLE: tuple[Whole, ...] = ("inspections", "everything")
"""The words of it, the narrower first."""
_NOT_LISTS: tuple[type[object], ...] = (str, bytes, Mapping, Event)


class _Subject(Record):
    name: Text
    urn: Text = ""
    covers: Whole | tuple[Covered, ...] = "inspections"
    events: tuple[Event, ...] = ()
    region: Text = ""
    not_used: tuple[Text, ...] = ()

    @field_validator("covers", mode="before")
    @classmethod
    def _covers(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, str) and value in WHOLE:
            return value
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise RecordError(
                "is not a coverage",
                field="covers",
                value=value,
                expected="'inspections', 'everything', or a collection of activities",
            )
        return _each("covers", cast("Iterable[object]", value), Covered, info.mode)

    @field_validator("events", mode="before")
    @classmethod
    def _events(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, Iterable) or isinstance(value, _NOT_LISTS):
            raise RecordError(
                "is not a list of events", field="events", value=cast("object", value), expected="a list of Event"
            )
        return _each("events", cast("Iterable[object]", value), Event, info.mode)

    @model_validator(mode="after")
    def _happened_to_it(self) -> Self:
        who = "authority" if isinstance(self, LocalAuthority) else "provider"
        covers = () if isinstance(self.covers, str) else self.covers
        named: list[tuple[str, Activity, object]] = [
            ("events", item.activity, item.first_known) for item in self.events
        ]
        named += [("covers", item.activity, item.activity.value) for item in covers]
        for field, activity, value in named:
            if who not in ACTIVITIES[activity].to:
                raise RecordError(
                    f"{in_words(activity)} does not happen to {'an' if who == 'authority' else 'a'} {who}",
                    field=field,
                    value=value,
                    expected=nearest_event(activity, who),
                )
        return self

    @model_validator(mode="after")
    def _no_clash(self) -> Self:
        clash = find_clash(self.events)
        if clash:
            raise clash
        return self

    # Equal when what was supplied is equal, whatever has been read of either since.
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._supplied() == cast("_Subject", other)._supplied()

    def __hash__(self) -> int:
        return hash(self._supplied())

    # Short, so that a list of them can be read; `model_dump` says everything.
    def __repr__(self) -> str:
        kind = "" if isinstance(self, LocalAuthority) else f"type={str(cast('Provider', self).type)!r}, "
        urn = f", urn={self.urn!r}" if self.urn else ""
        named = repr(self.covers) if isinstance(self.covers, str) else len(self.covers)
        covers = "" if self.covers == "inspections" else f", covers={named}"
        return f"{type(self).__name__}({kind}name={self.name!r}{urn}, events={len(self.events)}{covers})"

    __str__ = __repr__

    def _supplied(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in type(self).model_fields)

    # Frozen, so a copy is the thing itself; and what was read of it is not taken along.
    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return self

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        fields = type(self).model_fields
        return {**state, "__dict__": {name: value for name, value in state["__dict__"].items() if name in fields}}


class LocalAuthority(_Subject):
    """An English local authority's children's services and what has happened to it.

    Attributes:
        name, urn: who it is; neither changes an answer.
        created: the day the authority came into being, needed only where it has never been inspected.
        covers: what this record would show: ``"inspections"`` (every inspection and visit of the inspectorate; the
            default), ``"everything"`` (those, and all that the subject itself and the department do), or some
            activities: words, ``Covered`` values, or both. Of anything else, no event means *not known*.
        events: in any order; kept in order of date.
        region: where it lies; it changes no answer.
        not_used: what the record held besides and could not be used, a sentence for each kind of fault: readers of
            files fill it, and every answer then says so.

    Raises:
        RecordError and its kinds: naming the event by its place in the list given.

    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_standard", started=date(2023, 7, 10), ended=date(2023, 7, 21),
    ...           published=date(2023, 9, 4), judgements={"overall": "requires_improvement"})])
    >>> LocalAuthority.model_validate_json(authority.model_dump_json()) == authority
    True
    >>> LocalAuthority(name="An authority", covers=["focused_visit"]).covers[0].activity.value
    'focused_visit'
    """

    type: Literal["local_authority"] = "local_authority"
    created: Day | None = None


class Provider(_Subject):
    """A regulated setting or agency and what has happened to it.

    Attributes:
        type: the kind of provider, a ``ProviderType``.
        registered: the day it was registered, needed only where it has never been inspected.
        name, urn, region, covers, events, not_used: as for ``LocalAuthority``.

    Raises:
        RecordError and its kinds: naming the event by its place in the list given.

    >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2015, 6, 1))
    >>> agency
    Provider(type='independent_fostering_agency', name='An agency', events=0)
    >>> Provider(type="fostering_agency", name="An agency")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: type: is not a known provider type (found 'fostering_agency'; \
expected 'independent_fostering_agency'? (one of: adoption_support_agency, boarding_school, childrens_home, \
further_education_college_with_residential_accommodation, independent_fostering_agency, \
residential_family_centre, residential_holiday_scheme_for_disabled_children, residential_special_school, \
residential_special_school_registered_as_childrens_home, secure_16_to_19_academy, secure_childrens_home, \
secure_training_centre, supported_accommodation, voluntary_adoption_agency))
    """

    type: ProviderType
    registered: Day | None = None


Subject = LocalAuthority | Provider


def _each(field: str, items: Iterable[object], model: type[Event | Covered], mode: str) -> tuple[Event | Covered, ...]:
    """Each item as a record, in order of date; a refusal names the item by its place in the list given."""
    records: list[Event | Covered] = []
    for number, item in enumerate(items):
        if isinstance(item, model):
            records.append(item)
            continue
        named = {"activity": item} if model is Covered and isinstance(item, str) else item
        try:
            # Within JSON a day is text, which only the JSON path of the model may read.
            records.append(model.model_validate_json(dumps(named)) if mode == "json" else model.model_validate(named))
        except RecordError as error:
            raise error.within(f"{field}[{number}]") from None
    return tuple(sorted(records, key=_in_order))


def _in_order(record: Event | Covered) -> tuple[date, str, str]:
    if isinstance(record, Event):
        return (record.first_known, record.activity.value, "")
    return (record.since or date.min, record.activity.value, str(record.until or ""))
