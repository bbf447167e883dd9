"""A person's own spreadsheet: what its columns seem to be, and the profile that is made, corrected and given back."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.cli.commands import cli
from ilacs_rules.reading.catalogue import read_format
from ilacs_rules.reading.form import Format
from ilacs_rules.reading.suggesting.meaning import DAYS_IN_ORDER
from ilacs_rules.reading.suggesting.names import field_of_name
from ilacs_rules.reading.suggesting.saved import saved
from ilacs_rules.reading.suggesting.unknown import kind_of_words, unknown_texts

TITLES = ["Our visits and inspections", ""]
HEADER = [
    "Council",
    "Kind of inspection",
    "First day on site",
    "Last day on site",
    "Report date",
    "Published on",
    "Overall",
    "Comments",
]
RI = "Requires improvement to be good"
ROWS = [
    row.split("|")
    for row in (
        "Barsetshire County Council|Short inspection|03/04/2023|07/04/2023|01/05/2023|12/05/2023|Req imp|",
        "Barsetshire County Council|focused VISIT|09/04/2024|10/04/2024|01/05/2024|20/05/2024||front door",
        f"barsetshire|Standard|05/06/2025|12/06/2025|02/07/2025|10/07/2025|{RI}|",
    )
]


def sheet(rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER, separator: str = ",") -> StringIO:
    return StringIO("\n".join([*TITLES, *(separator.join(row) for row in (header, *rows))]) + "\n")


def fields(rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER) -> dict[str, str]:
    (seen,) = ir.columns(sheet(rows, header)).sheets
    return {column.name: column.field for column in seen.columns}


def test_each_column_is_told_by_its_name_and_what_stands_in_it() -> None:
    found = ir.columns(sheet(separator=";"))
    (seen,) = found.sheets
    assert (seen.header, seen.rows, seen.format) == (3, 3, "")
    assert {column.name: column.field for column in seen.columns} == {
        "Council": "name",
        "Kind of inspection": "activity",
        "First day on site": "started",
        "Last day on site": "ended",
        "Report date": "",
        "Published on": "published",
        "Overall": "overall",
        "Comments": "note",
    }
    by_name = {column.name: column for column in seen.columns}
    assert by_name["First day on site"].day_orders == ("DD/MM/YYYY", "MM/DD/YYYY")
    assert by_name["Published on"].day_orders == ("DD/MM/YYYY",)
    assert by_name["Overall"].unknown == {"Req imp": 1}
    assert by_name["Report date"].because == "it holds days, and its name does not say which"
    text = str(found)
    assert "every value fits DD/MM/YYYY and MM/DD/YYYY" in text
    assert "not known: Req imp" in text


NAMES = [
    "Started", "Start date", "First day", "Ended", "End date", "Last day", "Published", "Publication date", "Date",
    "Report date", "Inspection date", "Inspection end date", "Outcome date", "Star date", "Finish", "Day",
    "Letter sent", "First day of report",
]  # fmt: skip


@given(st.permutations(NAMES), st.permutations(["05/02/2024", "09/02/2024", "20/03/2024"]))
@settings(max_examples=60, deadline=None)
def test_no_kind_of_day_is_taken_for_another(names: list[str], days: list[str]) -> None:
    """Whatever columns are called, and whatever stands in them: a day is told by its own name, or not at all."""
    told = fields([["A council", "Short inspection", *days]] * 3, ["Council", "Kind of inspection", *names[:3]])
    for name in names[:3]:
        assert told[name] in ("", field_of_name(name))
    order = {"05/02/2024": 0, "09/02/2024": 1, "20/03/2024": 2}
    suggested = [
        (told[name], order[day]) for name, day in zip(names[:3], days, strict=True) if told[name] in DAYS_IN_ORDER
    ]
    for (one, first), (other, second) in permutations(suggested, 2):
        if DAYS_IN_ORDER.index(one) < DAYS_IN_ORDER.index(other):
            assert first < second, "days that contradict their names are told by nobody"


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Start date", "started"), ("start_date", "started"), ("FIRST DAY", "started"), ("Inspection date", "started"),
        ("End date", "ended"), ("Last day on site", "ended"), ("Date of publication", "published"),
        ("Date", ""), ("Report date", ""), ("Strat date", ""), ("End dates", ""), ("Publish date", ""),
        ("Outcome date", ""),
    ],
)  # fmt: skip
def test_names_have_one_meaning_or_none(name: str, field: str) -> None:
    assert field_of_name(name) == field


def test_names_that_contradict_their_days_are_told_by_nobody() -> None:
    swapped = [[*row[:2], row[3], row[2], *row[4:]] for row in ROWS]
    assert {name: field for name, field in fields(swapped).items() if "day" in name} == {
        "First day on site": "",
        "Last day on site": "",
    }


def test_a_first_day_that_is_the_day_of_publication_is_none() -> None:
    same = [[*row[:2], row[5], "", row[4], row[5], *row[6:]] for row in ROWS]
    (seen,) = ir.columns(sheet(same)).sheets
    column = next(column for column in seen.columns if column.name == "First day on site")
    assert (column.field, "same day as 'Published on' in 3 of 3 rows" in column.because) == ("", True)


def test_of_two_columns_that_could_be_the_same_neither_is() -> None:
    told = fields([[*row, row[2]] for row in ROWS], [*HEADER, "Start date"])
    assert (told["Start date"], told["First day on site"]) == ("", "")


def test_columns_are_told_by_their_values_but_never_days() -> None:
    header = ["Who", "What", "When", "Code"]
    rows = [["A home", "Full inspection", "2024-04-09", "SC123456"], ["B home", "Monitoring", "2024-05-09", "SC123457"]]
    assert fields(rows, header) == {"Who": "", "What": "activity", "When": "", "Code": "urn"}


def test_a_profile_is_written_corrected_and_given_back(tmp_path: Path) -> None:
    file, profile = tmp_path / "visits.csv", tmp_path / "visits.toml"
    file.write_text(sheet().read(), encoding="utf-8")
    run = CliRunner()
    done = run.invoke(cli, ["columns", str(file), "--write", str(profile)])
    assert (done.exit_code, "header in row 3" in done.output) == (0, True), done.output
    written = profile.read_text(encoding="utf-8")
    # As it was written it reads no day, because nobody has said how days are written; and it says so.
    refused = run.invoke(cli, ["next", str(file), "--format", str(profile), "--as-of", "2025-11-21"])
    assert "`days` in the profile says how days are written" in refused.stderr
    assert refused.exit_code == 3
    corrected = written.replace('# days = ["DD/MM/YYYY"]', 'days = ["DD/MM/YYYY"]')
    corrected = corrected.replace('# "Req imp" = "…"', '"Req imp" = "requires_improvement"')
    profile.write_text(corrected, encoding="utf-8")
    published = ir.read(file, format=profile)
    (authority,) = published.subjects
    assert (authority.name, len(authority.events)) == ("Barsetshire County Council", 3)
    assert {problem.field for problem in published.problems} <= {"judgements"}
    assert [event.activity.value for event in authority.events] == ["ilacs_short", "focused_visit", "ilacs_standard"]
    assert [event.judgements.overall for event in authority.events] == [
        "requires_improvement",
        None,
        "requires_improvement",
    ]
    assert [str(event.started) for event in authority.events] == ["2023-04-03", "2024-04-09", "2025-06-05"]
    assert authority.events[1].note == "Comments: front door"
    assert authority.covers == ()
    done = run.invoke(cli, ["next", str(file), "--format", str(profile), "--as-of", "2025-11-21"])
    assert done.exit_code == 0, done.output
    again = run.invoke(cli, ["columns", str(file), "--write", str(profile)])
    assert (again.exit_code, "already exists" in again.stderr) == (2, True)


def test_in_python_the_same_is_a_value() -> None:
    found = ir.columns(sheet())
    with pytest.raises(ir.FileFormatError, match="only you can say which order"):
        found.profile()
    profile = found.profile(days=["DD/MM/YYYY"])
    (authority,) = ir.read(sheet(), format=profile).subjects
    assert [str(event.ended) for event in authority.events] == ["2023-04-07", "2024-04-10", "2025-06-12"]
    as_toml = found.to_toml().replace('# days = ["DD/MM/YYYY"]', 'days = ["DD/MM/YYYY"]')
    (same,) = ir.read(sheet(), format=read_format(as_toml, "visits.toml")).subjects
    assert same == authority


def test_days_are_never_guessed_from_the_values() -> None:
    """Also where only one order fits: a profile says it, or the days are not read."""
    rows = [["A council", "Short inspection", "25/04/2023", "28/04/2023", "", "31/05/2023", "Good", ""]]
    found = ir.columns(sheet(rows))
    assert found.sheets[0].columns[2].day_orders == ("DD/MM/YYYY",)
    with pytest.raises(ir.FileFormatError, match="only you can say"):
        found.profile()
    assert '# days = ["DD/MM/YYYY"]' in found.to_toml()


PROFILE = """
of = "authorities"
days = ["DD MONTH YYYY"]
covers = ["ilacs_short", "focused_visit"]
needs = []
[subject]
name = "Barsetshire"
[[event]]
[event.columns]
activity = ["What"]
started = ["When"]
"""


def test_one_council_in_every_row_long_days_and_what_is_covered() -> None:
    text = "What,When\nShort inspection,Monday 3rd April 2023\nfocused visit,9 April 2024\n"
    published = ir.read(StringIO(text), format=read_format(PROFILE, "mine.toml"))
    (authority,) = published.subjects
    assert (authority.name, published.problems) == ("Barsetshire", ())
    assert [str(event.started) for event in authority.events] == ["2023-04-03", "2024-04-09"]
    covered = {each.activity.value for each in authority.covers if isinstance(each, ir.Covered)}
    assert covered == {"ilacs_short", "focused_visit"}
    everything = ir.read(StringIO(text), format=read_format(PROFILE, "mine.toml"), covers="everything").subjects[0]
    assert everything.covers == "everything"


@pytest.mark.parametrize(
    ("days", "text", "day"),
    [
        ("excel", "45061", "2023-05-15"),
        ("MM/DD/YYYY", "05/15/2023", "2023-05-15"),
        ("DD-MON-YY", "15-May-23", "2023-05-15"),
        ("DD.MM.YYYY", "15.5.2023", "2023-05-15"),
        ("MONTH DD, YYYY", "May 15, 2023", "2023-05-15"),
        ("YYYYMMDD", "20230515", "2023-05-15"),
        ("YYYY-MM-DD", "2023-05-15 00:00:00", "2023-05-15"),
        ("DD/MM/YY", "15/05/23", "2023-05-15"),
        ("DD/MM/YY", "15/05/09", "2009-05-15"),
        ("DD MON YYYY", "Mon 15 May 2023", "2023-05-15"),
    ],
)
def test_days_are_read_as_the_profile_writes_them(days: str, text: str, day: str) -> None:
    profile = read_format(PROFILE.replace("DD MONTH YYYY", days), "mine.toml")
    (authority,) = ir.read(StringIO(f"What|When\nShort inspection|{text}\n"), format=profile).subjects
    assert str(authority.events[0].started) == day


def test_a_month_alone_is_a_first_day_known_by_its_month() -> None:
    profile = read_format(PROFILE.replace("DD MONTH YYYY", "MONTH YYYY"), "mine.toml")
    (authority,) = ir.read(StringIO("What,When\nShort inspection,May 2023\n"), format=profile).subjects
    assert (str(authority.events[0].started), authority.events[0].precision) == ("2023-05-01", "month")


def test_excels_own_dates_need_no_word() -> None:
    pytest.importorskip("python_calamine")
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Visits"
    page.append(["Council", "Visit type", "Start date", "Number"])
    page.append(["Barsetshire", "Short inspection", datetime(2023, 5, 15), 45061])
    held = BytesIO()
    book.save(held)
    held.seek(0)
    found = ir.columns(held)
    assert found.sheets[0].columns[2].holds == "dates"
    assert found.sheets[0].columns[3].day_orders == ("excel",)
    held.seek(0)
    (authority,) = ir.read(held, format=found.profile()).subjects
    assert str(authority.events[0].started) == "2023-05-15"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("What,When", "What,Date"), r"is missing columns of the profile: When"),
        (("What,When", "What,First day"), r"is missing columns of the profile: When \(is it 'First day'\?\)"),
        (
            ("What,When", "What,Last day"),
            r"is missing columns of the profile: When \(found",
        ),
    ],
)
def test_a_profile_that_names_a_column_that_is_not_there(change: tuple[str, str], said: str) -> None:
    text = "What,When\nShort inspection,9 April 2024\n".replace(*change)
    with pytest.raises(ir.FileFormatError, match=said):
        ir.read(StringIO(text), format=read_format(PROFILE, "mine.toml"))


def test_also_a_column_without_which_the_file_could_be_read() -> None:
    profile = read_format(PROFILE + 'ended = ["Last day"]\n', "mine.toml")
    with pytest.raises(
        ir.FileFormatError, match=r"is missing columns that the profile names: Last day \(is it 'End date'\?\)"
    ):
        ir.read(StringIO("What,When,End date\nShort inspection,9 April 2024,10 April 2024\n"), format=profile)
    with pytest.raises(ir.FileFormatError, match=r"names: Last day \(found"):
        ir.read(StringIO("What,When,Published\nShort inspection,9 April 2024,10 April 2024\n"), format=profile)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"authorities"', '"councils"'), "mine.toml"),
        (("covers =", "cover ="), "is not a field of Format"),
        (('started = ["When"]', 'strated = ["When"]'), "'started'?"),
        (("DD MONTH YYYY", "D/M/Y"), "is not known here"),
        (('days = ["DD MONTH YYYY"]', 'days = ["DD/MM/YYYY", "MM/DD/YYYY"]'), "03/04/2024 could be two days"),
        (("[subject]", '[words.grade]\n"Req imp" = "requires"\n[subject]'), "words.grade.Req imp: is not known here"),
        (
            ('covers = ["ilacs_short", "focused_visit"]', 'covers = "inspection"'),
            "covers: is not a known word (found 'inspection'; expected 'inspections'?",
        ),
        (
            ('covers = ["ilacs_short", "focused_visit"]', 'covers = ["ilacs_shrt"]'),
            "covers[0]: is not known here (found 'ilacs_shrt'; expected 'ilacs_short'?",
        ),
        (
            ('covers = ["ilacs_short", "focused_visit"]', "covers = 3"),
            "covers: is not a coverage (found 3; expected 'inspections', 'everything'",
        ),
        (("days = ", "words = 3\ndays = "), "mine.toml: words: is not a mapping (found 3; expected a mapping"),
        (("of =", "of"), "is not TOML"),
        (('name = "Barsetshire"', 'nme = "Barsetshire"'), "'name'?"),
    ],
)
def test_a_profile_that_is_wrong_says_where(change: tuple[str, str], said: str) -> None:
    with pytest.raises(ir.FileFormatError) as caught:
        read_format(PROFILE.replace(*change), "mine.toml")
    assert said in str(caught.value)
    assert "mine" in str(caught.value)


def test_a_format_that_is_not_there() -> None:
    with pytest.raises(ir.FileFormatError, match="no file of that name"):
        ir.read(StringIO("a,b\n"), format="visits.toml ")
    with pytest.raises(ir.FileFormatError, match="cannot be read"):
        ir.read(StringIO("a,b\n"), format="no_such.toml")


def test_a_published_file_needs_no_profile() -> None:
    columns = "urn,local_authority,inspection_link,inspection_start_date,publication_date,inspection_theme"
    text = f"{columns}\n1,A,,,09/04/24,x\n"
    found = ir.columns(StringIO(text))
    assert found.sheets[0].format == "d2i_jtai_overview"
    assert "It opens as it is" in str(found)


@pytest.mark.parametrize("text", ["", "\n\n", "one cell", "a,b\n"])
def test_files_without_columns(text: str) -> None:
    try:
        found = ir.columns(StringIO(text))
    except ir.FileFormatError:
        return
    assert str(found)
    assert found.to_toml() or True


OWN = """Our homes and agencies,,,,,
,,,,,
Ofsted URN,Setting name,Provider type,Date of inspection,Inspection type,Grade,Published
SC012345,Rose House,Children's Home,12/05/2024,Full,RI,24/06/2024
1234567,Oak Fostering,IFA,23/04/2023,Full inspection,Good,N/A
SC012346,Elm House,childrens home,25/11/2024,Interim,,TBC
,,,,,,
Total,3,,,,,
Note: agencies outside the county are left out,,,,,,
"""


def test_a_sheet_as_people_keep_them_needs_one_decision() -> None:
    """Titles, abbreviations, N/A and TBC, a grade called only that, totals, notes: the order of days is left."""
    found = ir.columns(StringIO(OWN))
    (seen,) = found.sheets
    assert (seen.header, seen.rows) == (3, 3)
    assert [column.field for column in seen.columns] == [
        "urn", "name", "type", "started", "activity", "overall", "published",
    ]  # fmt: skip
    assert {column.name: column.not_there for column in seen.columns if column.not_there} == {
        "Published": ("N/A", "TBC")
    }
    published = ir.read(StringIO(OWN), format=found.profile(days=["DD/MM/YYYY"]))
    assert {problem.field for problem in published.problems} <= {"judgements"}
    assert [(subject.name, str(subject.type)) for subject in published.subjects] == [
        ("Elm House", "childrens_home"),
        ("Oak Fostering", "independent_fostering_agency"),
        ("Rose House", "childrens_home"),
    ]
    rose = published.subjects[2].events[0]
    assert (str(rose.started), str(rose.judgements.overall)) == ("2024-05-12", "requires_improvement")
    assert published.subjects[1].events[0].published is None
    as_written = read_format(found.to_toml().replace('# days = ["DD/MM/YYYY"]', 'days = ["DD/MM/YYYY"]'), "own.toml")
    assert ir.read(StringIO(OWN), format=as_written).subjects == published.subjects


def test_a_grade_is_the_overall_one_only_where_it_stands_alone() -> None:
    header = ["Council", "Kind of inspection", "First day", "Grade", "Other grade"]
    assert fields([["A council", "Short", "2024-04-09", "Good", "Good"]], header)["Grade"] == ""
    assert fields([["A council", "Short", "2024-04-09", "Good", "x"]], header)["Grade"] == "overall"


def test_what_stands_alone_at_the_foot_is_said_and_a_number_there_is_somebody() -> None:
    rows = OWN.splitlines()[:6]
    profile = ir.columns(StringIO(OWN)).profile(days=["DD/MM/YYYY"])
    published = ir.read(StringIO("\n".join([*rows, "Ivy House,,,,,,"])), format=profile)
    of_rows = [problem for problem in published.problems if problem.line]
    assert [(problem.action, problem.value) for problem in of_rows] == [("kept", "Ivy House")]
    published = ir.read(StringIO("\n".join([*rows, "SC999999,,,,,,"])), format=profile)
    assert [problem.action for problem in published.problems if problem.line] == ["subject skipped"]


TWO_HEADERS = """Local authority,Inspection,,,Judgements,
,Kind of inspection,Start date,End date,Overall,Leaders
Derby,Standard,2022-05-09,2022-05-20,Outstanding,Good
"""


def test_a_header_of_two_rows_is_read_whole() -> None:
    found = ir.columns(StringIO(TWO_HEADERS))
    (seen,) = found.sheets
    assert [column.field for column in seen.columns] == ["name", "activity", "started", "ended", "overall", "leaders"]
    profile = found.profile(of="authorities", days=["YYYY-MM-DD"])
    (derby,) = ir.read(StringIO(TWO_HEADERS), format=profile).subjects
    assert (derby.name, str(derby.events[0].ended), str(derby.events[0].judgements.leaders)) == (
        "Derby", "2022-05-20", "good",
    )  # fmt: skip


WIDE = """Local authority,Last ILACS date,ILACS grade,Focused visit 1,Focused visit 2,Next due
Derby,2022-05-09,Outstanding,2023-06-01,,2025
Leeds,2022-06-27,Good,2023-10-01,2024-07-01,2025
"""


def test_a_row_with_a_whole_history_is_suggested_as_several_events() -> None:
    written = ir.columns(StringIO(WIDE)).to_toml()
    assert "[[event]]" not in [line for line in written.splitlines() if not line.startswith("#")]
    for behind in ("[[event]]", "activity", "needs", "columns"):
        written = written.replace(f"# {behind}", behind)
    profile = read_format(written.replace('# of = "authorities"', 'of = "authorities"'), "wide.toml")
    derby, leeds = ir.read(StringIO(WIDE), format=profile).subjects
    assert [(str(event.activity), str(event.started)) for event in leeds.events] == [
        ("ilacs_inspection", "2022-06-27"), ("focused_visit", "2023-10-01"), ("focused_visit", "2024-07-01"),
    ]  # fmt: skip
    assert str(derby.events[0].judgements.overall) == "outstanding"


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"region": ["Region"]}, "does not say which council or provider its rows are about"),
        ({"name": ["Name"]}, "does not say what kind of provider its rows are about"),
    ],
)
def test_a_profile_that_leaves_out_whom_or_which_kind(columns: dict[str, list[str]], problem: str) -> None:
    profile = ir.Format.model_validate(
        {
            "id": "mine", "title": "mine", "of": "providers", "needs": [], "columns": columns,
            "event": [{"columns": {"activity": ["What"], "started": ["When"]}}],
        }
    )  # fmt: skip
    with pytest.raises(ir.FileFormatError, match=problem):
        ir.read(StringIO("Name,Region,What,When\nA home,London,Full,2024-04-09\n"), format=profile)


LOOSE = """Council,Seen on,Kind of look,Mark,Other mark
Kent,03/04/2024,Look-in,Req imp,N/A
Barnet,04/05/2024,Focused visit,Good,Fine
"""


def test_everything_that_a_profile_lacks_is_said_at_once() -> None:
    """Nobody is sent back five times: each thing that only a person can say is asked for in the first refusal."""
    found = ir.columns(StringIO(LOOSE))
    with pytest.raises(ir.FileFormatError) as refused:
        found.profile(means={"A": "", "B": "started", "C": "", "D": "overall", "E": "overall"}, says={"covers": "all"})
    said = [str(fault) for fault in refused.value.faults]
    assert len(said) == 5
    for words in (
        "two columns for overall", "which order they are written in", "whom a row is about", "what happened",
        "authorities or providers", "says.covers: is not known here",
    ):  # fmt: skip
        assert any(words in each for each in said), words
    assert not any("nor when" in each for each in said), "a first day is there"


def test_an_activity_of_councils_alone_tells_whom_the_rows_are_about() -> None:
    text = "Council,Seen on\nKent,03/04/2024\n"
    profile = ir.columns(StringIO(text)).profile(
        days=["DD/MM/YYYY"], means={"B": "started"}, says={"activity": "ilacs_short"}
    )
    assert profile.of == "authorities"
    (council,) = ir.read(StringIO(text), format=profile).subjects
    assert council.type == "local_authority"
    with pytest.raises(ir.FileFormatError, match="authorities or providers"):
        ir.columns(StringIO(text)).profile(
            days=["DD/MM/YYYY"], means={"B": "started"}, says={"activity": "monitoring_visit"}
        )


def test_words_that_are_not_known_are_said_once_or_reported_row_by_row(tmp_path: Path) -> None:
    found = ir.columns(StringIO(LOOSE))
    means = {"B": "started", "C": "activity", "D": "overall", "E": "leaders"}
    unknown = {
        field: unknown_texts(column, kind_of_words(field), "authorities")
        for column in found.sheets[0].columns
        if (field := means.get(column.letter, "")) and kind_of_words(field)
    }
    assert unknown == {"activity": {"Look-in": 1}, "overall": {"Req imp": 1}, "leaders": {"Fine": 1}}
    words = {"activity": {"Look-in": "ilacs_short"}, "grade": {"Req imp": "requires_improvement", "Fine": ""}}
    profile = found.profile(of="authorities", days=["DD/MM/YYYY"], means=means, words=words)
    published = ir.read(StringIO(LOOSE), format=profile)
    kent = next(each for each in published.subjects if each.name == "Kent").events[0]
    assert (str(kent.activity), str(kent.judgements.overall)) == ("ilacs_short", "requires_improvement")
    assert [problem.value for problem in published.problems if problem.value == "Fine"] == ["Fine"], (
        "left out, and said"
    )
    (tmp_path / "mine.toml").write_text(saved(profile), encoding="utf-8")
    assert ir.read(StringIO(LOOSE), format=tmp_path / "mine.toml").subjects == published.subjects
    with pytest.raises(ir.FileFormatError) as refused:
        found.profile(
            of="authorities", days=["DD/MM/YYYY"], means=means,
            words={"grade": {"Req imp": "nearly"}, "outcome": {"a": "b"}, "colour": {"red": "good"}},
        )  # fmt: skip
    assert [fault.field for fault in refused.value.faults] == ["words.grade.Req imp", "words.outcome.a", "words"]


@pytest.mark.parametrize("name", ['a "quoted" \\ name', "new\nline", "é \u2028 \x7f", "# = [x]"])
def test_a_saved_profile_is_read_back_whatever_its_words(name: str) -> None:
    form = Format.model_validate({
        "id": "mine", "title": name, "of": "any", "columns": {"name": [name]}, "needs": ["name"], "days": [],
        "subject": {"region": name}, "covers": ["ilacs_short"], "words": {"grade": {name: "good"}},
        "activity_word": [{"says": [name], "means": "focused_visit", "since": "2024-01-01"}],
        "event": [{"columns": {"started": [name]}, "needs": ["started"], "activity": "jtai", "notes": {name: [name]}}],
    })  # fmt: skip
    assert read_format(saved(form), "mine.toml") == form


def test_of_several_files_each_has_a_profile_of_its_own(tmp_path: Path) -> None:
    one, two, known = tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "known.json"
    one.write_text("Council,Seen on\nKent,03/04/2024\n", encoding="utf-8")
    two.write_text("Who,Began\nKent,2025-05-12\n", encoding="utf-8")
    known.write_text('{"type": "local_authority", "name": "Barnet"}', encoding="utf-8")
    first = ir.columns(one).profile(
        days=["DD/MM/YYYY"], means={"B": "started"}, says={"activity": "focused_visit", "covers": "everything"}
    )
    second = ir.columns(two).profile(
        means={"A": "name", "B": "started"}, days=["YYYY-MM-DD"], says={"activity": "ilacs_short"}
    )
    files = [one, two, known]
    published = ir.read(files, format={str(one): first, str(two): second})
    assert [(each.name, len(each.events)) for each in published.subjects] == [("Barnet", 0), ("Kent", 2)]
    assert published.subjects[1].covers != "everything", "only one of its two files claims it"
    alone = ir.read([one, known], format={str(one): first}).subjects
    assert [each.covers == "everything" for each in alone] == [False, True]
    with pytest.raises(ir.FileFormatError, match="none of the files"):
        ir.read(files, format={"three.csv": first})
    with pytest.raises(ir.FileFormatError, match="no header of a known format"):
        ir.read(files, format={str(one): first})
