"""What small changes to the code showed that nothing else held: see ``docs/mutation-testing.md``."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules.answering.found import Found, Tracks, find
from ilacs_rules.answering.ranked import edges_of, first_of, status_of
from ilacs_rules.answering.ranked import ranked as ranked_on
from ilacs_rules.answering.watching import Observed, watching
from ilacs_rules.dates import add_months
from ilacs_rules.records import areas_judged
from ilacs_rules.rulebook import Leaf
from ilacs_rules.situation import AS_OF, IMPOSSIBLE, SUBJECT, Allowed, Box, Range
from ilacs_rules.situation.aggregates import Choice, CountGrades, Day, GradeOf, KindOf, Latest, Number, place_in_year
from ilacs_rules.situation.declared.common import LAST, Fact
from ilacs_rules.values import FIRST_DAY, LAST_DAY
from ilacs_rules.vocabulary import ACTIVITIES, Activity, Area, Status, Strength

OURS = ir.load_rulebook()
VISITS = frozenset({Activity.FOCUSED_VISIT})


def history_covering(*stretches: tuple[date | None, date | None]) -> ir.Situation:
    covers = [ir.Covered(activity=Activity.FOCUSED_VISIT, since=since, until=until) for since, until in stretches]
    subject = ir.LocalAuthority(name="An authority", events=[], covers=covers)
    return ir.situation(subject, as_of=date(2024, 6, 1))


@pytest.mark.parametrize(
    ("day", "following"),
    [(date(2024, 12, 30), date(2024, 12, 31)), (date(2024, 12, 31), date(2025, 1, 2))],
)
def test_the_working_day_after_the_last_of_a_year_is_the_first_of_the_next(day: date, following: date) -> None:
    """A count that ends exactly where a year's working days end goes on in the next year."""
    assert OURS.working_days.add(day, 1) == following


def test_a_stretch_is_joined_to_the_one_before_it_and_not_to_the_first() -> None:
    """Two stretches that meet are one, whatever lies before them; those with a day between them are not."""
    ends = (None, date(2015, 12, 31)), (date(2017, 1, 1), date(2018, 12, 31)), (date(2019, 1, 1), date(2020, 12, 31))
    history = history_covering(*ends).view.history
    assert history.covers(VISITS, date(2018, 6, 1), date(2019, 6, 1))
    assert not history.covers(VISITS, date(2015, 12, 31), date(2017, 1, 1))
    apart = history_covering(ends[0], (date(2017, 1, 1), date(2018, 12, 30)), ends[2]).view.history
    assert not apart.covers(VISITS, date(2018, 6, 1), date(2019, 6, 1))


def test_a_stretch_without_end_takes_in_what_comes_after_it() -> None:
    """The day after the last of all days is never worked out."""
    stretches = (None, date(2015, 12, 31)), (date(2017, 1, 1), None), (date(2018, 1, 1), date(2019, 12, 31))
    assert history_covering(*stretches).view.history.covers(VISITS, date(2019, 1, 1), date(2023, 1, 1))


@pytest.mark.parametrize(
    ("began", "grade"), [(date(2024, 3, 31), "good"), (date(2024, 4, 1), "none")], ids=["last year", "this year"]
)
def test_an_inspection_on_1_april_is_none_of_last_year(began: date, grade: str) -> None:
    """What is looked for before a day does not include that day."""
    event = ir.Event(
        activity="full_inspection", started=began, ended=began, published=began, judgements={"overall": "good"}
    )
    home = ir.Provider(type="childrens_home", name="A home", registered=date(2020, 1, 1), events=[event])
    assert ir.situation(home, as_of=date(2024, 6, 1))["last_years_grade"] == grade


# --- the calendar ---


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_the_first_and_the_last_day_that_can_be_asked_about(day: date) -> None:
    """Both can be; the day before the first and the day after the last cannot."""
    subject = ir.LocalAuthority(name="An authority", events=[])
    assert ir.situation(subject, as_of=day)["exists"] == "not_known"
    beyond = day + timedelta(days=-1 if day == FIRST_DAY else 1)
    with pytest.raises(ir.RecordError, match="is too early or too late for a record"):
        ir.situation(subject, as_of=beyond)


# --- how a day stands against a window ---

DAY = date(2024, 6, 3)
BEFORE, AFTER = date(2024, 6, 2), date(2024, 6, 4)
OPENED, COUNTED_FROM = date(2024, 3, 1), date(2023, 9, 1)


def found_on(day: date, covered_since: date | None, **window: Any) -> tuple[Found, ir.Situation]:
    """The visits between two inspections, asked about on a day, with a window of one's own."""
    inspection = ir.Event(
        activity="ilacs_standard", started=COUNTED_FROM, published=COUNTED_FROM, judgements={"overall": "good"}
    )
    shown = [ir.Covered(activity=kind, since=covered_since) for kind in ("focused_visit", "jtai")]
    facts = ir.situation(
        ir.LocalAuthority(name="An authority", events=[inspection], covers=shown if covered_since else []), as_of=day
    )
    era = OURS.era("local_authority", day)
    found = next(item for item in find(Tracks(era, owed=False), facts) if item.answering.track.id == "visits_between")
    runs_from = window.pop("runs_from", None)
    firm = window.pop("firm", True)
    plain = Leaf(found.rule.model_copy(update={"status": None, "strength": Strength.USUAL}))
    opens, due, closes = (window.get(end) for end in ("opens", "due", "closes"))
    return Found(found.answering, plain, opens, due, closes, runs_from, firm=firm), facts


