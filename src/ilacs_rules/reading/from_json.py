"""Subjects that were given as JSON, beside rows of other files: one that both tell of is one record.

A subject that no other row tells of stays exactly as it was given. Of any other, each event becomes a row, and all
rows are made into one record in the same way as those of several sheets: what they say differently is reported.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ilacs_rules.reading.covering import all_but, lost_of
from ilacs_rules.reading.days import Days
from ilacs_rules.reading.form import Format
from ilacs_rules.reading.log import Row
from ilacs_rules.reading.matching import Matched
from ilacs_rules.reading.opening.sheet import Sheet
from ilacs_rules.reading.rows import Found
from ilacs_rules.reading.spelling import as_council
from ilacs_rules.reading.told import AUTHORITY, Told
from ilacs_rules.reading.words import as_key
from ilacs_rules.records import Covered, LocalAuthority, Subject, Whole
from ilacs_rules.vocabulary import INSPECTIONS

__all__ = ["FromJson", "covers_of_all", "rows_of_json", "whose_rows", "with_what_rows_lack"]

Covers: TypeAlias = Whole | tuple[Covered, ...]
_FORM = Format(id="subjects", title="Subjects as JSON", of="any")
_COLUMNS = {
    "type": "type", "name": "name", "urn": "urn", "region": "region", "created": "created", "abolished": "abolished",
    "registered": "registered", "closed": "closed", "status": "registration_status", "status_as_at": "status_as_at",
    "predecessor": "predecessor",
}  # fmt: skip
"""What rows call each field of a subject, and what records call it."""


@dataclass(slots=True)
class FromJson:
    """A subject as it was given, and the rows that tell the same."""

    subject: Subject
    rows: list[Told] = field(default_factory=list[Told])


def rows_of_json(subjects: Sequence[Subject], file: str) -> list[FromJson]:
    """Each subject with a row for each event; one without events has a row of its own."""
    names = (*_COLUMNS.values(), "event")
    cells: list[Sequence[Any]] = [names]
    lines = [0]
    sheet = Sheet(file, "", lines, cells)
    columns = {name: (place,) for place, name in enumerate(_COLUMNS)}
    matched = Matched(_FORM, sheet, 0, columns, (), (), Days(_FORM.days, ()))
    made: list[FromJson] = []
    for place, subject in enumerate(subjects, start=1):
        told = FromJson(subject)
        own = [getattr(subject, name, None) for name in _COLUMNS.values()]
        for event in subject.events or (None,):
            row = Row(matched, place, (*own, event))
            cells.append(row.cells)
            lines.append(place)
            founds = [Found(row, event.activity, event)] if event else []
            kind = AUTHORITY if isinstance(subject, LocalAuthority) else subject.type
            told.rows.append(Told(row, founds, kind))
        made.append(told)
    return made


def whose_rows(groups: Iterable[list[Told]], given: Iterable[FromJson]) -> list[tuple[list[Told], list[FromJson]]]:
    """The rows of each subject, with the subjects as given whose rows are among them: by number, else by name.

    A provider is known by its name alone only where nobody gives a number for it.
    """
    found: list[tuple[list[Told], list[FromJson]]] = [(group, []) for group in groups]
    given = list(given)
    if not given:
        return found
    known = _KnownBy()
    for number, (rows, _) in enumerate(found):
        known.add(number, rows)
    for each in given:
        place = known.place_of(each.rows)
        if place is None:
            place = len(found)
            found.append(([], []))
        found[place][0].extend(each.rows)
        found[place][1].append(each)
        known.add(place, each.rows)
    return found


class _KnownBy:
    """What the subjects are known by: their numbers, and their names."""

    def __init__(self) -> None:
        self._places: dict[tuple[object, ...], int] = {}
        self._numbers: dict[int, set[str]] = {}

    def add(self, place: int, rows: Sequence[Told]) -> None:
        """Note what the rows of a subject say."""
        self._numbers.setdefault(place, set()).update(_numbers(rows))
        for key in _keys(rows):
            self._places.setdefault(key, place)

    def place_of(self, rows: Sequence[Told]) -> int | None:
        """Which subject some rows are about, if any; two numbers are two subjects, whatever they are called."""
        numbers = set(_numbers(rows))
        for key in _keys(rows):
            place = self._places.get(key)
            if place is not None and not (
                numbers and self._numbers[place] and numbers.isdisjoint(self._numbers[place])
            ):
                return place
        return None


def _numbers(rows: Iterable[Told]) -> Iterable[str]:
    return dict.fromkeys(told.urn for told in rows if told.urn)


def _keys(rows: Sequence[Told]) -> Iterator[tuple[object, ...]]:
    """What the subject of some rows is known by, its number first."""
    of_council = any(told.kind == AUTHORITY for told in rows)
    numbers = tuple(_numbers(rows))
    yield from (("authority" if of_council else "provider", number) for number in numbers)
    names = {told.row.text("name") for told in rows} - {""}
    if of_council and not any(told.former for told in rows):
        yield from (("council", as_council(name)) for name in names)
    elif not of_council and not numbers:
        yield from (
            ("provider", as_key(name), kind) for name in names for kind in {told.kind for told in rows} - {None}
        )


def covers_of_all(of_sheets: Covers, rows: Sequence[Told], given: Iterable[FromJson]) -> Covers:
    """What the record shows: what its sheets show, and what it was given as showing, without what was lost."""
    lost = lost_of(rows)
    if lost is None:
        return ()
    said = [of_sheets, *(each.subject.covers for each in given)]
    whole = {each for each in said if isinstance(each, str)}
    some = [item for each in said if not isinstance(each, str) for item in each if item.activity not in lost]
    if not whole:
        return tuple(some)
    beside = [item for item in some if item.activity not in INSPECTIONS]
    if not lost and ("everything" in whole or not beside):
        return "everything" if "everything" in whole else "inspections"
    return (*all_but(lost, rows[0].kind == AUTHORITY), *beside)


def with_what_rows_lack(subject: Subject, given: Iterable[FromJson]) -> Subject:
    """The record with what no row can say: which councils followed, and what could not be used before."""
    more: dict[str, Any] = {}
    lost = [text for each in given for text in each.subject.not_used]
    if lost:
        more["not_used"] = tuple(dict.fromkeys([*subject.not_used, *lost]))
    if isinstance(subject, LocalAuthority) and not subject.successors:
        followed = [each.subject.successors for each in given if isinstance(each.subject, LocalAuthority)]
        more["successors"] = next(filter(None, followed), ())
    return subject.model_copy(update=more) if more else subject
