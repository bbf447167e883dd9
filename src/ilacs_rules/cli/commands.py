"""The commands: one verb for each thing a person wants."""

from datetime import date

import click

from ilacs_rules import __version__
from ilacs_rules.answering.answer import Answer
from ilacs_rules.cli.ask import Asked, Question, ask, by_status, due_from_all, next_and_inspection, soonest
from ilacs_rules.cli.asking import ask_
from ilacs_rules.cli.columns import columns_
from ilacs_rules.cli.differing import diff_, what_if, why_not_
from ilacs_rules.cli.exporting import export_
from ilacs_rules.cli.filtering import in_track
from ilacs_rules.cli.given import Request, about_subjects, read
from ilacs_rules.cli.many import table_
from ilacs_rules.cli.options import Refusing, as_day, examples, watched
from ilacs_rules.cli.practising import forecast_
from ilacs_rules.cli.printed import RuleInFull
from ilacs_rules.cli.register import in_lines, select
from ilacs_rules.cli.reporting import moved_, report_
from ilacs_rules.cli.showing import is_one, print_explanations, print_json, print_tables
from ilacs_rules.cli.tables import is_terminal, printable, rules_table, show
from ilacs_rules.cli.verifying import verify_
from ilacs_rules.cli.wording import words_
from ilacs_rules.cli.words import as_typed
from ilacs_rules.dates import in_full
from ilacs_rules.records import Subject
from ilacs_rules.reviewing.checks import check
from ilacs_rules.rulebook import load_draft, load_rulebook

__all__ = ["cli"]

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


@click.group(
    cls=Refusing,
    context_settings=_HELP,
    epilog=examples("ilacs-rules next authorities.csv --as-of 2026-11-21", "ilacs-rules next --help"),
)
@click.version_option(__version__, prog_name="ilacs-rules")
def cli() -> None:
    """What must come next for an English council's children's services or a regulated care setting, when, and
    how firmly.

    Every answer names its rule and its sources. The exit code is 0 where something was answered, 1 where nothing
    could be, 2 where the command line or a file is at fault, and 3 where something was answered, and some rows of
    the files could not be used.
    """


@cli.command(
    "next",
    short_help="The next required activity of each subject.",
    epilog=examples(
        "ilacs-rules next authorities.csv --as-of 2026-11-21", "ilacs-rules next agency.json --as-of 2024-01-10 --json"
    ),
)
@about_subjects
def next_(request: Request) -> None:
    """The next required activity of each subject in FILE, soonest to close first. For an authority, its next graded
    inspection stands below it where something else closes first.

    FILE is a workbook (XLSX, XLS, ODS) or CSV of inspections as published, a spreadsheet of your own with its profile
    (--format), or subjects as JSON; several files are read as one record. A subject that stands alone is explained in
    full. Into a file or a program goes CSV or, with --json, a list of answers in the same order, then an entry with the
    key "error" for each subject that could not be answered.
    """
    track = request.filters.track

    def question(subject: Subject, as_of: date) -> tuple[Answer, ...]:
        return in_track(track, subject, as_of)[:1] if track else next_and_inspection(subject, as_of)

    _answer(request, question, "Next required activity", one_in_full=True)


@cli.command(
    "all",
    short_help="Everything that is due.",
    epilog=examples(
        "ilacs-rules all authority.json --as-of 2026-11-21",
        "ilacs-rules all authority.json --as-of 2026-11-21 --explain",
    ),
)
@about_subjects
def all_(request: Request) -> None:
    """Everything that is due from or to each subject in FILE, earliest first.

    FILE is as for `next`. Subjects stand in order of name; an authority's own duties are marked as such. With --json: a
    list of answers in the same order, then an entry with the key "error" for each subject that could not be answered.
    """
    _answer(request, due_from_all, "Everything due")


