"""One thing that happened: its activity, its days and what it judged."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal, Self, cast

from pydantic import ValidatorFunctionWrapHandler, field_validator, model_validator

from ilacs_rules.errors import DateOrderError, JudgementError, RecordError, UnknownWordError, nearest
from ilacs_rules.values import Day, Record, Text
from ilacs_rules.vocabulary import ACTIVITIES, Activity, Effectiveness, Grade, Outcome, in_words

__all__ = ["Event", "Judgements", "areas_judged", "must_happen", "nearest_event", "on_site"]


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
        must_happen(self.activity)
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


def areas_judged(activity: Activity, day: date, *, or_earlier: bool = False) -> tuple[str, ...]:
    """The areas that an activity judges when it begins on ``day``, or (``or_earlier``) on that day or before.

    >>> areas_judged(Activity.ILACS_SHORT, date(2026, 3, 31))[0]
    'overall'
    >>> areas_judged(Activity.ILACS_SHORT, date(2026, 4, 1))  # the overall grade went
    ('leaders', 'help_and_protection', 'children_in_care', 'care_leavers')
    """
    judges = ACTIVITIES[activity].judges
    return tuple(area.value for area, first, last in judges if first <= day and (or_earlier or day <= last))


def must_happen(activity: Activity) -> None:
    """Refuse a word that is only ever an answer where something that happens is spoken of."""
    if not ACTIVITIES[activity].event:
        raise UnknownWordError(
            f"'{in_words(activity)}' is an answer, not something that happens",
            field="activity",
            value=activity.value,
            expected=nearest_event(activity),
        )


def nearest_event(activity: Activity, who: str = "") -> str:
    """What an error expects instead of an activity: the nearest that happens (to such a subject)."""
    known = (kind for kind, meaning in ACTIVITIES.items() if meaning.event and (not who or who in meaning.to))
    return nearest(activity.value, known)
