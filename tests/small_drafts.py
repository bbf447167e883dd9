"""Drafts of a row or two, for tests of rulebooks and of what checks them: what is said of them can be read off."""

from datetime import date
from typing import Any

import ilacs_rules as ir
from ilacs_rules.rulebook import Leaf, Node, Source, Track, Tree

AGENCY, AUTHORITY = "independent_fostering_agency", "local_authority"
FIRST = date(2017, 4, 1)
ACT = Source(id="act", title="An Act", publisher="Parliament", url="", dated="2006", seen_as="primary")


def track(name: str = "inspection", **values: Any) -> Track:
    """What comes next of an agency, since 1 April 2017."""
    given = {"means": "what comes next", "owed_by": "inspectorate", "met_by": ("full_inspection",), **values}
    return Track(**{"id": name, "answers": {AGENCY: FIRST}, **given})


def rule(name: str, *when: ir.Condition, **values: Any) -> ir.Rule:
    """A row of that track, in force since its first day."""
    return ir.Rule(
        **{
            "id": name,
            "framework": "agencies.toml",
            "says": f"The row {name}.",
            "applies_to": (AGENCY,),
            "first": FIRST,
            "track": "inspection",
            "when": when,
            "activity": "full_inspection",
            "strength": "must",
            "certainty": "quoted",
            "sources": (ir.Citation(source="act", place="section 1"),),
            **values,
        }
    )


def draft(*rules: ir.Rule, **values: Any) -> ir.Draft:
    """These rows, not proved."""
    return ir.Draft(**_values(rules, values))


def book(*rules: ir.Rule, **values: Any) -> ir.Rulebook:
    """These rows, proved."""
    return ir.Rulebook(**_values(rules, values))


def _values(rules: tuple[ir.Rule, ...], values: dict[str, Any]) -> dict[str, Any]:
    rest: dict[str, Any] = {
        "version": "small",
        "tracks": (track(),),
        "readings": (),
        "suspensions": (),
        "sources": (ACT,),
    }
    if any("working day" in (text or "") for rule in rules for text in (rule.opens, rule.due, rule.closes)):
        cited = (ir.Citation(source=ACT.id, place="all"),)
        holidays = (row.model_copy(update={"sources": cited}) for row in ir.load_rulebook().bank_holidays)
        rest["bank_holidays"] = tuple(holidays)
    return {**rest, "rules": rules, **values}


def words(fact: str, *allowed: str) -> ir.Condition:
    return ir.Condition(fact=fact, words=allowed)


def between(fact: str, low: Any = None, high: Any = None, **values: Any) -> ir.Condition:
    return ir.Condition(fact=fact, low=low, high=high, **values)


def form(tree: Tree) -> object:
    """A tree as it reads: the row that answers, or the fact and where each of its values leads."""
    if isinstance(tree, Leaf):
        if tree.faulty is not None:
            return [rule.id for rule in tree.faulty]
        return tree.rule.id if tree.rule else None
    assert isinstance(tree, Node)
    known = {word: form(child) for word, child in tree.by_word.items()}
    return tree.fact, known, tree.cuts, [form(child) for child in tree.between]
