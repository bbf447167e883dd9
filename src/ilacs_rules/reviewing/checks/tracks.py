"""Gaps, overlaps and rules that never fire: what the survey of a track's tree shows."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ilacs_rules.reviewing.checks.boxes import anything, can_be, conditions_of, joined, shared
from ilacs_rules.reviewing.checks.findings import Finding, FindingKind
from ilacs_rules.rulebook import Draft, Rule, Track, regions, rule_box, survey
from ilacs_rules.situation import AS_OF, FACTS, Allowed, Box, Day, Range, Words

__all__ = ["track_findings"]


def track_findings(book: Draft) -> Iterator[Finding]:
    """The findings of every track; what is found alike for several kinds of subject is one finding."""
    by_fault: dict[tuple[object, ...], list[Finding]] = {}
    for track in book.tracks:
        for subject_type, first in track.answers.items():
            if first <= (book.until or date.max):
                for finding in _of_one(book, track, subject_type):
                    key = (finding.kind, finding.track, finding.rules, tuple(map(str, finding.box)), finding.case)
                    by_fault.setdefault(key, []).append(finding)
    for alike in by_fault.values():
        kinds = tuple(kind for finding in alike for kind in finding.subject_types)
        yield alike[0].model_copy(update={"subject_types": kinds})


def _of_one(book: Draft, track: Track, subject_type: str) -> Iterator[Finding]:
    rules = book.rows_of(track, subject_type)
    fired: set[str] = set()
    faults: dict[tuple[Rule, ...], list[Box]] = {}
    for region in regions(survey(track, subject_type, rules, book.until)):
        if region.leaf.faulty is not None:
            faults.setdefault(region.leaf.faulty, []).append(region.box)
            fired |= {rule.id for rule in region.leaf.faulty}
        elif (rule := region.leaf.rule) and rule.id not in fired:
            fired |= {rule.id} if can_be(region.box, subject_type) else set()
    for several, boxes in faults.items():
        yield from _faults(track, subject_type, several, boxes, rules)
    for rule in rules:
        if rule.id not in fired:
            yield _never_fires(track, subject_type, rule)


def _faults(
    track: Track, subject_type: str, several: tuple[Rule, ...], boxes: Iterable[Box], rules: Iterable[Rule]
) -> Iterator[Finding]:
    kind = FindingKind.OVERLAP if several else FindingKind.GAP
    says = f"{len(several)} rules answer here." if several else "No rule answers here."
    for box in joined(_within(box, track.answers[subject_type]) for box in boxes):
        needed = _asked_by_two(box, several) if several else _that_exclude(box, rules)
        yield Finding(
            kind=kind,
            says=f"{says} Exactly one must.",
            track=track.id,
            subject_types=(subject_type,),
            rules=tuple(rule.id for rule in several),
            box=conditions_of(box),
            case=_case(needed),
        )


def _within(box: Box, first: date) -> Box:
    """The box from the first day on which the track is asked, so that its day is always said."""
    side = shared(box.get(AS_OF) or anything(AS_OF), Range(low=first))
    assert side is not None, "a region lies before its track's first day"
    return {**box, AS_OF: side}


def _asked_by_two(box: Box, several: Iterable[Rule]) -> Box:
    """Where two rules overlap, the facts that neither asks about need not be told."""
    asked = {name for rule in several for name in rule_box(rule)}
    return {name: side for name, side in box.items() if name in asked}


def _that_exclude(box: Box, rules: Iterable[Rule]) -> Box:
    """Of a gap's sides the fewest that keep every rule out, taken greedily: first the day, then what keeps out most."""
    left = [rule_box(rule) for rule in rules]
    needed = dict[str, Allowed]({AS_OF: box[AS_OF]})
    left = [other for other in left if not _keeps_out(box, AS_OF, other)]
    while left:
        name = max((name for name in box), key=lambda name: sum(_keeps_out(box, name, other) for other in left))
        needed[name] = box[name]
        remaining = [other for other in left if not _keeps_out(box, name, other)]
        if len(remaining) == len(left):
            return box
        left = remaining
    return needed


def _keeps_out(box: Box, name: str, other: Box) -> bool:
    return name in other and shared(box.get(name) or anything(name), other[name]) is None


def _case(box: Mapping[str, Allowed]) -> str:
    """One value for each fact, the first that its side admits."""
    values = (
        (name.replace("_", " "), _first(name, box[name]))
        for name in (condition.fact for condition in conditions_of(box))
    )
    return "; ".join(f"{name}: {value}" for name, value in values)


def _first(name: str, side: Allowed) -> str:
    if isinstance(side, Words):
        return min(side.words).replace("_", " ")
    if not side.known:
        return "not known"
    end = side.low if side.low is not None else side.high
    if end is None:
        return "any day" if isinstance(FACTS[name].domain, Day) else "0"
    return str(end)


def _never_fires(track: Track, subject_type: str, rule: Rule) -> Finding:
    return Finding(
        kind=FindingKind.NEVER_FIRES,
        says="It applies to them, and no case of theirs can be in its conditions on a day on which the track is asked.",
        track=track.id,
        subject_types=(subject_type,),
        rules=(rule.id,),
        box=conditions_of(rule_box(rule)),
    )
