"""Words as small whole numbers and back, and days as whole numbers: what columns are made of.

The code 0 always stands for "nothing there"; a day is its ordinal (``date.toordinal``), 0 where it is not known.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ilacs_rules.values import FIRST_DAY, LAST_DAY
from ilacs_rules.vocabulary import (
    Activity,
    Area,
    Certainty,
    Effectiveness,
    Grade,
    Outcome,
    ProviderType,
    RegistrationStatus,
    Status,
    Strength,
)

__all__ = [
    "ACTIVITY",
    "ALWAYS",
    "AREAS",
    "CERTAINTY",
    "EPOCH",
    "GRADE",
    "JUDGEMENTS",
    "NEVER",
    "OUTCOME",
    "PRECISION",
    "REGISTRATION",
    "STATUS",
    "STRENGTH",
    "SUBJECT_TYPE",
    "Codes",
    "Days",
    "Flags",
    "Places",
    "Vocabulary",
    "as_dates",
    "as_ordinals",
    "out_of_reach",
]

# The kinds of number differ from column to column, and type checkers do not follow what becomes of them.
Codes: TypeAlias = NDArray[Any]
"""Words as codes: whole numbers of one or two bytes."""
Days: TypeAlias = NDArray[Any]
"""Days as ordinals, 0 where not known; also counts, -1 where not known: whole numbers of four bytes."""
Places: TypeAlias = NDArray[Any]
"""Where something stands in another column: whole numbers of four or eight bytes."""
Flags: TypeAlias = NDArray[np.bool_]

EPOCH = 719_163
"""The ordinal of 1 January 1970, from which Arrow and polars count days."""

NEVER, ALWAYS = date.min.toordinal(), date.max.toordinal()
"""The days that stand for "from the beginning" and "without end"."""

_POLARS = {np.uint8: pl.UInt8, np.uint16: pl.UInt16}


class Vocabulary:
    """A closed set of words, each with its code; the first word has the code 1.

    >>> grades = Vocabulary(("good", "inadequate"))
    >>> grades.codes_of(pl.Series(["inadequate", None, "goood"])).tolist()
    [2, 0, 0]
    >>> grades.series("grade", np.array([1, 0], dtype=np.uint8)).to_list()
    ['good', None]
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(str(word) for word in words)
        self.code = {word: number for number, word in enumerate(self.words, 1)}
        self.enum = pl.Enum(self.words)
        self._each = pl.Series([None, *self.words], dtype=self.enum)
        self.small: type[np.uint8 | np.uint16] = np.uint8 if len(self.words) < 255 else np.uint16

    def codes_of(self, given: pl.Series) -> Codes:
        """The code of each word. 0 if there is no word, or no known one."""
        if given.dtype == pl.Null:
            return np.zeros(len(given), self.small)
        if isinstance(given.dtype, pl.Enum):
            return self._translated(given, given.dtype.categories.to_list())
        given = given.cast(pl.String).cast(self.enum, strict=False)
        none = np.iinfo(self.small).max
        # The greatest number stands for null, and one more than it is 0.
        return given.to_physical().cast(_POLARS[self.small]).fill_null(none).to_numpy() + self.small(1)

    def _translated(self, given: pl.Series, theirs: list[str]) -> Codes:
        """The codes of words that are already codes, of this vocabulary or of another."""
        ours = np.array([*(self.code.get(word, 0) for word in theirs), 0], self.small)
        return ours.take(given.to_physical().fill_null(len(theirs)).to_numpy(), mode="clip")

    def series(self, name: str, codes: Codes) -> pl.Series:
        """The words of some codes, as a column; null for 0."""
        return self._each.gather(pl.Series(codes)).alias(name)


# In order of the words themselves, because events of one day stand in a history in that order.
ACTIVITY = Vocabulary(sorted(Activity))
AREAS = tuple(area.value for area in Area)
GRADE = Vocabulary(tuple(Grade))
JUDGEMENTS = {**dict.fromkeys(AREAS, GRADE), "effectiveness": Vocabulary(tuple(Effectiveness))}
"""The columns of judgements, each with its words."""
OUTCOME = Vocabulary(tuple(Outcome))
PRECISION = Vocabulary(("day", "week", "month"))
REGISTRATION = Vocabulary(tuple(RegistrationStatus))
SUBJECT_TYPE = Vocabulary(("local_authority", *ProviderType))
STATUS, STRENGTH, CERTAINTY = Vocabulary(tuple(Status)), Vocabulary(tuple(Strength)), Vocabulary(tuple(Certainty))


def as_ordinals(days: pl.Series) -> Days:
    """A column of dates as ordinals.

    >>> from datetime import date
    >>> as_ordinals(pl.Series([date(1970, 1, 1), None], dtype=pl.Date)).tolist()
    [719163, 0]
    """
    if days.dtype == pl.Null:
        return np.zeros(len(days), np.int32)
    return days.to_physical().fill_null(-EPOCH).to_numpy() + np.int32(EPOCH)


def as_dates(name: str, days: Days) -> pl.Series:
    """Ordinals as a column of dates; null for 0.

    >>> as_dates("day", np.array([719163, 0], dtype=np.int32)).to_list()
    [datetime.date(1970, 1, 1), None]
    """
    numbers = pl.Series(name, days)
    return (numbers - EPOCH).set(numbers == 0, None).cast(pl.Date)


_FIRST, _LAST = FIRST_DAY.toordinal(), LAST_DAY.toordinal()


def out_of_reach(days: Days) -> Flags:
    """Which of the days that are known no record can hold.

    >>> from datetime import date
    >>> out_of_reach(np.array([0, date(1899, 12, 31).toordinal(), date(1900, 1, 1).toordinal()])).tolist()
    [False, True, False]
    """
    flags: Flags = ((days != 0) & (days < _FIRST)) | (days > _LAST)
    return flags
