"""One thing that happened: its activity, its days and what it judged."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import GetJsonSchemaHandler, ValidationError, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ilacs_rules.errors import DateOrderError, RecordError, UnknownWordError, nearest
from ilacs_rules.records.judgements import NO_JUDGEMENTS, Judgements, faults_of_judgements
from ilacs_rules.records.supplied import Supplied
from ilacs_rules.values import Day, Text, month_of
from ilacs_rules.values.faults import lines_of, refused
from ilacs_rules.values.wording import in_our_words
from ilacs_rules.vocabulary import ACTIVITIES, Activity, Effectiveness, Grade, Outcome, in_words

__all__ = ["Event", "event_order", "first_day", "nearest_event", "not_an_event", "on_site"]


class _OnlyEvents:
    """How a schema lists activities where only those that happen can stand, and no word that is only ever an answer."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        if handler.mode == "serialization":
            return handler(schema)
        return {"type": "string", "enum": [activity.value for activity in Activity if activity in _HAPPENS]}


_HAPPENS = frozenset(activity for activity, meaning in ACTIVITIES.items() if meaning.event)
WhatHappens = Annotated[Activity, _OnlyEvents]
"""An activity that can stand in a history."""
_DAY_OR_MONTH: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "description": "where only the month is known"},
        {"type": "null"},
    ]
}


class Event(Supplied):
    """One thing that happened: an inspection, a visit, a letter, a meeting or a plan.

    Attributes:
        activity: what it was, an ``Activity`` or its word.
        started, ended: the first and last day on site, both inclusive. For a plan or a meeting, ``started`` is its day.
        published: the day on which the report or letter was published.
        judgements: what it judged, as a mapping from area to grade.
        outcome: what an activity without grades concluded, if its letter says so.
        precision: how well ``started`` is known: ``"day"``, ``"month"`` or ``"week"``.
        report: the web address of the published report.
        note: anything a reader should know. It changes no answer.

    Give days as dates, or as text in the form YYYY-MM-DD. Leave a date that you do not know as ``None``. At least one
    must be known. A ``datetime`` is refused, and so is a number. A pandas ``Timestamp`` is a ``datetime``: give its
    ``.date()``.

    If you know only the month, write ``started="2024-03"``. It is kept as 1 March 2024 with the precision ``"month"``.
    The precision ``"week"`` means a day on site that may not be the first one. The first may lie about a week earlier.
    Answers say so if the first day is not known to the day.

    Raises:
        UnknownWordError, DateOrderError, JudgementError, RecordError: each names the field and what was expected. If
            several things are wrong, ``faults`` holds every one.

    >>> event = Event(activity="focused_visit", started=date(2024, 4, 9), ended=date(2024, 4, 10))
    >>> event.first_known
    datetime.date(2024, 4, 9)
    >>> Event(activity="focused_visit", started=date(2024, 4, 9), ended=date(2024, 4, 8))
    Traceback (most recent call last):
    ilacs_rules.errors.DateOrderError: ended: focused visit cannot end before it starts \
(found 2024-04-08; expected 2024-04-09 or later)
    >>> Event(activity="monitoring_visit", started="2024-03").precision
    'month'
    """

    activity: WhatHappens
    started: Annotated[Day | None, WithJsonSchema(_DAY_OR_MONTH, mode="validation")] = None
    ended: Day | None = None
    published: Day | None = None
    judgements: Judgements = NO_JUDGEMENTS
    outcome: Outcome | None = None
    precision: Literal["day", "week", "month"] = "day"
    report: Text = ""
    note: Text = ""

    if TYPE_CHECKING:

        def __init__(  # noqa: PLR0913 - one for each field
            self,
            *,
            activity: Activity | str,
            started: date | str | None = None,
            ended: date | str | None = None,
            published: date | str | None = None,
            judgements: Judgements | Mapping[str, Grade | Effectiveness | str | None] = NO_JUDGEMENTS,
            outcome: Outcome | str | None = None,
            precision: str = "day",
            report: str = "",
            note: str = "",
        ) -> None: ...

    @classmethod
    def _given(cls, data: Any) -> Any:
        """A month in the place of the first day says that only the month is known."""
        if type(data) is not dict:
            return cast("object", data)
        given = cast("dict[str, Any]", data)
        started = given.get("started")
        if isinstance(started, str) and (month := month_of(started)) and given.get("precision") not in _OTHERS:
            # A precision that is no word at all is refused by itself.
            return {"precision": "month", **given, "started": month}
        return given

    @classmethod
    def _told(cls, error: ValidationError, data: Any) -> ValidationError:
        told, said = super()._told(error, data), cast("dict[str, Any]", data) if type(data) is dict else {}
        if month_of(said.get("started")) is None or said.get("precision") not in _OTHERS:
            return told
        fault = RecordError(
            f"is a month, but `precision` is '{said['precision']}'",
            field="started",
            value=said["started"],
            expected="the day, in the form YYYY-MM-DD; or `precision` left out, or 'month'",
        )
        lines = [line for line in in_our_words(told, cls) if line.get("loc") != ("started",)]
        return refused(cls.__name__, lines_of([fault]) + lines)

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Sequence[RecordError]:
        # Every record asks for this day of each event, so it is worked out here, once.
        values["first_known"] = values.get("started") or values.get("ended") or values.get("published")
        faults, judgements = _faults_of_dates(values), values.get("judgements")
        if judgements is not NO_JUDGEMENTS and judgements is not None:
            faults += faults_of_judgements(values, judgements.given())
        return faults

    @property
    def known_by(self) -> str:
        """The field that holds the earliest of its dates that is known."""
        return "started" if self.started else "ended" if self.ended else "published"

    @cached_property
    def first_known(self) -> date:
        """The earliest of its dates that is known. It gives the event its place in a history."""
        day = self.started or self.ended or self.published
        assert day is not None  # an event without one was refused
        return day


