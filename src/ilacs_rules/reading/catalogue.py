"""The formats that ship with the library, one TOML file each, and a person's own profile, which has the same form."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

from ilacs_rules.errors import FileFormatError, IlacsRulesError, nearest
from ilacs_rules.files import is_file
from ilacs_rules.reading.form import Format
from ilacs_rules.reading.opening.given import given
from ilacs_rules.reading.opening.text import decode

__all__ = ["format_named", "formats", "read_format"]


@cache
def formats() -> Mapping[str, Format]:
    """Every format that ships with the library, by its id.

    >>> formats()["ofsted_providers_as_at"].publisher
    'Ofsted'
    >>> "words" in formats()
    False
    """
    folder = files("ilacs_rules.reading") / "formats"
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    made = [
        read_format((folder / name).read_text(encoding="utf-8"), name.removesuffix(".toml"))
        for name in found
        if name != "words.toml"
    ]
    return {form.id: form for form in made}


def read_format(text: str, name: str) -> Format:
    """A format from TOML.

    Raises:
        FileFormatError: it is not TOML, or names a field, a word or a pattern that is not known.

    >>> read_format('of = "authorities"', "mine.toml").days
    ('YYYY-MM-DD',)
    >>> read_format('of = "councils"', "mine.toml")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: mine.toml: ...
    """
    try:
        written = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, a number of too many digits, or nested too deeply
        raise FileFormatError(
            f"is not TOML ({error})", field=name, expected="a format; see docs/open-your-file.md"
        ) from None
    try:
        return Format.model_validate({"id": Path(name).stem, "title": Path(name).stem, **written})
    except IlacsRulesError as error:
        raise FileFormatError.together(
            FileFormatError(
                fault.problem,
                field=f"{name}: {fault.field}" if fault.field else name,
                value=fault.value,
                expected=fault.expected,
            )
            for fault in error.faults
        ) from None


def format_named(wanted: object) -> Format:
    """The format that the caller means: one of the shipped ones by its id, a profile by its path, or a ``Format``.

    Raises:
        FileFormatError: there is no format of that name, or the profile cannot be read.

    >>> format_named("provider_events").id
    'provider_events'
    >>> format_named("provider_event")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: format: is no format that ships with the library, and no file ...
    """
    if isinstance(wanted, Format):
        return wanted
    if isinstance(wanted, str) and wanted in formats():
        return formats()[wanted]
    if isinstance(wanted, Path) or (isinstance(wanted, str) and (wanted.endswith(".toml") or is_file(wanted))):
        found = given(wanted)
        return read_format(decode(found.data, found.name, fallback=False)[0], found.name)
    raise FileFormatError(
        "is not a format of the library, and there is no file of that name",
        field="format",
        value=wanted,
        expected=nearest(cast("object", wanted), formats()),
    )
