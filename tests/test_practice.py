"""Forecasts from what was seen to happen: their arithmetic, what they rest on, and where they say nothing."""

import ast
import json
from datetime import date
from math import erf, sqrt
from pathlib import Path
from typing import Any

import pytest
from benchmarks.practice import shipped
from benchmarks.practice_pictures import PICTURES, best
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules import practice
from ilacs_rules.cli.commands import cli
from ilacs_rules.dates import add_days
from ilacs_rules.practice.backtest import _known
from ilacs_rules.practice.bell import Bell, fit_bell, fit_log_logistic, weekly
from ilacs_rules.practice.curve import chances, shortest_run
from ilacs_rules.practice.populations import BY_ID, GRADES
from ilacs_rules.practice.scores import Question, judge, score
from ilacs_rules.practice.table import METHOD
from ilacs_rules.practice.waits import BACK, STOPPED, Wait, counted, waits_of
from ilacs_rules.practice.year import fit_year, hazards
from ilacs_rules.records import Subject

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
PUBLISHED = ROOT.parent / "shared" / "published"
GOOD = GRADES.index("good")


def home(*days: date, name: str = "A home", grade: str = "good", registered: date | None = None) -> ir.Provider:
    events = [
        ir.Event(activity="full_inspection", started=day, published=add_days(day, 35), judgements={"overall": grade})
        for day in days
    ]
    return ir.Provider(type="childrens_home", name=name, registered=registered, events=events)


def council(*days: date) -> ir.LocalAuthority:
    return ir.LocalAuthority(
        name="A council",
        events=[
            ir.Event(
                activity="ilacs_standard",
                started=day,
                ended=add_days(day, 11),
                published=add_days(day, 60),
                judgements={"overall": "good"} if day < date(2026, 4, 1) else {"leaders": "good"},
            )
            for day in days
        ],
    )


def register(count: int = 60) -> list[ir.Provider]:
    """Homes inspected once in each inspection year, each a little later than the one before."""
    return [
        home(*(add_days(date(year, 5, 3), 5 * n) for year in (2021, 2022, 2023, 2024)), name=str(n))
        for n in range(count)
    ]


# Arithmetic


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0.01, 0.99))
def test_the_run_holds_the_share_and_none_shorter_does(hazards_: list[float], share: float) -> None:
    weekly_chances = chances(hazards_)
    assert sum(weekly_chances) <= 1 + 1e-9
    lengths = [
        last - first
        for first in range(len(weekly_chances))
        for last in range(first, len(weekly_chances))
        if sum(weekly_chances[first : last + 1]) >= share + 1e-9
    ]
    run = shortest_run(weekly_chances, share)
    if lengths:
        assert run is not None
        assert run[1] - run[0] <= min(lengths)
    if run is not None:
        assert sum(weekly_chances[run[0] : run[1] + 1]) >= share - 1e-9


def normal(mean: float, spread: float, count: int) -> list[float]:
    """Waits that lie on a normal bell, without chance: its quantiles, found by halving."""

    def quantile(share: float) -> float:
        low, high = mean - 8 * spread, mean + 8 * spread
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if (1 + erf((middle - mean) / spread / sqrt(2))) / 2 < share else (low, middle)
        return low

    return [quantile((number + 0.5) / count) for number in range(count)]


def as_wait(weeks: float, seen: float, whose: int = 0) -> Wait:
    ended = weeks <= seen
    return Wait(whose, "a", GOOD, 0, 0, 0, round(7 * min(weeks, seen)), ended)


@pytest.mark.parametrize("seen", [1000.0, 165.0, 150.0])
def test_a_bell_is_found_again_where_many_waits_are_still_open(seen: float) -> None:
    bell = fit_bell([as_wait(weeks, seen) for weeks in normal(160, 15, 400)])
    assert bell.mean == pytest.approx(160, abs=2)
    assert bell.spread == pytest.approx(15, abs=1.5)


def test_open_waits_left_out_would_make_the_bell_early() -> None:
    """The test above can fail: without the open waits the mean is far off."""
    ended = [wait for wait in (as_wait(weeks, 150) for weeks in normal(160, 15, 400)) if wait.ended]
    assert fit_bell(ended).mean < 150


