"""What a subject's record would show, told from the sheets it stands in: of what, and from which day to which.

That a file is silent is evidence only where it would have spoken. A sheet ends before its last report could have been
out; a snapshot begins with the latest inspection; a provider that may have closed is covered up to its own last row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ilacs_rules.dates import add_days
from ilacs_rules.reading.form import Shows
from ilacs_rules.reading.matching import Matched
from ilacs_rules.reading.told import Told
from ilacs_rules.reading.words import as_key
from ilacs_rules.records import Covered
from ilacs_rules.vocabulary import Activity

__all__ = ["SheetEnd", "covered_of"]

_ACTIVE = frozenset({"", "active", "suspended", "current", "proposed"})

Span = tuple[date, date]


@dataclass(slots=True)
class SheetEnd:
    """How far a sheet reaches: the latest first day of each activity in it, and the last day of publication."""

    matched: Matched
    latest: dict[Activity, date] = field(default_factory=dict[Activity, date])
    published: date = date.min

    def add(self, told: Told) -> None:
        """Take a row's events into account."""
        for found in told.founds:
            event = found.event
            if event:
                first = event.started or event.first_known
                self.latest[event.activity] = max(first, self.latest.get(event.activity, date.min))
                self.published = max(self.published, event.published or date.min)

    def until(self, shows: Shows) -> date | None:
        """The last day on which what the sheet shows would stand in it; ``None`` where it shows none of it."""
        days = [day for activity in shows.activities if (day := self.latest.get(activity))]
        if not days:
            return None
        last = max(days)
        take = self.matched.form.reports_take
        return min(last, add_days(self.published if self.published > date.min else last, -take)) if take else last


def covered_of(rows: Sequence[Told], ends: Mapping[int, SheetEnd], years: Iterable[SheetEnd]) -> tuple[Covered, ...]:
    """What the record of one subject shows.

    Args:
        rows: the subject's rows.
        ends: how far each sheet reaches, by the identity of the sheet.
        years: the sheets of a year, which show of every active provider whether it was inspected.
    """
    lost = {found.activity for told in rows for found in told.founds if not found.event}
    if None in lost or any(told.broken for told in rows):
        return ()
    spans: dict[Activity, list[Span]] = {}
    for activity, span in (*_of_its_sheets(rows, ends), *_of_years(rows, years)):
        spans.setdefault(activity, []).append(span)
    found = [
        _covered(activity, *span) for activity, of in spans.items() if activity not in lost for span in _joined(of)
    ]
    return tuple(sorted(found, key=lambda each: (each.since or date.min, each.activity.value, str(each.until or ""))))


def _of_its_sheets(rows: Sequence[Told], ends: Mapping[int, SheetEnd]) -> Iterator[tuple[Activity, Span]]:
    for sheet in {id(told.row.matched): None for told in rows}:
        own = [told for told in rows if id(told.row.matched) == sheet]
        for shows in ends[sheet].matched.form.shows:
            for span in _spans(shows, own, ends[sheet]):
                yield from ((activity, span) for activity in shows.activities)


def _of_years(rows: Sequence[Told], years: Iterable[SheetEnd]) -> Iterator[tuple[Activity, Span]]:
    """What the sheets of a year show of one that was active when the year ended, whether it has a row there or not."""
    of = rows[0].row.matched.form.of
    active_at = {told.row.matched.as_at for told in rows if told.row.matched.as_at and _is_active(told)}
    for end in years:
        year = end.matched.year
        if year and end.matched.form.of == of and end.matched.day in active_at:
            for shows in end.matched.form.shows:
                if until := end.until(shows):
                    yield from ((activity, (year, until)) for activity in shows.activities)


def _is_active(told: Told) -> bool:
    return as_key(told.row.text("status")) in _ACTIVE


def _spans(shows: Shows, own: Sequence[Told], end: SheetEnd) -> Iterator[Span]:
    until = end.until(shows)
    if until is None:
        return
    events = [found.event for told in own for found in told.founds if found.event]
    if shows.ends == "own" or (shows.how == "year" and not all(map(_is_active, own))):
        until = min(until, max((event.first_known for event in events), default=date.min))
    if shows.how == "latest":
        yield min((event.first_known for event in events), default=date.min), until
    elif shows.how == "year":
        if end.matched.year:
            yield end.matched.year, min(until, end.matched.day)
    else:
        yield from ((since or date.min, min(until, last or until)) for since, last in shows.pairs())


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Stretches of days without those that end before they begin; what meets or overlaps is one."""
    last: Span | None = None
    for since, until in sorted(span for span in spans if span[0] <= span[1]):
        if last and since <= add_days(last[1], 1):
            last = (last[0], max(last[1], until))
            continue
        if last:
            yield last
        last = (since, until)
    if last:
        yield last


@lru_cache(maxsize=16384)
def _covered(activity: Activity, since: date, until: date) -> Covered:
    return Covered(activity=activity, since=None if since == date.min else since, until=until)
