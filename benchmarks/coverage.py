"""What the rulebook answers on real histories, and how what it names compares with what happened.

    python -m benchmarks.coverage AUTHORITIES.csv PROVIDERS.csv [--every N]

Every subject is asked on the first of each month of its lifetime. The comparison is a check on the rules and never a
target: each disagreement is listed by name, date and rule. Nothing here is asserted.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

import ilacs_rules as ir
from ilacs_rules.dates import add_days, add_months, start_of_inspection_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Subject = ir.LocalAuthority | ir.Provider

LAST = date(2026, 11, 1)
ILACS = (ir.Activity.ILACS_STANDARD, ir.Activity.ILACS_SHORT)


def months(subject: Subject, first: date) -> Iterator[date]:
    """The first of each month from the subject's first event (or the rulebook's first day) to the last."""
    start = max(first, *(event.first_known for event in subject.events[:1]), date(2013, 11, 19))
    day = add_months(start.replace(day=1), 1)
    while day <= LAST:
        yield day
        day = add_months(day, 1)


def ask(subjects: Iterable[Subject], book: ir.Rulebook) -> None:
    """Ask everything, and print what answered."""
    questions: Counter[str] = Counter()
    by_rule: Counter[str] = Counter()
    not_stated: Counter[tuple[str, str]] = Counter()
    errors: Counter[str] = Counter()
    starts = {
        kind: min(item.answers[kind] for item in book.tracks if kind in item.answers) for kind in book.subject_types
    }
    for subject in subjects:
        kind = str(subject.type)
        for day in months(subject, starts.get(kind, date(2013, 11, 19))):
            questions[kind] += 1
            try:
                found = ir.answers(subject, as_of=day)
            except ir.IlacsRulesError as error:
                errors[f"{kind}: {error}"] += 1
                continue
            for answer in found:
                by_rule[answer.rule] += 1
                not_stated[kind, answer.track] += answer.status is ir.Status.NOT_STATED
    _table("Questions by kind of subject", questions.most_common())
    _table("Answers by rule", [(rule.id, by_rule[rule.id]) for rule in book.rules if by_rule[rule.id]])
    never = [rule for rule in book.rules if not by_rule[rule.id]]
    _table(
        "Rules never used, and why each stays",
        [(rule.id, rule.unmet or "NOT SAID: look at it again") for rule in never],
    )
    met = [(rule.id, by_rule[rule.id]) for rule in book.rules if rule.unmet and by_rule[rule.id]]
    _table("Rules used though their page says that no history met them", met or [("none", 0)])
    _table("'Not stated' by kind and track", [(" / ".join(key), count) for key, count in not_stated.items() if count])
    _table("Errors", errors.most_common() or [("none", 0)])


def _table(title: str, rows: Sequence[tuple[object, object]]) -> None:
    print(f"\n## {title}\n\n| what | |\n|---|---|")
    for what, figure in rows:
        print(f"| {what} | {figure} |")


def kinds_named(authorities: Sequence[Subject]) -> None:
    """How often the rulebook named, the day before, whether a standard or a short inspection would begin."""
    named, misses, inside = 0, list[str](), 0
    asked = [(subject, event) for subject in authorities for event in subject.events if event.activity in ILACS]
    for subject, event in asked:
        day = add_days(event.first_known, -1)
        answer = next(item for item in ir.answers(subject, as_of=day) if item.track == "inspection")
        inside += event.first_known in answer.window
        if answer.activity is event.activity:
            named += 1
        else:
            misses.append(
                f"{subject.name}, {event.first_known}: {event.activity}, the rule named {answer.activity} ({answer.rule})"
            )
    print(
        f"\n## Kind of inspection\n\n{named} of {len(asked)} named the day before ({100 * named / len(asked):.0f} in 100); "
    )
    print(f"{inside} began within the window.\n")
    print("\n".join(f"* {miss}" for miss in misses))


def visits_between(authorities: Sequence[Subject]) -> None:
    """How many visits lay between two inspections since 2021, against the number that the rule gives."""
    wanted = {"good": 1, "outstanding": 1, "requires_improvement": 2, "inadequate": 0}
    agree, misses = 0, list[str]()
    for subject in authorities:
        graded = [event for event in subject.events if event.activity in ILACS]
        for before, after in zip(graded, graded[1:], strict=False):
            grade = before.judgements.overall
            if before.first_known < date(2021, 6, 1) or grade is None:
                continue
            between = [event for event in subject.events if before.first_known < event.first_known < after.first_known]
            jtai = min(1, sum(event.activity is ir.Activity.JTAI for event in between))
            visits = sum(event.activity is ir.Activity.FOCUSED_VISIT for event in between) + jtai
            if visits == wanted[grade]:
                agree += 1
            else:
                misses.append(f"{subject.name}, {before.first_known} to {after.first_known}: {grade}, {visits} visits")
    print(
        f"\n## Visits between two inspections since June 2021\n\n{agree} of {agree + len(misses)} as the rule has it.\n"
    )
    print("\n".join(f"* {miss}" for miss in misses))


def agencies_back_in_time(providers: Sequence[Subject]) -> None:
    """How many fostering agencies below good since April 2021 were inspected again inside their window."""
    spans = {"requires_improvement": (12, 18), "inadequate": (6, 12)}
    inside: Counter[str] = Counter()
    total: Counter[str] = Counter()
    misses: list[str] = []
    for subject in (item for item in providers if item.type == ir.ProviderType.INDEPENDENT_FOSTERING_AGENCY):
        full = [event for event in subject.events if event.activity is ir.Activity.FULL_INSPECTION]
        for before, after in zip(full, full[1:], strict=False):
            grade = str(before.judgements.overall)
            if before.first_known < date(2021, 4, 1) or grade not in spans:
                continue
            low, high = (add_months(before.first_known, count) for count in spans[grade])
            total[grade] += 1
            if low <= after.first_known <= high:
                inside[grade] += 1
            else:
                side = "before" if after.first_known < low else "after"
                misses.append(
                    f"{subject.name}, {grade} on {before.first_known}: again on {after.first_known}, {side} {low} to {high}"
                )
    print("\n## Fostering agencies below good since April 2021\n")
    print(
        "\n".join(
            f"* {grade}: {inside[grade]} of {count} inside {spans[grade]} months" for grade, count in total.items()
        )
    )
    print("\n".join(f"  * {miss}" for miss in misses))


def homes_by_year(providers: Sequence[Subject]) -> None:
    """How many inspections of each kind children's homes on record had in each inspection year."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for subject in (item for item in providers if item.type == ir.ProviderType.CHILDRENS_HOME):
        years: dict[int, Counter[str]] = defaultdict(Counter)
        for event in subject.events:
            years[start_of_inspection_year(event.first_known).year][event.activity] += 1
        for year, kinds in years.items():
            full = kinds[ir.Activity.FULL_INSPECTION]
            others = kinds[ir.Activity.INTERIM_INSPECTION] + kinds[ir.Activity.ASSURANCE_INSPECTION]
            counts[year][
                f"{min(full, 2)}{'+' if full > 1 else ''} full, {min(others, 1)}{'+' if others else ''} other"
            ] += 1
    print("\n## Children's homes: homes with so many inspections on record in an inspection year (from 1 April)\n")
    for year in sorted(counts):
        print(
            f"* {year}/{(year + 1) % 100:02}: "
            + "; ".join(f"{what}: {count}" for what, count in counts[year].most_common())
        )


def main() -> None:
    """Read both files, ask, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("authorities", help="the published collection of authorities' inspections (CSV)")
    parser.add_argument("providers", help="the published collection of providers' inspections (CSV)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask only every Nth provider")
    chosen = parser.parse_args()
    authorities = ir.read_published(chosen.authorities).subjects
    providers = ir.read_published(chosen.providers).subjects
    book = ir.load_rulebook()
    print(
        f"# Coverage of rulebook {book.version}: {len(book.rules)} rules, {len(authorities)} authorities, {len(providers)} providers"
    )
    ask((*authorities, *providers[:: chosen.every]), book)
    kinds_named(authorities)
    visits_between(authorities)
    agencies_back_in_time(providers)
    homes_by_year(providers)


if __name__ == "__main__":
    main()
