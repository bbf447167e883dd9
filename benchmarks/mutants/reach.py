"""A pytest plugin that writes down which test reaches which line of the mutated rooms, and how long it takes."""

import json
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from benchmarks.mutants.made import ROOMS, SOURCE
from coverage import Coverage

REACH = Path(__file__).parents[2] / "build" / "mutants" / "reach.json"

_TIMES: dict[str, float] = {}
_COVERAGE = Coverage(
    data_file=None,
    include=[str(SOURCE / (f"{room}.py" if (SOURCE / f"{room}.py").exists() else f"{room}/*")) for room in ROOMS],
    config_file=False,
)


def forget() -> None:
    """Let go of what is kept of rulebooks and expressions that were read before, so that reading is reached again."""
    from ilacs_rules.reviewing.checks import windows  # noqa: PLC0415 - the package under test, already imported
    from ilacs_rules.rulebook import expressions, loader  # noqa: PLC0415

    for kept in (loader._shipped, expressions.parse, windows._closed_before):
        kept.cache_clear()


def pytest_sessionstart() -> None:
    _COVERAGE.start()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None]:
    forget()
    _COVERAGE.switch_context(item.nodeid)
    began = time.process_time()
    yield
    _TIMES[item.nodeid] = time.process_time() - began


def pytest_sessionfinish() -> None:
    _COVERAGE.stop()
    data = _COVERAGE.get_data()
    lines = {
        Path(file).relative_to(SOURCE).as_posix(): {
            line: [test for test in tests if test] for line, tests in data.contexts_by_lineno(file).items()
        }
        for file in sorted(data.measured_files())
    }
    REACH.parent.mkdir(parents=True, exist_ok=True)
    REACH.write_text(json.dumps({"times": _TIMES, "lines": lines}), encoding="utf-8")
