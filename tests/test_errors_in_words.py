"""Whatever a caller gave can be put into the words of an error, shortly and at once."""

import enum
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest

import ilacs_rules as ir
from ilacs_rules.errors import nearest


def nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


class Silent:
    def __repr__(self) -> str:
        raise SystemError


class Count(enum.IntEnum):
    MANY = 10**5000


class Named(dict[str, int]):
    pass


ITSELF: dict[str, Any] = {}
ITSELF["itself"] = ITSELF

VALUES: dict[str, Any] = {
    "true": True,
    "great": 10**5000,
    "below": -(10**5000),
    "enum": Count.MANY,
    "deep": nested(100_000),
    "itself": ITSELF,
    "silent": Silent(),
    "silent ones": [Silent()],
    "long": list(range(10**6)),
    "text": "x" * 10**7,
    "bytes": b"x" * 10**7,
    "named": Named(a=1),
    "na": pd.NA,
    "array": np.zeros(10**6),
    "none of it": np.array(5),
    "series": pl.Series(range(9)),
    "frame": pd.DataFrame({"a": range(9)}),
    "surrogate": "\ud800",
    "signs": "\x1b[31m\n",
    "class": int,
    "nan": float("nan"),
}


@pytest.mark.parametrize("name", VALUES)
def test_any_value_can_be_put_into_words(name: str) -> None:
    error = ir.RecordError("is wrong", field="events", value=VALUES[name], expected="another")
    assert str(error).isprintable()
    assert len(str(error)) < 2000
    assert nearest(VALUES[name], ["good"]) == "one of: good"


def test_the_words_are_those_of_the_value() -> None:
    assert "found True" in str(ir.RecordError("is wrong", value=True))
    assert "found 45061" in str(ir.RecordError("is wrong", value=45061))
    assert "found {'a': 1}" in str(ir.RecordError("is wrong", value=Named(a=1)))
