"""How a run of the command ends where the system will not have it: one sentence and a code, and nothing half done."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ilacs_rules.files import workroom

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, devices and signals of POSIX")

HOMES = [
    {"type": "childrens_home", "name": name, "registered": "2024-01-31"} for name in ("Zoë's home \u2603", "Another")
]
COMMANDS = {
    "next": ["next", "homes.json", "--as-of", "2024-03-01"],
    "json": ["next", "homes.json", "--as-of", "2024-03-01", "--json"],
    "explain": ["next", "homes.json", "--as-of", "2024-03-01", "--explain"],
    "rules": ["rules"],
}
LINE = "independent_fostering_agency,full_inspection,2023-05-15,2023-05-19,2023-06-28,inadequate"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "homes.json").write_text(json.dumps(HOMES))
    (tmp_path / "work").mkdir()
    rows = "".join(f"{number},{LINE}\n" for number in range(100))
    (tmp_path / "events.csv").write_text(f"subject,type,activity,started,ended,published,overall\n{rows}")
    return tmp_path


def run(here: Path, *command: str, unbuffered: bool = False, **options: Any) -> subprocess.CompletedProcess[bytes]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env |= {"TMPDIR": str(here / "work"), **({"PYTHONUNBUFFERED": "1"} if unbuffered else {})}
    env |= options.pop("env", {})
    return subprocess.run(
        [sys.executable, "-m", "ilacs_rules.cli", *command],
        cwd=here, env=env, check=False, **{"stderr": subprocess.PIPE, **options},
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one sentence on standard error."""
    (line,) = done.stderr.decode().strip().splitlines()
    return line


@pytest.mark.parametrize(("name", "unbuffered"), [("next", False), ("json", True), ("explain", False), ("rules", True)])
def test_a_full_disk_is_said(here: Path, name: str, unbuffered: bool) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(here, *COMMANDS[name], stdout=full, unbuffered=unbuffered)
    assert (done.returncode, "No space left" in said(done)) == (2, True)


@pytest.mark.parametrize(("name", "unbuffered"), [("next", True), ("rules", False)])
def test_a_full_pipe_is_said(here: Path, name: str, unbuffered: bool) -> None:
    """One that nobody empties and that does not wait; what was written into it before is whole."""
    end, beginning = os.pipe()
    os.set_blocking(beginning, False)
    with os.fdopen(end, "rb"), os.fdopen(beginning, "wb", buffering=0) as pipe:
        while pipe.write(bytes(4096)):
            pass
        done = run(here, *COMMANDS[name], stdout=pipe, unbuffered=unbuffered)
    assert (done.returncode, "cannot be written" in said(done)) == (2, True)


def test_closed_output_is_said(here: Path) -> None:
    command = f'"{sys.executable}" -m ilacs_rules.cli next homes.json --as-of 2024-03-01 >&-'
    closed = subprocess.run(["sh", "-c", command], cwd=here, capture_output=True, check=False)
    assert (closed.returncode, "standard output is closed" in said(closed)) == (2, True)


@pytest.mark.parametrize(("encoding", "shown"), [("cp1252", "Zoë's home \\u2603")])
def test_a_name_that_cannot_be_printed_is_escaped_and_said(here: Path, encoding: str, shown: str) -> None:
    done = run(here, *COMMANDS["next"], stdout=subprocess.PIPE, env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0
    assert shown in done.stdout.decode(encoding)
    assert "some characters cannot be printed here" in done.stderr.decode()
    plain = run(here, *COMMANDS["next"], stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "utf-8"})
    told = b"cannot be printed" in plain.stderr
    assert (plain.returncode, told, "Zoë's home \u2603" in plain.stdout.decode()) == (0, False, True)


TABLE = ["table", "events.csv", "--as-of", "2024-01-10", "--out", "out.csv"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_told_to_end_leaves_nothing_behind(here: Path, number: signal.Signals) -> None:
    """It is told so while it reads from a pipe, with its temporary folder there."""
    (here / "events.csv").unlink()
    (here / "out.csv").write_text("yesterday's")
    os.mkfifo(here / "events.csv")
    env = {**os.environ, "TMPDIR": str(here / "work")}
    before = signal.signal(number, signal.SIG_DFL)  # a run under nohup is one that no hang-up ends
    process = subprocess.Popen([sys.executable, "-m", "ilacs_rules.cli", *TABLE], cwd=here, env=env)
    signal.signal(number, before)
    with (here / "events.csv").open("wb") as pipe:
        pipe.write(b"subject,type\n")
        pipe.flush()
        assert len(list((here / "work").iterdir())) == 1
        process.send_signal(number)
        assert process.wait(timeout=60) == 128 + number
    assert list((here / "work").iterdir()) == []
    assert (here / "out.csv").read_text() == "yesterday's"


def test_a_signal_that_comes_while_the_folder_is_removed_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    calls: list[Path] = []

    def interrupted(folder: Path, *, ignore_errors: bool) -> None:
        calls.append(folder)
        if len(calls) == 1:
            sys.exit(128 + signal.SIGTERM)
        shutil.rmtree(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(workroom, "rmtree", interrupted)
    with pytest.raises(SystemExit), workroom.work_folder() as folder:
        (folder / "part").write_text("a part")
    assert list(tmp_path.iterdir()) == []


def test_runs_with_one_name_to_write_do_not_mix(here: Path) -> None:
    """Each whole, one after another: what bears the name in the end is the answers of one day."""
    env = {**os.environ, "TMPDIR": str(here / "work")}
    days = [f"2024-0{month}-10" for month in range(1, 5)]
    runs = [
        subprocess.Popen([sys.executable, "-m", "ilacs_rules.cli", *TABLE[:3], day, *TABLE[4:]], cwd=here, env=env)
        for day in days
    ]
    assert [each.wait() for each in runs] == [0] * 4
    found = pl.read_csv(here / "out.csv")
    assert (found.height, found["as_of"].n_unique()) == (100, 1)
    assert sorted(path.name for path in here.iterdir()) == ["events.csv", "homes.json", "out.csv", "work"]


@pytest.mark.parametrize("name", ["/dev/null", "/dev/stdout", "pipe.csv", "link.csv"])
def test_only_a_file_is_written_over(here: Path, name: str) -> None:
    os.mkfifo(here / "pipe.csv")
    (here / "link.csv").symlink_to(here / "homes.json")
    done = run(here, *TABLE[:5], f"{here}/../{here.name}/{name}" if name[0] != "/" else name, stdout=subprocess.PIPE)
    assert done.returncode == 2
    assert json.loads((here / "homes.json").read_text()) == HOMES
    assert Path("/dev/null").is_char_device()
    assert list((here / "work").iterdir()) == []
