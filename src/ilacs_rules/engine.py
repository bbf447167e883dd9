"""Situation and rulebook in, required activities out."""

from dataclasses import dataclass
from datetime import date

from ilacs_rules.answers import Answer, DueWindow, FactUsed
from ilacs_rules.notes import left_out, notes_on
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Answering, Leaf, Node, Rule, Rulebook, expression, load_rulebook
from ilacs_rules.situation import FACTS, Situation, Value, situation
from ilacs_rules.vocabulary import Activity, OwedBy, Status, Strength

__all__ = ["answers", "next_activity", "required_activities"]


def next_activity(subject: Subject, *, as_of: date, rulebook: Rulebook | None = None) -> Answer:
    """The activity that the inspectorate owes the subject and that closes first.

    An inspection under way or a report awaited comes before everything else. An activity whose window has passed
    where the record would not show it does not stand in the way of the next one.

    Args:
        subject: a ``LocalAuthority`` or a ``Provider``.
        as_of: the day asked about, a ``datetime.date``; there is no default.
        rulebook: the shipped one unless you give another.

    Raises:
        MissingFactError: the record covers everything and lacks what a rule needs.
        OutsideRulebookError: the rulebook has no rule for such a subject on that day.
        RecordError: ``as_of`` is not a date.

    >>> from ilacs_rules import Event, LocalAuthority
    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_standard", started=date(2022, 7, 18), ended=date(2022, 7, 29),
    ...           published=date(2022, 9, 21), judgements={"overall": "inadequate"})])
    >>> next_activity(authority, as_of=date(2022, 10, 1)).activity.value
    'action_planning_visit'
    >>> next_activity(authority, as_of=date(2022, 8, 1)).status.value  # the report is not out yet
    'awaiting_report'
    """
    book = rulebook or load_rulebook()
    facts = situation(subject, as_of=as_of)
    found = [_find(answering, facts) for answering in book.answering(subject.type, as_of)]
    return _answer(min(found, key=_precedence), facts, book)


def required_activities(subject: Subject, *, as_of: date, rulebook: Rulebook | None = None) -> tuple[Answer, ...]:
    """Everything that is due from anyone, earliest to close first; what has no stated day comes last.

    Args and errors are those of ``next_activity``. What a rule says is not required is left out: see ``answers``.

    >>> from ilacs_rules import Event, LocalAuthority
    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_short", started=date(2024, 4, 15), ended=date(2024, 4, 19),
    ...           published=date(2024, 5, 29), judgements={"overall": "good"})])
    >>> [answer.activity.value for answer in required_activities(authority, as_of=date(2024, 6, 1))]
    ['statement_of_action', 'self_evaluation', 'annual_engagement_meeting', 'focused_visit', 'ilacs_short']
    >>> required_activities(authority, as_of=date(2024, 9, 6))[0].status.value  # 70 working days were over on 5 September
    'overdue'
    """
    due = [answer for answer in answers(subject, as_of=as_of, rulebook=rulebook) if answer.status is not Status.NOT_REQUIRED]
    return tuple(sorted(due, key=lambda answer: answer.window.closes or answer.window.due or date.max))


def answers(subject: Subject, *, as_of: date, rulebook: Rulebook | None = None) -> tuple[Answer, ...]:
    """What each track answers, those included whose rule says that nothing is required, and why.

    Args and errors are those of ``next_activity``.

    >>> from ilacs_rules import Event, Provider
    >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2030, 1, 1))
    >>> [answer.activity.value for answer in answers(agency, as_of=date(2024, 6, 1))]
    ['nothing_required']
    >>> answers(agency, as_of=date(2016, 6, 1))
    Traceback (most recent call last):
    ilacs_rules.errors.OutsideRulebookError: as_of: this rulebook (2026.11) has no rule for a independent fostering \
agency on that day (found 2016-06-01; expected 2017-04-01 or later)
    """
    book = rulebook or load_rulebook()
    facts = situation(subject, as_of=as_of)
    return tuple(_answer(_find(answering, facts), facts, book) for answering in book.answering(subject.type, as_of))


@dataclass(slots=True)
class _Found:
    """The rule that answers one track, with its window and status."""

    answering: Answering
    rule: Rule
    opens: date | None
    due: date | None
    closes: date | None
    status: Status


