"""What moved between two runs: which answers have changed, and why.

If both records are there, the three reasons are told apart exactly. One thing is changed at a time: first the rulebook,
then the day, then the record. If a run has only its answers, what they rest on is compared.
"""

from collections.abc import Iterable
from typing import cast

from ilacs_rules.answering.answer import Answer
from ilacs_rules.errors import RecordError
from ilacs_rules.questioning.moved.causes import causes, what_makes
from ilacs_rules.questioning.moved.found import Cause, CauseKind, Key, Move, Moved, Run, key_of
from ilacs_rules.values.given import items

__all__ = ["Cause", "CauseKind", "Key", "Move", "Moved", "Run", "key_of", "moved"]


def moved(old: Run | Iterable[Answer], new: Run | Iterable[Answer]) -> Moved:
    """Which required activities changed between two runs, from which window to which, and why.

    An answer has moved if its activity, window, status, firmness or rule is different.

    Args:
        old, new: an ``Outlook`` each, or answers such as ``required_activities`` gives.

    Raises:
        RecordError: something is neither of these, or holds several subjects with one name and no numbers.

    >>> from datetime import date
    >>> from ilacs_rules import Event, Provider, required_activities
    >>> def home(*events):
    ...     return Provider(type="independent_fostering_agency", name="An agency", registered=date(2020, 6, 1), events=[
    ...         Event(activity="full_inspection", started=day, ended=day, published=day, judgements={"overall": "good"})
    ...         for day in events])
    >>> before = required_activities(home(date(2021, 5, 10)), as_of=date(2024, 7, 1))
    >>> after = required_activities(home(date(2021, 5, 10), date(2024, 6, 3)), as_of=date(2024, 7, 1))
    >>> str(moved(before, after).moves[0].causes[0])
    'new on record: full inspection of 3 June 2024'
    >>> moved(before, before).moves
    ()
    """
    first, second = _run(old, "old"), _run(new, "new")
    before, after = _by_question(first, "old"), _by_question(second, "new")
    moves = [
        _move(before.get(place), after.get(place), first, second)
        for place in dict.fromkeys([*before, *after])
        if what_makes(before.get(place)) != what_makes(after.get(place))
    ]
    stayed = sum(what_makes(before[place]) == what_makes(after.get(place)) for place in before)
    return Moved(moves=tuple(sorted(moves, key=lambda move: (move.subject.casefold(), move.urn))), stayed=stayed)


_RUN = "an Outlook, or answers"


class _Answered:
    """Answers as a run: their records are known where the engine gave them."""

    def __init__(self, required: tuple[Answer, ...]) -> None:
        self.required = required
        self.records = {key_of(answer): answer.asked.subject for answer in required if answer.asked}


def _run(given: object, field: str) -> Run:
    if hasattr(given, "required") and hasattr(given, "records"):
        return cast("Run", given)
    many = items(given, field, _RUN, "is not a run")
    for item in many:
        if not isinstance(item, Answer):
            raise RecordError("is not a run", field=field, value=given, expected=_RUN)
    return _Answered(cast("tuple[Answer, ...]", many))


def _by_question(run: Run, field: str) -> dict[tuple[Key, str], Answer]:
    found: dict[tuple[Key, str], Answer] = {}
    for answer in run.required:
        place = key_of(answer), answer.track
        if place in found:
            raise RecordError(
                "appears twice in one run, so its answers cannot be told apart",
                field=field,
                value=answer.subject,
                expected="a number (urn) for each of several subjects of one name",
            )
        found[place] = answer
    return found


def _move(before: Answer | None, after: Answer | None, old: Run, new: Run) -> Move:
    either = after or before
    assert either is not None
    return Move(
        subject=either.subject,
        urn=either.urn,
        subject_type=either.subject_type,
        track=either.track,
        before=before,
        after=after,
        causes=tuple(causes(before, after, old, new)),
    )
