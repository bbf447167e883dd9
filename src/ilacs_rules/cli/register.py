"""The rulebook on the command line: which rules, and one rule in words."""

from collections.abc import Iterator
from datetime import date

from ilacs_rules.answering.explain import STRENGTH_MEANS, cited, how_certain
from ilacs_rules.dates import in_full
from ilacs_rules.rulebook import Rule, Rulebook
from ilacs_rules.vocabulary import in_words

__all__ = ["in_lines", "select"]


def select(
    rulebook: Rulebook, *, track: str | None = None, kind: str | None = None, on: date | None = None
) -> tuple[Rule, ...]:
    """The rules of a track, of a kind of subject and in force on a day; what is not given narrows nothing.

    Of a kind of subject, none is in force before the first day on which its track is asked of such subjects.

    >>> from ilacs_rules import load_rulebook
    >>> book = load_rulebook()
    >>> select(book) == book.rules
    True
    >>> select(book, kind="independent_fostering_agency", on=date(2014, 3, 31))
    ()
    """
    answers = {each.id: each.answers for each in rulebook.tracks}
    return tuple(
        rule
        for rule in rulebook.rules
        if (track is None or rule.track == track)
        and (kind is None or kind in rule.applies_to)
        and (on is None or (rule.in_force(on) and (kind is None or answers[rule.track].get(kind, on) <= on)))
    )


def in_lines(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    """A rule in words, over several lines.

    >>> from ilacs_rules import load_rulebook
    >>> book = load_rulebook()
    >>> lines = list(in_lines(book, book.rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")))
    >>> lines[0]
    'inadequate_fostering_agency_is_reinspected_within_6_to_12_months'
    >>> [line for line in lines if "Closes" in line]
    ['  Closes: last_inspection_started + 12 months']
    """
    first = in_full(rule.first)
    meaning = {track.id: track.means for track in rulebook.tracks}[rule.track]
    yield rule.id
    yield f"  Says: {rule.says}"
    yield f"  Applies to: {', '.join(kind.replace('_', ' ') for kind in rule.applies_to)}"
    yield f"  In force: {f'{first} to {in_full(rule.last)}' if rule.last else f'since {first}'}"
    yield f"  Track: {rule.track} ({meaning})"
    yield from _listed("When", [str(condition) for condition in rule.when] or ["always"])
    yield f"  Activity: {in_words(rule.activity)}"
    for title, text in (
        ("Opens", rule.opens),
        ("Due", rule.due),
        ("Closes", rule.closes),
        ("Notice", rule.notice),
        ("On site", rule.days_on_site),
        ("Report", rule.report),
    ):
        yield from [f"  {title}: {text}"] if text else []
    yield f"  How firmly: {STRENGTH_MEANS[rule.strength]}; certainty: {how_certain(rule)}"
    yield from [f"  Not stated: {rule.gap}"] if rule.gap else []
    yield from [f"  Seen in practice: {rule.evidence}"] if rule.evidence else []
    yield from _listed(
        "Readings",
        [f"'{item.word}': {item.means}. Why: {item.because}." for item in rulebook.readings_of(rule)],
    )
    yield from _listed("Sources", [cited(item) for item in rule.sources])
    yield f"  Rulebook: {rulebook.version}, {rulebook.fingerprint[:12]}; {rule.framework}"


def _listed(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"  {title}:"
        yield from (f"    {item}" for item in items)
