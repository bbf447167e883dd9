"""What the caller supplies: events with their dates and judgements, and the subject they happened to.

Everything here is frozen and equal when equal: events are kept in one order whatever order they were given in.
"""

from ilacs_rules.records.clashes import find_clash, without_places
from ilacs_rules.records.covers import WHOLE, Covered, Whole
from ilacs_rules.records.events import Event, on_site
from ilacs_rules.records.judgements import Judgements, areas_judged
from ilacs_rules.records.subjects import LocalAuthority, Provider
from ilacs_rules.records.told_apart import Subject

__all__ = [
    "WHOLE",
    "Covered",
    "Event",
    "Judgements",
    "LocalAuthority",
    "Provider",
    "Subject",
    "Whole",
    "areas_judged",
    "find_clash",
    "without_places",
    "on_site",
]
