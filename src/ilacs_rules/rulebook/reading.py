"""What a table of TOML says, as rows of a rulebook; whatever cannot stand is refused with its file, row and key."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from pydantic import ValidationError

from ilacs_rules.errors import RulebookError, nearest
from ilacs_rules.rulebook.checking import check_condition
from ilacs_rules.rulebook.councils import Council
from ilacs_rules.rulebook.rows import Condition, Rule
from ilacs_rules.rulebook.sources import Citation, Row, Source
from ilacs_rules.values.faults import as_single, is_ours, place_of
from ilacs_rules.vocabulary import Activity, Certainty, OwedBy, Status, Strength

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "Table",
    "known_keys",
    "read_citations",
    "read_condition",
    "read_dated",
    "read_file",
    "read_row",
    "read_rows",
    "read_rule",
    "read_sources",
    "read_table",
    "read_toml",
]

Table = Mapping[str, object]
AnyRow = TypeVar("AnyRow", bound=Row)

_WORDS: dict[str, type[StrEnum]] = {
    "activity": Activity,
    "strength": Strength,
    "certainty": Certainty,
    "status": Status,
    "owed_by": OwedBy,
}
_RULE_KEYS = frozenset(Rule.model_fields) - {"framework", "first", "last"} | {"from", "to"}
_MOST_BYTES = 2_000_000
_MOST_PARTS = 16


def read_file(file: "Traversable | Path", known: set[str] | None) -> Table:
    """The table that a TOML file holds; ``known``: the keys it may have, where not any."""
    name = str(file) if isinstance(file, Path) else file.name
    try:
        with file.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError):
        raise RulebookError("cannot be read", field=name, expected="a rulebook's file") from None
    return read_toml(data, name, known)


def read_toml(data: bytes, name: str, known: Iterable[str] | None) -> Table:
    """The table that some TOML holds; ``known``: the keys it may have, where not any."""
    if len(data) > _MOST_BYTES:
        raise RulebookError("is too large", field=name, value="more", expected=f"at most {_MOST_BYTES} bytes")
    import tomllib  # noqa: PLC0415 - the shipped rulebook is compiled, and needs none of it

    try:
        text = data.decode("utf-8")
        _refuse_long_keys(text, name)
        table: Table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number of too many digits
        raise RulebookError(f"is not TOML: {error}", field=name, expected="TOML in UTF-8") from None
    known_keys(table, name, known)
    return table


def _refuse_long_keys(text: str, name: str) -> None:
    """Refuse ``a.a.a…``: what reads TOML takes memory with the square of a key's parts, and a rulebook needs two."""
    for number, line in enumerate(text.splitlines(), 1):
        words = " ".join(line.split()).replace(" .", ".").replace(". ", ".")
        quoted = words.count('".') + words.count("'.")
        if quoted > _MOST_PARTS or any(word.count(".") > _MOST_PARTS for word in words.split(" ")):
            raise RulebookError(
                "has a key with too many parts", field=f"{name}: line {number}", expected=f"at most {_MOST_PARTS}"
            )


def known_keys(table: Table, place: str, known: Iterable[str] | None) -> None:
    """Refuse a key that is not known, and name the nearest that is."""
    names = None if known is None else set(known)
    for key in table:
        if names is not None and key not in names:
            raise RulebookError("is not a known key", field=f"{place}: {key}", value=key, expected=nearest(key, names))


def read_sources(table: Table, file: str, checked: object) -> Iterator[Source]:
    """The sources of a file; one that names no day of its own was checked when the whole rulebook last was."""
    for name, values in table.items():
        place = f"{file}: {name}"
        yield read_row(Source, {"id": name, "checked": checked, **read_table(values, place)}, place)


def read_rule(row: Table, sources: Mapping[str, Source], framework: str, place: str) -> Rule:
    """A rule as TOML writes it."""
    known_keys(row, place, _RULE_KEYS)
    if not row.get("sources"):
        raise RulebookError("has no source", field=f"{place}: sources", expected="at least one [source, place]")
    when = read_table(row.get("when", {}), f"{place}: when")
    plain = {key: value for key, value in row.items() if key not in ("from", "to", "when", "sources")}
    return read_row(
        Rule,
        {
            **plain,
            "framework": framework,
            "first": row.get("from"),
            "last": row.get("to"),
            "when": tuple(read_condition(fact, value, place) for fact, value in when.items()),
            "sources": read_citations(row["sources"], sources, place),
        },
        place,
    )


def read_condition(fact: str, value: object, place: str) -> Condition:
    """One side of ``when``: a word or words, a count, a range, ``known`` or ``unknown``."""
    where = f"{place}: when"
    if value in ("known", "unknown"):
        condition = Condition(fact=fact, known=value == "known")
    elif isinstance(value, str | list):
        words = [value] if isinstance(value, str) else cast("list[object]", value)
        condition = Condition(fact=fact, words=tuple(str(word) for word in words))
    elif isinstance(value, int):
        condition = Condition(fact=fact, low=value, high=value)
    else:
        ends = read_table(value, f"{where}.{fact}")
        names = {"at_least": "low", "from": "low", "at_most": "high", "to": "high", "or_unknown": "or_unknown"}
        for key in ends:
            if key not in names:
                raise RulebookError(
                    "is not a known key", field=f"{where}.{fact}", value=key, expected=nearest(key, names)
                )
        values = {"fact": fact, **{names[key]: end for key, end in ends.items()}}
        condition = read_row(Condition, values, f"{where}.{fact}", {names[key]: key for key in ends})
    check_condition(condition, where)
    return condition


