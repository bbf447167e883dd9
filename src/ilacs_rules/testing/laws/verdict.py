"""What is said of a rulebook and a law: that it holds, or the smallest history that breaks it, ready to be pasted."""

from dataclasses import dataclass
from datetime import date

from ilacs_rules.records import LocalAuthority, Subject

__all__ = ["Counterexample", "Verdict"]


@dataclass(frozen=True)
class Counterexample:
    """A history that breaks a law, and the day on which it does. You can paste what it prints into Python.

    Attributes:
        words: what is wrong, and the answers, line by line.
        subject, as_of: the history and the day. Both are ``None`` if only a box is known and no history in it.
        other, other_day: the history or the day that it was compared with, if the law compares.

    >>> authority = LocalAuthority(name="An authority", created=date(2024, 4, 1))
    >>> print(Counterexample(("It is wrong.",), authority, date(2024, 6, 1)))
    It is wrong.
    import ilacs_rules as ir
    from datetime import date
    subject = ir.LocalAuthority.model_validate_json('{"name":"An authority","created":"2024-04-01"}')
    ir.answers(subject, as_of=date(2024, 6, 1))
    >>> print(Counterexample(("No rule answers this case.",)))
    No rule answers this case.
    """

    words: tuple[str, ...]
    subject: Subject | None = None
    as_of: date | None = None
    other: Subject | None = None
    other_day: date | None = None

    def __str__(self) -> str:
        lines = list(self.words)
        if self.subject is not None and self.as_of is not None:
            lines += ["import ilacs_rules as ir", "from datetime import date", _written("subject", self.subject)]
            lines.append(f"ir.answers(subject, as_of={_day(self.as_of)})")
        if self.other is not None and self.as_of is not None:
            lines += [_written("other", self.other), f"ir.answers(other, as_of={_day(self.as_of)})"]
        if self.other_day is not None:
            lines.append(f"ir.answers(subject, as_of={_day(self.other_day)})")
        return "\n".join(lines)


def _written(name: str, subject: Subject) -> str:
    kind = "LocalAuthority" if isinstance(subject, LocalAuthority) else "Provider"
    return f"{name} = ir.{kind}.model_validate_json({subject.model_dump_json(exclude_defaults=True)!r})"


def _day(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"


@dataclass(frozen=True)
class Verdict:
    """What was found when a law was run against a rulebook.

    Attributes:
        law: the name of the law.
        examples: how many histories were tried.
        departed: the names of the departures that the rulebook really makes.
        not_met: what would break the law in some box in which no history was found.
        counterexample: what breaks it. ``None`` if nothing was found.

    >>> print(Verdict("every rose has a thorn", 100))
    every rose has a thorn: holds (100 histories tried)
    >>> print(Verdict("every rose has a thorn", 7, counterexample=Counterexample(("This one has none.",))))
    every rose has a thorn: BROKEN (7 histories tried)
    This one has none.
    """

    law: str
    examples: int
    departed: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    counterexample: Counterexample | None = None

    @property
    def held(self) -> bool:
        """Whether nothing was found that breaks the law."""
        return self.counterexample is None

    def __str__(self) -> str:
        lines = [f"{self.law}: {'holds' if self.held else 'BROKEN'} ({self.examples} histories tried)"]
        lines += [f"  but for this: {name}" for name in self.departed]
        lines += [f"  no history was found in a box in which {words}" for words in self.not_met]
        return "\n".join([*lines, str(self.counterexample)] if self.counterexample else lines)
