"""From the rows of a sheet to events: each row read once, by the columns and words of its format."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from ilacs_rules.answering.parts import trusted
from ilacs_rules.errors import nearest
from ilacs_rules.reading.days_in_order import DAYS
from ilacs_rules.reading.days_of_row import DaysOfRow
from ilacs_rules.reading.form import Combined
from ilacs_rules.reading.judging import Judge, Judged, Of, case_of
from ilacs_rules.reading.log import Log, Row
from ilacs_rules.reading.matching import GroupPlaces, Matched
from ilacs_rules.reading.opening.sheet import Cell, shown
from ilacs_rules.reading.words import ActivityWord, as_key
from ilacs_rules.records import Event, Judgements
from ilacs_rules.vocabulary import Activity, Area

__all__ = ["EventReader", "Found"]

_OFSTED = re.compile(r"https?://(?:[a-z0-9-]+\.)*ofsted\.gov\.uk/", re.IGNORECASE)
_NOTHING = Judgements()


@dataclass(slots=True)
class Found:
    """What a row tells of one event.

    Attributes:
        event: ``None`` where it was skipped; ``activity``: where that could be told all the same.
        number: the inspectorate's, where there is one.
        loose: the activity was assumed, because the sheet does not say it.
        places: where its fields stand in the row.
    """

    row: Row
    activity: Activity | None = None
    event: Event | None = None
    number: str = ""
    loose: bool = False
    places: Mapping[str, int] = field(default_factory=dict[str, int])

    def column(self, name: str) -> str:
        """What the file calls the column of a field."""
        place = self.places.get(name)
        return name if place is None else self.row.column(place)


class EventReader:
    """Reads one of the events that each row of a sheet may hold."""

    def __init__(self, matched: Matched, places: GroupPlaces, log: Log) -> None:
        self.form, self.group, self.places, self.log = matched.form, places.group, places.columns, log
        self.judge = Judge(matched.form, places.group, places.columns)
        self.activities = matched.form.activities
        self.days = DaysOfRow(matched, places, log)
        self._notes = places.notes
        self._judged = _picker([self.places.get(name) for name in self.judge.names])
        other = ("mark", "number", "report", "precision", *DAYS)
        self._held = tuple(place for name, place in self.places.items() if name not in other)
        words = (matched.form.activities, matched.form.activities_of_authorities)
        self._known_to = tuple((dict[object, tuple[ActivityWord, ...]](), known) for known in words)
        self._labels: dict[tuple[Cell, Activity], str] = {}

    def read(self, row: Row, of: Of) -> Found | None:
        """The event of a row; ``None`` where the row holds none of this kind, not even a bad one."""
        cells = row.cells
        if not self._any_of(cells):
            return None
        words = self._words(cells, of)
        if not words:
            self._unknown_activity(row)
            return Found(row)
        days, precision = self.days.read(row)
        if not days:
            return Found(row, words[0].means if len(words) == 1 else None)
        first = next(iter(days.values()))
        word = next((each for each in words if each.since <= first <= each.until), None)
        if word is None:
            self._not_then(row, first)
            return Found(row)
        event = self._event(row, word.means, days, precision, of)
        number = shown(cells[self.places["number"]]) if "number" in self.places else ""
        return Found(row, word.means, event, number, word.loose, self.places)

    def _any_of(self, cells: Sequence[object]) -> bool:
        """Whether anything stands in a column of this event."""
        for place in self._held:
            if _says(cells[place]):
                return True
        return self.days.any_in(cells)

    def _words(self, cells: Sequence[object], of: Of) -> tuple[ActivityWord, ...]:
        if self.group.activity:
            return (ActivityWord(self.group.activity),)
        place = self.places.get("activity")
        cell = "" if place is None else cells[place]
        kinds, known = self._known_to[of.authority]
        try:
            return kinds[cell]
        except KeyError:
            found = kinds[cell] = known.get(as_key(shown(cell)), ())
            return found

    def _unknown_activity(self, row: Row) -> None:
        place = self.places.get("activity")
        column, text = (row.column(place), shown(row.cells[place])) if place is not None else ("activity", "")
        known = sorted({word.means.value for words in self.activities.values() for word in words})
        problem = "is not a known activity" if text else "is empty"
        self.log.add("row skipped", row, column, problem, nearest(self._nearly(as_key(text)), known), value=text)

    def _nearly(self, key: str) -> str:
        """The word of the nearest spelling, so that what people write with a slip in it leads to its word."""
        close = nearest(key, self.activities)
        words = self.activities.get(close.split("'")[1], ()) if close.startswith("'") else ()
        return words[-1].means.value if words else key

    def _not_then(self, row: Row, first: date) -> None:
        place = self.places.get("activity")
        column, text = (row.column(place), shown(row.cells[place])) if place is not None else (self.group.name, "")
        problem = f"has no meaning that this library knows for that day: {first}"
        self.log.add("row skipped", row, column, problem, "", value=text)

    def _event(self, row: Row, kind: Activity, days: Mapping[str, date], precision: str, of: Of) -> Event | None:
        if not days:
            return None
        judged = self._judgements(row, kind, days, of)
        report, note = self._report_and_note(row, kind)
        fields: dict[str, object] = {
            "activity": kind,
            "started": days.get("started"),
            "ended": days.get("ended"),
            "published": days.get("published"),
            "judgements": judged.judgements,
            "outcome": judged.outcome,
            "precision": precision,
            "report": report,
            "note": note,
            "first_known": next(iter(days.values())),
        }
        # Every value was checked on the way here; a property test holds it equal to the checked event.
        return trusted(Event, fields)

    def _judgements(self, row: Row, kind: Activity, days: Mapping[str, date], of: Of) -> Judged:
        first, started = next(iter(days.values())), "started" in days
        texts = self._judged(row.cells)
        for combined in self.group.combined:
            texts = self._combined(combined, texts, first, started=started)
        case = case_of(kind, first, started, of, self._is_out(days, texts))
        judged = self.judge.read(case, texts, first, started=started)
        for noted in judged.noted:
            name = noted.field if noted.field in self.places else self._column_behind(noted.field)
            self.log.add(
                "value left out", row, row.column(self.places[name]), noted.problem, noted.expected, value=noted.value
            )
        return judged

    def _column_behind(self, area: str) -> str:
        return next((str(each.area) for each in self.group.combined if each.means == area), area)

    def _is_out(self, days: Mapping[str, date], texts: tuple[Cell, ...]) -> bool:
        """Whether the row is about an inspection whose report is out. Before that, an empty cell is not a fault."""
        if self.group.reports == "told":
            return "published" in days or "ended" in days or any(map(shown, texts))
        return self.group.reports == "out"

    def _combined(self, combined: Combined, texts: tuple[Cell, ...], first: date, *, started: bool) -> tuple[Cell, ...]:
        """The cells with a judgement under the name that it had on that day."""
        names = self.judge.names
        if combined.area not in names or first >= (combined.before if started else combined.published_before):
            return texts
        here, there = names.index(combined.area), names.index(combined.means)
        care_leavers = texts[names.index(Area.CARE_LEAVERS)] if Area.CARE_LEAVERS in names else ""
        if not started and first >= combined.before and self._is_grade(care_leavers):
            return texts
        if shown(texts[there]):
            return texts
        changed = list(texts)
        changed[here], changed[there] = "", texts[here]
        return tuple(changed)

    def _is_grade(self, cell: Cell) -> bool:
        return as_key(shown(cell)) in self.judge.grades

    def _report_and_note(self, row: Row, kind: Activity) -> tuple[str, str]:
        """The report's address where the link leads to one; a newspaper's is a source, so it goes into the note."""
        cells, parts, places = row.cells, list[str](), self.places
        link = shown(cells[places["report"]]) if "report" in places else ""
        report = link if link and _OFSTED.match(link) else ""
        if "number" in places and (number := shown(cells[places["number"]])):
            parts.append(f"event number {number}")
        if "activity" in places and not self._notes and (label := self._label(cells[places["activity"]], kind)):
            parts.append(label)
        parts += [
            f"{words}: {text}" if words else text for words, place in self._notes if (text := shown(cells[place]))
        ]
        if link and not report:
            parts.append(link)
        return report, "; ".join(parts)

    def _label(self, cell: Cell, kind: Activity) -> str:
        """What the file calls an activity, where it has another word for it."""
        found = self._labels.get((cell, kind))
        if found is None:
            text = shown(cell)
            found = f"in the file: {text}" if text and as_key(text) != as_key(kind.value) else ""
            self._labels[cell, kind] = found
        return found


def _picker(places: Sequence[int | None]) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
    """What takes the cells of some columns out of a row; of no column, an empty text."""
    if len(places) > 1 and None not in places:
        return itemgetter(*places)
    return lambda cells: tuple(["" if place is None else cells[place] for place in places])


def _says(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None
