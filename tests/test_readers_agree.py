"""One file, one answer: `next`, `table` and the functions of tables agree on whose a row is and what it says."""

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from click.testing import CliRunner, Result

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.cli.asked_of_tables import AskedOf
from ilacs_rules.cli.commands import cli
from ilacs_rules.cli.files import Given, answer_files
from ilacs_rules.cli.filtering import Filters

AS_OF = "2025-01-10"
NAMES = ("subject", "type", "name", "registered", "activity", "started", "ended", "published", "overall")
ROW = (
    "A",
    "childrens_home",
    "A home",
    "2015-06-01",
    "full_inspection",
    "2024-05-15",
    "2024-05-17",
    "2024-06-28",
    "good",
)
SPELT = {"1027077": ("1027077", "1027077.0", " 1027077 "), "SC035296": ("sc035296", "SC035296", "Sc 035296")}


def csv_of(*changes: dict[str, str], names: Sequence[str] = NAMES) -> str:
    """Rows of one event each, as CSV: the same but for what is said of each."""
    rows = [[{**dict(zip(NAMES, ROW, strict=True)), **change}.get(name, "") for name in names] for change in changes]
    return "\n".join(",".join(cells) for cells in (list(names), *rows)) + "\n"


def run(*words: object, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], input=stdin)


def by_next(path: Path, *options: str) -> list[dict[str, Any]]:
    found = run("next", path, "--as-of", AS_OF, "--json", *options)
    answers: list[dict[str, Any]] = json.loads(found.stdout)
    return answers


