"""Reading a date expression from the text that a rule writes; what cannot be one is refused, with the nearest name."""

import re
from datetime import date
from functools import lru_cache

from ilacs_rules import dates
from ilacs_rules.errors import RulebookError, nearest
from ilacs_rules.rulebook.expressions import FUNCTIONS, WORKING_DAY, Call, Expression, Fixed, Named, Step
from ilacs_rules.situation import AS_OF, FACTS, Day
from ilacs_rules.values import FIRST_DAY, LAST_DAY

__all__ = ["day_facts", "parse"]

_A_YEAR = {"day": 365, "week": 52, "month": 12, "year": 1, "working day": 250}
_MOST_YEARS = 100  # in one expression; beyond that lies only what was mistyped, and then the end of the calendar
_TAKES = {"latest": 2, "latest_known": 2, "earliest": 2, "not_between": 3}  # days; every other function takes one
_TOKEN = re.compile(r"\s*(\d{4}-\d{2}-\d{2}|\d+ (?:working day|day|week|month|year)s?\b|[a-z_]+|[-+(),])")


@lru_cache(maxsize=4096)
def parse(text: str, working_days: dates.WorkingDays | None = None) -> Expression:
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
    """Refuse lengths that together are longer than any framework lasts: a day so far off is no date."""
    years = 0.0
    for token in tokens:
        count, _, unit = token.partition(" ")
        if unit:
            years += int(count) / _A_YEAR[unit.removesuffix("s")] if len(count) < 10 else _MOST_YEARS + 1
    if years > _MOST_YEARS:
        raise RulebookError(
            "is too long a time", value=text, expected=f"lengths of {_MOST_YEARS} years together at most"
        )


def _sum(tokens: list[str], text: str, working_days: dates.WorkingDays | None) -> Expression:
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


def _term(tokens: list[str], text: str, working_days: dates.WorkingDays | None) -> Expression:
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


def _call(function: str, tokens: list[str], text: str, working_days: dates.WorkingDays | None) -> Expression:
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
