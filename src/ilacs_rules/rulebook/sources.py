"""Where something is said: sources and citations, with the edition that was read; and what every row is."""

from collections.abc import Iterable, Mapping
from datetime import date
from re import ASCII
from re import compile as compile_pattern
from typing import Annotated, Any, ClassVar, Literal, Self, cast

from pydantic import AfterValidator, ValidationError
from pydantic_core import ErrorDetails

from ilacs_rules.errors import IlacsRulesError, RulebookError
from ilacs_rules.rulebook.forms import Address, Id, RowDay
from ilacs_rules.values import Ordinary, Text
from ilacs_rules.values.faults import as_pydantic, as_single, is_ours
from ilacs_rules.vocabulary import Certainty

__all__ = ["NOT_SEEN", "Citation", "Row", "Source", "Written", "check_edition", "check_gap"]


class Written(Ordinary):
    """What a rulebook is made of, and itself: refused with a RulebookError, and never copied unchecked."""

    refused_as: ClassVar[type[IlacsRulesError]] = RulebookError

    @classmethod
    def _refusal(cls, error: ValidationError) -> IlacsRulesError:
        return RulebookError.together(_fault(line, cls.__name__) for line in error.errors(include_url=False))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """A copy, with other values where ``update`` brings some: checked like the original, a rulebook proved too.

        >>> from ilacs_rules import load_rulebook
        >>> load_rulebook().model_copy(update={"version": "mine"}).version
        'mine'
        >>> load_rulebook().model_copy(update={"rules": ()})
        Traceback (most recent call last):
        ilacs_rules.errors.ProofError: track inspection: no rule answers this case ...
        >>> load_rulebook().rules[0].model_copy(update={"first": "some day"})
        Traceback (most recent call last):
        ilacs_rules.errors.RulebookError: first: cannot stand (found 'some day'; ...
        """
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | dict(update or {}))


class Row(Written):
    """A frozen row of a rulebook."""

    @classmethod
    def from_file(cls, values: Mapping[str, object]) -> Self:
        """A row, or pydantic's own error, for the reader of a file, which names the file and the key."""
        return super(Ordinary, cls).model_validate(values)


def _fault(line: ErrorDetails, title: str) -> RulebookError:
    if is_ours(line):
        return cast("RulebookError", as_single(line, title))
    place = ".".join(str(part) for part in line["loc"]) or title
    return RulebookError("cannot stand", field=place, value=line["input"], expected=line["msg"].lower())


def _is_an_edition(text: str) -> str:
    if text not in ("", NOT_SEEN) and not (
        _PARTS_OF_A_DAY.fullmatch(text) and _is_a_day(text + "-01-01"[len(text) - 4 :])
    ):
        raise as_pydantic(
            RulebookError("is not the date of an edition", expected="'2017-04-01', '2017-04', '2017' or 'not seen'")
        )
    return text


def _is_a_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


_PARTS_OF_A_DAY = compile_pattern(r"\d{4}(-\d{2}(-\d{2})?)?", ASCII)


NOT_SEEN = "not seen"
"""The word of an edition whose date was looked for and not found in what was read."""
Edition = Annotated[str, AfterValidator(_is_an_edition)]
"""When an edition was published, as far as that is known: a day, a month or a year; or ``not seen``."""
HowMuch = Literal["whole", "start", "parts", "excerpt", "title", ""]
"""How much of a source was read; empty: nobody has written it down."""


class Source(Row):
    """Where something is said.

    Attributes:
        id: its name in the rulebook.
        title, publisher, url: what it is, who says it, and its web address.
        dated: when it was published, as far as that is known ("2018-09-17", "2018", "October 2017").
        seen_as: what was read: the ``primary`` text, a full ``copy`` of it, the words of a ``third_party``, or figures
            ``measured`` from dated reports.
        checked: the day on which somebody last compared the rows that cite it with it. ``None`` if no such day is
            known.
        edition: the date of the edition that was read: a day, a month ("2017-04") or a year. "not seen" if it has no
            date, and empty if nobody has looked.
        read: how much was read: the ``whole``, its ``start``, some ``parts``, a search's ``excerpt``, or only its
            ``title``. The ``start`` is about the first 2,000 characters of a stored page.
        read_on: the day on which it was read.

    Raises:
        RulebookError: ``edition`` is not a date, or a key is missing or not known.

    >>> act = Source(id="act", title="An Act", publisher="Parliament", url="", dated="2006", seen_as="primary")
    >>> act.dated, act.edition
    ('2006', '')
    >>> Source(id="act", title="An Act", publisher="", url="", dated="", seen_as="copy", edition="April 2017")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: edition: is not the date of an edition (found 'April 2017'; expected \
'2017-04-01', '2017-04', '2017' or 'not seen')
    """

    id: Id
    title: Text
    publisher: Text
    url: Address
    dated: Text
    seen_as: Literal["primary", "copy", "third_party", "measured"]
    checked: RowDay | None = None
    edition: Edition = ""
    read: HowMuch = ""
    read_on: RowDay | None = None


class Citation(Row):
    """A source, and the place in it that says so.

    Attributes:
        source, place: the id of the source, and the place in it.
        text, url: the whole reference in one line, and its web address.
        edition: the date of the edition that was read: the citation's own, or else the source's.
        read, read_on: how much of the source was read, and when.

    Raises:
        RulebookError: a key is missing or not known.

    >>> Citation(source="act", place="section 136").place
    'section 136'
    >>> Citation(source="act")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: ...
    """

    source: Text
    place: Text
    text: Text = ""
    url: Text = ""
    edition: Edition = ""
    read: HowMuch = ""
    read_on: RowDay | None = None


def check_edition(certainty: Certainty, sources: Iterable[Citation]) -> None:
    """Refuse a row that is carried on from an earlier edition, and does not say from which."""
    if certainty is Certainty.CARRIED and not any(citation.edition not in ("", NOT_SEEN) for citation in sources):
        raise RulebookError(
            "is carried from an earlier edition, but that edition is not named",
            field="sources",
            expected="the edition's date in a source, or in the citation: [source, place, '2017-04']",
        )


def check_gap(certainty: Certainty, gap: str) -> None:
    """Refuse a row that is our own reading, and does not say what the sources leave open.

    >>> check_gap(Certainty.INFERRED, "")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: gap: is missing, and an inferred rule needs it (expected a sentence that \
says what no source states, such as gap = "No source gives the day."; or the certainty of a source that says it)
    """
    if certainty is Certainty.INFERRED and not gap.strip():
        raise RulebookError(
            "is missing, and an inferred rule needs it",
            field="gap",
            expected='a sentence that says what no source states, such as gap = "No source gives the day."; '
            "or the certainty of a source that says it",
        )