def by_table(path: Path, *options: str) -> list[dict[str, Any]]:
    out = path.with_name("answers.csv")
    found = run("table", path, "--as-of", AS_OF, "--out", out, *options)
    assert out.exists(), found.output
    return pl.read_csv(out, infer_schema=False).rows(named=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "events.csv"


@pytest.mark.parametrize("number", SPELT)
def test_one_number_is_one_subject_however_it_is_spelt(number: str, file: Path) -> None:
    years = ("2022", "2023", "2024")
    changes = [
        {
            "subject": text,
            "urn": text,
            "started": f"{year}-05-15",
            "ended": f"{year}-05-17",
            "published": f"{year}-06-28",
        }
        for text, year in zip(SPELT[number], years, strict=True)
    ]
    names = (*NAMES, "urn")
    file.write_text(csv_of(*changes, names=names))
    (read,) = ir.read(file).subjects
    assert (read.urn, len(read.events)) == (number, 3)
    frame = pl.read_csv(io.StringIO(csv_of(*changes, names=names)), infer_schema=False)
    answered = tables.next_activities(frame, as_of=AS_OF)
    assert answered.answers["subject"].to_list() == [number]
    assert answered.refused.is_empty()
    assert [row["subject"] for row in by_table(file)] == [number]
    assert [answer["urn"] for answer in by_next(file)] == [number]


def test_a_number_and_its_texts_are_one_subject_across_tables() -> None:
    events = pl.read_csv(
        io.StringIO(csv_of({"subject": "1027077.0"}, {"subject": "sc035296", "started": "2024-05-14"}))
    )
    events = events.select("subject", "activity", "started", "ended", "published", "overall")
    subjects = pl.DataFrame({"subject": ["1027077", "SC035296"], "type": ["childrens_home"] * 2})
    answered = tables.next_activities(events, subjects, as_of=AS_OF)
    assert answered.answers["subject"].to_list() == ["1027077", "SC035296"]
    assert answered.refused.is_empty()
    whole = tables.next_activities(
        events.head(1), pl.DataFrame({"subject": [1027077], "type": ["childrens_home"]}), as_of=AS_OF
    )
    assert len(whole.answers) == 1
    assert whole.refused.is_empty()
    categories = events.with_columns(pl.col("subject").cast(pl.Categorical))
    assert tables.next_activities(categories, subjects, as_of=AS_OF).answers.height == 2


def test_what_is_no_number_stays_as_it_is_written() -> None:
    frame = pl.read_csv(io.StringIO(csv_of({"subject": "A home"}, {"subject": "a home"}, {"subject": "1027077.5"})))
    answered = tables.next_activities(frame, as_of=AS_OF)
    assert set(answered.answers["subject"]) == {"A home", "a home", "1027077.5"}


def test_a_record_keeps_its_number_as_ofsted_spells_it() -> None:
    home = ir.Provider(type="childrens_home", name="A home", urn="sc035296", predecessor="1027077.0")
    assert (home.urn, home.predecessor) == ("SC035296", "1027077")
    assert ir.LocalAuthority(name="A council", urn=" 80433 ").urn == "80433"
    assert ir.LocalAuthority(name="A council", urn="E06000001").urn == "E06000001"


def test_parts_of_a_large_file_keep_one_subject_together(file: Path) -> None:
    changes = [{"subject": text, "started": f"{2010 + n}-05-15"} for n, text in enumerate(SPELT["SC035296"])]
    changes = [{**change, "ended": "", "published": ""} for change in changes]
    file.write_text(csv_of(*changes))
    asked = AskedOf((date(2025, 1, 10),), Filters())
    found = answer_files(Given(file), asked.put, file.with_name("out.csv"), None, part=20, asked=asked)
    assert found.answers == 1


def test_a_month_is_a_first_day_that_is_known_by_its_month(file: Path) -> None:
    changes = (
        {"started": "2024-03", "ended": "", "published": ""},
        {"started": "2023-03-05", "ended": "", "published": ""},
    )
    file.write_text(csv_of(*changes))
    (home,) = ir.read(file).subjects
    assert [(event.started.isoformat(), event.precision) for event in home.events if event.started] == [
        ("2023-03-05", "day"), ("2024-03-01", "month"),
    ]  # fmt: skip
    frame = pl.read_csv(io.StringIO(csv_of(*changes)), infer_schema=False)
    for each in (frame, frame.to_pandas(), pd.DataFrame(frame.to_dicts()).astype(object)):
        answered = tables.next_activities(each, as_of=AS_OF)
        assert len(answered.answers) == 1
        assert len(answered.refused) == 0
    dated = frame.with_columns(started=pl.Series(["2024-03-01", "2023-03-05"]), precision=pl.Series(["month", "day"]))
    mine = tables.next_activities(frame, as_of=AS_OF).answers
    assert mine.equals(tables.next_activities(dated, as_of=AS_OF).answers)
    assert by_table(file)[0]["activity"] == by_next(file)[0]["activity"]


@pytest.mark.parametrize("change", [
    {"started": "2024-13"}, {"started": "2024-03", "precision": "day"},
    {"published": "2024-07", "started": "2024-03-01"},
])  # fmt: skip
def test_what_is_no_month_or_stands_where_none_can_is_refused(change: dict[str, str]) -> None:
    frame = pl.read_csv(io.StringIO(csv_of(change, names=(*NAMES, "precision"))), infer_schema=False)
    assert len(tables.next_activities(frame, as_of=AS_OF).refused) == 1


def test_a_profile_reads_a_month_beside_days_in_its_order(file: Path) -> None:
    file.write_text(
        "URN,Provision type,What,First day\nSC1,Children's home,Full,12/05/2023\nSC1,Children's home,Full,2024-03\n"
    )
    seen = ir.columns(file)
    assert seen.sheets[0].columns[3].day_orders == ("DD/MM/YYYY", "MM/DD/YYYY")
    profile = seen.profile(days=["DD/MM/YYYY"])
    (home,) = ir.read(file, format=profile).subjects
    assert [event.precision for event in home.events] == ["day", "month"]


FAULTS: dict[str, dict[str, str]] = {
    "nothing": {},
    "a grade": {"overall": "splendid"},
    "a day of publication": {"published": "28th of June"},
    "a last day before the first": {"ended": "2024-05-01"},
    "no day at all": {"started": "soon", "ended": "", "published": ""},
    "an activity": {"activity": "full inspektion"},
    "an activity of a council": {"activity": "focused_visit"},
    "a day of registration": {"registered": "2015"},
    "a judgement where there is none": {"activity": "assurance_inspection"},
    "a subject": {"type": "home"},
}
OTHER = {"started": "2022-05-15", "ended": "2022-05-17", "published": "2022-06-28"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_table_and_every_other_command_answer_the_same(fault: str, file: Path) -> None:
    odd = {**FAULTS[fault]}
    same: dict[str, str] = {name: odd[name] for name in ("registered", "type") if name in odd}
    whole = {"subject": "B", "name": "B home"}
    file.write_text(csv_of({**OTHER, **same}, odd, {**OTHER, **whole}, whole))
    refused = file.with_name("refused.csv")
    theirs = {
        (item["subject"], item["rule"], item["window"]["closes"] or "", item["status"], item["record"])
        for item in by_next(file)
        if "error" not in item
    }
    mine = {
        (row["name"], row["rule"], row["closes"] or "", row["status"], "rows_not_used" if row["not_used"] else "whole")
        for row in by_table(file, "--refused", str(refused))
    }
    assert mine == theirs
    assert (
        run("next", file, "--as-of", AS_OF).exit_code
        == run("table", file, "--as-of", AS_OF, "--out", file.with_name("again.csv")).exit_code
        == (3 if odd else 0)
    )
    assert (pl.read_csv(refused, infer_schema=False).height > 0) is bool(odd)
    lost = [
        row["not_used"]
        for row in pl.read_csv(run("next", file, "--as-of", AS_OF).stdout.encode(), infer_schema=False).rows(named=True)
    ]
    assert any(lost) is (bool(odd) and fault not in ("a subject", "an activity of a council"))


def test_what_an_own_sheet_could_not_use_is_in_its_answer(file: Path) -> None:
    file.write_text(
        "URN,Type,What,First day,Overall\n"
        "SC1,Children's home,Full,12/05/2024,Good\nSC2,Children's home,Full,12/05/2024,Splendid\n"
    )
    chosen = ir.columns(file).profile(days=["DD/MM/YYYY"])
    answers = {home.urn: ir.next_activity(home, as_of=AS_OF) for home in ir.read(file, format=chosen).subjects}
    assert [answers[urn].record.value for urn in ("SC1", "SC2")] == ["whole", "rows_not_used"]
    assert any("Overall is not a known grade" in note for note in answers["SC2"].notes)


WANTED = (
    ("--only", "b home"), ("--type", "childrens_home"), ("--region", "london"), ("--track", "inspection"),
    ("--before", "2025-12-31"), ("--sort", "region"), ("--sort", "closes"), ("--sort", "status"), ("--sort", "urn"),
)  # fmt: skip


@pytest.mark.parametrize("options", WANTED, ids=" ".join)
def test_table_narrows_as_next_does(options: tuple[str, str], file: Path) -> None:
    later = {**OTHER, "started": "2024-06-15", "ended": "", "published": ""}
    file.write_text(csv_of(
        {"region": "London"}, {"subject": "B", "name": "B home", "region": "East", **OTHER},
        {"subject": "C", "name": "C home", "type": "secure_childrens_home", "region": "Avon", **later},
        names=(*NAMES, "region"),
    ))  # fmt: skip
    names = [answer["subject"] for answer in by_next(file, *options)]
    assert names
    assert set(names) == {row["name"] for row in by_table(file, *options)}
    if options[0] == "--sort" and options[1] != "urn":
        assert names == [row["name"] for row in by_table(file, *options)]


@pytest.mark.parametrize("wanted", [Filters(only=("b home", "C")), Filters(types=("childrens_home",))])
def test_names_are_looked_for_in_all_parts_of_a_large_file(wanted: Filters, file: Path) -> None:
    file.write_text(csv_of({}, *({"subject": name, "name": f"{name} home"} for name in "BCDEF")))
    asked = AskedOf((date(2025, 1, 10),), wanted)
    out = file.with_name("out.csv")
    assert answer_files(Given(file), asked.put, out, None, part=50, asked=asked).answers == (2 if wanted.only else 6)


def test_a_name_that_is_in_no_part_is_refused(file: Path) -> None:
    file.write_text(csv_of({}, {"subject": "B", "name": "B home"}))
    found = run("table", file, "--as-of", AS_OF, "--out", file.with_name("out.csv"), "--only", "C home")
    assert (found.exit_code, "is not a subject in these files" in found.output) == (2, True)
    assert not file.with_name("out.csv").exists()


def test_table_reads_what_comes_through_a_pipe_and_several_files(file: Path) -> None:
    file.write_text(csv_of({}))
    other = file.with_name("other.csv")
    other.write_text(csv_of({"subject": "B", "name": "B home"}))
    out = file.with_name("out.csv")
    assert run("table", file, other, "--as-of", AS_OF, "--out", out).exit_code == 0
    assert pl.read_csv(out).height == 2
    program = [sys.executable, "-m", "ilacs_rules.cli", "table", "/dev/stdin", "--as-of", AS_OF, "--out", str(out)]
    done = subprocess.run(program, input=file.read_bytes(), capture_output=True, check=False)
    assert (done.returncode, pl.read_csv(out).height) == (0, 1)
    assert run("table", file, "--as-of", AS_OF, "--out", out, "--format", "events").exit_code == 0


def test_every_command_that_takes_a_file_takes_the_same_options() -> None:
    narrowing = {"--only", "--type", "--region", "--track", "--before", "--sort"}
    reading = {"--format", "--covers", "--problems"}
    for name in ("next", "all", "table", "report", "forecast", "why-not", "what-if", "verify", "diff"):
        options = {option for parameter in cli.commands[name].params for option in parameter.opts}
        assert narrowing | reading <= options, name
    assert narrowing <= {option for parameter in cli.commands["moved"].params for option in parameter.opts}


def test_moved_narrows_what_it_shows(file: Path) -> None:
    file.write_text(csv_of({}, {"subject": "B", "name": "B home", **OTHER}))
    for day in ("2024-04-10", "2025-04-10"):
        file.with_name(f"{day}.json").write_text(run("next", file, "--as-of", day, "--json").stdout)
    old, new = (file.with_name(f"{day}.json") for day in ("2024-04-10", "2025-04-10"))

    def moves(*options: str) -> list[str]:
        return [move["subject"] for move in json.loads(run("moved", old, new, "--json", *options).stdout)["moves"]]

    assert sorted(moves()) == ["A home", "B home"]
    assert moves("--only", "b home") == ["B home"]
    assert moves("--type", "boarding_school") == []
    assert moves("--before", "2020-01-01") == []
    assert moves("--track", "monitoring") == []
    assert moves("--sort", "name") == ["A home", "B home"]


def test_verify_leaves_alone_what_is_not_asked_about(file: Path) -> None:
    file.write_text(csv_of({}, {"subject": "B", "name": "B home", **OTHER}))
    saved = file.with_name("saved.json")
    saved.write_text(run("next", file, "--as-of", AS_OF, "--json").stdout)
    found = run("verify", saved, file, "--only", "B home", "--json")
    assert (found.exit_code, len(json.loads(found.stdout))) == (0, 1)


def test_no_subjects_are_a_question_without_answers() -> None:
    answered = tables.next_activities([], as_of=AS_OF)
    assert (answered.answers.height, answered.refused.height) == (0, 0)


@pytest.mark.parametrize("day", ["10/01/2024", "10-01-24", "2024/01/10", "2024-1"])
def test_a_day_asked_about_in_another_form_is_said_to_be_one(day: str) -> None:
    with pytest.raises(ir.RecordError, match="is not a date"):
        tables.next_activities([ir.Provider(type="childrens_home", name="A home")], as_of=day)


def own(
    *rows: str, of: str = "authorities", header: str = "Council,What,Start of visit,Letter out,Overall"
) -> ir.Published:
    """A sheet of somebody's own, read with the profile that is suggested for it."""
    text = "\n".join([header, *rows]) + "\n"
    profile = ir.columns(io.StringIO(text)).profile(of=of, days=["DD/MM/YYYY"])
    return ir.read(io.StringIO(text), format=profile)


@pytest.mark.parametrize("word", ["Full", "full inspection", "Inspection", "Ofsted Inspection", "Graded inspection"])
def test_full_is_the_inspection_of_the_framework_of_its_day(word: str) -> None:
    rows = (f"Barnet,{word},17/05/2017,07/07/2017,Inadequate", f"Barnet,{word},01/01/2019,03/03/2019,Good")
    (council,) = own(*rows).subjects
    assert [event.activity.value for event in council.events] == ["sif_inspection", "ilacs_inspection"]
    # before either, and in 2018 when both were used, the day does not tell
    for day in ("17/05/2012", "01/01/2018", "31/12/2018"):
        assert "row skipped" in {each.action for each in own(f"Barnet,{word},{day},,Good").problems}


@pytest.mark.parametrize(
    ("word", "near"),
    [("Focused vist", "focused_visit"), ("Ful inspection", "ilacs_inspection"), ("ILACS shrt", "ilacs_short")],
)
def test_a_word_with_a_slip_leads_to_the_word_that_was_meant(word: str, near: str) -> None:
    published = own(f"Barnet,{word},17/05/2023,07/07/2023,", "Barnet,Full,17/05/2021,07/07/2021,Good")
    (problem,) = [each for each in published.problems if each.action == "row skipped"]
    assert problem.expected.startswith(f"'{near}'?")


def test_what_a_program_wrote_for_nothing_is_no_region(file: Path) -> None:
    changes = ({"region": "nan"}, {"subject": "B", "name": "B home", "region": "London"})
    file.write_text(csv_of(*changes, names=(*NAMES, "region")))
    assert [subject.region for subject in ir.read(file).subjects] == ["", "London"]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Name of LA", "name"), ("Start of visit", "started"), ("Letter out", "published"), ("Report out", "published"),
        ("On site from", "started"), ("On site until", "ended"), ("Date visit ended", "ended"),
        ("Letter date", ""), ("Report date", ""), ("From", ""), ("To", ""), ("Visit completed", ""), ("Signed off", ""),
    ],
)  # fmt: skip
def test_a_column_is_what_its_name_says_and_nothing_else(name: str, field: str) -> None:
    cell = "Barnet" if field == "name" else "17/05/2023"
    seen = ir.columns(io.StringIO(f"Region,{name},Grade\nLondon,{cell},Good\n")).sheets[0].columns[1]
    assert seen.field == field


