"""The page of the councils that came into being or were abolished since 2013, and of those that are to be."""

from collections.abc import Iterable, Iterator

from ilacs_rules.answering.explain import CERTAINTY_MEANS
from ilacs_rules.dates import in_full
from ilacs_rules.rulebook import Council, Rulebook
from ilacs_rules.writing.words import bullet, cited, heading, page, plain

__all__ = ["councils_page"]

_HEAD = (
    "When the library reads a file, it gives these days to the councils in it, by their number or their name. From the "
    "day on which a council was abolished, nothing is required of it. If a council went on in a new form, its history "
    "goes on."
)
_ANNOUNCED = (
    "Answers about these councils carry a note, and nothing else changes. We take no day as a fact before we have seen "
    "the order."
)


def councils_page(rulebook: Rulebook) -> str:
    """Each council, its days, what took its place, and the sources.

    >>> from ilacs_rules import load_rulebook
    >>> "Abolished:** 1 April 2021" in councils_page(load_rulebook())
    True
    >>> councils_page(load_rulebook()).count('<a id="surrey')
    1
    """
    happened = [row for row in rulebook.councils if not row.expected]
    lines = [_HEAD, "", *_each(happened)]
    lines += ["## Announced", "", _ANNOUNCED, "", *_each(row for row in rulebook.councils if row.expected)]
    return page("Councils created and abolished", lines)


def _each(rows: Iterable[Council]) -> Iterator[str]:
    for row in rows:
        began = row.created or row.continued or row.abolished
        anchor = "-".join("".join(c if c.isalnum() else " " for c in row.name.lower()).split())
        yield from heading(3, row.name, f"{anchor}-{'since' if row.created else 'until'}-{began}")
        for title, day in (
            ("Created", row.created),
            ("Went on in a new form", row.continued),
            ("Abolished" if not row.expected else "To be abolished", row.abolished),
            ("Known since", row.announced),
        ):
            yield from bullet(title, in_full(day) if day else "")
        yield from bullet("Replaced by", plain("; ".join(row.successors)))
        yield from bullet("It replaced", plain("; ".join(row.predecessors)))
        yield from bullet("Certainty", CERTAINTY_MEANS[row.certainty])
        yield from bullet("Not stated", plain(row.gap))
        yield from ("- **Sources:**", *cited(row.sources), "")
