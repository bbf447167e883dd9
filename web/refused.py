"""What the library refuses, said so that it can be mended on the page: its sentence, with the names of our boxes."""

import re

from web.labels import REMEDIES, in_boxes, label

import ilacs_rules as ir
from ilacs_rules.errors import Remedy

__all__ = ["as_boxes_are_called", "refused"]

_EVENT = re.compile(r"events\[(\d+)\](?:\.(.*))?$")
_FIELD = re.compile(r"((?:[a-z_]+(?:\[\d+\])?\.)*[a-z_]+(?:\[\d+\])?): ")
_BOXES = {Remedy.SAY_DAYS: "days", Remedy.SAY_WHOM: "of", Remedy.COMPLETE_PROFILE: "activity"}
"""The box in which a table of one's own is explained, by what the library asks for."""


def refused(fault: ir.IlacsRulesError, *, form: bool, file: str = "") -> dict[str, str]:
    """The field and the words of one fault, and the box in which a table is explained where it is about that.

    Args:
        fault: what was refused.
        form: whether it is about the form, whose boxes are then called as they are on the page.
        file: the file that it is about, where its own words do not name it.

    >>> fault = ir.RecordError("is later", field="events[1].ended", expected="a later day in `closed`")
    >>> refused(fault, form=True)["words"]
    'Event 2, Last day on site: is later (expected a later day in “Closed on (if it has)”)'
    >>> refused(fault, form=False, file="wrong.json")["words"]
    'wrong.json: events[1].ended: is later (expected a later day in `closed`)'
    """
    words = str(fault)
    for remedy, instead in REMEDIES.items():
        words = words.replace(remedy, instead)
    if form:
        words = as_boxes_are_called(words)
    elif file and not words.startswith(file):
        words = f"{file}: {words}"
    box = next((name for remedy, name in _BOXES.items() if remedy in fault.expected), "")
    return {"field": fault.field, "words": words, "column": box}


def as_boxes_are_called(words: str) -> str:
    """A fault in the library's words, its field and those that it names called as the boxes of the page are.

    >>> as_boxes_are_called("judgements.overall: has a report (expected a grade, or `closed`)")
    'Overall: has a report (expected a grade, or “Closed on (if it has)”)'
    """
    found = _FIELD.match(words)
    return f"{_place(found[1])}: {in_boxes(words[found.end() :])}" if found else in_boxes(words)


def _place(field: str) -> str:
    """Where a fault is, as the form says it."""
    event = _EVENT.match(field)
    if not event:
        return label(field)
    return f"Event {int(event[1]) + 1}" + (f", {label(event[2])}" if event[2] else "")
