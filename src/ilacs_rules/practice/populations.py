"""The groups of subjects that are measured together, each with what its waits are and how they are counted.

Everything here is data with a reason. Most published files lack closing days, so a limit of open waits
(``closed_after``) stands in for them. A setting that has waited longer without an inspection has usually closed.
"""

from datetime import date
from typing import Literal, NamedTuple

from ilacs_rules.errors import UnknownWordError, nearest
from ilacs_rules.vocabulary import GRADED, Activity, ProviderType

__all__ = ["BY_ID", "GRADES", "NOT_MEASURED", "POPULATIONS", "Population", "population_of"]

Method = Literal["year", "bell", "log_logistic", "run"]
Scale = Literal["month", "week"]

GRADES = ("outstanding", "good", "requires_improvement", "inadequate", "new", "other")
"""What a wait begins with: a grade, the registration of a new setting, or anything else (an older scale, none)."""


class Population(NamedTuple):
    """Subjects whose waits are measured together.

    Attributes:
        id, words: its name in the table, and in a sentence.
        what: what is forecast, in words.
        method: ``year``, ``bell``, ``log_logistic`` or ``run``; see below.
        asks: the activity that is forecast.
        begins, ends: the activities that a wait runs from, and to.
        cuts: what ends the counting of a wait, although it is not what was waited for.
        types: the kinds of subject.
        since: the earliest first day of a wait that is counted.
        across: what happens to a wait that the suspension of 2020 to 2021 interrupts. It is left out from then on, or
            counted without the days of the suspension.
        closed_after: by grade, after how many weeks an open wait counts as that of a closed setting.
        by_grade: whether grades have numbers of their own.
        classes: what stands in the place of each grade, if it is more than the grade.
        scale: the calendar, by month or by week of the year.
        weeks: how far ahead a forecast looks.
        leans_on: a larger population whose rates a small one starts from.
        leans: how many waits of the larger group are added to each group; see below.

    ``year`` uses chances by inspection year and month, and ``bell`` a mean and a spread. ``run`` uses the shortest run
    of the waits seen.

    ``leans`` lets small groups lean on the larger one. With 0 nothing is added, and a group with too few ended waits
    takes the numbers of the larger one.

    >>> sorted(known_population("authorities").types)
    ['local_authority']
    >>> known_population("childrens_homes").method
    'year'
    """

    id: str
    words: str
    what: str
    method: Method
    asks: Activity
    types: frozenset[str]
    begins: frozenset[Activity]
    ends: frozenset[Activity]
    cuts: frozenset[Activity] = frozenset()
    since: date = date(2015, 4, 1)
    across: Literal["left_out", "paused"] = "left_out"
    closed_after: tuple[int | None, ...] = (None,) * len(GRADES)
    by_grade: bool = True
    classes: tuple[str, ...] = GRADES
    scale: Scale = "month"
    weeks: int = 130
    leans_on: str = ""
    leans: float = 0.0


_FULL = frozenset({Activity.FULL_INSPECTION})
_AUTHORITY = frozenset({"local_authority"})
_ILACS = frozenset({Activity.ILACS_STANDARD, Activity.ILACS_SHORT, Activity.ILACS_INSPECTION})
# Of the homes that waited longer than this and were not seen again, one in three is known to have closed.
_HOMES_CLOSED = (62, 62, 62, 45, 26, 62)
# In both halves of the settings, odds came true better the sooner an open wait counted as that of a closed one.
_OTHERS_CLOSED = (54, 54, 54, 45, 26, 54)
_AGENCIES_CLOSED = (240, 240, 120, 75, 110, 240)

