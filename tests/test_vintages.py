"""Vintages that nobody here has seen: what publishers rename, add, leave out and write otherwise, and what programs make of files."""
# ruff: noqa: E501 - the rows of a sheet stand on one line each

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest

import ilacs_rules as ir
from ilacs_rules.reading import Published
from ilacs_rules.reading.catalogue import formats
from ilacs_rules.reading.day_order import refuse_other_order
from ilacs_rules.reading.form import Format
from ilacs_rules.reading.matching import as_name, find_format
from ilacs_rules.reading.opening.sheet import Sheet
from small_workbooks import cell, ods, xlsx

TITLE = "Provider level data as at 31 March 2026,,,,,,,,,\n"
NAMES = (
    "Web link", "URN", "Provision type", "Name", "Registration date", "Registration status", "Latest full inspection event type", "Latest full inspection date",
    "Latest full inspection publication date", "Overall experiences and progress of children and young people",
    "How well children and young people are helped and protected", "The effectiveness of leaders and managers",
)  # fmt: skip
ROW = (
    "Ofsted",
    "SC000001",
    "Children's home",
    "REDACTED",
    "01/02/2015",
    "Active",
    "Full inspection",
    "13/05/2025",
    "24/06/2025",
    "Good",
    "Good",
    "Good",
)


def sheet(names: Sequence[str] = NAMES, *rows: Sequence[str], title: str = TITLE) -> StringIO:
    return StringIO(title + "".join(",".join(row) + "\n" for row in (names, *(rows or (ROW,)))))


def with_cell(name: str, text: str, row: Sequence[str] = ROW) -> tuple[str, ...]:
    return tuple(text if each == name else value for each, value in zip(NAMES, row, strict=True))


def only(published: Published) -> ir.Provider:
    (subject,) = published.subjects
    assert isinstance(subject, ir.Provider)
    return subject


def told(published: Published) -> list[tuple[str, str, str]]:
    return [(problem.field, problem.problem.partition(":")[0], problem.action) for problem in published.problems]


def test_a_vintage_with_the_known_columns_says_nothing() -> None:
    published = ir.read(sheet())
    assert published.problems == ()
    assert (only(published).registered, len(only(published).events)) == (date(2015, 2, 1), 1)


# What is new and what is missed


def test_a_column_that_no_vintage_has_is_said() -> None:
    published = ir.read(sheet((*NAMES, "Report card area 1"), (*ROW, "Strong standard")))
    (problem,) = published.problems
    assert (problem.field, problem.action, problem.lost) == ("header", "kept", False)
    assert problem.problem.endswith("Report card area 1")
    assert len(only(published).events) == 1


MISSED = {
    "Registration date": "column missing",
    "Overall experiences and progress of children and young people": "column missing",
    "How well children and young people are helped and protected": "column missing",
    "The effectiveness of leaders and managers": "column missing",
    "Latest full inspection publication date": "column missing",
    "Name": "kept",
    "Registration status": "kept",
}


@pytest.mark.parametrize("name", MISSED)
def test_a_column_with_another_name_is_missed_and_the_new_one_is_named(name: str) -> None:
    renamed = tuple("Something new" if each == name else each for each in NAMES)
    published = ir.read(sheet(renamed))
    missing, new = (each for each in published.problems if not each.line)
    assert (missing.field, missing.action) == (name, MISSED[name])
    assert new.problem.endswith(": Something new")
    assert missing.lost == (MISSED[name] == "column missing")


@pytest.mark.parametrize("name", MISSED)
def test_a_column_that_is_left_out_is_missed(name: str) -> None:
    place = NAMES.index(name)
    published = ir.read(sheet(NAMES[:place] + NAMES[place + 1 :], ROW[:place] + ROW[place + 1 :]))
    assert (name, MISSED[name]) in [(problem.field, problem.action) for problem in published.problems]


