"""Workbooks made by hand, part by part: what no ordinary program writes, and what ordinary people's programs do."""
# ruff: noqa: E501, ISC004 - parts of files as they stand there

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

__all__ = ["cell", "ods", "packed", "rows_of", "xls", "xlsx"]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def packed(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip of some parts."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as file:
        for name, text in parts:
            file.writestr(name, text)
    return held.getvalue()


def cell(place: str, text: str) -> str:
    """A cell of text in a sheet of XLSX."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_of(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text in a sheet of XLSX."""
    made = ""
    for line, row in enumerate(rows, start=1):
        cells = (cell(f"{chr(65 + place)}{line}", text) for place, text in enumerate(row) if text)
        made += f'<row r="{line}">{"".join(cells)}</row>'
    return made


def xls(rows: Sequence[Sequence[str]], errors: Mapping[tuple[int, int], int] | None = None) -> bytes:
    """An old binary workbook of one sheet; ``errors``: the codes of errors by row and place, from 0."""
    name = b"Sheet"
    globals_ = _record(0x809, pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + _record(0x42, pack("<H", 1200))
    begins = len(globals_) + 12 + len(name) + 4
    globals_ += _record(0x85, pack("<IBBBB", begins, 0, 0, len(name), 0) + name) + _record(0x0A, b"")
    sheet = _record(0x809, pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    for line, row in enumerate(rows):
        for place, text in enumerate(row):
            if code := (errors or {}).get((line, place)):
                sheet += _record(0x205, pack("<HHHBB", line, place, 0, code, 1))
            elif text:
                sheet += _record(0x204, pack("<HHHHB", line, place, 0, len(text), 0) + text.encode("latin-1"))
    return _container("Workbook", globals_ + sheet + _record(0x0A, b""))


def _record(kind: int, held: bytes) -> bytes:
    return pack("<HH", kind, len(held)) + held


def _container(name: str, stream: bytes) -> bytes:
    """A compound file of one stream: a header, the stream, its directory, and the table of its sectors."""
    # What is shorter would stand in a chain of small sectors.
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count, end, none = len(stream) // 512, 0xFFFFFFFE, 0xFFFFFFFF
    following = [*range(1, count), end, end, 0xFFFFFFFD]
    head = pack("<8s16xHHHHH6xIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, count, 0, 4096)
    head += pack("<IIII", end, 0, end, 0) + pack("<109I", count + 1, *[none] * 108)
    entries = b"".join(
        title.encode("utf-16-le").ljust(64, b"\0")
        + pack("<HBBIII36xIII", len(title) * 2 + 2, kind, 1, none, none, child, first, length, 0)
        for title, kind, child, first, length in (("Root Entry", 5, 1, end, 0), (name, 2, none, 0, len(stream)))
    )
    table = pack(f"<{len(following)}I", *following).ljust(512, b"\xff")
    return head + stream + entries.ljust(512, b"\0") + table


def xlsx(rows: str, *others: tuple[str, str | bytes], name: str = "Sheet") -> bytes:
    """A workbook of one sheet, whose rows are given as XML."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed(
        [
            (
                "[Content_Types].xml",
                f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
                f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
                f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>',
            ),
            (
                "_rels/.rels",
                f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
                f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            ),
            (
                "xl/workbook.xml",
                f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
                f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            ),
            (
                "xl/_rels/workbook.xml.rels",
                f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
                f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            ),
            (
                "xl/worksheets/sheet1.xml",
                f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            ),
            *others,
        ]
    )


def ods(rows: str, *, encrypted: bool = False) -> bytes:
    """A workbook of OpenDocument, whose rows are given as XML."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f"{_OPEN}:manifest:1.0"
    secret = '<manifest:encryption-data manifest:checksum=""/>' if encrypted else ""
    return packed(
        [
            ("mimetype", kind),
            (
                "META-INF/manifest.xml",
                f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry '
                f'manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry '
                f'manifest:full-path="content.xml" manifest:media-type="text/xml">{secret}</manifest:file-entry>'
                "</manifest:manifest>",
            ),
            (
                "content.xml",
                f'<?xml version="1.0"?><office:document-content xmlns:office="{_OPEN}:office:1.0" '
                f'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
                f'xmlns:table="{_OPEN}:table:1.0" xmlns:text="{_OPEN}:text:1.0"><office:body><office:spreadsheet>'
                f'<table:table table:name="Sheet">{rows}</table:table></office:spreadsheet></office:body>'
                "</office:document-content>",
            ),
        ]
    )
