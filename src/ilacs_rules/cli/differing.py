"""The commands that ask why not, what if, and what a change changes."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import click

from ilacs_rules.answering.engine import next_activity
from ilacs_rules.answering.unanswered import NotAnswered
from ilacs_rules.cli.given import Request, about_histories, filters_of, read, read_subjects, reading_options
from ilacs_rules.cli.options import ANSWERED, WRONG, Refusal, as_day, as_of_day, examples, watched
from ilacs_rules.cli.tables import folded, not_answered_lines
from ilacs_rules.cli.words import as_typed_or_not
from ilacs_rules.errors import IlacsRulesError, UnknownWordError
from ilacs_rules.plain_text import lines_for_terminal
from ilacs_rules.questioning.changes import what_would_change
from ilacs_rules.records import Subject
from ilacs_rules.reviewing.differences import diff
from ilacs_rules.rulebook import load_rulebook

__all__ = ["diff_", "what_if", "why_not_"]


class _Found(Protocol):
    """What a question finds: text for people, JSON for programs."""

    def model_dump(self, *, mode: str) -> dict[str, Any]: ...


@click.command(
    "why-not",
    short_help="Why a rule did not answer, or an activity does not come next.",
    epilog=examples(
        "ilacs-rules why-not agency.json full_inspection --as-of 2024-03-01",
        "ilacs-rules why-not agency.json inadequate_fostering_agency_is_reinspected_within_6_to_12_months "
        "--as-of 2024-03-01",
        exits=ANSWERED,
    ),
)
@about_histories
@click.argument("rule", metavar="RULE")
def why_not_(request: Request, *, rule: str) -> None:
    """Explain why a rule did not answer for each council or setting in FILE.

    You see each condition of the rule, what was found, and by how much it failed. RULE is the id of a rule. If you give
    an activity instead, you see every rule that would require it, the nearest first.
    """

    def question(subject: Subject) -> _Found:
        return next_activity(subject, as_of=request.as_of).why_not(as_typed_or_not("activity", rule))

    _ask(request, question)


@click.command(
    "what-if",
    short_help="What would change the answer: future days, and single changes.",
    epilog=examples(
        "ilacs-rules what-if agency.json --as-of 2024-03-01",
        "ilacs-rules what-if authorities.csv --as-of 2026-11-21 --until 2027-12-31 --json",
        exits=ANSWERED,
    ),
)
@about_histories
@click.option(
    "--until",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="The last day to look at. If you leave this out, it is five years later.",
)
def what_if(request: Request, *, until: date | None) -> None:
    """Show which changes would alter what comes next for each council or setting in FILE, each with its answer.

    First come the future days on which the answer changes even if nothing else happens. Then come single changes to the
    history: another grade, another outcome, a report that comes out, one activity more or one fewer.
    """

    def question(subject: Subject) -> _Found:
        return what_would_change(subject, as_of=request.as_of, until=until)

    _ask(request, question)


@click.command(
    "diff",
    short_help="What changed on a day, or what a reform would change.",
    epilog=examples(
        "ilacs-rules diff --on 2026-04-01",
        "ilacs-rules diff --reform return_within_24_months.toml --subjects authorities.csv --as-of 2027-06-01",
        exits=(
            "0  the comparison was made",
            WRONG,
            "3  the comparison was made, but some rows could not be used",
        ),
    ),
)
@click.option("--on", metavar="YYYY-MM-DD", callback=as_day, help="Compare this day with the day before it.")
@click.option("--reform", type=click.Path(exists=True, dir_okay=False), help="A reform, as TOML. See docs/reforms.md.")
@click.option(
    "--subjects",
    "files",
    type=click.Path(),
    multiple=True,
    help="A file of real histories: see which of their answers change. You can repeat this.",
)
@reading_options
@click.option("--as-of", metavar="YYYY-MM-DD", callback=as_of_day, help="The day you ask about for the histories.")
@click.option(
    "--about",
    multiple=True,
    metavar="NAME",
    help="Only differences in this field of the answer, such as activity or closes. You can repeat this.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs, and nothing else on standard output.")
def diff_(
    *,
    on: date | None,
    reform: str | None,
    as_of: date | None,
    about: tuple[str, ...],
    as_json: bool,
    **reading: Any,
) -> None:
    """Show what changed on a day, or what a reform would change.

    You see each pair of rules that answer differently, and in which situations, as Markdown. Give --on, --reform or
    both.
    """
    if on is None and reform is None:
        raise Refusal("nothing to compare; expected --on, or --reform, or both")
    filters = filters_of(reading)
    if (filters.track or filters.before) and as_of is None:
        raise Refusal("--track and --before choose by what is due on a day; expected --as-of")
    book = load_rulebook()
    given = read_subjects(**reading, filters=filters, as_of=as_of)
    other = book.amend(Path(reform)) if reform else book
    found = diff(book, other, on=on, subjects=given.subjects, days=[as_of] if as_of else [])
    found = found.about(*about) if about else found
    told = json.dumps(found.model_dump(mode="json"), indent=2) if as_json else lines_for_terminal(str(found))
    click.echo(told, nl=as_json)
    given.leave(answered=True)


def _ask(request: Request, question: Callable[[Subject], _Found]) -> None:
    """Put a question to each subject, so that none is lost; a word that is not known is refused as a whole."""
    found: list[_Found] = []
    without: list[NotAnswered] = []
    given = read(request)
    without += given.not_read
    for subject in watched(given.subjects):
        try:
            found.append(question(subject))
        except UnknownWordError:
            raise
        except IlacsRulesError as error:
            without.append(NotAnswered.of(subject, request.as_of, error))
    if request.as_json:
        entries = [item.model_dump(mode="json") for item in (*found, *without)]
        click.echo(json.dumps(entries, indent=2))
    else:
        click.echo("\n\n".join(_printable(item) for item in found), nl=bool(found))
        if without:
            click.echo(not_answered_lines(without))
    given.leave(answered=bool(found))


def _printable(found: object) -> str:
    return folded(str(found))
