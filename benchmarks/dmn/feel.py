"""Decision tables read by bpmn-io's ``dmn-moddle``, their cells by the FEEL interpreter ``feelin``; both run in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.dmn.situations import Asked

HERE = Path(__file__).parent


def is_there() -> bool:
    """Whether Node is there, and ``npm ci`` has been run in this folder."""
    return shutil.which("node") is not None and (HERE / "node_modules" / "feelin").exists()


def rules(tables: Sequence[tuple[str, Sequence[Asked]]]) -> list[list[list[str]]]:
    """For each table (as DMN, with its situations) and each situation: the rules of every row that holds."""
    given = [
        {"dmn": text, "situations": [{name: _plain(value) for name, value in case.values.items()} for case in cases]}
        for text, cases in tables
    ]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tables.json"
        file.write_text(json.dumps(given), encoding="utf-8")
        command = [shutil.which("node") or "node", "ask.mjs", str(file)]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    return cast("list[list[list[str]]]", json.loads(done.stdout))


def _plain(value: object) -> object:
    return {"day": str(value)} if isinstance(value, date) else value
