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
    "primary": "the text itself",
    "copy": "a full copy of the text",
    "third_party": "what somebody else wrote about it",
    "measured": "we measured it in dated published reports",
}
_HOW_MUCH = {
    "whole": "all of it",
    "start": "the start: about the first 2,000 characters of a stored page",
    "parts": "parts of it",
    "excerpt": "an excerpt that a search showed",
    "title": "only its title or address",
    "": "",
}


def facts_page(rulebook: Rulebook) -> str:
    """The facts that rules may ask about: what each means, what it can be, and how many rules ask about it."""
    lines = [
        (
            "A *fact* is something that is true of a council or setting on a day, read from its record. The conditions "
            "and dates of rules use these facts, and the day you ask about (`as_of`)."
        ),
        "",
    ]
    asked = Counter(name for rule in rulebook.rules for name in set(_facts_of(rule)))
    for name, fact in FACTS.items():
        lines += heading(2, sentence(name), name)
        lines += [f"`{name}`: {plain(fact.means)}.", ""]
        lines += bullet("Possible values", _can_be(fact.domain))
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
    lines = [
        (
            "These are all the sources of the rules. For each you see how we saw it, which edition we read, and how "
            "much of it."
        ),
        "",
    ]
    for source in rulebook.sources:
        lines += heading(2, plain(source.title), source.id)
        lines += bullet("Source", f"`{source.id}`")
        lines += bullet("Publisher", plain(source.publisher))
        lines += bullet("Dated", plain(source.dated))
        lines += bullet("What we saw", _SEEN_AS[source.seen_as])
        lines += bullet("Edition read", _edition(source.edition))
        lines += bullet("Read", _HOW_MUCH[source.read])
        lines += bullet("Read on", in_full(source.read_on) if source.read_on else "")
        lines += bullet("Rules last compared with it", in_full(source.checked) if source.checked else "we noted no day")
        lines += bullet("Address", f"<{source.url}>" if source.url else "")
        rules = [rule for rule in rulebook.rules if _cites(rule, source.id)]
        pauses = [pause for pause in rulebook.suspensions if _cites(pause, source.id)]
        lines += rested_on_by("Cited by", rules, pauses)
    return page("Sources", lines)


def _edition(edition: str) -> str:
    if edition == NOT_SEEN:
        return "we did not see its date"
    return dated(edition) if edition else ""


def _cites(row: Rule | Suspension, source: str) -> bool:
    return any(citation.source == source for citation in row.sources)


def readings_page(rulebook: Rulebook) -> str:
    """The one reading of each vague word, what speaks for it, and which rules rest on it."""
    lines = [
        (
            "Sources use vague words, such as “about” or “quarterly”. A *reading* is what we take such a word to "
            "mean. Each word has one reading, for all rules. If you read a word differently, change its reading in a "
            "rulebook of your own."
        ),
        "",
    ]
    for reading in rulebook.readings:
        lines += heading(2, f"“{plain(reading.word)}”", reading.id)
        lines += bullet("Reading", f"`{reading.id}`")
        lines += bullet("We take it to mean", plain(reading.means))
        lines += bullet("Why", plain(reading.because))
        rules = [rule for rule in rulebook.rules if reading.id in rule.readings]
        pauses = [pause for pause in rulebook.suspensions if reading.id in pause.readings]
        lines += rested_on_by("Used by", rules, pauses)
    return page("Readings", lines)


def suspensions_page(rulebook: Rulebook) -> str:
    """What was suspended, when, and by which reading windows moved."""
    lines = [
        (
            "A *suspension* is a time in which inspections or visits stopped. For each you see when it was, which "
            "tracks it stopped, and how windows moved."
        ),
        "",
    ]
    for pause in rulebook.suspensions:
        lines += heading(2, sentence(pause.id), pause.id)
        lines += [plain(pause.says), ""]
        lines += bullet("Suspension", f"`{pause.id}`")
        lines += bullet("First and last day", in_force(pause.first, pause.last))
        lines += bullet("While it lasted", "activities went on where they could" if pause.where_possible else "")
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
        f"No text that we have seen settles {len(rules)} of {len(rulebook.rules)} rules, and {len(pauses)} of "
        f"{len(rulebook.suspensions)} suspensions. For each of them this page says what is missing, how we read it, "
        "and on which sources. The [readings of vague words](readings.md) are choices too."
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
        f"The rules that matter most come first. On {in_full(seen.day)} we asked about {seen.authorities} authorities "
        f"and {seen.providers:,} providers, from two published collections. {len(live)} of these rules answered for "
        "at least one of them. Those that require something, or say what may come, are in the first part. Those by "
        "which nothing is required are in the second. In each part, the rules that answered for most councils and "
        "settings come first. The other rules answered for none of them that day, and follow by framework."
    )
    yield counted, []
    nothing = Activity.NOTHING_REQUIRED
    yield "What is required of councils and settings today", [rule for rule in live if rule.activity is not nothing]
    yield "Why nothing is required of councils and settings today", [rule for rule in live if rule.activity is nothing]
    others = [rule for rule in by_weight if not seen.of(rule)]
    for framework in dict.fromkeys(rule.framework for rule in others):
        yield sentence(framework.removesuffix(".toml")), [rule for rule in others if rule.framework == framework]


def _unsettled(rulebook: Rulebook, row: Rule | Suspension) -> Iterator[str]:
    rule = row if isinstance(row, Rule) else None
    where = rule_page(rule) if rule else "suspensions.md"
    yield from heading(3, link(sentence(row.id), where, row.id), row.id)
    yield from bullet("Answered for", _how_many(touched().of(rule)) if rule else "")
    gap = plain(rule.gap) if rule else ""
    yield from bullet("Not stated", gap or "no text that we have seen says this")
    yield from bullet("How we read it", plain(row.says))
    yield from bullet("Certainty", CERTAINTY_MEANS[row.certainty])
    if row.readings:
        yield "- **Vague words in it:**"
        yield from rested_on(rulebook, row.readings)
    yield from bullet("Seen in practice", plain(rule.evidence) if rule else "")
    yield "- **Sources:**"
    yield from (*cited(row.sources), "")


def _how_many(count: int) -> str:
    if not count:
        return ""
    return f"{count:,} {'council or setting' if count == 1 else 'councils and settings'} on {in_full(touched().day)}"
