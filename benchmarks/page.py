"""How long the page in the browser takes: `make page` first, then `python -m benchmarks.page`. Writes benchmarks/page.md.

Each visit is of a browser without anything kept. The times hold for the machine they were taken on; give `--times 5` for more visits.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
REGISTER = ROOT.parent / "shared" / "data" / "provider_events.csv"
AIMS = (
    ("form", "The form is shown, on the first visit", "cold form", 1000),
    ("cold", "First answer, on the first visit", "cold answer", 8000),
    ("warm", "First answer, on the second visit", "warm answer", 4000),
    ("move", "Another day, for one subject", "move", 100),
    ("register", "The report of 3,123 providers, from the file", "register", 30000),
)


def _done(what: str, **wanted: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "node",
            str(ROOT / "tests/browser/page.mjs"),
            str(ROOT / "site/try"),
            folder,
            what,
            json.dumps(wanted),
        ]
        found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def measured(times: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for _ in range(times):
        visit = _done("timed", day="2026-11-21")
        for name, took in visit["times"].items():
            found.setdefault(name, []).append(took)
        found.setdefault("move", []).append(median(visit["moves"]))
        found.setdefault("slowest move", []).append(max(visit["moves"]))
        if REGISTER.is_file():
            register = _done("many", day="2025-04-26", file=str(REGISTER))
            found.setdefault("register", []).append(register["times"]["report"])
    return found


def page(found: dict[str, list[float]]) -> str:
    chromium = subprocess.run(
        [shutil.which("chromium") or "chromium", "--version"], capture_output=True, text=True, check=False
    ).stdout.split()
    size = sum(path.stat().st_size for path in (ROOT / "site" / "try").rglob("*") if path.is_file())
    count = len(next(iter(found.values())))
    lines = [
        "# The page in the browser: how long it takes",
        "",
        f"`make page`, then `python -m benchmarks.page`. Chromium {chromium[1] if len(chromium) > 1 else 'unknown'}, headless, on {platform.system()} {platform.machine()};",
        f"the server is on the same machine. {count} visits, each by a browser that had kept nothing. Other work was going on: when it ended, {os.getloadavg()[1]:.1f}",
        f"programs had wanted a processor at any time in the last five minutes, and the machine has {os.cpu_count()}.",
        f"The folder holds {size / 1e6:.1f} MB, before a server compresses it.",
        "",
        "| what | aim | median | slowest |",
        "|---|---:|---:|---:|",
    ]
    for _, words, name, aim in AIMS:
        if name in found:
            slowest = max(found["slowest move"] if name == "move" else found[name])
            lines.append(f"| {words} | {aim:,} ms | {median(found[name]):,.0f} ms | {slowest:,.0f} ms |")
    return "\n".join(
        [
            *lines,
            "",
            "What made the difference: Python and every package are compiled when the page is built, by the Python that runs them. Before that the",
            "first answer took about half as long again. What workbooks and calendars need is unpacked after the first answer, or when it is needed.",
            "",
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    text = page(measured(parser.parse_args().times))
    (Path(__file__).parent / "page.md").write_text(text, encoding="utf-8")
    print(text)
