"""The days that a rule may speak of, as values that work themselves out: a fact, a fixed day, and what is made of them.

``expressions`` reads them from what a rulebook writes.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ilacs_rules import dates
from ilacs_rules.rulebook.frozen import Frozen
from ilacs_rules.situation import AS_OF, Value

__all__ = ["FUNCTIONS", "WORKING_DAY", "Call", "Change", "Expression", "Fixed", "Lookup", "Named", "Step"]

Lookup = Callable[[str], Value]
Works = Callable[[Lookup], date | None]


def _not_between(day: date, first: date, last: date) -> date:
    """The day, or the day after the last where it lies between the two, both included."""
    return dates.add_days(last, 1) if first <= day <= last else day


_UNITS: dict[str, Callable[[date, int], date]] = {
    "day": dates.add_days,
    "week": lambda day, count: dates.add_days(day, 7 * count),
    "month": dates.add_months,
    "year": lambda day, count: dates.add_months(day, 12 * count),
}
WORKING_DAY, _NO_YEARS = "working day", dates.WorkingDays({})
FUNCTIONS: dict[str, Callable[..., date]] = {
    "latest": max,
    "latest_known": max,
    "not_between": _not_between,
    "earliest": min,
    "first_april_after": dates.first_april_after,
    "start_of_quarter": dates.start_of_quarter,
    "end_of_quarter": dates.end_of_quarter,
    "start_of_year": dates.start_of_year,
    "end_of_year": dates.end_of_year,
    "start_of_inspection_year": dates.start_of_inspection_year,
    "end_of_inspection_year": dates.end_of_inspection_year,
}
_YEARLY = frozenset({"start_of_year", "end_of_year", "start_of_inspection_year", "end_of_inspection_year"})


class Expression(Frozen):
    """A day that can be worked out from facts.

    Attributes:
        parts: what it is made of; two expressions of the same parts are equal.
        facts: the facts it is worked out from, some of them perhaps more than once.
        moves: whether it changes with the day that is asked about, and not only from one year (calendar or inspection)
            to the next.
        day: works it out, given a function that looks facts up; not known where one of them is not.
    """

    __slots__ = ("day", "facts", "moves", "parts")
    parts: tuple[object, ...]
    facts: tuple[str, ...]
    moves: bool
    day: Works

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and type(self) is type(other) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash((type(self), self.parts))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.parts))})"


class Fixed(Expression):
    """A day that stands in the rule."""

    __slots__ = ("value",)
    value: date

    def __init__(self, value: date) -> None:
        def day(_: Lookup) -> date | None:
            return value

        self._fill(parts=(value,), value=value, facts=(), moves=False, day=day)


class Named(Expression):
    """A fact that is a day."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        def day(lookup: Lookup) -> date | None:
            value = lookup(name)
            return value if isinstance(value, date) else None

        self._fill(parts=(name,), facts=(name,), moves=name == AS_OF, day=day)


class Change(NamedTuple):
    """How one day is made of another: by what function, and what that is given besides the day."""

    of: Expression
    work: Callable[..., date | None]
    by: tuple[object, ...]

    def day(self) -> Works:
        """Works it out, where the other day is known."""
        begins, work, by = self.of.day, self.work, self.by

        def day(lookup: Lookup) -> date | None:
            began = begins(lookup)
            return None if began is None else work(began, *by)

        return day


class Step(Expression):
    """So many units later (or earlier). Working days are the rulebook's; without any, such a day is not known."""

    __slots__ = ("change", "number", "start", "unit", "working_days")
    change: Change
    start: Expression
    number: int
    unit: str
    working_days: dates.WorkingDays | None

    def __init__(
        self, start: Expression, number: int, unit: str, working_days: dates.WorkingDays | None = None
    ) -> None:
        add = (working_days or _NO_YEARS).add if unit == WORKING_DAY else _UNITS[unit]
        change = Change(start, add, (number,))
        self._fill(parts=(start, number, unit, working_days), start=start, number=number, unit=unit)
        self._fill(working_days=working_days, change=change)
        self._fill(facts=start.facts, moves=start.moves, day=change.day())


class Call(Expression):
    """A named function of some days. ``change``: where all but the first stand in the rule, how it changes that."""

    __slots__ = ("arguments", "change", "function")
    change: Change | None
    function: str
    arguments: tuple[Expression, ...]

    def __init__(self, function: str, arguments: tuple[Expression, ...]) -> None:
        call, each = FUNCTIONS[function], [argument.day for argument in arguments]
        fixed = [argument.value for argument in arguments[1:] if isinstance(argument, Fixed)]

        def day(lookup: Lookup) -> date | None:
            days: list[date] = []
            for argument in each:
                found = argument(lookup)
                if found is None:
                    return None
                days.append(found)
            return call(*days)

        def latest_known(lookup: Lookup) -> date | None:
            return max([day for argument in each if (day := argument(lookup)) is not None], default=None)

        facts = tuple(name for argument in arguments for name in argument.facts)
        moves = function not in _YEARLY and any(argument.moves for argument in arguments)
        one = len(fixed) == len(arguments) - 1 and function != "latest_known"
        change = Change(arguments[0], call, tuple(fixed)) if one else None
        self._fill(parts=(function, arguments), function=function, arguments=arguments, change=change)
        self._fill(facts=facts, moves=moves, day=latest_known if function == "latest_known" else day)
