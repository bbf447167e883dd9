"""Which rows are about the same authority, in every sheet alike."""

from collections.abc import Iterable, Mapping, Sequence

from ilacs_rules.reading.spelling import as_council
from ilacs_rules.reading.told import Told

__all__ = ["authorities_of", "is_former"]

_FORMER = ("no_longer_exists", "no_longer_exist", "abolished", "former")


def is_former(told: Told) -> bool:
    """Whether a row says that its authority is no longer there."""
    return told.status in _FORMER


def authorities_of(rows: Sequence[Told]) -> Mapping[int, str]:
    """Which rows are about the same authority: by its number, else by its name; the identity of each row to a key.

    Two authorities may have had one name, one after the other. If a sheet has a row of each, the one that is gone is
    kept apart in every sheet.
    """
    names = [as_council(told.row.text("name")) for told in rows]
    both = _both_in_one_sheet(zip(names, rows, strict=True))
    by_urn: dict[str, str] = {}
    of_key: dict[str, str] = {}
    keys: dict[int, str] = {}
    for told, name in zip(rows, names, strict=True):
        told.former = told.former and name in both
        urn, key = told.urn, f"{name} (former)" if told.former else name
        if urn:
            # Two numbers are two authorities, whatever they are called.
            own = key if key and of_key.setdefault(key, urn) == urn else urn
            keys[id(told)] = by_urn.setdefault(urn, own)
        elif key:
            keys[id(told)] = key
    return keys


def _both_in_one_sheet(rows: Iterable[tuple[str, Told]]) -> frozenset[str]:
    seen: dict[tuple[int, str], set[bool]] = {}
    for name, told in rows:
        seen.setdefault((id(told.row.matched.sheet), name), set()).add(told.former)
    return frozenset(name for (_, name), kinds in seen.items() if len(kinds) > 1)
