"""What the caller supplies: events with their dates and judgements, and the subject they happened to.

Everything here is frozen and equal when equal: events are kept in one order whatever order they were given in.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from json import dumps
from typing import Any, Literal, Self, cast

from pydantic import ValidationInfo, ValidatorFunctionWrapHandler, field_validator, model_validator

from ilacs_rules.errors import (
    DateOrderError,
    DuplicateEventError,
    JudgementError,
    RecordError,
    UnknownWordError,
    nearest,
)
from ilacs_rules.frozen import Day, Record, Text
from ilacs_rules.vocabulary import (
    ACTIVITIES,
    GRADED,
    Activity,
    Effectiveness,
    Grade,
    Outcome,
    ProviderType,
    in_words,
)

__all__ = ["Covered", "Event", "Judgements", "LocalAuthority", "Provider", "Subject", "find_clash", "on_site"]


class Judgements(Record):
    """The judgements one activity gave. An area that was not judged is ``None``.

    Attributes:
        overall, leaders, help_and_protection, children_in_care, care_leavers, care_and_care_leavers: a ``Grade``.
        effectiveness: the three-point scale of interim inspections.

    Raises:
        UnknownWordError: a grade outside the scale.

    >>> Judgements(overall="good", leaders="outstanding").overall.value
    'good'
    >>> Judgements(overall="goood")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: overall: is not a known grade (found 'goood'; expected 'good'? (one of: \
adequate, good, inadequate, not_judged, not_recorded, outstanding, requires_improvement, satisfactory))
    """

    overall: Grade | None = None
    leaders: Grade | None = None
    help_and_protection: Grade | None = None
    children_in_care: Grade | None = None
    care_leavers: Grade | None = None
    care_and_care_leavers: Grade | None = None
    effectiveness: Effectiveness | None = None

    def given(self) -> dict[str, Grade | Effectiveness]:
        """The judgements that were made, by area.

        >>> Judgements(overall="good").given()
        {'overall': <Grade.GOOD: 'good'>}
        >>> Judgements().given()
        {}
        """
        fields = cast("dict[str, Grade | Effectiveness | None]", self.__dict__)
        return {name: fields[name] for name in type(self).model_fields if fields[name] is not None}  # type: ignore[misc]


class Event(Record):
    """One thing that happened: an inspection, a visit, a letter, a meeting, a plan.

    Attributes:
        activity: what it was.
        started, ended: the first and last day on site, both inclusive; for a plan or a meeting, ``started`` is its day.
        published: the day the report or letter was published.
        judgements: what it judged, as a mapping from area to grade.
        outcome: what an ungraded activity concluded, where its letter says so.
        precision: ``"month"`` where only the month of ``started`` is known (give its first day); answers then say so.
        report: the address of the published report.
        note: anything a reader should know; it changes no answer.

    A date that is not known stays ``None``; at least one date must be known.

    Raises:
        UnknownWordError, DateOrderError, JudgementError, RecordError: each names the field and what was expected.

    >>> event = Event(activity="focused_visit", started=date(2024, 4, 9), ended=date(2024, 4, 10))
    >>> event.first_known
    datetime.date(2024, 4, 9)
    >>> Event(activity="focused_visit", started=date(2024, 4, 9), ended=date(2024, 4, 8))
    Traceback (most recent call last):
    ilacs_rules.errors.DateOrderError: ended: focused visit cannot end before it starts \
(found 2024-04-08; expected 2024-04-09 or later)
    """

    activity: Activity
    started: Day | None = None
    ended: Day | None = None
    published: Day | None = None
    judgements: Judgements = Judgements()
    outcome: Outcome | None = None
    precision: Literal["day", "month"] = "day"
    report: Text = ""
    note: Text = ""

    @field_validator("judgements", mode="wrap")
    @classmethod
    def _say_where(cls, value: object, handler: ValidatorFunctionWrapHandler) -> Judgements:
        if not isinstance(value, Mapping | Judgements):
            wanted = "a mapping from area to grade"
            raise RecordError("are not judgements", field="judgements", value=value, expected=wanted)
        try:
            return cast("Judgements", handler(value))
        except RecordError as error:
            raise error.within("judgements") from None

    @model_validator(mode="after")
    def _dates_follow(self) -> Self:
        words = in_words(self.activity)
        _must_happen(self.activity)
        if self.precision == "month" and (self.started is None or self.started.day != 1):
            raise RecordError(
                "is known by its month only, so its day stands for the month",
                field="started",
                value=self.started,
                expected="the first day of that month",
            )
        known = [(name, day) for name in ("started", "ended", "published") if (day := getattr(self, name))]
        if not known:
            raise RecordError(
                f"{words} has no date", field="started", expected="at least one of started, ended, published"
            )
        for (before, earlier), (after, later) in pairwise(known):
            if later < earlier:
                verb = "be published" if after == "published" else "end"
                end = "it starts" if before == "started" else "it ends"
                raise DateOrderError(
                    f"{words} cannot {verb} before {end}", field=after, value=later, expected=f"{earlier} or later"
                )
        return self

    @model_validator(mode="after")
    def _judges_what_it_may(self) -> Self:
        given = self.judgements.given()
        if not given:
            return self
        meaning, day = ACTIVITIES[self.activity], self.started or self.first_known
        if not meaning.judges and self.activity is not Activity.INTERIM_INSPECTION:
            raise JudgementError(
                f"{in_words(self.activity)} gives no judgements",
                field="judgements",
                value=", ".join(given),
                expected="none (an outcome goes in `outcome`)",
            )
        # Where the first day is not known, it may lie in an earlier edition, which judged other areas.
        allowed = (
            areas_judged(self.activity, day, or_earlier=not self.started) if meaning.judges else ("effectiveness",)
        )
        for name, grade in given.items():
            if name not in allowed:
                raise JudgementError(
                    f"{in_words(self.activity)} that began on {day} gives no such judgement",
                    field=f"judgements.{name}",
                    value=str(grade),
                    expected=f"one of: {', '.join(allowed)}",
                )
        return self

    @cached_property
    def first_known(self) -> date:
        """The earliest of its dates that is known: the day it takes its place in a history by."""
        day = self.started or self.ended or self.published
        assert day is not None  # `_dates_follow` refused an event without one
        return day


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
        _must_happen(self.activity)
        if self.since and self.until and self.until < self.since:
            raise DateOrderError(
                "ends before it begins", field="until", value=self.until, expected=f"{self.since} or later"
            )
        return self

    def holds(self, day: date) -> bool:
        """Whether the record covers this activity on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


