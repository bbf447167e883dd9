"""The command that answers every subject of a file of any size."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from ilacs_rules.cli.given import SOME_LOST, covers_of, filters_of, reading_options
from ilacs_rules.cli.options import ANSWERED, Refusal, as_days, examples
from ilacs_rules.cli.tables import printable

__all__ = ["table_"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "table",
    short_help="The next required activity of every subject in a large file.",
    epilog=examples(
        "ilacs-rules table events.parquet --as-of 2026-11-21 --out answers.parquet",
        "ilacs-rules table events.csv --subjects subjects.csv --as-of 2026-11-21 --out out.csv --refused refused.csv",
        exits=ANSWERED,
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--subjects", type=_FILE, help="The table of subjects, if FILE does not hold its columns.")
@click.option(
    "--covers-table",
    "covered",
    type=_FILE,
    help="The table of what each record is complete for, if that differs between subjects.",
)
@reading_options
@click.option(
    "--as-of",
    "days",
    metavar="YYYY-MM-DD",
    multiple=True,
    required=True,
    callback=as_days,
    help="The day you ask about, or 'today'. You must give one. You can repeat this.",
)
@click.option("--out", type=_OUT, required=True, help="The file for the answers.")
@click.option(
    "--refused", type=_OUT, help="The file for rows that could not be used or answered, each with the reason."
)
@click.option("--all", "everything", is_flag=True, help="Show everything that is due, not only the next activity.")
def table_(  # noqa: PLR0913 - one for each option
    *,
    files: tuple[Path, ...],
    subjects: Path | None,
    covered: Path | None,
    covers: tuple[str, ...],
    form: str | None,
    problems: bool,
    days: list[date],
    out: Path,
    refused: Path | None,
    everything: bool,
    **narrowing: Any,
) -> None:
    """Write the next required activity of every council or setting in a large file, one row for each.

    FILE can be any file that `ilacs-rules next` reads, such as one that Ofsted publishes. If you give several, they are
    read as one record.

    FILE can also be one table of events of any size: CSV, Parquet or Arrow, as the ending of its name says. Each event
    is a row. The columns are subject, activity, started, ended, published, the judgements and outcome. Add type,
    created and registered, unless --subjects gives them. Write days as YYYY-MM-DD.

    The answers are the same as those of `ilacs-rules next`.
    """
    from ilacs_rules.cli.asked_of_tables import AskedOf  # noqa: PLC0415 - tables are an extra of their own
    from ilacs_rules.cli.files import Given, answer_files  # noqa: PLC0415 - see above
    from ilacs_rules.cli.read_tables import answer_read, is_a_table_of_events  # noqa: PLC0415 - see above

    first, *others = files
    covered, words = _covered(covered, covers)
    asked = AskedOf(tuple(days), filters_of(narrowing), covers_of(words), everything=everything)

    def say(text: str) -> None:
        click.echo(printable(text), err=True)

    if subjects or covered or (not form and not others and is_a_table_of_events(first)):
        if form or others:
            raise Refusal("a table of events stands alone; expected one FILE without --format beside --subjects")
        found = answer_files(
            Given(first, subjects, covered), asked.put, out, refused,
            each_has_an_answer=asked.each_has_an_answer, say=say, asked=asked,
        )  # fmt: skip
    else:
        found = answer_read(files, asked, out, refused, form=form, show_all=problems)
    say(f"{out}: {found.answers:,} answers; refused: {found.refused:,}{f' ({refused})' if refused else ''}")
    if not found.answers or found.lost:
        click.get_current_context().exit(SOME_LOST if found.answers else 1)


def _covered(table: Path | None, covers: Sequence[str]) -> tuple[Path | None, tuple[str, ...]]:
    """The table of what records cover, and the words for it: ``--covers`` takes the name of a table too."""
    if table is None and len(covers) == 1 and Path(covers[0]).suffix and Path(covers[0]).is_file():
        return Path(covers[0]), ()
    return table, tuple(covers)
