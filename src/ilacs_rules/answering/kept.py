"""The one place that keeps: what was read, found and answered of a history, for every day on which it holds.

::

    Kept                  of one history
    └─ Stretch            the days between two of its turning days, within one year: the same facts
       └─ Standing        for each set of tracks: the same rules and windows
          └─ Answers      the days between two edges of those windows: the same, but for their date

Each level is made for the first day that is asked about, and where its days end is worked out when a second one is.
"""

from bisect import bisect_right
from collections.abc import Hashable
from datetime import date
from typing import Generic, TypeVar

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.found import Found, Tracks
from ilacs_rules.answering.ranked import edges_of
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import Facts, History, View, history_of
from ilacs_rules.situation.view import Place

__all__ = ["FEW_BOOKS", "DaysAlike", "Kept", "Standing", "Stretch", "kept_of"]

FEW_BOOKS = 4
"""Of so many rulebooks, those asked last, what was found is kept: a history that lives long holds no others fast."""
Made = TypeVar("Made")


class DaysAlike(Generic[Made]):
    """What was made for one day, kept for every day that stands in the same place. Each kind says what a place is.

    >>> class Months(DaysAlike[str]):
    ...     def place(self, day: date) -> int:
    ...         return day.month
    >>> months = Months()
    >>> months.keep(date(2024, 5, 15), "May")
    'May'
    >>> months.of(date(2024, 5, 1)), months.of(date(2024, 6, 1))
    ('May', None)
    """

    __slots__ = ("_first", "_others")

    def __init__(self) -> None:
        self._first: tuple[date, Made] | None = None
        self._others: dict[Hashable, Made] | None = None

    def place(self, day: date) -> Hashable:
        """Where a day stands."""
        raise NotImplementedError

    def of(self, day: date) -> Made | None:
        """What is kept for a day like this one, if anything is."""
        first = self._first
        if first is None:
            return None
        if first[0] == day:
            return first[1]
        if self._others is None:
            self._others = {self.place(first[0]): first[1]}
        return self._others.get(self.place(day))

    def all(self) -> list[Made]:
        """Everything that is kept."""
        return [*([self._first[1]] if self._first else []), *list((self._others or {}).values())]

    def keep(self, day: date, made: Made) -> Made:
        """Keep what was made for a day."""
        if self._first is None:
            self._first = day, made
        elif self._others is None:
            self._others = {self.place(day): made}
        else:
            self._others[self.place(day)] = made
        return made


class Standing(DaysAlike[tuple[Answer, ...]]):
    """What was found for some tracks; and what was answered by it, between two edges of its windows."""

    __slots__ = ("book", "edges", "found")

    def __init__(self, found: tuple[Found, ...], book: Rulebook) -> None:
        super().__init__()
        self.found, self.book = found, book
        self.edges: tuple[date, ...] | None = None

    def place(self, day: date) -> int:
        """Among the edges of the windows."""
        if self.edges is None:
            self.edges = edges_of(self.found)
        return bisect_right(self.edges, day)


class Stretch:
    """The facts of a stretch of days, and what was found by them."""

    __slots__ = ("facts", "standing")

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.standing: dict[Tracks, Standing] = {}


class Kept(DaysAlike[Stretch]):
    """All that is kept of one history."""

    __slots__ = ("books", "history", "last")

    def __init__(self, history: History) -> None:
        super().__init__()
        self.history = history
        self.last: Rulebook | None = None
        self.books: tuple[Rulebook, ...] = ()

    def place(self, day: date) -> Place:
        """Among the turning days of the history, and in its years."""
        return self.history.place(day)

    def stretch(self, day: date, book: Rulebook) -> Stretch:
        """The stretch of days in which a day lies; what was found by a rulebook of long ago is let go."""
        if book is not self.last:
            self.last = book
            self.books = (*[each for each in self.books if each is not book], book)
            if len(self.books) > FEW_BOOKS:
                self._let_go(self.books[0])
                self.books = self.books[1:]
        return self.of(day) or self.keep(day, Stretch(Facts(View(self.history, day))))

    def _let_go(self, old: Rulebook) -> None:
        for stretch in self.all():
            found = list(stretch.standing.items())
            stretch.standing = {tracks: standing for tracks, standing in found if standing.book is not old}


def kept_of(subject: Subject) -> Kept:
    """What is kept of a subject's history: it is left with the subject, and a copy of the subject has none of it."""
    history = history_of(subject)
    beside: dict[str, object] = vars(subject)
    kept = beside.get("_kept")
    if not isinstance(kept, Kept) or kept.history is not history:
        kept = beside["_kept"] = Kept(history)
    return kept
