"""The page of the days that are not working days: each year, and who says so."""

from ilacs_rules.answering.explain import CERTAINTY_MEANS
from ilacs_rules.dates import in_full
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.writing.words import bullet, cited, heading, page, plain

__all__ = ["working_days_page"]


_HEAD = (
    "A count of working days leaves out Saturdays, Sundays and the days below. We do not know the holidays before the "
    "first year and after the last. A count that reaches those years gives no day."
)
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def working_days_page(rulebook: Rulebook) -> str:
    """Each year's days from Monday to Friday that are not working days, how well they are known, and the sources.

    >>> from ilacs_rules import load_rulebook
    >>> "Friday 8 May 2020, " in working_days_page(load_rulebook())  # in 2020 it stood in for the Monday
    True
    >>> working_days_page(load_rulebook()).count("Not proclaimed yet")
    2
    """
    lines = [_HEAD, ""]
    for row in rulebook.bank_holidays:
        lines += heading(2, str(row.year), f"year-{row.year}")
        lines += bullet("Not working days", ", ".join(f"{_WEEK[day.weekday()]} {in_full(day)}" for day in row.days))
        lines += bullet("Certainty", CERTAINTY_MEANS[row.certainty])
        lines += bullet("Not stated", plain(row.gap))
        lines += ["- **Sources:**", *cited(row.sources), ""]
    return page("Working days", lines)
