"""Two councils or settings are never read as one, nor one as two, without a word: numbers that are none, and names."""

from io import StringIO
from pathlib import Path

import pytest

import ilacs_rules as ir

PROFILE = """
id = "homes"
title = "Our homes"
of = "providers"
needs = ["{needs}"]
header = 1
[columns]
{urn}
name = ["Home"]
[subject]
type = "childrens_home"
[[event]]
needs = ["started"]
activity = "full_inspection"
[event.columns]
started = ["First day"]
"""


def homes(tmp_path: Path, *rows: str, by: str = "urn") -> ir.Published:
    profile = tmp_path / "homes.toml"
    profile.write_text(PROFILE.format(needs=by, urn='urn = ["URN"]' if by == "urn" else ""), encoding="utf-8")
    return ir.read(StringIO("\n".join(["URN,Home,First day", *rows])), format=profile)


@pytest.mark.parametrize("none", ["TBC", "n/a", "nan", "-", "?"])
def test_homes_without_a_number_are_not_one_home(tmp_path: Path, none: str) -> None:
    read = homes(tmp_path, f"{none},Oak,2024-01-02", f"{none},Elm,2024-05-02", "1027077,Yew,2024-05-02")
    assert [subject.name for subject in read.subjects] == ["Yew"]
    assert [(each.line, each.field, each.value, each.action) for each in read.problems] == [
        (2, "URN", none, "row skipped"),
        (3, "URN", none, "row skipped"),
    ]
    assert read.problems[0].problem == "says that there is none, so the row belongs to nobody"


def test_a_number_that_a_spreadsheet_shortened_is_nobodys(tmp_path: Path) -> None:
    read = homes(tmp_path, "1.03E+06,Oak,2024-01-02", "1.03E+06,Elm,2024-05-02", "1027077,Yew,2024-05-02")
    assert [subject.name for subject in read.subjects] == ["Yew"]
    assert [(each.line, each.value) for each in read.problems] == [(2, "1.03E+06"), (3, "1.03E+06")]
    assert "shortened" in read.problems[0].problem


def test_a_name_is_one_in_any_case_and_two_names_are_two(tmp_path: Path) -> None:
    read = homes(tmp_path, ",The Oaks,2023-01-02", ",the  oaks,2024-05-02", ",Oaks,2024-05-02", by="name")
    assert sorted(len(subject.events) for subject in read.subjects) == [1, 2]


EVENTS = "subject,type,name,urn,activity,started\n"


def test_a_subject_that_is_only_text_for_nothing_is_nobody_in_either_command() -> None:
    tables = pytest.importorskip("ilacs_rules.tables")
    pl = pytest.importorskip("polars")
    rows = [("nan", "childrens_home", "2023-05-15"), ("nan", "childrens_home", "2024-05-15")]
    rows += [("A", "childrens_home", "2024-05-15"), (" A ", "childrens_home", "2023-05-15")]
    text = "".join(f"{who},{kind},,,full_inspection,{day}\n" for who, kind, day in rows)
    read = ir.read(StringIO(EVENTS + text))
    assert [(subject.name, len(subject.events)) for subject in read.subjects] == [("A", 2)]
    assert [problem.line for problem in read.problems] == [2, 3]
    frame = pl.DataFrame(rows, schema=["subject", "type", "started"], orient="row")
    answered = tables.next_activities(frame.with_columns(activity=pl.lit("full_inspection")), as_of="2024-06-01")
    assert answered.answers["subject"].to_list() == ["A"]
    assert answered.refused["row"].to_list() == [0, 1]
    assert answered.refused["message"][0].startswith("subject: is what a program writes where there is nothing")


@pytest.mark.parametrize(
    ("said", "near"), [("Short inspection", "ilacs_short"), ("focused visit", "focused_visit"), ("jtia", "jtai")]
)
def test_the_nearest_word_is_the_one_that_is_printed_so(said: str, near: str) -> None:
    with pytest.raises(ir.IlacsRulesError) as caught:
        ir.Event.model_validate({"activity": said, "started": "2024-01-02"})
    assert f"expected '{near}'?" in str(caught.value)


@pytest.mark.parametrize(
    ("said", "hint"), [("45061.5", "a date, or text"), ("20230515", "2023-05-15"), ("2023.5.15", "2023-05-15")]
)
def test_a_spreadsheets_number_of_a_day_is_never_said_to_be_another(said: str, hint: str) -> None:
    with pytest.raises(ir.IlacsRulesError, match=hint):
        ir.Event.model_validate({"activity": "full_inspection", "started": said})


def test_a_column_named_report_that_holds_days_is_not_the_reports_address() -> None:
    text = "Council,Kind,From,To,Report\nKent,Short inspection,09/05/2022,20/05/2022,07/07/2022\n"
    found = ir.columns(StringIO(text))
    assert {column.name: column.field for column in found.sheets[0].columns}["Report"] == ""
    written = found.to_toml()
    assert '# published = ["…"]  # the day on which its report came out: one of From, To, Report?' in written


def test_the_judgement_of_a_row_with_a_whole_history_is_not_forgotten() -> None:
    text = "LA name,Last full ILACS,Judgement,Last focused visit\nKent,2022-05-09,Good,2023-05-09\n"
    assert '# To the one that it judges, add: overall = ["Judgement"]' in ir.columns(StringIO(text)).to_toml()


def test_a_total_with_what_it_counts_is_nobody() -> None:
    text = "Council,Kind,First day,Notes\nKent,Short inspection,2022-05-09,\nTotal,9 visits,,\n"
    profile = ir.columns(StringIO(text)).profile(of="authorities", days=["YYYY-MM-DD"])
    assert [subject.name for subject in ir.read(StringIO(text), format=profile).subjects] == ["Kent"]


def test_a_sheet_of_which_a_known_format_reads_no_judgement_does_not_open_as_it_is() -> None:
    """Somebody's own list has Ofsted's words for number, kind and day, and its own for what answers rest on."""
    names = "URN,Provision type,Inspection type,Inspection date,Published,Overall"
    text = f"{names}\n1027077,Children's home,Full inspection,14/05/2024,20/06/2024,Good\n"
    found = ir.columns(StringIO(text))
    assert found.sheets[0].format == ""
    assert "It opens as it is" not in str(found)
    home = ir.read(StringIO(text), format=found.profile(days=["DD/MM/YYYY"])).subjects[0]
    assert [str(event.published) for event in home.events] == ["2024-06-20"]


def test_nothing_in_a_column_of_days_that_is_not_told_yet_is_written_down_too() -> None:
    text = "LA name,Last full ILACS,Last focused visit\nKent,2022-05-09,N/A\nEssex,2022-05-09,2023-05-09\n"
    assert 'no_days = ["N/A"]' in ir.columns(StringIO(text)).to_toml()
