"""Why an answer moved: the rulebook, the day or the record, told apart by changing one of them at a time."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers, required_of
from ilacs_rules.answering.explain import value_in_words
from ilacs_rules.dates import in_full
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.questioning.moved.found import Cause, CauseKind, Run, key_of
from ilacs_rules.records import Event, Subject
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.vocabulary import in_words

__all__ = ["causes", "what_is_new", "what_makes"]


def what_makes(answer: Answer | None) -> tuple[object, ...] | None:
    """What makes an answer another one: all that is said of it in a table, and its rule.

    >>> what_makes(None) is None
    True
    """
    if answer is None:
        return None
    return answer.activity, answer.window, answer.status, answer.strength, answer.certainty, answer.rule


def causes(before: Answer | None, after: Answer | None, old: Run, new: Run) -> Iterator[Cause]:
    """Why one question has another answer in a second run; exact where both records are at hand."""
    either = after or before
    assert either is not None
    key = key_of(either)
    then, now = old.records.get(key), new.records.get(key)
    book, first, last = _rulebook(new), _day(old), _day(new)
    if then and now and book and first and last:
        asked = _Asked(book, either.track)
        yield from list(_one_by_one(before, _Step(then, first), _Step(now, last), asked, old)) or _compared(
            before, after
        )
    elif _asked_about(old, key) and _asked_about(new, key):
        yield from _compared(before, after)
    else:
        words = "not asked about before" if after else "no longer asked about, or nothing is required now"
        yield Cause(kind=CauseKind.RECORD, says=words)


class _Step(NamedTuple):
    """What a question is put to: a record, on a day."""

    record: Subject
    day: date


class _Asked(NamedTuple):
    """What is asked: one track of a rulebook."""

    book: Rulebook
    track: str

    def of(self, record: Subject, day: date) -> Answer | None:
        try:
            found = required_of(answers(record, as_of=day, rulebook=self.book))
        except IlacsRulesError:
            return None
        return next((answer for answer in found if answer.track == self.track), None)


def _one_by_one(before: Answer | None, then: _Step, now: _Step, asked: _Asked, old: Run) -> Iterator[Cause]:
    """Change the rulebook, then the day, then the record, and see after which of these the answer changes."""
    with_book = asked.of(then.record, then.day)
    version = next(iter(old.required)).rulebook if old.required else ""
    if what_makes(before) != what_makes(with_book):
        yield Cause(kind=CauseKind.RULEBOOK, says=f"another rulebook: {asked.book.version}, before {version}")
    with_day = asked.of(then.record, now.day)
    if what_makes(with_book) != what_makes(with_day):
        yield Cause(kind=CauseKind.DAY, says=_what_came(with_book, with_day, then, now.day))
    if what_makes(with_day) != what_makes(asked.of(now.record, now.day)):
        yield from (Cause(kind=CauseKind.RECORD, says=words) for words in what_is_new(then.record, now.record))


def _what_came(before: Answer | None, after: Answer | None, then: _Step, last: date) -> str:
    """Which day came that counts: of an event, or of the window; otherwise only that another day was asked about."""
    first, events = then.day, then.record.events
    words = [f"the {_named(event)} began" for event in events if first < event.first_known <= last]
    words += [
        f"the report of the {_named(event)} came out"
        for event in events
        if event.published and first < event.published <= last
    ]
    opens = {answer.window.opens for answer in (before, after) if answer and answer.window.opens}
    ends = [(name, day) for name, day in _ends_of(before) if first <= day < last]
    words += [f"the window opened on {in_full(day)}" for day in sorted(opens) if first < day <= last]
    words += [f"the {name} day, {in_full(day)}, passed" for name, day in ends]
    return "; ".join(words) or f"the day asked about: {in_full(last)}, before {in_full(first)}"


def _ends_of(answer: Answer | None) -> list[tuple[str, date]]:
    """The last day of a window, or where none is stated its nominal day, each by its name."""
    window = answer.window if answer else None
    if window and window.closes:
        return [("last", window.closes)]
    return [("nominal", window.due)] if window and window.due else []


def what_is_new(then: Subject, now: Subject) -> Iterator[str]:
    """How one record differs from another: its events, then its other fields."""
    old, new = {_named(event): event for event in then.events}, {_named(event): event for event in now.events}
    for name, event in new.items():
        if name not in old:
            yield f"new on record: {name}"
        elif old[name] != event:
            yield f"changed on record: {name}"
    yield from (f"no longer on record: {name}" for name in old if name not in new)
    fields = {*type(then).model_fields, *type(now).model_fields} - {"events", "name"}
    for field in sorted(fields):
        if getattr(then, field, None) != getattr(now, field, None):
            yield f"changed on record: {field.replace('_', ' ')}"


def _named(event: Event) -> str:
    return f"{in_words(event.activity)} of {in_full(event.first_known)}"


def _compared(before: Answer | None, after: Answer | None) -> Iterator[Cause]:
    """Where nothing can be asked again: what the two answers themselves say of what they rest on."""
    found: list[Cause] = []
    if before and after:
        facts = {fact.name: fact.value for fact in before.facts}
        for fact in after.facts:
            if fact.name in facts and facts[fact.name] != fact.value:
                was, now = value_in_words(facts[fact.name]), value_in_words(fact.value)
                found.append(Cause(kind=CauseKind.RECORD, says=f"{fact.means}: {now}, before {was}"))
        if before.fingerprint != after.fingerprint:
            words = f"another rulebook: {after.rulebook}, before {before.rulebook}"
            found.append(Cause(kind=CauseKind.RULEBOOK, says=words))
        if before.as_of != after.as_of:
            words = f"the day asked about: {in_full(after.as_of)}, before {in_full(before.as_of)}"
            found.append(Cause(kind=CauseKind.DAY, says=words))
    yield from found or [Cause(kind=CauseKind.NOT_KNOWN, says="the runs do not hold the facts that they rest on")]


def _asked_about(run: Run, key: object) -> bool:
    return any(key_of(answer) == key for answer in run.required)


def _day(run: Run) -> date | None:
    return next((answer.as_of for answer in run.required), None)


def _rulebook(run: Run) -> Rulebook | None:
    """The rulebook of a run: what its answers bring along, or the shipped one where it is the same."""
    found = next(iter(run.required), None)
    if found is None or found.asked:
        return found.asked.rulebook if found and found.asked else None
    shipped = load_rulebook()
    return shipped if shipped.fingerprint == found.fingerprint else None
