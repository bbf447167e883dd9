"""One subject's row of the timeline: letters and dots for what was done, bars for what is to come."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.outlook.history import Done
from ilacs_rules.outlook.picture.scale import Scale
from ilacs_rules.outlook.words import capital
from ilacs_rules.plain_text import for_html
from ilacs_rules.vocabulary import Strength, in_words

__all__ = ["HEIGHTS", "LEFT", "Drawn", "Shown", "bars_of", "drawn"]

LETTERS = {"outstanding": "O", "good": "G", "requires_improvement": "R", "adequate": "A", "satisfactory": "S"}
LETTERS["inadequate"] = "I"
HEIGHTS = {Strength.MUST: 11, Strength.USUAL: 7, Strength.MAY: 3}
LEFT, LANE, _TOP, _MARKS = 232, 14, 4, 14


class Drawn(NamedTuple):
    """A row as it is drawn, and how high it is."""

    svg: str
    height: int


class Shown(NamedTuple):
    """What is shown of one subject."""

    name: str
    history: tuple[Done, ...]
    answers: tuple[Answer, ...]


class Bar(NamedTuple):
    """A window on the scale, from where to where; both are one place where only its nominal day is stated."""

    left: float
    right: float
    answer: Answer


def bars_of(answers: Iterable[Answer], scale: Scale) -> list[Bar]:
    """The windows that have a day, each where it stands.

    A window without a first day is drawn from the day asked about; one without a last day to the end of the scale.
    """
    bars: list[Bar] = []
    for answer in answers:
        window = answer.window
        if window.opens or window.closes:
            first = window.opens or min(answer.as_of, window.closes or answer.as_of)
            bars.append(Bar(scale.at(first), scale.at(window.closes or date.max), answer))
        elif window.due:
            bars.append(Bar(scale.at(window.due), scale.at(window.due), answer))
    return sorted(bars, key=lambda bar: (bar.left, bar.right, bar.answer.track))


def drawn(shown: Shown, scale: Scale, top: int, *, named: bool) -> Drawn:
    """One row, its top at a height: its name, its history above, its windows below in as many lanes as they need.

    ``named``: each window has a lane of its own, with the name of its activity.
    """
    base = top + _TOP + 9
    parts = [f'<text x="0" y="{base}">{for_html(_shortened(shown.name))}</text>', *_marks(shown.history, scale, base)]
    lanes: list[float] = []
    for bar in bars_of(shown.answers, scale):
        lane = next((place for place, end in enumerate(lanes) if end < bar.left and not named), len(lanes))
        lanes[lane : lane + 1] = [bar.right + 6]
        place = top + _TOP + _MARKS + lane * LANE
        parts.append(_bar(bar, place))
        if named:
            words = capital(in_words(bar.answer.activity))
            parts.append(f'<text x="12" y="{place + 11}">{for_html(_shortened(words))}</text>')
    return Drawn("".join(parts), 2 * _TOP + _MARKS + LANE * len(lanes))


def _marks(history: Sequence[Done], scale: Scale, base: int) -> Iterator[str]:
    letters = [(LEFT + scale.at(done.day), LETTERS[done.overall]) for done in history if done.overall in LETTERS]
    if letters:
        places = " ".join(f"{place - 4:g}" for place, _ in letters)
        yield f'<text class="g" y="{base}" x="{places}">{"".join(letter for _, letter in letters)}</text>'
    dots = [LEFT + scale.at(done.day) for done in history if done.overall not in LETTERS]
    if dots:
        yield f'<path class="v" d="{"".join(f"M{place:g} {base - 4}h0" for place in dots)}"/>'


def _bar(bar: Bar, top: int) -> str:
    answer, height = bar.answer, HEIGHTS[bar.answer.strength]
    kind, middle = answer.certainty.value, top + LANE // 2
    if bar.left == bar.right:
        return f'<path class="w {kind}" d="M{LEFT + bar.left:g} {middle - 6}l6 6-6 6-6-6z"/>'
    wide = max(bar.right - bar.left, 3)
    place = f'x="{LEFT + bar.left:g}" y="{middle - height / 2:g}" width="{wide:g}" height="{height}"'
    return f'<rect class="w {kind}" {place}/>'


def _shortened(name: str, most: int = 34) -> str:
    """A name that fits beside its row: whole words, then dots."""
    if len(name) <= most:
        return name
    return f"{name[: most - 1].rpartition(' ')[0] or name[: most - 1]}…"
