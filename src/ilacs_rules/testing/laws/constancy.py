"""Laws of what must not matter: events that a track does not look at, time alone, and what was not yet known.

Decided over histories: each draws two cases that must be answered alike, and compares every track.
"""

from collections.abc import Iterator
from datetime import date

from hypothesis import strategies as st

from ilacs_rules.answering.deferred import PUT_OFF, can_be_put_off
from ilacs_rules.dates import add_days, in_full
from ilacs_rules.errors import DateOrderError, DuplicateEventError
from ilacs_rules.records import Event, LocalAuthority, Subject
from ilacs_rules.rulebook import Rule, Rulebook, Suspension
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.situation import Value, situation
from ilacs_rules.testing.laws.asking import by_track, differences
from ilacs_rules.testing.laws.case import Case, remade
from ilacs_rules.testing.laws.law import Breach, Law
from ilacs_rules.testing.laws.looks import kinds_of_fact
from ilacs_rules.testing.strategies import events, other_futures, questions
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["ONLY_STATED_DATES", "ONLY_WHAT_IS_LOOKED_AT", "ONLY_WHAT_WAS_KNOWN", "kinds_looked_at", "stated_days"]


# --- an irrelevant event changes nothing ---


def kinds_looked_at(rulebook: Rulebook, track: str) -> frozenset[Activity]:
    """The activities that the facts of a track's rules look at, as those facts are declared.

    >>> from ilacs_rules import load_rulebook
    >>> sorted(kinds_looked_at(load_rulebook(), "engagement"))
    [<Activity.ANNUAL_ENGAGEMENT_MEETING: 'annual_engagement_meeting'>]
    """
    rules = [rule for rule in rulebook.rules if rule.track == track]
    names = {condition.fact for rule in rules for condition in rule.when}
    for rule in rules:
        for text in (rule.opens, rule.due, rule.closes, rule.runs_from):
            names |= set(parse(text).facts) if text else set()
    return frozenset(kind for name in names for kind in kinds_of_fact(name))


@st.composite
def _with_one_more(draw: st.DrawFn, rulebook: Rulebook) -> Case:
    """A history, and the same with one event more, which says nothing of when the subject came into being."""
    subject, as_of = draw(questions(rulebook))
    more = draw(events("authority" if isinstance(subject, LocalAuthority) else "provider"))
    try:
        other = remade(subject, events=(*subject.events, more))
    except (DateOrderError, DuplicateEventError):
        return Case(subject, as_of, subject)
    same = _coming_into_being(subject, as_of) == _coming_into_being(other, as_of)
    return Case(subject, as_of, other if same else subject)


def _coming_into_being(subject: Subject, as_of: date) -> tuple[Value, date | None]:
    """What every event of whatever kind may say: whether the subject existed, and since when."""
    facts = situation(subject, as_of=as_of)
    return facts["exists"], facts.view.began


