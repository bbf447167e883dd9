"""Properties of every history on every day. The laws for every rulebook stand in `ilacs_rules.testing.laws`."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import date, timedelta
from pickle import dumps, loads

import pytest
from dateutil.relativedelta import relativedelta
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules import dates
from ilacs_rules.records import Subject
from ilacs_rules.situation import AS_OF, IMPOSSIBLE, SUBJECT, Value
from ilacs_rules.testing.strategies import begins, days, questions, subjects

BOOK = ir.load_rulebook()
DAY = timedelta(days=1)
any_day = st.dates(date(1900, 1, 1), date(2200, 12, 31))

Outcome = tuple[ir.Answer, ...] | str


def asked(subject: Subject, as_of: date) -> Outcome:
    """Every track's answer, or the error that came instead, as text."""
    try:
        return ir.answers(subject, as_of=as_of)
    except ir.IlacsRulesError as error:
        return f"{type(error).__name__}: {error}"


def anew(subject: Subject) -> Subject:
    """An equal subject that has not been asked anything."""
    return type(subject)(**{name: getattr(subject, name) for name in type(subject).model_fields})


# --- windows and answers ---


@given(questions())
def test_windows_are_well_formed(question: tuple[Subject, date]) -> None:
    """A window opens before it is due and closes after, and the status says where the day stands."""
    subject, as_of = question
    for answer in asked(subject, as_of):
        if isinstance(answer, str):
            return
        window, status = answer.window, answer.status
        assert ir.DueWindow(opens=window.opens, due=window.due, closes=window.closes) == window
        stated = any((window.opens, window.due, window.closes))
        assert _agrees(window, status, as_of), f"{answer}"
        assert stated is (status not in (ir.Status.NOT_STATED, ir.Status.NOT_REQUIRED, ir.Status.SUSPENDED))
        assert (answer.activity is ir.Activity.NOTHING_REQUIRED) is (status is ir.Status.NOT_REQUIRED)


@given(questions())
def test_a_window_is_asked_about_on_its_own_days(question: tuple[Subject, date]) -> None:
    """On the day before it opens, the day it opens, the day it closes and the day after, the status says so."""
    subject, as_of = question
    for answer in asked(subject, as_of):
        if isinstance(answer, str):
            return
        opens, closes = answer.window.opens, answer.window.closes
        edges = {opens - DAY, opens} if opens else set()
        edges |= {closes, closes + DAY} if closes else set()
        for edge in (day for day in edges if day >= begins(subject.type)):
            for other in asked(subject, edge):
                if isinstance(other, ir.Answer) and other.track == answer.track:
                    assert _agrees(other.window, other.status, edge), f"{other}"


def _agrees(window: ir.DueWindow, status: ir.Status, as_of: date) -> bool:
    if status is ir.Status.NOT_OPEN:
        return window.opens is not None and as_of < window.opens
    if status is ir.Status.OPEN:
        return as_of in window
    if status is ir.Status.OVERDUE:
        return window.closes is not None and window.closes < as_of
    if status is ir.Status.NOT_RECORDED:
        # A nominal day that has passed unseen says no more than a closing day that has.
        last = window.closes or window.due
        return last is not None and last < as_of
    return True


@given(questions())
def test_each_track_has_exactly_one_answer(question: tuple[Subject, date]) -> None:
    """In the order of the rulebook, and by a rule that was in force on that day and speaks of such a subject."""
    subject, as_of = question
    outcome = asked(subject, as_of)
    if isinstance(outcome, str):
        return
    is_there = ir.situation(subject, as_of=as_of)["exists"]
    exists, gone = is_there != "not_yet", is_there in ("no_longer", "may_have_ended")
    speak_of_it = {rule.track for rule in BOOK.rules if any(condition.fact == "exists" for condition in rule.when)}
    asked_of = [track for track in BOOK.tracks if (exists or track.id in speak_of_it) and track.once_ended is gone]
    expected = [track.id for track in asked_of if track.answers.get(subject.type, date.max) <= as_of]
    if exists:
        assert [answer.track for answer in outcome] == expected
    else:
        assert {answer.track for answer in outcome} >= set(expected)
    for answer in outcome:
        rule = BOOK.rule(answer.rule)
        assert rule.in_force(as_of)
        assert subject.type in rule.applies_to
        assert answer.track == rule.track
        assert answer.activity is rule.activity
        assert answer.sources


