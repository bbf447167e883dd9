"""What was seen to happen stands beside what the rules say: visibly another thing, off with one switch, and no answer
changes by it."""

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from python_calamine import CalamineWorkbook

import ilacs_rules as ir
from ilacs_rules import practice
from ilacs_rules.cli.commands import cli
from ilacs_rules.outlook.measured import PRACTICE
from ilacs_rules.outlook.sheets import sheets
from ilacs_rules.outlook.words import short
from ilacs_rules.plain_text import for_html, for_markdown
from ilacs_rules.testing.strategies import authorities, providers

AS_OF = date(2026, 6, 7)


def inspected(activity: str, day: date, grade: str) -> ir.Event:
    return ir.Event(activity=activity, started=day, published=day + timedelta(days=50), judgements={"overall": grade})


COUNCIL = ir.LocalAuthority(name="A council", events=[inspected("ilacs_standard", date(2023, 6, 26), "good")])
HOME = ir.Provider(
    type="childrens_home",
    name="A home",
    urn="SC1",
    registered=date(2019, 5, 1),
    events=[inspected("full_inspection", date(2026, 4, 8), "inadequate")],
)
SERVICE = ir.Provider(type="supported_accommodation", name="A service", registered=date(2024, 5, 1))
ALL: list[ir.LocalAuthority | ir.Provider] = [COUNCIL, HOME, SERVICE]


def both() -> tuple[ir.Outlook, ir.Outlook]:
    return ir.outlook(ALL, as_of=AS_OF), ir.outlook(ALL, as_of=AS_OF, practice=False)


@given(
    subjects=st.lists(st.one_of(authorities(), providers()), max_size=3),
    as_of=st.dates(date(2018, 6, 1), date(2027, 1, 1)),
)
def test_no_answer_changes_by_it(subjects: list[ir.LocalAuthority | ir.Provider], as_of: date) -> None:
    beside, without = (ir.outlook(subjects, as_of=as_of, practice=each) for each in (True, False))
    assert [item.answers for item in beside.subjects] == [item.answers for item in without.subjects]
    assert [item.next for item in beside.subjects] == [item.next for item in without.subjects]
    assert beside.not_answered == without.not_answered
    assert [row.answer for row in beside.rows] == [row.answer for row in without.rows]


@given(subject=st.one_of(authorities(), providers()), as_of=st.dates(date(2018, 6, 1), date(2027, 1, 1)))
def test_it_says_what_the_forecast_says(subject: ir.LocalAuthority | ir.Provider, as_of: date) -> None:
    for item in ir.outlook(subject, as_of=as_of).subjects:
        for each in item.measured:
            told = practice.forecast(subject, as_of=as_of, activity=each.activity)
            assert (each.half, each.most, each.reason) == (told.interval(0.5), told.interval(0.8), told.reason)
            assert [odds.chance for odds in each.odds] == [told.odds(weeks=odds.weeks) for odds in each.odds]


def test_nothing_moves_by_it() -> None:
    beside, without = both()
    assert ir.moved(without, beside).moves == ()


def test_it_stands_beside_the_row_of_the_same_activity() -> None:
    beside, _ = both()
    found = {(row.answer.subject, row.answer.activity.value): row.measured for row in (*beside.rows, *beside.may)}
    told = {key: measured.what for key, measured in found.items() if measured}
    assert told == {
        ("A council", "ilacs_short"): "next graded inspection",
        ("A home", "full_inspection"): "next full inspection",
    }


def test_every_shape_shows_it_and_one_switch_leaves_it_out() -> None:
    for shape in ("to_html", "to_markdown", "to_svg", "to_ics", "_repr_html_"):
        shown, hidden = (getattr(each, shape)() for each in both())
        shown, hidden = (
            text.decode().replace("\r\n ", "").replace("\\,", ",") if isinstance(text, bytes) else text
            for text in (shown, hidden)
        )
        assert "practice, not policy" in shown, shape
        assert "practice, not policy" not in re.sub(
            r"<style>.*?</style>|<script>.*?</script>", "", hidden, flags=re.DOTALL
        ), shape
    with_it, without = (CalamineWorkbook.from_filelike(BytesIO(each.to_xlsx())) for each in both())
    assert set(with_it.sheet_names) - set(without.sheet_names) == {"Practice"}
    charts = [each.chart().to_dict()["datasets"]["practice"] for each in both()]
    assert [len(rows) for rows in charts] == [2, 0]


