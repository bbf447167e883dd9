"""The subject that events happened to, and what its record would show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, cast

from pydantic import (
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from ilacs_rules.errors import RecordError, nearest
from ilacs_rules.records.clashes import clashes
from ilacs_rules.records.covers import Coverage, Covered, Whole
from ilacs_rules.records.events import Event, event_order
from ilacs_rules.records.lifetimes import lifetime_faults
from ilacs_rules.records.places import activities_within, in_the_list_given, true_place
from ilacs_rules.records.supplied import Supplied
from ilacs_rules.values import Day, Text, Urn
from ilacs_rules.values.faults import Place, as_pydantic, refused
from ilacs_rules.values.wording import in_our_words
from ilacs_rules.vocabulary import ACTIVITIES, Activity, ProviderType, RegistrationStatus, in_words

__all__ = ["LocalAuthority", "Provider"]


def _first_first(value: object, handler: ValidatorFunctionWrapHandler) -> tuple[Event, ...]:
    """Events in order of date, in whatever order they were given."""
    if isinstance(value, Event):  # it can be gone through like a list, field by field
        raise as_pydantic(RecordError("is not a list", expected="a list of events"))
    events = cast("list[Event]", value)
    # Events that were built before are taken as they are.
    if not (type(value) in _LISTS and all(type(event) is Event for event in events)):
        events = cast("list[Event]", handler(value))
    return tuple(sorted(events, key=event_order))


_LISTS = (list, tuple)


_HAPPENS_TO = {
    who: frozenset(activity for activity, meaning in ACTIVITIES.items() if who in meaning.to)
    for who in ("authority", "provider")
}


def _not_to(who: str, field: str, activity: Activity) -> RecordError:
    return RecordError(
        f"{in_words(activity)} does not happen to {'an' if who == 'authority' else 'a'} {who}",
        field=field,
        value=activity.value,
        # The word is right, and is another's: there is none that it was meant for.
        expected=nearest("", (kind for kind in _HAPPENS_TO[who] if ACTIVITIES[kind].event)),
    )


class _Subject(Supplied):
    name: Text
    urn: Urn = ""
    covers: Coverage = "inspections"
    events: Annotated[tuple[Event, ...], WrapValidator(_first_first)] = ()
    region: Text = ""
    not_used: tuple[Text, ...] = ()

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Sequence[RecordError]:
        who = "authority" if issubclass(cls, LocalAuthority) else "provider"
        happens, events, covers = _HAPPENS_TO[who], values.get("events", ()), values.get("covers", ())
        covered = () if isinstance(covers, str) else covers
        # Every first question asks for these, so they are read here, while the events are at hand.
        happened = values["happened"] = tuple([event.activity for event in events])
        foreign = [
            (f"{name}[{place}].activity", kind)
            for name, kinds in (("events", happened), ("covers", tuple([item.activity for item in covered])))
            if not happens.issuperset(kinds)
            for place, kind in enumerate(kinds)
            if kind not in happens
        ]
        ends = ("created", "abolished") if who == "authority" else ("registered", "closed")
        return [*(_not_to(who, *each) for each in foreign), *clashes(events), *lifetime_faults(values, *ends)]

    @cached_property
    def happened(self) -> tuple[Activity, ...]:
        """The activity of each event, in their order.

        >>> LocalAuthority(name="An authority", events=[{"activity": "jtai", "started": "2024-04-09"}]).happened
        (<Activity.JTAI: 'jtai'>,)
        """
        return tuple([event.activity for event in self.events])

    @classmethod
    def _told(cls, error: ValidationError, data: Any) -> ValidationError:
        lines = in_our_words(super()._told(error, data), cls)
        return refused(cls.__name__, [{**line, "loc": true_place(line.get("loc", ()), data)} for line in lines])

    @classmethod
    def _placed(cls, faults: Sequence[RecordError], data: Any, wrong: Sequence[Place]) -> Sequence[RecordError]:
        """Events and what is covered are kept in order; a fault of one names its place in the list that was given."""
        who = "authority" if issubclass(cls, LocalAuthority) else "provider"
        # An event with another fault is not in the record. Whether it can happen to the subject is seen all the same.
        foreign = (each for each in activities_within(data, wrong) if each[1] not in _HAPPENS_TO[who])
        return [
            *(in_the_list_given(fault, data, wrong) for fault in faults),
            *(_not_to(who, *each) for each in foreign),
        ]

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
    """An English council with children's services, and what has happened to it.

    Attributes:
        name, urn: who it is. Neither changes an answer. A number is kept as Ofsted spells it: ``"sc035296"`` becomes
            ``"SC035296"``, and ``"1027077.0"`` becomes ``"1027077"``.
        created: the day on which the council came into being. Needed only if it has never been inspected.
        abolished: the first day on which the council no longer existed. From that day nothing is required of it, and no
            event may begin after it.
        successors: the names of the councils that took its place. They change no answer.
        covers: what this record shows in full; see below.
        events: what happened, in any order. They are kept in order of date.
        region: where it lies. It changes no answer.
        not_used: what the record also held but could not be used, one sentence for each kind of fault. Readers of files
            fill it in, and every answer then says so.

    ``covers`` is one of these:

    * ``"inspections"``, the default: every inspection and visit of the inspectorate.
    * ``"everything"``: also what the council itself and the Department for Education do.
    * A list of activities: words, ``Covered`` values, or both.

    If an activity is covered and not in the record, it did not happen. If it is not covered, that is *not known*.

    Raises:
        RecordError: something cannot be right. The error names the event by its place in the list that you gave. Its
            kinds are ``UnknownWordError``, ``DateOrderError``, ``JudgementError`` and ``DuplicateEventError``.

    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_standard", started="2023-07-10", ended="2023-07-21",
    ...           published="2023-09-04", judgements={"overall": "requires_improvement"})])
    >>> LocalAuthority.model_validate_json(authority.model_dump_json()) == authority
    True
    >>> LocalAuthority(name="An authority", covers=["focused_visit"]).covers[0].activity.value
    'focused_visit'
    """

    type: Literal["local_authority"] = "local_authority"
    created: Day | None = None
    abolished: Day | None = None
    successors: tuple[Text, ...] = ()

    if TYPE_CHECKING:

        def __init__(  # noqa: PLR0913 - one for each field
            self,
            *,
            name: str,
            urn: str = "",
            covers: Whole | Iterable[Covered | str | Mapping[str, Any]] = "inspections",
            events: Iterable[Event | Mapping[str, Any]] = (),
            region: str = "",
            not_used: Iterable[str] = (),
            type: str = "local_authority",  # noqa: A002
            created: date | str | None = None,
            abolished: date | str | None = None,
            successors: Iterable[str] = (),
        ) -> None: ...


class Provider(_Subject):
    """A setting or agency that the inspectorate regulates, and what has happened to it.

    Attributes:
        type: the kind of provider, a ``ProviderType`` or its word.
        registered: the day on which it was registered. Needed only if it has never been inspected.
        closed: the first day on which it was no longer registered. From that day nothing is required of it, and no
            event may begin after it. A home that has no children for a time has not closed: record that as an event.
        registration_status: the inspectorate's word for its registration, a ``RegistrationStatus``. With ``resigned``,
            ``cancelled`` or ``closed`` and no day in ``closed``, it has closed on a day that is not known.
        status_as_at: the day for which ``registration_status`` holds.
        predecessor: the number under which the setting was registered before, if it was registered again.
        name, urn, region, covers, events, not_used: as for ``LocalAuthority``.

    Raises:
        RecordError: something cannot be right, as for ``LocalAuthority``.

    >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered="2015-06-01")
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
    closed: Day | None = None
    registration_status: RegistrationStatus | None = None
    status_as_at: Day | None = None
    predecessor: Urn = ""

    if TYPE_CHECKING:

        def __init__(  # noqa: PLR0913 - one for each field
            self,
            *,
            name: str,
            urn: str = "",
            covers: Whole | Iterable[Covered | str | Mapping[str, Any]] = "inspections",
            events: Iterable[Event | Mapping[str, Any]] = (),
            region: str = "",
            not_used: Iterable[str] = (),
            type: ProviderType | str,  # noqa: A002
            registered: date | str | None = None,
            closed: date | str | None = None,
            registration_status: RegistrationStatus | str | None = None,
            status_as_at: date | str | None = None,
            predecessor: str = "",
        ) -> None: ...
