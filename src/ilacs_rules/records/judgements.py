"""What one activity judged: a grade for each area, and the areas that each kind of activity judges since when."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from ilacs_rules.errors import JudgementError, RecordError
from ilacs_rules.records.supplied import Supplied
from ilacs_rules.vocabulary import ACTIVITIES, Activity, Effectiveness, Grade, in_words

__all__ = ["NO_JUDGEMENTS", "Judgements", "areas_judged", "faults_of_judgements"]


class Judgements(Supplied):
    """The judgements that one activity gave. An area that was not judged is ``None``.

    Attributes:
        overall, leaders, help_and_protection, children_in_care, care_leavers, care_and_care_leavers: a ``Grade``.
        effectiveness: the three-point scale of interim inspections.

    Raises:
        UnknownWordError: a grade that is not on the scale. The message names the nearest.

    >>> Judgements(overall="good", leaders="outstanding").overall.value
    'good'
    >>> Judgements(overall="goood")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: overall: is not a known grade (found 'goood'; expected 'good'? (one of: \
adequate, good, inadequate, not_judged, not_recorded, outstanding, requires_improvement, satisfactory))
    """

    overall: Grade | None = None
    leaders: Grade | None = None
    help_and_protection: Grade | None = None
    children_in_care: Grade | None = None
    care_leavers: Grade | None = None
    care_and_care_leavers: Grade | None = None
    effectiveness: Effectiveness | None = None

    if TYPE_CHECKING:

        def __init__(  # noqa: PLR0913 - one for each field
            self,
            *,
            overall: Grade | str | None = None,
            leaders: Grade | str | None = None,
            help_and_protection: Grade | str | None = None,
            children_in_care: Grade | str | None = None,
            care_leavers: Grade | str | None = None,
            care_and_care_leavers: Grade | str | None = None,
            effectiveness: Effectiveness | str | None = None,
        ) -> None: ...

    def given(self) -> dict[str, Grade | Effectiveness]:
        """The judgements that were made, by area. It raises no error.

        >>> Judgements(overall="good").given()
        {'overall': <Grade.GOOD: 'good'>}
        >>> Judgements().given()
        {}
        """
        areas = cast("dict[str, Grade | Effectiveness | None]", self.__dict__)
        return {name: grade for name, grade in areas.items() if grade is not None}


NO_JUDGEMENTS = Judgements.model_construct()  # nothing to check, so importing the package builds no validator


def _judged_by(activity: Activity) -> dict[str, list[tuple[date, date]]]:
    """The areas that an activity judges, each with the stretches of days on which it does."""
    if activity is Activity.INTERIM_INSPECTION:
        return {"effectiveness": [(date.min, date.max)]}
    spans: dict[str, list[tuple[date, date]]] = {}
    for area, first, last in ACTIVITIES[activity].judges:
        spans.setdefault(area.value, []).append((first, last))
    return spans


_JUDGES = {activity: _judged_by(activity) for activity in Activity}


def faults_of_judgements(
    values: Mapping[str, Any], given: Mapping[str, Grade | Effectiveness]
) -> Iterator[RecordError]:
    """The judgements that an event of this kind, on its day, cannot have given."""
    activity: Activity | None = values.get("activity")
    started: date | None = values.get("started")
    day = started or values.get("ended") or values.get("published")
    if activity is None or day is None or not given:
        return  # nothing was judged, or another fault says what is missing
    judges = _JUDGES[activity]
    if not judges:
        yield JudgementError(
            f"{in_words(activity)} gives no judgements",
            field="judgements",
            value=", ".join(given),
            expected="none (an outcome goes in `outcome`)",
        )
        return
    for name, grade in given.items():
        for first, last in judges.get(name, ()):
            # Where the first day is not known, it may lie in an earlier edition, which judged other areas.
            if first <= day and (day <= last or not started):
                break
        else:
            allowed = areas_judged(activity, day, or_earlier=not started) or tuple(judges)
            yield JudgementError(
                f"{in_words(activity)} that began on {day} gives no judgement of this area",
                field=f"judgements.{name}",
                value=str(grade),
                expected=f"one of: {', '.join(allowed)}",
            )


def areas_judged(activity: Activity, day: date, *, or_earlier: bool = False) -> tuple[str, ...]:
    """The areas that an activity judges if it begins on ``day``. With ``or_earlier``, on that day or before.

    The areas and their days are those of the frameworks; ``ilacs_rules.vocabulary`` holds them.

    >>> areas_judged(Activity.ILACS_SHORT, date(2026, 3, 31))[0]
    'overall'
    >>> areas_judged(Activity.ILACS_SHORT, date(2026, 4, 1))  # the overall grade went
    ('leaders', 'help_and_protection', 'children_in_care', 'care_leavers')
    """
    judges = ACTIVITIES[activity].judges
    return tuple(area.value for area, first, last in judges if first <= day and (or_earlier or day <= last))
