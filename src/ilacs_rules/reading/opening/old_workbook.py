"""What has to be known of an old binary workbook (XLS) before it is opened: passwords, macros, and cells with an error.

Such a file is a small file system (MS-CFB): sectors in chains, and a directory of streams. The stream of the workbook
is a row of records (MS-XLS 2.4), each a kind, a length and its content. Calamine gives a cell with an error as empty.
"""

import struct
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ilacs_rules.reading.opening.errors_in_cells import ERRORS, Errors

__all__ = ["BEGINS", "OldWorkbook", "look_into_old"]

BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_SECTOR = 0xFFFFFFF0
"""Numbers from here on mean the end of a chain, or none."""
_SHORT_STREAM = 4096
"""Streams that are shorter stand in a chain of small sectors."""
_BOUND_SHEET, _FILE_PASS, _FORMULA, _BOOL_OR_ERROR = 0x85, 0x2F, 0x06, 0x205
_OF_WORKBOOKS = ("Workbook", "Book")


class OldWorkbook(NamedTuple):
    """What was found: ``streams`` are the names of all that the file holds; ``errors``: of each sheet, by its name."""

    streams: frozenset[str]
    protected: bool = False
    errors: Mapping[str, Errors] = MappingProxyType({})

    @property
    def macros(self) -> bool:
        """Whether it holds macros."""
        return any(name.startswith("_VBA_PROJECT") for name in self.streams)


def look_into_old(data: bytes) -> OldWorkbook:
    """What an old binary container holds; nothing where it is broken, which whoever opens it will say.

    >>> look_into_old(BEGINS + bytes(600))
    OldWorkbook(streams=frozenset(), protected=False, errors=mappingproxy({}))
    """
    try:
        streams = _Container(data).streams()
    except (struct.error, IndexError, ValueError, OverflowError):
        return OldWorkbook(frozenset())
    names = frozenset(streams)
    if "EncryptedPackage" in names:
        return OldWorkbook(names, protected=True)
    stream = next((streams[name] for name in _OF_WORKBOOKS if name in streams), b"")
    return OldWorkbook(names, *_of_records(stream))


class _Container:
    """The file system within the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, small = struct.unpack_from("<HH", data, 30)
        if (shift, small) not in ((9, 6), (12, 6)):
            raise ValueError(f"sectors of 2 to the power of {shift}")
        self.size, self.small = 1 << shift, 1 << small
        tables = [each for each in struct.unpack_from("<109I", data, 76) if each < _NO_SECTOR]
        more = struct.unpack_from("<I", data, 68)[0]
        per_sector = self.size // 4
        while more < _NO_SECTOR and len(tables) * self.size <= len(data):
            *numbers, more = struct.unpack(f"<{per_sector}I", self._sector(more))
            tables += [each for each in numbers if each < _NO_SECTOR]
        self.next = [each for table in tables for each in struct.unpack(f"<{per_sector}I", self._sector(table))]

    def _sector(self, number: int) -> bytes:
        found = self.data[(number + 1) * self.size : (number + 2) * self.size]
        return found.ljust(self.size, b"\0") if found else b""

    def _chain(self, first: int, following: list[int]) -> Iterator[int]:
        # A chain that bites its own tail is no longer than all sectors there are.
        for _ in range(len(following)):
            if first >= _NO_SECTOR:
                return
            yield first
            first = following[first]

    def _whole(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self.next)))

    def streams(self) -> dict[str, bytes]:
        """The name of each stream and storage; with the content of a stream that is a workbook."""
        directory = self._whole(struct.unpack_from("<I", self.data, 48)[0])
        small_table = self._whole(struct.unpack_from("<I", self.data, 60)[0])
        small_next = list(struct.unpack(f"<{len(small_table) // 4}I", small_table))
        found: dict[str, bytes] = {}
        container = b""
        for place in range(0, len(directory) - 127, 128):
            entry = directory[place : place + 128]
            name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
            first, length = struct.unpack_from("<I", entry, 116)[0], struct.unpack_from("<I", entry, 120)[0]
            if not place:  # the root, whose content are the small sectors
                container = self._whole(first)
            elif name in _OF_WORKBOOKS and length >= _SHORT_STREAM:
                found[name] = self._whole(first)[:length]
            elif name in _OF_WORKBOOKS:
                places = (each * self.small for each in self._chain(first, small_next))
                found[name] = b"".join(container[each : each + self.small] for each in places)[:length]
            elif name:
                found[name] = b""
        return found


def _of_records(stream: bytes) -> tuple[bool, dict[str, Errors]]:
    """Whether the records of a workbook are encrypted, and the errors in its cells."""
    sheets: list[tuple[int, str]] = []
    errors: list[tuple[int, tuple[int, int], str]] = []
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        held = stream[place + 4 : place + 4 + length]
        if kind == _FILE_PASS:
            return True, {}
        if kind == _BOUND_SHEET and length > 8:
            sheets.append((struct.unpack_from("<I", held)[0], _name(held)))
        elif (code := _error(kind, held)) is not None:
            row, column = struct.unpack_from("<HH", held)
            errors.append((place, (row + 1, column), ERRORS.get(code, "#ERROR!")))
        place += 4 + length
    found: dict[str, Errors] = {}
    for begins, cell, text in errors:
        name = max(((start, name) for start, name in sheets if start <= begins), default=(0, ""))[1]
        found.setdefault(name, {})[cell] = text
    return False, found


def _name(held: bytes) -> str:
    """The name of a sheet: its length, in newer files a mark for two bytes a letter, and the letters."""
    count, wide = held[6], held[7]
    if wide not in (0, 1):  # before Excel 97 there was no mark
        return held[7 : 7 + count].decode("cp1252", "replace")
    return held[8 : 8 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _error(kind: int, held: bytes) -> int | None:
    """The code of the error that a cell holds, written in or worked out."""
    if kind == _BOOL_OR_ERROR and len(held) >= 8 and held[7]:
        return held[6]
    if kind == _FORMULA and len(held) >= 14 and held[12:14] == b"\xff\xff" and held[6] == 2:
        return held[8]
    return None