@pytest.mark.parametrize(
    ("window", "covered_since", "status"),
    [
        ({}, None, "not_stated"),
        ({"opens": AFTER}, None, "not_open"),
        ({"opens": DAY}, None, "open"),
        ({"opens": OPENED, "closes": DAY}, None, "open"),
        # Closed: overdue where the record covers it from its first day, or from the day that it is counted from.
        ({"opens": OPENED, "closes": BEFORE}, OPENED, "overdue"),
        ({"opens": OPENED, "closes": BEFORE}, date(2024, 3, 2), "not_recorded"),
        ({"opens": OPENED, "closes": BEFORE}, None, "not_recorded"),
        ({"runs_from": COUNTED_FROM, "closes": BEFORE}, COUNTED_FROM, "overdue"),
        ({"runs_from": COUNTED_FROM, "closes": BEFORE}, date(2023, 9, 2), "not_recorded"),
        ({"runs_from": COUNTED_FROM, "opens": OPENED, "closes": BEFORE}, OPENED, "overdue"),
        ({"runs_from": COUNTED_FROM, "opens": OPENED, "closes": BEFORE}, date(2024, 3, 2), "not_recorded"),
        ({"closes": BEFORE}, BEFORE, "overdue"),
        ({"closes": BEFORE}, DAY, "not_recorded"),
        # Where no source gives the closing day nobody is late; what the record would not show comes first.
        ({"firm": False, "opens": OPENED, "closes": BEFORE}, OPENED, "window_passed"),
        ({"firm": False, "opens": OPENED, "closes": DAY}, OPENED, "open"),
        ({"firm": False, "opens": OPENED, "closes": BEFORE}, None, "not_recorded"),
        # Due, with no closing day: never overdue; not recorded where it may have been met unseen since.
        ({"due": BEFORE}, BEFORE, "open"),
        ({"due": BEFORE}, DAY, "not_recorded"),
        ({"due": BEFORE}, None, "not_recorded"),
        ({"due": date(2024, 6, 3)}, None, "open"),
        ({"due": AFTER}, None, "open"),
        ({"due": BEFORE, "closes": AFTER}, None, "open"),
        ({"due": BEFORE, "closes": DAY}, None, "open"),
    ],
)
def test_how_a_day_stands_against_a_window(window: dict[str, Any], covered_since: date | None, status: str) -> None:
    """Every kind of window, on both sides of each of its days."""
    assert status_of(*found_on(DAY, covered_since, **window)) == status


def test_what_comes_before_what() -> None:
    """Begun; owed by a day; perhaps done unseen; undated; what only may happen; nothing. Within each, by the day."""

    def ranked(status: str | None, *, may: bool = False, **window: date) -> tuple[int, date]:
        found, facts = found_on(DAY, None, **window)
        rule = found.rule.model_copy(
            update={
                "status": Status(status) if status else None,
                "strength": Strength.MAY if may else Strength.USUAL,
                "activity": Activity.NOTHING_REQUIRED if status == "not_required" else Activity.FOCUSED_VISIT,
            }
        )
        item = ranked_on(found._replace(leaf=Leaf(rule), suspended=status == "suspended"), facts)
        equal = item._replace(found=found)
        assert first_of([item._replace(rank=item.rank + 1, day=date.min), item, equal]) is item
        assert item.day == date.max or first_of([item._replace(day=date.max), item]) is item
        return item.rank, item.day

    far = date(2090, 1, 1)
    begun = {ranked("under_way", closes=far), ranked("awaiting_report", closes=far)}
    assert len(begun) == 1
    owed = ranked(None, opens=DAY, closes=AFTER)
    assert owed < ranked(None, opens=DAY, due=far) < ranked(None, opens=DAY)
    assert ranked("suspended")[0] == owed[0]
    in_order = [
        *begun,
        owed,
        ranked(None, opens=OPENED, closes=BEFORE),
        ranked(None),
        ranked(None, may=True, closes=AFTER),
        ranked("not_required"),
    ]
    ranks = [rank for rank, _ in in_order]
    assert all(one < other for one, other in pairwise(ranks)), ranks


def test_the_edges_of_windows() -> None:
    """The first day, and the day after a due or closing one; a day that is both stands once, the last of all never."""
    first, _ = found_on(DAY, None, opens=DAY, due=AFTER)
    second, _ = found_on(DAY, None, closes=BEFORE)
    assert edges_of([first, second]) == (DAY, date(2024, 6, 5))
    endless, _ = found_on(DAY, None, opens=DAY, due=date(9999, 12, 31), closes=date(9999, 12, 31))
    assert edges_of([endless]) == (DAY,)
    nearly, _ = found_on(DAY, None, closes=date(9999, 12, 30))
    assert edges_of([nearly]) == (date.max,)


# --- rulebooks of a few rows ---

HOME = "childrens_home"


def track(name: str, owed_by: str = "inspectorate") -> ir.Track:
    row = OURS.tracks[0].model_copy(update={"id": name, "answers": {HOME: date(2020, 1, 1)}})
    return ir.Track.model_validate({**row.model_dump(), "owed_by": owed_by})


def rule(track_id: str, activity: str, **given: object) -> ir.Rule:
    row = {
        "id": f"{track_id}_{activity}", "framework": "mine.toml", "says": "", "applies_to": (HOME,),
        "first": date(2020, 1, 1), "track": track_id, "when": (), "activity": activity, "strength": "must",
        "certainty": "quoted", "sources": OURS.rules[0].sources,
    }  # fmt: skip
    return ir.Rule.model_validate({**row, **given})


