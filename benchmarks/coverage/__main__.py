"""What the rulebook answers on real histories, and how what it names compares with what happened.

    python -m benchmarks.coverage AUTHORITIES.csv PROVIDERS.csv [--every N]

Every subject is asked on the first of each month of its lifetime. The comparison is a check on the rules and never a
target: each disagreement is listed by name, date and rule, with what explains it where something does. Nothing here
is asserted.
"""

from __future__ import annotations

import argparse
from datetime import date

from benchmarks.coverage.agencies import agencies_back_in_time
from benchmarks.coverage.authorities import inspections_named, visits_between
from benchmarks.coverage.homes import homes_by_year
from benchmarks.coverage.questions import ask

import ilacs_rules as ir


def main() -> None:
    """Read both files, ask, compare, print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.coverage", description=__doc__.split("\n", 1)[0] if __doc__ else ""
    )
    parser.add_argument("authorities", help="the published collection of authorities' inspections (CSV)")
    parser.add_argument("providers", help="the published collection of providers' inspections (CSV)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask only every Nth provider")
    parser.add_argument(
        "--last",
        type=date.fromisoformat,
        default=date(2026, 11, 1),
        metavar="DAY",
        help="the last day that is asked about",
    )
    chosen = parser.parse_args()
    authorities = ir.read(chosen.authorities).subjects
    providers = ir.read(chosen.providers).subjects
    book = ir.load_rulebook()
    size = f"{len(book.rules)} rules, {len(authorities)} authorities, {len(providers)} providers"
    print(f"# Coverage of rulebook {book.version}: {size}")
    ask((*authorities, *providers[:: chosen.every]), book, chosen.last)
    inspections_named(authorities, book)
    visits_between(authorities, book)
    agencies_back_in_time(providers, book)
    homes_by_year(providers, book)


if __name__ == "__main__":
    main()
