"""Where a subject stands on a day: the wait that it is in, or why it is in none."""

from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.practice.ended import why_no_longer
from ilacs_rules.practice.populations import Population
from ilacs_rules.practice.waits import Wait, waits_of
from ilacs_rules.records import Subject

__all__ = ["last_wait"]


def last_wait(subject: Subject, population: Population, day: date) -> tuple[Wait | None, str]:
    """The wait that a subject is in on a day, as was known then; or why there is none."""
    if gone := why_no_longer(subject, day):
        return None, gone
    today = day.toordinal()
    begun = [found for found in waits_of(subject, population) if found[0].began <= today]
    if not begun:
        return None, "Nothing is on record by that day that a wait could run from."
    wait, end = begun[-1]
    if wait.known > today:
        return (
            None,
            f"The report of the inspection that began on {_said(wait.began)} was not out on that day.",
        )
    if end is not None and end <= today:
        return None, f"What is asked about came on {_said(end)}; nothing has begun another wait."
    if wait.left < today:
        return None, "Something else came first: the wait was cut short."
    return wait, ""


def _said(day: int) -> str:
    return in_full(date.fromordinal(day))
