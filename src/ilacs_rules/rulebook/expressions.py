"""Date expressions: what a rulebook may write for ``opens``, ``due`` and ``closes``, read without ever running code.

::

    last_inspection_started + 36 months - 6 months
    latest(last_inspection_started + 42 months, 2020-12-31)
    first_april_after(last_inspection_started) + 36 months - 1 day
    last_inspection_published + 70 working days
    not_between(current_inspection_ended + 27 working days, 2024-05-25, 2024-07-04)

Steps are taken from left to right. An expression over a day that is not known is itself not known. The exception is
``latest_known``, which then takes the other day.
"""

import re
from datetime import date
from functools import lru_cache

from ilacs_rules.dates import WorkingDays
from ilacs_rules.errors import RulebookError, nearest
from ilacs_rules.rulebook.days import FUNCTIONS, WORKING_DAY, Call, Expression, Fixed, Named, Step
from ilacs_rules.situation import AS_OF, FACTS, Day
from ilacs_rules.values import FIRST_DAY, LAST_DAY

__all__ = ["counts_working_days", "parse"]

_A_YEAR = {"day": 365, "week": 52, "month": 12, "year": 1, "working day": 250}
_MOST_YEARS = 100  # in one expression; beyond that lies only what was mistyped, and then the end of the calendar
_TAKES = {"latest": 2, "latest_known": 2, "earliest": 2, "not_between": 3}  # days; every other function takes one
_TOKEN = re.compile(r"\s*(\d{4}-\d{2}-\d{2}|\d+ (?:working day|day|week|month|year)s?\b|[a-z_]+|[-+(),])")


@lru_cache(maxsize=4096)
def parse(text: str, working_days: WorkingDays | None = None) -> Expression:
    """Read an expression.

    Args:
        text: as a rule writes it.
        working_days: those that it counts, where it counts any: without them such a day is not known.

    Raises:
        RulebookError: it is not one; the message shows where it goes wrong and the nearest known name.

    >>> parse("last_inspection_started + 36 months").facts
    ('last_inspection_started',)
    >>> parse("last_inspection_startd + 36 months")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: is not a fact that holds a date (found 'last_inspection_startd'; \
expected 'last_inspection_started'? (one of: as_of, created, current_inspection_ended, current_inspection_started, \
last_evaluation, last_inspection_published, last_inspection_started, last_jtai_published, last_meeting, \
last_monitoring_started, priority_action_published, registered))
    """
    tokens = _tokens(text)
    _refuse_ages(tokens, text)
    expression = _sum(tokens, text, working_days)
    if tokens:
        raise RulebookError("the date expression should have ended here", value=" ".join(tokens), expected="'+' or '-'")
    return expression


def counts_working_days(expression: Expression) -> bool:
    """Whether an expression counts working days anywhere.

    >>> counts_working_days(parse("latest(last_inspection_published + 70 working days, 2020-01-01) + 1 month"))
    True
    >>> counts_working_days(parse("last_inspection_published + 70 days"))
    False
    """
    if isinstance(expression, Step):
        return expression.unit == WORKING_DAY or counts_working_days(expression.start)
    return isinstance(expression, Call) and any(map(counts_working_days, expression.arguments))


def day_facts() -> list[str]:
    """The facts that are days, and so may stand in an expression."""
    return [AS_OF, *(name for name, fact in FACTS.items() if isinstance(fact.domain, Day))]


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    place = 0
    while place < len(text.rstrip()):
        match = _TOKEN.match(text, place)
        if not match:
            raise RulebookError(
                "the date expression cannot be read", value=text[place:], expected="a fact, a date or a count of units"
            )
        tokens.append(match.group(1))
        place = match.end()
        if len(tokens) > 100:
            raise RulebookError("the date expression is too long", value=text, expected="at most 100 words and signs")
    return tokens


def _refuse_ages(tokens: list[str], text: str) -> None:
    """Refuse lengths that together are longer than any framework lasts. A day so far off is not a date."""
    years = 0.0
    for token in tokens:
        count, _, unit = token.partition(" ")
        if unit:
            years += int(count) / _A_YEAR[unit.removesuffix("s")] if len(count) < 10 else _MOST_YEARS + 1
    if years > _MOST_YEARS:
        raise RulebookError(
            "is too long a time", value=text, expected=f"lengths of {_MOST_YEARS} years together at most"
        )


def _sum(tokens: list[str], text: str, working_days: WorkingDays | None) -> Expression:
    expression = _term(tokens, text, working_days)
    while tokens and tokens[0] in "+-":
        sign = tokens.pop(0)
        count, unit = (tokens.pop(0) if tokens else "").partition(" ")[::2]
        unit = unit.removesuffix("s")
        if unit not in _A_YEAR or (unit == WORKING_DAY and (sign == "-" or not int(count))):
            raise RulebookError(
                "is not a length of time that can be added here",
                value=f"{sign} {count} {unit}".strip(),
                expected="'+ 12 months', '- 1 day', '+ 70 working days' or the like",
            )
        counted = working_days if unit == WORKING_DAY else None
        expression = Step(expression, int(count) if sign == "+" else -int(count), unit, counted)
    return expression


def _term(tokens: list[str], text: str, working_days: WorkingDays | None) -> Expression:
    token = tokens.pop(0) if tokens else ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", token):
        return Fixed(_fixed(token))
    if tokens and tokens[0] == "(":
        return _call(token, tokens, text, working_days)
    if token not in day_facts():
        raise RulebookError(
            "is not a fact that holds a date", value=token or text, expected=nearest(token, day_facts())
        )
    return Named(token)


def _fixed(token: str) -> date:
    try:
        day = date.fromisoformat(token)
    except ValueError:
        raise RulebookError("is not a date", value=token, expected="a date in the calendar") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RulebookError("is too early or too late for a record", value=token, expected=f"{FIRST_DAY} to {LAST_DAY}")
    return day


def _call(function: str, tokens: list[str], text: str, working_days: WorkingDays | None) -> Expression:
    if function not in FUNCTIONS:
        raise RulebookError("is not a known function of days", value=function, expected=nearest(function, FUNCTIONS))
    arguments: list[Expression] = []
    while tokens and tokens[0] in "(,":
        tokens.pop(0)
        arguments.append(_sum(tokens, text, working_days))
    if not tokens or tokens.pop(0) != ")":
        raise RulebookError("the bracket is not closed", value=text, expected="')'")
    if len(arguments) != (takes := _TAKES.get(function, 1)):
        raise RulebookError(
            f"{function} takes {('one day', 'two days', 'three days')[takes - 1]}",
            value=text,
            expected=f"{function}(…)",
        )
    return Call(function, tuple(arguments))
