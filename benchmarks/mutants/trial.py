"""A pytest plugin that tries mutants: for each a fork of the collected tests, with one function's code exchanged.

Nothing is imported or collected again, so that a mutant costs a fork and the tests that reach its line: first those that
found a change in the same file before, then quick ones. What lies outside every function, or is run only by the import,
is tried in a fork that imports the package anew.
"""

import gc
import json
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from benchmarks.mutants.made import SOURCE, Mutant, changed_function, source
from benchmarks.mutants.reach import REACH, forget

# Seconds of CPU: after the first no further test is begun, at the second the fork is ended. A change that makes a loop
# without end reaches the second; one that no test finds reaches the first, and is tried again with more.
ENOUGH, MOST_CPU = 4, 20
ENOUGH_AGAIN, MOST_CPU_AGAIN, MOST_CPU_ANEW = 8, 40, 60
QUICK, SOME = 0.05, 100
# What is tried beside the tests that are known to reach the line.
_CASES = ("tests/test_small_changes", "tests/test_cases.py::test_case[")
OTHERS: dict[str, tuple[str, ...]] = {
    "dates": _CASES,
    "situation": _CASES,
    "answering": _CASES,
    "rulebook": (
        "tests/test_small_changes",
        "tests/test_loader.py",
        "tests/test_bad_rulebooks.py",
        "tests/test_regions.py",
    ),
    "reviewing/checks": ("tests/test_small_changes", "tests/test_checks.py"),
}
AT_ONCE = int(os.environ.get("MUTANTS_AT_ONCE", "1"))
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
ANEW, NO_CODE = "to be tried anew", "cannot be compiled"


class Trial:
    """The plugin: instead of running the tests it runs those that reach each mutant, in forks."""

    def __init__(
        self,
        mutants: Sequence[Mutant],
        done: Callable[[Mutant, str, str], None],
        *,
        unchanged: bool = False,
        more: bool = False,
    ) -> None:
        self.mutants, self.done, self.unchanged, self.more = mutants, done, unchanged, more

    def pytest_sessionstart(self) -> None:
        from hypothesis import settings  # noqa: PLC0415 - after the tests' own profile

        settings.register_profile("mutants", settings(), database=None, derandomize=True, max_examples=15)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        from ilacs_rules import load_rulebook  # noqa: PLC0415 - the package under test, already imported

        reach = json.loads(REACH.read_text(encoding="utf-8"))
        items = {item.nodeid: item for item in session.items}
        functions = _functions()
        finders: Counter[tuple[str, str]] = Counter()

        def done(mutant: Mutant, outcome: str, by: str) -> None:
            if outcome == KILLED:
                finders[mutant.file, by.partition("\n")[0]] += 1
            self.done(mutant, outcome, by)

        load_rulebook()
        gc.collect()
        gc.freeze()
        cpu = MOST_CPU_AGAIN if self.more else MOST_CPU
        _all_tried(self._tries(reach, items, functions, finders), cpu, done)
        return True

    def _tries(
        self,
        reach: dict[str, Any],
        items: dict[str, pytest.Item],
        functions: dict[tuple[str, str, int], list[FunctionType]],
        finders: Counter[tuple[str, str]],
    ) -> Iterator[tuple[Mutant, Callable[[], str]]]:
        for mutant in self.mutants:
            try:
                found = _exchanged(mutant, functions)
            except SyntaxError:
                self.done(mutant, NO_CODE, "")
                continue
            tests = _tests(mutant, reach, items, more=self.more)
            tests.sort(key=lambda item: -finders[mutant.file, item.nodeid])
            if found and self.unchanged:
                found = (found[0], found[0][0].__code__)
            if found and tests:
                enough = ENOUGH_AGAIN if self.more else ENOUGH
                yield mutant, _in_place(*found, tests, enough, anew=mutant.room in ("rulebook", "reviewing/checks"))
            else:
                self.done(mutant, ANEW, "")


def try_anew(
    mutants: Sequence[Mutant],
    tests: Mapping[str, Sequence[str]],
    done: Callable[[Mutant, str, str], None],
    *,
    unchanged: bool = False,
) -> None:
    """Try mutants in forks that import the package with the change in it."""
    import pydantic  # noqa: F401, PLC0415 - imported once, for every fork

    tries = ((mutant, _imported(mutant, tests[mutant.room], unchanged=unchanged)) for mutant in mutants)
    _all_tried(tries, MOST_CPU_ANEW, done)


def _all_tried(
    tries: Iterable[tuple[Mutant, Callable[[], str]]], cpu: int, done: Callable[[Mutant, str, str], None]
) -> None:
    running: dict[int, tuple[Mutant, int]] = {}
    for mutant, run in tries:
        if len(running) >= AT_ONCE:
            _finish_one(running, done)
        pid, output = _forked(run, cpu)
        running[pid] = (mutant, output)
    while running:
        _finish_one(running, done)


