"""Edges that were attacked by hand: each stands for a kind, with a neighbour on the other side of it."""

import ast
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

import fuzz
import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.cli.commands import cli
from ilacs_rules.reading import matching
from ilacs_rules.reading.days import Days
from ilacs_rules.reviewing.differences.pauses import Pauses
from ilacs_rules.writing import decisions

HEAD = "subject,type,registered,activity,started,ended,published,overall,note"
ROW = "{},independent_fostering_agency,2015-06-01,full_inspection,{}-05-15,{}-05-19,{}-06-28,{},{}"
BOOK = ir.load_rulebook()
PAUSE = BOOK.suspensions[0]


def row(subject: str, year: int, grade: str, note: str = "") -> str:
    return ROW.format(subject, year, year, year, grade, note)


def run(*words: object) -> Result:
    done = CliRunner().invoke(cli, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def piped(text: str) -> str:
    """The name of a pipe that brings a text, as a shell's process substitution makes it."""
    out, into = os.pipe()
    os.write(into, text.encode())
    os.close(into)
    return f"/dev/fd/{out}"


SWALLOWED = {
    "the last column": [
        row("A", 2019, "good", '"open'),
        row("A", 2023, "inadequate"),
        row("B", 2023, "good", 'see 6"'),
    ],
    "two rows": [row("A", 2019, "good", '"open'), row("A", 2023, "inadequate", 'shut"')],
    "another column": ['"A' + row("", 2019, "good"), row("A", 2023, "inadequate"), 'A"' + row("", 2023, "inadequate")],
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("name", SWALLOWED)
@pytest.mark.parametrize("command", ["next", "table"])
def test_a_quote_in_a_cell_that_swallows_rows_is_refused(tmp_path: Path, command: str, name: str, ends: str) -> None:
    """Such a file is CSV by the letter: only its lines, cut as those of the table are, tell what happened."""
    file = tmp_path / "x.csv"
    file.write_text(ends.join([HEAD, *SWALLOWED[name]]) + ends, newline="")
    done = run(command, file, "--as-of", "2024-01-10", *(["--out", tmp_path / "o.csv"] if command == "table" else []))
    assert (done.exit_code, "rows of the table in one cell" in done.output) == (2, True)
    assert "line 2" in done.output


@pytest.mark.parametrize("note", ["one\ntwo", "a, b, c\nd, e, f, g, h, i, j, k, l", "x\n1,2,3", "\n", "a\n,\n"])
def test_a_cell_of_several_lines_is_a_cell(tmp_path: Path, note: str) -> None:
    file = tmp_path / "x.csv"
    file.write_text(f"{HEAD}\n" + row("A", 2019, "good", f'"{note}"') + "\n")
    done = run("table", file, "--as-of", "2024-01-10", "--out", tmp_path / "o.csv")
    assert (done.exit_code, "1 rows read" in done.output) == (0, True)


@pytest.mark.parametrize("out", ["x.json", "./x.json", "linked/x.json"])
def test_a_report_never_takes_the_place_of_what_it_was_made_from(tmp_path: Path, out: str) -> None:
    (tmp_path / "linked").symlink_to(tmp_path, target_is_directory=True)
    file = tmp_path / "x.json"
    file.write_text('{"type": "childrens_home", "name": "A", "registered": "2023-11-01"}')
    before = file.read_bytes()
    done = run("report", file, "--as-of", "2026-06-01", "--out", f"{tmp_path}/{out}")
    assert (done.exit_code, "another file in this run" in done.output, file.read_bytes()) == (2, True, before)
    assert run("report", file, "--as-of", "2026-06-01", "--out", tmp_path / "y.json").exit_code == 0


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="this system has no /dev/fd")
def test_a_pipe_is_a_profile_and_a_table_of_subjects(tmp_path: Path) -> None:
    visits = tmp_path / "visits.csv"
    visits.write_text("Council,Visit type,First day,Published\nLeeds,Focused visit,2024-04-09,2024-05-20\n")
    toml = ir.columns(visits).to_toml()
    whole = tmp_path / "profile.toml"
    whole.write_text(toml)
    answered = [run("next", visits, "--format", form, "--as-of", "2026-06-01") for form in (whole, piped(toml))]
    assert answered[0].output == answered[1].output
    assert answered[0].exit_code == 0
    events = tmp_path / "events.csv"
    events.write_text("subject,activity,started\nA,full_inspection,2024-05-01\n")
    subjects = piped("subject,type,registered\nA,childrens_home,2020-01-01\n")
    done = run("table", events, "--subjects", subjects, "--as-of", "2026-06-01", "--out", tmp_path / "o.csv")
    assert (done.exit_code, "1 rows read" in done.output) == (0, True)


NOT_TOML = {"nested": "a = " + "[" * 20_000, "digits": f"a = {'9' * 20_000}", "surrogate": 'a = "\\ud800"'}


@pytest.mark.parametrize("name", NOT_TOML)
@pytest.mark.parametrize("command", ["--format", "--reform"])
def test_toml_that_cannot_be_read_is_refused(tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / "x.toml").write_text(NOT_TOML[name])
    (tmp_path / "x.csv").write_text(HEAD)
    about = ["next", tmp_path / "x.csv", "--as-of", "2026-06-01"] if command == "--format" else ["diff"]
    done = run(*about, command, tmp_path / "x.toml")
    assert (done.exit_code, "is not TOML" in done.output, len(done.output) < 600) == (2, True, True)


def test_an_encoding_that_does_not_exist_is_refused() -> None:
    text = decisions.to_dmn(decisions.decision_tables(BOOK, track="jtai")[0])
    with pytest.raises(ir.FileFormatError, match="is not XML"):
        decisions.from_dmn(text.replace("UTF-8", "no-such", 1))


@pytest.mark.parametrize("command", [["moved", "FILE", "FILE"], ["verify", "FILE", "FILE"]])
def test_what_is_no_json_is_shown_as_it_stands(tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(b"[{not JSON \xff")
    done = run(*(str(file) if word == "FILE" else word for word in command))
    assert done.exit_code == 2
    assert "found '[{not JSON \N{REPLACEMENT CHARACTER}'" in done.output


NO_DAY: tuple[Any, ...] = (
    "x", 5, 10**5000, float("nan"), datetime(2024, 1, 1), [], {}, object(), pl.Series([1]), date, "2024-02-30",
)  # fmt: skip
ASKED: dict[str, Callable[[Any], object]] = {
    "Rule.in_force": BOOK.rules[0].in_force,
    "Track.met_on": BOOK.tracks[0].met_on,
    "Suspension.suspends": PAUSE.suspends,
    "Suspension.eases": PAUSE.eases,
    "Suspension.lengthen, from": lambda day: PAUSE.lengthen(day, date(2024, 1, 1)),
    "Suspension.lengthen": lambda day: PAUSE.lengthen(None, day),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_row_of_the_rulebook_is_asked_about_days_alone(name: str) -> None:
    assert ASKED[name]("2020-05-01") == ASKED[name](date(2020, 5, 1))
    for value in NO_DAY:
        with pytest.raises(ir.RecordError, match="is not a date"):
            ASKED[name](value)


def test_a_day_at_the_end_of_the_calendar_cannot_be_moved() -> None:
    with pytest.raises(ir.RecordError, match="too late to be moved"):
        PAUSE.lengthen(None, date.max)
    assert PAUSE.lengthen(date.max, date.max) == date.max


@pytest.mark.parametrize("row", [PAUSE, BOOK.expected[0]], ids=lambda row: row.id)
def test_what_is_no_word_is_concerned_by_nothing(row: ir.Suspension | ir.Expected) -> None:
    kind, track = row.applies_to[0], row.tracks[0]
    assert row.applies(kind, track)
    for value in NO_DAY:
        assert not row.applies(value, track)
        assert not row.applies(kind, value)


def pauses(days: list[tuple[int, int]], *, possible: int = 0) -> tuple[ir.Suspension, ...]:
    first = date(2000, 1, 1)
    return tuple(
        PAUSE.model_copy(
            update={
                "id": f"p{number}", "first": first + timedelta(begin), "last": first + timedelta(begin + length),
                "where_possible": number < possible,
            }
        )
        for number, (begin, length) in enumerate(days)
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_suspensions_stand_on_a_day_as_each_of_them_says(seed: int) -> None:
    """In any order, over one another or apart; and two rulebooks are alike where what has ended in them is alike."""
    source = random.Random(seed)
    days = [(source.randrange(60), source.randrange(12)) for _ in range(6)]
    if seed % 2:
        days.sort(key=sum)
    one, other = pauses(days, possible=2), pauses([*days[: seed % 7], (source.randrange(60), 1)], possible=2)
    for day in (date(2000, 1, 1) + timedelta(number) for number in range(-1, 80)):
        off, eased, _ = Pauses(one).on(day)
        assert (off, eased) == (any(pause.suspends(day) for pause in one), any(pause.eases(day) for pause in one))
        ended = [[(pause.first, pause.last) for pause in each if pause.last < day] for each in (one, other)]
        assert (Pauses(one).on(day)[2] == Pauses(other).on(day)[2]) is (ended[0] == ended[1])


def test_a_header_of_many_columns_is_not_gone_through_for_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand columns, 292 names of every known format: only what begins or ends alike is held against them."""
    held: list[str] = []
    fits = matching._fits

    def holding(name: str, known: str) -> bool:
        held.append(name)
        return fits(name, known)

    monkeypatch.setattr(matching, "_fits", holding)
    columns = [f"column{number}" for number in range(10_000)]
    file = io.StringIO(",".join(columns) + "\n" + ",".join("1" for _ in columns) + "\n")
    with pytest.raises(ir.FileFormatError, match="known format"):
        ir.read(file)
    assert len(held) < 20_000


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("inspecton start date", "inspection start date"), ("nspection date", "inspection date"),
     ("inspectionn date", "inspection date"), ("inspectiom date", "inspection date"),
     ("xnspection date", "inspection date"), ("publication dates", "publication dates")],
)  # fmt: skip
def test_a_slip_anywhere_in_a_long_word_is_found(name: str, wanted: str) -> None:
    assert matching.Header(["URN", name]).nearly(wanted) == [1]
    assert matching.Header(["URN", name]).nearly("name") == []


def test_rows_with_one_fault_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of days in another form is one fault a thousand times: each row is refused, in the same words."""
    judged: list[object] = []
    real = ir.Event.model_validate

    def judging(given: object) -> ir.Event:
        judged.append(given)
        return real(given)

    monkeypatch.setattr(ir.Event, "model_validate", judging)
    days = ["12/05/2022", "13/05/2022", "2022-05-12"] * 400
    frame = pl.DataFrame({"subject": [f"S{n}" for n in range(1200)], "type": "childrens_home", "started": days,
                          "activity": "full_inspection", "overall": "splendid"})  # fmt: skip
    found = tables.next_activities(frame, as_of="2024-01-10")
    assert len(found.refused) == 1200
    assert len(judged) == 3
    by_day = found.refused.group_by(pl.col("row") % 3).agg(pl.col("message").n_unique())
    assert by_day["message"].to_list() == [1, 1, 1]
    assert found.refused["message"].n_unique() == 3


def test_a_yes_is_not_taken_for_a_one_of_a_row_before() -> None:
    """Values that Python holds to be equal are told apart."""
    frame = pl.DataFrame({"subject": ["A", "B"], "type": "childrens_home", "activity": "full_inspection",
                          "started": pl.Series([1, True], dtype=pl.Object)})  # fmt: skip
    said = tables.next_activities(frame, as_of="2024-01-10").refused["message"].to_list()
    assert [shown for text in said for shown in ("'1'", "'True'") if shown in text] == ["'1'", "'True'"]


def test_the_fuzz_shares_no_generator_with_what_is_shipped() -> None:
    """Neither Hypothesis nor the shipped strategies nor anything of the tests' own is imported for it."""
    folder = Path(fuzz.__file__).parent
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.glob("*.py")]
    named = {node.module or "" for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in named if name.startswith(("hypothesis", "ilacs_rules.testing", "test"))]
    loaded = "import fuzz.targets, sys; print([name for name in sys.modules if 'strateg' in name or 'hypoth' in name])"
    env = os.environ | {"PYTHONPATH": str(folder.parent)}
    command = [sys.executable, "-W", "ignore", "-c", loaded]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


EARLY = "{},independent_fostering_agency,2017-04-16,full_inspection,{}-06-05,{}-06-09,{}-07-20,good,{}"


@pytest.mark.parametrize("apart", [False, True])
def test_a_registration_later_than_an_event_is_left_out_by_both(tmp_path: Path, apart: bool) -> None:
    """The reader does not believe it, and its rows are told even after a cell of several lines."""
    years = {"A": 2015, "B": 2018, "C": 2014}
    rows = [EARLY.format(name, year, year, year, '"two\nlines"').split(",") for name, year in years.items()]
    of = {row[0]: ",".join(row[:3]) for row in rows}
    events, subjects, out, refused = (tmp_path / name for name in ("e.csv", "s.csv", "o.parquet", "r.parquet"))
    one = "\n".join([HEAD, *map(",".join, rows)])
    events.write_text(one)
    nexts = run("next", events, "--as-of", "2024-01-10", "--json")
    said = {each["subject"]: (each["rule"], each["status"]) for each in json.loads(nexts.stdout)}
    if apart:
        events.write_text("\n".join(",".join([row[0], *row[3:]]) for row in [HEAD.split(","), *rows]))
        subjects.write_text("\n".join(["subject,type,registered", *of.values()]))
    given = ["--subjects", subjects] if apart else []
    done = run("table", events, *given, "--as-of", "2024-01-10", "--out", out, "--refused", refused)
    answers = pl.read_parquet(out)
    assert {name: (rule, status) for name, rule, status in answers.select("subject", "rule", "status").rows()} == said
    left_out = pl.read_parquet(refused).select("table", "row", "subject", "field").rows()
    table, places = ("subjects", (2, 4)) if apart else ("events", (2, 6))
    assert left_out == [(table, place, name, "registered") for place, name in zip(places, "AC", strict=True)]
    assert (done.exit_code, nexts.exit_code) == (3, 3)
    assert answers.filter(pl.col("not_used").is_not_null())["subject"].sort().to_list() == ["A", "C"]


def test_what_a_record_shows_is_not_forgotten_where_a_row_is_refused(tmp_path: Path) -> None:
    events, covers, out = tmp_path / "e.csv", tmp_path / "c.csv", tmp_path / "o.csv"
    events.write_text("\n".join([HEAD, row("A", 2019, "wibble"), row("B", 2019, "wibble")]))
    covers.write_text("subject,activity,since,until\nA,full_inspection,,2020-01-01\n")
    run("table", events, "--covers-table", covers, "--as-of", "2024-01-10", "--out", out)
    assert pl.read_csv(out)["subject"].to_list() == ["B"]


def test_nothing_is_written_under_the_name_of_a_packed_file(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(f"{HEAD}\n{row('A', 2019, 'good')}\n")
    done = run("table", tmp_path / "e.csv", "--as-of", "2024-01-10", "--out", tmp_path / "o.csv.gz")
    assert (done.exit_code, "is not a known kind of file (found '.gz'" in done.output) == (2, True)


def test_a_text_without_a_digit_is_tried_as_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    monkeypatch.setattr(Days, "once", lambda _, cell: tried.append(cell))
    ir.columns(io.StringIO("a,b,c\nno day,none,5\nat all,x,5\n"))
    assert set(tried) == {"5"}


@pytest.mark.parametrize("ends", ["closed", "registration_status,status_as_at"])
def test_a_subject_that_ended_before_an_event_is_refused_once_and_answered_as_next_does(
    tmp_path: Path, ends: str
) -> None:
    events, out, refused = (tmp_path / name for name in ("e.csv", "o.csv", "r.csv"))
    end = "2023-05-01" if ends == "closed" else "resigned,2023-05-01"
    events.write_text(
        f"subject,type,name,registered,{ends},activity,started,published,overall\n"
        f"A,childrens_home,A,2015-06-01,{end},full_inspection,2024-05-15,2024-06-28,good\n"
    )
    (said,) = json.loads(run("next", events, "--as-of", "2025-01-10", "--json").stdout)
    run("table", events, "--as-of", "2025-01-10", "--out", out, "--refused", refused)
    answers = pl.read_csv(out)
    assert answers.select("subject", "rule", "status").rows() == [("A", said["rule"], said["status"])]
    assert pl.read_csv(refused).select("table", "subject", "kind").rows() == [("events", "A", "DateOrderError")]


def test_another_fault_in_the_row_of_a_doubted_subject_is_refused_once(tmp_path: Path) -> None:
    events, refused = tmp_path / "e.csv", tmp_path / "r.csv"
    events.write_text(
        "subject,type,name,registered,activity,started,published,overall\n"
        "A,childrens_home,A,2016-06-01,full_inspection,2015-05-15,wibble,good\n"
    )
    run("table", events, "--as-of", "2025-01-10", "--out", tmp_path / "o.csv", "--refused", refused)
    assert sorted(pl.read_csv(refused)["field"]) == ["published", "registered"]
