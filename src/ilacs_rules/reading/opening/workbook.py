"""From a workbook to its sheets: XLSX, XLS and ODS, by python-calamine (the extra ``files``).

Calamine reads values and runs nothing. Three things are checked first, because it does not handle them. One is a cell
far outside the table, for which it would ask for terabytes. The others are a formula whose value was never worked out
and a cell with an error, which it both gives as empty.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from ilacs_rules.errors import FileFormatError, MissingExtraError
from ilacs_rules.reading.opening.errors_in_cells import Errors, errors_of_ods, errors_of_xlsx, number_of
from ilacs_rules.reading.opening.given import Given
from ilacs_rules.reading.opening.kinds import BROKEN
from ilacs_rules.reading.opening.old_workbook import look_into_old
from ilacs_rules.reading.opening.sheet import Cell, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

__all__ = ["Hidden", "Opened", "sheets_of_workbook"]

_MOST_CELLS = 40_000_000
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_NO_VALUE = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ODS_TABLE = re.compile(rb'<table:table\s[^>]*?table:name="([^"]*)"')
_ODS_FORMULA = b"table:formula="


class Hidden(NamedTuple):
    """A sheet that its workbook does not show, and that is not read."""

    name: str


class Opened(NamedTuple):
    """The sheets of a workbook, and of each what was found in it.

    ``without_values``: the first formula that has no value. Cells with an error, such as ``#N/A``, hold its text.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[Hidden, ...]
    without_values: dict[str, str]
    macros: bool

    def refuse_without_values(self, file: str, among: Iterable[str] | None = None) -> None:
        """Refuse a workbook of which some sheets, or any, hold formulas without a value.

        Raises:
            FileFormatError: with the first such cell.
        """
        for sheet in self.sheets:
            if (among is None or sheet.name in among) and (cell := self.without_values.get(sheet.name)):
                raise FileFormatError(
                    "has formulas whose values were never worked out",
                    field=f"{file}, sheet '{sheet.name}'",
                    value=cell,
                    expected="the workbook opened in a spreadsheet program and saved, which works them out",
                )


def sheets_of_workbook(found: Given) -> Opened:
    """The sheets of a workbook, each with all its rows.

    Raises:
        MissingExtraError: python-calamine is not installed.
        FileFormatError: it is protected by a password, broken, or has a cell far outside its table.
    """
    try:
        import python_calamine as calamine  # noqa: PLC0415 - an extra of its own
    except ModuleNotFoundError:
        raise MissingExtraError(
            f"{found.name}: reading workbooks (XLSX, XLS, ODS) needs an extra: pip install 'ilacs-rules[files]'; "
            "or save each sheet as CSV"
        ) from None
    looked = _look_into(found)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(found.data)) as workbook:
            shown = {
                each.name: each.visible == calamine.SheetVisibleEnum.Visible
                for each in workbook.sheets_metadata
                if each.typ == calamine.SheetTypeEnum.WorkSheet
            }
            sheets = tuple(
                _sheet(workbook, name, found.name, looked.errors.get(name, {}))
                for name, visible in shown.items()
                if visible
            )
    except calamine.PasswordError:
        raise _protected(found.name) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileFormatError(
            f"is a workbook that cannot be read ({error})",
            field=found.name,
            expected="a workbook that opens: open it, and save it again",
        ) from None
    hidden = tuple(Hidden(name) for name, visible in shown.items() if not visible)
    return Opened(sheets, hidden, looked.without_values, looked.macros)


def _sheet(workbook: "CalamineWorkbook", name: str, file: str, errors: Errors) -> Sheet:
    lines: list[int] = []
    rows: list[Sequence[Cell]] = []
    mistaken: dict[int, dict[int, str]] = {}
    for (line, place), text in errors.items():
        mistaken.setdefault(line, {})[place] = text
    for line, cells in enumerate(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1):
        for place, text in mistaken.pop(line, {}).items():
            # Calamine leaves out empty cells at the end, and an error is none.
            cells.extend([""] * (place + 1 - len(cells)))
            cells[place] = text
        if any(cells):
            lines.append(line)
            rows.append(cells)
    return Sheet(file, name, lines, rows)


