"""A decision table as a page of Markdown for reading: the table, then each rule with its citations."""

import re
from collections.abc import Iterator, Mapping

from ilacs_rules.plain_text import address, for_terminal, with_marks
from ilacs_rules.rulebook import Citation
from ilacs_rules.writing.decisions.cells import split
from ilacs_rules.writing.decisions.rows import HEAD, head_of, row_of
from ilacs_rules.writing.decisions.table import OUTPUTS, DecisionTable
from ilacs_rules.writing.words import bullet, heading, sentence, table

__all__ = ["to_markdown"]

_BELOW = tuple(name for name in OUTPUTS.values() if name in {
    "says", "framework", "gap", "evidence", "unmet", "notice", "days_on_site", "report", "readings", "sources",
})  # fmt: skip
"""What stands below the table, with each rule; everything else is a column of it."""
_MADE = "<!-- A decision table of ilacs-rules. For programs there are DMN and CSV. -->"
_CITED = tuple(Citation.model_fields)
_LINKED = ("source", "place", "text", "url")
_UNSEEN = re.compile(r"[^\S ]|(?<= ) |^ | $")


def to_markdown(decision: DecisionTable) -> str:
    """The table as Markdown: a row for each rule, and below it what the rule says and who says so.

    An empty cell of the situation admits everything.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> lines = to_markdown(decision_tables(load_rulebook(), track="report_publication")[0]).splitlines()
    >>> lines[2], lines[13][:31]
    ('# Report publication', '| rule | subject | as of | last')
    """
    return "\n".join(_lines(decision)).rstrip("\n") + "\n"


def _lines(decision: DecisionTable) -> Iterator[str]:
    head = head_of(decision)
    rows = [row_of(decision, rule) for rule in decision.rules]
    columns = ["rule", *(name for name in rows[0] if name not in ("rule", *_BELOW))]
    yield from (_MADE, "", f"# {sentence(decision.track.id)}", "")
    yield from (line for name in HEAD for line in bullet(sentence(name), exact(head[name])))
    yield ""
    numbered = list(enumerate(rows, start=1))
    links = {number: f"[{exact(row['rule'])}](#row-{number})" for number, row in numbered}
    titles = [name.replace("_", " ") for name in columns]
    yield from table(titles, ([links[number], *(exact(row[name]) for name in columns[1:])] for number, row in numbered))
    for number, row in numbered:
        yield from heading(2, sentence(exact(row["rule"])), f"row-{number}")
        yield from _said(row)


def _said(row: Mapping[str, str]) -> Iterator[str]:
    for name in _BELOW:
        if name != "sources":
            yield from bullet(sentence(name), exact(row[name]))
    yield "- **Sources:**"
    for line in row["sources"].split("\n"):
        cited = dict(zip(_CITED, (exact(part) for part in split(line)), strict=True))
        leads_to = address(split(line)[_CITED.index("url")])
        text = f"[{cited['text']}](<{leads_to}>)" if leads_to else cited["text"]
        yield f"  - {text}, <code>{cited['source']}</code>: {cited['place']}"
        yield from (f"    - {sentence(name)}: {said}" for name, said in cited.items() if said and name not in _LINKED)
    yield ""


def exact(text: str) -> str:
    r"""Text that Markdown shows as it stands, its blanks and line ends included.

    >>> exact(" a\nb")
    '&#32;a&#10;b'
    >>> exact("")
    ''
    """
    return for_terminal(_UNSEEN.sub(lambda sign: f"&#{ord(sign.group())};", with_marks(text)))
