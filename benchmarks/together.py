"""Whether the published sheets together say of a provider what a cleaned collection says, on several days of each year.

    python -m benchmarks.together ../shared/published ../shared/data/provider_events.csv

A line for each set of sheets and day: how many providers both know, of how many the next activity, its window and its
status are the same, and of the others how many for which reason. The collection goes on after the sheets end; so that
both know the same, it is asked by what was out when they ended. A reason is what, taken over from the sheets, makes the
collection say what they say. ``--show`` names the providers behind each.
"""

from __future__ import annotations

import argparse
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import ilacs_rules as ir
from ilacs_rules.vocabulary import Activity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SAME, NOT_EXPLAINED = "same", "not explained"
FULL = Activity.FULL_INSPECTION


class Sheets(NamedTuple):
    """Sheets that are read as one record.

    Attributes:
        names: the files.
        end: the day they are of, after which nothing in them began.
        out: the last day on which a report in them came out; or on which a provider left, where they list leavers.
        days: the days asked about.
    """

    names: tuple[str, ...]
    end: date
    out: date
    days: tuple[date, ...]

    @property
    def title(self) -> str:
        """What they are called in a table."""
        return " with ".join(self.names) if len(self.names) < 4 else f"all {len(self.names)} files"


def _after(year: int) -> tuple[date, ...]:
    """The day after a year's sheets end, and how things stand three, six and twelve months on."""
    return date(year, 4, 1), date(year, 7, 1), date(year, 10, 1), date(year + 1, 4, 1)


TOGETHER = (
    Sheets(("provider_at_march_2016.csv",), date(2016, 3, 31), date(2016, 4, 30), _after(2016)),
    Sheets(
        ("provider_at_march_2018.csv", "inspections-in-year-2017-18.csv"), date(2018, 3, 31), date(2018, 4, 30), _after(2018)
    ),
    Sheets(
        ("provider_at_march_2018.csv", "inspections-in-year-2017-18.csv", "joiners_leavers_19.csv"),
        date(2018, 3, 31), date(2018, 4, 30), (date(2019, 4, 1),),
    ),
    Sheets(("provider_at_march_2020.csv",), date(2020, 3, 31), date(2020, 4, 30), _after(2020)),
    Sheets(
        ("provider_at_march_2020.csv", "joiners_leavers_21.csv"), date(2020, 3, 31), date(2020, 4, 30), (date(2021, 4, 1),)
    ),
    Sheets(("provider_at_march_2022.csv",), date(2022, 3, 31), date(2022, 4, 30), _after(2022)),
    Sheets(
        ("Childrens_social_care_in_England_2023_underlying_data.ods", "joiners_leavers_23.csv"),
        date(2023, 3, 31), date(2023, 4, 30), _after(2023),
    ),
    Sheets(("provider_at_march_2024.csv",), date(2024, 3, 31), date(2024, 4, 30), _after(2024)),
    Sheets(("provider_at_march_2025.ods",), date(2025, 3, 31), date(2025, 4, 30), _after(2025)),
)  # fmt: skip
"""Files that are of one year, or of one and the list of those that left in the next."""


def all_together(folder: Path) -> Sheets:
    """Every file of providers as one record, asked about on the first of April and of October of each year."""
    names = tuple(path.name for path in files_of_providers(folder))
    days = tuple(date(year, month, 1) for year in range(2016, 2025) for month in (4, 10))
    return Sheets(names, date(2025, 3, 31), date(2025, 4, 30), (*days, date(2025, 4, 1)))


