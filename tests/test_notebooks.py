"""The notebooks run from top to bottom, on the made files of the repository and on published ones where they are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

pytest.importorskip("marimo", reason="the notebooks are marimo's, which the group `test` brings")

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples" / "notebooks"
NOTEBOOKS = {
    "our_council": "authorities",
    "a_region": "authorities",
    "a_group_of_homes": "homes",
    "forecasts": "homes",
}
PUBLISHED = {
    "authorities": ROOT.parent / "shared" / "data" / "local_authority_events.csv",
    "homes": ROOT.parent / "shared" / "data" / "provider_events.csv",
}
RUN = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("notebook", sys.argv[1])
notebook = importlib.util.module_from_spec(spec)
spec.loader.exec_module(notebook)
from pathlib import Path
outputs, defs = notebook.app.run(defs={"file": Path(sys.argv[2])})
assert defs["file"] == Path(sys.argv[2])
print(len(outputs), defs["outlook"])
"""


def run(name: str, file: Path, folder: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", RUN, str(FOLDER / f"{name}.py"), str(file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Outlook(" in done.stdout
    book = CalamineWorkbook.from_path(str(folder / f"{name}.xlsx"))
    assert len(book.get_sheet_by_name("Activities").to_python()) > 1
    assert Calendar.from_ical((folder / f"{name}.ics").read_bytes()).walk("VEVENT")


def test_every_notebook_is_tried() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == set(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_on_the_made_file(name: str, tmp_path: Path) -> None:
    run(name, FOLDER / "data" / f"{NOTEBOOKS[name]}.csv", tmp_path)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_on_the_published_file(name: str, tmp_path: Path) -> None:
    file = PUBLISHED[NOTEBOOKS[name]]
    if not file.exists():
        pytest.skip("../shared is not here")
    run(name, file, tmp_path)
