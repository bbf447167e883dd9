"""The days of one event in a row: each as its format writes days, in their order, and none that cannot be."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from ilacs_rules.reading.days import expected_day
from ilacs_rules.reading.days_in_order import DAYS, in_order, ordered
from ilacs_rules.reading.log import Log, Row
from ilacs_rules.reading.matching import GroupPlaces, Matched
from ilacs_rules.reading.opening.sheet import Cell, shown

__all__ = ["DaysOfRow"]

_PRECISION = re.compile(r"\bprecision=([^;\s]*)")
_Place = tuple[str, int]
"""A field, and where it stands in the row."""
Precision = Literal["", "day", "week", "month"]


class DaysOfRow:
    """Reads the days of one of the events that each row of a sheet may hold."""

    def __init__(self, matched: Matched, places: GroupPlaces, log: Log) -> None:
        self.days, self.group, self.places, self.log = matched.days, places.group, places.columns, log
        self.places_of_days = tuple((name, self.places[name]) for name in DAYS if name in self.places)
        self._a_day = expected_day(self.days.patterns, of_profile=not matched.form.publisher)
        self._since = matched.form.since(places.group)
        self._too_early = ("is earlier than any event of this kind", f"{self._since} or later")
        self._tells_first_day = "started" in self.group.needs and self.group.reports == "out"
        self._best: Precision = "day" if self._begins_with_first_day(matched) else "week"

    def any_in(self, cells: Sequence[Cell]) -> bool:
        """Whether a row holds anything where a day would stand."""
        return any(not self.days.is_none(cells[place]) for _, place in self.places_of_days)

    def _begins_with_first_day(self, matched: Matched) -> bool:
        """Whether what stands for the first day is that; a sheet that does not say its day is of its latest one."""
        until, place = self.group.not_the_first_until, self.places.get("started")
        if until is None or place is None:
            return True
        if matched.day > date.min:
            return matched.day > until
        cells = [row[place] for row in matched.sheet.rows[matched.header + 1 :] if place < len(row)]
        return any((found := self.days.read(cell)) and found.day > until for cell in cells)

    def read(self, row: Row) -> tuple[dict[str, date], str]:
        """The row's days by field, in order, and how well the first is known; none: the row is skipped."""
        days, unread, early, by_month = self._days_in(row)
        if not days:
            self._no_day(row, unread or early, early=not unread)
            return {}, ""
        for faulty, problem, expected in ((unread, "is not a day", self._a_day), (early, *self._too_early)):
            for _, place in faulty:
                value = shown(row.cells[place])
                self.log.add("value left out", row, row.column(place), problem, expected, value=value)
        if self.group.start_unknown_if_published and days.get("started") == days.get("published") and len(days) > 1:
            del days["started"]
        if "started" not in days and self._tells_first_day and self.days.is_none(row.cells[self.places["started"]]):
            column, problem = row.column(self.places["started"]), "is empty: the first day is not known"
            self.log.add("value left out", row, column, problem, self._a_day)
        if len(days) > 1 and not in_order(days):
            days = ordered(days, row, {name: row.column(place) for name, place in self.places_of_days}, self.log)
        if "precision" in self.places:
            by_month = self._precision(row, days) or by_month
        return days, "day" if "started" not in days else "month" if by_month else self._best

    def _days_in(self, row: Row) -> tuple[dict[str, date], list[_Place], list[_Place], bool]:
        """The days of a row; where one could not be read, or is too early; and whether the first is only a month."""
        days: dict[str, date] = {}
        unread: list[_Place] = []
        early: list[_Place] = []
        by_month = False
        for name, place in self.places_of_days:
            cell = row.cells[place]
            if self.days.is_none(cell):
                continue
            found = self.days.read(cell)
            if found and not (found.by_month and name != "started"):
                if found.day < self._since:
                    early.append((name, place))
                    continue
                days[name] = found.day
                by_month = by_month or found.by_month
            else:
                unread.append((name, place))
        return days, unread, early, by_month

    def _no_day(self, row: Row, unread: list[_Place], *, early: bool) -> None:
        problem, expected = "has no date at all", self._a_day
        if unread:
            problem, expected = self._too_early if early else ("is not a date, and the row has no other", self._a_day)
        places = [place for _, place in (unread or self.places_of_days)]
        columns = ", ".join(row.column(place) for place in places)
        value = ", ".join(shown(row.cells[place]) for place in places) if unread else ""
        self.log.add("row skipped", row, columns, problem, expected, value=value)

    def _precision(self, row: Row, days: dict[str, date]) -> bool:
        """Whether the first day stands for its month; a day that is known no better than to the year is left out."""
        text = shown(row.cells[self.places["precision"]])
        said = _PRECISION.search(text)
        word = said[1] if said else text if text in ("day", "month") else "d"
        if "started" not in days:
            return False
        if word in ("m", "m?", "month"):
            days["started"] = days["started"].replace(day=1)
            return True
        if word in ("d", "day"):
            return False
        del days["started"]
        action: Literal["row skipped", "value left out"] = "value left out" if days else "row skipped"
        problem = "is not a known precision, so the first day is left out"
        column = row.column(self.places["precision"])
        self.log.add(action, row, column, problem, "precision=d, m or m?", value=f"precision={word}")
        return False
