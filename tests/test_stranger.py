"""A package of someone else's that depends on this one, tested against the wheel as its author would have it."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ilacs_rules as ir
from ilacs_rules.testing.strategies import Question

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "your_policy"
GUIDE = ROOT / "docs" / "test-your-own-policy.md"
SOURCES = ("src", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE")

NOT_MADE_SMALL = """
from hypothesis import Phase, settings
settings.register_profile("first", phases=[Phase.generate], deadline=None)
settings.load_profile("first")
"""
FROM_TYPE = """
from hypothesis import Phase, find, settings, strategies as st
import ilacs_rules as ir
first = settings(max_examples=1, phases=[Phase.generate], database=None)
print(type(find(st.from_type(ir.LocalAuthority), lambda _: True, settings=first)).__name__)
"""


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel, built from a copy of the sources, was installed without the network."""
    pytest.importorskip("hatchling", reason="the wheel is built by hatchling, which the group `test` brings")
    copy, dist, target = (tmp_path_factory.mktemp(name) for name in ("copy", "dist", "installed"))
    for name in SOURCES:
        source = ROOT / name
        skip = shutil.ignore_patterns("__pycache__", "compiled.json", "compiled.key")
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=skip)
        else:
            shutil.copy(source, copy / name)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist), at=copy)
    (wheel,) = dist.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile")
    run(*pip, "--target", str(target), str(wheel), at=dist)
    return target


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "your_policy", ignore=shutil.ignore_patterns("__pycache__", ".*"))


def run(*command: str, at: Path, path: Path | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A command in a folder, seeing this package only where ``path`` leads."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHONPATH"))}
    environment = {**inherited, "PYTHONPATH": str(path or "")}
    ran = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=False)
    assert not check or ran.returncode == 0, ran.stdout + ran.stderr
    return ran


def test_their_tests_pass_on_the_wheel(installed: Path, theirs: Path) -> None:
    """By the entry points alone: the plugin reads its options, and the coverage they ask for is reached."""
    script = "import ilacs_rules; print(ilacs_rules.__file__)"
    assert run(sys.executable, "-c", script, at=theirs, path=installed).stdout.startswith(str(installed))
    ran = run(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", at=theirs, path=installed)
    assert "1 passed" in ran.stdout
    assert "3 of 3 rows answered" in ran.stdout


def test_their_mistake_is_found(installed: Path, theirs: Path) -> None:
    """With one word of the policy in the wrong row their law fails, and the history that shows it can be pasted."""
    (theirs / "conftest.py").write_text(NOT_MADE_SMALL, encoding="utf-8")
    visits = theirs / "policy" / "frameworks" / "visits.toml"
    text = visits.read_text(encoding="utf-8")
    one, other = '["requires_improvement", "inadequate"]', '"not_reported", "none"]'
    assert text.count(one) == 2
    wrong = text.replace(one, '["inadequate"]').replace(other, '"not_reported", "none", "requires_improvement"]')
    visits.write_text(wrong, encoding="utf-8")
    without = ("-p", "no:cacheprovider", "-p", "no:schemathesis")
    ran = run(sys.executable, "-m", "pytest", *without, at=theirs, path=installed, check=False)
    assert ran.returncode == 1
    assert "1 failed" in ran.stdout
    shown = re.search(r"^E +question=(Question\(.*\)),$", ran.stdout, re.MULTILINE)
    assert shown, ran.stdout
    names = {"Question": Question, "Provider": ir.Provider, "datetime": dt}
    subject, as_of = eval(shown[1], names)
    facts = ir.situation(subject, as_of=as_of)
    assert facts["last_overall"] == "requires_improvement"
    assert facts["returns_on_record"] == 0
    assert (
        ir.answers(subject, as_of=as_of, rulebook=ir.load_rulebook(theirs / "policy"))[0].activity == "nothing_required"
    )


def test_types_are_known_to_hypothesis_by_the_entry_point(installed: Path, theirs: Path) -> None:
    """``st.from_type`` draws an authority though nothing of this package but the type was imported."""
    ran = run(sys.executable, "-c", FROM_TYPE, at=theirs, path=installed)
    assert ran.stdout.strip() == "LocalAuthority"


def test_the_wheel_says_what_it_brings(installed: Path) -> None:
    """The extra, both entry points, and the plugin beside the package."""
    (info,) = installed.glob("ilacs_rules-*.dist-info")
    metadata, entries = (info / name for name in ("METADATA", "entry_points.txt"))
    assert "Provides-Extra: testing" in metadata.read_text(encoding="utf-8")
    assert "[hypothesis]" in entries.read_text(encoding="utf-8")
    assert "[pytest11]\nilacs-rules = _ilacs_rules_pytest" in entries.read_text(encoding="utf-8")
    assert (installed / "_ilacs_rules_pytest.py").is_file()


def test_the_guide_shows_the_very_files() -> None:
    """Each block that names a file of the package holds what stands in it; and every file is shown."""
    blocks = re.findall(
        r"`examples/your_policy/(\S+)`:\n\n```\w+\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL
    )
    shown = dict(blocks)
    files = {path.relative_to(EXAMPLE).as_posix(): path for path in EXAMPLE.rglob("*.*") if path.is_file()}
    kept = {name: path for name, path in files.items() if "__pycache__" not in name and not name.startswith(".")}
    assert sorted(shown) == sorted(kept)
    for name, path in kept.items():
        assert shown[name] == path.read_text(encoding="utf-8"), name
