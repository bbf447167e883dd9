"""What a file lacks to be of a known format, said so that it can be mended: never one kind of day for another."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ilacs_rules.errors import FileFormatError, Remedy
from ilacs_rules.reading.form import Format, Names
from ilacs_rules.reading.matching import Header, Matched, as_name, match_header
from ilacs_rules.reading.opening.sheet import Sheet, shown
from ilacs_rules.reading.suggesting.names import field_of_name
from ilacs_rules.reading.words import written_words
from ilacs_rules.records import areas_judged
from ilacs_rules.vocabulary import Activity, Area

__all__ = ["Lacking", "lacking", "refusal", "refuse_missing", "unknown_names", "why_not"]

_LOOKED_AT = 15
_MOST = 0.5
"""The share of the columns that a format needs, from which on a sheet may be of it."""
_ONLY_SHOWN = frozenset({"name", "region", "status"})
"""What a row says of its subject and no window rests on."""
_OF_COMBINED = frozenset({Area.CHILDREN_IN_CARE.value, Area.CARE_LEAVERS.value})
"""Judgements that a sheet with the combined one of old has not."""
_AS_PUBLISHED = frozenset({"web_link", "la_code"})
"""Columns that say nothing and that nobody copies: a sheet with one of them is as its publisher made it."""
_FIRST_VINTAGE = date(2015, 3, 31)
"""What is expected since a day before this one is in every vintage."""


class _Near(NamedTuple):
    form: Format
    line: int
    share: float
    lacks: tuple[str, ...]
    header: tuple[str, ...]
    named: int

    def how_near(self) -> tuple[float, int]:
        """By the share of needed columns that are there, and of equals by all that are."""
        return self.share, self.named

    @property
    def likely(self) -> bool:
        """Whether the sheet may well be of that format: it names most of the file's columns, and most that it needs."""
        return self.share >= _MOST and self.named > len(self.header) / 2


def refusal(
    file: str, sheets: Sequence[Sheet], known: Iterable[Format], *, profile: bool, hidden: Sequence[str] = ()
) -> FileFormatError:
    """Why a file cannot be read: what its likeliest format lacks, or that it resembles none."""
    known = list(known)
    near = max((each for sheet in sheets for each in _near(sheet, known)), key=_Near.how_near, default=None)
    if hidden and (near is None or near.share < _MOST):
        return FileFormatError(
            "shows no sheet of a format that is known, and hidden sheets are not read", field=file,
            value=", ".join(hidden), expected="the sheet that is meant, shown: unhide it, and save the workbook",
        )  # fmt: skip
    if not any(sheet.rows for sheet in sheets):
        return FileFormatError("has no rows", field=file, expected="a header and rows")
    if near is None or near.share < _MOST or not (profile or near.likely):
        if profile:
            names = ", ".join(name for names in next(iter(known)).columns.values() for name in names[:1])
            return FileFormatError("has no header with the columns that the profile names", field=file, expected=names)
        return FileFormatError(
            "has no header of a known format",
            field=file,
            value=_first_names(sheets),
            expected=f"{Remedy.OWN_PROFILE}; or {Remedy.KNOWN_FILE}",
        )
    title = "the profile" if profile else f"'{near.form.title}'"
    new = unknown_names(near.form, near.header)
    has = f"; it also has columns that no known edition has: {', '.join(new)}" if new else ""
    return FileFormatError(
        f"is missing columns of {title}: {', '.join(near.lacks)}{has}",
        field=f"{file}: row {near.line}",
        value=", ".join(near.header),
        expected=f"those columns; or {Remedy.OWN_PROFILE}",
    )


class Lacking(NamedTuple):
    """A column that every vintage of a format has, and a sheet has not; and the one that may be meant.

    ``matters``: an answer may rest on what is lost with it.
    """

    column: str
    perhaps: str
    matters: bool = True


