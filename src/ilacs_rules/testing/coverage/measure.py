"""The part of the pytest plugin that measures: it watches the engine while the tests run, and reports at their end."""

from contextlib import ExitStack

import pytest

from ilacs_rules.answering.watching import watching
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.testing.coverage.report import Report, report
from ilacs_rules.testing.coverage.watch import Watch

__all__ = ["Measure"]

_MOST_LINES = 60


class Measure:
    """Registered with pytest for one run; ``report`` is there once it has ended."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.least: float | None = config.getoption("--ilacs-rule-coverage-min")
        self.watching = ExitStack()
        self.watch: Watch | None = None
        self.report: Report | None = None

    def pytest_sessionstart(self) -> None:
        """Begin to watch, before any test module is imported."""
        self.watch = Watch(self._rulebook())
        self.watching.enter_context(watching(self.watch))

    def _rulebook(self) -> Rulebook:
        folder: str | None = self.config.getoption("--ilacs-rulebook")
        try:
            if folder:
                return load_rulebook(folder)
            return self.config.hook.pytest_ilacs_rulebook(config=self.config) or load_rulebook()
        except IlacsRulesError as error:
            raise pytest.UsageError(f"--ilacs-rulebook: {error}") from None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Cease to watch; a run that was well and reached too little has failed."""
        self.watching.close()
        assert self.watch is not None  # pytest ends what it has begun, and nothing else
        self.report = report(self.watch)
        if self.falls_short and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @property
    def falls_short(self) -> bool:
        """Whether the share reached is below the one that was asked for."""
        return self.report is not None and self.least is not None and self.report.share < self.least

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was reached, and what never was; with ``-v`` every line of it."""
        assert self.report is not None
        terminalreporter.section("rule coverage")
        terminalreporter.write_line(self.report.headline())
        lines = list(self.report.lines())
        shown = lines if self.config.get_verbosity() > 0 else lines[:_MOST_LINES]
        for line in shown:
            terminalreporter.write_line(line)
        if len(shown) < len(lines):
            terminalreporter.write_line(f"... and {len(lines) - len(shown)} more lines: -v shows them")
        if self.falls_short:
            text = f"rule coverage is {self.report.share:.1%}, and --ilacs-rule-coverage-min asks for {self.least:.1%}"
            terminalreporter.write_line(text, red=True)
