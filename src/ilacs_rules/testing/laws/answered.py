"""Every situation is answered: by exactly one row of each track.

Decided by the proof, which is made again: a gap or an overlap in any box. Histories are then read row by row. They must
lie in no box thought to be impossible, and the row that answers must be the one that says so.
"""

from collections.abc import Iterator
from datetime import date

from ilacs_rules.answering.engine import answers
from ilacs_rules.errors import MissingFactError, OutsideRulebookError, ProofError
from ilacs_rules.rulebook import Rule, Rulebook, Track
from ilacs_rules.rulebook.proof import prove, rule_box
from ilacs_rules.situation import EXISTS, GONE, Situation, situation
from ilacs_rules.testing.laws.asking import any_case
from ilacs_rules.testing.laws.case import Case, remade
from ilacs_rules.testing.laws.law import Breach, Law, Suspect
from ilacs_rules.testing.laws.near import Hints, near_box

__all__ = ["EVERY_SITUATION_IS_ANSWERED"]


def _rows(rulebook: Rulebook, track: Track, subject_type: str) -> list[Rule]:
    return [rule for rule in rulebook.rules if rule.track == track.id and subject_type in rule.applies_to]


def _suspects(rulebook: Rulebook) -> Iterator[Suspect]:
    last = rulebook.until or date.max
    for track in rulebook.tracks:
        for kind, first in track.answers.items():
            if first > last:
                continue
            rules = _rows(rulebook, track, kind)
            try:
                prove(track, kind, rules, rulebook.until)
            except ProofError as error:
                hints = Hints.of(kind, [rule_box(rule) for rule in rules])
                yield Suspect((track.id,), str(error), near_box(hints, first), certain=True)


def _breaches(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
    facts = situation(remade(case.subject), as_of=case.as_of)
    answered, gone = _answered(rulebook, case), facts[EXISTS] in GONE
    for track in (track for track in rulebook.tracks if track.once_ended is gone):
        first = track.answers.get(case.subject.type)
        if first is None or case.as_of < first or (rulebook.until and case.as_of > rulebook.until):
            continue
        try:
            holding = [rule.id for rule in _rows(rulebook, track, case.subject.type) if _holds(rule, facts)]
        except MissingFactError:
            continue
        rule = answered.get(track.id)
        if len(holding) != 1:
            says = "No row" if not holding else " and ".join(holding)
            yield Breach((track.id,), (f"{says} of track {track.id} answers this on {case.as_of}.",))
        elif rule is not None and rule != holding[0]:
            yield Breach(
                (track.id,), (f"{rule} answers in track {track.id}, and the row that reads so is {holding[0]}.",)
            )


def _holds(rule: Rule, facts: Situation) -> bool:
    return rule.in_force(facts.view.as_of) and all(
        condition.allowed.admits(facts[condition.fact]) for condition in rule.when
    )


def _answered(rulebook: Rulebook, case: Case) -> dict[str, str]:
    """The rules that answer, by track; none where the rulebook does not stand, or the record lacks what is needed."""
    try:
        return {answer.track: answer.rule for answer in answers(case.subject, as_of=case.as_of, rulebook=rulebook)}
    except (MissingFactError, OutsideRulebookError, ProofError):
        return {}


EVERY_SITUATION_IS_ANSWERED = Law(
    name="every situation is answered",
    means="In each track exactly one row answers each history on each day since the track began. It says what must "
    "come next, or that nothing must.",
    why="A gap leaves a question without an answer. An overlap gives it two.",
    decided="by the proof over every box, and then by reading histories row by row",
    breaches=_breaches,
    cases=any_case,
    suspects=_suspects,
)