def _find(answering: Answering, facts: Situation) -> _Found:
    rule = _rule(answering, facts)
    if rule.activity is Activity.NOTHING_REQUIRED:
        return _Found(answering, rule, None, None, None, Status.NOT_REQUIRED)
    if _suspended(answering, rule, facts):
        return _Found(answering, rule, None, None, None, Status.SUSPENDED)
    opens, due, closes = _day(rule.opens, facts), _day(rule.due, facts), _day(rule.closes, facts)
    if answering.suspensions and rule.runs_from:
        due, closes = _lengthened(answering, rule, facts, due), _lengthened(answering, rule, facts, closes)
    status = rule.status or _status(answering, facts, opens, due, closes)
    return _Found(answering, rule, opens, due, closes, status)


def _rule(answering: Answering, facts: Situation) -> Rule:
    tree = answering.tree
    while isinstance(tree, Node):
        tree = tree.follow(facts[tree.fact])
    assert tree.rule is not None, f"{facts}: a situation that was held to be impossible"
    return tree.rule


def _day(text: str | None, facts: Situation) -> date | None:
    ready = expression(text)
    return ready.day(facts.__getitem__) if ready else None


def _suspended(answering: Answering, rule: Rule, facts: Situation) -> bool:
    as_of = facts.view.as_of
    return bool(rule.runs_from) and any(pause.first <= as_of <= pause.last for pause in answering.suspensions)


def _lengthened(answering: Answering, rule: Rule, facts: Situation, day: date | None) -> date | None:
    runs_from = _day(rule.runs_from, facts)
    for pause in answering.suspensions:
        if day is not None and pause.last < facts.view.as_of:
            day = pause.lengthen(runs_from, day)
    return day


def _status(answering: Answering, facts: Situation, opens: date | None, due: date | None, closes: date | None) -> Status:
    as_of = facts.view.as_of
    if opens is None and due is None and closes is None:
        return Status.NOT_STATED
    if closes is not None and closes < as_of:
        # Overdue only where the record would have shown it: elsewhere it may have been met unseen.
        shown = facts.view.history.covered_until(answering.met_by)
        return Status.OVERDUE if closes < shown else Status.NOT_RECORDED
    return Status.NOT_OPEN if opens is not None and as_of < opens else Status.OPEN


_BEGUN = (Status.UNDER_WAY, Status.AWAITING_REPORT)


def _precedence(found: _Found) -> tuple[int, date]:
    """What the inspectorate has begun, then what it owes, then what it may have done unseen, then the rest."""
    owed = found.answering.track.owed_by is OwedBy.INSPECTORATE
    if not owed:
        rank = 6
    elif found.status in _BEGUN:
        rank = 0
    elif found.status is Status.NOT_REQUIRED:
        rank = 5
    elif found.rule.strength is Strength.MAY:
        rank = 4
    else:
        rank = 2 if found.status is Status.NOT_RECORDED else 1
    return rank, found.closes or found.due or date.max


def _answer(found: _Found, facts: Situation, book: Rulebook) -> Answer:
    rule, track = found.rule, found.answering.track
    used = _facts_used(found, facts)
    subject = facts.view.history.subject
    return Answer(
        subject=subject.name,
        subject_type=subject.type,
        as_of=facts.view.as_of,
        activity=rule.activity,
        window=DueWindow(opens=found.opens, due=found.due, closes=found.closes),
        status=found.status,
        strength=rule.strength,
        certainty=rule.certainty,
        owed_by=track.owed_by,
        track=track.id,
        rule=rule.id,
        says=rule.says,
        sources=rule.sources,
        facts=tuple(FactUsed(name=name, means=FACTS[name].means, value=value) for name, value in used.items()),
        gap=rule.gap,
        evidence=rule.evidence,
        readings=book.readings_of(rule),
        notice=rule.notice,
        days_on_site=rule.days_on_site,
        report=rule.report,
        notes=notes_on(found.answering, rule, used, facts),
        not_yet_known=left_out(facts),
        rulebook=book.version,
        fingerprint=book.fingerprint,
    )


def _facts_used(found: _Found, facts: Situation) -> dict[str, Value]:
    """The facts that the rule's conditions and its window ask about."""
    names = [condition.fact for condition in found.rule.when]
    for text in (found.rule.opens, found.rule.due, found.rule.closes, found.rule.runs_from):
        ready = expression(text)
        names += ready.facts if ready else ()
    return {name: facts[name] for name in names if name in FACTS}