def test_judgements_without_a_column_are_said_once() -> None:
    rows = ("Barnet,Full,17/05/2018,07/07/2018,Good", "Bexley,Full,17/05/2018,07/07/2018,Good")
    said = [each for each in own(*rows).problems if each.field == "judgements"]
    assert [(each.action, each.problem.partition(": ")[2]) for each in said] == [
        ("kept", "leaders, help and protection")
    ]
    header = "Council,What,Start of visit,Letter out,Overall,Leaders,Help and protection"
    whole = own("Barnet,Full,17/05/2018,07/07/2018,Good,Good,Good", header=header)
    assert not [each for each in whole.problems if each.field == "judgements"]
    visits = own("Barnet,Focused visit,17/05/2018,07/07/2018,x", header="Council,What,Start of visit,Letter out,Note")
    assert not visits.problems


UPDATE = {"published": date(2022, 7, 1), "judgements": ir.Judgements(overall="good", leaders="good")}


def test_full_is_said_on_the_command_line_too() -> None:
    words = ("ask", "--type", "local authority", "--inspected", "2018-05-01", "--activity", "Full", "--judged", "good")
    found = run(*words, "--published", "2018-07-03", "--as-of", "2019-01-10")
    assert (found.exit_code, "inspection under ILACS" in found.output) == (0, True)