@given(questions())
def test_the_next_activity_is_one_of_the_answers(question: tuple[Subject, date]) -> None:
    """And of those that the inspectorate owes; nothing that has begun or is owed sooner stands before it."""
    subject, as_of = question
    outcome = asked(subject, as_of)
    if isinstance(outcome, str):
        return
    try:
        following = ir.next_activity(subject, as_of=as_of)
    except ir.MissingFactError:  # what comes first rests on what the record lacks
        return
    assert following in outcome
    assert following.owed_by is ir.OwedBy.INSPECTORATE
    owed = [answer for answer in outcome if answer.owed_by is ir.OwedBy.INSPECTORATE]
    begun = [answer for answer in owed if answer.status in (ir.Status.UNDER_WAY, ir.Status.AWAITING_REPORT)]
    if begun:
        assert following in begun
        return
    firm = [
        answer
        for answer in owed
        if answer.status not in (ir.Status.NOT_REQUIRED, ir.Status.NOT_RECORDED, ir.Status.NOT_STATED)
        and answer.strength is not ir.Strength.MAY
    ]
    if firm:
        assert (following.window.closes or following.window.due or date.max) == min(
            answer.window.closes or answer.window.due or date.max for answer in firm
        )
        assert following in firm


@given(questions())
def test_what_is_required_is_what_is_answered_in_order(question: tuple[Subject, date]) -> None:
    """Everything but what is not required or only may happen, earliest to close first."""
    subject, as_of = question
    outcome = asked(subject, as_of)
    if isinstance(outcome, str):
        return
    required = ir.required_activities(subject, as_of=as_of)
    assert {answer.track for answer in required} == {
        answer.track
        for answer in outcome
        if answer.status is not ir.Status.NOT_REQUIRED and answer.strength is not ir.Strength.MAY
    }
    closing = [answer.window.closes or answer.window.due or date.max for answer in required]
    assert closing == sorted(closing)


@given(questions())
def test_an_answer_can_be_put_into_words(question: tuple[Subject, date]) -> None:
    """Explanation, line and table are made of any answer, with its rule and the day asked about."""
    subject, as_of = question
    for answer in asked(subject, as_of):
        if isinstance(answer, ir.Answer):
            assert answer.rule in answer.explain()
            assert str(as_of.year) in answer.explain()
            assert answer.subject in str(answer)
            assert answer._repr_html_().startswith("<table>")


# --- what must not matter ---


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_events_never_matters(question: tuple[Subject, date], chance: random.Random) -> None:
    """A shuffled history is an equal subject, with an equal hash and equal answers."""
    subject, as_of = question
    shuffled = list(subject.events)
    chance.shuffle(shuffled)
    given_again = {name: getattr(subject, name) for name in type(subject).model_fields} | {"events": shuffled}
    other = type(subject)(**given_again)
    assert other == subject
    assert hash(other) == hash(subject)
    assert asked(other, as_of) == asked(subject, as_of)


@pytest.mark.parametrize("created", [date(2022, 12, 2), date(2024, 1, 1)])
def test_a_day_of_creation_that_is_still_to_come_shows_nothing_covered(created: date) -> None:
    """Something happened before it, so the authority is there; from when on, nobody can say yet."""
    visit = ir.Event(activity="focused_visit", started=date(2022, 5, 10))
    covers = [ir.Covered(activity=kind, since=date(2022, 12, 1)) for kind in ("sif_inspection", "sif_reinspection")]
    covers += [ir.Covered(activity=kind, since=date(2022, 12, 1)) for kind in ("ilacs_standard", "ilacs_short")]
    subject = ir.LocalAuthority(name="An authority", created=created, covers=covers, events=[visit])
    facts = ir.situation(subject, as_of=date(2022, 12, 1))
    assert (facts["exists"], facts["inspections_covered"]) == ("yes", "no")
    assert facts["first_day_this_year"] == date(2022, 1, 1)


@given(subjects(), st.lists(days(), min_size=1, max_size=6))
def test_what_was_asked_before_never_matters(subject: Subject, asked_on: list[date]) -> None:
    """What a subject keeps of one answer changes no later one, on whatever days and in whatever order."""
    for as_of in asked_on:
        day = max(as_of, begins(subject.type))
        assert asked(subject, day) == asked(anew(subject), day)


@given(questions())
def test_a_copy_is_asked_like_its_original(question: tuple[Subject, date]) -> None:
    """Copied, pickled or changed in its name, a subject keeps no answer of another."""
    subject, as_of = question
    first = asked(subject, as_of)
    for other in (deepcopy(subject), subject.model_copy(), loads(dumps(subject))):
        assert hash(other) == hash(subject)
        assert asked(other, as_of) == first
    emptied = subject.model_copy(update={"events": ()})
    assert asked(emptied, as_of) == asked(anew(emptied), as_of)


