"""Columns that are each a visit or inspection of its own, as where each row is an authority with its whole history."""

import json
from collections.abc import Iterable

from ilacs_rules.reading.matching import as_name
from ilacs_rules.reading.suggesting.seen import ColumnSeen
from ilacs_rules.reading.words import shared_words

__all__ = ["activity_in_name", "wide_remarks"]


def activity_in_name(name: str) -> str:
    """The activity whose words are in the name of a column: the longest of several, empty if there is none.

    >>> activity_in_name("Focused visit 2"), activity_in_name("Date of last ILACS short inspection")
    ('focused_visit', 'ilacs_short')
    >>> activity_in_name("Next review")
    ''
    """
    key = f"_{as_name(name)}_"
    found: dict[str, str] = {}
    for kind in ("activity.authorities", "activity.providers"):
        found |= {word: means for word, means in shared_words()[kind].items() if f"_{word}_" in key}
    return found[max(found, key=len)] if found else ""


def wide_remarks(columns: Iterable[ColumnSeen]) -> list[str]:
    """An event for each column of days that bears an activity's name, as remarks: which day it is, you decide."""
    columns = list(columns)
    grades = {activity_in_name(column.name): column.name for column in columns if column.field == "overall"}
    lines: list[str] = []
    for column in columns:
        days = column.holds in ("dates", "days as text") and not column.field
        if days and (activity := activity_in_name(column.name)):
            held = {"started": column.name} | ({"overall": grades[activity]} if activity in grades else {})
            named = ", ".join(f"{field} = [{json.dumps(name, ensure_ascii=False)}]" for field, name in held.items())
            lines += [
                "# [[event]]",
                f"# activity = {json.dumps(activity)}",
                '# needs = ["started"]',
                f"# columns = {{ {named} }}  # or ended, or published: say which day it is",
            ]
    if not lines:
        return []
    return ["", "# Each of these columns may be a visit or inspection of its own. Keep those that are:", *lines]
