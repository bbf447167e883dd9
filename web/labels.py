"""What the boxes of the page are called: once, for the form and for what is refused."""

from collections.abc import Mapping

from ilacs_rules.errors import Remedy

__all__ = ["FIELDS", "REMEDIES"]

FIELDS: Mapping[str, str] = {
    "type": "Kind of setting",
    "name": "Name",
    "registered": "Registered on",
    "closed": "Closed on (if it has)",
    "created": "Council created on (only if since 2013)",
    "abolished": "Council abolished on (if it was)",
    "covers": "What does this list hold?",
    "events": "What happened",
    "activity": "What it was",
    "started": "First day",
    "ended": "Last day on site",
    "published": "Report came out",
    "outcome": "What it concluded",
}
"""The label of each box of the form, by the field of the record that it fills."""

REMEDIES: Mapping[Remedy, str] = {
    Remedy.KNOWN_FILE: "a file as it was published, or saved here as a case",
    Remedy.OWN_PROFILE: "a table of your own: choose below what its columns hold",
    Remedy.COMPLETE_PROFILE: "choose below which columns say whom, what and when",
    Remedy.SAY_DAYS: "choose below how its days are written",
    Remedy.SAY_WHOM: "choose below whether its rows are of councils or of settings",
    Remedy.OTHER_PROGRAM: "the same table saved as CSV",
    Remedy.IN_PARTS: "the same file in parts, for the page reads each whole",
    Remedy.AS_IT_IS: "open it alone: it needs no columns",
}
"""What to do on the page, where the library names a command or a page of its documentation."""