@pytest.mark.parametrize("seen", [1000.0, 90.0])
def test_a_log_logistic_bell_is_found_again(seen: float) -> None:
    waits = [80 * (share / (1 - share)) ** (1 / 4) for share in ((n + 0.5) / 300 for n in range(300))]
    bell = fit_log_logistic([as_wait(weeks, seen) for weeks in waits])
    assert bell.mean == pytest.approx(80, rel=0.03)
    assert bell.spread == pytest.approx(4, rel=0.08)


@given(st.floats(20, 200), st.floats(2, 40), st.floats(0, 250))
def test_weeks_ahead_add_up_to_the_bell_given_what_was_waited(mean: float, spread: float, waited: float) -> None:
    ahead = weekly(Bell(mean, spread), waited, 400)
    assert all(0 <= hazard <= 1 for hazard in ahead)


def test_the_year_table_puts_the_chance_where_inspections_came() -> None:
    pop = BY_ID["childrens_homes"]
    known = date(2025, 3, 23).toordinal()
    waits = [wait for n, one in enumerate(register()) for wait in counted(waits_of(one, pop, n), pop, known)]
    began = date(2024, 6, 3).toordinal()
    run = shortest_run(chances(hazards(fit_year(waits), GOOD, began, date(2025, 3, 10).toordinal(), 60)), 0.5)
    assert run is not None
    assert date(2025, 3, 20) < date.fromordinal(date(2025, 3, 10).toordinal() + 7 * run[0]) < date(2025, 8, 1)


# What counts as a wait


def test_a_wait_is_counted_by_what_was_known_on_the_day() -> None:
    pop = BY_ID["childrens_homes"]
    waits = waits_of(home(date(2022, 5, 2), date(2023, 5, 8)), pop)
    day = date(2023, 5, 8).toordinal()
    (before,) = counted(waits, pop, day - 1)
    assert (before.ended, before.left) == (False, day - 1)
    (on_it,) = counted(waits, pop, day)
    assert (on_it.ended, on_it.left) == (True, day)
    assert len(counted(waits, pop, day + 35)) == 2  # the next one begins to count once its report is out


def test_a_wait_open_for_longer_than_settings_stay_open_is_left_out() -> None:
    pop = BY_ID["childrens_homes"]
    waits = waits_of(home(date(2022, 5, 2)), pop)
    limit = date(2022, 5, 2).toordinal() + 7 * 62
    assert counted(waits, pop, limit + 6)
    assert not counted(waits, pop, limit + 7)
    assert counted(waits, pop, limit + 7, closed=limit)  # but not where the closing day is known


@pytest.mark.parametrize(("grade", "weeks"), [("requires_improvement", 120), ("inadequate", 75), (None, 110)])
def test_an_agencys_open_wait_is_left_out_after_the_weeks_that_the_study_found(grade: str | None, weeks: int) -> None:
    """By its grade; without one, of an agency that waits for its first inspection since it was registered."""
    pop, began = BY_ID["fostering_agencies"], date(2022, 5, 2)
    seen = [
        ir.Event(activity="full_inspection", started=began, ended=began, published=began, judgements={"overall": grade})
    ]
    agency = ir.Provider(
        type="independent_fostering_agency",
        name="An agency",
        registered=date(2015, 6, 1) if grade else began,
        events=seen if grade else [],
    )
    last = began.toordinal() + 7 * weeks + 6
    for day, there in ((last, True), (last + 1, False)):
        assert any(not wait.ended for wait in counted(waits_of(agency, pop), pop, day)) is there


def test_waits_across_the_suspension() -> None:
    homes, agencies = BY_ID["childrens_homes"], BY_ID["fostering_agencies"]
    waits = waits_of(home(date(2019, 9, 2), date(2021, 9, 6)), homes)
    known = date(2021, 12, 1).toordinal()
    (cut,) = [wait for wait in counted(waits, homes, known) if wait.began < STOPPED]
    assert (cut.left, cut.ended) == (STOPPED - 1, False)
    (paused,) = [wait for wait in counted(waits, agencies, known) if wait.left == date(2021, 9, 6).toordinal()]
    assert paused.left - paused.began == date(2021, 9, 6).toordinal() - date(2019, 9, 2).toordinal() - (BACK - STOPPED)


