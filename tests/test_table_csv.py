"""The CSV of `ilacs-rules table` is read as strictly as anywhere else: rows in are rows answered and rows refused."""

import gzip
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules import files, tables
from ilacs_rules.cli import csv_frames, divided
from ilacs_rules.cli.commands import cli
from ilacs_rules.cli.files import Given, answer_files
from ilacs_rules.plain_text import for_spreadsheet

HEADER = "subject,type,activity,started,ended,published,overall,note"
GOOD = "independent_fostering_agency,full_inspection,2020-05-15,2020-05-19,2020-06-28,good"
BAD = "independent_fostering_agency,full_inspection,2023-05-15,2023-05-19,2023-06-28,inadequate"


def lines(*given: str) -> str:
    return "".join(f"{line}\n" for line in given)


def run(events: Path, *more: str) -> Result:
    out = events.with_name("out.csv")
    return CliRunner().invoke(cli, ["table", str(events), "--as-of", "2024-01-10", "--out", str(out), *more])


def read(path: Path) -> pl.DataFrame:
    with files.taken(path) as source:
        found = csv_frames.opened(source)
        none = pl.DataFrame(schema={**dict.fromkeys(found.columns, pl.String), "line": pl.Int64})
        return pl.concat([none, *(batch.rows.with_columns(batch.lines.alias("line")) for batch in found.batches)])


@pytest.mark.parametrize("note", ['a 5" pipe', 'see "Annex A"', '"said ""so"""', '5"', '"a, b"'])
def test_no_row_is_swallowed_between_two_quotes(tmp_path: Path, note: str) -> None:
    """Which would answer a subject from its older good, and not from its newer inadequate."""
    events = tmp_path / "events.csv"
    events.write_text(lines(HEADER, f"A,{GOOD},{note}", f"B,{GOOD},", f"A,{BAD},", f"B,{BAD},{note}"))
    done = run(events)
    assert (done.exit_code, "4 rows read" in done.stderr, "2 answers; refused: 0" in done.stderr) == (0, True, True)
    rules = pl.read_csv(tmp_path / "out.csv").select("subject", "rule").rows()
    assert rules == [(each, "inadequate_fostering_agency_is_reinspected_within_6_to_12_months") for each in "AB"]


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_lines_may_end_as_other_machines_end_them(tmp_path: Path, end: str) -> None:
    """A file is told apart by its header, which is then followed by no line feed of its own."""
    events = tmp_path / "events.csv"
    events.write_bytes(lines(HEADER, f"A,{GOOD},", f"B,{BAD},x").replace("\n", end).encode())
    done = run(events)
    assert (done.exit_code, "2 rows read" in done.stderr, "2 answers" in done.stderr) == (0, True, True), done.output


