"""What the caller gave: one file's name and bytes.

If something is not a file, the error says what it is, and what to do instead.
"""

import os
import re
from typing import NamedTuple, cast

from ilacs_rules.errors import FileFormatError
from ilacs_rules.files import MOST, is_folder, read_bytes, unpacked

__all__ = ["Given", "given"]

_PIECE = 1 << 20
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|https?:/|www\.", re.IGNORECASE)


class Given(NamedTuple):
    """A file: what it is called in messages, and what it holds, unpacked where it was gzipped."""

    name: str
    data: bytes


def given(source: object) -> Given:
    """The file that a name, a path or an open file stands for.

    Raises:
        FileFormatError: it does not exist, cannot be read or opened, or is a folder, a device or a web address. Or it
            is larger than what is read at once.

    >>> from io import BytesIO
    >>> given(BytesIO(b"URN")).data
    b'URN'
    >>> given("https://www.gov.uk/providers.csv")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: https://www.gov.uk/providers.csv: is a web address, and nothing is fetched \
from the web (expected the name of a file: download it first)
    """
    if callable(getattr(source, "read", None)):
        return _from_open_file(source)
    name = os.fspath(cast("str | os.PathLike[str]", source)) if isinstance(source, str | os.PathLike) else None
    if not isinstance(name, str):
        raise FileFormatError(
            "is not something that can be opened",
            field="file",
            value=type(cast("object", source)).__name__,
            expected="a file's name or path, an open file, or a list of those",
        )
    if _ADDRESS.match(name):
        raise FileFormatError(
            "is a web address, and this library never downloads anything",
            field=name,
            expected="the name of a file: download it first",
        )
    if is_folder(name):
        raise FileFormatError("is a folder", field=name, expected="the files in it, by name: none is chosen for you")
    return Given(name, read_bytes(name))


def _from_open_file(source: object) -> Given:
    label = getattr(source, "name", None)
    name = label if isinstance(label, str) else "the open file"
    found = bytearray()
    try:
        # Piece by piece, so that what has no end is refused and not awaited.
        while piece := cast("object", source.read(_PIECE)):  # type: ignore[attr-defined]
            if isinstance(piece, str):
                piece = piece.encode("utf-8", "surrogatepass")
            if not isinstance(piece, bytes | bytearray):
                raise FileFormatError("is not open for reading bytes or text", field=name, value=type(piece).__name__)
            found += piece
            if len(found) > MOST:
                raise FileFormatError(
                    f"holds more than {MOST >> 20} MB, the most that is read at once",
                    field=name,
                    expected="a smaller file",
                )
    except (OSError, ValueError) as error:
        raise FileFormatError(f"cannot be read ({error})", field=name) from None
    return Given(name, unpacked(bytes(found), name))
