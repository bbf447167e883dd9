"""The command that says what practice lets people expect."""

import json

import click

from ilacs_rules.cli.given import Request, about_histories, read
from ilacs_rules.cli.options import WRONG, examples, watched
from ilacs_rules.cli.printed import ForecastInFull
from ilacs_rules.cli.tables import Table, folded, is_terminal, not_answered_lines, printable, show
from ilacs_rules.cli.words import as_typed
from ilacs_rules.practice import HONESTY, Forecast, forecast

__all__ = ["forecast_"]


@click.command(
    "forecast",
    short_help="When the next inspection may come, judging by what happened to others.",
    epilog=examples(
        "ilacs-rules forecast authorities.csv --as-of 2026-06-07",
        "ilacs-rules forecast home.json --as-of 2025-03-02 --activity monitoring_visit --json",
        exits=(
            "0  at least one forecast",
            "1  no forecast",
            WRONG,
            "3  at least one forecast, but some rows could not be used",
        ),
    ),
)
@about_histories
@click.option(
    "--activity",
    metavar="WORD",
    help="Forecast this instead of the next full or graded inspection: focused_visit (for a council) or "
    "monitoring_visit (for a home judged inadequate).",
)
def forecast_(request: Request, *, activity: str | None) -> None:
    """Forecast when the next inspection of each council or setting in FILE may come, from published histories.

    This is practice, not policy. It shows when others like it were inspected, and never changes what the rules say. If
    too little is known, it says so and gives no date.
    """
    given = read(request)
    word = activity and as_typed("activity", activity, "--activity")
    found = [forecast(subject, as_of=request.as_of, activity=word) for subject in watched(given.subjects)]
    if request.as_json:
        not_read = [item.model_dump(mode="json") for item in given.not_read]
        click.echo(
            json.dumps([*(ForecastInFull.of(item).model_dump(mode="json") for item in found), *not_read], indent=2)
        )
    elif len(found) == 1:
        click.echo(folded(printable(str(found[0]))))
    else:
        show(_table(found))
        click.echo(folded(" ".join(("Practice, not policy.", *_unseen(found), *HONESTY))), err=not is_terminal())
        if given.not_read:
            click.echo(not_answered_lines(given.not_read), err=not is_terminal())
    given.leave(answered=any(not item.reason for item in found))


def _unseen(found: list[Forecast]) -> list[str]:
    """How many forecasts rest on a record that ends before the day asked, in a sentence where there are any."""
    count = sum(bool(_doubt(item)) for item in found)
    shown = f"For {count:,} of these forecasts the record would not show whether it has come by now"
    return [f"{shown}; if it has, the forecast does not hold."] if count else []


_ALWAYS = 7
"""The columns of the table that are there for every file."""


def _doubt(item: Forecast) -> str:
    """What a record that ends before the day asked would not show, in a few words."""
    unseen = item.evidence.unseen if item.evidence and not item.reason else ""
    return unseen.removeprefix("The record would not show ").partition(";")[0]


def _table(found: list[Forecast]) -> Table:
    titles: tuple[str, ...] = (
        "Subject",
        "What",
        "Half of the chances",
        "Eight in ten",
        "13 weeks",
        "26 weeks",
        "Why there is none",
    )
    titles += ("The record would not show",) if any(map(_doubt, found)) else ()
    rows: list[list[str]] = []
    for item in found:
        half, most = item.interval(0.5), item.interval(0.8)
        odds = [item.odds(weeks=weeks) for weeks in (13, 26)]
        rows.append(
            [
                printable(item.subject),
                item.what,
                *(str(run) if run else "" for run in (half, most)),
                *("" if chance is None else f"{chance:.0%}" for chance in odds),
                item.reason,
                *([_doubt(item)] if len(titles) > _ALWAYS else []),
            ]
        )
    return Table(titles, rows, (titles, rows), titles, [dict(zip(titles, row, strict=True)) for row in rows])