@cli.command(
    "rules",
    short_help="What the rulebook says, a line for each rule.",
    epilog=examples(
        "ilacs-rules rules --track inspection --on 2019-06-01",
        "ilacs-rules rules --type independent_fostering_agency --json",
    ),
)
@click.option("--track", metavar="TRACK", help="Only the rules of one track, such as inspection or monitoring.")
@click.option("--type", "kind", metavar="TYPE", help="Only the rules for one kind of subject, such as local_authority.")
@click.option("--on", metavar="YYYY-MM-DD", callback=as_day, help="Only the rules in force on a day.")
@click.option("--wide", is_flag=True, help="A line for each rule with its id, however wide the terminal is.")
@click.option("--json", "as_json", is_flag=True, help="JSON for programs: a list of rules.")
def rules_(*, track: str | None, kind: str | None, on: date | None, wide: bool, as_json: bool) -> None:
    """What the rulebook says: a row for each rule; CSV where the output goes into a file or a program."""
    rulebook = load_rulebook()
    if track is not None:
        track = as_typed("track", track, "--track")
    if kind is not None:
        kind = as_typed("type", kind, "--type")
    found = select(rulebook, track=track, kind=kind, on=on)
    if as_json:
        print_json([rule.model_dump(mode="json") for rule in found])
        return
    show(rules_table(found), wide=wide)
    count = f"{len(found)} of {len(rulebook.rules)} rules (rulebook {rulebook.version})"
    click.echo(f"\n{count}" if is_terminal() else count, err=not is_terminal())


@cli.command(
    "rule",
    short_help="One rule in words, with its sources.",
    epilog=examples("ilacs-rules rule inadequate_fostering_agency_is_reinspected_within_6_to_12_months"),
)
@click.argument("rule_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="JSON for programs: the rule, and its readings in full.")
def rule_(*, rule_id: str, as_json: bool) -> None:
    """One rule in words: what it says, of whom, when, how firmly, and who says so.

    ID is the rule's id, as it stands in every answer and in `ilacs-rules rules`.
    """
    rulebook = load_rulebook()
    rule = rulebook.rule(rule_id)
    if as_json:
        print_json(RuleInFull.of(rulebook, rule).model_dump(mode="json"))
    else:
        click.echo("\n".join(in_lines(rulebook, rule)))


@cli.command(
    "check",
    short_help="What is wrong with a rulebook.",
    epilog=examples("ilacs-rules check", "ilacs-rules check --checked-since 2026-11-01 --json"),
)
@click.option(
    "--rulebook",
    "folder",
    type=click.Path(exists=True, file_okay=False),
    help="A folder of the same form as the shipped rulebook; the shipped one where none is given.",
)
@click.option(
    "--checked-since",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="Also the sources with which nobody has compared the rules since that day.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON for programs: a list of findings.")
def check_(*, folder: str | None, checked_since: date | None, as_json: bool) -> None:
    """What is wrong with a rulebook: a line for each finding.

    Found are gaps and overlaps, rules that can never answer, facts that nothing uses, windows that can close before
    they open, and rules that differ only in source. The exit code is 1 where there are findings.
    """
    draft = load_draft(folder)
    found = check(draft, checked_since=checked_since)
    if as_json:
        print_json([finding.model_dump(mode="json") for finding in found])
    else:
        click.echo("\n".join(printable(line) for line in str(found).splitlines()))
    if found:
        click.get_current_context().exit(1)


def _answer(request: Request, question: Question, title: str, *, one_in_full: bool = False) -> None:
    """Put a question to every subject that is asked about, print what came of it, and leave with its exit code."""
    given = read(request)
    asked = ask(question, watched(given.subjects), request.as_of).narrowed(request.filters.answered)
    sort = request.filters.sort or ("closes" if one_in_full else "")
    asked = (soonest(asked) if sort == "closes" else by_status(asked) if sort == "status" else asked).with_others(
        given.not_read
    )
    _show(asked, request, title, explain=request.explain or (one_in_full and is_one(asked)))
    given.leave(answered=bool(asked.groups))


def _show(asked: Asked, request: Request, title: str, *, explain: bool) -> None:
    """Print what came of a question."""
    if request.as_json:
        print_json(asked.as_json())
    elif explain:
        print_explanations(asked)
    else:
        print_tables(asked, f"{title}, asked on {in_full(request.as_of)}", wide=request.wide)


for _command in (
    table_,
    ask_,
    words_,
    columns_,
    report_,
    moved_,
    verify_,
    why_not_,
    what_if,
    diff_,
    export_,
    forecast_,
):
    cli.add_command(_command)
