"""The outlook with a method for each shape in which people look at it."""

from pathlib import Path
from typing import Any

from ilacs_rules.outlook.chart import to_chart
from ilacs_rules.outlook.diary import to_ics
from ilacs_rules.outlook.markdown import to_markdown
from ilacs_rules.outlook.notebook import outlook_as_html
from ilacs_rules.outlook.page.rendering import to_html
from ilacs_rules.outlook.picture.drawing import to_svg
from ilacs_rules.outlook.saving import save
from ilacs_rules.outlook.value import Seen
from ilacs_rules.outlook.workbook import to_xlsx

__all__ = ["Outlook"]


class Outlook(Seen):
    """What some subjects have to expect, as it stood on one day; every report, workbook and calendar is made from it.

    Attributes:
        as_of: the day asked about.
        until: what opens after this day is left out of lists and counted in ``beyond``; ``None``: nothing is left out.
        subjects: each subject that could be answered, in the order given.
        not_answered: the others, each with the reason.
        not_read: what could not be read of the file they came from, where ``outlook`` was given one.
        practice: whether each window has beside it what was seen to happen.
        rulebook, fingerprint: the version that answered.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> seen = ir.outlook([agency], as_of=date(2024, 3, 1))
    >>> seen
    Outlook(as_of=2024-03-01, subjects=1, activities=2, not_answered=0, not_read=0)
    >>> seen.required == ir.required_activities(agency, as_of=date(2024, 3, 1))
    True
    >>> Outlook.model_validate_json(seen.model_dump_json()) == seen
    True
    """

    def to_html(self) -> str:
        """A report as one file of HTML: it needs no server and no network, and prints well.

        Raises:
            MissingExtraError: the extra ``outlook`` is not installed.
        """
        return to_html(self)

    def to_markdown(self) -> str:
        """The same as Markdown, for a committee paper."""
        return to_markdown(self)

    def to_svg(self) -> str:
        """The timeline alone, as a picture."""
        return to_svg(self)

    def to_xlsx(self) -> bytes:
        """An Excel workbook: activities, subjects, their history, sources, what was not read.

        Raises:
            MissingExtraError: the extra ``outlook`` is not installed.
        """
        return to_xlsx(self)

    def to_ics(self, *, before: bytes | None = None) -> bytes:
        """A calendar (iCalendar): an event for each day on which a window opens, is nominally due or closes.

        Args:
            before: the calendar given out before this one; what did not change stays as it was, and what is gone is
                cancelled.

        Raises:
            MissingExtraError: the extra ``outlook`` is not installed.
            FileFormatError: ``before`` is not a calendar.
        """
        return to_ics(self, before=before)

    def write(self, *paths: str | Path) -> None:
        """Write files, each in the shape that the ending of its name says: .html, .xlsx, .ics, .svg, .md or .json.

        All are written whole, or none is. A calendar that is there already is taken as the one given out before.

        Raises:
            FileFormatError: a name has another ending, stands twice or cannot be written.
            MissingExtraError: the extra ``outlook`` is needed and not installed.
        """
        save(self, paths)

    def chart(self) -> Any:
        """The timeline as an Altair chart, for notebooks; it can be altered like any other.

        Raises:
            RecordError: there are more than 1,000 subjects; ``to_svg`` and ``to_html`` draw any number.
            MissingExtraError: the extra ``charts`` is not installed.
        """
        return to_chart(self)

    def _repr_html_(self) -> str:
        return outlook_as_html(self)
