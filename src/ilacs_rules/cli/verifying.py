"""The command that works saved answers out again."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import click

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.unanswered import Failure, NotAnswered
from ilacs_rules.cli.filtering import Filters, in_order
from ilacs_rules.cli.given import filters_of, read_subjects, reading_options
from ilacs_rules.cli.options import WRONG, examples, watched
from ilacs_rules.cli.tables import folded, not_answered_lines
from ilacs_rules.errors import FileFormatError, RecordError
from ilacs_rules.files import read_bytes
from ilacs_rules.outlook.runs import run_from_json
from ilacs_rules.plain_text import for_terminal
from ilacs_rules.questioning.moved import Key, key_of
from ilacs_rules.questioning.verified import Verdict, Verified, verify
from ilacs_rules.records import Subject

__all__ = ["verify_"]

_COUNTED = {
    Verdict.CONFIRMED: "confirmed: the same rulebook gives the same answer",
    Verdict.SAME_ANSWER: "the same, from another rulebook",
    Verdict.ANOTHER_ANSWER: "another answer now",
    Verdict.NOT_ANSWERED: "no answer now",
}


@click.command(
    "verify",
    short_help="Whether saved answers still stand, and if not, which rule or fact is the reason.",
    epilog=examples(
        "ilacs-rules next authorities.csv --as-of 2026-11-21 --json > answers.json",
        "ilacs-rules verify answers.json authorities.csv",
        exits=(
            "0  every answer still stands",
            "1  an answer has changed, there is no answer now, or its subject is not in FILE",
            WRONG,
            "3  every answer still stands, but some rows could not be used",
        ),
    ),
)
@click.argument("answers", metavar="ANSWERS", type=click.Path(exists=True, dir_okay=False))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs, and nothing else on standard output.")
def verify_(*, answers: str, as_json: bool, **reading: Any) -> None:
    """Check whether saved answers still stand. Each answer in ANSWERS is worked out again from FILE.

    You see the answers that have changed, and which rule or fact is the reason. ANSWERS is a file that `next --json`,
    `all --json` or `report --out FILE.json` wrote.
    """
    try:
        saved = run_from_json(read_bytes(answers)).required
    except RecordError as error:
        raise FileFormatError(f"cannot be read: {error}", field=answers) from error
    filters = filters_of(reading)
    given = read_subjects(**reading, filters=filters, everybody=True)
    meant = _meant(saved, given.subjects, filters)
    found, without = _verified(watched(meant), {key_of(subject): subject for subject in given.subjects})
    if as_json:
        click.echo(json.dumps([item.model_dump(mode="json") for item in (*found, *without)], indent=2))
    else:
        _show(found, without)
    if without or not all(item.same for item in found):
        click.get_current_context().exit(1)
    given.leave(answered=bool(found))


def _meant(saved: Iterable[Answer], subjects: Sequence[Subject], filters: Filters) -> tuple[Answer, ...]:
    """The saved answers that are asked about; one whose subject is nowhere only where every subject is."""
    chosen = {key_of(subject) for subject in filters.chosen(subjects)}
    there = {key_of(subject) for subject in subjects}
    some = bool(filters.only or filters.types or filters.regions)
    found = [
        answer
        for answer in saved
        if filters.answered(answer) and (key_of(answer) in chosen or not (some or key_of(answer) in there))
    ]
    order = {key_of(subject): place for place, subject in enumerate(in_order(subjects, filters.sort))}
    return tuple(sorted(found, key=lambda answer: order.get(key_of(answer), -1)) if filters.sort else found)


def _verified(saved: Iterable[Answer], subjects: dict[Key, Subject]) -> tuple[list[Verified], list[NotAnswered]]:
    found: list[Verified] = []
    without: list[NotAnswered] = []
    for answer in saved:
        subject = subjects.get(key_of(answer))
        if subject is None:
            without.append(_not_there(answer))
        else:
            found.append(verify(answer, subject))
    return found, without


def _not_there(answer: Answer) -> NotAnswered:
    error = RecordError("is not in the files given", field="subject", value=answer.subject, expected="its record")
    return NotAnswered(
        subject=answer.subject,
        urn=answer.urn,
        subject_type=answer.subject_type,
        as_of=answer.as_of,
        error=Failure(
            kind="RecordError",
            problem=error.problem,
            field=error.field,
            value=answer.subject,
            expected=error.expected,
            message=str(error),
        ),
    )


def _show(found: list[Verified], without: list[NotAnswered]) -> None:
    """Those that are others now, in full; then how many there are of each kind."""
    for item in found:
        if not item.same:
            click.echo(f"{folded(str(item))}\n")
    if without:
        click.echo(not_answered_lines(without))
    counts = Counter(item.verdict for item in found)
    for verdict, words in _COUNTED.items():
        if counts[verdict]:
            click.echo(for_terminal(f"{counts[verdict]:>6,}  {words}"))
