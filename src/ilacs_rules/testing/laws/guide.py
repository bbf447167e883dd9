"""The guide page of the laws, made from them: what each asks, why, how it is decided, and what departs from it."""

from collections.abc import Iterator

from ilacs_rules.dates import in_full
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.testing.laws.law import Departure, Law

__all__ = ["page"]

_HEAD = """\
# Policy laws

Written by `make docs` from `ilacs_rules.testing.laws`; do not edit it by hand.

What every rulebook should hold to, whatever it says. Each law can be run against any rulebook, the shipped one or one
of your own, and prints the smallest history that it finds to break it. They need the extra
`testing`; from a clone: `pip install '.[testing]'`. `python -m ilacs_rules.testing.laws` runs them all,
`python -m ilacs_rules.testing.laws FOLDER` runs them against a rulebook of your own.

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

Where the frameworks themselves are otherwise, the departure has a name, and its rules say since when and who says so. A
verdict lists the departures that a rulebook really makes.
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
    yield from (f"*Why.* {law.why}", "", f"*Decided* {law.decided}.", "")
    for departure in law.departures:
        yield from _departure(departure, rulebook)


def _departure(departure: Departure, rulebook: Rulebook) -> Iterator[str]:
    yield from (f"### But for this: {departure.name}", "", departure.says, "")
    for rule in departure.rows(rulebook):
        days = f"from {in_full(rule.first)}" + (f" to {in_full(rule.last)}" if rule.last else "")
        cited = "; ".join(f"`{citation.source}` ({citation.place})" for citation in rule.sources)
        yield f"- `{rule.id}`, {days}: {cited}"
    yield ""
