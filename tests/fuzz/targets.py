"""Every public function with the inputs that are made for it, and what must hold of what it gives back."""

import copy
import io
import pickle
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from random import Random
from typing import Any

import polars as pl

import ilacs_rules as ir
from fuzz import answering, commands, documents, records
from fuzz.odd import days, odd
from fuzz.running import Lost, Target
from ilacs_rules import practice, tables
from ilacs_rules.writing import decisions

__all__ = ["targets"]

AGENCY = ir.Provider(
    type="independent_fostering_agency", name="An agency", registered="2015-06-01",
    events=[ir.Event(activity="full_inspection", started="2023-05-15", ended="2023-05-19", published="2023-06-28",
                     judgements={"overall": "inadequate"})],
)  # fmt: skip
DAY = "2024-01-10"
EVENTS = pl.read_csv(io.StringIO(f"{documents.HEADER}\n{documents.LINE.format('A', 'good')}"), try_parse_dates=True)
ANSWER = ir.next_activity(AGENCY, as_of=DAY)
RUN = ir.answers(AGENCY, as_of=DAY)
BOOK, DRAFT = ir.load_rulebook(), ir.load_draft()
OUTLOOK = ir.outlook([AGENCY], as_of=DAY)
FACTS = ir.situation(AGENCY, as_of=DAY)
DIFF = ir.diff(on="2018-01-30")
CHECKED = ir.check(DRAFT)
TABLE = decisions.decision_tables(BOOK, track="jtai")[0]
FORECASTS = practice.forecasts([AGENCY], as_of=DAY)
Made = Callable[[Random], tuple[Any, ...]]


def same(value: Any, kind: Any) -> None:
    """What is printed can be read back equal, and what is pickled and copied too."""
    if kind.model_validate_json(value.model_dump_json()) != value:
        raise Lost(f"{kind.__name__} is another one when it is read back")
    if copy.deepcopy(value) != value or pickle.loads(pickle.dumps(value)) != value:
        raise Lost(f"{kind.__name__} is another one when it is copied")


def asked(given: dict[str, Any], day: Any) -> None:
    """A history that may stand: built, asked, and the answers read back from what is printed."""
    subject = (ir.Provider if "type" in given else ir.LocalAuthority)(**given)
    same(subject, type(subject))
    for answer in ir.answers(subject, as_of=day):
        if ir.Answer.model_validate_json(answer.model_dump_json()) != answer:
            raise Lost("an answer is another one when it is read back")
        answer.explain()


def looked_ahead(given: dict[str, Any], day: Any) -> None:
    """What is asked back of a history, each read back from what is printed."""
    subject = (ir.Provider if "type" in given else ir.LocalAuthority)(**given)
    answer = ir.next_activity(subject, as_of=day)
    same(answer.why_not("full_inspection"), ir.WhyNot)
    same(ir.verify(answer, subject), ir.Verified)
    told = practice.forecast(subject, as_of=day)
    same(told, practice.Forecast)
    seen = ir.outlook([subject], as_of=day)
    same(seen, ir.Outlook)
    same(ir.moved(seen, seen), ir.Moved)
    seen.to_markdown()


def changes(given: dict[str, Any], day: Any) -> None:
    """What would change it."""
    subject = (ir.Provider if "type" in given else ir.LocalAuthority)(**given)
    same(ir.what_would_change(subject, as_of=day), ir.Changes)


def counted(whole: str, rows: int) -> None:
    """A table as a file: each of its rows is an event, or is said to be none."""
    file = io.BytesIO(whole.encode())
    file.name = "x.csv"
    found = ir.read(file)
    kept = sum(sheet.rows for sheet in found.sheets)
    if kept != rows:
        raise Lost(f"{rows} rows were given and {kept} were read")
    if rows and not (found.subjects or found.problems):
        raise Lost("no row is kept and none is said to be wrong")


def tabled(made: list[dict[str, Any]], day: Any) -> None:
    """Subjects as columns: each is answered, or refused."""
    built = [(ir.Provider if "type" in one else ir.LocalAuthority)(**one) for one in made]
    given = tables.from_subjects(built)
    for question in (tables.next_activities, tables.required_activities):
        found = question(given.events, given.subjects, covers=given.covers, as_of=day)
        told = {*found.answers["subject"].to_list(), *found.refused["subject"].to_list()}
        missing = set(given.subjects["subject"].to_list()) - {int(one) if str(one).isdigit() else one for one in told}
        if missing and question is tables.next_activities:
            raise Lost(f"subjects {sorted(missing)[:5]} are neither answered nor refused")