def test_two_inspections_within_three_weeks_are_one() -> None:
    pop = BY_ID["childrens_homes"]
    assert len(waits_of(home(date(2022, 5, 2), date(2022, 5, 23)), pop)) == 1
    assert len(waits_of(home(date(2022, 5, 2), date(2022, 5, 24)), pop)) == 2


# Forecasts


@settings(max_examples=60)
@given(st.dates(date(2023, 8, 1), date(2026, 9, 1)), st.floats(0.05, 0.9), st.floats(0.05, 0.9))
def test_more_of_the_chances_take_at_least_as_many_days(day: date, one: float, other: float) -> None:
    told = practice.forecast(council(date(2023, 5, 8)), as_of=day)
    less, more = sorted((one, other))
    short, long = told.interval(less), told.interval(more)
    if short and long:
        assert short.days <= long.days
        assert short.first > day
    odds = [told.odds(weeks=weeks) for weeks in range(1, 120)]
    assert None not in odds
    assert odds == sorted(odds, key=lambda number: number or 0)
    assert told.evidence is not None


@settings(max_examples=40)
@given(st.dates(date(2022, 1, 10), date(2025, 6, 1)))
def test_nothing_that_came_later_changes_a_forecast(day: date) -> None:
    days = (date(2021, 9, 6), date(2022, 10, 3), date(2023, 11, 6), date(2024, 9, 2))
    known = tuple(one for one in days if one <= day)
    assert practice.forecast(home(*days), as_of=day) == practice.forecast(home(*known), as_of=day)


@pytest.mark.parametrize(
    ("subject", "day", "said"),
    [
        (home(), date(2025, 3, 2), "Nothing is on record"),
        (home(date(2024, 9, 2)), date(2024, 10, 6), "was not out"),
        (home(date(2024, 9, 2)), date(2024, 10, 7), ""),
        (council(date(2023, 5, 8)), date(2026, 6, 7), ""),
        (council(date(2019, 5, 8)), date(2020, 6, 7), "knows nothing before"),
        (council(date(2021, 7, 5)), date(2030, 6, 7), "longer than any wait that has ended"),
        (ir.Provider(type="supported_accommodation", name="S"), date(2025, 3, 2), "Too few waits"),
        (ir.Provider(type="secure_training_centre", name="S"), date(2025, 3, 2), "Too few waits"),
    ],
)
def test_where_practice_says_nothing_it_says_why(subject: Subject, day: date, said: str) -> None:
    told = practice.forecast(subject, as_of=day)
    assert said in told.reason
    assert bool(told.reason) == bool(said)
    if said:
        assert told.interval(0.8) is None
        assert told.odds(weeks=13) is None
        assert "no forecast" in str(told)
    else:
        assert told.interval(0.8) is not None
        assert str(told).startswith("Practice, not policy.")


def test_visits_are_forecast_only_where_another_one_comes() -> None:
    def after(grade: str, *visits: date) -> ir.LocalAuthority:
        graded = ir.Event(
            activity="ilacs_standard",
            started=date(2023, 5, 8),
            ended=date(2023, 5, 19),
            published=date(2023, 7, 3),
            judgements={"overall": grade},
        )
        made = [
            ir.Event(activity="focused_visit", started=day, ended=add_days(day, 1), published=add_days(day, 40))
            for day in visits
        ]
        return ir.LocalAuthority(name="A council", events=[graded, *made])

    def told(subject: ir.LocalAuthority) -> practice.Forecast:
        return practice.forecast(subject, as_of=date(2024, 12, 1), activity="focused_visit")

    assert told(after("good")).interval(0.8)
    assert told(after("requires_improvement", date(2024, 3, 4))).interval(0.8)
    assert told(after("good", date(2024, 3, 4))).interval(0.8) is None
    assert told(after("requires_improvement", date(2024, 3, 4), date(2024, 9, 9))).interval(0.8) is None
    assert told(after("inadequate")).interval(0.8) is None


