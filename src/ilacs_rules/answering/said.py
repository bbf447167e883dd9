"""Ranked → answer: everything that an answer says, but for its day."""

from functools import lru_cache

from ilacs_rules.answering.answer import ASKED, Asked
from ilacs_rules.answering.kept import Said
from ilacs_rules.answering.notes import left_out, notes_on
from ilacs_rules.answering.parts import DueWindow, FactUsed, trusted
from ilacs_rules.answering.ranked import Ranked
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import FACTS, Facts, Situation, Value
from ilacs_rules.vocabulary import RecordState

__all__ = ["say"]


def say(ranked: Ranked, situation: Situation, book: Rulebook) -> Said:
    """Everything that an answer says, but for its day: it is the same on every day like this one."""
    found = ranked.found
    rule, track, subject = found.rule, found.answering.track, situation.view.history.subject
    facts = Facts(situation.view.demanding_nothing()) if found.lacks else situation.facts
    return {
        "subject": subject.name,
        "urn": subject.urn,
        "subject_type": str(subject.type),
        "as_of": None,  # each day's own is put in its place
        "activity": rule.activity,
        "window": trusted(DueWindow, {"opens": found.opens, "due": found.due, "closes": found.closes}),
        "status": ranked.status,
        "strength": rule.strength,
        "certainty": rule.certainty,
        "owed_by": track.owed_by,
        "track": track.id,
        "rule": rule.id,
        "says": rule.says,
        "sources": rule.sources,
        "facts": tuple([_fact_used(name, facts[name]) for name in found.leaf.used]),
        "gap": rule.gap,
        "evidence": rule.evidence,
        "readings": book.readings_of(rule),
        "notice": rule.notice,
        "days_on_site": rule.days_on_site,
        "report": rule.report,
        "notes": notes_on(found, situation, book),
        "not_yet_known": left_out(situation.view),
        "record": RecordState.ROWS_NOT_USED if subject.not_used else RecordState.WHOLE,
        "rulebook": book.version,
        "fingerprint": book.fingerprint,
        ASKED: Asked(subject, book),
    }


@lru_cache(maxsize=4096)
def _fact_used(name: str, value: Value) -> FactUsed:
    """One and the same for all answers that rest on it: most facts are one of a few words."""
    return trusted(FactUsed, {"name": name, "means": FACTS[name].means, "value": value})
