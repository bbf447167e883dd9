"""What an answer says of the record that it rests on."""

from datetime import date

import pytest

import ilacs_rules as ir
from ilacs_rules.outlook.spoken import spoken


def test_a_day_that_a_window_does_without_is_not_called_missing() -> None:
    """An authority without area SEND failings has no third monitoring across both frameworks to count from."""
    inadequate = ir.Event(
        activity="ilacs_standard",
        started="2023-09-10",
        ended="2023-09-21",
        published="2023-11-01",
        judgements={"overall": "inadequate"},
    )
    visits = [ir.Event(activity="monitoring_visit", started=day) for day in ("2025-07-12", "2025-10-02", "2026-01-12")]
    authority = ir.LocalAuthority(name="An authority", events=[inadequate, *visits])
    (answer,) = [found for found in ir.answers(authority, as_of="2026-03-01") if found.track == "monitoring"]
    assert (answer.window.opens, answer.window.closes) == (date(2026, 4, 1), date(2026, 6, 30))
    assert not [note for note in answer.notes if note.startswith("Not on record")]


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2024-09-27", ""),
        (
            "2024-09-28",
            "It began on 16 September 2024 and by this rule would have ended by 27 September 2024, 1 day ago",
        ),
    ],
)
def test_an_inspection_is_not_said_to_be_under_way_for_ever(as_of: str, said: str) -> None:
    """Two weeks on site are over, and the file lacks the last day: the reader is told from the next day on."""
    event = ir.Event(activity="ilacs_standard", started="2024-09-16")
    answer = ir.next_activity(ir.LocalAuthority(name="Devon", events=[event], covers="inspections"), as_of=as_of)
    assert answer.status == "under_way"
    assert [note for note in answer.notes if said and note.startswith(said)] == [
        f"{said}; no last day is on record. The record may be incomplete."
    ] * bool(said)
    assert ("is under way, to be expected" in spoken(answer)[0]) is not bool(said)
    assert ("no later day on record says that it has ended" in spoken(answer)[0]) is bool(said)


def test_where_no_rule_says_how_long_it_takes_no_number_is_made_up() -> None:
    event = ir.Event(activity="ilacs_inspection", started="2024-09", precision="month")
    answer = ir.next_activity(ir.LocalAuthority(name="Devon", events=[event], covers="inspections"), as_of="2025-02-03")
    (note,) = [note for note in answer.notes if "counts as under way" in note]
    assert note == "It began in September 2024 and no last day is on record: that alone is why it counts as under way."
