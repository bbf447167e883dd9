"""How a comparison is printed: a figure, then each disagreement by name, date and rule, with what explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import ilacs_rules as ir

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Subject = ir.LocalAuthority | ir.Provider


class Disagreement(NamedTuple):
    """One case in which what happened is not what a rule named; ``explained``: by what, or nothing."""

    who: str
    day: date
    what: str
    rule: str
    explained: tuple[str, ...] = ()

    def __str__(self) -> str:
        why = f"explained: {'; '.join(self.explained)}" if self.explained else "a disagreement"
        return f"* {self.who}, {self.day}: {self.what} ({self.rule}); {why}"


def comparison(title: str, figure: str, found: Sequence[Disagreement]) -> None:
    """Print one comparison."""
    explained = sum(bool(item.explained) for item in found)
    print(f"\n## {title}\n\n{figure}")
    print(f"The other {len(found)}: {explained} explained, {len(found) - explained} not.\n")
    print("\n".join(str(item) for item in found))


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table."""
    print(f"\n## {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")


def answer_of(track: str, subject: Subject, day: date) -> ir.Answer:
    """What one track answers."""
    return next(answer for answer in ir.answers(subject, as_of=day) if answer.track == track)


def suspended(book: ir.Rulebook, subject: Subject, track: str, first: date, last: date) -> tuple[str, ...]:
    """The suspensions that a cycle met. A window is lengthened by their days, but not by the backlog they left."""
    return tuple(
        f"the cycle met the suspension of {pause.first} to {pause.last}, whose days are counted, and its backlog"
        for pause in book.suspensions
        if pause.applies(str(subject.type), track) and pause.first <= last and first <= pause.last
    )


def priority_actions(subject: Subject, first: date, last: date) -> tuple[str, ...]:
    """The areas for priority action that were found between two days."""
    return tuple(
        f"an area for priority action was found on {event.first_known}"
        for event in subject.events
        if event.outcome is ir.Outcome.AREAS_FOR_PRIORITY_ACTION and first <= event.first_known <= last
    )


def came_early(subject: Subject, track: str, day: date) -> tuple[str, ...]:
    """The rule by which the inspectorate may come before anything is due, where there is one that day."""
    return tuple(
        f"a return before its time is allowed ({answer.rule})"
        for answer in ir.answers(subject, as_of=day)
        if answer.strength is ir.Strength.MAY
        and answer.activity is ir.Activity.FURTHER_ACTIVITY
        and answer.track != track
    )
