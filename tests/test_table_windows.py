"""Windows of every shape, in rulebooks of a row or two: the table says what the single path says.

Which of several tracks comes next, and what a record that covers only a part makes of a window that has passed, is
worked out on columns by code of its own; the shipped rulebook has few rows in which that could be seen.
"""

from datetime import date
from functools import partial
from itertools import product
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules import tables
from small_drafts import AGENCY, FIRST, book, rule, track
from table_checks import at_once, one_by_one

COUNTED_FROM, OPENED, LAST = date(2023, 9, 1), date(2024, 3, 1), date(2024, 6, 2)
DAYS = [date(2024, 2, 29), OPENED, LAST, date(2024, 6, 3)]
SHAPES = [
    {name: day.isoformat() for name, day in zip(("runs_from", "opens", "due", "closes"), days, strict=True) if day}
    for days in product((None, COUNTED_FROM), (None, OPENED), (None, LAST), (None, LAST))
]
ODD = {"runs_from": "2024-06-20", "closes": LAST.isoformat()}  # counted from a day after its last
FIRMNESS: tuple[dict[str, Any], ...] = (
    {"strength": "usual"},
    {"strength": "may"},
    {"strength": "may", "status": "under_way"},
    {"strength": "must", "status": "awaiting_report"},
)
# Neighbours in one table, whose stretches would run into one another were they taken for one record.
SINCE = [FIRST, COUNTED_FROM, date(2023, 9, 2), OPENED, date(2024, 3, 2), LAST, date(2024, 6, 3), COUNTED_FROM, FIRST]
SHOWN = [
    ir.Provider(
        type=AGENCY,
        name=f"Covered since {since}",
        registered=FIRST,
        covers=[ir.Covered(activity="full_inspection", since=since, until=until)],
    )
    for since in SINCE
    for until in (None, LAST, OPENED)
    if until is None or since <= until
]
UNSEEN = ir.Provider(type=AGENCY, name="Covered not at all", registered=FIRST, covers=[])


def alike(small: ir.Rulebook) -> None:
    group = [*SHOWN, UNSEEN]
    for single, table in (
        (ir.next_activity, tables.next_activities),
        (ir.required_activities, tables.required_activities),
    ):
        one = one_by_one(group, DAYS, partial(single, rulebook=small))
        assert at_once(group, DAYS, partial(table, rulebook=small)) == one


@pytest.mark.parametrize(
    "window",
    [pytest.param(window, id=" ".join(window) or "no day") for window in SHAPES] + [pytest.param(ODD, id="odd")],
)
def test_a_window_is_answered_alike_whatever_the_record_covers(window: dict[str, str]) -> None:
    alike(book(rule("alone", **window)))


@pytest.mark.parametrize("one", FIRMNESS, ids=lambda one: " ".join(one.values()))
@pytest.mark.parametrize("other", FIRMNESS, ids=lambda other: " ".join(other.values()))
def test_of_two_tracks_the_same_comes_next(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Also where the one that would close first, or alone has a day, is not the firmer one."""
    both = (track(), track("other"))
    for first, second in product(SHAPES[3:16:4], SHAPES[1:16:5]):
        rules = (rule("a", **one, **first), rule("b", **other, **second, track="other"))
        alike(book(*rules, tracks=both))
