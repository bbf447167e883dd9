"""The guide page of the laws, made from them: what each asks, why, how it is decided, and what departs from it."""

from collections.abc import Iterator

from ilacs_rules.dates import in_full
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.testing.laws.law import Departure, Law

__all__ = ["page"]

_HEAD = """\
# Policy laws

Written by `make docs` from `ilacs_rules.testing.laws`; do not edit it by hand.

A policy law is something that every rulebook should keep to, whatever its rules say. You can run each law against the
shipped rulebook or your own. If a rulebook breaks a law, you see the smallest history found that shows it.

The laws need the extra `testing`. In a clone, run `pip install '.[testing]'`. Then `python -m ilacs_rules.testing.laws`
runs them all, and `python -m ilacs_rules.testing.laws FOLDER` runs them against a rulebook of your own.

```python
>>> from ilacs_rules import load_rulebook
>>> from ilacs_rules.testing import laws
>>> print(laws.LAWS[3].run(load_rulebook(), examples=5))
an irrelevant event changes nothing: holds (5 histories tried)

```

In a test of your own:

```python
>>> def test_my_rulebook(my_rulebook):
...     for verdict in laws.run_all(my_rulebook):
...         assert verdict.held, str(verdict)

```

Sometimes the frameworks themselves break a law. That is a *departure*. Each departure has a name. This page lists its
rules, since when they hold and what their sources are. The result of a law lists the departures that your rulebook
makes.

Three more words are used on this page. A *track* is one question that a rulebook answers, such as the next inspection.
A *box* is a combination of facts that a rule covers. A *history* is the events of one council or provider.
"""


def page(laws: tuple[Law, ...], rulebook: Rulebook | None = None) -> str:
    """The page as Markdown; the days and the sources of departures are those of a rulebook, the shipped one if none.

    >>> from ilacs_rules.testing.laws import LAWS
    >>> [line for line in page(LAWS[:2]).splitlines() if line.startswith("## ")][0]
    '## Every situation is answered'
    """
    book = load_rulebook() if rulebook is None else rulebook
    return "\n".join([_HEAD, *(line for law in laws for line in _section(law, book))]).rstrip() + "\n"


def _section(law: Law, rulebook: Rulebook) -> Iterator[str]:
    yield from (f"## {law.name[0].upper()}{law.name[1:]}", "", law.means, "")
    yield from (f"*Why.* {law.why}", "", f"*How it is tested.* {law.decided[0].upper()}{law.decided[1:]}.", "")
    for departure in law.departures:
        yield from _departure(departure, rulebook)


def _departure(departure: Departure, rulebook: Rulebook) -> Iterator[str]:
    yield from (f"### Departure: {departure.name}", "", departure.says, "")
    for rule in departure.rows(rulebook):
        days = f"from {in_full(rule.first)}" + (f" to {in_full(rule.last)}" if rule.last else "")
        cited = "; ".join(f"`{citation.source}` ({citation.place})" for citation in rule.sources)
        yield f"- `{rule.id}`, {days}: {cited}"
    yield ""
