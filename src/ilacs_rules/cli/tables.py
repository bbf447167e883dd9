"""Tables for people: coloured and fitted on a terminal, plain and uncut in a pipe."""

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TextIO

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import how_it_stands
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.dates import in_full
from ilacs_rules.rulebook import Rule
from ilacs_rules.vocabulary import OwedBy, Status, in_words

__all__ = ["answers_table", "console", "not_answered_table", "printable", "rules_table", "show", "standing"]

_WIDE = 100_000
"""Columns of a pipe: nothing is folded there, whatever the length of an id or a reason."""
_NARROW = 150
"""Below this many columns the answers are set in fewer, taller ones."""
_LEAST = {"Subject": 10, "Activity, and its rule": 22, "Window": 17, "Status": 12, "How firmly": 9}
_WHOLE = frozenset({"Opens", "Due", "Closes", "Window", "How firmly", "Strength", "Certainty"})

_STYLES = {
    Status.OVERDUE: "bold red",
    Status.OPEN: "green",
    Status.UNDER_WAY: "cyan",
    Status.AWAITING_REPORT: "cyan",
    Status.NOT_RECORDED: "yellow",
    Status.SUSPENDED: "yellow",
}

_Cell = Callable[[Answer], str | Text]


def console(stream: TextIO | None = None) -> Console:
    """A console that prints text as it stands: no colours and no folding unless it is a terminal.

    >>> console().is_terminal or console().width > 1000
    True
    >>> console().print("[bold]:smile:")
    [bold]:smile:
    """
    file = stream or sys.stdout
    terminal = file.isatty()
    width = None if terminal else _WIDE
    return Console(
        file=file, force_terminal=terminal, width=width, markup=False, emoji=False, highlight=False, force_jupyter=False
    )


def show(table: Table) -> None:
    """Print a table on standard output; in a pipe without the blanks that only fill its lines."""
    out = console()
    if out.is_terminal:
        out.print(table)
        return
    with out.capture() as captured:
        out.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def printable(text: str) -> str:
    """Text from a file, with what could steer a terminal taken out.

    >>> printable("St Helens")
    'St Helens'
    >>> printable(f"St{chr(27)}[31m Helens")
    'St [31m Helens'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)


def standing(answer: Answer) -> str:
    """How the day stands against the window, in a few words.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> standing(ir.next_activity(agency, as_of=date(2024, 8, 30)))
    'not open, it opens in 1 day'
    >>> standing(ir.next_activity(agency, as_of=date(2026, 3, 31)))
    'OVERDUE since 31 January 2025 (1 year 2 months)'
    """
    words = how_it_stands(answer).removeprefix(f"{answer.window}; ")
    if answer.status is Status.OVERDUE:
        return words.replace("overdue", "OVERDUE", 1)
    if answer.status is Status.NOT_OPEN:
        return f"not open, {words}"
    return "window passed, not recorded" if answer.status is Status.NOT_RECORDED else words


def answers_table(groups: Iterable[Sequence[Answer]]) -> Table:
    """The answers, a line each, and a line drawn after each subject that has several."""
    columns = _NARROW_COLUMNS if console().width < _NARROW else _COLUMNS
    table = _table(columns)
    for group in groups:
        for answer in group:
            table.add_row(*(cell(answer) for cell in columns.values()))
        if len(group) > 1:
            table.add_section()
    return table


def not_answered_table(items: Iterable[NotAnswered]) -> Table:
    """The subjects that could not be answered, with the reason."""
    table = _table(("Could not be answered", "Type", "Reason"))
    for item in items:
        table.add_row(printable(item.subject), item.subject_type.replace("_", " "), printable(item.error.message))
    return table


def rules_table(rules: Iterable[Rule]) -> Table:
    """The register: a line for each rule."""
    table = _table(("Rule", "Says", "In force", "Strength", "Certainty"))
    for rule in rules:
        force = f"{_short(rule.first)} to {_short(rule.last)}" if rule.last else f"since {_short(rule.first)}"
        table.add_row(rule.id, rule.says, force, rule.strength.value, rule.certainty.value)
    return table


def _table(titles: Iterable[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for title in titles:
        # Words may be folded onto the next line; days and the two words of firmness stay whole.
        table.add_column(title, overflow="fold", no_wrap=title in _WHOLE, min_width=_LEAST.get(title))
    return table


def _short(day: date | None) -> str:
    """A day as a table shows it, ``15 May 2024``; a dash where it is not stated."""
    if day is None:
        return "-"
    number, month, year = in_full(day).split()
    return f"{number} {month[:3]} {year}"


def _activity(answer: Answer) -> str:
    owed = " (owed by the authority)" if answer.owed_by is OwedBy.AUTHORITY else ""
    return f"{in_words(answer.activity)}{owed}"


def _status(answer: Answer) -> Text:
    return Text(standing(answer), style=_STYLES.get(answer.status, ""))


def _window(answer: Answer) -> str:
    days = (("opens", answer.window.opens), ("due", answer.window.due), ("closes", answer.window.closes))
    return "\n".join(f"{name} {_short(day)}" for name, day in days if day) or "-"


_COLUMNS: dict[str, _Cell] = {
    "Subject": lambda answer: printable(answer.subject),
    "Activity": _activity,
    "Opens": lambda answer: _short(answer.window.opens),
    "Due": lambda answer: _short(answer.window.due),
    "Closes": lambda answer: _short(answer.window.closes),
    "Status": _status,
    "Strength": lambda answer: answer.strength.value,
    "Certainty": lambda answer: answer.certainty.value,
    "Rule": lambda answer: answer.rule,
}
_NARROW_COLUMNS: dict[str, _Cell] = {
    "Subject": _COLUMNS["Subject"],
    "Activity, and its rule": lambda answer: Text.assemble(_activity(answer), "\n", (answer.rule, "dim")),
    "Window": _window,
    "Status": _status,
    "How firmly": lambda answer: f"{answer.strength.value},\n{answer.certainty.value}",
}
