"""Builds the page: a static folder that any web server can hold, from this folder, the library and what is pinned here.

``make page`` runs it once pyodide (``web/node_modules``) and the wheels (``build/page``) are there. It reads nothing
from the network, and the same input gives the same bytes.
"""

import argparse
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from web.words import words

import ilacs_rules as ir
from ilacs_rules.outlook.page.rendering import environment
from ilacs_rules.outlook.picture.drawing import STYLE

__all__ = ["build", "made_from", "policy"]

HERE = Path(__file__).parent
ROOT = HERE.parent
PYODIDE = {  # servers know .js, and not all of them .mjs
    "pyodide.mjs": "pyodide.js",
    "pyodide.asm.mjs": "pyodide.asm.js",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
    "python_stdlib.zip": "python_stdlib.zip",
}
LATER = ("icalendar", "python_calamine", "tzdata", "xlsxwriter")
"""What the first answer does not need: workbooks and calendars."""
CARRIED = ("asked.html", "columns.py", "labels.py", "lines.py", "page.py", "refused.py")
"""What of this folder runs in the browser."""
EXAMPLES = ("barking_and_dagenham.json", "fostering_agency.json")
_LEFT_OUT = re.compile(r"\.(so|pyi|c|h)$|(^|/)(tests?|__pycache__)/|/RECORD$|^markupsafe/_speedups")
_COMPILED = re.compile(r"(pydantic_core|python_calamine)/.*\.so$")


def policy() -> str:
    """The page's content security policy, which lets in the report's own style and script by their hashes."""
    home = ir.Provider(type="childrens_home", name="A home")
    report = unescape(ir.outlook(home, as_of="2024-03-20").to_html())
    style, script = re.findall(r"'sha256-[^']+'", report.partition('http-equiv="Content-Security-Policy"')[2])[:2]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' {script}",
            f"style-src 'self' {style}",
            "connect-src 'self'",
            "img-src 'self'",
            "frame-src blob:",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def made_from() -> str:
    """A fingerprint of what the page is made from here. It stands in the page, so that an old one is known."""
    folders = (ROOT / "src" / "ilacs_rules", HERE / "static", ROOT / "examples")
    files = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    files += [path for path in HERE.iterdir() if path.suffix in {".html", ".json", ".mjs", ".py", ".txt"}]
    named = sorted((path.relative_to(ROOT).as_posix(), path) for path in files if path.is_file())
    parts = (f"{name} {sha256(path.read_bytes()).hexdigest()}" for name, path in named)
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def build(folder: Path, wheels: Path) -> tuple[Path, ...]:
    """Make the folder anew, and give its files."""
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(HERE / "static", folder)
    (folder / "python").mkdir()
    for name, called in PYODIDE.items():
        shutil.copyfile(HERE / "node_modules" / "pyodide" / name, folder / "python" / called)
    found = sorted(wheels.glob("*.whl"))
    ours = {f"web/{name}": (HERE / name).read_bytes() for name in CARRIED}
    _zip(folder / "python" / "first.zip", {**_files(_of(found, later=False)), **ours})
    _zip(folder / "python" / "later.zip", _files(_of(found, later=True)))
    _compile(*sorted((folder / "python").glob("*.zip")))
    (folder / "examples").mkdir()
    for name in EXAMPLES:
        shutil.copyfile(ROOT / "examples" / name, folder / "examples" / name)
    templates = environment()
    report_style = templates.loader.get_source(templates, "report.css")[0]
    (folder / "report.css").write_text(report_style + STYLE, encoding="utf-8")
    (folder / "words.json").write_text(json.dumps(words(), separators=(",", ":")), encoding="utf-8")
    values = {"POLICY": escape(policy(), quote=True), "VERSION": ir.__version__, "MADE_FROM": made_from()}
    _fill(folder / "index.html", values)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "sw.js")
    named = [path.relative_to(folder).as_posix() for path in files]
    whole = sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).hexdigest()[:16]
    _fill(folder / "sw.js", {"FILES": json.dumps(named), "WHOLE": whole})
    return tuple(sorted((*files, folder / "sw.js")))


def _of(wheels: Iterable[Path], *, later: bool) -> Iterator[Path]:
    return (wheel for wheel in wheels if (wheel.name.partition("-")[0] in LATER) is later)


def _files(wheels: Iterable[Path]) -> dict[str, bytes]:
    """What the wheels install, without what Python in the browser does not need."""
    found: dict[str, bytes] = {}
    for wheel in wheels:
        with ZipFile(wheel) as archive:
            for name in archive.namelist():
                if not name.endswith("/") and (_COMPILED.search(name) or not _LEFT_OUT.search(name)):
                    found[name] = archive.read(name)
    return found


def _zip(path: Path, files: dict[str, bytes]) -> None:
    """An archive that is the same whenever it is made."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(ZipInfo(name), files[name], ZIP_DEFLATED)


def _compile(*archives: Path) -> None:
    """Compile what is in archives, by the Python that will run it: it starts in half the time."""
    node = shutil.which("node")
    assert node, "Node is needed to build the page"
    subprocess.run([node, str(HERE / "compiled.mjs"), *map(str, archives)], check=True)


def _fill(path: Path, values: dict[str, str]) -> None:
    """Put values in the places of a file that are marked ``{{NAME}}``."""
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        assert f"{{{{{name}}}}}" in text, f"{path.name} has no place for {name}"
        text = text.replace(f"{{{{{name}}}}}", value)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the page is built; what is there is removed")
    parser.add_argument("--wheels", type=Path, default=ROOT / "build" / "page", help="the folder that holds the wheels")
    given = parser.parse_args()
    made = build(given.folder, given.wheels)
    size = sum(path.stat().st_size for path in made)
    print(f"{given.folder}: {len(made)} files, {size / 1e6:.1f} MB")
