"""What needs attention, and when: the group in which an answer is shown."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.vocabulary import Status

__all__ = ["GROUPS", "Group", "GroupWords", "group_of", "next_day_of"]


class Group(StrEnum):
    """When an activity needs attention, soonest first.

    >>> [group.value for group in Group][:3]
    ['under_way', 'passed', 'days_30']
    """

    UNDER_WAY = "under_way"
    PASSED = "passed"
    DAYS_30 = "days_30"
    DAYS_90 = "days_90"
    DAYS_180 = "days_180"
    OPEN = "open"
    LATER = "later"
    NOT_KNOWN = "not_known"


class GroupWords(NamedTuple):
    """A group in words: its title, and what stands in it."""

    title: str
    means: str


GROUPS: dict[Group, GroupWords] = {
    Group.UNDER_WAY: GroupWords("Under way", "It has begun, or its report is awaited."),
    Group.PASSED: GroupWords(
        "Has passed", "The last day, or the nominal day, has passed and nothing on record met it."
    ),
    Group.DAYS_30: GroupWords("Next 30 days", "It opens, is due or closes within 30 days."),
    Group.DAYS_90: GroupWords("31 to 90 days", "It opens, is due or closes in 31 to 90 days."),
    Group.DAYS_180: GroupWords("91 to 180 days", "It opens, is due or closes in 91 to 180 days."),
    Group.OPEN: GroupWords(
        "Open now", "It may come on any day; it closes in more than 180 days, or no last day is stated."
    ),
    Group.LATER: GroupWords("Later", "It opens in more than 180 days."),
    Group.NOT_KNOWN: GroupWords(
        "Not known",
        "No source gives a date, the record would not show whether it happened, or inspection is suspended.",
    ),
}
"""The groups in the order in which they are shown."""

_BY_STATUS = {
    Status.UNDER_WAY: Group.UNDER_WAY,
    Status.AWAITING_REPORT: Group.UNDER_WAY,
    Status.OVERDUE: Group.PASSED,
    Status.WINDOW_PASSED: Group.PASSED,
    Status.NOT_RECORDED: Group.NOT_KNOWN,
    Status.NOT_STATED: Group.NOT_KNOWN,
    Status.SUSPENDED: Group.NOT_KNOWN,
}
_SOON = ((30, Group.DAYS_30), (90, Group.DAYS_90), (180, Group.DAYS_180))


def next_day_of(answer: Answer) -> date | None:
    """The next day, from the day asked on, on which the window opens, is nominally due or closes.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> next_day_of(ir.next_activity(agency, as_of=date(2024, 8, 31)))  # it opens today
    datetime.date(2024, 8, 31)
    >>> next_day_of(ir.next_activity(agency, as_of=date(2026, 3, 31))) is None  # it has closed
    True
    """
    window = answer.window
    days = (window.opens, window.due, window.closes)
    return min((day for day in days if day and day >= answer.as_of), default=None)


def group_of(answer: Answer) -> Group:
    """The group of an answer.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> days = [date(2024, 3, 1), date(2024, 3, 4), date(2024, 8, 1), date(2024, 8, 2), date(2025, 2, 1)]
    >>> [group_of(ir.next_activity(agency, as_of=day)).value for day in days]
    ['later', 'days_180', 'days_30', 'days_30', 'passed']
    """
    if answer.status in _BY_STATUS:
        return _BY_STATUS[answer.status]
    coming = next_day_of(answer)
    if coming is None:
        return Group.PASSED if answer.window.closes or answer.window.due else Group.OPEN
    days = (coming - answer.as_of).days
    later = Group.OPEN if answer.status is Status.OPEN else Group.LATER
    return next((group for most, group in _SOON if days <= most), later)
