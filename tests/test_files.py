"""Files are taken in once and within bounds, read strictly, and written whole or not at all."""

import gzip
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules import files
from ilacs_rules.files import csv_records, sources
from ilacs_rules.files.csv_records import blocks_of, records_of

POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")
OLD = 100_000_000
"""Seconds since 1970: a time long gone."""


# What goes in


@POSIX
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("/dev/zero", "it is a device"),
        ("/dev/urandom", "it is a device"),
        (".", "it is a folder"),
        ("no such file", "No such file"),
        ("a\0b", "not a file name"),
        (None, "not a file name"),
        (5, "not a file name"),
        (b"bytes", "not a file name"),
    ],
)
def test_what_is_no_file_is_said(name: object, said: str) -> None:
    with pytest.raises(ir.FileFormatError, match=said):
        files.read_bytes(name)  # type: ignore[arg-type]


@POSIX
def test_a_pipe_into_which_nobody_writes_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "x.csv")
    monkeypatch.setattr(sources, "_BETWEEN_LOOKS", 1)
    with pytest.raises(ir.FileFormatError, match="nothing is writing to this pipe"):
        files.read_bytes(tmp_path / "x.csv")


@POSIX
@pytest.mark.parametrize("text", [b"", b"a,b\n1,2\n", b"x" * 200_000])
def test_a_pipe_is_read_to_its_end_however_late_it_is_written(tmp_path: Path, text: bytes) -> None:
    os.mkfifo(tmp_path / "x.csv")
    writer = threading.Thread(target=(tmp_path / "x.csv").write_bytes, args=(text,))
    writer.start()
    assert files.read_bytes(tmp_path / "x.csv") == text
    writer.join()


@POSIX
def test_no_more_is_taken_than_there_is_room_for(tmp_path: Path) -> None:
    """Of a file, of what it unpacks to, and of a pipe that never ends."""
    (tmp_path / "large").write_bytes(bytes(2000))
    (tmp_path / "packed").write_bytes(gzip.compress(bytes(2 << 20)))
    os.mkfifo(tmp_path / "endless")
    endless = subprocess.Popen(["sh", "-c", f"yes > '{tmp_path}/endless'"], stderr=subprocess.DEVNULL)
    for name in ("large", "packed", "endless"):
        with pytest.raises(ir.FileFormatError, match="holds more than"):
            files.read_bytes(tmp_path / name, most=1999)
    endless.wait()


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=3), st.integers(0, 40))
def test_gzip_is_unpacked_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], cut: int
) -> None:
    packed = b"".join(map(gzip.compress, parts))
    path = tmp_path_factory.getbasetemp() / "packed.csv"
    path.write_bytes(packed)
    assert files.read_bytes(path) == b"".join(parts)
    if 0 < cut < len(gzip.compress(parts[-1])) - 1:
        path.write_bytes(packed[:-cut])
        with pytest.raises(ir.FileFormatError, match="cannot be unpacked"):
            files.read_bytes(path)


def test_what_is_no_text_is_known_by_how_it_begins(tmp_path: Path) -> None:
    for data, kind in ((b"PK\x03\x04", "zip"), (gzip.compress(b"PK\x03\x04"), "zip"), (b"a,b", ""), (b"", "")):
        (tmp_path / "x.csv").write_bytes(data)
        with files.taken(tmp_path / "x.csv") as source:
            assert (kind in source.no_text(), bool(source.no_text())) == (True, bool(kind))


# Text and records

SIGNS = st.text(st.sampled_from('ab,;"\n\r \t\u2028\x0b\x85é'), max_size=60)


@given(SIGNS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.integers(1, 9))
def test_a_text_is_the_same_in_whatever_pieces_and_encoding_it_comes(text: str, encoding: str, size: int) -> None:
    data = text.encode(encoding)
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    found, supposed = files.encoding_of(pieces, "a file", fallback=True)
    assert not supposed
    blocks = list(blocks_of(pieces, found, "a file"))
    assert "".join(blocks) == text
    lines = [line for block in blocks for line in StringIO(block, newline="")]
    assert lines == list(StringIO(text, newline=""))


def test_a_line_without_an_end_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_records, "_LONGEST", 10)
    with pytest.raises(ir.FileFormatError, match="a line of more than"):
        list(blocks_of([b"x"] * 20, "utf-8", "a file"))


CELLS = st.lists(st.lists(SIGNS, min_size=2, max_size=4), min_size=1, max_size=5)


@given(CELLS)
def test_what_a_careful_program_wrote_is_read_back(rows: list[list[str]]) -> None:
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)
    found = list(files.records(text, "a file"))
    assert [record.cells for record in found] == rows
    begins = [1 + len(list(StringIO(text[: text.index(text)], newline="")))]
    for row in rows[:-1]:
        cells = ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n"
        begins.append(begins[-1] + len(list(StringIO(cells, newline=""))))
    assert [record.line for record in found] == begins


@given(SIGNS)
def test_every_sign_of_a_text_is_in_a_record_or_it_is_refused(text: str) -> None:
    """What is read, written out again by the rule, is the text: no line goes missing between two quotes."""
    try:
        found = [record.cells for record in files.records(text, "a file")]
    except ir.FileFormatError:
        return
    letters = sum(cell.count("a") + cell.count("b") + cell.count("é") for cells in found for cell in cells)
    assert letters == text.count("a") + text.count("b") + text.count("é")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a,b\n"open,1\n2,3\n', "line 2: is not CSV"),
        ('a,b\n"shut"up,1\n', "line 2: is not CSV"),
        (f"a,b\n1,2\n{'x' * 131_073},2\n", "line 3: is not CSV"),
    ],
)
def test_what_is_not_csv_is_refused_by_its_line(text: str, said: str) -> None:
    with pytest.raises(ir.FileFormatError, match=said):
        list(records_of(StringIO(text, newline=""), "a file"))


