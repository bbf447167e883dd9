"""The command that shows what the columns of a spreadsheet seem to be, and writes a profile to be corrected."""

import json
from pathlib import Path

import click

from ilacs_rules.cli.options import Refusal, examples
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
    ),
)
@click.argument("file", type=click.Path())
@click.option("--sheet", metavar="NAME", help="The sheet that the profile is for; the one with the most known columns.")
@click.option("--write", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the profile (TOML) here.")
@click.option("--json", "as_json", is_flag=True, help="JSON for programs, and nothing else on standard output.")
def columns_(*, file: str, sheet: str | None, out: Path | None, as_json: bool) -> None:
    """What each column of FILE seems to be, and why: a spreadsheet of your own, as CSV, XLSX, XLS or ODS.

    Shown are the sheets, where the header of each stands, and of days as text every order that all of them would fit.
    With --write: a profile, in which you decide what cannot be told, and which you then give to any command with
    --format.
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
