"""Text that somebody else wrote, made harmless for the place where it is shown: four places, one function each.

A name, a key, a column or a word of a rulebook may hold special characters. A terminal, Markdown, HTML or a spreadsheet
may take them for commands. Whatever is shown there goes through here first, and nothing else in the library knows those
signs.
"""

import re

__all__ = [
    "FORMULA",
    "address",
    "for_html",
    "for_markdown",
    "for_spreadsheet",
    "for_terminal",
    "from_spreadsheet",
    "lines_for_terminal",
    "with_marks",
]

_MARKS = re.compile(r"([\\`*\[\]|~])|(?<![a-z0-9])_|_(?![a-z0-9])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}[.)](?= |$)")
FORMULA = "^'*(?:[\\t\\r\\n]|[\\s\x1c-\x1f]*[-=+@\uff1d\uff0b\uff0d\uff20])"
"""How a cell begins that a spreadsheet may take for a formula (the last four signs are wide forms), also behind the
apostrophes that guard one: a pattern that Python and polars read alike."""
_FORMULA = re.compile(FORMULA)
_ADDRESS = re.compile(r"https?://[^\s<>\"`\\]+", re.IGNORECASE)


def for_terminal(text: str) -> str:
    """One line of text: what could steer a terminal, or begin a line of its own, becomes a blank.

    >>> for_terminal("St Helens")
    'St Helens'
    >>> for_terminal(f"St{chr(27)}[31m{chr(10)}Helens")
    'St [31m Helens'
    """
    return text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)


def lines_for_terminal(text: str) -> str:
    r"""Several lines of text, each as ``for_terminal`` gives it; only a line feed ends a line.

    >>> lines_for_terminal("Next:\n  a visit")
    'Next:\n  a visit'
    >>> lines_for_terminal(f"one{chr(13)}two{chr(0x2028)}three")
    'one two three'
    """
    return "\n".join(for_terminal(line) for line in text.split("\n"))


def for_markdown(text: str) -> str:
    r"""One line of text that Markdown shows as it stands: in a line, at its beginning, or in a cell of a table.

    >>> for_markdown("a 'usual' visit, 6 to 12 months")
    "a 'usual' visit, 6 to 12 months"
    >>> for_markdown("a & <b> of visits_between")
    'a &amp; &lt;b&gt; of visits_between'
    >>> print(for_markdown("# a | b"))
    \# a \| b
    """
    line = " ".join(with_marks(for_terminal(text)).split())
    if line[:1] in ("#", "+", "-", "="):
        return f"\\{line}"
    number = _NUMBER.match(line)
    return f"{line[: number.end() - 1]}\\{line[number.end() - 1 :]}" if number else line


def with_marks(text: str) -> str:
    r"""Text whose signs Markdown would take for marks within a line are kept from being so; blanks and line ends stay.

    >>> with_marks("a  <b>")
    'a  &lt;b&gt;'
    >>> print(with_marks("~a_b~ _c_"))
    \~a_b\~ \_c\_
    """
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(lambda mark: f"\\{mark.group()}", safe)


def for_html(text: str) -> str:
    """Text that HTML shows as it stands, also within the quotes of an attribute.

    >>> for_html("Bath & <North East> Somerset")
    'Bath &amp; &lt;North East&gt; Somerset'
    >>> for_html('"' + chr(0))
    '&quot; '
    """
    from html import escape  # noqa: PLC0415 - it brings the names of every sign, and few programs write HTML

    return escape(for_terminal(text))


def for_spreadsheet(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula: an apostrophe stands before one that could be.

    Any other text stays as it is, also one in quotes. ``from_spreadsheet`` finds each again.

    >>> for_spreadsheet("St Helens"), for_spreadsheet("2024-05-01"), for_spreadsheet("'good'?")
    ('St Helens', '2024-05-01', "'good'?")
    >>> for_spreadsheet("=1+1"), for_spreadsheet(" @here"), for_spreadsheet("'=1+1")
    ("'=1+1", "' @here", "''=1+1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def from_spreadsheet(cell: str) -> str:
    """The text of a cell that ``for_spreadsheet`` gave.

    >>> [from_spreadsheet(for_spreadsheet(text)) for text in ("=1+1", "'=1+1", "'good'?", "")]
    ['=1+1', "'=1+1", "'good'?", '']
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def address(text: str) -> str:
    """A web address that may be led to; nothing where it is anything else, such as a script.

    >>> address("https://reports.ofsted.gov.uk/provider/44/80433")
    'https://reports.ofsted.gov.uk/provider/44/80433'
    >>> address("javascript:alert(1)"), address("https://a.example/ onclick=x")
    ('', '')
    """
    return text if _ADDRESS.fullmatch(text) else ""
