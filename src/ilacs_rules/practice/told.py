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
        """How many days it has, counting the first and the last.

        >>> from datetime import date
        >>> Interval(first=date(2026, 9, 7), last=date(2026, 9, 8)).days
        2
        >>> Interval(first=date(2026, 9, 7), last=date(2026, 9, 7)).days
        1
        """
        return self.last.toordinal() - self.first.toordinal() + 1

    def __str__(self) -> str:
        return f"{in_full(self.first)} to {in_full(self.last)}"


class Forecast(Record):
    """When the next activity of a subject may begin, as chances, judging by others like it.

    It is practice, never a rule.

    Attributes:
        subject, urn, as_of: the subject, its number, and the day you asked about.
        activity, what: the activity that is forecast, as a word and in words.
        reason: why there is no forecast. Empty if there is one.
        chances: the chance (from 0 to 1) of each step ahead. The first step begins on the day after ``as_of``.
        step: how many days a step has: 7, or 1 if waits are short.
        evidence: what the chances rest on. ``None`` if the table has nothing of the kind.

    >>> import ilacs_rules as ir
    >>> from ilacs_rules.practice import forecast
    >>> home = ir.Provider(type="childrens_home", name="A home", events=[
    ...     ir.Event(activity="full_inspection", started="2024-05-14", published="2024-06-20",
    ...              judgements={"overall": "good"})])
    >>> told = forecast(home, as_of="2025-03-02")
    >>> told.step, 0 < sum(told.chances) <= 1.000001
    (7, True)
    >>> none = Forecast(subject="A home", as_of="2025-03-02", activity="full_inspection", what="", reason="None.")
    >>> none.interval(0.8) is None
    True
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
        """The shortest stretch of whole weeks (or days) that holds a share of the chances.

        Args:
            share: more than 0 and less than 1, such as 0.8.

        Returns:
            The stretch. ``None`` if nothing was seen that lasted so long.

        Raises:
            RecordError: ``share`` is not a number between 0 and 1.

        >>> import ilacs_rules as ir
        >>> from ilacs_rules.practice import forecast
        >>> home = ir.Provider(type="childrens_home", name="A home", events=[
        ...     ir.Event(activity="full_inspection", started="2024-05-14", published="2024-06-20",
        ...              judgements={"overall": "good"})])
        >>> told = forecast(home, as_of="2025-03-02")
        >>> told.interval(0.5).days <= told.interval(0.8).days
        True
        >>> told.interval(80)
        Traceback (most recent call last):
        ilacs_rules.errors.RecordError: share: is not a share ...
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
        """The chance that it begins within so many weeks of the day you asked about.

        Args:
            weeks: 1 or more.

        Returns:
            A number from 0 to 1. ``None`` if practice says nothing.

        Raises:
            RecordError: ``weeks`` is not a whole number from 1.

        >>> import ilacs_rules as ir
        >>> from ilacs_rules.practice import forecast
        >>> home = ir.Provider(type="childrens_home", name="A home", events=[
        ...     ir.Event(activity="full_inspection", started="2024-05-14", published="2024-06-20",
        ...              judgements={"overall": "good"})])
        >>> told = forecast(home, as_of="2025-03-02")
        >>> 0 <= told.odds(weeks=4) <= told.odds(weeks=52) <= 1
        True
        >>> told.odds(weeks=0)
        Traceback (most recent call last):
        ilacs_rules.errors.RecordError: ...
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
