"""What a cell of a DMN table says, in FEEL, and back again.

FEEL can say a thing in several ways. The way is chosen that FEEL and Python read alike. So the same file runs in an
engine that knows FEEL, and in SpiffWorkflow, which takes every cell for Python. The cells are like this: ``? in
("good", "outstanding")`` and not ``"good", "outstanding"``, ``? >= 1 and ? <= 3`` and not ``[1..3]``. A value that is
not known is ``null``.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import cast

from ilacs_rules.errors import RulebookError
from ilacs_rules.rulebook import Condition

__all__ = ["ANYTHING", "condition_of", "literal", "one_of", "unary_test", "words_of"]

ANYTHING = "-"
_KNOWN, _UNKNOWN = "? != null", "null"
_OR_UNKNOWN = re.compile(r"not\(\? != null\) or \((.+)\)")
_NOT_IN_XML = re.compile("[\x7f-\x84\x86-\x9f\ufdd0-\ufddf\ufffe\uffff\u2028\u2029]")
_BOUND = re.compile(r'\? (>=|<=) (\d+|date\("\d{4}-\d{2}-\d{2}"\))')


def literal(value: object) -> str:
    r"""A value as FEEL, JSON and Python write it alike: text, nothing, or a list of texts or of contexts.

    >>> print(literal('an "odd"\ntext'))
    "an \"odd\"\ntext"
    >>> literal(None), literal(["a", "b"])
    ('null', '["a", "b"]')
    """
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_XML.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)


def one_of(words: Iterable[str]) -> str:
    """A test that admits some words.

    >>> one_of(["good"]), one_of(["good", "outstanding"])
    ('"good"', '? in ("good", "outstanding")')
    """
    texts = [literal(word) for word in words]
    return texts[0] if len(texts) == 1 else f"? in ({', '.join(texts)})"


def words_of(text: str) -> tuple[str, ...]:
    """The words that a test admits.

    Raises:
        RulebookError: it is not a test for words.

    >>> words_of('? in ("good", "outstanding")')
    ('good', 'outstanding')
    >>> words_of(">= 1")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: is not a test for words (found '>= 1'; expected '"good"' or the like)
    """
    found = text.strip()
    listed = found.removeprefix("? in (").removesuffix(")")
    try:
        words = cast("list[object]", json.loads(f"[{listed}]"))
    except json.JSONDecodeError:
        words = []
    texts = tuple(word for word in words if isinstance(word, str))
    if texts and len(texts) == len(words):
        return texts
    raise RulebookError("is not a test for words", value=text, expected="'\"good\"' or the like")


def unary_test(condition: Condition | None, *, always_known: bool) -> str:
    """What one fact is allowed to be; ``always_known`` facts need no care for ``null``.

    >>> unary_test(Condition(fact="visits_between_on_record", low=1, high=3), always_known=True)
    '? >= 1 and ? <= 3'
    >>> unary_test(Condition(fact="registered", high=date(2017, 3, 31), or_unknown=True), always_known=False)
    'not(? != null) or (? <= date("2017-03-31"))'
    >>> unary_test(None, always_known=False)
    '-'
    """
    if condition is None:
        return ANYTHING
    if condition.words is not None:
        return one_of(condition.words)
    if condition.known is not None:
        return _KNOWN if condition.known else _UNKNOWN
    ends = ((">=", condition.low), ("<=", condition.high))
    test = " and ".join(f"? {sign} {_end(end)}" for sign, end in ends if end is not None)
    if condition.or_unknown:
        return f"not({_KNOWN}) or ({test})"
    if condition.low == condition.high:
        return _end(condition.low)
    return test if always_known else f"{_KNOWN} and {test}"


def condition_of(fact: str, text: str, *, is_word: bool) -> Condition | None:
    """The condition that a cell states; nothing where it admits everything.

    Raises:
        RulebookError: it cannot be read; other ways of saying the same in FEEL are not.

    >>> condition_of("visits_between_on_record", "? != null and ? >= 1", is_word=False).low
    1
    >>> condition_of("visits_between_on_record", "[1..3]", is_word=False)
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: the cell cannot be read (found '[1..3]'; expected ...
    """
    said = " ".join((text or ANYTHING).split())
    if said == ANYTHING:
        return None
    if is_word:
        return Condition(fact=fact, words=words_of(said))
    if said in (_KNOWN, _UNKNOWN):
        return Condition(fact=fact, known=said == _KNOWN)
    if (exactly := _BOUND.fullmatch(f"? >= {said}")) is not None:
        return Condition(fact=fact, low=_day_or_count(exactly[2]), high=_day_or_count(exactly[2]))
    unless = _OR_UNKNOWN.fullmatch(said)
    bounds = [
        _BOUND.fullmatch(part) for part in (unless[1] if unless else said.removeprefix(f"{_KNOWN} and ")).split(" and ")
    ]
    ends = {bound[1]: _day_or_count(bound[2]) for bound in bounds if bound}
    if None in bounds or len(ends) != len(bounds):
        raise RulebookError("the cell cannot be read", value=text, expected="'? >= 1 and ? <= 3' or the like, or '-'")
    return Condition(fact=fact, low=ends.get(">="), high=ends.get("<="), or_unknown=unless is not None)


def _end(end: int | date | None) -> str:
    return f'date("{end}")' if isinstance(end, date) else str(end)


def _day_or_count(text: str) -> int | date:
    try:
        return int(text) if text.isdecimal() else date.fromisoformat(text[6:-2])
    except ValueError:
        raise RulebookError("is not a day", value=text, expected="a date in the calendar") from None
