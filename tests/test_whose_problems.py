"""Who asks about some of a file is told of what concerns them: of everybody else, how many problems there are."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from ilacs_rules.cli.commands import cli

ROWS = """subject,type,name,urn,region,activity,started,published,overall,leaders,help_and_protection
1,local_authority,Leeds,,Yorkshire,focused_visit,2024-03-01,,,,
1,local_authority,Leeds,,Yorkshire,ilacs_standard,2022-03-01,2022-04-20,good,good,good
2,childrens_home,A home,SC1,London,full_inspection,2024-02-01,2024-03-20,good,good,good
3,childrens_home,B home,SC2,London,full_inspection,2024-02-31,,good,good,good
4,childrens_home,C home,SC3,Yorkshire,full_inspection,2024-02-03,2024-03-20,goood,good,good
5,no_home,D home,SC4,London,full_inspection,2024-02-03,2024-03-20,good,good,good
"""
NOBODYS = ",childrens_home,,,London,full_inspection,2024-02-03,,good,good,good\n"
COMMANDS = {
    "next": ("next", "{file}"),
    "all": ("all", "{file}"),
    "forecast": ("forecast", "{file}"),
    "what-if": ("what-if", "{file}", "--until", "2026-09-01"),
    "why-not": ("why-not", "{file}", "full_inspection"),
    "report": ("report", "{file}", "--no-practice", "--out", "{out}.md"),
    "diff": ("diff", "--on", "2026-04-01", "--subjects", "{file}"),
}


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def by_next(file: Path, *options: str) -> tuple[int, list[dict[str, Any]], str]:
    done = run("next", file, "--as-of", "2024-06-01", "--json", *options)
    return done.exit_code, json.loads(done.stdout or "[]"), done.stderr


@pytest.mark.parametrize(
    ("options", "code", "own", "others"),
    [
        ((), 3, 4, 0),
        (("--only", "SC1"), 0, 0, 4),
        (("--only", "A home", "--only", "Leeds"), 0, 0, 4),
        (("--only", "SC2"), 3, 1, 3),
        (("--only", "c HOME"), 3, 1, 3),
        (("--only", "SC4"), 1, 2, 2),
        (("--only", "SC1", "--only", "D home"), 3, 2, 2),
        (("--type", "local_authority"), 3, 2, 2),  # of what kind D home is, nobody knows
        (("--region", "Yorkshire"), 3, 3, 1),
        (("--only", "SC1", "--track", "inspection"), 0, 0, 4),
        (("--track", "inspection"), 3, 4, 0),  # what was lost may be what would have been chosen
        (("--before", "2020-01-01"), 1, 4, 0),
    ],
)
def test_problems_and_exit_code_are_of_those_asked_about(
    options: tuple[str, ...], code: int, own: int, others: int, file: Path
) -> None:
    left, _, said = by_next(file, *options)
    assert left == code
    counted = said.partition(" problem")[0].rpartition(": ")[2] if " in its rows" in said else "0"
    assert int(counted) == own
    if others == 1:
        assert "1 more problem concerns others; leave out --region to see it" in said
    else:
        assert (
            f"{others} more problems concern others; leave out {options[0] if options else ''} to see them" in said
        ) is (others > 0)


def test_somebody_who_could_not_be_read_stands_among_the_answers_of_who_asked(file: Path) -> None:
    _, [found], _ = by_next(file, "--only", "SC4")
    assert found["subject"] == "D home (SC4)"
    assert "is not a known provider type" in found["error"]["message"]
    _, answers, _ = by_next(file, "--only", "SC1")
    assert [each["urn"] for each in answers] == ["SC1"]
    code, answers, said = by_next(file, "--only", "SC9")
    assert (code, answers) == (2, [])
    assert said.startswith("Error: --only: is not a subject in these files")


def test_a_row_that_belongs_to_nobody_may_be_anyones(file: Path) -> None:
    file.write_text(ROWS + NOBODYS, encoding="utf-8")
    code, answers, said = by_next(file, "--only", "SC1")
    assert (code, len(answers)) == (3, 1)
    assert "is empty, so the row belongs to nobody" in said
    out = file.with_name("out.csv")
    assert run("table", file, "--as-of", "2024-06-01", "--only", "SC1", "--out", out).exit_code == 3


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_counts_the_problems_of_others(name: str, file: Path) -> None:
    words = [word.format(file=file, out=file) for word in COMMANDS[name]]
    asked = [*words, "--as-of", "2026-06-01"]
    of_one = run(*asked, "--only", "SC1")
    assert "4 more problems concern others; leave out --only to see them" in of_one.stderr
    assert of_one.exit_code in (0, 1)
    assert "SC4" not in of_one.output
    of_all = run(*asked)
    assert "4 problems in its rows" in of_all.stderr
    assert of_all.exit_code == 3


def test_verify_counts_them_too(file: Path) -> None:
    saved = file.with_suffix(".json")
    saved.write_text(run("next", file, "--as-of", "2024-06-01", "--json", "--only", "SC1").stdout, encoding="utf-8")
    done = run("verify", saved, file, "--only", "SC1")
    assert (done.exit_code, "4 more problems concern others" in done.stderr) == (0, True)
    assert run("verify", saved, file).exit_code == 3


def test_a_published_file_in_a_table_is_narrowed_alike(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "Provider level as at 31 March 2025\n"
        "URN,Provision type,Event type,Inspection date,Publication date,Overall effectiveness\n"
        "SC000001,Children's home,Full inspection,12/05/2024,24/06/2024,Good\n"
        "SC000002,Children's home,Full inspection,31/02/2024,24/06/2024,Goood\n",
        encoding="utf-8",
    )
    out, refused = tmp_path / "out.csv", tmp_path / "refused.csv"
    done = run("table", sheet, "--as-of", "2025-06-01", "--out", out, "--refused", refused, "--only", "SC000001")
    assert (done.exit_code, pl.read_csv(out).height, pl.read_csv(refused).height) == (0, 1, 0)
    assert "2 more problems concern others; leave out --only to see them" in done.stderr
    done = run("table", sheet, "--as-of", "2025-06-01", "--out", out, "--refused", refused, "--only", "SC000002")
    assert (done.exit_code, pl.read_csv(out).height) == (3, 1)
    assert "more problem" not in done.stderr


def test_a_table_without_its_column_is_refused_whoever_is_asked_about(tmp_path: Path) -> None:
    events, out = tmp_path / "events.csv", tmp_path / "out.csv"
    events.write_text("type,name,activity,started\nchildrens_home,A,full_inspection,2024-02-01\n", encoding="utf-8")
    for more in ((), ("--only", "A"), ("--region", "London"), ("--sort", "name")):
        done = run("table", events, "--as-of", "2024-06-01", "--out", out, *more)
        assert (done.exit_code, "subject" in done.stderr) == (2, True), done.output
        assert not isinstance(done.exception, KeyError | pl.exceptions.PolarsError)


@pytest.mark.parametrize("command", ["next", "table"])
def test_a_file_without_regions_says_so(command: str, file: Path) -> None:
    file.write_text(ROWS.replace("London", "").replace("Yorkshire", ""), encoding="utf-8")
    out = ("--out", file.with_name("out.csv")) if command == "table" else ()
    done = run(command, file, "--as-of", "2024-06-01", "--region", "London", *out)
    assert done.exit_code == 2
    assert "--region: cannot choose: no subject in these files has a region (found 'London'" in done.stderr
    assert "one of: )" not in done.stderr


def test_a_judgement_without_a_column_is_said_at_every_entrance(tmp_path: Path) -> None:
    events, out = tmp_path / "events.csv", tmp_path / "out.csv"
    lacks = "judgements are in no column, so that no answer can rest on them: leaders, help and protection"
    header = "subject,type,activity,started,overall"
    events.write_text(f"{header}\n1,childrens_home,full_inspection,2024-02-01,good\n", encoding="utf-8")
    for words in (("next", events), ("table", events, "--out", out)):
        done = run(*words, "--as-of", "2024-06-01")
        assert (done.exit_code, lacks in done.stderr) == (0, True)
    events.write_text("subject,type,activity,started\n1,local_authority,jtai,2024-02-01\n", encoding="utf-8")
    assert "judgements" not in run("table", events, "--out", out, "--as-of", "2024-06-01").stderr


def test_a_text_in_quotes_is_not_quoted_again(tmp_path: Path) -> None:
    events, out, refused = (tmp_path / name for name in ("events.csv", "out.csv", "refused.csv"))
    header = "subject,type,activity,started,overall,leaders,help_and_protection"
    events.write_text(f"{header}\n1,childrens_home,ful_inspection,2024-02-01,good,,\n", encoding="utf-8")
    run("table", events, "--out", out, "--refused", refused, "--as-of", "2024-06-01")
    [expected] = pl.read_csv(refused)["expected"]
    assert expected.startswith("'full_inspection'? (")
