"""`ilacs-rules table` reads whatever `ilacs-rules next` reads, answers the same, and loses nothing of it."""

import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.cli.commands import cli

SHARED = Path(__file__).parents[2] / "shared" / "published"
AS_OF = "2025-06-01"
OWN = """Inspections of our homes,,,
URN,Home,Inspection date,Overall
SC000001,Oak House,2024-05-14,Good
SC000002,Elm House,2024-06-01,Splendid
SC000001,Oak House,14th of May,Good
"""


def table(file: Path, out: Path, *more: object) -> Result:
    return CliRunner().invoke(cli, ["table", str(file), "--as-of", AS_OF, "--out", str(out), *map(str, more)])


@pytest.mark.parametrize(
    "name", ["provider_at_march_2018.csv", "ofsted_csc_ilacs_history.csv", "joiners_leavers_23.csv"]
)
def test_a_published_file_is_answered_as_next_answers_it(tmp_path: Path, name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the published files are not in this checkout")
    file, out, refused = SHARED / name, tmp_path / "out.csv", tmp_path / "refused.csv"
    done = table(file, out, "--refused", refused)
    said = CliRunner().invoke(cli, ["next", str(file), "--as-of", AS_OF, "--json"])
    assert done.exit_code == said.exit_code
    next_ = Counter(
        (item["subject"], item["urn"], item["rule"], item["window"]["opens"], item["window"]["closes"], item["status"])
        for item in json.loads(said.stdout)
        if "error" not in item
    )
    answers = pl.read_csv(out, infer_schema=False)
    columns = answers.select("name", "urn", "rule", "opens", "closes", "status")
    assert set(columns.rows()) <= set(next_)
    without = [item for item in json.loads(said.stdout) if "error" in item]
    read = ir.read(file)
    refused_rows = pl.read_csv(refused, infer_schema=False)
    assert len(answers) == len(read.subjects) - refused_rows.filter(pl.col("table") == "questions").height
    assert refused_rows.filter(pl.col("table") == "file").height == sum(
        problem.action not in ("kept", "row merged") for problem in read.problems
    )
    assert len(without) >= refused_rows.filter(pl.col("table") == "questions").height


def test_what_could_not_be_used_stands_beside_the_answers_that_rest_on_less() -> None:
    less = ir.Provider(
        type="childrens_home", name="A home", registered="2020-01-01", not_used=["1 row: a date that is none"]
    )
    whole = ir.Provider(type="childrens_home", name="B home", registered="2020-01-01")
    found = tables.next_activities([less, whole], as_of=AS_OF).answers
    assert isinstance(found, pl.DataFrame)
    assert found["not_used"].to_list() == ["1 row: a date that is none", None]


def test_what_was_read_and_could_not_be_used_is_refused_by_its_line() -> None:
    problem = ir.RowProblem(
        line=7,
        subject="A",
        field="overall",
        value="goood",
        problem="is not a grade",
        expected="'good'?",
        action="value left out",
    )
    kept = problem.model_copy(update={"action": "kept"})
    home = ir.Provider(type="childrens_home", name="A home", registered="2020-01-01")
    read = ir.Published(subjects=(home,), problems=(problem, kept), sheets=())
    refused = tables.next_activities(read, as_of=AS_OF).refused
    assert isinstance(refused, pl.DataFrame)
    assert refused.select("table", "row", "subject", "field", "value").rows() == [("file", 7, "A", "overall", "goood")]


def test_a_file_that_is_no_table_of_events_and_of_no_known_form_is_said(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    done = table(file, tmp_path / "out.csv")
    assert done.exit_code == 2
    assert "ilacs-rules columns" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_semicolons_are_read_as_every_command_reads_them(tmp_path: Path) -> None:
    file, out = tmp_path / "events.csv", tmp_path / "out.csv"
    file.write_text(
        "subject;type;activity;started;published;overall\n"
        "A;childrens_home;full_inspection;2024-05-14;2024-06-20;good\n",
        encoding="utf-8",
    )
    assert table(file, out).exit_code == 0
    assert pl.read_csv(out)["name"].to_list() == ["A"]


def test_a_row_that_could_not_be_used_leaves_with_the_code_that_every_command_has_for_it(tmp_path: Path) -> None:
    file, out = tmp_path / "events.csv", tmp_path / "out.csv"
    header, good = "subject,type,activity,started,overall\n", "A,childrens_home,full_inspection,2024-05-14,good\n"
    file.write_text(header + good, encoding="utf-8")
    assert table(file, out).exit_code == 0
    file.write_text(header + good + "B,childrens_home,full_inspection,14 May,good\n", encoding="utf-8")
    assert table(file, out).exit_code == CliRunner().invoke(cli, ["next", str(file), "--as-of", AS_OF]).exit_code == 3
