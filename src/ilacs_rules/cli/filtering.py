"""Which of the subjects of a file are asked about, and in which order: chosen after the whole file was read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers, next_activity
from ilacs_rules.cli.words import as_typed
from ilacs_rules.errors import IlacsRulesError, UnknownWordError, nearest
from ilacs_rules.reading.spelling import as_council, as_urn
from ilacs_rules.reading.words import as_key
from ilacs_rules.records import Subject
from ilacs_rules.vocabulary import Status

__all__ = ["FILTERS", "SORTS", "Filters", "Known", "Named", "in_order", "in_track"]

SORTS = ("closes", "name", "urn", "type", "region", "status")
"""What subjects can be put in order by."""
FILTERS = ("only", "types", "regions", "track", "before", "sort")
"""The options that narrow what is asked about, as a command is given them."""
AnySubject = TypeVar("AnySubject", bound="Named")


class Named(Protocol):
    """What a subject is chosen by."""

    @property
    def name(self) -> str: ...
    @property
    def urn(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def region(self) -> str: ...


class Known(NamedTuple):
    """A subject of which no more is at hand than what it is chosen by."""

    name: str
    urn: str
    type: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for on the command line; what is empty narrows nothing.

    Attributes:
        only: names or numbers of subjects. types, regions: of which kinds, and where.
        track: only what this track answers. before: only what closes, or is due, before this day.
        sort: one of ``SORTS``.
    """

    only: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    track: str = ""
    before: date | None = None
    sort: str | None = None
    _types: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_types", frozenset(as_typed("type", text, "--type") for text in self.types))
        object.__setattr__(self, "track", self.track and as_typed("track", self.track, "--track"))

    def chosen(self, subjects: Sequence[AnySubject]) -> tuple[AnySubject, ...]:
        """Those of some subjects that are meant by their name, number, kind and region.

        Raises:
            UnknownWordError: nobody has that name or number, or lies in that region; the message gives the nearest.

        >>> from ilacs_rules import Provider
        >>> homes = [Provider(type="childrens_home", name="A", urn="SC1", region="London"),
        ...          Provider(type="boarding_school", name="B", urn="SC2", region="East of England")]
        >>> [home.name for home in Filters(types=("Children's home",)).chosen(homes)]
        ['A']
        >>> [home.name for home in Filters(only=("sc2",)).chosen(homes)]
        ['B']
        >>> Filters(regions=("Londn",)).chosen(homes)
        Traceback (most recent call last):
        ilacs_rules.errors.UnknownWordError: --region: is not the region of any subject in these files (found ...
        """
        found = tuple(subjects)
        if self.only:
            wanted = {place for text in self.only for place in _bearing(text, found)}
            found = tuple(subject for place, subject in enumerate(found) if place in wanted)
        if self._types:
            found = tuple(subject for subject in found if str(subject.type) in self._types)
        if self.regions:
            wanted_regions = {name for text in self.regions for name in _regions(text, subjects)}
            found = tuple(subject for subject in found if subject.region in wanted_regions)
        return found

    def asked(self, subject: Subject, as_of: date) -> bool:
        """Whether what comes next for a subject is of the track, and closes before the day, that were asked for."""
        if not (self.track or self.before):
            return True
        try:
            found = in_track(self.track, subject, as_of) if self.track else (next_activity(subject, as_of=as_of),)
        except IlacsRulesError:
            return True  # that it cannot be answered must be seen
        return any(map(self.answered, found))

    def answered(self, answer: Answer) -> bool:
        """Whether an answer is of the track, and closes before the day, that were asked for."""
        if self.track and answer.track != self.track:
            return False
        day = answer.window.closes or answer.window.due
        return self.before is None or (day is not None and day < self.before)


def in_track(track: str, subject: Subject, as_of: date) -> tuple[Answer, ...]:
    """What one track answers for a subject on a day, if it requires anything."""
    found = answers(subject, as_of=as_of)
    return tuple(answer for answer in found if answer.track == track and answer.status is not Status.NOT_REQUIRED)


def in_order(subjects: Iterable[AnySubject], sort: str | None) -> tuple[AnySubject, ...]:
    """Subjects by name, number, kind or region; by anything else as they come.

    >>> from ilacs_rules import Provider
    >>> homes = [Provider(type="childrens_home", name="B", urn="1"), Provider(type="childrens_home", name="A", urn="2")]
    >>> [home.name for home in in_order(homes, "name")], [home.name for home in in_order(homes, "urn")]
    (['A', 'B'], ['B', 'A'])
    """
    by = _BY.get(sort or "")
    return (
        tuple(sorted(subjects, key=lambda subject: (by(subject), subject.name.casefold(), subject.urn)))
        if by
        else tuple(subjects)
    )


_BY: dict[str, Callable[[Named], str]] = {
    "name": lambda subject: subject.name.casefold(),
    "urn": lambda subject: subject.urn,
    "type": lambda subject: str(subject.type),
    "region": lambda subject: subject.region.casefold(),
}


def _bearing(text: str, subjects: Sequence[Named]) -> list[int]:
    urn, name = as_urn(text), as_key(text)
    found = [
        place
        for place, subject in enumerate(subjects)
        if (urn and urn == as_urn(subject.urn))
        or name == as_key(subject.name)
        or (subject.type == "local_authority" and as_council(text) == as_council(subject.name))
    ]
    if not found:
        known = {word for subject in subjects for word in (subject.name, subject.urn) if word}
        raise UnknownWordError(
            "is not a subject in these files", field="--only", value=text, expected=nearest(text, known)
        )
    return found


def _regions(text: str, subjects: Sequence[Named]) -> list[str]:
    known = sorted({subject.region for subject in subjects if subject.region})
    # Ofsted has a region "North East, Yorkshire and the Humber", which is both.
    found = [region for region in known if as_key(text) == as_key(region)] or [
        region for region in known if any(as_key(text) == as_key(each) for each in region.split(","))
    ]
    if not known:
        problem, expected = "cannot choose: no subject in these files has a region", "the same without --region"
        raise UnknownWordError(problem, field="--region", value=text, expected=expected)
    if not found:
        raise UnknownWordError(
            "is not the region of any subject in these files",
            field="--region",
            value=text,
            expected=nearest(text, known),
        )
    return found
