"""The rooms import only from those below them, none in a circle, and the documents say what is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "ilacs_rules"
ROOMS = (
    "plain_text", "remembered", "progress", "hooks", "errors", "files", "vocabulary", "dates", "values", "records",
    "situation", "rulebook", "answering", "questioning", "reviewing", "practice", "testing", "tables", "reading",
    "writing", "outlook", "cli",
)  # fmt: skip
"""Ground floor first; the package's own face (``__init__``) stands above all of them."""
SUB_ROOMS = {
    "tables": (
        "words", "schema", "days", "objects", "made", "refusals", "pandas_frames", "frames", "rows_in", "columns",
        "questions",
    )
}  # fmt: skip
"""A room whose parts have an order of their own."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """A module's full name; that of a package where it is its ``__init__``."""
    parts = ["ilacs_rules", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}


def imported(path: Path) -> set[str]:
    """The modules of the package that a module imports: at the top, in functions, and for type checkers only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written in full"
            each = ((f"{node.module}.{alias.name}", str(node.module)) for alias in node.names)
            found |= {full if full in NAMES else module for full, module in each}
    return (found & set(NAMES)) - {name_of(path)}


IMPORTS = {name: imported(path) for name, path in NAMES.items()}


def part(name: str, place: int = 1) -> str:
    """The room of a module (the second part of its name), or the part of a room (the third)."""
    return [*name.split("."), "", ""][place]


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Every set of modules of which each leads to each other, by Tarjan's walk."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        waiting.append(name)
        for other in sorted(graph[name]):
            if other not in order:
                visit(other)
            if other in waiting:
                low[name] = min(low[name], low[other])
        if low[name] == order[name]:
            place = waiting.index(name)
            if len(waiting) - place > 1:
                found.append(waiting[place:])
            del waiting[place:]

    for name in graph:
        if name not in order:
            visit(name)
    return found


def test_a_circle_is_found() -> None:
    """The finder of circles itself: one of three, one of two beside it, and none where all leads down."""
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": {"e"}, "e": {"d"}}
    assert sorted(map(sorted, circles(graph))) == [["a", "b", "c"], ["d", "e"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_room_imports_only_from_rooms_below_it(name: str) -> None:
    """And nothing below the face imports the face, but the command line, which asks it for the version."""
    here = part(name)
    for other in IMPORTS[name] if here else ():
        if other == "ilacs_rules":
            assert here == "cli", f"{name} imports the face"
        else:
            assert ROOMS.index(part(other)) <= ROOMS.index(here), f"{name} imports {other}, from a room above it"


@pytest.mark.parametrize("room", SUB_ROOMS)
def test_the_parts_of_a_room_import_only_from_parts_below_them(room: str) -> None:
    order = SUB_ROOMS[room]
    inside = [name for name in NAMES if part(name) == room and part(name, 2)]
    assert {part(name, 2) for name in inside} == set(order)
    for name in inside:
        for other in IMPORTS[name]:
            if part(other) == room:
                assert order.index(part(other, 2)) <= order.index(part(name, 2)), f"{name} imports {other}"


def test_there_is_no_circle() -> None:
    """Neither among modules nor among rooms, imports inside functions and for type checkers included."""
    below_the_face = {name: others - {"ilacs_rules"} for name, others in IMPORTS.items() if part(name)}
    assert circles(below_the_face) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_has_one_idea(path: Path) -> None:
    """No module is longer than 300 lines, and each says in its first line what it is."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    assert ast.get_docstring(ast.parse(text))


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = [name.rstrip("/") for name in re.findall(r"^\| `([a-z_/]+)` \|", text, re.MULTILINE)]
    there = [room for room in ROOMS if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").exists()]
    assert listed[: len(there)] == there


@pytest.mark.parametrize("room", [room for room in ROOMS if (PACKAGE / room).is_dir()])
def test_the_architecture_names_every_module(room: str) -> None:
    """Each module and folder of a room stands in the room's row."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{room}/` \| (.*) \|$", text, re.MULTILINE)
    named = set(re.findall(r"`([a-z_]+)/?`", row))
    there = {path.stem for path in (PACKAGE / room).glob("*.py")} - {"__init__"}
    there |= {path.name for path in (PACKAGE / room).iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert there - named == set(), "say in the table of docs/architecture.md what is in it"
    known = {part for path in PACKAGE.rglob("*") for part in (path.stem, path.name)}
    gone = {name for name in named - known if not name.startswith("_")}
    assert gone == set(), "take it out of the table of docs/architecture.md"


def keeps(path: Path) -> bool:
    """Whether a module keeps what a function found, for as long as the process lives."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                if ast.unparse(called).split(".")[-1] in {"cache", "lru_cache", "remembered"}:
                    return True
    text = path.read_text(encoding="utf-8")
    return bool(re.search(r"^_[A-Z_]+: dict.* = \{\}|= lru_cache\(|WeakKeyDictionary\(", text, re.MULTILINE))


def test_whatever_keeps_beside_the_one_place_is_named() -> None:
    """In the list of the architecture: what is found of a history is kept in ``answering/kept`` and nowhere else."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    part_of_it = text.split("### What else is kept")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*`) \| .* \|$", part_of_it, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z_/]+)`", row)}
    there = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in MODULES if keeps(path)}
    assert named == there


def test_a_function_fits_in_the_eye() -> None:
    """None is longer than 45 lines, its docstring not counted."""
    long: list[str] = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                words = node.body[0]
                said = ast.get_docstring(node) is not None
                spoken = (words.end_lineno or 0) - words.lineno + 1 if said else 0
                if (node.end_lineno or 0) - node.lineno + 1 - spoken > 45:
                    long.append(f"{path.name}: {node.name}")
    assert long == []


def test_nothing_between_the_edges_reads_a_clock_or_a_file() -> None:
    """No `today`, `now` or `open` below the readers, but where shipped data is read and where an outlook is saved."""
    for path in MODULES:
        if part(name_of(path)) in ("files", "reading", "writing", "cli") or path.name in (
            "loader.py",
            "reading.py",
            "compiled.py",
            "saving.py",
            "shipped.py",
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
        part(name_of(path))
        for path in MODULES
        if re.search(r"import .*(timedelta|relativedelta)", path.read_text("utf-8"))
    }
    assert users <= {"dates", "answering"}


def test_links_between_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