def test_of_a_copy_of_a_few_columns_nothing_is_missed_that_it_leaves_out() -> None:
    few = [
        NAMES.index(name)
        for name in NAMES
        if name not in ("Web link", "Name", "Registration date", "Registration status")
    ]
    published = ir.read(sheet([NAMES[place] for place in few], [ROW[place] for place in few]))
    assert published.problems == ()


def test_a_refusal_names_the_new_columns_beside_the_missing_one() -> None:
    renamed = tuple("Day of the visit" if each == "Latest full inspection date" else each for each in NAMES)
    with pytest.raises(
        ir.FileFormatError,
        match=r"is missing columns of 'Ofsted: providers as at 31 March.*no known edition has: Day of the visit",
    ):
        ir.read(sheet(renamed))


def test_a_known_column_is_never_offered_for_a_missing_one() -> None:
    renamed = tuple(
        "Called" if each == "Name" else "Local authority" if each == "Registration status" else each for each in NAMES
    )
    missing = next(problem for problem in ir.read(sheet(renamed)).problems if problem.field == "Name")
    assert "Local authority" not in missing.expected


@pytest.mark.parametrize("form", [form for form in formats().values() if form.url], ids=lambda form: form.id)
def test_only_columns_that_can_be_absent_are_missed(form: Format) -> None:
    for group in form.event:
        assert set(group.missed) <= set(group.columns) - set(group.needs)
    assert set(form.missed) <= set(form.columns) - set(form.needs)


# How days are written


@pytest.mark.parametrize(
    "written",
    ["13/05/2025", "13/05/25", "13/5/2025", "2025-05-13", "2025-05-13T00:00:00Z", "2025-05-13 00:00:00", "13.05.2025", "13-05-2025", "13 May 2025",
     "13 May 25", "13-May-2025", "13-May-25", "Tuesday 13 May 2025", "13th May 2025", "13/05/2025 00:00", "13/05/2025 12:00:00 AM"],
)  # fmt: skip
def test_one_day_however_it_is_written_day_first(written: str) -> None:
    published = ir.read(sheet(NAMES, with_cell("Latest full inspection date", written)))
    assert only(published).events[0].started == date(2025, 5, 13)
    assert published.problems == ()


@pytest.mark.parametrize("written", ["13/05/2025 09:30", "May-25", "45790", "2025-13-05", "13/05", "05.13.2025"])
def test_what_is_no_such_day_is_said_and_not_guessed(written: str) -> None:
    published = ir.read(sheet(NAMES, with_cell("Latest full inspection date", written)))
    assert only(published).events[0].started is None
    assert ("Latest full inspection date", "is not a day", "value left out") in told(published)


def rows_of_days(*days: str) -> list[tuple[str, ...]]:
    rows = []
    for number, day in enumerate(days, start=1):
        row = with_cell("URN", f"SC{number:06}", with_cell("Registration date", "2015-02-01", ROW))
        rows.append(
            with_cell("Latest full inspection date", day, with_cell("Latest full inspection publication date", "", row))
        )
    return rows


def test_a_sheet_with_its_days_month_first_is_refused() -> None:
    with pytest.raises(ir.FileFormatError, match=r"days written month first.*found '05/13/2025'") as refused:
        ir.read(sheet(NAMES, *rows_of_days("03/04/2025", "05/13/2025", "06/07/2025")))
    assert "the day first; or a profile" in refused.value.expected


def test_one_slip_among_days_in_their_order_is_one_slip() -> None:
    published = ir.read(sheet(NAMES, *rows_of_days("13/04/2025", "05/13/2025", "25/06/2025")))
    assert (
        told(published).count(("Latest full inspection date", "is not a date, and the row has no other", "row skipped"))
        == 1
    )
    assert sum(len(subject.events) for subject in published.subjects) == 2