def book(tracks: list[ir.Track], rules: list[ir.Rule]) -> ir.Rulebook:
    return OURS.model_copy(update={"tracks": tuple(tracks), "rules": tuple(rules), "suspensions": (), "expected": ()})


def home(registered: date | None = date(2020, 1, 31), *events: ir.Event, covers: Any = "everything") -> ir.Provider:
    return ir.Provider(type=HOME, name="A home", registered=registered, events=events, covers=covers)


def test_a_window_that_moves_with_the_day_is_worked_out_on_each_day() -> None:
    """A subject asked day after day gives each day's own window, in every question."""
    moving = book([track("one")], [rule("one", "monitoring_visit", opens="as_of", closes="as_of + 3 days")])
    subject = home()
    for day in (DAY, AFTER, DAY):
        ends = ir.DueWindow(opens=day, closes=day + timedelta(days=3))
        assert ir.next_activity(subject, as_of=day, rulebook=moving).window == ends
        assert [answer.window for answer in ir.answers(subject, as_of=day, rulebook=moving)] == [ends]


@pytest.mark.parametrize("activity", ["full_inspection", "monitoring_visit", "targeted_inspection"])
def test_nothing_is_required_before_a_subject_exists_unless_a_rule_speaks_of_that(activity: str) -> None:
    """Whatever the activity is called."""
    alike = book([track("one"), track("two")], [rule("one", activity), rule("two", "nothing_required")])
    to_come = home(date(2030, 1, 1))
    assert [answer.activity for answer in ir.answers(home(), as_of=DAY, rulebook=alike)] == [
        activity,
        "nothing_required",
    ]
    assert [answer.activity for answer in ir.answers(to_come, as_of=DAY, rulebook=alike)] == ["nothing_required"]
    words = ({"fact": "exists", "words": ("yes", "not_known")}, {"fact": "exists", "words": ("not_yet",)})
    asking = [
        rule("one", activity, when=(words[0],)),
        rule("one", activity, id="before", when=(words[1],), says="before it exists"),
    ]
    (answer,) = ir.answers(to_come, as_of=DAY, rulebook=book([track("one")], asking))
    assert (answer.activity, answer.says) == (activity, "before it exists")


@pytest.mark.parametrize("later", ["full_inspection", "targeted_inspection"])
def test_what_is_next_is_what_closes_first(later: str) -> None:
    """Whatever it is called, and whatever else is required or not."""
    rules = [
        rule("one", later, closes="2024-09-01"),
        rule("two", "monitoring_visit", closes="2024-08-01"),
        rule("three", "nothing_required"),
    ]
    asked = book([track("one"), track("two"), track("three")], rules)
    assert ir.next_activity(home(), as_of=DAY, rulebook=asked).activity == "monitoring_visit"
    assert [answer.track for answer in ir.required_activities(home(), as_of=DAY, rulebook=asked)] == ["two", "one"]


def test_what_is_required_comes_in_the_order_of_its_closing_or_due_days() -> None:
    """What may only happen is left out, what has no day comes last."""
    windows = {"one": {}, "two": {"closes": "2024-09-01"}, "three": {"due": "2024-08-01", "closes": "2024-10-01"}}
    windows |= {"four": {"due": "2024-08-15"}, "five": {"closes": "2024-07-01", "strength": "may"}}
    rules = [rule(name, "monitoring_visit", **window) for name, window in windows.items()]
    asked = book([track(name) for name in windows], rules)
    required = ir.required_activities(home(), as_of=DAY, rulebook=asked)
    assert [answer.track for answer in required] == ["four", "two", "three", "one"]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (home(), "A home, which exists"),
        (home(date(2030, 1, 1)), "A home, which did not exist yet"),
        (home(None, covers=[]), "A home, which exists"),
    ],
    ids=["there", "to come", "not known"],
)
def test_a_rulebook_that_asks_nothing_of_the_inspectorate_says_so_in_words(subject: ir.Provider, words: str) -> None:
    """And says of whom: of one that is there, or of one still to come."""
    silent = book([track("one", "provider")], [rule("one", "monitoring_visit")])
    with pytest.raises(ir.OutsideRulebookError, match=words):
        ir.next_activity(subject, as_of=DAY, rulebook=silent)


@pytest.mark.parametrize("end", ["due", "closes"])
def test_what_was_to_be_expected_is_named_by_its_last_day(end: str) -> None:
    """Its closing day, or its due day where it has no other."""
    late = book([track("one")], [rule("one", "inspection_report", status="awaiting_report", **{end: "2024-06-02"})])
    (answer,) = ir.answers(home(), as_of=DAY, rulebook=late)
    assert [note for note in answer.notes if "expected by 2 June 2024" in note]
    (answer,) = ir.answers(home(), as_of=BEFORE, rulebook=late)
    assert not [note for note in answer.notes if "expected by" in note]


def test_every_question_is_told_to_who_watches() -> None:
    """The next activity, all answers and what is required; and nothing once nobody watches."""
    subject, seen = home(), list[Observed]()
    with watching(seen.append):
        ir.next_activity(subject, as_of=DAY)
        ir.answers(subject, as_of=DAY)
        ir.required_activities(subject, as_of=DAY)
    assert [len(observed.found) for observed in seen[1:]] == [len(ir.answers(subject, as_of=DAY))] * 2
    assert len(seen) == 3
    assert {observed.facts.view.as_of for observed in seen} == {DAY}


