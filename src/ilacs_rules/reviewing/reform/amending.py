"""A rulebook amended by an overlay: rows end the day before, others begin, and the whole is proved like any other."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from ilacs_rules.dates import add_days
from ilacs_rules.errors import ProofError, RulebookError, nearest
from ilacs_rules.reviewing.checks import FindingKind, check
from ilacs_rules.reviewing.reform.overlay import Added, Overlay, Replaced, read_overlay
from ilacs_rules.rulebook import Expected, FrameworkReading, Rule, Rulebook, Source, Suspension, Track
from ilacs_rules.rulebook.reading import (
    read_citations,
    read_condition,
    read_dated,
    read_row,
    read_rule,
    read_sources,
)

__all__ = ["amend"]

_CHANGES = ("replace", "end", "add", "met_by", "track", "suspension")
_NOT_IN_A_RULE = {"rule", "id", "when", "sources"}


def amend(book: Rulebook, given: str | Path | Mapping[str, object]) -> Rulebook:
    """The rulebook with a reform in it: see ``Rulebook.amend``."""
    overlay, name = read_overlay(given)
    if book.until is not None and overlay.first > book.until:
        raise RulebookError(
            "this rulebook is cut off at an earlier day",
            field=f"{name}: from",
            value=overlay.first,
            expected=f"{book.until} or earlier",
        )
    if not any(getattr(overlay, key) for key in _CHANGES):
        raise RulebookError("changes nothing", field=name, expected=f"a row of {', '.join(_CHANGES)}")
    made = tuple(read_sources(overlay.source, name, None))
    sources = {source.id: source for source in (*book.sources, *made)}
    update = {
        "version": f"{book.version}+{overlay.id}",
        "sources": (*book.sources, *made),
        "readings": (*book.readings, *_readings(overlay, name)),
        "tracks": _tracks(book, overlay, name),
        "suspensions": (*book.suspensions, *_suspensions(overlay, sources, name)),
        "expected": _expected(book, overlay, name),
        "rules": tuple(_rules(book, overlay, sources, name)),
    }
    try:
        amended = book.model_copy(update=update)
    except (RulebookError, ProofError) as error:
        raise type(error)(
            error.problem, field=f"{name}: {error.field}", value=error.value, expected=error.expected
        ) from None
    _refuse_what_check_finds(amended, {rule.id for rule in amended.rules} - {rule.id for rule in book.rules}, name)
    return amended


_FAULTS = {
    FindingKind.CLOSES_BEFORE_IT_OPENS: "a window that opens first, whatever the day",
    FindingKind.DUE_OUTSIDE_ITS_WINDOW: "a nominal day from the first day of its window to the last",
    FindingKind.NEVER_FIRES: "a case that it answers",
    FindingKind.SAME_BUT_FOR_SOURCE: "one rule that cites both sources",
}


def _refuse_what_check_finds(amended: Rulebook, new: set[str], name: str) -> None:
    """Refuse rows of the reform that ``check`` would find fault with. Faults that were there before do not count."""
    part = amended.part({rule.track for rule in amended.rules if rule.id in new})
    for finding in check(part):
        at_fault = next((rule for rule in finding.rules if rule in new), None)
        if at_fault and finding.kind in _FAULTS:
            found = finding.case or ", ".join(finding.rules)
            raise RulebookError(
                finding.says.removesuffix("."), field=f"{name}: {at_fault}", value=found, expected=_FAULTS[finding.kind]
            )


def _rules(book: Rulebook, overlay: Overlay, sources: Mapping[str, Source], name: str) -> Iterator[Rule]:
    """Every rule: those that end with their last day, each successor after the one that it follows, the added last."""
    changed = _changed(book, overlay, name)
    for rule in book.rules:
        if rule.id not in changed:
            yield rule
            continue
        yield rule.model_copy(update={"last": add_days(overlay.first, -1)})
        change = changed[rule.id]
        if change is not None:
            yield _successor(rule, change, overlay, sources, name)
    for row in overlay.add:
        yield _added(book, row, overlay, sources, name)


def _changed(book: Rulebook, overlay: Overlay, name: str) -> dict[str, Replaced | None]:
    """The rules that end, each with what replaces it, if anything does."""
    changes: list[tuple[str, Replaced | None]] = [(row.rule, row) for row in overlay.replace]
    changes += [(rule_id, None) for row in overlay.end for rule_id in row.rules]
    changed: dict[str, Replaced | None] = {}
    for rule_id, row in changes:
        place = f"{name}: {'replace' if row else 'end'} {rule_id}: {'rule' if row else 'rules'}"
        if rule_id in changed:
            raise RulebookError("appears twice", field=place, value=rule_id, expected="one change for each rule")
        _must_hold(book, rule_id, overlay.first, place)
        changed[rule_id] = row
    return changed


def _must_hold(book: Rulebook, rule_id: str, first: date, place: str) -> None:
    """Refuse to end a rule that is not there, has ended before, or has only begun by then."""
    known = {rule.id: rule for rule in book.rules}
    rule = known.get(rule_id)
    if rule is None:
        raise RulebookError("is not known", field=place, value=rule_id, expected=nearest(rule_id, known))
    if not (rule.in_force(first) and rule.first < first):
        days = f"{rule.first} to {rule.last}" if rule.last else f"since {rule.first}"
        raise RulebookError(
            "is not in force both before the reform and when it begins",
            field=place,
            value=days,
            expected=f"a rule in force on {add_days(first, -1)} and {first}",
        )


def _successor(rule: Rule, change: Replaced, overlay: Overlay, sources: Mapping[str, Source], name: str) -> Rule:
    place = f"{name}: replace {rule.id}"
    given = change.model_dump(exclude_unset=True, exclude=_NOT_IN_A_RULE)
    values = {key: value or None if key in _DAYS else value for key, value in given.items()}
    when = change.when
    return read_row(
        Rule,
        {
            **{key: getattr(rule, key) for key in Rule.model_fields},
            "gap": "",
            "evidence": "",
            "unmet": "",
            **values,
            "id": change.id or f"{rule.id}_from_{overlay.first:%Y_%m_%d}",
            "framework": f"{overlay.id}.toml",
            "first": overlay.first,
            "when": rule.when
            if when is None
            else tuple(read_condition(fact, value, place) for fact, value in when.items()),
            "sources": read_citations([list(pair) for pair in change.sources], sources, place),
        },
        place,
    )


_DAYS = ("opens", "due", "closes", "runs_from")


def _added(book: Rulebook, row: Added, overlay: Overlay, sources: Mapping[str, Source], name: str) -> Rule:
    place = f"{name}: add {row.id}"
    first = row.first or overlay.first
    if first < overlay.first:
        raise RulebookError(
            "begins before the reform", field=f"{place}: from", value=first, expected=f"{overlay.first}"
        )
    asks = any(condition.fact == "exists" for rule in book.rules if rule.track == row.track for condition in rule.when)
    if "exists" in row.when and not asks and row.track in {track.id for track in book.tracks}:
        # What is answered of a subject that does not exist yet would change for the days before the reform too.
        raise RulebookError(
            f"no rule of track {row.track} asks whether its subject exists",
            field=f"{place}: when",
            value="exists",
            expected="other facts, or a track of the reform's own",
        )
    given = row.model_dump(exclude_unset=True, by_alias=True) | {"from": first}
    return read_rule({**given, "sources": [list(pair) for pair in row.sources]}, sources, f"{overlay.id}.toml", place)


def _readings(overlay: Overlay, name: str) -> list[FrameworkReading]:
    return [read_row(FrameworkReading, row, f"{name}: reading {row.get('id')}") for row in overlay.reading]


def _suspensions(overlay: Overlay, sources: Mapping[str, Source], name: str) -> Iterator[Suspension]:
    for row in overlay.suspension:
        place = f"{name}: suspension {row.get('id')}"
        pause = read_dated(Suspension, row, sources, place)
        _not_before(pause.first, overlay, f"{place}: from")
        yield pause


def _tracks(book: Rulebook, overlay: Overlay, name: str) -> tuple[Track, ...]:
    tracks = {track.id: track for track in book.tracks}
    for row in overlay.met_by:
        place = f"{name}: met_by: track"
        if row.track not in tracks:
            raise RulebookError("is not known", field=place, value=row.track, expected=nearest(row.track, tracks))
        track = tracks[row.track]
        new = [kind for kind in row.activities if kind not in track.met_by]
        since: dict[str, date] = {**track.met_by_since, **dict.fromkeys(new, overlay.first)}
        values = {**dict(track), "met_by": (*track.met_by, *new), "met_by_since": since}
        tracks[row.track] = read_row(Track, values, place)
    added: list[Track] = []
    for table in overlay.track:
        place = f"{name}: track {table.get('id')}"
        track = read_row(Track, table, place)
        for first in track.answers.values():
            _not_before(first, overlay, f"{place}: answers")
        added.append(track)
    return (*tracks.values(), *added)


def _expected(book: Rulebook, overlay: Overlay, name: str) -> tuple[Expected, ...]:
    known = {item.id for item in book.expected}
    ended = {item for row in overlay.end for item in row.expected}
    for item in sorted(ended - known):
        raise RulebookError("is not known", field=f"{name}: end: expected", value=item, expected=nearest(item, known))
    last = add_days(overlay.first, -1)
    return tuple(item.model_copy(update={"last": last}) if item.id in ended else item for item in book.expected)


def _not_before(day: date, overlay: Overlay, place: str) -> None:
    if day < overlay.first:
        raise RulebookError("begins before the reform", field=place, value=day, expected=f"{overlay.first} or later")
