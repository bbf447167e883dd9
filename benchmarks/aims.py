"""The six aims of speed, in one run: each figure, its aim, and whether it is met.

    python -m benchmarks.aims [--providers provider_events.csv]      (the dependency group "peers" for zen-engine)

Every figure is processor time, the least of several rounds in turns, so that what else the machine does is left out as
far as it can be. Ratios are of figures of this run. Nothing here is asserted.
"""

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.building import rows
from benchmarks.peers.scalar import zen
from benchmarks.peers.small import cases
from benchmarks.speed import AS_OF, authority

import ilacs_rules as ir

ROUNDS, TIMES = 25, 400
ONE_MODEL = "from pydantic import BaseModel\nclass One(BaseModel):\n    a: int"
STARTS = {
    "nothing": "",
    "pydantic": "import pydantic; pydantic.BaseModel",
    "one": ONE_MODEL,
    "us": "import ilacs_rules",
}


def least(work: dict[str, tuple[Callable[[], object], Callable[[], object]]]) -> dict[str, float]:
    """Of each piece of work the least time of one call, in microseconds: first what is made ready, then the clock."""
    found = dict.fromkeys(work, float("inf"))
    for _ in range(ROUNDS):
        for name, (ready, call) in work.items():
            ready()
            gc.collect()
            start = time.thread_time()
            call()
            found[name] = min(found[name], (time.thread_time() - start) / TIMES * 1e6)
    return found


def in_this_process() -> dict[str, float]:
    """Records, first questions and JSON, beside zen-engine's table with its dates."""
    text, asked, decide = authority().model_dump_json(), cases(TIMES), zen()
    given, made = rows(), list[ir.LocalAuthority]()

    def read() -> ir.LocalAuthority:
        return ir.LocalAuthority.model_validate_json(text)

    def new() -> None:
        made[:] = [read() for _ in range(TIMES)]

    def nothing() -> None:
        """Nothing has to be made ready."""

    return least(
        {
            "zen": (nothing, lambda: [decide(case) for case in asked]),
            "first": (new, lambda: [ir.next_activity(each, as_of=AS_OF) for each in made]),
            "again": (nothing, lambda: [ir.next_activity(each, as_of=AS_OF) for each in made]),
            "json": (nothing, lambda: [ir.next_activity(read(), as_of=AS_OF).model_dump_json() for _ in asked]),
            "read": (nothing, lambda: [read() for _ in asked]),
            "built": (nothing, lambda: [ir.LocalAuthority(name="An authority", events=given) for _ in asked]),
        }
    )


def processor_time(command: list[str]) -> float:
    """What a process and those that it starts spend, in seconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def starting(rounds: int = 15) -> dict[str, float]:
    """What a fresh interpreter spends on each import, beyond starting, in milliseconds."""
    spent = dict.fromkeys(STARTS, float("inf"))
    for _ in range(rounds):
        for name, code in STARTS.items():
            spent[name] = min(spent[name], processor_time([sys.executable, "-c", code]) * 1e3)
    return {name: figure - spent["nothing"] for name, figure in spent.items()}


def register(providers: str, rounds: int = 5) -> dict[str, float]:
    """Reading and answering one published register, in seconds: the command whole, and `read` without its import."""
    reading = (
        "import time, ilacs_rules as ir, ilacs_rules.reading, ilacs_rules.reading.reader; ir.load_rulebook();"
        f"start = time.process_time(); ir.read({providers!r}); print(time.process_time() - start)"
    )
    spent = {"next": float("inf"), "read": float("inf")}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            whole = [sys.executable, "-m", "ilacs_rules.cli", "next", providers, "--as-of", "2024-03-03"]
            spent["next"] = min(spent["next"], processor_time(whole))
            done = subprocess.run(
                [sys.executable, "-c", reading], check=True, capture_output=True, text=True, cwd=folder
            )
            spent["read"] = min(spent["read"], float(done.stdout))
    return spent


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.aims", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--providers", metavar="FILE", help="a register, for what reading and answering it takes")
    chosen = parser.parse_args()
    here, start = in_this_process(), starting()
    print("| what | figure | aim |\n|---|---|---|")
    print(f"| zen-engine's table with its dates, µs | {here['zen']:.1f} | |")
    print(f"| first question, 12 events, µs | {here['first']:.1f} | |")
    print(f"| the same, in times of zen-engine's table | {here['first'] / here['zen']:.1f} | 4 |")
    print(f"| asked again, µs | {here['again']:.1f} | |")
    print(f"| building the record, from dictionaries, µs | {here['built']:.0f} | 115 to 170 |")
    print(f"| building the record, from JSON, µs | {here['read']:.0f} | 115 to 170 |")
    print(f"| JSON text in, JSON text out, µs | {here['json']:.0f} | 365 |")
    print(f"| import pydantic, ms | {start['pydantic']:.0f} | |")
    print(f"| import pydantic, with one model, ms | {start['one']:.0f} | |")
    print(f"| import ilacs_rules, ms | {start['us']:.0f} | |")
    print(f"| the same, in times of pydantic | {start['us'] / start['pydantic']:.1f} | 1.3 |")
    print(f"| the same, in times of pydantic with one model | {start['us'] / start['one']:.1f} | |")
    if chosen.providers:
        whole = register(str(Path(chosen.providers).resolve()))
        print(f"| `ilacs-rules next` of the register, s | {whole['next']:.2f} | 2 |")
        print(f"| `ir.read` of the register, s | {whole['read']:.2f} | 0.7 |")


if __name__ == "__main__":
    main()
