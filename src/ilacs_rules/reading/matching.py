"""Which format a sheet has: where its header stands, and which column is which field.

Names are compared without case, line breaks, brackets, notes and articles, and a slip of one letter in a long word is
forgiven. Nothing else is: a name that is merely like another is not the same, because a last day is like a first day.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from ilacs_rules.errors import FileFormatError
from ilacs_rules.reading.days import Days
from ilacs_rules.reading.form import Format, Group
from ilacs_rules.reading.opening.sheet import Sheet, shown, with_whole_header
from ilacs_rules.reading.words import as_key
from ilacs_rules.remembered import remembered

__all__ = ["GroupPlaces", "Header", "Matched", "as_name", "find_format", "match_header"]

_TITLES = 15
"""So many rows are looked at for a header."""
_NOTE = re.compile(
    r"[(\[]\s*notes?\s*[\d, ]+[)\]]|\[[a-z0-9]\]|\(\d{1,2}\)\s*$|[\u00b9\u00b2\u00b3\u2070-\u2079*\u2020\u2021]+\s*$",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"[^\s.]+(?:\.+[^\s.]+)+\.*")
"""A name as statistical programs write it: a dot for every sign that is no letter."""
_LONG = 7
"""In a word of so many letters a slip of one is forgiven."""
_KEPT = (_LONG - 1) // 2
"""So many letters, at its beginning or at its end, a slip leaves of a long word."""
_SLIPS = 2
"""A name with slips differs in length by no more letters."""


@dataclass(frozen=True, slots=True)
class GroupPlaces:
    """Where the columns of one event stand: fields and notes by place."""

    group: Group
    columns: Mapping[str, int]
    notes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A sheet that has a format.

    Attributes:
        header: the place of the header among the sheet's rows.
        columns: the fields of the subject by place; ``region`` and ``closed`` may have several.
        groups: the events that the sheet holds.
        unread: the names of the columns that are not read.
        days: what reads its days.
        as_at, year: the day it is of, or the first day of the year it is of, where its titles or names say so.
        day: the last of those days; the earliest of all where nothing says it, so that it is later than no other sheet.
    """

    form: Format
    sheet: Sheet
    header: int
    columns: Mapping[str, tuple[int, ...]]
    groups: tuple[GroupPlaces, ...]
    unread: tuple[str, ...]
    days: Days
    as_at: date | None = None
    year: date | None = None
    day: date = date.min


@remembered(4096)
def as_name(text: str) -> str:
    """A column's name as names are compared.

    >>> as_name("The impact of leaders (note 4)") == as_name("impact of  leaders")
    True
    >>> as_name("Inspection.Visit.date") == as_name("Inspection/Visit date")
    True
    >>> as_name("inspection_start_date") == as_name("inspection_end_date")
    False
    """
    if _DOTTED.fullmatch(text.strip()):
        text = re.sub(r"\.s(?=\.|$)", "s", text).replace(".", " ")
    return as_key(_NOTE.sub(" ", text))


class Header:
    """The names of a header, each found by what it is, or by how it begins or ends: a header may have many thousands.

    A slip of one letter in a long word leaves the beginning of the word as it is, or its end.

    >>> header = Header(["URN", "Inspecton start date", "Inspection start date"])
    >>> header.exactly("inspection_start_date"), header.nearly("Inspection start date"), header.nearly("inspec*")
    ([2], [1, 2], [1, 2])
    """

    def __init__(self, cells: Iterable[object]) -> None:
        self.names = [as_name(shown(cell)) for cell in cells]
        self._exact: dict[str, list[int]] = {}
        self._alike: dict[tuple[int, bool, str], list[int]] = {}
        for place, name in enumerate(self.names):
            if name:
                self._exact.setdefault(name, []).append(place)
                for key in _ends(name):
                    self._alike.setdefault(key, []).append(place)

    def exactly(self, name: str) -> list[int]:
        """The columns that bear a name as names are compared, in order."""
        return self._exact.get(name, [])

    def nearly(self, wanted: str) -> list[int]:
        """The columns that bear a name, a slip forgiven; or that begin so, where it ends with a star; in order."""
        known = as_name(wanted.removesuffix("*"))
        if wanted.endswith("*"):
            return [place for place, name in enumerate(self.names) if name and name.startswith(known)]
        alike = {place for key in _ends(known) for place in self._alike.get(key, ())}
        return sorted(place for place in alike if _fits(self.names[place], known))


