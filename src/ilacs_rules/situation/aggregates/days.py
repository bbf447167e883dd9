"""What a fact reads of the subject itself and of the year in which the question is asked."""

from datetime import date
from typing import Literal, NamedTuple

from ilacs_rules import dates
from ilacs_rules.situation.aggregates.domains import (
    MAY_HAVE_ENDED,
    NO_LONGER,
    NOT_KNOWN,
    NOT_YET,
    YES,
    Choice,
    Day,
    Domain,
)
from ilacs_rules.situation.aggregates.latest import Latest, StartOf
from ilacs_rules.situation.aggregates.of_latest import DateOf
from ilacs_rules.situation.view import View

__all__ = ["PLACES", "Attribute", "Ended", "Existence", "FirstDayOf", "PlaceInYear", "place_in_year"]


class Attribute(NamedTuple):
    """A date that belongs to the subject itself; ``None`` for a subject of the other kind.

    Where ``needed``, a record that is meant to be whole must hold it.
    """

    name: Literal["created", "registered"]
    needed: bool = True

    @property
    def domain(self) -> Domain:
        return Day()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> date | None:
        history = view.history
        if _WHOSE[self.name] != history.who:
            return None  # a council is not registered, and a provider is not created: their records lack nothing
        day = history.began
        if day is None and self.needed:
            view.must_not_lack(self.name)
        return day if day is not None and day <= view.as_of else None


_WHOSE = {"created": "authority", "registered": "provider"}


class Existence(NamedTuple):
    """Whether the subject existed on the day: ``yes``, ``not_yet``, ``not_known``, ``no_longer``.

    ``may_have_ended``: its record says that it has ended, and not on which day; it may have been before the day asked.
    """

    @property
    def domain(self) -> Domain:
        return Choice((YES, NOT_YET, NOT_KNOWN, NO_LONGER, MAY_HAVE_ENDED))

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> str:
        if view.has_ended:
            return NO_LONGER
        if view.may_have_ended:
            return MAY_HAVE_ENDED
        if view.anything_happened:
            return YES
        day = view.history.began
        return NOT_KNOWN if day is None else YES if day <= view.as_of else NOT_YET


class Ended(NamedTuple):
    """The day on which the subject ended, once it has come: closed, or abolished."""

    @property
    def domain(self) -> Domain:
        return Day()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> date | None:
        day = view.history.ended
        return day if day is not None and day <= view.as_of else None


class FirstDayOf(NamedTuple):
    """The first day of the year in which the question is asked on which the subject existed, as far as is known."""

    period: StartOf

    @property
    def domain(self) -> Domain:
        return Day()

    @property
    def looks_at(self) -> Latest | None:
        return None

    def read(self, view: View) -> date:
        start = self.period.read(view)
        return max(start, view.began or start)


class PlaceInYear(NamedTuple):
    """Where a day lies, seen from the inspection year (1 April to 31 March) in which the question is asked."""

    day: "DateOf | Attribute"

    @property
    def domain(self) -> Domain:
        return Choice(PLACES)

    @property
    def looks_at(self) -> Latest | None:
        return self.day.looks_at

    def read(self, view: View) -> str:
        day = self.day.read(view)
        if day is None:
            return NOT_KNOWN
        return place_in_year(day, dates.start_of_inspection_year(view.as_of))


def place_in_year(day: date, this_year: date) -> str:
    """Where a day lies, seen from the inspection year that began on ``this_year``: one of ``PLACES``.

    >>> place_in_year(date(2024, 9, 30), date(2024, 4, 1)), place_in_year(date(2024, 3, 31), date(2024, 4, 1))
    ('this_year_first_half', 'last_year_last_quarter')
    >>> place_in_year(date(2023, 3, 31), date(2024, 4, 1))
    'earlier'
    """
    start = dates.start_of_inspection_year(day)
    if start not in (this_year, dates.add_months(this_year, -12)):
        return "earlier"
    part = "first_half" if day < dates.add_months(start, 6) else "autumn"
    part = "last_quarter" if day >= dates.add_months(start, 9) else part
    return f"{'this' if start == this_year else 'last'}_year_{part}"


PLACES = (
    "this_year_first_half",  # 1 April to 30 September
    "this_year_autumn",  # 1 October to 31 December
    "this_year_last_quarter",  # 1 January to 31 March
    "last_year_first_half",
    "last_year_autumn",
    "last_year_last_quarter",
    "earlier",
    NOT_KNOWN,
)
