"""The report in a real browser: accessible by the rules of axe, by keyboard, narrow, at twice the size, and on paper.

Needs Chromium, Node and ``make browser`` (which installs axe-core and playwright-core); skips where one is missing.
"""

import json
import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from in_chromium import CHROMIUM, HERE, missing

SHARED = Path(__file__).parents[2] / "shared" / "data"
MISSING = missing("browser")
needs_browser = pytest.mark.skipif(bool(MISSING), reason=f"not here: {', '.join(MISSING)}")


def council(number: int) -> ir.LocalAuthority:
    return ir.LocalAuthority(
        name=f"Council {number}",
        urn=f"{80000 + number}",
        events=[
            ir.Event(
                activity="ilacs_standard",
                started=date(2022, 7, 4 + number),
                ended=date(2022, 7, 15 + number),
                published=date(2022, 9, 21),
                judgements={"overall": ("good", "requires_improvement", "inadequate")[number % 3]},
            ),
            ir.Event(activity="focused_visit", started=date(2024, 1, 9)),
        ],
    )


def looked_at(page: str, folder: Path, *, printed: bool = True) -> dict[str, Any]:
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    command = ["node", str(HERE / "look.mjs"), str(file), str(folder)]
    environment = {**os.environ, "CHROMIUM": str(CHROMIUM), "PRINTED": str(int(printed))}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=600)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(found: dict[str, Any]) -> None:
    """What must hold of every report."""
    assert found["axe"] == {"light": [], "dark": [], "narrow": [], "twice": []}
    assert found["errors"] == []
    assert found["requests"] == []
    assert set(found["wide"].values()) == {0}, "nothing makes the whole page scroll sideways"
    keyboard = found["keyboard"]
    assert keyboard["first"] == "Skip to the main content"
    assert {"find", "by-group", "by-what", "by-firmly"} <= set(keyboard["ids"])
    assert keyboard["unseen"] == []
    assert keyboard["sorted"] == "ascending"
    filtered = found["filter"]
    assert filtered["shown"] == min(filtered["all"], 100)
    assert filtered["found"]
    assert all(filtered["words"].casefold() in name.casefold() for name in filtered["found"])
    assert filtered["days"] == sorted(filtered["days"])
    assert not filtered["group"] or set(filtered["grouped"]) == {filtered["group"]}
    assert filtered["opened"] == 1


@needs_browser
def test_the_report_of_one_council(tmp_path: Path) -> None:
    check(looked_at(ir.outlook(council(1), as_of=date(2024, 9, 6)).to_html(), tmp_path))
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


@needs_browser
@pytest.mark.parametrize("many", [10, 120])
def test_the_report_of_many_councils(tmp_path: Path, many: int) -> None:
    """In full where they stand, and by numbers."""
    councils = [council(number % 12).model_copy(update={"name": f"Council {number}"}) for number in range(many)]
    check(looked_at(ir.outlook(councils, as_of=date(2024, 9, 6)).to_html(), tmp_path))


@needs_browser
def test_what_is_not_accessible_is_found(tmp_path: Path) -> None:
    """A page with a picture that nobody can hear of, and a grey that nobody can read, is not let through."""
    page = ir.outlook(council(1), as_of=date(2024, 9, 6)).to_html()
    broken = page.replace('<label for="find">', "<label>").replace("--quiet:#505a5f", "--quiet:#cccccc")
    found = looked_at(broken, tmp_path, printed=False)
    rules = {each.partition(":")[0] for each in found["axe"]["light"]}
    assert {"color-contrast", "label"} <= rules


@needs_browser
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_the_report_of_a_whole_register(tmp_path: Path) -> None:
    seen = ir.outlook(ir.read(SHARED / "provider_events.csv"), as_of=date(2025, 4, 26))
    check(looked_at(seen.to_html(), tmp_path, printed=False))
