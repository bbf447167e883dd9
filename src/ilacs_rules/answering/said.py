"""Ranked → answer: everything that an answer says."""

from datetime import date
from functools import lru_cache

from ilacs_rules.answering.answer import ASKED, Answer, Asked
from ilacs_rules.answering.notes import left_out, notes_on
from ilacs_rules.answering.parts import AnswerFields, DueWindow, FactUsed, trusted
from ilacs_rules.answering.ranked import Ranked
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import FACTS, Facts, Situation, Value
from ilacs_rules.vocabulary import RecordState

__all__ = ["on_day", "say"]


def say(ranked: Ranked, situation: Situation, book: Rulebook) -> Answer:
    """Everything that an answer says. Only its day differs on other days like this one."""
    found, view = ranked.found, situation.view
    subject, facts = view.history.subject, situation.facts
    if found.lacks:
        facts = Facts(view.demanding_nothing())
    window = trusted(DueWindow, {"opens": found.opens, "due": found.due, "closes": found.closes})
    said = {
        **_IN_ORDER,
        **book.carried_by(found.rule),
        "subject": subject.name,
        "urn": subject.urn,
        "subject_type": str(subject.type),
        "as_of": view.as_of,
        "window": window,
        "status": ranked.status,
        "facts": tuple([_fact_used(name, facts[name]) for name in found.leaf.used]),
        "notes": notes_on(found, situation, book),
        "not_yet_known": left_out(view),
        "record": _ROWS_NOT_USED if subject.not_used else _WHOLE,
        ASKED: Asked(subject, book),
    }
    return trusted(Answer, said)


def on_day(answer: Answer, as_of: date) -> Answer:
    """The same answer on another day like its own."""
    return answer if answer.as_of == as_of else trusted(Answer, {**answer.__dict__, "as_of": as_of})


_IN_ORDER: dict[str, object] = {**dict.fromkeys(AnswerFields.model_fields), ASKED: None}
"""Every field of an answer, in its order: what is not the rule's is put in its place."""
_WHOLE, _ROWS_NOT_USED = RecordState.WHOLE, RecordState.ROWS_NOT_USED


@lru_cache(maxsize=4096)
def _fact_used(name: str, value: Value) -> FactUsed:
    """The same value for all answers that rest on it, because most facts are one of a few words."""
    return trusted(FactUsed, {"name": name, "means": FACTS[name].means, "value": value})
