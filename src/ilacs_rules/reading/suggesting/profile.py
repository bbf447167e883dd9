"""A profile made of what was seen, as a ``Format``."""

import re
from collections.abc import Iterable, Sequence

from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading.form import EVENT_FIELDS, JUDGED, ROW_FIELDS, Format, Group, Of
from ilacs_rules.reading.suggesting.seen import ColumnSeen, SheetColumns

__all__ = ["columns_by_field", "id_of", "kind_of_rows", "profile_of", "texts_of_nothing"]

_OFS: tuple[Of, ...] = ("authorities", "providers", "any")
_OF_ROW = tuple(field for field in ROW_FIELDS if field != "subject")
_OF_EVENT = (*EVENT_FIELDS, *JUDGED)


def profile_of(sheet: SheetColumns, file: str, of: str, days: Sequence[str]) -> Format:
    """A profile for a sheet.

    Raises:
        FileFormatError: no column says whom the rows are about, or what happened, or when.
    """
    row, event, notes = columns_by_field(sheet.columns)
    _refuse_undecided(sheet, file, days)
    if not {"urn", "name"} & set(row) or "activity" not in event or not {"started", "ended", "published"} & set(event):
        have = ", ".join([*row, *event]) or "none"
        raise FileFormatError(
            "is not clear enough to make a profile from",
            field=file,
            value=f"columns made out: {have}",
            expected="columns for who, what and when; write the profile (`ilacs-rules columns`) and complete it",
        )
    no_days, none = texts_of_nothing(sheet.columns)
    return Format(
        id=id_of(file),
        title=file,
        of=_of_whom(sheet, file, of),
        sheet=sheet.sheet,
        header=sheet.header,
        days=tuple(days) or ("YYYY-MM-DD",),
        no_days=tuple(no_days),
        none=tuple(none),
        needs=tuple(name for name in ("urn", "name") if name in row)[:1],
        columns={name: (column.name,) for name, column in row.items()},
        event=(
            Group(
                name="event",
                needs=tuple(name for name in ("activity", "started", "ended", "published") if name in event),
                columns={name: (column.name,) for name, column in event.items()},
                notes={column.name: (column.name,) for column in notes},
            ),
        ),
    )


def _refuse_undecided(sheet: SheetColumns, file: str, days: Sequence[str]) -> None:
    texts = sorted({order for column in sheet.columns if column.field for order in column.day_orders})
    if not days and any(column.holds == "days as text" and column.field for column in sheet.columns):
        raise FileFormatError(
            "has dates as text, and only you can say which order they are written in",
            field=file,
            expected=f"days=[…], with one or more of: {', '.join(texts)}",
        )


def _of_whom(sheet: SheetColumns, file: str, of: str) -> Of:
    kind = of or kind_of_rows(sheet.columns)
    if kind not in _OFS:
        raise FileFormatError(
            "does not say whether its rows are about authorities or providers" if not of else "is not known here",
            field=file if not of else "of",
            value=of or None,
            expected=f"of=…, one of: {', '.join(_OFS)}",
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
