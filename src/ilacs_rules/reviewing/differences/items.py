"""What differs between two rulebooks, one by one: a pair of rules with its situations, a history that is touched."""

from datetime import date

from ilacs_rules.answering.answer import Answer
from ilacs_rules.rulebook import Condition, Rule
from ilacs_rules.values import Record

__all__ = ["Difference", "Touched"]


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
