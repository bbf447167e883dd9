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
from ilacs_rules.cli.options import ANSWERED, DONE, WRONG, Refusing, as_day, examples, watched
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
    epilog=examples("ilacs-rules next authorities.csv --as-of 2026-11-21", "ilacs-rules next --help", exits=ANSWERED),
)
@click.version_option(__version__, prog_name="ilacs-rules")
def cli() -> None:
    """Find out which inspection must come next for an English council's children's services or a regulated setting.

    Each answer says between which dates, how firmly, why, and according to which source. In this help a subject is a
    council or a setting. A track is one question that the rules answer, such as the next graded inspection.
    """


@cli.command(
    "next",
    short_help="The next required activity of each subject.",
    epilog=examples(
        "ilacs-rules next authorities.csv --as-of 2026-11-21",
        "ilacs-rules next agency.json --as-of 2024-01-10 --json",
        exits=ANSWERED,
    ),
)
@about_subjects
def next_(request: Request) -> None:
    """Show the next required activity of each council or setting in FILE.

    The activity whose window closes first comes first. If something else closes before a council's next graded
    inspection, you see both.

    FILE can be a workbook (XLSX, XLS, ODS) or CSV of inspections as published, or subjects as JSON. It can also be a
    spreadsheet of your own, with its profile (--format). If you give several files, they are read as one record.

    If there is only one subject, its answer is explained in full. If you send the output to a file or a program, it is
    CSV. With --json it is a list of answers in the same order. After them comes an entry with the key "error" for each
    subject that could not be answered.
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
        exits=ANSWERED,
    ),
)
@about_subjects
def all_(request: Request) -> None:
    """Show everything that is due for each council or setting in FILE, earliest first.

    This includes what a council itself has to do, which is marked as its own duty. FILE can be any file that `next`
    reads. Subjects come in order of name.

    With --json you get a list of answers in the same order. After them comes an entry with the key "error" for each
    subject that could not be answered.
    """
    _answer(request, due_from_all, "Everything due")


@cli.command(
    "rules",
    short_help="What the rulebook says, a line for each rule.",
    epilog=examples(
        "ilacs-rules rules --track inspection --on 2019-06-01",
        "ilacs-rules rules --type independent_fostering_agency --json",
        exits=DONE,
    ),
)
@click.option("--track", metavar="TRACK", help="Show only the rules of one track, such as inspection or monitoring.")
@click.option(
    "--type", "kind", metavar="TYPE", help="Show only the rules for one kind of subject, such as local_authority."
)
@click.option("--on", metavar="YYYY-MM-DD", callback=as_day, help="Show only the rules in force on this day.")
@click.option("--wide", is_flag=True, help="Show one line for each rule, with its id, however wide your terminal is.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of rules as JSON, for programs.")
def rules_(*, track: str | None, kind: str | None, on: date | None, wide: bool, as_json: bool) -> None:
    """List the rules, one row for each. If you send the output to a file or a program, it is CSV."""
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
    epilog=examples("ilacs-rules rule inadequate_fostering_agency_is_reinspected_within_6_to_12_months", exits=DONE),
)
@click.argument("rule_id", metavar="ID")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the rule as JSON, for programs, with its readings of vague words in full.",
)
def rule_(*, rule_id: str, as_json: bool) -> None:
    """Explain one rule: what it says, about whom, when, how firmly, and according to which source.

    ID is the rule's id. Every answer names it, and `ilacs-rules rules` lists them all.
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
    epilog=examples(
        "ilacs-rules check",
        "ilacs-rules check --checked-since 2026-11-01 --json",
        exits=("0  nothing is wrong", "1  something is wrong", WRONG),
    ),
)
@click.option(
    "--rulebook",
    "folder",
    type=click.Path(exists=True, file_okay=False),
    help="A folder with a rulebook of your own. Without it, the rulebook that comes with the library is checked.",
)
@click.option(
    "--checked-since",
    metavar="YYYY-MM-DD",
    callback=as_day,
    help="Also list the sources that nobody has compared with the rules since this day.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of findings as JSON, for programs.")
def check_(*, folder: str | None, checked_since: date | None, as_json: bool) -> None:
    """List what is wrong with a rulebook, one line for each finding.

    It looks for situations that no rule answers, or that several rules answer. It looks for rules that can never
    answer, and facts that no rule uses. It looks for windows that can close before they open, and rules that differ
    only in their source.
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
