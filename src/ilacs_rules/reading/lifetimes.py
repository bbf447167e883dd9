"""When a provider was registered and when it closed, as the rows about it say; and what contradicts that, reported."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import TypedDict

from ilacs_rules.errors import nearest
from ilacs_rules.reading.days import expected_day
from ilacs_rules.reading.log import Log, Row
from ilacs_rules.reading.spelling import as_urn
from ilacs_rules.reading.told import Told
from ilacs_rules.records import Event
from ilacs_rules.vocabulary import ENDED, RegistrationStatus

__all__ = ["Lifetime", "day_of", "lifetime_of"]

_STATUSES = {
    **{status.value: status for status in RegistrationStatus},
    "current": RegistrationStatus.ACTIVE,
    "registered": RegistrationStatus.ACTIVE,
}


class Lifetime(TypedDict):
    """What a provider's record says of when it was there."""

    registered: date | None
    closed: date | None
    registration_status: RegistrationStatus | None
    status_as_at: date | None
    predecessor: str


def lifetime_of(rows: Sequence[Told], events: Sequence[Event], log: Log) -> Lifetime:
    """When a provider was registered and closed, and what its latest row says of its registration.

    Two of these, or one of them and an event, may contradict each other. Then one is left out and reported. The day of
    registration is left out if an event is earlier. The closing day and the status are left out if an event, or a later
    sheet, shows the provider there after it.
    """
    registered = _registered(rows, events, log)
    status, seen = _status(rows, log)
    last = max((event.started for event in events if event.started), default=date.min)
    closed = _closed(rows, log, registered, last, seen if status and status not in ENDED else None)
    if closed and status and seen and (status in ENDED) is not (closed <= seen):
        # Some lists of leavers still call those active that left within the year.
        status = seen = None
    if not closed and status in ENDED and seen and last > seen:
        _left_out(rows, "status", f"was the status on {seen}, but an event is later: {last}", "a later status", log)
        status = seen = None
    lifetime: Lifetime = {
        "registered": registered,
        "closed": closed,
        "registration_status": status,
        "status_as_at": seen,
        "predecessor": _predecessor(rows),
    }
    return lifetime


def _predecessor(rows: Iterable[Told]) -> str:
    """The number under which it was registered before; few sheets have a column for it."""
    said = (told.row.text("predecessor") for told in rows if "predecessor" in told.row.matched.columns)
    return next((number for text in said if (number := as_urn(text))), "")


def _closed(rows: Sequence[Told], log: Log, registered: date | None, last: date, there: date | None) -> date | None:
    """The closing day; none where something shows it there after it. ``there``: a day on which it was registered."""
    closed = day_of(rows, "closed", log)
    if closed is None:
        return None
    if registered and closed < registered:
        _left_out(rows, "closed", f"is earlier than its registration: {registered}", f"{registered} or later", log)
    elif last > closed:
        _left_out(rows, "closed", f"is earlier than an event: {last}", f"{last} or later", log)
    elif there and there > closed and _latest_day(rows, "closed") < there:
        _left_out(rows, "closed", f"is earlier than {there}, when a sheet says that it was active", "a later day", log)
    else:
        return closed
    return None


def _latest_day(rows: Iterable[Told], name: str) -> date:
    """The day of the latest sheet that says something."""
    return max((told.row.matched.day for told in rows if told.row.text(name)), default=date.min)


def _left_out(rows: Sequence[Told], name: str, problem: str, expected: str, log: Log) -> None:
    row = next(told.row for told in reversed(rows) if told.row.text(name))
    log.add("value left out", row, row.column_of(name), problem, expected, value=row.text(name))


def _status(rows: Sequence[Told], log: Log) -> tuple[RegistrationStatus | None, date | None]:
    """What is said of the registration and on which day, if that is known: by the latest row of the latest sheet."""
    latest: dict[int, Told] = {}
    for told in sorted(rows, key=attrgetter("day")):
        if told.status:
            latest[id(told.row.matched)] = told
    said = [found for told in latest.values() if (found := _said(told, log))]
    # A sheet that bears no day stands before those that do.
    return max(said, key=lambda found: found[1] or date.min, default=(None, None))


def _said(told: Told, log: Log) -> tuple[RegistrationStatus, date | None] | None:
    """What one row says of the registration, and the day on which, or by which, that was so."""
    text, matched = told.row.text("status"), told.row.matched
    key = told.status
    status = _STATUSES.get(key)
    if status is None:
        expected = nearest(key, RegistrationStatus)
        column = told.row.column_of("status")
        log.add("value left out", told.row, column, "is not a known registration status", expected, value=text)
        return None
    # By that day it was so, and only an end is so for good.
    by = (matched.day if matched.year else matched.form.status_by) if status in ENDED else None
    return status, day_of([told], "status_as_at", log) or matched.as_at or by


def day_of(rows: Sequence[Told], name: str, log: Log) -> date | None:
    """A day that rows say of their subject: the latest sheet's; none where rows of one day differ."""
    said: dict[date, list[tuple[date, Row]]] = {}
    for told in rows:
        if name not in told.row.matched.columns:
            continue
        day = _read_day(told.row, name, log)
        if day:
            said.setdefault(told.row.matched.day, []).append((day, told.row))
    if not said:
        return None
    latest = said[max(said)]
    days = {day for day, _ in latest}
    row = latest[-1][1]
    if len(days) > 1:
        both = ", ".join(str(day) for day in sorted(days))
        log.add(
            "value left out",
            row,
            row.column_of(name),
            "differs from another row of this subject",
            "one day",
            value=both,
        )
        return None
    others = sorted({day for each in said.values() for day, _ in each} - days)
    if others:
        words = ", ".join(map(str, others))
        log.add(
            "kept",
            row,
            row.column_of(name),
            "differs between sheets, and the later one is used",
            value=f"{row.text(name)}, {words}",
        )
    return days.pop()


def _read_day(row: Row, name: str, log: Log) -> date | None:
    form, days = row.matched.form, row.matched.days
    for place in row.matched.columns.get(name, ()):
        cell = row.cells[place]
        if days.is_none(cell):
            continue
        found = days.read(cell)
        if found and not found.by_month:
            return found.day
        log.add("value left out", row, row.column(place), "is not a day", expected_day(form.days), value=str(cell))
    return None


def _registered(rows: Sequence[Told], events: Iterable[Event], log: Log) -> date | None:
    """The day of registration where the rows give one, and nothing happened before it."""
    day = day_of(rows, "registered", log)
    first = min((event.first_known for event in events), default=date.max)
    if day and first < day:
        row = next(told.row for told in reversed(rows) if told.row.text("registered"))
        column = row.column_of("registered")
        log.add(
            "value left out", row, column, f"is later than an event: {first}", f"{first} or earlier", value=str(day)
        )
        return None
    return day
