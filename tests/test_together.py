"""Snapshots, sheets of a year and leavers say together what a cleaned collection says; where not, why not."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from benchmarks.reading import TOGETHER, compared, providers, why

import ilacs_rules as ir

SHARED = Path(__file__).parents[2] / "shared"
FILES, COLLECTION = SHARED / "published", SHARED / "data" / "provider_events.csv"

there = pytest.mark.skipif(
    not (FILES.is_dir() and COLLECTION.exists()), reason="the real files are not on this machine"
)


@cache
def collection() -> dict[str, ir.Provider]:
    return providers(ir.read(COLLECTION))


@there
@pytest.mark.parametrize(("names", "day", "out"), TOGETHER, ids=str)
def test_the_same_provider_is_answered_alike_or_it_is_known_why_not(
    names: tuple[str, ...], day: date, out: date
) -> None:
    if not all(name.endswith(".csv") for name in names):
        pytest.importorskip("python_calamine")
    found = compared(providers(ir.read([FILES / name for name in names])), collection(), day, out)
    assert "not explained" not in found, found["not explained"][:10]
    both = sum(map(len, found.values()))
    assert both > 1_000
    # The sheets of 2023 do not show what began in the last three months and was not out by April: a fifth of the homes.
    assert len(found["same"]) > 0.8 * both


def a_home(*events: ir.Event, covers: object = "inspections") -> ir.Provider:
    home = {"type": "childrens_home", "name": "A home", "urn": "SC000001", "events": list(events), "covers": covers}
    return ir.Provider.model_validate(home)


FULL = ir.Event(activity="full_inspection", started=date(2022, 5, 9), published=date(2022, 6, 20))
LATE = ir.Event(activity="full_inspection", started=date(2023, 3, 6), published=date(2023, 5, 9))
DAY, OUT = date(2023, 4, 1), date(2023, 4, 30)


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ([FULL], [FULL], "not explained"),
        ([FULL], [FULL, LATE], "after the sheets ended"),
        ([FULL, LATE], [FULL], "the sheets have and the collection has not"),
        ([FULL], [FULL.model_copy(update={"published": date(2022, 6, 21)})], "another grade or day of publication"),
    ],
)
def test_why_an_answer_is_another_is_told_by_what_the_records_hold(
    ours: list[ir.Event], theirs: list[ir.Event], said: str
) -> None:
    assert said in why(a_home(*ours), a_home(*theirs), DAY, OUT)


@there
def test_a_grade_that_a_monitoring_inspection_gave_is_no_full_inspection() -> None:
    """SC001452: inadequate in October 2024, good by a monitoring inspection in December, the only one in the snapshot,
    under the title of the latest full inspection: of that alone it cannot be said when the next is due."""
    (alone,) = (each for each in ir.read(FILES / "provider_at_march_2025.csv").subjects if each.urn == "SC001452")
    assert [(str(event.activity), event.started) for event in alone.events] == [("monitoring_visit", date(2024, 12, 3))]
    answer = ir.next_activity(alone, as_of=date(2025, 4, 1))
    assert (str(answer.status), str(answer.certainty)) == ("open", "inferred")
    assert answer.rule == "home_with_no_inspection_on_record_this_year_which_may_have_had_one"
    pytest.importorskip("python_calamine")
    (whole,) = (each for each in ir.read(FILES / "provider_at_march_2025.ods").subjects if each.urn == "SC001452")
    assert [(str(event.activity), event.started) for event in whole.events] == [
        ("full_inspection", date(2024, 10, 14)),
        ("monitoring_visit", date(2024, 12, 3)),
    ]
