"""What the library refuses, said so that it can be mended on the page: its sentence, with the names of our boxes."""

import re

from web.labels import FIELDS, REMEDIES

import ilacs_rules as ir
from ilacs_rules.vocabulary import Area, in_words

__all__ = ["refused"]

_EVENT = re.compile(r"events\[(\d+)\](?:\.(.*))?$")
_NAMED = re.compile(r"`(" + "|".join(FIELDS) + r")`")


def refused(fault: ir.IlacsRulesError, *, form: bool) -> dict[str, str]:
    """The field and the words of one fault.

    Args:
        fault: what was refused.
        form: whether it is about the form, whose boxes are then called as they are on the page.

    >>> fault = ir.RecordError("is later", field="events[1].ended", expected="a later day in `closed`")
    >>> refused(fault, form=True)["words"]
    'Event 2, Last day on site: is later (expected a later day in “Closed on (if it has)”)'
    >>> refused(fault, form=False)["words"]
    'events[1].ended: is later (expected a later day in `closed`)'
    """
    words = str(fault)
    for remedy, instead in REMEDIES.items():
        words = words.replace(remedy, instead)
    if form:
        words = words.removeprefix(f"{fault.field}: ")
        words = _NAMED.sub(lambda found: f"“{FIELDS[found[1]]}”", words)
        words = f"{_place(fault.field)}: {words}" if fault.field else words
    return {"field": fault.field, "words": words}


def _place(field: str) -> str:
    """Where a fault is, as the form says it."""
    event = _EVENT.match(field)
    if not event:
        return _label(field)
    return f"Event {int(event[1]) + 1}" + (f", {_label(event[2])}" if event[2] else "")


def _label(field: str) -> str:
    name = field.removeprefix("judgements.")
    if name in FIELDS:
        return FIELDS[name]
    known = next((area for area in Area if area == name), None)
    return in_words(known).capitalize() if known else in_words(name).capitalize()