def test_a_column_in_the_other_order_is_refused_though_another_has_the_right_one() -> None:
    rows = [
        with_cell("Registration date", f"{13 + place}/02/2015", row)
        for place, row in enumerate(rows_of_days(*[f"05/{day}/2025" for day in range(13, 18)]))
    ]
    with pytest.raises(ir.FileFormatError, match="month first"):
        ir.read(sheet(NAMES, *rows))
    four = ir.read(sheet(NAMES, *rows[:4], *[with_cell("URN", f"SC00001{n}") for n in range(3)]))
    assert len([problem for problem in four.problems if problem.action == "row skipped"]) == 4


def test_a_profile_with_the_month_first_refuses_days_that_stand_first() -> None:
    profile = ir.columns(
        StringIO("Name,Type,Event type,Inspection date\nA,Children's home,Full inspection,05/13/2025\n")
    ).profile(days=["MM/DD/YYYY"])
    text = "Name,Type,Event type,Inspection date\nA,Children's home,Full inspection,{}\n"
    assert ir.read(StringIO(text.format("05/13/2025")), format=profile).subjects[0].events[0].started == date(
        2025, 5, 13
    )
    with pytest.raises(ir.FileFormatError, match="days written day first"):
        ir.read(StringIO(text.format("13/05/2025")), format=profile)


def turned_round(*, low: int, text: int, also: Sequence[object] = ()) -> None:
    """A sheet as a program that takes the month for first leaves it: dates where it could, text where it could not."""
    days = [date(2025, 1, 1) + timedelta(days=place) for place in range(low)]
    cells: list[object] = [*days, *(f"{13 + place}/02/2025" for place in range(text)), *also]
    rows = [
        [value if name == "Latest full inspection date" else text for name, text in zip(NAMES, ROW, strict=True)]
        for value in cells
    ]
    for row in rows:
        row[NAMES.index("Registration date")] = row[NAMES.index("Latest full inspection publication date")] = ""
    (matched,) = find_format(
        Sheet("a.xlsx", "as at 31 March", range(1, len(rows) + 2), [NAMES, *rows]), formats().values()
    )
    refuse_other_order(matched)


def test_days_that_a_spreadsheet_program_turned_round_are_refused() -> None:
    with pytest.raises(ir.FileFormatError, match="spreadsheet program turned round"):
        turned_round(low=5, text=5)


@pytest.mark.parametrize(
    ("low", "text", "also"),
    [(4, 5, ()), (5, 4, ()), (5, 5, (date(2025, 5, 13),)), (5, 5, ("12/02/2025",)), (12, 0, ()), (0, 12, ())],
)
def test_days_that_need_not_have_been_turned_round_are_read(low: int, text: int, also: Sequence[object]) -> None:
    turned_round(low=low, text=text, also=also)


# What spreadsheets make of no day, and of an error


@pytest.mark.parametrize("written", ["01/01/1900", "1900-01-01", "1 January 1900"])
def test_what_spreadsheets_make_of_no_day_is_no_day(written: str) -> None:
    published = ir.read(sheet(NAMES, with_cell("Latest full inspection date", written)))
    event = only(published).events[0]
    assert (event.started, event.published, only(published).registered) == (None, date(2025, 6, 24), date(2015, 2, 1))
    assert told(published) == [("Latest full inspection date", "is not a day", "value left out")]


@pytest.mark.parametrize("written", ["01/01/1900", "1900-01-01", "01-Jan-1900", "01/01/1900 00:00"])
def test_where_a_format_means_none_by_it_it_may_be_written_otherwise(written: str) -> None:
    text = (
        "urn,local_authority,outcome_grade,previous_inspection_date,inspection_start_date,inspection_end_date,publication_date\n"
        f"80426,barnsley,2,{written},13/05/2025,17/05/2025,20/07/2025\n"
    )
    published = ir.read(StringIO(text))
    assert [event.activity.value for event in published.subjects[0].events] == ["area_send_inspection"]
    assert published.problems == ()


def test_a_row_whose_first_day_is_empty_says_so() -> None:
    published = ir.read(sheet(NAMES, with_cell("Latest full inspection date", "")))
    assert told(published) == [("Latest full inspection date", "is empty", "value left out")]


