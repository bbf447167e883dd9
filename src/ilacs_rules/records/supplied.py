"""What the caller supplies can be written down as Python again, so that a failing example can be pasted into a test."""

from typing import Any

from ilacs_rules.values import Record

__all__ = ["Supplied"]


class Supplied(Record):
    """A record that somebody gave: an event, its judgements, what a record covers, a subject."""

    def as_code(self) -> str:
        """The record as Python that makes it again: everything that was given. Pasted, it needs the class imported.

        >>> from ilacs_rules import Event
        >>> print(Event(activity="focused_visit", started="2024-04-09").as_code())
        Event(activity='focused_visit', started='2024-04-09')
        """
        given = self.model_dump(mode="json", exclude_defaults=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in given.items())})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - the form that printers call
        """Hypothesis shows an example so that it can be pasted into a test; everyone else sees the short form."""
        asked_by_hypothesis = type(printer).__module__.startswith("hypothesis.")
        printer.text(self.as_code() if asked_by_hypothesis else repr(self))
