"""Files that are not what they seem, or not whole: each says what it is, and what to do."""

import csv
import gzip
import json
import os
import sys
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.cli.commands import cli
from small_workbooks import cell, ods, packed, rows_of, xls, xlsx

TABLE = [
    ["as at 31 March 2025", "", "", "", "", ""],
    ["URN", "Provision type", "Event type", "Inspection date", "Publication date", "Overall effectiveness"],
    ["SC000001", "Boarding school", "Full inspection", "13/05/2024", "24/06/2024", "Good"],
    ["SC000002", "Boarding school", "Full inspection", "14/05/2024", "25/06/2024", "Good"],
]
CSV = "\n".join(",".join(row) for row in TABLE) + "\n"
ROWS = rows_of(TABLE)
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(data: bytes | str, name: str = "file") -> str:
    """What is said of a file: by every way in, with code 2 and no traceback on the command line."""
    held = BytesIO(data) if isinstance(data, bytes) else StringIO(data)
    held.name = name
    with pytest.raises(ir.FileFormatError) as caught:
        ir.read(held)
    assert name in caught.value.field
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        for command, *options in COMMANDS:
            outs = [word.format(folder=folder) for word in options]
            done = CliRunner().invoke(cli, [command, str(path), *outs])
            assert done.exit_code == 2, (command, done.output)
            assert name in done.stderr
            if caught.value.problem not in ("is empty", "cannot be unpacked: its end is missing"):
                assert caught.value.problem in done.stderr, command
    return str(caught.value)


COMMANDS = (
    ("next", "--as-of", "2025-01-10"),
    ("table", "--as-of", "2025-01-10", "--out", "{folder}/out.csv"),
    ("report", "--as-of", "2025-01-10", "--out", "{folder}/out.html"),
)
"""Every command that reads a file reads it by one of these ways."""


calamine = pytest.mark.skipif(
    not any((Path(folder) / "python_calamine").is_dir() for folder in sys.path),
    reason="python-calamine is not installed",
)


# What is no spreadsheet


