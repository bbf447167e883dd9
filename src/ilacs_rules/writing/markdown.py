"""The register of rules as Markdown: what the rulebook says, in pages that people can read and link to.

The pages are made from the rulebook alone, so the same rulebook always gives the same text. The row of a rule,
a source, a reading, a suspension or a fact is found on its page by its id.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ilacs_rules.answering.explain import CERTAINTY_MEANS, STRENGTH_MEANS
from ilacs_rules.files import write_generated
from ilacs_rules.rulebook import Condition, Rule, Rulebook, Track
from ilacs_rules.rulebook.day_words import day_in_words
from ilacs_rules.vocabulary import in_words
from ilacs_rules.writing.councils import councils_page
from ilacs_rules.writing.given import folder_given, rows_given
from ilacs_rules.writing.glossary import glossary_page
from ilacs_rules.writing.lists import facts_page, not_known_page, readings_page, sources_page, suspensions_page
from ilacs_rules.writing.words import (
    GENERATED,
    bullet,
    cited,
    heading,
    in_force,
    link,
    page,
    plain,
    rested_on,
    rule_page,
    sentence,
    table,
    types,
)
from ilacs_rules.writing.working_days import working_days_page

__all__ = ["pages", "write_pages"]


def pages(rulebook: Rulebook) -> dict[str, str]:
    """Every page of the register: file name to text.

    ``README.md`` is the index. Each framework has a page. ``sources.md``, ``readings.md``, ``facts.md``,
    ``suspensions.md``, ``working-days.md`` and ``councils.md`` list what the rules rest on. ``not-known.md`` lists what
    no source says, and ``glossary.md`` explains every word.

    >>> from ilacs_rules import load_rulebook
    >>> book = load_rulebook()
    >>> '<a id="fostering_agency_not_yet_registered"></a>' in pages(book)["sccif_fostering.md"]
    True
    >>> sorted(pages(book.model_copy(update={"rules": (), "tracks": ()})))  # no rules: no framework pages
    ['README.md', 'councils.md', 'facts.md', 'glossary.md', 'not-known.md', 'readings.md', 'sources.md',
    'suspensions.md', 'working-days.md']
    """
    rows_given(rulebook, Rulebook)
    lists = {
        "README.md": _index(rulebook),
        "councils.md": councils_page(rulebook),
        "facts.md": facts_page(rulebook),
        "glossary.md": glossary_page(rulebook),
        "not-known.md": not_known_page(rulebook),
        "readings.md": readings_page(rulebook),
        "sources.md": sources_page(rulebook),
        "suspensions.md": suspensions_page(rulebook),
        "working-days.md": working_days_page(rulebook),
    }
    return {**lists, **{name: _framework(rulebook, name, rules) for name, rules in _by_page(rulebook.rules).items()}}


def write_pages(rulebook: Rulebook, folder: str | Path) -> tuple[Path, ...]:
    """Write every page into a folder, and remove generated pages that are no longer made.

    Args:
        rulebook: the rules to write out.
        folder: made where it is missing. A file there that this library did not generate is left alone.

    Returns:
        The files written, in order of name.

    >>> from tempfile import TemporaryDirectory
    >>> from ilacs_rules import load_rulebook
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "mine.md").write_text("My own notes.")
    ...     _ = (Path(folder) / "gone.md").write_text(GENERATED)
    ...     written = write_pages(load_rulebook(), folder)
    ...     [path.name for path in sorted(Path(folder).iterdir()) if path not in written]
    ['mine.md']
    >>> written[0].name
    'README.md'
    """
    return write_generated(folder_given(folder), pages(rulebook), lambda data: data.startswith(GENERATED.encode()))


def _by_page(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule_page(rule), []).append(rule)
    return found


def _index(rulebook: Rulebook) -> str:
    return page("The rules", _index_lines(rulebook))


def _index_lines(rulebook: Rulebook) -> Iterator[str]:
    yield (
        f"Rulebook {rulebook.version}: {len(rulebook.rules)} rules on {len(rulebook.tracks)} tracks, from "
        f"{len(rulebook.sources)} sources. Fingerprint `{rulebook.fingerprint}`."
    )
    yield ""
    yield (
        "A *track* is one question, such as the next graded inspection. On each day exactly one of its rules answers "
        "it for each council or setting. The [glossary](glossary.md) explains every other word."
    )
    yield ""
    for name, means in (
        ("not-known.md", "What is not known, and how we read it"),
        ("readings.md", "What we take each vague word to mean, and why"),
        ("suspensions.md", "What was suspended, and when"),
        ("working-days.md", "The days that are not working days, and who says so"),
        ("councils.md", "The councils that were created or abolished since 2013, and those to come"),
        ("sources.md", "Every source, how we saw it, and which rules cite it"),
        ("facts.md", "The facts that rules ask about"),
    ):
        yield f"- [{means}]({name})"
    yield from ("", "## Frameworks", "")
    rows = ([f"[{sentence(name[:-3])}]({name})", str(len(rules))] for name, rules in _by_page(rulebook.rules).items())
    yield from table(["Page", "Rules"], rows)
    yield from ("## Tracks", "")
    for track in rulebook.tracks:
        yield from _track(rulebook, track)


def _track(rulebook: Rulebook, track: Track) -> Iterator[str]:
    yield from heading(3, sentence(track.id), f"track-{track.id}")
    yield from bullet("Question", plain(track.means))
    yield from bullet("Who has to act", f"the {track.owed_by}")
    yield from bullet("What meets it", "; ".join(in_words(activity) for activity in track.met_by))
    asked = "; ".join(f"{types([kind])}, {in_force(first, None)}" for kind, first in track.answers.items())
    yield from bullet("Asked of", asked)
    yield ""
    rows = (
        [
            link(f"`{rule.id}`", rule_page(rule), rule.id),
            in_force(rule.first, rule.last),
            rule.strength.value,
            rule.certainty.value,
            plain(rule.says),
        ]
        for rule in rulebook.rules
        if rule.track == track.id
    )
    yield from table(["Rule", "In force", "Strength", "Certainty", "Says"], rows)


def _framework(rulebook: Rulebook, name: str, rules: list[Rule]) -> str:
    lines = [
        f"{len(rules)} rule{'' if len(rules) == 1 else 's'}, from `{rules[0].framework}`. [All rules](README.md).",
        "",
    ]
    for rule in rules:
        lines += _rule(rulebook, rule)
    return page(sentence(name.removesuffix(".md")), lines)


def _rule(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    yield from heading(2, sentence(rule.id), rule.id)
    yield from (plain(rule.says), "")
    yield from bullet("Rule", f"`{rule.id}`")
    yield from bullet("Applies to", types(rule.applies_to))
    yield from bullet("In force", in_force(rule.first, rule.last))
    yield from bullet("Track", link(in_words(rule.track), "README.md", f"track-{rule.track}"))
    yield from _conditions(rule.when)
    yield from bullet("Activity", in_words(rule.activity))
    days = (("Opens", rule.opens), ("Due", rule.due), ("Closes", rule.closes), ("Counted from", rule.runs_from))
    for title, text in days:
        yield from bullet(title, f"{plain(day_in_words(text))} (`{text}`)" if text else "")
    yield from bullet("Status", rule.status.replace("_", " ") if rule.status else "")
    for title, text in (("Notice", rule.notice), ("Days on site", rule.days_on_site), ("Report", rule.report)):
        yield from bullet(title, plain(text))
    yield from bullet("Strength", STRENGTH_MEANS[rule.strength])
    yield from bullet("Certainty", CERTAINTY_MEANS[rule.certainty])
    if rule.readings:
        yield "- **Readings:**"
        yield from rested_on(rulebook, rule.readings)
    yield from bullet("Not stated", plain(rule.gap))
    yield from bullet("Seen in practice", plain(rule.evidence))
    yield from bullet("Not seen in a published history yet", plain(rule.unmet))
    yield "- **Sources:**"
    yield from (*cited(rule.sources), "")


def _conditions(conditions: tuple[Condition, ...]) -> Iterator[str]:
    if not conditions:
        yield from bullet("When", "always")
        return
    yield "- **When:**"
    for condition in conditions:
        name = in_words(condition.fact)
        yield f"  - {link(name, 'facts.md', condition.fact)} {plain(str(condition).removeprefix(name))}"