def celled(random: Random) -> tuple[Any, ...]:
    """A table of events with something else in one cell; polars itself grows with the square of a depth."""
    cell = odd(random, 1)
    if random.random() < 0.1:
        cell = [cell, odd(random, 1)]
    kind = pl.String if isinstance(cell, str) else None
    return (EVENTS.with_columns(pl.Series(random.choice(EVENTS.columns), [cell], dtype=kind, strict=False)),)


def cells(frame: pl.DataFrame) -> None:
    """Its one row is answered, or refused."""
    found = tables.next_activities(frame, as_of=DAY)
    if len(found.answers) + len(found.refused) == 0:
        raise Lost("a row is neither answered nor refused")


def argument(call: Callable[[Any], object]) -> tuple[Made, Callable[..., object]]:
    """Anything at all for one argument."""
    return lambda random: (odd(random),), call


VALUES: tuple[tuple[Any, Any], ...] = (
    (ir.Event(activity="full_inspection", started="2024-01-01"), ir.Event),
    (AGENCY, ir.Provider),
    (ir.LocalAuthority(name="Leeds"), ir.LocalAuthority),
    (ir.Covered(activity="jtai"), ir.Covered),
    (ANSWER, ir.Answer),
    (BOOK.rules[0], ir.Rule),
    (BOOK.tracks[0], ir.Track),
    (BOOK.suspensions[0], ir.Suspension),
    (BOOK.sources[0], ir.Source),
    (DRAFT, ir.Draft),
    (OUTLOOK, ir.Outlook),
)


def _models() -> Iterator[Target]:
    """Each kind of record, altered, and read from what it never was."""
    for value, kind in VALUES:
        fields, said = list(kind.model_fields), value.model_dump_json()[:5000]
        weight = 0.3 if kind in (ir.Draft, ir.Outlook) else 1.0
        copied = partial(_copied, value)
        yield Target(f"{kind.__name__}.model_copy", partial(_altered, fields), copied, weight)
        yield Target(f"{kind.__name__}.model_validate", *argument(kind.model_validate))
        yield Target(f"{kind.__name__}.model_validate_json", spoilt(partial(_as_said, said)), kind.model_validate_json)


def _as_said(said: str, _random: Random) -> str:
    return said


def _altered(fields: list[str], random: Random) -> tuple[Any, ...]:
    return random.choice(fields), odd(random)


def _copied(value: Any, name: str, given: Any) -> object:
    return value.model_copy(update={name: given})


