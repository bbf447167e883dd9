"""The form of a format: how a kind of sheet is known, which column is which, and what its words and days mean.

A published format and a person's own profile have the same form. Nothing in one is ever run.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Literal, Self, TypeAlias

from pydantic import Field, model_validator

from ilacs_rules.errors import FileFormatError, nearest
from ilacs_rules.reading.days import DAY_FIRST, PATTERNS
from ilacs_rules.reading.fields import EVENT_FIELDS, JUDGED, ROW_FIELDS, only_known
from ilacs_rules.reading.words import ActivityWord, activity_words, as_key, known_words, written_words
from ilacs_rules.records import Whole
from ilacs_rules.values import Day, Record, Text
from ilacs_rules.vocabulary import Activity, Area

__all__ = [
    "EVENT_FIELDS", "JUDGED", "ROW_FIELDS", "Combined", "Correction", "Format", "Group", "Names", "Of", "Shows",
    "WordOfActivity",
]  # fmt: skip

Of: TypeAlias = Literal["providers", "authorities", "any"]
"""Whom the rows of a sheet are about."""
Names: TypeAlias = tuple[Text, ...]


class ToldBy(Record):
    """What tells a sheet from another with the same columns: patterns for its titles, its name, or the file's name.

    ``only_told``: without that it is not of this format.
    """

    says: Names = ()
    never: Names = ()
    as_at: Names = ()
    year: Names = ()
    only_told: bool = False


class WordOfActivity(Record):
    """Texts that stand for an activity, on some first days; an empty text stands for no text at all."""

    says: Names
    means: Activity
    since: Day = date.min
    until: Day = date.max
    loose: bool = False


class Combined(Record):
    """A column that held another judgement before a day: by the first day, or where it is unknown by publication."""

    area: Area
    means: Area
    before: Day
    published_before: Day


class Group(Record):
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

    @model_validator(mode="after")
    def _known_fields(self) -> Self:
        only_known("columns", self.columns, (*EVENT_FIELDS, *JUDGED))
        only_known("needs", self.needs, (*self.columns, "activity") if self.activity else self.columns)
        only_known("expected", {**self.expected, **self.missed}, self.columns)
        return self


_OFSTED_SINCE = date(2007, 4, 1)
"""Since when Ofsted has inspected children's social care (Education and Inspections Act 2006, section 136, in force
from 1 April 2007): nothing that is asked about here was earlier."""


class Shows(Record):
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


class Correction(Record):
    """A value that the publisher's file has wrong, with the reason."""

    urn: Text
    field: Text
    says: Text
    means: Text
    because: Text


