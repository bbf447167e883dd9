"""Facts → found: which rule answers each track, and the window that it gives."""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from ilacs_rules.errors import MissingFactError
from ilacs_rules.rulebook import Answering, Era, Leaf, Rule, walk
from ilacs_rules.situation import EXISTS, GONE, Facts, Situation
from ilacs_rules.situation.aggregates.domains import NOT_YET

__all__ = ["Found", "Tracks", "find"]


class Tracks(NamedTuple):
    """The tracks that a question is about: all that are asked in an era, or those in which the inspectorate acts."""

    era: Era
    owed: bool

    @property
    def each(self) -> tuple[Answering, ...]:
        """The tracks themselves, in the order of the rulebook."""
        return self.era.owed if self.owed else self.era.asked


class Found(NamedTuple):
    """The rule that answers one track, with its window: everything but how one day stands against it.

    ``firm``: sources give the day on which it closes, so that somebody is late after it. ``lacks``: what the record had
    to hold and does not, if the track rests on it. The rule is then the one for a record that never held it, and no day
    is given.
    """

    answering: Answering
    leaf: Leaf
    opens: date | None = None
    due: date | None = None
    closes: date | None = None
    runs_from: date | None = None
    suspended: bool = False
    firm: bool = True
    lacks: MissingFactError | None = None

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        assert self.leaf.rule is not None, f"{self.answering.track.id}: a situation that was thought to be impossible"
        return self.leaf.rule


def find(tracks: Tracks, situation: Situation) -> tuple[Found, ...]:
    """What answers each track: the same for every day of the era on which the facts are the same.

    Nothing can be required of a subject that does not exist yet, except by a rule about just that. A subject that has
    ended is asked only about the track for such subjects. What is owed is sought among what is required, where anything
    is. Windows are worked out last, for what is left.
    """
    exists = situation.facts[EXISTS]
    led = _led(tracks, situation, gone=exists in GONE)
    if exists == NOT_YET:
        led = [item for item in led if item[0].asks_whether_it_exists or not item[1].requires]
    if tracks.owed:
        led = [item for item in led if item[1].requires] or led
    return tuple([_found(*item, situation) for item in led])


Led = tuple[Answering, Leaf, MissingFactError | None]
"""A track, the leaf to which the facts led, and what the record lacks, where the track rests on it."""


def _led(tracks: Tracks, situation: Situation, *, gone: bool) -> list[Led]:
    """Where the facts lead in the tree of each track; a fact that the record lacks stops no other."""
    led: list[Led] = []
    ask, as_of = situation.facts.__getitem__, situation.view.as_of
    for answering in tracks.each:
        if answering.once_ended is not gone:
            continue
        tree = answering.trees[bisect_right(answering.turns, as_of)]
        try:
            led.append((answering, walk(tree, ask), None))
        except MissingFactError as error:
            without = Facts(situation.view.demanding_nothing())
            led.append((answering, walk(tree, without.__getitem__), error.with_traceback(None)))
    return led


def _found(answering: Answering, leaf: Leaf, lacks: MissingFactError | None, situation: Situation) -> Found:
    if lacks or not leaf.requires:
        return Found(answering, leaf, lacks=lacks)
    try:
        return _dated(answering, leaf, situation)
    except MissingFactError as error:
        return Found(answering, leaf, lacks=error.with_traceback(None))


def _dated(answering: Answering, leaf: Leaf, situation: Situation) -> Found:
    """With its window, as suspensions leave it."""
    ask, as_of = situation.facts.__getitem__, situation.view.as_of
    runs_from = leaf.runs_from.day(ask) if leaf.runs_from else None
    may_be_moved = leaf.runs_from is not None and answering.may_be_moved(as_of, runs_from)
    if may_be_moved and answering.suspended(as_of):
        return Found(answering, leaf, runs_from=runs_from, suspended=True)
    opens, due, closes = leaf.window.days(ask)
    if not may_be_moved or (due is None and closes is None):
        return Found(answering, leaf, opens, due, closes, runs_from, suspended=False, firm=leaf.firm)
    firm = leaf.firm and not answering.eased(as_of) and not answering.moved_by_a_reading(as_of, runs_from, closes)
    due = answering.lengthened(as_of, runs_from, due)
    closes = answering.lengthened(as_of, runs_from, closes)
    return Found(answering, leaf, opens, due, closes, runs_from, firm=firm)
