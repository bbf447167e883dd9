"""A profile made of what was seen: as a ``Format``, and as TOML with what a person has to decide as remarks in it."""

import json
import re
from collections.abc import Iterable, Sequence

from ilacs_rules.errors import FileFormatError, nearest
from ilacs_rules.reading.form import EVENT_FIELDS, JUDGED, ROW_FIELDS, Format, Group, Of
from ilacs_rules.reading.suggesting.seen import ColumnSeen, SheetColumns
from ilacs_rules.reading.words import known_words
from ilacs_rules.vocabulary import ProviderType

__all__ = ["profile_of", "written"]

_OFS: tuple[Of, ...] = ("authorities", "providers", "any")
_OF_ROW = tuple(field for field in ROW_FIELDS if field != "subject")
_OF_EVENT = (*EVENT_FIELDS, *JUDGED)


def profile_of(sheet: SheetColumns, file: str, of: str, days: Sequence[str]) -> Format:
    """A profile for a sheet.

    Raises:
        FileFormatError: no column says whom the rows are about, or what happened, or when.
    """
    row, event, notes = _columns(sheet.columns)
    texts = sorted({order for column in sheet.columns if column.field for order in column.day_orders})
    if not days and any(column.holds == "days as text" and column.field for column in sheet.columns):
        raise FileFormatError(
            "holds days as text, and only you can say in which order they are written",
            field=file,
            expected=f"days=[…], with one or more of: {', '.join(texts)}",
        )
    if not {"urn", "name"} & set(row) or "activity" not in event or not {"started", "ended", "published"} & set(event):
        have = ", ".join([*row, *event]) or "none"
        raise FileFormatError(
            "is not made out well enough for a profile",
            field=file,
            value=f"columns made out: {have}",
            expected="columns for whom, what and when; write the profile (`ilacs-rules columns`) and complete it",
        )
    kind = of or _of(sheet.columns)
    if kind not in _OFS:
        raise FileFormatError(
            "does not tell whether its rows are of authorities or of providers" if not of else "is not known here",
            field=file if not of else "of",
            value=of or None,
            expected=f"of=…, one of: {', '.join(_OFS)}",
        )
    return Format(
        id=_id(file),
        title=file,
        of=kind,
        sheet=sheet.sheet,
        header=sheet.header,
        days=tuple(days) or ("YYYY-MM-DD",),
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


def _columns(
    columns: Iterable[ColumnSeen],
) -> tuple[dict[str, ColumnSeen], dict[str, ColumnSeen], list[ColumnSeen]]:
    told = [column for column in columns if column.field]
    return (
        {column.field: column for column in told if column.field in _OF_ROW},
        {column.field: column for column in told if column.field in _OF_EVENT},
        [column for column in told if column.field == "note"],
    )


def _of(columns: Iterable[ColumnSeen]) -> str:
    """Whether the rows are of authorities or of providers, as far as their words tell."""
    for column in columns:
        if column.field == "type" and "type" in column.word_kinds:
            return "providers"
        if column.field == "activity":
            of = {kind: column.word_kinds.get(f"activity.{kind}", 0) for kind in ("authorities", "providers")}
            if of["authorities"] != of["providers"]:
                return max(of, key=lambda kind: of[kind])
    return ""


def _id(file: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", file.rpartition(".")[0].casefold() or file.casefold()).strip("_") or "mine"


def written(sheet: SheetColumns, file: str) -> str:
    """The profile as TOML. What cannot be told is a remark: take the # away, and complete it."""
    row, event, notes = _columns(sheet.columns)
    lines = [
        f"# How to read {_remark(file)}. Correct what is wrong; what stands behind a # is not read.",
        f"id = {_text(_id(file))}",
        f"title = {_text(file)}",
        *_whom(sheet.columns, row),
        *([f"sheet = {_text(sheet.sheet)}"] if sheet.sheet else []),
        f"header = {sheet.header}",
        *_days(sheet.columns),
        "",
        "# What your record would show. Of anything else, no row means that it is not known.",
        '# covers = "inspections"  # every inspection and visit; "everything": your own duties too',
        '# covers = ["ilacs_standard", "ilacs_short", "focused_visit"]',
        "",
        "[columns]",
        *(f"{name} = [{_text(column.name)}]" for name, column in row.items()),
        *_missing(row),
        "",
        "[[event]]",
        f"needs = {json.dumps([name for name in ('activity', 'started', 'ended', 'published') if name in event])}",
        *([] if "activity" in event else ['# activity = "focused_visit"  # where every row is of one kind']),
        "",
        "[event.columns]",
        *(f"{name} = [{_text(column.name)}]" for name, column in event.items()),
        *(
            [f'# started = ["…"]  # the first day on site: {_candidates(sheet.columns)}']
            if "started" not in event
            else []
        ),
        *(
            ["", "[event.notes]", *(f"{_text(column.name)} = [{_text(column.name)}]" for column in notes)]
            if notes
            else []
        ),
        *_words(sheet.columns),
        *_not_told(sheet.columns),
    ]
    return "\n".join(lines) + "\n"


def _whom(columns: Sequence[ColumnSeen], row: dict[str, ColumnSeen]) -> list[str]:
    of = _of(columns)
    if of:
        return [f'of = "{of}"', f"needs = {json.dumps([name for name in ('urn', 'name') if name in row][:1])}"]
    return [
        "# Whether the rows are of authorities or of providers cannot be told: keep one of these two lines.",
        '# of = "authorities"',
        '# of = "providers"',
        f"needs = {json.dumps([name for name in ('urn', 'name') if name in row][:1])}",
    ]


def _days(columns: Sequence[ColumnSeen]) -> list[str]:
    written = [column for column in columns if column.holds == "days as text"]
    numbers = [column for column in columns if column.field and column.day_orders == ("excel",)]
    lines: list[str] = []
    if written:
        fits = [order for order in written[0].day_orders if all(order in column.day_orders for column in written)]
        lines = ["# How days are written cannot be told from them alone. Every value fits these: keep what is right."]
        lines += [f'# days = ["{order}"]' for order in fits]
        if not fits:
            lines = [f"# '{_remark(column.name)}' fits: {', '.join(column.day_orders)}" for column in written]
            lines += ['# days = ["DD/MM/YYYY", "DD/MM/YY"]  # several, where columns are written differently']
    if numbers:
        named = ", ".join(_remark(column.name) for column in numbers)
        lines += [f"# {named}: numbers. If they are Excel's numbers of days:", '# days = ["excel"]']
    return lines


def _missing(row: dict[str, ColumnSeen]) -> list[str]:
    lines: list[str] = []
    if not {"urn", "name"} & set(row):
        lines += ["", "# No column says whom a row is about. Where every row is of one:", "# [subject]", '# name = "…"']
    return lines


def _candidates(columns: Iterable[ColumnSeen]) -> str:
    named = [
        _remark(column.name) for column in columns if column.holds in ("dates", "days as text") and not column.field
    ]
    return f"one of {', '.join(named)}?" if named else "no column seems to hold it"


def _words(columns: Iterable[ColumnSeen]) -> list[str]:
    """Words that are not known, each with the nearest as a remark."""
    lines: list[str] = []
    for kind, fields in (("grade", JUDGED), ("outcome", ("outcome",)), ("type", ("type",))):
        unknown = {text: None for column in columns if column.field in fields for text in column.unknown}
        if unknown:
            known = sorted(set(known_words(kind).values()))
            lines += ["", f"[words.{kind}]"]
            lines += [f'# {_text(text)} = "…"  # {_near(text, known)}' for text in unknown]
    for column in columns:
        if column.field == "activity" and column.unknown:
            lines += ["", "# Texts that are no known kind of visit or inspection:"]
            lines += [f'# [[activity_word]]\n# says = [{_text(text)}]\n# means = "…"' for text in column.unknown]
    if any(column.field == "type" for column in columns):
        return lines
    return [
        *lines,
        "",
        "# Of providers, where no column says of which kind:",
        "# [subject]",
        f'# type = "{ProviderType.CHILDRENS_HOME}"',
    ]


def _near(text: str, known: Iterable[str]) -> str:
    said = nearest(text, known)
    return said if len(said) < 200 else said[:197] + "..."


def _not_told(columns: Iterable[ColumnSeen]) -> list[str]:
    rest = [column for column in columns if not column.field]
    if not rest:
        return []
    return [
        "",
        "# Not read:",
        *(f"#   {column.letter} {_remark(column.name) or '(no name)'}: {_remark(column.because)}" for column in rest),
    ]


def _text(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False)


def _remark(text: str) -> str:
    """Text as it may stand in a remark: on one line."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
