"""A profile as TOML, with what a person has to decide as remarks in it."""

import json
from collections.abc import Iterable, Sequence

from ilacs_rules.errors import nearest
from ilacs_rules.reading.form import JUDGED
from ilacs_rules.reading.suggesting.profile import columns_by_field, id_of, kind_of_rows, texts_of_nothing
from ilacs_rules.reading.suggesting.seen import ColumnSeen, SheetColumns
from ilacs_rules.reading.suggesting.wide import wide_remarks
from ilacs_rules.reading.words import known_words
from ilacs_rules.vocabulary import ProviderType

__all__ = ["written"]


def written(sheet: SheetColumns, file: str) -> str:
    """The profile as TOML. What cannot be told is a remark: take the # away, and complete it."""
    row, event, notes = columns_by_field(sheet.columns)
    lines = [
        f"# How to read {_remark(file)}. Correct what is wrong; what stands behind a # is not read.",
        f"id = {_text(id_of(file))}",
        f"title = {_text(file)}",
        *_whom(sheet.columns, row),
        *([f"sheet = {_text(sheet.sheet)}"] if sheet.sheet else []),
        f"header = {sheet.header}",
        *_days(sheet.columns),
        *_nothing(sheet.columns),
        "",
        "# What your record would show. Of anything else, no row means that it is not known.",
        '# covers = "inspections"  # every inspection and visit; "everything": your own duties too',
        '# covers = ["ilacs_standard", "ilacs_short", "focused_visit"]',
        "",
        "[columns]",
        *(f"{name} = [{_text(column.name)}]" for name, column in row.items()),
        *_missing(row),
        *_event(sheet.columns, event, notes),
        *_words(sheet.columns),
        *_not_told(sheet.columns),
    ]
    return "\n".join(lines) + "\n"


def _event(columns: Sequence[ColumnSeen], event: dict[str, ColumnSeen], notes: Sequence[ColumnSeen]) -> list[str]:
    wide = wide_remarks(columns)
    if wide and not {"activity", "started", "ended", "published"} & set(event):
        return wide
    needs = [name for name in ("activity", "started", "ended", "published") if name in event]
    days = {name: means for name, means in _DAYS_OF_EVENT.items() if name == "started" or _candidates(columns)}
    asked = [f'# {name} = ["…"]  # {means}: {_candidates(columns) or "no column seems to hold it"}'
             for name, means in days.items() if name not in event]  # fmt: skip
    return [
        "",
        "[[event]]",
        f"needs = {json.dumps(needs)}",
        *([] if "activity" in event else ['# activity = "focused_visit"  # where every row is of one kind']),
        "",
        "[event.columns]",
        *(f"{name} = [{_text(column.name)}]" for name, column in event.items()),
        *asked,
        *(["", "[event.notes]"] if notes else []),
        *(f"{_text(column.name)} = [{_text(column.name)}]" for column in notes),
        *wide,
    ]


_DAYS_OF_EVENT = {
    "started": "the first day on site",
    "ended": "the last day on site",
    "published": "the day on which its report came out",
}


def _nothing(columns: Sequence[ColumnSeen]) -> list[str]:
    no_days, none = texts_of_nothing(columns)
    return [
        *([f"no_days = {_texts(no_days)}  # there is no day where it says so"] if no_days else []),
        *([f"none = {_texts(none)}  # there is no judgement where it says so"] if none else []),
    ]


def _whom(columns: Sequence[ColumnSeen], row: dict[str, ColumnSeen]) -> list[str]:
    of = kind_of_rows(columns)
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
    return f"one of {', '.join(named)}?" if named else ""


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


def _texts(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _remark(text: str) -> str:
    """Text as it may stand in a remark: on one line."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
