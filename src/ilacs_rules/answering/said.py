"""Ranked → answer: everything that an answer says, but for its day."""

from ilacs_rules.answering.answer import ASKED, Asked
from ilacs_rules.answering.found import Found
from ilacs_rules.answering.kept import Said
from ilacs_rules.answering.notes import left_out, notes_on
from ilacs_rules.answering.parts import DueWindow, FactUsed, trusted
from ilacs_rules.answering.ranked import Ranked
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import FACTS, Situation, Value
from ilacs_rules.vocabulary import RecordState

__all__ = ["say"]


def say(ranked: Ranked, situation: Situation, book: Rulebook) -> Said:
    """Everything that an answer says, but for its day: it is the same on every day like this one."""
    found = ranked.found
    rule, track, subject = found.rule, found.answering.track, situation.view.history.subject
    used = _facts_used(found, situation)
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
        "facts": tuple(
            trusted(FactUsed, {"name": name, "means": FACTS[name].means, "value": value})
            for name, value in used.items()
        ),
        "gap": rule.gap,
        "evidence": rule.evidence,
        "readings": book.readings_of(rule),
        "notice": rule.notice,
        "days_on_site": rule.days_on_site,
        "report": rule.report,
        "notes": notes_on(found, used, situation),
        "not_yet_known": left_out(situation),
        "record": RecordState.ROWS_NOT_USED if subject.not_used else RecordState.WHOLE,
        "rulebook": book.version,
        "fingerprint": book.fingerprint,
        ASKED: Asked(subject, book),
    }


def _facts_used(found: Found, situation: Situation) -> dict[str, Value]:
    """The facts that the rule's conditions and its window ask about."""
    names = (*(condition.fact for condition in found.rule.when), *found.leaf.facts)
    return {name: situation[name] for name in names if name in FACTS}
