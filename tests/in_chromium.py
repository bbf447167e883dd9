"""What the tests in a browser need and a machine may lack; they skip and say what is missing."""

import os
import shutil
from pathlib import Path

__all__ = ["CHROMIUM", "HERE", "missing"]

HERE = Path(__file__).parent / "browser"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def missing(target: str, **more: object) -> list[str]:
    """What is not here: Chromium, Node, what ``make`` installs for a target, and whatever else a test names."""
    there = {
        "Chromium": CHROMIUM,
        "Node": shutil.which("node"),
        f"axe-core: run `make {target}`": (HERE / "node_modules" / "axe-core").is_dir(),
        **more,
    }
    return [name for name, found in there.items() if not found]