POPULATIONS = (
    Population(
        "childrens_homes",
        "children's homes",
        "next full inspection",
        "year",
        Activity.FULL_INSPECTION,
        frozenset({ProviderType.CHILDRENS_HOME}),
        _FULL,
        _FULL,
        closed_after=_HOMES_CLOSED,
    ),
    Population(
        "other_year_bound",
        "residential special schools, schools registered as homes, secure homes and holiday schemes",
        "next full inspection",
        "year",
        Activity.FULL_INSPECTION,
        frozenset(
            {
                ProviderType.RESIDENTIAL_SPECIAL_SCHOOL,
                ProviderType.SCHOOL_AND_CHILDRENS_HOME,
                ProviderType.SECURE_CHILDRENS_HOME,
                ProviderType.RESIDENTIAL_HOLIDAY_SCHEME,
            }
        ),
        _FULL,
        _FULL,
        closed_after=_OTHERS_CLOSED,
        leans_on="childrens_homes",
    ),
    Population(
        "fostering_agencies",
        "independent fostering agencies",
        "next full inspection",
        "bell",
        Activity.FULL_INSPECTION,
        frozenset({ProviderType.INDEPENDENT_FOSTERING_AGENCY}),
        _FULL,
        _FULL,
        across="paused",
        closed_after=_AGENCIES_CLOSED,
        weeks=312,
    ),
    Population(
        "other_cycle_types",
        "family centres, adoption agencies, adoption support agencies, boarding schools and residential colleges",
        "next full inspection",
        "bell",
        Activity.FULL_INSPECTION,
        frozenset(
            {
                ProviderType.RESIDENTIAL_FAMILY_CENTRE,
                ProviderType.VOLUNTARY_ADOPTION_AGENCY,
                ProviderType.ADOPTION_SUPPORT_AGENCY,
                ProviderType.BOARDING_SCHOOL,
                ProviderType.FURTHER_EDUCATION_RESIDENTIAL,
            }
        ),
        _FULL,
        _FULL,
        across="paused",
        closed_after=_AGENCIES_CLOSED,
        weeks=312,
        leans=3.0,
    ),
    Population(
        "authorities",
        "local authorities, graded inspections under ILACS",
        "next graded inspection",
        "bell",
        Activity.ILACS_INSPECTION,
        _AUTHORITY,
        _ILACS,
        _ILACS,
        since=date(2021, 6, 28),
        by_grade=False,
        scale="week",
        weeks=312,
    ),
    Population(
        "focused_visits",
        "local authorities, focused visits between two graded inspections",
        "next focused visit",
        "log_logistic",
        Activity.FOCUSED_VISIT,
        _AUTHORITY,
        _ILACS | {Activity.FOCUSED_VISIT},
        frozenset({Activity.FOCUSED_VISIT}),
        cuts=_ILACS | {Activity.JTAI},
        since=date(2021, 4, 12),
        classes=(
            "first visit after outstanding",
            "first visit after good",
            "first visit after requires improvement",
            "",
            "",
            "second visit after requires improvement",
        ),
        weeks=208,
    ),
    Population(
        "homes_after_inadequate",
        "children's homes judged inadequate, first monitoring visit",
        "first monitoring visit",
        "run",
        Activity.MONITORING_VISIT,
        frozenset({ProviderType.CHILDRENS_HOME}),
        _FULL,
        frozenset({Activity.MONITORING_VISIT}),
        cuts=_FULL,
        since=date(2021, 4, 12),
        weeks=75,
    ),
)
"""Every population that was measured: whom it is of, what they wait for, and how its forecast is made."""
NOT_MEASURED = {
    ("local_authority", Activity.MONITORING_VISIT): (
        "Too few monitoring visits of authorities are on record with an exact day to judge a forecast of them."
    ),
}
"""Where somebody may well ask and nothing is said: for whom and what, with the reason."""
BY_ID = {population.id: population for population in POPULATIONS}


def population_of(subject_type: str, activity: Activity | None = None) -> Population | None:
    """The population that a kind of subject belongs to for an activity; without one, for its next full inspection.

    >>> population_of("childrens_home").id
    'childrens_homes'
    >>> population_of("supported_accommodation") is None  # too few waits have ended
    True
    """
    for population in POPULATIONS:
        asked = (
            activity is None
            or activity is population.asks
            or (population.asks in GRADED and activity in population.ends)
        )
        if subject_type in population.types and asked:
            return population
    return None


def known_population(name: str) -> Population:
    """A population by its name.

    Raises:
        UnknownWordError: there is no population of that name. The message gives the nearest.

    >>> known_population("authorities").method
    'bell'
    >>> known_population("homes")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: population: is not a population that is measured ...
    """
    if name not in BY_ID:
        raise UnknownWordError(
            "is not a population that is measured", field="population", value=name, expected=nearest(name, BY_ID)
        )
    return BY_ID[name]
