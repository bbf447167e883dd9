"""How good forecasts were: coverage and width of intervals, CRPS, log score, and how the odds came true.

A wait that was still open at the end of the record is judged only up to that day. For coverage it counts with the
forecast's own chances of what is left. For the CRPS it counts up to the last day seen, and for the log score by the
chance of lasting as long.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from ilacs_rules.practice.curve import shortest_run

__all__ = ["SHARES", "WEEKS_AHEAD", "Judged", "Question", "Score", "judge", "score"]

SHARES = (0.5, 0.8, 0.9)
WEEKS_AHEAD = (4, 13, 26, 52)
_MIXED = 0.02
_FADES = 26
_GROUPS = 10


class Question(NamedTuple):
    """What came: the step in which the wait ended, if it did; the last step that was seen; days in a step."""

    whose: int
    came: int | None
    seen: int
    step: int


class Judged(NamedTuple):
    """One forecast judged: whether each interval held (or its chance of it), its bounds, its width, and the odds."""

    whose: int
    decided: bool
    held: tuple[float, ...]
    surely: tuple[bool, ...]
    possibly: tuple[bool, ...]
    widths: tuple[int, ...]
    crps: float
    log: float
    odds: tuple[tuple[float, bool | None], ...]


def judge(chances: Sequence[float], question: Question) -> Judged:
    """One forecast against what came."""
    runs = [shortest_run(chances, share) or (0, len(chances) - 1) for share in SHARES]
    came, seen = question.came, question.seen
    after = max(1 - sum(chances[: seen + 1]), 1e-9)
    held = tuple(
        float(first <= came <= last)
        if came is not None
        else min(sum(chances[max(first, seen + 1) : last + 1]) / after, 1.0)
        for first, last in runs
    )
    reached = 0.0
    crps = 0.0
    for step in range(seen + 1):
        reached += chances[step] if step < len(chances) else 0.0
        crps += question.step * (reached - (came is not None and step >= came)) ** 2
    # A week that a forecast gives no chance at all would cost without limit, so each is mixed with a chance that fades.
    keep = 1 - 1 / _FADES
    if came is not None:
        chance = (1 - _MIXED) * (chances[came] if came < len(chances) else 0.0) + _MIXED * keep**came / _FADES
    else:
        chance = (1 - _MIXED) * max(1 - sum(chances[: seen + 1]), 0.0) + _MIXED * keep ** (seen + 1)
    steps = [weeks * 7 // question.step for weeks in WEEKS_AHEAD]
    return Judged(
        question.whose,
        came is not None,
        held,
        tuple(came is not None and first <= came <= last for first, last in runs),
        tuple(first <= came <= last if came is not None else last > seen for first, last in runs),
        tuple(question.step * (last - first + 1) for first, last in runs),
        crps,
        -log(chance),
        tuple(
            (sum(chances[:ahead]), came < ahead if came is not None else (None if seen + 1 < ahead else False))
            for ahead in steps
        ),
    )


class Score(NamedTuple):
    """The scores of one way of forecasting over many questions.

    Attributes:
        questions, decided, subjects: how many there were of each.
        shares, widths: coverage, and mean width in days, of the 50, 80 and 90% intervals.
        bounds: coverage of the 80% interval, first with undecided waits counted as outside, then as inside if they
            still could be.
        crps: the continuous ranked probability score, in days.
        log: the log score, in nats.
        off: how far the mean of the odds within 4, 13, 26 and 52 weeks is off, in points.
        gap: the mean distance over ten groups, in points.
        skill: the Brier skill against the sample's own rate.
        groups: the ten groups, each with what was said on average and what came, in percent.
    """

    questions: int
    decided: int
    subjects: int
    shares: tuple[float, ...]
    widths: tuple[float, ...]
    bounds: tuple[float, float]
    crps: float
    log: float
    off: tuple[float | None, ...]
    gap: tuple[float | None, ...]
    skill: tuple[float | None, ...]
    groups: tuple[tuple[tuple[float, float], ...], ...]


def score(judged: Sequence[Judged]) -> Score:
    """The scores of some forecasts together; at least one is needed."""
    count = len(judged)
    eighty = SHARES.index(0.8)
    odds = [_odds([item.odds[place] for item in judged]) for place in range(len(WEEKS_AHEAD))]
    return Score(
        questions=count,
        decided=sum(item.decided for item in judged),
        subjects=len({item.whose for item in judged}),
        shares=tuple(100 * sum(item.held[place] for item in judged) / count for place in range(len(SHARES))),
        widths=tuple(sum(item.widths[place] for item in judged) / count for place in range(len(SHARES))),
        bounds=(
            100 * sum(item.surely[eighty] for item in judged) / count,
            100 * sum(item.possibly[eighty] for item in judged) / count,
        ),
        crps=sum(item.crps for item in judged) / count,
        log=sum(item.log for item in judged) / count,
        off=tuple(item.off for item in odds),
        gap=tuple(item.gap for item in odds),
        skill=tuple(item.skill for item in odds),
        groups=tuple(item.groups for item in odds),
    )


class _Odds(NamedTuple):
    off: float | None
    gap: float | None
    skill: float | None
    groups: tuple[tuple[float, float], ...]


def _odds(pairs: Sequence[tuple[float, bool | None]]) -> _Odds:
    known = sorted((said, came) for said, came in pairs if came is not None)
    if not known:
        return _Odds(None, None, None, ())
    count, rate = len(known), sum(came for _, came in known) / len(known)
    parts = [known[group * count // _GROUPS : (group + 1) * count // _GROUPS] for group in range(_GROUPS)]
    groups = [
        (100 * sum(said for said, _ in part) / len(part), 100 * sum(came for _, came in part) / len(part))
        for part in parts
        if part
    ]
    brier = sum((said - came) ** 2 for said, came in known) / count
    return _Odds(
        100 * (sum(said for said, _ in known) / count - rate),
        sum(abs(said - came) for said, came in groups) / len(groups),
        None if rate in (0, 1) else 100 * (1 - brier / (rate * (1 - rate))),
        tuple(groups),
    )
