"""The single changes that are considered, as real histories: a closed list, and each of them could have happened."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ilacs_rules.dates import in_full
from ilacs_rules.errors import DateOrderError, DuplicateEventError
from ilacs_rules.questioning.changes.found import ChangeKind
from ilacs_rules.questioning.changes.matter import Matter, facts_read, read_by
from ilacs_rules.records import Event, LocalAuthority, Subject, areas_judged
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.situation import FACTS
from ilacs_rules.situation.aggregates import OutcomeOf
from ilacs_rules.situation.known import is_judged
from ilacs_rules.vocabulary import ACTIVITIES, GRADED, SCALE, Activity, Effectiveness, Outcome, in_words

__all__ = ["Possible", "given_up", "possible"]


class Possible(NamedTuple):
    """A history that differs from another in one thing, and that thing in words."""

    kind: ChangeKind
    words: str
    subject: Subject


class Said(NamedTuple):
    """What a report may say: grades, an outcome, or nothing that rules read."""

    words: str
    judgements: dict[str, str]
    outcome: Outcome | None = None


def possible(subject: Subject, as_of: date, matter: Matter, book: Rulebook) -> Iterator[Possible]:
    """Each change of the closed list (see ``ChangeKind``) that touches something that matters.

    ``subject`` is the history as it was known on the day. Outcomes are those that the rules for such a subject tell
    apart. A change that cannot have happened does not count, such as two graded inspections that begin on one day. Nor
    does one more activity of a kind that had been given up by then.
    """
    yield from _other_grades(subject, as_of, matter)
    read = facts_read(book, str(subject.type))
    for kind in Activity:
        if kind in matter.activities and ACTIVITIES[kind].event and _who(subject) in ACTIVITIES[kind].to:
            yield from _of_one_kind(subject, as_of, kind, _outcomes(kind, read))
            if not given_up(kind, str(subject.type), as_of, book):
                yield from _one_more(subject, as_of, kind, _outcomes(kind, read))


def _who(subject: Subject) -> str:
    return "authority" if isinstance(subject, LocalAuthority) else "provider"


def _of_one_kind(subject: Subject, as_of: date, kind: Activity, outcomes: tuple[Outcome, ...]) -> Iterator[Possible]:
    latest = next((event for event in reversed(subject.events) if event.activity is kind), None)
    if latest is not None:
        if is_judged(latest, as_of):
            yield from _other_outcomes(subject, latest, outcomes)
        else:
            yield from _its_report(subject, as_of, latest, outcomes)
        words = f"the {_named(latest)} had not happened"
        yield from _made(ChangeKind.ONE_FEWER, words, subject, latest, None)


def given_up(kind: Activity, subject_type: str, as_of: date, book: Rulebook) -> bool:
    """Whether an activity no longer came to such subjects on a day: the rules that once asked for it have all ended.

    Of an activity that no rule ever asked for, nobody can say that it was given up. A rule that only says how far an
    activity has come asks for none.

    >>> from ilacs_rules import load_rulebook
    >>> asked = Activity.INTERIM_INSPECTION, "childrens_home"
    >>> [given_up(*asked, day, load_rulebook()) for day in (date(2022, 3, 31), date(2022, 4, 1))]
    [False, True]
    """
    kinds = (kind, ACTIVITIES[kind].form_of)
    asking = [
        rule
        for rule in book.rules
        if rule.activity in kinds and rule.status is None and subject_type in rule.applies_to
    ]
    return bool(asking) and all(rule.last is not None and rule.last < as_of for rule in asking)


def _other_grades(subject: Subject, as_of: date, matter: Matter) -> Iterator[Possible]:
    for event in reversed(subject.events):
        if event.activity in GRADED and is_judged(event, as_of):
            break
    else:
        return
    if event.activity not in matter.activities:
        return
    given = event.judgements.given()
    for area in areas_judged(event.activity, event.started or event.first_known):
        for grade in SCALE if area in matter.areas else ():
            if given.get(area) is not grade:
                words = f"{in_words(area)} had been {in_words(grade)} at the {_named(event)}"
                changed = event.model_copy(update={"judgements": {**given, area: grade}})
                yield from _made(ChangeKind.GRADE, words, subject, event, changed)


def _other_outcomes(subject: Subject, event: Event, outcomes: tuple[Outcome, ...]) -> Iterator[Possible]:
    for outcome in (*outcomes, None):
        if outcome is not event.outcome:
            words = f"the {_named(event)} had concluded {in_words(outcome) if outcome else 'nothing of the kind'}"
            changed = event.model_copy(update={"outcome": outcome})
            yield from _made(ChangeKind.OUTCOME, words, subject, event, changed)


def _its_report(subject: Subject, as_of: date, event: Event, outcomes: tuple[Outcome, ...]) -> Iterator[Possible]:
    for said in _sayings(event.activity, event.started or event.first_known, outcomes):
        changed = event.model_copy(update={"published": as_of, "judgements": said.judgements, "outcome": said.outcome})
        words = f"the report of the {_named(event)} came out that day{said.words}"
        yield from _made(ChangeKind.REPORT, words, subject, event, changed)


def _one_more(subject: Subject, as_of: date, kind: Activity, outcomes: tuple[Outcome, ...]) -> Iterator[Possible]:
    begun = Event(activity=kind, started=as_of)
    new = [(f"one more {in_words(kind)} that day", begun)]
    for said in _sayings(kind, as_of, outcomes):
        update = {"ended": as_of, "published": as_of, "judgements": said.judgements, "outcome": said.outcome}
        words = f"one more {in_words(kind)} that day, its report out at once{said.words}"
        new.append((words, begun.model_copy(update=update)))
    for words, event in new:
        yield from _made(ChangeKind.ONE_MORE, words, subject, None, event)


def _sayings(kind: Activity, day: date, outcomes: tuple[Outcome, ...]) -> Iterator[Said]:
    """What a report of that kind may say: one grade in every area, each outcome that rules read, or neither."""
    if kind in GRADED:
        areas = areas_judged(kind, day)
        for grade in SCALE:
            yield Said(f", {in_words(grade)} in every area", dict.fromkeys(areas, grade.value))
    elif kind is Activity.INTERIM_INSPECTION:
        for word in Effectiveness:
            yield Said(f": {in_words(word)}", {"effectiveness": word.value})
    else:
        yield Said("", {})
    for outcome in outcomes:
        yield Said(f" and concluded {in_words(outcome)}", {}, outcome)


def _outcomes(kind: Activity, facts: tuple[str, ...]) -> tuple[Outcome, ...]:
    """The outcomes of a kind of activity that some of these facts tell apart."""
    found: set[Outcome] = set()
    for reading in (FACTS[name].reading for name in facts):
        latest = reading.looks_at
        if latest is not None and kind in latest.kinds:
            among = reading.among if isinstance(reading, OutcomeOf) else ()
            found |= {*among, *(part for part in read_by(latest) if isinstance(part, Outcome))}
    return tuple(outcome for outcome in Outcome if outcome in found)


def _made(kind: ChangeKind, words: str, subject: Subject, old: Event | None, new: Event | None) -> Iterator[Possible]:
    """The subject with one event replaced, left out, or added; nothing where that cannot have happened."""
    events = [event for event in subject.events if event is not old] + ([new] if new else [])
    try:
        yield Possible(kind, words, subject.model_copy(update={"events": events}))
    except (DateOrderError, DuplicateEventError):
        return


def _named(event: Event) -> str:
    return f"{in_words(event.activity)} of {in_full(event.first_known)}"
