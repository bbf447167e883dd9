"""When the same happened to others like a subject, as an outlook shows it beside a window: practice, never a rule."""

from collections.abc import Iterable
from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.outlook.words import capital, short
from ilacs_rules.practice import POPULATIONS, Evidence, Interval, Table, forecast
from ilacs_rules.practice.populations import population_of
from ilacs_rules.records import Subject
from ilacs_rules.values import Record
from ilacs_rules.vocabulary import Activity

__all__ = [
    "HALF",
    "IN_DOUBT",
    "MOST",
    "PRACTICE",
    "SHORTLY",
    "WEEKS",
    "Measured",
    "Odds",
    "evidence_of_all",
    "measured_of",
]

HALF, MOST = 0.5, 0.8
"""The shares of the chances that are shown as a stretch of days."""
WEEKS = (4, 13, 26, 52)
"""The numbers of weeks whose odds are shown."""
SHORTLY = 13
IN_DOUBT = "(the record ends before the day asked)"
PRACTICE = "Seen to happen (practice, not policy)"


class Odds(Record):
    """The chance, from 0 to 1, that something begins within so many weeks."""

    weeks: int
    chance: float


class Measured(Record):
    """When one activity began for others like a subject: practice, never a rule.

    Attributes:
        activity, what: the activity that is forecast, as a word and in words.
        half, most: the shortest stretches of days that hold half of the chances, and eight in ten. ``None`` if nothing
            was seen that lasted so long.
        odds: the chance that it begins within 4, 13, 26 and 52 weeks.
        reason: why there is no forecast. Empty if there is one.
        evidence: what it rests on, if there is anything.
    """

    activity: Activity
    what: str
    half: Interval | None = None
    most: Interval | None = None
    odds: tuple[Odds, ...] = ()
    reason: str = ""
    evidence: Evidence | None = None

    @property
    def briefly(self) -> str:
        """The forecast as a cell of a table says it. Empty if there is none.

        What the record would not show is marked.

        >>> day = date(2026, 9, 7)
        >>> run = Interval(first=day, last=day)
        >>> Measured(activity="full_inspection", what="next full inspection", most=run).briefly
        '8 in 10: 7 Sep 2026 to 7 Sep 2026'
        """
        mark = f" {IN_DOUBT}" if self.unseen else ""
        return f"8 in 10: {short(self.most.first)} to {short(self.most.last)}{mark}" if self.most else ""

    @property
    def unseen(self) -> str:
        """What the record, which ends before the day asked, would not show; nothing where it reaches that day."""
        return self.evidence.unseen if self.evidence and not self.reason else ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """As a person would say it.

        >>> Measured(activity="full_inspection", what="next full inspection", reason="Nothing is on record.").sentences
        ('Next full inspection: no forecast. Nothing is on record.',)
        """
        if self.reason:
            return (f"{capital(self.what)}: no forecast. {self.reason}",)
        held = [
            f"{many} chances in 10 lie between {in_full(run.first)} and {in_full(run.last)}"
            for many, run in (("5", self.half), ("8", self.most))
            if run
        ]
        odds = ", ".join(f"{item.chance:.0%} within {item.weeks} weeks" for item in self.odds)
        return (f"{capital(self.what)}: {'; '.join(held) or 'no stretch of days holds half of the chances'}.",) + (
            (f"The chance that it begins is {odds}.",) if odds else ()
        )

    @property
    def in_full(self) -> tuple[str, ...]:
        """As a person would say it, with what is known of this wait."""
        return (*self.sentences, *(self.evidence.own if self.evidence and not self.reason else ()))

    def is_of(self, subject_type: str, activity: Activity) -> bool:
        """Whether an activity that the rulebook names is the one that was measured."""
        population = population_of(subject_type, activity)
        return not self.reason and population is not None and population.asks is self.activity


def measured_of(subject: Subject, as_of: date, table: Table | None = None) -> tuple[Measured, ...]:
    """When the same happened to others like a subject: first its next full or graded inspection, then its visits.

    For visits, there is an entry only if something can be told. For the inspection, there is also one that says why
    nothing can.

    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home")
    >>> measured_of(home, date(2024, 3, 20))[0].reason
    'Nothing is on record by that day that a wait could run from.'
    """
    asked = [population.asks for population in POPULATIONS if subject.type in population.types]
    main, *others = [_one(subject, as_of, table, activity) for activity in asked or (None,)]
    return (main, *(other for other in others if not other.reason))


def _one(subject: Subject, as_of: date, table: Table | None, activity: Activity | None) -> Measured:
    told = forecast(subject, as_of=as_of, table=table, activity=activity)
    chances = [(weeks, told.odds(weeks=weeks)) for weeks in WEEKS]
    return Measured(
        activity=told.activity,
        what=told.what,
        half=told.interval(HALF),
        most=told.interval(MOST),
        odds=tuple(Odds(weeks=weeks, chance=chance) for weeks, chance in chances if chance is not None),
        reason=told.reason,
        evidence=told.evidence,
    )


def evidence_of_all(items: Iterable[Measured]) -> dict[str, str]:
    """What the forecasts rest on, once for each kind of subject: its words, and what is known of them all.

    >>> evidence_of_all([])
    {}
    """
    told = (item.evidence for item in items if item.evidence and not item.reason)
    return {evidence.population: " ".join(evidence.of_all) for evidence in told}