def lacking(matched: Matched) -> tuple[Lacking, ...]:
    """The columns that a sheet should have for its day, and has not: of each event that it holds."""
    sheet, form, found = matched.sheet, matched.form, list[Lacking]()
    header = tuple(" ".join(name.split()) for cell in sheet.rows[matched.header] if (name := shown(cell)))
    new = unknown_names(form, matched.unread)
    # A sheet with other columns than these may be somebody's own copy of a few of them.
    whole = bool(new) or not _AS_PUBLISHED.isdisjoint(map(as_name, header))
    expected: list[tuple[Mapping[str, date], Mapping[str, Names], Container[str]]]
    expected = [(form.missed if whole else {}, form.columns, matched.columns)]
    for there in matched.groups:
        group = there.group
        expected.append(({**group.expected, **(group.missed if whole else {})}, group.columns, there.columns))
    for since_when, called, columns in expected:
        for field, since in since_when.items():
            # A sheet that does not say its day may be of the first vintage.
            combined = field in _OF_COMBINED and Area.CARE_AND_CARE_LEAVERS in columns
            if field not in columns and not combined and _may_be_of(matched.day, since) and not _gone(matched, field):
                names = called[field]
                meant = _perhaps(field, names, new if form.url else header)
                found.append(Lacking(names[-1].rstrip("* "), meant, field not in _ONLY_SHOWN))
    there_are = [there.group for there in matched.groups]
    for group in form.event if whole else ():
        if group not in there_are and not group.sometimes:
            named = " and ".join(
                next(group.in_full(group.columns[field][-1])) for field in group.needs if field in group.columns
            )
            found.append(Lacking(group.name, named))
    return tuple(found)


def unknown_names(form: Format, header: Iterable[str]) -> tuple[str, ...]:
    """The columns of a published sheet that no vintage of its format has: what a new vintage calls something anew."""
    if not form.url:  # of a person's own sheet there are no vintages
        return ()
    own = [
        *form.names(),
        *form.also,
        *(name for group in form.event for names in group.notes.values() for name in names),
    ]
    known = {as_name(name) for name in (*own, *written_words()["not_read"]["names"])}
    begins = tuple(as_name(name[:-1]) for name in own if name.endswith("*"))
    return tuple(
        name for name in header if as_name(name) not in known and not (begins and as_name(name).startswith(begins))
    )


def _gone(matched: Matched, field: str) -> bool:
    """Whether in the year of a sheet authorities were no longer given that judgement."""
    if matched.form.of != "authorities" or matched.year is None or field not in set(Area):
        return False
    return field not in areas_judged(Activity.ILACS_STANDARD, matched.year)


def _may_be_of(day: date, since: date) -> bool:
    return day >= since if day > date.min else since < _FIRST_VINTAGE


def refuse_missing(matched: Matched) -> None:
    """Refuse a sheet that lacks a column which a person's own profile names, though it could be read without.

    Raises:
        FileFormatError: naming each such column, and the one that may be meant.
    """
    form, sheet = matched.form, matched.sheet
    header = tuple(" ".join(name.split()) for cell in sheet.rows[matched.header] if (name := shown(cell)))
    lacks = [(field, names) for field, names in form.columns.items() if field not in matched.columns]
    for group in form.event:
        there = next((found for found in matched.groups if found.group is group), None)
        columns = there.columns if there else dict[str, int]()
        notes = {words for words, _ in there.notes} if there else set[str]()
        lacks += [(field, names) for field, names in group.columns.items() if field not in columns]
        lacks += [("note", names) for words, names in group.notes.items() if words not in notes]
    if not lacks:
        _refuse_nobody(matched)
    if lacks:
        named = ", ".join(_perhaps(field, name, header) for field, name in lacks)
        raise FileFormatError(
            f"is missing columns that the profile names: {named}",
            field=f"{sheet.place}, row {sheet.lines[matched.header]}",
            value=", ".join(header),
            expected="those columns, or a profile that names what is there",
        )


