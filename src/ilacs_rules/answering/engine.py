"""The way of a question, one way: view → facts → found → ranked → answer.

::

    subject, day ─► View ─► Facts ─► Found ─► Ranked ─► Answer
                                       ▲
    rulebook ─► Era ─► Tracks ─────────┘

``_asked`` below goes that way; each step is a value that the next one takes, and ``kept`` is the one place that keeps.
"""

from collections.abc import Iterable
from datetime import date

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.found import Found, Tracks, find
from ilacs_rules.answering.kept import Standing, kept_of
from ilacs_rules.answering.ranked import first_of, ranked
from ilacs_rules.answering.said import on_day, say
from ilacs_rules.answering.several import Answers
from ilacs_rules.answering.watching import Observed, observers
from ilacs_rules.errors import MissingFactError, OutsideRulebookError
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.situation import EXISTS, Situation, View, checked_day
from ilacs_rules.situation.aggregates.domains import MAY_HAVE_ENDED, NO_LONGER, NOT_YET
from ilacs_rules.vocabulary import Status, Strength

__all__ = ["answers", "next_activity", "required_activities", "required_of"]


def next_activity(subject: Subject, *, as_of: date | str, rulebook: Rulebook | None = None) -> Answer:
    """The activity that the inspectorate owes the subject and whose window closes first.

    An inspection under way, or a report that is awaited, comes before everything else. An activity may have a window
    that has passed, in a record that would not show it. That activity does not hold up the next one.

    Several activities may close on one day, or have no day, as while everything is suspended. Then the track that comes
    first in the rulebook decides. In the shipped rulebook these are the graded inspection, the visits between two
    inspections, and monitoring, in this order.

    Args:
        subject: a ``LocalAuthority`` or a ``Provider``.
        as_of: the day you ask about, as a ``date`` or as text in the form YYYY-MM-DD. You must give one.
        rulebook: a rulebook of your own. Without it, the shipped one answers.

    Raises:
        MissingFactError: the record should hold every inspection, but lacks what a rule needs, so nobody can tell what
            comes next. ``required_activities`` and ``answers`` still answer the other questions.
        OutsideRulebookError: the rulebook has no rule for such a subject on that day.
        RecordError: ``as_of`` is not a day, or ``subject`` is not a subject.

    >>> from ilacs_rules import Event, LocalAuthority
    >>> authority = LocalAuthority(name="An authority", events=[
    ...     Event(activity="ilacs_standard", started=date(2022, 7, 18), ended=date(2022, 7, 29),
    ...           published=date(2022, 9, 21), judgements={"overall": "inadequate"})])
    >>> next_activity(authority, as_of=date(2022, 10, 1)).activity.value
    'action_planning_visit'
    >>> next_activity(authority, as_of=date(2022, 8, 1)).status.value  # the report is not out yet
    'awaiting_report'
    """
    (answer,) = _asked(subject, checked_day(as_of), rulebook, owed=True)
    return answer


def required_activities(subject: Subject, *, as_of: date | str, rulebook: Rulebook | None = None) -> Answers:
    """Everything that is due from anyone. What closes first comes first, and what has no stated day comes last.

    Activities that are not required are left out, and so are those that only may happen (strength ``may``). ``answers``
    includes them.

    Args:
        subject, as_of, rulebook: as for ``next_activity``.

    Raises:
        OutsideRulebookError: the rulebook has no rule for such a subject on that day.
        RecordError: ``as_of`` is not a day, or ``subject`` is not a subject.

    A fact that the record lacks is not an error here. The tracks that rest on it are ``not_stated``, and a note names
    it.

    >>> from ilacs_rules import Event, LocalAuthority
    >>> authority = LocalAuthority(name="An authority", covers="everything", events=[
    ...     Event(activity="ilacs_short", started=date(2024, 4, 15), ended=date(2024, 4, 19),
    ...           published=date(2024, 5, 29), judgements={"overall": "good"})])
    >>> [answer.activity.value for answer in required_activities(authority, as_of=date(2024, 6, 1))][:4]
    ['report_published_by_authority', 'statement_of_action', 'self_evaluation', 'annual_engagement_meeting']
    >>> second = required_activities(authority, as_of=date(2024, 9, 6))[1]  # 70 working days ended on 5 September
    >>> second.activity.value, second.status.value
    ('statement_of_action', 'overdue')
    >>> inspections = authority.model_copy(update={"covers": "inspections"})  # says nothing of statements
    >>> required_activities(inspections, as_of=date(2024, 9, 6))[1].status.value
    'not_recorded'
    """
    return required_of(answers(subject, as_of=as_of, rulebook=rulebook))


