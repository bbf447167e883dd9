"""Subjects that have ended: closed providers, abolished councils, and the councils that the rulebook knows."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given

import ilacs_rules as ir
from ilacs_rules.practice.ended import why_no_longer
from ilacs_rules.rulebook import Council
from ilacs_rules.testing.strategies import questions
from ilacs_rules.testing.strategies.subjects import subjects

BOOK = ir.load_rulebook()
DAY = timedelta(days=1)
CLOSED = date(2024, 5, 1)
INSPECTED = ir.Event(
    activity="full_inspection",
    started="2023-05-15",
    ended="2023-05-19",
    published="2023-06-28",
    judgements={"overall": "requires_improvement"},
)


def agency(**given: Any) -> ir.Provider:
    return ir.Provider(
        **{"type": "independent_fostering_agency", "name": "An agency", "registered": "2015-06-01", **given}
    )


def council(**given: Any) -> ir.LocalAuthority:
    return ir.LocalAuthority(**{"name": "A council", "created": "2009-04-01", **given})


# --- records ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closed": "2015-05-31"}, "closed"),
        ({"closed": "2023-05-14", "events": [INSPECTED]}, "events[0].started"),
        ({"registration_status": "resigned", "status_as_at": "2023-05-14", "events": [INSPECTED]}, "events[0].started"),
        ({"status_as_at": "2024-03-31"}, "registration_status"),
        (
            {"closed": "2024-05-01", "registration_status": "active", "status_as_at": "2024-05-01"},
            "registration_status",
        ),
        ({"closed": "2024-05-01", "registration_status": "resigned", "status_as_at": "2024-04-30"}, "closed"),
        ({"registration_status": "dormant"}, "registration_status"),
        ({"abolished": "2024-05-01"}, "abolished"),
    ],
)
def test_a_life_that_cannot_have_been_is_refused_by_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(ir.RecordError) as refused:
        agency(**given)
    assert [fault.field for fault in refused.value.faults] == [field]


@pytest.mark.parametrize(
    "given",
    [
        {"closed": "2015-06-01"},
        {"closed": "2023-05-15", "events": [INSPECTED]},
        {"registration_status": "resigned", "status_as_at": "2023-05-15", "events": [INSPECTED]},
        {"closed": "2024-05-01", "registration_status": "active", "status_as_at": "2024-04-30"},
        {"closed": "2024-05-01", "registration_status": "resigned", "status_as_at": "2024-05-01"},
        {"closed": "2024-05-01", "registration_status": "suspended"},
    ],
)
def test_on_the_other_side_of_each_boundary_it_stands(given: dict[str, Any]) -> None:
    home = agency(**given)
    assert ir.Provider.model_validate_json(home.model_dump_json()) == home


def test_an_authority_cannot_be_abolished_before_it_came_or_before_something_happened() -> None:
    visit = ir.Event(activity="focused_visit", started="2019-03-31")
    assert council(abolished="2019-03-31", events=[visit]).abolished == date(2019, 3, 31)
    with pytest.raises(ir.DateOrderError):
        council(abolished="2009-03-31")
    with pytest.raises(ir.DateOrderError):
        council(abolished="2019-03-30", events=[visit])


def test_a_report_that_came_out_after_the_end_does_not_say_that_anything_began_after_it() -> None:
    report = ir.Event(activity="full_inspection", published=CLOSED + 30 * DAY, judgements={"overall": "good"})
    closed = agency(events=[INSPECTED, report], closed=CLOSED)
    assert ir.next_activity(closed, as_of=CLOSED).rule == "provider_has_closed"
    with pytest.raises(ir.DateOrderError):
        agency(events=[INSPECTED, report.model_copy(update={"started": CLOSED + DAY})], closed=CLOSED)


def test_a_report_does_not_show_that_a_provider_was_still_there() -> None:
    report = ir.Event(activity="full_inspection", published="2024-02-01", judgements={"overall": "good"})
    gone = agency(events=[INSPECTED, report], registration_status="resigned", status_as_at="2024-03-31")
    for day, rule in (
        (date(2023, 5, 19), "full_inspection_of_fostering_agency_under_way"),
        (date(2023, 5, 20), "provider_may_have_closed"),
        (date(2024, 2, 1), "provider_may_have_closed"),
    ):
        assert ir.next_activity(gone, as_of=day).rule == rule
        assert ir.tables.next_activities([gone], as_of=day).answers["rule"].to_list() == [rule]


@pytest.mark.parametrize(("day", "noted"), [("2022-09-20", False), ("2023-03-31", False), ("2023-04-01", True)])
def test_a_council_is_told_of_what_its_record_holds_from_before_it_was_created(day: str, noted: bool) -> None:
    earlier = ir.Event(
        activity="ilacs_standard",
        started="2022-09-20",
        ended="2022-10-01",
        published="2022-11-15",
        judgements={"overall": "inadequate"},
    )
    for created, is_noted in (("2023-04-01", noted), ("2022-09-20", False)):
        new = council(created=created, events=[earlier])
        answer = ir.next_activity(new, as_of=day)
        assert (answer.rule == "new_authority_starts_with_a_standard_inspection") is is_noted
        assert ir.tables.next_activities([new], as_of=day).answers["rule"].to_list() == [answer.rule]
        told = {
            answer.track
            for answer in ir.answers(new, as_of=day)
            if any(note.startswith("Created on 1 April 2023: ") for note in answer.notes)
        }
        assert ("inspection" in told) is is_noted
        assert "area_send" not in told, "an event that this answer does not look at"


# --- answers ----------------------------------------------------------------------------------------------------------


def test_from_the_closing_day_on_nothing_is_required_and_the_answer_says_so() -> None:
    open_still, closed = agency(events=[INSPECTED]), agency(events=[INSPECTED], closed=CLOSED)
    for day in (CLOSED - DAY, CLOSED, CLOSED + DAY):
        assert (ir.required_activities(closed, as_of=day) == ()) is (day >= CLOSED)
        answer = ir.next_activity(closed, as_of=day)
        if day < CLOSED:
            assert answer.rule == ir.next_activity(open_still, as_of=day).rule
            assert answer.not_yet_known == ("closing of 1 May 2024",)
        else:
            assert (answer.rule, answer.not_yet_known) == ("provider_has_closed", ())
            assert "ended" in {fact.name for fact in answer.facts if fact.value == CLOSED}
            assert "no longer registered" in answer.explain()


@given(questions())
def test_an_end_that_lies_ahead_changes_nothing_but_what_is_left_out(question: tuple[Any, date]) -> None:
    """Decision 1: a closing day or an abolition counts once it has come."""
    subject, as_of = question
    field = "abolished" if subject.type == "local_authority" else "closed"
    last = max([as_of, *(event.first_known for event in subject.events), getattr(subject, "registered", None) or as_of])
    last = max(last, getattr(subject, "created", None) or last)
    without = {field: None} | ({} if field == "abolished" else {"registration_status": None, "status_as_at": None})
    there, ending = subject.model_copy(update=without), subject.model_copy(update={**without, field: last + DAY})
    try:
        one, other = ir.answers(there, as_of=as_of), ir.answers(ending, as_of=as_of)
    except ir.IlacsRulesError:
        return
    assert [answer.model_copy(update={"not_yet_known": ()}) for answer in one] == [
        answer.model_copy(update={"not_yet_known": ()}) for answer in other
    ]


@given(subjects())
def test_of_a_subject_that_has_ended_one_track_answers_and_requires_nothing(subject: Any) -> None:
    """On its last day, the day before and the day after; and a forecast says why there is none."""
    ended = subject.abolished if isinstance(subject, ir.LocalAuthority) else subject.closed
    for day in (ended - DAY, ended, ended + DAY) if ended else ():
        gone = ended is not None and day >= ended
        assert bool(why_no_longer(subject, day)) is gone
        assert (ir.situation(subject, as_of=day)["exists"] == "no_longer") is gone
        try:
            tracks = {answer.track for answer in ir.answers(subject, as_of=day)}
        except ir.IlacsRulesError:
            continue
        assert (tracks == {"ended"}) is gone


def test_what_would_change_finds_no_closing_that_lies_ahead_and_the_day_by_which_it_had_closed() -> None:
    ahead = agency(events=[INSPECTED], closed=CLOSED)
    found = ir.what_would_change(ahead, as_of=CLOSED - DAY)
    changes = [*found.over_time, *found.by_one_change]
    assert changes
    assert all(change.answer is None or change.answer.track != "ended" for change in changes)
    unknown = agency(events=[INSPECTED], registration_status="resigned", status_as_at="2024-03-31")
    (more,) = [
        change
        for change in ir.what_would_change(unknown, as_of=date(2024, 3, 30)).by_one_change
        if change.words == "one more full inspection that day"
    ]
    assert more.answer is None or more.answer.rule == "full_inspection_of_fostering_agency_under_way"


def test_why_not_names_the_end() -> None:
    answer = ir.next_activity(agency(events=[INSPECTED], closed=CLOSED), as_of=CLOSED)
    tried = answer.why_not("fostering_agency_requiring_improvement_is_reinspected_within_12_to_18_months")
    (rule,) = tried.rules
    failed = [condition.fact.name for condition in rule.conditions if not condition.held]
    assert failed == ["exists"]


def test_a_rulebook_without_such_a_track_says_that_it_says_nothing() -> None:
    tracks = [track for track in BOOK.tracks if not track.once_ended]
    rules = [rule for rule in BOOK.rules if rule.track != "ended"]
    book = BOOK.model_copy(update={"tracks": tracks, "rules": rules})
    assert ir.answers(agency(closed=CLOSED), as_of=CLOSED, rulebook=book) == ()
    with pytest.raises(ir.OutsideRulebookError, match="which has ended"):
        ir.next_activity(agency(closed=CLOSED), as_of=CLOSED, rulebook=book)


def test_a_row_about_subjects_of_which_its_track_is_not_asked_is_refused() -> None:
    rule = BOOK.rule("authority_was_abolished").model_copy(
        update={"when": (ir.Condition(fact="exists", words=("yes", "no_longer")),)}
    )
    rules = tuple(rule if each.id == rule.id else each for each in BOOK.rules)
    with pytest.raises(ir.RulebookError, match="is about subjects that track ended does not apply to"):
        BOOK.model_copy(update={"rules": rules})


# --- councils ---------------------------------------------------------------------------------------------------------


def test_what_is_announced_is_a_note_and_never_a_fact() -> None:
    surrey = council(name="Surrey")
    plain = council(name="A council")
    for day, said in (
        (date(2025, 10, 27), ""),
        (date(2025, 10, 28), "Announced, and not in force yet"),
        (date(2027, 3, 31), "Announced, and not in force yet"),
        (date(2027, 4, 1), "does not know whether it was"),
    ):
        answer, other = (ir.next_activity(subject, as_of=day) for subject in (surrey, plain))
        assert (answer.rule, answer.window, answer.status) == (other.rule, other.window, other.status)
        notes = [note for note in answer.notes if "Surrey" in note]
        assert [said in note for note in notes] == ([True] if said else [])


def test_a_record_without_its_end_is_told_of_it() -> None:
    answer = ir.next_activity(council(name="Northamptonshire County Council"), as_of=date(2026, 11, 21))
    assert any("was abolished on 1 April 2021" in note for note in answer.notes)
    assert not any("abolished" in note for note in ir.next_activity(council(), as_of=date(2026, 11, 21)).notes)


def test_two_councils_of_one_name_are_told_apart_by_their_number() -> None:
    assert BOOK.council("Dorset") is None
    new, old = BOOK.council("Dorset", "2532283"), BOOK.council("Dorset", "80463")
    assert new is not None
    assert old is not None
    assert (new.created, old.abolished) == (date(2019, 4, 1), date(2019, 4, 1))


def test_the_day_of_a_council_is_in_the_fingerprint() -> None:
    moved = tuple(
        row.model_copy(update={"abolished": date(2027, 4, 2)}) if row.name == "Surrey" else row for row in BOOK.councils
    )
    assert BOOK.model_copy(update={"councils": moved}).fingerprint != BOOK.fingerprint


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"successors": ("Nowhere",)}, "is not a council that names this one back"),
        ({"abolished": date(2021, 4, 2)}, "is not a council that names this one back"),
        ({"sources": ()}, "has no source"),
        ({"abolished": None}, "is required"),
        ({"created": date(2021, 4, 1)}, "not in order"),
        ({"announced": date(2021, 4, 2)}, "later than the day that it announces"),
    ],
)
def test_a_council_that_cannot_be_is_refused(changed: dict[str, Any], match: str) -> None:
    (row,) = [row for row in BOOK.councils if row.name == "Northamptonshire"]
    with pytest.raises(ir.RulebookError, match=match):
        BOOK.model_copy(
            update={
                "councils": tuple(
                    Council(**{**dict(each), **changed}) if each == row else each for each in BOOK.councils
                )
            }
        )


def test_one_council_has_one_row() -> None:
    with pytest.raises(ir.RulebookError, match="appears twice"):
        BOOK.model_copy(update={"councils": (*BOOK.councils, BOOK.councils[0])})


def test_a_rulebook_as_it_stood_knows_no_later_council() -> None:
    before = BOOK.as_it_stood(date(2018, 5, 24))
    assert {row.name for row in before.councils} == set()
    assert {row.name for row in BOOK.as_it_stood(date(2018, 5, 25)).councils} >= {"Bournemouth", "Poole"}


# --- files ------------------------------------------------------------------------------------------------------------


def rows(*lines: str) -> Any:
    head = (
        "subject,type,name,urn,created,abolished,registered,closed,registration_status,status_as_at,predecessor,"
        "activity,started"
    )
    return ir.read(StringIO("\n".join([head, *lines, ""])))


def test_an_own_table_holds_the_days_and_the_status() -> None:
    read = rows(
        "1,childrens_home,A home,SC1,,,2015-06-01,2024-05-01,,,SC0,full_inspection,2023-05-15",
        "2,childrens_home,B home,SC2,,,2015-06-01,,Resigned,2024-03-31,,full_inspection,2023-05-15",
        "3,local_authority,Cumbria,,,,,,,,,ilacs_standard,2022-09-20",
        "4,local_authority,Elsewhere,,,2020-04-01,,,,,,ilacs_standard,2019-09-20",
    )
    one, two, three, four = read.subjects
    assert (one.closed, one.predecessor) == (CLOSED, "SC0")
    assert (two.registration_status, two.status_as_at) == (ir.RegistrationStatus.RESIGNED, date(2024, 3, 31))
    assert (three.abolished, three.successors) == (date(2023, 4, 1), ("Cumberland", "Westmorland and Furness"))
    assert (four.abolished, four.successors) == (date(2020, 4, 1), ())


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("1,childrens_home,A home,SC1,,,2015-06-01,2023-05-14,,,,full_inspection,2023-05-15", "closed"),
        ("1,childrens_home,A home,SC1,,,2015-06-01,2015-05-31,,,,,", "closed"),
        ("1,childrens_home,A home,SC1,,,,,dormant,,,,", "registration_status"),
        ("1,childrens_home,A home,SC1,,,,,Resigned,2023-05-14,,full_inspection,2023-05-15", "registration_status"),
        ("1,local_authority,Cumbria,,,,,,,,,ilacs_standard,2023-04-02", "name"),
        ("1,local_authority,Elsewhere,,,2019-04-01,,,,,,ilacs_standard,2019-09-20", "abolished"),
    ],
)
def test_what_contradicts_an_end_is_reported_with_its_column(line: str, field: str) -> None:
    read = rows(line)
    (problem,) = read.problems
    assert problem.field == field
    (subject,) = read.subjects
    ended = getattr(subject, "closed", None) or getattr(subject, "abolished", None)
    assert ended is None
