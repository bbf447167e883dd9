"""Files of any size on the command line: each name is one file, each fault is said, and nothing whole is lost."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import pytest
from click.testing import CliRunner, Result

import ilacs_rules as ir
from case_files import CASES
from ilacs_rules import tables
from ilacs_rules.cli import files
from ilacs_rules.cli.commands import cli
from ilacs_rules.cli.files import Given, answer_files
from table_checks import Terminal

AS_OF = date(2024, 1, 10)
HEADER = "subject,type,activity,started,ended,published,overall"
LINE = "A,independent_fostering_agency,full_inspection,2023-05-15,2023-05-19,2023-06-28,inadequate"
OTHER = LINE.replace("A,", "B,", 1)


def lines(*given: str) -> str:
    return "".join(f"{line}\n" for line in given)


def run(events: Path, out: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["table", str(events), "--as-of", "2024-01-10", "--out", str(out), *more])


def answered(out: Path) -> list[str]:
    """Whose answers a file holds."""
    return pl.read_csv(out, infer_schema=False, glob=False)["subject"].to_list()


def ask(events: Any, subjects: Any, covers: Any) -> tables.Answered:
    return tables.required_activities(events, subjects, covers="everything" if covers is None else covers, as_of=AS_OF)


@pytest.mark.parametrize("name", ["events[1].csv", "events*.csv", "events?.csv", "{events1}.csv"])
@pytest.mark.parametrize("part", [1 << 30, 50])
def test_the_name_of_a_file_is_a_name_and_no_pattern(tmp_path: Path, name: str, part: int) -> None:
    """Another file that a pattern would find is not read, whole or in parts, and no row goes missing."""
    (tmp_path / "events1.csv").write_text(lines(HEADER, OTHER))
    (tmp_path / "events2.csv").write_text(lines(HEADER, OTHER))
    (tmp_path / name).write_text(lines(HEADER, LINE))
    out = tmp_path / "out[1].csv"
    answer_files(Given(tmp_path / name), ask, out, None, part=part)
    assert set(answered(out)) == {"A"}


@pytest.mark.parametrize("part", [1 << 30, 200])
def test_rows_keep_their_numbers_however_small_the_parts(tmp_path: Path, part: int) -> None:
    """Of all three tables, which may bear one name in different folders; the numbers are those of the whole files."""
    number = range(60)
    events = pl.DataFrame(
        {
            "subject": [f"{each % 20}" for each in number], "activity": "full_inspection",
            "started": [f"{2000 + each // 20}-03-01" for each in number],
            "ended": ["soon" if each % 7 == 3 else None for each in number], "published": None,
        }
    )  # fmt: skip
    subjects = pl.DataFrame(
        {
            "subject": [f"{each}" for each in range(21)],
            "type": ["orphanage" if each % 5 == 4 else "childrens_home" for each in range(21)],
        }
    )
    covers = pl.DataFrame(
        {
            "subject": [f"{each}" for each in number],
            "activity": ["everything" if each % 6 else "focused_visit" for each in number],
        }
    )
    given = []
    for name, frame in (("events", events), ("subjects", subjects), ("covers", covers)):
        (tmp_path / name).mkdir()
        given.append(tmp_path / name / "data[1].csv")
        frame.write_csv(given[-1])
    out, left = tmp_path / "out.parquet", tmp_path / "left.parquet"
    counts = answer_files(Given(*given), ask, out, left, part=part)
    expected = ask(*(frame.with_columns(pl.all().cast(pl.String)) for frame in (events, subjects, covers)))
    found = pl.read_parquet(left)
    assert counts[:2] == (expected.answers.height, expected.refused.height)
    assert set(found["table"]) >= {"events", "subjects", "covers"}
    # As a person counts them: the header is line 1.
    by_line = expected.refused.with_columns(pl.col("row") + 2)
    assert sorted(map(str, found.rows())) == sorted(map(str, by_line.rows()))
    assert sorted(pl.read_parquet(out)["subject"]) == sorted(expected.answers["subject"])


def test_the_size_of_every_file_counts(tmp_path: Path) -> None:
    """A few events with a great many subjects are divided too."""
    subjects = "subject,type\n" + "".join(f"{number},childrens_home\n" for number in range(300))
    (tmp_path / "events.csv").write_text("subject,activity,started\n1,full_inspection,2023-05-15\n")
    (tmp_path / "subjects.csv").write_text(subjects)
    asked: list[int] = []

    def counting(events: Any, subjects: Any, covers: Any) -> tables.Answered:
        asked.append(subjects.height)
        return ask(events, subjects, covers)

    given = Given(tmp_path / "events.csv", tmp_path / "subjects.csv")
    answer_files(given, counting, tmp_path / "out.csv", None, part=1_000)
    assert len(asked) == 1 + sum(path.stat().st_size for path in given if path) // 1_000
    assert (sum(asked), max(asked) < 300) == (300, True)


def _flipped(path: Path) -> None:
    """A Parquet file whose end is whole and whose pages are not."""
    pl.read_csv(lines(HEADER, LINE).encode(), infer_schema=False).write_parquet(path)
    bytes_ = bytearray(path.read_bytes())
    bytes_[10:60] = bytes(255 - each for each in bytes_[10:60])
    path.write_bytes(bytes_)


BROKEN: dict[str, Callable[[Path], object]] = {
    "not.parquet": lambda path: path.write_text(lines(HEADER, LINE)),
    "pages.parquet": _flipped,
    "half.arrow": lambda path: path.write_bytes(b"ARROW1\0\0half of it"),
    "letters.csv": lambda path: path.write_bytes(lines(HEADER, LINE).encode().replace(b"A,", b"Caf\x81,", 1)),
    "more.csv": lambda path: path.write_text(lines(HEADER, LINE, f"{OTHER},more")),
    "less.csv": lambda path: path.write_text(lines(HEADER, LINE, OTHER)[:-10].rpartition(",")[0]),
    "quote.csv": lambda path: path.write_text(lines(f"{HEADER},note", f'{LINE},"open', OTHER)),
    "empty.csv": lambda path: path.write_text(""),
}
SAID = {
    "letters.csv": "letters.csv: is not text",
    "more.csv": "more.csv: line 3: does not have as many cells as the header",
    "less.csv": "less.csv: line 3: does not have as many cells as the header",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_said_and_what_was_there_stays(tmp_path: Path, name: str) -> None:
    """Also where the fault lies deep in its rows: one sentence, and the answers of another day are left alone."""
    BROKEN[name](tmp_path / name)
    (tmp_path / "out.csv").write_text("yesterday's")
    done = run(tmp_path / name, tmp_path / "out.csv")
    assert (done.exit_code, type(done.exception)) == (2, SystemExit)
    assert len(done.stderr.strip().splitlines()) == 1
    fault = SAID.get(name, f"{name}: cannot be read")
    assert fault in done.stderr
    assert (tmp_path / "out.csv").read_text() == "yesterday's"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out.csv"])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_of_another_system_is_read_as_it_was_meant(tmp_path: Path, ends: str, mark: bytes) -> None:
    """With a mark before its first column, other ends of lines, and ends of lines within quotes."""
    text = lines(f"{HEADER},note", f'{LINE},"two\nlines, ""said"""', f"{OTHER},").replace("\n", ends)
    (tmp_path / "events.csv").write_bytes(mark + text.encode())
    assert run(tmp_path / "events.csv", tmp_path / "out.csv").exit_code == 0
    assert answered(tmp_path / "out.csv") == ["A", "B"]


