"""What differs between two rulebooks, one by one: a pair of rules with its situations, a history that is touched."""

from datetime import date

from ilacs_rules.answering.answer import Answer
from ilacs_rules.rulebook import Condition, Rule
from ilacs_rules.values import Record

__all__ = ["Difference", "Touched"]


class Difference(Record):
    """Situations in which two rulebooks answer one question differently.

    Attributes:
        track: the question.
        subject_types: the kinds of subject.
        old, new: the two rules. ``None`` if the question is not asked, or the situation cannot be on that day.
        what: the fields that differ: ``rule`` (only its id), ``activity``, ``closes``, ``certainty`` and so on. It is
            ``answered`` if one of the two does not answer.
        situations: the situations, each as conditions that all hold. No situation is in two of them.

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
    """A history for which the answer to one question differs.

    Attributes:
        subject, urn, subject_type, track: which subject, and which question.
        old_day, new_day: the day on which each rulebook was asked.
        old, new: the two answers. ``None`` if there is none.
        not_answered: why there is none, if so.
        what: the fields in which the two answers differ.

    >>> import ilacs_rules as ir
    >>> council = ir.LocalAuthority(name="A council", events=[
    ...     ir.Event(activity="ilacs_short", started="2024-04-15", ended="2024-04-19",
    ...              published="2024-05-29", judgements={"overall": "good"})])
    >>> found = ir.diff(on="2026-04-01", subjects=[council]).subjects
    >>> {touched.subject for touched in found}
    {'A council'}
    >>> ir.diff(on="2025-06-02", subjects=[council]).subjects  # nothing changed that day
    ()
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
