"""No cell of a file that somebody else wrote reaches an output of any command as a formula."""

import csv
import json
import re
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from ilacs_rules.cli.commands import cli

EVIL = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x")', " =1+1", "\uff1d1+1")
"""What a spreadsheet takes for a formula."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
DAY = "2025-01-10"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A file with such a text in every column that holds words; and one row that cannot be used at all."""
    path = tmp_path / "evil.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        names = ("subject", "urn", "type", "name", "region", "registered", "activity", "started", "published")
        out.writerow([*names, "overall", "note"])
        for text in EVIL:
            row = [text, "", "childrens_home", text, text, "2015-06-01", "full_inspection", "2024-05-13", "2024-06-28"]
            out.writerow([*row, "good", text])
        out.writerow(["ok", "", "childrens_home", "ok", "", "=no day", "full_inspection", "=2", "", "=good", ""])
    return path


def formulas(text: str) -> list[str]:
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    begins = re.compile("[\\s]*[-=+@\uff1d]")
    return [cell for cell in cells if begins.match(cell) and not NUMBER.fullmatch(cell)]


def run(*words: object) -> str:
    done = CliRunner().invoke(cli, [str(word) for word in words])
    assert done.exit_code in (0, 1, 3), done.output
    return done.stdout


@pytest.mark.parametrize("command", ["next", "all", "forecast"])
def test_what_goes_into_a_pipe(command: str, given: Path) -> None:
    text = run(command, given, "--as-of", DAY)
    assert "1+1" in text
    assert formulas(text) == []


def test_tables_and_what_was_refused(given: Path) -> None:
    out, refused = given.with_name("out.csv"), given.with_name("refused.csv")
    run("table", given, "--as-of", DAY, "--out", out, "--refused", refused)
    for path in (out, refused):
        assert formulas(path.read_text(encoding="utf-8")) == []
    assert "'=1+1" in out.read_text(encoding="utf-8")


def test_what_has_moved(given: Path) -> None:
    saved = [given.with_name(f"{year}.json") for year in (2025, 2026)]
    for path, day in zip(saved, (DAY, "2026-04-10"), strict=True):
        path.write_text(run("next", given, "--as-of", day, "--json"), encoding="utf-8")
        assert json.loads(path.read_text(encoding="utf-8"))
    assert formulas(run("moved", *saved)) == []


def test_workbooks_hold_texts_and_no_formulas(given: Path) -> None:
    pytest.importorskip("xlsxwriter")
    out = given.with_name("out.xlsx")
    run("report", given, "--as-of", DAY, "--out", out)
    with ZipFile(out) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        assert b"=1+1" in packed.read("xl/sharedStrings.xml")
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet or b"<hyperlink " in sheet for sheet in sheets)
