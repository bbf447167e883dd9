"""What every command reads from its line: days, files, words; and how it refuses."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import click

from ilacs_rules import progress
from ilacs_rules.errors import IlacsRulesError, nearest
from ilacs_rules.values import ISO_DAY

__all__ = [
    "ANSWERED",
    "DONE",
    "WRONG",
    "Refusal",
    "Refusing",
    "as_day",
    "as_days",
    "as_of_day",
    "examples",
    "known_word",
    "watched",
]

AnyItem = TypeVar("AnyItem")

WRONG = "2  the command line or a file is wrong"
"""The exit code of every command that could not do what it was asked, in the words of its help."""
DONE = ("0  it worked", WRONG)
"""The exit codes of a command that asks nothing of a file of subjects."""
ANSWERED = ("0  at least one answer", "1  no answer", WRONG, "3  at least one answer, but some rows could not be used")
"""The exit codes of a command that answers questions about the subjects of files."""


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
        except UnicodeEncodeError as error:  # half a sign on the command line: it would be written somewhere
            raise Refusal(f"{ascii(error.object)[:80]} is not text that can be written") from error


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


def as_of_day(ctx: click.Context | None, param: click.Parameter | None, value: str | None) -> date | None:
    """The day asked about: as ``as_day`` reads it, or ``today``, which has to be said. The library itself has no clock.

    >>> as_of_day(None, None, "2026-11-21")
    datetime.date(2026, 11, 21)
    >>> as_of_day(None, None, "today") == as_of_day(None, None, "Today")
    True
    """
    if value is not None and value.strip().casefold() == "today":
        return date.today()  # noqa: DTZ011 - the day on the wall of whoever asks
    return as_day(ctx, param, value)


def as_days(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> list[date | None]:
    """Days asked about, each as ``as_of_day`` reads it."""
    return [as_of_day(ctx, param, each) for each in value]


def examples(*lines: str, exits: Sequence[str] = ()) -> str:
    """The end of a command's help: lines that you can type as they stand, and the exit codes.

    Args:
        lines: each line of the examples.
        exits: each exit code, followed by what it means.

    >>> print(examples("ilacs-rules rules", exits=DONE).replace(chr(8), ""))
    <BLANKLINE>
    Examples:
      ilacs-rules rules
    <BLANKLINE>
    <BLANKLINE>
    Exit codes:
      0  it worked
      2  the command line or a file is wrong
    >>> examples().count("ilacs")
    0
    """
    shown = ["\b", "Examples:", *(f"  {line}" for line in lines)]
    codes = ["", "\b", "Exit codes:", *(f"  {line}" for line in exits)] if exits else []
    return "\n".join([*shown, *codes])


def watched(items: Sequence[AnyItem]) -> Iterable[AnyItem]:
    """The same items; where going through them takes long, a terminal shows how far the work has come.

    >>> list(watched([1, 2]))
    [1, 2]
    >>> list(watched([]))
    []
    """
    return progress.watched(items, len(items), lambda _: 1)


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
