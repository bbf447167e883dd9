"""The councils with children's services that came into being or were abolished since 2013, and those to be."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Self

from pydantic import model_validator

from ilacs_rules.errors import RulebookError, nearest
from ilacs_rules.rulebook.forms import RowDay
from ilacs_rules.rulebook.sources import Citation, Row, check_edition
from ilacs_rules.values import Text
from ilacs_rules.vocabulary import Certainty

__all__ = ["Council", "check_councils", "council_of"]


class Council(Row):
    """One council that began, ended or changed its form, and who says so.

    Attributes:
        name: what it is called. urn, area_code: its numbers, where a published file gives them to it.
        created, abolished: the first day on which it was there, and the first on which it was no longer.
        continued: the day on which a new council took its place in the same area, and its history ran on.
        successors, predecessors: the names of the councils that took its place, and of those whose place it took.
        announced: the day from which that was known.
        expected: the day has not come, or nobody has seen yet that it has: notes say it, and nothing rests on it.
        certainty, sources, gap: how well it is known, who says so, and what nobody says.

    >>> from ilacs_rules import load_rulebook
    >>> next(row for row in load_rulebook().councils if row.name == "Cumbria").successors
    ('Cumberland', 'Westmorland and Furness')
    >>> Council(name="A council", certainty="inferred", sources=())
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: created: is required (expected a date in created, abolished or continued)
    """

    name: Text
    urn: Text = ""
    area_code: Text = ""
    created: RowDay | None = None
    abolished: RowDay | None = None
    continued: RowDay | None = None
    successors: tuple[Text, ...] = ()
    predecessors: tuple[Text, ...] = ()
    announced: RowDay | None = None
    expected: bool = False
    certainty: Certainty
    sources: tuple[Citation, ...]
    gap: Text = ""

    @model_validator(mode="after")
    def _has_what_it_must(self) -> Self:
        days = [day for day in (self.created, self.continued, self.abolished) if day]
        if not days:
            raise RulebookError("is required", field="created", expected="a date in created, abolished or continued")
        if days != sorted(set(days)):
            said = ", ".join(map(str, days))
            raise RulebookError("its days are not in order", field="abolished", value=said, expected="created first")
        if self.announced and self.announced > days[-1]:
            raise RulebookError(
                "is later than the day that it announces",
                field="announced",
                value=self.announced,
                expected=f"{days[-1]}",
            )
        if self.expected and not (self.announced and self.abolished):
            raise RulebookError(
                "is required", field="announced", expected="the day from which it was known, and the day"
            )
        if not self.sources:
            raise RulebookError("has no source", field="sources", expected="at least one source with its place")
        check_edition(self.certainty, self.sources)
        return self

    @property
    def known_since(self) -> date:
        """The first day on which anything of this was known, as far as the row says."""
        return min(day for day in (self.announced, self.created, self.continued, self.abolished) if day)


def check_councils(councils: Iterable[Council]) -> None:
    """Refuse two rows of one council, and successors or predecessors that do not know of each other."""
    rows = list(councils)
    names = [row.name for row in rows]
    for place, row in enumerate(rows):
        where = f"council {row.name}"
        same = [other for other in rows[:place] if other.name == row.name and _overlap(other, row)]
        if same:
            raise RulebookError("appears twice", field=where, value=row.name, expected="one row for each council")
        for key, day, other_day, back in (
            ("successors", row.abolished, "created", "predecessors"),
            ("predecessors", row.created, "abolished", "successors"),
        ):
            for name in () if row.expected else getattr(row, key):
                known = [each for each in rows if each.name == name and getattr(each, other_day) == day]
                if not any(row.name in getattr(each, back) for each in known):
                    expected = f"a council {other_day} on {day} whose {back} name it: {nearest(name, names)}"
                    raise RulebookError(
                        "is not a council that names this one back",
                        field=f"{where}: {key}",
                        value=name,
                        expected=expected,
                    )


def _overlap(one: Council, other: Council) -> bool:
    """Whether two rows of one name speak of the same days."""
    first, second = sorted((one, other), key=_begins)
    return first.abolished is None or first.abolished > _begins(second)


def _begins(row: Council) -> date:
    return row.created or date.min


def council_of(
    councils: Iterable[Council], name: str, urn: str = "", *, spelt: Callable[[str], str] | None = None
) -> Council | None:
    """The row of a council, by its number, or else by its name. ``None`` if no row fits, or more than one.

    ``spelt``: how names are made alike; without it, their letters are.

    >>> from ilacs_rules import load_rulebook
    >>> rows = load_rulebook().councils
    >>> council_of(rows, "Northamptonshire").abolished, council_of(rows, "Leeds") is None
    (datetime.date(2021, 4, 1), True)
    >>> council_of(rows, "Dorset") is None, council_of(rows, "Dorset", "2532283").created  # two bore that name
    (True, datetime.date(2019, 4, 1))
    """
    alike = spelt or _plain
    rows = list(councils)
    if urn and (found := [row for row in rows if row.urn == urn]):
        return found[0]
    named = [row for row in rows if alike(row.name) == alike(name) and not (urn and row.urn)]
    return named[0] if len(named) == 1 else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", "and").split()).removesuffix(" council").removesuffix(" county")
