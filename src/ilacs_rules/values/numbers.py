"""The inspectorate's number of a subject, spelt in one way however it was written."""

import re
from typing import Annotated

from pydantic import AfterValidator

from ilacs_rules.remembered import remembered
from ilacs_rules.values.records import Text

__all__ = ["NOTHING_AS_TEXT", "SPELT_ANOTHER_WAY", "Urn", "urn_of"]

_POINT = re.compile(r"([0-9]+)\.0+")
_SPELT = re.compile(r"(?:sc)?[0-9]+", re.IGNORECASE)
SPELT_ANOTHER_WAY = r"(?i)^\s*(?:sc)?\s*[0-9][0-9\s]*(?:\.0+)?\s*$"
"""What may be such a number, spelt in whatever way: a pattern that Python and polars read alike."""

NOTHING_AS_TEXT = frozenset({"nan", "none", "nat", "<na>", "null"})
"""What programs make of nothing when they make text of it, in small letters: no subject is called so."""


@remembered(65536)
def urn_of(text: str) -> str:
    """A number of the inspectorate as it is spelt here: ``1027077``, ``SC035296``. Any other text stays as it is.

    >>> urn_of("1027077.0"), urn_of(" sc035296 "), urn_of("SC 035296")
    ('1027077', 'SC035296', 'SC035296')
    >>> urn_of("not known"), urn_of("1027077.5")
    ('not known', '1027077.5')
    """
    closed = "".join(text.split())
    if point := _POINT.fullmatch(closed):
        closed = point[1]
    return closed.upper() if _SPELT.fullmatch(closed) else text


Urn = Annotated[Text, AfterValidator(urn_of)]
"""The number of a subject in a record: however it is written, one subject has one."""
