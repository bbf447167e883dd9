"""What is kept between questions never changes an answer: a subject asked before answers as one never asked."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.answers import Answer

FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
days = st.dates(min_value=FIRST, max_value=LAST)
graded = st.sampled_from(["outstanding", "good", "requires_improvement", "inadequate"])


@st.composite
def events(draw: st.DrawFn) -> list[ir.Event]:
    """A few events whose dates and judgements lie close together, so that turning days fall among the questions."""
    found: dict[tuple[str, date], ir.Event] = {}
    for _ in range(draw(st.integers(0, 5))):
        started = draw(st.dates(min_value=date(2016, 1, 1), max_value=date(2026, 3, 1)))
        kind = draw(
            st.sampled_from(["ilacs_standard", "focused_visit", "monitoring_visit", "jtai", "statement_of_action"])
        )
        ended = draw(st.none() | st.dates(started, started + timedelta(days=12)))
        published = draw(st.none() | st.dates(started + timedelta(days=12), started + timedelta(days=60)))
        judgements = {"overall": draw(graded)} if kind == "ilacs_standard" else {}
        event = ir.Event(activity=kind, started=started, ended=ended, published=published, judgements=judgements)
        found["graded" if judgements else kind, started] = event
    return list(found.values())


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
        assert Answer.model_validate_json(answer.model_dump_json()) == answer


@given(authorities(), days)
def test_a_copy_with_other_events_forgets_what_was_read(subject: ir.LocalAuthority, day: date) -> None:
    """A changed copy answers for itself, whatever was asked of the original before."""
    ir.answers(subject, as_of=day)
    emptied = subject.model_copy(update={"events": ()})
    assert ir.answers(emptied, as_of=day) == ir.answers(
        ir.LocalAuthority(name=subject.name, created=subject.created, covers=subject.covers), as_of=day
    )


@given(authorities(), days)
def test_two_rulebooks_do_not_share_what_is_kept(subject: ir.LocalAuthority, day: date) -> None:
    """An equal rulebook built anew gives equal answers, and a changed one its own."""
    ours = ir.load_rulebook()
    rules = [rule.model_copy(update={"says": "changed"}) if rule.track == "inspection" else rule for rule in ours.rules]
    other = ours.model_copy(update={"rules": tuple(rules)})
    assert ir.answers(subject, as_of=day, rulebook=ours)[0].says != "changed"
    assert ir.answers(subject, as_of=day, rulebook=other)[0].says == "changed"
