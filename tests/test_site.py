"""The documentation site as it is built: links lead somewhere, public names are there, nothing comes from elsewhere.

Needs the site's tools, which ``make site`` installs; ``.ci/run`` runs these tests after it.
"""

import importlib
import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from docsite.api import PUBLIC, api_pages
from docsite.build import ROOT, build

import ilacs_rules as ir

needs_tools = pytest.mark.skipif(find_spec("zensical") is None, reason="the site's tools are not here: run `make site`")
pytestmark = needs_tools
ALLOWED = {"http", "https", "mailto"}


class Page(HTMLParser):
    """What one page holds: its anchors, where its links lead, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors += [given[name] for name in ("id", "name") if given.get(name)]
        if (tag == "a" and "href" in given) or (tag == "link" and given.get("rel") in {"canonical", "next", "prev"}):
            self.links.append(given["href"])
        elif tag == "link":
            self.loads.append(given["href"])
        elif "src" in given:
            self.loads.append(given["src"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    build(folder)
    return folder


@cache
def page_of(path: Path) -> Page:
    return Page(path)


def pages(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path, page_of(path)


def faults_of(path: Path, page: Page, site: Path) -> Iterator[str]:
    """Each link and each thing loaded that leads nowhere; addresses elsewhere are looked at in form only."""
    for link in [*page.links, *page.loads]:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            if parts.scheme not in ALLOWED or (parts.scheme != "mailto" and "." not in parts.netloc) or " " in link:
                local = parts.hostname == "127.0.0.1"
                yield from () if local else (f"{path.name}: {link} is no address",)
            continue
        where = unquote(parts.path)
        target = (site / where.lstrip("/") if where.startswith("/") else path.parent / where) if where else path
        if target.is_dir() and link:
            yield f"{path.relative_to(site)}: {link} is a folder"
        elif not target.is_file():
            yield f"{path.relative_to(site)}: {link} is not there"
            continue
        looked_up = target.suffix == ".html" and target.name != "register.html"  # there, what follows is a search
        if parts.fragment and looked_up and unquote(parts.fragment) not in page_of(target.resolve()).anchors:
            yield f"{path.relative_to(site)}: {link} has no such anchor"


def test_every_link_leads_somewhere(site: Path) -> None:
    found = [fault for path, page in pages(site) if path.name != "404.html" for fault in faults_of(path, page, site)]
    assert found == []
    assert sum(len(page.links) for _, page in pages(site)) > 10_000


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="b.html">b</a><a href="#here">1</a><a href="#there">2</a><a href="https:x y">3</a>'
    )
    found = list(faults_of(tmp_path / "a.html", Page(tmp_path / "a.html"), tmp_path))
    assert [fault.partition(": ")[2] for fault in found] == [
        "b.html is not there", "#there has no such anchor", "https:x y is no address",
    ]  # fmt: skip


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {link for _, page in pages(site) for link in page.loads}
    assert loaded
    assert [link for link in loaded if urlsplit(link).netloc or urlsplit(link).scheme not in {"", "data"}] == []


@pytest.mark.parametrize("module", PUBLIC)
def test_the_reference_has_every_public_name_and_no_other(site: Path, module: str) -> None:
    names = {name for name in importlib.import_module(module).__all__ if not name.startswith("__")}
    anchors = page_of((site / "api" / f"{module}.html").resolve()).anchors
    direct = {anchor.removeprefix(f"{module}.") for anchor in anchors if anchor.startswith(f"{module}.")}
    assert {name for name in direct if "." not in name} == names


def test_the_reference_has_every_module_that_stays_stable() -> None:
    text = (ROOT / "docs" / "stability.md").read_text(encoding="utf-8").partition("the fields of records")[0]
    promised = set(re.findall(r"`(ilacs_rules[a-z_.]*?)(?:\.__all__)?`", text))
    assert {"ilacs_rules", "ilacs_rules.tables"} <= promised <= set(PUBLIC)


def test_every_name_in_the_reference_says_something() -> None:
    for page in api_pages(ROOT / "src").values():
        for name, text in re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL):
            assert re.search(r"^[A-Z*`]", text, re.MULTILINE), name


def test_the_search_has_every_rule_where_it_stands(site: Path) -> None:
    found = json.loads((site / "register.json").read_text(encoding="utf-8"))
    book = ir.load_rulebook()
    assert [rule["id"] for rule in found["rules"]] == [rule.id for rule in book.rules]
    for row, rule in zip(found["rules"], book.rules, strict=True):
        page = page_of((site / "docs" / "rules" / row["page"].replace(".md", ".html")).resolve())
        assert row["id"] in page.anchors
        assert row["activity"] in found["words"]["activity"]
        assert set(row["applies_to"]) == {str(kind) for kind in rule.applies_to} <= set(found["words"]["applies_to"])
        assert row["strength"] in found["words"]["strength"]
        assert row["certainty"] in found["words"]["certainty"]
        assert set(row["sources"]) <= found["sources"].keys()
    sources = page_of((site / "docs" / "rules" / "sources.html").resolve()).anchors
    assert set(found["sources"]) <= set(sources)
    script = (site / "static" / "register-data.js").read_text(encoding="utf-8")
    assert json.loads(script.removeprefix("window.register = ")) == found


def test_the_list_for_language_models_has_every_page(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    listed = set(re.findall(r"\]\(([^)]+)\)", text))
    assert all((site / name).is_file() for name in listed)
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.md")} == {
        name for name in listed if name.endswith(".md")
    }
    assert text.startswith("# ilacs-rules\n\n> ")


def test_lists_in_lists_stay_so(site: Path) -> None:
    """The conditions of a rule stand under "When", and a command under its step."""
    visits = (site / "docs" / "rules" / "ilacs_visits.html").read_text(encoding="utf-8")
    assert re.search(r"<strong>When:</strong>\s*<ul>\s*<li><a href=\"facts.html#inspection_stage\">", visits)
    councils = (site / "docs" / "start" / "councils.html").read_text(encoding="utf-8")
    assert councils.partition("<article")[2].count("<ol>") == 1


def test_each_kind_of_reader_has_a_first_screen(site: Path) -> None:
    links = page_of((site / "index.html").resolve()).links
    assert {f"docs/start/{name}.html" for name in ("councils", "analysts", "developers", "testers", "keepers")} <= set(
        links
    )
    assert not any("try/" in link for link in links), "the page in the browser is not built here"


def test_the_first_screen_leads_to_the_page_in_the_browser_and_a_second_build_keeps_it(
    site: Path, tmp_path: Path
) -> None:
    """So does its guide; and but for those links the second build has the same bytes as the first."""
    (tmp_path / "site" / "try").mkdir(parents=True)
    (tmp_path / "site" / "try" / "index.html").write_text("the page")
    (tmp_path / "site" / "old.html").write_text("of an earlier build")
    build(tmp_path / "site")
    assert "try/index.html" in page_of((tmp_path / "site" / "index.html").resolve()).links
    assert "../try/index.html" in page_of((tmp_path / "site" / "docs" / "in-the-browser.html").resolve()).links
    assert (tmp_path / "site" / "try" / "index.html").read_text() == "the page"
    one, other = (
        {path.relative_to(at).as_posix(): path.read_bytes() for path in at.rglob("*") if path.is_file()}
        for at in (site, tmp_path / "site")
    )
    del other["try/index.html"]
    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} <= {
        *("index.html", "index.md", "search.json", "docs/in-the-browser.html", "docs/in-the-browser.md"),
    }


def test_who_has_nothing_installed_is_led_to_the_page_before_any_command() -> None:
    page = (Path(__file__).parents[1] / "docs" / "start" / "councils.md").read_text(encoding="utf-8")
    assert 0 < page.find("(../in-the-browser.md)") < page.find("ilacs-rules ")
