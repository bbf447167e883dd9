"""What callers may write: each line is taken by type checkers without pydantic's plugin, and by the records."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

import ilacs_rules as ir

WORDS = ir.Event(
    activity="ilacs_standard",
    started="2023-07-10",
    ended=date(2023, 7, 21),
    published=None,
    judgements={"overall": "good", "leaders": ir.Grade.GOOD, "care_leavers": None},
    note="from the council's own sheet",
)
MEMBERS = ir.Event(
    activity=ir.Activity.FOCUSED_VISIT,
    started="2024-03",
    judgements=ir.Judgements(),
    outcome=ir.Outcome.AREAS_FOR_PRIORITY_ACTION,
    precision="month",
)
GRADES: dict[str, str] = {"overall": "requires_improvement"}
ROWS: list[dict[str, Any]] = [{"activity": "annual_engagement_meeting", "started": "2024-06-03"}]
PLAIN: dict[str, str] = {"activity": "self_evaluation", "started": "2024-02-01"}
MAPPED: Mapping[str, object] = {"activity": "jtai", "started": date(2022, 5, 9)}


def told() -> Iterator[ir.Event]:
    yield ir.Event(activity="ilacs_short", ended="2019-03-08", judgements=GRADES)


AUTHORITIES = [
    ir.LocalAuthority(name="A list", events=[WORDS, MEMBERS]),
    ir.LocalAuthority(name="A tuple", urn="1", events=(WORDS,), covers=["focused_visit", ir.Activity.JTAI]),
    ir.LocalAuthority(name="A generator", events=told(), covers="everything", created="1998-04-01"),
    ir.LocalAuthority(name="Rows", events=ROWS, covers=(ir.Covered(activity="jtai", until="2026-01-27"),)),
    ir.LocalAuthority(name="Mappings", events=[PLAIN, MAPPED], covers=[{"activity": "jtai", "since": "2024-01-31"}]),
]
PROVIDERS = [
    ir.Provider(type="childrens_home", name="A home", registered="2024-01-31"),
    ir.Provider(type=ir.ProviderType.CHILDRENS_HOME, name="A home", registered=date(2024, 1, 31)),
]
SUBJECTS: list[ir.Subject] = [*AUTHORITIES, *PROVIDERS]
WINDOW = ir.DueWindow(opens="2024-05-15", closes=date(2024, 11, 15))


class Body(BaseModel):
    """A record in a model of the caller's."""

    subject: ir.Subject
    event: ir.Event | None = None


def asked(body: Body, rows: list[Mapping[str, object]]) -> tuple[str, date | None, bool]:
    """Questions, with the day as a date or as its text; and what comes out has its own types."""
    answer = ir.next_activity(body.subject, as_of="2024-01-10")
    every: ir.Answers = ir.required_activities(body.subject, as_of=date(2024, 1, 10))
    ahead = ir.what_would_change(body.subject, as_of="2024-01-10", until="2025-01-10")
    subject = ir.LocalAuthority(name="From rows", events=rows)
    first: tuple[ir.Event, ...] = subject.events
    grade: ir.Grade | None = first[0].judgements.overall if first else None
    return str(answer.activity), every[0].window.closes, grade is ir.Grade.GOOD and "2024-06-01" in ahead.answer.window