def test_a_cell_with_an_error_is_no_empty_cell() -> None:
    rows = "".join(
        f'<row r="{line}">{"".join(cell(f"{chr(65 + place)}{line}", text) for place, text in enumerate(row))}</row>'
        for line, row in enumerate((NAMES, with_cell("Registration date", "#ERROR")), start=1)
    )
    place = f"{chr(65 + NAMES.index('Registration date'))}2"
    rows = rows.replace(cell(place, "#ERROR"), f'<c r="{place}" t="e"><f>VLOOKUP(1,A1,2)</f><v>#N/A</v></c>')
    published = ir.read(BytesIO(xlsx(rows, name="as at 31 March 2026")))
    (problem,) = published.problems
    assert (problem.field, problem.value, problem.problem) == ("Registration date", "#N/A", "is not a day")


def test_a_cell_of_an_ods_file_that_holds_an_error_is_said() -> None:
    def row(texts: Sequence[str]) -> str:
        cells = "".join(
            f'<table:table-cell office:value-type="string"{" calcext:value-type=" + chr(34) + "error" + chr(34) if text == "#N/A" else ""}>'
            f"<text:p>{text}</text:p></table:table-cell>"
            for text in texts
        )
        return f"<table:table-row>{cells}</table:table-row>"

    book = ods(row(NAMES) + row(with_cell("Registration date", "#N/A")))
    published = ir.read(BytesIO(book))
    assert told(published) == [("Registration date", "is not a day", "value left out")]


# Headers


@pytest.mark.parametrize(
    ("written", "same"),
    [("Inspection.Visit.date", "Inspection/Visit date"), ("Short.break.only.children.s.home", "Short-break-only children's home"),
     ("Overall effectiveness (1)", "Overall effectiveness"), ("Overall effectiveness\u00b2", "Overall effectiveness"), ("URN*", "URN"),
     ("First.effective.date..that.the.provider.closed.", "First effective date (that the provider closed)")],
)  # fmt: skip
def test_a_name_as_programs_and_footnotes_leave_it_is_the_same_name(written: str, same: str) -> None:
    assert as_name(written) == as_name(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Address 1", "Address 2"), ("Area (12 months)", "Area (24 months)"), ("No. of places", "Places")],
)
def test_names_that_differ_in_more_stay_different(one: str, other: str) -> None:
    assert as_name(one) != as_name(other)


def test_a_header_that_a_statistical_program_wrote_is_read() -> None:
    dotted = tuple(name.replace(" ", ".") for name in NAMES)
    assert only(ir.read(sheet(dotted))) == only(ir.read(sheet()))


# Whom a row is about


@pytest.mark.parametrize("number", ["REDACTED", "c", "Total", "#N/A", "URN 12"])
def test_what_is_no_number_makes_no_subject_of_several(number: str) -> None:
    published = ir.read(
        sheet(
            NAMES, ROW, with_cell("URN", number), with_cell("URN", number, with_cell("Registration date", "01/03/2016"))
        )
    )
    assert only(published).urn == "SC000001"
    assert told(published) == [("URN", "is not the number of a provider", "row skipped")] * 2


# Publications of earlier years


def test_the_sheet_of_2015() -> None:
    published = ir.read(StringIO(
        "Web link,URN,Provision type,Reg Status,Setting Name,Region,Sector,Inspection type,Inspection Date,Inspection ID,Overall effectiveness,"
        "The safety of children and young people,Leadership and management,Linked ED URN,Short breaks only\n"
        "Ofsted,SC000001,Residential special school (>295 days/year),Active,A school,South East,Private,Full inspection,17/03/2015,324992,Outstanding,Good,Adequate,,\n"
    ))  # fmt: skip
    school = only(published)
    assert (school.type.value, school.name, school.region) == (
        "residential_special_school_registered_as_childrens_home",
        "A school",
        "South East",
    )
    assert school.events[0].note.startswith("event number 324992")
    assert [problem.field for problem in published.problems] == ["title"]


