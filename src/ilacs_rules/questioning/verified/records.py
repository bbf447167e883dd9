"""How the record differs from the one that a saved answer rests on."""

from collections.abc import Iterator

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import value_in_words
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.questioning.moved.causes import what_is_new
from ilacs_rules.questioning.verified.found import FactChanged
from ilacs_rules.records import Subject
from ilacs_rules.situation import FACTS, Facts, situation

__all__ = ["facts_changed", "record_changed"]


def facts_changed(saved: Answer, subject: Subject) -> Iterator[FactChanged]:
    """Each fact that the answer rests on and that differs in the record as it is now."""
    facts = situation(subject, as_of=saved.as_of)
    lacking = Facts(facts.view.demanding_nothing())  # what an answer says of a fact that its record lacks
    for used in saved.facts:
        if used.name not in FACTS:
            now = "no longer a fact of this library"
        else:
            try:
                value = facts[used.name]
            except IlacsRulesError as error:
                if lacking[used.name] == used.value:
                    continue
                now = str(error)
            else:
                if value == used.value:
                    continue
                now = value_in_words(value)
        yield FactChanged(name=used.name, means=used.means, before=value_in_words(used.value), now=now)


def record_changed(saved: Answer, subject: Subject) -> Iterator[str]:
    """What is on record now and was not, or the other way about; only the name, where the old record is not at hand."""
    if saved.subject != subject.name:
        yield f"changed on record: name: {subject.name}, before {saved.subject}"
    if saved.asked is not None:
        yield from what_is_new(saved.asked.subject, subject)
