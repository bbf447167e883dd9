"""Decision trees: what the proof of a track leaves behind, and the engine walks.

A node asks for a fact; a leaf is the one rule that answers, made ready for answering.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date

from ilacs_rules.dates import WorkingDays
from ilacs_rules.rulebook.days import Expression
from ilacs_rules.rulebook.expressions import counts_working_days, parse
from ilacs_rules.rulebook.frozen import Frozen
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.windows import Window
from ilacs_rules.situation import FACTS, Value
from ilacs_rules.situation.aggregates import CountSince, Latest, Sum
from ilacs_rules.vocabulary import Activity, Status, Strength

__all__ = ["Leaf", "Node", "Tree", "walk"]


class Leaf(Frozen):
    """The one rule that answers here; ``None`` where no history can be. Compared by identity: it grew on one tree.

    Attributes:
        rule: the rule. faulty: in a surveyed tree, the rules that answer where not exactly one does: none, or several.
        opens, due, closes, runs_from: its date expressions. window: the first three, worked out together.
        requires: whether it requires anything. may: whether that only may happen. firm: whether one can be late.
        status: what it says of itself, where it does.
        counts_working_days: whether a day of its window does.
        facts: those that its window is worked out from, some of them perhaps more than once.
        used: these and those of its conditions, each once. dated_by: those of them from which a day of the window runs.
        looks_at, counts: the events that its facts look at, and those that they count, each beside the fact's name.
    """

    __slots__ = (
        "closes", "counts", "counts_working_days", "dated_by", "due", "facts", "faulty", "firm", "looks_at", "may",
        "opens", "requires", "rule", "runs_from", "status", "used", "window",
    )  # fmt: skip
    rule: Rule | None
    faulty: tuple[Rule, ...] | None
    opens: Expression | None
    due: Expression | None
    closes: Expression | None
    runs_from: Expression | None
    window: Window
    requires: bool
    may: bool
    firm: bool
    status: Status | None
    counts_working_days: bool
    facts: tuple[str, ...]
    used: tuple[str, ...]
    dated_by: tuple[str, ...]
    looks_at: tuple[Latest, ...]
    counts: tuple[tuple[str, CountSince | Sum], ...]

    def __init__(
        self,
        rule: Rule | None,
        working_days: WorkingDays | None = None,
        *,
        faulty: tuple[Rule, ...] | None = None,
    ) -> None:
        ends = {key: _ready(getattr(rule, key, None), working_days) for key in ("opens", "due", "closes")}
        runs_from = _ready(rule.runs_from, working_days) if rule else None
        dated_by, facts = _facts(*ends.values()), _facts(*ends.values(), runs_from)
        asked = (*(condition.fact for condition in rule.when), *facts) if rule else ()
        used = tuple(name for name in dict.fromkeys(asked) if name in FACTS)
        readings = {name: FACTS[name].reading for name in used}
        self._fill(rule=rule, faulty=faulty, **ends, runs_from=runs_from, window=Window(ends.values()))
        self._fill(
            requires=rule is not None and rule.activity is not Activity.NOTHING_REQUIRED,
            may=rule is not None and rule.strength is Strength.MAY,
            firm=rule is not None and rule.can_be_overdue,
            status=rule.status if rule else None,
            counts_working_days=any(end and counts_working_days(end) for end in ends.values()),
            facts=facts,
            used=used,
            dated_by=tuple(name for name in used if name in dated_by),
            looks_at=tuple(dict.fromkeys(reading.looks_at for reading in readings.values() if reading.looks_at)),
            counts=tuple(
                (name, reading) for name, reading in readings.items() if isinstance(reading, CountSince | Sum)
            ),
        )


def _ready(text: str | None, working_days: WorkingDays | None) -> Expression | None:
    return parse(text, working_days) if text else None


def _facts(*expressions: Expression | None) -> tuple[str, ...]:
    return tuple(name for expression in expressions if expression for name in expression.facts)


class Node(Frozen):
    """A fact to ask about, and where each of its values leads: a word, or a stretch between two cuts.

    ``by_word`` also holds ``None``, for "not known".
    """

    __slots__ = ("between", "by_word", "cuts", "fact")
    fact: str
    by_word: Mapping[Value, "Tree"]
    cuts: tuple[int | date, ...]
    between: tuple["Tree", ...]

    def __init__(
        self, fact: str, by_word: Mapping[Value, "Tree"], cuts: tuple[int | date, ...], between: tuple["Tree", ...]
    ) -> None:
        self._fill(fact=fact, by_word=by_word, cuts=cuts, between=between)


Tree = Node | Leaf


def walk(tree: Tree, ask: Callable[[str], Value]) -> Leaf:
    """The leaf that a situation leads to; each fact on the way is asked for once."""
    while type(tree) is Node:
        value = ask(tree.fact)
        if tree.between and value is not None:
            tree = tree.between[bisect_right(tree.cuts, value)]
        else:
            tree = tree.by_word[value]
    assert isinstance(tree, Leaf)
    return tree
