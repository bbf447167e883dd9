"""`ilacs-rules ask` answers without a file and says what it took; `words` lists what may be written and typed."""

import csv
import io
import json
import re
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.cli.commands import cli
from ilacs_rules.cli.words import KINDS, as_typed, spelt
from ilacs_rules.outlook.words import kind_in_words
from ilacs_rules.testing import strategies as drawn
from ilacs_rules.vocabulary import ACTIVITIES, in_words

AS_OF = date(2025, 2, 1)
AGENCY = ("--type", "independent_fostering_agency", "--inspected", "2024-03-11", "--judged", "requires_improvement")


def run(*arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done


def told(text: str) -> str:
    """Text in one line, however it was folded."""
    return " ".join(text.split())


def answers(*arguments: object, as_of: object = AS_OF) -> list[ir.Answer]:
    done = run("ask", *arguments, "--as-of", as_of, "--json")
    return [ir.Answer.model_validate(entry) for entry in json.loads(done.stdout)]


def test_a_line_is_answered_like_the_record_it_describes() -> None:
    (answer,) = answers(*AGENCY)
    subject = ir.Provider(
        type="independent_fostering_agency",
        name="Independent fostering agency",
        events=[
            ir.Event(activity="full_inspection", started="2024-03-11", judgements={"overall": "requires_improvement"})
        ],
    )
    assert answer == ir.next_activity(subject, as_of=AS_OF)


def test_what_was_left_out_is_said() -> None:
    """On standard output; beside JSON on standard error, so that a program reads JSON and nothing else."""
    done = run("ask", *AGENCY, "--as-of", AS_OF)
    assert told(done.stdout).startswith(
        "Your record: independent fostering agency; the record shows every inspection and visit "
        "(use --covers to change this). "
        "full inspection (assumed; use --activity to change this), begun 11 March 2024; last day not given; "
        "day of publication not given; overall: requires improvement "
        "Independent fostering agency: expect a full inspection"
    )
    done = run("ask", *AGENCY, "--as-of", AS_OF, "--json")
    assert told(done.stderr).startswith("Your record: independent fostering agency")
    assert json.loads(done.stdout)
    told_all = run(
        "ask", *AGENCY, "--activity", "Full", "--ended", "2024-03-15", "--published", "2024-04-22",
        "--covers", "everything", "--as-of", AS_OF,
    ).stdout  # fmt: skip
    assert "assumed" not in told_all
    assert "not given" not in told_all
    assert "otherwise" not in told_all


def test_each_option_belongs_to_the_inspection_before_it() -> None:
    line = (
        "--type", "Local authority", "--name", "Ambridge",
        "--inspected", "2023-07-10", "--judged", "good", "--judged", "leaders=Outstanding",
        "--activity", "Standard inspection", "--ended", "2023-07-21", "--published", "2023-09-04",
        "--inspected", "2025-02", "--activity", "Focused visit", "--outcome", "area for priority action",
        "--inspected", "2016-05-09", "--judged", "inadequate",
    )  # fmt: skip
    subject = ir.LocalAuthority(
        name="Ambridge",
        events=[
            ir.Event(
                activity="ilacs_standard",
                started="2023-07-10",
                ended="2023-07-21",
                published="2023-09-04",
                judgements={"overall": "good", "leaders": "outstanding"},
            ),
            ir.Event(activity="focused_visit", started="2025-02", outcome="areas_for_priority_action"),
            ir.Event(activity="sif_inspection", started="2016-05-09", judgements={"overall": "inadequate"}),
        ],
    )
    day = date(2025, 6, 1)
    assert answers(*line, as_of=day)[0] == ir.next_activity(subject, as_of=day)
    assert answers(*line, "--all", as_of=day) == list(ir.required_activities(subject, as_of=day))
    said = told(run("ask", *line, "--as-of", day).stdout)
    assert (
        "inspection under the single inspection framework (assumed; use --activity to change this), begun 9 May 2016"
        in said
    )
    assert "focused visit, begun in February 2025; last day not given" in said


@pytest.mark.parametrize(
    ("kind", "day", "activity"),
    [
        ("local_authority", "2017-12-31", "sif_inspection"),
        ("local_authority", "2018-01-01", "ilacs_inspection"),
        ("childrens_home", "2016-01-04", "full_inspection"),
    ],
)
def test_the_inspection_that_is_supposed_is_of_the_framework_of_its_day(kind: str, day: str, activity: str) -> None:
    line = ("--type", kind, "--inspected", day, "--judged", "good", "--as-of", "2018-06-01")
    assert f"{in_words(ir.Activity(activity))} (assumed" in told(run("ask", *line).stdout)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--judged", "good"), "--judged good: comes before any event; expected --inspected DAY first"),
        (("--inspected", "2024-03-11", "--ended", "2024-03-12", "--ended", "2024-03-13"), "2024-03-13: is given twice"),
        (("--inspected", "11/03/2024"), "--inspected: is not a date in the form YYYY-MM-DD"),
        (("--inspected", "2024-03-11", "--published", "2024-03"), "--published: is not a date: it is a month"),
        (("--inspected", "2024-03-11", "--judged", "goood"), "--judged: is not a known grade (found 'goood'; expected"),
        (("--inspected", "2024-03-11", "--judged", "leadership=good"), "--judged: is not a known area"),
        (("--inspected", "2024-03-11", "--activity", "ful inspection"), "expected 'full_inspection'?"),
        (("--inspected", "2024-03-11", "--ended", "2024-03-01"), "ended: full inspection cannot end before it starts"),
        (("--inspected", "2024-03-11", "--activity", "focused visit"), "focused visit does not happen to a provider"),
        (("--created", "2024-03-11"), "created: is not a field of Provider"),
        (("--registered", "lately"), "--registered: is not a date"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_by_its_option(line: tuple[str, ...], words: str) -> None:
    done = run("ask", "--type", "childrens_home", *line, "--as-of", AS_OF, code=2)
    assert words in told(done.stderr)


def test_what_cannot_be_answered_says_what_is_missing() -> None:
    done = run("ask", "--type", "childrens_home", "--as-of", AS_OF, code=1)
    assert "nothing has happened to it (use --inspected to add an event)" in told(done.stdout)
    assert "registered: the record of Children's home lacks this day" in told(done.stdout)
    assert run("ask", "--type", "childrens_home", "--registered", "2024-01-31", "--as-of", AS_OF)


def test_today_is_asked_about_only_where_it_is_said() -> None:
    before = date.today()
    (answer,) = answers(*AGENCY, as_of="today")
    assert before <= answer.as_of <= date.today()
    assert "Missing option '--as-of'" in run("ask", *AGENCY, code=2).stderr
    with pytest.raises(ir.RecordError, match="as_of: is not a date"):
        ir.next_activity(ir.Provider(type="childrens_home", name="A", registered="2024-01-31"), as_of="today")


@given(event=drawn.any_events(), who=st.sampled_from(["authority", "provider"]))
def test_any_event_can_be_told(event: ir.Event, who: str) -> None:
    """By the names that are printed: what comes of it is the record that was meant."""
    if who not in ACTIVITIES[event.activity].to or event.started is None:
        return
    line: list[str] = ["--inspected", str(event.started) if event.precision == "day" else f"{event.started:%Y-%m}"]
    line += ["--activity", in_words(event.activity)]
    line += [
        text
        for area, grade in event.judgements.given().items()
        for text in ("--judged", f"{in_words(area)}={in_words(grade)}")
    ]
    for name in ("ended", "published", "outcome"):
        if getattr(event, name):
            line += [f"--{name}", in_words(str(getattr(event, name)))]
    kind, began = ("local authority", "--created") if who == "authority" else ("Children's home", "--registered")
    done = CliRunner().invoke(cli, ["ask", "--type", kind, began, "2000-01-01", *line, "--as-of", "2024-06-03"])
    assert done.exit_code in {0, 1}, done.output
    assert in_words(event.activity) in told(done.output)


# --- words ---


def listed(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("words", *arguments).stdout)))


