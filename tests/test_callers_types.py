"""Callers' types, as their own tools see them: mypy without pydantic's plugin, pyright and pyrefly, each strict.

Checked are the forms in which records may be written, those that must be refused, every program in `examples/`, and
every example in the README and the guides, in the form of a program. In a guide or a notebook, which is read as a
session, functions may stand without types, and what is there is not asked first whether it is.
"""

import ast
import doctest
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ilacs_rules as ir
from ilacs_rules.values import Ordinary

HERE = Path(__file__).parent
ROOT = HERE.parent
BIN = Path(sys.executable).parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
Found = dict[tuple[str, int], str]
"""What a checker complains of, by file and line."""

MYPY = """
[mypy]
strict = true
python_version = 3.11
disable_error_code = import-untyped
"""
MYPY_OF_GUIDES = """
[mypy-{modules}]
disallow_untyped_defs = false
disallow_incomplete_defs = false
disallow_untyped_calls = false
disable_error_code = import-untyped, union-attr, operator
"""
PYRIGHT = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "reportMissingTypeStubs": False}
AS_A_GUIDE = (
    "# pyright: basic, reportOptionalMemberAccess=false, reportOptionalOperand=false, reportOperatorIssue=false\n"
)
PYREFLY = """
python-version = "3.11"
[[sub-config]]
matches = "guide_*.py"
[sub-config.errors]
missing-attribute = false
unsupported-operation = false
"""


def program(page: Path) -> str:
    """The examples of a page one after the other; what an example shows is printed, and errors are left out."""
    lines: list[str] = []
    for example in doctest.DocTestParser().get_examples(page.read_text(encoding="utf-8")):
        if example.want.startswith("Traceback"):
            continue
        only = ast.parse(example.source).body
        shown = len(only) == 1 and isinstance(only[0], ast.Expr)
        lines.append(f"print({example.source.rstrip()}\n)\n" if shown else example.source)
    return "".join(lines)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them in one folder, with the settings of each checker."""
    home = tmp_path_factory.mktemp("callers")
    (home / "taken.py").write_bytes((HERE / "typed" / "taken.py").read_bytes())
    (home / "refused.py").write_bytes((HERE / "typed" / "refused.txt").read_bytes())
    for page in PAGES:
        text = program(page)
        if text:
            name = "readme" if page.name == "README.md" else f"guide_{page.stem.replace('-', '_')}"
            (home / f"{name}.py").write_text(("" if name == "readme" else AS_A_GUIDE) + text, encoding="utf-8")
    for path in (ROOT / "examples").rglob("*.py"):
        if "node_modules" not in path.parts:
            text = path.read_text(encoding="utf-8")
            cells = "import marimo" in text  # a notebook, whose cells are functions without types
            name = f"{'guide' if cells else 'example'}_{path.stem}.py"
            (home / name).write_text((AS_A_GUIDE if cells else "") + text, encoding="utf-8")
    guides = ",".join(path.stem for path in home.glob("guide_*.py"))
    (home / "mypy.ini").write_text(MYPY + MYPY_OF_GUIDES.format(modules=guides), encoding="utf-8")
    (home / "pyrightconfig.json").write_text(json.dumps(PYRIGHT), encoding="utf-8")
    (home / "pyrefly.toml").write_text(PYREFLY, encoding="utf-8")
    return home


def ran(home: Path, *command: str) -> str:
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=home, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def mypy(home: Path) -> Found:
    out = ran(home, "mypy", "--config-file=mypy.ini", f"--python-executable={sys.executable}", "--no-incremental", ".")
    assert "Found" in out or "Success" in out, out
    return _lines(re.findall(r"^(\w+\.py):(\d+): error: (.*)$", out, re.MULTILINE))


def pyright(home: Path) -> Found:
    out = ran(home, "pyright", f"--pythonpath={sys.executable}", "--outputjson", ".")
    found = json.loads(out[out.index("{") :])["generalDiagnostics"]
    return {
        (Path(item["file"]).name, item["range"]["start"]["line"] + 1): item["message"]
        for item in found
        if item["severity"] == "error"
    }


def pyrefly(home: Path) -> Found:
    arguments = ("-c", "pyrefly.toml", f"--python-interpreter-path={sys.executable}", "--output-format=min-text")
    out = ran(home, "pyrefly", "check", *arguments, *(path.name for path in sorted(home.glob("*.py"))))
    assert "error" in out, out
    return _lines(re.findall(r"^ERROR (\w+\.py):(\d+):\S+ (.*)$", out, re.MULTILINE))


def _lines(found: list[tuple[str, str, str]]) -> Found:
    return {(name, int(line)): message for name, line, message in found}


@pytest.mark.parametrize("checker", [mypy, pyright, pyrefly], ids=lambda checker: checker.__name__)
def test_callers_are_understood(programs: Path, checker: Callable[[Path], Found]) -> None:
    """Nothing is said of what may be written, and something of every line that may not."""
    found = checker(programs)
    refused = (programs / "refused.py").read_text(encoding="utf-8").splitlines()
    marked = {("refused.py", number) for number, line in enumerate(refused, 1) if "# refused" in line}
    assert {place: message for place, message in found.items() if place not in marked} == {}
    assert marked - set(found) == set()


MODELS = [ir.Covered, ir.DueWindow, ir.Event, ir.Judgements, ir.LocalAuthority, ir.Provider]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_type_checkers_are_told_is_what_the_fields_say(model: type[Ordinary]) -> None:
    """The parameters that are written down for type checkers are the fields, in their order, with their defaults."""
    (made,) = (
        node
        for node in ast.walk(ast.parse(inspect.getsource(model)))
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    )
    defaults = [None if default is None else ast.unparse(default) for default in made.args.kw_defaults]
    told = dict(zip((parameter.arg for parameter in made.args.kwonlyargs), defaults, strict=True))
    own = {name: field for name, field in model.model_fields.items() if name != "type"}
    assert [name for name in told if name != "type"] == list(own)
    assert set(told) == set(model.model_fields)
    for name, field in model.model_fields.items():
        assert (told[name] is None) is field.is_required(), name
    names = {"NO_JUDGEMENTS": ir.Judgements()}
    for name, default in told.items():
        if default is not None:
            assert eval(default, names) == model.model_fields[name].default, name


def test_what_is_taken_is_taken_at_run_time_too() -> None:
    source = (HERE / "typed" / "taken.py").read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "taken"}
    exec(compile(source, "taken.py", "exec"), names)
    authorities = names["AUTHORITIES"]
    assert isinstance(authorities, list)
    assert [len(item.events) for item in authorities] == [2, 1, 1, 1, 2]
    body, asked = names["Body"], names["asked"]
    assert callable(body)
    assert callable(asked)
    assert asked(body(subject=authorities[0]), names["ROWS"])[0] == "focused_visit"