@pytest.mark.parametrize("kind", OURS.subject_types)
def test_what_was_asked_first_does_not_matter(kind: str) -> None:
    """All answers are the same before and after the next activity was asked for, and the other way round."""
    one, other = (
        ir.LocalAuthority(name="An authority", created=date(2012, 4, 1))
        if kind == "local_authority"
        else ir.Provider(type=kind, name="A setting", registered=date(2012, 4, 1))
        for _ in range(2)
    )
    following, every = ir.next_activity(one, as_of=DAY), ir.answers(one, as_of=DAY)
    assert every == ir.answers(other, as_of=DAY)
    assert following == ir.next_activity(other, as_of=DAY)


# --- what is read of a history ---


def full(day: str, grade: str | None = "good", kind: str = "full_inspection", **given: object) -> ir.Event:
    """An inspection of a setting, its report out on the day where it has a grade."""
    judged = {"published": date.fromisoformat(day), "judgements": {"overall": grade}} if grade else {}
    return ir.Event.model_validate({"activity": kind, "started": date.fromisoformat(day), **judged, **given})


def event(kind: str, day: str) -> ir.Event:
    return ir.Event(activity=kind, started=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("events", "registered", "left_over"),
    [
        ([full("2024-02-10", "inadequate")], "2015-04-01", "yes"),
        ([full("2024-01-01", "requires_improvement")], "2015-04-01", "yes"),
        ([full("2024-03-31", "requires_improvement")], "2015-04-01", "yes"),
        ([full("2023-12-31", "inadequate")], "2015-04-01", "no"),
        ([full("2024-04-01", "inadequate")], "2015-04-01", "no"),
        ([full("2024-02-10", "good")], "2015-04-01", "no"),
        # Another of that year, before it or after it; one of the year before is no company.
        ([full("2023-04-01"), full("2024-02-10", "inadequate")], "2015-04-01", "no"),
        ([full("2023-03-31"), full("2024-02-10", "inadequate")], "2015-04-01", "yes"),
        ([full("2024-02-10", "inadequate"), event("interim_inspection", "2024-03-20")], "2015-04-01", "no"),
        ([full("2024-02-10", "inadequate"), event("assurance_inspection", "2024-05-20")], "2015-04-01", "no"),
        ([event("assurance_inspection", "2023-04-01"), full("2024-02-10", "inadequate")], "2015-04-01", "no"),
        ([event("assurance_inspection", "2023-03-31"), full("2024-02-10", "inadequate")], "2015-04-01", "yes"),
        # One that has followed is company from its first day, before its report is out.
        ([full("2024-02-10", "inadequate"), full("2024-03-25", None)], "2015-04-01", "no"),
        ([full("2024-02-10", "inadequate"), full("2024-06-03", None)], "2015-04-01", "no"),
        ([full("2024-02-10", "inadequate"), full("2024-06-04", None)], "2015-04-01", "yes"),
        # New in that year: one inspection was asked for, unless it was inspected before.
        ([full("2024-02-10", "inadequate")], "2023-04-01", "no"),
        ([full("2024-02-10", "inadequate")], "2023-03-31", "yes"),
        ([full("2024-02-10", "inadequate")], "2024-02-01", "no"),
        ([full("2024-02-10", "inadequate")], "2024-03-31", "no"),
        # Registered anew since its company: that inspection belongs to the earlier registration.
        ([full("2023-03-31"), full("2024-02-10", "inadequate")], "2023-06-01", "no"),
        ([event("assurance_inspection", "2023-03-31"), full("2024-02-10", "inadequate")], "2023-06-01", "no"),
        # A condition that nobody is accommodated was lifted in that year: one was asked for.
        ([full("2024-02-10", "inadequate"), event("no_children_condition_removed", "2023-04-01")], "2015-04-01", "no"),
        ([full("2024-02-10", "inadequate"), event("no_children_condition_removed", "2023-09-09")], "2015-04-01", "no"),
        ([full("2024-02-10", "inadequate"), event("no_children_condition_removed", "2024-03-31")], "2015-04-01", "no"),
        ([full("2024-02-10", "inadequate"), event("no_children_condition_removed", "2023-03-31")], "2015-04-01", "yes"),
        ([full("2024-02-10", "inadequate"), event("no_children_condition_removed", "2024-04-01")], "2015-04-01", "yes"),
        ([full("2024-02-10", "inadequate"), event("no_children_condition_removed", "2024-04-20")], "2015-04-01", "yes"),
    ],
)
def test_what_is_left_over_from_a_years_last_quarter(events: list[ir.Event], registered: str, left_over: str) -> None:
    """A full inspection below good between January and March, the only one of two that were asked for in its year."""
    subject = home(date.fromisoformat(registered), *events)
    assert ir.situation(subject, as_of=DAY)["left_over"] == left_over
    assert ir.situation(subject, as_of=DAY)["may_be_left_over"] == "no"
    # In its own year the same inspection may come to be left over, as far as is known on that year's last day.
    if max(event.first_known for event in events) <= date(2024, 3, 31):
        in_its_year = ir.situation(subject, as_of=date(2024, 3, 31))
        assert (in_its_year["may_be_left_over"], in_its_year["left_over"]) == (left_over, "no")


@pytest.mark.parametrize(
    ("events", "registered", "new"),
    [
        ([], "2024-03-31", "no"),
        ([], "2024-04-01", "first_half"),
        ([], "2024-09-30", "first_half"),
        ([], "2024-10-01", "second_half"),
        ([], "2024-12-01", "second_half"),
        ([], "2024-12-02", "not_yet"),
        ([], None, "not_known"),
        ([full("2024-03-31")], "2024-06-01", "first_half"),  # an earlier registration's
        ([full("2024-03-30")], None, "no"),
        ([full("2024-04-01")], "2024-06-01", "first_half"),
        ([full("2024-07-01")], "2024-10-01", "second_half"),
        ([event("interim_inspection", "2024-03-31")], "2024-10-01", "second_half"),
    ],
)
def test_what_is_new_this_year(events: list[ir.Event], registered: str | None, new: str) -> None:
    """By its day of registration; what is on record from before that day is an earlier registration's."""
    subject = home(date.fromisoformat(registered) if registered else None, *events, covers=[])
    assert ir.situation(subject, as_of=date(2024, 12, 1))["registered_this_year"] == new


