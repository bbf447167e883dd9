"""Proof that a track answers every situation exactly once, and the decision tree that the proof leaves behind.

A rule's conditions are a box over finite sets and ranges. So each fact falls into finitely many cells, and no rule can
tell two values of a cell apart. Going through those cells, fact by fact, either ends on exactly one rule everywhere, or
shows the case where it does not. Nothing is sampled. What remains is the tree the engine walks. ``prove`` refuses at
the first fault; ``survey`` goes the same way and marks every one.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, NoReturn

from ilacs_rules.dates import WorkingDays, add_days
from ilacs_rules.errors import ProofError, RulebookError
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.shared import Track
from ilacs_rules.rulebook.trees import Leaf, Node, Tree
from ilacs_rules.situation import (
    AS_OF,
    EXISTS,
    FACTS,
    GONE,
    IMPOSSIBLE,
    SUBJECT,
    Allowed,
    Box,
    Choice,
    Day,
    Number,
    Range,
    Value,
)

__all__ = ["MOST_STEPS", "Steps", "prove", "rule_box", "survey", "words_asked"]

MOST_STEPS = 3_000_000
"""So many steps may be taken to prove a rulebook, about a second's worth; the shipped one needs a sixth of them."""


class _Cell(NamedTuple):
    """Values of one fact that no rule tells apart: a word, or everything from ``low`` up to the next cut."""

    sample: Value
    words: str


class Steps:
    """How much work a proof may still be: a step is to hold one rule, or one impossible box, against one value."""

    def __init__(self, left: int | None = None) -> None:
        self.left = MOST_STEPS if left is None else left

    def take(self, count: int, track: Track) -> None:
        """Count some steps of a track.

        Raises:
            RulebookError: there were not so many left; before they are taken.
        """
        self.left -= count
        if self.left < 0:
            raise RulebookError(
                "is too large to prove: its rules ask about too many facts at once",
                field=f"track {track.id}",
                expected=f"fewer facts or rules in this track, so that {MOST_STEPS:,} steps prove the whole rulebook",
            )


def prove(  # noqa: PLR0913 - everything that is to be proved
    track: Track,
    subject_type: str,
    rules: Sequence[Rule],
    until: date | None = None,
    *,
    working_days: WorkingDays | None = None,
    steps: Steps | None = None,
) -> Tree:
    """The decision tree of one track for one subject type, up to the last day that the rulebook speaks of.

    ``working_days``: those that its windows count.

    Raises:
        ProofError: a gap (no rule answers) or an overlap (two do), with a case that shows it.
        RulebookError: a row speaks of subjects of which the track is not asked; or it would take more steps than there
            are left.
    """
    _only_asked(track, rules)
    return _Prover(
        track, subject_type, rules, until, refuses=True, working_days=working_days, steps=steps or Steps()
    ).tree()


def survey(
    track: Track, subject_type: str, rules: Sequence[Rule], until: date | None = None, *, steps: Steps | None = None
) -> Tree:
    """The same tree, in which a gap or an overlap is not refused but marked by a faulty leaf."""
    return _Prover(track, subject_type, rules, until, refuses=False, steps=steps or Steps()).tree()


def words_asked(track: Track) -> tuple[str, ...]:
    """What the fact ``exists`` can be where a track is asked: one track is of subjects that have ended, no other is."""
    domain = FACTS[EXISTS].domain
    return (
        tuple(word for word in domain.words if (word in GONE) is track.once_ended) if isinstance(domain, Choice) else ()
    )


def _only_asked(track: Track, rules: Sequence[Rule]) -> None:
    """Refuse a row that speaks of subjects of which its track is not asked: it would never be met."""
    for rule in rules:
        for condition in rule.when:
            wrong = sorted(set(condition.words or ()) - set(words_asked(track))) if condition.fact == EXISTS else []
            if wrong:
                raise RulebookError(
                    f"is about subjects that track {track.id} does not apply to",
                    field=f"{rule.framework}: {rule.id}: when.{EXISTS}",
                    value=wrong[0],
                    expected=f"one of: {', '.join(words_asked(track))}",
                )


def rule_box(rule: Rule) -> dict[str, Allowed]:
    """A rule's conditions and dates as a box."""
    return {AS_OF: Range(rule.first, rule.last), **{condition.fact: condition.allowed for condition in rule.when}}