def test_every_word_of_the_vocabulary_is_listed_with_its_meaning() -> None:
    rows = listed()
    assert rows == json.loads(run("words", "--json").stdout)
    assert all(row["means"] for row in rows)
    words: dict[str, set[str]] = {}
    for row in rows:
        words.setdefault(row["kind"], set()).add(row["word"])
    kinds: dict[str, type[StrEnum]] = {
        "activity": ir.Activity, "type": ir.ProviderType, "grade": ir.Grade, "effectiveness": ir.Effectiveness,
        "area": ir.Area, "outcome": ir.Outcome, "status": ir.Status, "strength": ir.Strength, "certainty": ir.Certainty,
    }  # fmt: skip
    for kind, members in kinds.items():
        assert words[kind] >= {word.value for word in members}
    assert words["type"] - set(ir.ProviderType) == {"local_authority"}
    assert words["area"] == set(ir.Judgements.model_fields)
    assert words["track"] == {track.id for track in ir.load_rulebook().tracks}
    assert words["coverage"] == {"inspections", "everything"}
    for one, many in KINDS.items():
        assert {row["word"] for row in listed(many)} == words[one]


def test_what_is_printed_can_be_typed() -> None:
    """Each word, its printed name, either in any case; and no spelling stands for two words."""
    for row in listed():
        for text in (row["word"], row["printed"], row["printed"].upper(), row["printed"].capitalize()):
            assert as_typed(row["kind"], text, "here") == row["word"]
    for kind in ir.ProviderType:
        assert as_typed("type", kind_in_words(kind), "here") == kind
    assert as_typed("activity", "short inspection", "here") == "ilacs_short"
    assert as_typed("activity", "Focussed visit", "here") == "focused_visit"
    assert all(word in {row["word"] for row in listed()} for kind in KINDS for word in spelt(kind).values())