class Format(Record):
    """A kind of sheet: how to recognise it, and what its columns and words mean.

    Attributes:
        id, title: its name, for programs and for people.
        of: whether its rows are about ``providers``, ``authorities``, or ``any`` subjects.
        publisher, url, vintages, about: who publishes it, where, which editions are known, and what a reader should
            know.
        rank: if several formats fit a sheet equally well, the highest rank is taken.
        sheet: in a profile, the name of the sheet.
        header: in a profile, the row that holds the header. It is looked for if not given.
        days: how days are written, as patterns.
        no_days: texts that say there is no day.
        columns, prefix, needs: as in ``Group``, for the subject.
        subject: in a profile, what every row says: ``name``, ``type``, ``urn``.
        event: the events in a row.
        none: texts that say there is no judgement.
        unread: texts that say a judgement was given but could not be read.
        missed: as in ``Group``, for the subject.
        also: names of columns that a known edition has and that are not read.
        words: further words by kind, each with what it means.
        activity_word: further words for activities, by day.
        shows: what the sheet shows in full.
        covers: in a profile, the same in the words of a record.
        reports_take: after how many days a report is nearly always out, counted back from the last one in the sheet.
        status_by: the day for which registrations hold, if its sheets do not name their day.
        not_read: why nothing is read from a kind of sheet that is known.
        leaves_out: texts in the column of types that are known but are not subjects here, each with the reason.
        correction: values that are wrong in the publisher's file.

    Raises:
        RecordError: a field is missing or not known.
    """

    id: Text
    title: Text
    of: Of
    publisher: Text = ""
    url: Text = ""
    vintages: Text = ""
    about: Text = ""
    rank: int = 0
    sheet: Text = ""
    header: int | None = None
    told_by: ToldBy = ToldBy()
    days: Names = ("YYYY-MM-DD",)
    no_days: Names = ()
    columns: dict[str, Names] = Field(default_factory=dict)
    prefix: Names = ()
    needs: Names = ("urn",)
    missed: dict[str, Day] = Field(default_factory=dict)
    also: Names = ()
    subject: dict[str, Text] = Field(default_factory=dict)
    event: tuple[Group, ...] = ()
    none: Names = ()
    unread: Names = ()
    words: dict[str, dict[str, Text]] = Field(default_factory=dict)
    activity_word: tuple[WordOfActivity, ...] = ()
    shows: tuple[Shows, ...] = ()
    covers: Whole | Names | None = None
    reports_take: int = 0
    status_by: Day | None = None
    not_read: Text = ""
    leaves_out: dict[str, Text] = Field(default_factory=dict)
    correction: tuple[Correction, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        only_known("columns", self.columns, ROW_FIELDS)
        only_known("subject", self.subject, ROW_FIELDS)
        only_known("missed", self.missed, self.columns)
        only_known("words", self.words, ("type", "grade", "effectiveness", "outcome"))
        only_known("days", self.days, (*PATTERNS, DAY_FIRST))
        if {"DD/MM/YYYY", "DD/MM/YY", DAY_FIRST} & set(self.days) and {"MM/DD/YYYY", "MM/DD/YY"} & set(self.days):
            raise FileFormatError(
                "both day first and month first are given, so 03/04/2024 could be two days",
                field=f"{self.id}: days",
                value=", ".join(self.days),
                expected="one of the two orders",
            )
        for kind, words in self.words.items():
            for text, word in words.items():
                known = known_words(kind)
                if word not in known.values():
                    raise FileFormatError(
                        "is not a known word",
                        field=f"{self.id}: words.{kind}.{text}",
                        value=word,
                        expected=nearest(word, set(known.values())),
                    )
        return self

    @cached_property
    def activities(self) -> dict[str, tuple[ActivityWord, ...]]:
        """What each text means as an activity; in a sheet of any subjects, of a provider before an authority."""
        return (
            {**self.activities_of_authorities, **self._activities_of("providers")}
            if self.of == "any"
            else dict(self._activities_of(self.of))
        )

    @cached_property
    def activities_of_authorities(self) -> dict[str, tuple[ActivityWord, ...]]:
        """The same, in a row of an authority: "full" is another inspection there."""
        if self.of != "any":
            return self.activities
        return {**self._activities_of("providers"), **self._activities_of("authorities")}

    def _activities_of(self, who: str) -> Mapping[str, tuple[ActivityWord, ...]]:
        own = [(item.says, ActivityWord(item.means, item.since, item.until, item.loose)) for item in self.activity_word]
        return activity_words(who, own)

    def since(self, group: Group) -> date:
        """The first day that an event of a group can have. The library's own table takes events of any day."""
        return group.since or (date.min if self.of == "any" else _OFSTED_SINCE)

    @cached_property
    def corrections(self) -> dict[str, Correction]:
        """Values that publishers' files have wrong, by the number of the subject."""
        shared = [Correction.model_validate(each) for each in written_words()["correction"]]
        return {each.urn: each for each in (*shared, *self.correction)}

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Texts in the column of types that are known and are no subject here, by key, with the reason."""
        return {as_key(says): why for says, why in {**written_words()["leaves_out"], **self.leaves_out}.items()}

    def names(self) -> Iterator[str]:
        """Every name that one of its columns may bear."""
        yield from chain.from_iterable(self.columns.values())
        for group in self.event:
            yield from group.names()

    def known(self, kind: str) -> dict[str, str]:
        """The words of a kind, by the key of each text that stands for one."""
        return dict(known_words(kind, self.words.get(kind)))