def test_homes_that_joined_in_a_sheet_of_their_own() -> None:
    published = ir.read(StringIO(
        "Table 1a: List of new children's homes registrations (joiners) between 1 April 2014 and 31 March 2015,,,,\n"
        "URN,Provider type,Ofsted Region,Places,Registration date\nSC000001,Children's home,North West,4,11/04/2014\n"
    ))  # fmt: skip
    assert (published.sheets[0].format, only(published).registered) == ("ofsted_joiners", date(2014, 4, 11))


def test_a_list_with_registration_days_that_does_not_say_what_it_is_is_no_list_of_joiners() -> None:
    with pytest.raises(ir.FileFormatError, match="is missing columns"):
        ir.read(StringIO("URN,Provider type,Registration date\nSC000001,Children's home,11/04/2014\n"))


def test_providers_and_places_without_days_of_registration() -> None:
    published = ir.read(
        StringIO(
            "Web link,URN,Provision type,Registration status,Name,Places\nOfsted,1027158,Children's home,Active,A home,6\n"
        )
    )
    assert (published.sheets[0].format, only(published).events, published.problems) == (
        "ofsted_providers_and_places",
        (),
        (),
    )


def test_the_council_in_which_a_provider_lies_is_not_its_name() -> None:
    found = ir.columns(
        StringIO("URN,Home name,LA,Type,Inspection date\nSC000001,A home,Camden,Children's home,2025-05-13\n")
    )
    (table,) = found.sheets
    assert {column.name: column.field for column in table.columns} == {
        "URN": "urn", "Home name": "name", "LA": "", "Type": "type", "Inspection date": "started",
    }  # fmt: skip
    councils = ir.columns(StringIO("LA,Type,Inspection date\nCamden,Short,2025-05-13\nBarnet,Standard,2025-05-14\n"))
    assert councils.sheets[0].columns[0].field == "name"


@pytest.mark.parametrize("name", ["#N/A", "REDACTED", "c", "[z]", "Total", "England", "1234"])
def test_what_is_no_name_makes_no_authority(name: str) -> None:
    published = ir.read(StringIO(
        "Local authority name,Inspection/Visit date,Publication date,Inspection/Visit type,Overall effectiveness,The impact of leaders,"
        "The experiences and progress of children who need help and protection,The experiences and progress of children in care,The experiences and progress of care leavers\n"
        f"Camden,13/05/2025,20/06/2025,ILACS Short Inspection,Good,Good,Good,Good,Good\n{name},13/05/2025,20/06/2025,ILACS Short Inspection,Good,Good,Good,Good,Good\n"
    ))  # fmt: skip
    assert [subject.name for subject in published.subjects] == ["Camden"]
    assert [problem.action for problem in published.problems] == ["row skipped"]


def test_all_columns_of_one_kind_of_event_renamed_are_missed() -> None:
    published = ir.read(StringIO(
        "Local authority name,First inspection in the new style publication date,First ILACS framework publication date,First ILACS framework inspection type,"
        "First ILACS framework overall effectiveness\nCamden,07/07/2016,20/06/2022,ILACS Short Inspection,Good\n"
    ))  # fmt: skip
    missed = [problem.field for problem in published.problems if problem.action == "column missing"]
    assert "first inspection under the single inspection framework" in missed
    assert "third inspection under ILACS" not in missed


def test_an_overview_of_before_2023_has_one_judgement_of_care_and_care_leavers() -> None:
    published = ir.read(StringIO(
        "urn,la_code,local_authority,inspection_link,overall_effectiveness_grade,inspection_framework,inspection_start_date,inspection_end_date,publication_date,"
        "impact_of_leaders_grade,help_and_protection_grade,care_and_care_leavers_grade,sentiment_score\n"
        "80426,370,barnsley,https://files.ofsted.gov.uk/v1/file/1,good,standard,19/09/22,30/09/22,18/11/22,good,good,requires improvement,0.1\n"
    ))  # fmt: skip
    (council,) = published.subjects
    (event,) = council.events
    assert (event.activity.value, event.started, event.published) == (
        "ilacs_standard",
        date(2022, 9, 19),
        date(2022, 11, 18),
    )
    assert {area: grade.value for area, grade in event.judgements if grade} == {
        "overall": "good", "leaders": "good", "help_and_protection": "good", "care_and_care_leavers": "requires_improvement",
    }  # fmt: skip
    assert published.problems == ()