def required_of(found: Iterable[Answer]) -> Answers:
    """Those answers that require something, the earliest to close first.

    >>> required_of(())
    No answers.
    """
    due = (
        answer for answer in found if answer.status is not Status.NOT_REQUIRED and answer.strength is not Strength.MAY
    )
    return Answers(sorted(due, key=lambda answer: answer.window.closes or answer.window.due or date.max))


def answers(subject: Subject, *, as_of: date | str, rulebook: Rulebook | None = None) -> Answers:
    """What each track answers, including the tracks in which nothing is required, with the reason.

    Args:
        subject, as_of, rulebook: as for ``next_activity``.

    Raises:
        OutsideRulebookError, RecordError: as for ``required_activities``.

    >>> from ilacs_rules import Event, Provider
    >>> agency = Provider(type="independent_fostering_agency", name="An agency", registered=date(2030, 1, 1))
    >>> {answer.activity.value for answer in answers(agency, as_of=date(2024, 6, 1))}
    {'nothing_required'}
    >>> answers(agency, as_of=date(2016, 6, 1))
    Traceback (most recent call last):
    ilacs_rules.errors.OutsideRulebookError: as_of: this rulebook (2026.11) has no rule for an independent fostering \
agency on that day (found 2016-06-01; expected 2017-04-01 or later)
    """
    return Answers(_asked(subject, checked_day(as_of), rulebook, owed=False))


def _asked(subject: Subject, as_of: date, rulebook: Rulebook | None, *, owed: bool) -> tuple[Answer, ...]:
    """The answers to a question: of the tracks in which the inspectorate acts, of the one that comes first; or of all.

    Whatever was worked out before for a day like this one is taken from where it is kept.
    """
    book = book_given(rulebook)
    kept = kept_of(subject)
    tracks = Tracks(book.era(subject.type, as_of), owed)
    if tracks.era.moves:  # a window that moves with the day holds for no other
        situation = Situation(View(kept.history, as_of))
        return _answers(find(tracks, situation), tracks, situation, book)
    stretch = kept.stretch(as_of, book)
    standing = stretch.standing.get(tracks)
    answers = standing.of(as_of) if standing else None
    if answers is None or observers:
        situation = Situation(stretch.facts.view.on(as_of), stretch.facts)
        if standing is None:
            standing = stretch.standing[tracks] = Standing(find(tracks, situation), book)
        answers = standing.keep(as_of, _answers(standing.found, tracks, situation, book))
    return tuple([on_day(answer, as_of) for answer in answers])


def _answers(all_found: tuple[Found, ...], tracks: Tracks, situation: Situation, book: Rulebook) -> tuple[Answer, ...]:
    """What was found, ranked and put into the words of answers."""
    each = [ranked(found, situation) for found in all_found]
    if tracks.owed and each:
        each = [first_of(each)]
        lacks = each[0].found.lacks
        if lacks:  # what comes next rests on all tracks, so it cannot be told
            raise MissingFactError(lacks.problem, field=lacks.field, value=lacks.value, expected=lacks.expected)
    for tell in tuple(observers):
        tell(Observed(book, situation, all_found))
    if tracks.owed and not each:
        raise _nothing_to_say(situation, book)
    return tuple([say(item, situation, book) for item in each])


def _nothing_to_say(situation: Situation, book: Rulebook) -> OutsideRulebookError:
    """A small rulebook may ask nothing of the inspectorate, or not say what holds before a subject exists."""
    subject = situation.view.history.subject
    return OutsideRulebookError(
        f"this rulebook ({book.version}) says nothing about the inspectorate for this subject on this day",
        field="as_of",
        value=situation.view.as_of,
        expected=f"a rule in force for {subject.name}, which " + _THERE.get(str(situation[EXISTS]), "exists"),
    )


_THERE = {NOT_YET: "did not exist yet", NO_LONGER: "has ended", MAY_HAVE_ENDED: "may have ended"}
