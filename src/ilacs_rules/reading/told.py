"""What the rows of all sheets tell of one subject, gathered: its rows, its events, and from which sheet each comes."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, TypeAlias

from ilacs_rules.reading.form import Correction
from ilacs_rules.reading.log import Row
from ilacs_rules.reading.rows import Found
from ilacs_rules.reading.spelling import as_urn
from ilacs_rules.reading.words import as_key
from ilacs_rules.vocabulary import ProviderType

__all__ = ["AUTHORITY", "Kind", "Told"]

Kind: TypeAlias = ProviderType | Literal["local_authority"]
AUTHORITY: Literal["local_authority"] = "local_authority"


class Told:
    """One row about a subject, and the events that it tells of.

    Attributes:
        row, founds: those.
        urn, subject: the number of whom the row is about, as it is spelt here, and what else
            tells whom, a number in that spelt alike.
        kind: the kind of subject that the row names. ``None`` if that is not a known word.
        corrected: what is wrong in the publisher's file about that, where it is.
        broken: it did not fit the header.
        status: what it says of its subject's registration or being, by key.
        former: whether it says that its authority no longer exists, while another of that name does.
        day: how late the row is: by its sheet, and within that by its last event.
    """

    __slots__ = ("broken", "corrected", "day", "former", "founds", "kind", "row", "status", "subject", "urn")

    def __init__(  # noqa: PLR0913 - one for each attribute
        self, row: Row, founds: Sequence[Found] = (), kind: Kind | None = None, corrected: Correction | None = None, *,
        broken: bool = False, urn: str | None = None,
    ) -> None:  # fmt: skip
        self.row, self.founds, self.kind, self.corrected, self.broken = row, founds, kind, corrected, broken
        self.former, self.urn = False, as_urn(row.text("urn")) if urn is None else urn
        self.subject, self.status = as_urn(row.text("subject")), as_key(row.text("status"))
        last = date.min
        for found in founds:
            if found.event and found.event.first_known > last:
                last = found.event.first_known
        self.day = (row.matched.day, last)
