"""What the cells of a table for people say, in plain signs, and back again: shared by CSV and Markdown.

The items of a list stand between bars. Within an item, a backslash stands before each bar, line end or backslash, so
that every text reads back as it was.
"""

import re
from collections.abc import Iterable
from datetime import date

from ilacs_rules.errors import FileFormatError, RulebookError
from ilacs_rules.rulebook import Condition
from ilacs_rules.situation import FACTS, Choice

__all__ = ["only_text", "condition_of", "in_signs", "joined", "split"]

_OR_UNKNOWN = " or not known"
_KNOWN = {"known": True, "not known": False}
_RANGE = re.compile(r"(?P<low>[\d-]+)\.\.(?P<high>[\d-]+)|>= (?P<least>[\d-]+)|<= (?P<most>[\d-]+)|(?P<exact>[\d-]+)")
_ESCAPED = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r"}


def joined(items: Iterable[str]) -> str:
    r"""Texts between bars.

    >>> joined(["a", "b | c"])
    'a | b \\| c'
    >>> joined([])
    ''
    """
    return " | ".join(re.sub(r"[\\|\n\r]", lambda sign: _ESCAPED[sign.group()], item) for item in items)


def split(text: str) -> list[str]:
    """The texts that ``joined`` put together.

    >>> split(joined(["a", "b | c"]))
    ['a', 'b | c']
    >>> split("")
    []
    """
    items = text.split(" | ") if text else []  # within an item a bar has a backslash before it, never a blank
    meant = {value: key for key, value in _ESCAPED.items()}
    return [re.sub(r"\\[\\|nr]", lambda sign: meant[sign.group()], item) for item in items]


def in_signs(condition: Condition | None) -> str:
    """What one fact is allowed to be; nothing where it may be anything.

    >>> in_signs(Condition(fact="last_overall", words=("good", "outstanding")))
    'good, outstanding'
    >>> in_signs(Condition(fact="registered", high=date(2017, 3, 31), or_unknown=True)), in_signs(None)
    ('<= 2017-03-31 or not known', '')
    """
    if condition is None:
        return ""
    if condition.words is not None:
        return ", ".join(condition.words)
    if condition.known is not None:
        return "known" if condition.known else "not known"
    low, high = condition.low, condition.high
    if low is not None and high is not None:
        text = f"{low}" if low == high else f"{low}..{high}"
    else:
        text = f">= {low}" if high is None else f"<= {high}"
    return text + _OR_UNKNOWN * condition.or_unknown


def condition_of(fact: str, text: str) -> Condition | None:
    """The condition that a cell states; nothing where it is empty.

    Raises:
        RulebookError: it cannot be read.

    >>> condition_of("visits_between_on_record", "1..3").high
    3
    >>> condition_of("visits_between_on_record", "some")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: the cell cannot be read (found 'some'; expected ...
    """
    said = text.strip()
    if not said:
        return None
    if fact in FACTS and isinstance(FACTS[fact].domain, Choice):
        return Condition(fact=fact, words=tuple(said.split(", ")))
    if said in _KNOWN:
        return Condition(fact=fact, known=_KNOWN[said])
    found = _RANGE.fullmatch(said.removesuffix(_OR_UNKNOWN))
    if not found:
        raise RulebookError("the cell cannot be read", value=text, expected="'1..3', '>= 2018-01-01' or the like")
    part = found.groupdict()
    low, high = (
        _day_or_count(part[end] or part[alone] or part["exact"]) for end, alone in (("low", "least"), ("high", "most"))
    )
    return Condition(fact=fact, low=low, high=high, or_unknown=said.endswith(_OR_UNKNOWN))


def _day_or_count(text: str | None) -> int | date | None:
    if text is None:
        return None
    try:
        return int(text) if text.isdecimal() else date.fromisoformat(text)
    except ValueError:
        raise RulebookError("is neither a date nor a count", value=text, expected="2018-01-01, or 3") from None


def only_text(given: object, wanted: str) -> str:
    """What is to be read, which must be text.

    Raises:
        FileFormatError: it is something else.

    >>> only_text("track", "a decision table"), only_text("", "a decision table")
    ('track', '')
    >>> only_text(None, "a decision table")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: is not text (found None; expected a decision table)
    """
    if not isinstance(given, str):
        raise FileFormatError("is not text", value=type(given).__name__ if given is not None else None, expected=wanted)
    return given