def test_a_send_overview_without_the_previous_inspection() -> None:
    published = ir.read(StringIO(
        "urn,la_code,local_authority,inspection_link,outcome_grade,inspection_start_date,inspection_end_date,publication_date,next_inspection,next_inspection_by_date\n"
        "80426,370,barnsley,https://files.ofsted.gov.uk/v1/file/1,2.0,13/05/24,17/05/24,20/07/24,3 years,20/07/27\n"
    ))  # fmt: skip
    assert [event.activity.value for event in published.subjects[0].events] == ["area_send_inspection"]
    assert published.problems == ()


AUTHORITIES = (
    "Web link", "Local authority name", "Inspection/Visit date", "Publication date", "Inspection/Visit type", "Overall effectiveness", "The impact of leaders",
    "The experiences and progress of children who need help and protection", "The experiences and progress of children in care", "The experiences and progress of care leavers",
)  # fmt: skip


def of_authorities(year: str, overall: str | None, day: str, *, visit: bool = True) -> Published:
    names = [name if visit else name.replace("Inspection/Visit", "Inspection") for name in AUTHORITIES]
    row = [
        "Ofsted",
        "Camden",
        day,
        day[:-1] + "8",
        "ILACS Short Inspection",
        overall or "",
        "Good",
        "Good",
        "Good",
        "Good",
    ]
    place = AUTHORITIES.index("Overall effectiveness")
    if overall is None:
        del names[place], row[place]
    return ir.read(StringIO(f"{year},,,,\n{','.join(names)}\n{','.join(row)}\n"))


@pytest.mark.parametrize("overall", [None, "", "Not applicable"])
def test_since_april_2026_no_overall_judgement_is_missed(overall: str | None) -> None:
    published = of_authorities("Inspections and visits in 2026-27", overall, "2026-05-11")
    assert published.problems == ()
    (event,) = published.subjects[0].events
    assert event.judgements.overall is None
    assert event.judgements.leaders == "good"


def test_before_april_2026_an_overall_judgement_is_missed() -> None:
    published = of_authorities("Inspections and visits in 2025-26", None, "2025-05-11")
    assert [(problem.field, problem.action) for problem in published.problems] == [
        ("Overall effectiveness", "column missing")
    ]


@pytest.mark.parametrize(("title", "form"), [("Every ILACS inspection, 2018 to 2027", "ofsted_authorities_history")])
def test_a_history_without_an_overall_judgement_is_read_and_says_what_it_lacks(title: str, form: str) -> None:
    published = of_authorities(title, None, "2025-05-11", visit=False)
    assert published.sheets[0].format == form
    assert [(problem.field, problem.action) for problem in published.problems] == [
        ("Overall effectiveness", "column missing")
    ]


def test_a_header_again_is_no_council() -> None:
    """Where a second header stands under another order of columns, its name of the column is not a council's."""
    rows = (
        "Local authority name,Local authority area code,Inspection date,Publication date,"
        "Inspection type,Overall effectiveness,The impact of leaders on social work practice\n"
        "Barnet,E09000003,17/05/2023,07/07/2023,ILACS Standard Inspection,Good,Good\n"
        "Local authority,x,y,z,v,w,u\n"
    )
    published = ir.read(StringIO(rows))
    assert [council.name for council in published.subjects] == ["Barnet"]
    assert [(each.problem, each.value) for each in published.problems if each.action == "row skipped"] == [
        ("is the name of a column", "Local authority")
    ]
