"""What answers one track, over columns: each row's rule, its window, and how its day stands against it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from ilacs_rules.rulebook import Answering, Leaf, Suspension, regions
from ilacs_rules.rulebook.days import Call, Expression, Named, Step
from ilacs_rules.rulebook.shared import lengthened
from ilacs_rules.situation import Value
from ilacs_rules.tables.columns.facts import Facts
from ilacs_rules.tables.columns.trees import Column, Walk
from ilacs_rules.tables.days import over
from ilacs_rules.tables.words import STATUS, Codes, Days, Flags, Places
from ilacs_rules.vocabulary import Activity, Status

__all__ = ["Found", "Track", "find", "found_by", "statuses"]

Ask = Callable[[str], Column]

_COMBINED = {"latest": np.maximum, "latest_known": np.maximum, "earliest": np.minimum}
_PLACEHOLDER = Named("day")


class Track:
    """One track as columns are taken through it: its tree as tables, and its leaves by the window that they give.

    ``answering``: the track as it is asked of one kind of subject, or of several; each has a tree of its own.
    """

    __slots__ = ("answering", "firm", "pauses", "says_status", "walk", "window_of", "windows")

    def __init__(self, *answering: Answering) -> None:
        self.answering = answering
        self.walk = Walk(*(item.tree for item in answering))
        windows: dict[tuple[Expression | None, ...], int] = {}
        leaves = self.walk.leaves
        self.window_of = np.array([windows.setdefault(_window(leaf), len(windows)) for leaf in leaves], np.uint16)
        self.windows = tuple(windows)
        said = [leaf.rule.status if leaf.rule else None for leaf in leaves]
        self.says_status = np.array([STATUS.code[status] if status else 0 for status in said], np.uint8)
        self.firm = np.array([leaf.rule is not None and leaf.rule.can_be_overdue for leaf in leaves], np.bool_)
        self.pauses = tuple(_pauses(answering, leaves))


def _pauses(answering: tuple[Answering, ...], leaves: tuple[Leaf, ...]) -> Iterator[tuple[Suspension, Flags]]:
    """Each suspension, and the leaves whose windows it moves: those that say what they run from."""
    for item in (item for item in answering if item.suspensions):
        own = {id(region.leaf) for region in regions(item.tree)}
        moved = np.array([id(leaf) in own and leaf.runs_from is not None for leaf in leaves], np.bool_)
        if moved.any():
            yield from ((pause, moved) for pause in item.suspensions)


class Found(NamedTuple):
    """What answers one track on some rows: everything but how the day stands against it.

    ``firm``: sources give the day on which it closes, so that somebody is late after it.
    """

    leaf: Codes
    firm: Flags
    suspended: Flags
    opens: Days
    due: Days
    closes: Days
    runs_from: Days
    lacking: Flags | None


def _window(leaf: Leaf) -> tuple[Expression | None, ...]:
    """The four expressions of a leaf; none of them where nothing is required."""
    if leaf.rule is None or leaf.rule.activity is Activity.NOTHING_REQUIRED:
        return (None, None, None, None)
    return (leaf.opens, leaf.due, leaf.closes, leaf.runs_from)


def find(track: Track, facts: Facts, rows: Places | None) -> Found:
    """What answers a track, of some questions or (``None``) of all."""
    if rows is None:
        return found_by(track, facts.__getitem__, len(facts.questions))
    return found_by(track, _of_rows(facts.__getitem__, rows), len(rows))


def found_by(track: Track, ask: Ask, count: int, start: Codes | None = None) -> Found:
    """What answers a track on ``count`` rows. ``start``: see ``Walk``."""
    leaf, lacking = track.walk(ask, count, start)
    days, missing = _days(track, leaf, ask)
    if missing is not None:
        lacking = missing if lacking is None else lacking | missing
    opens, due, closes, runs_from = days
    as_of, suspended, firm = ask("as_of").values, np.zeros(count, np.bool_), track.firm.take(leaf)
    for pause, moved in track.pauses:
        within = moved.take(leaf) & (as_of >= pause.first.toordinal()) & (as_of <= pause.last.toordinal())
        if pause.where_possible:
            firm &= ~within
        else:
            suspended |= within
        ended = moved.take(leaf) & (as_of > pause.last.toordinal())
        if ended.any():
            told = closes
            due, closes = (
                np.where(ended & (day != 0), lengthened(pause, runs_from, day), day) for day in (due, closes)
            )
            if pause.delay_is_a_reading:
                firm &= closes == told
    if suspended.any():
        opens, due, closes = (day * ~suspended for day in (opens, due, closes))
    return Found(leaf, firm, suspended, opens, due, closes, runs_from, lacking)


def _days(track: Track, leaf: Codes, ask: Ask) -> tuple[tuple[Days, Days, Days, Days], Flags | None]:
    """The four days of every row's window, worked out for the rows of each kind of window together."""
    found = tuple(np.zeros(len(leaf), np.int32) for _ in range(4))
    lacking: Flags | None = None
    window = track.window_of.take(leaf)
    for number, rows in _groups(window, len(track.windows)):
        for days, expression in zip(found, track.windows[number], strict=True):
            if expression is None:
                continue
            column = day_of(expression, _of_rows(ask, rows), len(rows))
            days[rows] = column.values
            if column.lacking is not None:
                lacking = np.zeros(len(leaf), np.bool_) if lacking is None else lacking
                lacking[rows] |= column.lacking
    opens, due, closes, runs_from = found
    return (opens, due, closes, runs_from), lacking


