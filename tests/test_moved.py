"""What moved between two runs: which answers, and whether the rulebook, the day or the record is why."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

import ilacs_rules as ir
from ilacs_rules.cli.commands import cli
from ilacs_rules.outlook.runs import run_from_json
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import questions

AS_OF = date(2024, 7, 1)


def agency(*days: date, name: str = "An agency", urn: str = "SC1", grade: str = "good") -> ir.Provider:
    events = [
        ir.Event(activity="full_inspection", started=day, ended=day, published=day, judgements={"overall": grade})
        for day in days
    ]
    return ir.Provider(
        type="independent_fostering_agency", name=name, urn=urn, registered=date(2020, 6, 1), events=events
    )


FIRST, SECOND = date(2021, 5, 10), date(2024, 6, 3)


def kinds(found: ir.Moved) -> set[tuple[ir.CauseKind, ...]]:
    return {tuple(cause.kind for cause in move.causes) for move in found.moves}


@given(questions())
@settings(max_examples=40)
def test_nothing_moves_between_a_run_and_itself(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    seen = ir.outlook([subject], as_of=as_of)
    again = ir.Outlook.model_validate_json(seen.model_dump_json())
    for other in (seen, again):
        found = ir.moved(seen, other)
        assert found.moves == ()
        assert found.stayed == len(seen.required)


@given(questions(), questions())
@settings(max_examples=40)
def test_every_answer_is_counted_once(one: tuple[Subject, date], two: tuple[Subject, date]) -> None:
    old, new = (ir.outlook([subject], as_of=as_of) for subject, as_of in (one, two))
    found = ir.moved(old, new)
    before = [move.before for move in found.moves if move.before]
    after = [move.after for move in found.moves if move.after]
    assert len(before) + found.stayed == len(old.required)
    assert len(after) + found.stayed == len(new.required)
    assert set(before) <= set(old.required)
    assert set(after) <= set(new.required)
    assert all(move.causes for move in found.moves)


def test_a_new_event_is_named() -> None:
    old, new = (ir.outlook([item], as_of=AS_OF) for item in (agency(FIRST), agency(FIRST, SECOND)))
    found = ir.moved(old, new)
    assert found.moves
    assert kinds(found) == {(ir.CauseKind.RECORD,)}
    move = found.moves[0]
    assert str(move.causes[0]) == "new on record: full inspection of 3 June 2024"
    assert move.before is not None
    assert move.after is not None
    assert move.before.window != move.after.window
    assert "new on record" in str(found)


def test_a_changed_and_a_lost_event_are_named() -> None:
    old = ir.outlook([agency(FIRST)], as_of=AS_OF)
    changed = ir.moved(old, ir.outlook([agency(FIRST, grade="inadequate")], as_of=AS_OF))
    assert {str(cause) for move in changed.moves for cause in move.causes} == {
        "changed on record: full inspection of 10 May 2021"
    }
    lost = ir.moved(old, ir.outlook([agency()], as_of=AS_OF))
    assert {str(cause) for move in lost.moves for cause in move.causes} == {
        "no longer on record: full inspection of 10 May 2021"
    }
    other = agency().model_copy(update={"registered": date(2024, 3, 1)})
    field = ir.moved(ir.outlook([agency()], as_of=AS_OF), ir.outlook([other], as_of=AS_OF))
    assert "changed on record: registered" in str(field)


def test_a_day_that_came_is_named() -> None:
    window = ir.next_activity(agency(FIRST), as_of=AS_OF).window
    assert window.opens
    assert window.closes
    old = ir.outlook([agency(FIRST)], as_of=date(2021, 7, 1))
    opened = ir.moved(old, ir.outlook([agency(FIRST)], as_of=window.opens))
    assert kinds(opened) == {(ir.CauseKind.DAY,)}
    assert f"the window opened on {str(ir.DueWindow(due=window.opens))[11:-1]}" in str(opened)
    began = ir.moved(
        ir.outlook([agency(FIRST, SECOND)], as_of=date(2024, 6, 2)), ir.outlook([agency(FIRST, SECOND)], as_of=AS_OF)
    )
    assert "the full inspection of 3 June 2024 began" in str(began)


def test_another_rulebook_is_named() -> None:
    """Of the same history on the same day, asked of the rulebook and of one whose rule for it says something else."""
    book, day = ir.load_rulebook(), date(2024, 7, 1)
    rule = ir.next_activity(agency(FIRST), as_of=day).rule
    other = book.amend(
        {
            "id": "sooner",
            "says": "A test.",
            "from": date(2024, 6, 1),
            "sources": [["sooner", "all of it"]],
            "certainty": "inferred",
            "gap": "Nobody says so.",
            "source": {
                "sooner": {"title": "A test", "publisher": "A test", "url": "", "dated": "2024", "seen_as": "primary"}
            },
            "replace": [{"rule": rule, "id": "sooner_than_before", "says": "Sooner.", "certainty": "inferred"}],
        }
    )
    old, new = (ir.outlook([agency(FIRST)], as_of=day, rulebook=each) for each in (book, other))
    found = ir.moved(old, new)
    assert found.moves
    assert kinds(found) == {(ir.CauseKind.RULEBOOK,)}


def test_the_three_reasons_are_told_apart_when_all_change() -> None:
    old = ir.outlook([agency(FIRST)], as_of=date(2021, 7, 1))
    new = ir.outlook([agency(FIRST, SECOND)], as_of=AS_OF)
    assert kinds(ir.moved(old, new)) <= {
        (ir.CauseKind.DAY, ir.CauseKind.RECORD),
        (ir.CauseKind.RECORD,),
        (ir.CauseKind.DAY,),
    }
    assert (ir.CauseKind.DAY, ir.CauseKind.RECORD) in kinds(ir.moved(old, new))


def test_subjects_that_come_and_go() -> None:
    one, two = agency(FIRST), agency(FIRST, name="Another", urn="SC2")
    came = ir.moved(ir.outlook([one], as_of=AS_OF), ir.outlook([one, two], as_of=AS_OF))
    assert {move.subject for move in came.moves} == {"Another"}
    assert {str(cause) for move in came.moves for cause in move.causes} == {"not asked about before"}
    went = ir.moved(ir.outlook([one, two], as_of=AS_OF), ir.outlook([one], as_of=AS_OF))
    assert {str(cause) for move in went.moves for cause in move.causes} == {
        "no longer asked about, or nothing is required now"
    }
    renamed = one.model_copy(update={"name": "A new name"})
    assert ir.moved(ir.outlook([one], as_of=AS_OF), ir.outlook([renamed], as_of=AS_OF)).moves == ()


def test_answers_alone_are_compared_by_what_they_rest_on() -> None:
    """Printed answers bring no records: the facts that differ, the day and the rulebook are named."""
    texts = [ir.required_activities(agency(*days), as_of=AS_OF).to_json() for days in ((FIRST,), (FIRST, SECOND))]
    old, new = (ir.Answers.from_json(text) for text in texts)
    found = ir.moved(old, new)
    assert "first day on site of the last inspection: 3 June 2024, before 10 May 2021" in str(found)
    assert ir.moved(old, ir.Answers()).moves
    with_records = ir.moved(
        ir.required_activities(agency(FIRST), as_of=AS_OF), ir.required_activities(agency(FIRST, SECOND), as_of=AS_OF)
    )
    assert "new on record" in str(with_records)
    later = [
        answer.model_copy(update={"as_of": date(2024, 7, 2), "fingerprint": "0" * 64, "rule": "r"}) for answer in old
    ]
    assert {ir.CauseKind.DAY, ir.CauseKind.RULEBOOK} == {
        cause.kind for move in ir.moved(old, later).moves for cause in move.causes
    }


@pytest.mark.parametrize("bad", [1, "text", [1], None])
def test_what_is_no_run_is_refused(bad: object) -> None:
    with pytest.raises(ir.RecordError, match="old: is not a run"):
        ir.moved(bad, [])  # type: ignore[arg-type]


def test_two_of_one_name_without_numbers_are_refused() -> None:
    twins = ir.outlook([agency(FIRST, urn=""), agency(SECOND, urn="")], as_of=AS_OF)
    with pytest.raises(ir.RecordError, match="a number"):
        ir.moved(twins, twins)


def written(folder: Path, name: str, subjects: Sequence[Subject], as_of: date) -> str:
    file = folder / f"{name}-subjects.json"
    file.write_text(json.dumps([json.loads(subject.model_dump_json()) for subject in subjects]), encoding="utf-8")
    out = folder / f"{name}.json"
    done = CliRunner().invoke(cli, ["report", str(file), "--as-of", str(as_of), "--out", str(out)])
    assert done.exit_code == 0, done.output
    return str(out)


def test_on_the_command_line(tmp_path: Path) -> None:
    old = written(tmp_path, "old", [agency(FIRST)], AS_OF)
    new = written(tmp_path, "new", [agency(FIRST, SECOND)], AS_OF)
    done = CliRunner().invoke(cli, ["moved", old, new, "--json"])
    found = ir.Moved.model_validate_json(done.stdout)
    assert "new on record: full inspection of 3 June 2024" in str(found)
    piped = CliRunner().invoke(cli, ["moved", old, new])
    assert piped.stdout.splitlines()[0].startswith("subject,urn,subject_type,track,before_activity,before_opens")
    assert len(piped.stdout.splitlines()) == len(found.moves) + 1
    assert f"{found.stayed} stayed as they were" in piped.stderr
    same = CliRunner().invoke(cli, ["moved", old, old])
    assert len(same.stdout.splitlines()) == 1
    assert "0 answers moved" in same.stderr
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    refused = CliRunner().invoke(cli, ["moved", old, str(tmp_path / "bad.json")])
    assert refused.exit_code == 2
    assert "is not JSON" in refused.stderr


def test_printed_answers_are_a_run_without_their_errors(tmp_path: Path) -> None:
    unknown = ir.Provider(type="independent_fostering_agency", name="A scheme")
    file = tmp_path / "subjects.json"
    both = [json.loads(subject.model_dump_json()) for subject in (agency(FIRST), unknown)]
    file.write_text(json.dumps(both), encoding="utf-8")
    done = CliRunner().invoke(cli, ["all", str(file), "--as-of", str(AS_OF), "--json"])
    each = [ir.required_activities(subject, as_of=AS_OF) for subject in (agency(FIRST), unknown)]
    assert {*run_from_json(done.stdout).required} == {answer for answers in each for answer in answers}
