"""What a reader should know of a subject's end: what took its place, and what is known or announced of a council."""

from collections.abc import Iterable, Iterator
from datetime import date

from ilacs_rules.dates import in_full
from ilacs_rules.records import LocalAuthority
from ilacs_rules.rulebook import Council, Rulebook
from ilacs_rules.situation import View

__all__ = ["on_its_end"]


def on_its_end(authority: LocalAuthority, view: View, book: Rulebook) -> Iterable[str]:
    """Each thing that is known of an authority's end, as a sentence.

    The rulebook may know that a council of its name was abolished, or is to be. That changes no answer: only the day in
    its own record does.
    """
    if view.has_ended:
        return (f"In its place came: {_and(authority.successors)}.",) if authority.successors else ()
    known = book.council(authority.name, authority.urn)
    return () if known is None or known.abolished is None else _of_council(known, known.abolished, view.as_of)


def _of_council(known: Council, day: date, as_of: date) -> Iterator[str]:
    in_its_place = f"; in its place: {_and(known.successors)}" if known.successors else ""
    if known.expected and known.announced and known.announced <= as_of:
        if as_of < day:
            yield (
                f"Announced, and not in force yet: {known.name} is to be abolished on {in_full(day)}{in_its_place}. "
                "What falls due after that day would not be due from it."
            )
        else:
            yield (
                f"It was announced that {known.name} would be abolished on {in_full(day)}{in_its_place}. This rulebook "
                "does not know whether it was."
            )
    elif not known.expected and day <= as_of:
        yield (
            f"A council called {known.name} was abolished on {in_full(day)}{in_its_place}. If this record is of that "
            "council, give the day in `abolished`: nothing has been required of it since."
        )


def _and(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
