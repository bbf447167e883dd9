"""Decisions, timelines and files: each gives what the single path gives, however it is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from case_files import CASES
from ilacs_rules import tables
from ilacs_rules.cli.commands import cli
from ilacs_rules.cli.files import Given, answer_files
from ilacs_rules.progress import watched
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import questions
from table_checks import Terminal, one_by_one

AS_OF, DAY = date(2024, 1, 10), timedelta(days=1)
BOOK = ir.load_rulebook()


@given(st.lists(questions(), min_size=1, max_size=8))
def test_situations_are_decided_as_histories_are(asked: list[tuple[Subject, date]]) -> None:
    """The facts of random histories, put to each track as a table, end on the rule and the window of the answers."""
    records = tables.from_subjects([subject for subject, _ in asked])
    days = [day for _, day in asked]
    facts, refused = tables.situations(
        records.events,
        records.subjects.with_columns(asked=pl.Series(days)),
        as_of="asked",
        covers=records.covers,
    )
    lacking = set(refused["subject"])
    sound = facts.filter(~pl.col("subject").cast(pl.String).is_in(list(lacking)))
    for track in BOOK.tracks:
        decided = tables.decide(sound.filter(pl.col("type").is_in(list(track.answers))), track=track.id)
        chosen = sound.filter(pl.col("type").is_in(list(track.answers)))["subject"].to_list()
        for number, row in zip(chosen, decided.answers.iter_rows(named=True), strict=True):
            subject, day = asked[number]
            answers = {answer.track: answer for answer in ir.answers(subject, as_of=day)}
            exists = ir.situation(subject, as_of=day)["exists"] != "not_yet"
            answer = answers.get(track.id)
            if answer is None:
                # Of what does not exist yet an answer is left out that the rule itself would give.
                assert row["rule"] is None or not exists
                continue
            window = answer.window
            days_of_it = (window.opens, window.due, window.closes)
            assert tuple(row.values()) == (answer.activity, *days_of_it, answer.strength, answer.certainty, answer.rule)


def test_a_situation_that_cannot_be_decided_keeps_its_row() -> None:
    """An unknown type, day, word or count, a day before the track, a situation that no history can be in."""
    row = {
        "type": "independent_fostering_agency", "as_of": AS_OF, "inspection_stage": "complete",
        "inspections_covered": "yes", "registered": None, "latest_inspection_first_day": date(2023, 5, 15),
    }  # fmt: skip
    changes: list[tuple[dict[str, Any], str]] = [
        ({}, ""),
        ({"type": "orphanage"}, "is not a known subject type"),
        ({"as_of": None}, "is not a date"),
        ({"as_of": date(2016, 1, 1)}, "has no rule"),
        ({"inspection_stage": "finished"}, "is not a value of this fact"),
        ({"inspection_stage": "none"}, "is a situation that cannot occur"),
        ({"type": "secure_training_centre"}, "does not apply to it"),
    ]
    table = pl.DataFrame([{**row, **change} for change, _ in changes])
    decided = tables.decide(table, track="statutory_minimum")
    assert [rule is None for rule in decided.answers["rule"]] == [bool(problem) for _, problem in changes]
    for (_, problem), message in zip(changes[1:], decided.refused["message"], strict=True):
        assert problem in message
    with pytest.raises(ir.RecordError, match=r"situations\.inspection_stage: is missing"):
        tables.decide(table.drop("inspection_stage"), track="statutory_minimum")
    with pytest.raises(ir.RecordError, match=r"situations\.inspection_stage: is of the wrong kind"):
        tables.decide(table.with_columns(inspection_stage=1), track="statutory_minimum")
    with pytest.raises(ir.UnknownWordError, match="'inspection'"):
        tables.decide(table, track="inspections")


@settings(max_examples=20)
@given(st.lists(questions(), min_size=1, max_size=3), st.integers(1, 500))
def test_a_timeline_says_what_each_day_says(asked: list[tuple[Subject, date]], length: int) -> None:
    """Every day of it lies in one stretch, or was refused; two stretches side by side say different things."""
    group, since = [subject for subject, _ in asked], asked[0][1]
    until = min(since + length * DAY, date(2100, 12, 31))
    records = tables.from_subjects(group)
    found = tables.timeline(records.events, records.subjects, since=since, until=until, covers=records.covers)
    every = [since + step * DAY for step in range((until - since).days + 1)]
    single = one_by_one(group, every, ir.next_activity)
    held: dict[tuple[int, date], Any] = {}
    for subject, first, last, _, _, *line in found.answers.drop("not_used").rows():
        for step in range((last - first).days + 1):
            assert (subject, first + step * DAY) not in held
            held[subject, first + step * DAY] = [tuple(line)]
        assert held.get((subject, first - DAY)) != [tuple(line)]
    assert held == {key: value for key, value in single.items() if not isinstance(value, str)}
    refused = found.refused.select("subject", "as_of", "message").rows()
    assert sorted(refused) == sorted(_first_refusals(group, every))


@pytest.mark.parametrize("since", [date(2000, 1, 1), date(2012, 12, 25), date(2017, 3, 25)])
def test_a_timeline_is_refused_by_stretches_before_the_rulebook_begins(since: date) -> None:
    """Of each of several subjects, though each day is refused in words of its own; and where answers begin half way."""
    group = [case.subject for case in CASES[::60]]
    records = tables.from_subjects(group)
    every = [since + step * DAY for step in range(14)]
    found = tables.timeline(records.events, records.subjects, since=since, until=every[-1], covers=records.covers)
    refused = found.refused.select("subject", "as_of", "message").rows()
    assert len({subject for subject, _, _ in refused}) > 1
    assert sorted(refused) == sorted(_first_refusals(group, every))


def _first_refusals(group: list[Subject], every: list[date]) -> Iterator[tuple[str, date, str]]:
    """Of each stretch of days that the single path refuses for one reason, the first, and what it says on that day."""
    for number, subject in enumerate(group):
        before: tuple[str, ...] | None = None
        for day in every:
            reason = None
            try:
                ir.next_activity(subject, as_of=day)
            except ir.IlacsRulesError as error:
                reason = (type(error).__name__, error.field, error.problem, error.expected)
                if reason != before:
                    yield f"{number}", day, str(error)
            before = reason


def in_any_order(frame: pl.DataFrame) -> list[tuple[str, ...]]:
    return sorted(tuple(str(each) for each in row) for row in frame.rows())


def _case_tables() -> tables.Records:
    return tables.from_subjects([case.subject for case in CASES[::9]])


@pytest.mark.parametrize("ending", ["csv", "parquet", "arrow"])
@pytest.mark.parametrize("part", [1 << 30, 2_000])
def test_files_are_answered_whole_or_in_parts(tmp_path: Path, ending: str, part: int) -> None:
    """The same answers and refusals, however small the parts are."""
    records = _case_tables()
    write = {"csv": pl.DataFrame.write_csv, "parquet": pl.DataFrame.write_parquet, "arrow": pl.DataFrame.write_ipc}
    paths = [tmp_path / f"{name}.{ending}" for name in ("events", "subjects", "covers")]
    for frame, path in zip(records, paths, strict=True):
        write[ending](frame, path)  # type: ignore[operator]

    def ask(events: Any, subjects: Any, covers: Any) -> tables.Answered:
        return tables.required_activities(events, subjects, covers=covers, as_of=AS_OF)

    out, left = tmp_path / "out.parquet", tmp_path / "left.parquet"
    counts = answer_files(Given(*paths), ask, out, left, part=part)
    expected = ask(*records)
    answers, refused = pl.read_parquet(out), pl.read_parquet(left)
    assert counts[:2] == (expected.answers.height, expected.refused.height) == (answers.height, refused.height)
    assert in_any_order(answers) == in_any_order(expected.answers)
    assert sorted(refused["message"]) == sorted(expected.refused["message"])


def test_the_command_writes_answers_and_refusals(tmp_path: Path) -> None:
    """And leaves with 3 where a value was not used, and 2 where a file is at fault."""
    events, out, left = (tmp_path / name for name in ("events.csv", "out.csv", "left.csv"))
    header = "subject,type,activity,started,ended,published,overall\n"
    good = "A,independent_fostering_agency,full_inspection,2023-05-15,2023-05-19,2023-06-28,inadequate\n"
    events.write_text(header + good + good.replace("A,", "B,").replace("2023-05-19", "19 May"))
    days = ["--as-of", "2024-01-10", "--as-of", "2024-06-01"]
    command = ["table", str(events), *days, "--out", str(out), "--refused", str(left)]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 3
    assert "4 answers; refused: 1" in done.stderr
    assert out.read_text().splitlines()[1].startswith("A,,,2024-01-10,full_inspection,2023-11-15,")
    assert "events,3,B,,,RecordError,ended,19 May,is not a date" in left.read_text()
    events.write_text(header + good.replace("inadequate", "bad"))
    assert CliRunner().invoke(cli, command).exit_code == 3
    for wrong in ("events.csv", "out.docx"):
        events.write_text("urn\n1\n")
        refused = CliRunner().invoke(cli, [*command[:6], "--out", str(tmp_path / wrong)])
        assert refused.exit_code == 2


@pytest.mark.parametrize(("patience", "shows"), [(-1.0, True), (3600.0, False)])
def test_long_work_shows_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch, patience: float, shows: bool) -> None:
    """On a terminal, once it has taken long enough; and what was shown is wiped away at the end."""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("ilacs_rules.progress._PATIENCE", patience)
    assert list(watched([1, 1], 2, int)) == [1, 1]
    assert ("50% of 2 subjects" in terminal.text) is shows
    assert terminal.text.endswith("\r") is shows


def test_another_rulebook_answers_for_itself() -> None:
    """A rulebook as it stood on a day refuses later days and gives its own answers, as on the single path."""
    book = BOOK.as_it_stood(date(2022, 6, 1))
    group = [case.subject for case in CASES[::25]]
    records = tables.from_subjects(group)
    days = [date(2018, 3, 1), date(2022, 6, 1), date(2022, 6, 2)]
    found = tables.next_activities(records.events, records.subjects, covers=records.covers, as_of=days, rulebook=book)
    expected = one_by_one(group, days, lambda subject, as_of: ir.next_activity(subject, as_of=as_of, rulebook=book))
    lines = {
        (number, day): [line]
        for number, _, _, day, *rest in found.answers.drop("not_used").rows()
        for line in [tuple(rest)]
    }
    assert lines == {key: value for key, value in expected.items() if not isinstance(value, str)}
    for row in found.refused.iter_rows(named=True):
        assert expected[int(row["subject"]), row["as_of"]] == f"{row['kind']}: {row['message']}"
    with pytest.raises(ir.RecordError, match="is not a rulebook"):
        tables.next_activities(records.events, records.subjects, as_of=AS_OF, rulebook="mine")  # type: ignore[arg-type]


def _answered(*given: Any) -> tables.Answered:
    raise AssertionError(f"asked of a file that cannot be read: {given}")


@pytest.mark.parametrize(
    ("name", "content", "part", "said"),
    [
        ("events.csv", None, 1 << 30, "No such file or directory"),
        ("events.parquet", "this is no Parquet", 1 << 30, "cannot be read"),
        ("events.csv", "urn,activity\n1,full_inspection\n", 1, "events.csv: subject: has no column of that name"),
    ],
)
def test_a_file_of_events_that_cannot_be_read_is_refused_before_anything_is_asked(
    tmp_path: Path, name: str, content: str | None, part: int, said: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_text(content)
    with pytest.raises(ir.FileFormatError) as caught:
        answer_files(Given(file), _answered, tmp_path / "out.csv", None, part=part)
    assert name in str(caught.value)
    assert said in str(caught.value)


def test_a_file_that_cannot_be_written_is_named_and_refusals_are_counted_without_one(tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text("subject,type,activity,started\nA,orphanage,full_inspection,2023-05-15\n")

    def ask(events: Any, *_: Any) -> tables.Answered:
        return tables.next_activities(events, as_of=AS_OF)

    assert answer_files(Given(events), ask, tmp_path / "out.csv", None)[:2] == (0, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"events.csv", "out.csv"}
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ir.FileFormatError, match=r"folder.csv: cannot be written"):
        answer_files(Given(events), ask, tmp_path / "folder.csv", None)


def test_a_count_below_nought_is_none() -> None:
    (case, *_) = [case for case in CASES if isinstance(case.subject, ir.LocalAuthority) and case.subject.events]
    records = tables.from_subjects([case.subject] * 3)
    facts, _ = tables.situations(records.events, records.subjects, covers=records.covers, as_of=AS_OF)
    asked = facts.with_columns(visits_between_on_record=pl.Series([0, -1, -2]))
    refused = tables.decide(asked, track="visits_between").refused
    found = {row["row"]: row for row in refused.iter_rows(named=True)}
    assert (found[2]["field"], found[2]["value"]) == ("visits_between_on_record", "-2")
    assert found[2]["problem"] == "is not a count"
    assert 0 not in found