@pytest.mark.parametrize("part", [1 << 30, 60])
def test_a_quoted_empty_cell_is_an_empty_cell(tmp_path: Path, part: int) -> None:
    events = tmp_path / "events.csv"
    events.write_text(lines(HEADER, f'A,{BAD},""', 'B,childrens_home,full_inspection,2023-05-15,"",,,', f"C,{BAD}, "))

    def ask(*given: Any) -> tables.Answered:
        return tables.next_activities(given[0], as_of="2024-01-10")

    left = tmp_path / "left.csv"
    assert answer_files(Given(events), ask, tmp_path / "out.csv", left, part=part)[:2] == (3, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("part", [1 << 30, 100])
def test_every_encoding_that_next_reads_is_read(
    tmp_path: Path, encoding: str, ends: str, packed: bool, part: int
) -> None:
    text = lines(HEADER, f"Séverin,{BAD},\xa0", f'Zoë,{BAD},"two\nlines"').replace("\n", ends)
    data = text.encode(encoding)
    events = tmp_path / ("events.csv.gz" if packed else "events.csv")
    events.write_bytes(gzip.compress(data) if packed else data)
    said: list[str] = []

    def ask(*given: Any) -> tables.Answered:
        return tables.next_activities(given[0], as_of="2024-01-10")

    counts = answer_files(
        Given(events), ask, tmp_path / "out.csv", None, part=part, each_has_an_answer=True, say=said.append
    )
    assert counts[:2] == (2, 0)
    assert ("Windows-1252" in said[0]) is (encoding == "cp1252")
    assert set(pl.read_csv(tmp_path / "out.csv")["subject"]) == {"Séverin", "Zoë"}


REFUSED: dict[str, tuple[Callable[[str], bytes], str]] = {
    "a line cut off": (lambda text: text.encode()[:-12], "line 3: does not have as many cells as the header"),
    "cut off behind a long cell": (
        lambda text: (text + f"A,{GOOD},{'x' * 140_000}\nA,{BAD[:-20]}").encode(),
        "line 4 is not CSV",
    ),
    "a long cell in the middle": (lambda text: (text + f"A,{GOOD},{'x' * 131_073}\n").encode(), "line 4 is not CSV"),
    "packed and cut off": (lambda text: gzip.compress(text.encode())[:-4], "cannot be unpacked"),
    "packed, and a line cut off": (
        lambda text: gzip.compress(text.encode()[:-12]),
        "line 3: does not have as many cells as the header",
    ),
    "packed in another way": (lambda text: b"\x28\xb5\x2f\xfd" + text.encode(), "is compressed (Zstandard)"),
    "packed by zlib": (lambda text: b"x\x9c" + text.encode(), "is compressed (zlib)"),
    "a workbook": (lambda text: b"PK\x03\x04" + text.encode(), "is a workbook or archive that is broken"),
    "a quote that opens": (lambda text: (text + f'A,{GOOD},"x\n').encode(), "line 4 is not CSV"),
    "a quote that ends too early": (lambda text: (text + f'A,{GOOD},"x"y\n').encode(), "line 4 is not CSV"),
    "one cell too many, one too few": (
        lambda text: (text + f"A,{GOOD},,\nA,{BAD}\n").encode(),
        "line 4: does not have as many cells as the header",
    ),
    "zeros": (lambda text: text.encode() + bytes(5), "is not text"),
    "nothing": (lambda _: b"", "it is empty"),
    "only a mark": (lambda _: b"\xef\xbb\xbf", "it is empty"),
    "a column twice": (lambda text: text.replace("note", "type").encode(), "has two columns of the same name"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_cut_off_or_no_csv_is_refused_by_its_line(tmp_path: Path, name: str) -> None:
    make, said = REFUSED[name]
    events = tmp_path / "events.csv"
    events.write_bytes(make(lines(HEADER, f"A,{BAD},", f"B,{BAD},")))
    done = run(events)
    assert (done.exit_code, type(done.exception)) == (2, SystemExit)
    assert len(done.stderr.strip().splitlines()) == 1
    assert said in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.csv"]


SIGNS = st.sampled_from([*'ab,,,\n\n" ', "\r\n", "\r", "\xa0", "é", "\u2028", "\x0b", "\x1c"])


def strictly(text: str, name: str) -> list[tuple[Any, ...]] | None:
    """The rows of two cells that the one strict reading gives; nothing where it refuses them."""
    try:
        found = list(files.records(text, name))[1:]
    except ir.FileFormatError:
        return None
    if any(len(cells) != 2 for _, cells in found):
        return None
    return [(*(cell.strip(" \t\r\n\xa0\ufeff") for cell in cells), line) for line, cells in found]


@given(st.lists(SIGNS, max_size=40).map("".join), st.integers(1, 9), st.sampled_from(["utf-8", "utf-16"]))
def test_both_ways_of_cutting_cells_give_the_same(
    tmp_path_factory: pytest.TempPathFactory, text: str, size: int, encoding: str
) -> None:
    """Block by block, with blocks of a few signs; and all of it strictly, at once."""
    path = tmp_path_factory.getbasetemp() / "both.csv"
    path.write_bytes(f"x,y\n{text}".encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ilacs_rules.files.sources._PIECE", size)
        try:
            found = [tuple("" if cell is None else cell for cell in row) for row in read(path).rows()]
        except ir.FileFormatError:
            found = None
    assert found == strictly(f"x,y\n{text}", str(path))


def test_a_plain_file_is_cut_by_polars_and_one_with_a_quote_up_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And from the block behind it on."""
    strict: list[int] = []
    one_way = csv_frames._strictly

    def counting(*given: Any) -> csv_frames.Batch:
        found = one_way(*given)
        strict.append(found.rows.height)
        return found

    monkeypatch.setattr(csv_frames, "_strictly", counting)
    monkeypatch.setattr("ilacs_rules.files.sources._PIECE", 1000)
    plain = "".join(f"{number},b\n" for number in range(1000))
    (tmp_path / "x.csv").write_text(f'x,y\n{plain}5,"a\nb"\n{plain}')
    found = read(tmp_path / "x.csv")
    assert (found.height, 0 < sum(strict) < 400) == (2001, True)
    assert found["line"].to_list() == [*range(2, 1003), *range(1004, 2004)]


def test_rows_are_numbered_as_the_file_counts(tmp_path: Path) -> None:
    """Lines of a CSV, the header's being 1, as `next` counts them; rows of other files from 1."""
    events, left = tmp_path / "events.csv", tmp_path / "left.csv"
    events.write_text(lines(HEADER, f'A,{BAD},"two\nlines"', "", f"B,{BAD.replace('inadequate', 'bad')},"))
    assert run(events, "--refused", str(left)).exit_code == 3
    assert pl.read_csv(left)["row"].to_list() == [5]
    read(events).drop("line").write_parquet(tmp_path / "events.parquet")
    assert run(tmp_path / "events.parquet", "--refused", str(left)).exit_code == 3
    assert pl.read_csv(left)["row"].to_list() == [2]


def test_rows_that_went_missing_would_be_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows that are read are counted, and held against those that were asked about; so are the subjects."""
    events = tmp_path / "events.csv"
    events.write_text(lines(HEADER, f"A,{BAD},", f"B,{BAD},"))
    whole = divided.Opened.whole

    def one_less(table: divided.Opened) -> tuple[pl.DataFrame, pl.Series]:
        rows, numbers = whole(table)
        return rows[1:], numbers[1:]

    with monkeypatch.context() as patch:
        patch.setattr(divided.Opened, "whole", one_less)
        assert "some rows were lost" in run(events).stderr
    asked = tables.next_activities

    def forgetful(*given: Any, **options: Any) -> tables.Answered:
        found = asked(*given, **options)
        return tables.Answered(found.answers[1:], found.refused)

    with monkeypatch.context() as patch:
        patch.setattr("ilacs_rules.cli.asked_of_tables.next_activities", forgetful)
        done = run(events)
    assert (done.exit_code, "some subjects were lost" in done.stderr, "found 'A'" in done.stderr) == (2, True, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.csv"]


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("part", [1 << 30, 100])
def test_what_comes_through_a_pipe_is_read_once_and_whole(tmp_path: Path, part: int) -> None:
    events = tmp_path / "events.csv"
    os.mkfifo(events)
    writer = threading.Thread(target=events.write_text, args=(lines(HEADER, f"A,{BAD},", f"B,{BAD},"),))
    writer.start()

    def ask(*given: Any) -> tables.Answered:
        return tables.next_activities(given[0], as_of="2024-01-10")

    assert answer_files(Given(events), ask, tmp_path / "out.csv", None, part=part)[:2] == (2, 0)
    writer.join()
    for name in ("x.parquet", "x.arrow"):
        os.mkfifo(tmp_path / name)
        assert "cannot be read: it is not a file" in run(tmp_path / name).stderr


def test_packed_bytes_are_weighed_by_what_they_hold(tmp_path: Path) -> None:
    """So that memory stays bounded by the parts."""
    events = tmp_path / "events.csv"
    events.write_bytes(gzip.compress(lines(HEADER, *(f"{number},{BAD}," for number in range(3000))).encode()))
    most = 0

    def ask(events: Any, *_: Any) -> tables.Answered:
        nonlocal most
        most = max(most, events.height)
        return tables.next_activities(events, as_of="2024-01-10")

    assert answer_files(Given(events), ask, tmp_path / "out.csv", None, part=50_000)[:2] == (3000, 0)
    assert most < 1500


@pytest.mark.parametrize("name", ["part", "row of the file", "part of the file"])
@pytest.mark.parametrize("part", [1 << 30, 100])
def test_a_column_of_any_name_is_the_users_own(tmp_path: Path, name: str, part: int) -> None:
    """And not known, whole and divided alike: never taken for one of ours."""
    events = tmp_path / "events.csv"
    events.write_text(lines(f"{HEADER},{name}", f"A,{BAD},,1", f"B,{BAD},,2"))

    def ask(*given: Any) -> tables.Answered:
        return tables.next_activities(given[0], as_of="2024-01-10")

    with pytest.raises(ir.IlacsRulesError, match=f"{name}: is not a column of this table"):
        answer_files(Given(events), ask, tmp_path / "out.csv", None, part=part)


@pytest.mark.parametrize("kind", [pl.Int64, pl.Float64, pl.String])
def test_parts_hold_the_same_subjects_however_numbers_are_written(tmp_path: Path, kind: type[pl.DataType]) -> None:
    events, subjects = tmp_path / "events.parquet", tmp_path / "subjects.csv"
    number = pl.Series("subject", range(100)).cast(kind)
    pl.DataFrame([number]).with_columns(activity=pl.lit("full_inspection"), started=pl.lit("2023-05-15")).write_parquet(
        events
    )
    subjects.write_text(lines("subject,type", *(f"{each},childrens_home" for each in range(100))))

    def ask(events: Any, subjects: Any, _: Any) -> tables.Answered:
        return tables.next_activities(events, subjects, as_of="2024-01-10")

    left = tmp_path / "left.csv"
    assert answer_files(Given(events, subjects), ask, tmp_path / "out.csv", left, part=300)[:2] == (100, 0)


FORMULAS = ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(1)", "\uff1d1", " =1", "'quoted", "plain", "a=b"]


def test_no_cell_of_what_is_written_is_a_formula(tmp_path: Path) -> None:
    """Names, numbers of subjects, and what was refused, in its own words."""
    events, left = tmp_path / "events.csv", tmp_path / "left.csv"
    quoted = ['"' + each.replace('"', '""') + '"' for each in FORMULAS]
    header = HEADER.replace("note", "name")
    bad = BAD.replace("inadequate", "=1+1")
    events.write_text(
        lines(header, *(f"{each},{BAD},{each}" for each in quoted), *(f"x{each},{bad}," for each in "12"))
    )
    assert run(events, "--refused", str(left)).exit_code == 3
    out = pl.read_csv(tmp_path / "out.csv")
    # Those of which a grade could not be read are answered for all the same.
    assert out["subject"].to_list()[-2:] == ["x1", "x2"]
    out = out.head(-2)
    expected = [for_spreadsheet(each.strip()) for each in FORMULAS]
    assert out["subject"].to_list() == out["name"].to_list() == expected
    assert pl.read_csv(left)["value"].to_list() == ["'=1+1"] * 2
    assert run(events, "--out", str(tmp_path / "out.parquet")).exit_code == 3
    assert pl.read_parquet(tmp_path / "out.parquet")["subject"].to_list()[:-2] == [each.strip() for each in FORMULAS]


@given(
    st.text(
        st.one_of(st.sampled_from("=+-@'\t\r\n \x1c\x85\xa0\uff1d\uff0b"), st.characters(exclude_categories=["Cs"]))
    )
)
def test_columns_are_guarded_like_single_cells(text: str) -> None:
    from ilacs_rules.cli.files import _harmless  # noqa: PLC0415

    found = _harmless(pl.LazyFrame({"a": [text, None], "b": [1, 2]})).collect()
    assert found.rows() == [(for_spreadsheet(text), 1), (None, 2)]
