"""The facts of one view, each read when it is first asked for."""

from ilacs_rules.situation.aggregates import Value
from ilacs_rules.situation.boxes import AS_OF
from ilacs_rules.situation.facts import FACTS
from ilacs_rules.situation.view import View

__all__ = ["Facts"]

_READ = {name: fact.reading.read for name, fact in FACTS.items()}


class Facts(dict[str, Value]):
    """What is true by one view: a dictionary of facts by name, which reads those that it does not hold yet.

    The facts of two days that stand in one place of a history (``History.place``) are the same. The day itself, which
    is asked for under the name ``as_of``, is never held.
    """

    __slots__ = ("view",)

    def __init__(self, view: View) -> None:
        self.view = view

    def __missing__(self, name: str) -> Value:
        if name == AS_OF:
            return self.view.as_of
        value = self[name] = _READ[name](self.view)
        return value
