"""Situation and rulebook in, required activities out."""

from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import ASKED, Answer, Asked
from ilacs_rules.answering.found import BY_RANK_AND_DAY, Found, edges_of, find, precedence, status_of
from ilacs_rules.answering.notes import left_out, notes_on
from ilacs_rules.answering.parts import DueWindow, FactUsed, trusted
from ilacs_rules.answering.several import Answers
from ilacs_rules.errors import OutsideRulebookError, RecordError
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Answering, Era, Rulebook, load_rulebook
from ilacs_rules.situation import FACTS, Situation, Value, situation
from ilacs_rules.situation.aggregates.domains import NOT_YET
from ilacs_rules.vocabulary import Status, Strength

__all__ = ["Observed", "answers", "next_activity", "required_activities", "required_of", "watching"]


def next_activity(subject: Subject, *, as_of: date, rulebook: Rulebook | None = None) -> Answer:
    """The activity that the inspectorate owes the subject and that closes first.

    An inspection under way or a report awaited comes before everything else. An activity whose window has passed
    where the record would not show it does not stand in the way of the next one. Of several that close on one day, or
    that have no day (while everything is suspended, none has), it is the one whose track comes first in the rulebook:
    in the shipped one the graded inspection, then the visits between, then monitoring.

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
    book = _checked(rulebook)
    facts = situation(subject, as_of=as_of)
    era = book.era(subject.type, as_of)
    if _WATCHING:
        _tell(Observed(book, facts, find(era, era.owed, facts)))
    (words,) = _between_edges(era, era.owed, facts, book)
    return trusted(Answer, {**words, "as_of": as_of})


def required_activities(subject: Subject, *, as_of: date, rulebook: Rulebook | None = None) -> Answers:
    """Everything that is due from anyone, earliest to close first; what has no stated day comes last.

    Args and errors are those of ``next_activity``. What is not required is left out, and so is what only may happen
    (strength ``may``): see ``answers``.

    >>> from ilacs_rules import Event, LocalAuthority
    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_short", started=date(2024, 4, 15), ended=date(2024, 4, 19),
    ...           published=date(2024, 5, 29), judgements={"overall": "good"})])
    >>> [answer.activity.value for answer in required_activities(authority, as_of=date(2024, 6, 1))][:4]
    ['report_published_by_authority', 'statement_of_action', 'self_evaluation', 'annual_engagement_meeting']
    >>> second = required_activities(authority, as_of=date(2024, 9, 7))[1]  # 70 working days ended on 6 September
    >>> second.activity.value, second.status.value
    ('statement_of_action', 'overdue')
    """
    return required_of(answers(subject, as_of=as_of, rulebook=rulebook))


def required_of(found: Iterable[Answer]) -> Answers:
    """Of the answers of every track, those that something is required by, earliest to close first.

    >>> required_of(())
    No answers.
    """
    due = (
        answer for answer in found if answer.status is not Status.NOT_REQUIRED and answer.strength is not Strength.MAY
    )
    return Answers(sorted(due, key=lambda answer: answer.window.closes or answer.window.due or date.max))


def answers(subject: Subject, *, as_of: date, rulebook: Rulebook | None = None) -> Answers:
    """What each track answers, those included whose rule says that nothing is required, and why.

    Args and errors are those of ``next_activity``.

    >>> from ilacs_rules import Event, Provider
    >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2030, 1, 1))
    >>> {answer.activity.value for answer in answers(agency, as_of=date(2024, 6, 1))}
    {'nothing_required'}
    >>> answers(agency, as_of=date(2016, 6, 1))
    Traceback (most recent call last):
    ilacs_rules.errors.OutsideRulebookError: as_of: this rulebook (2026.11) has no rule for an independent fostering \
