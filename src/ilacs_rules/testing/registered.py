"""What Hypothesis calls when it is imported, so that ``st.from_type(LocalAuthority)`` works in anyone's tests.

The package's entry point in the group ``hypothesis`` names ``register``. The strategies themselves are imported, and
the rulebook is read, when one of the types is first asked for.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from ilacs_rules.answering.answer import Answer, WhyNot
from ilacs_rules.answering.parts import DueWindow, FactUsed
from ilacs_rules.answering.several import Answers
from ilacs_rules.records import Covered, Event, Judgements, LocalAuthority, Provider
from ilacs_rules.rulebook import Citation, Condition, Draft, Rule, Rulebook, Source, Track
from ilacs_rules.situation import Situation

__all__ = ["KNOWN", "register"]

KNOWN: dict[type, str] = {
    Answer: "any_answers",
    Answers: "several_answers",
    Citation: "citations",
    Condition: "conditions",
    Covered: "covered",
    Draft: "rulebooks",
    DueWindow: "any_windows",
    Event: "any_events",
    FactUsed: "facts_used",
    Judgements: "any_judgements",
    LocalAuthority: "authorities",
    Provider: "providers",
    Rule: "rules",
    Rulebook: "rulebooks",
    Situation: "situations",
    Source: "sources",
    Track: "tracks",
    WhyNot: "reasons",
}
"""Each type with the name of its strategy. ``Subject`` is drawn as one of its two."""


def register() -> None:
    """Tell Hypothesis how to draw each type of this package; called by Hypothesis, and harmless to call again.

    >>> register()
    >>> from hypothesis import find, strategies as st
    >>> find(st.from_type(LocalAuthority), lambda authority: True).name
    'An authority'
    """
    from hypothesis import strategies as st  # noqa: PLC0415 - it may not be installed, and is not needed to be imported

    for kind, name in KNOWN.items():
        st.register_type_strategy(kind, _drawn_as(name))


def _drawn_as(name: str) -> Callable[[type], Any]:
    def strategy(_: type) -> Any:
        return getattr(import_module("ilacs_rules.testing.strategies"), name)()

    return strategy
