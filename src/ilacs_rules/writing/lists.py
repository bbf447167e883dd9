"""The pages that list what rules rest on: facts, sources, readings, suspensions, and what is not known."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ilacs_rules.answering.explain import CERTAINTY_MEANS
from ilacs_rules.dates import dated, in_full
from ilacs_rules.rulebook import Rule, Rulebook, Suspension
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.rulebook.sources import NOT_SEEN
from ilacs_rules.situation import FACTS, Choice, Domain, Number
from ilacs_rules.vocabulary import NOT_SAID, Activity
from ilacs_rules.writing.touched import touched
from ilacs_rules.writing.words import (
    bullet,
    cited,
    heading,
    in_force,
    link,
    page,
    plain,
    rested_on,
    rested_on_by,
    rule_page,
    sentence,
    types,
)

__all__ = ["facts_page", "not_known_page", "readings_page", "sources_page", "suspensions_page"]

_SEEN_AS = {
    "primary": "the primary text itself",
    "copy": "a full copy of the primary text",
    "third_party": "a third party's words about it",
    "measured": "measured from dated published reports",
}
_HOW_MUCH = {
    "whole": "the whole of it",
    "start": "its start: about the first 2,000 characters of a stored page",
    "parts": "some parts of it",
    "excerpt": "an excerpt that a search showed",
    "title": "no more than its title or address",
    "": "",
}


def facts_page(rulebook: Rulebook) -> str:
    """The facts that rules may ask about: what each means, what it can be, and how many rules ask about it."""
    lines = ["A rule's conditions and dates speak of these facts, and of the day that is asked about (`as_of`).", ""]
    asked = Counter(name for rule in rulebook.rules for name in set(_facts_of(rule)))
    for name, fact in FACTS.items():
        lines += heading(2, sentence(name), name)
        lines += [f"`{name}`: {plain(fact.means)}.", ""]
        lines += bullet("Can be", _can_be(fact.domain))
        lines += [*bullet("Rules that ask about it", str(asked[name])), ""]
    return page("Facts", lines)


def _facts_of(rule: Rule) -> Iterator[str]:
    for condition in rule.when:
        yield condition.fact
    for text in (rule.opens, rule.due, rule.closes, rule.runs_from):
        yield from parse(text).facts if text else ()


def _can_be(domain: Domain) -> str:
    if isinstance(domain, Choice):
        return ", ".join(word.replace("_", " ") for word in sorted(domain.words))
    return "a count, or not known" if isinstance(domain, Number) else "a day, or not known"


def sources_page(rulebook: Rulebook) -> str:
    """Every source: what it is, where it stands, how it was seen, and what cites it."""
    lines: list[str] = []
    for source in rulebook.sources:
        lines += heading(2, plain(source.title), source.id)
        lines += bullet("Source", f"`{source.id}`")
        lines += bullet("Publisher", plain(source.publisher))
        lines += bullet("Dated", plain(source.dated))
        lines += bullet("Seen as", _SEEN_AS[source.seen_as])
        lines += bullet("Edition read", _edition(source.edition))
        lines += bullet("Read", _HOW_MUCH[source.read])
        lines += bullet("Read on", in_full(source.read_on) if source.read_on else "")
        lines += bullet("Last compared with", in_full(source.checked) if source.checked else "no day is written down")
        lines += bullet("Address", f"<{source.url}>" if source.url else "")
        rules = [rule for rule in rulebook.rules if _cites(rule, source.id)]
        pauses = [pause for pause in rulebook.suspensions if _cites(pause, source.id)]
        lines += rested_on_by("Cited by", rules, pauses)
    return page("Sources", lines)


def _edition(edition: str) -> str:
    if edition == NOT_SEEN:
        return "its date was not seen"
    return f"that of {dated(edition)}" if edition else ""


def _cites(row: Rule | Suspension, source: str) -> bool:
    return any(citation.source == source for citation in row.sources)


def readings_page(rulebook: Rulebook) -> str:
    """The one reading of each vague word, what speaks for it, and which rules rest on it."""
    lines = ["Vague words have one reading each, written down once. Another reading is another rulebook.", ""]
    for reading in rulebook.readings:
        lines += heading(2, f"“{plain(reading.word)}”", reading.id)
        lines += bullet("Reading", f"`{reading.id}`")
        lines += bullet("Is taken to mean", plain(reading.means))
        lines += bullet("What speaks for it", plain(reading.because))
        rules = [rule for rule in rulebook.rules if reading.id in rule.readings]
        pauses = [pause for pause in rulebook.suspensions if reading.id in pause.readings]
        lines += rested_on_by("Rests on it", rules, pauses)
    return page("Readings", lines)


def suspensions_page(rulebook: Rulebook) -> str:
    """What was suspended, when, and by which reading windows moved."""
    lines: list[str] = []
    for pause in rulebook.suspensions:
        lines += heading(2, sentence(pause.id), pause.id)
        lines += [plain(pause.says), ""]
        lines += bullet("Suspension", f"`{pause.id}`")
        lines += bullet("First and last day", in_force(pause.first, pause.last))
        lines += bullet("While it lasted", "it was done where possible" if pause.where_possible else "")
        lines += bullet("Applies to", types(pause.applies_to))
        tracks = (link(name.replace("_", " "), "README.md", f"track-{name}") for name in pause.tracks)
        lines += bullet("Tracks", ", ".join(tracks))
        lines += bullet("Certainty", CERTAINTY_MEANS[pause.certainty])
        lines += ["- **Readings:**", *rested_on(rulebook, pause.readings)] if pause.readings else []
        lines += ["- **Sources:**", *cited(pause.sources), ""]
    return page("Suspensions", lines)


def not_known_page(rulebook: Rulebook) -> str:
    """Each rule and suspension that no text settles, those that touch the most real subjects first.

    For each: what is missing, what was chosen, and what speaks for it.
    """
    rules = [rule for rule in rulebook.rules if rule.gap or rule.certainty in NOT_SAID]
    pauses = [pause for pause in rulebook.suspensions if pause.certainty in NOT_SAID]
    counts = (
        f"{len(rules)} of {len(rulebook.rules)} rules, and {len(pauses)} of {len(rulebook.suspensions)} suspensions, "
        "rest on something that no text seen says. Each stands here with what is missing, the reading chosen, "
        "and what speaks for it. The [readings of vague words](readings.md) are choices too."
    )
    lines = [counts, ""]
    for title, unsettled in _what_matters_first(rules):
        lines += [f"## {title}", ""] if unsettled else [title, ""]
        for rule in unsettled:
            lines += _unsettled(rulebook, rule)
    lines += ["## Suspensions", ""] if pauses else []
    for pause in pauses:
        lines += _unsettled(rulebook, pause)
    lines += ["## Known to be coming", ""] if rulebook.expected else []
    for item in rulebook.expected:
        lines += [*heading(3, sentence(item.id), item.id), *bullet("What is known", plain(item.says))]
        lines += [*bullet("From", f"{item.first} at the earliest"), "- **Who says so:**", *cited(item.sources), ""]
    return page("What is not known", lines)


def _what_matters_first(rules: Iterable[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """The rules by how many real subjects they answer for, what requires something first; then by framework."""
    seen = touched()
    by_weight = sorted(rules, key=lambda rule: -seen.of(rule))
    live = [rule for rule in by_weight if seen.of(rule)]
    counted = (
        f"Those that matter most come first. {len(live)} of these rules answered for one of {seen.authorities} "
        f"authorities and {seen.providers:,} providers in two published collections on {in_full(seen.day)}: first "
        "those that require something or say what may come, then those by which nothing is required, each in order of "
        "how many subjects they answered for. The others answered for none of them that day, and follow by framework."
    )
    yield counted, []
    nothing = Activity.NOTHING_REQUIRED
    yield "What is required of real subjects today", [rule for rule in live if rule.activity is not nothing]
    yield "Why nothing is required of real subjects today", [rule for rule in live if rule.activity is nothing]
    others = [rule for rule in by_weight if not seen.of(rule)]
    for framework in dict.fromkeys(rule.framework for rule in others):
        yield sentence(framework.removesuffix(".toml")), [rule for rule in others if rule.framework == framework]


def _unsettled(rulebook: Rulebook, row: Rule | Suspension) -> Iterator[str]:
    rule = row if isinstance(row, Rule) else None
    where = rule_page(rule) if rule else "suspensions.md"
    yield from heading(3, link(sentence(row.id), where, row.id), row.id)
    yield from bullet("Answers for", _how_many(touched().of(rule)) if rule else "")
    gap = plain(rule.gap) if rule else ""
    yield from bullet("Not stated", gap or "no text seen says this, and no more is written down about the gap")
    yield from bullet("Reading chosen", plain(row.says))
    yield from bullet("Certainty", CERTAINTY_MEANS[row.certainty])
    if row.readings:
        yield "- **Readings it rests on:**"
        yield from rested_on(rulebook, row.readings)
    yield from bullet("Seen in practice", plain(rule.evidence) if rule else "")
    yield "- **What speaks for it:**"
    yield from (*cited(row.sources), "")


def _how_many(count: int) -> str:
    if not count:
        return ""
    return f"{count:,} subject{'' if count == 1 else 's'} on {in_full(touched().day)}"
