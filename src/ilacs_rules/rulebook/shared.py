"""The rows that many rules share: readings, tracks, suspensions, bank holidays and what is expected."""

from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from pydantic import Field, field_validator, model_validator

from ilacs_rules.errors import RecordError, RulebookError
from ilacs_rules.rulebook.forms import Id, RowDay, Until
from ilacs_rules.rulebook.sources import Citation, Row, check_edition, check_gap
from ilacs_rules.values import Text, any_day
from ilacs_rules.values.given import one_of
from ilacs_rules.vocabulary import NOT_SAID, Activity, Certainty, OwedBy

__all__ = ["BankHolidays", "Expected", "FrameworkReading", "Suspension", "Track", "lengthened"]


class FrozenDays(dict[str, date]):
    """Days by name that cannot be changed, so that a track can be a value."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a rulebook's rows cannot be changed")

    if not TYPE_CHECKING:  # type checkers know these as the methods of a dictionary, and here each refuses
        __setitem__ = __delitem__ = update = clear = pop = popitem = setdefault = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, date]]]:
        return type(self), (dict(self),)

    def __deepcopy__(self, _: object) -> Self:
        return self


class FrameworkReading(Row):
    """The one reading of a vague word: what it is taken to mean, and what speaks for it."""

    id: Id
    word: Text
    means: Text
    because: Text


class Track(Row):
    """A question that exactly one rule answers on each day.

    Attributes:
        id, means: its name, and what it asks.
        owed_by: who has to act.
        met_by: the activities whose record would show that it was met.
        answers: the subject types it is asked of, each with the first day on which the rulebook answers it.
        triggered_by: the activities from which the duty follows; where the record would not show them, answers say so.
        met_by_since: those of ``met_by`` that meet it only from a day on, each with that day.
        once_ended: whether it is asked only of a subject that has ended (closed, or abolished), of which no other track
            is asked.
    """

    id: Id
    means: Text
    owed_by: OwedBy
    met_by: tuple[Activity, ...]
    answers: dict[str, RowDay]
    triggered_by: tuple[Activity, ...] = ()
    met_by_since: dict[str, RowDay] = Field(default_factory=FrozenDays)
    once_ended: bool = False

    @field_validator("answers", "met_by_since", mode="after")
    @classmethod
    def _cannot_change(cls, value: dict[str, date]) -> dict[str, date]:
        return FrozenDays(value)

    @model_validator(mode="after")
    def _meets_it_since(self) -> Self:
        for name in self.met_by_since:
            if name not in self.met_by:
                raise RulebookError("does not meet it", field="met_by_since", value=name, expected="one of met_by")
        return self

    def met_on(self, day: date) -> frozenset[Activity]:
        """The activities that meet it on a day.

        Raises:
            RecordError: it is not a day.

        >>> from ilacs_rules import load_rulebook
        >>> track = load_rulebook().tracks[1]
        >>> sorted(track.met_on(date(2024, 1, 1)))
        [<Activity.FOCUSED_VISIT: 'focused_visit'>, <Activity.JTAI: 'jtai'>]
        >>> later = track.model_copy(update={"met_by_since": {"jtai": date(2024, 1, 2)}})
        >>> [len(later.met_on(date(2024, 1, day))) for day in (1, 2)]
        [1, 2]
        """
        on = any_day(day, "day")
        return frozenset(kind for kind in self.met_by if self.met_by_since.get(kind, date.min) <= on)


class Suspension(Row):
    """A time in which something was suspended, and by that moved windows: see the reading it names.

    ``says`` is what was known while it lasted, ``afterwards`` what is known since. ``where_possible``: it was done all
    the same where that was possible, so that windows stand while it lasts, and nobody is late.
    """

    id: Id
    says: Text
    afterwards: Text = ""
    applies_to: tuple[str, ...]
    tracks: tuple[str, ...]
    first: RowDay
    last: Until
    certainty: Certainty
    sources: tuple[Citation, ...]
    readings: tuple[str, ...] = ()
    where_possible: bool = False

    @model_validator(mode="after")
    def _names_its_edition(self) -> Self:
        check_edition(self.certainty, self.sources)
        if self.last < self.first:
            raise RulebookError(
                "ends before it begins", field="last", value=self.last, expected=f"{self.first} or later"
            )
        return self

    def suspends(self, day: date) -> bool:
        """Whether no date can be given on a day, because what it concerns is suspended.

        Raises:
            RecordError: it is not a day.
        """
        return self.first <= any_day(day, "day") <= self.last and not self.where_possible

    def eases(self, day: date) -> bool:
        """Whether what it concerns is done on a day where that is possible, so that nobody is late.

        Raises:
            RecordError: it is not a day.
        """
        return self.first <= any_day(day, "day") <= self.last and self.where_possible

    def applies(self, subject_type: str, track: str) -> bool:
        """Whether it concerns a question about a kind of subject."""
        return _is_about(self, subject_type, track)

    @property
    def delay_is_a_reading(self) -> bool:
        """Whether no source says how far it moved windows, so that nobody is late by the day that it moved."""
        return bool(self.readings) or self.certainty in NOT_SAID

    def lengthen(self, runs_from: date | None, day: date) -> date:
        """A day moved later by the suspended days that lie between the day its window runs from and itself.

        Raises:
            RecordError: either is not a day.

        >>> from datetime import date
        >>> pause = Suspension(id="p", says="", applies_to=(), tracks=(), sources=(), certainty="quoted",
        ...                    first=date(2020, 3, 1), last=date(2020, 3, 31))
        >>> pause.lengthen(date(2019, 1, 1), date(2020, 6, 30))
        datetime.date(2020, 7, 31)
        >>> pause.lengthen(date(2019, 1, 1), date(2020, 2, 29))  # already past when the suspension began
        datetime.date(2020, 2, 29)
        """
        since = 0 if runs_from is None else any_day(runs_from, "runs_from").toordinal()
        later = lengthened(self, since, any_day(day, "day").toordinal())
        if later > date.max.toordinal():
            raise RecordError("is too late to be moved", field="day", value=day, expected="a day of a window")
        return date.fromordinal(later)


def lengthened(pause: Suspension, runs_from: Any, day: Any) -> Any:
    """The same over ordinals (0: not known), whole numbers or columns of them alike."""
    first, last = pause.first.toordinal(), pause.last.toordinal()
    start = first + (runs_from > first) * (runs_from - first)
    return day + ((day >= first) & (start <= last)) * (last - start + 1)


class BankHolidays(Row):
    """The days from Monday to Friday of one year that are no working days, and who says so.

    Attributes:
        year, days: the year, and its days in order: bank holidays, Good Friday and Christmas Day, or their substitutes.
        certainty: how well they are known; ``inferred`` where they have not been proclaimed yet.
        sources: at least one, each with its place.
        gap: what no source says, where that is so.

    >>> BankHolidays(year=2029, days=(date(2028, 1, 3),), certainty="quoted", sources=())
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: days: is not such a day of 2029 (found 2028-01-03; expected a day from Monday to \
Friday, in order)
    """

    year: int
    days: tuple[date, ...]
    certainty: Certainty
    sources: tuple[Citation, ...]
    gap: str = ""

    @model_validator(mode="after")
    def _days_of_that_year(self) -> Self:
        for before, day in zip((None, *self.days), self.days, strict=False):
            if day.year != self.year or day.weekday() > 4 or (before is not None and day <= before):
                expected = "days from Monday to Friday, in order"
                raise RulebookError(
                    f"is not a Monday to Friday of {self.year}, or not in order",
                    field="days",
                    value=day,
                    expected=expected,
                )
        if not self.sources:
            raise RulebookError("has no source", field="sources", expected="at least one source with its place")
        check_edition(self.certainty, self.sources)
        check_gap(self.certainty, self.gap)
        return self

    @property
    def proclaimed(self) -> bool:
        """Whether sources give the days, and not only the rule that they follow."""
        return self.certainty not in NOT_SAID


class Expected(Row):
    """A change that is known to be coming, and whose content is not known yet.

    ``first`` is the earliest day on which it can begin. It changes no answer; one whose window reaches it says so, up
    to ``last``, the last day on which it was only expected (open: still is).
    """

    id: Id
    says: Text
    applies_to: tuple[str, ...]
    tracks: tuple[str, ...]
    first: RowDay
    last: RowDay | None = None
    sources: tuple[Citation, ...]

    def applies(self, subject_type: str, track: str) -> bool:
        """Whether it concerns a question about a kind of subject."""
        return _is_about(self, subject_type, track)


def _is_about(row: Suspension | Expected, subject_type: str, track: str) -> bool:
    """What is no word is none of those that are named."""
    return one_of(subject_type, row.applies_to) is not None and one_of(track, row.tracks) is not None
