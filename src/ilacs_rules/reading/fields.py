"""What a row of a sheet may say: of its subject, of an event, and the judgements."""

from ilacs_rules.vocabulary import Area

__all__ = ["EVENT_FIELDS", "JUDGED", "ROW_FIELDS"]

ROW_FIELDS = {
    "subject": "what tells one subject from another, where that is not the number or the name",
    "urn": "Ofsted's number",
    "name": "its name",
    "area_code": "the statistical code of an authority's area",
    "type": "the kind of provider, or local_authority",
    "region": "the region it lies in",
    "registered": "the day a provider was registered",
    "created": "the day an authority came into being",
    "abolished": "the first day on which an authority was no longer there",
    "closed": "the first day on which a provider was no longer registered",
    "status": "what the register says of a provider's registration, such as active or resigned",
    "status_as_at": "the day on which the register said so",
    "predecessor": "the number under which a provider was registered before",
    "left": "whether a provider left in the year",
}
"""What a row may say of its subject."""

EVENT_FIELDS = {
    "activity": "what happened",
    "started": "the first day on site",
    "ended": "the last day on site",
    "published": "the day its report or letter was published",
    "outcome": "what an ungraded activity concluded",
    "precision": "how well the first day is known",
    "number": "the inspectorate's number of the event",
    "report": "the address of the report",
    "mark": "nothing that is read: a column that tells this sheet from others",
}
"""What a row may say of an event, besides its judgements."""

JUDGED = (*(area.value for area in Area), "effectiveness")
"""The columns of judgements."""