def files_of_providers(folder: Path) -> list[Path]:
    """The published files of a folder that are of providers."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in (".csv", ".ods", ".xls", ".xlsx") and not path.name.startswith(("LA_", "ofsted_csc"))
    )


def providers(published: ir.Published) -> dict[str, ir.Provider]:
    """The providers of some files by their number."""
    return {subject.urn: subject for subject in published.subjects if isinstance(subject, ir.Provider)}


def as_of_then(provider: ir.Provider, sheets: Sheets) -> ir.Provider:
    """A provider by what the collection could know when the sheets ended."""
    events = tuple(
        event
        for event in provider.events
        if (event.first_known or date.min) <= sheets.end and (event.published or date.min) <= sheets.out
    )
    covers = provider.covers
    if not isinstance(covers, str):
        shown = [each for each in covers if (each.since or date.min) <= sheets.end]
        covers = tuple(each.model_copy(update={"until": min(each.until or sheets.end, sheets.end)}) for each in shown)
    # The collection says how a registration stands, and not since when.
    said = provider.status_as_at
    later = {"registration_status": None, "status_as_at": None} if said is None or said > sheets.end else {}
    return provider.model_copy(update={"events": events, "covers": covers, **later})


def said_of(provider: ir.Provider, day: date) -> tuple[Any, ...]:
    """What is answered: the activity, its window and its status; or that, and why, nothing can be."""
    try:
        answer = ir.next_activity(provider, as_of=day)
    except ir.IlacsRulesError as error:
        return type(error).__name__, error.field
    return answer.activity, answer.window, answer.status


def compared(
    ours: Mapping[str, ir.Provider], theirs: Mapping[str, ir.Provider], day: date, sheets: Sheets
) -> dict[str, list[str]]:
    """The numbers of the providers that both know, by what became of the question; ``same`` where the answer is."""
    found: dict[str, list[str]] = {}
    for urn in sorted(set(ours) & set(theirs)):
        one, other = ours[urn], as_of_then(theirs[urn], sheets)
        said = said_of(one, day)
        found.setdefault(SAME if said == said_of(other, day) else why(one, other, day, said), []).append(urn)
    return found


def why(ours: ir.Provider, theirs: ir.Provider, day: date, said: tuple[Any, ...] | None = None) -> str:
    """Why the answer about one provider is another: what, taken over from the sheets, makes the collection say the same.

    One difference that does it alone; else the first two that do it together; else all of them.
    """
    said = said or said_of(ours, day)
    for count in (1, 2):
        for some in combinations(DIFFERENCES, count):
            if said_of(taken_over(ours, theirs, some), day) == said:
                return " and ".join(some)
    every = tuple(DIFFERENCES)
    return "several of these" if said_of(taken_over(ours, theirs, every), day) == said else NOT_EXPLAINED


def taken_over(ours: ir.Provider, theirs: ir.Provider, some: Iterable[str]) -> ir.Provider:
    """What the collection knows of a provider, with some differences taken over from the sheets."""
    for name in some:
        theirs = theirs.model_copy(update=DIFFERENCES[name](ours, theirs))
    return theirs


Change: TypeAlias = "Callable[[ir.Provider, ir.Provider], dict[str, Any]]"


def _fields(*names: str) -> Change:
    return lambda ours, _: {name: getattr(ours, name) for name in names}


def _same(one: ir.Event, other: ir.Event) -> bool:
    """Whether two events are one: of a kind, and with one number, or with first days less than nine days apart."""
    if one.activity != other.activity:
        return False
    numbers = [_NUMBER.search(event.note) for event in (one, other)]
    if numbers[0] and numbers[1]:
        return numbers[0][1] == numbers[1][1]
    days = [event.first_known or date.min for event in (one, other)]
    return abs((days[0] - days[1]).days) <= _APART


_NUMBER = re.compile(r"event number (\d+)")
_APART = 8


def _first_days(ours: ir.Provider, theirs: ir.Provider) -> dict[str, Any]:
    """The days on site as the sheets have them."""
    return _each(ours, theirs, ("started", "ended", "precision"))


def _judged(ours: ir.Provider, theirs: ir.Provider) -> dict[str, Any]:
    return _each(ours, theirs, ("judgements", "outcome"))


def _published(ours: ir.Provider, theirs: ir.Provider) -> dict[str, Any]:
    return _each(ours, theirs, ("published",))


def _each(ours: ir.Provider, theirs: ir.Provider, fields: tuple[str, ...]) -> dict[str, Any]:
    """The events that both have, with some fields as the sheets have them."""
    changed: list[ir.Event] = []
    for event in theirs.events:
        mine = next((each for each in ours.events if _same(each, event)), event)
        changed.append(event.model_copy(update={name: getattr(mine, name) for name in fields}))
    return {"events": _in_order(changed)}


def _more(ours: ir.Provider, theirs: ir.Provider) -> dict[str, Any]:
    """With the inspections that only the sheets have."""
    more = [mine for mine in ours.events if not any(_same(mine, event) for event in theirs.events)]
    return {"events": _in_order([*theirs.events, *more])}


def _fewer(ours: ir.Provider, theirs: ir.Provider) -> dict[str, Any]:
    """Without the inspections that only the collection has, though the sheets reach back to their day."""
    first = begins(ours)
    return {
        "events": tuple(
            event
            for event in theirs.events
            if (event.first_known or date.min) < first or any(_same(mine, event) for mine in ours.events)
        )
    }


def _earlier(ours: ir.Provider, theirs: ir.Provider) -> dict[str, Any]:
    """Without what was before the sheets begin; nor would they show it."""
    first = begins(ours)
    kept = tuple(
        event
        for event in theirs.events
        if (event.first_known or date.min) >= first or any(_same(mine, event) for mine in ours.events)
    )
    return {"events": kept, "covers": ours.covers}


def _in_order(events: Iterable[ir.Event]) -> tuple[ir.Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.first_known or date.min, str(event.activity))))


DIFFERENCES: dict[str, Change] = {
    "the last day on site stands for the first in sheets up to 2018": _first_days,
    "another day of publication, or none": _published,
    "another grade": _judged,
    "an inspection that only the sheets have": _more,
    "an inspection that only the collection has": _fewer,
    "another stretch of days that the record would show": _fields("covers"),
    "an inspection before the sheets begin": _earlier,
    "closed or resigned, as only one of the two says": _fields("closed", "registration_status", "status_as_at"),
    "another day of registration, or none": _fields("registered", "predecessor"),
    "another kind of provider": _fields("type"),
}
"""What may differ between two records of a provider, each with what of the sheets' is taken over to see whether it matters."""