def test_a_quote_within_a_cell_is_a_sign_like_any_other() -> None:
    rows = [record.cells for record in files.records('x,a 5" pipe\ny,see "Annex A"\nz,"said ""so"""\n', "a file")]
    assert rows == [["x", 'a 5" pipe'], ["y", 'see "Annex A"'], ["z", 'said "so"']]


# What goes out


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("yesterday's")
    out.chmod(0o640)
    with files.whole(out) as stream:
        stream.write(b"half")
        assert out.read_text() == "yesterday's"
        assert len(names(tmp_path)) == 2
    assert (out.read_text(), names(tmp_path), out.stat().st_mode & 0o777) == ("half", ["out.csv"], 0o640)

    def fail() -> None:
        with files.whole(out) as stream:
            stream.write(b"more")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (out.read_text(), names(tmp_path)) == ("half", ["out.csv"])


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(ir.FileFormatError, match="it is a folder"):
        files.write_all({tmp_path / "a": "new", tmp_path / "b": "new"})
    with pytest.raises(ir.FileFormatError, match="cannot be written"):
        files.write_all({tmp_path / "a": "new", tmp_path / "c": "\ud800"})
    assert names(tmp_path) == ["b"]
    files.write_all({tmp_path / "a": "new", tmp_path / "c": b"\xff"})
    assert names(tmp_path) == ["a", "b", "c"]


@POSIX
@pytest.mark.parametrize("plant", ["link", "pipe", "folder"])
def test_only_a_file_is_ever_replaced(tmp_path: Path, plant: str) -> None:
    out, mine = tmp_path / "out.csv", tmp_path / "mine"
    mine.write_text("mine")
    plants: dict[str, Callable[[], None]] = {
        "link": lambda: out.symlink_to(mine), "pipe": lambda: os.mkfifo(out), "folder": out.mkdir,
    }  # fmt: skip
    plants[plant]()
    before = out.lstat().st_mode
    with pytest.raises(ir.FileFormatError, match="cannot be written: it is"):
        files.write_whole(out, "new")
    assert (out.lstat().st_mode, mine.read_text(), names(tmp_path)) == (before, "mine", ["mine", "out.csv"])


@pytest.mark.parametrize("name", ["", ".", "none/out.csv", "a\0b", "x" * 300])
def test_a_name_that_no_file_can_bear_is_said(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ir.FileFormatError, match="cannot be written"):
        files.write_whole(name, "new")
    assert names(tmp_path) == []


@POSIX
def test_a_full_disk_is_said_and_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """A process that may write no file of more than 4 KB stands for a disk without room."""
    (tmp_path / "a").write_text("old")
    code = """
import resource, sys
from pathlib import Path
from ilacs_rules import errors, files
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    files.write_all({Path("a"): "new", Path("b"): "x" * 5000})
except errors.FileFormatError as error:
    sys.exit(f"said: {error}")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.startswith("said: b: cannot be written (File too large)")
    assert (names(tmp_path), (tmp_path / "a").read_text()) == (["a"], "old")


WRITING = """
import sys
from pathlib import Path
from ilacs_rules import files
with files.work_folder() as folder, files.whole(Path(sys.argv[1])) as out:
    (folder / "part").write_bytes(bytes(1000))
    out.write(bytes(1000))
    out.flush()
    print("half", flush=True)
    sys.stdin.read()
"""


@POSIX
def test_what_a_killed_run_left_goes_with_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what another run is still at work on stays, however old it is; as does a file of the user's own."""
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "work"))
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING, str(tmp_path / "out")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for run in runs:
        assert run.stdout
        assert run.stdout.readline() == b"half\n"
    killed, alive = runs
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (tmp_path / ".ilacs-rules-notes").write_text("mine")
    (tmp_path / "work" / "ilacs-rules-notes").write_text("mine")
    left = [*tmp_path.glob(".*.unfinished"), *(tmp_path / "work").glob("ilacs-rules-*")]
    assert len(left) == 5
    for path in left:
        os.utime(path, (OLD, OLD))
    monkeypatch.setattr("tempfile.tempdir", None)
    with files.work_folder():
        files.write_whole(tmp_path / "other", "whole")
    assert len(list(tmp_path.glob(".*.unfinished"))) == 1
    assert len(list((tmp_path / "work").glob("ilacs-rules-*"))) == 2
    alive.communicate(b"")
    assert alive.returncode == 0
    assert (tmp_path / "out").read_bytes() == bytes(1000)
    assert names(tmp_path) == [".ilacs-rules-notes", "other", "out", "work"]
    assert names(tmp_path / "work") == ["ilacs-rules-notes"]


def test_files_written_at_once_do_not_mix(tmp_path: Path) -> None:
    def write(sign: str) -> None:
        for _ in range(20):
            files.write_whole(tmp_path / "out", sign * 50_000)

    threads = [threading.Thread(target=write, args=(sign,)) for sign in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    text = (tmp_path / "out").read_text()
    assert (len(set(text)), len(text), names(tmp_path)) == (1, 50_000, ["out"])


@POSIX
def test_a_temporary_folder_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(ir.FileFormatError, match="a temporary folder could not be made"), files.work_folder():
        pass
