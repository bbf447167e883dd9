"""The pytest plugin of ``ilacs_rules``: three options, and nothing else unless one of them is given.

It stands beside the package and not in it, so that a run that does not ask for rule coverage imports nothing of it.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ilacs_rules import Rulebook

__all__ = ["Hooks", "pytest_addhooks", "pytest_addoption", "pytest_configure"]


class Hooks:
    """What a ``conftest.py`` may define."""

    @pytest.hookspec(firstresult=True)
    def pytest_ilacs_rulebook(self, config: pytest.Config) -> Rulebook | None:
        """The rulebook whose coverage is measured, where it is neither the shipped one nor a folder."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let a ``conftest.py`` name the rulebook."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, as ``pytest --help`` shows them."""
    group = parser.getgroup("ilacs-rules", "rule coverage")
    group.addoption(
        "--ilacs-rule-coverage",
        action="store_true",
        help="report which rows of a rulebook, and which side of each boundary, the run never reached",
    )
    group.addoption(
        "--ilacs-rule-coverage-min",
        metavar="SHARE",
        type=_share,
        help="report, and fail where the share reached is below this (0 to 1)",
    )
    group.addoption("--ilacs-rulebook", metavar="FOLDER", help="the rulebook to measure (default: the shipped one)")


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ArgumentTypeError(f"is not a share (found {text!r}; expected a number from 0 to 1: 0.9 for nine tenths)")
    return share


def pytest_configure(config: pytest.Config) -> None:
    """Measure, where that was asked for and tests are run, not only collected."""
    if config.option.collectonly:
        return
    if config.getoption("--ilacs-rule-coverage") or config.getoption("--ilacs-rule-coverage-min") is not None:
        if config.getoption("numprocesses", None) or hasattr(config, "workerinput"):
            raise pytest.UsageError("--ilacs-rule-coverage sees one process only: run without -n")
        from ilacs_rules.testing.coverage.measure import Measure  # noqa: PLC0415 - only where it was asked for

        config.pluginmanager.register(Measure(config), "ilacs-rules-measure")
