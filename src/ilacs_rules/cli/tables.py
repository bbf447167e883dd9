"""What the command line prints of answers: tables that fit a terminal, and CSV in a pipe."""

import csv
import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TextIO

import click
from rich.console import Console

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.outlook.frames import COLUMNS, plain_rows
from ilacs_rules.outlook.layout import Paint, laid_out, wrapped
from ilacs_rules.outlook.terminal import TITLES, cells_of, columns_there
from ilacs_rules.outlook.words import kind_in_words, short
from ilacs_rules.plain_text import for_spreadsheet, for_terminal
from ilacs_rules.questioning.moved import Move
from ilacs_rules.rulebook import Rule
from ilacs_rules.vocabulary import Status

__all__ = [
    "Table",
    "answers_table",
    "console",
    "folded",
    "is_terminal",
    "moves_table",
    "not_answered_lines",
    "printable",
    "rules_table",
    "show",
]

_COLOURS = {
    Status.OVERDUE: "red",
    Status.OPEN: "green",
    Status.UNDER_WAY: "cyan",
    Status.AWAITING_REPORT: "cyan",
    Status.NOT_RECORDED: "yellow",
    Status.WINDOW_PASSED: "yellow",
    Status.SUSPENDED: "yellow",
}
printable = for_terminal


class Table(NamedTuple):
    """Rows as a terminal shows them, and as a program reads them from a pipe.

    Attributes:
        titles, rows: the table of a terminal, all text.
        wide: the same with everything that is known, a line for each row.
        names, plain: the columns of the CSV, and its rows.
        colours: of each row, the colour of one of its cells: which, and what.
    """

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    wide: tuple[Sequence[str], Sequence[Sequence[str]]]
    names: Sequence[str]
    plain: Sequence[Mapping[str, str]]
    colours: Sequence[tuple[int, str | None]] = ()


def console(stream: TextIO | None = None) -> Console:
    """A console for the bar that shows how far the work has come.

    >>> console().is_terminal or console().width > 1000
    True
    """
    file = stream or sys.stdout
    terminal = file.isatty()
    width = None if terminal else 100_000
    return Console(
        file=file, force_terminal=terminal, width=width, markup=False, emoji=False, highlight=False, force_jupyter=False
    )


def is_terminal() -> bool:
    """Whether somebody looks at standard output, rather than a program."""
    return sys.stdout.isatty()


def show(table: Table, *, wide: bool = False) -> None:
    """Print a table: on a terminal as wide as it is, or a line for each row (``wide``); elsewhere as CSV."""
    if not is_terminal():
        click.echo(_csv(table), nl=False)
        return
    titles, rows = table.wide if wide else (table.titles, table.rows)
    paint = _painted(table.colours) if table.colours and not wide and "NO_COLOR" not in os.environ else None
    click.echo("\n".join(laid_out(titles, rows, None if wide else columns_there(), paint)), color=True)


def folded(text: str) -> str:
    """Text of several lines, each folded between words where it is longer than the terminal is wide.

    >>> print(folded("Next: a visit"))
    Next: a visit
    """
    lines: list[str] = []
    for line in text.split("\n"):
        plain = for_terminal(line)
        indent = plain[: len(plain) - len(plain.lstrip())]
        lines += wrapped(plain.strip(), columns_there(), indent, indent and f"{indent}  ") or [""]
    return "\n".join(lines)


