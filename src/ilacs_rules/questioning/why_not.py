"""Holding the rules in question against the history that an answer was given for."""

from datetime import date

from ilacs_rules.answering.answer import Answer, Asked, RuleTried, WhyNot
from ilacs_rules.answering.engine import answers
from ilacs_rules.answering.parts import FactUsed
from ilacs_rules.answering.tried import ConditionTried
from ilacs_rules.dates import counted, in_full
from ilacs_rules.errors import MissingFactError, RecordError, RulebookError, UnknownWordError, nearest
from ilacs_rules.records import Subject
from ilacs_rules.records.given import subject_given
from ilacs_rules.rulebook import Condition, Rule, Rulebook
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.rulebook.proof import words_asked
from ilacs_rules.situation import EXISTS, FACTS, Range, Situation, Value, Words, situation
from ilacs_rules.values.given import one_of
from ilacs_rules.vocabulary import SCALE, Activity, in_words

__all__ = ["how_far", "why_not"]


def why_not(
    answer: Answer, rule_or_activity: str, subject: Subject | None = None, rulebook: Rulebook | None = None
) -> WhyNot:
    """Hold the rules in question against the history that an answer was given for: see ``Answer.why_not``."""
    asked = _asked(answer, subject, rulebook)
    facts = situation(asked.subject, as_of=answer.as_of)
    given = {item.rule: item for item in answers(asked.subject, as_of=answer.as_of, rulebook=asked.rulebook)}
    found = [_tested(rule, facts, given, asked.rulebook) for rule in _rules(rule_or_activity, answer, asked.rulebook)]
    found.sort(key=lambda item: (not item.applies, item.steps, item.track != answer.track))
    return WhyNot(
        subject=answer.subject,
        subject_type=answer.subject_type,
        as_of=answer.as_of,
        asked=str(rule_or_activity),
        instead=answer,
        rules=tuple(found),
    )


def _asked(answer: Answer, subject: Subject | None, rulebook: Rulebook | None) -> Asked:
    """What the answer was given for: as the engine left it there, or as it is said now, checked by asking again."""
    same = answer.asked is not None and answer.asked.rulebook.fingerprint == answer.fingerprint
    if answer.asked is not None and same and subject is None and rulebook is None:
        return answer.asked
    if subject is None and answer.asked:
        subject = answer.asked.subject
    if subject is None:
        raise RecordError(
            "this answer was saved without the record it was worked out from",
            field="subject",
            expected="subject=, and rulebook= if it was not the shipped one",
        )
    subject = subject_given(subject)
    book = answer.asked.rulebook if rulebook is None and answer.asked else book_given(rulebook)
    if book.fingerprint != answer.fingerprint:
        raise RulebookError(
            "is not the rulebook that gave this answer",
            field="rulebook",
            value=book.fingerprint[:12],
            expected=f"the one of fingerprint {answer.fingerprint[:12]}",
        )
    if answer not in answers(subject, as_of=answer.as_of, rulebook=book):
        raise RecordError(
            "is not the record that this answer was worked out from",
            field="subject",
            value=subject.name,
            expected=f"the record of {answer.subject} that was asked about",
        )
    return Asked(subject, book)


def _rules(word: str, answer: Answer, book: Rulebook) -> list[Rule]:
    """The rule of that id; or those of that activity, for the kind of subject that was asked about."""
    known = [activity.value for activity in Activity]
    rule_id = one_of(word, (rule.id for rule in book.rules))
    if rule_id is not None:
        return [rule for rule in book.rules if rule.id == rule_id]
    if one_of(word, known) is None:
        raise UnknownWordError(
            "is neither a rule nor an activity",
            field="rule_or_activity",
            value=word,
            expected=nearest(
                word, [*(rule.id for rule in book.rules), *known], many="the id of a rule, or an activity"
            ),
        )
    return [rule for rule in book.rules if rule.activity == word and answer.subject_type in rule.applies_to]


def _tested(rule: Rule, facts: Situation, given: dict[str, Answer], book: Rulebook) -> RuleTried:
    subject, as_of = facts.view.history.subject, facts.view.as_of
    return RuleTried(
        rule=rule.id,
        says=rule.says,
        track=rule.track,
        activity=rule.activity,
        first=rule.first,
        last=rule.last,
        applies_to=rule.applies_to,
        applies=str(subject.type) in rule.applies_to,
        in_force=rule.in_force(as_of),
        dates_by=_out_of_force(rule, as_of),
        conditions=tuple(_condition(condition, facts) for condition in (*rule.when, *_asked_at_all(rule, facts, book))),
        sources=rule.sources,
        answer=given.get(rule.id),
    )


def _asked_at_all(rule: Rule, facts: Situation, book: Rulebook) -> tuple[Condition, ...]:
    """What the rule's track asks of the subject's being there, where it is not so: see ``Track.once_ended``."""
    wanted = words_asked(next(track for track in book.tracks if track.id == rule.track))
    return () if facts[EXISTS] in wanted else (Condition(fact=EXISTS, words=wanted),)


def _out_of_force(rule: Rule, as_of: date) -> str:
    if as_of < rule.first:
        return f"in force only from {in_full(rule.first)}; the day is {counted(as_of, rule.first)} too early"
    if rule.last is not None and rule.last < as_of:
        return f"in force only until {in_full(rule.last)}; the day is {counted(rule.last, as_of)} too late"
    return ""


def _condition(condition: Condition, facts: Situation) -> ConditionTried:
    name = condition.fact
    allowed = str(condition).removeprefix(f"{in_words(name)} is ")
    try:
        value = facts[name]
    except MissingFactError as error:
        fact = FactUsed(name=name, means=FACTS[name].means, value=None)
        return ConditionTried(fact=fact, allowed=allowed, held=None, by=str(error))
    side = condition.allowed
    held = side.admits(value)
    by = "" if held else how_far(value, side)
    return ConditionTried(
        fact=FactUsed(name=name, means=FACTS[name].means, value=value), allowed=allowed, held=held, by=by
    )


def how_far(value: Value, side: Words | Range) -> str:
    """How far a value lies outside what is allowed, in words; nothing where no distance can be given.

    >>> how_far(4, Range(1, 3)), how_far(0, Range(1, 3)), how_far(None, Range(1, 3))
    ('1 too many', '1 too few', '')
    >>> how_far(date(2024, 3, 15), Range(None, date(2024, 3, 1)))
    '14 days too late'
    >>> how_far("good", Words(frozenset({"inadequate"}))), how_far("none", Words(frozenset({"inadequate"})))
    ('2 grades too high', '')
    """
    if isinstance(side, Words):
        return _grades_off(value, side)
    if value is None or not side.known:
        return ""
    over = side.high is not None and value > side.high  # type: ignore[operator]
    end = side.high if over else side.low
    if isinstance(value, date) and isinstance(end, date):
        return f"{counted(*sorted((value, end)))} too {'late' if over else 'early'}"
    assert isinstance(value, int)
    assert isinstance(end, int)
    return f"{abs(value - end)} too {'many' if over else 'few'}"


def _grades_off(value: Value, side: Words) -> str:
    """How many places of today's scale lie between a grade and the nearest one allowed."""
    allowed = [place for place, grade in enumerate(SCALE) if grade in side.words]
    if value not in SCALE or not allowed:
        return ""
    here = SCALE.index(value)
    off = min((place - here for place in allowed), key=abs)
    return f"{abs(off)} grade{'' if abs(off) == 1 else 's'} too {'high' if off < 0 else 'low'}"
