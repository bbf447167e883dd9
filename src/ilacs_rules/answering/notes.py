"""What a reader of an answer should know about the record that it rests on."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from ilacs_rules.answering.deferred import PUT_OFF, on_deferral
from ilacs_rules.answering.ended import on_its_end
from ilacs_rules.answering.found import Found
from ilacs_rules.dates import WorkingDays, counted, in_full
from ilacs_rules.records import Event, LocalAuthority, Provider, Subject
from ilacs_rules.rulebook import Leaf, Rulebook
from ilacs_rules.rulebook.expressions import counts_working_days
from ilacs_rules.situation import FACTS, Situation, View
from ilacs_rules.situation.aggregates import CountSince, Sum
from ilacs_rules.situation.known import in_doubt, is_judged, judged_from, long_open_from
from ilacs_rules.situation.view import possible
from ilacs_rules.vocabulary import INSPECTIONS, Activity, Status, in_words

__all__ = ["left_out", "not_used_of", "notes_on"]

_NOT_USED = "Not all of this record could be used, and what is missing may change the answer: "


def notes_on(found: Found, situation: Situation, book: Rulebook) -> tuple[str, ...]:
    """Each doubt that the record brings to this answer, as a sentence; and what is known to be coming."""
    answering, leaf, closes = found.answering, found.leaf, found.closes or found.due
    view, subject = situation.view, situation.view.history.subject
    # Most records bring no doubt of most kinds: each kind is gone into only where there can be one.
    notes: list[str] = [f"{_NOT_USED}{what}." for what in subject.not_used]
    if found.lacks:
        notes.append(f"The record lacks what this rests on, so no day is given: {found.lacks}.")
        view = view.demanding_nothing()
        situation = Situation(view)
    if isinstance(subject, LocalAuthority):
        notes += on_its_end(subject, view, book)
    if view.anew or isinstance(subject, Provider):
        notes += _from_before(subject, leaf, view)
    if not PUT_OFF.isdisjoint(view.history.kinds):
        notes += on_deferral(found, view, book)
    if leaf.runs_from and answering.may_be_moved(view.as_of, found.runs_from):
        notes += _suspensions(found, situation)
    if leaf.status is not None:
        notes += _past_its_end(leaf, view, closes)
    if leaf.counts_working_days and answering.working_days and not found.suspended:
        notes += _working_days(found, situation, answering.working_days)
    if leaf.dated_by:
        notes += _days_not_on_record(found, situation)
    notes += _days_taken_for_others(leaf, situation, closes)
    notes += _not_covered(answering.met_by if leaf.requires else answering.triggered_by, view)
    if answering.expected and closes:
        notes += [f"Known to be coming: {item.says}" for item in answering.expected if closes >= item.first]
    return tuple(dict.fromkeys(notes))


def not_used_of(notes: Iterable[str]) -> str:
    """What the notes of an answer say could not be used of its record, in one line; empty where all of it was.

    >>> not_used_of([f"{_NOT_USED}1 row: started has no day at all.", "Another note."])
    '1 row: started has no day at all'
    """
    return "; ".join(note.removeprefix(_NOT_USED).removesuffix(".") for note in notes if note.startswith(_NOT_USED))


def left_out(view: View) -> tuple[str, ...]:
    """The events, and the end, that lie after the day asked about, as words: not yet known, they change nothing."""
    ended = view.history.ended
    end = () if ended is None or ended <= view.as_of else (f"{_END[view.history.who]} of {in_full(ended)}",)
    if not view.history.events or view.history.events[0].first_known <= view.as_of:
        return end
    later = [event for event in view.history.events if event.first_known > view.as_of]
    return (*(f"{in_words(event.activity)} of {in_full(event.first_known)}" for event in reversed(later)), *end)


_END = {"authority": "abolition", "provider": "closing"}


def _suspensions(found: Found, situation: Situation) -> Iterator[str]:
    as_of, runs_from = situation.view.as_of, found.runs_from
    dated = bool(found.rule.due or found.rule.closes)
    for pause in found.answering.suspensions:
        if pause.suspends(as_of):
            yield f"Suspended on this day, so no date can be given. {pause.says}"
        elif pause.eases(as_of):
            yield f"Done where possible on this day, so nobody is late. {pause.says}"
        elif dated and pause.last < as_of and runs_from is not None and runs_from <= pause.last:
            days = (pause.last - pause.first).days + 1
            later = (
                f"Due and closing days that had not passed on {in_full(pause.first)} are later by up to {days} days."
            )
            yield " ".join(part for part in (later, pause.says, pause.afterwards) if part)


def _working_days(found: Found, situation: Situation, working_days: WorkingDays) -> Iterator[str]:
    """Where working days are counted with bank holidays that are not proclaimed yet, or beyond those that are known."""
    leaf, years, known = found.leaf, working_days.years, situation.facts
    for expression, day in ((leaf.opens, found.opens), (leaf.due, found.due), (leaf.closes, found.closes)):
        if not expression or not counts_working_days(expression):
            continue
        if day is None and all(known[name] is not None for name in expression.facts if name in FACTS):
            yield f"Not stated: bank holidays are known from {years[0]} to {years[-1]}, and this counts beyond them."
        elif day is not None and day.year in working_days.expected:
            yield f"This counts working days of {day.year}, whose bank holidays have not been proclaimed yet."


def _days_not_on_record(found: Found, situation: Situation) -> Iterator[str]:
    """The days that the record lacks, so that a day of the window is not stated; `latest_known` may do without one."""
    leaf = found.leaf
    for name in leaf.dated_by:
        if situation.facts[name] is not None:
            continue
        ends = ((leaf.opens, found.opens), (leaf.due, found.due), (leaf.closes, found.closes))
        if any(end and day is None and name in end.facts for end, day in ends):
            yield f"Not on record: {FACTS[name].means}; the days that run from it are not stated."


def _from_before(subject: Subject, leaf: Leaf, view: View) -> Iterator[str]:
    """Where something that this answer would rest on happened under an earlier registration, or to another council."""
    day, number = view.anew, ""
    # The number of an earlier registration is said once the new one has begun, as far as is known.
    if isinstance(subject, Provider) and not (subject.registered and subject.registered > view.as_of):
        number = subject.predecessor
    if number:
        yield (
            f"It was registered before as {number}. What happened under that registration belongs to it and does not "
            "count (reading registered_anew)."
        )
    if day is None or number:
        return
    kinds = _kinds_of(leaf)
    if any(event.first_known < day and event.activity in kinds for event in view.history.events):
        yield _FROM_BEFORE[view.history.who].format(in_full(day))


_FROM_BEFORE = {
    "provider": "Registered anew on {}: what is on record from before that day belongs to an earlier registration and "
    "does not count.",
    "authority": "Created on {}: what is on record from before that day belongs to an authority that came before it "
    "and does not count (reading created_anew). If it is the same authority in a new form, give the day on which it "
    "was first created, or none.",
}


def _kinds_of(leaf: Leaf) -> frozenset[Activity]:
    """The activities that an answer looks at or counts."""
    counted = (_counted(reading) for _, reading in leaf.counts)
    return frozenset[Activity]().union(*(latest.kinds for latest in leaf.looks_at), *counted)


def _counted(reading: CountSince | Sum) -> frozenset[Activity]:
    return reading.kinds if isinstance(reading, CountSince) else reading.one.kinds | reading.other.kinds


def _days_taken_for_others(leaf: Leaf, situation: Situation, closes: date | None) -> Iterator[str]:
    view = situation.view
    past_its_end = _under_way(leaf, view) if closes and closes < view.as_of else None
    for latest in leaf.looks_at:
        event = latest.find(view)
        if event is not None and in_doubt(event):
            yield from _its_doubts(event, view.as_of)
        if event is not None and event.published is None and event is not past_its_end:
            yield from _long_open(event, view.as_of)
    # What was counted from a day on although its own first day is not known may have begun before that day.
    for name, reading in leaf.counts:
        for event in reading.counted(view) if situation.facts[name] else ():
            if event.started is None:
                yield f"The {in_words(event.activity)} of {in_full(event.first_known)} {_PLACED}"


def _long_open(event: Event, as_of: date) -> Iterator[str]:
    """An inspection of which nothing more is heard does not go on for years: what came of it is not on record."""
    since = long_open_from(event)
    if since is not None and since <= as_of:
        lacks = "day of publication" if event.ended else "last day and no day of publication"
        yield (
            f"The {in_words(event.activity)} of {in_full(event.first_known)} has no {lacks} on record, after more than "
            "two years. The record may be incomplete."
        )


def _under_way(leaf: Leaf, view: View) -> Event | None:
    """The event by which the activity counts as under way: it has no last day on record."""
    if leaf.status is not Status.UNDER_WAY:
        return None
    return next((event for latest in leaf.looks_at if (event := latest.find(view)) and event.ended is None), None)


def _past_its_end(leaf: Leaf, view: View, closes: date | None) -> Iterator[str]:
    """An inspection under way, or a report awaited, longer than the rule says that it takes."""
    event = _under_way(leaf, view)
    if event is None:
        if closes and closes < view.as_of:
            yield f"This was to be expected by {in_full(closes)}; nothing on record says that it has come."
        return
    day = in_full(event.first_known)
    begun = f"in {day.partition(' ')[2]}" if event.precision == "month" else f"on {day}"
    if closes is None:
        yield f"It began {begun} and no last day is on record: that alone is why it counts as under way."
    elif closes < view.as_of:
        yield (
            f"It began {begun} and by this rule would have ended by {in_full(closes)}, "
            f"{counted(closes, view.as_of)} ago; no last day is on record. The record may be incomplete."
        )


def _its_doubts(event: Event, as_of: date) -> Iterator[str]:
    words = f"The {in_words(event.activity)} of {in_full(event.first_known)}"
    if event.published is None and is_judged(event, as_of):
        last = "last day on site" if event.ended else "only day on record"
        day = in_full(judged_from(event) or event.first_known)
        yield f"{words} has no day of publication on record: its judgements count from its {last}, {day}."
    if event.precision == "month":
        yield f"{words} is known by its month only: days that run from it are not exact."
    if event.precision == "week":
        yield f"{words} may have begun about a week before that day: days that run from it are not exact."
    if event.started is None:
        yield f"{words} {_PLACED}"


_PLACED = "has no first day on site on record: it is placed by the earliest day that is known."


def _not_covered(kinds: frozenset[Activity], view: View) -> Iterable[str]:
    """Which of the activities that would meet this track the record would not show, or no longer on this day."""
    covers = view.history.covered
    if covers == "everything":
        return ()
    return _not_inspected(kinds, view.history.who) if covers == "inspections" else _not_shown(kinds, view)


@lru_cache(maxsize=1024)
def _not_inspected(kinds: frozenset[Activity], who: str) -> tuple[str, ...]:
    return tuple(_would_not_show(kind) for kind in sorted(possible(kinds, who) - INSPECTIONS))


def _would_not_show(kind: Activity) -> str:
    return f"The record would not show every {in_words(kind)}."


def _not_shown(kinds: frozenset[Activity], view: View) -> Iterator[str]:
    history, as_of = view.history, view.as_of
    for kind in sorted(possible(kinds, history.who)):
        until = history.covered_until(frozenset({kind}))
        if until == date.min:
            yield _would_not_show(kind)
        elif until < as_of:
            yield f"The record of each {in_words(kind)} ends on {in_full(until)}: a later one is not known."