def answers_table(groups: Iterable[Sequence[Answer]], without: Sequence[NotAnswered] = ()) -> Table:
    """The answers, a row for each; of several of one subject, only the first names it.

    ``without``: the subjects that could not be answered, which have a row of their own in the CSV.
    """
    rows: list[list[str]] = []
    colours: list[tuple[int, str | None]] = []
    answers: list[Answer] = []
    for group in groups:
        for number, answer in enumerate(group):
            cells = cells_of(answer)
            rows.append(["" if number else cells[0], *cells[1:]])
            colours.append((3, _COLOURS.get(answer.status)))
            answers.append(answer)
    plain = [{**row, "error": ""} for row in plain_rows(answers)]
    plain += [
        dict.fromkeys(COLUMNS, "")
        | {
            "subject": item.subject,
            "urn": item.urn,
            "subject_type": item.subject_type,
            "as_of": str(item.as_of),
            "error": item.error.message,
        }
        for item in without
    ]
    wide = [[for_terminal(value) for value in row.values()] for row in plain_rows(answers)]
    return Table(TITLES, rows, (list(COLUMNS), wide), (*COLUMNS, "error"), plain, colours)


def not_answered_lines(items: Iterable[NotAnswered]) -> str:
    """The subjects that could not be answered, each with its kind and the reason, folded."""
    lines = (f"{item.subject} ({kind_in_words(item.subject_type)}): {item.error.message}" for item in items)
    return folded("\n".join(["Could not be answered:", *(f"  {for_terminal(line)}" for line in lines)]))


def rules_table(rules: Iterable[Rule]) -> Table:
    """The register: a row for each rule."""
    rules = list(rules)
    rows = [[rule.says, _in_force(rule), f"{rule.strength.value}, {rule.certainty.value}"] for rule in rules]
    plain = [
        {
            "rule": rule.id,
            "says": rule.says,
            "first": str(rule.first or ""),
            "last": str(rule.last or ""),
            "track": rule.track,
            "strength": rule.strength.value,
            "certainty": rule.certainty.value,
        }
        for rule in rules
    ]
    wide = [[rule.id, *row] for rule, row in zip(rules, rows, strict=True)]
    titles = ("Says", "In force", "How firmly")
    names = ("rule", "says", "first", "last", "track", "strength", "certainty")
    return Table(titles, rows, (("Rule", *titles), wide), names, plain)


def moves_table(moves: Iterable[Move]) -> Table:
    """What moved: a row for each answer that has changed."""
    rows: list[list[str]] = []
    plain: list[dict[str, str]] = []
    for move in moves:
        why = "; ".join(map(str, move.causes))
        cells = [_answer_in_words(answer) for answer in (move.before, move.after)]
        rows.append([for_terminal(move.subject), *cells, for_terminal(why)])
        both = {f"before_{name}": value for name, value in _edges(move.before).items()}
        both |= {f"after_{name}": value for name, value in _edges(move.after).items()}
        kind = {"subject": move.subject, "urn": move.urn, "subject_type": move.subject_type, "track": move.track}
        plain.append({**kind, **both, "why": why})
    titles = ("Subject", "Before", "Now", "Why")
    edges = [f"{name}_{edge}" for name in ("before", "after") for edge in _EDGES]
    return Table(titles, rows, (titles, rows), ("subject", "urn", "subject_type", "track", *edges, "why"), plain)


def _answer_in_words(answer: Answer | None) -> str:
    return "nothing required" if answer is None else ", ".join(cells_of(answer)[1:4])


_EDGES = ("activity", "opens", "due", "closes", "status", "strength", "certainty", "rule")


def _edges(answer: Answer | None) -> dict[str, str]:
    row = plain_rows([answer])[0] if answer else {}
    return {name: row.get(name, "") for name in _EDGES}


def _in_force(rule: Rule) -> str:
    return f"{short(rule.first)} to {short(rule.last)}" if rule.last else f"since {short(rule.first)}"


def _painted(colours: Sequence[tuple[int, str | None]]) -> Paint:
    def paint(row: int, column: int, text: str) -> str:
        place, colour = colours[row]
        return (
            click.style(text, fg=colour, bold=True if colour == "red" else None) if column == place and colour else text
        )

    return paint


def _csv(table: Table) -> str:
    """Rows as CSV in which no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, table.names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: for_spreadsheet(for_terminal(value)) for name, value in row.items()} for row in table.plain)
    return out.getvalue()
