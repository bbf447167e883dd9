"""What goes in, as bytes: a file, or what comes through a pipe, read once and no more of it than there is room for."""

import os
import select
import stat
import zlib
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from ilacs_rules.errors import FileFormatError, Remedy
from ilacs_rules.files.names import name_of_file

__all__ = ["MOST", "Source", "read_bytes", "taken", "unpacked"]

MOST = 512 << 20
"""So many bytes may be read at once; what is larger is gone through in parts, by `ilacs-rules table`."""
_PIECE = 1 << 20
_GZIP = b"\x1f\x8b"
_LOOKS, _BETWEEN_LOOKS = 40, 250
"""So often it is looked whether anybody writes into a pipe, so many milliseconds apart: for ten seconds."""
_NO_TEXT = {
    b"PK\x03\x04": "a zip or a workbook (XLSX, ODS)",
    b"PK\x05\x06": "an empty zip",
    b"\xd0\xcf\x11\xe0": "a workbook of the old kind (XLS)",
    b"\x28\xb5\x2f\xfd": "compressed (Zstandard)",
    b"BZh": "compressed (bzip2)",
    b"\xfd7zXZ\x00": "compressed (xz)",
    b"x\x9c": "compressed (zlib)",
    b"x\xda": "compressed (zlib)",
    b"%PDF-": "a PDF",
    b"PAR1": "Parquet",
    b"ARROW1": "Arrow",
    b"SQLite format 3\x00": "a database (SQLite)",
}
"""How kinds of file begin that hold no text, whatever their names say."""


class Source:
    """Bytes that can be gone through from the beginning as often as is needed; gzip is unpacked on the way."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self.name = file, name
        head = self._from_the_start(8)
        self.packed = head.startswith(_GZIP)

    def _from_the_start(self, count: int) -> bytes:
        self._file.seek(0)
        found = self._file.read(count)
        self._file.seek(0)
        return found

    def no_text(self) -> str:
        """What kind of file this is, if its first bytes show that it is not text. Empty if it may be text."""
        head = next(self.pieces(), b"")
        return next((kind for mark, kind in _NO_TEXT.items() if head.startswith(mark)), "")

    def pieces(self) -> Iterator[bytes]:
        """The bytes, a piece at a time.

        Raises:
            FileFormatError: they cannot be read, or cannot be unpacked, or end before they are whole.
        """
        with _saying_what_failed(self.name):
            self._file.seek(0)
            if self.packed:
                yield from _unpacked(self._file, self.name)
            else:
                while piece := self._file.read(_PIECE):
                    yield piece

    def whole(self, most: int = MOST) -> bytes:
        """All of it.

        Raises:
            FileFormatError: as for ``pieces``; or there is more of it than ``most``.
        """
        found = bytearray()
        for piece in self.pieces():
            found += piece
            if len(found) > most:
                raise _too_much(self.name, most)
        return bytes(found)


def _unpacked(file: BinaryIO, name: str) -> Iterator[bytes]:
    """What gzip holds, also where several of it stand one after another."""
    whole = False
    rest = file.read(_PIECE)
    while rest:
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        whole = False
        while rest and not unpack.eof:
            try:
                piece = unpack.decompress(rest, _PIECE)
            except zlib.error:
                raise FileFormatError("cannot be unpacked: it is cut off, or it is not gzip", field=name) from None
            rest = unpack.unconsumed_tail or unpack.unused_data
            if piece:
                yield piece
            if not rest:
                rest = file.read(_PIECE)
        whole = unpack.eof
        rest = rest.lstrip(b"\0")  # which some programs fill the last block with
    if not whole:
        raise FileFormatError("cannot be unpacked: its end is missing", field=name)


@contextmanager
def taken(path: str | os.PathLike[str], *, most: int | None = None) -> Generator[Source]:
    """What bears a name, ready to be read: a file, or what a pipe or standard input brings, taken in once.

    Args:
        path: its name.
        most: of a pipe, so many bytes at most, for it may never end.

    Raises:
        FileFormatError: nothing bears that name; it is a folder or a device; nobody writes into the pipe; or more than
            ``most`` comes through it.

    >>> with taken("no such file"):
    ...     pass
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: no such file: cannot be read (No such file or directory)
    >>> with taken("/dev/zero"):
    ...     pass
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: /dev/zero: cannot be read: it is a device (expected a file)
    """
    name = name_of_file(path)
    with ExitStack() as stack:
        with _saying_what_failed(name):
            file = stack.enter_context(_opened(name))
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                copy = stack.enter_context(TemporaryFile())
                for piece in _through(file, name):
                    copy.write(piece)
                    if most is not None and copy.tell() > most:
                        raise _too_much(name, most)
                file = copy
            source = Source(file, name)
        yield source


def _opened(name: str) -> BinaryIO:
    """A file, opened so that a pipe without a writer does not hold everything up; no folder, and no device."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(name, flags)
    mode = os.fstat(descriptor).st_mode
    device = stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not os.isatty(descriptor) and name != os.devnull)
    if device or stat.S_ISDIR(mode):
        os.close(descriptor)
        what = "a device" if device else "a folder"
        raise FileFormatError(f"cannot be read: it is {what}", field=name, expected="a file")
    return cast("BinaryIO", os.fdopen(descriptor, "rb", buffering=0))


