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
NOTED = 5
"""So many targets are named of those that memory grew under."""
AT_ONCE = 0.05
"""So many seconds are given to one target before the next has its turn."""
SHOWN = 40
WARM = 3
"""After so many turns what is read once has been read: memory that grows from then on is kept for nothing."""


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
    grown: dict[str, float] = field(default_factory=dict)
    slow: int = 0
    seconds: float = 0.0

    def said(self) -> str:
        """The report as lines: a count for each target, the slowest input, memory, and what to paste for a finding."""
        lines = [f"{name:44} {count:>12,}   slowest {self.slowest[name][0]:.3f} s (number {self.slowest[name][1]})"
                 for name, count in sorted(self.tried.items()) if count]  # fmt: skip
        if not any(self.tried.values()):
            return "nothing was tried"
        total, (name, (longest, number)) = sum(self.tried.values()), max(self.slowest.items(), key=lambda item: item[1])
        lines += [
            f"{total:,} inputs in {self.seconds:.0f} s, {total / self.seconds:,.0f} a second, seed {self.seed}",
            f"slowest: {longest:.3f} s of the processor, {name}, number {number}; slower than {SLOW:g} s: {self.slow}",
            self._remembered(),
            f"since then it grew most under: {', '.join(self._most_grown()) or 'none'}",
            f"{len(self.findings)} findings",
        ]
        return "\n".join([*lines, *self.findings.values()])

    def _remembered(self) -> str:
        warm = self.memory[min(WARM, len(self.memory) - 1)]
        told = f"memory: {self.memory[0]} MB at the start, {warm} MB when each had had {WARM} turns"
        return f"{told}, {self.memory[-1]} MB at the end, {max(self.memory)} MB at most"

    def _most_grown(self) -> list[str]:
        most = sorted(self.grown.items(), key=lambda item: -item[1])[:NOTED]
        return [f"{name} ({megabytes:+.0f} MB)" for name, megabytes in most if megabytes >= 1]

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
    report.memory.append(round(_memory()))
    turns = 0
    while kinds and ((time.perf_counter() - began < seconds) if most is None else min(numbers.values()) < most):
        for kind in kinds:
            before = _memory()
            numbers[kind.name] = _turn(kind, numbers[kind.name], report, most)
            if turns >= WARM:
                report.grown[kind.name] = report.grown.get(kind.name, 0.0) + _memory() - before
        gc.collect()
        report.memory.append(round(_memory()))
        turns += 1
        if len(report.memory) > 1000:
            report.memory[WARM + 1 : -1] = report.memory[WARM + 1 : -1 : 2]
    report.tried, report.seconds = numbers, time.perf_counter() - began
    return report


def _turn(kind: Target, number: int, report: Report, most: int | None) -> int:
    until = time.perf_counter() + AT_ONCE * kind.weight
    slowest = report.slowest.get(kind.name, (0.0, 0))
    while number < most if most is not None else True:
        random, before = source(report.seed, kind.name, number), time.process_time()
        try:
            kind.once(random)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            report.found(kind, number, error)
        took = time.process_time() - before
        report.slow += took > SLOW
        slowest = max(slowest, (took, number))
        number += 1
        if most is None and time.perf_counter() > until:
            break
    report.slowest[kind.name] = slowest
    return number


def _memory() -> float:
    """The memory of this process in MB; nothing where the system does not say."""
    try:
        with open("/proc/self/statm") as told:  # noqa: PTH123
            return int(told.read().split()[1]) * 4 / 1024
    except OSError:
        return 0
