"""A saved answer worked out again: whether it stands, and if not, which row or which part of the record is why."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

import ilacs_rules as ir
from ilacs_rules.cli.commands import cli
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import questions

BOOK = ir.load_rulebook()
RULE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
AS_OF = date(2024, 1, 10)
IDEA = {"title": "An idea", "publisher": "Us", "url": "", "dated": "2026", "seen_as": "primary"}
SOONER = {
    "rule": RULE,
    "id": "inadequate_agency_is_reinspected_within_9_months",
    "says": "An inadequate agency is inspected again within 9 months.",
    "opens": "",
    "closes": "last_inspection_started + 9 months",
    "certainty": "quoted",
    "sources": [["idea", "the whole of it"]],
}


def agency(grade: str = "inadequate", *more: ir.Event, **other: str) -> ir.Provider:
    day = date(2023, 5, 15)
    event = ir.Event(activity="full_inspection", started=day, ended=day, published=day, judgements={"overall": grade})
    values = {"name": "An agency", "urn": "SC1"} | other
    return ir.Provider(type="independent_fostering_agency", events=[event, *more], **values)


def saved(subject: Subject, as_of: date = AS_OF) -> ir.Answer:
    return ir.next_activity(subject, as_of=as_of)


def read_back(answer: ir.Answer) -> ir.Answer:
    return ir.Answer.model_validate_json(answer.model_dump_json())


def every_answer(subject: Subject, as_of: date) -> tuple[ir.Answer, ...]:
    """What each track answers; none where the record lacks what a rule needs."""
    try:
        return tuple(ir.answers(subject, as_of=as_of))
    except ir.IlacsRulesError:
        return ()


def with_row(**cells: object) -> ir.Rulebook:
    """The shipped rulebook, with other cells in one row."""
    rules = tuple(rule.model_copy(update=cells) if rule.id == RULE else rule for rule in BOOK.rules)
    return BOOK.model_copy(update={"rules": rules, "version": "mine"})


@given(questions())
@settings(max_examples=40)
def test_every_answer_is_confirmed_after_a_round_trip_through_json(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    again = type(subject).model_validate_json(subject.model_dump_json())
    for answer in every_answer(subject, as_of):
        for kept in (answer, read_back(answer)):
            found = ir.verify(kept, again)
            assert (found.verdict, found.same, found.same_rulebook) == ("confirmed", True, True)
            assert (found.now, found.differs, found.row, found.facts, found.record) == (answer, (), None, (), ())


@given(questions(), questions())
@settings(max_examples=40)
def test_it_is_the_same_just_where_the_answers_are_equal(one: tuple[Subject, date], two: tuple[Subject, date]) -> None:
    """Two records of one kind and number: a verdict follows from nothing but what is answered."""
    (subject, as_of), (other, _) = one, two
    if subject.type != other.type:
        return
    other = other.model_copy(update={"name": subject.name, "urn": subject.urn})
    for answer in every_answer(subject, as_of):
        found = ir.verify(read_back(answer), other)
        assert found.same == (found.now == answer)
        assert bool(found.differs) == (found.now is not None and found.now != answer)
        assert ir.Verified.model_validate_json(found.model_dump_json()) == found


def test_another_grade_names_the_event_the_fact_and_the_row_that_answers_now() -> None:
    answer = saved(agency())
    found = ir.verify(answer, agency("good"))
    assert found.verdict is ir.Verdict.ANOTHER_ANSWER
    assert found.same_rulebook
    assert found.record == ("changed on record: full inspection of 15 May 2023",)
    assert [(fact.name, fact.before, fact.now) for fact in found.facts] == [("last_overall", "inadequate", "good")]
    assert found.row is not None
    assert (found.row.kind, found.row.rule) == (ir.RowChangeKind.ANOTHER_ANSWERS, RULE)
    assert found.row.instead == saved(agency("good")).rule
    assert "window" in {item.field for item in found.differs}
    after = ir.verify(read_back(answer), agency("good"))
    assert (after.record, after.facts) == ((), found.facts)
    assert after.row == found.row.model_copy(update={"exact": False})


def test_an_event_that_changes_no_answer_is_named_beside_it() -> None:
    later = ir.Event(activity="monitoring_visit", started=date(2023, 9, 1), ended=date(2023, 9, 1))
    found = ir.verify(saved(agency()), agency("inadequate", later))
    assert "new on record: monitoring visit of 1 September 2023" in found.record


def test_a_name_that_changed_is_said() -> None:
    found = ir.verify(read_back(saved(agency())), agency(name="The same agency"))
    assert found.record == ("changed on record: name: The same agency, before An agency",)
    assert [item.field for item in found.differs] == ["subject"]


def test_a_row_that_a_reform_ended_names_its_last_day_and_the_row_that_follows() -> None:
    reform = {"id": "sooner", "says": "Back sooner.", "from": date(2024, 1, 1), "source": {"idea": IDEA}}
    book = BOOK.amend({**reform, "replace": [SOONER]})
    answer = saved(agency())
    exact, seen = (ir.verify(item, agency(), rulebook=book).row for item in (answer, read_back(answer)))
    assert exact is not None
    assert seen is not None
    assert exact.kind is seen.kind is ir.RowChangeKind.CHANGED
    assert exact.instead == seen.instead == SOONER["id"]
    assert [(cell.cell, cell.before, cell.now) for cell in exact.cells] == [("to", "", "31 December 2023")]
    assert [cell.cell for cell in seen.cells] == ["from, to"]
    assert "31 December 2023" in seen.cells[0].now
    assert (exact.exact, seen.exact) == (True, False)
    # The other way about: an answer of the reform, asked of the shipped rulebook, whose row it has not.
    back = ir.verify(read_back(ir.next_activity(agency(), as_of=AS_OF, rulebook=book)), agency())
    assert back.row is not None
    assert (back.row.kind, back.row.instead) == (ir.RowChangeKind.GONE, RULE)


def test_before_the_first_day_of_a_reform_another_rulebook_gives_the_same_answer() -> None:
    reform = {"id": "sooner", "says": "Back sooner.", "from": date(2024, 1, 11), "source": {"idea": IDEA}}
    book = BOOK.amend({**reform, "replace": [SOONER]})
    found = ir.verify(read_back(saved(agency())), agency(), rulebook=book)
    assert (found.verdict, found.same, found.same_rulebook) == ("same_answer", True, False)
    assert (found.differs, found.row) == ((), None)
    assert f"{book.fingerprint[:12]}" in str(found)


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"closes": "last_inspection_started + 9 months"}, ["closes"]),
        ({"says": "Another sentence."}, ["says"]),
        ({"strength": ir.Strength.MAY}, ["strength"]),
        ({"certainty": ir.Certainty.QUOTED, "gap": "Something."}, ["certainty", "gap"]),
    ],
)
def test_a_changed_cell_is_named(cells: dict[str, object], named: list[str]) -> None:
    answer, book = saved(agency()), with_row(**cells)
    for kept in (answer, read_back(answer)):
        found = ir.verify(kept, agency(), rulebook=book)
        assert found.verdict is ir.Verdict.ANOTHER_ANSWER
        assert found.row is not None
        assert (found.row.kind, found.row.instead) == (ir.RowChangeKind.CHANGED, "")
        assert [cell.cell for cell in found.row.cells] == named
        assert all(cell.before != cell.now for cell in found.row.cells)


def test_what_nothing_explains_is_said_to_be_so() -> None:
    forged = read_back(saved(agency())).model_copy(update={"window": ir.DueWindow(closes="2025-01-01")})
    found = ir.verify(forged, agency())
    assert found.verdict is ir.Verdict.ANOTHER_ANSWER
    assert (found.row, found.facts, found.record) == (None, (), ())
    assert "the saved answer was altered" in str(found)


def test_where_the_record_now_lacks_what_the_answer_rests_on_no_day_is_confirmed() -> None:
    nothing = ir.Provider(type="independent_fostering_agency", name="An agency", urn="SC1")
    found = ir.verify(saved(agency()), nothing)
    assert found.verdict is ir.Verdict.ANOTHER_ANSWER
    assert found.now is not None
    assert (found.now.status, found.now.window.closes) == ("not_stated", None)
    assert "registered" in found.now.notes[0]


def test_where_there_is_no_answer_now_it_says_why() -> None:
    kind = "independent_fostering_agency"
    later = [
        track.model_copy(update={"answers": {**track.answers, kind: date(2035, 1, 1)}})
        if kind in track.answers
        else track
        for track in BOOK.tracks
    ]
    found = ir.verify(saved(agency()), agency(), rulebook=BOOK.model_copy(update={"tracks": tuple(later)}))
    assert found.verdict is ir.Verdict.NOT_ANSWERED
    assert found.now is None
    assert "2035-01-01" in found.not_answered
    assert found.not_answered in str(found)


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (agency(urn="SC2"), "does not have the number"),
        (ir.LocalAuthority(name="An agency"), "not the kind of subject"),
    ],
)
def test_another_subject_is_refused(subject: Subject, said: str) -> None:
    with pytest.raises(ir.RecordError, match=said):
        ir.verify(saved(agency()), subject)


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(ir.RecordError, match="is not an answer"):
        ir.verify(saved(agency()).model_dump_json(), agency())  # type: ignore[arg-type]


def test_on_the_command_line(tmp_path: Path) -> None:
    def put(name: str, *subjects: Subject) -> str:
        file = tmp_path / name
        file.write_text(json.dumps([item.model_dump(mode="json") for item in subjects]))
        return str(file)

    before, after = put("before.json", agency()), put("after.json", agency("good"))
    gone = put("gone.json", agency(urn="SC9"))
    kept = tmp_path / "answers.json"
    kept.write_text(CliRunner().invoke(cli, ["next", before, "--as-of", "2024-01-10", "--json"]).stdout)
    same = CliRunner().invoke(cli, ["verify", str(kept), before])
    assert same.exit_code == 0
    assert same.stdout.strip() == "1  confirmed: the same rulebook gives the same answer"
    other = CliRunner().invoke(cli, ["verify", str(kept), after])
    assert other.exit_code == 1
    assert "another answer now" in other.stdout
    lost = CliRunner().invoke(cli, ["verify", str(kept), gone])
    assert lost.exit_code == 1
    assert "is not in the files given" in " ".join(lost.stdout.split())
    printed = CliRunner().invoke(cli, ["verify", str(kept), after, "--json"])
    assert [ir.Verified.model_validate(item).verdict for item in json.loads(printed.stdout)] == ["another_answer"]
    refused = CliRunner().invoke(cli, ["verify", before, before])
    assert refused.exit_code == 2