def test_every_forecast_says_that_the_reform_is_not_in_it() -> None:
    told = practice.forecast(council(date(2023, 5, 8)), as_of=date(2026, 6, 7))
    assert "began before the reform of April 2026" in str(told)


def test_the_first_monitoring_visit_of_a_home_is_forecast_by_day() -> None:
    told = practice.forecast(
        home(date(2024, 9, 2), grade="inadequate"), as_of=date(2024, 10, 8), activity="monitoring_visit"
    )
    run = told.interval(0.8)
    assert told.step == 1
    assert run is not None
    assert run.days <= 30


@pytest.mark.parametrize("share", [0, 1, 0.0, 1.0, -0.1, 80, "0.8", None])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ir.RecordError, match="share"):
        practice.forecast(council(date(2023, 5, 8)), as_of=date(2026, 6, 7)).interval(share)


@pytest.mark.parametrize("weeks", [0, -1, 1.5, True, "4"])
def test_a_number_of_weeks_that_is_none_is_refused(weeks: int) -> None:
    with pytest.raises(ir.RecordError, match="weeks"):
        practice.forecast(council(date(2023, 5, 8)), as_of=date(2026, 6, 7)).odds(weeks=weeks)


def test_a_whole_register_in_columns() -> None:
    found = practice.forecasts([*register(3), council(date(2023, 5, 8))], as_of=date(2025, 3, 2))
    columns = found.columns()
    assert {len(column) for column in columns.values()} == {4}
    assert columns["within_13_weeks"] == [one.odds(weeks=13) for one in found]
    assert found[:2][1] == found[1]


# The table


def test_a_table_does_not_depend_on_the_order_of_subjects() -> None:
    homes = register()
    one, other = (practice.fit(given_, known_by=date(2025, 3, 23)) for given_ in (homes, homes[::-1]))
    assert one.fingerprint == other.fingerprint
    assert practice.Table.model_validate_json(one.model_dump_json()) == one


def test_a_table_of_its_own_is_used_and_has_no_trial() -> None:
    table = practice.fit(register(), known_by=date(2025, 3, 23))
    told = practice.forecast(home(date(2024, 6, 3)), as_of=date(2025, 3, 2), table=table)
    assert told.evidence is not None
    assert told.evidence.waits == table.populations[0].waits
    assert told.evidence.tried is None
    assert practice.forecast(council(date(2023, 5, 8)), as_of=date(2026, 6, 7), table=table).reason


def test_a_table_that_was_altered_or_made_otherwise_is_refused() -> None:
    text = practice.load_table().model_dump_json()
    with pytest.raises(ir.RecordError, match="fingerprint"):
        practice.Table.model_validate_json(text.replace('"waits":', '"waits":1', 1))
    with pytest.raises(ir.RecordError, match="method"):
        practice.Table.model_validate_json(text.replace(f'"method":"{METHOD}"', '"method":"0"'))


@pytest.mark.parametrize(
    "subjects",
    [
        [],
        [home(date(2023, 5, 8))] * 30,
        [council(date(2023, 5, 8))],
        [home(date(2023, 5, 8), registered=date(2021, 9, 6)), home(date(2024, 5, 7), registered=date(2022, 4, 4))] * 15,
    ],
)
def test_snapshots_are_no_histories(subjects: list[Subject]) -> None:
    with pytest.raises(ir.RecordError, match="no wait has ended"):
        practice.fit(subjects, known_by=date(2025, 3, 23))
    with pytest.raises(ir.RecordError, match="there was nothing to ask"):
        practice.backtest(subjects, from_=date(2023, 6, 4), to=date(2024, 3, 3), every=13)


