"""What every command reads from its line: days, files, words; and how it refuses."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import click
from rich.progress import track

from ilacs_rules.cli.tables import console, printable
from ilacs_rules.errors import IlacsRulesError, nearest
from ilacs_rules.reading import Published, RowProblem
from ilacs_rules.reading import read as read_files
from ilacs_rules.records import Subject
from ilacs_rules.values import ISO_DAY

__all__ = [
    "Refusal",
    "Refusing",
    "Request",
    "about_histories",
    "about_subjects",
    "as_day",
    "as_days",
    "examples",
    "known_word",
    "read",
    "read_whole",
    "say_problems",
    "watched",
]

AnyItem = TypeVar("AnyItem")

_MANY = 200
"""From so many subjects on, a terminal shows how far the work has come."""
_KINDS, _FEW = 12, 3
"""So many kinds of problem in a file's rows are counted apart, and so many problems shown unless all are asked for."""


class Refusal(click.ClickException):
    """What cannot be done, in the words of the error; code 2, as for a mistaken command line."""

    exit_code = 2


class Refusing(click.Group):
    """A group whose commands meet the library's errors with a message, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except IlacsRulesError as error:
            raise Refusal(str(error)) from error


def as_day(ctx: click.Context | None, param: click.Parameter | None, value: str | None) -> date | None:
    """A day of the command line, written ``YYYY-MM-DD`` and in no other way.

    >>> as_day(None, None, "2026-11-21")
    datetime.date(2026, 11, 21)
    >>> as_day(None, None, "21/11/2026")
    Traceback (most recent call last):
    click.exceptions.BadParameter: '21/11/2026' is not a day; expected YYYY-MM-DD, for example 2026-11-21
    """
    if value is None:
        return None
    try:
        if ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # the form of a day, and not one of the calendar
    raise click.BadParameter(f"{value!r} is not a day; expected YYYY-MM-DD, for example 2026-11-21", ctx, param)


def as_days(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> list[date | None]:
    """Days of the command line, each as ``as_day`` reads it."""
    return [as_day(ctx, param, each) for each in value]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of the subjects of a file, and how the answer is to be shown."""

    file: str
    as_of: date
    as_json: bool
    explain: bool
    covers: tuple[str, ...]
    problems: bool
    wide: bool = False


_WIDE = click.option(
    "--wide", is_flag=True, help="Everything in one line for each answer, however wide the terminal is."
)
_EXPLAIN = click.option("--explain", is_flag=True, help="Every answer explained in full, with its sources.")
_ABOUT_SUBJECTS = (
    click.option("--problems", is_flag=True, help="Show every row of the file that could not be used as it stands."),
    click.option(
        "--covers",
        multiple=True,
        metavar="WORD",
        help="What each record would show, where you know better than the file says: 'everything', or an activity "
        "such as focused_visit. May be given several times.",
    ),
    _WIDE,
    _EXPLAIN,
    click.option("--json", "as_json", is_flag=True, help="JSON for programs, and nothing else on standard output."),
    click.option(
        "--as-of",
        metavar="YYYY-MM-DD",
        callback=as_day,
        required=True,
        help="The day asked about. There is no default.",
    ),
    click.argument("file", type=click.Path(exists=True, dir_okay=False)),
)


def about_subjects(command: Callable[[Request], None]) -> Callable[..., None]:
    """Give a command the argument and the options that ask about the subjects of a file."""

    @wraps(command)
    def run(**given: Any) -> None:
        command(Request(**given))

    for option in _ABOUT_SUBJECTS:
        run = option(run)
    return run


def about_histories(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command whose every answer is in words, with arguments of its own beside the request."""

    @wraps(command)
    def run(**given: Any) -> None:
        names = {field.name for field in fields(Request)} & set(given)
        command(Request(**{name: given.pop(name) for name in names}, explain=False), **given)

    for option in _ABOUT_SUBJECTS:
        if option not in (_EXPLAIN, _WIDE):
            run = option(run)
    return run


def examples(*lines: str) -> str:
    """The end of a command's help: lines that can be typed as they stand.

    >>> print(examples("ilacs-rules rules").replace(chr(8), ""))
    <BLANKLINE>
    Examples:
      ilacs-rules rules
    >>> examples().count("ilacs")
    0
    """
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def read_whole(request: Request) -> Published:
    """A file as it was read, covering what was said on the line; problems of its rows go to standard error.

    Raises:
        FileFormatError, RecordError: the file cannot be read.
        Refusal: it holds no subject.
    """
    published = read_files(request.file)
    say_problems(request.file, published.problems, show_all=request.problems)
    if not published.subjects:
        raise Refusal(f"{request.file}: holds no subject that could be used")
    if not request.covers:
        return published
    covers = "everything" if request.covers == ("everything",) else request.covers
    subjects = (type(subject).model_validate({**dict(subject), "covers": covers}) for subject in published.subjects)
    return published.model_copy(update={"subjects": tuple(subjects)})


def read(request: Request) -> tuple[Subject, ...]:
    """The subjects of a file; errors are those of ``read_whole``."""
    return read_whole(request).subjects


def say_problems(file: str, problems: Sequence[RowProblem], *, show_all: bool) -> None:
    """Count the problems of a file's rows by kind, and show the first few or all of them, on standard error."""
    if not problems:
        return
    click.echo(f"{file}: {_counted(len(problems), 'problem')} in its rows", err=True)
    kinds = Counter(f"{item.field} {item.problem.partition(':')[0]}: {item.action}" for item in problems)
    commonest = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    for kind, count in commonest[:_KINDS]:
        click.echo(f"  {count:>6}  {printable(kind)}", err=True)
    if len(commonest) > _KINDS:
        click.echo(f"  {sum(count for _, count in commonest[_KINDS:]):>6}  of other kinds", err=True)
    shown = problems if show_all else problems[:_FEW]
    for item in shown:
        click.echo(f"  {printable(str(item))}", err=True)
    if len(problems) > len(shown):
        click.echo(f"  and {len(problems) - len(shown)} more; --problems shows them all", err=True)


def watched(items: Sequence[AnyItem]) -> Iterable[AnyItem]:
    """The same items; while they are gone through, a terminal shows how far the work has come.

    >>> list(watched([1, 2]))
    [1, 2]
    >>> list(watched([]))
    []
    """
    if len(items) < _MANY or not sys.stderr.isatty():
        return items
    return track(items, description="Asking", console=console(sys.stderr), transient=True)


def known_word(kind: str, word: str, known: Iterable[str]) -> str:
    """A word that must be one of some.

    Raises:
        Refusal: it is not; the message gives the nearest.

    >>> known_word("track", "inspection", ["inspection", "engagement"])
    'inspection'
    >>> known_word("track", "inspections", ["inspection", "engagement"])
    Traceback (most recent call last):
    ilacs_rules.cli.options.Refusal: 'inspections' is not a known track; \
expected 'inspection'? (one of: engagement, inspection)
    """
    words = list(known)
    if word not in words:
        raise Refusal(f"{word!r} is not a known {kind}; expected {nearest(word, words)}")
    return word


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
