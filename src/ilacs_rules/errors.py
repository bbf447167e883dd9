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
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from reprlib import Repr
from typing import Self

from ilacs_rules.plain_text import for_terminal
from ilacs_rules.remembered import remembered

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
]


class IlacsRulesError(Exception):
    """The family of every error this library raises on purpose.

    Attributes:
        problem: what was wrong, as a sentence.
        field: where it was wrong (``events[3].published``, or ``file: row: key`` in a rulebook).
        value: what stood there.
        expected: what would have been right.
        faults: every single fault. An error with one fault holds itself; an error with several holds one error for
            each, and its own ``problem``, ``field``, ``value`` and ``expected`` are those of the first.

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
        """Each single fault, in the order in which they were found."""
        return self._several or (self,)

    @property
    def loc(self) -> tuple[int | str, ...]:
        """``field`` part by part, as pydantic and web services give a place: ``("events", 3, "published")``."""
        return tuple(int(part) if part.isdecimal() else part for part in _PART.findall(self.field))

    @classmethod
    def together(cls, faults: Iterable[Self]) -> Self:
        """One error for one fault or several. Several of one kind are an error of that kind, others one of ``cls``.

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
        """The same error, its field said from further out: ``started`` within ``events[2]``.

        >>> print(RecordError("is not a date", field="started").within("events[2]"))
        events[2].started: is not a date
        >>> print(RecordError("is empty").within("events"))
        events: is empty
        """
        field = f"{place}.{self.field}" if self.field else place
        faults = [fault.within(place) for fault in self._several]
        return type(self)(self.problem, field=field, value=self.value, expected=self.expected, faults=faults)


_PART = re.compile(r"[^.\[\]]+")


class Remedy(StrEnum):
    """What to do where a command or a page of the documentation helps; it stands in ``expected``.

    These sentences stand here alone, so that who shows an error elsewhere can say what to do there instead.

    >>> f"one of: {Remedy.OWN_PROFILE}"
    'one of: a profile of your own, which `ilacs-rules columns` makes'
    """

    KNOWN_FILE = "a published file (docs/open-your-file.md lists them)"
    OWN_PROFILE = "a profile of your own, which `ilacs-rules columns` makes"
    COMPLETE_PROFILE = "write the profile (`ilacs-rules columns`) and complete it"
    SAY_DAYS = "days=[…], with one or more of"
    SAY_WHOM = "of=…, one of"
    OTHER_PROGRAM = "`ilacs-rules table` reads it"
    IN_PARTS = "`ilacs-rules table` takes files of any size"
    AS_IT_IS = "`ilacs-rules next` reads JSON as it is"


class RecordError(IlacsRulesError, ValueError):
    """What the caller supplied (an event, a judgement, a subject) cannot be right.

    It is a ``ValueError`` too, as pydantic's own error is, so that a validator of yours that builds a record refuses
    as any other validator does.
    """


class UnknownWordError(RecordError):
    """A word that is not in the closed vocabulary; the message names the nearest one that is."""


class DateOrderError(RecordError):
    """Dates that cannot follow one another: an end before its start, a report before its inspection."""


class JudgementError(RecordError):
    """A judgement that this activity does not give on that day, or two where one is allowed."""


class DuplicateEventError(RecordError):
    """The same event twice, or two inspections where there can have been only one."""


class MissingFactError(IlacsRulesError):
    """A rule needs a fact that a record which covers everything should hold, and it does not."""


class OutsideRulebookError(IlacsRulesError):
    """No framework in this rulebook speaks of that kind of subject on that day."""


class RulebookError(IlacsRulesError):
    """A rulebook that cannot be built; ``field`` names the file, the row and the key."""


class ProofError(RulebookError):
    """A gap or an overlap within one track; ``value`` is a case that shows it."""


class FileFormatError(IlacsRulesError):
    """A file that holds neither subjects (JSON) nor a published collection of inspections (CSV)."""


class MissingExtraError(IlacsRulesError):
    """An optional part of the library is not installed; the message says how to install it."""


def nearest(word: object, known: Iterable[str]) -> str:
    """What was expected, in words: the nearest known word first, then all of them when they are few.

    >>> nearest("goood", ["good", "inadequate"])
    "'good'? (one of: good, inadequate)"
    >>> nearest(7, ["good", "inadequate"])
    'one of: good, inadequate'
    """
    names = tuple(sorted(known))
    text = in_text(word, _LONGEST_WORD).strip().lower().replace(" ", "_").replace("-", "_")
    return _nearest(text, names)


@remembered(1024)
def _nearest(text: str, names: tuple[str, ...]) -> str:
    """A column often holds one wrong word many thousand times over: it is looked for once."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a word that is not known needs it

    close = get_close_matches(text, names, n=1, cutoff=0.6)
    listing = f"one of: {', '.join(names)}" if len(names) <= 16 else f"one of {len(names)} known words"
    return f"'{close[0]}'? ({listing})" if close else listing


def shorten(value: object, limit: int = 600) -> str:
    """A value as it reads in a message: strings quoted, never more than ``limit`` characters.

    >>> shorten("goood")
    "'goood'"
    >>> shorten("x" * 500, limit=10)
    "'xxxxxxx..."
    """
    text = repr(value[:limit]) if isinstance(value, str) else in_text(value, limit)
    return text if len(text) <= limit else text[: limit - 2] + "..."


def in_text(value: object, limit: int = 600) -> str:
    """Any value as text, whatever it is: too large a number, nested without end, or of a class that has no words.

    >>> in_text("goood"), in_text(None), in_text([1, "a"])
    ('goood', '', "[1, 'a']")
    >>> in_text(10**5000)
    'a number of more than 4,000 digits'
    >>> nested = []
    >>> nested.append(nested)
    >>> in_text(nested)
    '[[...]]'
    """
    if isinstance(value, str):
        return str(value)[:limit]
    if value is None:
        return ""
    try:
        for kind, put in _IN_SHORT.items():
            if isinstance(value, kind):
                return put(value, _SHORT.maxlevel)
        return _SHORT.repr_int(value, 0) if type(value) is int else str(value)[:limit]
    except Exception:  # noqa: BLE001 - a class that is not ours may raise anything when it is put into words
        return f"a value of the class {type(value).__name__}"


class _Short(Repr):
    """Containers with their first items only; numbers without their last thousand digits."""

    def repr_int(self, x: int, level: int) -> str:  # noqa: ARG002 - the form that `reprlib` asks for
        return "a number of more than 4,000 digits" if x.bit_length() > _MANY_BITS else str(x)

    def repr_instance(self, x: object, level: int) -> str:  # noqa: ARG002 - see above
        return in_text(x, self.maxother)


_LONGEST_WORD = 100
_MANY_BITS = 13_300
_SHORT = _Short()
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = _SHORT.maxset = _SHORT.maxfrozenset = _SHORT.maxarray = 40
_SHORT.maxstring = _SHORT.maxother = 200
_IN_SHORT: Mapping[type, Callable[..., str]] = {
    list: _SHORT.repr_list,
    tuple: _SHORT.repr_tuple,
    dict: _SHORT.repr_dict,
    set: _SHORT.repr_set,
    frozenset: _SHORT.repr_frozenset,
}
