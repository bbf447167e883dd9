"""Reading a rulebook from its TOML files; whatever cannot stand is refused with its file, row and key.

A rulebook is a folder. ``rulebook.toml`` holds the version, and the tracks, readings and suspensions that frameworks
share. ``sources.toml`` holds the sources that they share. ``bank_holidays.toml`` is needed to count working days, and
``councils.toml`` lists councils that began or were abolished. Each file ``frameworks/*.toml`` is one framework, with
its rules and with tracks, readings, suspensions and sources of its own. Nothing in it is ever run.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ilacs_rules.errors import RulebookError
from ilacs_rules.rulebook import compiled
from ilacs_rules.rulebook.book import Rulebook
from ilacs_rules.rulebook.draft import Draft
from ilacs_rules.rulebook.holidays import BankHolidays
from ilacs_rules.rulebook.reading import (
    Table,
    read_council,
    read_dated,
    read_file,
    read_row,
    read_rows,
    read_rule,
    read_sources,
    read_table,
)
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.shared import Expected, FrameworkReading, Suspension, Track
from ilacs_rules.rulebook.sources import Source
from ilacs_rules.values import any_day

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["load_draft", "load_rulebook"]

AnyBook = TypeVar("AnyBook", bound=Draft)

_PARTS = ("track", "reading", "suspension", "expected", "bank_holidays")
_HOLIDAYS, _COUNCILS = "bank_holidays.toml", "councils.toml"


def load_rulebook(path: str | Path | None = None, *, on: date | str | None = None) -> Rulebook:
    """The rulebook that comes with the library, or one of your own.

    Args:
        path: a folder of the same form as the shipped rulebook. Without it, you get the shipped one, which is read only
            once.
        on: a day. You then get the rulebook as it stood on that day, which answers questions up to that day.

    Raises:
        RulebookError: it cannot be built. The message names the file, the row and the key.
        ProofError: it has a gap or an overlap. The message names the case.
        RecordError: ``on`` is not a day.

    >>> load_rulebook() is load_rulebook()
    True
    >>> load_rulebook(on=date(2018, 9, 16)).until
    datetime.date(2018, 9, 16)
    >>> load_rulebook("no such folder")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: no such folder/rulebook.toml: cannot be read (expected a rulebook's file)
    """
    book = _shipped() if path is None else _load(_folder(path), Rulebook)
    if on is None:
        return book
    return book.as_it_stood(any_day(on, "on"))


def load_draft(path: str | Path | None = None) -> Draft:
    """The rows of a rulebook, read but not proved. Give them to ``check``, which lists every fault.

    Args:
        path: a folder of the same form as the shipped rulebook. Without it, the shipped one is read.

    Raises:
        RulebookError: a row cannot stand. The message names the file, the row and the key.

    >>> len(load_draft().rules) == len(load_rulebook().rules)
    True
    >>> load_draft("no such folder")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: no such folder/rulebook.toml: cannot be read (expected a rulebook's file)
    """
    return _load(_shipped_folder() if path is None else _folder(path), Draft)


def _folder(path: object) -> Path:
    if not isinstance(path, str | Path):
        raise RulebookError("is not a path", field="path", value=path, expected="a folder, or nothing")
    return Path(path)


@cache
def _shipped() -> Rulebook:
    folder = _shipped_folder()
    return compiled.read(folder) or _load(folder, Rulebook)


def _shipped_folder() -> "Traversable":
    """The folder of the rulebook that ships. Importing what finds it takes time that a program without one saves."""
    from importlib.resources import files  # noqa: PLC0415

    return files("ilacs_rules.rulebook")


def _load(folder: "Traversable | Path", kind: type[AnyBook]) -> AnyBook:
    """Every file of a rulebook; a framework may bring tracks, readings, suspensions and sources of its own."""
    book = read_file(folder / "rulebook.toml", {"version", "checked", *_PARTS})
    frameworks = {item.name: read_file(item, {"framework", "rule", "source", *_PARTS}) for item in _frameworks(folder)}
    files: dict[str, Table] = {"rulebook.toml": book, **_beside(folder), **frameworks}
    tables = {"sources.toml": read_file(folder / "sources.toml", None)}
    tables |= {name: read_table(table.get("source", {}), f"{name}: source") for name, table in files.items()}
    checked = book.get("checked")
    every_source = [source for name, table in tables.items() for source in read_sources(table, name, checked)]
    sources = {source.id: source for source in every_source}
    return kind(
        version=str(book.get("version", "")),
        tracks=tuple(read_row(Track, row, place) for row, place in _parts(files, "track")),
        readings=tuple(read_row(FrameworkReading, row, place) for row, place in _parts(files, "reading")),
        suspensions=tuple(read_dated(Suspension, row, sources, place) for row, place in _parts(files, "suspension")),
        expected=tuple(read_dated(Expected, row, sources, place) for row, place in _parts(files, "expected")),
        bank_holidays=tuple(read_dated(BankHolidays, row, sources, place) for row, place in _years(files)),
        councils=tuple(read_council(row, sources, place) for row, place in _councils(files)),
        sources=tuple(every_source),
        rules=tuple(rule for name, table in frameworks.items() for rule in _rules(table, name, sources)),
    )


def _beside(folder: "Traversable | Path") -> dict[str, Table]:
    """What may stand in a file of its own beside ``rulebook.toml``, where it does."""
    keys = {_HOLIDAYS: {"source", "bank_holidays"}, _COUNCILS: {"source", "council"}}
    return {name: read_file(folder / name, known) for name, known in keys.items() if (folder / name).is_file()}


def _councils(files: Mapping[str, Table]) -> Iterator[tuple[Table, str]]:
    """The councils that began or ended, each with its place."""
    for row in read_rows(files.get(_COUNCILS, {}), "council", _COUNCILS):
        yield row, f"{_COUNCILS}: council {row.get('name')}"


def _years(files: Mapping[str, Table]) -> list[tuple[Table, str]]:
    """The years of bank holidays, in order."""
    found = [(row, f"{name}: bank_holidays {row.get('year')}") for row, name in _rows_of(files, "bank_holidays")]
    return sorted(found, key=lambda pair: str(pair[0].get("year")))


def _rows_of(files: Mapping[str, Table], key: str) -> Iterator[tuple[Table, str]]:
    for name, table in files.items():
        for row in read_rows(table, key, name):
            yield row, name


def _parts(files: Mapping[str, Table], key: str) -> Iterator[tuple[Table, str]]:
    """The rows of one kind in every file, each with its place."""
    for row, name in _rows_of(files, key):
        yield row, f"{name}: {key} {row.get('id')}"


def _frameworks(folder: "Traversable | Path") -> "list[Traversable | Path]":
    try:
        found = [item for item in (folder / "frameworks").iterdir() if item.name.endswith(".toml")]
    except (OSError, ValueError):
        raise RulebookError("cannot be read", field=f"{folder}/frameworks", expected="a folder of frameworks") from None
    return sorted(found, key=lambda item: item.name)


def _rules(table: Table, file: str, sources: Mapping[str, Source]) -> Iterator[Rule]:
    framework = read_table(table.get("framework", {}), f"{file}: framework")
    for number, row in enumerate(read_rows(table, "rule", file)):
        place = f"{file}: {row.get('id', f'rule {number + 1}')}"
        yield read_rule({**framework, **row}, sources, file, place)