_NOT_LISTS: tuple[type[object], ...] = (str, bytes, Mapping, Event)


class _Subject(Record):
    name: Text
    urn: Text = ""
    covers: Literal["everything"] | tuple[Covered, ...] = "everything"
    events: tuple[Event, ...] = ()

    @field_validator("covers", mode="before")
    @classmethod
    def _covers(cls, value: object, info: ValidationInfo) -> object:
        if value == "everything":
            return value
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise RecordError(
                "is not a coverage", field="covers", value=value, expected="'everything', or a collection of activities"
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
        covers = () if self.covers == "everything" else self.covers
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
                    expected=_nearest_event(activity, who),
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
        covers: ``"everything"`` (a council describing itself; the default), or the activities that this record
            would show: words, ``Covered`` values, or both. Of anything else, no event means *not known*.
        events: in any order; kept in order of date.

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
        name, urn, covers, events: as for ``LocalAuthority``.

    Raises:
        RecordError and its kinds: naming the event by its place in the list given.

    >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2015, 6, 1))
    >>> agency.type.value
    'independent_fostering_agency'
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


def areas_judged(activity: Activity, day: date, *, or_earlier: bool = False) -> tuple[str, ...]:
    """The areas that an activity judges when it begins on ``day``, or (``or_earlier``) on that day or before.

    >>> areas_judged(Activity.ILACS_SHORT, date(2026, 3, 31))[0]
    'overall'
    >>> areas_judged(Activity.ILACS_SHORT, date(2026, 4, 1))  # the overall grade went
    ('leaders', 'help_and_protection', 'children_in_care', 'care_leavers')
    """
    judges = ACTIVITIES[activity].judges
    return tuple(area.value for area, first, last in judges if first <= day and (or_earlier or day <= last))


def _must_happen(activity: Activity) -> None:
    """Refuse a word that is only ever an answer where something that happens is spoken of."""
    if not ACTIVITIES[activity].event:
        raise UnknownWordError(
            f"'{in_words(activity)}' is an answer, not something that happens",
            field="activity",
            value=activity.value,
            expected=_nearest_event(activity),
        )


def _nearest_event(activity: Activity, who: str = "") -> str:
    known = (kind for kind, meaning in ACTIVITIES.items() if meaning.event and (not who or who in meaning.to))
    return nearest(activity.value, known)


def find_clash(events: Iterable[Event]) -> DuplicateEventError | None:
    """The first pair of events that cannot both have happened, as the error that says so; ``None`` if there is none.

    The same activity cannot begin twice on one day, nor can two graded inspections; nor can one graded inspection
    be on site while another is.

    >>> visit = Event(activity="focused_visit", started=date(2024, 4, 9))
    >>> find_clash([visit]) is None
    True
    >>> print(find_clash([visit, visit]))
    events: focused visit stands twice (found 2024-04-09; expected one event of a kind on a day)
    """
    events = tuple(events)
    return _on_one_day(events) or _on_site_together(events)


def _on_one_day(events: Iterable[Event]) -> DuplicateEventError | None:
    seen: dict[tuple[date, str], Event] = {}
    for event in events:
        kind = "graded" if event.activity in GRADED else event.activity.value
        other = seen.get((event.first_known, kind))
        if other is None:
            seen[event.first_known, kind] = event
        else:
            if other.activity is event.activity:
                problem, expected = f"{in_words(event.activity)} stands twice", "one event of a kind on a day"
            else:
                problem = f"{in_words(other.activity)} and {in_words(event.activity)} begin on the same day"
                expected = "one graded inspection at a time"
            return DuplicateEventError(problem, field="events", value=event.first_known, expected=expected)
    return None


def _on_site_together(events: Iterable[Event]) -> DuplicateEventError | None:
    spans = sorted((*span, event.activity) for event in events if event.activity in GRADED and (span := on_site(event)))
    for (first, last, activity), (then, _, other) in pairwise(spans):
        if then <= last:
            return DuplicateEventError(
                f"{in_words(other)} begins while the {in_words(activity)} of {first} is on site",
                field="events",
                value=then,
                expected=f"a day after {last}: one graded inspection at a time",
            )
    return None


def on_site(event: Event) -> tuple[date, date] | None:
    """The first and the last day on which an event is known to have been on site; ``None`` if no such day is known.

    A first day that only stands for its month is no such day.

    >>> on_site(Event(activity="focused_visit", started=date(2024, 4, 9)))
    (datetime.date(2024, 4, 9), datetime.date(2024, 4, 9))
    >>> on_site(Event(activity="focused_visit", published=date(2024, 4, 9))) is None
    True
    """
    days = [day for day in (event.started if event.precision == "day" else None, event.ended) if day]
    return (days[0], days[-1]) if days else None


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
