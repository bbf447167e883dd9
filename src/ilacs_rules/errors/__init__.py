"""The errors a user can meet: one family, each naming the field, the value and what was expected.

::

    IlacsRulesError
    ├── RecordError            what the caller supplied cannot be right
    │   ├── UnknownWordError   a word outside the closed vocabulary (with the nearest known one)
    │   ├── DateOrderError     dates that cannot follow one another
    │   ├── JudgementError     a judgement that the activity does not give, or two where one is allowed
    │   └── DuplicateEventError
    ├── MissingFactError       a rule needs a fact that the record should hold and does not
    ├── OutsideRulebookError   no rule of this rulebook speaks of that subject on that day
    ├── RulebookError          a rulebook that cannot be built: unknown fact, no source, wrong dates …
    │   └── ProofError         a gap or an overlap within a track, with a case that shows it
    ├── FileFormatError        a file that is neither a subject nor a published collection
    └── MissingExtraError      an optional part is not installed
"""

import re
from collections.abc import Iterable, Sequence
from typing import Self

from ilacs_rules.errors.remedies import Remedy
from ilacs_rules.errors.words import in_text, nearest, shorten
from ilacs_rules.plain_text import for_terminal

__all__ = [
    "DateOrderError",
    "DuplicateEventError",
    "FileFormatError",
    "IlacsRulesError",
    "JudgementError",
    "MissingExtraError",
    "MissingFactError",
    "OutsideRulebookError",
    "ProofError",
    "RecordError",
    "Remedy",
    "RulebookError",
    "UnknownWordError",
    "in_text",
    "nearest",
    "shorten",
]


class IlacsRulesError(Exception):
    """The family of every error that this library raises on purpose.

    Attributes:
        problem: what was wrong, as a sentence.
        field: where it was wrong, such as ``events[3].published``, or ``file: row: key`` in a rulebook.
        value: what stood there.
        expected: what would have been right.
        faults: every single fault, as an error of its own.

    An error with one fault holds itself in ``faults``. An error with several takes its ``problem``, ``field``,
    ``value`` and ``expected`` from the first.

    >>> error = IlacsRulesError("the grade is not known", field="judgements.overall", value="goood", expected="good")
    >>> print(error)
    judgements.overall: the grade is not known (found 'goood'; expected good)
    >>> error.faults == (error,), error.loc
    (True, ('judgements', 'overall'))
    >>> print(IlacsRulesError.together([error, IlacsRulesError("nothing to read")]))
    2 faults
      judgements.overall: the grade is not known (found 'goood'; expected good)
      nothing to read
    """

    def __init__(
        self,
        problem: str,
        *,
        field: str = "",
        value: object = None,
        expected: str = "",
        faults: Sequence[Self] = (),
    ) -> None:
        self.problem, self.field, self.value, self.expected = problem, field, value, expected
        self._several = tuple(faults)
        super().__init__(problem)

    @property
    def faults(self) -> tuple[Self, ...]:
        """Each single fault, in the order in which they were found.

        >>> error = IlacsRulesError("is empty", field="name")
        >>> error.faults == (error,)
        True
        >>> len(IlacsRulesError.together([error, IlacsRulesError("is empty", field="urn")]).faults)
        2
        """
        return self._several or (self,)

    @property
    def loc(self) -> tuple[int | str, ...]:
        """``field`` part by part, as pydantic and web services give a place: ``("events", 3, "published")``."""
        return tuple(int(part) if part.isdecimal() else part for part in _PART.findall(self.field))

    @classmethod
    def together(cls, faults: Iterable[Self]) -> Self:
        """One error that stands for one fault or several.

        Several faults of one kind give an error of that kind. Faults of different kinds give an error of ``cls``.

        >>> first, second = UnknownWordError("is not known", field="a"), UnknownWordError("is not known", field="b")
        >>> RecordError.together([first]) is first, type(RecordError.together([first, second])).__name__
        (True, 'UnknownWordError')
        >>> type(RecordError.together([first, DateOrderError("ends too early", field="c")])).__name__
        'RecordError'
        """
        each = tuple(single for fault in faults for single in fault.faults)
        first = each[0]
        if len(each) == 1:
            return first
        kinds = {type(fault) for fault in each}
        kind = kinds.pop() if len(kinds) == 1 else cls
        return kind(first.problem, field=first.field, value=first.value, expected=first.expected, faults=each)

    def __str__(self) -> str:
        if self._several:
            return "\n  ".join([f"{len(self._several)} faults", *map(str, self._several)])
        found = [] if self.value is None else [f"found {shorten(self.value)}"]
        wanted = [f"expected {self.expected}"] if self.expected else []
        tail = f" ({'; '.join(found + wanted)})" if found or wanted else ""
        return for_terminal(f"{self.field}: {self.problem}{tail}" if self.field else f"{self.problem}{tail}")

    def at(self, field: str) -> Self:
        """The same single error, said of another place."""
        return type(self)(self.problem, field=field, value=self.value, expected=self.expected)

    def within(self, place: str) -> Self:
        """The same error, with its place seen from further out: ``started`` within ``events[2]``.

        >>> print(RecordError("is not a date", field="started").within("events[2]"))
        events[2].started: is not a date
        >>> print(RecordError("is empty").within("events"))
        events: is empty
        """
        field = f"{place}.{self.field}" if self.field else place
        faults = [fault.within(place) for fault in self._several]
        return type(self)(self.problem, field=field, value=self.value, expected=self.expected, faults=faults)