@given(questions())
def test_asking_changes_nothing(question: tuple[Subject, date]) -> None:
    """A subject that has been asked is equal, prints and writes as before."""
    subject, as_of = question
    before = anew(subject)
    asked(subject, as_of)
    assert subject == before
    assert subject.model_dump_json() == before.model_dump_json()
    assert subject.model_dump_json() == before.model_dump_json()


@given(st.lists(questions(), min_size=1, max_size=5))
def test_threads_never_matter(asking: list[tuple[Subject, date]]) -> None:
    """Many threads that ask the same subjects at once get the answers that one gets."""
    alone = [asked(anew(subject), as_of) for subject, as_of in asking]
    shared = [(anew(subject), as_of) for subject, as_of in asking]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            assert list(pool.map(lambda question: asked(*question), shared)) == alone


SCRIPT = """
from datetime import date
import ilacs_rules as ir
authority = ir.LocalAuthority(name="An authority", covers=["ilacs_standard", "focused_visit", "jtai"], events=[
    ir.Event(activity="ilacs_standard", started=date(2022, 7, 18), ended=date(2022, 7, 29),
             published=date(2022, 9, 21), judgements={"overall": "requires_improvement", "leaders": "good"}),
    ir.Event(activity="focused_visit", started=date(2023, 10, 31), ended=date(2023, 11, 1),
             published=date(2023, 12, 12), outcome="areas_for_priority_action"),
    ir.Event(activity="jtai", started=date(2026, 12, 7))])
agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
for subject, day in ((authority, date(2024, 1, 10)), (authority, date(2026, 4, 1)), (agency, date(2024, 10, 27))):
    for answer in ir.answers(subject, as_of=day):
        print(answer.model_dump_json())
        print(answer.explain())
    print(subject.model_dump_json())
print(ir.load_rulebook().fingerprint)
"""


@pytest.fixture(scope="module")
def printed() -> str:
    return _printed(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")


def _printed(**environment: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", SCRIPT],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout


@pytest.mark.parametrize(
    ("seed", "zone", "locale"),
    [
        ("1", "Pacific/Kiritimati", "de_DE.UTF-8"),
        ("12345", "America/Los_Angeles", "tr_TR.UTF-8"),
        ("random", "Asia/Kathmandu", "C.UTF-8"),
    ],
)
def test_hash_seed_time_zone_and_locale_never_matter(printed: str, seed: str, zone: str, locale: str) -> None:
    """Other processes, in other places, print the same answers to the letter."""
    assert _printed(PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale, LANG=locale) == printed


# --- JSON ---


@given(subjects())
def test_a_subject_survives_json(subject: Subject) -> None:
    """And the plain values that JSON holds, and comes back equal."""
    again = type(subject).model_validate_json(subject.model_dump_json())
    assert again == subject
    assert hash(again) == hash(subject)
    assert type(subject).model_validate(subject.model_dump()) == subject
    assert again.model_dump_json() == subject.model_dump_json()


@given(questions())
def test_an_answer_survives_json(question: tuple[Subject, date]) -> None:
    """Dates, counts, words and what is not known come back as what they were."""
    for answer in asked(*question):
        if isinstance(answer, ir.Answer):
            again = ir.Answer.model_validate_json(answer.model_dump_json())
            assert again == answer
            assert [type(fact.value) for fact in again.facts] == [type(fact.value) for fact in answer.facts]
            assert again.explain() == answer.explain()


def test_a_rulebook_survives_json() -> None:
    """Every row comes back equal, and so does the fingerprint; it answers the same."""
    again = ir.Rulebook.model_validate_json(BOOK.model_dump_json())
    assert again.rules == BOOK.rules
    assert again.fingerprint == BOOK.fingerprint
    assert hash(again) == hash(BOOK)
    authority = ir.LocalAuthority(name="An authority", created=date(2022, 4, 1))
    on = date(2024, 6, 3)
    assert ir.answers(authority, as_of=on, rulebook=again) == ir.answers(authority, as_of=on)


# --- facts ---


@given(questions())
def test_no_history_is_in_a_box_held_impossible(question: tuple[Subject, date]) -> None:
    """The proof of a rulebook leaves these boxes unanswered, so no history may ever be in one."""
    subject, as_of = question
    facts = ir.situation(subject, as_of=as_of)
    for box in IMPOSSIBLE:
        sides = ((subject.type if name == SUBJECT else _value(facts, name), allowed) for name, allowed in box.items())
        assert not all(value is not _MISSING and allowed.admits(value) for value, allowed in sides), box


_MISSING = "missing from the record"


def _value(facts: ir.Situation, name: str) -> Value:
    try:
        return facts[AS_OF] if name == AS_OF else facts[name]
    except ir.MissingFactError:
        return _MISSING


@given(questions())
def test_facts_lie_in_their_domains(question: tuple[Subject, date]) -> None:
    """A fact is one of its declared words, a count from 0 up, or a day that is not in the future."""
    subject, as_of = question
    facts = ir.situation(subject, as_of=as_of)
    for name, fact in ir.FACTS.items():
        value, domain = _value(facts, name), fact.domain
        if value == _MISSING:
            continue
        words = getattr(domain, "words", None)
        if words is not None:
            assert value in words, name
        elif type(domain).__name__ == "Number":
            assert value is None or (isinstance(value, int) and value >= 0), name
        else:
            assert value is None or (type(value) is date and value <= as_of), name


# --- dates ---


@given(any_day, st.integers(-1200, 1200))
def test_months_are_those_of_relativedelta(day: date, months: int) -> None:
    """The corresponding date, or the month's last day where there is none."""
    assert dates.add_months(day, months) == day + relativedelta(months=months)


ENGLAND = country_holidays("GB", subdiv="ENG", years=range(2012, 2031))
WORKING_DAYS = ir.load_rulebook().working_days


def test_the_bank_holidays_of_the_rulebook_are_those_of_the_package() -> None:
    """A second opinion: every day from Monday to Friday of every year, and no year left out."""
    assert WORKING_DAYS.years == tuple(range(2012, 2031))
    assert WORKING_DAYS.holidays == {day for day in ENGLAND if day.weekday() < 5}


@given(st.dates(date(2012, 1, 1), date(2029, 8, 31)), st.integers(1, 300))  # all of it ends in 2030
def test_working_days_are_those_of_a_slow_count(day: date, count: int) -> None:
    """Going on a day at a time, passing over Saturdays, Sundays and bank holidays."""
    expected, left = day, count
    while left:
        expected += DAY
        if expected.weekday() < 5 and expected not in ENGLAND:
            left -= 1
    assert WORKING_DAYS.add(day, count) == expected


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2011, 12, 31), 1, None),  # nothing is known of 2011
        (date(2012, 1, 1), 1, date(2012, 1, 3)),  # Monday 2 January was a holiday
        (date(2030, 12, 30), 1, date(2030, 12, 31)),
        (date(2030, 12, 31), 1, None),
        (date(2030, 12, 30), 2, None),
    ],
)
def test_a_count_beyond_the_years_that_are_known_gives_no_day(day: date, count: int, found: date | None) -> None:
    assert WORKING_DAYS.add(day, count) == found


