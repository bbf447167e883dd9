"""What comes out, and what is asked of it: forecasts, the shapes of an outlook, saved answers, and profiles."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import ilacs_rules as ir
from fuzz import documents, records
from fuzz.odd import days, odd, text
from fuzz.running import Lost, Target
from ilacs_rules import practice, tables, writing

__all__ = ["targets"]

AGENCY = ir.Provider(
    type="independent_fostering_agency", name="An agency", registered="2015-06-01",
    events=[ir.Event(activity="full_inspection", started="2023-05-15", judgements={"overall": "inadequate"})],
)  # fmt: skip
DAY, FIRST = "2024-01-10", date(2024, 1, 10)
BOOK, FORECAST, TABLE = ir.load_rulebook(), practice.forecast(AGENCY, as_of=DAY), practice.load_table()
FORECASTS = practice.forecasts([AGENCY], as_of=DAY)
ANSWER, RUN = ir.next_activity(AGENCY, as_of=DAY), ir.answers(AGENCY, as_of=DAY)
ROWS = "name,kind,visited,overall\nA,independent_fostering_agency,2023-05-15,good\n"


def _file(whole: str, name: str = "x.csv") -> io.BytesIO:
    made = io.BytesIO(whole.encode("utf-8", "replace"))
    made.name = name
    return made


LINE = "2018-01-01.. | local_authority | visits_between_on_record: ..1; exists: yes => rule | visit | act"
READ = ir.read(_file(f"{documents.HEADER}\n{documents.LINE.format('A', 'good')}\n{documents.LINE.format('B', 'x')}\n"))
COLUMNS = ir.columns(_file(ROWS))
PROFILE = COLUMNS.to_toml()
VISITS = ir.columns(_file("Council,Visit type,First day,Published\nA council,Focused visit,09/04/2024,20/05/2024\n"))
FORM = VISITS.profile(days=["DD/MM/YYYY"])

ONE: dict[str, Callable[[Any], object]] = {
    "forecast.table": lambda v: practice.forecast(AGENCY, as_of=DAY, table=v),
    "forecast.as_of": lambda v: practice.forecast(AGENCY, as_of=v),
    "forecasts.activity": lambda v: practice.forecasts([AGENCY], as_of=DAY, activity=v),
    "forecasts.as_of": lambda v: practice.forecasts([AGENCY], as_of=v),
    "Forecast.interval": FORECAST.interval,
    "Forecast.odds": lambda v: FORECAST.odds(weeks=v),
    "Table.of": TABLE.of,
    "backtest.subjects": lambda v: practice.backtest(v, from_=FIRST, to=FIRST),
    "backtest.days": lambda v: practice.backtest([AGENCY], from_=v, to=FIRST),
    "backtest.every": lambda v: practice.backtest([AGENCY], from_=FIRST, to=FIRST, every=v),
    "backtest.trials": lambda v: practice.backtest([AGENCY], from_=FIRST, to=FIRST, trials=v),
    "fit.known_by": lambda v: practice.fit([AGENCY], known_by=v),
    "Rulebook.as_it_stood": BOOK.as_it_stood,
    "Rulebook.eras_of": BOOK.eras_of,
    "Rulebook.carried_by": BOOK.carried_by,
    "Rule.in_force": BOOK.rules[0].in_force,
    "Track.met_on": BOOK.tracks[1].met_on,
    "Suspension.suspends": BOOK.suspensions[0].suspends,
    "Suspension.eases": BOOK.suspensions[0].eases,
    "Suspension.applies": lambda v: BOOK.suspensions[0].applies(v, v),
    "Suspension.lengthen": lambda v: BOOK.suspensions[0].lengthen(v, FIRST),
    "Suspension.lengthen.day": lambda v: BOOK.suspensions[0].lengthen(None, v),
    "Expected.applies": lambda v: BOOK.expected[0].applies("local_authority", v),
    "Format.known": FORM.known,
    "Format.since": FORM.since,
    "Line.read": writing.Line.read,
    "lines_of": lambda v: list(writing.lines_of(v)),
    "fingerprint_of": writing.fingerprint_of,
    "rule_changes": lambda v: writing.rule_changes(v, v),
    "what_the_changelog_lacks": lambda v: writing.what_the_changelog_lacks(v, {}, {}),
    "what_the_changelog_lacks.now": lambda v: writing.what_the_changelog_lacks("", {}, v),
    "pages": writing.pages,
    "register_json": writing.register_json,
    "snapshot": writing.snapshot,
    "schemas": lambda v: v is None or writing.schemas(v),
    "write_pages": lambda v: isinstance(v, str | Path) or writing.write_pages(BOOK, v),
    "write_schemas": lambda v: isinstance(v, str | Path) or writing.write_schemas(v),
    "write_snapshot": lambda v: isinstance(v, str | Path) or writing.write_snapshot(BOOK, v),
    "Draft.part": BOOK.part,
    "verify.rulebook": lambda v: ir.verify(ANSWER, AGENCY, rulebook=v),
    "moved.new": lambda v: ir.moved(RUN, v),
    "Published.where": READ.where,
    "Covered.holds": ir.Covered(activity="jtai").holds,
    "tables.decide.rulebook": lambda v: tables.decide(_facts(), track="inspection", rulebook=v),
    "tables.situations.as_of": lambda v: tables.situations(_events(), as_of=v),
    "tables.in_part": lambda v: tables.in_part(v, as_of=DAY),
    "tables.in_batches": lambda v: tables.in_batches(v, as_of=DAY),
    "write_decision_tables": lambda v: writing.write_decision_tables(BOOK, "decisions", v, track="jtai"),
}  # fmt: skip


def _facts() -> Any:
    return tables.situations(_events(), as_of=DAY).answers


def _events() -> Any:
    return tables.from_subjects([AGENCY]).events


def _subject(given: dict[str, Any]) -> ir.Provider | ir.LocalAuthority:
    return (ir.Provider if "type" in given else ir.LocalAuthority)(**given)


def _made(random: Random) -> tuple[Any, ...]:
    return [records.subject(random) for _ in range(random.randrange(1, 3))], days(random)


def shown(given: list[dict[str, Any]], day: date) -> None:
    """An outlook in every shape: no shape lets a name be more than text."""
    seen = ir.outlook([_subject(one) for one in given], as_of=day)
    page, shapes = seen.to_html(), (seen.to_markdown(), seen.to_svg(), seen.to_ics())
    if page.count("<script") != 1:  # its own
        raise Lost("a name is a script in the page")
    if any("\x1b" in str(shape) for shape in (*shapes[:2], page)):
        raise Lost("a name is an escape in a page")
    book = zipfile.ZipFile(io.BytesIO(seen.to_xlsx()))
    if any(
        b"<f>" in book.read(name) and b"HYPERLINK" not in book.read(name)
        for name in book.namelist()
        if "/sheet" in name
    ):
        raise Lost("a name is a formula in the workbook")


def forecast_of(given: list[dict[str, Any]], day: date) -> None:
    """Forecasts one by one and together: the same, and each read back from what is printed."""
    subjects = [_subject(one) for one in given]
    alone, together = [practice.forecast(one, as_of=day) for one in subjects], practice.forecasts(subjects, as_of=day)
    if list(together) != alone or any(
        practice.Forecast.model_validate_json(one.model_dump_json()) != one for one in alone
    ):
        raise Lost("a forecast is another one together or when it is read back")
    if any(len(column) != len(alone) for column in together.columns().values()):
        raise Lost("a column of forecasts lacks a row")
    for one in alone:
        one.interval(0.8), one.odds(weeks=26)


def verified(given: list[dict[str, Any]], day: date) -> None:
    """A saved answer of an unchanged record stands."""
    for one in given:
        subject = _subject(one)
        for answer in ir.answers(subject, as_of=day):
            if ir.verify(answer, subject).verdict.value not in ("confirmed", "same_answer"):
                raise Lost("an answer that nothing changed does not stand")


def profiled(profile: str) -> None:
    """A profile with something changed, on the file it was made for."""
    Path("profile.toml").write_text(profile, encoding="utf-8", errors="replace")
    found = ir.read(_file(ROWS), format="profile.toml")
    if sum(sheet.rows for sheet in found.sheets) not in (0, 1):
        raise Lost("a row more than there is")


def saved(whole: str) -> None:
    """Saved answers with something changed."""
    for answer in ir.Answers.from_json(whole):
        ir.verify(answer, AGENCY)
        ir.moved([answer], RUN)


def _profile(random: Random) -> tuple[Any, ...]:
    return (documents.spoilt(random, PROFILE) if random.random() < 0.8 else PROFILE,)


def _saved(random: Random) -> tuple[Any, ...]:
    """A run as JSON in which one value is another: a fault of the form, and not of the spelling."""
    told = json.loads(RUN.to_json())
    at: Any = told
    while True:
        key = random.choice(list(at)) if isinstance(at, dict) else random.randrange(len(at))
        if isinstance(at[key], dict | list) and at[key] and random.random() < 0.7:
            at = at[key]
            continue
        at[key] = random.choice((None, text(random), 7, [], {}, "9999-12-31", True))
        return (json.dumps(told),)


def targets() -> list[Target]:
    """What stands here."""
    cheap = [Target(name, lambda random: (odd(random),), call, 0.3) for name, call in ONE.items()]
    return [
        *cheap,
        Target("an outlook in every shape", _made, shown, 2),
        Target("forecasts of histories", _made, forecast_of, 2),
        Target("answers verified", _made, verified, 2),
        Target("a profile", _profile, profiled, 1),
        Target("a line of a snapshot", lambda random: (documents.spoilt(random, LINE),), writing.Line.read, 0.3),
        Target("saved answers", _saved, saved, 1),
        Target("whatever is left of a run", lambda _: (), partial(_rest), 0.1),
    ]  # fmt: skip


def _rest() -> None:
    READ.problems_by_kind(), COLUMNS.to_toml(), FORECASTS.columns()
    RUN.to_polars(), RUN.to_pandas(), RUN.to_arrow()
    list(FORM.names())
    ir.situation(AGENCY, as_of=DAY).all(), AGENCY.events[0].judgements.given()
