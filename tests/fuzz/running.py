"""Going on for as long as asked: what was tried of each target, what was found, and what it took."""

import gc
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import ilacs_rules as ir

__all__ = ["Lost", "Report", "Target", "run", "source"]

SLOW = 1.0
AT_ONCE = 0.05
"""So many seconds are given to one target before the next has its turn."""
SHOWN = 40


class Lost(Exception):  # noqa: N818 - what it is
    """A row that was given and is neither answered nor refused, or an answer that cannot be read back."""


@dataclass
class Target:
    """One function or command: how an input is made, and how it is called with it."""

    name: str
    make: Callable[[Random], tuple[Any, ...]]
    call: Callable[..., object]
    weight: float = 1.0

    def once(self, random: Random) -> None:
        """One input. What the library says of it may be said in words, too; whatever else is raised goes on."""
        try:
            given = self.make(random)
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001 - a library refuses to hold such a value, or panics: nothing to hand over
            return
        try:
            self.call(*given)
        except ir.IlacsRulesError as error:
            str(error), repr(error), error.faults


@dataclass
class Report:
    """What was tried and found."""

    seed: int
    tried: dict[str, int] = field(default_factory=dict)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    findings: dict[tuple[str, str], str] = field(default_factory=dict)
    memory: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def said(self) -> str:
        """The report as lines: a count for each target, the slowest input, memory, and what to paste for a finding."""
        lines = [f"{name:44} {count:>12,}   slowest {self.slowest[name][0]:.3f} s (number {self.slowest[name][1]})"
                 for name, count in sorted(self.tried.items())]  # fmt: skip
        if not self.tried:
            return "nothing was tried"
        total, (name, (longest, number)) = sum(self.tried.values()), max(self.slowest.items(), key=lambda item: item[1])
        lines += [
            f"{total:,} inputs in {self.seconds:.0f} s, {total / self.seconds:,.0f} a second, seed {self.seed}",
            f"slowest: {longest:.3f} s, {name}, number {number}",
            f"memory: {self.memory[0]} MB at the start, {self.memory[-1]} MB at the end, {max(self.memory)} MB at most",
            f"{len(self.findings)} findings",
        ]
        return "\n".join([*lines, *self.findings.values()])

    def found(self, target: Target, number: int, error: BaseException) -> None:
        """Keep one finding of each kind and place, with what makes it again."""
        ours = [step for step in traceback.extract_tb(error.__traceback__) if "/ilacs_rules/" in step.filename]
        place = f"{ours[-1].filename.rsplit('/ilacs_rules/')[-1]}:{ours[-1].lineno}" if ours else ""
        key = (f"{type(error).__name__} at {place}", target.name)
        if key in self.findings or len(self.findings) >= SHOWN:
            return
        again = f"PYTHONPATH=tests python -m fuzz --seed {self.seed} --only {target.name} --number {number}"
        said = str(error)[:200] if isinstance(error, Lost | AssertionError) else ""
        self.findings[key] = f"FOUND {key[0]} in {target.name} {said}\n  {again}"


def source(seed: int, name: str, number: int) -> Random:
    """Where one input comes from: the same again for the same seed, target and number."""
    return Random(f"{seed}/{name}/{number}")


def run(kinds: Sequence[Target], *, seconds: float, seed: int, most: int | None = None) -> Report:
    """Try every target in turn, the cheap ones more often, until the time is up or each had ``most`` inputs."""
    report, began = Report(seed), time.perf_counter()
    numbers = dict.fromkeys((kind.name for kind in kinds), 0)
    report.memory.append(_memory())
    while kinds and ((time.perf_counter() - began < seconds) if most is None else min(numbers.values()) < most):
        for kind in kinds:
            numbers[kind.name] = _turn(kind, numbers[kind.name], report, most)
        gc.collect()
        report.memory.append(_memory())
        if len(report.memory) > 1000:
            report.memory[1:-1] = report.memory[1:-1:2]
    report.tried, report.seconds = numbers, time.perf_counter() - began
    return report


def _turn(kind: Target, number: int, report: Report, most: int | None) -> int:
    until = time.perf_counter() + AT_ONCE * kind.weight
    slowest = report.slowest.get(kind.name, (0.0, 0))
    while number < most if most is not None else True:
        random, before = source(report.seed, kind.name, number), time.perf_counter()
        try:
            kind.once(random)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            report.found(kind, number, error)
        now = time.perf_counter()
        slowest = max(slowest, (now - before, number))
        number += 1
        if most is None and now > until:
            break
    report.slowest[kind.name] = slowest
    return number


def _memory() -> int:
    """The memory of this process in MB; nothing where the system does not say."""
    try:
        with open("/proc/self/statm") as told:  # noqa: PTH123
            return int(told.read().split()[1]) * 4 // 1024
    except OSError:
        return 0
