"""The pages of the site before they are built: every link between them leads to a page that is there too."""

import re
import tomllib
from pathlib import Path

from docsite.build import HERE, assemble

import ilacs_rules as ir


def test_every_page_that_a_page_leads_to_is_on_the_site(tmp_path: Path) -> None:
    """A link to a part of the repository that the site has not breaks `make site`; this says so sooner."""
    assemble(tmp_path, with_page=False)
    missing = [
        f"{page.relative_to(tmp_path)}: {target}"
        for page in tmp_path.rglob("*.md")
        for target in re.findall(r"\]\((?![a-z]+:)([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).is_file()
    ]
    assert missing == []
    listed = re.findall(r'= "([^"]+\.md)"', (HERE / "zensical.toml").read_text(encoding="utf-8"))
    assert tomllib.loads((HERE / "zensical.toml").read_text(encoding="utf-8"))
    assert [name for name in listed if not (tmp_path / name).is_file()] == []
    guides = {f"docs/{path.name}" for path in (tmp_path / "docs").glob("*.md")}
    assert guides - set(listed) <= {"docs/planted.md", "docs/mutation-testing.md"}, (
        "a guide is missing in the navigation"
    )


def test_the_list_for_language_models_says_what_each_page_is_about(tmp_path: Path) -> None:
    """A page's first sentence may be a step, a table's caption or one rule of many: none of those is a summary."""
    assemble(tmp_path, with_page=False)
    text = (tmp_path / "llms.txt").read_text(encoding="utf-8")
    said = dict(re.findall(r"\]\(([^)]+)\): (.+)$", text, re.MULTILINE))
    rules = [name for name in said if name.startswith("docs/rules/") and re.match(r"\d+ rules? for ", said[name])]
    assert len(rules) == len({rule.framework for rule in ir.load_rulebook().rules})
    assert said["docs/rules/facts.md"] == "The facts that rules ask about."
    assert said["docs/outlook/workbook.md"] == "A table to sort in Excel."
    assert "make" not in said["library.md"]
    assert [name for name, words in said.items() if re.search(r"^Then|,\.| ,|[:;]$|^\W", words)] == []
    assert len({*said.values()}) > 0.9 * len(said)
