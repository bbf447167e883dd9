"""How the command line ends if the system stops it: with one sentence and a code, never with a traceback.

This covers a disk or a pipe that takes no more, a terminal that cannot print a name, and a signal to end. It is done
once, for every command.
"""

import codecs
import errno
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BufferedWriter, FileIO, TextIOBase, TextIOWrapper
from types import FrameType
from typing import NoReturn

__all__ = ["run"]

_ESCAPED = "ilacs_rules.escaped"


def run(command: Callable[[], object]) -> None:
    """Run a command and leave with its code; or with 2 and one sentence where what it found cannot be written.

    >>> run(lambda: None)
    >>> run(lambda: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    Traceback (most recent call last):
    SystemExit: 2
    """
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] - as it is where a shell closed it
        sys.stdout = _Closed()
    _write_everything_or_fail()
    escaped = _escape_what_cannot_be_printed()
    _end_in_good_order()
    try:
        try:
            command()
        finally:
            sys.stdout.flush()
    except OSError as error:
        _say(f"what was found cannot be written ({error.strerror or error})")
        _let_go_of_output()
        sys.exit(2)
    finally:
        if escaped:
            _say(
                f"some characters cannot be printed here ({escaped[0]}) and are shown as codes; "
                "setting PYTHONUTF8=1 may help"
            )


class _Closed(TextIOBase):
    """Standard output that was closed before the command began."""

    def write(self, _: str) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def _say(text: str) -> None:
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"ilacs-rules: {text}\n")
        sys.stderr.flush()


def _write_everything_or_fail() -> None:
    """Put a buffer before standard output if it has none (PYTHONUNBUFFERED).

    Without one, writing half a line is not an error.
    """
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, FileIO):
        sys.stdout = TextIOWrapper(BufferedWriter(raw), encoding=sys.stdout.encoding, errors=sys.stdout.errors)


def _escape_what_cannot_be_printed() -> list[str]:
    """Write signs that standard output has no place for as escapes; its encoding is in what is given once one was."""
    met: list[str] = []

    def escape(error: UnicodeError) -> tuple[str | bytes, int]:
        if isinstance(error, UnicodeEncodeError) and not met:
            met.append(error.encoding)
        return codecs.backslashreplace_errors(error)

    codecs.register_error(_ESCAPED, escape)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=_ESCAPED)
    return met


def _end_in_good_order() -> None:
    """Let a signal to end go through whatever is being done, so that nothing half done is left behind."""

    def end(number: int, _: FrameType | None) -> NoReturn:
        signal.signal(number, signal.SIG_DFL)  # a second one ends at once
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # which is raised in a thread, where no signal arrives
                signal.signal(number, end)


def _let_go_of_output() -> None:
    """Let nothing be written at the very end, where it could only fail again."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