@pytest.mark.parametrize(
    ("events", "closure", "closed_since"),
    [
        ([], "open", "no"),
        ([event("no_children_condition", "2024-11-30")], "no_children", "yes"),
        ([event("no_children_condition", "2023-01-01")], "no_children", "yes"),
        ([event("no_children_condition_removed", "2024-03-31")], "open", "no"),
        ([event("no_children_condition_removed", "2024-04-01")], "open_again_before_october", "no"),
        ([event("no_children_condition_removed", "2024-09-30")], "open_again_before_october", "no"),
        ([event("no_children_condition_removed", "2024-10-01")], "open_again_since_october", "no"),
        ([event("no_children_condition_removed", "2024-11-30")], "open_again_since_october", "no"),
        (
            [event("no_children_condition", "2024-05-01"), event("no_children_condition_removed", "2024-10-01")],
            "open_again_since_october",
            "no",
        ),
        ([event("no_children_condition_removed", "2024-10-01"), full("2024-10-01")], "open_again_and_inspected", "yes"),
        ([event("no_children_condition_removed", "2024-10-01"), full("2024-10-02")], "open_again_and_inspected", "no"),
        (
            [event("no_children_condition_removed", "2024-10-01"), event("assurance_inspection", "2024-10-02")],
            "open_again_and_inspected",
            "no",
        ),
        ([event("no_children_condition_removed", "2024-10-01"), full("2024-09-30")], "open_again_since_october", "yes"),
        ([event("no_children_condition_removed", "2023-10-01"), full("2023-09-30")], "open", "yes"),
    ],
)
def test_where_nobody_is_accommodated(events: list[ir.Event], closure: str, closed_since: str) -> None:
    """While the condition holds, from its lifting until the year ends, and after an inspection that follows it."""
    facts = ir.situation(home(date(2015, 4, 1), *events), as_of=date(2024, 12, 1))
    assert (facts["closure"], facts["closed_since_last_inspection"]) == (closure, closed_since)


@pytest.mark.parametrize(
    ("month", "in_last_quarter"), [(1, "yes"), (2, "yes"), (3, "yes"), (4, "no"), (9, "no"), (12, "no")]
)
def test_the_last_quarter_is_january_to_march(month: int, in_last_quarter: str) -> None:
    day = date(2025 if month < 4 else 2024, month, 15)
    facts = ir.situation(home(date(2015, 4, 1), full(day.isoformat())), as_of=date(2025, 3, 31))
    assert facts["this_years_in_last_quarter"] == in_last_quarter


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2024-04-01", "this_year_first_half"),
        ("2024-09-30", "this_year_first_half"),
        ("2024-10-01", "this_year_autumn"),
        ("2024-12-31", "this_year_autumn"),
        ("2025-01-01", "this_year_last_quarter"),
        ("2025-01-31", "this_year_last_quarter"),
        ("2025-03-31", "this_year_last_quarter"),
        ("2023-04-01", "last_year_first_half"),
        ("2023-09-30", "last_year_first_half"),
        ("2023-10-01", "last_year_autumn"),
        ("2023-12-31", "last_year_autumn"),
        ("2024-01-01", "last_year_last_quarter"),
        ("2024-03-31", "last_year_last_quarter"),
        ("2023-03-31", "earlier"),
        ("2015-12-01", "earlier"),
    ],
)
def test_where_a_day_lies_seen_from_an_inspection_year(day: str, place: str) -> None:
    assert place_in_year(date.fromisoformat(day), date(2024, 4, 1)) == place


def test_what_is_looked_for_goes_on_past_what_does_not_fit() -> None:
    """Past this year's to last year's, past what has no report yet, past another outcome; and not past the day."""
    subject = home(
        date(2015, 4, 1),
        full("2022-05-01", "outstanding"),
        full("2023-05-01", "inadequate"),
        full("2024-05-01", "good"),
        full("2024-05-20", "requires_improvement", published=date(2024, 7, 1)),
    )
    facts = ir.situation(subject, as_of=DAY)
    assert facts["last_years_grade"] == "inadequate"
    assert facts["this_years_grade"] == facts["last_overall"] == "good"
    assert facts["inspection_stage"] == "under_way"
    concerned = [
        full(day, None, "assurance_inspection", published=date.fromisoformat(day), outcome=outcome)
        for day, outcome in (
            ("2023-05-01", "serious_or_widespread_concerns"),
            ("2023-11-01", "no_serious_or_widespread_concerns"),
        )
    ]
    facts = ir.situation(home(date(2015, 4, 1), *concerned), as_of=DAY)
    assert facts["serious_concerns"] == "assurance_inspection"
    assert facts["serious_concerns_started"] == date(2023, 5, 1)


