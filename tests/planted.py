"""Which planted faults are found, and by what: ``make planted`` tries all of them and writes ``docs/planted.md``.

A fault is found when the rulebook with it is refused (a row that cannot stand; a gap or an overlap), when ``check``
finds something in it, or when a case in ``cases/`` is answered otherwise. Only the track that the row belongs to is
proved again, and only the asks are put again whose answer the row had a part in.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from enum import StrEnum
from functools import cache
from multiprocessing import Pool
from pathlib import Path

import ilacs_rules as ir
from case_files import CASES, Ask, Case, faults_of
from ilacs_rules.reviewing.checks.windows import window_findings
from ilacs_rules.rulebook import Answering, Leaf, Node, Track, Tree, rule_box
from ilacs_rules.rulebook.checking import check_rule
from ilacs_rules.rulebook.eras import by_day, eras_of
from ilacs_rules.writing import rule_changes, snapshot
from plants import Plant, plants

BOOK, DRAFT = ir.load_rulebook(), ir.load_draft()
TRACKS = {track.id: track for track in BOOK.tracks}
BASE = {kind: BOOK.eras_of(kind)[1][-1].asked for kind in BOOK.subject_types}
PAGE = Path(__file__).parents[1] / "docs" / "planted.md"
LISTED = "## Found by neither"


class FoundBy(StrEnum):
    """What finds a fault first."""

    LOADING = "refused: the row cannot stand"
    PROOF = "refused: a gap or an overlap"
    CHECK = "found by `check`"
    CASES = "found by cases"
    NEITHER = "found by neither"


def _asks_by_rule() -> dict[str, list[tuple[Case, Ask]]]:
    found: dict[str, list[tuple[Case, Ask]]] = defaultdict(list)
    for case in CASES:
        for ask in case.asks:
            if "error" not in ask.row:
                for answer in ir.answers(case.subject, as_of=ask.as_of):
                    if ask.track in (None, answer.track):
                        found[answer.rule].append((case, ask))
    return found


ASKS = _asks_by_rule()


@cache
def every() -> tuple[Plant, ...]:
    """Every fault that can be planted."""
    return tuple(plants(BOOK.rules))


def found_by(plant: Plant) -> FoundBy:
    """What finds a fault first: loading, proof, cases, or else the other checks."""
    try:
        if plant.planted is not None:
            check_rule(ir.Rule.model_validate(dict(plant.planted)))
        answering = list(_proved(plant))
    except ir.ProofError:
        return FoundBy.PROOF
    except ir.RulebookError:
        return FoundBy.LOADING
    if _a_case_differs(plant, answering):
        return FoundBy.CASES
    return FoundBy.CHECK if _a_check_finds_it(plant) else FoundBy.NEITHER


def _a_check_finds_it(plant: Plant) -> bool:
    """Whether the row's own window can close before it opens.

    A row that moved without a gap or an overlap answers what it did: it cannot keep any rule from ever answering.
    """
    own = _of_track(plant, [plant.planted] if plant.planted else [])
    return any(window_findings(own))


def moves(plant: Plant) -> bool:
    """Whether it changes when the row answers, and not only what."""
    now = plant.planted
    return now is None or now.applies_to != plant.rule.applies_to or rule_box(now) != rule_box(plant.rule)


def changes_no_answer(plant: Plant) -> bool:
    """Whether the snapshot is the same with it: what it changes, no history can be in."""
    after = snapshot(_of_track(plant, _rules(plant)))
    return not rule_changes(_before(plant.rule.track, plant.rule.applies_to), after)


@cache
def _before(track: str, kinds: tuple[str, ...]) -> dict[str, str]:
    some = next(plant for plant in every() if (plant.rule.track, plant.rule.applies_to) == (track, kinds))
    return snapshot(_of_track(some, BOOK.rules))


def _rules(plant: Plant) -> tuple[ir.Rule, ...]:
    changed = (plant.planted if rule is plant.rule else rule for rule in BOOK.rules)
    return tuple(rule for rule in changed if rule is not None)


def _of_track(plant: Plant, rules: Iterable[ir.Rule]) -> ir.Draft:
    """The track of a plant, for the kinds of subject that it concerns."""
    whole, kinds = TRACKS[plant.rule.track], plant.rule.applies_to
    track = whole.model_copy(update={"answers": {kind: whole.answers[kind] for kind in kinds}})
    mine = (rule for rule in rules if rule.track == track.id)
    cut = (rule.model_copy(update={"applies_to": tuple(k for k in rule.applies_to if k in kinds)}) for rule in mine)
    return DRAFT.model_copy(update={"tracks": (track,), "rules": tuple(rule for rule in cut if rule.applies_to)})


def _proved(plant: Plant) -> Iterator[tuple[str, Answering]]:
    """The track with the row changed, for each kind of subject that it applies to; proved, where the row moved."""
    track: Track = TRACKS[plant.rule.track]
    rules = [rule for rule in _rules(plant) if rule.track == track.id] if moves(plant) else []
    for kind in plant.rule.applies_to:
        if moves(plant):
            mine = [rule for rule in rules if kind in rule.applies_to]
            yield kind, Answering(track, kind, mine, until=None, suspensions=BOOK.suspensions, expected=BOOK.expected)
        else:
            base = copy(next(item for item in BASE[kind] if item.track is track))
            assert plant.planted is not None
            base.tree = _put(base.tree, plant.rule, Leaf(plant.planted), {})
            base.turns, base.trees = by_day(base.tree)
            yield kind, base


def _put(tree: Tree, rule: ir.Rule, leaf: Leaf, made: dict[int, Tree]) -> Tree:
    """The tree with another leaf for one rule: what was proved of its boxes stays proved."""
    if isinstance(tree, Leaf):
        return leaf if tree.rule is rule else tree
    if id(tree) not in made:
        by_word = {word: _put(child, rule, leaf, made) for word, child in tree.by_word.items()}
        between = tuple(_put(child, rule, leaf, made) for child in tree.between)
        made[id(tree)] = Node(tree.fact, by_word, tree.cuts, between)
    return made[id(tree)]


def _a_case_differs(plant: Plant, answering: Iterable[tuple[str, Answering]]) -> bool:
    book = _with(plant, dict(answering))
    for case, ask in ASKS.get(plant.rule.id, ()):
        try:
            if faults_of(case, ask, book):
                return True
        except ir.IlacsRulesError:
            return True
        finally:
            case.subject.__dict__.pop("_history", None)  # what was found by one rulebook is not kept for the next
    return False


def _with(plant: Plant, answering: dict[str, Answering]) -> ir.Rulebook:
    """The shipped rulebook with one row changed, its other tracks as they were proved before."""
    rules = _rules(plant)
    book = ir.Rulebook.model_construct(
        **{name: getattr(BOOK, name) for name in ir.Rulebook.model_fields} | {"rules": rules}
    )
    book.__dict__ |= {"fingerprint": "planted", "_readings_by_rule": BOOK._readings_by_rule}
    for kind, base in BASE.items():
        mine = answering.get(kind)
        tracks = tuple(mine if mine and mine.track is item.track else item for item in base)
        book._eras[kind] = eras_of(tracks, rules) if mine else BOOK._eras[kind]
    return book


def _tried(number: int) -> tuple[FoundBy, bool]:
    """What finds a fault, and whether it changes no answer where nothing does."""
    plant = every()[number]
    by = found_by(plant)
    # A row that moved without a gap or an overlap moved only where no history can be; a test holds a sample to that.
    return by, by is FoundBy.NEITHER and moves(plant)


def page(found: dict[Plant, FoundBy], nothing: frozenset[Plant]) -> str:
    """The figures, by kind of cell, and the faults that nothing finds."""
    counts = Counter((plant.kind, by) for plant, by in found.items())
    kinds = list(dict.fromkeys(plant.kind for plant in found))
    lines = [
        "<!-- Written by `make planted`; do not edit. -->",
        "",
        "# Planted faults",
        "",
        f"This page shows how well faults in the rules are found. Each cell of each row of rulebook {BOOK.version}",
        "was changed, one at a time. Rows were taken out. Days in force, ends of ranges and numbers in windows were",
        "made one less and one more. Words were dropped, added or swapped. Conditions, kinds of subject and parts of",
        "windows were left out. Strengths, certainties, activities and statuses were replaced. The table shows what",
        "finds the change first:",
        "",
        f"| cell | planted | {' | '.join(FoundBy)} |",
        f"|---|{'---|' * (len(FoundBy) + 1)}",
    ]
    for kind in (*kinds, "all"):
        row = [sum(counts[one, by] for one in (kinds if kind == "all" else [kind])) for by in FoundBy]
        total = sum(row)
        cells = [f"{number} ({number / total:.1%})" if kind == "all" else str(number) for number in row]
        lines.append(f"| {kind} | {total} | {' | '.join(cells)} |")
    neither = [plant for plant, by in found.items() if by is FoundBy.NEITHER]
    lines += [
        "",
        f"Of the {len(neither)} found by neither, {len(nothing)} change no answer, because no history can be in the",
        f"situations they change. The other {len(neither) - len(nothing)} show in the [snapshot](changing-a-rule.md),",
        "and the tests refuse them unless the [changed rules](changed-rules.md) name them.",
        "",
        LISTED,
        "",
        *(f"- {plant}{' (changes no answer)' if plant in nothing else ''}" for plant in neither),
    ]
    return "\n".join(lines).rstrip() + "\n"


def listed() -> frozenset[str]:
    """The faults that the page says nothing finds."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(LISTED)
    return frozenset(
        line[2:].removesuffix(" (changes no answer)") for line in rest.splitlines() if line.startswith("- ")
    )


def main() -> int:
    """Plant everything, and write the page."""
    tried: list[tuple[FoundBy, bool]] = []
    with Pool() as pool:
        for one in pool.imap(_tried, range(len(every())), chunksize=50):
            tried.append(one)
            if len(tried) % 1000 == 0:
                sys.stderr.write(f"{len(tried)} of {len(every())} planted\n")
    found = {plant: by for plant, (by, _) in zip(every(), tried, strict=True)}
    nothing = frozenset(plant for plant, (_, changes_nothing) in zip(every(), tried, strict=True) if changes_nothing)
    PAGE.write_text(page(found, nothing), encoding="utf-8", newline="\n")
    for by, count in Counter(found.values()).most_common():
        sys.stdout.write(f"{count:6} {by}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
