"""What each page of the site is about, in one sentence, for ``llms.txt``.

A page that lists others says what they are for; a page of rules is told by its rules. Where neither is so, the first
sentence of the page says it.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import ilacs_rules as ir
from ilacs_rules.outlook.words import capital, kind_in_words
from ilacs_rules.vocabulary import in_words

__all__ = ["summaries"]

_LISTED = re.compile(r"^[*-] \[([^\]]+)\]\(([^)#]+?\.md|[^)#]+/?)\)(?:: ([^\n]*(?:\n  [^\n]+)*))?$", re.MULTILINE)
_IN_A_TABLE = re.compile(r"^\| ([^|]+) \|(?: [^|]+ \|)* \[[^\]]+\]\(([^)#]+\.md)\) \|$", re.MULTILINE)
_MOST = 4
_NO_ACTIVITY = frozenset({"nothing_required", "further_activity", "inspection_report"})


def summaries(folder: Path, root: Path) -> dict[Path, str]:
    """A sentence for each page below ``folder`` of which one can be found; ``root`` is the repository's folder."""
    found = {page.resolve(): said for page in sorted(folder.rglob("*.md")) if (said := _first_sentence(page))}
    for page in (folder / "docs" / "README.md", *sorted(folder.glob("docs/*/README.md"))):
        text = page.read_text(encoding="utf-8")
        listed = [
            (target, said or title * (page.parent.name == "rules")) for title, target, said in _LISTED.findall(text)
        ]
        for target, said in (*listed, *((target, said) for said, target in _IN_A_TABLE.findall(text))):
            if not said:
                continue
            there = (page.parent / target).resolve()
            found[there / "README.md" if there.is_dir() else there] = _sentence(said)
    found.update(_rules(folder))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found[(folder / "library.md").resolve()] = _sentence(project["description"])
    return found


def _rules(folder: Path) -> Iterator[tuple[Path, str]]:
    """The pages of rules: how many, for whom, and what they ask for most often."""
    by_page: dict[str, list[ir.Rule]] = {}
    for rule in ir.load_rulebook().rules:
        by_page.setdefault(rule.framework.removesuffix(".toml"), []).append(rule)
    for name, rules in by_page.items():
        kinds = dict.fromkeys(kind_in_words(kind) for rule in rules for kind in rule.applies_to)
        asked = Counter(in_words(rule.activity) for rule in rules if rule.activity not in _NO_ACTIVITY)
        what = f" on {_some(word for word, _ in asked.most_common())}" if asked else ", by which nothing is required"
        said = f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'} for {_some(kinds)}{what}."
        yield (folder / "docs" / "rules" / f"{name}.md").resolve(), said


def _some(words: Iterable[str]) -> str:
    """The first few of some words.

    >>> _some(["a", "b"]), _some("abcdef")
    ('a; b', 'a; b; c; d and others')
    """
    several = list(words)
    return "; ".join(several[:_MOST]) + (" and others" if len(several) > _MOST else "")


def _sentence(text: str) -> str:
    plain = re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", lambda found: found[1] or "", " ".join(text.split()))
    return capital(plain.rstrip(".:")) + "."


def _first_sentence(page: Path) -> str:
    """The first sentence of prose, without its marks."""
    text = re.sub(
        r"^(---|```).*?^\1$|<!--.*?-->|<[^>]*>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    for part in re.split(r"\n\s*\n", text):
        line = " ".join(part.split())
        if re.match(r"(\*\*)?([A-Z“]|`[a-z])", line):
            plain = re.sub(r"[*`]|\[([^\]]*)\]\([^)]*\)", lambda found: found[1] or "", line)
            return re.split(r"(?<=[.:?!]) ", plain)[0].rstrip(":")
    return ""