def test_beside_a_window_stand_the_days_of_the_forecast() -> None:
    """In the table of the report, in that of a notebook and of a paper, and in the workbook's sheet of activities."""
    outlook = both()[0]
    told = {subject.name: practice.forecast(subject, as_of=AS_OF).interval(0.8) for subject in (COUNCIL, HOME)}
    sheet = CalamineWorkbook.from_filelike(BytesIO(outlook.to_xlsx())).get_sheet_by_name("Activities").to_python()
    rows = [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]
    for name, what in (("A council", "Short inspection under ILACS"), ("A home", "Full inspection")):
        run = told[name]
        assert run is not None
        words = f"8 in 10: {short(run.first)} to {short(run.last)}"
        assert f"<td data-d={run.first:%Y%m%d}>{words}</td>" in outlook.to_html()
        assert f"<td>{words}</td>" in outlook._repr_html_()
        assert f"{words} |" in outlook.to_markdown()
        mine = [row for row in rows if (row["Subject"], row["What"]) == (name, what)]
        beside = {(row["8 in 10 from (practice)"], row["8 in 10 until (practice)"]) for row in mine}
        assert beside == {(run.first, run.last)}


def test_the_workbook_has_days_and_shares() -> None:
    titles, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(both()[0].to_xlsx())).get_sheet_by_name("Practice").to_python()
    )
    found = [dict(zip(titles, row, strict=True)) for row in rows]
    council = next(row for row in found if row["What"] == "Next graded inspection")
    told = practice.forecast(COUNCIL, as_of=AS_OF)
    run = told.interval(0.8)
    assert run is not None
    assert (council["8 in 10 from"], council["8 in 10 until"]) == (run.first, run.last)
    assert council["Within 13 weeks"] == pytest.approx(told.odds(weeks=13), abs=1e-4)
    assert any(row["Why there is none"] for row in found if row["Subject"] == "A service")


def test_the_calendar_has_one_tentative_event_without_an_alarm_for_each_forecast() -> None:
    events: list[Any] = [
        event
        for event in Calendar.from_ical(both()[0].to_ics()).walk("VEVENT")
        if "practice, not policy" in str(event["SUMMARY"])
    ]
    assert len(events) == 3
    for event in events:
        assert event["STATUS"] == "TENTATIVE"
        assert not event.walk("VALARM")
    told = practice.forecast(COUNCIL, as_of=AS_OF).interval(0.8)
    assert told is not None
    days = {(event["DTSTART"].dt, event["DTEND"].dt - timedelta(days=1)) for event in events}
    assert (told.first, told.last) in days


def test_what_it_cannot_tell_is_said() -> None:
    beside, _ = both()
    assert "no forecast. Too few waits" in beside.to_markdown()
    assert "Every wait that has ended began before the reform of April 2026" in beside.to_html()


def test_it_survives_its_json() -> None:
    for each in both():
        assert ir.Outlook.model_validate_json(each.model_dump_json()) == each


def test_the_command_has_the_switch(tmp_path: Path) -> None:
    record, out = tmp_path / "home.json", tmp_path / "x.md"
    record.write_text(HOME.model_dump_json(), encoding="utf-8")
    for extra, there in ((), True), (("--no-practice",), False):
        done = CliRunner().invoke(cli, ["report", str(record), "--as-of", "2026-06-07", "--out", str(out), *extra])
        assert done.exit_code == 0, done.output
        assert (PRACTICE in out.read_text(encoding="utf-8")) is there


@pytest.mark.parametrize("odd", [None, 0, 1, "no"])
def test_the_switch_is_true_or_false(odd: object) -> None:
    with pytest.raises(ir.RecordError, match="practice"):
        ir.outlook(COUNCIL, as_of=AS_OF, practice=odd)  # type: ignore[arg-type]


def test_what_must_be_known_of_forecasts_stands_where_they_are_seen() -> None:
    """In the report, the paper and the workbook; and nowhere once practice is left out."""
    seen, without = both()
    for sentence in practice.HONESTY:
        for shown, left_out, words in (
            (seen.to_html(), without.to_html(), for_html(sentence)),
            (seen.to_markdown(), without.to_markdown(), for_markdown(sentence)),
        ):
            assert words in shown
            assert words not in left_out
        about = next(sheet for sheet in sheets(seen) if sheet.name == "About")
        assert sentence in [row[1] for row in about.rows]
        assert sentence not in [cell for sheet in sheets(without) for row in sheet.rows for cell in row]


def test_where_nothing_is_required_nothing_else_is_not_said() -> None:
    """An abolished council is owed nothing, and owes nothing: there is no other thing that "else" could mean."""
    gone = ir.LocalAuthority(name="A council", abolished=date(2021, 4, 1))
    seen = ir.outlook(gone, as_of=AS_OF)
    assert not seen.required
    assert "Nothing is required; for the reasons see" in seen.to_markdown()
    many = ir.outlook([gone] * 101, as_of=AS_OF).to_html()
    for text in (seen.to_markdown(), seen.to_html(), many):
        assert "Nothing else" not in text
    assert "Nothing else is required" in ir.outlook(COUNCIL, as_of=AS_OF).to_markdown()


def test_a_paper_says_so_where_a_reason_asks_nothing_of_the_record() -> None:
    assert any(not answer.facts for answer in ir.answers(COUNCIL, as_of=AS_OF))
    paper = ir.outlook(COUNCIL, as_of=AS_OF).to_markdown()
    assert "rests on: ." not in paper
    assert "rests on nothing that the record says." in paper