def _refuse_nobody(matched: Matched) -> None:
    """Refuse a profile that does not say who its rows are about, or what kind of provider."""
    form = matched.form
    said = {*matched.columns, *form.subject}
    if not said & {"subject", "urn", "name"}:
        problem, expected = (
            "does not say which council or provider its rows are about",
            'name or urn under [columns], or name = "…" under [subject]',
        )
    elif form.of == "providers" and "type" not in said:
        problem, expected = (
            "does not say what kind of provider its rows are about",
            "type under [columns], or under [subject]",
        )
    else:
        return
    raise FileFormatError(f"{problem}: the profile '{form.title}'", field=matched.sheet.place, expected=expected)


def _first_names(sheets: Sequence[Sheet]) -> str:
    """What a file names first, so that its reader sees what was taken for its header."""
    for sheet in sheets:
        for cells in sheet.rows[:_LOOKED_AT]:
            names = [" ".join(name.split()) for cell in cells if (name := shown(cell))]
            if len(names) > 1:
                return ", ".join(names)
    return next((shown(cell) for sheet in sheets for cells in sheet.rows for cell in cells if shown(cell)), "")


def why_not(sheet: Sheet, known: Iterable[Format]) -> str:
    """Why a sheet that is nearly of a known format was not read; empty where it resembles none."""
    near = max(_near(sheet, known), key=_Near.how_near, default=None)
    if near is None or near.share < 0.6:
        return ""
    return f"it lacks {', '.join(near.lacks)} of '{near.form.title}'"


def _near(sheet: Sheet, known: Iterable[Format]) -> Iterable[_Near]:
    """How near a sheet is to each format: the share of the columns it needs that some row names."""
    forms = [(form, frozenset(map(as_name, form.names()))) for form in known]
    for place in range(min(_LOOKED_AT, len(sheet.rows))):
        cells = sheet.rows[place]
        header = tuple(" ".join(name.split()) for cell in cells if (name := shown(cell)))
        if len(header) < 2:
            continue
        named = Header(cells)
        there = set(named.names) - {""}
        for form, names in forms:
            if not names.isdisjoint(there) and match_header(form, named) is None:
                found = _lacking(form, named, header)
                if found:
                    yield _Near(form, sheet.lines[place], *found, header, len(names & there))


def _lacking(form: Format, named: Header, header: Sequence[str]) -> tuple[float, tuple[str, ...]] | None:
    """The share of needed columns that are there, and those that are not, each with the one that may be meant."""
    alone = form.model_copy(update={"event": (), "needs": ()})
    there = match_header(alone, named)
    columns = set(there[0]) if there else set[str]()
    groups: list[tuple[int, list[tuple[str, Names]]]] = []
    for group in form.event:
        needed = [name for name in group.needs if name in group.columns]
        lone = form.model_copy(update={"needs": (), "event": (group.model_copy(update={"needs": ()}),)})
        found = match_header(lone, named)
        have = set(found[1][0].columns) if found and found[1] else set[str]()
        lacks = [(name, group.columns[name]) for name in needed if name not in have]
        groups.append((len(needed), lacks))
    count, lacks = min(groups, key=lambda each: len(each[1]) / max(each[0], 1), default=(0, list[tuple[str, Names]]()))
    missing = [(name, form.columns.get(name, (name,))) for name in form.needs if name not in columns] + lacks
    needed_count = len(form.needs) + count
    if not missing or not needed_count:
        return None
    others = unknown_names(form, header) if form.url else header
    words = tuple(_perhaps(name, column, others) for name, column in missing)
    return (needed_count - len(missing)) / needed_count, words


def _perhaps(field: str, names: Names, header: Sequence[str]) -> str:
    """A column that is missing, and the one that may be meant: of the same meaning, never merely of a like spelling."""
    column = " or ".join(dict.fromkeys(names))
    meant = [
        name for name in header if field_of_name(as_name(name)) == field and as_name(name) not in map(as_name, names)
    ]
    return f"{column} (is it '{meant[0]}'?)" if len(meant) == 1 else column
