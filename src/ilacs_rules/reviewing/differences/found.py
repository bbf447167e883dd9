"""What differs between two rulebooks, as values: the situations, and the histories that are touched."""

from datetime import date
from html import escape
from typing import Self

from ilacs_rules.answering.answer import Answer
from ilacs_rules.rulebook import Condition, Rule
from ilacs_rules.values import Record

__all__ = ["Diff", "Difference", "Touched"]


class Difference(Record):
    """Situations in which two rulebooks answer one question by different rules, or by one rule that says another thing.

    Attributes:
        track: the question.
        subject_types: the kinds of subject.
        old, new: the two rules; ``None`` where the question is not asked, or the situation cannot be on that day.
        what: in what the answers differ, by name: ``rule`` (only its id), ``activity``, ``closes``, ``certainty`` …;
            ``answered`` where one of the two does not answer.
        situations: boxes, each a conjunction of conditions; together all the situations, each in one of them.

    >>> from ilacs_rules import diff
    >>> found = diff(on=date(2026, 4, 1)).about("certainty").differences[0]
    >>> found.track, found.old.certainty.value, found.new.certainty.value
    ('inspection', 'reported', 'inferred')
    >>> print(found.situations[0][-1])
    last overall is outstanding or good
    """

    track: str
    subject_types: tuple[str, ...]
    old: Rule | None
    new: Rule | None
    what: tuple[str, ...]
    situations: tuple[tuple[Condition, ...], ...]


class Touched(Record):
    """A history whose answer to one question differs.

    Attributes:
        subject, urn, subject_type, track: whose, and to which question.
        old_day, new_day: the day on which each rulebook was asked.
        old, new: the two answers; ``None`` where there is none, and ``not_answered`` says why.
        what: which fields of the two differ.
    """

    subject: str
    urn: str
    subject_type: str
    track: str
    old_day: date
    new_day: date
    old: Answer | None
    new: Answer | None
    what: tuple[str, ...]
    not_answered: str = ""


class Diff(Record):
    """Everything in which two rulebooks differ.

    Attributes:
        old, new: the two versions.
        on: the day on which each was asked; nothing where both were asked on every day.
        differences: the situations; ``len(diff)`` counts the pairs of rules.
        asked: how many questions were put to real histories.
        subjects: the histories among those whose answers differ.
        not_answered: the questions that neither rulebook answers, each with the reason.
    """

    old: str
    new: str
    on: tuple[date, date] | None
    differences: tuple[Difference, ...]
    asked: int = 0
    subjects: tuple[Touched, ...] = ()
    not_answered: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.differences)

    def __bool__(self) -> bool:
        return bool(self.differences or self.subjects)

    def about(self, *names: str) -> Self:
        """Only what differs in at least one of some things: ``about("activity", "opens", "due", "closes")``.

        >>> from ilacs_rules import diff
        >>> found = diff(on=date(2026, 4, 1))
        >>> len(found.about("certainty")) < len(found), len(found.about("nothing of the kind"))
        (True, 0)
        """
        wanted = {*names, *({"window"} if {"opens", "due", "closes"} & set(names) else ())}
        return self.model_copy(
            update={
                "differences": tuple(item for item in self.differences if wanted & set(item.what)),
                "subjects": tuple(item for item in self.subjects if wanted & set(item.what)),
            }
        )

    def to_markdown(self) -> str:
        """The differences as Markdown: for each question the two rules and the situations; then the histories."""
        from ilacs_rules.reviewing.differences.markdown import to_markdown  # noqa: PLC0415 - which needs this form

        return to_markdown(self)

    def __str__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        """The pairs of rules as a small table, for notebooks."""
        rows = "".join(
            f"<tr><td>{escape(item.track)}</td><td>{escape(_id(item.old))}</td><td>{escape(_id(item.new))}</td>"
            f"<td>{escape(', '.join(item.what))}</td></tr>"
            for item in self.differences
        )
        head = "<tr><th>Track</th><th>Old</th><th>New</th><th>What differs</th></tr>"
        return f"<table><caption>{escape(self.old)} and {escape(self.new)}</caption>{head}{rows}</table>"


def _id(rule: Rule | None) -> str:
    return rule.id if rule else "not asked"