def _protected(name: str) -> FileFormatError:
    return FileFormatError(
        "is protected by a password", field=name, expected="a copy saved without one: open it, and save it again"
    )


class _Looked(NamedTuple):
    """Of each sheet the first formula without a value, and the cells that hold an error, such as ``#N/A``."""

    without_values: dict[str, str]
    macros: bool = False
    errors: Mapping[str, Errors] = MappingProxyType({})


def _look_into(found: Given) -> _Looked:
    """What has to be known before a workbook is opened.

    Raises:
        FileFormatError: it is protected by a password, or a cell stands far outside the table.
    """
    if not found.data.startswith(b"PK"):
        # The old binary container: an encrypted XLSX is wrapped in one.
        old = look_into_old(found.data)
        if old.protected or "EncryptedPackage".encode("utf-16-le") in found.data:
            raise _protected(found.name)
        return _Looked({}, old.macros, old.errors)
    try:
        with ZipFile(BytesIO(found.data)) as packed:
            names = packed.namelist()
            if "content.xml" in names:
                if b"encryption-data" in packed.read("META-INF/manifest.xml"):
                    raise _protected(found.name)
                content = packed.read("content.xml")
                found_in = {name: errors_of_ods(content[start:end]) for name, start, end in _ods_tables(content)}
                return _Looked(dict(_ods_without_values(content)), errors=found_in)
            sheets = [name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
            texts = [(_title(packed, name), packed.read(name)) for name in sheets]
            for _, text in texts:
                _refuse_far_cells(text, found.name)
            without = {title: cell[1].decode() for title, text in texts if (cell := _NO_VALUE.search(text))}
            errors = {title: errors_of_xlsx(text) for title, text in texts}
            return _Looked(without, macros=any("vbaProject" in name for name in names), errors=errors)
    except BROKEN as error:
        raise FileFormatError(
            f"is a workbook that is broken ({error})", field=found.name, expected="the whole file, not cut off"
        ) from None


def _ods_tables(text: bytes) -> Iterator[tuple[str, int, int]]:
    """Where each sheet begins and ends."""
    begins = [(match.start(), match[1].decode("utf-8", "replace")) for match in _ODS_TABLE.finditer(text)]
    for (start, name), end in zip(begins, [place for place, _ in begins[1:]] + [len(text)], strict=True):
        yield _plain(name), start, end


def _ods_without_values(text: bytes) -> Iterator[tuple[str, str]]:
    for name, start, end in _ods_tables(text):
        place = text.find(_ODS_FORMULA, start, end)
        while place >= 0:
            tag = text[text.rfind(b"<", start, place) : text.find(b">", place)]
            if b"office:value-type" not in tag and b"calcext:value-type" not in tag:
                yield name, "a cell"
                break
            place = text.find(_ODS_FORMULA, place + 1, end)


def _title(packed: ZipFile, member: str) -> str:
    """The name of the sheet that a part of an XLSX file holds; the part's own name where that cannot be told."""
    try:
        links = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
    except KeyError:
        return member
    target = member.removeprefix("xl/")
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        if re.search(rf'Target="(?:/xl/|\./)?{re.escape(target)}"', link):
            number = re.search(r'\bId="([^"]*)"', link)
            named = number and re.search(rf'<(?:\w+:)?sheet\b[^>]*?\br:id="{re.escape(number[1])}"[^>]*>', book)
            title = named and re.search(r'\bname="([^"]*)"', named[0])
            if title:
                return _plain(title[1])
    return member


def _plain(text: str) -> str:
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, sign)
    return text


def _refuse_far_cells(text: bytes, name: str) -> None:
    lowest, widest, far = 0, 0, ""
    for column, row, empty in _CELL.findall(text):
        if not empty:
            across = number_of(column)
            if int(row) * across > lowest * widest:
                far = f"{column.decode()}{row.decode()}"
            lowest, widest = max(lowest, int(row)), max(widest, across)
    if lowest * widest > _MOST_CELLS:
        raise FileFormatError(
            "has a cell far outside its table", field=name, value=far,
            expected="nothing beside or below the table: delete those rows and columns, and save it again",
        )  # fmt: skip
