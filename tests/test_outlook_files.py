"""The workbook and the calendar say what the outlook says, to programs of others that read them."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from python_calamine import CalamineWorkbook

import ilacs_rules as ir
from ilacs_rules.outlook import sheets, workbook
from ilacs_rules.outlook.history import history_of
from ilacs_rules.outlook.words import capital, standing
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import authorities, providers
from ilacs_rules.vocabulary import Certainty, Status, in_words

WORKING_DAYS = ir.load_rulebook().working_days
AS_OF = date(2024, 3, 20)
HOME = ir.Provider(type="independent_fostering_agency", name="A home", urn="SC1", registered=date(2024, 1, 31))
COUNCIL = ir.LocalAuthority(
    name="A council",
    events=[
        ir.Event(
            activity="ilacs_standard",
            started=date(2022, 7, 18),
            ended=date(2022, 7, 29),
            published=date(2022, 9, 21),
            judgements={"overall": "requires_improvement"},
        )
    ],
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0", "\uff1d1+1")
subjects_lists = st.lists(st.one_of(authorities(), providers()), max_size=3)
days = st.dates(date(2018, 6, 1), date(2027, 1, 1))


def required(subjects: Iterable[Subject], as_of: date) -> list[ir.Answer]:
    found: list[ir.Answer] = []
    for subject in subjects:
        try:
            ir.next_activity(
                subject, as_of=as_of
            )  # where that cannot be told, the whole subject is listed as not answered
            found += ir.required_activities(subject, as_of=as_of)
        except ir.IlacsRulesError:
            continue
    return found


def table(data: bytes, sheet: str) -> list[dict[str, Any]]:
    titles, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )
    return [dict(zip(titles, row, strict=True)) for row in rows]  # type: ignore[arg-type]


@given(subjects_lists, days)
@settings(max_examples=25)
def test_the_workbook_says_the_same(subjects: list[Subject], as_of: date) -> None:
    data = ir.outlook(subjects, as_of=as_of).to_xlsx()
    told = [
        (
            row["Subject"],
            row["What"],
            row["Opens"] or None,
            row["Nominally due"] or None,
            row["Closes"] or None,
            row["How it stands"],
            row["How firmly"],
            row["How well known"],
            row["Rule"],
        )
        for row in table(data, "Activities")
        if row["How firmly"] != "may"
    ]
    wanted = [
        (
            answer.subject,
            capital(in_words(answer.activity)),
            answer.window.opens,
            answer.window.due,
            answer.window.closes,
            capital(standing(answer)),
            answer.strength.value,
            answer.certainty.value,
            answer.rule,
        )
        for answer in required(subjects, as_of)
    ]
    assert sorted(told, key=str) == sorted(wanted, key=str)


def test_every_sheet_is_there_and_holds_everything() -> None:
    problem = ir.RowProblem(
        line=7, subject="A", field="overall", value="goood", problem="is not a grade", expected="good", action="kept"
    )
    unknown = ir.Provider(type="supported_accommodation", name="Nobody yet")
    read = ir.Published(subjects=(COUNCIL, HOME, unknown), problems=(problem,), sheets=())
    seen = ir.outlook(read, as_of=date(2022, 10, 1))
    data = seen.to_xlsx()
    assert tuple(CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names) == sheets.SHEETS
    subjects = table(data, "Subjects")
    assert [row["Subject"] for row in subjects] == ["A council", "A home", "Nobody yet"]
    assert subjects[-1]["Not answered because"] == seen.not_answered[0].error.message
    (done,) = table(data, "History")
    assert done["First known day"] == date(2022, 7, 18)
    assert done["Judged"] == history_of(COUNCIL, date(2022, 10, 1))[0].judged
    assert {row["Address"] for row in table(data, "Sources")} > {""}
    assert [row["Value"] for row in table(data, "Not read")] == ["goood"]
    assert "Asked on" in [row["About"] for row in table(data, "About")]
    assert seen.to_xlsx() == data


@pytest.mark.parametrize("bad", FORMULAS)
def test_a_cell_is_never_a_formula(bad: str) -> None:
    event = ir.Event(activity="full_inspection", started=date(2023, 1, 9), note=bad)
    seen = ir.outlook(ir.Provider(type="childrens_home", name=bad, urn=bad, events=[event]), as_of=AS_OF)
    book = CalamineWorkbook.from_filelike(BytesIO(seen.to_xlsx()))
    shown = bad.replace("\t", " ")
    for sheet in ("Activities", "Subjects", "History"):
        rows = book.get_sheet_by_name(sheet).to_python()
        assert rows[1][:2] == [shown, shown]
    import zipfile  # noqa: PLC0415 - what is inside the file

    with zipfile.ZipFile(BytesIO(seen.to_xlsx())) as inside:
        pages = [inside.read(name).decode() for name in inside.namelist() if name.startswith("xl/worksheets/")]
        assert not [page for page in pages if "<f>" in page]
        assert 'quotePrefix="1"' in inside.read("xl/styles.xml").decode()


def test_a_text_too_long_for_a_cell_says_so() -> None:
    event = ir.Event(activity="full_inspection", started=date(2023, 1, 9), note="x" * 40_000)
    seen = ir.outlook(ir.Provider(type="childrens_home", name="A", events=[event]), as_of=AS_OF)
    (row,) = table(seen.to_xlsx(), "History")
    assert row["Note"].endswith("(the rest does not fit into a cell)")
    assert len(row["Note"]) == 32_767


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    """And prints it: every subject is on a page."""
    ir.outlook([HOME, COUNCIL], as_of=AS_OF).write(tmp_path / "outlook.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "outlook.xlsx")], check=True, capture_output=True)
    assert (tmp_path / "outlook.pdf").read_bytes().startswith(b"%PDF")


def events(data: bytes) -> dict[str, Any]:
    whole = Calendar.from_ical(data)
    check: Any = getattr(whole, "validate", lambda: None)
    check()
    return {str(event["UID"]): event for event in whole.walk("VEVENT")}


@given(subjects_lists, days)
@settings(max_examples=25)
def test_the_calendar_says_the_same(subjects: list[Subject], as_of: date) -> None:
    """Read by another library: a whole day for each day of each window, and a mark where one is needed."""
    seen = ir.outlook(subjects, as_of=as_of)
    data = seen.to_ics()
    whole = vobject.readOne(data.decode())
    read = [event for event in getattr(whole, "vevent_list", []) if event.status.value != "TENTATIVE"]
    told = sorted((event.dtstart.value, event.summary.value.partition(": ")[0]) for event in read)
    answers = required(subjects, as_of)
    wanted = sorted(
        (day, answer.subject)
        for answer in answers
        for day in (answer.window.opens, answer.window.due, answer.window.closes)
        if day
    )
    assert told == wanted
    for event in read:
        assert event.dtend.value == event.dtstart.value + timedelta(days=1)
    for row in seen.rows:
        titles = [title for title in _titles(data) if title.startswith(f"{row.answer.subject}: ")]
        for mark, there in (
            ("inferred", row.answer.certainty is Certainty.INFERRED),
            ("not recorded", row.answer.status is Status.NOT_RECORDED),
        ):
            assert not there or row.turns is None or any(mark in title for title in titles)


def _titles(data: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(data).values()]


def test_what_only_may_happen_is_marked() -> None:
    closed = ir.Provider(
        type="childrens_home",
        name="A home",
        events=[
            ir.Event(
                activity="full_inspection",
                started=date(2023, 5, 2),
                published=date(2023, 6, 8),
                judgements={"overall": "inadequate"},
            )
        ],
    )
    for day in (date(2023, 6, 20), date(2023, 9, 1), date(2024, 3, 1)):
        seen = ir.outlook([closed, COUNCIL], as_of=day)
        dated = [
            row for row in seen.may if any((row.answer.window.opens, row.answer.window.closes, row.answer.window.due))
        ]
        marked = [title for title in _titles(seen.to_ics()) if "may happen" in title]
        assert len(marked) >= len(dated)


def test_an_alarm_sounds_a_working_week_before() -> None:
    """Five working days, whatever holidays lie between: at nine in the morning; none for a day that has passed."""
    for event in events(ir.outlook([HOME, COUNCIL], as_of=AS_OF, practice=False).to_ics()).values():
        day = event["DTSTART"].dt
        alarms = event.walk("VALARM")
        if day < AS_OF:
            assert not alarms
            continue
        (alarm,) = alarms
        at = datetime.combine(day, time()) + alarm["TRIGGER"].dt
        assert at.time() == time(9)
        between = [at.date() + timedelta(days=count) for count in range((day - at.date()).days)]
        assert sum(day in WORKING_DAYS for day in between) == 5
        assert at.date() in WORKING_DAYS


def test_an_event_keeps_its_identity_when_its_dates_move() -> None:
    moved = HOME.model_copy(update={"registered": date(2024, 2, 5)})
    before, after = (ir.outlook([home], as_of=AS_OF).to_ics() for home in (HOME, moved))
    assert before != after
    assert set(events(before)) == set(events(after))
    renamed = HOME.model_copy(update={"name": "Another name"})
    assert set(events(ir.outlook([renamed], as_of=AS_OF).to_ics())) == set(events(before))
    other = HOME.model_copy(update={"urn": "SC2"})
    assert not set(events(ir.outlook([other], as_of=AS_OF).to_ics())) & set(events(before))
    inspected = HOME.model_copy(update={"events": (ir.Event(activity="full_inspection", started=date(2024, 4, 9)),)})
    later = events(ir.outlook([inspected], as_of=date(2024, 4, 20)).to_ics())
    assert set(later) & set(events(before))
    assert min(int(event["SEQUENCE"]) for event in later.values()) > max(
        int(event["SEQUENCE"]) for event in events(before).values()
    )


def test_importing_twice_changes_nothing() -> None:
    seen = ir.outlook([HOME, COUNCIL], as_of=AS_OF)
    first = seen.to_ics()
    assert seen.to_ics() == first
    assert seen.to_ics(before=first) == first
    next_day = ir.outlook([HOME, COUNCIL], as_of=AS_OF + timedelta(days=1))
    kept = {uid: event["SEQUENCE"] for uid, event in events(first).items()}
    again = {uid: event["SEQUENCE"] for uid, event in events(next_day.to_ics(before=first)).items()}
    moved = {uid for uid in kept if again.pop(uid) != kept[uid]}
    assert not again
    # Only a forecast moves with the day asked about alone.
    assert all("practice, not policy" in str(events(first)[uid]["SUMMARY"]) for uid in moved)
    assert len(moved) < len(kept)


def test_what_changed_gets_a_higher_number_and_what_is_gone_is_cancelled() -> None:
    first = ir.outlook([HOME, COUNCIL], as_of=AS_OF).to_ics()
    moved = HOME.model_copy(update={"registered": date(2024, 2, 5)})
    second = ir.outlook([moved], as_of=AS_OF).to_ics(before=first)
    old, new = events(first), events(second)
    assert set(new) == set(old)
    for uid, event in new.items():
        if str(event["STATUS"]) == "CANCELLED":
            assert "A council" in event["SUMMARY"]
            assert not event.walk("VALARM")
            assert int(event["SEQUENCE"]) == int(old[uid]["SEQUENCE"]) + 1
        else:
            changed = event["DTSTART"].dt != old[uid]["DTSTART"].dt
            assert int(event["SEQUENCE"]) - int(old[uid]["SEQUENCE"]) == changed
    assert ir.outlook([moved], as_of=AS_OF).to_ics(before=second) == second
    with pytest.raises(ir.FileFormatError, match="not a calendar"):
        ir.outlook([moved], as_of=AS_OF).to_ics(before=b"BEGIN:NOTHING\r\nno")


def test_a_calendar_without_a_day_is_whole_too() -> None:
    data = ir.outlook([], as_of=AS_OF).to_ics()
    assert events(data) == {}
    assert "No activity with a stated day" in data.decode()


def test_a_name_cannot_end_a_line_of_the_calendar() -> None:
    bad = HOME.model_copy(update={"name": "A\r\nEND:VEVENT\r\nX-BAD:1\x1b"})
    data = ir.outlook([bad], as_of=AS_OF).to_ics()
    assert b"\r\nX-BAD" not in data
    assert b"\x1b" not in data
    assert len(events(data)) == len(events(ir.outlook([HOME], as_of=AS_OF).to_ics()))


def test_a_calendar_that_is_none_is_named(tmp_path: Path) -> None:
    place = tmp_path / "old.ics"
    place.write_bytes(b"BEGIN:VEVENT")
    with pytest.raises(ir.FileFormatError, match=r"old\.ics: is not a calendar"):
        ir.outlook(HOME, as_of=AS_OF).write(place)
    assert place.read_bytes() == b"BEGIN:VEVENT"


@pytest.mark.parametrize("sheet", [sheet for sheet in sheets.SHEETS if sheet not in {"About", "Sources"}])
def test_what_is_printed_of_a_sheet_can_be_read(sheet: str) -> None:
    """The columns on paper are no wider than a sheet of A4 lying down takes in a size that can be read."""
    with ZipFile(BytesIO(ir.outlook([HOME, COUNCIL], as_of=AS_OF).to_xlsx())) as file:
        whole = file.read("xl/workbook.xml").decode()
    (last,) = re.findall(rf"Print_Area[^>]*>'?{sheet}'?!\$A\$1:\$([A-Z])\$", whole)
    (made,) = [one for one in sheets.sheets(ir.outlook([HOME, COUNCIL], as_of=AS_OF)) if one.name == sheet]
    printed = [width for _, width in made.columns[: ord(last) - ord("A") + 1]]
    assert len(printed) > 3
    assert sum(printed) <= 190


@pytest.mark.parametrize(("as_of", "last"), [(date(2024, 7, 1), "2024-07-23"), (date(2024, 8, 5), "2024-08-05")])
def test_a_report_that_is_awaited_is_drawn_to_its_nominal_day(as_of: date, last: str) -> None:
    council = ir.LocalAuthority(
        name="A council",
        events=[ir.Event(activity="ilacs_standard", started=date(2024, 6, 3), ended=date(2024, 6, 14))],
    )
    chart = ir.outlook(council, as_of=as_of).chart().to_dict()
    (bar,) = [bar for bar in chart["datasets"]["windows"] if bar["opens"] == "2024-06-14"]
    assert bar["closes"] == last


def test_a_row_is_as_high_as_its_longest_text() -> None:
    columns = (("A", 10), ("B", 20))
    assert workbook._lines_of(("one two three four", "short"), columns) == 2
    assert workbook._lines_of(("short", None), columns) == 1
