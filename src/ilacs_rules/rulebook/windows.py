"""The window of a rule: its days, worked out together, so that what several of them share is worked out once.

``opens``, ``due`` and ``closes`` mostly begin alike (``last_inspection_started + 36 months``), so each step that occurs
is taken once, in the order in which the expressions would take it.
"""

from collections.abc import Callable, Iterable
from datetime import date

from ilacs_rules.rulebook.days import Call, Expression, Fixed, Lookup, Step
from ilacs_rules.rulebook.frozen import Frozen

__all__ = ["Days", "Window"]

Days = tuple[date | None, ...]
_Change = tuple[Callable[..., date | None], int | None, tuple[object, ...]]
"""What works a day out: of facts, or of the day that stands at a place, which it is given with what else it takes."""


class Window(Frozen):
    """Some expressions, made ready to be worked out together; ``days`` gives the day of each, in their order.

    >>> from ilacs_rules.rulebook.expressions import parse
    >>> window = Window([parse("registered + 12 months - 6 months"), None, parse("registered + 12 months")])
    >>> window.days({"registered": date(2024, 1, 31)}.__getitem__)
    (datetime.date(2024, 7, 31), None, datetime.date(2025, 1, 31))
    >>> window.days({"registered": None}.__getitem__)
    (None, None, None)
    >>> Window([parse("2024-05-01"), None]).days({}.__getitem__)
    (datetime.date(2024, 5, 1), None)
    """

    __slots__ = ("_changes", "_fixed", "_places")
    _changes: tuple[_Change, ...]
    _fixed: Days | None
    _places: tuple[int, ...]

    def __init__(self, expressions: Iterable[Expression | None]) -> None:
        ends, placed = tuple(expressions), dict[Expression | None, int]()
        changes: list[_Change] = []
        for end in ends:
            _place(end, placed, changes)
        stands = all(end is None or isinstance(end, Fixed) for end in ends)
        fixed = tuple(end.value if isinstance(end, Fixed) else None for end in ends) if stands else None
        self._fill(_changes=tuple(changes), _fixed=fixed, _places=tuple(placed[end] for end in ends))

    def days(self, ask: Lookup) -> Days:
        """The day of each expression; not known where it is none, or rests on a day that is not known."""
        if self._fixed is not None:
            return self._fixed
        found: list[date | None] = []
        for work, of, by in self._changes:
            if of is None:
                found.append(work(ask))
            else:
                day = found[of]
                found.append(None if day is None else work(day, *by))
        return tuple([found[place] for place in self._places])


def _place(expression: Expression | None, placed: dict[Expression | None, int], changes: list[_Change]) -> int:
    """Where the day of an expression stands among those that are worked out; it is added where it is not there yet."""
    if expression in placed:
        return placed[expression]
    change = expression.change if isinstance(expression, Step | Call) else None
    if change is not None:
        of = _place(change.of, placed, changes)
        changes.append((change.work, of, change.by))
    else:
        changes.append((expression.day if expression else _not_stated, None, ()))
    placed[expression] = len(changes) - 1
    return placed[expression]


def _not_stated(_: Lookup) -> date | None:
    return None
