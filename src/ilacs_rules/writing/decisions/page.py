"""A decision table as a page of Markdown: the table, then each rule with its citations; exact when read back."""

import re
from collections.abc import Iterator, Mapping

from ilacs_rules.errors import FileFormatError
from ilacs_rules.plain_text import with_marks
from ilacs_rules.writing.decisions.cells import joined, only_text, split
from ilacs_rules.writing.decisions.rows import HEAD, head_of, row_of, table_of
from ilacs_rules.writing.decisions.table import OUTPUTS, DecisionTable
from ilacs_rules.writing.words import bullet, heading, sentence, table

__all__ = ["from_markdown", "to_markdown"]

_BELOW = tuple(name for name in OUTPUTS.values() if name in {
    "says", "framework", "gap", "evidence", "unmet", "notice", "days_on_site", "report", "readings", "sources",
})  # fmt: skip
"""What stands below the table, with each rule; everything else is a column of it."""
_WANTED = "a decision table as ilacs-rules writes it"
_MADE = "<!-- A decision table of ilacs-rules, exact: from_markdown reads it back. -->"
_UNSEEN = re.compile(r"[^\S ]|(?<= ) |^ | $")
_MEANT = {"amp": "&", "lt": "<", "gt": ">"}
_LINKED = re.compile(r"\[(.*)\]\(#row-\d+\)")
_CITED = re.compile(r"\[(.*?)\]\(<(.*?)>\), <code>(.*?)</code>(?:, <code>(.*?)</code>)?: (.*)")


def to_markdown(decision: DecisionTable) -> str:
    """The table as Markdown: a row for each rule, and below it what the rule says and who says so.

    ``from_markdown`` reads it back equal. An empty cell of the situation admits everything.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> lines = to_markdown(decision_tables(load_rulebook(), track="report_publication")[0]).splitlines()
    >>> lines[2], lines[12][:31]
    ('# Report publication', '| rule | subject | as of | last')
    """
    return "\n".join(_lines(decision)).rstrip("\n") + "\n"


def from_markdown(text: str) -> DecisionTable:
    """The table that ``to_markdown`` wrote.

    Raises:
        FileFormatError: it is not such a page.
        RulebookError: a cell that cannot be read, or a rule that could not stand in a rulebook.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing import decision_tables
    >>> table = decision_tables(load_rulebook(), track="report_publication")[0]
    >>> from_markdown(to_markdown(table)) == table
    True
    >>> from_markdown("# Report publication")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: holds no table (expected a decision table as ilacs-rules writes it)
    """
    above, *below = re.split(r'\n<a id="row-\d+"></a>\n', only_text(text, _WANTED).replace("\r\n", "\n"))
    rows = [line[2:-2].split(" | ") for line in above.split("\n") if line.startswith("| ")]
    if len(rows) < 3:
        raise FileFormatError("holds no table", expected=_WANTED)
    titles, _, *cells = ([_name(title) for title in rows[0]], *rows[1:])
    if len(cells) != len(below) or any(len(row) != len(titles) for row in cells):
        raise FileFormatError("has not one cell for each column and one section for each row", expected=_WANTED)
    found = (_row(dict(zip(titles, row, strict=True)), section) for row, section in zip(cells, below, strict=True))
    return table_of(dict.fromkeys(HEAD, "") | _bullets(above), found)


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
        source, place, text, url, *read = (exact(part) for part in split(line))
        seen = f", <code>{'; '.join(read)}</code>" if any(read) else ""
        yield f"  - [{text}](<{url}>), <code>{source}</code>{seen}: {place}"
    yield ""


def _row(cells: dict[str, str], section: str) -> dict[str, str]:
    linked = _LINKED.fullmatch(cells.get("rule", ""))
    if not linked:
        raise FileFormatError("is not a link to a rule", field="rule", value=cells.get("rule"), expected=_WANTED)
    read = {name: as_written(cell) for name, cell in (cells | {"rule": linked[1]}).items()}
    return read | dict.fromkeys(_BELOW, "") | _bullets(section) | {"sources": "\n".join(_citations(section))}


def _bullets(text: str) -> dict[str, str]:
    found = re.findall(r"^- \*\*([\w ]+):\*\* (.*)$", text, re.MULTILINE)
    return {_name(title): as_written(said) for title, said in found}


def _name(title: str) -> str:
    return title.lower().replace(" ", "_")


def _citations(section: str) -> Iterator[str]:
    for line in section.split("\n"):
        if line.startswith("  - "):
            cited = _CITED.fullmatch(line[4:])
            if not cited:
                raise FileFormatError("is not a citation", field="sources", value=line, expected=_WANTED)
            text, url, source, read, place = (as_written(part) for part in cited.groups("; ; "))
            yield joined((source, place, text, url, *read.split("; ")))


def exact(text: str) -> str:
    r"""Text that Markdown shows as it stands and that ``as_written`` finds again, whatever its blanks and line ends.

    >>> exact(" a\nb")
    '&#32;a&#10;b'
    >>> exact("")
    ''
    """
    return _UNSEEN.sub(lambda sign: f"&#{ord(sign.group())};", with_marks(text))


def as_written(text: str) -> str:
    r"""The text that ``exact`` was given.

    >>> as_written(exact(" *a* & \n")) == " *a* & \n"
    True
    >>> as_written("a &copy; b")
    'a &copy; b'
    """
    return re.sub(r"\\(.)|&(?:#(\d+)|(amp|lt|gt));", _sign, text)


def _sign(found: re.Match[str]) -> str:
    mark, number, name = found.groups()
    return mark or (chr(int(number)) if number else _MEANT[name])
