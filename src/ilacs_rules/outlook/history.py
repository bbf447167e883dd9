"""What was done: the events of a record as they are shown, each as it was known on the day asked about."""

from datetime import date
from typing import NamedTuple

from ilacs_rules.outlook.words import capital, short
from ilacs_rules.plain_text import address
from ilacs_rules.records import Event, Subject
from ilacs_rules.situation.known import is_judged
from ilacs_rules.vocabulary import in_words

__all__ = ["Done", "history_of"]


class Done(NamedTuple):
    """One event in words.

    Attributes:
        day: the first day that is known of it.
        when: its days on site.
        what: the activity.
        judged: what its report said, once that was out.
        published: the day on which the report came out, or that it is awaited.
        report: the address of the report, if that is a web address.
        note: the note of the event.
        overall: its overall grade.
    """

    day: date
    when: str
    what: str
    judged: str
    published: str
    report: str
    note: str
    overall: str


def history_of(subject: Subject, as_of: date) -> tuple[Done, ...]:
    """What had begun by a day, latest first.

    >>> from ilacs_rules import LocalAuthority
    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_short", started=date(2024, 4, 15), ended=date(2024, 4, 19),
    ...           published=date(2024, 5, 29), judgements={"overall": "good", "leaders": "outstanding"})])
    >>> (done,) = history_of(authority, date(2024, 5, 29))
    >>> done.when, done.what, done.judged
    ('15 to 19 Apr 2024', 'Short inspection under ILACS', 'good (overall); outstanding (leaders)')
    >>> history_of(authority, date(2024, 5, 28))[0].judged, history_of(authority, date(2024, 4, 14))
    ('', ())
    """
    known = [event for event in reversed(subject.events) if event.first_known <= as_of]
    return tuple(_done(event, as_of) for event in known)


def _done(event: Event, as_of: date) -> Done:
    judged = is_judged(event, as_of)
    grades = event.judgements.given() if judged else {}
    areas: dict[str, list[str]] = {}
    for area, grade in grades.items():
        areas.setdefault(in_words(grade), []).append(in_words(area))
    same = len(areas) == 1 and len(grades) > 1
    said = [f"{grade} in every judgement" if same else f"{grade} ({', '.join(each)})" for grade, each in areas.items()]
    said += [in_words(event.outcome)] if event.outcome and judged else []
    out = event.published and event.published <= as_of
    return Done(
        day=event.first_known,
        when=_on_site(event, as_of),
        what=capital(in_words(event.activity)),
        judged="; ".join(said),
        published=short(event.published) if event.published and out else "",
        report=address(event.report) if out else "",
        note=event.note,
        overall=str(grades.get("overall", "")),
    )


def _on_site(event: Event, as_of: date) -> str:
    """The days on site, as far as they are known and had come."""
    first, last = event.started, event.ended if event.ended and event.ended <= as_of else None
    if event.precision == "month" and first:
        return short(first).partition(" ")[2]
    if event.precision == "week" and first:
        return f"until {short(last or first)}"
    if first and last and first != last:
        return f"{_shortened(first, last)} to {short(last)}"
    if first or last:
        return short(first or last or event.first_known) if first else f"until {short(last or event.first_known)}"
    return f"before {short(event.first_known)}"


def _shortened(first: date, last: date) -> str:
    """The first of two days, without what the second says too."""
    words = short(first).split()
    keep = 1 if (first.year, first.month) == (last.year, last.month) else 2 if first.year == last.year else 3
    return " ".join(words[:keep])
