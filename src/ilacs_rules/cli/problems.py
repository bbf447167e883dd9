"""What is said of the rows of files that could not be used: by kind, of those who are asked about."""

from collections.abc import Sequence

import click

from ilacs_rules.cli.concerns import Meant, meant, say_others
from ilacs_rules.cli.filtering import Filters
from ilacs_rules.cli.tables import printable
from ilacs_rules.reading import Published, RowProblem
from ilacs_rules.reading.problems import by_kind

__all__ = ["chosen_and_said", "say_problems"]

_KINDS = 12
"""So many kinds of problem in a file's rows are counted apart."""


def chosen_and_said(published: Published, filters: Filters, *, show_all: bool) -> Meant:
    """Whom the filters mean; the problems that concern them are shown, and those of everybody else counted."""
    found = meant(published, filters)
    say_problems(found.problems, show_all=show_all)
    say_others(found.others, filters)
    return found


def say_problems(problems: Sequence[RowProblem], *, show_all: bool) -> None:
    """Count the problems of each file by kind, with the first of each, and show all where that is asked for."""
    for file in dict.fromkeys(item.file for item in problems):
        own = [item for item in problems if item.file == file]
        kinds = by_kind(own)
        click.echo(f"{printable(file)}: {_counted(len(own), 'problem')} in its rows", err=True)
        for kind in kinds[:_KINDS]:
            said = " ".join(f"{kind.field} {kind.problem}: {kind.action}".split())
            click.echo(f"  {kind.how_many:>6,}  {printable(said)}", err=True)
            if not show_all:
                first = str(kind.first).removeprefix(f"{file}, ")
                click.echo(f"          {'such as' if kind.how_many > 1 else 'namely'}: {printable(first)}", err=True)
        if len(kinds) > _KINDS:
            click.echo(f"  {sum(kind.how_many for kind in kinds[_KINDS:]):>6,}  of other kinds", err=True)
        for item in own if show_all else ():
            click.echo(f"  {printable(str(item).removeprefix(f'{file}, '))}", err=True)
    if problems and not show_all:
        click.echo("--problems shows every one", err=True)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
