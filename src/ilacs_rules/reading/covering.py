"""What a subject's record would show, told from the sheets it stands in: of what, and from which day to which.

That a file is silent is evidence only where it would have spoken. A sheet ends before its last report could have been
out, and a snapshot begins with the latest inspection. A provider that may have closed is covered up to its own last
row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import cast

from ilacs_rules.dates import add_days
from ilacs_rules.reading.form import Shows
from ilacs_rules.reading.matching import Matched
from ilacs_rules.reading.told import AUTHORITY, Told
from ilacs_rules.records import WHOLE, Covered, Whole
from ilacs_rules.vocabulary import ACTIVITIES, INSPECTIONS, Activity

__all__ = ["SheetEnd", "all_but", "covered_of", "lost_of"]

_ACTIVE = frozenset({"", "active", "suspended", "current", "proposed"})

Span = tuple[date, date]


@dataclass(slots=True)
class SheetEnd:
    """How far a sheet reaches: the latest first day of each activity in it, and the last day of publication."""

    matched: Matched
    latest: dict[Activity, date] = field(default_factory=dict[Activity, date])
    published: date = date.min
    _ends: list[tuple[Shows, date]] | None = None

    def add(self, told: Told) -> None:
        """Take a row's events into account."""
        for found in told.founds:
            event = found.event
            if event:
                first = event.first_known
                if first > self.latest.get(event.activity, date.min):
                    self.latest[event.activity] = first
                if event.published and event.published > self.published:
                    self.published = event.published

    def shown(self) -> list[tuple[Shows, date]]:
        """What the sheet shows, with the last day on which that would stand in it; worked out once, after all rows."""
        if self._ends is None:
            self._ends = [(shows, until) for shows in self.matched.form.shows if (until := self._until(shows))]
        return self._ends

    def _until(self, shows: Shows) -> date | None:
        days = [day for activity in shows.activities if (day := self.latest.get(activity))]
        if not days:
            return None
        last = max(days)
        take = self.matched.form.reports_take
        return min(last, add_days(self.published if self.published > date.min else last, -take)) if take else last


def covered_of(
    rows: Sequence[Told], ends: Mapping[int, SheetEnd], years: Iterable[SheetEnd]
) -> Whole | tuple[Covered, ...]:
    """What the record of one subject shows.

    Args:
        rows: the subject's rows.
        ends: how far each sheet reaches, by the identity of the sheet.
        years: the sheets of a year, which show of every active provider whether it was inspected.
    """
    lost = lost_of(rows)
    if lost is None:
        return ()
    claims = {told.row.matched.form.covers for told in rows}
    if claims == {WHOLE[0]}:
        return all_but(lost, rows[0].kind == AUTHORITY) if lost else WHOLE[0]
    spans: dict[Activity, list[Span]] = {}
    for activities, span in (*_of_its_sheets(rows, ends), *_of_years(rows, years)):
        if span[0] <= span[1]:
            for activity in activities:
                spans.setdefault(activity, []).append(span)
    found = [
        (*span, activity.value, activity)
        for activity, of in spans.items()
        if activity not in lost
        for span in (of if len(of) == 1 else _joined(of))
    ]
    found.sort(key=itemgetter(0, 2, 1))
    return tuple([_covered(activity, since, until) for since, until, _, activity in found])


def lost_of(rows: Iterable[Told]) -> Collection[Activity] | None:
    """The activities of rows that could not be used; ``None`` where it cannot be told of which they were."""
    lost = {found.activity for told in rows for found in told.founds if not found.event}
    if None in lost or any(told.broken for told in rows):
        return None
    return cast("set[Activity]", lost)


def all_but(lost: Collection[Activity], of_authority: bool) -> tuple[Covered, ...]:
    """Every inspection and visit but those of which a row could not be used: what it said is not on record."""
    who = "authority" if of_authority else "provider"
    kinds = sorted(kind for kind in INSPECTIONS if who in ACTIVITIES[kind].to and kind not in lost)
    return tuple(Covered(activity=kind) for kind in kinds)


Shown = tuple[Sequence[Activity], Span]


def _of_its_sheets(rows: Sequence[Told], ends: Mapping[int, SheetEnd]) -> Iterator[Shown]:
    of_sheet: dict[int, list[Told]] = {}
    for told in rows:
        of_sheet.setdefault(id(told.row.matched), []).append(told)
    for sheet, own in of_sheet.items():
        end = ends[sheet]
        if not end.shown():
            continue
        days = [found.event.first_known for told in own for found in told.founds if found.event]
        for shows, until in end.shown():
            yield from ((shows.activities, span) for span in _spans(shows, until, own, days, end))


def _of_years(rows: Sequence[Told], years: Iterable[SheetEnd]) -> Iterator[Shown]:
    """What the sheets of a year show of one that was active when the year ended, whether it has a row there or not."""
    of = rows[0].row.matched.form.of
    active_at = {told.row.matched.as_at for told in rows if told.row.matched.as_at and _is_active(told)}
    for end in years:
        year = end.matched.year
        if year and end.matched.day in active_at and end.matched.form.of == of:
            yield from ((shows.activities, (year, until)) for shows, until in end.shown())


def _is_active(told: Told) -> bool:
    return told.status in _ACTIVE


def _spans(shows: Shows, until: date, own: Sequence[Told], days: Sequence[date], end: SheetEnd) -> Iterator[Span]:
    """The stretches of days of which a sheet shows some activities, of a subject whose events in it have these days."""
    if shows.ends == "own" or (shows.how == "year" and not all(map(_is_active, own))):
        until = min(until, max(days, default=date.min))
    if shows.how == "latest":
        yield min(days, default=date.min), until
    elif shows.how == "year":
        if end.matched.year:
            yield end.matched.year, min(until, end.matched.day)
    else:
        yield from ((since or date.min, min(until, last or until)) for since, last in shows.pairs())


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Stretches of days; those that meet or overlap are one."""
    last: Span | None = None
    for since, until in sorted(spans):
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
