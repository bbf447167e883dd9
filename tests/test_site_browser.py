"""The documentation site in a real browser: accessible, narrow, offline, and the search of the rules by keyboard.

Needs Chromium, Node, the site's tools and what ``make site-tests`` installs; skips where one is missing.
"""

import json
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from in_chromium import CHROMIUM, HERE, missing

MISSING = missing("site-tests", **{"the site's tools: run `make site`": find_spec("zensical")})
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not here: {', '.join(MISSING)}")
PAGES = (
    "index.html", "register.html", "docs/start/councils.html", "docs/start/analysts.html", "docs/rules/glossary.html",
    "docs/rules/ilacs_visits.html", "api/ilacs_rules.tables.html", "docs/tables.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    from docsite.build import build  # noqa: PLC0415  # where its tools are

    folder = tmp_path_factory.mktemp("looked-at")
    pictures = Path(os.environ.get("PICTURES", folder))
    build(folder / "site")
    command = ["node", str(HERE / "site.mjs"), str(folder / "site"), str(pictures), *PAGES]
    environment = {**os.environ, "CHROMIUM": str(CHROMIUM)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=600)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_the_main_pages_are_accessible(found: dict[str, Any]) -> None:
    """By the rules of axe at WCAG 2.2 AA: light and dark, wide and at 320 pixels."""
    assert {at: faults for at, faults in found["axe"].items() if faults} == {}
    assert len(found["axe"]) == 4 * len(PAGES)


def test_no_page_scrolls_sideways(found: dict[str, Any]) -> None:
    assert {at: width for at, width in found["wide"].items() if width > 0} == {}


def test_no_page_asks_for_anything_elsewhere(found: dict[str, Any]) -> None:
    assert found["requests"] == []
    assert found["errors"] == []


def counted(**asked: str) -> list[str]:
    """The rules that the rulebook itself has for what is asked."""

    def holds(rule: ir.Rule) -> bool:
        values = {"strength": rule.strength, "certainty": rule.certainty, "activity": rule.activity}
        cited = {citation.source for citation in rule.sources}
        return all(value in cited if name == "source" else values[name] == value for name, value in asked.items())

    return [rule.id for rule in ir.load_rulebook().rules if holds(rule)]


def test_the_rules_are_searched_by_keyboard(found: dict[str, Any]) -> None:
    register, every = found["register"], len(ir.load_rulebook().rules)
    assert register["all"] == register["cleared"] == f"{every} of {every} rules; the first 25 are shown."
    fields = ["words", "kind", "day", "activity", "strength", "certainty", "source"]
    assert [name for name in dict.fromkeys(register["reached"]) if name in fields] == fields
    assert register["kind"] == "local_authority"
    for name in ("strength", "certainty", "activity"):
        value = {"strength": "must", "certainty": "inferred", "activity": "full_inspection"}[name]
        assert register[name].startswith(f"{len(counted(**{name: value}))} of {every} rules")
    assert register["by_source"].startswith(f"{len(counted(source=register['source']))} of {every} rules")
    assert register["more"] == [50, 25], "the focus is on the first of those that came"


def test_what_fits_best_comes_first(found: dict[str, Any]) -> None:
    """Rules whose title has the words asked for stand above those that merely mention them somewhere."""
    _, names = found["register"]["words"]
    titled = ["focused_visit" in name for name in names]
    assert titled[:3] == [True] * 3
    assert titled == sorted(titled, reverse=True), "none that merely mentions them stands between those"
    places = [rule.id for rule in ir.load_rulebook().rules]
    assert names != sorted(names, key=places.index), "not merely as they stand in the register"


def test_a_year_among_the_words_asks_for_the_rules_in_force_in_it(found: dict[str, Any]) -> None:
    said, names = found["register"]["year"]
    rules = {rule.id: rule for rule in ir.load_rulebook().rules}
    assert names, said
    shown = [rules[name] for name in names]
    assert all(str(rule.first) <= "2024-12-31" and str(rule.last or "9999") >= "2024-01-01" for rule in shown)


def test_a_day_leaves_the_rules_in_force_on_it(found: dict[str, Any]) -> None:
    """The address holds the search, and a rule leads to where it stands."""
    register, rules = found["register"], {rule.id: rule for rule in ir.load_rulebook().rules}
    (_, before), (said, after) = register["words"], register["day"]
    assert after
    assert set(after) != set(before)
    assert all(str(rules[name].first) <= "2018-03-01" <= str(rules[name].last or "9999") for name in after)
    assert all("local_authority" in rules[name].applies_to for name in after)
    assert int(said.split()[0]) >= len(after)
    assert register["again"] == after
    assert "day=2018-03-01" in register["address"]
    assert register["led"] == f"{rules[after[0]].framework.removesuffix('.toml')}.html#{after[0]}"
