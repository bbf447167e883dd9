"""A profile made of what was seen, as a ``Format``."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, cast

from ilacs_rules.errors import FileFormatError, Remedy, nearest
from ilacs_rules.reading.form import EVENT_FIELDS, JUDGED, ROW_FIELDS, Format, Group, Of, WordOfActivity
from ilacs_rules.reading.suggesting.seen import ColumnSeen, SheetColumns
from ilacs_rules.records import WHOLE
from ilacs_rules.vocabulary import ACTIVITIES, Activity, Effectiveness, Grade, Outcome, ProviderType, in_words

__all__ = ["WORD_KINDS", "Said", "columns_by_field", "id_of", "kind_of_rows", "profile_of", "texts_of_nothing"]

_OFS: tuple[Of, ...] = ("authorities", "providers", "any")
_OF_ROW = tuple(field for field in ROW_FIELDS if field != "subject")
_OF_EVENT = (*EVENT_FIELDS, *JUDGED)


class Said(NamedTuple):
    """What somebody says of a sheet.

    Attributes:
        of: whether its rows are of authorities, of providers or of any; told by its words where it is empty.
        days: how days are written.
        means: what columns hold instead of what they seem to hold, by letter; an empty text for nothing that is read.
        says: what every row says where no column does: ``activity``, ``name``, ``type``, ``covers``.
        words: what texts mean that are not known, by kind (``grade``, ``outcome``, ``type``, ``effectiveness``,
            ``activity``); an empty text leaves one out, and it is reported row by row.
    """

    of: str = ""
    days: Sequence[str] = ()
    means: Mapping[str, str] = MappingProxyType({})
    says: Mapping[str, str] = MappingProxyType({})
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({})


def profile_of(sheet: SheetColumns, file: str, said: Said) -> Format:
    """A profile for a sheet.

    Raises:
        FileFormatError: no column says whom the rows are about, or what happened, or when; or something that was said
            cannot be. Everything that is wrong is said at once.
    """
    sheet, says = _corrected(sheet, said.means), said.says
    row, event, notes = columns_by_field(sheet.columns)
    activity = says.get("activity", "") if "activity" not in event else ""
    subject = {field: says[field] for field in ("name", "type") if says.get(field) and field not in row}
    of = said.of or kind_of_rows(sheet.columns) or _happens_to(activity) or ("providers" if subject.get("type") else "")
    faults = [
        *_twice(sheet, file),
        *_undecided(sheet, file, said.days),
        *_unclear(row, event, file, whom={*row, *subject}, activity=activity),
        *_of_nobody(file, said.of, of),
        *(fault for name, known in (("activity", Activity), ("type", ProviderType), ("covers", WHOLE))
          for fault in _unknown(f"says.{name}", says.get(name, ""), known)),
        *_unknown_words(said.words),
    ]  # fmt: skip
    if faults:
        raise FileFormatError.together(faults)
    no_days, none = texts_of_nothing(sheet.columns)
    meant = {kind: {text: word for text, word in texts.items() if word} for kind, texts in said.words.items()}
    return Format(
        id=id_of(file),
        title=file,
        of=cast("Of", of),
        sheet=sheet.sheet,
        header=sheet.header,
        days=tuple(said.days) or ("YYYY-MM-DD",),
        no_days=tuple(no_days),
        none=tuple(none),
        needs=tuple(name for name in ("urn", "name") if name in row)[:1],
        columns={name: (column.name,) for name, column in row.items()},
        subject=subject,
        covers=next((whole for whole in WHOLE if whole == says.get("covers")), None),
        words={kind: texts for kind, texts in meant.items() if texts and kind != "activity"},
        activity_word=tuple(
            WordOfActivity(says=(text,), means=Activity(word)) for text, word in meant.get("activity", {}).items()
        ),
        event=(_group(event, notes, activity),),
    )


def _group(event: Mapping[str, ColumnSeen], notes: Iterable[ColumnSeen], activity: str) -> Group:
    """What each row says of its event."""
    return Group(
        name="event",
        needs=tuple(name for name in ("activity", "started", "ended", "published") if name in event),
        activity=Activity(activity) if activity else None,
        columns={name: (column.name,) for name, column in event.items()},
        notes={column.name: (column.name,) for column in notes},
    )


def _corrected(sheet: SheetColumns, means: Mapping[str, str]) -> SheetColumns:
    """The sheet with what somebody says of its columns."""
    columns = [column.model_copy(update={"field": means.get(column.letter, column.field)}) for column in sheet.columns]
    return sheet.model_copy(update={"columns": tuple(columns)})


def _twice(sheet: SheetColumns, file: str) -> Iterator[FileFormatError]:
    """Fields that several columns are said to hold."""
    said = [column.field for column in sheet.columns if column.field not in ("", "note", "region")]
    for field in dict.fromkeys(field for field in said if said.count(field) > 1):
        named = [column.name or column.letter for column in sheet.columns if column.field == field]
        problem, value = f"has two columns for {_means(field)}", ", ".join(named)
        yield FileFormatError(problem, field=file, value=value, expected="one of them")


def _means(field: str) -> str:
    return {**ROW_FIELDS, **EVENT_FIELDS}.get(field, in_words(field))


def _undecided(sheet: SheetColumns, file: str, days: Sequence[str]) -> Iterator[FileFormatError]:
    texts = sorted({order for column in sheet.columns if column.field for order in column.day_orders})
    if not days and any(column.holds == "days as text" and column.field for column in sheet.columns):
        yield FileFormatError(
            "has dates as text, and only you can say which order they are written in",
            field=file,
            expected=f"{Remedy.SAY_DAYS}: {', '.join(texts)}",
        )


def _unclear(
    row: Mapping[str, ColumnSeen], event: Mapping[str, ColumnSeen], file: str, *, whom: Collection[str], activity: str
) -> Iterator[FileFormatError]:
    """What nothing says: whom the rows are about, what happened, or when."""
    lacks = [
        what
        for what, there in (
            ("whom a row is about (a name or a number)", {"urn", "name"} & set(whom)),
            ("what happened (an inspection, a visit)", activity or "activity" in event),
            ("when (a first day, a last day or a day of publication)", {"started", "ended", "published"} & set(event)),
        )
        if not there
    ]
    if lacks:
        yield FileFormatError(
            f"is not clear enough to make a profile from: nothing says {', nor '.join(lacks)}",
            field=file,
            value=f"columns made out: {', '.join([*row, *event]) or 'none'}",
            expected=f"columns for who, what and when; {Remedy.COMPLETE_PROFILE}",
        )


def _of_nobody(file: str, said: str, of: str) -> Iterator[FileFormatError]:
    if of not in _OFS:
        yield FileFormatError(
            "is not known here" if said else "does not say whether its rows are about authorities or providers",
            field="of" if said else file,
            value=said or None,
            expected=f"{Remedy.SAY_WHOM}: {', '.join(_OFS)}",
        )


def _happens_to(activity: str) -> str:
    """Whom an activity happens to, where it happens to one kind of subject alone."""
    to = {who for kind in Activity if kind == activity for who in ACTIVITIES[kind].to}
    return "authorities" if to == {"authority"} else "providers" if to == {"provider"} else ""


def _unknown(field: str, said: str, known: Iterable[str]) -> Iterator[FileFormatError]:
    words = tuple(map(str, known))
    if said and said not in words:
        yield FileFormatError("is not known here", field=field, value=said, expected=nearest(said, words))


def _unknown_words(words: Mapping[str, Mapping[str, str]]) -> Iterator[FileFormatError]:
    """What is said of texts, and is no known word of their kind."""
    for kind, texts in words.items():
        yield from _unknown("words", kind, WORD_KINDS)
        known = WORD_KINDS.get(kind, ())
        for text, word in texts.items() if known else ():
            yield from _unknown(f"words.{kind}.{text}", word, known)


WORD_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "grade": tuple(Grade),
    "effectiveness": tuple(Effectiveness),
    "outcome": tuple(Outcome),
    "type": tuple(ProviderType),
    "activity": tuple(kind for kind in Activity if ACTIVITIES[kind].event),
})  # fmt: skip
"""What a text in a column can be said to mean, by kind."""


def texts_of_nothing(columns: Iterable[ColumnSeen]) -> tuple[list[str], list[str]]:
    """The texts that say there is no day, and those that say there is no judgement."""
    days, others = dict[str, None](), dict[str, None]()
    for column in columns:
        if column.field:
            texts = dict.fromkeys(column.not_there)
            (days if column.holds == "dates" or column.day_orders else others).update(texts)
    return list(days), list(others)


def columns_by_field(
    columns: Iterable[ColumnSeen],
) -> tuple[dict[str, ColumnSeen], dict[str, ColumnSeen], list[ColumnSeen]]:
    """The columns that were made out, by field: those of the subject, those of the event, and notes."""
    told = [column for column in columns if column.field]
    return (
        {column.field: column for column in told if column.field in _OF_ROW},
        {column.field: column for column in told if column.field in _OF_EVENT},
        [column for column in told if column.field == "note"],
    )


def kind_of_rows(columns: Iterable[ColumnSeen]) -> str:
    """Whether the rows are of authorities or of providers, as far as their words tell."""
    for column in columns:
        if column.field == "type" and "type" in column.word_kinds:
            return "providers"
        if column.field == "activity":
            of = {kind: column.word_kinds.get(f"activity.{kind}", 0) for kind in ("authorities", "providers")}
            if of["authorities"] != of["providers"]:
                return max(of, key=lambda kind: of[kind])
    return ""


def id_of(file: str) -> str:
    """A name for a profile, from the name of the file that it is for.

    >>> id_of("Our visits 2024.xlsx"), id_of("")
    ('our_visits_2024', 'mine')
    """
    return re.sub(r"[^a-z0-9]+", "_", file.rpartition(".")[0].casefold() or file.casefold()).strip("_") or "mine"