def begins(provider: ir.Provider) -> date:
    """From when on the sheets would show a full inspection of a provider; the last of days where they show none."""
    if isinstance(provider.covers, str):
        return date.min
    return min((each.since or date.min for each in provider.covers if each.activity == FULL), default=date.max)


def lines(sets: Iterable[Sheets], folder: Path, theirs: Mapping[str, ir.Provider], *, show: int) -> Iterator[str]:
    """A line of a table for each set of sheets and day, and under it, if asked for, who is behind each reason."""
    yield "| sheets | asked on | in both | alike | otherwise, and why |\n|---|---|---|---|---|"
    for sheets in sets:
        ours = providers(ir.read([folder / name for name in sheets.names]))
        for day in sheets.days:
            found = compared(ours, theirs, day, sheets)
            both, same = sum(map(len, found.values())), len(found.pop(SAME, []))
            reasons = sorted(found.items(), key=lambda pair: -len(pair[1]))
            said = "; ".join(f"{len(urns)} {reason}" for reason, urns in reasons)
            yield f"| {sheets.title} | {day} | {both:,} | {same:,} ({same / both:.1%}) | {said} |"
            for reason, urns in reasons if show else ():
                yield f"    {reason}: {', '.join(urns[:show])}"


def main() -> None:
    """Read, ask both, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="name so many providers behind each reason")
    given = parser.parse_args()
    theirs = providers(ir.read(given.collection))
    for line in lines((*TOGETHER, all_together(given.folder)), given.folder, theirs, show=given.show):
        print(line, flush=True)


if __name__ == "__main__":
    main()
