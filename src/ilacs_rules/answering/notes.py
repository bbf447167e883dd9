"""What a reader of an answer should know about the record that it rests on."""

from collections.abc import Iterator, Mapping
from datetime import date

from ilacs_rules.answering.found import Found
from ilacs_rules.dates import WorkingDays, in_full
from ilacs_rules.records import Event
from ilacs_rules.rulebook import Answering, Rule
from ilacs_rules.rulebook.expressions import counts_working_days, parse
from ilacs_rules.situation import FACTS, Day, Situation, Value
from ilacs_rules.situation.aggregates import CountSince, Sum
from ilacs_rules.situation.known import is_judged, judged_from
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["left_out", "notes_on"]


def notes_on(found: Found, used: Mapping[str, Value], facts: Situation) -> tuple[str, ...]:
    """Each doubt that the record brings to this answer, as a sentence; and what is known to be coming."""
    answering, rule, closes = found.answering, found.rule, found.closes or found.due
    notes: list[str] = [
        f"Not all of this record could be used, and what is missing may change the answer: {what}."
        for what in facts.view.history.subject.not_used
    ]
    if answering.suspensions and rule.runs_from:
        notes += _suspensions(answering, rule, facts)
    if rule.status is not None and closes and closes < facts.view.as_of:
        notes.append(f"This was to be expected by {in_full(closes)}; nothing on record says that it has come.")
    if answering.working_days and not found.suspended:
        notes += _working_days(found, used, answering.working_days)
    if None in used.values():
        notes += _days_not_known(rule, used)
    if facts.view.history.doubtful:
        notes += _days_taken_for_others(used, facts)
    if facts.view.history.subject.covers != "everything":
        of = answering.track.triggered_by if rule.activity is Activity.NOTHING_REQUIRED else answering.met_by
        notes += _not_covered(frozenset(of), facts)
    notes += [f"Known to be coming: {item.says}" for item in answering.expected if closes and closes >= item.first]
    return tuple(dict.fromkeys(notes))


def left_out(facts: Situation) -> tuple[str, ...]:
    """The events that lie after the day asked about, as words: they are not yet known and change nothing."""
    view = facts.view
    if not view.history.events or view.history.events[0].first_known <= view.as_of:
        return ()
    later = [event for event in view.history.events if event.first_known > view.as_of]
    return tuple(f"{in_words(event.activity)} of {in_full(event.first_known)}" for event in reversed(later))


def _suspensions(answering: Answering, rule: Rule, facts: Situation) -> Iterator[str]:
    as_of = facts.view.as_of
    for pause in answering.suspensions:
        if pause.first <= as_of <= pause.last:
            yield f"Suspended on this day, so no date can be given. {pause.says}"
        elif pause.last < as_of and _spans(pause.last, rule, facts):
            days = (pause.last - pause.first).days + 1
            later = (
                f"Due and closing days that had not passed on {in_full(pause.first)} are later by up to {days} days."
            )
            yield " ".join(part for part in (later, pause.says, pause.afterwards) if part)


def _working_days(found: Found, used: Mapping[str, Value], working_days: WorkingDays) -> Iterator[str]:
    """Where working days are counted with bank holidays that are not proclaimed yet, or beyond those that are known."""
    leaf, years = found.leaf, working_days.years
    for expression, day in ((leaf.opens, found.opens), (leaf.due, found.due), (leaf.closes, found.closes)):
        if not expression or not counts_working_days(expression):
            continue
        if day is None and all(used.get(name) is not None for name in expression.facts):
            yield f"Not stated: bank holidays are known from {years[0]} to {years[-1]}, and this counts beyond them."
        elif day is not None and day.year in working_days.expected:
            yield f"This counts working days of {day.year}, whose bank holidays have not been proclaimed yet."


def _spans(last: date, rule: Rule, facts: Situation) -> bool:
    if not rule.runs_from or not (rule.due or rule.closes):
        return False
    runs_from = parse(rule.runs_from).day(facts.__getitem__)
    return runs_from is not None and runs_from <= last


def _days_not_known(rule: Rule, used: Mapping[str, Value]) -> Iterator[str]:
    in_window = " ".join(text for text in (rule.opens, rule.due, rule.closes) if text)
    for name, value in used.items():
        if value is None and isinstance(FACTS[name].domain, Day) and name in in_window:
            yield f"Not on record: {FACTS[name].means}; the days that run from it are not stated."


def _days_taken_for_others(used: Mapping[str, Value], facts: Situation) -> Iterator[str]:
    for event in _looked_at(used, facts):
        words = f"The {in_words(event.activity)} of {in_full(event.first_known)}"
        if event.published is None and is_judged(event, facts.view.as_of):
            last = "last day on site" if event.ended else "only day on record"
            day = in_full(judged_from(event) or event.first_known)
            yield f"{words} has no day of publication on record: its judgements count from its {last}, {day}."
        if event.precision != "day":
            yield f"{words} is known by its month only: days that run from it are not exact."
        if event.started is None:
            yield f"{words} {_PLACED}"
    for event in _placed_in_doubt(used, facts):
        yield f"The {in_words(event.activity)} of {in_full(event.first_known)} {_PLACED}"


_PLACED = "has no first day on site on record: it is placed by the earliest day that is known."


def _looked_at(used: Mapping[str, Value], facts: Situation) -> Iterator[Event]:
    for name in used:
        latest = FACTS[name].reading.looks_at
        event = latest.find(facts.view) if latest else None
        if event is not None:
            yield event


def _placed_in_doubt(used: Mapping[str, Value], facts: Situation) -> Iterator[Event]:
    """What was counted from a day on although its own first day is not known: it may have begun before that day."""
    for name in used:
        reading = FACTS[name].reading
        if isinstance(reading, CountSince | Sum):
            yield from (event for event in reading.counted(facts.view) if event.started is None)


def _not_covered(kinds: frozenset[Activity], facts: Situation) -> Iterator[str]:
    """Which of the activities that would meet this track the record would not show, or no longer on this day."""
    history, as_of = facts.view.history, facts.view.as_of
    for kind in sorted(history.possible(kinds)):
        until = history.covered_until(frozenset({kind}))
        if until == date.min:
            yield f"The record would not show every {in_words(kind)}."
        elif until < as_of:
            yield f"The record of each {in_words(kind)} ends on {in_full(until)}: a later one is not known."
