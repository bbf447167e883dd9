"""A worse judgement never brings a later closing date in the same track.

Decided over boxes: each two boxes of a track that only judgements tell apart are compared on the days that stand for
all others. What could break the law there, and is not a departure, is then looked for in histories.
"""

from collections.abc import Iterator
from datetime import date

from hypothesis import strategies as st

from ilacs_rules.answering.answer import Answer
from ilacs_rules.records import Event, Subject
from ilacs_rules.rulebook import Leaf, Rulebook
from ilacs_rules.situation import AS_OF, Value
from ilacs_rules.testing.laws.asking import any_case, as_words, by_track
from ilacs_rules.testing.laws.boxes import Asked, Pair, asked, pairs, part, situations_in
from ilacs_rules.testing.laws.case import Case, remade
from ilacs_rules.testing.laws.law import Breach, Departure, Law, Suspect
from ilacs_rules.testing.laws.near import Hints, near_box
from ilacs_rules.testing.laws.scales import worse_than
from ilacs_rules.vocabulary import Activity, Strength, in_words

__all__ = ["WORSE_IS_NOT_LATER"]


def _breaches(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
    before = by_track(rulebook, case)
    for words, other in _with_one_worse(case.subject, case.as_of) if before else ():
        after = by_track(rulebook, case._replace(subject=other))
        for track in sorted(before.keys() & after.keys()):
            one, two = before[track], after[track]
            if _later(one, two):
                says = f"With {words}, the {track.replace('_', ' ')} closes later, or never."
                yield Breach((one.rule, two.rule), (says, as_words(one), as_words(two)), other)


def _with_one_worse(subject: Subject, as_of: date) -> Iterator[tuple[str, Subject]]:
    """The same history with one judgement or outcome worse, of those that were known by a day."""
    for place, event in enumerate(subject.events):
        if event.first_known > as_of:
            continue
        for words, other in _made_worse(event):
            events = (*subject.events[:place], other, *subject.events[place + 1 :])
            yield words, remade(subject, events=events)


def _made_worse(event: Event) -> Iterator[tuple[str, Event]]:
    for area, grade in event.judgements.given().items():
        for worse in worse_than(grade):  # type: ignore[arg-type]
            judgements = remade(event.judgements, **{area: worse})
            words = f"{in_words(worse)} in place of {in_words(grade)} ({area.replace('_', ' ')})"
            yield words, remade(event, judgements=judgements)
    for outcome in worse_than(event.outcome) if event.outcome else ():
        words = f"{in_words(outcome)} in place of {in_words(event.outcome or '')}"
        yield words, remade(event, outcome=outcome)


def _later(one: Answer, two: Answer) -> bool:
    """Whether what was owed by a day is now owed by a later one, or no longer owed."""
    if one.strength is Strength.MAY:
        return False
    required = two.activity is not Activity.NOTHING_REQUIRED
    days = ((one.window.due, two.window.due), (one.window.closes, two.window.closes))
    return any(_is_later(before, after if required else date.max) for before, after in days)


def _is_later(before: date | None, after: date | None) -> bool:
    return before is not None and after is not None and after > before


# --- over boxes ---


def _suspects(rulebook: Rulebook) -> Iterator[Suspect]:
    """Every two rules of which the worse closes later on some day in a box, each two once for a kind of subject."""
    found: dict[tuple[str, ...], list[st.SearchStrategy[Case]]] = {}
    seen: set[object] = set()
    for item in asked(rulebook):
        for pair in pairs(item.answering.tree):
            situation = _fault(item, pair, seen)
            if situation:
                near = near_box(Hints.of(item.subject_type, [pair.box], situation), item.answering.first)
                found.setdefault(_rules(pair), []).append(near)
    for rules, cases in found.items():
        yield Suspect(rules, f"{rules[1]} closes later than {rules[0]}", st.one_of(cases))


def _rules(pair: Pair) -> tuple[str, ...]:
    return tuple(leaf.rule.id for leaf in (pair.better, pair.worse) if leaf.rule)


def _fault(item: Asked, pair: Pair, seen: set[object]) -> dict[str, Value] | None:
    """The first days in the pair's box on which the worse of the two is later; a box like one seen is passed over."""
    facts = frozenset((*pair.better.facts, *pair.worse.facts))
    box = part(pair.box, facts)
    key = (item.subject_type, _rules(pair), frozenset(box.items()))
    if key in seen or (pair.better.rule and pair.better.rule.strength is Strength.MAY):
        return None
    seen.add(key)
    for situation in situations_in(box, facts, item.answering.first):
        days = zip(*(_last_days(item, leaf, situation) for leaf in (pair.better, pair.worse)), strict=True)
        if any(_is_later(before, after) for before, after in days):
            return situation
    return None


def _last_days(item: Asked, leaf: Leaf, situation: dict[str, Value]) -> tuple[date | None, date | None]:
    """The nominal and the closing day; the last of all days where nothing is required."""
    if leaf.rule is None or leaf.rule.activity is Activity.NOTHING_REQUIRED:
        return date.max, date.max
    as_of, ask = situation[AS_OF], situation.__getitem__
    assert isinstance(as_of, date)
    due, closes = (ready.day(ask) if ready else None for ready in (leaf.due, leaf.closes))
    if leaf.runs_from is None:
        return due, closes
    runs_from = leaf.runs_from.day(ask)
    return item.answering.lengthened(as_of, runs_from, due), item.answering.lengthened(as_of, runs_from, closes)


_MONITORED = Departure(
    "inadequate authorities are monitored, and not visited in between",
    "An inadequate authority usually gets no focused visits: quarterly monitoring takes their place.",
    ("inadequate_authority_gets_no_focused_visits", "authority_with_an_inadequate_judgement_gets_no_focused_visits"),
    instead_of=(
        "authority_off_the_short_pathway_with_leaders_good_gets_two_visits",
        "authority_on_the_short_pathway_gets_a_visit_ahead_of_its_short_inspection",
        "authority_requiring_improvement_gets_two_visits_and_the_record_would_not_show_them",
        "authority_requiring_improvement_gets_two_visits_between_inspections",
        "authority_with_leaders_below_good_gets_two_visits",
        "good_authority_gets_one_visit_and_the_record_would_not_show_it",
        "good_authority_gets_one_visit_between_inspections",
    ),
)

_FROM_APRIL_2017 = (
    "The guides of April 2017 brought in new intervals. If the inspection was earlier, they run from 1 April 2017. The "
    "three years of a better grade run from the inspection itself, and so may end sooner."
)
_AGENCIES_OF_2017 = Departure(
    "intervals of fostering agencies run from 1 April 2017",
    _FROM_APRIL_2017,
    ("fostering_agency_inadequate_before_april_2017", "fostering_agency_requiring_improvement_before_april_2017"),
    instead_of=("good_fostering_agency_is_inspected_in_the_three_years_from_the_1_april_after",),
)
_BOARDING_OF_2017 = Departure(
    "intervals of boarding schools run from 1 April 2017",
    _FROM_APRIL_2017,
    ("boarding_school_requiring_improvement_before_april_2017",),
    instead_of=("boarding_school_is_inspected_once_in_three_years",),
)
_COLLEGES_OF_2017 = Departure(
    "intervals of colleges run from 1 April 2017",
    _FROM_APRIL_2017,
    ("college_below_good_before_april_2017",),
    instead_of=("college_is_inspected_once_in_three_years",),
)

WORSE_IS_NOT_LATER = Law(
    name="a worse judgement never brings a later closing date in the same track",
    means="Take two histories that differ in one judgement or one outcome. The worse one must have the same due and "
    "closing days in each track, or earlier ones. If the better one is owed something, the worse one is owed "
    "something too. Days that are not stated, and activities that only may happen, are not compared.",
    why="Inspectorates return sooner to those who did worse. If a rulebook says otherwise, two rows may be swapped. Or "
    "the longer of two intervals may have won where a framework changed.",
    decided="every two boxes of a track that only judgements tell apart are compared, on days that represent all "
    "others. What this finds is then looked for in histories, and random histories are tried as well",
    breaches=_breaches,
    cases=any_case,
    suspects=_suspects,
    departures=(_MONITORED, _AGENCIES_OF_2017, _BOARDING_OF_2017, _COLLEGES_OF_2017),
)
