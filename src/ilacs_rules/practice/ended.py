"""Why there is nothing to forecast for a subject that has ended: closed, or abolished."""

from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.records import LocalAuthority, Subject
from ilacs_rules.situation import situation

__all__ = ["why_no_longer"]


def why_no_longer(subject: Subject, day: date) -> str:
    """That a subject had ended by a day, or may have, in a sentence; nothing where it was there.

    >>> from ilacs_rules import Provider
    >>> home = Provider(type="childrens_home", name="A home", closed="2024-05-01")
    >>> why_no_longer(home, date(2024, 5, 1)), why_no_longer(home, date(2024, 4, 30))
    ('It closed on 1 May 2024.', '')
    >>> why_no_longer(Provider(type="childrens_home", name="A home", registration_status="resigned"), date(2024, 5, 1))
    'It has closed, on a day that is not known and may have come.'
    """
    view = situation(subject, as_of=day).view
    what = "was abolished" if isinstance(subject, LocalAuthority) else "closed"
    if view.has_ended and view.history.ended:
        return f"It {what} on {in_full(view.history.ended)}."
    if view.has_ended:
        return "It had closed by then, on a day that is not known."
    return "It has closed, on a day that is not known and may have come." if view.may_have_ended else ""
