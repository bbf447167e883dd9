"""What single rows show: facts that nothing uses, rules that differ only in source, sources long not looked at."""

from collections.abc import Iterable, Iterator
from datetime import date

from ilacs_rules.reviewing.checks.findings import Finding, FindingKind
from ilacs_rules.rulebook import Draft, Expected, Rule, Suspension
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.situation import FACTS

__all__ = ["row_findings"]

_SAID_OF_A_SOURCE = frozenset({"id", "framework", "sources", "says", "gap", "evidence", "unmet", "certainty"})
"""What may differ between two rules that differ only in source: what it says, and how well it is known by that."""


def row_findings(book: Draft, checked_since: date | None) -> Iterator[Finding]:
    """The findings of rows, in the order of the files."""
    yield from _unused(book.rules)
    yield from _twins(book.rules)
    if checked_since is not None:
        yield from _not_checked(book, checked_since)


def facts_of(rule: Rule) -> Iterator[str]:
    """The facts that a rule asks about, or counts its window from.

    >>> from ilacs_rules import load_rulebook
    >>> sorted(set(facts_of(load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months"))))
    ['inspection_stage', 'last_inspection_started', 'last_overall']
    """
    for condition in rule.when:
        yield condition.fact
    for text in (rule.opens, rule.due, rule.closes, rule.runs_from):
        yield from parse(text).facts if text else ()


def _unused(rules: Iterable[Rule]) -> Iterator[Finding]:
    used = {name for rule in rules for name in facts_of(rule)}
    for name, fact in FACTS.items():
        if name not in used:
            says = f"No rule asks about it, and no window is counted from it: {fact.means}."
            yield Finding(kind=FindingKind.UNUSED_FACT, says=says, names=(name,))


def _twins(rules: Iterable[Rule]) -> Iterator[Finding]:
    alike: dict[tuple[object, ...], list[Rule]] = {}
    for rule in rules:
        alike.setdefault(_all_but_the_source(rule), []).append(rule)
    for several in alike.values():
        if len(several) > 1:
            yield Finding(
                kind=FindingKind.SAME_BUT_FOR_SOURCE,
                says="They answer the same cases alike; one rule can cite both sources.",
                track=several[0].track,
                subject_types=several[0].applies_to,
                rules=tuple(rule.id for rule in several),
                box=several[0].when,
                names=tuple(dict.fromkeys(citation.source for rule in several for citation in rule.sources)),
            )


def _all_but_the_source(rule: Rule) -> tuple[object, ...]:
    """Everything that decides when a rule answers and what, whatever the order of its conditions."""
    kept = (value for name, value in rule if name not in (*_SAID_OF_A_SOURCE, "when", "applies_to"))
    return (*kept, frozenset(rule.applies_to), frozenset(str(condition) for condition in rule.when))


def _not_checked(book: Draft, since: date) -> Iterator[Finding]:
    rows: tuple[Rule | Suspension | Expected, ...] = (*book.rules, *book.suspensions, *book.expected)
    for source in book.sources:
        if source.checked is None or source.checked < since:
            last = f"last on {source.checked}" if source.checked else "on no day that is written down"
            yield Finding(
                kind=FindingKind.SOURCE_NOT_CHECKED,
                says=f"What rests on it was to be compared with it since {since}, and was {last}.",
                rules=tuple(row.id for row in rows if any(cited.source == source.id for cited in row.sources)),
                names=(source.id,),
            )
