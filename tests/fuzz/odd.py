"""Values of every class that might be handed to a function, made anew each time: many are used up by being read."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl

__all__ = ["days", "odd", "text"]

SIGNS = "aZ é\u202e\x1b[31m\n\r\t\0\ud800,;\"'=|<>&@+-#{}[]()\\/.:0123456789\U0001f600\ufeff\u2028"
WORDS = (
    "", "x", "good", "inadequate", "full_inspection", "overall", "childrens_home", "row", "part", "subject", "line",
    "as_of", "2024-01-31", "31/01/2024", "2024-02-30", "9999-12-31", "0001-01-01", "=cmd|' /C calc'!A0", "<script>",
    "../../x", "nan", "None", "\ud800", "a\0b", "inspection", "[" * 300, "Leeds", "$(id)", "https://x.test/",
    "\x1b]0;x\x07", "1e999", "-0",
)  # fmt: skip


class Raises:
    """Whatever is asked of it, it raises something of its own."""

    def __repr__(self) -> str:
        raise ZeroDivisionError

    __str__ = __repr__

    def __iter__(self) -> Any:
        raise KeyError("x")

    def __eq__(self, other: object) -> bool:
        raise KeyError("x")

    def __bool__(self) -> bool:
        raise LookupError

    __hash__ = None  # type: ignore[assignment]


def nested(depth: int, put: Callable[[Any], Any]) -> Any:
    """Something within itself, so many times."""
    value: Any = 1
    for _ in range(depth):
        value = put(value)
    return value


def text(random: Random, longest: int = 12) -> str:
    """Any text: mostly a word that means something somewhere."""
    if random.random() < 0.7:
        return random.choice(WORDS)
    return "".join(random.choices(SIGNS, k=random.randrange(longest)))


def days(random: Random) -> date:
    """Any day, often at an end of the calendar."""
    if random.random() < 0.1:
        return random.choice((date.min, date.max, date(2100, 12, 31), date(2000, 2, 29), date(1899, 12, 31)))
    return date(2010, 1, 1) + timedelta(random.randrange(33_000 if random.random() < 0.2 else 6_000))


SIMPLE: tuple[Callable[[Random], Any], ...] = (
    lambda r: text(r, 40),
    days,
    lambda r: days(r).isoformat(),
    lambda _: None,
    lambda r: r.choice((True, False)),
    lambda r: r.choice((0, 1, -1, 2**63, -(2**64), 10**5000, -(10**5000))),
    lambda r: r.choice((0.0, float("nan"), float("inf"), 1e308, 1.5)),
    lambda r: r.choice((Decimal("1e999999"), Decimal("NaN"), 1j, b"x", bytearray(b"\xff"), memoryview(b"abc"))),
    lambda r: r.choice((pd.NaT, pd.NA, np.datetime64("NaT"), np.datetime64("2024-01-01"), np.float64("nan"))),
    lambda r: r.choice((pd.Timestamp("2024-01-01"), datetime(2024, 1, 1), datetime(2024, 1, 1, tzinfo=UTC))),
    lambda r: r.choice((timedelta(1), ..., NotImplemented, int, len, ValueError("x"), slice(1), object())),
    lambda r: r.choice((Path("/nowhere"), Path(), Path("/dev/zero"), Path("a\0b"))),
    lambda _: Raises(),
    lambda r: text(r) * r.choice((1, 100, 20_000)),
)
GROUPS: tuple[Callable[[Random], Any], ...] = (
    lambda r: [odd(r, 1) for _ in range(r.randrange(4))],
    lambda r: tuple(odd(r, 1) for _ in range(r.randrange(4))),
    lambda r: {text(r): odd(r, 1) for _ in range(r.randrange(4))},
    lambda r: {1: odd(r, 1), None: 2},
    lambda r: {days(r), 1},
    lambda r: iter([odd(r, 1)]),
    lambda r: (odd(r, 1) for _ in range(2)),
    lambda r: np.array(r.choice((5, None, "x")), dtype=object),
    lambda r: np.zeros(r.choice(((), (2,), (2, 2), (0,)))),
    lambda r: pl.Series(r.choice((["2024-01-01"], [], [date(2024, 1, 1)], [None]))),
    lambda r: pd.Series(r.choice((["2024-01-01"], [None], [1])), dtype=object),
    lambda r: r.choice((pl.DataFrame({"a": [1]}), pl.DataFrame(), pl.DataFrame({"a": [1]}).lazy())),
    lambda r: pd.DataFrame({"a": [text(r)]}),
    lambda r: r.choice((io.StringIO(text(r)), io.BytesIO(b"\xff\xfe"), io.BytesIO())),
)
DEEP: tuple[Callable[[Random], Any], ...] = (
    lambda r: nested(r.choice((200, 5_000, 100_000)), lambda value: [value]),
    lambda r: nested(r.choice((200, 5_000, 100_000)), lambda value: (value,)),
    lambda r: nested(r.choice((200, 5_000, 100_000)), lambda value: {"a": value}),
)


def odd(random: Random, depth: int = 0) -> Any:
    """Any value of all."""
    at = random.random()
    if at < 0.002 and not depth:
        return random.choice(DEEP)(random)
    return random.choice(SIMPLE if at < 0.85 or depth else GROUPS)(random)
