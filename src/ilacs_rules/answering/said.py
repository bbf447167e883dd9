"""Ranked → answer: everything that an answer says, except its day."""

from functools import lru_cache

from ilacs_rules.answering.answer import ASKED, Asked
from ilacs_rules.answering.kept import Said
from ilacs_rules.answering.notes import left_out, notes_on
from ilacs_rules.answering.parts import AnswerFields, DueWindow, FactUsed, trusted
from ilacs_rules.answering.ranked import Ranked
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import FACTS, Facts, Situation, Value
from ilacs_rules.vocabulary import RecordState

__all__ = ["say"]


def say(ranked: Ranked, situation: Situation, book: Rulebook) -> Said:
    """Everything that an answer says, except its day. It is the same on every day like this one."""
    found, subject = ranked.found, situation.view.history.subject
    facts = Facts(situation.view.demanding_nothing()) if found.lacks else situation.facts
    return {
        **_IN_ORDER,
        **book.carried_by(found.rule),
        "subject": subject.name,
        "urn": subject.urn,
        "subject_type": str(subject.type),
        "as_of": None,  # each day's own is put in its place
        "window": trusted(DueWindow, {"opens": found.opens, "due": found.due, "closes": found.closes}),
        "status": ranked.status,
        "facts": tuple([_fact_used(name, facts[name]) for name in found.leaf.used]),
        "notes": notes_on(found, situation, book),
        "not_yet_known": left_out(situation.view),
        "record": _ROWS_NOT_USED if subject.not_used else _WHOLE,
        ASKED: Asked(subject, book),
    }


_IN_ORDER: Said = {**dict.fromkeys(AnswerFields.model_fields), ASKED: None}
"""Every field of an answer, in its order: what is not the rule's is put in its place."""
_WHOLE, _ROWS_NOT_USED = RecordState.WHOLE, RecordState.ROWS_NOT_USED


@lru_cache(maxsize=4096)
def _fact_used(name: str, value: Value) -> FactUsed:
    """The same value for all answers that rest on it, because most facts are one of a few words."""
    return trusted(FactUsed, {"name": name, "means": FACTS[name].means, "value": value})
