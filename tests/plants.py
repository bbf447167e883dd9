"""Every single change to one cell of one row of a rulebook: the faults that proof and cases ought to find.

A row has these cells: itself, its first and last day, each kind of subject, each side of its box, each part of its
window, the activity, strength, certainty and status. Words for people are no cells.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import ilacs_rules as ir
from ilacs_rules.situation import Choice

WINDOW = ("opens", "due", "closes", "runs_from")
_NUMBER = re.compile(r"(?<![\d-])\d+(?= )")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Plant(NamedTuple):
    """One change: of which rule, in which cell, what; ``planted`` is the row then, ``None`` where it is taken out."""

    rule: ir.Rule
    kind: str
    what: str
    planted: ir.Rule | None

    def __str__(self) -> str:
        return f"`{self.rule.id}`: {self.what}"


def plants(rules: Iterable[ir.Rule]) -> Iterator[Plant]:
    """Every change of every row, in the order of the rows."""
    for rule in rules:
        yield Plant(rule, "row", "taken out", None)
        for kind, what, values in (*_days(rule), *_subjects(rule), *_sides(rule), *_windows(rule), *_words(rule)):
            # Unchecked: whether loading finds the fault is for the count to say.
            yield Plant(rule, kind, what, ir.Rule.model_construct(**{**dict(rule), **values}))


Change = tuple[str, str, dict[str, Any]]


def _days(rule: ir.Rule) -> Iterator[Change]:
    for name, key in (("first", "from"), ("last", "to")):
        day: date | None = getattr(rule, name)
        for moved in _beside(day) if day else ():
            yield "days in force", f"{key} {moved}", {name: moved}


def _subjects(rule: ir.Rule) -> Iterator[Change]:
    for kind in rule.applies_to if len(rule.applies_to) > 1 else ():
        yield "kind of subject", f"not of {kind}", {"applies_to": tuple(k for k in rule.applies_to if k != kind)}


def _sides(rule: ir.Rule) -> Iterator[Change]:
    for place, condition in enumerate(rule.when):
        others = rule.when[:place], rule.when[place + 1 :]
        yield "condition", f"{condition.fact} not asked", {"when": (*others[0], *others[1])}
        for kind, what, values in _changed(condition):
            other = condition.model_copy(update=values)
            yield kind, f"{condition.fact} {what}", {"when": (*others[0], other, *others[1])}


def _changed(side: ir.Condition) -> Iterator[Change]:
    if side.words is not None:
        yield from _other_words(side.fact, side.words)
        return
    for name, sign in (("low", "at least"), ("high", "at most")):
        end = getattr(side, name)
        for moved in _beside(end) if end is not None else ():
            yield "range", f"{sign} {moved}", {name: moved}
    if side.known is not None:
        yield "range", "unknown" if side.known else "known", {"known": not side.known}
    else:
        yield "range", "not or unknown" if side.or_unknown else "or unknown", {"or_unknown": not side.or_unknown}


def _other_words(fact: str, words: tuple[str, ...]) -> Iterator[Change]:
    domain = ir.FACTS[fact].domain
    assert isinstance(domain, Choice)
    missing = [word for word in domain.words if word not in words]
    for word in words:
        rest = tuple(one for one in words if one != word)
        if rest:
            yield "word", f"without {word}", {"words": rest}
        for other in missing:
            yield "word", f"{other} for {word}", {"words": (*rest, other)}
    for other in missing:
        yield "word", f"with {other}", {"words": (*words, other)}


def _windows(rule: ir.Rule) -> Iterator[Change]:
    for name in WINDOW:
        text: str | None = getattr(rule, name)
        if text is None:
            continue
        yield "window", f"{name} not given", {name: None}
        for found in _NUMBER.finditer(text):
            for number in _beside(int(found.group())):
                other = f"{text[: found.start()]}{number}{text[found.end() :]}"
                yield "window", f"{name} {other}", {name: other}
        for found in _DAY.finditer(text):
            for day in _beside(date.fromisoformat(found.group())):
                other = f"{text[: found.start()]}{day}{text[found.end() :]}"
                yield "window", f"{name} {other}", {name: other}


def _words(rule: ir.Rule) -> Iterator[Change]:
    yield from (("strength", word.value, {"strength": word}) for word in ir.Strength if word is not rule.strength)
    yield from (("certainty", word.value, {"certainty": word}) for word in ir.Certainty if word is not rule.certainty)
    activities = list(ir.Activity)
    following = activities[(activities.index(rule.activity) + 1) % len(activities)]
    for activity in dict.fromkeys((following, ir.Activity.NOTHING_REQUIRED)):
        if activity is not rule.activity:
            yield "activity", activity.value, {"activity": activity}
    if rule.status is not None:
        yield "status", "not given", {"status": None}


def _beside(end: Any) -> Iterator[Any]:
    """One less and one more: a day, or a count, of which none is below 0."""
    if isinstance(end, date):
        yield from (date.fromordinal(end.toordinal() - 1), date.fromordinal(end.toordinal() + 1))
    else:
        yield from (number for number in (end - 1, end + 1) if number >= 0)