def test_stretches_that_overlap_or_lie_in_one_another_are_one() -> None:
    """Whichever comes first, and however many others lie before them."""
    january = [date(year, 1, 1) for year in range(2010, 2025)]
    first, second, third = (january[0], january[1]), (january[3], january[4]), (january[6], january[10])
    inside, over, meeting = (january[7], january[8]), (january[9], january[12]), (date(2022, 1, 2), january[13])
    history = history_covering(first, second, third, inside, over, meeting).view.history
    for low, high in (first, second, third, (january[6], january[13]), (january[8], january[11])):
        assert history.covers(VISITS, low, high), (low, high)
    for low, high in ((first[0], second[0]), (second[1], third[0]), (january[6], date(2023, 1, 2)), (january[13], DAY)):
        assert not history.covers(VISITS, low, high), (low, high)
    assert history.covered_until(VISITS) == january[13]
    ends = history_covering(first, third, inside).view.history
    assert ends.covers(VISITS, *third)
    assert ends.covered_until(VISITS) == january[10]


def authority(*events: ir.Event, created: date | None = None, covers: Any = "everything") -> ir.LocalAuthority:
    return ir.LocalAuthority(name="An authority", created=created, events=events, covers=covers)


@pytest.mark.parametrize(
    ("created", "began"),
    [
        (date(2012, 4, 1), date(2012, 4, 1)),
        (date(2015, 6, 1), date(2015, 6, 1)),  # the day of the first event itself
        (date(2015, 6, 2), date(2015, 6, 2)),  # what happened before it counts no more
        (date(2018, 1, 1), date(2018, 1, 1)),
        (date(2030, 1, 1), None),
        (None, None),
    ],
)
def test_a_council_began_on_the_day_of_its_creation_whatever_was_before(
    created: date | None, began: date | None
) -> None:
    visits = [event("focused_visit", day) for day in ("2015-06-01", "2020-06-01")]
    assert ir.situation(authority(*visits, created=created), as_of=DAY).view.began == began


@pytest.mark.parametrize(("created", "began"), [(BEFORE, BEFORE), (DAY, DAY), (AFTER, None), (date(2030, 1, 1), None)])
def test_a_subject_began_once_it_has_come(created: date, began: date | None) -> None:
    facts = ir.situation(authority(created=created), as_of=DAY)
    assert facts.view.began == began
    assert facts["exists"] == ("yes" if began else "not_yet")


def test_a_subject_exists_from_its_first_event_whatever_is_still_to_come() -> None:
    """The earliest event tells; neither the day before it nor a later one does."""
    subject = authority(event("focused_visit", "2024-06-03"), event("focused_visit", "2025-06-03"), covers=[])
    exists = [ir.situation(subject, as_of=day)["exists"] for day in (BEFORE, DAY, AFTER)]
    assert exists == ["not_known", "yes", "yes"]


def test_a_copy_with_other_events_is_read_anew() -> None:
    """What was read of the original is not taken for what the copy says."""
    one = authority(event("focused_visit", "2024-06-01"))
    assert ir.situation(one, as_of=DAY)["last_focused_visit"] == date(2024, 6, 1)
    for events in ((), (event("focused_visit", "2024-06-02"),)):
        copy = one.model_copy(update={"events": events})
        assert ir.situation(copy, as_of=DAY)["last_focused_visit"] == (BEFORE if events else None)
    assert ir.situation(one, as_of=DAY).view.history is ir.situation(one, as_of=AFTER).view.history


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({}, None),
        ({"published": None}, "has no day of publication on record"),
        ({"started": None}, "has no first day on site on record"),
        ({"precision": "month", "started": date(2022, 7, 1)}, "is known by its month only"),
    ],
    ids=["all known", "published", "started", "month"],
)
def test_a_day_that_stands_in_for_another_is_said(given: dict[str, object], note: str | None) -> None:
    """And of a record that holds every day to the day nothing is said."""
    row = {
        "activity": "ilacs_standard", "started": date(2022, 7, 18), "ended": date(2022, 7, 29),
        "published": date(2022, 9, 21), "judgements": {"overall": "inadequate"},
    }  # fmt: skip
    answer = ir.next_activity(authority(ir.Event.model_validate(row | given)), as_of=date(2022, 10, 1))
    doubts = [found for found in answer.notes if "on record" in found or "month" in found]
    assert len(doubts) == bool(note)
    assert note is None or note in doubts[0]


def test_a_fact_of_the_same_name_has_its_own_domain() -> None:
    """What a fact can be follows from how it is read, whoever else is called the same."""
    theirs = ir.FACTS["last_overall"]
    assert theirs.domain == GradeOf(LAST, Area.OVERALL).domain
    assert Fact("a name that no other has", "mine", KindOf(LAST)).domain == KindOf(LAST).domain
    mine = Fact("last_overall", "mine", KindOf(LAST))
    assert mine.domain == KindOf(LAST).domain != theirs.domain
    assert theirs.domain == GradeOf(LAST, Area.OVERALL).domain


def test_every_fact_has_a_domain_and_says_which_event_it_looks_at() -> None:
    """As values, so that the proof and the notes can use them."""
    for name, fact in ir.FACTS.items():
        assert isinstance(fact.domain, Choice | Number | Day), name
        assert fact.reading.looks_at is None or isinstance(fact.reading.looks_at, Latest), name


CONCERNED = {"kind": "assurance_inspection", "outcome": "serious_or_widespread_concerns"}
NOBODY = {"kind": "assurance_inspection", "outcome": "no_children"}
SETTLED = {"activity": "area_send_inspection", "started": date(2023, 1, 10), "published": date(2023, 2, 10)}


