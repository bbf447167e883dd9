"""The command that answers without a file: you give the record on the command line, and the output repeats it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from ilacs_rules.cli.ask import ask, due_from_all, next_and_inspection
from ilacs_rules.cli.options import WRONG, as_of_day, examples
from ilacs_rules.cli.showing import print_explanations, print_json
from ilacs_rules.cli.tables import folded
from ilacs_rules.cli.told import record_of, said_back

__all__ = ["ask_"]

_EVENTS: dict[str, tuple[str, str]] = {
    "inspected": (
        "DAY",
        (
            "The first day of an inspection, or of anything else that happened. If you know only the month, write "
            "YYYY-MM. You can repeat this. Each of the next 5 options is about the --inspected before it."
        ),
    ),
    "activity": (
        "WORD",
        "What it was. If you leave this out, a graded inspection is assumed, and the output tells you so.",
    ),
    "ended": ("DAY", "Its last day on site."),
    "published": ("DAY", "The day on which its report or letter came out."),
    "judged": ("GRADE", "Its overall grade; or AREA=GRADE, such as leaders=good. You can repeat this."),
    "outcome": ("WORD", "What it concluded, if it gives no grades."),
}
"""The options of events, each with what it takes and what it is."""
_ORDER = "ilacs_rules.order"


class _InOrder(click.Command):
    """A command that keeps the order in which its options of events were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        values, _, order = self.make_parser(ctx).parse_args(args=list(args))
        left = {name: list(values.get(name) or ()) for name in _EVENTS}
        ctx.meta[_ORDER] = [(each.name, left[each.name].pop(0)) for each in order if each.name in left]
        return super().parse_args(ctx, args)


def _of_events(command: Callable[..., None]) -> Callable[..., None]:
    for name, (takes, says) in reversed(_EVENTS.items()):
        command = click.option(f"--{name}", multiple=True, metavar=takes, help=says)(command)
    return command


@click.command(
    "ask",
    cls=_InOrder,
    short_help="What comes next, from a few words and without a file.",
    epilog=examples(
        "ilacs-rules ask --type independent_fostering_agency --inspected 2024-03-11 --judged requires_improvement \\",
        "      --as-of 2025-02-01",
        "ilacs-rules ask --type 'local authority' --as-of today \\",
        "      --inspected 2023-07-10 --activity 'standard inspection' --published 2023-09-04 --judged good \\",
        "      --inspected 2025-02-04 --activity 'focused visit'",
        exits=("0  there is an answer", "1  there is no answer", WRONG),
    ),
)
@click.option(
    "--type",
    "kind",
    metavar="TYPE",
    required=True,
    help="local_authority, or a kind of setting. `ilacs-rules words types` lists them.",
)
@click.option("--name", help="The name of the council or setting.")
@click.option("--registered", metavar="DAY", help="The day on which a setting was registered.")
@click.option("--closed", metavar="DAY", help="The first day on which a setting was no longer registered.")
@click.option("--created", metavar="DAY", help="The day on which a council came into being.")
@click.option("--abolished", metavar="DAY", help="The first day on which a council no longer existed.")
@_of_events
@click.option(
    "--covers",
    multiple=True,
    metavar="WORD",
    help="What you have listed in full: 'inspections' (the default), 'everything', or an activity. Anything else that "
    "is missing counts as not known. You can repeat this.",
)
@click.option("--all", "everything", is_flag=True, help="Show everything that is due, not only what comes next.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of answers as JSON, for programs.")
@click.option("--as-of", metavar="DAY", required=True, callback=as_of_day, help="The day you ask about, or 'today'.")
def ask_(*, as_of: date, everything: bool, as_json: bool, **given: Any) -> None:
    """Find out what must come next from what you type, without a file.

    The output first repeats the record that it used, so that you see what was assumed where you left something out.
    With --json this goes to standard error.

    `ilacs-rules words` lists the words that you can use. You can also use the names that are printed, such as 'focused
    visit'. Write days as YYYY-MM-DD.
    """
    context = click.get_current_context()
    subject, supposed = record_of(context.meta[_ORDER], given)
    asked = ask(due_from_all if everything else next_and_inspection, [subject], as_of)
    click.echo(folded("\n".join(said_back(subject, supposed, as_of))), err=as_json)
    if as_json:
        print_json(asked.as_json())
    else:
        click.echo()
        print_explanations(asked)
    if not asked.groups:
        context.exit(1)
