"""Reading files: ``read`` takes the file that you have, and gives subjects and what could not be read."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TypeAlias, cast

from ilacs_rules.errors import FileFormatError, RecordError, nearest
from ilacs_rules.reading.catalogue import format_named, formats
from ilacs_rules.reading.claimed import Claimed
from ilacs_rules.reading.collecting import Collected
from ilacs_rules.reading.cycles import cycles_left_alone
from ilacs_rules.reading.day_order import refuse_other_order
from ilacs_rules.reading.form import Format
from ilacs_rules.reading.log import Log
from ilacs_rules.reading.matching import Matched, find_format
from ilacs_rules.reading.near import lacking, refusal, refuse_missing, unknown_names, why_not
from ilacs_rules.reading.opening.given import Given, given
from ilacs_rules.reading.opening.kinds import kind_of_file
from ilacs_rules.reading.opening.sheet import Sheet, shown
from ilacs_rules.reading.opening.text import decode, sheet_of_text
from ilacs_rules.reading.opening.workbook import sheets_of_workbook
from ilacs_rules.reading.problems import Action
from ilacs_rules.reading.published import CameFrom, Coverage, Published
from ilacs_rules.reading.spelling import as_urn
from ilacs_rules.reading.subjects import subjects_of_json
from ilacs_rules.reading.without_column import judgements_without_column
from ilacs_rules.records import WHOLE, Subject
from ilacs_rules.values.given import items

__all__ = ["read"]

File: TypeAlias = str | os.PathLike[str] | IO[bytes] | IO[str]
OneFormat: TypeAlias = str | os.PathLike[str] | Format


def read(
    files: File | Iterable[File],
    *,
    format: "OneFormat | Mapping[str, OneFormat] | None" = None,  # noqa: A002 - as it is asked for
    covers: Coverage | None = None,
) -> Published:
    r"""What a file holds: councils and settings with their events, the problems met, and where everything came from.

    You can read CSV, a workbook (XLSX, XLS or ODS, with the extra ``files``), or subjects as JSON. A CSV may be gzipped
    and may separate its cells in any way. It may be in UTF-8, in UTF-16 with its byte-order mark, or in Windows-1252.

    The header of a sheet tells which format it has. Nothing is guessed and nothing is lost. A value that cannot be
    read, or that contradicts its row, is left out and reported.

    Args:
        files: the name or path of a file, an open file, or a list of these. Several files are read as one record. Rows
            that tell of one event become one event, and what they say differently is reported.
        format: how to read a file whose format is not known. Give a profile that ``columns`` suggests (its path, or a
            ``Format``), or the id of a format that comes with the library. If only some of several files need one,
            name them: ``{"visits.csv": profile}``. The headers of the others tell their formats.
        covers: what the record of each subject shows in full; see ``LocalAuthority``. Without it, this is what its
            sheets are known to hold.

    Raises:
        FileFormatError: a file does not exist, cannot be read, or has no known format.
        MissingExtraError: you gave a workbook, and the extra ``files`` is not installed.
        RecordError: ``covers`` does not fit such subjects, or JSON holds a subject that cannot be right.

    >>> from io import StringIO
    >>> published = read(StringIO(
    ...     "Provider level as at 31 March 2025\n"
    ...     "URN,Provision type,Event type,Inspection date,Publication date,Overall effectiveness\n"
    ...     "sc000001,Children's home,Full inspection,12/05/2024,24/06/2024,Requires improvement to be good\n"))
    >>> home = published.subjects[0]
    >>> home.urn, home.events[0].started.isoformat(), home.events[0].judgements.overall.value
    ('SC000001', '2024-05-12', 'requires_improvement')
    >>> read("no such file")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: no such file: cannot be read (No such file or directory)
    """
    by_file = {name: format_named(each) for name, each in format.items()} if isinstance(format, Mapping) else {}
    reading = _Reading(by_file, None if format is None or isinstance(format, Mapping) else format_named(format))
    sources = _several(files)
    if not sources:
        raise FileFormatError("is an empty list", field="files", expected="a file, or several")
    with cycles_left_alone():
        opened = [given(source) for source in sources] if by_file else map(given, sources)
        if by_file:
            _refuse_no_file(by_file, [found.name for found in cast("list[Given]", opened)])
        for found in opened:
            reading.take(found)
        return reading.done(covers)


def _refuse_no_file(by_file: Iterable[str], names: Sequence[str]) -> None:
    for name in by_file:
        if name not in names:
            raise FileFormatError(
                "is given a format and is none of the files", field="format", value=name, expected=nearest(name, names)
            )


def _several(files: object) -> list[object]:
    if (
        isinstance(files, str | os.PathLike)
        or callable(getattr(files, "read", None))
        or not isinstance(files, Iterable)
    ):
        return [cast("object", files)]
    if isinstance(files, bytes | bytearray | Mapping):
        raise FileFormatError(
            "is not something that can be opened",
            field="files",
            value=type(cast("object", files)).__name__,
            expected="io.BytesIO(data) for bytes",
        )
    try:
        return list(items(cast("object", files), "files", "names or paths of files, or open files"))
    except RecordError as error:
        raise FileFormatError(
            error.problem, field="files", value=type(cast("object", files)).__name__, expected=error.expected
        ) from None


class _Reading:
    def __init__(self, by_file: Mapping[str, Format], every: Format | None) -> None:
        self.by_file, self.every = by_file, every
        self.known: Mapping[str, Format] = formats()
        self.profile = False
        self.log = Log()
        self.collected = Collected(self.log)

    def take(self, found: Given) -> None:
        """Read one file: by the format that was given for it, or by one that its header tells."""
        form = self.by_file.get(found.name, self.every)
        self.known, self.profile = ({"": form}, True) if form else (formats(), False)
        kind = kind_of_file(found)
        take = self._json if kind == "json" else self._text if kind == "text" else self._workbook
        take(found)

    def _json(self, found: Given) -> None:
        text, _ = decode(found.data, found.name, fallback=False)
        self.collected.add_json(found.name, subjects_of_json(text, found.name))

    def _text(self, found: Given) -> None:
        text, supposed = decode(found.data, found.name, fallback=True)
        sheet = sheet_of_text(text, found.name)
        if supposed:
            problem = "is not UTF-8 and was read as Windows-1252: check names with accents"
            self.log.of_sheet("kept", sheet, problem, "UTF-8", field="encoding")
        self._sheets(found.name, [sheet])

    def _workbook(self, found: Given) -> None:
        opened = sheets_of_workbook(found)
        read = self._sheets(found.name, opened.sheets, [each.name for each in opened.hidden])
        for hidden in opened.hidden:
            self.collected.add_unread(found.name, hidden.name, "it is hidden in the workbook")
        opened.refuse_without_values(found.name, {matched.sheet.name for matched in read})
        if opened.macros and read:
            self.log.of_sheet("kept", read[0].sheet, "the workbook holds macros, which are never run", field="macros")

    def _sheets(self, file: str, sheets: Sequence[Sheet], hidden: Sequence[str] = ()) -> list[Matched]:
        """Read those sheets of a file that have a format; refuse a file of which none has."""
        wanted = next(iter(self.known.values())).sheet if self.profile else ""
        if wanted and wanted not in {sheet.name for sheet in sheets}:
            raise FileFormatError(
                "has no sheet of that name", field=file, value=wanted,
                expected=f"one of: {', '.join(sheet.name for sheet in sheets)}",
            )  # fmt: skip
        meant = [sheet for sheet in sheets if not wanted or sheet.name == wanted]
        formats_of = {sheet.name: self._format_of(sheet) for sheet in meant}
        found = [matched for matched in formats_of.values() if matched and not matched.form.not_read]
        if found and not any(len(matched.sheet.rows) > matched.header + 1 for matched in found):
            place = found[0].sheet.place
            raise FileFormatError("has a header and no rows", field=place, expected="a row for each event")
        if not found:
            raise refusal(file, meant, self.known.values(), profile=self.profile, hidden=hidden)
        for each in found:
            refuse_other_order(each)
        for sheet in sheets:
            matched = formats_of.get(sheet.name)
            if matched and not matched.form.not_read:
                self._add(matched)
            elif matched:
                self.collected.add_unread(file, sheet.name, matched.form.not_read)
            else:
                self._unknown(file, sheet, looked_for=bool(wanted))
        return found

    def _add(self, matched: Matched) -> None:
        absent = lacking(matched)
        for column, perhaps, matters in absent:
            problem = "is missing, and every known edition of this file has it"
            action: Action = "column missing" if matters else "kept"
            self.log.of_sheet(action, matched.sheet, problem, perhaps, field=column)
        if new := unknown_names(matched.form, matched.unread):
            problem = f"has columns that no known edition has, which are not read: {', '.join(new)}"
            self.log.of_sheet("kept", matched.sheet, problem, field="header")
        self._say_not_judged(matched)
        lost = tuple(f"the sheet has no column '{each.column}'" for each in absent if each.matters)
        self.collected.add(matched, lost)

    def _say_not_judged(self, matched: Matched) -> None:
        """The judgements for which a sheet of somebody's own has no column, where it has one for another: said once."""
        if matched.form.url:
            return
        for places in matched.groups:
            if said := judgements_without_column(places.columns):
                field, _, problem = said.partition(" ")
                self.log.of_sheet("kept", matched.sheet, problem, "a column for each that you know", field=field)

    def _unknown(self, file: str, sheet: Sheet, *, looked_for: bool) -> None:
        """A sheet without a format: reported where it nearly has one, unless the caller asked for another sheet."""
        lacks = "" if looked_for else why_not(sheet, self.known.values())
        if lacks:
            self.log.of_sheet("sheet skipped", sheet, f"is not in a known format: {lacks}", "those columns")
        self.collected.add_unread(file, sheet.name, lacks or "it is not a table in a known format")

    def _format_of(self, sheet: Sheet) -> Matched | None:
        possible = find_format(sheet, self.known.values())
        if self.profile and possible and not possible[0].form.publisher:
            refuse_missing(possible[0])
        if len(possible) < 2:
            return possible[0] if possible else None
        # Nothing tells a list of a year from one of the latest: a list of the latest has each subject once.
        place = possible[0].columns.get("urn", possible[0].columns.get("name", (0,)))[0]
        numbers = [as_urn(shown(cells[place])) for cells in sheet.rows[possible[0].header + 1 :] if place < len(cells)]
        twice = len(set(numbers)) < len(numbers)
        how = "year" if twice else "latest"
        chosen = next((each for each in possible if any(shows.how == how for shows in each.form.shows)), possible[0])
        others = " or ".join(each.form.title for each in possible if each is not chosen)
        problem = f"has no title to say what it is: read as '{chosen.form.title}', not as '{others}'"
        self.log.of_sheet("kept", sheet, problem, "a title above the table, or --format", field="title")
        return chosen

    def done(self, covers: Coverage | None) -> Published:
        """Everything that was read, as one record."""
        found = list(self.collected.subjects())
        if covers is not None:
            claimed = Claimed(covers)
            found = [(claimed.on(subject), came_from) for subject, came_from in found]
        else:
            found = [(self._as_its_files_claim(subject, came_from), came_from) for subject, came_from in found]
        found.sort(key=lambda pair: (pair[0].name, pair[0].urn))
        places = {(sheet.file, sheet.sheet): number for number, sheet in enumerate(self.collected.sheets)}
        problems = sorted(
            self.log.problems, key=lambda problem: (places.get((problem.file, problem.sheet), -1), problem.line)
        )
        return Published(
            subjects=tuple(subject for subject, _ in found),
            problems=tuple(problems),
            sheets=tuple(self.collected.sheets),
            came_from=tuple(came_from for _, came_from in found),
        )

    def _as_its_files_claim(self, subject: Subject, came_from: Iterable[CameFrom]) -> Subject:
        """The subject with the coverage that every file which tells of it claims in its profile."""
        names = {self.collected.sheets[each.sheet].file for each in came_from}
        forms = [self.by_file.get(name, self.every) for name in names]
        claims = {form.covers if form else None for form in forms}
        claim = claims.pop() if len(claims) == 1 else None
        return subject if claim in (None, WHOLE[0]) else Claimed(cast("Coverage", claim)).on(subject)