@pytest.mark.parametrize(
    ("fact", "before", "after", "given"),
    [
        ("last_overall", "none", "inadequate", {"kind": "full_inspection"}),
        ("this_years_grade", "none", "inadequate", {"kind": "full_inspection"}),
        ("last_years_grade", "none", "inadequate", {"kind": "full_inspection", "started": date(2024, 3, 20)}),
        ("serious_concerns", "none", "assurance_inspection", CONCERNED),
        ("no_children_found", "none", "assurance_inspection", NOBODY),
        ("last_jtai", "none", "jtai", {"kind": "jtai"}),
        (
            "priority_action",
            "none",
            "focused_visit",
            {"kind": "focused_visit", "outcome": "areas_for_priority_action"},
        ),
        ("last_area_send", None, date(2024, 5, 20), {"kind": "area_send_inspection"}),
        (
            "area_send_outcome",
            "none",
            "send_inconsistent",
            {"kind": "area_send_inspection", "outcome": "send_inconsistent"},
        ),
        (
            "area_send_revisit_outcome",
            "none",
            "sufficient_progress",
            {"kind": "area_send_revisit", "outcome": "sufficient_progress"},
        ),
    ],
)
def test_what_a_report_says_counts_from_the_day_it_is_out(
    fact: str, before: object, after: object, given: dict[str, object]
) -> None:
    """And not from the day on which the inspection began, or ended."""
    kind = given["kind"]
    row = {"activity": kind, "started": date(2024, 5, 20), "published": DAY}
    row |= {name: value for name, value in given.items() if name != "kind"}
    row |= {"judgements": {"overall": "inadequate"}} if kind == "full_inspection" else {}
    happened = ir.Event.model_validate(row)
    if kind in ("full_inspection", "assurance_inspection"):
        subject: ir.LocalAuthority | ir.Provider = home(date(2015, 4, 1), happened)
    else:
        subject = authority(happened, *([ir.Event.model_validate(SETTLED)] if kind == "area_send_revisit" else []))
    assert [ir.situation(subject, as_of=day)[fact] for day in (BEFORE, DAY)] == [before, after]


NAMED = ir.Event(
    activity="focused_visit",
    started=date(2024, 1, 10),
    published=date(2024, 2, 1),
    outcome="areas_for_priority_action",
)
REPORTED = ir.Event(
    activity="ilacs_short", started=date(2024, 1, 10), published=date(2024, 2, 1), judgements={"overall": "good"}
)
FEARED = full("2024-01-10", None, "assurance_inspection", published=date(2024, 2, 1), outcome=CONCERNED["outcome"])


@pytest.mark.parametrize(
    ("fact", "before", "counted", "other"),
    [
        ("activity_after_priority_action", NAMED, "ilacs_short focused_visit monitoring_visit", "jtai"),
        ("intervention_since_report", REPORTED, "intervention_started intervention_ended", "intervention_review"),
        ("visits_between_on_record", REPORTED, "focused_visit jtai", "monitoring_visit"),
        ("inspections_this_year", None, "full_inspection interim_inspection assurance_inspection", "monitoring_visit"),
        ("returns_after_serious_concerns", FEARED, "full_inspection monitoring_visit", "interim_inspection"),
        (
            "visits_after_notice",
            event("compliance_notice", "2024-01-10"),
            "full_inspection monitoring_visit interim_inspection assurance_inspection",
            "manager_left",
        ),
    ],
)
def test_what_is_counted(fact: str, before: ir.Event | None, counted: str, other: str) -> None:
    """Each of its kinds alone, all of them together, and nothing else."""

    def count(*kinds: str) -> object:
        events = [event(kind, f"2024-05-{day}") for day, kind in enumerate(kinds, 20)]
        events += [before] if before else []
        settings = not before or "provider" in ACTIVITIES[before.activity].to
        subject = home(date(2015, 4, 1), *events) if settings and other != "jtai" else authority(*events)
        return ir.situation(subject, as_of=DAY)[fact]

    kinds = counted.split()
    assert [count(kind) for kind in kinds] == [1] * len(kinds)
    assert count(*kinds) == len(kinds)
    assert count(other) == 0


def test_of_several_joint_inspections_one_counts_as_a_visit() -> None:
    joint = [event("jtai", f"2024-0{month}-10") for month in (3, 4, 5)]
    assert ir.situation(authority(REPORTED, *joint), as_of=DAY)["visits_between_on_record"] == 1
    visit = event("focused_visit", "2024-05-20")
    assert ir.situation(authority(REPORTED, *joint, visit), as_of=DAY)["visits_between_on_record"] == 2


@pytest.mark.parametrize(
    ("fact", "seen", "other"),
    [
        ("last_intervention_step", "intervention_started intervention_review", "intervention_ended"),
        ("last_supervision_step", "intervention_ended intervention_review", "intervention_started"),
    ],
)
def test_which_step_of_an_intervention_is_the_latest(fact: str, seen: str, other: str) -> None:
    for kind in seen.split():
        assert ir.situation(authority(event(kind, "2024-05-20")), as_of=DAY)[fact] == date(2024, 5, 20)
    assert ir.situation(authority(event(other, "2024-05-20")), as_of=DAY)[fact] is None


@pytest.mark.parametrize("kind", ["full_inspection", "interim_inspection", "assurance_inspection", "monitoring_visit"])
def test_which_inspection_of_a_setting_is_the_latest(kind: str) -> None:
    facts = ir.situation(home(date(2015, 4, 1), event(kind, "2024-05-20")), as_of=DAY)
    assert facts["latest_inspection"] == (kind if kind != "monitoring_visit" else "none")


