"""The files that a command is about: its options, what was read of them, and what could not be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import wraps
from typing import Any

import click

from ilacs_rules.answering.unanswered import Failure, NotAnswered
from ilacs_rules.cli.filtering import FILTERS, SORTS, Filters, in_order
from ilacs_rules.cli.options import Refusal, as_day, as_of_day
from ilacs_rules.cli.problems import chosen_and_said, say_problems
from ilacs_rules.cli.words import as_typed_or_not
from ilacs_rules.errors import UnknownWordError, nearest
from ilacs_rules.reading import RowProblem
from ilacs_rules.reading import read as read_files
from ilacs_rules.records import WHOLE, Subject
from ilacs_rules.vocabulary import Activity

__all__ = [
    "SOME_LOST",
    "Given",
    "Request",
    "about_histories",
    "about_subjects",
    "covers_of",
    "filters_of",
    "narrowing_options",
    "read",
    "read_subjects",
    "reading_options",
]

SOME_LOST = 3
"""The exit code where something was answered, and something in the files could not be used."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of the subjects of some files, and how the answer is to be shown."""

    files: tuple[str, ...]
    as_of: date
    as_json: bool
    explain: bool
    problems: bool
    covers: tuple[str, ...] = ()
    form: str | None = None
    filters: Filters = field(default_factory=Filters)
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """The subjects that are asked about, those that could not be made out, and whether anything was lost."""

    subjects: tuple[Subject, ...]
    not_read: tuple[NotAnswered, ...]
    lost: bool
    problems: tuple[RowProblem, ...] = ()

    def leave(self, *, answered: bool) -> None:
        """Leave with the exit code: 1 where nothing was answered, 3 where something was and something was lost."""
        if not answered or self.lost:
            click.get_current_context().exit(SOME_LOST if answered else 1)


_READING = (
    click.option(
        "--problems",
        is_flag=True,
        help="List every row that could not be used as it stands. Without this you see a count of each kind.",
    ),
    click.option(
        "--covers",
        multiple=True,
        metavar="WORD",
        help="What your records are complete for, if you know better than the file: 'inspections', 'everything', or an "
        "activity such as focused_visit. Anything else that is missing counts as not known. You can repeat this.",
    ),
    click.option(
        "--format",
        "form",
        metavar="PROFILE",
        help="How to read a spreadsheet of your own. Give the profile (TOML) that `ilacs-rules columns` writes, or the "
        "id of a format that comes with the library.",
    ),
)
_FILTERS = (
    click.option(
        "--sort",
        type=click.Choice(SORTS),
        help="Put the subjects in this order.",
    ),
    click.option(
        "--region",
        "regions",
        multiple=True,
        metavar="REGION",
        help="Only councils and settings in this region. You can repeat this.",
    ),
    click.option(
        "--type",
        "types",
        multiple=True,
        metavar="TYPE",
        help="Only this kind of council or setting, such as local_authority. You can repeat this.",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="NAME_OR_URN",
        help="Only the council or setting with this name or number. You can repeat this.",
    ),
)
_ANSWERS = (
    click.option(
        "--before",
        metavar="YYYY-MM-DD",
        callback=as_day,
        help="Only activities that close, or are due, before this day.",
    ),
    click.option(
        "--track",
        default="",
        metavar="TRACK",
        help="Only this track, such as inspection or monitoring. `ilacs-rules words tracks` lists them all.",
    ),
)
_EXPLAIN = click.option("--explain", is_flag=True, help="Explain every answer in full, with its sources.")
_WIDE = click.option(
    "--wide", is_flag=True, help="Show every column, one line for each answer, however wide your terminal is."
)
_ASKING = (
    click.option(
        "--json", "as_json", is_flag=True, help="Print JSON for programs, and nothing else on standard output."
    ),
    click.option(
        "--as-of",
        metavar="YYYY-MM-DD",
        callback=as_of_day,
        required=True,
        help="The day you ask about, or 'today'. You must give one.",
    ),
    click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path()),
)


def about_subjects(command: Callable[[Request], None]) -> Callable[..., None]:
    """Give a command the argument and the options that ask about the subjects of some files."""
    return _with_options(command, (*_READING, *_FILTERS, *_ANSWERS, _WIDE, _EXPLAIN, *_ASKING))