def _groups(numbers: Codes, count: int) -> list[tuple[int, Places]]:
    """The rows of each number that occurs."""
    order = np.argsort(numbers, kind="stable")
    ends = np.searchsorted(numbers.take(order), np.arange(count + 1))
    return [
        (number, order[ends[number] : ends[number + 1]]) for number in range(count) if ends[number] < ends[number + 1]
    ]


def _of_rows(ask: Ask, rows: Places) -> Ask:
    def ask_of_rows(name: str) -> Column:
        values, lacking = ask(name)
        return Column(values.take(rows), None if lacking is None else lacking.take(rows))

    return ask_of_rows


def day_of(expression: Expression, ask: Ask, count: int) -> Column:
    """An expression over columns: that of one fact is looked up, by the very expression, for each day that occurs."""
    names = set(expression.facts)
    if not names:
        day = expression.day(dict[str, Value]().__getitem__)
        return Column(np.full(count, day.toordinal() if day else 0, np.int32))
    if len(names) == 1 and not _can_do_without(expression):
        values, lacking = ask(next(iter(names)))
        if isinstance(expression, Named):
            return Column(values, lacking)
        return Column(over(expression, lambda day: expression.day(lambda _: day), values), lacking)
    if isinstance(expression, Call) and expression.function in _COMBINED:
        return _combined(expression, ask, count)
    inner, outer = _taken_apart(expression)
    values, lacking = day_of(inner, ask, count)
    return Column(over(outer, lambda day: outer.day(lambda _: day), values), lacking)


def _combined(expression: Call, ask: Ask, count: int) -> Column:
    one, other = (day_of(argument, ask, count) for argument in expression.arguments)
    both = _COMBINED[expression.function](one.values, other.values)
    lacking = one.lacking if other.lacking is None else other.lacking
    if one.lacking is not None and other.lacking is not None:
        lacking = one.lacking | other.lacking
    if expression.function != "latest_known":
        both *= (one.values != 0) & (other.values != 0)
    return Column(both, lacking)


def _can_do_without(expression: Expression) -> bool:
    """Whether an expression can be a day although one that it asks for is not known."""
    if isinstance(expression, Call):
        return expression.function == "latest_known" or any(map(_can_do_without, expression.arguments))
    return isinstance(expression, Step) and _can_do_without(expression.start)


def _taken_apart(expression: Expression) -> tuple[Expression, Expression]:
    """What an expression begins with, and the one step that follows as an expression of a day."""
    if isinstance(expression, Step):
        return expression.start, Step(_PLACEHOLDER, expression.number, expression.unit)
    assert isinstance(expression, Call)
    return expression.arguments[0], Call(expression.function, (_PLACEHOLDER,))


def statuses(track: Track, found: Found, facts: Facts, rows: Places | None) -> Codes:
    """How each row's day stands against its window: what ``engine`` says of one, in the same order of precedence."""
    questions = facts.questions
    as_of = questions.as_of if rows is None else questions.as_of.take(rows)
    opens, due, closes = found.opens, found.due, found.closes
    status = np.where(as_of < opens, STATUS.code[Status.NOT_OPEN], STATUS.code[Status.OPEN]).astype(np.uint8)
    status[(opens == 0) & (due == 0) & (closes == 0)] = STATUS.code[Status.NOT_STATED]
    unseen = np.flatnonzero((closes == 0) & (due != 0) & (due < as_of))
    if unseen.size:
        shown = _shown(track, facts, rows, unseen, due, as_of)
        status[unseen[~shown]] = STATUS.code[Status.NOT_RECORDED]
    past = np.flatnonzero((closes != 0) & (closes < as_of))
    if past.size:
        start = np.where(opens != 0, opens, found.runs_from)
        start = np.where(start == 0, closes, np.minimum(start, closes))
        shown = _shown(track, facts, rows, past, start, closes)
        late = np.where(found.firm[past], STATUS.code[Status.OVERDUE], STATUS.code[Status.WINDOW_PASSED])
        status[past] = np.where(shown, late, STATUS.code[Status.NOT_RECORDED])
    said = track.says_status.take(found.leaf)
    status = np.where(said == 0, status, said)
    status[found.suspended] = STATUS.code[Status.SUSPENDED]
    return status


def _shown(  # noqa: PLR0913, PLR0917 - everything that is asked
    track: Track, facts: Facts, rows: Places | None, some: Places, first: Days, last: Days
) -> Flags:
    """Whether the record of some rows would show that the track was met between two days."""
    numbers = some if rows is None else rows.take(some)
    return facts.questions.covers(track.answering[0].met_by, first.take(some), last.take(some), numbers)
