"""The whole picture: rows under an axis of years, in blocks; and the key that explains its marks and bars."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ilacs_rules.answering.explain import CERTAINTY_MEANS, STRENGTH_MEANS
from ilacs_rules.dates import in_full
from ilacs_rules.outlook.picture.scale import Scale, scale_of
from ilacs_rules.outlook.picture.subjects import HEIGHTS, LEFT, Shown, drawn
from ilacs_rules.outlook.summary import title_of
from ilacs_rules.outlook.value import Seen
from ilacs_rules.plain_text import for_html
from ilacs_rules.vocabulary import OwedBy

__all__ = ["STYLE", "WIDTH", "Block", "blocks", "key", "patterns", "to_svg"]

WIDTH, _AXIS, _PER_BLOCK, _LINE = 960, 22, 50, 18

STYLE = """
.timeline{font:12px/1.4 Arial,Helvetica,sans-serif;color:#0b0c0c;background:#fff}
.timeline text{fill:currentColor}
.timeline .g{font-weight:bold}
.timeline .y{fill:none;stroke:#b1b4b6}
.timeline .v{fill:none;stroke:currentColor;stroke-width:5;stroke-linecap:round}
.timeline .now{fill:none;stroke:#d4351c;stroke-width:2}
.timeline .w{stroke:#1d70b8;stroke-width:1.5}
.timeline .quoted{fill:#1d70b8}
.timeline .carried{fill:url(#carried)}
.timeline .reported{fill:url(#reported)}
.timeline .observed{fill:url(#observed)}
.timeline .inferred{fill:none;stroke-dasharray:4 2}
.timeline .p{fill:none;stroke:currentColor;stroke-width:1.5;stroke-dasharray:1.5 1.5}
@media (prefers-color-scheme:dark){.timeline{color:#f3f2f1;background:#0b0c0c}.timeline .w{stroke:#8fc1ea}
.timeline .quoted{fill:#8fc1ea}.timeline .y{stroke:#6f777b}.timeline .now{stroke:#ff7b68}}
@media print{.timeline{color:#000;background:#fff}}
"""


class Block(NamedTuple):
    """Some rows under an axis of their own."""

    svg: str
    height: int


def to_svg(outlook: Seen) -> str:
    """The timeline as one SVG that needs nothing else.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A < home", registered=date(2024, 1, 31))
    >>> svg = to_svg(ir.outlook(home, as_of=date(2024, 3, 20)))
    >>> svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"'), "A &lt; home" in svg
    (True, True)
    """
    parts: list[str] = []
    height = 0
    for block in (*blocks(outlook), key(outlook)):
        parts.append(f'<g transform="translate(8 {height + 8})">{block.svg}</g>')
        height += block.height + 12
    title = for_html(f"{title_of(outlook)}, asked on {in_full(outlook.as_of)}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="img" aria-labelledby="t d" '
        f'width="{WIDTH + 16}" height="{height + 8}" viewBox="0 0 {WIDTH + 16} {height + 8}">'
        f'<title id="t">{title}</title><desc id="d">{describe(outlook)}</desc><style>{STYLE}</style>'
        f'<defs>{patterns()}</defs><rect width="100%" height="100%" fill="none"/>{"".join(parts)}</svg>\n'
    )


def describe(outlook: Seen) -> str:
    """The picture in words, for those who cannot see it."""
    shown = "every activity" if len(outlook.subjects) == 1 else "every activity that the inspectorate owes"
    return (
        "A row for each subject. Letters are grades of inspections and dots are other events; bars are the windows of "
        f"{shown}, as far as a day is stated; the line is the day asked about. The tables of a report have the dates."
    )


def blocks(outlook: Seen) -> Iterator[Block]:
    """The rows, some at a time, each with the axis above it; in the order in which they need attention."""
    order = dict.fromkeys([row.place for row in outlook.rows] + list(range(len(outlook.subjects))))
    shown = [_shown(outlook, place) for place in order]
    days = [done.day for each in shown for done in each.history]
    days += [
        day for each in shown for seen in each.measured[:1] if seen.most for day in (seen.most.first, seen.most.last)
    ]
    for answer in (answer for each in shown for answer in each.answers):
        days += [day for day in (answer.window.opens, answer.window.due, answer.window.closes) if day]
    scale = scale_of(outlook.as_of, days, WIDTH - LEFT)
    for start in range(0, len(shown), _PER_BLOCK):
        yield _block(outlook, shown[start : start + _PER_BLOCK], scale)


def _shown(outlook: Seen, place: int) -> Shown:
    """Of one subject alone everything; of several what the inspectorate owes, so that the rows stay low."""
    item, alone = outlook.subjects[place], len(outlook.subjects) == 1
    answers = (*item.required, *item.may)
    owed = (answer for answer in answers if alone or answer.owed_by is OwedBy.INSPECTORATE)
    return Shown(item.subject.name, outlook.histories[place], tuple(owed), item.measured)


def _block(outlook: Seen, items: Sequence[Shown], scale: Scale) -> Block:
    """Some rows: what is drawn alike in all of them is one path."""
    texts: list[str] = []
    dots: list[str] = []
    lines: list[str] = []
    seen: list[str] = []
    bars: dict[str, list[str]] = {}
    top = _AXIS
    for item in items:
        row = drawn(item, scale, top, named=len(outlook.subjects) == 1)
        top += row.height
        texts.append(row.texts)
        dots.append(row.dots)
        seen.append(row.seen)
        lines.append(f"M0 {top}H{WIDTH}")
        for kind, path in row.bars.items():
            bars.setdefault(kind, []).append(path)
    lines += [f"M{LEFT + place:g} {_AXIS - 4}V{top}" for place, _ in scale.years()]
    years = (
        f'<text x="{LEFT + place + 2:g}" y="12">{year}</text>' for place, year in scale.years() if place < scale.width
    )
    drawings = [
        f'<path class="y" d="{"".join(lines)}"/>',
        *years,
        *texts,
        f'<path class="v" d="{"".join(dots)}"/>',
        *([f'<path class="p" d="{"".join(seen)}"/>'] if any(seen) else []),
        *(f'<path class="w {kind}" d="{"".join(paths)}"/>' for kind, paths in bars.items()),
        f'<path class="now" d="M{LEFT + scale.at(outlook.as_of):g} {_AXIS - 6}V{top}"/>',
    ]
    return Block("".join(drawings), top + 4)


_GRADES = (
    "a graded inspection: outstanding, good, requires improvement, inadequate "
    "(A, S: adequate, satisfactory, on older scales)"
)


_SEEN = "8 chances in 10 for the next inspection, by what was seen to happen to others (practice, not policy)"


def key(outlook: Seen) -> Block:
    """What the marks, the heights and the patterns mean."""
    lines = [
        f'<path class="now" d="M20 -4v12"/><text x="48" y="8">the day asked about, {in_full(outlook.as_of)}</text>',
        f'<text class="g" x="4" y="8">OGRI</text><text x="48" y="8">{_GRADES}</text>',
        '<path class="v" d="M20 4h0"/><text x="48" y="8">another inspection, visit or event</text>',
        '<path class="w quoted" d="M20 -2l6 6-6 6-6-6z"/><text x="48" y="8">only a nominal day is stated</text>',
    ]
    if outlook.practice:
        line = '<path class="p" d="M4 1v6M4 4H38m0-3v6"/>'
        lines.append(f'{line}<text x="48" y="8">{_SEEN}</text>')
    for strength, height in HEIGHTS.items():
        bar = f'<rect class="w quoted" x="4" y="{4 - height / 2:g}" width="34" height="{height}"/>'
        lines.append(f'{bar}<text x="48" y="8">{for_html(STRENGTH_MEANS[strength])}</text>')
    for certainty, words in CERTAINTY_MEANS.items():
        bar = f'<rect class="w {certainty.value}" x="4" y="-1.5" width="34" height="11"/>'
        lines.append(f'{bar}<text x="48" y="8">{for_html(words)}</text>')
    rows = (f'<g transform="translate(0 {8 + place * _LINE})">{line}</g>' for place, line in enumerate(lines))
    return Block("".join(rows), 8 + _LINE * len(lines))


def patterns() -> str:
    """The patterns of certainties that are neither full nor empty; each tells itself apart without colour."""
    lines = {
        "carried": "M2 0v8M6 0v8",
        "reported": "M-2 2l4-4M0 8L8 0M6 10l4-4",
        "observed": "M2 2h2v2h-2zM6 6h2v2h-2z",
    }
    return "".join(
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path class="w" d="{path}"/></pattern>'
        for name, path in lines.items()
    )
