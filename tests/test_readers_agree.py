"""One file, one answer: `next`, `table` and the functions of tables agree on whose a row is and what it says."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from click.testing import CliRunner, Result

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.cli.commands import cli

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
    assert answered.answers["subject"].to_list() == [number] and answered.refused.is_empty()
    assert [row["subject"] for row in by_table(file)] == [number]
    assert [answer["urn"] for answer in by_next(file)] == [number]


def test_a_number_and_its_texts_are_one_subject_across_tables() -> None:
    events = pl.read_csv(
        io.StringIO(csv_of({"subject": "1027077.0"}, {"subject": "sc035296", "started": "2024-05-14"}))
    )
    events = events.select("subject", "activity", "started", "ended", "published", "overall")
    subjects = pl.DataFrame({"subject": ["1027077", "SC035296"], "type": ["childrens_home"] * 2})
    answered = tables.next_activities(events, subjects, as_of=AS_OF)
    assert answered.answers["subject"].to_list() == ["1027077", "SC035296"] and answered.refused.is_empty()
    whole = tables.next_activities(
        events.head(1), pl.DataFrame({"subject": [1027077], "type": ["childrens_home"]}), as_of=AS_OF
    )
    assert len(whole.answers) == 1 and whole.refused.is_empty()
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
    from ilacs_rules.cli.files import Given, answer_files  # noqa: PLC0415

    changes = [{"subject": text, "started": f"{2010 + n}-05-15"} for n, text in enumerate(SPELT["SC035296"])]
    changes = [{**change, "ended": "", "published": ""} for change in changes]
    file.write_text(csv_of(*changes))
    asked: list[set[str]] = []

    def ask(events: pl.DataFrame, subjects: pl.DataFrame | None, covers: pl.DataFrame | None) -> tables.Answered:
        asked.append(set(events["subject"]))
        return tables.next_activities(events, subjects, as_of=AS_OF)

    found = answer_files(Given(file), ask, file.with_name("out.csv"), None, part=20, each_has_an_answer=True)
    assert found.answers == 1 and [len(each) for each in asked if each] == [3]


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
        assert len(answered.answers) == 1 and len(answered.refused) == 0
    dated = frame.with_columns(started=pl.Series(["2024-03-01", "2023-03-05"]), precision=pl.Series(["month", "day"]))
    mine = tables.next_activities(frame, as_of=AS_OF).answers
    assert mine.equals(tables.next_activities(dated, as_of=AS_OF).answers)
    assert by_table(file)[0]["activity"] == by_next(file)[0]["activity"]


@pytest.mark.parametrize("change", [
    {"started": "2024-13"}, {"started": "2024-03", "precision": "day"}, {"published": "2024-07", "started": "2024-03-01"},
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
