"""The command that shows what the columns of a spreadsheet seem to be, and writes a profile to be corrected."""

import json
from pathlib import Path

import click

from ilacs_rules.cli.options import DONE, Refusal, examples
from ilacs_rules.cli.tables import printable
from ilacs_rules.files import write_whole
from ilacs_rules.reading.suggesting.found import columns

__all__ = ["columns_"]


@click.command(
    "columns",
    short_help="What the columns of a spreadsheet seem to be; writes a profile for it.",
    epilog=examples(
        "ilacs-rules columns visits.xlsx",
        "ilacs-rules columns visits.xlsx --write visits.toml",
        "ilacs-rules next visits.xlsx --format visits.toml --as-of 2026-11-21",
        exits=DONE,
    ),
)
@click.argument("file", type=click.Path())
@click.option(
    "--sheet",
    metavar="NAME",
    help="The sheet to write a profile for. If you leave this out, it is the one with the most known columns.",
)
@click.option(
    "--write", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the profile (TOML) to this file."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs, and nothing else on standard output.")
def columns_(*, file: str, sheet: str | None, out: Path | None, as_json: bool) -> None:
    """Show what each column of your own spreadsheet seems to be, and why. FILE is CSV, XLSX, XLS or ODS.

    You see the sheets, and the row that holds the header of each. If days are written as text, you see every order of
    day and month that fits all of them.

    With --write you get a profile: a small file that says how to read your spreadsheet. Decide in it what the command
    could not tell, then give it to any command with --format.
    """
    found = columns(file)
    if as_json:
        click.echo(json.dumps(found.model_dump(mode="json"), indent=2))
    else:
        click.echo("\n".join(printable(line) for line in str(found).splitlines()))
    if out is not None:
        if out.exists():
            raise Refusal(f"{out}: already exists and is kept, because you may have corrected it. Give another name")
        write_whole(out, found.to_toml(sheet))
        click.echo(f"{out}: the profile is written. Lines that begin with # are for you to decide", err=True)
