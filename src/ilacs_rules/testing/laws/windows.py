"""Laws of one window: nothing before its trigger, no suspension shortens it, and notice fits inside it.

Each is one question about a window that was worked out. It is asked of every box of every track, on the days that
stand for all others, and of the answers to histories.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from ilacs_rules.dates import WorkingDays, in_full
from ilacs_rules.errors import MissingFactError
from ilacs_rules.rulebook import Answering, Leaf, Rulebook, Suspension, walk
from ilacs_rules.situation import AS_OF, Value, situation
from ilacs_rules.testing.laws.asking import any_case, as_words, by_track
from ilacs_rules.testing.laws.boxes import Place, places, situations_in
from ilacs_rules.testing.laws.case import Case
from ilacs_rules.testing.laws.law import Breach, Departure, Law, Suspect
from ilacs_rules.testing.laws.near import near_boxes
from ilacs_rules.testing.laws.notice import earliest_start
from ilacs_rules.vocabulary import Activity

__all__ = ["NOTHING_BEFORE_ITS_TRIGGER", "NOTICE_FITS", "SUSPENSIONS_NEVER_SHORTEN"]


class _Window(NamedTuple):
    """A window on one day; ``days``: those that it is counted from; ``told``: its last day before suspensions."""

    answering: Answering
    leaf: Leaf
    as_of: date
    days: tuple[date, ...]
    runs_from: date | None
    opens: date | None
    due: date | None
    closes: date | None
    told: date | None

    @property
    def start(self) -> date | None:
        """The first day on which it can be acted upon: it has opened, and the time that it gives has begun to run.

        A rule that says it runs from its own last day, or later, runs from no day: that is the window of a year.
        """
        last = self.told or date.max
        given = [day for day in (self.opens, self.runs_from) if day and day < last]
        return max(given, default=min(self.days, default=None))


_Fault = Callable[[_Window], str]
"""What is wrong with a window, in words; no words where nothing is."""


def _worked_out(answering: Answering, leaf: Leaf, as_of: date, ask: Callable[[str], Value]) -> _Window:
    ready = (leaf.opens, leaf.due, leaf.closes, leaf.runs_from)
    found = (ask(name) for name in leaf.facts if name != AS_OF)
    opens, due, told, runs_from = (expression.day(ask) if expression else None for expression in ready)
    closes = told
    if leaf.runs_from is not None:
        due, closes = (answering.lengthened(as_of, runs_from, day) for day in (due, told))
    days = tuple(day for day in found if isinstance(day, date))
    return _Window(answering, leaf, as_of, days, runs_from, opens, due, closes, told)


def _over_boxes(fault: _Fault) -> Callable[[Rulebook], Iterator[Suspect]]:
    """The rules whose windows are at fault on some day in their boxes, each once."""

    def suspects(rulebook: Rulebook) -> Iterator[Suspect]:
        seen: set[str] = set()
        for place in places(rulebook):
            rule = place.leaf.rule
            found = None if rule is None or rule.id in seen else _first_fault(place, fault)
            if rule is not None and found is not None:
                seen.add(rule.id)
                yield Suspect((rule.id,), f"{rule.id}: {found[1]}", near_boxes(place, found[0]))

    return suspects


def _first_fault(place: Place, fault: _Fault) -> tuple[dict[str, Value], str] | None:
    for found in situations_in(place.box, place.facts, place.answering.first):
        as_of = found[AS_OF]
        assert isinstance(as_of, date)
        if not any(pause.suspends(as_of) for pause in place.answering.suspensions):
            words = fault(_worked_out(place.answering, place.leaf, as_of, found.__getitem__))
            if words:
                return found, words
    return None


def _over_histories(fault: _Fault) -> Callable[[Rulebook, Case], Iterator[Breach]]:
    """The same question, of the windows that a history is really answered with."""

    def breaches(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
        given = by_track(rulebook, case)
        facts = situation(case.subject, as_of=case.as_of)
        for answering in rulebook.era(case.subject.type, case.as_of).asked if given else ():
            answer = given.get(answering.track.id)
            if answer is None or answer.activity is Activity.NOTHING_REQUIRED:
                continue
            try:
                leaf = walk(answering.tree, facts.__getitem__)
                window = _worked_out(answering, leaf, case.as_of, facts.__getitem__)
            except MissingFactError:
                continue
            opens, due, closes = answer.window.opens, answer.window.due, answer.window.closes
            words = fault(window._replace(opens=opens, due=due, closes=closes))
            if words:
                yield Breach((answer.rule,), (f"Here {words}.", as_words(answer)))

    return breaches


# --- nothing is due before it is triggered ---


def _before_its_trigger(window: _Window) -> str:
    trigger = min(window.days, default=None)
    for name, day in (("opens", window.opens), ("is due", window.due), ("closes", window.closes)):
        if trigger is not None and day is not None and day < trigger:
            return f"the window {name} on {in_full(day)}, and what it is counted from is of {in_full(trigger)}"
    return ""


def _early_breaches(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
    yield from _over_histories(_before_its_trigger)(rulebook, case)
    yield from _untriggered(rulebook, case)


def _untriggered(rulebook: Rulebook, case: Case) -> Iterator[Breach]:
    """Tracks that name what triggers them, answered with a duty where a record of everything shows no such event."""
    if case.subject.covers != "everything":
        return
    happened = {event.activity for event in case.subject.events if event.first_known <= case.as_of}
    given = by_track(rulebook, case)
    for track in rulebook.tracks:
        answer = given.get(track.id)
        if answer is None or not track.triggered_by or happened & set(track.triggered_by):
            continue
        if answer.activity is not Activity.NOTHING_REQUIRED:
            yield Breach((answer.rule,), ("Nothing on record has triggered this.", as_words(answer)))


# --- a suspension never shortens a window ---


def _shortened(window: _Window) -> str:
    """Whether fewer days are left to act in than the rule gives, once suspended days are taken out."""
    start, closes, told = window.start, window.closes, window.told
    begun = window.leaf.rule is not None and window.leaf.rule.status is not None
    if begun or start is None or closes is None or told is None:
        return ""
    pauses = [item for item in window.answering.suspensions if item.last < window.as_of and item.first <= told]
    left = _length(start, closes) - sum(_length(*_within(item, start, closes)) for item in pauses)
    if left >= _length(start, told):
        return ""
    return f"{_length(start, told)} days are given to act in, and {left} of them are left beside the suspension"


def _within(pause: Suspension, start: date, closes: date) -> tuple[date, date]:
    return max(pause.first, start), min(pause.last, closes)


def _length(first: date, last: date) -> int:
    return max(0, last.toordinal() - first.toordinal() + 1)


# --- notice fits inside the window ---


_NO_YEARS = WorkingDays({})


def _notice_too_long(window: _Window) -> str:
    rule, start, closes = window.leaf.rule, window.start, window.closes
    if rule is None or rule.status is not None or start is None or closes is None:
        return ""
    begins = earliest_start(rule.notice, start, window.answering.working_days or _NO_YEARS)
    if begins is None or begins <= closes:
        return ""
    return (
        f"notice of {rule.notice!r}, given on {in_full(start)}, the window's first day, ends on {in_full(begins)}, "
        f"after the window has closed on {in_full(closes)}"
    )


_NEW_CYCLE = Departure(
    "the cycle that began anew on 1 April 2022 has a last day of its own",
    "The three-year cycle of agencies began again on 1 April 2022 (SI 2022/196). Its last day is 31 March 2025, also "
    "for inspections from before the suspension. No suspended days are added to it.",
    (
        "good_fostering_agency_inspected_before_the_cycle_began_anew",
        "good_voluntary_adoption_agency_inspected_before_the_cycle_began_anew",
    ),
)

_YEAR = Departure(
    "the inspection year 2021 to 2022 kept its last day",
    "Homes, secure homes and holiday schemes are inspected by the year that ends on 31 March. The legal minimum for "
    "homes was suspended until 30 September 2021. In the rest of the year to 31 March 2022 it applied as far as "
    "reasonably practicable (SI 2021/1019). The suspension did not make the year longer.",
    (
        "childrens_home_found_without_children_before_april_2024",
        "childrens_home_open_again_before_october_is_inspected_that_year",
        "childrens_home_registered_before_october_is_inspected_that_year",
        "childrens_home_registered_in_an_earlier_year_and_never_inspected",
        "childrens_home_registered_since_october_is_inspected_the_year_after",
        "first_inspection_of_holiday_scheme_is_made_by_the_year_after_registration",
        "holiday_scheme_is_inspected_in_the_year_as_far_as_practicable",
        "holiday_scheme_is_inspected_in_the_year_while_the_legal_minimum_is_suspended",
        "holiday_scheme_whose_inspection_this_year_may_not_be_on_record",
        "home_below_good_this_year_has_an_interim_inspection",
        "home_with_no_inspection_on_record_this_year_which_may_have_had_one",
        "home_without_a_judgement_this_year_has_a_second_inspection",
        "inspections_of_the_secure_home_this_year_are_not_all_on_record",
        "law_asks_one_inspection_of_a_home_open_again_before_october",
        "law_asks_one_inspection_this_year_of_a_home_registered_before_october",
        "law_asks_two_inspections_of_a_home_as_far_as_practicable",
        "secure_home_has_a_second_inspection_in_the_year_as_far_as_practicable",
        "secure_home_has_two_inspections_in_the_year",
        "secure_home_has_two_inspections_in_the_year_as_far_as_practicable",
        "secure_home_is_fully_inspected_in_the_year",
    ),
)

NOTHING_BEFORE_ITS_TRIGGER = Law(
    name="nothing is due before it is triggered",
    means="No window opens, is due or closes before the earliest day that it is counted from. Some tracks name the "
    "activities that trigger them. Such a track asks for nothing if a record of everything shows none of those "
    "activities.",
    why="A duty that is older than its cause would be overdue on the day it arises.",
    decided="every box of every track is checked, on days that represent all others. What this finds is then "
    "looked for in histories, and random histories are tried as well",
    breaches=_early_breaches,
    cases=any_case,
    suspects=_over_boxes(_before_its_trigger),
)

SUSPENSIONS_NEVER_SHORTEN = Law(
    name="a suspension never shortens a window",
    means="Take a window that had not closed when a suspension began. Count its days outside the suspension. There are "
    "at least as many as the rule gives.",
    why="Nothing can be done on suspended days. If a window does not grow by them, it is really shorter. Then "
    "something is overdue that nobody could do.",
    decided="every box of every suspended track is checked, on days that represent all others. What this finds "
    "is then looked for in histories, and random histories are tried as well",
    breaches=_over_histories(_shortened),
    cases=any_case,
    suspects=_over_boxes(_shortened),
    departures=(_NEW_CYCLE, _YEAR),
)

NOTICE_FITS = Law(
    name="notice fits inside the window",
    means="If notice is given on the first day of a window, it ends by the last day. So an announced activity can "
    "still begin in time. This is checked if the words of a notice say how long it is. `notice` says which do.",
    why="If a window were shorter than its own notice, nobody could keep to it.",
    decided="every box of every track is checked, on days that represent all others. What this finds is then "
    "looked for in histories, and random histories are tried as well",
    breaches=_over_histories(_notice_too_long),
    cases=any_case,
    suspects=_over_boxes(_notice_too_long),
)