def read_citations(value: object, sources: Mapping[str, Source], place: str) -> tuple[Citation, ...]:
    """The ``[source, place]`` pairs of a row, each source a known one; a third part is the date of the edition."""
    found: list[Citation] = []
    pairs: list[object] = cast("list[object]", value) if isinstance(value, list) else [value]
    for pair in pairs:
        parts: list[object] = cast("list[object]", pair) if isinstance(pair, list) else []
        if len(parts) not in (2, 3) or not all(parts):
            raise RulebookError(
                "is not a citation",
                field=f"{place}: sources",
                value=cast("object", pair),
                expected="[source, place], or [source, place, date of the edition]",
            )
        name, where, edition = (str(part) for part in (*parts, "")[:3])
        if name not in sources:
            raise RulebookError(
                "is not a known source", field=f"{place}: sources", value=name, expected=nearest(name, sources)
            )
        source = sources[name]
        text = ", ".join(part for part in (source.publisher, source.title, source.dated) if part)
        known = {"edition": edition or source.edition, "read": source.read, "read_on": source.read_on}
        values = {"source": name, "place": where, "text": text, "url": source.url, **known}
        found.append(read_row(Citation, values, f"{place}: sources"))
    return tuple(found)


def read_dated(model: type[AnyRow], row: Table, sources: Mapping[str, Source], place: str) -> AnyRow:
    """A row that has days and sources of its own, and is not a rule."""
    days = {name: row[key] for key, name in (("from", "first"), ("to", "last")) if key in row}
    plain = {key: value for key, value in row.items() if key not in ("from", "to", "sources")}
    return read_row(model, {**plain, **days, "sources": read_citations(row.get("sources", []), sources, place)}, place)


def read_council(row: Table, sources: Mapping[str, Source], place: str) -> Council:
    """A council that began or ended."""
    return read_row(Council, {**row, "sources": read_citations(row.get("sources", []), sources, place)}, place)


def read_rows(table: Table, key: str, file: str) -> list[Table]:
    """The rows that stand under ``[[key]]``."""
    rows = table.get(key, [])
    if not isinstance(rows, list):
        raise RulebookError("is not a list of rows", field=f"{file}: {key}", value=rows, expected=f"[[{key}]]")
    return [read_table(row, f"{file}: {key}") for row in cast("list[object]", rows)]


def read_table(value: object, place: str) -> Table:
    """Keys and values, and nothing else."""
    if not isinstance(value, dict):
        raise RulebookError("is not a table", field=place, value=value, expected="keys and values")
    return cast("dict[str, object]", value)


_IN_THE_FILE: Mapping[str, str] = {"first": "from", "last": "to"}
_DAYS = {"first", "last", "from", "to", "checked", "read_on", "created", "abolished", "continued", "announced"}


def read_row(model: type[AnyRow], values: Table, place: str, in_the_file: Mapping[str, str] = _IN_THE_FILE) -> AnyRow:
    """A row of the rulebook; pydantic's first complaint becomes one that names file, row and key."""
    for key, value in values.items():
        if isinstance(value, datetime) or (key in _DAYS and value is not None and not isinstance(value, date)):
            raise RulebookError(
                "is not a day",
                field=f"{place}: {in_the_file.get(key, key)}",
                value=value,
                expected="YYYY-MM-DD, without quotes",
            )
    try:
        return model.from_file(values)
    except RulebookError as error:
        key = in_the_file.get(error.field, error.field)
        raise RulebookError(
            error.problem, field=f"{place}: {key}", value=error.value, expected=error.expected
        ) from None
    except ValidationError as error:
        faults = error.errors(include_url=False)
        fault = next((one for one in faults if one["type"] == "extra_forbidden"), faults[0])
        key = str(fault["loc"][0]) if fault["loc"] else ""
        if len(fault["loc"]) == 3 and isinstance(fault["loc"][1], int):
            key = place_of(fault["loc"])  # a field of a row within the row
        key = in_the_file.get(key, key)
        if is_ours(fault):
            said = as_single(fault, key)
            raise RulebookError(
                said.problem, field=f"{place}: {key}", value=said.value, expected=said.expected
            ) from None
        found = cast("object", fault["input"]) if fault["type"] != "missing" else None
        words = _WORDS.get(key)
        expected = nearest(found, [word.value for word in words]) if words else fault["msg"].lower()
        if fault["type"] == "extra_forbidden":
            raise RulebookError(
                "is not a known key", field=f"{place}: {key}", value=key, expected=nearest(key, model.model_fields)
            ) from None
        problem = "cannot stand"
        if fault["type"] == "missing":
            problem, expected = "is missing", expected if words else f"a value for {key}"
        raise RulebookError(problem, field=f"{place}: {key}", value=found, expected=expected) from None
