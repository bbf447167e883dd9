"""The parts of a format: what tells it, the columns of an event, what its sheets show, and what its words mean."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, Literal, TypeAlias

from pydantic import Field, ValidationError

from ilacs_rules.errors import FileFormatError, RecordError, UnknownWordError, nearest
from ilacs_rules.reading.fields import EVENT_FIELDS, JUDGED
from ilacs_rules.values import Day, Record, Text
from ilacs_rules.values.faults import as_error
from ilacs_rules.vocabulary import Activity, Area

__all__ = ["Combined", "Correction", "Group", "Names", "Part", "Shows", "ToldBy", "WordOfActivity", "not_known"]

Names: TypeAlias = tuple[Text, ...]


class Part(Record):
    """A format, or a part of one: called directly it is refused as a file is, with every fault at once."""

    @classmethod
    def _refusal(cls, error: ValidationError) -> FileFormatError:
        return FileFormatError.together(
            FileFormatError(fault.problem, field=fault.field, value=fault.value, expected=fault.expected)
            for fault in as_error(error, RecordError).faults
        )


def not_known(field: str, given: Iterable[str], known: Iterable[str]) -> Iterator[RecordError]:
    """Each name that is none of some, as a fault with the nearest."""
    names = list(known)
    for name in given:
        if name not in names:
            yield UnknownWordError("is not known here", field=field, value=name, expected=nearest(name, names))


class ToldBy(Part):
    """What tells a sheet from another with the same columns: patterns for its titles, its name, or the file's name.

    ``only_told``: without that it is not of this format.
    """

    says: Names = ()
    never: Names = ()
    as_at: Names = ()
    year: Names = ()
    only_told: bool = False


class WordOfActivity(Part):
    """Texts that stand for an activity, on some first days; an empty text stands for no text at all."""

    says: Names
    means: Activity
    since: Day = date.min
    until: Day = date.max
    loose: bool = False


class Combined(Part):
    """A column that held another judgement before a day: by the first day, or where it is unknown by publication."""

    area: Area
    means: Area
    before: Day
    published_before: Day


class Group(Part):
    """The columns of one event. A row may hold several events.

    Attributes:
        name: what the event is called in messages.
        columns: the names that each column may have, by field. ``*`` at the end of a name stands for any ending.
        prefix: words that may stand before each of the names.
        must_begin: words of which one must stand before each of the names.
        needs: the fields without which the sheet does not hold such events.
        activity: what happened, if no column says it.
        expected: columns that every edition has had since a day. A sheet without one is read, and reported.
        missed: columns whose lack is reported only for a whole sheet, or one with new columns. A few copied columns may
            lack them.
        sometimes: whether some editions have no such events.
        notes: columns whose text goes into the note, each with the words that introduce it.
        combined: columns that once held another judgement.
        start_unknown_if_published: if the first day equals the day of publication, the first day counts as not known.
        not_the_first_until: in sheets up to this day, the column for the first day holds the last day on site.
        since: the first day on which such an event can have been. An earlier day is mistyped, and reported.
        reports: ``out`` (each row's report is out, so a missing grade was given all the same), ``told`` (it is out if
            the row gives a last day, a day of publication or a grade) or ``as_given`` (an empty cell says nothing).
    """

    name: Text = ""
    columns: dict[str, Names] = Field(default_factory=dict)
    prefix: Names = ()
    must_begin: Names = ()
    needs: Names = ("activity", "started")
    activity: Activity | None = None
    expected: dict[str, Day] = Field(default_factory=dict)
    missed: dict[str, Day] = Field(default_factory=dict)
    sometimes: bool = False
    notes: dict[str, Names] = Field(default_factory=dict)
    combined: tuple[Combined, ...] = ()
    start_unknown_if_published: bool = False
    not_the_first_until: Day | None = None
    since: Day | None = None
    reports: Literal["out", "told", "as_given"] = "told"

    def names(self) -> Iterator[str]:
        """Every name that one of its columns may bear."""
        for name in chain.from_iterable(self.columns.values()):
            yield from self.in_full(name)

    def in_full(self, name: str) -> Iterator[str]:
        """A name with each of the words that may or must stand before it."""
        if self.must_begin:
            yield from (f"{begins} {name}" for begins in self.must_begin)
            return
        yield name
        yield from (f"{begins} {name}" for begins in self.prefix)

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Sequence[RecordError]:
        columns = values.get("columns", {})
        faults = [*not_known("columns", columns, (*EVENT_FIELDS, *JUDGED))]
        if "columns" in values and "activity" in values:
            faults += not_known(
                "needs", values.get("needs", ()), (*columns, "activity") if values["activity"] else columns
            )
        if "columns" in values:
            faults += not_known("expected", {**values.get("expected", {}), **values.get("missed", {})}, columns)
        return faults


class Shows(Part):
    """What a sheet shows of each subject: every event of some activities, in some stretch of days.

    Attributes:
        activities: the activities.
        how: ``latest`` (since the earliest event in the subject's row), ``year`` (in the year of the sheet) or ``all``
            (on all days, or in ``spans``).
        spans: stretches of days, each as its first and last day. A day that is left out is no limit.
        ends: ``sheet`` (with the sheet) or ``own`` (with the subject's own last row, because it may have closed).
    """

    activities: tuple[Activity, ...]
    how: Literal["latest", "year", "all"] = "all"
    spans: tuple[dict[str, Day], ...] = ({},)
    ends: Literal["sheet", "own"] = "sheet"

    def pairs(self) -> Iterator[tuple[date | None, date | None]]:
        """The stretches, each as its first and last day."""
        return ((span.get("since"), span.get("until")) for span in self.spans)


class Correction(Part):
    """A value that the publisher's file has wrong, with the reason."""

    urn: Text
    field: Text
    says: Text
    means: Text
    because: Text