@pytest.mark.parametrize(("since", "refused"), [(date(2023, 5, 8), True), (date(2023, 5, 7), False), (None, False)])
def test_a_record_that_begins_with_its_own_first_inspection_does_not_choose_its_waits(
    since: date | None, refused: bool
) -> None:
    """A file of the latest two inspections of each home: what it covers begins with the first of the two."""
    covers = [ir.Covered(activity="full_inspection", since=since, until=date(2025, 3, 1))]
    homes = [home(date(2023, 5, 8), date(2024, 5, 7)).model_copy(update={"covers": tuple(covers)})] * 3
    if refused:
        with pytest.raises(ir.RecordError, match="no wait has ended"):
            practice.fit(homes, known_by=date(2025, 3, 23))
    else:
        assert practice.fit(homes, known_by=date(2025, 3, 23)).populations[0].ended == 3
    # It is asked about all the same.
    assert practice.forecast(homes[0], as_of=date(2025, 2, 2)).interval(0.8)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the files in ../shared/published are not here")
@pytest.mark.parametrize("year", [2018, 2024])
def test_published_snapshots_are_refused(year: int) -> None:
    given = ir.read(PUBLISHED / f"provider_at_march_{year}.csv")
    with pytest.raises(ir.RecordError, match="no wait has ended"):
        practice.fit(given.subjects, known_by=date(year, 3, 1))


@pytest.mark.parametrize("kind", ["independent_fostering_agency", "residential_family_centre"])
def test_a_new_setting_on_a_cycle_waits_from_its_registration(kind: str) -> None:
    told = practice.forecast(
        ir.Provider(type=kind, name="A setting", registered=date(2024, 3, 4)), as_of=date(2024, 6, 2)
    )
    assert told.interval(0.8)
    assert told.evidence is not None
    assert told.evidence.group.endswith("new")
    assert told.evidence.waited == 12


def test_a_wait_longer_than_any_of_its_group_is_beyond_experience() -> None:
    """Agencies judged good wait for years; new ones were never seen to wait half as long."""
    table = practice.load_table().of("fostering_agencies")
    assert table is not None
    cells = {cell.group: cell for cell in table.cells}
    new, good = cells["new"].longest, cells["good"].longest
    assert new < good
    registered = date(2021, 6, 7)
    agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=registered)
    last = add_days(registered, 7 * new + 6)
    assert practice.forecast(agency, as_of=last).interval(0.5)
    told = practice.forecast(agency, as_of=add_days(last, 1))
    assert told.interval(0.5) is None
    assert told.reason == (
        f"It has waited {new + 1} weeks, longer than any wait of its group, new, that has ended ({new} weeks)."
    )


def test_columns_mark_a_record_that_ends_before_the_day_asked() -> None:
    covers = (ir.Covered(activity="full_inspection", until=date(2024, 12, 31)),)
    short = home(date(2024, 6, 3)).model_copy(update={"covers": covers})
    columns = practice.forecasts([short, home(date(2024, 6, 3)), home()], as_of=date(2025, 3, 2)).columns()
    assert "after 31 December 2024" in str(columns["unseen"][0])
    assert columns["unseen"][1:] == ["", ""]


@pytest.mark.parametrize(
    ("since", "longest"), [(None, 60), (date(2010, 1, 1), 213), (date(2022, 1, 1), 50)], ids=["fit", "ever", "late"]
)
def test_analysts_go_by_the_waits_of_their_own_stretch(since: date | None, longest: int) -> None:
    days = [date(2012, 1, 2), add_days(date(2012, 1, 2), 700), date(2018, 1, 1), add_days(date(2018, 1, 1), 420)]
    homes = [home(*days), *(home(date(2022, 1, 3), add_days(date(2022, 1, 3), 350)) for _ in range(5))]
    waits = {number: waits_of(one, BY_ID["childrens_homes"], number) for number, one in enumerate(homes)}
    trial = practice.Trial(folds=False, analysts_since=since)
    ((_, lasting),) = _known(waits, BY_ID["childrens_homes"], date(2024, 1, 7), trial, {}).values()
    assert max(lasting.lengths[GOOD]) == longest


def test_a_population_that_is_not_measured_is_refused() -> None:
    with pytest.raises(ir.UnknownWordError, match="childrens_homes"):
        practice.fit(register(), known_by={"childrens_home": date(2025, 3, 23)})


