"""The exact situations in which two rulebooks, or two days of one, answer differently; and the histories it touches."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers
from ilacs_rules.dates import add_days
from ilacs_rules.errors import IlacsRulesError, RecordError, RulebookError
from ilacs_rules.records import Subject
from ilacs_rules.records.given import subjects_given
from ilacs_rules.reviewing.differences.boxes import as_conditions, merged
from ilacs_rules.reviewing.differences.found import Diff
from ilacs_rules.reviewing.differences.items import Difference, Touched
from ilacs_rules.reviewing.differences.walk import Unlike, unlike
from ilacs_rules.rulebook import Condition, Rule, Rulebook
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.situation import Box
from ilacs_rules.values import any_day
from ilacs_rules.values.given import items

__all__ = ["Diff", "Difference", "Touched", "diff"]

_Key = tuple[str, str, str, tuple[str, ...], tuple[tuple[Condition, ...], ...]]
_FIELDS = ("rule", "activity", "window", "status", "strength", "certainty", "owed_by")
"""The fields of two answers that are held against each other."""


def diff(
    old: Rulebook | None = None,
    new: Rulebook | None = None,
    *,
    on: date | str | tuple[date | str, date | str] | None = None,
    subjects: Iterable[Subject] = (),
    days: Iterable[date | str] = (),
) -> Diff:
    """Every situation in which two rulebooks answer differently.

    It can also list the real histories whose answers differ.

    Without ``on``, both rulebooks are asked on the same day, and every day is compared. With ``on``, each is asked on a
    day of its own. That compares two editions of one rulebook.

    Two rulebooks may each be as they stood on a day (``load_rulebook(on=…)``). Then each is asked on its last day,
    unless ``on`` says otherwise.

    Rules that differ in nothing that reaches an answer are not a difference. Notes, and changes that are only expected,
    are not compared.

    Args:
        old: the first rulebook. Without it, the shipped one.
        new: the second rulebook. Without it, the same as ``old``; then give ``on``.
        on: two days, or one day that is compared with the day before it.
        subjects: real histories. Those whose answers differ are listed.
        days: the days on which the histories are asked. Without them, the days of ``on``.

    Raises:
        RulebookError: there is nothing to compare: one rulebook and no days.
        RecordError: something is not a day, or you gave ``subjects`` without a day.

    >>> april = diff(on=date(2026, 4, 1))
    >>> sorted({item.track for item in april.differences})
    ['action_planning', 'inspection', 'intervention', 'monitoring', ..., 'visits_between']
    >>> len(diff(on=date(2025, 6, 2)))  # nothing changed that day
    0
    """
    one = book_given(old, "old")
    other = one if new is None else book_given(new, "new")
    pair = _days(one, other, on)
    if pair is None and new is None:
        raise RulebookError("one rulebook cannot differ from itself", field="new", expected="another rulebook, or on=")
    touched = list(_asked(one, other, subjects_given(subjects), _pairs(_asked_on(days), pair)))
    return Diff(
        old=one.version,
        new=other.version,
        on=pair,
        differences=tuple(_differences(one, other, pair)),
        asked=len(touched),
        subjects=tuple(item for found in touched if not isinstance(found, str) for item in found),
        not_answered=tuple(found for found in touched if isinstance(found, str)),
    )


def _days(
    old: Rulebook, new: Rulebook, on: date | str | tuple[date | str, date | str] | None
) -> tuple[date, date] | None:
    if on is None:
        return (old.until, new.until) if old.until and new.until else None
    if not isinstance(on, tuple):
        day = any_day(on, "on")
        if day == date.min:
            raise RecordError("is the first day of all", field="on", value=day, expected="a day that has one before it")
        return add_days(day, -1), day
    if len(on) != 2:
        raise RecordError("is not a day, nor two", field="on", value=on, expected="a date, or two of them")
    return any_day(on[0], "on"), any_day(on[1], "on")


def _asked_on(days: object) -> list[date]:
    return [any_day(day, f"days[{number}]") for number, day in enumerate(items(days, "days", "a list of days"))]


def _differences(old: Rulebook, new: Rulebook, on: tuple[date, date] | None) -> Iterator[Difference]:
    """The differences of every question, kinds of subject with the same ones together."""
    kinds: dict[_Key, list[str]] = {}
    rules: dict[_Key, tuple[Rule | None, Rule | None]] = {}
    for kind in dict.fromkeys((*old.subject_types, *new.subject_types)):
        tracks = (
            {item.track.id: item for item in old.asked_of(kind)},
            {item.track.id: item for item in new.asked_of(kind)},
        )
        for track in dict.fromkeys((*tracks[0], *tracks[1])):
            one, other = (old, tracks[0].get(track)), (new, tracks[1].get(track))
            for found, boxes in _grouped(unlike(one, other, kind, on)):
                ids = (found.old.id if found.old else "", found.new.id if found.new else "")
                key = (track, *ids, found.what, tuple(as_conditions(box) for box in boxes))
                kinds.setdefault(key, []).append(kind)
                rules[key] = found.old, found.new
    for key, subject_types in kinds.items():
        before, after = rules[key]
        yield Difference(
            track=key[0], subject_types=tuple(subject_types), old=before, new=after, what=key[3], situations=key[4]
        )


def _grouped(found: Iterable[Unlike]) -> Iterator[tuple[Unlike, list[Box]]]:
    """The boxes of each pair of rules, put together."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Unlike]] = {}
    for item in found:
        key = (item.old.id if item.old else "", item.new.id if item.new else "", item.what)
        groups.setdefault(key, []).append(item)
    for group in groups.values():
        yield group[0], merged(item.box for item in group)


def _pairs(days: list[date], on: tuple[date, date] | None) -> list[tuple[date, date]]:
    return [(day, day) for day in days] or ([on] if on else [])


def _asked(
    old: Rulebook, new: Rulebook, subjects: Sequence[Subject], days: list[tuple[date, date]]
) -> Iterator[list[Touched] | str]:
    """What each history is answered otherwise, day by day; or why neither rulebook can answer it."""
    if subjects and not days:
        raise RecordError("is needed to ask about subjects", field="days", expected="at least one day, or on=")
    for subject in subjects:
        for before, after in days:
            yield _touched(subject, (before, after), _answers(subject, before, old), _answers(subject, after, new))


def _answers(subject: Subject, day: date, book: Rulebook) -> dict[str, Answer] | str:
    try:
        return {answer.track: answer for answer in answers(subject, as_of=day, rulebook=book)}
    except IlacsRulesError as error:
        return str(error)


def _touched(
    subject: Subject, days: tuple[date, date], old: dict[str, Answer] | str, new: dict[str, Answer] | str
) -> list[Touched] | str:
    if isinstance(old, str) and isinstance(new, str):
        return f"{subject.name}, {days[1]}: {new}"
    refused = next((text for text in (old, new) if isinstance(text, str)), "")
    before = {} if isinstance(old, str) else old
    after = {} if isinstance(new, str) else new
    found: list[Touched] = []
    for track in dict.fromkeys((*before, *after)):
        one, other = before.get(track), after.get(track)
        what = _what(one, other)
        if what:
            found.append(
                Touched(
                    subject=subject.name,
                    urn=subject.urn,
                    subject_type=str(subject.type),
                    track=track,
                    old_day=days[0],
                    new_day=days[1],
                    old=one,
                    new=other,
                    what=what,
                    not_answered=refused,
                )
            )
    return found


def _what(old: Answer | None, new: Answer | None) -> tuple[str, ...]:
    if old is None or new is None:
        return ("answered",)
    return tuple(name for name in _FIELDS if getattr(old, name) != getattr(new, name))