class _Prover:
    def __init__(  # noqa: PLR0913 - everything that a tree is made of
        self,
        track: Track,
        subject_type: str,
        rules: Sequence[Rule],
        until: date | None,
        *,
        refuses: bool,
        steps: Steps,
        working_days: WorkingDays | None = None,
    ) -> None:
        self.steps = steps
        self.track, self.subject_type, self.refuses, self.until = track, subject_type, refuses, until or date.max
        self.rules = [(rule, rule_box(rule)) for rule in rules]
        used = {name for _, box in self.rules for name in box}
        self.order = [AS_OF, *(name for name in FACTS if name in used)]
        self.case = {SUBJECT: _Cell(subject_type, subject_type.replace("_", " "))}
        self.impossible = [box for box in IMPOSSIBLE if self._speaks_of_this(box)]
        self.cells = {name: self._cells(name) for name in self.order}
        self.leaves = [Leaf(rule, working_days) for rule in rules]
        self.nowhere = Leaf(None)
        self.faulty: dict[tuple[int, ...], Leaf] = {}
        self.memo: dict[tuple[int, tuple[int, ...]], Tree] = {}
        self.made: dict[tuple[object, ...], Tree] = {}
        self.holds_only_here = 0

    def tree(self) -> Tree:
        return self._grow(0, tuple(range(len(self.rules))))

    def _speaks_of_this(self, box: Box) -> bool:
        """Whether a case of this track can lie in an impossible box: it names the box's every fact, and its subject."""
        subject = box.get(SUBJECT)
        asked = (SUBJECT, *self.order)
        return all(name in asked for name in box) and (subject is None or subject.admits(self.case[SUBJECT].sample))

    def _cells(self, name: str) -> list[_Cell]:
        if name in FACTS and isinstance(domain := FACTS[name].domain, Choice):
            words = words_asked(self.track) if name == EXISTS else domain.words
            return [_Cell(word, word.replace("_", " ")) for word in words]
        boxes = [box for _, box in self.rules] + self.impossible
        starts = {start for box in boxes if isinstance(side := box.get(name), Range) for start in _starts(side)}
        if name in FACTS and not starts and isinstance(FACTS[name].domain, Day):
            return [_Cell(0, "any day"), _Cell(None, "not known")]  # it is only asked whether the day is known
        least: int | date = 0
        if name == AS_OF:
            least = self.track.answers[self.subject_type]
        elif starts and isinstance(next(iter(starts)), date):
            least = date.min
        known = [_Cell(start, str(start)) for start in sorted({least, *starts}) if start >= least]  # type: ignore[operator]
        if (
            least == date.min and least not in starts
        ):  # no case that a reader would meet: the last day of that stretch stands for it
            known[0] = _before(starts)
        if name == AS_OF:
            return [cell for cell in known if isinstance(cell.sample, date) and cell.sample <= self.until]
        return known if FACTS[name].domain == Number() else [*known, _Cell(None, "not known")]

    def _grow(self, depth: int, alive: tuple[int, ...]) -> Tree:
        while depth < len(self.order) and not any(self.order[depth] in self.rules[index][1] for index in alive):
            depth += 1
        key = (depth, alive)
        if key in self.memo:
            return self.memo[key]
        before = self.holds_only_here
        tree = self._leaf(alive) if depth == len(self.order) else self._node(depth, alive)
        if self.holds_only_here == before:
            # A tree that leans on an impossible box, or has a fault that one may excuse, holds only for its own case.
            self.memo[key] = tree
        return tree

    def _leaf(self, alive: tuple[int, ...]) -> Tree:
        if len(alive) == 1:
            return self.leaves[alive[0]]
        self.holds_only_here += 1
        self.steps.take(4 + len(self.impossible), self.track)
        if self._impossible():
            return self.nowhere
        if self.refuses:
            self._refuse(alive)
        if alive not in self.faulty:
            self.faulty[alive] = Leaf(None, faulty=tuple(self.rules[index][0] for index in alive))
        return self.faulty[alive]

    def _refuse(self, alive: tuple[int, ...]) -> NoReturn:
        case = "; ".join(f"{name.replace('_', ' ')}: {cell.words}" for name, cell in self.case.items()) or "any case"
        where = f"track {self.track.id}"
        if not alive:
            raise ProofError("no rule answers this case", field=where, value=case, expected="exactly one rule")
        names = " and ".join(self.rules[index][0].id for index in alive[:3])
        raise ProofError(f"{names} both answer this case", field=where, value=case, expected="exactly one rule")

    def _node(self, depth: int, alive: tuple[int, ...]) -> Tree:
        name = self.order[depth]
        self.steps.take(len(self.cells[name]) * len(alive), self.track)
        children: list[tuple[_Cell, Tree]] = []
        for cell in self.cells[name]:
            left = tuple(
                index for index in alive if (side := self.rules[index][1].get(name)) is None or side.admits(cell.sample)
            )
            self.case[name] = cell
            # Where nothing is left a gap looms; it is only one if the facts named so far can occur together.
            children.append((cell, self._grow(depth + 1, left) if left else self._leaf(left)))
            del self.case[name]
        return self._shared(_joined(name, children))

    def _shared(self, tree: Tree) -> Tree:
        """The tree of the same form that was made before, where there is one."""
        if isinstance(tree, Leaf):
            return tree
        by_word = tuple((word, id(child)) for word, child in tree.by_word.items())
        return self.made.setdefault((tree.fact, by_word, tree.cuts, tuple(map(id, tree.between))), tree)

    def _impossible(self) -> bool:
        for box in self.impossible:
            for name, side in box.items():
                cell = self.case.get(name)
                if cell is None or not side.admits(cell.sample):
                    break
            else:
                return True
        return False


def _starts(side: Range) -> list[int | date]:
    """Where a range begins, and where what follows it begins."""
    found: list[int | date] = [] if side.low is None else [side.low]
    if isinstance(side.high, date):
        found.append(add_days(side.high, 1))
    elif side.high is not None:
        found.append(side.high + 1)
    return found


def _before(starts: set[int | date]) -> _Cell:
    """Every day before all of these."""
    last = add_days(min(start for start in starts if isinstance(start, date)), -1)
    return _Cell(date.min, str(last))


def _joined(name: str, children: list[tuple[_Cell, Tree]]) -> Tree:
    """A node; cells side by side that lead to the same place are one."""
    by_word: dict[Value, Tree] = {}
    cuts: list[int | date] = []
    between: list[Tree] = []
    for cell, tree in children:
        if isinstance(cell.sample, str) or cell.sample is None:
            by_word[cell.sample] = tree
        elif not between or between[-1] is not tree:
            if between:
                cuts.append(cell.sample)
            between.append(tree)
    if not by_word and len(between) == 1:
        return between[0]
    return Node(name, by_word, tuple(cuts), tuple(between))
