"""Records as JSON beside other files: what is said where two files tell of one council or setting, and are not joined.

Rows of sheets are joined. A record as JSON is taken as it stands, because what it covers is its own claim, which rows
of a sheet do not share. An answer that rests on half of what was given must not look whole, so both say so.
"""

from collections.abc import Sequence
from typing import TypeAlias

from ilacs_rules.reading.log import Log
from ilacs_rules.reading.published import CameFrom, SheetRead
from ilacs_rules.reading.spelling import as_council, as_one_name
from ilacs_rules.records import LocalAuthority, Subject

__all__ = ["not_joined"]

_Read: TypeAlias = tuple[Subject, tuple[CameFrom, ...]]


def not_joined(rows: Sequence[_Read], records: Sequence[_Read], sheets: Sequence[SheetRead], log: Log) -> list[_Read]:
    """All subjects. If another file tells of one that stands as JSON, both have a note, and the problem is reported.

    Args:
        rows: the subjects that were made of rows.
        records: those that stood as JSON.
        sheets: every sheet that was read.
        log: where the problem is reported.
    """
    found = [*rows, *records]
    if not records or len({sheet.file for sheet in sheets}) < 2:
        return found
    files = [{sheets[each.sheet].file for each in came_from} for _, came_from in found]
    told: dict[tuple[str, str], set[str]] = {}
    for (subject, _), own in zip(found, files, strict=True):
        told.setdefault(_who(subject), set()).update(own)
    as_json = {_who(subject) for subject, _ in records}
    said: list[_Read] = []
    for (subject, came_from), own in zip(found, files, strict=True):
        who = _who(subject)
        others = sorted(told[who] - own) if who in as_json else []
        if others:
            log.of_record(min(own), subject.name, _NOT_JOINED, ", ".join(others))
            said.append((subject.model_copy(update={"not_used": (*subject.not_used, _NOTE)}), came_from))
        else:
            said.append((subject, came_from))
    return said


_NOT_JOINED = "is in another file too, and a record as JSON is not joined with another"
_NOTE = "1 record: another file tells of the same subject, and the two are not joined"


def _who(subject: Subject) -> tuple[str, str]:
    """Whom a record is about: a council by its name, a setting by its number, or by its name if it has none."""
    if isinstance(subject, LocalAuthority):
        return "local_authority", as_council(subject.name)
    return "provider", subject.urn or as_one_name(subject.name)