@pytest.mark.parametrize(
    ("fact", "kinds"),
    [
        ("visits_between_covered", "focused_visit jtai"),
        ("year_covered", "full_inspection interim_inspection assurance_inspection"),
    ],
)
def test_what_a_record_must_cover(fact: str, kinds: str) -> None:
    """Every kind that counts: one left out, and it may have happened unseen."""
    needed = kinds.split()

    def covered(shown: list[str]) -> object:
        whole = home(date(2015, 4, 1), covers=shown) if fact == "year_covered" else authority(REPORTED, covers=shown)
        return ir.situation(whole, as_of=DAY)[fact]

    assert covered(needed) == "yes"
    for kind in needed:
        assert covered([other for other in needed if other != kind]) == "no"


@pytest.mark.parametrize("ask", [ir.next_activity, ir.required_activities, ir.answers, ir.situation])
def test_the_day_is_always_named(ask: Callable[..., object]) -> None:
    """A day by its place alone is refused; a subject may be named too."""
    with pytest.raises(TypeError, match="positional"):
        ask(home(), DAY)
    assert ask(subject=home(), as_of=DAY)


# --- boxes that no history can be in ---


def test_a_report_is_awaited_from_the_day_after_the_last_one_on_site() -> None:
    """Up to a day from which a rule asks otherwise, none is awaited of what ended on that day or later."""
    asked_of_rules = {(condition.fact, condition.low) for rule in OURS.rules for condition in rule.when}
    dated = 0
    for box in IMPOSSIBLE:
        ended = next((name for name in box if name.endswith("_ended")), "")
        if AS_OF in box and ended:
            asked, on_site = box[AS_OF], box[ended]
            assert isinstance(asked, Range)
            assert isinstance(on_site, Range)
            assert asked.high is not None
            assert (asked, on_site) == (Range(high=asked.high), Range(low=asked.high))
            assert (ended, asked.high) in asked_of_rules
            dated += 1
    assert dated


def test_a_count_that_is_out_of_reach_is_one_more_than_there_can_be() -> None:
    """As many as there are judgements to count; of what is counted from something that is not there, none."""
    for box in IMPOSSIBLE:
        for name, allowed in box.items():
            if isinstance(allowed, Range) and isinstance(allowed.low, int):
                assert allowed.high is None
                reading = ir.FACTS[name].reading
                assert allowed.low == (len(reading.areas) + 1 if isinstance(reading, CountGrades) else 1)


def test_fewer_inspections_than_the_other_facts_tell_of_cannot_be() -> None:
    """Each of them tells of one; two of them, of two different ones."""
    boxes = [box for box in IMPOSSIBLE if "inspections_this_year" in box]
    assert {len(box) for box in boxes} == {2, 3}
    for box in boxes:
        assert box["inspections_this_year"] == Range(high=len(box) - 2)


def held_impossible(subject: ir.LocalAuthority | ir.Provider, day: date) -> list[Box]:
    """The boxes that it is in; a fact that the record lacks is in none."""
    facts = ir.situation(subject, as_of=day)

    def inside(name: str, allowed: Allowed) -> bool:
        try:
            return allowed.admits(subject.type if name == SUBJECT else facts[name])
        except ir.MissingFactError:
            return False

    return [box for box in IMPOSSIBLE if all(inside(name, allowed) for name, allowed in box.items())]


def judged(kind: str, grade: str, day: date) -> ir.Event:
    """An inspection that gives this grade in every area that is judged."""
    areas = areas_judged(Activity(kind), day)
    return ir.Event(activity=kind, started=day, ended=day, published=day, judgements=dict.fromkeys(areas, grade))


@pytest.mark.parametrize("grade", ["good", "inadequate"])
@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("sif_inspection", date(2016, 3, 1)),
        ("ilacs_standard", date(2019, 3, 1)),
        ("ilacs_inspection", date(2026, 5, 1)),
        ("full_inspection", date(2023, 5, 1)),
        ("full_inspection", date(2024, 2, 1)),
    ],
)
def test_an_ordinary_history_is_in_no_box_held_impossible(kind: str, day: date, grade: str) -> None:
    """All judgements alike, as many as there can be: before it, on its days and after it."""
    event, made = judged(kind, grade, day), date(2012, 4, 1)
    subject = home(made, event) if kind == "full_inspection" else authority(event, created=made)
    for asked in (day - timedelta(days=1), day, day + timedelta(days=1), add_months(day, 14)):
        assert held_impossible(subject, asked) == []
    assert held_impossible(home(date(2012, 4, 1)) if kind == "full_inspection" else authority(created=day), day) == []


def test_a_report_that_is_awaited_on_the_day_rules_change_is_in_no_box_held_impossible() -> None:
    """Asked on the day itself, and on the one after it, of what ended the day before each."""
    for turn in (date(2018, 1, 1), date(2020, 4, 1), date(2022, 1, 1), date(2024, 4, 1)):
        for asked in (turn - timedelta(days=1), turn, turn + timedelta(days=1)):
            ended = asked - timedelta(days=1)
            for kind in ("ilacs_standard", "jtai", "full_inspection"):
                event = ir.Event(activity=kind, started=ended, ended=ended)
                subject = home(date(2012, 4, 1), event) if kind == "full_inspection" else authority(event)
                assert held_impossible(subject, asked) == []


def test_two_inspections_of_a_year_are_in_no_box_held_impossible() -> None:
    """One that found nobody there, and a full one: in either order, the report of either out first."""
    for first, second in (("2024-04-10", "2024-05-20"), ("2024-05-20", "2024-04-10")):
        nobody = full(first, None, NOBODY["kind"], published=date.fromisoformat(first), outcome=NOBODY["outcome"])
        assert held_impossible(home(date(2012, 4, 1), nobody, full(second)), DAY) == []
        assert held_impossible(home(date(2012, 4, 1), nobody), DAY) == []
        assert held_impossible(home(date(2012, 4, 1), full(second)), DAY) == []
