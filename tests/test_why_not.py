"""Why a rule did not answer: the conditions are those of the rule, and what is said of each is so."""

import copy
import pickle
from datetime import date

import pytest
from hypothesis import given, settings

import ilacs_rules as ir
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import questions

BOOK = ir.load_rulebook()
AGENCY = ir.Provider(
    type="independent_fostering_agency",
    name="An agency",
    events=[
        ir.Event(
            activity="full_inspection",
            started=date(2023, 5, 15),
            ended=date(2023, 5, 19),
            published=date(2023, 6, 28),
            judgements={"overall": "requires_improvement"},
        )
    ],
)
ANSWER = ir.next_activity(AGENCY, as_of=date(2024, 1, 10))
INADEQUATE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
READ_BACK = ir.Answer.model_validate_json(ANSWER.model_dump_json())


def test_it_says_which_condition_failed_and_by_how_much() -> None:
    (tried,) = ANSWER.why_not(INADEQUATE).rules
    assert {item.fact.name: item.held for item in tried.conditions} == {
        "inspection_stage": True,
        "last_overall": False,
        "last_inspection_started": True,
    }
    assert tried.failed[0].by == "1 grade too high"
    assert tried.sources == BOOK.rule(INADEQUATE).sources
    text = str(ANSWER.why_not(INADEQUATE))
    assert "Failed: overall grade" in text
    assert "would have to be inadequate (1 grade too high)" in text
    assert all(citation.place in text for citation in tried.sources)


def test_dates_in_force_count_as_a_condition() -> None:
    """On both sides of the last and the first day, and on each of them."""
    authority = ir.LocalAuthority(name="An authority", created=date(2010, 4, 1))
    short = "good_or_outstanding_authority_gets_a_short_inspection"

    def tried(day: date) -> ir.RuleTried:
        return ir.next_activity(authority, as_of=day).why_not(short).rules[0]

    first, last = BOOK.rule(short).first, BOOK.rule(short).last
    assert last is not None
    assert (tried(first).in_force, tried(first).dates_by) == (True, "")
    assert (tried(last).in_force, tried(last).dates_by) == (True, "")
    early, late = tried(date.fromordinal(first.toordinal() - 14)), tried(date.fromordinal(last.toordinal() + 1))
    assert (early.in_force, late.in_force) == (False, False)
    assert early.dates_by.endswith("14 days too early")
    assert late.dates_by.endswith("1 day too late")
    assert late.dates_by in str(late)


def test_an_activity_gives_every_rule_that_would_require_it_the_nearest_first() -> None:
    why = ANSWER.why_not("full_inspection")
    assert {item.rule for item in why.rules} == {
        rule.id
        for rule in BOOK.rules
        if rule.activity == "full_inspection" and "independent_fostering_agency" in rule.applies_to
    }
    assert why.rules[0].rule == ANSWER.rule
    assert why.rules[0].answer == ANSWER
    steps = [item.steps for item in why.rules]
    assert steps == sorted(steps)
    assert ANSWER.rule in why._repr_html_()


def test_what_is_neither_a_rule_nor_an_activity_is_refused_with_the_nearest() -> None:
    with pytest.raises(ir.UnknownWordError, match="'full_inspection'\\?"):
        ANSWER.why_not("full_inspecton")
    with pytest.raises(ir.UnknownWordError, match=f"'{INADEQUATE}'\\?"):
        ANSWER.why_not(INADEQUATE[:-1])


def test_a_rule_for_others_says_so() -> None:
    (tried,) = ANSWER.why_not("authority_not_yet_created").rules
    assert not tried.applies
    assert "it is a rule for local authority" in str(tried)


def test_an_answer_read_back_needs_its_history() -> None:
    assert READ_BACK == ANSWER
    assert READ_BACK.asked is None
    with pytest.raises(ir.RecordError, match="was saved without the record"):
        READ_BACK.why_not(INADEQUATE)
    assert READ_BACK.why_not(INADEQUATE, subject=AGENCY) == ANSWER.why_not(INADEQUATE)
    other = AGENCY.model_copy(update={"events": ()})
    with pytest.raises(ir.RecordError, match="is not the record"):
        READ_BACK.why_not(INADEQUATE, subject=other.model_copy(update={"registered": date(2020, 1, 1)}))
    with pytest.raises(ir.RulebookError, match="is not the rulebook"):
        READ_BACK.why_not(INADEQUATE, subject=AGENCY, rulebook=BOOK.model_copy(update={"version": "mine"}))


def test_what_an_answer_was_asked_of_is_in_none_of_its_forms() -> None:
    assert ANSWER.asked is not None
    assert ANSWER.asked.subject is AGENCY
    assert "_asked" not in repr(ANSWER)
    assert "_asked" not in ANSWER.model_dump_json()
    assert "_asked" not in dict(ANSWER)
    assert hash(READ_BACK) == hash(ANSWER)
    assert ANSWER.model_copy().asked is None


@pytest.mark.parametrize("book", [BOOK, BOOK.model_copy(update={"version": "mine"})], ids=["shipped", "another"])
def test_a_copy_of_an_answer_can_be_asked_back_however_it_was_made(book: ir.Rulebook) -> None:
    """Copied, copied deeply or thawed in another process; the shipped rulebook does not travel along."""
    answer = ir.next_activity(AGENCY, as_of=ANSWER.as_of, rulebook=book)
    frozen = pickle.dumps(answer)
    for again in (copy.copy(answer), copy.deepcopy(answer), pickle.loads(frozen)):
        assert again == answer
        assert again.asked == answer.asked
        assert again.why_not(INADEQUATE) == answer.why_not(INADEQUATE)
    assert (len(frozen) < 20_000) is (book is BOOK)


def test_an_answer_of_another_edition_of_the_shipped_rulebook_is_not_asked_back_of_this_one() -> None:
    """Thawed where another version is installed, it says so."""
    older = pickle.loads(pickle.dumps(ANSWER))
    older.__dict__["fingerprint"] = "0" * 64
    with pytest.raises(ir.RulebookError, match="is not the rulebook"):
        older.why_not(INADEQUATE)


def test_what_the_record_lacks_is_neither_held_nor_failed() -> None:
    """The record covers everything and lacks the day of registration, which no rule of this answer asked for."""
    rule = next(
        rule
        for rule in BOOK.rules
        if "independent_fostering_agency" in rule.applies_to
        and any(condition.fact == "registered" for condition in rule.when)
    )
    (tried,) = ANSWER.why_not(rule.id).rules
    (lacking,) = [item for item in tried.conditions if item.fact.name == "registered"]
    assert lacking.held is None
    assert lacking in tried.failed
    assert "not on record" in str(lacking)


@given(questions())
@settings(max_examples=60)
def test_the_rule_that_answers_holds_and_no_other_of_its_track_does(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    try:
        answer = ir.answers(subject, as_of=as_of)[0]
    except ir.MissingFactError:
        return
    for rule in BOOK.rules:
        if rule.track == answer.track and subject.type in rule.applies_to:
            (tried,) = answer.why_not(rule.id).rules
            lacking = any(item.held is None for item in answer.why_not(answer.rule).rules[0].conditions)
            assert tried.holds is (rule.id == answer.rule and not lacking)
            assert all(bool(item.by) is False for item in tried.conditions if item.held)
            assert ir.RuleTried.model_validate_json(tried.model_dump_json()) == tried
