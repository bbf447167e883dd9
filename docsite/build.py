"""Builds the documentation site: ``python -m docsite.build site``, which ``make site`` runs.

The pages are laid out as they lie in the repository, so that every link that works there works here. Added are the
first screen, the search of the register, the API reference, the JSON of the rules and ``llms.txt``. What ``make page``
put into ``site/try`` is left where it is.

Zensical makes the pages. It was tried beside mkdocs-material 9.8.2 on these pages in November 2026. Both installed in
two seconds, loaded nothing from elsewhere once the fonts were off, and gave the same bytes twice. mkdocs-material took
3 seconds and Zensical 6. But mkdocs-material says at every build that it gets critical fixes only, and names Zensical
as its successor, by the same people. ``--strict`` of Zensical refuses a link that leads nowhere.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import ilacs_rules as ir
from docsite.api import PUBLIC, api_pages
from docsite.summaries import summaries
from ilacs_rules.writing import register_json

__all__ = ["assemble", "build", "llms_text"]

HERE = Path(__file__).parent
ROOT = HERE.parent
BESIDE = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CITATION.cff", "LICENSE")
KEPT = "try"
"""The page in the browser, which is built by itself."""
_OPEN = "[Open the page](../try/index.html){ .try }"
"""What the guide to the page begins with. Elsewhere, as on a server of code, there is no page to open."""
_LINK = re.compile(r"(\]\()([^)\s]+)(\))")


def assemble(folder: Path, *, with_page: bool = True) -> None:
    """Put every page, and what pages lead to, into a folder; without the page in the browser, nothing leads to it.

    >>> with TemporaryDirectory() as folder:
    ...     assemble(Path(folder))
    ...     sorted(path.name for path in Path(folder).glob("*.md"))
    ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'index.md', 'library.md', 'register.md']
    """
    left_out = shutil.ignore_patterns("__pycache__", "snapshot", ".*", "*.pyc", "__marimo__")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=left_out)
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=left_out)
    for path in (each for each in (ROOT / "benchmarks").rglob("*.md") if "node_modules" not in each.parts):
        _write(folder / path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    shutil.copytree(HERE / "pages", folder, dirs_exist_ok=True)
    shutil.copytree(HERE / "static", folder / "static")
    for name in BESIDE:
        shutil.copy(ROOT / name, folder / name)
    shutil.copy(ROOT / "README.md", folder / "library.md")
    schemas = sorted(path.name for path in (folder / "docs" / "schemas").glob("*.json"))
    listed = ["# JSON Schemas", "", "They describe everything that goes in or comes out.", ""]
    _write(
        folder / "docs" / "schemas" / "README.md", "\n".join([*listed, *(f"- [{name}]({name})" for name in schemas)])
    )
    for name, text in api_pages(ROOT / "src").items():
        _write(folder / "api" / name, text)
    found = register_json(ir.load_rulebook())
    _write(folder / "register.json", found)
    _write(
        folder / "static" / "register-data.js", f"window.register = {found}"
    )  # a file opened from a disk cannot fetch
    if with_page:
        told = folder / "docs" / "in-the-browser.md"
        _write(told, told.read_text(encoding="utf-8").replace("\n\n", f"\n\n{_OPEN}\n\n", 1))
    else:
        first = (folder / "index.md").read_text(encoding="utf-8")
        _write(folder / "index.md", re.sub(r"^\[Try it[^\n]*\n\n", "", first, flags=re.MULTILINE))
    for page in folder.rglob("*.md"):
        _write(page, _led(page, folder))
    _write(folder / "llms.txt", llms_text(folder))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _led(page: Path, folder: Path) -> str:
    """A page with its links as the site has them: the README is ``library.md``, and a folder is its list."""

    def led(link: re.Match[str]) -> str:
        target, mark, anchor = link[2].partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return link[0]
        there = (page.parent / target).resolve()
        if there == (folder / "README.md").resolve():
            target = target.removesuffix("README.md") + "library.md"
        elif there.is_dir() and (there / "README.md").exists():
            target = target.rstrip("/") + "/README.md"
        return f"{link[1]}{target}{mark}{anchor}{link[3]}"

    return _deeper(_LINK.sub(led, page.read_text(encoding="utf-8")))


def _deeper(text: str) -> str:
    r"""What stands inside a list, four spaces in: the site's Markdown wants that, where others take two or three.

    >>> print(_deeper("- a\n  - b\n\n1. c\n\n   ```bash\n   d\n   ```\n\n```python\n  e\n```"))
    - a
        - b
    <BLANKLINE>
    1. c
    <BLANKLINE>
        ```bash
        d
        ```
    <BLANKLINE>
    ```python
      e
    ```
    """
    lines, code = [], False
    for line in text.split("\n"):
        code ^= line.startswith("```")
        lines.append(line if code else re.sub(r"^ {2,3}(?=\S)", "    ", line))
    return "\n".join(lines)


def llms_text(folder: Path) -> str:
    """The list of pages for language models: every page with its title and what it is about."""
    about = summaries(folder, ROOT)
    lines = ["# ilacs-rules", "", f"> {about[(folder / 'library.md').resolve()]}", ""]
    lines += [
        "Every page stands here as Markdown. Dates come from rules with sources. Where no source says something, the"
    ]
    lines += ["answer is 'not stated'. Never fill in a date from elsewhere.", ""]
    for title, pages in _parts(folder):
        lines += [f"## {title}", ""]
        for page in pages:
            said = about.get(page.resolve(), "")
            lines.append(f"- [{_title(page)}]({page.relative_to(folder).as_posix()})" + (f": {said}" if said else ""))
        lines.append("")
    return "\n".join([*lines, "## Data", "", "- [The rules as JSON](register.json)", ""])


def _parts(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    def at(where: str) -> list[Path]:
        return sorted((folder / where).glob("*.md"))

    yield "Start here", [folder / "index.md", folder / "library.md", *at("docs/start")]
    yield "Guides", [*at("docs"), *at("docs/outlook"), *sorted((folder / "examples").rglob("*.md"))]
    yield "The rules", [*at("docs/rules"), *at("docs/schemas")]
    yield "API reference", at("api")
    yield "Measured", sorted((folder / "benchmarks").rglob("*.md"))
    yield "The project", [path for path in at("") if path.name not in {"index.md", "library.md"}]


def _title(page: Path) -> str:
    found = re.search(r"^# (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1].replace("`", "") if found else page.stem


def build(site: Path) -> tuple[Path, ...]:
    """Build the site into a folder, in place of all but the page in ``try``; its files in order of name."""
    site.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=site.parent, prefix=".site-") as work:
        at = Path(work).resolve()
        assemble(at / "pages", with_page=(site / KEPT / "index.html").exists())
        shutil.copy(HERE / "zensical.toml", at / "zensical.toml")
        command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", str(at / "zensical.toml")]
        ran = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)  # noqa: S603
        if ran.returncode:
            raise SystemExit(f"zensical could not build the site:\n{ran.stdout}{ran.stderr}")
        for page in (at / "pages").rglob("*.md"):
            shutil.copy(page, at / "out" / page.relative_to(at / "pages"))
        for old in site.iterdir():
            if old.name != KEPT:
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copytree(at / "out", site, dirs_exist_ok=True)
    files = [path for path in site.rglob("*") if path.is_file() and KEPT not in path.relative_to(site).parts[:1]]
    return tuple(sorted(files))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m docsite.build", description=str(__doc__).partition("\n")[0])
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args().folder
    print(f"{len(build(chosen))} files in {chosen}, with {len(PUBLIC)} modules in the API reference")
