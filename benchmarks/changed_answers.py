"""How many real subjects get another answer than they did before, and by reason.

    python -m benchmarks.changed_answers save ANSWERS.json AUTHORITIES.csv PROVIDERS.csv --on 2026-11-21 2025-03-31
    python -m benchmarks.changed_answers compare ANSWERS.json AUTHORITIES.csv PROVIDERS.csv

``save`` writes what each track answers for every subject on each day, as the package at hand answers it now. ``compare``
answers again, with the package at hand then, and counts the subjects of which anything is said otherwise. Nothing is
asserted.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import ilacs_rules as ir

Said = dict[str, str]
"""What one track answers, field by field."""
Answers = dict[str, dict[str, dict[str, Said]]]
"""Day, then subject, then track (``next`` for what comes next)."""

_FIELDS = ("rule", "activity", "status", "opens", "due", "closes", "strength", "certainty")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.changed_answers", description=__doc__)
    parser.add_argument("what", choices=("save", "compare"))
    parser.add_argument("answers", type=Path, help="the file of answers (JSON)")
    parser.add_argument("collections", nargs="+", help="published collections of inspections (CSV)")
    parser.add_argument("--on", nargs="+", type=date.fromisoformat, default=[date(2026, 11, 21), date(2025, 3, 31)])
    chosen = parser.parse_args()
    subjects = [item for name in chosen.collections for item in ir.read(name).subjects]
    if chosen.what == "save":
        chosen.answers.write_text(json.dumps(answered(subjects, chosen.on)), encoding="utf-8")
        return
    before: Answers = json.loads(chosen.answers.read_text(encoding="utf-8"))
    now = answered(subjects, [date.fromisoformat(day) for day in before])
    kinds = {subject.urn: "authority" if subject.type == "local_authority" else "provider" for subject in subjects}
    for day, were in before.items():
        show(day, were, now[day], kinds)


def answered(subjects: Iterable[ir.LocalAuthority | ir.Provider], days: Iterable[date]) -> Answers:
    """What each track answers for each subject on each day; the error where it answers nothing."""
    found: Answers = {day.isoformat(): {} for day in days}
    for subject in subjects:
        for day, by_subject in found.items():
            by_subject[subject.urn] = dict(_tracks(subject, date.fromisoformat(day)))
    return found


def _tracks(subject: ir.LocalAuthority | ir.Provider, day: date) -> Iterator[tuple[str, Said]]:
    try:
        yield "next", _said(ir.next_activity(subject, as_of=day))
        for answer in ir.answers(subject, as_of=day):
            yield answer.track, _said(answer)
    except ir.IlacsRulesError as error:
        yield "next", {"rule": type(error).__name__}


def _said(answer: ir.Answer) -> Said:
    window = answer.window
    days = {name: str(getattr(window, name) or "") for name in ("opens", "due", "closes")}
    words = {name: str(getattr(answer, name)) for name in _FIELDS if name not in days}
    return words | days


def show(day: str, were: dict[str, dict[str, Said]], are: dict[str, dict[str, Said]], kinds: dict[str, str]) -> None:
    """Counts of one day: of all subjects, then of what comes next and of any track, by reason."""
    print(f"\n# {day}: {len(were)} subjects before, {len(are)} now")
    for urn in sorted({*were} ^ {*are}):
        print(f"  {urn}: {'no longer read' if urn in were else 'not read before'}")
    for what, tracks in (("what comes next", ("next",)), ("any track", None)):
        changed, reasons = Counter[str](), defaultdict[str, set[str]](set)
        for urn, old in were.items():
            new = are.get(urn, {})
            names = [name for name in {**old, **new} if name != "next"] if tracks is None else tracks
            why = {reason for name in names for reason in reasons_of(old.get(name, {}), new.get(name, {}))}
            changed[kinds.get(urn, "?")] += bool(why)
            for reason in why:
                reasons[f"{kinds.get(urn, '?')}: {reason}"].add(urn)
        print(f"\n## {what}: {dict(changed)}")
        for reason, those in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
            print(f"  {len(those):5}  {reason}")


def reasons_of(old: Said, new: Said) -> Iterator[str]:
    """Why one track is answered otherwise: another rule, or the same with other words or days."""
    if old.get("rule") != new.get("rule"):
        yield f"rule {old.get('rule', 'nothing')} -> {new.get('rule', 'nothing')}"
        return
    for field in ("status", "certainty", "strength"):
        if old.get(field) != new.get(field):
            yield f"{field} {old.get(field)} -> {new.get(field)}"
    if any(old.get(end) != new.get(end) for end in ("opens", "due", "closes")):
        yield f"window of {new.get('rule')}"


if __name__ == "__main__":
    main()
