"""The marks and turns of phrase that every generated page shares."""

import re
from collections.abc import Iterable
from datetime import date

from ilacs_rules.answering.explain import edition_read
from ilacs_rules.dates import in_full
from ilacs_rules.plain_text import address
from ilacs_rules.plain_text import for_markdown as plain
from ilacs_rules.rulebook import Citation, Rule, Rulebook, Suspension
from ilacs_rules.vocabulary import in_words

__all__ = [
    "GENERATED",
    "bullet",
    "cited",
    "heading",
    "in_force",
    "link",
    "page",
    "plain",
    "rested_on",
    "rested_on_by",
    "rule_page",
    "sentence",
    "table",
    "types",
]

GENERATED = "<!-- Generated from the rulebook; do not edit. Change the rulebook's TOML files and run `make docs`. -->"


_MONTH = re.compile(
    r"\b(january|february|march|april|june|july|august|september|october|november|december|may(?= \d{4}\b)|ofsted)\b"
)


def sentence(name: str) -> str:
    """The id of a row as the sentence that it reads as.

    >>> sentence("focused_visit_after_ilacs_short")
    'Focused visit after ILACS short'
    >>> sentence("childrens_home_may_be_inspected_since_may_2016")  # one of them is a month
    "Children's home may be inspected since May 2016"
    """
    text = _MONTH.sub(lambda month: month[0].capitalize(), in_words(name))
    return text[:1].upper() + text[1:]


def heading(level: int, text: str, anchor: str) -> list[str]:
    """A heading that is found by an id, whatever a renderer makes of its words.

    >>> heading(2, "Good authority", "good_authority")
    ['<a id="good_authority"></a>', '', '## Good authority', '']
    >>> heading(1, "", "x")[2]
    '# '
    """
    return [f'<a id="{anchor}"></a>', "", f"{'#' * level} {text}", ""]


def link(text: str, page_name: str, anchor: str) -> str:
    """A link to a row on one of the pages.

    >>> link("Sources", "sources.md", "act")
    '[Sources](sources.md#act)'
    >>> link("Here", "", "act")
    '[Here](#act)'
    """
    return f"[{text}]({page_name}#{anchor})"


def bullet(title: str, text: str) -> list[str]:
    """A line of a list, or nothing where there is nothing to say.

    >>> bullet("Notice", "two working days")
    ['- **Notice:** two working days']
    >>> bullet("Notice", "")
    []
    """
    return [f"- **{title}:** {text}"] if text else []


def table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A table; its cells are Markdown already.

    >>> table(["Rule", "Says"], [["a", "b"]])
    ['| Rule | Says |', '| --- | --- |', '| a | b |', '']
    >>> table(["Rule"], [])
    ['| Rule |', '| --- |', '']
    """
    names = list(titles)
    lines = [names, ["---"] * len(names), *rows]
    return [*(f"| {' | '.join(cells)} |" for cells in lines), ""]


def page(title: str, lines: Iterable[str]) -> str:
    """A whole page under its title; blank lines never stand twice.

    >>> page("Sources", ["One.", "", "", "Two."]).splitlines()[1:]
    ['', '# Sources', '', 'One.', '', 'Two.']
    >>> page("Sources", []).splitlines()[-1]
    '# Sources'
    """
    text = "\n".join([GENERATED, "", f"# {title}", "", *lines])
    return re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"


def in_force(first: date, last: date | None) -> str:
    """From when to when, in words.

    >>> in_force(date(2018, 1, 1), date(2018, 9, 16))
    '1 January 2018 to 16 September 2018'
    >>> in_force(date(2018, 1, 1), None)
    'since 1 January 2018'
    """
    return f"{in_full(first)} to {in_full(last)}" if last else f"since {in_full(first)}"


def types(names: Iterable[str]) -> str:
    """The kinds of subject, in words.

    >>> types(["local_authority", "childrens_home"])
    "local authority, children's home"
    >>> types([])
    ''
    """
    return ", ".join(map(in_words, names))


def cited(citations: Iterable[Citation]) -> list[str]:
    """Each source as a line of a list: what it is, the place in it, and its address.

    >>> cited([Citation(source="act", place="section 1", text="Parliament, An Act", url="https://example.org")])
    ['  - [Parliament, An Act](sources.md#act): section 1. <https://example.org>']
    >>> cited([Citation(source="counted", place="all reports")])
    ['  - [counted](sources.md#counted): all reports.']
    """
    return [f"  - {_linked(item)}{edition_read(item)}: {plain(item.place)}.{_address(item)}" for item in citations]


def _linked(citation: Citation) -> str:
    return link(plain(citation.text or citation.source), "sources.md", citation.source)


def _address(citation: Citation) -> str:
    leads_to = address(citation.url)
    return f" <{leads_to}>" if leads_to else ""


def rule_page(rule: Rule) -> str:
    """The page that a rule stands on: one for each framework file."""
    return rule.framework.removesuffix(".toml") + ".md"


def rested_on_by(title: str, rules: Iterable[Rule], suspensions: Iterable[Suspension]) -> list[str]:
    """The rules and suspensions that rest on something, each a line of a list."""
    found = [link(f"`{rule.id}`", rule_page(rule), rule.id) for rule in rules]
    found += [link(f"`{pause.id}`", "suspensions.md", pause.id) + " (suspension)" for pause in suspensions]
    return [f"- **{title}:**{'' if found else ' nothing'}", *(f"  - {item}" for item in found), ""]


def rested_on(rulebook: Rulebook, names: Iterable[str]) -> list[str]:
    """Each named reading as a line of a list: the word, what it is taken to mean, and what speaks for it."""
    by_id = {reading.id: reading for reading in rulebook.readings}
    return [
        f"  - {link(f'“{plain(by_id[name].word)}”', 'readings.md', name)}: {plain(by_id[name].means)}."
        f" Why: {plain(by_id[name].because)}."
        for name in names
    ]
