"""A profile made of what was seen, as a ``Format``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ilacs_rules.errors import FileFormatError, Remedy, nearest
from ilacs_rules.reading.form import EVENT_FIELDS, JUDGED, ROW_FIELDS, Format, Group, Of
from ilacs_rules.reading.suggesting.seen import ColumnSeen, SheetColumns
from ilacs_rules.records import WHOLE, Whole
from ilacs_rules.vocabulary import Activity

__all__ = ["Said", "columns_by_field", "id_of", "kind_of_rows", "profile_of", "texts_of_nothing"]

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
    """

    of: str = ""
    days: Sequence[str] = ()
    means: Mapping[str, str] = MappingProxyType({})
    says: Mapping[str, str] = MappingProxyType({})


def profile_of(sheet: SheetColumns, file: str, said: Said) -> Format:
    """A profile for a sheet.

    Raises:
        FileFormatError: no column says whom the rows are about, or what happened, or when.
    """
    sheet, says = _corrected(sheet, file, said.means), said.says
    row, event, notes = columns_by_field(sheet.columns)
    activity = Activity(says["activity"]) if says.get("activity") and "activity" not in event else None
    subject = {field: says[field] for field in ("name", "type") if says.get(field) and field not in row}
    _refuse_undecided(sheet, file, said.days)
    when = {"started", "ended", "published"} & set(event)
    if not {"urn", "name"} & {*row, *subject} or not (activity or "activity" in event) or not when:
        have = ", ".join([*row, *event]) or "none"
        raise FileFormatError(
            "is not made out well enough for a profile",
            field=file,
            value=f"columns made out: {have}",
            expected=f"columns for whom, what and when; {Remedy.COMPLETE_PROFILE}",
        )
    no_days, none = texts_of_nothing(sheet.columns)
    return Format(
        id=id_of(file),
        title=file,
        of=_of_whom(sheet, file, said.of),
        sheet=sheet.sheet,
        header=sheet.header,
        days=tuple(said.days) or ("YYYY-MM-DD",),
        no_days=tuple(no_days),
        none=tuple(none),
        needs=tuple(name for name in ("urn", "name") if name in row)[:1],
        columns={name: (column.name,) for name, column in row.items()},
        subject=subject,
        covers=_covers(says.get("covers", "")),
        event=(
            Group(
                name="event",
                needs=tuple(name for name in ("activity", "started", "ended", "published") if name in event),
                activity=activity,
                columns={name: (column.name,) for name, column in event.items()},
                notes={column.name: (column.name,) for column in notes},
            ),
        ),
    )


def _covers(word: str) -> Whole | None:
    for whole in WHOLE:
        if word == whole:
            return whole
    if word:
        raise FileFormatError("is not known here", field="covers", value=word, expected=nearest(word, WHOLE))
    return None


def _corrected(sheet: SheetColumns, file: str, means: Mapping[str, str]) -> SheetColumns:
    """The sheet with what somebody says of its columns, who says one thing of one column alone."""
    said = [means.get(column.letter, column.field) for column in sheet.columns]
    twice = next((field for field in said if field not in ("", "note", "region") and said.count(field) > 1), "")
    if twice:
        named = [
            column.name or column.letter for column, field in zip(sheet.columns, said, strict=True) if field == twice
        ]
        problem, value = f"has two columns for {_means(twice)}", ", ".join(named)
        raise FileFormatError(problem, field=file, value=value, expected="one of them")
    columns = [column.model_copy(update={"field": field}) for column, field in zip(sheet.columns, said, strict=True)]
    return sheet.model_copy(update={"columns": tuple(columns)})


def _means(field: str) -> str:
    return {**ROW_FIELDS, **EVENT_FIELDS}.get(field, field)


def _refuse_undecided(sheet: SheetColumns, file: str, days: Sequence[str]) -> None:
    texts = sorted({order for column in sheet.columns if column.field for order in column.day_orders})
    if not days and any(column.holds == "days as text" and column.field for column in sheet.columns):
        raise FileFormatError(
            "holds days as text, and only you can say in which order they are written",
            field=file,
            expected=f"{Remedy.SAY_DAYS}: {', '.join(texts)}",
        )


def _of_whom(sheet: SheetColumns, file: str, of: str) -> Of:
    kind = of or kind_of_rows(sheet.columns)
    if kind not in _OFS:
        raise FileFormatError(
            "does not tell whether its rows are of authorities or of providers" if not of else "is not known here",
            field=file if not of else "of",
            value=of or None,
            expected=f"{Remedy.SAY_WHOM}: {', '.join(_OFS)}",
        )
    return kind


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
