"""The rows of all sheets, brought together by whom they are about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ilacs_rules.reading.covering import SheetEnd, covered_of
from ilacs_rules.reading.from_json import FromJson, covers_of_all, rows_of_json, whose_rows, with_what_rows_lack
from ilacs_rules.reading.gathering import subject_of
from ilacs_rules.reading.log import Log
from ilacs_rules.reading.matching import Matched
from ilacs_rules.reading.published import CameFrom, SheetRead
from ilacs_rules.reading.sheets import SheetReader
from ilacs_rules.reading.told import AUTHORITY, Told
from ilacs_rules.reading.who import authorities_of
from ilacs_rules.records import Subject

__all__ = ["Collected"]


@dataclass(slots=True)
class Collected:
    """What has been read so far: each row, and each sheet."""

    log: Log
    told: list[Told] = field(default_factory=list[Told])
    sheets: list[SheetRead] = field(default_factory=list[SheetRead])
    from_json: list[FromJson] = field(default_factory=list[FromJson])
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def add(self, matched: Matched, lacks: tuple[str, ...] = ()) -> None:
        """Read a sheet that has a format; what it lacks is lost to each row with an event."""
        read = list(SheetReader(matched, self.log).told())
        for told in read if lacks else ():
            if any(found.event for found in told.founds):
                told.row.lost += lacks
        self.told += read
        sheet = matched.sheet
        self._numbers[sheet.file, sheet.name] = len(self.sheets)
        self.sheets.append(
            SheetRead(
                file=sheet.file,
                sheet=sheet.name,
                format=matched.form.id,
                title=matched.form.title,
                header=sheet.lines[matched.header],
                rows=len(read),
                events=sum(1 for told in read for found in told.founds if found.event),
                as_at=matched.as_at,
                unread=matched.unread,
            )
        )

    def add_json(self, file: str, subjects: Sequence[Subject]) -> None:
        """Take subjects that were given as JSON."""
        events = sum(len(subject.events) for subject in subjects)
        self._numbers[file, ""] = len(self.sheets)
        self.sheets.append(
            SheetRead(file=file, format="subjects", title="Subjects as JSON", rows=len(subjects), events=events)
        )
        self.from_json += rows_of_json(subjects, file)

    def add_unread(self, file: str, sheet: str, why_not: str) -> None:
        """Note a sheet that is not read."""
        self.sheets.append(SheetRead(file=file, sheet=sheet, why_not=why_not))

    def subjects(self) -> Iterator[tuple[Subject, tuple[CameFrom, ...]]]:
        """Each subject, with where its rows stand."""
        whose = _by_subject(self.told)
        ends: dict[int, SheetEnd] = {}
        for told in self.told:
            matched = told.row.matched
            if id(matched) not in ends:
                ends[id(matched)] = SheetEnd(matched)
            ends[id(matched)].add(told)
        years = [end for end in ends.values() if end.matched.year]
        for rows, given in whose_rows(whose, self.from_json):
            if len(given) == 1 and len(rows) == len(given[0].rows):
                yield given[0].subject, tuple(self._came_from(rows))
                continue
            of_sheets = [told for told in rows if id(told.row.matched) in ends]
            covers = covered_of(of_sheets, ends, years) if of_sheets else ()
            subject = subject_of(rows, covers_of_all(covers, rows, given) if given else covers, self.log)
            if subject is not None:
                yield with_what_rows_lack(subject, given), tuple(self._came_from(rows))

    def _came_from(self, rows: Iterable[Told]) -> Iterator[CameFrom]:
        lines: dict[int, list[int]] = {}
        for told in rows:
            sheet = told.row.matched.sheet
            lines.setdefault(self._numbers[sheet.file, sheet.name], []).append(told.row.line)
        return (CameFrom(number, tuple(dict.fromkeys(found))) for number, found in lines.items())


def _by_subject(told: Sequence[Told]) -> list[list[Told]]:
    """The rows of each subject, in the order in which subjects are first met."""
    keys = authorities_of([each for each in told if each.kind == AUTHORITY])
    found: dict[tuple[str, str], list[Told]] = {}
    for each in told:
        if each.kind == AUTHORITY:
            key = ("authority", each.subject or keys.get(id(each), ""))
        else:
            key = ("provider", each.subject or each.urn or each.row.text("name"))
        if key[1]:  # a broken row may be about nobody who can be told
            found.setdefault(key, []).append(each)
    return list(found.values())
