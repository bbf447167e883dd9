"""What each column of a sheet seems to be, and why: its name is compared with what stands in it.

A day is only ever told by its column's name, and the names of two days are compared. A suggestion that took the last
day for the first, or the first for publication, would be worse than none.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from ilacs_rules.reading.days import Days
from ilacs_rules.reading.matching import as_name
from ilacs_rules.reading.opening.sheet import Cell
from ilacs_rules.reading.suggesting.names import field_of_name, names_alone
from ilacs_rules.reading.suggesting.seen import ColumnSeen, kinds_in_words
from ilacs_rules.vocabulary import Area

__all__ = ["DAYS_IN_ORDER", "told"]

DAYS_IN_ORDER = ("registered", "started", "ended", "published", "closed")
"""The days of a row, in the order in which they follow one another."""
_DAYS = frozenset(DAYS_IN_ORDER) | {"created"}
_WORDS = {
    "type": ("type",),
    "activity": ("activity.authorities", "activity.providers"),
    "outcome": ("outcome",),
    **{area.value: ("grade", "outcome") for area in Area},
}
_TEXTS = frozenset({"name", "report", "outcome", "type", "activity", "region"})
"""Fields that never hold days."""
_MOST = 0.9
_COUNCILS = frozenset(
    as_name(f"{of}{name}")
    for of in ("local authority", "council", "la", "authority", "upper tier local authority")
    for name in ("", " name")
)


def told(columns: Sequence[ColumnSeen], cells: Mapping[str, Sequence[Cell]]) -> tuple[ColumnSeen, ...]:
    """The columns with what each seems to be.

    Args:
        columns: what stands in each.
        cells: the values of each, row by row, by its letter.
    """
    named = _where_providers_lie(_alone([_by_name(column) for column in columns]))
    named = _once_each(named)
    named = _days_in_order(named, cells)
    return tuple(_by_values(named))


def _with(column: ColumnSeen, field: str, because: str) -> ColumnSeen:
    return column.model_copy(update={"field": field, "because": because})


def _by_name(column: ColumnSeen) -> ColumnSeen:
    field = field_of_name(column.name)
    if not field:
        return column
    if not column.filled:
        return _with(column, "", f"its name says {field}, and nothing stands in it")
    if field in _DAYS and column.holds not in ("dates", "days as text") and column.day_orders != ("excel",):
        return _with(column, "", f"its name says {field}, and what stands in it are no days that fit one order")
    if field in _TEXTS and column.holds in ("dates", "days as text"):
        return column  # a day under such a name is a day, and its name does not say which
    if field in _WORDS and not any(kind in column.word_kinds for kind in _WORDS[field]):
        return _with(column, "", f"its name says {field}, and most of what stands in it are no words for that")
    return _with(column, field, "its name says so")


def _alone(columns: Sequence[ColumnSeen]) -> list[ColumnSeen]:
    """A column whose name says no more than "grade" holds the overall one, where it is the only column of grades."""
    grades = [column for column in columns if "grade" in column.word_kinds]
    if len(grades) != 1 or not (field := names_alone().get(as_name(grades[0].name))):
        return list(columns)
    named = _with(grades[0], field, "its name says so, and no other column holds grades")
    return [named if column is grades[0] else column for column in columns]


def _where_providers_lie(columns: Sequence[ColumnSeen]) -> list[ColumnSeen]:
    """In a list of providers, a column that names councils says where each lies, and not what it is called."""
    if not any("type" in column.word_kinds for column in columns):
        return list(columns)
    because = "it names a council, and the rows are about providers"
    return [
        _with(column, "", because) if column.field == "name" and as_name(column.name) in _COUNCILS else column
        for column in columns
    ]


def _once_each(columns: Sequence[ColumnSeen]) -> list[ColumnSeen]:
    """Where two columns seem to be the same, neither is."""
    fields = [column.field for column in columns if column.field not in ("", "note", "region")]
    twice = {field for field in fields if fields.count(field) > 1}
    return [
        _with(column, "", f"another column could be {column.field} too: choose one")
        if column.field in twice
        else column
        for column in columns
    ]


def _days_in_order(columns: Sequence[ColumnSeen], cells: Mapping[str, Sequence[Cell]]) -> list[ColumnSeen]:
    """Days whose names contradict what stands in them are told by nobody."""
    refused: dict[str, str] = {}
    days = [column for column in columns if column.field in DAYS_IN_ORDER]
    for one, other in combinations(sorted(days, key=lambda column: DAYS_IN_ORDER.index(column.field)), 2):
        pairs = _both(one, other, cells)
        if not pairs:
            continue
        follows = sum(first <= second for first, second in pairs) / len(pairs)
        same = sum(first == second for first, second in pairs) / len(pairs)
        if follows < _MOST:
            later = f"'{one.name}' is later than '{other.name}' in {_share(1 - follows, pairs)}"
            said = f"{later}: their names cannot both be right"
            refused[one.letter] = refused[other.letter] = said
        elif (one.field, other.field) == ("started", "published") and same >= 0.5:
            refused[one.letter] = f"it is the same day as '{other.name}' in {_share(same, pairs)}: it is no first day"
    return [_with(column, "", refused[column.letter]) if column.letter in refused else column for column in columns]


def _share(share: float, pairs: Sequence[object]) -> str:
    return f"{round(share * len(pairs))} of {len(pairs)} rows"


def _both(one: ColumnSeen, other: ColumnSeen, cells: Mapping[str, Sequence[Cell]]) -> list[tuple[date, date]]:
    """The days of rows that have both, read in an order that both columns fit."""
    orders = [order for order in one.day_orders if order in other.day_orders] or [*one.day_orders, *other.day_orders]
    days = Days(tuple(orders[:1]) or ("YYYY-MM-DD",)) if len(orders) < 2 or _agree(one, other) else Days((orders[0],))
    read = [
        (days.read(first), days.read(second))
        for first, second in zip(cells[one.letter], cells[other.letter], strict=True)
    ]
    return [(first.day, second.day) for first, second in read if first and second]


def _agree(one: ColumnSeen, other: ColumnSeen) -> bool:
    return bool(set(one.day_orders) & set(other.day_orders))


def _by_values(columns: Iterable[ColumnSeen]) -> list[ColumnSeen]:
    """Of columns whose names say nothing, those that can be told by what stands in them: never days."""
    columns = list(columns)
    have = {column.field for column in columns}
    for field, kinds in (("activity", _WORDS["activity"]), ("type", _WORDS["type"])):
        may = [
            column
            for column in columns
            if not column.field and not column.because and any(kind in column.word_kinds for kind in kinds)
        ]
        if field not in have and len(may) == 1:
            count = max(may[0].word_kinds[kind] for kind in kinds if kind in may[0].word_kinds)
            named = _with(may[0], field, f"{count} of {may[0].filled} values are {kinds_in_words(kinds)}")
            columns = [named if column is may[0] else column for column in columns]
    numbers = [
        column for column in columns if not column.field and not column.because and column.urns * 2 > column.filled > 0
    ]
    if "urn" not in have and len(numbers) == 1:
        named = _with(
            numbers[0], "urn", f"{numbers[0].urns} of {numbers[0].filled} values are spelt like Ofsted's numbers"
        )
        columns = [named if column is numbers[0] else column for column in columns]
    return [column if column.because else _with(column, "", _why_not(column)) for column in columns]


def _why_not(column: ColumnSeen) -> str:
    if column.holds == "nothing":
        return "nothing stands in it"
    if column.holds in ("dates", "days as text"):
        return "it holds days, and its name does not say which"
    if "grade" in column.word_kinds:
        return "it holds grades, and its name does not say of what"
    return "its name is not one that we know, or it could mean several things"
