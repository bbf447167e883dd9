"""Answers as a terminal shows them: a table that fits, and one answer as a person would say it."""

from collections.abc import Iterable, Sequence
from shutil import get_terminal_size

from ilacs_rules.answering.answer import Answer
from ilacs_rules.dates import in_full
from ilacs_rules.outlook.layout import laid_out, wrapped
from ilacs_rules.outlook.words import activity_in_words, capital, count_of, standing, window_short
from ilacs_rules.plain_text import for_terminal

__all__ = ["TITLES", "answers_in_lines", "caption", "cells_of", "columns_there"]

TITLES = ("Subject", "What", "When", "How it stands", "How firmly")
_SHOWN, _LEAST = 40, 40


def columns_there() -> int:
    """How many columns there are: what ``COLUMNS`` says, or the terminal, or 80."""
    return max(get_terminal_size((80, 24)).columns, _LEAST)


def cells_of(answer: Answer) -> list[str]:
    """What a table says of one answer, under ``TITLES``."""
    return [
        for_terminal(answer.subject),
        capital(activity_in_words(answer)),
        window_short(answer.window),
        standing(answer),
        f"{answer.strength.value}, {answer.certainty.value}",
    ]


def answers_in_lines(answers: Sequence[Answer], width: int | None = None) -> str:
    """Answers as a table that fits the terminal; of many, the first.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> due = [answer.model_copy(update={"certainty": "quoted"})
    ...        for answer in ir.required_activities(agency, as_of=date(2024, 3, 1))]
    >>> print(answers_in_lines(due, 80))
    2 answers for An agency, asked on 1 March 2024
    <BLANKLINE>
    What             When            How it stands            How firmly
    ───────────────  ──────────────  ───────────────────────  ─────────────
    Full inspection  31 Aug 2024 to  not open, it opens in    usual, quoted
                     31 Jan 2025     183 days
    Full inspection  by 31 Jan 2027  open, it closes in 1066  must, quoted
                                     days
    >>> answers_in_lines([])
    'No answers.'
    """
    if not answers:
        return "No answers."
    width = width or columns_there()
    shown = answers[:_SHOWN]
    lines = [*wrapped(caption(answers), width), "", *_table(shown, width, one=_is_of_one(answers))]
    if len(answers) > len(shown):
        lines += ["", f"and {len(answers) - len(shown):,} more: to_polars() and to_pandas() give them all"]
    return "\n".join(lines)


def _table(answers: Iterable[Answer], width: int, *, one: bool) -> list[str]:
    first = 1 if one else 0
    return laid_out(TITLES[first:], (cells_of(answer)[first:] for answer in answers), width)


def caption(answers: Sequence[Answer]) -> str:
    """What stands above a table of answers: how many there are, for whom, and which day was asked about.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> caption(ir.required_activities(home, as_of=date(2024, 3, 1))[:1])
    '1 answer for A home, asked on 1 March 2024'
    """
    days = sorted({answer.as_of for answer in answers})
    who = f" for {for_terminal(answers[0].subject)}" if _is_of_one(answers) else ""
    when = (
        in_full(days[0])
        if len(days) == 1
        else f"{count_of(len(days), 'day')}, {in_full(days[0])} to {in_full(days[-1])}"
    )
    return f"{count_of(len(answers), 'answer')}{who}, asked on {when}"


def _is_of_one(answers: Iterable[Answer]) -> bool:
    return len({(answer.subject, answer.urn, answer.subject_type) for answer in answers}) == 1