@pytest.mark.skipif(not DATA.exists(), reason="the collections in ../shared/data are not here")
def test_the_shipped_table_is_what_fitting_the_collections_gives() -> None:
    assert shipped(str(DATA / "local_authority_events.csv"), str(DATA / "provider_events.csv")) == practice.load_table()


@pytest.mark.skipif(not DATA.exists(), reason="the collections in ../shared/data are not here")
def test_fitting_the_same_histories_twice_writes_the_same_bytes() -> None:
    paths = (str(DATA / "local_authority_events.csv"), str(DATA / "provider_events.csv"))
    assert shipped(*paths).model_dump_json() == shipped(*paths).model_dump_json()


def test_a_small_group_leans_on_a_larger_one() -> None:
    """Ten waits of 100 weeks, leaning on three of 200, move towards them."""
    few = [as_wait(weeks, 1000) for weeks in normal(100, 10, 10)]
    alone, leaning = fit_bell(few), fit_bell(few, Bell(200, 10), 3.0)
    assert alone.mean == pytest.approx(100, abs=1)
    assert leaning.mean == pytest.approx((10 * 100 + 3 * 200) / 13, abs=1)
    assert fit_bell([], Bell(200, 10), 3.0) == Bell(200, 10)


def test_the_parent_of_a_small_group_is_named() -> None:
    cells = {cell.group: cell for fitted in practice.load_table().populations for cell in fitted.cells}
    small = next(
        name
        for name, cell in cells.items()
        if name.startswith("boarding_school, ") and not name.endswith("new") and cell.ended < 20
    )
    grade = small.partition(", ")[2]
    school = ir.Provider(
        type="boarding_school",
        name="A school",
        events=[
            ir.Event(
                activity="full_inspection",
                started=date(2024, 2, 6),
                published=date(2024, 3, 12),
                judgements={"overall": grade},
            )
        ],
    )
    told = practice.forecast(school, as_of=date(2025, 3, 2))
    assert told.evidence is not None
    assert told.evidence.ended_of_group < 20
    assert told.evidence.taken_from
    assert "rest on those of a larger one" in str(told)


def test_the_documents_print_the_scores_of_the_back_test() -> None:
    """Each row of the guide's table is that of the scores that `make backtest` wrote for the shipped table."""
    scores = json.loads((ROOT / "docs" / "practice" / "scores.json").read_text(encoding="utf-8"))
    assert scores["table"] == practice.load_table().fingerprint
    guide = (ROOT / "docs" / "practice.md").read_text(encoding="utf-8")
    for name in scores["populations"]:
        ours = best(scores["populations"][name])
        low, high = (round(bound) for bound in ours["bounds"])
        held = f"{low}" if low == high else f"{low} to {high}"
        row = f"| {ours['questions']:,}; {ours['subjects']:,} | {held} | {ours['widths'][1]:.0f} | {ours['crps']:.1f} |"
        assert row in guide, f"{name}: {row}"
    for picture, drawn in PICTURES.items():
        assert (ROOT / "docs" / "practice" / picture).read_text(encoding="utf-8") == drawn(scores["populations"])


# Trials


def test_scores_by_hand() -> None:
    """Chances of a half in each of two weeks; the wait ends in the second."""
    judged = judge([0.5, 0.5], Question(0, 1, 9, 7))
    assert judged.crps == pytest.approx(7 * 0.25)
    assert judged.held == (0.0, 1.0, 1.0)  # the 50% run is the first week alone
    assert judged.widths == (7, 14, 14)
    open_ = judge([0.5, 0.5], Question(1, None, 0, 7))
    assert open_.crps == pytest.approx(7 * 0.25)
    assert open_.held == (0.0, 1.0, 1.0)
    both = score([judged, open_])
    assert (both.questions, both.decided, both.subjects) == (2, 1, 2)
    assert both.bounds == (50.0, 100.0)


