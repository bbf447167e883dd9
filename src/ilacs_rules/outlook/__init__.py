"""Answers out, as people look at them: one definition of what is shown, and a shape for each place where it is read.

``ilacs_rules.outlook`` is this room's function; its modules are imported when they are first needed.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook

if TYPE_CHECKING:
    from ilacs_rules.outlook.whole import Outlook
    from ilacs_rules.reading import Published

__all__ = ["outlook"]


def outlook(
    subjects: "Iterable[Subject] | Subject | Published",
    *,
    as_of: date | str,
    until: date | str | None = None,
    rulebook: Rulebook | None = None,
    practice: bool = True,
) -> "Outlook":
    """What councils and settings can expect.

    That is what is required, what may come, what was done, and what could not be read.

    Args:
        subjects: one subject, a list of subjects, or a file as ``ilacs_rules.read`` gave it. What could not be read of
            the file is kept too.
        as_of: the day you ask about, as a ``date`` or as text in the form YYYY-MM-DD. You must give one.
        until: how far to look ahead. Activities that open after this day are left out of lists and counted.
        rulebook: a rulebook of your own. Without it, the shipped one answers.
        practice: whether to show, beside each window, when others like it were seen to begin the same. This is
            measured. It is never a rule and changes no answer. ``False`` leaves it out.

    Raises:
        RecordError: something is not a subject, a date or a rulebook, or ``until`` is before ``as_of``.

    A subject that cannot be answered is not an error. It is listed in ``not_answered``, with the reason.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> seen = ir.outlook([agency], as_of=date(2024, 8, 15))
    >>> [(row.group.value, row.turns.isoformat()) for row in seen.rows]
    [('days_30', '2024-08-31'), ('open', '2027-01-31')]
    >>> ir.outlook([agency], as_of=date(2024, 8, 15), until=date(2024, 8, 30)).beyond
    1
    >>> ir.outlook([agency], as_of=date(1999, 8, 15)).not_answered[0].error.kind
    'OutsideRulebookError'
    """
    from ilacs_rules.outlook.making import made  # noqa: PLC0415 - most programs show nothing

    return made(subjects, as_of=as_of, until=until, rulebook=rulebook, practice=practice)