ONE: dict[str, Callable[[Any], object]] = {
    "answers.subject": lambda v: ir.answers(v, as_of=DAY),
    "next_activity.as_of": lambda v: ir.next_activity(AGENCY, as_of=v),
    "required_activities.rulebook": lambda v: ir.required_activities(AGENCY, as_of=DAY, rulebook=v),
    "situation.subject": lambda v: ir.situation(v, as_of=DAY),
    "situation[fact]": lambda v: FACTS[v],
    "what_would_change.subject": lambda v: ir.what_would_change(v, as_of=DAY),
    "what_would_change.until": lambda v: ir.what_would_change(AGENCY, as_of="2024-11-01", until=v),
    "what_would_change.rulebook": lambda v: v is None or ir.what_would_change(AGENCY, as_of=DAY, rulebook=v),
    "diff.on": lambda v: isinstance(v, str | type(None)) or ir.diff(v, on=DAY),
    "diff.subjects": lambda v: ir.diff(on=("2018-01-01", "2018-01-02"), subjects=v),
    "diff.days": lambda v: ir.diff(on=("2018-01-01", "2018-01-02"), subjects=[AGENCY], days=v),
    "Diff.about": DIFF.about,
    "Findings.of": CHECKED.of,
    "moved.old": lambda v: ir.moved(v, RUN),
    "read": ir.read,
    "read.format": lambda v: ir.read(io.StringIO("a,b\n1,2\n"), format=v),
    "read.covers": lambda v: ir.read(io.StringIO("a,b\n1,2\n"), covers=v),
    "columns": ir.columns,
    "load_rulebook": lambda v: v is None or ir.load_rulebook(v),
    "load_rulebook.on": lambda v: (type(v) is date and v.day % 30) or ir.load_rulebook(on=v),
    "load_draft": lambda v: v is None or ir.load_draft(v),
    "Rulebook.council": BOOK.council,
    "Rulebook.era": lambda v: BOOK.era("childrens_home", v),
    "Rulebook.cuts": BOOK.cuts,
    "Rulebook.asked_of": BOOK.asked_of,
    "Rulebook.rule": BOOK.rule,
    "Rulebook.readings_of": BOOK.readings_of,
    "Rulebook.rows_of": lambda v: BOOK.rows_of(v, "childrens_home"),
    "check": ir.check,
    "outlook.subjects": lambda v: ir.outlook(v, as_of=DAY),
    "outlook.until": lambda v: ir.outlook([AGENCY], as_of=DAY, until=v),
    "outlook.practice": lambda v: ir.outlook([], as_of=DAY, practice=v),
    "Outlook.write": lambda v: None if isinstance(v, str) else OUTLOOK.write(v),
    "Outlook.to_ics": lambda v: v is None or OUTLOOK.to_ics(before=v),
    "verify.answer": lambda v: ir.verify(v, AGENCY),
    "verify.subject": lambda v: ir.verify(ANSWER, v),
    "Answer.why_not": ANSWER.why_not,
    "Answer.why_not.subject": lambda v: ANSWER.why_not("full_inspection", subject=v),
    "Answers.from_json": ir.Answers.from_json,
    "forecast.subject": lambda v: practice.forecast(v, as_of=DAY),
    "forecast.activity": lambda v: practice.forecast(AGENCY, as_of=DAY, activity=v),
    "forecasts.subjects": lambda v: practice.forecasts(v, as_of=DAY),
    "fit.subjects": lambda v: practice.fit(v, known_by=days(Random(1))),
    "tables.next_activities.events": lambda v: tables.next_activities(v, as_of=DAY),
    "tables.next_activities.subjects": lambda v: tables.next_activities(EVENTS, v, as_of=DAY),
    "tables.required_activities.as_of": lambda v: tables.required_activities(EVENTS, as_of=v),
    "tables.required_activities.covers": lambda v: tables.required_activities(EVENTS, as_of=DAY, covers=v),
    "tables.situations.facts": lambda v: tables.situations(EVENTS, as_of=DAY, facts=v),
    "tables.timeline.until": lambda v: isinstance(v, str) or tables.timeline(EVENTS, since=DAY, until=v),
    "tables.decide.situations": lambda v: tables.decide(v, track="inspection"),
    "tables.decide.track": lambda v: tables.decide(EVENTS, track=v),
    "tables.from_subjects": tables.from_subjects,
    "tables.spark_columns": lambda v: tables.spark_columns(subject=v),
    "decision_tables": lambda v: v is None or decisions.decision_tables(v),
    "to_dmn": decisions.to_dmn,
    "to_csv": decisions.to_csv,
    "to_markdown": decisions.to_markdown,
}


def pair(make: Callable[[Random], Any]) -> Made:
    """What is made, and a day."""
    return lambda random: (make(random), days(random))


def spoilt(make: Callable[[Random], str]) -> Made:
    """A document, mostly with something changed."""

    def made(random: Random) -> tuple[Any, ...]:
        whole = make(random)
        return (documents.spoilt(random, whole) if random.random() < 0.8 else whole,)

    return made


def spoilt_record(make: Callable[[Random], dict[str, Any]]) -> Made:
    """A record with something else somewhere in it."""
    return lambda random: (records.changed(random, make(random)),)


def targets() -> list[Target]:
    """Every target; a weight is how often it has its turn beside the others."""
    return [
        *(Target(name, *argument(call), 0.5) for name, call in ONE.items()),
        *_models(),
        Target("Event", spoilt_record(records.event), lambda given: ir.Event(**given), 10),
        Target("Event.model_validate.made", lambda random: (records.event(random),), ir.Event.model_validate, 6),
        Target("Provider.model_validate.made", spoilt_record(records.subject), ir.Provider.model_validate, 6),
        Target("a history asked", pair(records.subject), asked, 8),
        Target("a history looked ahead", pair(records.subject), looked_ahead, 2),
        Target("a history and its changes", pair(records.subject), changes, 1),
        Target("a table of subjects", pair(lambda random: [records.subject(random) for _ in range(8)]), tabled, 1),
        Target("a cell of a table", celled, cells, 1),
        Target("rows of a file", documents.table, counted, 2),
        Target("read.file", lambda random: (documents.file(random),), ir.read, 2),
        Target("columns.file", lambda random: (documents.file(random),), ir.columns, 0.5),
        Target("Rulebook.amend", spoilt(documents.overlay), BOOK.amend, 0.5),
        Target("from_dmn", spoilt(documents.dmn), decisions.from_dmn, 0.5),
        Target("from_csv", spoilt(documents.dmn), decisions.from_csv, 0.5),
        Target("Answers.from_json.text", spoilt(lambda _: RUN.to_json()[:4000]), ir.Answers.from_json, 0.5),
        Target("a command", commands.make, commands.call, 2),
        *answering.targets(),
    ]  # fmt: skip
