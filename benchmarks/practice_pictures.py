"""Draws the pictures of docs/practice.md from docs/practice/scores.json, which `make backtest` writes.

python -m benchmarks.practice_pictures
"""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

NAMES = {
    "childrens_homes": "children's homes",
    "other_year_bound": "other settings inspected by the year",
    "fostering_agencies": "fostering agencies",
    "other_cycle_types": "other settings on a cycle",
    "authorities": "authorities",
    "focused_visits": "focused visits",
    "homes_after_inadequate": "first monitoring visit",
}
WAYS = {
    "this library": ("#6b2c85", "this library"),
    "window": ("#1d70b8", "the rules' window"),
    "analysts": ("#b58840", "shortest to longest wait"),
    "survival": ("#505a5f", "Kaplan-Meier"),
}
SHARES = (50, 80, 90)
OURS = "this library"
WIDE, LEFT, ROW, TOP = 720, 250, 26, 34
Scores = dict[str, dict[str, dict[str, Any]]]


def best(ways: dict[str, dict[str, Any]], way: str = OURS) -> dict[str, Any]:
    """The score by which a population is judged: that of its closed cohort, where it has one."""
    found: dict[str, Any] = ways[way]["closed_cohort"] or ways[way]["every_question"]
    return found


def picture(title: str, said: str, height: int, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" width="{WIDE}" height="{height}" '
        f'viewBox="0 0 {WIDE} {height}" font-family="Arial,Helvetica,sans-serif" font-size="12" fill="#0b0c0c">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(said)}</desc>'
        f'<rect width="{WIDE}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


Place = tuple[float, float]


def line(start: Place, end: Place, more: str) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" {more}/>'


DASHED = 'stroke="#505a5f" stroke-dasharray="3 3"'


def text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(words)}</text>'


def coverage(scores: Scores) -> str:
    """How many of a hundred intervals held, beside what was claimed: a mark for each, a bar where waits were open."""

    def at(share: float) -> float:
        return LEFT + (WIDE - LEFT - 30) * (share - 30) / 70

    parts = [text(at(share), 16, f"{share}%", 'text-anchor="middle"') for share in SHARES]
    height = TOP + ROW * len(scores)
    parts += [line((at(share), 22), (at(share), height), DASHED) for share in SHARES]
    for place, (name, ways) in enumerate(scores.items()):
        score, middle = best(ways), TOP + ROW * place + 8
        parts.append(text(4, middle + 4, NAMES[name]))
        low, high = score["bounds"]
        parts.append(line((at(low), middle), (at(high), middle), 'stroke="#c79fdc" stroke-width="9"'))
        for share, held in zip(SHARES, score["shares"], strict=True):
            mark = f'<circle cx="{at(held):.1f}" cy="{middle}" r="5" fill="#6b2c85"/>'
            parts += [mark, text(at(held), middle - 7, f"{share}", 'text-anchor="middle" font-size="9"')]
    key = (
        "A dot: how many of 100 intervals held, named by what they claimed. Pale bar: for 80%, "
        "open waits as outside to inside."
    )
    parts.append(text(4, height + 14, key, 'font-size="11"'))
    return picture(
        "Coverage", "How many of a hundred intervals held, beside the 50, 80 and 90 claimed.", height + 24, parts
    )


def width(scores: Scores) -> str:
    """How many days wide the 80% intervals were, beside those of the baselines."""
    most: float = max(best(ways, way)["widths"][1] for ways in scores.values() for way in ways)

    def long(days: float) -> float:
        return (WIDE - LEFT - 60) * days / most

    parts: list[str] = []
    x = 4.0
    for colour, words in WAYS.values():
        parts += [f'<rect x="{x:.1f}" y="6" width="12" height="10" fill="{colour}"/>', text(x + 16, 15, words)]
        x += 40 + 7 * len(words)
    top = TOP
    for name, ways in scores.items():
        parts.append(text(4, top + 10, NAMES[name]))
        for way in (way for way in WAYS if way in ways):
            days = best(ways, way)["widths"][1]
            bar = f'<rect x="{LEFT}" y="{top + 1}" width="{long(days):.1f}" height="9" fill="{WAYS[way][0]}"/>'
            parts += [bar, text(LEFT + long(days) + 4, top + 10, f"{days:.0f} days", 'font-size="10"')]
            top += 12
        top += 10
    return picture("Width", "The mean width of 80% intervals in days, beside those of the baselines.", top, parts)


def reliability(scores: Scores) -> str:
    """What was said of 26 weeks, in ten groups, beside what came: on the line they are the same."""
    shown = [name for name in NAMES if name in scores and scores[name][OURS]["every_question"]["groups"][2]][:6]
    size, gap = 190, 44
    parts: list[str] = []
    for place, name in enumerate(shown):
        left, top = 34 + (size + gap) * (place % 3), 28 + (size + 58) * (place // 3)
        parts.append(text(left, top - 10, NAMES[name], 'font-weight="bold"'))
        parts.append(f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="#b1b4b6"/>')
        parts.append(line((left, top + size), (left + size, top), DASHED))
        for share in (0, 50, 100):
            parts.append(
                text(left + size * share / 100, top + size + 14, f"{share}", 'text-anchor="middle" font-size="10"')
            )
            parts.append(
                text(left - 4, top + size - size * share / 100 + 4, f"{share}", 'text-anchor="end" font-size="10"')
            )
        for said, came in scores[name][OURS]["every_question"]["groups"][2]:
            x, y = left + size * said / 100, top + size - size * came / 100
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#6b2c85"/>')
    height = 28 + (size + 58) * ((len(shown) + 2) // 3)
    words = "Across: the chance that was said for the next 26 weeks, in percent, in ten equal groups. Up: how many of 100 came."
    parts.append(text(4, height - 8, words, 'font-size="11"'))
    return picture("Reliability", "Chances that were said, beside how often it came.", height, parts)


PICTURES = {"coverage.svg": coverage, "width.svg": width, "reliability.svg": reliability}


def draw(folder: Path) -> None:
    """Draw every picture from the scores in a folder, beside them."""
    scores: Scores = json.loads((folder / "scores.json").read_text(encoding="utf-8"))["populations"]
    for name, drawn in PICTURES.items():
        (folder / name).write_text(drawn(scores), encoding="utf-8")


if __name__ == "__main__":
    draw(Path(__file__).parents[1] / "docs" / "practice")