def test_a_back_test_asks_only_of_numbers_fitted_without_the_subject() -> None:
    homes, population = register(), BY_ID["childrens_homes"]
    waits = {number: waits_of(one, population, number) for number, one in enumerate(homes)}
    known = _known(waits, population, date(2024, 1, 7), practice.TRIALS["childrens_homes"], {})
    assert {fold: numbers.subjects for fold, (numbers, _) in known.items()} == dict.fromkeys(range(5), 48)
    tried = practice.backtest(homes, from_=date(2022, 9, 4), to=date(2022, 9, 4))
    assert {result.population for result in tried.results} == {"childrens_homes"}
    with pytest.raises(ir.RecordError, match="population"):
        tried.of("authorities")


def test_nothing_that_answers_knows_of_practice() -> None:
    package = ROOT / "src" / "ilacs_rules"
    users: set[str] = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ilacs_rules.practice"):
                users.add(path.relative_to(package).parts[0])
    assert users <= {"practice", "outlook", "cli"}


# On the command line


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["forecast", *words])


@pytest.mark.parametrize(
    ("covers", "said"),
    [
        ("inspections", ""),
        ([], "The record would not show whether it has come since; if it has, this does not hold."),
        (
            [ir.Covered(activity="full_inspection", until=date(2025, 3, 31))],
            "The record would not show whether it has come after 31 March 2025; if it has, this does not hold.",
        ),
        ([ir.Covered(activity="full_inspection", until=date(2025, 6, 1))], ""),
    ],
)
def test_a_record_that_ends_before_the_day_says_so(covers: Any, said: str) -> None:
    """A wait that the record would not show the end of may be over."""
    found = [ir.Event(activity="full_inspection", started=date(2024, 7, 2), judgements={"overall": "good"})]
    one = ir.Provider(type="childrens_home", name="A home", events=found, covers=covers)
    told = practice.forecast(one, as_of=date(2025, 6, 1))
    assert told.evidence is not None
    assert told.interval(0.8) is not None
    assert told.evidence.unseen == said
    assert said in str(told)
    assert said in ir.outlook(one, as_of=date(2025, 6, 1)).to_markdown().replace("\\", "")


def test_the_command_says_when_or_why_not(tmp_path: Path) -> None:
    one, many = tmp_path / "one.json", tmp_path / "many.json"
    one.write_text(council(date(2023, 5, 8)).model_dump_json(), encoding="utf-8")
    service = ir.Provider(type="supported_accommodation", name="A service")
    texts = (subject.model_dump_json() for subject in (council(date(2023, 5, 8)), service))
    many.write_text(f"[{','.join(texts)}]", encoding="utf-8")
    alone = run(str(one), "--as-of", "2026-06-07")
    assert alone.exit_code == 0
    assert alone.stdout.startswith("Practice, not policy.")
    assert max(len(line) for line in alone.stdout.splitlines()) <= 100
    assert "began before the reform of April 2026" in " ".join(alone.stdout.split())
    together = run(str(many), "--as-of", "2026-06-07")
    assert "Too few waits" in together.stdout
    assert "began before the reform of April 2026" in " ".join(together.output.split())
    assert "would not show" not in together.output
    entries = json.loads(run(str(many), "--as-of", "2026-06-07", "--json").stdout)
    assert [entry["intervals"]["80%"] is None for entry in entries] == [False, True]
    refused = run(str(one), "--as-of", "2026-06-07", "--activity", "focus_visit")
    assert refused.exit_code == 2
    assert "focused_visit" in refused.stderr


def test_the_command_counts_the_records_that_end_too_soon(tmp_path: Path) -> None:
    """A list of one day, asked about a later one, holds forecasts that may be over."""
    ends = [ir.Covered(activity="full_inspection", until=date(2025, 3, 31))]
    known = home(date(2024, 7, 2), name="Known")
    ended = known.model_copy(update={"name": "Ended", "covers": tuple(ends)})
    texts = (each.model_dump_json() for each in (known, ended))
    (tmp_path / "homes.json").write_text(f"[{','.join(texts)}]", encoding="utf-8")
    said = " ".join(run(str(tmp_path / "homes.json"), "--as-of", "2025-06-01").output.split())
    assert "For 1 of these forecasts the record would not show whether it has come by now" in said
