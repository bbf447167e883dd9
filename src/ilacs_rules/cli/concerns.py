"""Which problems with the rows of files concern the subjects that are asked about, and how many concern others."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import click

from ilacs_rules.cli.filtering import Filters
from ilacs_rules.reading import Published, RowProblem
from ilacs_rules.reading.spelling import as_council, as_urn
from ilacs_rules.reading.words import as_key
from ilacs_rules.records import Subject

__all__ = ["Meant", "meant", "say_others"]

_WITH_NUMBER = re.compile(r"(?P<name>.*) \((?P<urn>[^()]*)\)")


class Meant(NamedTuple):
    """The subjects that are asked about, the problems that concern them, and how many others there are."""

    subjects: tuple[Subject, ...]
    problems: tuple[RowProblem, ...]
    others: int = 0


def meant(published: Published, filters: Filters) -> Meant:
    """Whom ``--only``, ``--type`` and ``--region`` mean, and what of the files could not be used that concerns them.

    A problem with a whole sheet concerns everybody, and so does a row that belongs to nobody: it may be anyone's. A
    subject that could not be read concerns who asked for it by its name, and who asked for a kind or a region, for
    its own may not be known. ``--track`` and ``--before`` choose among answers, which all rest on what was read.

    Raises:
        UnknownWordError: nobody has that name or number, or lies in that region.

    >>> meant(Published(subjects=(), problems=(), sheets=()), Filters())
    Meant(subjects=(), problems=(), others=0)
    """
    if not (filters.only or filters.types or filters.regions):
        return Meant(published.subjects, published.problems)
    chosen = _chosen(published, filters)
    of_chosen = _rows(published, chosen)
    problems = tuple(problem for problem in published.problems if _concerns(problem, of_chosen, filters))
    return Meant(chosen, problems, len(published.problems) - len(problems))


def _chosen(published: Published, filters: Filters) -> tuple[Subject, ...]:
    """Those that were read; somebody who is asked for by name and was not read is none of them, and no mistake."""
    skipped = [problem.subject for problem in published.problems if problem.action == "subject skipped"]
    unread = [text for text in filters.only if any(_is(named, text) for named in skipped)]
    known = tuple(text for text in filters.only if text not in unread or _is_read(published, text))
    if filters.only and not known:
        return ()
    return (
        filters.chosen(published.subjects)
        if known == filters.only
        else replace(filters, only=known).chosen(published.subjects)
    )


def _is_read(published: Published, text: str) -> bool:
    return any(_is(subject.name, text) or _is(subject.urn, text) for subject in published.subjects)


def _rows(published: Published, chosen: Iterable[Subject]) -> dict[tuple[str, str, int], bool]:
    """Each row that tells of a subject, and whether that is asked about."""
    there = set(map(id, chosen))
    return {
        (sheet.file, sheet.sheet, row): id(subject) in there
        for subject, came_from in zip(published.subjects, published.came_from, strict=True)
        for each in came_from
        for sheet in (published.sheets[each.sheet],)
        for row in each.rows
    }


def _concerns(problem: RowProblem, rows: dict[tuple[str, str, int], bool], filters: Filters) -> bool:
    of_chosen = rows.get((problem.file, problem.sheet, problem.line))
    if of_chosen is not None:
        return of_chosen
    if not problem.line or not problem.subject or not filters.only:
        return True
    return any(_is(problem.subject, text) for text in filters.only)


def _is(said: str, text: str) -> bool:
    """Whether somebody who is called so is asked for: by name, by number, or as both stand in a problem."""
    both = _WITH_NUMBER.fullmatch(said)
    names = {said, *both.groups()} if both else {said}
    return any(
        name and (as_urn(name) == as_urn(text) or as_key(name) == as_key(text) or as_council(name) == as_council(text))
        for name in names
    )


def say_others(count: int, filters: Filters) -> None:
    """How many problems concern others, so that they are not left out in silence."""
    if count:
        said = {"--only": filters.only, "--type": filters.types, "--region": filters.regions}
        named = " and ".join(option for option, given in said.items() if given)
        problems = "1 more problem concerns" if count == 1 else f"{count:,} more problems concern"
        click.echo(f"{problems} others; leave out {named} to see {'it' if count == 1 else 'them'}", err=True)