@given(any_day)
def test_the_other_days_of_the_calendar(day: date) -> None:
    """Quarters, years and the first of April, each by what it means."""
    april = dates.first_april_after(day)
    assert (april.month, april.day) == (4, 1)
    assert day < april <= day + relativedelta(years=1)
    quarter = dates.start_of_quarter(day), dates.end_of_quarter(day)
    assert quarter[0] <= day <= quarter[1]
    assert quarter[0].day == 1
    assert (quarter[1] + DAY) == quarter[0] + relativedelta(months=3)
    assert quarter[0].month in (1, 4, 7, 10)
    assert dates.start_of_year(day) == day.replace(month=1, day=1)
    assert dates.end_of_year(day) == day.replace(month=12, day=31)
    assert dates.add_days(day, 7) == day + timedelta(weeks=1)


BANK_HOLIDAYS = """
2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
"""


def test_bank_holidays_are_those_of_england_and_wales() -> None:
    """Written out by hand: Easter, the moved holiday of 8 May 2020, the jubilee, the funeral and the coronation."""
    listed = {date.fromisoformat(day) for day in BANK_HOLIDAYS.split()}
    day, end = date(2018, 1, 1), date(2027, 12, 31)
    while day <= end:
        assert (day in WORKING_DAYS) is (day.weekday() < 5 and day not in listed), day
        day += DAY


@pytest.mark.parametrize("count", [0, -1])
def test_no_working_days_cannot_be_added(count: int) -> None:
    with pytest.raises(ValueError, match="expected 1 or more"):
        WORKING_DAYS.add(date(2024, 1, 1), count)


FUNCTIONS: list[Callable[[date], date]] = [
    dates.first_april_after, dates.start_of_quarter, dates.end_of_quarter, dates.start_of_year, dates.end_of_year,
]  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_day_of_the_calendar_is_its_own(function: Callable[[date], date]) -> None:
    """The start and the end of a stretch are those of their own stretch."""
    for month in range(1, 13):
        day = date(2024, month, 1)
        if function is not dates.first_april_after:
            assert function(function(day)) == function(day)
