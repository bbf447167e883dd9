"""Whether what could not be used of some files may be about the subjects asked about: the exit code says so."""

from collections.abc import Sequence

from ilacs_rules.reading import Published
from ilacs_rules.records import Subject

__all__ = ["lost_to"]


def lost_to(published: Published, chosen: Sequence[Subject]) -> bool:
    """Whether something was lost that may be about the subjects that are asked about.

    What is wrong with the rows of another subject has no bearing on theirs; a row of nobody, or of a subject that was
    skipped, may be anybody's.
    """
    meant = set(map(id, chosen))
    of_others = {
        (published.sheets[each.sheet].file, published.sheets[each.sheet].sheet, line)
        for subject, came_from in zip(published.subjects, published.came_from, strict=False)
        if id(subject) not in meant
        for each in came_from
        for line in each.rows
    }
    return any(item.lost and (item.file, item.sheet, item.line) not in of_others for item in published.problems)