agency on that day (found 2016-06-01; expected 2017-04-01 or later)
    """
    book = _checked(rulebook)
    facts = situation(subject, as_of=as_of)
    era = book.era(subject.type, as_of)
    if _WATCHING:
        _tell(Observed(book, facts, find(era, era.asked, facts)))
    return Answers(trusted(Answer, {**words, "as_of": as_of}) for words in _between_edges(era, era.asked, facts, book))


def _checked(rulebook: Rulebook | None) -> Rulebook:
    if rulebook is None:
        return load_rulebook()
    if not isinstance(rulebook, Rulebook):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise RecordError("is not a rulebook", field="rulebook", value=rulebook, expected="a Rulebook, or None")
    return rulebook


_Words = dict[str, object]


class Observed(NamedTuple):
    """A question as the engine answered it: the rulebook, the situation, and what was found for each track.

    Of each track: ``answering`` (the track and its tree), ``rule``, and the ends of the window ``opens``, ``due``,
    ``closes``. ``next_activity`` finds only what the inspectorate owes.
    """

    book: Rulebook
    facts: Situation
    found: tuple[Found, ...]


_WATCHING: list[Callable[[Observed], None]] = []


@contextmanager
def watching(observer: Callable[[Observed], None]) -> Generator[None]:
    """While this lasts, tell an observer of every question that is answered, in whatever thread; kept answers too.

    It is for measuring what tests reach. Where nobody watches it costs one look at an empty list.

    >>> from ilacs_rules import Provider
    >>> agency, seen = Provider(type="childrens_home", name="A home", registered=date(2020, 1, 1)), []
    >>> with watching(seen.append):
    ...     answer = next_activity(agency, as_of=date(2024, 6, 1))
    >>> answer.rule in [found.rule.id for found in seen[0].found]
    True
    >>> answer = next_activity(agency, as_of=date(2024, 6, 2))
    >>> len(seen)
    1
    """
    _WATCHING.append(observer)
    try:
        yield
    finally:
        _WATCHING.remove(observer)


def _tell(asked: Observed) -> None:
    for observer in tuple(_WATCHING):
        observer(asked)


def _between_edges(era: Era, tracks: tuple[Answering, ...], facts: Situation, book: Rulebook) -> tuple[_Words, ...]:
    """The words of each answer, but for the day: made once for all days like this one between two edges of windows."""
    owed = tracks is era.owed

    def made(_: object) -> tuple[_Words, ...]:
        found = find(era, tracks, facts)
        if owed:
            if not found:
                raise _nothing_to_say(facts, book)
            # `min` keeps the first of equals, and tracks stand in the order of the rulebook.
            found = (min((precedence(item, facts) for item in found), key=BY_RANK_AND_DAY).found,)
        return tuple(_words(item, status_of(item, facts), facts, book) for item in found)

    if era.moves:
        return made(owed)
    edges = facts.kept((era, owed, "edges"), lambda _: edges_of(find(era, tracks, facts)))
    return facts.kept((era, owed, bisect_right(edges, facts.view.as_of)), made)


def _nothing_to_say(facts: Situation, book: Rulebook) -> OutsideRulebookError:
    """A small rulebook may ask nothing of the inspectorate, or not say what holds before a subject exists."""
    subject = facts.view.history.subject
    return OutsideRulebookError(
        f"this rulebook ({book.version}) says nothing of the inspectorate here",
        field="as_of",
        value=facts.view.as_of,
        expected=f"a rule in force for {subject.name}, which "
        + ("did not exist yet" if facts["exists"] == NOT_YET else "exists"),
    )


def _words(found: Found, status: Status, facts: Situation, book: Rulebook) -> _Words:
    """Everything an answer says that is the same on every day like this one."""
    rule, track, subject = found.rule, found.answering.track, facts.view.history.subject
    used = _facts_used(found, facts)
    return {
        "subject": subject.name,
        "urn": subject.urn,
        "subject_type": str(subject.type),
        "as_of": None,  # each day's own is put in its place
        "activity": rule.activity,
        "window": trusted(DueWindow, {"opens": found.opens, "due": found.due, "closes": found.closes}),
        "status": status,
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
        "notes": notes_on(found.answering, rule, used, facts, found.closes or found.due),
        "not_yet_known": left_out(facts),
        "rulebook": book.version,
        "fingerprint": book.fingerprint,
        ASKED: Asked(subject, book),
    }


def _facts_used(found: Found, facts: Situation) -> dict[str, Value]:
    """The facts that the rule's conditions and its window ask about."""
    names = (*(condition.fact for condition in found.rule.when), *found.leaf.facts)
    return {name: facts[name] for name in names if name in FACTS}
