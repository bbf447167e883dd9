"""What would change an answer: nothing missed and nothing false, held against asking about everything."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

import ilacs_rules as ir
from ilacs_rules.questioning.changes import EVERYTHING, by_one_change
from ilacs_rules.questioning.changes.asking import given as asked
from ilacs_rules.questioning.changes.known import as_known
from ilacs_rules.questioning.changes.matter import what_matters
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import questions

BOOK = ir.load_rulebook()
REQUIRES_IMPROVEMENT = ir.Event(
    activity="full_inspection",
    started=date(2023, 5, 15),
    ended=date(2023, 5, 19),
    published=date(2023, 6, 28),
    judgements={"overall": "requires_improvement"},
)
AGENCY = ir.Provider(type="independent_fostering_agency", name="An agency", events=[REQUIRES_IMPROVEMENT])

AGENCY_RULE = BOOK.rule(ir.next_activity(AGENCY, as_of=date(2024, 1, 10)).rule)


def test_time_brings_the_opening_and_the_day_after_closing() -> None:
    changes = ir.what_would_change(AGENCY, as_of=date(2024, 1, 10))
    assert [(change.day, change.days) for change in changes.over_time] == [
        (date(2024, 5, 15), 126),
        (date(2024, 11, 16), 311),
    ]
    assert [change.words.split(", ")[-1] for change in changes.over_time] == [
        "the full inspection opens",
        "the full inspection becomes overdue",
    ]


def test_the_last_day_looked_at_is_included() -> None:
    for until, found in ((date(2024, 5, 14), 0), (date(2024, 5, 15), 1)):
        assert len(ir.what_would_change(AGENCY, as_of=date(2024, 1, 10), until=until).over_time) == found


@pytest.mark.parametrize("until", [date(2024, 1, 9), date(2200, 1, 1), "1 January 2025"])
def test_a_last_day_that_cannot_be_is_refused(until: date) -> None:
    with pytest.raises(ir.RecordError, match="until"):
        ir.what_would_change(AGENCY, as_of=date(2024, 1, 10), until=until)
    assert ir.what_would_change(AGENCY, as_of="2024-01-10", until="2024-12-31").until == date(2024, 12, 31)


def test_another_grade_leads_to_the_answer_it_would_have_had() -> None:
    changes = ir.what_would_change(AGENCY, as_of=date(2024, 1, 10))
    found = {change.words: change for change in changes.by_one_change if change.kind is ir.ChangeKind.GRADE}
    assert set(found) == {
        f"overall had been {grade} at the full inspection of 15 May 2023"
        for grade in ("inadequate", "good", "outstanding")
    }
    for change in found.values():
        assert change.answer == ir.next_activity(change.subject, as_of=date(2024, 1, 10))
        assert change.facts == ("last_overall",)


def test_each_change_is_of_one_thing() -> None:
    """The changed history is the known one, with one event more, one fewer, or one altered."""
    for change in ir.what_would_change(AGENCY, as_of=date(2024, 1, 10)).by_one_change:
        gone = set(AGENCY.events) - set(change.subject.events)
        new = set(change.subject.events) - set(AGENCY.events)
        assert (len(gone), len(new)) in {(1, 1), (0, 1), (1, 0)}


def test_what_lies_after_the_day_is_left_out() -> None:
    """An inspection under way, whose report is on record for later: as if nothing of that were known."""
    as_of = date(2023, 5, 17)
    changes = ir.what_would_change(AGENCY, as_of=as_of)
    (known,) = changes.over_time[0].subject.events if changes.over_time else as_known(AGENCY, as_of).events
    assert (known.ended, known.published, known.judgements) == (None, None, ir.Judgements())
    reports = [change for change in changes.by_one_change if change.kind is ir.ChangeKind.REPORT]
    assert {change.answer.activity for change in reports if change.answer} == {ir.Activity.FULL_INSPECTION}


def test_a_change_without_an_answer_says_why() -> None:
    """Without its only inspection the agency's window would run from a day that the record lacks."""
    changes = ir.what_would_change(AGENCY, as_of=date(2024, 1, 10))
    (fewer,) = [change for change in changes.by_one_change if change.kind is ir.ChangeKind.ONE_FEWER]
    assert fewer.answer is None
    assert "registered" in fewer.not_answered
    assert fewer.gives in str(changes)


def test_the_text_gives_each_answer_once_and_the_html_each_change() -> None:
    changes = ir.what_would_change(AGENCY, as_of=date(2024, 1, 10))
    lines = str(changes).splitlines()
    for gives in {change.gives for change in changes.by_one_change}:
        assert lines.count(f"    {gives}") == 1
    assert changes._repr_html_().count("<tr>") == 1 + len(changes.over_time) + len(changes.by_one_change)
    assert ir.Changes.model_validate_json(changes.model_dump_json()) == changes