def test_an_inspection_that_never_ends_is_said_to_be_a_doubt_about_the_record() -> None:
    visit = ir.Event(activity="ilacs_standard", started="2022-05-16")
    council = ir.LocalAuthority(name="A council", events=[visit])

    def doubts(day: str) -> list[str]:
        return [note for note in ir.next_activity(council, as_of=day).notes if "may be incomplete" in note]

    # Two weeks on site end on 27 May 2022. The doubt is told once, and changes nothing else.
    assert [len(doubts(day)) for day in ("2022-05-27", "2022-05-28", "2024-05-16", "2026-01-01")] == [0, 1, 1, 1]
    assert ir.next_activity(council, as_of="2024-05-16").status == ir.next_activity(council, as_of="2022-05-27").status
    # No rule says how long this one takes: after two years it is doubted all the same.
    visit = ir.Event(activity="ilacs_inspection", started="2022-05-16")
    council = ir.LocalAuthority(name="A council", events=[visit], covers="inspections")
    assert [len(doubts(day)) for day in ("2022-05-28", "2024-05-15", "2024-05-16")] == [0, 0, 1]
    out = ir.LocalAuthority(name="A council", events=[visit.model_copy(update=UPDATE)])
    assert not any("may be incomplete" in note for note in ir.next_activity(out, as_of="2026-01-01").notes)


def test_a_line_break_in_a_cell_leaves_each_refused_subject_its_own_answer(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    lost = {"published": "no day"}
    file.write_text(
        csv_of(
            {"name": '"A home\nof two lines"'},
            {"name": '"A home\nof two lines"', "started": "2023-05-15", "ended": "2023-05-17", **lost},
            {"subject": "B", "name": "B", "started": "2023-01-10", "ended": "2023-01-12"} | lost,
            {"subject": "C", "name": "C", "started": "2022-01-10", "ended": "2022-01-12"} | lost,
        )
    )
    said = {answer["subject"]: answer["window"]["closes"] for answer in by_next(file)}
    told = {answer["subject"]: answer["closes"] for answer in by_table(file)}
    assert (len(said), sorted(told)) == (3, ["A", "B", "C"])
    assert sorted(said.values()) == sorted(told.values())
    assert (said["B"], said["C"]) == (told["B"], told["C"])
