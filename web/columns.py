"""What the columns of a file seem to hold, for a person to correct on the page; and the profile that this makes."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import ilacs_rules as ir
from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading import Columns
from ilacs_rules.reading.form import Format

__all__ = ["columns_of", "profile_as_said"]


def columns_of(file: BytesIO) -> Columns | None:
    r"""The columns of a file that has any, and that does not open as it is.

    >>> file = BytesIO(b"Council,Seen on\nA council,09/04/2024\n")
    >>> file.name = "mine.csv"
    >>> [column.field for column in columns_of(file).sheets[0].columns]
    ['name', '']
    >>> columns_of(BytesIO(b"{}")) is None
    True
    """
    file.seek(0)
    try:
        found = ir.columns(file)
    except ir.IlacsRulesError:
        return None
    sheets = [sheet for sheet in found.sheets if sheet.header and not sheet.format]
    return found.model_copy(update={"sheets": tuple(sheets)}) if sheets else None


def profile_as_said(file: BytesIO, said: Mapping[str, Any]) -> Format:
    """The profile of a file as somebody chose it on the page: sheet, columns by letter, days, and what all rows say."""
    found = columns_of(file)
    if found is None:
        raise FileFormatError("has no columns to choose from", field=file.name, expected="a table with a header")
    return found.profile(said["sheet"], of=said["of"], days=said["days"], means=said["means"], says=said["says"])