_PART = re.compile(r"[^.\[\]]+")


class RecordError(IlacsRulesError, ValueError):
    """Something in a record (an event, a judgement, a subject) cannot be right.

    It is a ``ValueError`` too, as pydantic's own error is. So a validator of yours can build a record and refuse like
    any other validator.

    >>> import ilacs_rules as ir
    >>> ir.Event(activity="focused_visit")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: ...
    >>> issubclass(RecordError, ValueError)
    True
    """


class UnknownWordError(RecordError):
    """A word that is not in the vocabulary. The message names the nearest word that is.

    >>> import ilacs_rules as ir
    >>> ir.Event(activity="focussed_visit", started="2024-04-09")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: activity: is not a known activity (found 'focussed_visit'; expected ...
    >>> issubclass(UnknownWordError, RecordError)
    True
    """


class DateOrderError(RecordError):
    """Dates in the wrong order, such as an end before its start or a report before its inspection.

    >>> import ilacs_rules as ir
    >>> ir.Event(activity="focused_visit", started="2024-04-09", published="2024-04-08")
    Traceback (most recent call last):
    ilacs_rules.errors.DateOrderError: ...
    >>> ir.Event(activity="focused_visit", started="2024-04-09", ended="2024-04-09").ended.isoformat()  # one day
    '2024-04-09'
    """


class JudgementError(RecordError):
    """A judgement that this activity does not give on that day, or two where only one is allowed.

    >>> import ilacs_rules as ir
    >>> ir.Event(activity="ilacs_short", started="2026-04-13", judgements={"overall": "good"})
    Traceback (most recent call last):
    ilacs_rules.errors.JudgementError: ...
    >>> ir.Event(activity="ilacs_short", started="2026-03-30", judgements={"overall": "good"}).judgements.overall.value
    'good'
    """


class DuplicateEventError(RecordError):
    """The same event twice, or two inspections where there can have been only one.

    >>> import ilacs_rules as ir
    >>> visit = ir.Event(activity="focused_visit", started="2024-04-09")
    >>> ir.LocalAuthority(name="A council", events=[visit, visit])
    Traceback (most recent call last):
    ilacs_rules.errors.DuplicateEventError: ...
    >>> later = ir.Event(activity="focused_visit", started="2024-04-10")
    >>> len(ir.LocalAuthority(name="A council", events=[visit, later]).events)
    2
    """


class MissingFactError(IlacsRulesError):
    """A rule needs a fact that the record should hold, but the record does not hold it.

    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home")
    >>> ir.next_activity(home, as_of="2024-04-09")
    Traceback (most recent call last):
    ilacs_rules.errors.MissingFactError: ...
    >>> len(ir.answers(home, as_of="2024-04-09")) > 0  # the other questions can be answered
    True
    """


class OutsideRulebookError(IlacsRulesError):
    """The rulebook has no rule for that kind of subject on that day.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2015-06-01")
    >>> ir.next_activity(agency, as_of="2017-03-31")
    Traceback (most recent call last):
    ilacs_rules.errors.OutsideRulebookError: ...
    >>> ir.next_activity(agency, as_of="2017-04-01").activity.value
    'full_inspection'
    """


class RulebookError(IlacsRulesError):
    """A rulebook that cannot be built. ``field`` names the file, the row and the key.

    >>> import ilacs_rules as ir
    >>> ir.load_rulebook("no such folder")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: no such folder/rulebook.toml: cannot be read (expected a rulebook's file)
    >>> ir.load_rulebook().rule("no such rule")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: rule: is not known ...
    """


class ProofError(RulebookError):
    """A track with a situation that no rule answers, or that several rules answer. ``value`` is such a situation.

    >>> import ilacs_rules as ir
    >>> ir.load_rulebook().model_copy(update={"rules": ()})
    Traceback (most recent call last):
    ilacs_rules.errors.ProofError: track inspection: no rule answers this case ...
    >>> issubclass(ProofError, RulebookError)
    True
    """


class FileFormatError(IlacsRulesError):
    """A file that cannot be read or written, or whose form is not known.

    >>> import ilacs_rules as ir
    >>> ir.read("no such file")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: no such file: cannot be read (No such file or directory)
    >>> from io import StringIO
    >>> ir.read(StringIO("a,b"))
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: ...
    """


class MissingExtraError(IlacsRulesError):
    """An optional part of the library is not installed. The message says how to install it.

    >>> issubclass(MissingExtraError, IlacsRulesError)
    True
    >>> issubclass(MissingExtraError, RecordError)  # nothing is wrong with your record
    False
    """
