"""Compiles the rulebook when the package is built: read, proved, and written in the form that is quick to read."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRulebook(BuildHookInterface):  # type: ignore[type-arg]
    """A wheel, editable or not, is built with its rulebook compiled; one that cannot be proved is not built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Read and prove the rulebook from its TOML, and write it compiled."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from ilacs_rules.rulebook import compiled, load_rulebook  # noqa: PLC0415 - not before its place is known

            folder = source / "ilacs_rules" / "rulebook"
            compiled.write(folder, load_rulebook(folder))
        finally:
            sys.path.remove(str(source))
