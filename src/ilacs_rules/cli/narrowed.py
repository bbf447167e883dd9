"""What moved between two runs, of the subjects and answers that are asked about."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.cli.ask import PRESSING
from ilacs_rules.cli.filtering import Filters, Known, in_order
from ilacs_rules.questioning.moved import Key, Move, Moved, Run, key_of, moved
from ilacs_rules.records import Subject

__all__ = ["narrowed"]


class _Part(NamedTuple):
    """A run of which only some answers are looked at."""

    required: tuple[Answer, ...]
    records: Mapping[Key, Subject]


def narrowed(old: Run, new: Run, filters: Filters) -> Moved:
    """What moved, of what is asked about: an answer is where either run has it close before the day that was given.

    Raises:
        UnknownWordError: a filter names nobody in either run, or no region.

    >>> narrowed(_Part((), {}), _Part((), {}), Filters())
    Moved(moves=(), stayed=0)
    """
    known = {key: subject for run in (old, new) for key, subject in _known(run).items()}
    meant = set(filters.chosen(list(known.values()))) if known else set[Known]()
    parts = [
        _Part(
            tuple(
                answer
                for answer in run.required
                if known[key_of(answer)] in meant and filters.track in ("", answer.track)
            ),
            run.records,
        )
        for run in (old, new)
    ]
    found = moved(*parts)
    moves = [move for move in found.moves if filters.before is None or any(map(filters.answered, _both(move)))]
    return Moved(moves=tuple(_sorted(moves, known, filters.sort)), stayed=found.stayed)


def _known(run: Run) -> dict[Key, Known]:
    """Whom a run is about; where each lies, as far as the run holds its record."""
    return {
        key_of(answer): Known(
            answer.subject, answer.urn, answer.subject_type, getattr(run.records.get(key_of(answer)), "region", "")
        )
        for answer in run.required
    }


def _both(move: Move) -> list[Answer]:
    return [answer for answer in (move.before, move.after) if answer]


def _sorted(moves: Iterable[Move], known: Mapping[Key, Known], sort: str | None) -> Iterable[Move]:
    if sort in _BY:
        return sorted(moves, key=lambda move: _BY[sort](_both(move)[-1]))
    order = {each: place for place, each in enumerate(in_order(dict.fromkeys(known.values()), sort))}
    return sorted(moves, key=lambda move: order[known[key_of(_both(move)[0])]]) if sort else moves


_BY: dict[str | None, Callable[[Answer], tuple[date, int]]] = {
    "closes": lambda answer: (answer.window.closes or answer.window.due or date.max, 0),
    "status": lambda answer: (date.max, PRESSING.index(answer.status)),
}
