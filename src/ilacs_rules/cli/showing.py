"""What came of a question, as people and programs see it."""

import json
from typing import Any

import click

from ilacs_rules.cli.ask import Asked
from ilacs_rules.cli.tables import answers_table, folded, is_terminal, not_answered_lines, printable, show
from ilacs_rules.outlook.spoken import spoken

__all__ = ["is_one", "print_explanations", "print_json", "print_tables"]


def print_explanations(asked: Asked) -> None:
    """Each answer as a person would say it, and then in full."""
    texts = [folded("\n".join([*map(printable, spoken(answer)), "", answer.explain()])) for answer in asked.answers]
    click.echo("\n\n".join(texts), nl=bool(texts))
    if asked.not_answered:
        click.echo(("\n" if texts else "") + not_answered_lines(asked.not_answered))
    if not is_one(asked):
        click.echo(f"\n{asked.summary}")


def print_tables(asked: Asked, title: str, *, wide: bool) -> None:
    """A table with a title and the count on a terminal; elsewhere CSV alone, and the count on standard error."""
    table, terminal = answers_table(asked.groups, asked.not_answered), is_terminal()
    if asked.groups and terminal:
        click.echo(f"{title}\n")
    if asked.groups or not terminal:
        show(table, wide=wide)
    if asked.not_answered and terminal:
        click.echo(("\n" if asked.groups else "") + not_answered_lines(asked.not_answered))
    if not is_one(asked):
        click.echo(f"\n{asked.summary}" if terminal else asked.summary, err=not terminal)


def is_one(asked: Asked) -> bool:
    """Whether one subject was asked about, and answered."""
    return len(asked.groups) == 1 and not asked.not_answered


def print_json(value: list[dict[str, Any]] | dict[str, Any]) -> None:
    """Print what a program reads."""
    click.echo(json.dumps(value, indent=2))
