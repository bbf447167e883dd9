"""What is kept between questions never changes an answer: a subject asked before answers as one never asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.answering.answer import Answer
from ilacs_rules.situation import view
from ilacs_rules.testing.strategies import without_clashes

FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
days = st.dates(min_value=FIRST, max_value=LAST)
graded = st.sampled_from(["outstanding", "good", "requires_improvement", "inadequate"])


@st.composite
def events(draw: st.DrawFn) -> list[ir.Event]:
    """A few events whose dates and judgements lie close together, so that turning days fall among the questions."""
    found: list[ir.Event] = []
    for _ in range(draw(st.integers(0, 5))):
        started = draw(st.dates(min_value=date(2016, 1, 1), max_value=date(2026, 3, 1)))
        kind = draw(
            st.sampled_from(["ilacs_standard", "focused_visit", "monitoring_visit", "jtai", "statement_of_action"])
        )
        ended = draw(st.none() | st.dates(started, started + timedelta(days=12)))
        published = draw(st.none() | st.dates(started + timedelta(days=12), started + timedelta(days=60)))
        judgements = {"overall": draw(graded)} if kind == "ilacs_standard" else {}
        found.append(ir.Event(activity=kind, started=started, ended=ended, published=published, judgements=judgements))
    return without_clashes(found)


@st.composite
def authorities(draw: st.DrawFn) -> ir.LocalAuthority:
    until = draw(days)
    covers = draw(st.sampled_from(["everything", "some"]))
    some = [ir.Covered(activity=kind, until=until) for kind in ("ilacs_standard", "focused_visit", "monitoring_visit")]
    return ir.LocalAuthority(
        name="An authority",
        created=date(2010, 4, 1),
        covers="everything" if covers == "everything" else some,
        events=draw(events()),
    )


@given(authorities(), st.lists(days, min_size=1, max_size=12), st.integers(-2, 2))
def test_earlier_questions_change_nothing(subject: ir.LocalAuthority, asked: list[date], near: int) -> None:
    """Asked about many days in turn, a subject answers each as a fresh copy does, also around its own dates."""
    around = [event.first_known + timedelta(days=near) for event in subject.events if event.first_known >= FIRST]
    for day in [*asked, *around, *asked]:
        if day < FIRST:
            continue
        fresh = ir.LocalAuthority.model_validate_json(subject.model_dump_json())
        assert ir.answers(subject, as_of=day) == ir.answers(fresh, as_of=day)


@given(authorities(), days)
def test_an_answer_put_together_without_checks_passes_them(subject: ir.LocalAuthority, day: date) -> None:
    """The engine builds answers without pydantic's checks; each equals the checked one."""
    for answer in ir.answers(subject, as_of=day):
        assert Answer.model_validate(answer.model_dump()) == answer
        text = answer.model_dump_json()
        again = Answer.model_validate_json(text)
        assert again == answer
        assert again.model_dump_json() == text


@given(authorities(), days)
def test_a_copy_with_other_events_forgets_what_was_read(subject: ir.LocalAuthority, day: date) -> None:
    """A changed copy answers for itself, whatever was asked of the original before."""
    ir.answers(subject, as_of=day)
    emptied = subject.model_copy(update={"events": ()})
    assert ir.answers(emptied, as_of=day) == ir.answers(
        ir.LocalAuthority(name=subject.name, created=subject.created, covers=subject.covers), as_of=day
    )


OURS = ir.load_rulebook()


@pytest.fixture(scope="module")
def other() -> ir.Rulebook:
    """A rulebook that says something else of every inspection: built, and so proved, once for all examples."""
    rules = [rule.model_copy(update={"says": "changed"}) if rule.track == "inspection" else rule for rule in OURS.rules]
    return OURS.model_copy(update={"rules": tuple(rules)})


@given(subject=authorities(), day=days)
def test_two_rulebooks_do_not_share_what_is_kept(other: ir.Rulebook, subject: ir.LocalAuthority, day: date) -> None:
    """Asked by one and by the other in turn, a subject answers by each in its own words."""
    for book in (OURS, other, OURS, other):
        answer = ir.answers(subject, as_of=day, rulebook=book)[0]
        assert (answer.says == "changed") is (book is other)
        assert answer.fingerprint == book.fingerprint


def test_of_equals_the_first_track_of_the_rulebook_comes_next() -> None:
    """While all is suspended no track has a day: which is named follows from the order of the tracks alone."""
    inadequate = ir.Event(
        activity="ilacs_standard",
        started=date(2019, 11, 4),
        ended=date(2019, 11, 15),
        published=date(2020, 1, 13),
        judgements={"overall": "inadequate"},
    )
    subject = ir.LocalAuthority(name="An authority", events=[inadequate])
    turned = OURS.model_copy(update={"tracks": OURS.tracks[::-1]})
    for book in (OURS, turned):
        tied = [
            answer.track
            for answer in ir.answers(subject, as_of=date(2020, 4, 1), rulebook=book)
            if answer.status is ir.Status.SUSPENDED and answer.strength is not ir.Strength.MAY
        ]
        assert len(tied) > 2
        assert ir.next_activity(subject, as_of=date(2020, 4, 1), rulebook=book).track == tied[0]


def test_a_report_that_is_late_is_said_to_be_late_whatever_was_asked_before() -> None:
    """On the day it was expected there is no note yet, on the day after there is: also for a subject asked before."""
    visit = ir.Event(activity="interim_inspection", started=date(2015, 2, 28), ended=date(2015, 2, 28))
    home = ir.Provider(type="childrens_home", name="A home", registered=date(2013, 11, 19), events=[visit])
    expected = date(2015, 4, 10)
    for day in (expected, expected + timedelta(days=1), expected):
        asked = [item for item in ir.answers(home, as_of=day) if item.track == "second_inspection_report"]
        fresh = ir.Provider(**{name: getattr(home, name) for name in ir.Provider.model_fields})
        assert asked == [item for item in ir.answers(fresh, as_of=day) if item.track == "second_inspection_report"]
        assert bool([note for note in asked[0].notes if "was to be expected" in note]) is (day > expected)


def test_stretches_of_coverage_are_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, and on however many days they turn: the work grows with their number, not its square."""
    counted = [0]

    def add_days(day: date, days: int) -> date:
        counted[0] += 1
        return day + timedelta(days=days)

    monkeypatch.setattr(view, "add_days", add_days)
    times: list[int] = []
    for count in (60, 120):
        days = [date(2024, 2, 1) + timedelta(days=2 * number) for number in range(count)]
        covers = [ir.Covered(activity="full_inspection", since=day, until=day) for day in days]
        home = ir.Provider(type="childrens_home", name="A home", registered=date(2015, 1, 1), covers=covers)
        counted[0] = 0
        ir.what_would_change(home, as_of=date(2024, 1, 10))
        times.append(counted[0])
    assert times[1] < 3 * times[0]
