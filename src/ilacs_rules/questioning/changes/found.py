"""What would change an answer: each change in words, the changed history, and the answer that it would get."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import one_line
from ilacs_rules.dates import in_full
from ilacs_rules.plain_text import for_html, for_terminal
from ilacs_rules.records import LocalAuthority, Provider
from ilacs_rules.values import Record

__all__ = ["Change", "ChangeKind", "Changes"]

_FEW = 3
"""So many ways to one answer are written out; the rest are counted."""


class ChangeKind(StrEnum):
    """Every kind of change that is considered. The list is complete.

    >>> [kind.value for kind in ChangeKind]
    ['time', 'grade', 'outcome', 'report', 'one_more', 'one_fewer']
    >>> ChangeKind.ONE_MORE.value  # one activity more than is on record
    'one_more'
    """

    TIME = "time"  # nothing happens, and a day comes
    GRADE = "grade"  # another of today's four grades on one judgement of the last inspection whose report is out
    OUTCOME = "outcome"  # another outcome of the latest letter or report of a kind, or none
    REPORT = "report"  # the report of the latest activity of a kind that has begun comes out on the day
    ONE_MORE = "one_more"  # one more activity of a kind, begun on the day; or begun, ended and reported on it
    ONE_FEWER = "one_fewer"  # the latest activity of a kind had not happened


def _which(value: Any) -> str:
    kind: object = value.get("type") if isinstance(value, dict) else value.type  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    return "authority" if kind in (None, "local_authority") else "provider"


class Change(Record):
    """One change, and the answer that it would lead to.

    Attributes:
        kind: what kind of change it is.
        words: the change in words.
        day: the day that is asked about: ``as_of``, or a later day.
        days: how many days after ``as_of`` that is.
        facts: the facts of the rulebook that would differ.
        subject: the changed history.
        answer: the answer that it would get. ``None`` if it cannot be answered.
        not_answered: why it cannot be answered, if so.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> change = ir.what_would_change(agency, as_of=date(2024, 3, 1)).over_time[0]
    >>> print(change)
    in 183 days, on 31 August 2024, the full inspection opens
    >>> Change.model_validate_json(change.model_dump_json()) == change
    True
    """

    kind: ChangeKind
    words: str
    day: date
    days: int = 0
    facts: tuple[str, ...] = ()
    subject: Annotated[
        Annotated[LocalAuthority, Tag("authority")] | Annotated[Provider, Tag("provider")], Discriminator(_which)
    ]
    answer: Answer | None
    not_answered: str = ""

    def __str__(self) -> str:
        return for_terminal(self.words)

    @property
    def gives(self) -> str:
        """The answer in one line. If there would be none, why. It raises no error.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> changes = ir.what_would_change(agency, as_of="2024-03-01")
        >>> "31 August 2024 to 31 January 2025" in changes.over_time[0].gives
        True
        >>> all(change.gives for change in changes.by_one_change)
        True
        """
        return one_line(self.answer) if self.answer else f"no answer: {self.not_answered}"


class Changes(Record):
    """The nearest changes that alter an answer.

    Attributes:
        subject, as_of: the subject and the day that you asked about.
        until: the last day that was looked at.
        answer: the answer as it stands.
        over_time: the days to come on which it changes even if nothing else happens, in order.
        by_one_change: the single changes that alter it. Those that change the fewest facts come first.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> changes = ir.what_would_change(agency, as_of=date(2024, 3, 1))
    >>> [(change.day.isoformat(), change.answer.status.value) for change in changes.over_time]
    [('2024-08-31', 'open'), ('2025-02-01', 'overdue')]
    >>> sorted({change.kind.value for change in changes.by_one_change})
    ['one_more']
    """

    subject: str
    as_of: date
    until: date
    answer: Answer
    over_time: tuple[Change, ...]
    by_one_change: tuple[Change, ...]

    def __str__(self) -> str:
        return "\n".join(map(for_terminal, self._lines()))

    def _lines(self) -> Iterator[str]:
        yield f"{self.subject}, asked on {in_full(self.as_of)}"
        yield f"  Now: {one_line(self.answer)}"
        yield f"  With nothing else happening, until {in_full(self.until)}:"
        yield from (f"    {change.words}" for change in self.over_time)
        yield from () if self.over_time else ["    it stays as it is"]
        yield "  With one change:"
        for gives, words in self._grouped().items():
            yield f"    {gives}"
            yield from (f"      if {text}" for text in words[:_FEW])
            yield from [f"      and {len(words) - _FEW} more changes"] if len(words) > _FEW else []
        yield from () if self.by_one_change else ["    none of those considered alters it"]

    def _grouped(self) -> dict[str, list[str]]:
        """The changes that lead to one answer, together."""
        found: dict[str, list[str]] = {}
        for change in self.by_one_change:
            found.setdefault(self._gives(change), []).append(change.words)
        return found

    def _gives(self, change: Change) -> str:
        """What a change gives; where that reads as it does now, the rule that gives it instead."""
        same = change.answer is not None and change.gives == one_line(self.answer)
        return f"{change.gives}, by another rule: {change.answer.rule}" if change.answer and same else change.gives

    def _repr_html_(self) -> str:
        """The changes as a small table, for notebooks."""
        changes = (*self.over_time, *self.by_one_change)
        pairs = ((change.words, self._gives(change)) for change in changes)
        rows = "".join(f"<tr><td>{for_html(words)}</td><td>{for_html(gives)}</td></tr>" for words, gives in pairs)
        caption = f"<caption>{for_html(one_line(self.answer))}</caption>"
        return f"<table>{caption}<tr><th>If</th><th>Then</th></tr>{rows}</table>"
