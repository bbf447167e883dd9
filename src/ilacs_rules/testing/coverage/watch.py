"""What was reached: an observer of the engine that notes, of every question, which rows and sides it was on."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from ilacs_rules.answering.watching import Observed
from ilacs_rules.errors import MissingFactError
from ilacs_rules.rulebook import Answering, Node, Rule, Rulebook, Tree
from ilacs_rules.situation import Situation, View
from ilacs_rules.testing.coverage.sides import IN_FORCE, Side, at, sides_of, window_sides

__all__ = ["Watch"]


class _Held(NamedTuple):
    """A rule against the facts of one situation.

    ``failing``: its conditions that do not hold, in words. ``sides``: where all hold, the near sides that the facts are
    on; where one alone fails, the far sides of that one.
    """

    rule: Rule
    all_sides: frozenset[Side]
    sides: frozenset[Side]
    failing: tuple[str, ...]


class Watch:
    """An observer that notes what the questions to one rulebook reached. Give it to ``engine.watching``.

    Attributes:
        book: the rulebook. Questions to any other are ignored.
        answered: the ids of the rules that answered.
        sides: the sides reached, by rule.
        nearest: for rules that never answered, the conditions that failed when the fewest did.

    >>> from datetime import date
    >>> from ilacs_rules import Provider, load_rulebook, next_activity
    >>> from ilacs_rules.answering.watching import watching
    >>> watch = Watch(load_rulebook())
    >>> home = Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> with watching(watch):
    ...     answer = next_activity(home, as_of=date(2024, 6, 1))
    >>> answer.rule in watch.answered, Side("last_overall", "none", inside=True) in watch.sides[answer.rule]
    (True, False)
    """

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.answered: set[str] = set()
        self.sides: dict[str, set[Side]] = {rule.id: set() for rule in book.rules}
        self.nearest: dict[str, tuple[str, ...]] = {}
        self._held: WeakKeyDictionary[View, dict[Answering, tuple[_Held, ...]]] = WeakKeyDictionary()

    def __call__(self, asked: Observed) -> None:
        """Note one question."""
        if asked.book is not self.book and asked.book.fingerprint != self.book.fingerprint:
            return
        as_of = asked.facts.view.as_of
        for found in asked.found:
            ends = {"opens": found.opens, "due": found.due, "closes": found.closes}
            for held in self._rules_held(found.answering, asked.facts):
                self._note(held, as_of)
                if held.rule is found.rule:
                    self.sides[held.rule.id] |= window_sides(held.all_sides, as_of, ends)

    def _rules_held(self, answering: Answering, situation: Situation) -> tuple[_Held, ...]:
        """Every rule of a track against the facts, once for every day on which they are the same."""
        held = self._held.setdefault(situation.facts.view, {})
        if answering not in held:
            held[answering] = tuple(_against(rule, sides, situation) for rule, sides in _rules(answering))
        return held[answering]

    def _note(self, held: _Held, as_of: date) -> None:
        rule, in_force = held.rule, held.rule.in_force(as_of)
        if not held.failing:
            self.sides[rule.id] |= at(held.all_sides, IN_FORCE, as_of, inside=in_force)
        if in_force:
            self.sides[rule.id] |= held.sides
        short = (*held.failing, *(() if in_force else ("the day is one on which it is in force",)))
        if not short:
            self.answered.add(rule.id)
        elif len(short) < len(self.nearest.get(rule.id, (*short, "any"))):
            self.nearest[rule.id] = short


def _against(rule: Rule, all_sides: frozenset[Side], facts: Situation) -> _Held:
    inside: set[Side] = set()
    failing: list[str] = []
    beyond: frozenset[Side] = frozenset()
    for condition in rule.when:
        try:
            value = facts[condition.fact]
        except MissingFactError:
            failing.append(str(condition))
            continue
        if condition.allowed.admits(value):
            inside |= at(all_sides, condition.fact, value, inside=True)
        else:
            failing.append(str(condition))
            beyond = at(all_sides, condition.fact, value, inside=False)
    reached = {0: frozenset(inside), 1: beyond}.get(len(failing), frozenset[Side]())
    return _Held(rule, all_sides, reached, tuple(failing))


@lru_cache(1024)
def _rules(answering: Answering) -> tuple[tuple[Rule, frozenset[Side]], ...]:
    """The rules of a track, as its tree ends on them, each with its sides."""
    rules = {rule.id: rule for rule in _leaves(answering.tree, set())}
    return tuple((rule, sides_of(rule)) for rule in rules.values())


def _leaves(tree: Tree, seen: set[int]) -> Iterator[Rule]:
    if id(tree) in seen:
        return
    seen.add(id(tree))
    if isinstance(tree, Node):
        for child in (*tree.by_word.values(), *tree.between):
            yield from _leaves(child, seen)
    elif tree.rule is not None:
        yield tree.rule
