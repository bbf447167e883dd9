"""What a run never reached, in lines: row by row under the file that holds them, what was nearest to it first."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook import Rule
from ilacs_rules.testing.coverage.sides import IN_FORCE, Side, can_be, sides_of
from ilacs_rules.testing.coverage.watch import Watch

__all__ = ["Report", "report"]


class Missed(NamedTuple):
    """What was never reached of one row: sides; and where it never answered, what it was short of at the nearest."""

    rule: Rule
    answered: bool
    sides: tuple[Side, ...]
    short_of: tuple[str, ...] | None

    @property
    def rank(self) -> tuple[str, bool, int, str]:
        """By file; rows that never answered first, of those the nearest; then the fewest sides."""
        distance = len(self.sides) if self.answered else len(self.short_of) if self.short_of else 1_000
        return (self.rule.framework, self.answered, distance, self.rule.id)


class Report(NamedTuple):
    """How much of a rulebook a run reached.

    Attributes:
        version: the version of the rulebook.
        rows, rows_reached: the number of its rules, and of those that answered.
        sides, sides_reached: the number of sides of their boundaries, and of those that a question was on.
        missed: what was never reached.

    >>> Report("mine", rows=2, rows_reached=1, sides=6, sides_reached=5, missed=()).share
    0.75
    >>> Report("empty", rows=0, rows_reached=0, sides=0, sides_reached=0, missed=()).share
    1.0
    """

    version: str
    rows: int
    rows_reached: int
    sides: int
    sides_reached: int
    missed: tuple[Missed, ...]

    @property
    def share(self) -> float:
        """The share that was reached of rows and sides together, from 0 to 1.

        >>> Report("mine", rows=2, rows_reached=1, sides=6, sides_reached=5, missed=()).share
        0.75
        >>> Report("empty", rows=0, rows_reached=0, sides=0, sides_reached=0, missed=()).share
        1.0
        """
        of = self.rows + self.sides
        return (self.rows_reached + self.sides_reached) / of if of else 1.0

    def headline(self) -> str:
        """The whole in one line.

        >>> Report("mine", rows=2, rows_reached=1, sides=6, sides_reached=5, missed=()).headline()
        'rulebook mine: 1 of 2 rows answered, 5 of 6 sides of their boundaries reached (75.0%)'
        """
        rows = f"{self.rows_reached} of {self.rows} rows answered"
        sides = f"{self.sides_reached} of {self.sides} sides of their boundaries reached"
        return f"rulebook {self.version}: {rows}, {sides} ({self.share:.1%})"

    def lines(self) -> Iterator[str]:
        """What was never reached, a line each, under the names of the files."""
        for framework, missed in groupby(self.missed, key=lambda item: item.rule.framework):
            yield framework
            for item in missed:
                if item.answered:
                    yield f"  {item.rule.id}: never on"
                    yield from (f"    {side}" for side in item.sides)
                else:
                    yield f"  {item.rule.id}: never answered; {_nearest(item.short_of)}"


def _nearest(short_of: tuple[str, ...] | None) -> str:
    return "its track was never asked" if short_of is None else f"nearest but for: {' and '.join(short_of)}"


def report(watch: Watch) -> Report:
    """What a run reached, as an observer noted it.

    >>> from ilacs_rules import load_rulebook
    >>> nothing = report(Watch(load_rulebook()))
    >>> nothing.rows_reached, nothing.share, len(nothing.missed) == nothing.rows
    (0, 0.0, True)
    """
    rules = watch.book.rules
    sides = {rule.id: _sides(watch, rule) for rule in rules}
    reached = {rule.id: sides[rule.id] & watch.sides[rule.id] for rule in rules}
    missed = [
        Missed(
            rule,
            rule.id in watch.answered,
            tuple(sorted(sides[rule.id] - reached[rule.id], key=str)),
            watch.nearest.get(rule.id),
        )
        for rule in rules
        if rule.id not in watch.answered or reached[rule.id] != sides[rule.id]
    ]
    return Report(
        watch.book.version,
        rows=len(rules),
        rows_reached=len(watch.answered),
        sides=sum(map(len, sides.values())),
        sides_reached=sum(map(len, reached.values())),
        missed=tuple(sorted(missed, key=lambda item: item.rank)),
    )


def _sides(watch: Watch, rule: Rule) -> frozenset[Side]:
    """The sides of a rule that something can be on: not the day before anything was asked, and no impossible box."""
    track = next(track for track in watch.book.tracks if track.id == rule.track)
    first = min(track.answers[kind] for kind in rule.applies_to)
    nobody = {Side(IN_FORCE, add_days(rule.first, -1), inside=False)} if rule.first <= first else frozenset[Side]()
    return frozenset(side for side in sides_of(rule) - nobody if can_be(rule, side))
