"""When a council that some rows are about was created or abolished, as the rulebook knows it."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from ilacs_rules.reading.lifetimes import day_of
from ilacs_rules.reading.log import Log
from ilacs_rules.reading.spelling import as_council
from ilacs_rules.reading.told import Told
from ilacs_rules.records import Event
from ilacs_rules.rulebook import Council, council_of, load_rulebook

__all__ = ["CouncilsDays", "days_of_council"]


class CouncilsDays(TypedDict):
    """What an authority's record says of when it was there."""

    created: date | None
    abolished: date | None
    successors: tuple[str, ...]


def days_of_council(rows: Sequence[Told], name: str, urn: str, events: Sequence[Event], log: Log) -> CouncilsDays:
    """When a council was created, abolished, and by which councils followed.

    What the rows say themselves comes first. A day that an event contradicts is left out; of an abolition that is
    reported. An announcement is not yet a fact, and changes no record.
    """
    first = min((event.first_known for event in events), default=date.max)
    last = max((event.started for event in events if event.started), default=date.min)
    known = _known(rows, name, urn)
    created, abolished = day_of(rows, "created", log), day_of(rows, "abolished", log)
    successors: tuple[str, ...] = ()
    if abolished and (last > abolished or (created and created > abolished)):
        expected = "a day after its creation and after every event"
        log.add(
            "value left out",
            rows[-1].row,
            "abolished",
            "does not agree with the rest of the record",
            expected,
            value=str(abolished),
        )
        abolished = None
    elif known and not known.expected and not abolished:
        if created is None and known.created and known.created <= first:
            created = known.created
        if known.abolished and last > known.abolished:
            problem = f"was abolished on {known.abolished}, but an event is later: {last}"
            log.add("value left out", rows[-1].row, "name", problem, "events from before that day", value=name)
        elif known.abolished and not (created and created > known.abolished):
            abolished, successors = known.abolished, known.successors
    if abolished is None and any(told.former for told in rows):
        problem = "is said to exist no longer, but the day on which it ended is not known"
        log.add(
            "value left out",
            rows[-1].row,
            rows[-1].row.column_of("status"),
            problem,
            "the day on which it was abolished",
        )
    return {"created": created, "abolished": abolished, "successors": successors}


def _known(rows: Sequence[Told], name: str, urn: str) -> Council | None:
    """The council by its number, its name, or the code of its area; of two of one name, by which of them is gone."""
    councils = load_rulebook().councils
    if all(told.former for told in rows):
        councils = tuple(row for row in councils if row.abolished and not row.expected)
    found = council_of(councils, name, urn, spelt=as_council)
    if found is not None or urn:
        return found
    codes = {code for told in rows if (code := told.row.text("area_code"))}
    by_code = [row for row in councils if row.area_code in codes]
    # A code is believed where no name speaks against it: some lists give new councils the code of the old one.
    agree = [row for row in by_code if not name or as_council(row.name) == as_council(name)]
    return agree[0] if len(agree) == 1 else None
