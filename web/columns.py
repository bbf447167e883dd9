"""What the columns of a file seem to hold, for a person to correct on the page; and the profile that this makes."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import ilacs_rules as ir
from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading import Columns
from ilacs_rules.reading.form import Format
from ilacs_rules.reading.suggesting.profile import WORD_KINDS, id_of
from ilacs_rules.reading.suggesting.unknown import unknown_texts

__all__ = ["columns_of", "offered", "opens_as_it_is", "profile_as_said", "profiles_of"]


def columns_of(file: BytesIO) -> Columns | None:
    r"""The columns of a file that has any, and that does not open as it is.

    >>> file = BytesIO(b"Council,Seen on\nA council,09/04/2024\n")
    >>> file.name = "mine.csv"
    >>> [column.field for column in columns_of(file).sheets[0].columns]
    ['name', '']
    >>> columns_of(BytesIO(b"{}")) is None
    True
    """
    found = _columns(file)
    sheets = [sheet for sheet in found.sheets if sheet.header and not sheet.format] if found else []
    return found.model_copy(update={"sheets": tuple(sheets)}) if found and sheets else None


def opens_as_it_is(file: BytesIO) -> bool:
    """Whether a file needs no explanation: it has a sheet of a known format, or no columns at all."""
    found = _columns(file)
    return found is None or any(sheet.format for sheet in found.sheets)


def _columns(file: BytesIO) -> Columns | None:
    file.seek(0)
    try:
        return ir.columns(file)
    except ir.IlacsRulesError:
        return None


def offered(found: Columns) -> dict[str, Any]:
    r"""The columns as the page shows them: each with the texts that are no known words, for whatever it may hold.

    >>> file = BytesIO(b"Council,Mark\nA council,Req imp\nB council,Good\n")
    >>> file.name = "mine.csv"
    >>> offered(columns_of(file))["sheets"][0]["columns"][1]["not_known"]["grade"]
    {'Req imp': 1}
    """
    shown = found.model_dump(mode="json")
    for sheet, seen in zip(shown["sheets"], found.sheets, strict=True):
        for column, each in zip(sheet["columns"], seen.columns, strict=True):
            column["not_known"] = {
                **{kind: unknown_texts(each, kind) for kind in WORD_KINDS},
                **{f"activity {of}": unknown_texts(each, "activity", of) for of in ("authorities", "providers")},
            }
    return shown


def profile_as_said(file: BytesIO, said: Mapping[str, Any]) -> Format:
    """The profile of a file as somebody chose it on the page, by the names that ``Columns.profile`` has."""
    found = columns_of(file)
    if found is None:
        raise FileFormatError("has no columns to choose from", field=file.name, expected="a table with a header")
    return found.profile(**said)


def profiles_of(names: Iterable[str], profiles: Mapping[str, Format]) -> Iterator[tuple[str, str]]:
    """Which profile is whose: each file's name with that of its profile.

    One that was saved here names its file. A single profile that names none of them is for all.

    >>> mine = Format(id="mine", title="mine.csv", of="any")
    >>> dict(profiles_of(["mine.csv", "known.csv"], {"p.toml": mine})), dict(profiles_of(["a.csv"], {"p.toml": mine}))
    ({'mine.csv': 'p.toml'}, {'a.csv': 'p.toml'})
    """
    files = list(names)
    named = {
        file: name
        for name, form in profiles.items()
        for file in files
        if form.title == file or form.id == id_of(file) or name.rpartition(".")[0] == file.rpartition(".")[0]
    }
    if not named and len(profiles) == 1:
        named = dict.fromkeys(files, next(iter(profiles)))
    yield from named.items()
