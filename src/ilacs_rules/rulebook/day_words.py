"""Date expressions in words, for people who read a rule and not its file."""

from ilacs_rules.dates import add_days, in_full
from ilacs_rules.rulebook.days import Call, Expression, Fixed, Named, Step
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.situation import AS_OF, FACTS

__all__ = ["day_in_words"]

_OF_ONE = {
    "first_april_after": "the first 1 April after {}",
    "start_of_quarter": "the first day of the quarter (three months of the calendar) that holds {}",
    "end_of_quarter": "the last day of the quarter (three months of the calendar) that holds {}",
    "start_of_year": "1 January of the year of {}",
    "end_of_year": "31 December of the year of {}",
    "start_of_inspection_year": "the 1 April that begins the inspection year of {}",
    "end_of_inspection_year": "the 31 March that ends the inspection year of {}",
}
_OF_SEVERAL = {
    "latest": "the later of {} and {}",
    "latest_known": "the later of {} and {}, or the one of them that is known",
    "earliest": "the earlier of {} and {}",
}


def day_in_words(text: str) -> str:
    """How a rule reckons a day, in words. Steps are taken from left to right, as in the expression.

    Args:
        text: a date expression, as a rule has it in ``opens``, ``due`` or ``closes``.

    Raises:
        RulebookError: it is not a date expression.

    >>> day_in_words("last_inspection_started + 36 months - 1 day")
    'the first day on site of the last inspection, plus 36 months, less 1 day'
    >>> day_in_words("latest(registered + 12 months, 2020-12-31)")
    'the later of (the day the provider was registered, plus 12 months) and 31 December 2020'
    """
    return _said(parse(text))


def _said(day: Expression) -> str:
    if isinstance(day, Fixed):
        return in_full(day.value)
    if isinstance(day, Step):
        units = f"{abs(day.number)} {day.unit}{'' if abs(day.number) == 1 else 's'}"
        start = f"({_said(day.start)})" if _several(day.start) else _said(day.start)
        return f"{start}, {'plus' if day.number >= 0 else 'less'} {units}"
    if isinstance(day, Call):
        return _called(day)
    assert isinstance(day, Named)
    return _named(day.facts[0])


def _several(day: Expression) -> bool:
    return isinstance(day, Call) and day.function not in _OF_ONE


def _named(name: str) -> str:
    if name == AS_OF:
        return "the day you ask about"
    means = FACTS[name].means
    return means if means.startswith(("the ", "its ")) else f"the {means}"


def _called(day: Call) -> str:
    each = [_bracketed(argument) for argument in day.arguments]
    if day.function in _OF_ONE:
        return _OF_ONE[day.function].format(*each)
    if day.function in _OF_SEVERAL:
        return _OF_SEVERAL[day.function].format(*each)
    _, first, last = day.arguments  # not_between
    assert isinstance(last, Fixed)
    return f"{each[0]}, or {in_full(add_days(last.value, 1))} where that is from {_said(first)} to {_said(last)}"


def _bracketed(day: Expression) -> str:
    """Words with commas in brackets, so that what belongs together is seen."""
    said = _said(day)
    return f"({said})" if "," in said else said