def test_what_is_written_takes_the_place_of_no_other_file_of_the_work(tmp_path: Path) -> None:
    """Neither of what goes in nor of what else comes out; and its folder is looked for before the work is done."""
    events, subjects, out = (tmp_path / f"{name}.csv" for name in ("events", "subjects", "out"))
    events.write_text(lines("subject,activity,started", "A,full_inspection,2023-05-15"))
    subjects.write_text(lines("subject,type", "A,childrens_home"))
    (tmp_path / "link.csv").symlink_to(events)
    before = {path: path.read_text() for path in (events, subjects)}
    own = ("--subjects", str(subjects))
    for more in (
        (events, *own), (subjects, *own), (tmp_path / "link.csv", *own), (out, *own, "--refused", str(out)),
        (out, *own, "--refused", str(subjects)),
    ):  # fmt: skip
        done = run(events, *more)
        assert (done.exit_code, "is also the name of another file" in done.stderr) == (2, True)
    assert {path: path.read_text() for path in (events, subjects)} == before

    def never(*_: Any) -> tables.Answered:
        raise AssertionError("asked though there is nowhere to write")

    for answers, refused in ((tmp_path / "none" / "out.csv", None), (out, tmp_path / "none" / "left.csv")):
        with pytest.raises(ir.FileFormatError, match="its folder does not exist"):
            answer_files(Given(events, subjects), never, answers, refused)
    assert not out.exists()


def test_what_is_written_is_whole_or_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails half way the old answers stay, and nothing half done is left."""
    (tmp_path / "events.csv").write_text(lines(HEADER, LINE))
    (tmp_path / "out.csv").write_text("yesterday's")

    def half(_: pl.LazyFrame, stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setitem(files._WRITERS, ".csv", half)
        done = run(tmp_path / "events.csv", tmp_path / "out.csv")
    assert (done.exit_code, "out.csv: cannot be written (no space left)" in done.stderr) == (2, True)
    assert (tmp_path / "out.csv").read_text() == "yesterday's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.csv", "out.csv"]
    assert run(tmp_path / "events.csv", tmp_path / "out.csv").exit_code == 0
    assert answered(tmp_path / "out.csv") == ["A"]


def test_a_divided_file_shows_how_far_it_has_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First its rows, as they are laid out, then its parts; at the end the line is empty."""
    records = tables.from_subjects([case.subject for case in CASES[::30]])
    paths = [tmp_path / f"{name}.csv" for name in Given._fields]
    for frame, path in zip(records, paths, strict=True):
        frame.write_csv(path)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("ilacs_rules.progress._PATIENCE", -1.0)
    size = sum(path.stat().st_size for path in paths)
    answer_files(Given(*paths), ask, tmp_path / "out.csv", None, part=size - 1)
    shown = [line.partition("] ")[2].strip() for line in terminal.text.split("\r")]
    for name, frame in zip(Given._fields, records, strict=True):
        assert f"100% of {frame.height:,} rows of {name}" in shown
    assert [line for line in shown if line.endswith("parts")] == ["0% of 2 parts", "50% of 2 parts", "100% of 2 parts"]
    assert terminal.text.endswith("\r")
