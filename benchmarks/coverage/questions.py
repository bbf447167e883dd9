"""Every question, counted by framework, kind of subject and rule."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.coverage.report import Subject, table

import ilacs_rules as ir
from ilacs_rules.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def ask(subjects: Iterable[Subject], book: ir.Rulebook, last: date) -> None:
    """Ask everything, and print what answered."""
    questions, by_rule, errors = Counter[str](), Counter[str](), Counter[str]()
    not_stated, by_track = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for subject in subjects:
        kind = str(subject.type)
        for day in months(subject, book, last):
            questions[kind] += 1
            try:
                found = ir.answers(subject, as_of=day)
            except ir.IlacsRulesError as error:
                errors[f"{kind}: {error}"] += 1
                continue
            for answer in found:
                by_rule[answer.rule] += 1
                by_track[kind, answer.track] += 1
                not_stated[kind, answer.track] += answer.status is ir.Status.NOT_STATED
    table("Questions by kind of subject", ("kind", "questions"), questions.most_common())
    table("Errors", ("error", "questions"), errors.most_common() or [("none", 0)])
    _by_framework(book, by_rule)
    table(
        "'Not stated' by kind and track",
        ("kind", "track", "answers", "of which not stated"),
        [(*key, by_track[key], count) for key, count in not_stated.items() if count],
    )
    _rules(book, by_rule)


def months(subject: Subject, book: ir.Rulebook, last: date) -> Iterator[date]:
    """The first of each month from the subject's first event (or the rulebook's first day for it) to the last."""
    firsts = [track.answers[str(subject.type)] for track in book.tracks if str(subject.type) in track.answers]
    start = max(min(firsts, default=last), *(event.first_known for event in subject.events[:1]))
    day = add_months(start.replace(day=1), 1)
    while day <= last:
        yield day
        day = add_months(day, 1)


def _by_framework(book: ir.Rulebook, by_rule: Counter[str]) -> None:
    answers, rules, used = Counter[str](), Counter[str](), Counter[str]()
    for rule in book.rules:
        answers[rule.framework] += by_rule[rule.id]
        rules[rule.framework] += 1
        used[rule.framework] += bool(by_rule[rule.id])
    table(
        "Answers by framework",
        ("framework", "answers", "rules", "of which used"),
        [(name, count, rules[name], used[name]) for name, count in answers.items()],
    )


def _rules(book: ir.Rulebook, by_rule: Counter[str]) -> None:
    used = [rule for rule in book.rules if by_rule[rule.id]]
    never = [rule for rule in book.rules if not by_rule[rule.id]]
    table("Answers by rule", ("framework", "rule", "answers"), [(r.framework, r.id, by_rule[r.id]) for r in used])
    table(
        f"Rules never used ({len(never)}), and why each stays",
        ("rule", "why"),
        [(rule.id, rule.unmet or "NOT SAID: look at it again") for rule in never],
    )
    table(
        "Rules used though their page says that no history met them",
        ("rule", "answers"),
        [(rule.id, by_rule[rule.id]) for rule in used if rule.unmet] or [("none", 0)],
    )