def _through(file: BinaryIO, name: str) -> Iterator[bytes]:
    """What comes through a pipe, once somebody writes into it."""
    if stat.S_ISFIFO(os.fstat(file.fileno()).st_mode) and hasattr(select, "poll"):
        waiting = select.poll()
        waiting.register(file, select.POLLIN | select.POLLHUP)
        for _ in range(_LOOKS):
            # Of a pipe without a writer there is no more, at once; with one that has not written yet, nothing so far.
            piece = cast("bytes | None", file.read(_PIECE))
            if piece:
                yield piece
            if piece != b"" or waiting.poll(_BETWEEN_LOOKS):
                break
        else:
            raise FileFormatError("cannot be read: nothing is writing to this pipe", field=name, expected="a file")
    os.set_blocking(file.fileno(), True)
    while piece := file.read(_PIECE):
        yield piece


@contextmanager
def _saying_what_failed(name: str) -> Generator[None]:
    try:
        yield
    except OSError as error:
        wanted = "a file; for standard input give /dev/stdin" if name == "-" else ""
        raise FileFormatError(f"cannot be read ({error.strerror or error})", field=name, expected=wanted) from None


def _too_much(name: str, most: int) -> FileFormatError:
    return FileFormatError(
        f"holds more than {most >> 20:,} MB, the most that is read at once",
        field=name,
        expected=f"a smaller file; {Remedy.IN_PARTS}",
    )


def read_bytes(path: str | os.PathLike[str], *, most: int = MOST) -> bytes:
    """What a file or a pipe holds, unpacked where it is gzip.

    Raises:
        FileFormatError: as for ``taken``; or it holds more than ``most``.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "rows").write_text("a,b")
    ...     read_bytes(Path(folder) / "rows")
    b'a,b'
    >>> read_bytes("/dev/null")
    b''
    """
    with taken(path, most=most) as source:
        return source.whole(most)


def unpacked(data: bytes, name: str, *, most: int = MOST) -> bytes:
    """Bytes that are there already, unpacked where they are gzip; ``name``: what they are called in a message.

    Raises:
        FileFormatError: they cannot be unpacked, or come to more than ``most``.

    >>> import gzip
    >>> unpacked(gzip.compress(b"a,b"), "rows"), unpacked(b"a,b", "rows")
    (b'a,b', b'a,b')
    >>> unpacked(gzip.compress(b"a,b")[:-5], "rows")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: rows: cannot be unpacked: its end is missing
    """
    return Source(BytesIO(data), name).whole(most) if data.startswith(_GZIP) else data
