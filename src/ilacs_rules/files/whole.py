"""Files written whole or not at all: each takes its name when every byte of it is there.

A file grows under a name of its own in the folder where it will stand, and then replaces what bore its name. So two
runs at once cannot mix, and a run that fails or is killed leaves the older file as it was.
"""

import os
import stat
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from ilacs_rules.errors import FileFormatError
from ilacs_rules.files.left_over import held_by_nobody, hold, left_over

__all__ = [
    "can_be_written",
    "not_read_too",
    "saying_what_failed",
    "whole",
    "write_all",
    "write_folder",
    "write_generated",
    "write_whole",
]

_NAME, _ENDING = ".ilacs-rules-", ".unfinished"
_NOT_A_FILE: Sequence[tuple[Callable[[int], bool], str]] = (
    (stat.S_ISLNK, "a symbolic link, and links are never followed or replaced"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (lambda mode: stat.S_ISCHR(mode) or stat.S_ISBLK(mode), "a device"),
)


def can_be_written(path: str | Path) -> Path:
    """The name of a file that may be written: its folder is there, and what bears the name is a file or nothing.

    Raises:
        FileFormatError: its folder is not there; or it is a folder, a device, a pipe or a symbolic link, none of which
            is ever replaced.

    >>> can_be_written("no such folder/out.csv")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: no such folder/out.csv: cannot be written: its folder does not exist
    >>> can_be_written("/dev/null")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: /dev/null: cannot be written: it is a device (expected the name of a file)
    """
    place = Path(path)
    if "\0" in str(place):
        raise FileFormatError("cannot be written: no file can have this name", field=str(place))
    with saying_what_failed(place):
        if not place.parent.is_dir():
            raise FileFormatError("cannot be written: its folder does not exist", field=str(place))
        try:
            mode = place.lstat().st_mode
        except FileNotFoundError:
            return place
    for is_one, words in _NOT_A_FILE:
        if is_one(mode):
            raise FileFormatError(f"cannot be written: it is {words}", field=str(place), expected="the name of a file")
    return place


def not_read_too(outs: Iterable[str | Path], given: Iterable[str | Path]) -> None:
    """Refuse to write over what the same run reads.

    Raises:
        FileFormatError: a file to be written is one of those given.

    >>> not_read_too(["./a.json"], ["a.json"])
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: a.json: is also the name of another file in this run (expected a different name)
    """
    read = {Path(path).resolve() for path in given}
    for out in map(Path, outs):
        if out.resolve() in read:
            raise FileFormatError(
                "is also the name of another file in this run", field=str(out), expected="a different name"
            )


@contextmanager
def saying_what_failed(path: str | Path) -> Generator[None]:
    """What the system says while a file is written, as an error that names the file."""
    try:
        yield
    except (OSError, UnicodeEncodeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or error
        raise FileFormatError(f"cannot be written ({why})", field=str(path)) from None


@contextmanager
def whole(path: str | Path) -> Generator[BinaryIO]:
    """A file to be written, which takes its name when the block ends; where the block fails, nothing is changed.

    Raises:
        FileFormatError: it cannot be written: see ``can_be_written``; or the disk is full, say.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with whole(Path(folder) / "out.csv") as out:
    ...         _ = out.write(b"all of it")
    ...     (Path(folder) / "out.csv").read_text(), len(list(Path(folder).iterdir()))
    ('all of it', 1)
    """
    with ExitStack() as stack:
        staged = _Staged(can_be_written(path), stack)
        with saying_what_failed(path):
            yield staged.out
            staged.finish()
            staged.replace()


def write_whole(path: str | Path, data: str | bytes) -> None:
    """Write one file whole; text as UTF-8, its line ends as they are.

    Raises:
        FileFormatError: as for ``whole``.

    >>> write_whole("no such folder/page.md", "text")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: no such folder/page.md: cannot be written: its folder does not exist
    """
    write_all({Path(path): data})


def write_all(files: Mapping[Path, str | bytes]) -> None:
    """Write several files: all of them are whole before the first takes its name.

    Raises:
        FileFormatError: one of them cannot be written; then none was.

    >>> write_all({})
    """
    with ExitStack() as stack:
        all_staged: list[_Staged] = []
        for path, data in files.items():
            staged = _Staged(can_be_written(path), stack)
            with saying_what_failed(path):
                staged.out.write(data.encode() if isinstance(data, str) else data)
                staged.finish()
            all_staged.append(staged)
        for staged in all_staged:
            with saying_what_failed(staged.path):
                staged.replace()


def write_folder(folder: str | Path, files: Mapping[Path, str | bytes]) -> None:
    """Write several files into a folder, which is made where it is missing; otherwise as ``write_all``.

    Raises:
        FileFormatError: as for ``write_all``; or the folder cannot be made.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as home:
    ...     place = Path(home) / "new"
    ...     write_folder(place, {place / "a": "text"})
    ...     (place / "a").read_text()
    'text'
    """
    with saying_what_failed(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    write_all(files)


def write_generated(folder: str | Path, made: Mapping[str, str], ours: Callable[[bytes], bool]) -> tuple[Path, ...]:
    """Write generated files into a folder, and remove those generated before that are no longer made.

    Args:
        folder: made where it is missing.
        made: the text of each file, by its name.
        ours: whether what a file holds says that it was generated; any other file is left alone.

    Returns:
        The files written, in order of name.

    Raises:
        FileFormatError: as for ``write_folder``.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("gone.md", "mine.md"):
    ...         _ = (Path(folder) / name).write_text("made" if name == "gone.md" else "my own")
    ...     _ = write_generated(folder, {"new.md": "made"}, lambda data: data == b"made")
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['mine.md', 'new.md']
    """
    home = Path(folder)
    write_folder(home, {home / name: text for name, text in made.items()})
    endings = {Path(name).suffix for name in made}
    with saying_what_failed(home):
        for old in sorted(home.iterdir()):
            if old.suffix in endings and old.name not in made and old.is_file() and ours(old.read_bytes()):
                old.unlink()
    return tuple(home / name for name in sorted(made))


class _Staged:
    """A file on its way: it grows under a name of its own, is locked while it does, and is gone if it fails."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.path = path
        self.under = path.parent / f"{_NAME}{token_hex(8)}{_ENDING}"
        with saying_what_failed(path):
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            self.out: BinaryIO = os.fdopen(os.open(self.under, flags, 0o666), "w+b")
        stack.callback(self._drop)
        hold(self.out.fileno())
        _remove_left_over(self.under)

    def finish(self) -> None:
        """Bring every byte to the disk; the file keeps the mode of the one whose place it takes."""
        self.out.flush()
        with suppress(FileNotFoundError):
            self.under.chmod(stat.S_IMODE(self.path.lstat().st_mode))
        os.fsync(self.out.fileno())

    def replace(self) -> None:
        """Take the name, in the place of what bore it; until then it stays open, for that is what keeps its lock."""
        can_be_written(self.path)
        if os.name == "nt":  # where nothing that is open can be renamed
            self.out.close()
        self.under.replace(self.path)

    def _drop(self) -> None:
        with suppress(OSError):
            self.out.close()
        with suppress(OSError):
            self.under.unlink(missing_ok=True)


def _remove_left_over(own: Path) -> None:
    """Remove what runs that were killed left in the same folder."""
    with suppress(OSError):
        for path in left_over(own.parent.glob(f"{_NAME}*{_ENDING}"), own):
            if held_by_nobody(path):
                path.unlink(missing_ok=True)
