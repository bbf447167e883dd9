"""A day that stands for none is none however it is written, and no day is supposed where two could be meant."""

from datetime import date, datetime, time
from io import BytesIO, StringIO

import pytest

import ilacs_rules as ir
from ilacs_rules.reading.catalogue import formats
from ilacs_rules.reading.days import PATTERNS, Days
from small_workbooks import cell, rows_of, xlsx

SPELT = (
    "01/01/1900", "1/1/1900", "01/01/00", "1/1/00", "01-01-1900", "01.01.00", "01-Jan-1900", "01-Jan-00", "1 Jan 00",
    "1 January 1900", "1st January 1900", "Mon 1 January 1900", "January 1, 1900", "1900-01-01", "1900/01/01",
    "19000101",     "01/01/1900 00:00", "1900-01-01 00:00:00", "1900-01-01T00:00:00", "1900-01-01T00:00:00.000Z",
    "1900-01-01T00:00:00+00:00", "1/1/1900 12:00:00 AM", "Jan-00", "1900-01",
    "00/01/1900", "00-Jan-00", "0-Jan-1900", "1900-01-00", "1/0/1900", "1/0/00",
    "30/12/1899", "1899-12-30", "12/30/1899", "31/12/1899", "0", "1", "0.0", "",
)  # fmt: skip
"""Every spelling of Excel's days 1 and 0, and of the day 0 of other programs."""
HELD = (
    date(1900, 1, 1), datetime(1900, 1, 1), datetime(1899, 12, 31), datetime(1899, 12, 30), 0, 1, 0.0, 1.0, time(),
    None,
)  # fmt: skip
"""The same as workbooks hold them."""
OF_NONE = [each for each in formats().values() if "01/01/1900" in each.no_days]
OTHERS = [each for each in formats().values() if "01/01/1900" not in each.no_days]


@pytest.mark.parametrize("form", OF_NONE, ids=lambda form: form.id)
@pytest.mark.parametrize("held", [*SPELT, *HELD], ids=repr)
def test_the_day_of_none_is_none_in_every_spelling(form: ir.Format, held: object) -> None:
    days = Days(form.days, form.no_days)
    assert days.is_none(held)
    assert days.read(held) is None


def test_the_formats_with_a_day_of_none_are_those_that_say_so() -> None:
    assert {form.id for form in OF_NONE} == {
        "d2i_ilacs_history", "d2i_ilacs_overview", "d2i_jtai_overview", "d2i_send_overview",
    }  # fmt: skip


@pytest.mark.parametrize("form", OTHERS, ids=lambda form: form.id)
@pytest.mark.parametrize("held", [each for each in (*SPELT, *HELD) if each not in ("", None)], ids=repr)
def test_elsewhere_it_is_no_day_and_said(form: ir.Format, held: object) -> None:
    days = Days(form.days, form.no_days)
    assert (days.read(held), days.is_none(held)) == (None, False)


@pytest.mark.parametrize("held", ["02/01/00", "01/02/00", "01/01/2000", "31/12/99", 2, 2.0, True, date(2000, 1, 1)])
def test_what_is_near_it_is_not_none(held: object) -> None:
    assert not Days(("day first",), ("01/01/1900",)).is_none(held)


@pytest.mark.parametrize("pattern", [each for each in PATTERNS if "YY" in each and "YYYY" not in each])
def test_a_year_of_two_digits_is_read_only_where_all_programs_read_the_same(pattern: str) -> None:
    """Excel takes 30 to 99 for the last century, others only 69 to 99; the first of 2000 may be the 1900 of nothing."""
    days = Days((pattern,))

    def read(text: str) -> int | None:
        written = pattern.replace("DD", "02").replace("MM", "03").replace("MON", "Mar").replace("YY", text)
        found = days.read(written)
        return found.day.year if found else None

    years = {text: read(text) for text in (f"{number:02}" for number in range(100))}
    assert [years[text] for text in ("00", "01", "29")] == [2000, 2001, 2029]
    assert not any(years[f"{number}"] for number in range(30, 69))
    assert [years[text] for text in ("69", "99")] == [1969, 1999]
    first = pattern.replace("DD", "01").replace("MM", "01").replace("MON", "Jan").replace("YY", "00")
    assert days.read(first) is None


HEADER = (
    "urn,ltla23cd,local_authority,outcome_grade,inspection_start_date,"
    "inspection_end_date,publication_date,previous_inspection_date,"
    "next_inspection,inspection_link,inspection_outcome_text,region_code,next_inspection_by_date"
)


def overview(previous: str, started: str = "15/01/2024") -> ir.Published:
    row = f"80428,E09000002,Barking,1,{started},19/01/2024,05/03/2024,{previous},within five years,,,E12000007,"
    return ir.read(StringIO(f"{HEADER}\n{row}\n"))


@pytest.mark.parametrize("written", [each for each in SPELT if "," not in each])
def test_the_overview_of_send_has_no_inspection_before_on_a_day_of_none(written: str) -> None:
    published = overview(written)
    (council,) = published.subjects
    assert [event.started for event in council.events] == [date(2024, 1, 15)]
    assert not [each for each in published.problems if each.action != "kept"]
    assert council.not_used == ()


@pytest.mark.parametrize("written", ["02/01/00", "01/01/1970", "26/05/1999", "30/04/2016", "15/06/16"])
def test_a_day_before_there_was_such_an_inspection_is_said(written: str) -> None:
    published = overview(written)
    (council,) = published.subjects
    told = [each for each in published.problems if each.action == "row skipped"]
    if written == "15/06/16":
        assert (len(council.events), told) == (2, [])
        return
    (problem,) = told
    assert (problem.field, problem.value) == ("previous_inspection_date", written)
    assert problem.problem == "is earlier than any event of this kind"
    assert council.not_used


def test_a_mistyped_year_is_left_out_and_the_event_is_placed_by_its_other_days() -> None:
    published = overview("", started="15/01/1924")
    (council,) = published.subjects
    assert (council.events[0].started, council.events[0].ended) == (None, date(2024, 1, 19))
    (problem,) = published.problems
    assert (problem.action, problem.expected) == ("value left out", "2023-01-01 or later")


@pytest.mark.parametrize("number", ["0", "1"])
def test_a_workbook_of_the_overview_says_the_same(number: str) -> None:
    pytest.importorskip("python_calamine")
    row = [
        "80428",
        "E09000002",
        "Barking",
        "1",
        "15/01/2024",
        "19/01/2024",
        "05/03/2024",
        "PREVIOUS",
        "",
        "",
        "",
        "E12",
    ]
    rows = rows_of([HEADER.split(","), row]).replace(cell("H2", "PREVIOUS"), f'<c r="H2" s="1"><v>{number}</v></c>')
    formats_of_cells = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for styles in ("<cellXfs/>", formats_of_cells):
        styled = ("xl/styles.xml", f'<?xml version="1.0"?><styleSheet xmlns="{main}">{styles}</styleSheet>')
        published = ir.read(BytesIO(xlsx(rows, styled)))
        assert len(published.subjects[0].events) == 1
        assert not [each for each in published.problems if each.action != "kept"]


def test_a_day_of_the_library_s_own_table_may_be_of_any_year() -> None:
    row = "A,childrens_home,full_inspection,1999-05-01"
    (home,) = ir.read(StringIO(f"subject,type,activity,started\n{row}\n")).subjects
    assert home.events[0].started == date(1999, 5, 1)
