"""The rooms import only from those below them, and the documents say what is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "ilacs_rules"
ROOMS = (
    "plain_text", "errors", "files", "vocabulary", "dates", "values", "records", "situation", "rulebook",
    "answering", "questioning", "reviewing", "practice", "testing", "tables", "reading", "writing", "outlook", "cli",
)  # fmt: skip
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)
# An answer explains and shows itself, and a rulebook amends itself, when they are asked to, by rooms above them: the
# only ways up, each taken inside a function.
ALLOWED_UP = {("answering", "questioning"), ("answering", "outlook"), ("rulebook", "reviewing"), ("writing", "cli")}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms_imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("ilacs_rules.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_below_it(path: Path) -> None:
    here = room_of(path)
    up = {other for other in rooms_imported(path) if ROOMS.index(other) > ROOMS.index(here)}
    assert {(here, other) for other in up} <= ALLOWED_UP


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_has_one_idea(path: Path) -> None:
    """No module is longer than 500 lines, and each says in its first line what it is."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500
    assert ast.get_docstring(ast.parse(text))


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = [name.rstrip("/") for name in re.findall(r"^\| `([a-z_/]+)` \|", text, re.MULTILINE)]
    there = [room for room in ROOMS if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").exists()]
    assert listed[: len(there)] == there


def test_nothing_between_the_edges_reads_a_clock_or_a_file() -> None:
    """No `today`, `now` or `open` below the readers, but in the rulebook's loader."""
    for path in MODULES:
        if room_of(path) in ("files", "reading", "writing", "cli") or path.name in (
            "loader.py",
            "reading.py",
            "compiled.py",
        ):
            continue
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        assert not called & {"today", "now", "utcnow", "time", "open", "read_text", "read_bytes"}, path


def test_dates_are_added_in_one_room() -> None:
    """`timedelta` and `relativedelta` stand only where dates are added, compared or put into words."""
    users = {
        room_of(path) for path in MODULES if re.search(r"import .*(timedelta|relativedelta)", path.read_text("utf-8"))
    }
    assert users <= {"dates", "answering"}


def test_links_between_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
