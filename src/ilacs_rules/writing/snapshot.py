"""The answer to every situation that the rules tell apart, one line each, in a form that can be read as a diff.

::

    2018-01-01.. | local_authority | inspection_stage: complete; last_overall: good => rule | activity | window | ...

Left of the arrow stands the situation: the days, the kinds of subject, and one word, range or "unknown" for each fact
that decides; right of it the rule that answers, and what it answers. A file holds a track.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple, Self

from ilacs_rules.errors import RecordError
from ilacs_rules.files import write_generated
from ilacs_rules.reviewing.checks.boxes import joined
from ilacs_rules.rulebook import Draft, Rule, Track, regions, survey
from ilacs_rules.situation import AS_OF, FACTS, Allowed, Box, Choice, Day, Range, Words
from ilacs_rules.values.given import items
from ilacs_rules.writing.given import folder_given, rows_given, text_given

__all__ = ["Line", "lines_of", "snapshot", "write_snapshot"]

_ARROW, _BAR = " => ", " | "


class Line(NamedTuple):
    """A situation of some kinds of subject, and the answer to it."""

    subjects: tuple[str, ...]
    box: Box
    rule: str
    answer: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        situation = "; ".join(f"{name}: {_side(self.box[name])}" for name in FACTS if name in self.box) or "always"
        left = _BAR.join((_side(self.box[AS_OF]), ", ".join(self.subjects), situation))
        return f"{left}{_ARROW}{_BAR.join((self.rule, self.answer, ', '.join(self.sources)))}"

    @classmethod
    def read(cls, text: str) -> Self:
        """A line from its text.

        Raises:
            RecordError: it is the text of no line.

        >>> text = "2018-01-01.. | local_authority | visits_between_on_record: ..1; exists: yes => rule | visit | act"
        >>> line = Line.read(text)
        >>> line.rule, line.box["visits_between_on_record"].high, str(line) == text
        ('rule', 1, True)
        """
        left, _, right = text_given(text, "text").partition(_ARROW)
        try:
            days, subjects, situation = left.split(_BAR)
            rule, *answer, sources = right.split(_BAR)
            box = {AS_OF: _read_side(AS_OF, days)}
            for part in situation.split("; ") if situation != "always" else ():
                name, _, side = part.partition(": ")
                box[name] = _read_side(name, side)
        except (ValueError, LookupError):
            raise RecordError(
                "is not a line of a snapshot", field="text", value=text, expected="one that `str` of a Line gives"
            ) from None
        return cls(tuple(subjects.split(", ")), box, rule, _BAR.join(answer), tuple(sources.split(", ")))


def _side(side: Allowed) -> str:
    if isinstance(side, Words):
        return " or ".join(sorted(side.words))
    if not side.known:
        return "unknown"
    low, high = ("" if end is None else str(end) for end in (side.low, side.high))
    text = f"{low}..{high}" if low or high else "known"
    return f"{text} or unknown" if side.unknown else text


def _read_side(name: str, text: str) -> Allowed:
    if name != AS_OF and isinstance(FACTS[name].domain, Choice):
        return Words(frozenset(text.split(" or ")))
    known = text.removesuffix(" or unknown")
    if known == "unknown":
        return Range(known=False, unknown=True)
    low, _, high = ("", "", "") if known == "known" else known.partition("..")
    read = date.fromisoformat if name == AS_OF or isinstance(FACTS[name].domain, Day) else int
    return Range(read(low) if low else None, read(high) if high else None, unknown=known != text)


def snapshot(rulebook: Draft) -> dict[str, str]:
    """The snapshot of a rulebook: file name to text, one file for each track.

    >>> from ilacs_rules import load_rulebook
    >>> pages = snapshot(load_rulebook())
    >>> sorted(pages)[:2], len(pages) == len(load_rulebook().tracks)
    (['action_planning.txt', 'after_priority_action.txt'], True)
    """
    rows = rows_given(rulebook, Draft)
    return {f"{track.id}.txt": _page(rows, track) for track in rows.tracks}


def _page(rulebook: Draft, track: Track) -> str:
    lines = sorted(map(str, _lines(rulebook, track)), key=_by_situation)
    head = f"# Rulebook {rulebook.version}, track {track.id}: {track.means}. Written by `make docs`; do not edit."
    return "\n".join([head, *lines]) + "\n"


def _by_situation(text: str) -> tuple[list[str], str]:
    """Side by side what differs only in its days."""
    days, subjects, rest = text.split(_BAR, 2)
    return [subjects, rest.partition(_ARROW)[0]], days


def _lines(rulebook: Draft, track: Track) -> Iterator[Line]:
    """Every line of a track; kinds of subject for which all of it is alike share one."""
    alike: dict[str, list[Line]] = {}
    for subject_type, first in track.answers.items():
        if first <= (rulebook.until or date.max):
            for line in _of_one(rulebook, track, subject_type):
                alike.setdefault(str(line._replace(subjects=())), []).append(line)
    for several in alike.values():
        yield several[0]._replace(subjects=tuple(line.subjects[0] for line in several))


def _of_one(rulebook: Draft, track: Track, subject_type: str) -> Iterator[Line]:
    rules = rulebook.rows_of(track, subject_type)
    boxes: dict[str, list[Box]] = {}
    for region in regions(survey(track, subject_type, rules, rulebook.until)):
        days = region.box.get(AS_OF, Range())
        assert isinstance(days, Range)
        low = days.low or track.answers[subject_type]
        for rule in region.leaf.faulty or ((region.leaf.rule,) if region.leaf.rule else ()):
            boxes.setdefault(rule.id, []).append({**region.box, AS_OF: days._replace(low=low)})
    for rule in rules:
        sources = tuple(dict.fromkeys(citation.source for citation in rule.sources))
        for box in joined(boxes.get(rule.id, ())):
            for one in _word_by_word(box):
                yield Line((subject_type,), one, rule.id, _answer(rule), sources)


def _word_by_word(box: Box) -> Iterator[Box]:
    """A box for each way to choose one word for each fact that has words."""
    sides: list[list[Allowed]] = [
        [Words(frozenset({word})) for word in sorted(side.words)] if isinstance(side, Words) else [side]
        for side in box.values()
    ]
    for chosen in product(*sides):
        yield dict(zip(box, chosen, strict=True))


def _answer(rule: Rule) -> str:
    """Everything that decides what is answered, except the words."""
    days = (("opens", rule.opens), ("due", rule.due), ("closes", rule.closes), ("runs from", rule.runs_from))
    window = "; ".join(f"{name} {text}" for name, text in days if text) or "no day stated"
    status = [f"status {rule.status}"] if rule.status else []
    return _BAR.join([rule.activity.value, window, *status, f"{rule.strength}, {rule.certainty}"])


def lines_of(pages: Iterable[str]) -> Iterator[Line]:
    """The lines of some pages, as values.

    >>> from ilacs_rules import load_rulebook
    >>> pages = snapshot(load_rulebook())
    >>> lines = list(lines_of(pages.values()))
    >>> len(lines) == sum(text.count(" => ") for text in pages.values())
    True
    """
    for page in items(pages, "pages", "the text of each page"):
        text = text_given(page, "pages")
        yield from (Line.read(line) for line in text.splitlines() if line and not line.startswith("#"))


def write_snapshot(rulebook: Draft, folder: str | Path) -> tuple[Path, ...]:
    """Write the snapshot into a folder, and remove the pages of tracks that are no more.

    >>> from tempfile import TemporaryDirectory
    >>> from ilacs_rules import load_rulebook
    >>> with TemporaryDirectory() as folder:
    ...     written = write_snapshot(load_rulebook(), folder)
    >>> written[0].name
    'action_planning.txt'
    """
    return write_generated(folder_given(folder), snapshot(rulebook), lambda data: data.startswith(b"# Rulebook"))
