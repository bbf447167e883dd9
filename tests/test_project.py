"""What stands beside the code: pinned versions, the citation, and the promises of the project's own files."""

import re
import tomllib
from pathlib import Path

import pytest

import ilacs_rules as ir

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / name).read_text(encoding="utf-8")))


def names(requirements: list[object]) -> set[str]:
    """The packages that some requirements name, but for the project itself and other groups."""
    found = {re.split(r"[^A-Za-z0-9._-]", item)[0].lower() for item in requirements if isinstance(item, str)}
    return {re.sub(r"[._]", "-", name) for name in found} - {"ilacs-rules"}


def test_every_package_that_is_needed_is_pinned_by_hash() -> None:
    project = PROJECT["project"]
    needed = names(project["dependencies"])
    for extra in project["optional-dependencies"].values():
        needed |= names(extra)
    needed |= names(PROJECT["dependency-groups"]["test"]) | names(PROJECT["dependency-groups"]["build"])
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert needed <= pins("constraints.txt").keys(), "run `make constraints`"
    assert len(re.findall(r"^\S+==", text, re.MULTILINE)) <= text.count("--hash=sha256:")


def test_the_demo_runs_on_what_the_tests_run_on() -> None:
    tested = pins("constraints.txt")
    assert pins("constraints-demo.txt")
    assert {
        name: version for name, version in pins("constraints-demo.txt").items() if tested.get(name) != version
    } == {}


def test_the_site_is_built_with_what_the_tests_run_on() -> None:
    """Its own tools are pinned by hash, and whatever else they need is what the tests have."""
    tested, site = pins("constraints.txt"), pins("constraints-site.txt")
    assert names(PROJECT["dependency-groups"]["site"]) <= site.keys(), "run `make constraints`"
    assert {name: version for name, version in site.items() if tested.get(name, version) != version} == {}


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-demo.txt", "constraints-site.txt"])
def test_pins_name_no_address(name: str) -> None:
    assert not re.search(r"://|--(index|find-links|extra-index)", (ROOT / name).read_text(encoding="utf-8"))


def test_the_citation_names_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {ir.__version__}\n" in citation


def test_no_file_holds_the_marks_of_a_merge() -> None:
    """Two of them once reached the Makefile, which no other test reads."""
    marks = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
    files = [
        *ROOT.glob("*.*"),
        ROOT / "Makefile",
        ROOT / ".ci" / "run",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "src").rglob("*.*"),
    ]
    texts = (
        path
        for path in files
        if path.suffix in {"", ".md", ".py", ".toml", ".txt", ".cff", ".css", ".js", ".html"} and path.is_file()
    )
    assert [path.name for path in texts if marks.search(path.read_text(encoding="utf-8", errors="replace"))] == []
