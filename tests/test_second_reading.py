"""The rulebook against a second reading of its sources: strength, certainty and edition, settled row by row."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir

FOLDER = Path(__file__).parent / "second_reading"
RULINGS: dict[str, Any] = tomllib.loads((FOLDER / "rulings.toml").read_text(encoding="utf-8"))
READ: dict[str, dict[str, Any]] = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted(FOLDER.glob("*.toml"))
    if file.stem != "rulings"
}
BOOK = ir.load_rulebook()
ROWS = [(framework, name) for framework, rows in READ.items() for name in rows]


def agrees(part: str, reading: dict[str, Any], rule: ir.Rule) -> bool:
    """Whether a row has the strength or certainty that was read, or rests on an edition that may be the one meant."""
    if part != "edition":
        return bool(reading[part] == getattr(rule, part).value)
    editions = [citation.edition for citation in rule.sources]
    meant = reading["edition"]
    return (
        meant in editions
        or any(known[:4].isdigit() and known.startswith(meant) for known in editions)
        or any(known[:4].isdigit() and meant.startswith(known) for known in editions)
    )


@pytest.mark.parametrize(("framework", "name"), ROWS, ids=[name for _, name in ROWS])
def test_a_row_is_as_it_was_read_or_the_difference_is_settled(framework: str, name: str) -> None:
    reading, rule = READ[framework][name], BOOK.rule(name)
    assert rule.framework == f"{framework}.toml"
    settled = set(reading.get("settled", ()))
    for part in ("strength", "certainty", "edition"):
        ruled = settled & set(RULINGS[part])
        found = rule.certainty if part == "certainty" else rule.strength if part == "strength" else rule.sources
        if ruled:
            assert not agrees(part, reading, rule), f"the {part} agrees now: take the ruling {ruled} away"
        else:
            assert agrees(part, reading, rule), f"{part}: read as {reading[part]!r}, and the row has {found!r}"
        assert len(ruled) <= 1
    assert settled <= {ruling for part in ("strength", "certainty", "edition") for ruling in RULINGS[part]}


def test_every_rule_has_been_read_twice_or_is_named() -> None:
    """Which rules nobody has read a second time stands in one list, and nowhere in silence."""
    names = [name for _, name in ROWS]
    assert len(names) == len(set(names))
    rules = {rule.id for rule in BOOK.rules}
    not_read = set(RULINGS["not_read_yet"])
    assert rules - set(names) == not_read, "read these too, or put them on the list of those not read yet"
    assert set(names) <= rules, "these are no rules of the rulebook (any more)"


def test_every_ruling_is_used_and_every_changed_row_agrees_now() -> None:
    used = {ruling for rows in READ.values() for reading in rows.values() for ruling in reading.get("settled", ())}
    assert used == {ruling for part in ("strength", "certainty", "edition") for ruling in RULINGS[part]}
    by_name = {name: reading for rows in READ.values() for name, reading in rows.items()}
    for name in RULINGS["changed"]:
        assert not by_name[name].get("settled")


def test_a_difference_in_any_part_is_found() -> None:
    reading, rule = next((READ[f][n], BOOK.rule(n)) for f, n in ROWS if "settled" not in READ[f][n])
    for part, other in (("strength", "may"), ("certainty", "observed"), ("edition", "1999-01")):
        assert agrees(part, reading, rule)
        assert not agrees(part, {**reading, part: other}, rule)
