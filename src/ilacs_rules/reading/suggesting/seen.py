"""What stands in a column: days and the orders they would fit, numbers, words that are known, or text."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from ilacs_rules.reading.days import PATTERNS, Days
from ilacs_rules.reading.opening.sheet import Cell, shown
from ilacs_rules.reading.spelling import as_urn
from ilacs_rules.reading.words import as_key, known_words, not_there, shared_words, told_by_day
from ilacs_rules.remembered import remembered
from ilacs_rules.values import month_of

__all__ = ["ColumnSeen", "Holds", "SheetColumns", "kinds_in_words", "known_here", "look_at"]

Holds: TypeAlias = Literal["nothing", "dates", "days as text", "numbers", "words", "text"]
"""``dates``: real ones of a workbook; ``days as text``: texts that all fit some order of day, month and year."""

_KINDS = {
    "grade": "grades",
    "type": "types of provider",
    "activity.authorities": "visits and inspections of authorities",
    "activity.providers": "inspections of providers",
    "outcome": "outcomes",
}
_SERIAL = (20_000, 60_000)
"""Excel's numbers of the days from 1954 to 2064."""
_MOST_TEXTS = 60
"""A column with more different texts holds no words of a closed vocabulary."""


class ColumnSeen(BaseModel):
    """One column of a sheet, and what it seems to be.

    Attributes:
        letter: its letter, as in a spreadsheet.
        name: what the header says.
        filled: how many rows have something in it.
        not_there: texts that say there is nothing, such as N/A or TBC. They count as empty.
        holds: what kind of thing it holds.
        examples: some of its values.
        day_orders: if it holds days as text, every order that fits all of them. If it holds numbers that could be days,
            ``excel``.
        word_kinds: how many rows hold a known word of each kind: ``grade``, ``type``, ``outcome``,
            ``activity.authorities`` and ``activity.providers``.
        unknown: values that are not known words of the commonest kind, or not days among days. Each comes with the
            number of its rows.
        texts: each text with the number of its rows, if there are at most 60 different texts and no days.
        urns: how many rows hold something spelt like one of Ofsted's numbers for a provider.
        field: what the column seems to be. Empty if that cannot be told.
        because: why, or why not.
    """

    model_config = ConfigDict(frozen=True)

    letter: str
    name: str
    filled: int
    not_there: tuple[str, ...] = ()
    holds: Holds
    examples: tuple[str, ...] = ()
    day_orders: tuple[str, ...] = ()
    word_kinds: Mapping[str, int] = {}
    unknown: Mapping[str, int] = {}
    texts: Mapping[str, int] = {}
    urns: int = 0
    field: str = ""
    because: str = ""


class SheetColumns(BaseModel):
    """The columns of one sheet.

    Attributes:
        sheet: its name. Empty if the file is not a workbook.
        header: the row that holds the header, from 1. 0 if none was found.
        rows: how many rows stand below it.
        format: the id of the format that reads it without a profile. Empty if none does, or if a column that answers
            rest on would not be read.
        columns: each column with what it seems to be, and why.
    """

    model_config = ConfigDict(frozen=True)

    sheet: str
    header: int
    rows: int
    format: str = ""
    columns: tuple[ColumnSeen, ...] = ()