def about_histories(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command whose every answer is in words, with arguments of its own beside the request."""
    return _with_options(command, (*_READING, *_FILTERS, *_ANSWERS, *_ASKING))


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how files are read and what of them is meant, for a command of its own form."""
    run = command
    for option in (*_READING, *_FILTERS, *_ANSWERS):
        run = option(run)
    return run


def narrowing_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what is meant, for a command whose files are read in a way of their own."""
    run = command
    for option in (*_FILTERS, *_ANSWERS):
        run = option(run)
    return run


def filters_of(given: dict[str, Any]) -> Filters:
    """What ``narrowing_options`` gave, taken out of all that a command was given."""
    return Filters(**{name: given.pop(name) for name in FILTERS})


def _with_options(command: Callable[..., None], options: Sequence[Callable[..., Any]]) -> Callable[..., None]:
    @wraps(command)
    def run(**given: Any) -> None:
        filters = filters_of(given)
        names = {each.name for each in fields(Request)} & set(given)
        asked: dict[str, Any] = {"explain": False, **{name: given.pop(name) for name in names}}
        request = Request(**asked, filters=filters)
        command(request, **given)

    for option in options:
        run = option(run)
    return run


def read(request: Request) -> Given:
    """The subjects that a request is about; problems with the rows of its files go to standard error.

    Raises:
        FileFormatError, RecordError: a file cannot be read.
        UnknownWordError: a filter names nobody, or no region.
        Refusal: the files hold no subject that can be used.
    """
    published = read_files(list(request.files), format=request.form, covers=covers_of(request.covers))
    if not published.subjects:
        say_problems(published.problems, show_all=request.problems)
        raise Refusal(f"{', '.join(request.files)}: no subject in it could be used")
    found = chosen_and_said(published, request.filters, show_all=request.problems)
    chosen = in_order(found.subjects, request.filters.sort)
    subjects = tuple(subject for subject in chosen if request.filters.asked(subject, request.as_of))
    problems = found.problems
    return Given(subjects, _not_read(problems, request.as_of), any(item.lost for item in problems), problems)


def read_subjects(  # noqa: PLR0913 - one for each option
    *,
    files: tuple[str, ...],
    problems: bool,
    covers: tuple[str, ...],
    form: str | None,
    filters: Filters,
    as_of: date | None = None,
    everybody: bool = False,
) -> Given:
    """The subjects of the files that a command of its own form names; none where it names none.

    ``everybody``: all of them, though only the problems of those that the filters mean are shown.
    """
    if not files:
        return Given((), (), lost=False)
    published = read_files(list(files), format=form, covers=covers_of(covers))
    found = chosen_and_said(published, filters, show_all=problems)
    chosen = in_order(published.subjects if everybody else found.subjects, filters.sort)
    if as_of:
        chosen = tuple(subject for subject in chosen if filters.asked(subject, as_of))
    return Given(chosen, (), any(item.lost for item in found.problems))


def covers_of(texts: tuple[str, ...]) -> Any:
    """What ``--covers`` says that each record would show; ``None`` where it says nothing.

    >>> covers_of(("inspections",)), covers_of(("focused visit",))
    ('inspections', ('focused_visit',))
    >>> covers_of(("all",))
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: --covers: is not a known coverage (found 'all'; expected 'inspections', \
'everything', or an activity; `ilacs-rules words activities` lists them)
    """
    words = tuple(as_typed_or_not("coverage", as_typed_or_not("activity", text)) for text in texts)
    for word in words:
        if word not in (*WHOLE, *Activity):
            known = nearest(word, (*WHOLE, *Activity), many="'inspections', 'everything', or an activity")
            expected = f"{known}; `ilacs-rules words activities` lists them"
            raise UnknownWordError("is not a known coverage", field="--covers", value=word, expected=expected)
    return None if not words else words[0] if len(words) == 1 and words[0] in WHOLE else words


def _not_read(problems: Sequence[RowProblem], as_of: date) -> tuple[NotAnswered, ...]:
    """The subjects that were left out: each stands among the answers, as one that could not be answered."""
    return tuple(
        NotAnswered(
            subject=item.subject,
            subject_type="",
            as_of=as_of,
            error=Failure(
                kind="FileFormatError",
                problem=item.problem,
                field=item.field,
                value=item.value or None,
                expected=item.expected,
                message=str(item),
            ),
        )
        for item in problems
        if item.action == "subject skipped"
    )
