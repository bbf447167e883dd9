"""The outlook as a calendar: an event for each day on which a window opens, is nominally due or closes.

An event follows its activity. It keeps its identity when the dates move, or when the next inspection takes the place of
one that was held. So a calendar that imports the file again moves the entry, and does not add a second.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any, NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import STRENGTH_MEANS, cited, how_certain
from ilacs_rules.dates import add_days
from ilacs_rules.errors import FileFormatError
from ilacs_rules.outlook.frames import needed
from ilacs_rules.outlook.measured import PRACTICE, Measured, evidence_of_all
from ilacs_rules.outlook.spoken import STATUS_MEANS, between
from ilacs_rules.outlook.summary import provenance, title_of
from ilacs_rules.outlook.value import Row, Seen
from ilacs_rules.outlook.words import activity_in_words, capital
from ilacs_rules.plain_text import address, for_terminal, lines_for_terminal
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import load_rulebook
from ilacs_rules.values import FIRST_DAY
from ilacs_rules.vocabulary import Certainty, Status, Strength

__all__ = ["to_ics"]

_EDGES = {"opens": "first day of its window", "due": "nominal day", "closes": "last day of its window"}
_SAME = ("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "STATUS")
_WARNED = 5
"""So many working days before, an alarm sounds: a working week."""
_AT = time.fromisoformat("09:00")


class Entry(NamedTuple):
    """A day of a window: whose, which of its days, and when it is."""

    row: Row
    subject: Subject
    edge: str
    day: date


def to_ics(outlook: Seen, *, before: bytes | None = None) -> bytes:
    r"""The outlook as iCalendar (RFC 5545): all-day events, each with the reason and its sources in its text.

    A forecast is an event of its own, over the days that hold eight chances in ten. It moves with each day asked about.

    Args:
        outlook: what is written.
        before: the calendar that was given out before. An event that did not change stays as it was. One that changed
            gets a higher number (``SEQUENCE``), and one that is gone is cancelled.

    Raises:
        MissingExtraError: icalendar is not installed.
        FileFormatError: ``before`` is not a calendar.

    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> text = to_ics(ir.outlook(home, as_of=date(2024, 3, 20), practice=False)).decode()
    >>> [line for line in text.splitlines() if line.startswith("DTSTART")]
    ['DTSTART;VALUE=DATE:20240401', 'DTSTART;VALUE=DATE:20240930']
    """
    icalendar = needed("icalendar", "outlook")
    whole = icalendar.Calendar()
    whole.add("prodid", "-//ilacs-rules//outlook//EN")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", for_terminal(title_of(outlook)))
    evidence = evidence_of_all(each for item in outlook.subjects for each in item.measured)
    rests_on = (f"{PRACTICE}, {kind}: {text}" for kind, text in evidence.items())
    whole.add("x-wr-caldesc", for_terminal(" ".join((provenance(outlook), *rests_on))))
    old = _events_of(before, icalendar) if before is not None else {}
    for entry in _entries(outlook):
        event = _event(entry, outlook, icalendar)
        whole.add_component(_numbered(event, old.pop(str(event["UID"]), None)))
    for item in outlook.subjects:
        for event in (_seen(item.subject, each, outlook, icalendar) for each in item.measured if each.most):
            whole.add_component(_numbered(event, old.pop(str(event["UID"]), None)))
    for event in old.values():
        whole.add_component(_cancelled(event))
    if not whole.subcomponents:
        whole.add_component(_nothing(outlook, icalendar))
    data: bytes = whole.to_ical()
    return data


def _entries(outlook: Seen) -> Iterator[Entry]:
    for row in (*outlook.rows, *outlook.may):
        window = row.answer.window
        for edge, day in (("opens", window.opens), ("due", window.due), ("closes", window.closes)):
            if day is not None:
                yield Entry(row, outlook.subjects[row.place].subject, edge, day)


def _event(entry: Entry, outlook: Seen, icalendar: Any) -> Any:
    answer, event = entry.row.answer, icalendar.Event()
    words = for_terminal(f"{answer.subject}: {activity_in_words(answer)}, {_EDGES[entry.edge]}")
    event.add("uid", _identity(entry))
    event.add("dtstamp", datetime.combine(outlook.as_of, time.min, UTC))
    event.add("sequence", (outlook.as_of - FIRST_DAY).days)
    event.add("dtstart", entry.day)
    event.add("dtend", add_days(entry.day, 1))
    event.add("summary", words + _marks(answer))
    event.add("description", lines_for_terminal(_described(answer)))
    event.add("status", "TENTATIVE" if answer.strength is Strength.MAY else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    url = next((url for citation in answer.sources if (url := address(citation.url))), "")
    if url:
        event.add("url", url)
    if entry.day >= outlook.as_of:
        event.add_component(_alarm(entry.day, words, icalendar))
    return event


def _identity(entry: Entry) -> str:
    """What an event is called for ever: whose, which question of the rulebook, which day of the window."""
    return _named(entry.subject, entry.row.answer.track, entry.edge)


def _named(subject: Subject, *what: str) -> str:
    whose = (str(subject.type), subject.urn or subject.name, *what)
    return f"{sha256('|'.join(whose).encode()).hexdigest()[:32]}@ilacs-rules"


def _marks(answer: Answer) -> str:
    """What must be seen at once: that it only may happen, that the day is our reading, that the record is silent."""
    marks = [
        "may happen" if answer.strength is Strength.MAY else "",
        "inferred" if answer.certainty is Certainty.INFERRED else "",
        "not recorded" if answer.status is Status.NOT_RECORDED else "",
    ]
    said = ", ".join(mark for mark in marks if mark)
    return f" ({said})" if said else ""


def _described(answer: Answer) -> str:
    """The text of an event: nothing in it changes with the day asked about alone."""
    lines = [
        f"{capital(activity_in_words(answer))} {between(answer.window)}.",
        f"How sure: {STRENGTH_MEANS[answer.strength]}; {how_certain(answer)}.",
        f"Why: {answer.says}",
        f"Not stated: {answer.gap}" if answer.gap else "",
        STATUS_MEANS[answer.status] if answer.status is Status.NOT_RECORDED else "",
        *answer.notes,
        "Sources:",
        *(f"- {cited(citation)}" for citation in answer.sources),
    ]
    return "\n".join(line for line in lines if line)


def _seen(subject: Subject, each: Measured, outlook: Seen, icalendar: Any) -> Any:
    """What was seen to happen, as one event over the days that hold eight chances in ten: tentative, without alarm."""
    event, run = icalendar.Event(), each.most
    assert run is not None  # only what has a stretch of days is asked for
    # What all forecasts of a kind rest on stands once, in the calendar's own description.
    rests_on = (*each.evidence.own, *each.evidence.not_in_it[:1]) if each.evidence else ()
    text = (f"{PRACTICE}.", *each.sentences, *rests_on)
    event.add("uid", _named(subject, "practice", each.activity.value))
    event.add("dtstamp", datetime.combine(outlook.as_of, time.min, UTC))
    event.add("sequence", (outlook.as_of - FIRST_DAY).days)
    event.add("dtstart", run.first)
    event.add("dtend", add_days(run.last, 1))
    event.add("summary", for_terminal(f"{subject.name}: {each.what}, 8 chances in 10 (practice, not policy)"))
    event.add("description", lines_for_terminal("\n".join(text)))
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(day: date, words: str, icalendar: Any) -> Any:
    warned, count = day, 0
    while count < _WARNED:
        warned = add_days(warned, -1)
        count += _is_worked(warned)
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", datetime.combine(warned, _AT) - datetime.combine(day, time.min))
    return alarm


def _is_worked(day: date) -> bool:
    """Whether a day is a working day; beyond the years whose bank holidays are known, any from Monday to Friday is."""
    known = load_rulebook().working_days
    return day in known if day.year in known.years else day.weekday() < 5


def _events_of(data: bytes, icalendar: Any) -> dict[str, Any]:
    if not isinstance(data, bytes | str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise FileFormatError(
            "is not a calendar", field="before", value=data, expected="the bytes of an iCalendar file (.ics)"
        )
    try:
        whole = icalendar.Calendar.from_ical(data)
    except ValueError as error:
        raise FileFormatError(f"is not a calendar ({error})", field="before", expected="iCalendar (.ics)") from None
    return {str(event["UID"]): event for event in whole.walk("VEVENT") if "UID" in event}


def _numbered(event: Any, old: Any) -> Any:
    """An event as it was where nothing of it changed; otherwise with a number above the old one."""
    if old is None:
        return event
    if all(_text(event, name) == _text(old, name) for name in _SAME):
        return old
    event["SEQUENCE"] = type(event["SEQUENCE"])(max(int(event["SEQUENCE"]), int(old.get("SEQUENCE", 0)) + 1))
    return event


def _cancelled(event: Any) -> Any:
    if str(event.get("STATUS", "")) != "CANCELLED":
        event["SEQUENCE"] = int(event.get("SEQUENCE", 0)) + 1
        event["STATUS"] = "CANCELLED"
    event.subcomponents = []
    return event


def _text(event: Any, name: str) -> bytes:
    value = event.get(name)
    return b"" if value is None else bytes(value.to_ical()) if hasattr(value, "to_ical") else str(value).encode()


def _nothing(outlook: Seen, icalendar: Any) -> Any:
    """A calendar must hold something: where no day is stated, a note that says so."""
    note = icalendar.Journal()
    note.add("uid", f"{sha256(title_of(outlook).encode()).hexdigest()[:32]}@ilacs-rules")
    note.add("dtstamp", datetime.combine(outlook.as_of, time.min, UTC))
    note.add("dtstart", outlook.as_of)
    note.add("summary", "No activity with a stated day")
    return note