def look_at(letter: str, name: str, cells: Sequence[Cell]) -> ColumnSeen:
    """What stands in a column.

    >>> seen = look_at("B", "First day", ["03/04/2024", "12/11/2023"])
    >>> seen.holds, seen.day_orders
    ('days as text', ('DD/MM/YYYY', 'MM/DD/YYYY'))
    >>> look_at("C", "Grade", ["Good", "Req imp", "N/A"]).unknown
    {'Req imp': 1}

    One mistyped day does not hide what the others are:

    >>> seen = look_at("B", "First day", ["31/02/2024", "12/11/2023", "30/01/2024", "25/03/2024"])
    >>> seen.day_orders, seen.unknown
    (('DD/MM/YYYY',), {'31/02/2024': 1})
    """
    nothing = {cell: None for cell in cells if isinstance(cell, str) and as_key(cell) in not_there()}
    filled = [cell for cell in cells if shown(cell) and not (isinstance(cell, str) and cell in nothing)]
    texts = Counter(" ".join(shown(cell).split()) for cell in filled)
    kinds = _word_kinds(texts)
    best = max(kinds, key=lambda kind: kinds[kind], default="")
    no_days = _no_days(filled)
    days = [cell for cell in filled if shown(cell) not in no_days]
    orders = _orders(days)
    return ColumnSeen(
        letter=letter,
        name=name,
        filled=len(filled),
        not_there=tuple(dict.fromkeys(cell.strip() for cell in nothing)),
        holds=_holds(days, orders, bool(best)),
        examples=tuple(list(texts)[:3]),
        day_orders=orders,
        word_kinds=kinds,
        unknown=no_days
        or {text: count for text, count in texts.items() if best and as_key(text) not in known_here(best)},
        texts=texts if len(texts) <= _MOST_TEXTS and not orders else {},
        urns=sum(
            count for text, count in texts.items() if as_urn(text).startswith("SC") and as_urn(text)[2:].isdigit()
        ),
    )


_DIGIT = re.compile(r"\d")
"""However a day is written, its year has digits."""
_WRITTEN = {pattern: Days((pattern,)) for pattern in PATTERNS if pattern != "excel"}


def _holds(filled: Sequence[Cell], orders: tuple[str, ...], has_words: bool) -> Holds:
    if not filled:
        return "nothing"
    if all(isinstance(cell, date | datetime) for cell in filled):
        return "dates"
    if orders and not all(isinstance(cell, int | float) for cell in filled):
        return "days as text"
    if all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in filled):
        return "numbers"
    return "words" if has_words else "text"


def _orders(filled: Sequence[Cell]) -> tuple[str, ...]:
    """Every pattern that each value fits; real dates among them fit all."""
    written = {cell for cell in filled if not isinstance(cell, date | datetime)}
    if not written:
        return ()
    # A month written so is read beside days in any order, and tells nothing of theirs.
    days = {cell for cell in written if month_of(cell) is None}
    if not days:
        return ("YYYY-MM",)
    written = days
    if any(isinstance(cell, str) and not _DIGIT.search(cell) for cell in written):
        return ()
    if all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in written):
        fits = all(_SERIAL[0] <= cell <= _SERIAL[1] and cell == int(cell) for cell in written)
        return ("excel",) if fits else ()
    return tuple(
        pattern
        for pattern, days in _WRITTEN.items()
        if all(isinstance(cell, str) and days.once(cell) for cell in written)
    )


def _no_days(filled: Sequence[Cell]) -> dict[str, int]:
    """Values that are no day in any order, where at least three in four of the others are; each with its rows."""
    wrong = Counter(shown(cell) for cell in filled if isinstance(cell, str) and not _is_some_day(cell))
    return dict(wrong) if sum(wrong.values()) * 4 <= len(filled) else {}


@remembered(4096)
def _is_some_day(cell: str) -> bool:
    if not _DIGIT.search(cell):
        return False
    if month_of(cell) is not None:
        return True
    return any(days.once(cell) for days in _WRITTEN.values())


def known_here(kind: str) -> Mapping[str, str]:
    """The known words of a kind, by key; also what people call the graded inspection of a council on any day.

    >>> "full_inspection" in known_here("activity.authorities"), "look_in" in known_here("activity.providers")
    (True, False)
    """
    if kind == "activity.authorities":
        return {**dict.fromkeys(told_by_day(), ""), **shared_words()[kind]}
    return shared_words()[kind] if kind.startswith("activity") else known_words(kind)


def _word_kinds(texts: Mapping[str, int]) -> dict[str, int]:
    """Of each kind of word, how many rows hold one, where at least half of them do."""
    found: dict[str, int] = {}
    rows = sum(texts.values())
    for kind in _KINDS:
        known = known_here(kind)
        count = sum(number for text, number in texts.items() if as_key(text) in known)
        if rows and count * 2 >= rows:
            found[kind] = count
    return found


def kinds_in_words(kinds: Iterable[str]) -> str:
    """Kinds of words, as people say them.

    >>> kinds_in_words(["grade", "outcome"])
    'grades or outcomes'
    """
    return " or ".join(_KINDS[kind] for kind in kinds)
