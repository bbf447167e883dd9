"""The cases in ``cases/*.toml``, read strictly: a key that is not known is refused, so no expectation is ever lost.

``cases/README.md`` says how a case is written.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import ilacs_rules as ir

FOLDER = Path(__file__).parent / "cases"

CASE_KEYS = {"name", "why", "source", "subject", "track", "event", "ask", "disagrees"}
EVENT_KEYS = {"activity", "started", "ended", "published", "grades", "outcome", "precision"}
SUBJECT_KEYS = {
    "type", "created", "abolished", "successors", "registered", "closed", "registration_status", "status_as_at",
    "predecessor", "covers",
}  # fmt: skip
ASK_KEYS = {
    "as_of", "track", "activity", "opens", "due", "closes", "status", "rule", "strength", "certainty",
    "error", "note", "real_day", "real_deadline",
}  # fmt: skip
NEEDED = ("activity", "status", "rule")


@dataclass(frozen=True)
class Ask:
    """One question to a history, and what the answer must be."""

    row: Mapping[str, Any]
    track: str | None

    @property
    def as_of(self) -> date:
        day = self.row["as_of"]
        assert isinstance(day, date)
        return day

    @property
    def rule(self) -> str | None:
        return self.row.get("rule")

    def put_to(self, subject: ir.LocalAuthority | ir.Provider, rulebook: ir.Rulebook | None = None) -> ir.Answer:
        """The library's answer: of one track, or of the next activity where the ask names no track."""
        if self.track is None:
            return ir.next_activity(subject, as_of=self.as_of, rulebook=rulebook)
        given = ir.answers(subject, as_of=self.as_of, rulebook=rulebook)
        found = [answer for answer in given if answer.track == self.track]
        if not found:
            # Tracks begin on different days: before its first, one is not asked while others are.
            raise ir.OutsideRulebookError(f"track {self.track} is not asked on that day", value=self.as_of)
        return found[0]


@dataclass(frozen=True)
class Case:
    """A history with its questions."""

    file: str
    row: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.row["name"])

    @property
    def disagrees(self) -> str | None:
        return self.row.get("disagrees")

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(Ask(row, row.get("track", self.row.get("track"))) for row in self.row["ask"])

    @cached_property
    def subject(self) -> ir.LocalAuthority | ir.Provider:
        given = dict(self.row["subject"])
        events = [_event(row) for row in self.row.get("event", ())]
        kind = given.pop("type")
        if kind == "local_authority":
            return ir.LocalAuthority(name=self.name, events=events, **given)
        return ir.Provider(type=kind, name=self.name, events=events, **given)


def _event(row: Mapping[str, Any]) -> ir.Event:
    """An event; ``grades`` is one word for the overall grade, or a table of judgements."""
    given = dict(row)
    grades = given.pop("grades", {})
    return ir.Event(judgements={"overall": grades} if isinstance(grades, str) else grades, **given)


def _checked(file: str, row: Mapping[str, Any]) -> Case:
    name = f"{file}: {row.get('name', '(a case without a name)')}"
    _only(CASE_KEYS, row, name)
    for key in ("name", "subject", "ask"):
        assert row.get(key), f"{name}: {key} is missing"
    _only(SUBJECT_KEYS, row["subject"], f"{name}: subject")
    for event in row.get("event", ()):
        _only(EVENT_KEYS, event, f"{name}: event")
    for ask in row["ask"]:
        place = f"{name}: ask of {ask.get('as_of')}"
        _only(ASK_KEYS, ask, place)
        assert type(ask.get("as_of")) is date, f"{place}: as_of must be a date"
        assert "error" in ask or all(key in ask for key in NEEDED), f"{place}: activity, status and rule are needed"
        window = [ask[key] for key in ("opens", "due", "closes") if key in ask]
        assert window == sorted(window), f"{place}: opens, due and closes are not in order"
    return Case(file, row)


def _only(known: set[str], row: Mapping[str, Any], place: str) -> None:
    unknown = sorted(set(row) - known)
    assert not unknown, f"{place}: unknown {', '.join(unknown)}"


def faults_of(case: Case, ask: Ask, rulebook: ir.Rulebook | None = None) -> list[str]:
    """What of an ask's expectation the library does not answer, by the shipped rulebook or another."""
    where = f"  asked on {ask.as_of}{f', track {ask.track}' if ask.track else ''}: "
    if "error" in ask.row:
        kind: type[ir.IlacsRulesError] = getattr(ir, ask.row["error"])
        try:
            answer = ask.put_to(case.subject, rulebook)
        except kind:
            return []
        return [f"{where}expected {kind.__name__}, found {answer}"]
    answer = ask.put_to(case.subject, rulebook)
    found: dict[str, str | date | None] = {
        "activity": answer.activity.value,
        "opens": answer.window.opens,
        "due": answer.window.due,
        "closes": answer.window.closes,
        "status": answer.status.value,
        "rule": answer.rule,
        "strength": answer.strength.value,
        "certainty": answer.certainty.value,
    }
    wanted = {key: ask.row.get(key) for key in ("activity", "opens", "due", "closes", "status", "rule")}
    wanted |= {key: ask.row[key] for key in ("strength", "certainty") if key in ask.row}
    wrong = [f"{where}{key} is {found[key]}, expected {value}" for key, value in wanted.items() if found[key] != value]
    if "note" in ask.row and not any(ask.row["note"] in note for note in answer.notes):
        wrong.append(f"{where}no note says {ask.row['note']!r}: {answer.notes}")
    return wrong


def _read() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        _only({"case"}, table, path.name)
        for row in table["case"]:
            yield _checked(path.name, row)


CASES = tuple(_read())