def _changed_by_one_more(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
    more = _one_more(case)
    if more is None or case.other is None:
        return
    given = by_track(rulebook, case)
    if not by_track(rulebook, case._replace(subject=case.other)):
        return  # the record of the event itself lacks what another track needs
    tracks = frozenset(track for track in given if more.activity not in _spoken_of(rulebook, track))
    what, when = in_words(more.activity), in_full(more.first_known)
    words = f"No rule of this track looks at this event, and it changes the answer: {what}, {when}."
    yield from differences(
        rulebook, case, case._replace(subject=case.other), words, but_for=frozenset({"not_yet_known"}), tracks=tracks
    )


def _spoken_of(rulebook: Rulebook, track: str) -> frozenset[Activity]:
    """What a track's rules look at, and what may put off that which meets it: a note speaks of that."""
    own = next(item for item in rulebook.tracks if item.id == track)
    put_off = PUT_OFF.union(own.met_by) if can_be_put_off(own, rulebook) else frozenset[Activity]()
    return kinds_looked_at(rulebook, track) | put_off


def _one_more(case: Case) -> Event | None:
    return (
        next((event for event in case.other.events if event not in case.subject.events), None) if case.other else None
    )


# --- time alone changes an answer only at a stated date ---


def stated_days(rulebook: Rulebook, subject: Subject, as_of: date) -> set[date]:
    """The days on which an answer may become another: those of the history, of the rulebook, of its windows, of years.

    >>> from ilacs_rules import load_rulebook
    >>> authority = LocalAuthority(name="An authority", created=date(2024, 5, 7))
    >>> days = stated_days(load_rulebook(), authority, date(2024, 6, 3))
    >>> date(2024, 5, 7) in days, date(2025, 4, 1) in days, date(2026, 5, 8) in days
    (True, True, False)
    """
    days = set(situation(subject, as_of=as_of).view.history.turns)
    rows: tuple[Rule | Suspension, ...] = (*rulebook.rules, *rulebook.suspensions)
    for row in rows:
        days |= {row.first, add_days(row.last, 1)} if row.last and row.last < date.max else {row.first}
    days |= {first for track in rulebook.tracks for first in track.answers.values()}
    for answer in by_track(rulebook, Case(subject, as_of)).values():
        window = answer.window
        days |= {day for day in (window.opens, window.due, window.closes) if day}
        days |= {add_days(day, 1) for day in (window.due, window.closes) if day}
    return days | {date(year, month, 1) for year in range(as_of.year, as_of.year + 2) for month in (1, 4)}


@st.composite
def _a_while_later(draw: st.DrawFn, rulebook: Rulebook) -> Case:
    """A history, a day, and a later day with no stated day after the one and up to the other."""
    subject, as_of = draw(questions(rulebook))
    following = min(day for day in stated_days(rulebook, subject, as_of) if day > as_of)
    last = min(following, rulebook.until or following)
    days = max(0, (last - as_of).days - 1)
    return Case(subject, as_of, None, add_days(as_of, draw(st.integers(0, days))))


def _changed_by_time(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
    if case.other_day is None or case.other_day == case.as_of:
        return
    words = f"Nothing is stated between {in_full(case.as_of)} and {in_full(case.other_day)}, and the answer changes."
    later = Case(case.subject, case.other_day)
    yield from differences(rulebook, case, later, words, but_for=frozenset({"as_of"}), tracks=None)


# --- what was unknown cannot matter ---


@st.composite
def _with_another_future(draw: st.DrawFn, rulebook: Rulebook) -> Case:
    subject, as_of = draw(questions(rulebook))
    return Case(subject, as_of, draw(other_futures(subject, as_of)))


def _changed_by_the_future(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
    if case.other is not None:
        other = case._replace(subject=case.other)
        words = f"What differs lay after {in_full(case.as_of)}, and the answer of that day differs."
        yield from differences(rulebook, case, other, words, but_for=frozenset({"not_yet_known"}), tracks=None)


ONLY_WHAT_IS_LOOKED_AT = Law(
    name="an irrelevant event changes nothing",
    means="Add one event of an activity that no fact of a track's rules looks at. That track's answer stays as it "
    "was. What a fact looks at is read from its declaration. A deferral or a pause is left out if it may have put off "
    "what the track asks for. So is what meets the track after it. A note then says so.",
    why="An answer that depends on something it does not name cannot be explained by its facts.",
    decided="histories are tried, each with one event more",
    breaches=_changed_by_one_more,
    cases=_with_one_more,
)

ONLY_STATED_DATES = Law(
    name="time alone changes an answer only at a stated date",
    means="Every answer is the same on two days if nothing turns between them. An answer can turn on 1 January, on 1 "
    "April, and at the end of a window. It can turn on a date of the history, of a rule, of a track or of a "
    "suspension.",
    why="You cannot plan for a date that moves while nothing happens, or rely on what you were told yesterday.",
    decided="histories are tried, each asked on two days",
    breaches=_changed_by_time,
    cases=_a_while_later,
)

ONLY_WHAT_WAS_KNOWN = Law(
    name="what was unknown cannot matter",
    means="Two histories that were the same as far as anybody knew on a day have the same answer on that day. Only "
    "the list of what was left out may differ.",
    why="The past is judged by what was known then. Nobody could have given an answer that saw the future.",
    decided="histories are tried, each with another future",
    breaches=_changed_by_the_future,
    cases=_with_another_future,
)
