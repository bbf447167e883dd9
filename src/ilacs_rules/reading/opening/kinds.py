"""What a file is, told by its first bytes and not by its name: text, a workbook, or something to be said no to."""

import re
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from io import BytesIO
from typing import Literal, NamedTuple, TypeAlias
from zipfile import BadZipFile, ZipFile

from ilacs_rules.errors import FileFormatError, Remedy
from ilacs_rules.files import MOST, decode
from ilacs_rules.reading.opening.given import Given
from ilacs_rules.reading.opening.old_workbook import BEGINS, look_into_old

__all__ = ["BROKEN", "Kind", "kind_of_file"]

Kind: TypeAlias = Literal["json", "text", "workbook"]

BROKEN = (BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError)
"""What a zip that is not whole, or of a kind that Python does not unpack, may come to."""

_MOST_UNPACKED = 4 * MOST
_WORKBOOK = "a workbook (XLSX, XLS, ODS), a CSV file, or JSON"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype html|html|table|head|body|meta|div|script|style|title)\b"
    r"|mime-version:",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096
_OF_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".xltx", ".xlt", ".ots")
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "is a text document",
    b"application/vnd.oasis.opendocument.presentation": "is a presentation",
    b"application/vnd.oasis.opendocument.graphics": "is a drawing",
}
_OLD_DOCUMENTS = {"WordDocument": "is a text document", "PowerPoint Document": "is a presentation"}
_IN_IT = "the table in it, saved as XLSX or CSV"


class _Known(NamedTuple):
    begins: bytes
    what: str
    instead: str


_OTHERS = (
    _Known(b"%PDF", "is a PDF document", "the workbook or CSV with the same table, often published beside it"),
    _Known(b"PAR1", "is a Parquet file", f"a workbook, CSV or JSON; {Remedy.OTHER_PROGRAM}"),
    _Known(b"ARROW1", "is an Arrow file", f"a workbook, CSV or JSON; {Remedy.OTHER_PROGRAM}"),
    _Known(b"SQLite format 3", "is a database", "the table saved as CSV"),
    _Known(b"BZh", "is packed with bzip2", "the file unpacked"),
    _Known(b"\xfd7zXZ", "is packed with xz", "the file unpacked"),
    _Known(b"7z\xbc\xaf\x27\x1c", "is a 7z archive", "the file in it, unpacked"),
    _Known(b"Rar!", "is a RAR archive", "the file in it, unpacked"),
    _Known(b"{\\rtf", "is a text document", "the table in it, saved as CSV"),
    _Known(
        b"version https://git-lfs",
        "stands for a file that Git keeps elsewhere (Git LFS)",
        "the file itself: `git lfs pull` fetches it",
    ),
    _Known(b"/annex/objects/", "stands for a file that git-annex keeps elsewhere", "the file itself: `git annex get`"),
    _Known(b"\x89PNG", "is a picture", _WORKBOOK),
    _Known(b"\xff\xd8\xff", "is a picture", _WORKBOOK),
)


def kind_of_file(found: Given) -> Kind:
    """What a file is.

    Raises:
        FileFormatError: nothing that is read here; the message says what it is, and what to do.

    >>> kind_of_file(Given("a.csv", b"URN,Name"))
    'text'
    >>> kind_of_file(Given("report.xls", b"%PDF-1.7"))
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: report.xls: is a PDF document (expected the table behind it: look for the \
workbook or CSV beside it)
    """
    data = found.data
    for known in _OTHERS:
        if data.startswith(known.begins):
            raise FileFormatError(known.what, field=found.name, expected=known.instead)
    if data.startswith(b"PK"):
        return _of_zip(found)
    if data.startswith(BEGINS):
        return _of_old_container(found)
    head = _beginning(data)
    if _PAGE.match(head):
        raise FileFormatError(
            "is a web page, whatever its name says",
            field=found.name,
            expected=f"{_WORKBOOK}: download the file itself; or open this one in a spreadsheet program and save it as "
            "XLSX",
        )
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise FileFormatError(
            "is a spreadsheet in the XML format of 2003", field=found.name, expected="the same saved as XLSX"
        )
    if head.startswith("<?xml"):
        raise FileFormatError("is XML", field=found.name, expected=_WORKBOOK)
    return _of_text(found)


def _beginning(data: bytes) -> str:
    """The first letters of a file, whatever its encoding: enough to know a web page by."""
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return data[:_HEAD].decode("utf-16" if wide else "utf-8-sig", "replace")


def _of_text(found: Given) -> Kind:
    ending = found.name.casefold().removesuffix(".gz")
    if ending.endswith(".json"):
        return "json"
    if ending.endswith((".csv", ".tsv")):
        return "text"
    if ending.endswith(_OF_WORKBOOKS):
        _refuse_no_text(found)
    begins = found.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return "json" if begins in (b"{", b"[") else "text"


def _refuse_no_text(found: Given) -> None:
    """Refuse a file that is named as a workbook, but does not begin as one and is not text."""
    try:
        decode(found.data, found.name, fallback=True)
    except FileFormatError:
        if found.data.strip():
            raise FileFormatError(
                "is named as a workbook but is not one: it is damaged, or is something else",
                field=found.name,
                expected=f"{_WORKBOOK}: open it in a spreadsheet program; if that fails too, download it again",
            ) from None


def _of_old_container(found: Given) -> Kind:
    streams = look_into_old(found.data).streams
    for name, what in _OLD_DOCUMENTS.items():
        if name in streams:
            raise FileFormatError(what, field=found.name, expected=_IN_IT)
    return "workbook"


def _of_zip(found: Given) -> Kind:
    try:
        with ZipFile(BytesIO(found.data)) as packed:
            parts = {each.filename: each.file_size for each in packed.infolist()}
            kind = packed.read("mimetype").strip() if 0 < parts.get("mimetype", 0) < _HEAD else b""
    except BROKEN as error:
        raise FileFormatError(
            f"is a workbook or archive that is broken ({error})",
            field=found.name,
            expected="the whole file, not cut off",
        ) from None
    if sum(parts.values()) > _MOST_UNPACKED:
        raise FileFormatError(
            f"holds more than {_MOST_UNPACKED >> 20:,} MB when it is unpacked",
            field=found.name,
            expected="a smaller file",
        )
    if kind in _OPEN_DOCUMENTS:
        raise FileFormatError(_OPEN_DOCUMENTS[kind], field=found.name, expected=_IN_IT)
    for holds, what, instead in _IN_ZIP:
        if any(map(holds, parts)):
            if what:
                raise FileFormatError(what, field=found.name, expected=instead)
            return "workbook"
    inside = ", ".join(sorted(name for name in parts if not name.endswith("/"))[:5])
    raise FileFormatError(
        "is a zip archive", field=found.name, value=inside, expected="the files in it: unpack it, and give those"
    )


_IN_ZIP: tuple[tuple[Callable[[str], bool], str, str], ...] = (
    (lambda name: name == "xl/workbook.bin", "is a binary workbook (XLSB)", "the same saved as XLSX"),
    (lambda name: name == "xl/workbook.xml", "", ""),
    (
        lambda name: name == "encrypted-package",  # a whole open document, as newer programs encrypt it
        "is protected by a password",
        "a copy saved without one: open it, and save it again",
    ),
    (lambda name: name.startswith("word/"), "is a text document", _IN_IT),
    (lambda name: name.startswith("ppt/"), "is a presentation", _IN_IT),
    (lambda name: name.startswith("Index/"), "is a Numbers document", "the same exported as XLSX or CSV"),
    (lambda name: name == "content.xml", "", ""),
)
