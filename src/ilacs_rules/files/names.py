"""Names of files as callers give them: text or a path, which the system can bear."""

import os
from typing import cast

from ilacs_rules.errors import FileFormatError

__all__ = ["is_file", "is_folder", "name_of_file"]


def name_of_file(path: object) -> str:
    """The name, once it is sure that it may be one.

    Raises:
        FileFormatError: it is neither text nor a path, or holds what no name can hold.

    >>> name_of_file(5)
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: is not a file name (found 5; expected text, or a pathlib.Path)
    """
    name = os.fspath(cast("str | os.PathLike[str]", path)) if isinstance(path, str | os.PathLike) else None
    if not isinstance(name, str):
        raise FileFormatError("is not a file name", value=cast("object", path), expected="text, or a pathlib.Path")
    if "\0" in name:
        raise FileFormatError("is not a file name", value=name, expected="a name without a null character")
    try:
        os.fsencode(name)
    except UnicodeError:
        raise FileFormatError(
            "is not a file name", value=name, expected="characters that a file name can hold"
        ) from None
    return name


def is_file(name: str | os.PathLike[str]) -> bool:
    """Whether something of that name can be opened as a file, such as a pipe; no for a name that none can bear.

    >>> is_file("x" * 100_000), is_file("a" + chr(0)), is_file("."), is_file("/dev/null")
    (False, False, False, True)
    """
    try:
        return os.path.exists(name) and not os.path.isdir(name)  # noqa: PTH110, PTH112 - a path raises for such names
    except (OSError, ValueError):
        return False


def is_folder(name: str | os.PathLike[str]) -> bool:
    """Whether it names a folder; no for a name that none can bear.

    >>> is_folder("."), is_folder("x" * 100_000)
    (True, False)
    """
    try:
        return os.path.isdir(name)  # noqa: PTH112 - see above
    except (OSError, ValueError):
        return False