def event_order(event: Event) -> tuple[date, str]:
    """Where an event stands among others: by its day, and on one day by its word."""
    return (event.first_known, event.activity)


_DAYS = ("started", "ended", "published")
_AFTER = {
    ("started", "ended"): "end before it starts",
    ("started", "published"): "be published before it starts",
    ("ended", "published"): "be published before it ends",
}


def _faults_of_dates(values: Mapping[str, Any]) -> list[RecordError]:
    """What is wrong with the dates of an event, and with an activity that has none."""
    faults: list[RecordError] = []
    activity: Activity | None = values.get("activity")
    started: date | None = values.get("started")
    ended: date | None = values.get("ended")
    published: date | None = values.get("published")
    if activity is not None and activity not in _HAPPENS:
        faults.append(not_an_event(activity))
    precision = values.get("precision")
    if precision == "month" and started is not None and started.day != 1:
        faults.append(_not_a_month(started))
    if precision in _MISSING and "started" in values and started is None:
        problem = f"is missing, but `precision` says that it is known to the {precision}"
        faults.append(RecordError(problem, field="started", expected=_MISSING[precision]))
    first = _as_known(started, precision)
    if started and ended and ended < started:
        faults.append(_too_early(activity, "end before it starts", "ended", ended, first))
    last = ended or started
    if published and last and published < last:
        verb = f"be published before it {'ends' if ended else 'starts'}"
        faults.append(_too_early(activity, verb, "published", published, ended or first))
    if not (started or ended or published) and all(name in values for name in _DAYS):
        faults.append(
            RecordError(
                f"{_called(activity)} has no date",
                field="started",
                expected="at least one of `started`, `ended`, `published`",
            )
        )
    return faults


_OTHERS = ("day", "week")
_MISSING = {"week": "the first day on site", "month": "the month, such as '2024-03'"}


def _called(activity: Activity | None) -> str:
    return in_words(activity) if activity else "an event"


def _not_a_month(started: date) -> RecordError:
    return RecordError(
        "is known only by its month, so it must be the first of that month",
        field="started",
        value=started,
        expected="the month, such as '2024-03', or its first day",
    )


def _as_known(day: date | None, precision: object) -> str:
    """A first day as it is known: a month by its month."""
    return "" if day is None else f"{day:%Y-%m}" if precision == "month" else str(day)


def first_day(event: Event) -> date | str:
    """The first known day of an event, as errors show it: by its month alone where no more is known.

    >>> first_day(Event(activity="focused_visit", started="2024-04"))
    '2024-04'
    >>> first_day(Event(activity="focused_visit", started="2024-04-09"))
    datetime.date(2024, 4, 9)
    """
    only_month = event.started is not None and event.precision == "month"
    return f"{event.first_known:%Y-%m}" if only_month else event.first_known


def _too_early(activity: Activity | None, verb: str, field: str, day: date, earlier: date | str) -> DateOrderError:
    return DateOrderError(f"{_called(activity)} cannot {verb}", field=field, value=day, expected=f"{earlier} or later")


def on_site(event: Event) -> tuple[date, date] | None:
    """The first and last day on which an event is known to have been on site. ``None`` if no such day is known.

    A first day that only stands for its month does not count. A day that is known to the week does.

    >>> on_site(Event(activity="focused_visit", started=date(2024, 4, 9)))
    (datetime.date(2024, 4, 9), datetime.date(2024, 4, 9))
    >>> on_site(Event(activity="focused_visit", published=date(2024, 4, 9))) is None
    True
    """
    days = [day for day in (event.started if event.precision != "month" else None, event.ended) if day]
    return (days[0], days[-1]) if days else None


def not_an_event(activity: Activity) -> UnknownWordError:
    """The refusal of a word that is only ever an answer, where something that happens is spoken of."""
    return UnknownWordError(
        f"'{in_words(activity)}' is an answer, not something that happens",
        field="activity",
        value=activity.value,
        expected=nearest_event(activity),
    )


def nearest_event(activity: Activity) -> str:
    """What an error expects instead of an activity: the nearest that happens on a day."""
    return nearest(activity.value, (kind for kind, meaning in ACTIVITIES.items() if meaning.event))
