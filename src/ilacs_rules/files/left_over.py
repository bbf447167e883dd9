"""What a run that was killed left behind, told from what another run is still at work on, and removed.

Whoever is at work on a file holds a lock on it, which the system lets go when the process ends, however it ends. What
bears a name of ours, is locked by nobody and is older than a minute was left behind.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

fcntl: ModuleType | None
try:
    import fcntl
except ModuleNotFoundError:  # pragma: no cover - Windows, where a file that is open cannot be removed
    fcntl = None

__all__ = ["held_by_nobody", "hold", "left_over"]

_LONG_ENOUGH = 60
"""Seconds: far longer than it takes to lock a file that has just been made."""


def hold(descriptor: int) -> None:
    """Say that a file is being worked on, until it is closed; on a file system without locks its age must do."""
    if fcntl is not None:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def held_by_nobody(path: Path) -> bool:
    """Whether no process is at work on a file, as far as can be told."""
    if fcntl is None:  # pragma: no cover - see above
        return True
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def left_over(found: Iterable[Path], own: Path) -> list[Path]:
    """Those of some files or folders that are as old as what was left behind is, beside one that was just made.

    Ages are told from the file system's own times, so no clock is read. What belongs to somebody else is not ours to
    remove.
    """
    made, old = own.lstat(), list[Path]()
    for path in found:
        with suppress(OSError):
            its = path.lstat()
            if its.st_mtime < made.st_mtime - _LONG_ENOUGH and _owner(its) == _owner(made):
                old.append(path)
    return old


def _owner(found: os.stat_result) -> Any:
    return found.st_uid
