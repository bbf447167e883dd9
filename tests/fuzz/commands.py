"""The commands: inside this process with hostile files and options; as runs that are killed; and two runs at once."""

import os
import random as randoms
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from click.testing import CliRunner

import ilacs_rules as ir
from fuzz import documents
from fuzz.odd import text
from fuzz.running import Lost
from ilacs_rules.cli.commands import cli

__all__ = ["call", "kills", "make", "pairs"]

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("next", "FILE", "--as-of", "DAY"), ("next", "FILE", "--as-of", "DAY", "--json"), ("all", "FILE", "--as-of", "DAY"),
    ("all", "FILE", "--as-of", "DAY", "--json"), ("table", "FILE", "--as-of", "DAY", "--out", "out.csv"),
    ("table", "FILE", "--as-of", "DAY", "--out", "out.csv", "--refused", "refused.csv", "--all"), ("columns", "FILE"),
    ("what-if", "FILE", "--as-of", "DAY"), ("why-not", "FILE", "WORD", "--as-of", "DAY"), ("moved", "FILE", "FILE"),
    ("report", "FILE", "--as-of", "DAY", "--out", "out.md"), ("verify", "FILE", "FILE"), ("rule", "WORD"), ("words",),
    ("forecast", "FILE", "--as-of", "DAY"), ("check", "--rulebook", "WORD"), ("ask", "WORD", "--as-of", "DAY"),
    ("diff", "--on", "WORD"), ("export", "WORD", "--out", "decisions", "--track", "WORD"), ("WORD", "WORD"),
)  # fmt: skip
MORE = ("--json", "--explain", "--format", "-")
DAYS = ("2024-01-10", "2026-11-21", "2016-01-01", "9999-12-31", "0001-01-01", "x", "")


def make(random: Random) -> tuple[Any, ...]:
    """A command line, and the bytes of its file."""
    file = documents.file(random)
    ending = random.choice((".csv", ".json", ".csv", ".json", "", ".xlsx", ".parquet"))
    said = {"FILE": f"given{ending}", "DAY": DAYS[0] if random.random() < 0.7 else random.choice(DAYS)}
    words = [said.get(word, text(random) if word == "WORD" else word) for word in random.choice(COMMANDS)]
    if random.random() < 0.2:
        words.insert(
            random.randrange(len(words) + 1), random.choice(("--json", "--explain", "--format", "-", text(random)))
        )
    return [word.replace("\0", "") for word in words], said["FILE"], file.getvalue()


def call(words: list[str], name: str, whole: bytes) -> None:
    """Run a command here: it ends by a code of its own, and every row of a table is accounted for."""
    Path(name).write_bytes(whole)
    Path("out.csv").unlink(missing_ok=True)
    done = CliRunner().invoke(cli, words)
    if done.exception and not isinstance(done.exception, SystemExit | ir.IlacsRulesError):
        raise done.exception
    if done.exit_code not in (0, 1, 2, 3):
        raise Lost(f"exit code {done.exit_code}")
    if words[0] == "table" and done.exit_code == 0 and Path("out.csv").exists():
        pl.read_csv("out.csv", infer_schema=False)


ROWS = 40_000


def _run(folder: str, out: str, *more: str) -> subprocess.Popen[bytes]:
    env = dict(os.environ) | {"TMPDIR": str(Path(folder) / "work")}
    command = [sys.executable, "-m", "ilacs_rules.cli", "table", "events.csv", "--out", out, *more]
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _prepared(folder: str, rows: int = ROWS) -> None:
    (Path(folder) / "work").mkdir()
    lines = "".join(documents.LINE.format(number, "good") + "\n" for number in range(rows))
    (Path(folder) / "events.csv").write_text(f"{documents.HEADER}\n{lines}")


def _whole(file: Path, rows: int) -> bool:
    """Whether a file that bears its name has every byte."""
    found = pl.read_parquet(file) if file.suffix == ".parquet" else pl.read_csv(file, infer_schema=False)
    return len(found) == rows and found["as_of"].n_unique() == 1


def _foreign(error: bytes) -> list[str]:
    ours = b"Traceback" in error and (b"ilacs_rules/cli/" in error or b"KeyboardInterrupt" not in error)
    return [f"a traceback: {error[-300:]!r}"] if ours else []  # before our first line an interrupt is Python's own


def kills(count: int, seed: int) -> Iterator[str]:
    """Runs killed in the middle: what bears the name is whole, and the next run clears what was left."""
    random = randoms.Random(seed)
    for number in range(count):
        out = random.choice(("out.csv", "out.parquet"))
        kind = random.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT))
        with TemporaryDirectory() as folder:
            _prepared(folder)
            going = _run(folder, out, "--as-of", "2024-01-10")
            time.sleep(random.uniform(0.3, 2.5))
            going.send_signal(kind)
            _, said = going.communicate(timeout=120)
            yield from (f"kill {number} ({kind.name}): {line}" for line in _foreign(said))
            file = Path(folder) / out
            if file.exists() and not _whole(file, ROWS):
                yield f"kill {number} ({kind.name}): {out} is torn"
            left = [path.name for path in Path(folder).rglob("*") if path.name not in ("work", "events.csv", out)]
            if left and kind is not signal.SIGKILL:
                yield f"kill {number} ({kind.name}): {left} left behind"


def pairs(count: int, seed: int) -> Iterator[str]:
    """Two runs that write one file: the last to finish stands, whole and of one day."""
    random = randoms.Random(seed)
    for number in range(count):
        out = random.choice(("out.csv", "out.parquet"))
        with TemporaryDirectory() as folder:
            _prepared(folder, 2_000)
            both = [_run(folder, out, "--as-of", day) for day in ("2024-01-10", "2024-02-10")]
            for one in both:
                yield from (f"pair {number}: {line}" for line in _foreign(one.communicate(timeout=120)[1]))
            if any(one.returncode for one in both) or not _whole(Path(folder) / out, 2_000):
                yield f"pair {number}: {out} is torn, or a run failed ({[one.returncode for one in both]})"
            if len(list(Path(folder).iterdir())) != 3:
                yield f"pair {number}: something is left behind"
