"""What small changes to the code showed that nothing else held: see ``docs/mutation-testing.md``."""

from datetime import date

import pytest

import ilacs_rules as ir
from ilacs_rules.dates import add_working_days
from ilacs_rules.vocabulary import Activity

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
    assert add_working_days(day, 1) == following


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
