"""What an answer says of the record that it rests on."""

from datetime import date

import ilacs_rules as ir


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
