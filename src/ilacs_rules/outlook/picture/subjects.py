"""One subject's row of the timeline: letters and dots for what was done, bars for what is to come."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.outlook.history import Done
from ilacs_rules.outlook.measured import Measured
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
    """A row as it is drawn: its texts, its dots as one path, its bars as one path for each certainty; its height.

    ``seen``: where others like it were seen to begin, as one path.
    """

    texts: str
    dots: str
    bars: dict[str, str]
    seen: str
    height: int


class Shown(NamedTuple):
    """What is shown of one subject."""

    name: str
    history: tuple[Done, ...]
    answers: tuple[Answer, ...]
    measured: tuple[Measured, ...] = ()


class Bar(NamedTuple):
    """A window on the scale, from where to where; both are one place where only its nominal day is stated."""

    left: float
    right: float
    answer: Answer


def bars_of(answers: Iterable[Answer], scale: Scale) -> list[Bar]:
    """The windows that have a day, each where it stands.

    A window without a first day is drawn from the day asked about. One without a last day is drawn to its nominal day,
    or to the day asked if that has passed. Without a nominal day it is drawn to the end of the scale.
    """
    bars: list[Bar] = []
    for answer in answers:
        window = answer.window
        if window.opens or window.closes:
            first = window.opens or min(answer.as_of, window.closes or answer.as_of)
            nominal = max(window.due, answer.as_of) if window.due else date.max
            bars.append(Bar(scale.at(first), scale.at(window.closes or nominal), answer))
        elif window.due:
            bars.append(Bar(scale.at(window.due), scale.at(window.due), answer))
    return sorted(bars, key=lambda bar: (bar.left, bar.right, bar.answer.track))


def drawn(shown: Shown, scale: Scale, top: int, *, named: bool) -> Drawn:
    """One row, its top at a height: its name, its history above, its windows below in as many lanes as they need.

    ``named``: each window has a lane of its own, with the name of its activity.
    """
    base = top + _TOP + 9
    texts = [f'<text y="{base}">{for_html(_shortened(shown.name))}</text>', _grades(shown.history, scale, base)]
    bars: dict[str, str] = {}
    lanes: list[float] = []
    for bar in bars_of(shown.answers, scale):
        lane = next((place for place, end in enumerate(lanes) if end < bar.left and not named), len(lanes))
        lanes[lane : lane + 1] = [bar.right + 6]
        place, kind = top + _TOP + _MARKS + lane * LANE, bar.answer.certainty.value
        bars[kind] = bars.get(kind, "") + _bar(bar, place)
        if named:
            words = capital(in_words(bar.answer.activity))
            texts.append(f'<text x="12" y="{place + 11}">{for_html(_shortened(words))}</text>')
    seen = _seen(shown.measured[:1], scale, base - 4)
    dots = (LEFT + scale.at(done.day) for done in shown.history if done.overall not in LETTERS)
    path = "".join(f"M{place:g} {base - 4}h0" for place in dots)
    return Drawn("".join(texts), path, bars, seen, 2 * _TOP + _MARKS + LANE * len(lanes))


def _seen(measured: Iterable[Measured], scale: Scale, middle: int) -> str:
    """The days that hold eight chances in ten, as a line between two ends beside the marks of what was done."""
    path = ""
    for each in measured:
        if each.most:
            left, right = (LEFT + scale.at(day) for day in (each.most.first, each.most.last))
            path += f"M{left:g} {middle - 3}v6M{left:g} {middle}H{max(right, left + 2):g}m0-3v6"
    return path


def _grades(history: Sequence[Done], scale: Scale, base: int) -> str:
    letters = [(LEFT + scale.at(done.day), LETTERS[done.overall]) for done in history if done.overall in LETTERS]
    places = " ".join(f"{place - 4:g}" for place, _ in letters)
    return (
        f'<text class="g" y="{base}" x="{places}">{"".join(letter for _, letter in letters)}</text>' if letters else ""
    )


def _bar(bar: Bar, top: int) -> str:
    """A bar as a path, as high as it is firm; a diamond where there is only a nominal day."""
    middle, left, high = top + LANE // 2, LEFT + bar.left, HEIGHTS[bar.answer.strength]
    if bar.left == bar.right:
        return f"M{left:g} {middle - 6}l6 6-6 6-6-6z"
    wide = max(bar.right - bar.left, 3)
    return f"M{left:g} {middle - high / 2:g}h{wide:g}v{high}h-{wide:g}z"


def _shortened(name: str, most: int = 34) -> str:
    """A name that fits beside its row: whole words, then dots."""
    if len(name) <= most:
        return name
    return f"{name[: most - 1].rpartition(' ')[0] or name[: most - 1]}…"
