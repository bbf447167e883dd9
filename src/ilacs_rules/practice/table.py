"""The table that forecasts are made from: numbers, what they were measured on, and a fingerprint."""

from datetime import date
from functools import cached_property
from hashlib import sha256

from pydantic import model_validator

from ilacs_rules.errors import RecordError, nearest
from ilacs_rules.practice.populations import BY_ID
from ilacs_rules.values import Day, Record
from ilacs_rules.values.given import instance

__all__ = ["METHOD", "Cell", "Fitted", "Table", "Trials", "Tried"]

METHOD = "3"
"""The version of the way in which a table is fitted and read. A table of another version is refused."""


class Cell(Record):
    """One group of waits.

    It holds how many waits were counted, how many had ended, and the longest of those in weeks (``longest``). It also
    names the group whose numbers are used if too few have ended.

    >>> from ilacs_rules.practice import load_table
    >>> homes = load_table().of("childrens_homes")
    >>> all(cell.ended <= cell.waits for cell in homes.cells)
    True
    """

    group: str
    waits: int
    ended: int
    longest: int
    taken_from: str = ""


class Fitted(Record):
    """One population: its numbers, and what they were measured on.

    Attributes:
        population: its name.
        waits, ended, subjects: how many waits were counted, how many had ended, and of how many subjects.
        first, last: the first days of the earliest and the latest wait.
        ended_began: the latest first day of a wait that has ended.
        seen_until: the last day that counts as seen.
        lasted: how many waits were still open at the start of each fourth week, from the beginning.
        longest: the longest wait that ended, in weeks.
        cells: the same by grade.
        numbers: the numbers of its method, by name.

    >>> from ilacs_rules.practice import load_table
    >>> homes = load_table().of("childrens_homes")
    >>> 0 < homes.ended <= homes.waits
    True
    >>> homes.first <= homes.ended_began <= homes.seen_until
    True
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
    """What was seen to happen, as numbers. ``fit`` makes such a table, and ``forecast`` reads it. It cannot be changed.

    Raises:
        RecordError: this version cannot read how it was made, or its fingerprint does not fit its numbers.

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
                "this table was made by a method that this version does not read",
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
        """The numbers of a population. ``None`` if the table has none.

        >>> from ilacs_rules.practice import load_table
        >>> load_table().of("childrens_homes").population
        'childrens_homes'
        >>> load_table().of("no such population") is None
        True
        """
        name = instance(population, str, "population", called="a population", expected="the id of one")
        return next((fitted for fitted in self.populations if fitted.population == name), None)

    @property
    def day(self) -> date:
        """The last day that counts as seen for any population."""
        return max(fitted.seen_until for fitted in self.populations)


class Tried(Record):
    """How forecasts like these have done, made with what was known then: how many of a hundred 80% intervals held.

    Some waits were still open. ``held_at_least`` counts them as outside the interval, and ``held_at_most`` as inside.
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
