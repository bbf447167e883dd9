"""Where a subject stands on a day: the wait that it is in, or why it is in none."""

from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.practice.ended import why_no_longer
from ilacs_rules.practice.populations import Population
from ilacs_rules.practice.waits import Wait, waits_of
from ilacs_rules.records import Subject
from ilacs_rules.situation import history_of

__all__ = ["last_wait", "unseen_since"]


def last_wait(subject: Subject, population: Population, day: date) -> tuple[Wait | None, str]:
    """The wait that a subject is in on a day, as was known then. If there is none, the reason."""
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


def unseen_since(subject: Subject, population: Population, day: date) -> str:
    """What the record would not show of a wait, in a sentence; nothing where it reaches the day asked.

    >>> from ilacs_rules import Provider
    >>> from ilacs_rules.practice.populations import POPULATIONS
    >>> home = Provider(type="childrens_home", name="A home", covers=[])
    >>> unseen_since(home, POPULATIONS[0], date(2024, 6, 2))
    'The record would not show whether it has come since; if it has, this does not hold.'
    """
    until = history_of(subject).covered_until(population.ends)
    if until >= day:
        return ""
    since = "" if until == date.min else f" after {in_full(until)}"
    came = since or " since"
    return f"The record would not show whether it has come{came}; if it has, this does not hold."


def _said(day: int) -> str:
    return in_full(date.fromordinal(day))
