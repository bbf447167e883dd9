"""The form of a format: how a kind of sheet is known, which column is which, and what its words and days mean.

A published format and a person's own profile have the same form. Nothing in one is ever run.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import BeforeValidator, Field

from ilacs_rules.errors import RecordError, UnknownWordError, nearest
from ilacs_rules.reading.days import DAY_FIRST, PATTERNS
from ilacs_rules.reading.fields import EVENT_FIELDS, JUDGED, ROW_FIELDS
from ilacs_rules.reading.parts import (
    Combined,
    Correction,
    Group,
    Names,
    Part,
    Shows,
    ToldBy,
    WordOfActivity,
    not_known,
)
from ilacs_rules.reading.words import ActivityWord, activity_words, as_key, known_words, written_words
from ilacs_rules.records import WHOLE, Whole
from ilacs_rules.values import Day, Text
from ilacs_rules.values.faults import as_pydantic
from ilacs_rules.values.given import instance
from ilacs_rules.vocabulary import ACTIVITIES, Activity

__all__ = [
    "EVENT_FIELDS", "JUDGED", "ROW_FIELDS", "Combined", "Correction", "Format", "Group", "Names", "Of", "Shows",
    "WordOfActivity",
]  # fmt: skip

_OFSTED_SINCE = date(2007, 4, 1)
"""Since when Ofsted has inspected children's social care (Education and Inspections Act 2006, section 136, in force
from 1 April 2007): nothing that is asked about here was earlier."""
_WORDS = ("type", "grade", "effectiveness", "outcome")


def _covers(value: object) -> object:
    """A word of a whole record, or a list of activities."""
    if value is None or value in WHOLE:
        return value
    if isinstance(value, str):
        wanted = f"{nearest(value, WHOLE)}; or a list of activities, such as ['focused_visit']"
        raise as_pydantic(UnknownWordError("is not a known word", expected=wanted))
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in cast("list[object]", value)):
        raise as_pydantic(
            RecordError("is not a coverage", expected="'inspections', 'everything', or a list of activities")
        )
    return tuple(cast("list[str]", value))


Covers: TypeAlias = Annotated[Whole | Names | None, BeforeValidator(_covers)]
"""What a profile says that each record would show."""
Of: TypeAlias = Literal["providers", "authorities", "any"]
"""Whom the rows of a sheet are about."""


class Format(Part):
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
    covers: Covers = None
    reports_take: int = 0
    status_by: Day | None = None
    not_read: Text = ""
    leaves_out: dict[str, Text] = Field(default_factory=dict)
    correction: tuple[Correction, ...] = ()

    @classmethod
    def _faults(cls, values: dict[str, Any]) -> Sequence[RecordError]:
        columns, words, days = values.get("columns", {}), values.get("words", {}), values.get("days", ())
        faults = [
            *not_known("columns", columns, ROW_FIELDS),
            *not_known("subject", values.get("subject", ()), ROW_FIELDS),
            *(not_known("missed", values.get("missed", ()), columns) if "columns" in values else ()),
            *not_known("words", words, _WORDS),
            *not_known("days", days, (*PATTERNS, DAY_FIRST)),
        ]
        if {"DD/MM/YYYY", "DD/MM/YY", DAY_FIRST} & set(days) and {"MM/DD/YYYY", "MM/DD/YY"} & set(days):
            problem = "has both day first and month first, so 03/04/2024 could be two days"
            faults.append(RecordError(problem, field="days", value=", ".join(days), expected="one of the two orders"))
        for kind in _WORDS:
            known = set(known_words(kind).values())
            for text, word in words.get(kind, {}).items():
                faults += (fault.at(f"words.{kind}.{text}") for fault in not_known("", [word], known))
        covers = values.get("covers")
        if isinstance(covers, tuple):
            faults += (
                fault.at(f"covers[{place}]")
                for place, word in enumerate(cast("Names", covers))
                for fault in not_known("", [word], [kind for kind in Activity if ACTIVITIES[kind].event])
            )
        return faults

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
        """The first day on which an event of a group can have been; in the library's own table any day may stand."""
        instance(group, Group, "group", called="a group", expected="one of `event`")
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
        return dict(known_words(kind, self.words.get(kind) if isinstance(kind, str) else None))  # pyright: ignore[reportUnnecessaryIsInstance]