@pytest.mark.parametrize(
    ("data", "what", "instead"),
    [
        (b"%PDF-1.7 ...", "is a PDF", "workbook or CSV"),
        (b"PAR1....", "is a Parquet file", "ilacs-rules table"),
        (b"ARROW1..", "is an Arrow file", "ilacs-rules table"),
        (b"SQLite format 3\0....", "is a database", "saved as CSV"),
        (b"BZh91AY", "is packed with bzip2", "unpacked"),
        (b"Rar!\x1a\x07", "is a RAR archive", "unpacked"),
        (b"{\\rtf1 ...", "is a text document", "CSV"),
        (b"\x89PNG....", "is a picture", "workbook"),
        (
            b"<html><table><tr><td>URN</td></tr></table></html>",
            "is a web page, whatever its name says",
            "save it as XLSX",
        ),
        (b"  <!DOCTYPE html>", "is a web page", "save it as XLSX"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML format of 2003",
            "XLSX",
        ),
        (packed([("a.csv", CSV), ("b.csv", CSV)]), "is a zip archive", "unpack it"),
        (packed([("word/document.xml", "")]), "is a text document", "saved as XLSX or CSV"),
        (packed([("xl/workbook.bin", "")]), "is a binary workbook (XLSB)", "saved as XLSX"),
        (packed([("Index/Document.iwa", "")]), "is a Numbers document", "exported as XLSX"),
        (b"PK\x03\x04 cut off", "is broken", "not cut off"),
        (b"", "is empty", "a header and rows"),
        (b"\xef\xbb\xbf\r\n ", "is empty", "a header and rows"),
        (b"\xff\xd8\xff\xe0", "is a picture", "workbook"),
        (b"\x00\x01\x02\x03" * 10, "is named as a workbook but is not one", "download it again"),
        (bytes(range(128, 256)) * 5, "is named as a workbook but is not one", "download it again"),
        ("\ufeff<html><table></table></html>".encode(), "is a web page", "save it as XLSX"),
        ("<html><table></table></html>".encode("utf-16"), "is a web page", "save it as XLSX"),
        (b"<!-- saved from a site -->\n<html>", "is a web page", "download the file itself"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html><html/>', "is a web page", "download the file itself"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook", "is a web page", "save it as XLSX"),
        (b'<?xml version="1.0"?><Error/>', "is XML", "a workbook"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n", "Git LFS", "git lfs pull"),
        (b"/annex/objects/SHA256E-s1--a.csv\n", "git-annex", "git annex get"),
        (packed([("ppt/presentation.xml", "")]), "is a presentation", "saved as XLSX or CSV"),
        (
            packed([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]),
            "is a text document",
            "saved as XLSX or CSV",
        ),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_spreadsheet_says_what_it_is(data: bytes, what: str, instead: str) -> None:
    said = refused(data, "providers.xls")
    assert what in said
    assert instead in said


def test_a_zip_names_what_is_in_it() -> None:
    assert "a.csv, b.csv" in refused(packed([("b.csv", CSV), ("a.csv", CSV)]))


@pytest.mark.parametrize(
    "address", ["https://www.gov.uk/x.csv", "http://x/y", "ftp://x/y.ods", "www.gov.uk/x.csv", "file:///x.csv"]
)
def test_a_web_address_is_not_fetched(address: str) -> None:
    with pytest.raises(ir.FileFormatError, match=r"is a web address.*download it first"):
        ir.read(address)
    done = CliRunner().invoke(cli, ["next", address, "--as-of", "2024-09-06"])
    assert (done.exit_code, "download it first" in done.stderr) == (2, True)


def test_a_folder_says_to_give_its_files(tmp_path: Path) -> None:
    with pytest.raises(ir.FileFormatError, match=r"is a folder .*the files in it"):
        ir.read(tmp_path)


@pytest.mark.parametrize("source", [None, 7, b"a,b", {"a": 1}, [], [None], 1.5])
def test_what_cannot_be_opened(source: object) -> None:
    with pytest.raises(ir.FileFormatError):
        ir.read(source)  # type: ignore[arg-type]


def test_an_open_file_of_anything_that_can_be_read() -> None:
    class Odd:
        def read(self, _size: int = -1) -> object:
            return 7

    with pytest.raises(ir.FileFormatError, match="is not open for reading bytes or text"):
        ir.read(Odd())  # type: ignore[arg-type]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_that_nobody_writes_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ilacs_rules.files import sources  # noqa: PLC0415 - only to wait less

    monkeypatch.setattr(sources, "_LOOKS", 1)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(ir.FileFormatError, match="nothing is writing"):
        ir.read(tmp_path / "pipe.csv")
    if Path("/dev/zero").exists():
        with pytest.raises(ir.FileFormatError, match="is a device"):
            ir.read("/dev/zero")


def test_json_that_is_not_ours_says_so() -> None:
    for text in (
        '{"a": [1, 2]}',
        '[{"hello": "x"}]',
        '{"type": "FeatureCollection", "features": []}',
        "7",
    ):
        assert "is JSON, and holds no subject" in refused(text, "some.json")
    # What is nearly one is told its own fault.
    with pytest.raises(ir.RecordError, match="is not a known subject type"):
        ir.read(StringIO('{"type": "childrens_hom", "registered": "2020-01-01"}'))


def test_text_in_utf_16() -> None:
    assert len(ir.read(BytesIO(CSV.encode("utf-16"))).subjects) == 2
    assert "is text in UTF-16 without its mark" in refused(CSV.encode("utf-16-le"), "wide.csv")


def test_only_a_header() -> None:
    assert "has a header and no rows" in refused("\n".join(",".join(row) for row in TABLE[:2]) + "\n", "header.csv")


def test_a_subject_that_cannot_be_answered_is_named_by_its_number(tmp_path: Path) -> None:
    """Without a day of registration and an inspection there is no answer; whose that would be is said."""
    path = tmp_path / "own.csv"
    path.write_text("subject,urn,type,name,started,activity\n1,SC000001,childrens_home,A home,,\n")
    done = CliRunner().invoke(cli, ["next", str(path), "--as-of", "2025-01-10"])
    (row,) = csv.DictReader(StringIO(done.stdout))
    assert (row["subject"], row["urn"], "registered" in row["error"]) == ("A home", "SC000001", True)
    done = CliRunner().invoke(cli, ["next", str(path), "--as-of", "2025-01-10", "--json"])
    (item,) = json.loads(done.stdout)
    assert (item["subject"], item["urn"]) == ("A home", "SC000001")


@pytest.mark.parametrize("command", [("next",), ("table", "--out", "out.csv"), ("all",)], ids=lambda words: words[0])
def test_what_is_lost_of_one_subject_is_not_lost_to_another(command: tuple[str, ...], tmp_path: Path) -> None:
    """One grade cannot be read: whoever asks about the other home alone has an answer that rests on everything."""
    path = tmp_path / "as at 31 March 2025.csv"
    path.write_text(CSV.replace("14/05/2024,25/06/2024,Good", "14/05/2024,25/06/2024,Goood"))
    words = [command[0], str(path), "--as-of", "2025-01-10", *command[1:-1]]
    words += [str(tmp_path / command[-1])] if len(command) > 1 else []

    def code(*more: str) -> int:
        return CliRunner().invoke(cli, [*words, *more]).exit_code

    assert [code(), code("--only", "SC000002"), code("--only", "SC000001")] == [3, 3, 0]
    # Of a row that is nobody's nobody knows whose it is.
    path.write_text(path.read_text() + ",Boarding school,Full inspection,14/05/2023,25/06/2023,Good\n")
    assert code("--only", "SC000001") == 3


# CSV that is not whole


@pytest.mark.parametrize(
    ("cut", "problem"),
    [
        (CSV[: CSV.rindex("Full inspection,14")], "stops in the middle: the file was cut off"),
        (CSV.replace("SC000002,Boarding school,Full", 'SC000002,"Boarding school,Full'), "opens and is never closed"),
        (CSV.replace("SC000002,Boarding school", 'SC000002,"Boarding" school'), "after a closing quotation mark"),
    ],
)
def test_a_csv_that_was_cut_off(cut: str, problem: str) -> None:
    try:
        published = ir.read(StringIO(cut))
    except ir.FileFormatError as error:
        said = str(error)
    else:
        (found,) = published.problems
        assert (found.action, found.line) == ("row skipped", 4)
        assert [subject.urn for subject in published.subjects] == ["SC000001"]
        said = str(found)
    assert problem in said


def test_a_csv_that_ends_within_a_letter() -> None:
    assert "ends within a letter" in refused(CSV.replace("Good", "Góod").encode()[: -len("od\n") - 1])


def test_a_csv_that_ends_without_a_line_end_is_whole() -> None:
    assert len(ir.read(StringIO(CSV.rstrip("\n"))).subjects) == 2


def test_gzip_that_was_cut_off() -> None:
    assert "its end is missing" in refused(gzip.compress(CSV.encode())[:-9])


def test_ten_million_empty_rows_are_nothing() -> None:
    """Here a million: at the end they are not even parsed; in the middle they are passed over."""
    assert len(ir.read(StringIO(CSV + ",,,,,\n" * 1_000_000)).subjects) == 2
    middle = CSV.replace("SC000002", ",,,,,\n" * 100_000 + "SC000002")
    assert len(ir.read(StringIO(middle)).subjects) == 2


def test_a_cell_that_is_longer_than_any() -> None:
    assert "is not CSV" in refused(CSV.replace("Good", "x" * 200_000))


# Workbooks


@calamine
def test_a_workbook_made_by_hand_opens() -> None:
    """The workbooks below are like this one but for their fault."""
    assert len(ir.read(BytesIO(xlsx(ROWS))).subjects) == 2


@calamine
@pytest.mark.parametrize(
    "data",
    [
        OLD_CONTAINER + "EncryptedPackage".encode("utf-16-le") + bytes(512),
        ods("", encrypted=True),
        packed([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("encrypted-package", "x")]),
    ],
    ids=["xlsx", "ods", "newer ods"],
)
def test_a_password(data: bytes) -> None:
    said = refused(data, "providers.xlsx")
    assert "is protected by a password" in said
    assert "a copy saved without one" in said


@calamine
def test_a_password_of_an_old_workbook() -> None:
    """A record that says that what follows is encrypted."""
    whole = xls(TABLE)
    begins = whole.index(b"\x09\x08\x10\x00")
    # The second record is one that nothing rests on.
    place = begins + 4 + int.from_bytes(whole[begins + 2 : begins + 4], "little")
    assert "is protected by a password" in refused(whole[:place] + b"\x2f\x00" + whole[place + 2 :], "old.xls")


@calamine
@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
def test_cells_with_an_error_are_values_that_could_not_be_read(kind: str) -> None:
    """A last day that is #N/A in one row, and a grade that is #REF! in the next: none is taken for an empty cell."""
    published = ir.read(BytesIO(_with_errors(kind)))
    said = [(each.line, each.field, each.value, each.action) for each in published.problems]
    assert said == [
        (3, "Inspection date", "#N/A", "value left out"),
        (4, "Overall effectiveness", "#REF!", "value left out"),
    ]
    assert all(subject.not_used for subject in published.subjects)


def _with_errors(kind: str) -> bytes:
    if kind == "xls":
        return xls(TABLE, errors={(2, 3): 0x2A, (3, 5): 0x17})
    if kind == "xlsx":
        rows = ROWS.replace(cell("D3", TABLE[2][3]), '<c r="D3" t="e"><v>#N/A</v></c>')
        return xlsx(rows.replace(cell("F4", "Good"), '<c r="F4" t="e"><f>A9</f><v>#REF!</v></c>'))
    shown = {(2, 3): "#N/A", (3, 5): "#REF!"}
    rows = ""
    for line, row in enumerate(TABLE):
        cells = ""
        for place, text in enumerate(row):
            error = shown.get((line, place))
            mark = 'calcext:value-type="error" office:string-value=""' if error else ""
            shows = f"<text:p>{error or text}</text:p>"
            cells += f'<table:table-cell office:value-type="string" {mark}>{shows}</table:table-cell>'
        rows += f"<table:table-row>{cells}</table:table-row>"
    return ods(rows)


@calamine
def test_an_old_document_named_as_a_workbook() -> None:
    document = xls(TABLE).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    place = document.index("WordDocu".encode("utf-16-le"))
    name = "WordDocument".encode("utf-16-le")
    changed = bytearray(document)
    changed[place : place + len(name)] = name
    changed[place + 64 : place + 66] = (len(name) + 2).to_bytes(2, "little")
    assert "is a text document" in refused(bytes(changed), "letter.xls")


@calamine
def test_macros_are_never_run_and_said() -> None:
    published = ir.read(BytesIO(xlsx(ROWS, ("xl/vbaProject.bin", b"\x01\x02"))))
    assert len(published.subjects) == 2
    (problem,) = published.problems
    assert (problem.action, problem.lost, "never run" in problem.problem) == ("kept", False, True)


@calamine
@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_formulas_without_values(value: str) -> None:
    rows = ROWS.replace(cell("F3", "Good"), f'<c r="F3"><f>"Go" &amp; "od"</f>{value}</c>')
    said = refused(xlsx(rows, name="As at &amp; more"), "book.xlsx")
    assert "formulas whose values were never worked out" in said
    assert "F3" in said
    assert "opened in a spreadsheet program and saved" in said
    with pytest.raises(ir.FileFormatError, match="never worked out"):
        ir.columns(BytesIO(xlsx(rows)))
    worked_out = ROWS.replace(cell("F3", "Good"), '<c r="F3" t="str"><f>"Go" &amp; "od"</f><v>Good</v></c>')
    assert len(ir.read(BytesIO(xlsx(worked_out))).subjects) == 2


@calamine
def test_formulas_without_values_in_open_documents() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def text(value: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    rows = [row(*map(text, each)) for each in TABLE[:-1]]
    assert len(ir.read(BytesIO(ods("".join(rows)))).subjects) == 1
    formula = '<table:table-cell table:formula="of:=1+1"/>'
    assert "never worked out" in refused(ods("".join([*rows, row(text("SC2"), *([formula] * 5))])))


@calamine
def test_a_cell_far_outside_the_table() -> None:
    """Calamine would ask for half a terabyte, and the process would be gone."""
    far = ROWS + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'
    said = refused(xlsx(far), "book.xlsx")
    assert "far outside its table" in said
    assert "XFD1048576" in said


@calamine
def test_a_million_empty_rows_of_a_workbook_are_nothing() -> None:
    styled = "".join(f'<row r="{line}"><c r="A{line}" s="0"/></row>' for line in range(5, 200_000))
    assert len(ir.read(BytesIO(xlsx(ROWS + styled))).subjects) == 2
    empty = '<table:table-row table:number-rows-repeated="10000000"><table:table-cell/></table:table-row>'
    assert "no rows" in refused(ods(empty))


@calamine
def test_a_workbook_that_is_broken() -> None:
    whole = xlsx(ROWS)
    for data in (whole[:-100], whole[: len(whole) // 2], OLD_CONTAINER):
        assert refused(data, "book.xlsx")


def test_what_a_workbook_needs_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(ir.MissingExtraError, match=r"ilacs-rules\[files\]"):
        ir.read(BytesIO(xlsx(ROWS)))
    assert len(ir.read(StringIO(CSV)).subjects) == 2


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", OLD_CONTAINER[:8], b"\x1f\x8b", CSV.encode()[:90], b"{"]),
)
def test_whatever_a_file_holds_the_error_is_ours(content: bytes, begins: bytes) -> None:
    takers: tuple[Callable[[object], object], ...] = (ir.read, ir.columns)  # type: ignore[assignment]
    for take in takers:
        try:
            take(BytesIO(begins + content))
        except ir.IlacsRulesError:
            continue


@calamine
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_bytes_changed(place: int, new: bytes) -> None:
    data = bytearray(xlsx(ROWS))
    place %= len(data)
    data[place : place + len(new)] = new
    try:
        ir.read(BytesIO(bytes(data)))
    except ir.IlacsRulesError:
        return


OWN = {
    "a list of homes": "Home,URN,Kind,Inspection,Registration date,Type",
    "a list of visits": "Council,Region,URN,Type,Start date,Publication date,Overall",
    "a few columns": "URN,Setting,Inspected,Result",
    "with what publishers have too": "URN,Provision type,Inspector,Visited on,Findings,Follow-up,Owner",
}


@pytest.mark.parametrize("name", OWN)
def test_a_sheet_of_your_own_gets_the_advice_first(name: str) -> None:
    """It is no faulty sheet of Ofsted's because a column or two bear the same names."""
    said = refused(f"{OWN[name]}\nSC123456,a,b,12/05/2022,d,e,f\n", "own.csv")
    assert said.startswith(f"own.csv: has no header of a known format (found '{', '.join(OWN[name].split(','))}'")
    assert "expected a profile of your own, which `ilacs-rules columns` makes; or a published file" in said
    assert "joiners" not in said
    assert "is missing columns" not in said


def test_a_published_sheet_that_lacks_a_column_is_named() -> None:
    """Most of its columns are those of one format."""
    said = refused("URN,Provision type,Registration date,Notes\nSC123456,Children's home,12/05/2022,x\n", "own.csv")
    assert "is missing columns of 'Ofsted: providers that joined or left in a year': " in said
    assert "a profile of your own, which `ilacs-rules columns` makes" in said
