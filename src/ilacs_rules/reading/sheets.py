"""From a sheet that has a format to what its rows tell: each row once, none in silence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ilacs_rules.reading.feet import foot_of, is_note
from ilacs_rules.reading.judging import Of
from ilacs_rules.reading.log import Log, Row
from ilacs_rules.reading.matching import Matched, as_name, match_header
from ilacs_rules.reading.opening.sheet import Cell, shown
from ilacs_rules.reading.rows import EventReader
from ilacs_rules.reading.spelling import as_urn, is_name, is_number
from ilacs_rules.reading.told import AUTHORITY, Kind, Told
from ilacs_rules.reading.who import is_former
from ilacs_rules.reading.words import as_key
from ilacs_rules.vocabulary import ProviderType

__all__ = ["SheetReader"]

_GONE = re.compile(r"\b(before the restructure|no longer exists?|abolished)\b", re.IGNORECASE)

_ANY = Of()
_OF: Mapping[Kind | None, Of] = {
    AUTHORITY: Of(authority=True),
    ProviderType.SUPPORTED_ACCOMMODATION: Of(supported=True),
}


class SheetReader:
    """Reads the rows of one sheet, in their order."""

    def __init__(self, matched: Matched, log: Log) -> None:
        self.matched, self.log = matched, log
        self._types = matched.form.known("type")
        self._kinds: dict[str, Kind | None] = {}
        self._corrections = {urn: each for urn, each in matched.form.corrections.items() if each.field == "type"}
        self.left_out = matched.form.left_out
        self.former = False
        self.may_leave = "left" in matched.columns
        self._use(matched)

    def _use(self, matched: Matched) -> None:
        self.matched = matched
        self.readers = [EventReader(matched, places, self.log) for places in matched.groups]
        self.read_places = {place for places in matched.columns.values() for place in places}
        self.read_places |= {place for group in matched.groups for place in group.columns.values()}
        header = matched.sheet.rows[matched.header]
        own = ("subject", "urn") if "urn" in matched.form.needs else ("subject", "urn", "name")
        self.tells = [name for name in own if name in matched.columns or name in matched.form.subject]
        self.width = len(header)
        self.first = min(self.read_places, default=0)
        self.first_name = as_name(shown(header[self.first]))
        self.names = {as_name(shown(cell)) for cell in header}
        self.named = {as_name(name) for name in matched.form.columns.get("name", ())}

    def told(self) -> Iterator[Told]:
        """What each row tells."""
        sheet = self.matched.sheet
        foot = foot_of(sheet, self.matched.header)
        for place in range(self.matched.header + 1, len(sheet.rows)):
            row = Row(self.matched, sheet.lines[place], sheet.rows[place])
            if place >= foot:
                self._foot(row)
            elif len(row.cells) != self.width:
                yield self._broken(row, last=place == len(sheet.rows) - 1)
            elif (made := self._one(row, place)) is not None:
                made.former = self.former or ("status" in self.matched.columns and is_former(made))
                yield made

    def _one(self, row: Row, place: int) -> Told | None:
        if not self._whose(row):
            if self._is_header(row.cells):
                self._again(row, place)
            elif any(shown(row.cells[column]) for column in self.read_places):
                named = " and ".join(row.column_of(name) for name in self._keys()) or "subject"
                self.log.add(
                    "row skipped",
                    row,
                    named,
                    "is empty, so the row belongs to nobody",
                    "a name or number for the council or provider",
                )
            else:
                self._title(row)
            return None
        if self._is_header(row.cells):
            self._again(row, place)
            return None
        number = row.text("urn")
        urn = as_urn(number)
        if self._nobody(row, number):
            return None
        text = row.text("type")
        if self.left_out and as_key(text) in self.left_out:
            why = f"is a kind that this library does not cover: {self.left_out[as_key(text)]}"
            self.log.add("row skipped", row, row.column_of("type"), why, value=text)
            return None
        kind, corrected = self._kind(text), None
        if self._corrections and (correction := self._corrections.get(urn)):
            corrected = correction if as_key(correction.says) == as_key(text) else None
            kind = self._kind(correction.means) if corrected else kind
        of = _OF.get(kind, _ANY)
        founds = [found for reader in self.readers if (found := reader.read(row, of)) is not None]
        if not founds and kind == AUTHORITY and sum(1 for cell in row.cells if shown(cell)) == 1 < self.width - 1:
            self._title(row)
            return None
        if self.may_leave and row.text("left") and not row.text("closed"):
            problem = "has left the list without a closing day: another inspectorate may have it now"
            self.log.add("kept", row, row.column_of("left"), problem, "a day of closing", value=row.text("left"))
        return Told(row, founds, kind, corrected, urn=urn)

    def _nobody(self, row: Row, number: str) -> bool:
        """Whether something else stands where a published sheet names its subject: of two such nobody can tell two."""
        of = self.matched.form.of
        if not self.matched.form.url:
            return False
        if of == "providers" and not is_number(number):
            problem, expected = "is not the number of a provider", "SC and six digits, or seven digits"
            self.log.add("row skipped", row, row.column_of("urn"), problem, expected, value=number)
            return True
        if of != "authorities":
            return False
        name = row.text("name")
        if as_name(name) in self.named and not number:
            self.log.add("row skipped", row, row.column_of("name"), "is the name of a column", "a council", value=name)
            return True
        if not is_name(name) and not is_number(number):
            self.log.add(
                "row skipped", row, row.column_of("name"), "is not the name of a council", "its name", value=name
            )
            return True
        return False

    def _kind(self, text: str) -> Kind | None:
        """The kind of subject that a text means; in a sheet of authorities each is one."""
        if text not in self._kinds:
            key = as_key(text)
            word = self._types.get(key)
            authority = self.matched.form.of == "authorities" or (self.matched.form.of == "any" and key == AUTHORITY)
            self._kinds[text] = AUTHORITY if authority else ProviderType(word) if word else None
        return self._kinds[text]

    def _keys(self) -> tuple[str, ...]:
        return tuple(name for name in ("subject", "urn", "name") if name in self.matched.columns)[:1]

    def _whose(self, row: Row) -> str:
        return next((text for name in self.tells if (text := row.text(name))), "")

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        """Whether a row names the columns again, as where a second table stands below the first."""
        first = shown(cells[self.first])
        # What ends in a digit, as numbers and days do, is seldom a name: most rows are told by that alone.
        if (first[-1:].isdecimal() and not self.first_name[-1:].isdecimal()) or as_name(first) != self.first_name:
            return False
        names = [name for cell in cells if (name := as_name(shown(cell)))]
        return sum(name in self.names for name in names) * 2 > len(names)

    def _again(self, row: Row, place: int) -> None:
        """Another header: what follows is read by it."""
        found = match_header(self.matched.form, row.cells)
        if found is None:
            self.log.add("row skipped", row, "header", "is a second header, but needed columns are missing from it")
            return
        columns, groups = found
        old = self.matched
        self._use(replace(old, header=place, columns=columns, groups=groups))

    def _title(self, row: Row) -> None:
        """A row with nothing in any column that is read: a title, or a note."""
        if _GONE.search(" ".join(shown(cell) for cell in row.cells)):
            self.former = True

    def _foot(self, row: Row) -> None:
        """A row below the table. It is reported, unless its words show that it is a note, for it may be a name."""
        if self.matched.form.of != "authorities" and not is_note(row.cells):
            place, text = next((place, text) for place, cell in enumerate(row.cells) if (text := shown(cell)))
            problem, expected = (
                "is alone in a row below the table and was taken for a note",
                "other cells in the row, if it is not a note",
            )
            self.log.add("kept", row, row.column(place) or "row", problem, expected, value=text)

    def _broken(self, row: Row, *, last: bool) -> Told:
        """A row of a CSV file that has more or fewer cells than the header."""
        # A comma too many or too few moves every cell after it: which is which would be a guess, even where the surplus
        # is empty, because the last columns often are.
        count = len(row.cells)
        # Whom it is about is believed where its number stands in its place.
        own = {place for name in self._keys() for place in self.matched.columns[name] if place < count}
        padded = [row.cells[place] if place in own else "" for place in range(self.width)]
        if last and count < self.width and self.matched.sheet.cut_off:
            problem, expected = "stops in the middle: the file was cut off", "the whole file"
        else:
            problem, expected = "does not have as many cells as the header", f"{self.width} cells"
        whole = Row(self.matched, row.line, padded)
        self.log.add("row skipped", whole, "row", problem, expected, value=f"{count} cells")
        return Told(whole, [], AUTHORITY if self.matched.form.of == "authorities" else None, broken=True)
