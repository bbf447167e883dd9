"""The gate: if an answer changes, the changelog has to say so, with the rule, the day, a source and the extent.

The changelog of single rules is ``docs/changed-rules.md``. What is answered now is compared with the snapshot of the
last release. Both snapshots are in the repository, and the changelog names the released one, so no history is needed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from ilacs_rules.reviewing.checks.boxes import can_be, remainder, shared_box
from ilacs_rules.situation import AS_OF, Box, Range
from ilacs_rules.writing.given import pages_given, text_given
from ilacs_rules.writing.snapshot import Line, lines_of

__all__ = ["RuleChange", "fingerprint_of", "rule_changes", "what_the_changelog_lacks"]


class RuleChange(NamedTuple):
    """How a rule answers otherwise than in the last release.

    Attributes:
        rule: its id.
        first: the first day on which a situation is answered otherwise.
        sources: the sources of the rule, now or then.
        situations: how many situations are answered otherwise, by the rule now or by it then.
    """

    rule: str
    first: date
    sources: tuple[str, ...]
    situations: int

    def __str__(self) -> str:
        """The entry of the changelog that it needs; the words after the day are for a person to write."""
        source = self.sources[0]
        return f"- `{self.rule}`, from {self.first}: WHAT CHANGES, AND WHY. Source: `{source}`. {self.extent}."

    @property
    def extent(self) -> str:
        """How many situations, in words."""
        return f"{self.situations} situation{'' if self.situations == 1 else 's'}"


class _Changed(NamedTuple):
    """A situation of one kind of subject that is answered otherwise: by which rules, before and now."""

    box: Box
    lines: tuple[Line, ...]


def rule_changes(released: Mapping[str, str], now: Mapping[str, str]) -> dict[str, RuleChange]:
    """What changed between two snapshots, by rule, in the order of the rules' ids.

    >>> from ilacs_rules import load_rulebook
    >>> from ilacs_rules.writing.snapshot import snapshot
    >>> page = {"intervention.txt": snapshot(load_rulebook())["intervention.txt"]}
    >>> rule_changes(page, page)
    {}
    >>> len(rule_changes({}, page)) > 5  # a track that is new: every rule of it
    True
    """
    before, after = pages_given(released, "released"), pages_given(now, "now")
    found: dict[str, list[_Changed]] = {}
    for name in sorted({*before, *after}):
        for changed in _changed(before.get(name, ""), after.get(name, "")):
            for rule in sorted({line.rule for line in changed.lines}):
                found.setdefault(rule, []).append(changed)
    return {rule: _of_rule(rule, found[rule]) for rule in sorted(found)}


def _of_rule(rule: str, changed: Iterable[_Changed]) -> RuleChange:
    items = list(changed)
    sources = (source for item in items for line in item.lines if line.rule == rule for source in line.sources)
    return RuleChange(rule, min(_first(item.box) for item in items), tuple(dict.fromkeys(sources)), len(items))


def _first(box: Box) -> date:
    days = box[AS_OF]
    return days.low if isinstance(days, Range) and isinstance(days.low, date) else date.min


def _changed(before: str, after: str) -> Iterator[_Changed]:
    """The situations of a track that are answered otherwise, those that came and those that went."""
    old, new = _by_subject(before), _by_subject(after)
    for subject in sorted({*old, *new}):
        were, are = old.get(subject, {}), new.get(subject, {})
        gone = [line for text, line in were.items() if text not in are]
        come = [line for text, line in are.items() if text not in were]
        for then in gone:
            for line in come:
                box = shared_box(then.box, line.box)
                if box is not None and _said(then) != _said(line) and can_be(box, subject):
                    yield _Changed(box, (then, line))
        yield from _alone(gone, list(are.values()), subject)
        yield from _alone(come, list(were.values()), subject)


def _by_subject(page: str) -> dict[str, dict[str, Line]]:
    found: dict[str, dict[str, Line]] = {}
    for line in lines_of([page]):
        for subject in line.subjects:
            found.setdefault(subject, {})[str(line._replace(subjects=(subject,)))] = line
    return found


def _said(line: Line) -> tuple[str, str, frozenset[str]]:
    return line.rule, line.answer, frozenset(line.sources)


def _alone(lines: Iterable[Line], others: Iterable[Line], subject: str) -> Iterator[_Changed]:
    """What of some lines the other snapshot does not answer at all."""
    boxes = [line.box for line in others]
    for line in lines:
        left = remainder(line.box, boxes, subject)
        if left is not None and can_be(left, subject):
            yield _Changed(left, (line,))


def fingerprint_of(pages: Mapping[str, str]) -> str:
    """Twelve signs that tell a snapshot from any other; the changelog gives them for the released one.

    >>> fingerprint_of({})
    'e3b0c44298fc'
    """
    texts = pages_given(pages, "pages")
    whole = "".join(f"{name}\n{texts[name]}" for name in sorted(texts))
    return sha256(whole.encode(errors="surrogatepass")).hexdigest()[:12]


def what_the_changelog_lacks(changelog: str, released: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What the changelog must say and does not; empty where it says everything.

    Each rule whose answers change needs an entry of its own under "Unreleased". The entry begins with the id of the
    rule. It names the first day of the change, a source of the rule, and the number of situations. The latest release
    must name the fingerprint of its snapshot.

    >>> text = "## [Unreleased]" + chr(10) + "## [1.0.0]" + chr(10) + "Snapshot `e3b0c44298fc`."
    >>> what_the_changelog_lacks(text, {}, {})
    []
    >>> what_the_changelog_lacks("## [Unreleased]", {}, {})
    ['the latest release does not name the snapshot in the folder of released ones, e3b0c44298fc']
    """
    _, _, rest = text_given(changelog, "changelog").partition("## [Unreleased]")
    unreleased, _, older = rest.partition("\n## [")
    lacking: list[str] = []
    if fingerprint_of(released) not in older.partition("\n## [")[0]:
        named = fingerprint_of(released)
        lacking.append(f"the latest release does not name the snapshot in the folder of released ones, {named}")
    entries, changes = _entries(unreleased), rule_changes(released, now)
    for rule, change in changes.items():
        lacking += _faults(change, entries.get(rule))
    lacking += [f"`{rule}` has an entry, and answers as it did before" for rule in entries if rule not in changes]
    return lacking


def _entries(unreleased: str) -> dict[str, str]:
    """The entries that begin with the id of a rule, by that id."""
    bullets = re.split(r"^- ", unreleased, flags=re.MULTILINE)[1:]
    texts = (" ".join(bullet.split()) for bullet in bullets)
    return {found.group(1): text for text in texts if (found := re.match(r"`([a-z0-9_]+)`, from \d", text))}


def _faults(change: RuleChange, entry: str | None) -> Iterator[str]:
    if entry is None:
        yield f"`{change.rule}` answers otherwise and has no entry; it needs: {change}"
        return
    numbers = re.findall(r"\b(\d+) situations?\b", entry)
    if f"from {change.first}" not in entry:
        yield f"`{change.rule}`: the entry does not say 'from {change.first}', the first day that is answered otherwise"
    if not any(f"`{source}`" in entry for source in change.sources):
        yield f"`{change.rule}`: the entry names none of its sources: {', '.join(change.sources)}"
    if numbers != [str(change.situations)]:
        yield f"`{change.rule}`: the entry does not say that it changes {change.extent}"
