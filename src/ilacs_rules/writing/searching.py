"""The register of rules as JSON, for whoever wants to search it: the documentation's own page is one of them."""

import json
from collections.abc import Iterator
from typing import Any

from ilacs_rules.rulebook import Rule, Rulebook
from ilacs_rules.vocabulary import Activity, Certainty, Strength, in_words, meaning_of
from ilacs_rules.writing.given import rows_given
from ilacs_rules.writing.words import rule_page, sentence

__all__ = ["register_json"]


def register_json(rulebook: Rulebook) -> str:
    """Every rule with what it can be found by, as JSON text: the same rulebook always gives the same text.

    Args:
        rulebook: the rules to write out.

    Returns:
        An object with ``rulebook`` (its version), ``fingerprint``, ``words`` (how each word is shown, and what each
        strength and certainty means), ``sources`` (id to title) and ``rules``. Days are ISO dates, both inclusive; a
        rule without a last day has ``null``. ``page`` and ``id`` say where a rule stands in the register.

    >>> from ilacs_rules import load_rulebook
    >>> found = json.loads(register_json(load_rulebook()))
    >>> rule = next(each for each in found["rules"] if each["id"] == "fostering_agency_not_yet_registered")
    >>> rule["page"], rule["first"], rule["last"], rule["strength"]
    ('sccif_fostering.md', '2017-04-01', None, 'usual')
    >>> found["words"]["activity"][rule["activity"]]
    'nothing required'
    >>> found["words"]["activity"]["ilacs_standard"], found["words"]["applies_to"]["childrens_home"]
    ('standard inspection under ILACS', "children's home")
    >>> json.loads(register_json(load_rulebook().model_copy(update={"rules": (), "tracks": ()})))["rules"]
    []
    """
    rows = [_row(rule) for rule in rows_given(rulebook, Rulebook).rules]
    cited = {source for row in rows for source in row["sources"]}
    found = {
        "rulebook": rulebook.version,
        "fingerprint": rulebook.fingerprint,
        "words": {
            "activity": {word: in_words(Activity(word)) for word in sorted({row["activity"] for row in rows})},
            "applies_to": {word: in_words(word) for word in sorted(_kinds(rulebook))},
            "strength": {word.value: meaning_of(word) for word in Strength},
            "certainty": {word.value: meaning_of(word) for word in Certainty},
        },
        "sources": {source.id: source.title for source in rulebook.sources if source.id in cited},
        "rules": rows,
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _kinds(rulebook: Rulebook) -> Iterator[str]:
    for rule in rulebook.rules:
        yield from rule.applies_to


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": sentence(rule.id),
        "page": rule_page(rule),
        "says": rule.says,
        "applies_to": [str(kind) for kind in rule.applies_to],
        "first": rule.first.isoformat(),
        "last": rule.last.isoformat() if rule.last else None,
        "track": in_words(rule.track),
        "activity": rule.activity.value,
        "when": [str(condition) for condition in rule.when],
        "days": {name: text for name in ("opens", "due", "closes") if (text := getattr(rule, name))},
        "strength": rule.strength.value,
        "certainty": rule.certainty.value,
        "gap": rule.gap,
        "sources": list(dict.fromkeys(citation.source for citation in rule.sources)),
    }
