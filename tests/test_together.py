"""Snapshots, sheets of a year and leavers say together what a cleaned collection says; where not, why not."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from benchmarks.together import NOT_EXPLAINED, SAME, TOGETHER, Sheets, all_together, compared, providers, why

import ilacs_rules as ir

SHARED = Path(__file__).parents[2] / "shared"
FILES, COLLECTION = SHARED / "published", SHARED / "data" / "provider_events.csv"

there = pytest.mark.skipif(
    not (FILES.is_dir() and COLLECTION.exists()), reason="the real files are not on this machine"
)


@cache
def collection() -> dict[str, ir.Provider]:
    return providers(ir.read(COLLECTION))


ALIKE = {2016: 0.98, 2018: 0.98, 2020: 0.99, 2022: 0.99, 2023: 0.95, 2024: 0.99, 2025: 0.97}
"""The share that is answered alike. What is less in 2023 and 2025 comes of closures, of which only the sheets tell."""


@there
@pytest.mark.parametrize("sheets", TOGETHER, ids=lambda sheets: f"{sheets.title} {sheets.days[0]}")
def test_the_same_provider_is_answered_alike_or_it_is_known_why_not(sheets: Sheets) -> None:
    """On the day after the sheets end, and a year later: both know what was known then."""
    if not all(name.endswith(".csv") for name in sheets.names):
        pytest.importorskip("python_calamine")
    ours = providers(ir.read([FILES / name for name in sheets.names]))
    for day in {sheets.days[0], sheets.days[-1]}:
        found = compared(ours, collection(), day, sheets)
        assert NOT_EXPLAINED not in found, found[NOT_EXPLAINED][:10]
        both = sum(map(len, found.values()))
        assert both > 1_000
        closed = sum(len(urns) for reason, urns in found.items() if "closed or resigned" in reason)
        leavers = any(name.startswith("joiners") for name in sheets.names)
        assert len(found[SAME]) + closed * leavers > ALIKE[sheets.end.year] * both


@there
def test_all_files_together_differ_for_reasons_that_are_known() -> None:
    pytest.importorskip("python_calamine")
    sheets = all_together(FILES)
    ours = providers(ir.read([FILES / name for name in sheets.names]))
    for day in (date(2018, 4, 1), date(2025, 4, 1)):
        found = compared(ours, collection(), day, sheets)
        assert NOT_EXPLAINED not in found, found[NOT_EXPLAINED][:10]
        assert len(found[SAME]) > 0.87 * sum(map(len, found.values()))


def a_home(*events: ir.Event, covers: object = "inspections", **more: object) -> ir.Provider:
    home = {"type": "childrens_home", "name": "A home", "urn": "SC000001", "events": list(events), "covers": covers}
    return ir.Provider.model_validate({**home, **more})


GOOD = {"overall": "good", "help_and_protection": "good", "leaders": "good"}
FULL = ir.Event.model_validate(
    {"activity": "full_inspection", "started": "2022-05-09", "published": "2022-06-20", "judgements": GOOD}
)
LATE = FULL.model_copy(update={"started": date(2023, 3, 6), "published": date(2023, 5, 9)})
DAY = date(2023, 4, 1)
SHOWN = (ir.Covered(activity="full_inspection", since=date(2022, 4, 1), until=date(2023, 3, 31)),)


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (a_home(FULL, covers=SHOWN), a_home(FULL, LATE, covers=SHOWN), "an inspection that only the collection has"),
        (a_home(FULL, LATE), a_home(FULL), "an inspection that only the sheets have"),
        (a_home(FULL, LATE), a_home(FULL, LATE.model_copy(update={"published": date(2023, 3, 28)})), "publication"),
        (a_home(FULL, closed=date(2023, 1, 31)), a_home(FULL), "closed or resigned"),
        (a_home(registered=date(2023, 1, 9)), a_home(registered=date(2019, 1, 9)), "another day of registration"),
        (a_home(FULL), a_home(FULL, type="independent_fostering_agency"), "another kind of provider"),
    ],
)
def test_why_an_answer_is_another_is_what_makes_it_the_same(ours: ir.Provider, theirs: ir.Provider, said: str) -> None:
    assert said in why(ours, theirs, DAY)


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
