"""How numbers and names of subjects are spelt: one number, and one council, however a file writes it."""

import re

from ilacs_rules.reading.opening.sheet import Cell, shown
from ilacs_rules.reading.words import as_key, written_words
from ilacs_rules.remembered import remembered
from ilacs_rules.values import urn_of

__all__ = ["as_council", "as_urn", "is_name", "is_number"]

_SPELT = re.compile(r"(?:sc)?\d+", re.IGNORECASE)
_COUNCIL = frozenset({
    "and", "borough", "city", "corporation", "council", "county", "district", "london", "metropolitan", "mbc", "of",
    "royal", "cc", "bc", "dc", "lb", "rb", "unitary", "authority", "combined",
})  # fmt: skip
_ONLY_THAT = {"city_of_london": "london", "london_corporation": "london", "city_of_london_corporation": "london"}


@remembered(65536)
def as_urn(cell: Cell) -> str:
    """A number of the inspectorate as it is spelt here: ``1027077``, ``SC035296``.

    >>> as_urn(1027077.0), as_urn("1027077.0"), as_urn(" sc035296 "), as_urn("SC 035296")
    ('1027077', '1027077', 'SC035296', 'SC035296')
    >>> as_urn("not known")  # what is no such number stays as it is
    'not known'
    """
    return urn_of(shown(cell))


def is_number(text: str) -> bool:
    """Whether a text is spelt like a number of the inspectorate.

    >>> is_number("sc035296"), is_number("1027077.0"), is_number("Note 3")
    (True, True, False)
    """
    return bool(_SPELT.fullmatch(as_urn(text)))


@remembered(4096)
def is_name(text: str) -> bool:
    """Whether a text can be the name of a council.

    A spreadsheet's error, a mark for something withheld, or a sum cannot.

    >>> is_name("Bath and North East Somerset"), is_name("#REF!"), is_name("[c]"), is_name("Total"), is_name("1234567")
    (True, False, False, False, False)
    """
    letters = sum(map(str.isalpha, text))
    return (
        letters > 2
        and not text.startswith("#")
        and as_key(text) not in set(map(as_key, written_words()["nobody"]["says"]))
    )


@remembered(4096)
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
