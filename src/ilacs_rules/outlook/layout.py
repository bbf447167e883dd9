"""Tables of plain text, fitted to a width: words are never cut, and what cannot stand side by side is set in blocks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import wrap

__all__ = ["KEPT", "Paint", "laid_out", "wrapped"]

KEPT = "\u00a0"
"""A blank at which no line is broken, as within a date; it is printed as an ordinary one."""
_GAP = "  "
Paint = Callable[[int, int, str], str]
"""What gives the text of a cell its colour: of the number of its row and column, and the text."""


def laid_out(
    titles: Sequence[str], rows: Iterable[Sequence[str]], width: int | None, paint: Paint | None = None
) -> list[str]:
    """The lines of a table; ``width`` is the most that a line may take, and ``None`` leaves each cell in one line.

    >>> print(*laid_out(["Who", "What"], [["A council", "a visit of two days"]], 20), sep=chr(10))
    Who        What
    ─────────  ───────
    A council  a visit
               of two
               days
    >>> print(*laid_out(["Who", "What"], [["A council", "an extraordinarily long word"]], 20), sep=chr(10))
    Who: A council
    What: an
      extraordinarily
      long word
    """
    cells = [list(row) for row in rows]
    wide = _widths(titles, cells, width)
    if wide is None:
        return list(_blocks(titles, cells, width or 0))
    every = [[wrapped(cell, each) or [""] for cell, each in zip(row, wide, strict=True)] for row in cells]
    wide = [
        max(len(title), *(len(line) for row in every for line in row[place])) if every else len(title)
        for place, title in enumerate(titles)
    ]
    lines = [_line(titles, wide), _line(["─" * each for each in wide], wide)]
    for number, folded in enumerate(every):
        for place in range(max(map(len, folded))):
            texts = [cell[place] if place < len(cell) else "" for cell in folded]
            padded = [text.ljust(each) for text, each in zip(texts, wide, strict=True)]
            padded[-1] = padded[-1].rstrip()
            if paint:
                padded = [paint(number, column, text) if text.strip() else text for column, text in enumerate(padded)]
            lines.append(_GAP.join(padded).rstrip())
    return lines


def wrapped(text: str, width: int, indent: str = "", then: str | None = None) -> list[str]:
    """A text in lines of at most so many signs: only a single word longer than that makes a line longer.

    >>> wrapped("it opens in 15 days", 12)
    ['it opens in', '15 days']
    >>> wrapped("opens_in_fifteen_days", 12, indent="  ")
    ['  opens_in_fifteen_days']
    """
    lines = wrap(
        text,
        max(width, 1),
        break_long_words=False,
        break_on_hyphens=False,
        initial_indent=indent,
        subsequent_indent=indent if then is None else then,
    )
    return [line.replace(KEPT, " ") for line in lines]


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> list[int] | None:
    """How wide each column is; ``None``: the longest words alone do not fit beside one another."""
    columns = [[title, *(row[place] for row in rows)] for place, title in enumerate(titles)]
    wide = [max(map(len, column)) for column in columns]
    if width is None:
        return wide
    room = width - len(_GAP) * (len(wide) - 1)
    least = [max(len(column[0]), *(len(word) for cell in column for word in cell.split(" "))) for column in columns]
    if sum(least) > room:
        return None
    while sum(wide) > room:
        place = max((place for place in range(len(wide)) if wide[place] > least[place]), key=wide.__getitem__)
        wide[place] -= 1
    return wide


def _line(texts: Sequence[str], wide: Sequence[int]) -> str:
    return _GAP.join(text.ljust(each) for text, each in zip(texts, wide, strict=True)).rstrip()


def _blocks(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number:
            yield ""
        for title, cell in zip(titles, row, strict=True):
            if cell:
                yield from wrapped(f"{title}: {cell}", width, then="  ")