def _finish_one(running: dict[int, tuple[Mutant, int]], done: Callable[[Mutant, str, str], None]) -> None:
    pid, status = os.wait()
    mutant, output = running.pop(pid)
    with os.fdopen(output, "rb") as stream:
        by = stream.read().decode()
    if os.WIFSIGNALED(status):
        done(mutant, TIMED_OUT, f"signal {os.WTERMSIG(status)}")
    else:
        done(mutant, KILLED if os.WEXITSTATUS(status) else SURVIVED, by)


def _forked(run: Callable[[], str], cpu: int) -> tuple[int, int]:
    """A fork that runs something; what it returns comes through the pipe, and makes it end with 1 unless empty."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    gc.disable()
    try:
        by = run()
    except BaseException as error:  # noqa: BLE001 - whatever it is, the mutant did it
        by = f"{type(error).__name__}: {error}"
    os.write(writing, by.encode()[:500])
    os._exit(1 if by else 0)


def _in_place(
    functions: list[FunctionType], code: CodeType, tests: list[pytest.Item], enough: float, *, anew: bool
) -> Callable[[], str]:
    """``anew``: the rulebook is read and proved by the changed code too; elsewhere it stands as it was."""

    def run() -> str:
        for function in functions:
            function.__code__ = code
        if anew:
            forget()
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            if time.process_time() > enough:
                break
            for report in runtestprotocol(item, log=False, nextitem=following):
                if report.failed:
                    return f"{item.nodeid}\n{str(report.longrepr)[-300:]}"
        return ""

    return run


def _imported(mutant: Mutant, tests: Sequence[str], *, unchanged: bool) -> Callable[[], str]:
    def run() -> str:
        sys.meta_path.insert(0, _Changed(mutant, unchanged=unchanged))
        if by := _at_a_glance():
            return by
        code = pytest.main(["-x", "-q", "-s", "-p", "no:cacheprovider", *tests])
        return "" if code == pytest.ExitCode.OK else f"anew, exit {int(code)}"

    return run


def _at_a_glance() -> str:
    """The import, the proof of the rulebook, and some cases, before any test is collected: most are found by these."""
    import ilacs_rules  # noqa: PLC0415

    ilacs_rules.load_rulebook()
    sys.path.insert(0, str(SOURCE.parents[1] / "tests"))
    from case_files import CASES  # noqa: PLC0415
    from test_cases import test_case  # noqa: PLC0415

    cases = list(CASES)
    random.Random(1).shuffle(cases)  # noqa: S311 - nothing secret
    for case in cases[:SOME]:
        try:
            test_case(case)
        except Exception as error:  # noqa: BLE001 - whatever it is, the mutant did it
            return f"{case.name}\n{error}"
    return ""


class _Changed(MetaPathFinder, Loader):
    """Imports one module of the package from its changed text."""

    def __init__(self, mutant: Mutant, *, unchanged: bool) -> None:
        parts = ["ilacs_rules", *Path(mutant.file).with_suffix("").parts]
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.path = SOURCE / mutant.file
        text = source(mutant.file) if unchanged else mutant.text
        self.code = compile(text, str(self.path), "exec")  # here, where a warning is no error

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        if fullname != self.name:
            return None
        folders = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return spec_from_file_location(fullname, self.path, loader=self, submodule_search_locations=folders)

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102


def _functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(str(SOURCE)):
            found.setdefault(_key(thing.__code__), []).append(thing)
    return found


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _exchanged(
    mutant: Mutant, functions: dict[tuple[str, str, int], list[FunctionType]]
) -> tuple[list[FunctionType], CodeType] | None:
    found = changed_function(mutant)
    if found is None or _key(found[0]) not in functions:
        return None
    return functions[_key(found[0])], found[1]


def _tests(mutant: Mutant, reach: dict[str, Any], items: dict[str, pytest.Item], *, more: bool) -> list[pytest.Item]:
    """The tests that reach the line: quick ones in an order drawn by a seed, then the others, as far as time allows."""
    times = reach["times"]
    lines = reach["lines"].get(mutant.file, {})
    names: list[str] = next((lines[str(line)] for line in range(mutant.line, 0, -1) if str(line) in lines), [])
    if not names:
        return []  # only the import runs it
    reached = sorted((name for name in names if name in items), key=times.__getitem__)
    quick = [name for name in reached if times[name] < QUICK]
    others = [name for name in items if name.startswith(OTHERS[mutant.room])]
    random.Random(1).shuffle(others)  # noqa: S311 - nothing secret
    small = [name for name in items if name.startswith("tests/test_small_changes")]
    written = [name for name in small if name in reached or name not in times]
    slow = [name for name in reached if times[name] >= QUICK]
    some, rest = others[:SOME], others[SOME:] if more else []
    first = [*some, *quick[:60]] if more else [*quick[:60], *some]
    return [items[name] for name in dict.fromkeys([*written, *first, *slow[:10], *quick[60:], *rest])]
