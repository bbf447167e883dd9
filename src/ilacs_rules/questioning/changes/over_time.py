"""The days to come on which an answer changes with nothing else happening: found from those on which anything can."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers
from ilacs_rules.answering.explain import one_line
from ilacs_rules.dates import add_days, counted, in_full
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.questioning.changes.asking import Given, given
from ilacs_rules.questioning.changes.found import Change, ChangeKind
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import situation
from ilacs_rules.vocabulary import Status, in_words

__all__ = ["over_time"]

_BECOMES = {
    Status.OPEN: "opens",
    Status.OVERDUE: "becomes overdue",
    Status.WINDOW_PASSED: "has not come within its window, which is a reading",
    Status.NOT_OPEN: "is no longer open",
    Status.NOT_RECORDED: "may have been made unseen: its window has passed, and the record would not show it",
    Status.SUSPENDED: "is suspended",
}


def over_time(subject: Subject, as_of: date, until: date, book: Rulebook) -> Iterator[Change]:
    """Each day after ``as_of``, up to ``until``, on which the answer differs from that of the day before."""
    before = given(subject, as_of, book)
    for day in _turning_days(subject, as_of, until, book):
        now = given(subject, day, book)
        if now.key != before.key:
            words = f"in {counted(as_of, day)}, on {in_full(day)}, {_becomes(before.answer, now)}"
            yield Change(
                kind=ChangeKind.TIME,
                words=words,
                day=day,
                days=day.toordinal() - as_of.toordinal(),
                subject=subject,
                answer=now.answer,
                not_answered=now.not_answered,
            )
        before = now


def _becomes(before: Answer | None, now: Given) -> str:
    answer = now.answer
    if answer is None:
        return f"there is no answer any more: {now.not_answered}"
    same = before is not None and (before.rule, before.window) == (answer.rule, answer.window)
    if same and answer.status in _BECOMES:
        return f"the {in_words(answer.activity)} {_BECOMES[answer.status]}"
    if before is not None and (before.activity, before.window, before.status) == (
        answer.activity,
        answer.window,
        answer.status,
    ):
        return f"the answer stays {in_words(answer.activity)}, {answer.window}, and {_otherwise(before, answer)}"
    return f"the answer becomes {one_line(answer).removeprefix(f'{answer.subject}: ')}"


def _otherwise(before: Answer, now: Answer) -> str:
    """What differs between two answers that say the same of the activity, its window and its status."""
    pairs = [
        (name, str(getattr(before, name)), str(getattr(now, name)))
        for name in ("strength", "certainty", "owed_by")
        if getattr(before, name) != getattr(now, name)
    ]
    differs = [f"its {in_words(name)} becomes {new}, no longer {old}" for name, old, new in pairs]
    return " and ".join(differs) or f"another rule gives it: {now.rule}"


def _turning_days(subject: Subject, as_of: date, until: date, book: Rulebook) -> Iterator[date]:
    """The days on which the answer may change: the stretches on which facts and rules hold, and the windows in them."""
    starts = [as_of, *(day for day in _starts(subject, as_of, until, book)), add_days(until, 1)]
    for start, end in pairwise(starts):
        yield from [start] if start != as_of else []
        days = _within(subject, start, end, book)
        yield from sorted(day for day in days if start < day < end)


def _starts(subject: Subject, as_of: date, until: date, book: Rulebook) -> list[date]:
    """The first days of the stretches on which neither a fact nor a rule can change."""
    days = set(situation(subject, as_of=as_of).view.history.turns) | set(book.cuts(str(subject.type)))
    for year in range(as_of.year, until.year + 1):
        days |= {date(year, 1, 1), date(year, 4, 1)}
    return sorted(day for day in days if as_of < day <= until)


def _within(subject: Subject, start: date, end: date, book: Rulebook) -> set[date]:
    """The days of one stretch on which the status of any track may change: its windows' ends. All, if windows move."""
    if book.era(str(subject.type), start).moves:
        return {date.fromordinal(number) for number in range(start.toordinal(), end.toordinal())}
    try:
        windows = [answer.window for answer in answers(subject, as_of=start, rulebook=book)]
    except IlacsRulesError:
        return set()
    days = {window.opens for window in windows}
    days |= {add_days(day, 1) for window in windows for day in (window.due, window.closes) if day}
    return {day for day in days if day}
