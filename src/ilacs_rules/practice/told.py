"""A forecast as a value: chances by week, the shortest run that holds a share, and what it rests on."""

from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.errors import RecordError
from ilacs_rules.practice.curve import WEEK, shortest_run
from ilacs_rules.practice.evidence import Evidence
from ilacs_rules.values import Day, Record
from ilacs_rules.vocabulary import Activity

__all__ = ["Forecast", "Interval"]


class Interval(Record):
    """A stretch of days, both inclusive.

    >>> print(Interval(first=date(2026, 9, 7), last=date(2027, 4, 18)))
    7 September 2026 to 18 April 2027
    >>> Interval(first=date(2026, 9, 7), last=date(2026, 9, 7)).days
    1
    """

    first: Day
    last: Day

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def __str__(self) -> str:
        return f"{in_full(self.first)} to {in_full(self.last)}"


class Forecast(Record):
    """What was seen to happen to subjects like this one, as chances for its next activity. It is practice, never a
    rule.

    Attributes:
        subject, urn, as_of: who was asked about, and on which day.
        activity, what: what is forecast, as a word and in words.
        reason: why there is no forecast; nothing where there is one.
        chances: the chance of each step ahead, the first of which begins on the day after ``as_of``.
        step: how many days a step has: 7, or 1 where waits are short.
        evidence: what the chances rest on; ``None`` where the table has nothing of the kind.
    """

    subject: str
    urn: str = ""
    as_of: Day
    activity: Activity
    what: str
    reason: str = ""
    chances: tuple[float, ...] = ()
    step: int = WEEK
    evidence: Evidence | None = None

    def interval(self, share: float) -> Interval | None:
        """The shortest stretch of whole weeks (or days) that holds a share of the chances; ``None`` beyond experience.

        Args:
            share: more than 0 and less than 1.

        Raises:
            RecordError: it is not.
        """
        if not isinstance(share, float) or not 0 < share < 1:
            raise RecordError(
                "is not a share", field="share", value=share, expected="a number between 0 and 1, such as 0.8"
            )
        run = shortest_run(self.chances, share)
        if run is None:
            return None
        first = self.as_of.toordinal() + 1
        return Interval(
            first=date.fromordinal(first + self.step * run[0]),
            last=date.fromordinal(first + self.step * (run[1] + 1) - 1),
        )

    def odds(self, *, weeks: int) -> float | None:
        """The chance that it begins within so many weeks of the day asked; ``None`` where practice says nothing.

        Args:
            weeks: 1 or more.

        Raises:
            RecordError: it is not a whole number from 1.
        """
        if type(weeks) is not int or weeks < 1:
            raise RecordError("is not a number of weeks", field="weeks", value=weeks, expected="a whole number from 1")
        return sum(self.chances[: weeks * WEEK // self.step]) if self.chances else None

    def __str__(self) -> str:
        who = f"{self.subject}, {self.what}, asked on {in_full(self.as_of)}"
        if self.reason:
            return f"Practice, not policy. {who}: no forecast. {self.reason}"
        held = (f"{share:.0%}: {run}" for share in (0.5, 0.8) if (run := self.interval(share)))
        odds = (f"within {weeks} weeks {self.odds(weeks=weeks):.0%}" for weeks in (13, 26))
        return f"Practice, not policy. {who}: {'; '.join((*held, *odds))}. {self.evidence}"
