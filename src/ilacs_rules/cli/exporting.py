"""The command that writes decision tables for other tools."""

from pathlib import Path

import click

from ilacs_rules.cli.options import DONE, examples
from ilacs_rules.cli.words import as_typed_or_not
from ilacs_rules.rulebook import load_rulebook
from ilacs_rules.writing.decisions import FORMS, write_decision_tables

__all__ = ["export_"]


@click.command(
    "export",
    short_help="The rules as decision tables for other tools: DMN, CSV or Markdown.",
    epilog=examples(
        "ilacs-rules export dmn --out tables",
        "ilacs-rules export csv --track inspection --out tables",
        exits=DONE,
    ),
)
@click.argument("form", type=click.Choice(sorted(FORMS)), metavar="FORM")
@click.option("--track", metavar="TRACK", help="Write only the table of one track, such as inspection or monitoring.")
@click.option(
    "--rulebook",
    "folder",
    type=click.Path(exists=True, file_okay=False),
    help="A folder with a rulebook of your own. Without it, the rulebook that comes with the library is exported.",
)
@click.option("--out", required=True, type=click.Path(file_okay=False), help="The folder to write to.")
def export_(*, form: str, track: str | None, folder: str | None, out: str) -> None:
    """Write the rules as decision tables: one table for each track, one row for each rule, with its sources.

    FORM is dmn (DMN 1.3, hit policy UNIQUE), csv or markdown. The library can read each of them back without loss. See
    docs/decision-tables.md.
    """
    book = load_rulebook(folder)
    written = write_decision_tables(book, out, form, track=track and as_typed_or_not("track", track))
    click.echo(f"{len(written)} decision table{'' if len(written) == 1 else 's'} written to {Path(out)}")
