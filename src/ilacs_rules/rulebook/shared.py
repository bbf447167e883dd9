"""The rows that many rules share: readings, tracks, suspensions and what is expected."""

from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from pydantic import Field, field_validator, model_validator

from ilacs_rules.errors import RecordError, RulebookError
from ilacs_rules.rulebook.forms import Id, RowDay, Until
from ilacs_rules.rulebook.sources import Citation, Row, check_edition
from ilacs_rules.values import Text, any_day
from ilacs_rules.values.given import one_of
from ilacs_rules.vocabulary import NOT_SAID, Activity, Certainty, OwedBy

__all__ = ["Expected", "FrameworkReading", "Suspension", "Track", "lengthened"]


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
    """How we understand a vague word of a framework, such as "about" or "quarterly".

    Attributes:
        id: its name.
        word: the vague word.
        means: what we take it to mean.
        because: why.

    >>> from ilacs_rules import load_rulebook
    >>> reading = load_rulebook().readings[0]
    >>> all((reading.word, reading.means, reading.because))
    True
    >>> FrameworkReading(id="about", word="about", means="within a week")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: ...
    """

    id: Id
    word: Text
    means: Text
    because: Text


class Track(Row):
    """A question that exactly one rule answers on each day, such as the next graded inspection.

    Attributes:
        id: its name.
        means: what it asks.
        owed_by: who has to act.
        met_by: the activities that meet it, if they are in the record.
        answers: the kinds of subject that it is asked of, each with the first day on which the rulebook answers it.
        triggered_by: the activities that start the duty. If the record would not show them, answers say so.
        met_by_since: those of ``met_by`` that meet it only from some day on, each with that day.
        once_ended: whether it is asked only of a subject that has closed or was abolished. No other track is asked of
            such a subject.

    >>> from ilacs_rules import load_rulebook
    >>> track = load_rulebook().tracks[0]
    >>> track.id, track.owed_by.value
    ('inspection', 'inspectorate')
    >>> [track.id for track in load_rulebook().tracks if track.once_ended]
    ['ended']
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
        """The activities that meet the track on a day.

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
    """A time in which something was suspended. Its readings describe how it moves windows.

    Attributes:
        id: its name.
        says: what was known while it lasted.
        afterwards: what has been known since.
        applies_to, tracks: the kinds of subject and the tracks concerned.
        first, last: its first and last day, both inclusive.
        certainty, sources, readings: as for a ``Rule``.
        where_possible: the work went on where it was possible. Then windows stay as they are, and nobody is late.

    Raises:
        RulebookError: it ends before it begins, or a key is missing or not known.

    >>> from ilacs_rules import load_rulebook
    >>> pause = load_rulebook().suspensions[0]
    >>> pause.suspends(pause.first) or pause.eases(pause.first)
    True
    >>> from datetime import date
    >>> pause.suspends(date(2013, 1, 1))
    False
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
        """Whether no date can be given on a day, because the activity is suspended.

        Raises:
            RecordError: it is not a day.

        >>> from ilacs_rules import load_rulebook
        >>> pause = next(each for each in load_rulebook().suspensions if not each.where_possible)
        >>> from ilacs_rules.dates import add_days
        >>> pause.suspends(pause.first), pause.suspends(add_days(pause.last, 1))
        (True, False)
        """
        return self.first <= any_day(day, "day") <= self.last and not self.where_possible

    def eases(self, day: date) -> bool:
        """Whether the activity goes on where that is possible on a day, so that nobody is late.

        Raises:
            RecordError: it is not a day.

        >>> from ilacs_rules import load_rulebook
        >>> pause = next(each for each in load_rulebook().suspensions if each.where_possible)
        >>> pause.eases(pause.first), pause.suspends(pause.first)
        (True, False)
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
        """A day, moved later by the suspended days between the start of its window and itself.

        Args:
            runs_from: the day from which the window is counted. ``None`` if it is not known.
            day: the day to move.

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


class Expected(Row):
    """A change that is known to be coming, but whose content is not known yet. It changes no answer.

    If the window of an answer reaches it, the answer has a note.

    Attributes:
        id, says: its name, and what is known.
        first: the earliest day on which it can begin.
        last: the last day on which it was only expected. ``None`` if it still is.
        sources: who says so.

    Raises:
        RulebookError: a key is missing or not known.

    >>> from ilacs_rules import load_rulebook
    >>> expected = load_rulebook().expected[0]
    >>> expected.first.year
    2027
    >>> expected.last is None  # it has not come yet
    True
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
