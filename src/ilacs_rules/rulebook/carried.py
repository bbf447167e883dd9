"""What every answer by a rule carries, whomever it is of."""

from collections.abc import Iterable, Mapping

from ilacs_rules.errors import RecordError
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.shared import FrameworkReading, Track
from ilacs_rules.values.given import instance

__all__ = ["carry"]

_CARRIED = (
    "activity", "strength", "certainty", "track", "says", "sources", "gap", "evidence", "notice", "days_on_site",
    "report",
)  # fmt: skip
"""Of what a rule says, that which every answer by it says too."""


def carry(
    rule: object,
    tracks: Iterable[Track],
    readings: Mapping[str, tuple[FrameworkReading, ...]],
    book: Mapping[str, str],
) -> dict[str, object]:
    """The same by the names of an answer's fields.

    Args:
        rule: the rule.
        tracks: the tracks of its rulebook.
        readings: the readings that each rule of it rests on, by the rule's id.
        book: what names the rulebook.

    Raises:
        RecordError: it is no rule, or none of this rulebook.

    >>> carry("x", (), {}, {})
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: rule: is not a rule (found 'x'; expected a Rule of this rulebook)
    """
    expected = "a Rule of this rulebook"
    of = instance(rule, Rule, "rule", called="a rule", expected=expected)
    owed_by = next((track.owed_by for track in tracks if track.id == of.track), None)
    if owed_by is None or of.id not in readings:
        raise RecordError("is not a rule of this rulebook", field="rule", value=of.id, expected=expected)
    own = {name: getattr(of, name) for name in _CARRIED}
    return {**own, "rule": of.id, "owed_by": owed_by, "readings": readings[of.id], **book}
