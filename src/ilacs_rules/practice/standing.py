"""Where a subject stands on a day: the wait that it is in, or why it is in none."""

from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.practice.populations import Population
from ilacs_rules.practice.waits import Wait, waits_of
from ilacs_rules.records import LocalAuthority, Subject
from ilacs_rules.vocabulary import ENDED, in_words

__all__ = ["last_wait"]


def last_wait(subject: Subject, population: Population, day: date) -> tuple[Wait | None, str]:
    """The wait that a subject is in on a day, as was known then; or why there is none."""
    today, over = day.toordinal(), _is_over(subject, day)
    if over:
        return None, over
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


def _is_over(subject: Subject, day: date) -> str:
    """Why nothing is to come: the subject has closed or was abolished, as far as its record says."""
    if isinstance(subject, LocalAuthority):
        gone = subject.abolished and subject.abolished <= day
        return f"It was abolished on {in_full(subject.abolished)}." if gone and subject.abolished else ""
    if subject.closed:
        return f"It closed on {in_full(subject.closed)}." if subject.closed <= day else ""
    if subject.registration_status not in ENDED:
        return ""
    # The day is not on record: it may have come at any time after what was seen last.
    seen = max((event.first_known for event in subject.events), default=date.min)
    return f"Its registration is recorded as {in_words(subject.registration_status)}." if day > seen else ""


def _said(day: int) -> str:
    return in_full(date.fromordinal(day))
