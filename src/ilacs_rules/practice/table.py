"""The table that forecasts are made from: numbers, what they were measured on, and a fingerprint."""

from datetime import date
from functools import cached_property
from hashlib import sha256

from pydantic import model_validator

from ilacs_rules.errors import RecordError, nearest
from ilacs_rules.practice.populations import BY_ID
from ilacs_rules.values import Day, Record

__all__ = ["METHOD", "Cell", "Fitted", "Table", "Trials", "Tried"]

METHOD = "3"
"""The version of the way in which a table is fitted and read. A table of another version is refused."""


class Cell(Record):
    """One group: how many waits were counted and had ended, the longest of those, and whose numbers stand for too few.

    ``longest`` is in weeks.
    """

    group: str
    waits: int
    ended: int
    longest: int
    taken_from: str = ""


class Fitted(Record):
    """One population: its numbers, and what they were measured on.

    Attributes:
        population: its name. waits, ended, subjects: how many were counted. first, last: the first days of the waits.
        ended_began: the latest first day of a wait that has ended. seen_until: the last day that counts as seen.
        lasted: how many waits were still open at the start of each fourth week, from the beginning.
        longest: the longest wait that ended, in weeks.
        cells: the same by grade.
        numbers: the numbers of its method, by name.
    """

    population: str
    waits: int
    ended: int
    subjects: int
    first: Day
    last: Day
    ended_began: Day
    seen_until: Day
    lasted: tuple[int, ...]
    longest: int
    cells: tuple[Cell, ...]
    numbers: dict[str, tuple[float, ...]]


class Table(Record):
    """What was seen to happen, as numbers: a frozen value that ``fit`` makes and ``forecast`` reads.

    Raises:
        RecordError: it was made in another way than this version reads, or its fingerprint is not that of its numbers.

    >>> from ilacs_rules.practice import load_table
    >>> table = load_table()
    >>> Table.model_validate_json(table.model_dump_json()) == table
    True
    >>> Table.model_validate_json(table.model_dump_json().replace('"method":"3"', '"method":"0"'))
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: method: this table was made in another way ...
    """

    method: str
    populations: tuple[Fitted, ...]
    fingerprint: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "Table":
        if self.method != METHOD:
            raise RecordError(
                "this table was made in another way than this version reads",
                field="method",
                value=self.method,
                expected=f"{METHOD}: fit it again",
            )
        for fitted in self.populations:
            if fitted.population not in BY_ID:
                raise RecordError(
                    "is not a population that is measured",
                    field="population",
                    value=fitted.population,
                    expected=nearest(fitted.population, BY_ID),
                )
        if self.fingerprint and self.fingerprint != self.measured:
            raise RecordError(
                "is not the fingerprint of these numbers",
                field="fingerprint",
                value=self.fingerprint,
                expected=self.measured,
            )
        return self

    @cached_property
    def measured(self) -> str:
        """The fingerprint of the numbers: SHA-256 of everything else in the table."""
        return sha256(self.model_dump_json(exclude={"fingerprint"}).encode()).hexdigest()

    def of(self, population: str) -> Fitted | None:
        """The numbers of a population, if the table has them."""
        return next((fitted for fitted in self.populations if fitted.population == population), None)

    @property
    def day(self) -> date:
        """The last day that counts as seen for any population."""
        return max(fitted.seen_until for fitted in self.populations)


class Tried(Record):
    """How forecasts like these have done, made with what was known then: how many of a hundred 80% intervals held.

    Where waits were still open, ``held_at_least`` counts them as outside and ``held_at_most`` as inside.
    """

    forecasts: int
    subjects: int
    first: Day
    last: Day
    held_at_least: int
    held_at_most: int


class Trials(Record):
    """The back-test of the shipped table, by population, and the fingerprint of the table it belongs to."""

    table: str
    populations: dict[str, Tried]
