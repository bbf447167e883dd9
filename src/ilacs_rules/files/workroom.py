"""A temporary folder to work in, which goes when the work ends; what killed runs left behind goes with the next."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from stat import S_ISDIR
from tempfile import gettempdir, mkdtemp

from ilacs_rules.errors import FileFormatError
from ilacs_rules.files.left_over import held_by_nobody, hold, left_over

__all__ = ["work_folder"]

_NAME = "ilacs-rules-"
_IN_USE = "in-use"


@contextmanager
def work_folder() -> Generator[Path]:
    """A folder of its own, below that which ``TMPDIR`` names.

    Raises:
        FileFormatError: none can be made.

    >>> with work_folder() as folder:
    ...     (folder / "part").write_text("a part")
    6
    >>> folder.exists()
    False
    """
    try:
        folder = Path(mkdtemp(prefix=_NAME))
        lock = (folder / _IN_USE).open("xb")
    except OSError as error:
        why = f"a temporary folder could not be made ({error.strerror or error})"
        raise FileFormatError(
            why, field=gettempdir(), expected="free space there, or another folder named in TMPDIR"
        ) from None
    try:
        hold(lock.fileno())
        _remove_left_over(folder)
        yield folder
    finally:
        lock.close()
        _removed(folder)


def _removed(folder: Path) -> None:
    """Remove a folder; a signal to end that comes meanwhile waits until it is gone."""
    try:
        rmtree(folder, ignore_errors=True)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise


def _remove_left_over(own: Path) -> None:
    """Remove the folders of runs that were killed."""
    with suppress(OSError):
        for folder in left_over(own.parent.glob(f"{_NAME}*"), own):
            lock = folder / _IN_USE
            if S_ISDIR(folder.lstat().st_mode) and (held_by_nobody(lock) or not lock.exists()):
                rmtree(folder, ignore_errors=True)
