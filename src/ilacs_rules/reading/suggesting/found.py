"""``columns``: a file's sheets, where the header of each stands, and what each of its columns seems to be."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ilacs_rules.errors import FileFormatError, Remedy, nearest
from ilacs_rules.reading.catalogue import formats
from ilacs_rules.reading.feet import foot_of
from ilacs_rules.reading.form import Format
from ilacs_rules.reading.matching import find_format
from ilacs_rules.reading.near import lacking
from ilacs_rules.reading.opening.given import given
from ilacs_rules.reading.opening.kinds import kind_of_file
from ilacs_rules.reading.opening.sheet import Sheet, shown, with_whole_header
from ilacs_rules.reading.opening.text import decode, sheet_of_text
from ilacs_rules.reading.opening.workbook import sheets_of_workbook
from ilacs_rules.reading.suggesting.as_toml import written
from ilacs_rules.reading.suggesting.meaning import told
from ilacs_rules.reading.suggesting.names import field_of_name
from ilacs_rules.reading.suggesting.profile import Said, profile_of
from ilacs_rules.reading.suggesting.seen import ColumnSeen, SheetColumns, look_at
from ilacs_rules.values.given import one_of

__all__ = ["Columns", "SheetColumns", "columns"]

_LOOKED_AT = 15


class Columns(BaseModel):
    r"""What the sheets of a file seem to hold.

    Attributes:
        file: the name of the file.
        sheets: its sheets, each with its columns.

    >>> from io import StringIO
    >>> found = columns(StringIO("Council,First day\nA council,09/04/2024\n"))
    >>> [column.field for column in found.sheets[0].columns]
    ['name', 'started']
    >>> Columns(file="empty.csv", sheets=()).sheets
    ()
    """

    model_config = ConfigDict(frozen=True)

    file: str
    sheets: tuple[SheetColumns, ...]

    def profile(  # noqa: PLR0913 - each is something that only a person can say
        self,
        sheet: str | None = None,
        *,
        of: str = "",
        days: Sequence[str] = (),
        means: Mapping[str, str] | None = None,
        says: Mapping[str, str] | None = None,
        words: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Format:
        r"""A profile for one of the sheets, which you can give to ``read`` as its ``format``.

        Args:
            sheet: the name of the sheet. Without it, this is the sheet with the most known columns.
            of: whether its rows are about ``authorities``, ``providers`` or ``any``. Without it, its words decide.
            days: how days are written, such as ``["DD/MM/YYYY"]``. Give this if days are texts, because nobody else can
                know.
            means: what a column holds if that was not found, or was wrong, by its letter: ``{"D": "published"}``. An
                empty text says that the column is not to be read.
            says: what every row says if no column does: ``activity``, ``name``, ``type``, and what the record
                ``covers`` (``"inspections"`` or ``"everything"``).
            words: what texts mean that the library does not know, by kind (``grade``, ``effectiveness``, ``outcome``,
                ``type``, ``activity``): ``{"grade": {"Req imp": "requires_improvement"}}``. If you give an empty text,
                the word is left out, and each row that has it is reported.

        Raises:
            FileFormatError: there is no such sheet, too little of it is known, or two columns are said to hold the
                same. The error names everything that is wrong.

        >>> from io import StringIO
        >>> row = "A council,Focused visit,09/04/2024,20/05/2024"
        >>> visits = StringIO(f"Council,Visit type,First day,Published\n{row}\n")
        >>> profile = columns(visits).profile(days=["DD/MM/YYYY"])
        >>> profile.columns, profile.event[0].columns["started"]
        ({'name': ('Council',)}, ('First day',))
        >>> visits = StringIO("Council,Seen on\nA council,09/04/2024\n")
        >>> profile = columns(visits).profile(
        ...     of="authorities", days=["DD/MM/YYYY"], means={"B": "started"}, says={"activity": "focused_visit"}
        ... )
        >>> profile.event[0].activity, profile.event[0].columns
        (<Activity.FOCUSED_VISIT: 'focused_visit'>, {'started': ('Seen on',)})
        """
        return profile_of(self._sheet(sheet), self.file, Said(of, days, means or {}, says or {}, words or {}))

    def to_toml(self, sheet: str | None = None) -> str:
        r"""The same profile as TOML text. Comments in it say what you have to decide.

        Args:
            sheet: as for ``profile``.

        Raises:
            FileFormatError: there is no such sheet.

        >>> from io import StringIO
        >>> visits = "Council,Visit type,First day,Published\nA council,Focused visit,09/04/2024,20/05/2024\n"
        >>> 'started = ["First day"]' in columns(StringIO(visits)).to_toml()
        True
        >>> columns(StringIO(visits)).to_toml("no such sheet")
        Traceback (most recent call last):
        ilacs_rules.errors.FileFormatError: ...
        """
        return written(self._sheet(sheet), self.file)

    def _sheet(self, wanted: str | None) -> SheetColumns:
        named = {each.sheet: each for each in self.sheets}
        if wanted is not None:
            if one_of(wanted, named) is None:
                raise FileFormatError(
                    "is not a sheet of this file", field=self.file, value=wanted, expected=nearest(wanted, named)
                )
            return named[wanted]
        return max(self.sheets, key=lambda each: sum(bool(column.field) for column in each.columns))

    def __str__(self) -> str:
        return "\n".join(line for sheet in self.sheets for line in _lines(sheet, self.file))


def columns(file: object) -> Columns:
    r"""What the columns of a spreadsheet seem to be, and why.

    If days are texts, you also see which orders of day and month fit.

    Args:
        file: the name or path of a file, or an open file: CSV, XLSX, XLS or ODS.

    Raises:
        FileFormatError: the file does not exist, cannot be read, or is not a spreadsheet.
        MissingExtraError: you gave a workbook, and the extra ``files`` is not installed.

    >>> from io import StringIO
    >>> row = "A council,Focused visit,09/04/2024,20/05/2024"
    >>> found = columns(StringIO(f"Council,Visit type,First day,Report date\n{row}\n"))
    >>> [(column.name, column.field, column.day_orders) for column in found.sheets[0].columns][2:]
    [('First day', 'started', ('DD/MM/YYYY', 'MM/DD/YYYY')), ('Report date', '', ('DD/MM/YYYY',))]
    >>> print(found.sheets[0].columns[3].because)
    it holds days, and its name does not say which
    """
    found = given(file)
    kind = kind_of_file(found)
    if kind == "json":
        raise FileFormatError(
            "is JSON, which has no columns",
            field=found.name,
            expected=f"a spreadsheet; {Remedy.AS_IT_IS}",
        )
    if kind == "text":
        text, _ = decode(found.data, found.name, fallback=True)
        sheets: Sequence[Sheet] = [sheet_of_text(text, found.name)]
    else:
        opened = sheets_of_workbook(found)
        opened.refuse_without_values(found.name)
        sheets = opened.sheets
    return Columns(file=Path(found.name).name or found.name, sheets=tuple(map(_columns_of, sheets)))


def _columns_of(sheet: Sheet) -> SheetColumns:
    place = _header(sheet)
    if place is None:
        return SheetColumns(sheet=sheet.name, header=0, rows=len(sheet.rows))
    known = find_format(sheet, formats().values())
    place = known[0].header if known else place
    names = [" ".join(shown(cell).split()) for cell in with_whole_header(sheet, place).rows[place]]
    below = sheet.rows[place + 1 : foot_of(sheet, place)]
    cells = {
        _letter(number): [row[number] if number < len(row) else "" for row in below] for number in range(len(names))
    }
    seen = [look_at(letter, name, cells[letter]) for letter, name in zip(cells, names, strict=True)]
    seen = [column for column in seen if column.name or column.filled]
    return SheetColumns(
        sheet=sheet.name,
        header=sheet.lines[place],
        rows=len(below),
        format=known[0].form.id if known and not any(each.matters for each in lacking(known[0])) else "",
        columns=told(seen, cells),
    )


def _header(sheet: Sheet) -> int | None:
    """The row that names the most columns: by names that have a meaning, else the first with several texts."""
    looked = range(min(_LOOKED_AT, len(sheet.rows)))
    meant = {place: sum(bool(field_of_name(shown(cell))) for cell in sheet.rows[place]) for place in looked}
    best = max(looked, key=lambda place: meant[place], default=None)
    if best is not None and meant[best] > 1:
        return best
    several = (
        place for place in looked if sum(isinstance(cell, str) and bool(cell.strip()) for cell in sheet.rows[place]) > 1
    )
    return next(several, None)


def _letter(number: int) -> str:
    """The name of a column: A to Z, AA and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _lines(sheet: SheetColumns, file: str) -> list[str]:
    called = f"{file}, sheet '{sheet.sheet}'" if sheet.sheet else file
    if not sheet.header:
        return [f"{called}: no header was found"]
    lines = [f"{called}: header in row {sheet.header}, {sheet.rows:,} rows"]
    if sheet.format:
        lines.append(f"  It opens as it is: it has the format '{sheet.format}'.")
    for column in sheet.columns:
        what = column.field or "not known"
        lines.append(f"  {column.letter:>3}  {column.name or '(no name)'}: {what} ({column.because})")
        lines.append(f"       holds {column.holds}{_detail(column)}")
    return lines


def _detail(column: ColumnSeen) -> str:
    said = f", such as {', '.join(column.examples)}" if column.examples else ""
    if column.holds == "days as text":
        said += f"; every value fits {' and '.join(column.day_orders)}"
    elif column.day_orders == ("excel",):
        said += "; they could be Excel's numbers of days"
    if column.not_there:
        said += f"; there is none where it says {', '.join(column.not_there)}"
    if column.unknown and column.field:
        few = list(column.unknown)[:5]
        said += f"; not known: {', '.join(few)}{' and others' if len(column.unknown) > len(few) else ''}"
    return said
