"""What the caller gave: one file's name and bytes. What is no file says what it is, and what to do instead."""

import gzip
import os
import re
import stat
import zlib
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, cast

from ilacs_rules.errors import FileFormatError

__all__ = ["MOST_BYTES", "Given", "given"]

MOST_BYTES = 1 << 30
"""A file larger than this, as it is or unpacked, is refused before it fills the memory."""

_PIECE = 1 << 20
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
_STREAMS = re.compile(r"/dev/(stdin|fd/\d+)|/proc/(self|\d+)/fd/\d+")
_GZIP = b"\x1f\x8b"


class Given(NamedTuple):
    """A file: what it is called in messages, and what it holds, unpacked where it was gzipped."""

    name: str
    data: bytes


def given(source: object) -> Given:
    """The file that a name, a path or an open file stands for.

    Raises:
        FileFormatError: it is not there, cannot be read, is a folder, a pipe, a device or a web address, is larger than
            1 GiB, or is nothing that can be opened.

    >>> given(BytesIO(b"URN")).data
    b'URN'
    >>> given("https://www.gov.uk/providers.csv")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: https://www.gov.uk/providers.csv: is a web address, and nothing is fetched \
from the web (expected the name of a file: download it first)
    """
    if isinstance(source, str | os.PathLike):
        found = _from_path(os.fspath(cast("str | os.PathLike[str]", source)))
    elif callable(getattr(source, "read", None)):
        found = _from_open_file(source)
    else:
        raise FileFormatError(
            "is nothing that can be opened",
            field="file",
            value=type(source).__name__,
            expected="a file's name or path, an open file, or a list of those",
        )
    return Given(found.name, _unpacked(found)) if found.data.startswith(_GZIP) else found


def _from_path(name: object) -> Given:
    if not isinstance(name, str):
        raise FileFormatError("is not a name", field="file", value=name, expected="text, or an open file for bytes")
    if _ADDRESS.match(name):
        raise FileFormatError(
            "is a web address, and nothing is fetched from the web",
            field=name,
            expected="the name of a file: download it first",
        )
    try:
        path = Path(name)
        _refuse_what_is_no_file(path)
        with path.open("rb") as stream:
            return Given(name, _bounded(stream, name))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileFormatError(f"cannot be read ({why})", field=name) from None


def _refuse_what_is_no_file(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise FileFormatError(
            "is a folder", field=str(path), expected="the files in it, one by one or as a list: nothing is picked"
        )
    # What a shell hands over (`<(…)`, `/dev/stdin`) is meant to be read; any other pipe or device could last for ever.
    if not stat.S_ISREG(mode) and not _STREAMS.fullmatch(str(path)):
        raise FileFormatError("is a pipe or a device", field=str(path), expected="a file")


def _from_open_file(source: object) -> Given:
    label = getattr(source, "name", None)
    name = label if isinstance(label, str) else "the open file"
    try:
        return Given(name, _bounded(source, name))
    except (OSError, ValueError) as error:
        raise FileFormatError(f"cannot be read ({error})", field=name) from None


def _bounded(stream: object, name: str) -> bytes:
    """Everything an open file holds, piece by piece, so that what has no end is refused and not awaited."""
    pieces: list[bytes] = []
    size = 0
    while True:
        piece = cast("object", stream.read(_PIECE))  # type: ignore[attr-defined]
        if not piece:
            return b"".join(pieces)
        if isinstance(piece, str):
            piece = piece.encode("utf-8", "surrogatepass")
        if not isinstance(piece, bytes | bytearray):
            raise FileFormatError("gives neither bytes nor text", field=name, value=type(piece).__name__)
        if not pieces and len(piece) == _PIECE and not piece.strip(b"\0"):
            raise FileFormatError("holds nothing but zeros", field=name, expected="a file with something in it")
        pieces.append(bytes(piece))
        size += len(piece)
        if size > MOST_BYTES:
            raise FileFormatError(
                "is larger than 1 GiB", field=name, expected="a smaller file; `ilacs-rules table` takes tables of any size"
            )


def _unpacked(found: Given) -> bytes:
    try:
        with gzip.open(BytesIO(found.data)) as stream:
            return _bounded(stream, f"{found.name} (unpacked)")
    except (OSError, EOFError, zlib.error) as error:
        raise FileFormatError(
            f"is gzipped and cannot be unpacked ({error})", field=found.name, expected="the whole file, not cut off"
        ) from None
