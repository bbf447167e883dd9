"""The commands: inside this process with hostile files and options; as runs that are killed; and two runs at once."""

import os
import random as randoms
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from click.testing import CliRunner

import ilacs_rules as ir
from fuzz import documents
from fuzz.odd import days, text
from fuzz.running import Lost
from ilacs_rules.cli.commands import cli

__all__ = ["call", "kills", "make", "pairs"]

COMMANDS: tuple[str, ...] = (
    "next FILE --as-of DAY",
    "next FILE --as-of DAY --json",
    "next FILE --as-of DAY --format PROFILE",
    "next FILE --as-of DAY --covers ACTIVITY --type KIND --explain",
    "all FILE --as-of DAY",
    "all FILE --as-of DAY --json",
    "all FILE --as-of DAY --format PROFILE --json",
    "table FILE --as-of DAY --out out.csv",
    "table FILE --as-of DAY --as-of DAY --out out.parquet --all",
    "table FILE --subjects FILE --as-of DAY --out out.csv",
    "table FILE --as-of DAY --out out.csv --refused refused.csv --all",
    "columns FILE",
    "columns FILE --json",
    "columns FILE --out profile-made.toml",
    "what-if FILE --as-of DAY",
    "what-if FILE --as-of DAY --until DAY --json",
    "why-not FILE ACTIVITY --as-of DAY",
    "why-not FILE WORD --as-of DAY --json",
    "moved SAVED SAVED",
    "moved SAVED FILE --json",
    "report FILE --as-of DAY --out out.md",
    "report FILE --as-of DAY --out out.html --out out.xlsx --out out.ics --out out.svg",
    "report FILE --as-of DAY --out out.json --until DAY",
    "verify SAVED FILE",
    "verify SAVED FILE --json",
    "rule WORD",
    "rule RULE --json",
    "rules --on DAY --kind KIND",
    "rules --track WORD --json",
    "words",
    "words WORD --json",
    "forecast FILE --as-of DAY",
    "forecast FILE --as-of DAY --activity ACTIVITY --json",
    "check --rulebook WORD",
    "check --json --checked-since DAY",
    "ask --type KIND --as-of DAY",
    "ask --type KIND --as-of DAY --registered DAY --inspected DAY --activity ACTIVITY --judged GRADE --all",
    "ask --type KIND --as-of DAY --closed DAY --inspected DAY --ended DAY --published DAY --judged leaders=GRADE",
    "ask --type local_authority --name NAME --as-of DAY --created DAY --abolished DAY --inspected DAY --outcome WORD",
    "diff --on DAY",
    "diff --on DAY FILE --as-of DAY --json",
    "diff --reform PROFILE",
    "export WORD --out decisions",
    "export FORM --out decisions --track jtai",
    "WORD WORD",
)
DAYS = ("2024-01-10", "2026-11-21", "2016-01-01", "9999-12-31", "0001-01-01", "x", "")


OPTIONS = ("--json", "--explain", "--format", "-", "--wide", "--problems", "--all", "--covers", "--only", "--sort")
SAVED = ir.answers(ir.Provider(type="childrens_home", name="A", registered="2020-01-01"), as_of=DAYS[0]).to_json()
NAMED: dict[str, Callable[[Random], str]] = {
    "ACTIVITY": lambda r: r.choice((*ir.Activity, text(r))), "KIND": lambda r: r.choice((*ir.ProviderType, text(r))),
    "GRADE": lambda r: r.choice((*ir.Grade, text(r))), "RULE": lambda r: r.choice(ir.load_rulebook().rules).id,
    "FORM": lambda r: r.choice(("dmn", "csv", "markdown")), "WORD": text, "NAME": text,
    "DAY": lambda r: DAYS[0] if r.random() < 0.6 else r.choice((*DAYS, days(r).isoformat())),
}  # fmt: skip


def make(random: Random) -> tuple[Any, ...]:
    """A command line, and the bytes of the files that it names."""
    ending = random.choice((".csv", ".json", ".csv", ".json", "", ".xlsx", ".parquet"))
    named = {"FILE": f"given{ending}", "SAVED": "saved.json", "PROFILE": "profile.toml"}
    words = [_said(random, word, named) for word in random.choice(COMMANDS).split()]
    if random.random() < 0.2:
        words.insert(random.randrange(len(words) + 1), random.choice((*OPTIONS, text(random))))
    saved = SAVED if random.random() < 0.5 else documents.spoilt(random, SAVED)
    profile = documents.profile(random) if random.random() < 0.7 else documents.overlay(random)
    files = {
        named["FILE"]: documents.file(random).getvalue(),
        "saved.json": saved.encode("utf-8", "replace"),
        "profile.toml": profile.encode("utf-8", "replace"),
    }
    return [word.replace("\0", "") for word in words], files


def _said(random: Random, word: str, named: dict[str, str]) -> str:
    start, equals, end = word.rpartition("=")
    found = named.get(end) or (str(NAMED[end](random)) if end in NAMED else end)
    return f"{start}{equals}{found}"


def call(words: list[str], files: dict[str, bytes]) -> None:
    """Run a command here: it ends by a code of its own, and what it wrote is whole."""
    for name, whole in files.items():
        Path(name).write_bytes(whole)
    for out in Path().glob("out.*"):
        out.unlink()
    done = CliRunner().invoke(cli, words)
    if done.exception and not isinstance(done.exception, SystemExit | ir.IlacsRulesError):
        raise done.exception
    if done.exit_code not in (0, 1, 2, 3):
        raise Lost(f"exit code {done.exit_code}")
    if words[0] == "table" and done.exit_code == 0:
        for out in Path().glob("out.*"):
            pl.read_parquet(out) if out.suffix == ".parquet" else pl.read_csv(out, infer_schema=False)


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
