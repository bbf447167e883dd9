"""What became of the row that gave a saved answer: gone, changed in which cells, or answered by another."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import value_in_words
from ilacs_rules.answering.parts import FactUsed
from ilacs_rules.dates import in_full
from ilacs_rules.questioning.verified.found import CellChanged, RowChanged, RowChangeKind
from ilacs_rules.rulebook import Citation, FrameworkReading, Rule, Rulebook

__all__ = ["in_cell_words", "row_changed"]

_REPEATED = (
    "says",
    "activity",
    "strength",
    "certainty",
    "sources",
    "gap",
    "evidence",
    "notice",
    "days_on_site",
    "report",
)
"""The cells of a row that every answer repeats word for word."""
_NO_CELL = {"when", "framework", "id"}
_ENDS = ("opens", "due", "closes")


def row_changed(saved: Answer, now: Answer | None, book: Rulebook, *, facts_differ: bool) -> RowChanged | None:
    """What became of the row; ``None`` where it answers as it did, as far as can be seen."""
    row = next((rule for rule in book.rules if rule.id == saved.rule), None)
    instead = now.rule if now and now.rule != saved.rule else ""
    before = _row_before(saved)
    exact = before is not None
    if row is None:
        return RowChanged(rule=saved.rule, kind=RowChangeKind.GONE, instead=instead, exact=exact)
    if before:
        cells = tuple(_every_cell(before, row))
    else:
        cells = tuple(_seen_in(saved, row, now, book, facts_differ=facts_differ))
    if cells:
        return RowChanged(rule=row.id, kind=RowChangeKind.CHANGED, cells=cells, instead=instead, exact=exact)
    if instead:
        return RowChanged(rule=row.id, kind=RowChangeKind.ANOTHER_ANSWERS, instead=instead, exact=exact)
    return None


def _row_before(saved: Answer) -> Rule | None:
    """The row as it was, where the answer still brings along the rulebook that gave it."""
    if saved.asked is None or saved.asked.rulebook.fingerprint != saved.fingerprint:
        return None
    return saved.asked.rulebook.rule(saved.rule)


def _every_cell(before: Rule, row: Rule) -> Iterator[CellChanged]:
    for name in Rule.model_fields:
        if name not in _NO_CELL and getattr(before, name) != getattr(row, name):
            key = {"first": "from", "last": "to"}.get(name, name)
            yield _cell(key, getattr(before, name), getattr(row, name))
    old, new = ({condition.fact: condition for condition in rule.when} for rule in (before, row))
    for fact in dict.fromkeys([*old, *new]):
        if old.get(fact) != new.get(fact):
            yield _cell(f"when.{fact}", old.get(fact), new.get(fact))


def _seen_in(
    saved: Answer, row: Rule, now: Answer | None, book: Rulebook, *, facts_differ: bool
) -> Iterator[CellChanged]:
    """The cells that the answer itself shows to be others: those it repeats, and those that no longer let it stand."""
    if saved.fingerprint == book.fingerprint:
        return
    for name in _REPEATED:
        if getattr(saved, name) != getattr(row, name):
            yield _cell(name, getattr(saved, name), getattr(row, name))
    if saved.readings != book.readings_of(row):
        yield _cell("readings", [item.id for item in saved.readings], row.readings)
    if not row.in_force(saved.as_of):
        force = f"{in_full(row.first)} to {in_full(row.last)}" if row.last else f"from {in_full(row.first)}"
        yield CellChanged(cell="from, to", before=f"in force on {in_full(saved.as_of)}", now=force)
    facts = {used.name: used.value for used in saved.facts}
    for condition in row.when:
        if condition.fact not in facts:
            yield CellChanged(cell=f"when.{condition.fact}", before="", now=str(condition))
        elif not condition.allowed.admits(facts[condition.fact]):
            before = f"{value_in_words(facts[condition.fact])} was admitted"
            yield CellChanged(cell=f"when.{condition.fact}", before=before, now=str(condition))
    if now and now.rule == saved.rule and not facts_differ:
        yield from _window(saved, now, row)


def _window(saved: Answer, now: Answer, row: Rule) -> Iterator[CellChanged]:
    """The ends of the window that came out otherwise, although the facts are the same."""
    for end in _ENDS:
        before, after = getattr(saved.window, end), getattr(now.window, end)
        if before != after:
            said = f"{in_cell_words(after)} ({getattr(row, end)})" if getattr(row, end) else in_cell_words(after)
            yield CellChanged(cell=end, before=in_cell_words(before), now=said)


def _cell(key: str, before: object, now: object) -> CellChanged:
    return CellChanged(cell=key, before=in_cell_words(before), now=in_cell_words(now))


def in_cell_words(value: object) -> str:
    """What a cell or a field holds, as text for people.

    >>> in_cell_words(None), in_cell_words(date(2024, 5, 15)), in_cell_words(("a", "b"))
    ('', '15 May 2024', 'a; b')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return in_full(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Citation):
        return f"{value.source}, {value.place}{f' (edition {value.edition})' if value.edition else ''}"
    if isinstance(value, FactUsed):
        return f"{value.means}: {value_in_words(value.value)}"
    if isinstance(value, FrameworkReading):
        return value.id
    if isinstance(value, tuple | list):
        return "; ".join(in_cell_words(item) for item in cast("tuple[object, ...]", value))
    return str(value)
