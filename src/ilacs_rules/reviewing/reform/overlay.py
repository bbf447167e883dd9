"""The form of a reform: a small overlay on a rulebook, from a day on. It is read like a rulebook, and never run."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from pydantic import ConfigDict, Field

from ilacs_rules.errors import RulebookError
from ilacs_rules.rulebook.reading import Table, known_keys, read_file, read_row, read_rows, read_table, read_toml
from ilacs_rules.rulebook.sources import Row
from ilacs_rules.values import Day
from ilacs_rules.vocabulary import Activity, Certainty, Status, Strength

__all__ = ["Added", "Ended", "Meeting", "Overlay", "Replaced", "read_overlay"]

AnyRow = TypeVar("AnyRow", bound=Row)
When = dict[str, str | int | list[str] | dict[str, int | date | bool]]


Cited = tuple[str, str] | tuple[str, str, str]
"""A source and the place in it, and maybe the date of the edition that was read."""


class Ended(Row):
    """``[[end]]``: the last day of these rules, or of what was only expected, is the day before the reform."""

    rules: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()


class _RuleKeys(Row):
    says: str
    sources: tuple[Cited, ...] = ()
    certainty: Certainty | None = None
    opens: str | None = None
    due: str | None = None
    closes: str | None = None
    runs_from: str | None = None
    readings: tuple[str, ...] | None = None
    gap: str = ""
    evidence: str = ""
    unmet: str = ""
    notice: str | None = None
    days_on_site: str | None = None
    report: str | None = None
    status: Status | None = None


class Replaced(_RuleKeys):
    """``[[replace]]``: a rule ends the day before the reform. One like it begins, except for the keys given here.

    Give ``says``, ``sources`` and ``certainty`` here or for the whole reform, because those of the old rule would not
    be true of the new one. For the same reason ``gap``, ``evidence`` and ``unmet`` are empty unless you give them. An
    empty text takes a day away: ``opens = ""``. ``id`` names the new rule; without one it is the old name and the day.
    """

    rule: str
    id: str = ""
    when: When | None = None
    activity: Activity | None = None
    strength: Strength | None = None


class Added(_RuleKeys):
    """``[[add]]``: a whole rule, as a framework's file has it; in force from the reform's day or a later ``from``."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    applies_to: tuple[str, ...]
    track: str
    when: When = Field(default_factory=When)
    activity: Activity
    strength: Strength
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")


class Meeting(Row):
    """``[[met_by]]``: activities that meet a track from the reform's day on."""

    track: str
    activities: tuple[Activity, ...]


class Overlay(Row):
    """A reform: what changes in a rulebook from a day on. What held before stays as it was.

    Attributes:
        id: its name; the amended rulebook's version ends in it.
        says: the reform in a sentence.
        first: (``from`` in TOML) its first day.
        sources, certainty, gap: of every row of ``replace`` and ``add`` that gives none of its own.
        source: new sources, ``[source.ID]``, as in a framework's file.
        reading, track, suspension: new rows, as in ``rulebook.toml``.
        replace, end, add, met_by: what changes.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    says: str
    first: Day = Field(alias="from")
    sources: tuple[Cited, ...] = ()
    certainty: Certainty | None = None
    gap: str = ""
    source: dict[str, dict[str, str | Day]] = Field(default_factory=dict[str, dict[str, str | Day]])
    reading: tuple[dict[str, str], ...] = ()
    track: tuple[dict[str, object], ...] = ()
    suspension: tuple[dict[str, object], ...] = ()
    replace: tuple[Replaced, ...] = ()
    end: tuple[Ended, ...] = ()
    add: tuple[Added, ...] = ()
    met_by: tuple[Meeting, ...] = ()


_LISTS: dict[str, type[Row]] = {"replace": Replaced, "end": Ended, "add": Added, "met_by": Meeting}
_SHARED = ("sources", "certainty", "gap")


def read_overlay(given: str | Path | Mapping[str, object]) -> tuple[Overlay, str]:
    """An overlay from TOML text, from the path of a TOML file, or from a mapping of the same form; and its name.

    Raises:
        RulebookError: it is not an overlay. The message names the overlay, the row and the key.

    >>> overlay, name = read_overlay({"id": "a", "says": "Nothing.", "from": date(2027, 4, 1)})
    >>> overlay.first, name
    (datetime.date(2027, 4, 1), 'a')
    >>> read_overlay({"id": "a", "says": "", "from": date(2027, 4, 1), "replce": []})
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: a: replce: is not a known key (found 'replce'; expected 'replace'? ...
    """
    table = _table(given)
    name = str(table.get("id") or (given.name if isinstance(given, Path) else "overlay"))
    keys = {field.alias or key for key, field in Overlay.model_fields.items()}
    known_keys(table, name, keys)
    lists = {key: _each(model, table, key, name) for key, model in _LISTS.items()}
    plain = {key: read_rows(table, key, name) for key in ("reading", "track", "suspension") if key in table}
    source = read_table(table.get("source", {}), f"{name}: source")
    return read_row(Overlay, {**table, **plain, **lists, "source": source}, name), name


def _table(given: object) -> Table:
    if isinstance(given, str):
        if given.strip().endswith(".toml") and "\n" not in given.strip():
            raise RulebookError("names a file", field="overlay", value=given, expected="its TOML text, or Path('...')")
        try:
            return read_toml(given.encode(), "overlay", None)
        except UnicodeEncodeError:
            raise RulebookError(
                "is not text", field="overlay", value=given, expected="TOML that can be written as UTF-8"
            ) from None
    if isinstance(given, Path):
        return read_file(given, None)
    if isinstance(given, Mapping):
        return dict(cast("Mapping[str, object]", given))
    raise RulebookError("is not an overlay", field="overlay", value=given, expected="TOML text, a Path or a mapping")


def _each(model: type[AnyRow], table: Table, key: str, name: str) -> tuple[AnyRow, ...]:
    found: list[AnyRow] = []
    shared = {word: table[word] for word in _SHARED if word in table and word in model.model_fields}
    for number, row in enumerate(read_rows(table, key, name), 1):
        place = f"{name}: {key} {row.get('id') or row.get('rule') or number}"
        known_keys(row, place, {field.alias or field_name for field_name, field in model.model_fields.items()})
        values = {**shared, **row}
        for word in _SHARED[:2]:
            if word in model.model_fields and not values.get(word):
                raise RulebookError("is missing", field=f"{place}: {word}", expected="here, or for the whole reform")
        found.append(read_row(model, values, place))
    return tuple(found)
