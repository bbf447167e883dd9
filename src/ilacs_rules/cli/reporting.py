"""The commands that write reports, and that say what moved between two of them."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ilacs_rules.cli.given import Request, about_histories, filters_of, narrowing_options, read
from ilacs_rules.cli.narrowed import narrowed
from ilacs_rules.cli.options import ANSWERED, DONE, as_day, examples, watched
from ilacs_rules.cli.tables import moves_table, show
from ilacs_rules.errors import FileFormatError, RecordError
from ilacs_rules.files import not_read_too, read_bytes
from ilacs_rules.outlook.making import made
from ilacs_rules.outlook.runs import run_from_json
from ilacs_rules.outlook.saving import check_names, save
from ilacs_rules.outlook.summary import first_words
from ilacs_rules.outlook.words import count_of
from ilacs_rules.plain_text import for_terminal
from ilacs_rules.questioning.moved import Run
from ilacs_rules.reading import Published

__all__ = ["moved_", "report_"]


@click.command(
    "report",
    short_help="A report, a workbook, a calendar or a picture to look at.",
    epilog=examples(
        "ilacs-rules report authorities.csv --as-of 2026-11-21 --out outlook.html",
        "ilacs-rules report homes.csv --as-of 2026-11-21 --out outlook.xlsx --out outlook.ics",
        exits=ANSWERED,
    ),
)
@click.option(
    "--out",
    "outs",
    metavar="FILE",
    multiple=True,
    required=True,
    help="The file to write. Its ending decides what it is: .html (a report), .xlsx (a workbook), .ics (a calendar), "
    ".svg (a timeline), .md (a committee paper) or .json (for `moved`). You can repeat this.",
)
@click.option(
    "--until",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="How far to look ahead. Activities that open after this day are left out, and you see how many.",
)
@click.option(
    "--no-practice",
    is_flag=True,
    help="Leave out the forecasts: when the same happened to others. Otherwise they are shown beside the windows.",
)
@about_histories
def report_(request: Request, outs: tuple[str, ...], until: date | None, *, no_practice: bool) -> None:
    """Write what each council or setting in FILE can expect, as a report, workbook, calendar, picture or paper.

    Either all files are written in full, or none is. If the calendar exists already, it is updated: entries that did
    not change stay as they are, and entries that no longer apply are cancelled.
    """
    not_read_too(check_names(outs), request.files)
    given = read(request)
    chosen = Published.model_construct(subjects=given.subjects, problems=given.problems, sheets=())
    outlook = made(chosen, as_of=request.as_of, until=until, practice=not no_practice, through=watched)
    written = save(outlook, outs, told=_told)
    if request.as_json:
        click.echo(json.dumps([str(path) for path in written]))
    else:
        click.echo(
            "\n".join(
                [*map(for_terminal, first_words(outlook)), *(f"Written: {for_terminal(str(path))}" for path in written)]
            )
        )
    given.leave(answered=bool(outlook.subjects))


def _told(path: Path) -> None:
    """On a terminal, which file is being made."""
    if sys.stderr.isatty():
        click.echo(f"Making {path}", err=True)


@click.command(
    "moved",
    short_help="What changed between two runs, and why.",
    epilog=examples(
        "ilacs-rules report authorities.csv --as-of 2026-11-21 --out november.json",
        "ilacs-rules moved october.json november.json",
        exits=DONE,
    ),
)
@click.argument("old", type=click.Path(exists=True, dir_okay=False))
@click.argument("new", type=click.Path(exists=True, dir_okay=False))
@narrowing_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs, and nothing else on standard output.")
def moved_(*, old: str, new: str, as_json: bool, **given: Any) -> None:
    """Compare two runs: which answers changed from OLD to NEW, from which window to which, and why.

    Each file is what `ilacs-rules report --out FILE.json` wrote, or what `next --json` or `all --json` printed. If both
    are reports, you see whether a new event, the passing of time or another rulebook is the reason.
    """
    found = narrowed(_run(old), _run(new), filters_of(given))
    if as_json:
        click.echo(found.model_dump_json(indent=2))
        return
    if found.moves or not sys.stdout.isatty():
        show(moves_table(found.moves))
    words = f"{count_of(len(found.moves), 'answer')} moved; {found.stayed:,} stayed as they were"
    click.echo(words, err=not sys.stdout.isatty())


def _run(path: str) -> Run:
    try:
        return run_from_json(read_bytes(path))
    except RecordError as error:
        raise FileFormatError(f"cannot be read: {error}", field=path) from error
