"""Whom a row is about: one number however it is spelt, one council whatever it is called, in every sheet alike."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ilacs_rules.reading.log import Row
from ilacs_rules.reading.opening.sheet import Cell, shown
from ilacs_rules.reading.told import Told
from ilacs_rules.reading.words import as_key

__all__ = ["as_council", "as_urn", "authorities_of", "is_former"]

_POINT = re.compile(r"(\d+)\.0+")
_SPELT = re.compile(r"(?:sc)?\d+", re.IGNORECASE)
_COUNCIL = frozenset({
    "and", "borough", "city", "corporation", "council", "county", "district", "london", "metropolitan", "mbc", "of",
    "royal", "cc", "bc", "dc", "lb", "rb", "unitary", "authority", "combined",
})  # fmt: skip
_ONLY_THAT = {"city_of_london": "london", "london_corporation": "london", "city_of_london_corporation": "london"}
_FORMER = ("no_longer_exists", "no_longer_exist", "abolished", "former")


@lru_cache(maxsize=65536)
def as_urn(cell: Cell) -> str:
    """A number of the inspectorate as it is spelt here: ``1027077``, ``SC035296``.

    >>> as_urn(1027077.0), as_urn("1027077.0"), as_urn(" sc035296 "), as_urn("SC 035296")
    ('1027077', '1027077', 'SC035296', 'SC035296')
    >>> as_urn("not known")  # what is no such number stays as it is
    'not known'
    """
    text = shown(cell)
    closed = "".join(text.split())
    if point := _POINT.fullmatch(closed):
        closed = point[1]
    return closed.upper() if _SPELT.fullmatch(closed) else text


@lru_cache(maxsize=4096)
def as_council(name: str) -> str:
    """A council's name as names of councils are compared: without the words that say what kind of council it is.

    >>> as_council("Bournemouth, Christchurch & Poole") == as_council("bournemouth christchurch and poole council")
    True
    >>> as_council("London Borough of Barnet"), as_council("Durham County Council"), as_council("City of London")
    ('barnet', 'durham', 'london')
    >>> as_council("Northamptonshire") == as_council("North Northamptonshire")
    False
    """
    key = as_key(name.replace("&", " and ").replace(".", ""))
    if key in _ONLY_THAT:
        return _ONLY_THAT[key]
    kept = [word for word in key.split("_") if word not in _COUNCIL]
    return "_".join(kept) or key


def is_former(row: Row) -> bool:
    """Whether a row says that its authority is no longer there."""
    return as_key(row.text("status")) in _FORMER


def authorities_of(rows: Sequence[Told]) -> Mapping[int, str]:
    """Which rows are about the same authority: by its number, else by its name; the identity of each row to a key.

    Two authorities may have borne one name one after the other: where a sheet has a row of each, the one that is gone
    stands apart, in every sheet.
    """
    names = [as_council(told.row.text("name")) for told in rows]
    both = _both_in_one_sheet(zip(names, rows, strict=True))
    by_urn: dict[str, str] = {}
    of_key: dict[str, str] = {}
    keys: dict[int, str] = {}
    for told, name in zip(rows, names, strict=True):
        told.former = told.former and name in both
        urn, key = as_urn(told.row.text("urn")), f"{name} (former)" if told.former else name
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