@given(questions())
@settings(max_examples=25)
def test_no_single_change_is_missed(question: tuple[Subject, date]) -> None:
    """Asking about every change of the closed list finds what asking only about those that matter finds."""
    subject, as_of = question
    known = as_known(subject, as_of)
    if asked(known, as_of, BOOK).answer is None:
        return
    quick = by_one_change(known, as_of, BOOK, what_matters(known, as_of, BOOK))
    whole = by_one_change(known, as_of, BOOK, EVERYTHING)
    assert {(change.kind, change.words, change.answer) for change in quick} == {
        (change.kind, change.words, change.answer) for change in whole
    }
    steps = [len(change.facts) for change in quick]
    assert steps == sorted(steps)


@given(questions())
@settings(max_examples=25)
def test_no_day_to_come_is_missed(question: tuple[Subject, date]) -> None:
    """Asking about every day of two years finds the same days."""
    subject, as_of = question
    known = as_known(subject, as_of)
    if asked(known, as_of, BOOK).answer is None:
        return
    until = as_of + timedelta(days=750)
    keys = [asked(known, as_of + timedelta(days=number), BOOK).key for number in range(751)]
    turned = [as_of + timedelta(days=number) for number in range(1, 751) if keys[number] != keys[number - 1]]
    assert [change.day for change in ir.what_would_change(subject, as_of=as_of, until=until).over_time] == turned


def test_a_window_that_moves_with_the_day_is_looked_at_every_day() -> None:
    """A rulebook whose window opens three days before the quarter's end, seen from each day."""
    rule = AGENCY_RULE.model_copy(update={"opens": "end_of_quarter(as_of) - 3 days", "due": None, "closes": None})
    rules = tuple(rule if item.id == rule.id else item for item in BOOK.rules)
    book = BOOK.model_copy(update={"rules": rules})
    as_of = date(2024, 2, 1)
    keys = [asked(AGENCY, as_of + timedelta(days=number), book).key for number in range(201)]
    turned = [as_of + timedelta(days=number) for number in range(1, 201) if keys[number] != keys[number - 1]]
    changes = ir.what_would_change(AGENCY, as_of=as_of, until=as_of + timedelta(days=200), rulebook=book)
    assert [change.day for change in changes.over_time] == turned
    assert date(2024, 3, 28) in turned


@given(questions())
@settings(max_examples=60)
def test_a_history_as_known_answers_as_the_whole_one_does(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    assert asked(as_known(subject, as_of), as_of, BOOK).key == asked(subject, as_of, BOOK).key


def test_a_day_on_which_no_answer_is_left_is_a_change_and_says_why() -> None:
    """Until 2017 nothing ran from the day an authority came to be; from 2018 on its record lacks what a rule needs."""
    authority = ir.LocalAuthority(name="An authority")
    (change,) = ir.what_would_change(authority, as_of=date(2017, 11, 1), until=date(2018, 6, 1)).over_time
    assert (change.day, change.answer) == (date(2018, 1, 1), None)
    with pytest.raises(ir.MissingFactError) as lacking:
        ir.next_activity(authority, as_of=date(2018, 1, 1))
    assert change.words.endswith(f"there is no answer any more: {lacking.value}")


def test_nothing_is_proposed_that_was_given_up_before() -> None:
    """Interim inspections ended in March 2022: what is asked of a home before can bring one, later it cannot."""
    home = ir.Provider(
        type="childrens_home",
        name="A home",
        registered=date(2015, 4, 1),
        events=[
            ir.Event.model_validate(
                {
                    "activity": "full_inspection",
                    "started": date(2018, 6, 1),
                    "ended": date(2018, 6, 2),
                    "published": date(2018, 7, 1),
                    "judgements": {"overall": "good"},
                }
            )
        ],
    )
    proposed = {
        day: {
            change.words
            for change in by_one_change(home, day, BOOK, EVERYTHING)
            if change.kind is ir.ChangeKind.ONE_MORE and "interim inspection" in change.words
        }
        for day in (date(2019, 2, 1), date(2022, 4, 1), date(2025, 6, 1))
    }
    assert proposed[date(2019, 2, 1)]
    assert not proposed[date(2022, 4, 1)]
    assert not proposed[date(2025, 6, 1)]


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"certainty": "inferred", "gap": "Nobody says so."}, "its certainty becomes inferred, no longer "),
        ({"strength": "must"}, "its strength becomes must, no longer usual"),
        ({}, "another rule gives it: the_same_by_another_name"),
    ],
    ids=["certainty", "strength", "rule"],
)
def test_an_answer_that_reads_as_before_says_what_differs(update: dict[str, str], words: str) -> None:
    """Where a reform leaves activity, window and status, the words name what it changes."""
    rule = {
        "rule": AGENCY_RULE.id,
        "id": "the_same_by_another_name",
        "says": AGENCY_RULE.says,
        "certainty": AGENCY_RULE.certainty.value,
        "sources": [[AGENCY_RULE.sources[0].source, AGENCY_RULE.sources[0].place]],
        **update,
    }
    reform = BOOK.amend({"id": "new", "says": "New.", "from": date(2024, 2, 1), "replace": [rule]})
    change = ir.what_would_change(AGENCY, as_of=date(2024, 1, 10), rulebook=reform).over_time[0]
    assert change.day == date(2024, 2, 1)
    assert "the answer stays full inspection, 15 May 2024 to 15 November 2024, and " in change.words
    assert words in change.words