@pytest.mark.parametrize(
    ("line", "same"),
    [
        (("rules", "--track", "Visits between"), ("rules", "--track", "visits_between")),
        (("rules", "--type", "Children's home"), ("rules", "--type", "childrens_home")),
        (
            ("why-not", "{file}", "short inspection", "--as-of", "2026-11-21"),
            ("why-not", "{file}", "ilacs_short", "--as-of", "2026-11-21"),
        ),
        (
            ("next", "{file}", "--covers", "Focused visit", "--as-of", "2026-11-21"),
            ("next", "{file}", "--covers", "focused_visit", "--as-of", "2026-11-21"),
        ),
        (
            ("next", "{file}", "--track", "visits between", "--type", "Local authority", "--as-of", "2026-11-21"),
            ("next", "{file}", "--track", "visits_between", "--type", "local_authority", "--as-of", "2026-11-21"),
        ),
        (
            ("forecast", "{file}", "--activity", "focused visit", "--as-of", "2026-06-07"),
            ("forecast", "{file}", "--activity", "focused_visit", "--as-of", "2026-06-07"),
        ),
    ],
)  # fmt: skip
def test_commands_take_printed_names(line: tuple[str, ...], same: tuple[str, ...]) -> None:
    given_ = [[text.format(file="examples/barking_and_dagenham.json") for text in each] for each in (line, same)]
    first, second = (CliRunner().invoke(cli, each) for each in given_)
    assert (first.exit_code, first.output) == (second.exit_code, second.output)
    assert first.exit_code == 0, first.output


def test_a_slip_in_a_printed_name_leads_to_the_word() -> None:
    done = run("rules", "--track", "visit between", code=2)
    assert "expected 'visits_between'?" in done.stderr
    assert "`ilacs-rules words tracks` explains them" in done.stderr


def test_on_a_terminal_words_stand_under_their_kinds(monkeypatch: Any) -> None:
    monkeypatch.setattr("ilacs_rules.cli.wording.is_terminal", lambda: True)
    shown = run("words").stdout
    assert re.findall(r"^[A-Z][a-z]+$", shown, re.MULTILINE) == [many.capitalize() for many in KINDS.values()]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-03-10", "this is after the day you ask about"),
        ("2024-03-11", "the report is not out on the day you ask about"),
        ("2024-04-30", "the report is not out on the day you ask about"),
        ("2024-05-01", ""),
    ],
)
def test_what_lies_after_the_day_asked_about_is_said_not_to_count(day: str, said: str) -> None:
    line = (*AGENCY[:4], "--published", "2024-05-01", *AGENCY[4:], "--registered", "2020-01-01", "--as-of", day)
    done = run("ask", *line)
    assert ("does not count" in told(done.stdout), said in told(done.stdout)) == (bool(said), True)
