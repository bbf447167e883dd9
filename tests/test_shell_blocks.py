"""Every command that the documents show is run, or is run by something that is named here.

Commands of the library are run as they stand, on small files of the names that the documents give them. Of ``make`` the
target must be there. The example of a service is started and asked as its page says.
"""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import ilacs_rules as ir

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md"))
    if "snapshot" not in path.parts
)
RUN_ELSEWHERE = {
    "pip install": "tests/test_stranger.py installs the wheel; CI makes its environments anew",
    "uvicorn": "test_the_service_is_started_and_asked_as_its_page_says",
    "curl": "test_the_service_is_started_and_asked_as_its_page_says",
    ".venv/bin/python -m pytest": "the suite itself",
    "PYTHONPATH=. .venv/bin/python -m benchmarks.mutants": "`make mutants`, which takes hours",
    "python3 -m http.server": "a server of Python's own; the pages are opened by tests/test_page_browser.py",
}
"""What is not run here, and what stands for it."""


def blocks() -> Iterator[tuple[str, str]]:
    """Every command line of every shell block, without its comment, with the page it stands on."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in re.findall(r"^ *```(?:bash|sh|console)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                command = re.sub(r"\s+#.*$", "", line).strip()
                if command and not command.startswith("#"):
                    yield page.relative_to(ROOT).as_posix(), command.removeprefix("$ ")


REAL = ROOT.parent / "shared" / "published" / "provider_at_march_2025.ods"
"""A published file, which a clone has not."""
COMMANDS = list(dict.fromkeys(blocks()))
OURS = [each for each in COMMANDS if re.match(r"(\.venv/bin/)?ilacs-rules ", each[1])]


def test_every_command_is_run_somewhere() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    not_run = [
        (page, command)
        for page, command in COMMANDS
        if (page, command) not in OURS
        and not any(command.startswith(start) for start in RUN_ELSEWHERE)
        and not (command.startswith("make ") and command.split()[1] in targets)
    ]
    assert not_run == []
    assert len(OURS) > 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the documents speak of, and the examples."""
    here = tmp_path_factory.mktemp("shell")
    shutil.copytree(ROOT / "examples", here / "examples")
    shutil.copytree(ROOT / "docs" / "reforms", here / "docs" / "reforms")
    for name in ("FILE", "council.json"):
        shutil.copy(ROOT / "examples" / "barking_and_dagenham.json", here / (name if "." in name else f"{name}.json"))
    rows = ["subject,urn,type,activity,started,ended,published,overall"]
    council = [*rows, "A council,1,local_authority,ilacs_short,2023-01-09,2023-01-13,2023-03-06,good"]
    homes = [*rows, "A home,SC1,childrens_home,full_inspection,2025-01-09,2025-01-10,2025-03-06,good"]
    (here / "authorities.csv").write_text("\n".join([*council, ""]), encoding="utf-8")
    (here / "homes.csv").write_text("\n".join([*homes, ""]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ilacs_rules.cli", "next", "FILE.json", "--as-of", "2026-11-21", "--json"],
        cwd=here, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (here / "answers.json").write_text(done.stdout, encoding="utf-8")
    if find_spec("polars"):
        import polars as pl  # noqa: PLC0415  # an extra

        pl.read_csv(here / "authorities.csv", infer_schema=False).write_parquet(here / "events.parquet")
    if REAL.is_file():
        shutil.copy(REAL, here)
    return here


@pytest.mark.parametrize("page", list(dict.fromkeys(page for page, _ in OURS)))
def test_our_commands_run_as_they_stand(folder: Path, page: str) -> None:
    """With the reader's own file in place of ``FILE``, in the order of the page. 1 says that something differs,
    3 that values were not used.
    """
    here = [command for where, command in OURS if where == page]
    for command in (command for command in here if REAL.is_file() or REAL.name not in command):
        words = shlex.split(re.sub(r"\bFILE\b", "FILE.json", command.removeprefix(".venv/bin/")))
        words[0:1] = [sys.executable, "-m", "ilacs_rules.cli"]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode in {0, 1, 3}, f"{command}\n{done.stdout[-500:]}{done.stderr[-1500:]}"
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(not find_spec("uvicorn") or not find_spec("fastapi"), reason="fastapi and uvicorn are not here")
def test_the_service_is_started_and_asked_as_its_page_says() -> None:
    """On a port of its own, by the address and the file of the page's ``curl``."""
    commands = [command for page, command in COMMANDS if page == "docs/web-service.md"]
    (start,) = (shlex.split(command) for command in commands if command.startswith("uvicorn"))
    (ask,) = (shlex.split(command) for command in commands if command.startswith("curl"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", *start, "--port", str(port), "--log-level", "warning"]
    with subprocess.Popen(words, cwd=ROOT) as served:
        try:
            curl = [word.replace(":8000/", f":{port}/") for word in ask]
            address = next(word for word in curl if word.startswith("http"))
            for _ in range(600):
                try:
                    urlopen(f"http://127.0.0.1:{port}/docs", timeout=5).close()
                    break
                except URLError:
                    assert served.poll() is None
                    time.sleep(0.05)
            assert shutil.which("curl"), "the page asks with curl"
            done = subprocess.run(curl, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
            answer = json.loads(done.stdout)
            assert "as_of=2025-02-01" in address
            agency = ir.Provider.model_validate_json((ROOT / "examples" / "fostering_agency.json").read_text("utf-8"))
            assert answer["rule"] == ir.next_activity(agency, as_of="2025-02-01").rule
        finally:
            served.terminate()