def _ends(name: str) -> tuple[tuple[int, bool, str], ...]:
    """How many words a name has, and how the first of them begins and ends."""
    first = name.partition("_")[0]
    words = name.count("_")
    return (words, False, first[:_KEPT]), (words, True, first[-_KEPT:])


def _fits(name: str, known: str) -> bool:
    if name == known or abs(len(name) - len(known)) > _SLIPS:
        return name == known
    one, other = name.split("_"), known.split("_")
    return len(one) == len(other) and all(a == b or _slip(a, b) for a, b in zip(one, other, strict=True))


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is missing, doubled or mistaken; short words must be the same."""
    short, long = sorted((one, other), key=len)
    if len(long) < _LONG or len(long) - len(short) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]


def _place(header: Header, names: Iterable[str], taken: set[int]) -> int | None:
    """The column that bears the first of some names that any bears: an exact one before one with a slip."""
    wanted = list(names)
    exact = (place for name in wanted for place in header.exactly(as_name(name)))
    nearly = (place for name in wanted for place in header.nearly(name))
    return next((place for place in chain(exact, nearly) if place not in taken), None)


def match_header(
    form: Format, cells: Sequence[object] | Header
) -> tuple[dict[str, tuple[int, ...]], tuple[GroupPlaces, ...]] | None:
    """Which column of a header is which field of a format; ``None`` where the header is of something else.

    >>> from ilacs_rules.reading.catalogue import formats
    >>> match_header(formats()["ofsted_leavers_and_joiners"], ["URN", "Provision type", "Date closed"])[0]
    {'urn': (0,), 'type': (1,), 'closed': (2,)}
    >>> match_header(formats()["ofsted_leavers_and_joiners"], ["URN", "Provision type"]) is None
    True
    """
    header = cells if isinstance(cells, Header) else Header(cells)
    columns: dict[str, tuple[int, ...]] = {}
    needed = {field: _several(header, form.columns.get(field, ())) for field in form.needs}
    if not all(needed.values()):
        return None  # as most rows that are looked at: nothing else of them is compared
    for field, names in form.columns.items():
        if several := needed.get(field) or _several(header, names):
            columns[field] = tuple(dict.fromkeys(several)) if field in ("region", "closed") else (several[0],)
    groups = tuple(found for group in form.event if (found := _group(group, header)))
    return None if form.event and not groups else (columns, groups)


def _several(header: Header, names: Iterable[str]) -> list[int]:
    return [place for name in names if (place := _place(header, (name,), set())) is not None]


def _group(group: Group, header: Header) -> GroupPlaces | None:
    taken: set[int] = set()
    columns: dict[str, int] = {}
    for field, names in group.columns.items():
        place = _place(header, [full for name in names for full in group.in_full(name)], taken)
        if place is not None:
            columns[field] = place
            if field not in ("mark", "precision", "report"):
                taken.add(place)
    if any(field not in columns and not (field == "activity" and group.activity) for field in group.needs):
        return None
    notes = [
        (words, place) for words, names in group.notes.items() if (place := _place(header, names, set())) is not None
    ]
    return GroupPlaces(group, columns, tuple(notes))


def find_format(sheet: Sheet, known: Iterable[Format]) -> tuple[Matched, ...]:
    """The formats that a sheet may have, best first: the header that fits, and what its titles and names tell.

    Several are given only where nothing tells them apart.
    """
    for place in range(min(_TITLES, len(sheet.rows))):
        if sum(1 for cell in sheet.rows[place] if shown(cell)) < 2:
            continue
        whole = with_whole_header(sheet, place)
        header = Header(whole.rows[place])
        fitting = [
            _matched(form, whole, place, *found)
            for form in known
            if not (form.header and sheet.lines[place] != form.header) and (found := match_header(form, header))
        ]
        if fitting:
            return _best(fitting)
    return ()


def _best(fitting: list[Matched]) -> tuple[Matched, ...]:
    told = [(_told(each), each) for each in fitting]
    possible = [pair for pair in told if pair[0] >= 0]
    if not possible:
        return ()
    top = max((each.form.rank, sure, _width(each)) for sure, each in possible)
    best = [each for sure, each in possible if (each.form.rank, sure, _width(each)) == top]
    return tuple(sorted(best, key=lambda each: each.form.id))


def _width(matched: Matched) -> int:
    return len(matched.columns) + sum(len(group.columns) for group in matched.groups)


def _told(matched: Matched) -> int:
    """2 where the sheet's titles, name or header say that it is of this format, 1 where its file's name does."""
    by, (own, of_file) = matched.form.told_by, _evidence(matched.sheet, matched.header)
    if any(re.search(pattern, own) for pattern in by.never):
        return -1
    if any(re.search(pattern, own) for pattern in by.says):
        return 2
    if any(re.search(pattern, of_file) for pattern in by.never):
        return -1
    if any(re.search(pattern, of_file) for pattern in by.says):
        return 1
    return -1 if by.only_told else 0


def _evidence(sheet: Sheet, header: int) -> tuple[str, str]:
    """What stands above the table, and in its header, and what it is called; and what the file is called."""
    above = " ".join(shown(cell) for row in sheet.rows[: header + 1] for cell in row)
    return _plain(f"{sheet.name} {above}"), _plain(re.split(r"[\\/]", sheet.file)[-1])


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("+", " and ").casefold().split())


def _refuse_twice(sheet: Sheet, header: int, read: Iterable[int]) -> None:
    """Refuse a header in which a column that is read has a namesake: which of the two is meant would be a guess."""
    names = [as_name(shown(cell)) for cell in sheet.rows[header]]
    count = Counter(names)
    twice = sorted({shown(sheet.rows[header][place]) for place in read if count[names[place]] > 1})
    if twice:
        raise FileFormatError(
            "has two columns of the same name",
            field=f"{sheet.place}, row {sheet.lines[header]}",
            value=", ".join(twice),
            expected="a different name for each column: rename one of them, or delete it",
        )


def _matched(
    form: Format, sheet: Sheet, header: int, columns: dict[str, tuple[int, ...]], groups: tuple[GroupPlaces, ...]
) -> Matched:
    read = {place for places in columns.values() for place in places}
    read |= {place for group in groups for place in (*group.columns.values(), *(place for _, place in group.notes))}
    _refuse_twice(sheet, header, read)
    names = [shown(cell) for cell in sheet.rows[header]]
    unread = tuple(" ".join(name.split()) for place, name in enumerate(names) if name and place not in read)
    own, of_file = _evidence(sheet, header)
    as_at, year = (_year(patterns, own, of_file) for patterns in (form.told_by.as_at, form.told_by.year))
    return Matched(
        form, sheet, header, columns, groups, unread, Days(form.days, form.no_days),
        as_at=date(as_at, 3, 31) if as_at else None, year=date(year, 4, 1) if year else None,
        day=date(year + 1, 3, 31) if year else date(as_at, 3, 31) if as_at else date.min,
    )  # fmt: skip


def _year(patterns: Iterable[str], *texts: str) -> int | None:
    for text in texts:
        for pattern in patterns:
            found = re.search(pattern, text)
            if found and 2000 <= int(found[1]) <= 2100:
                return int(found[1])
    return None
