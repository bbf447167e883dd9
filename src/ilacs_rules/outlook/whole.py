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
    """What councils and settings can expect, as it stood on one day. Reports, workbooks and calendars are made from it.

    Attributes:
        as_of: the day you asked about.
        until: activities that open after this day are left out of lists and counted in ``beyond``. ``None`` leaves
            nothing out.
        subjects: each subject that could be answered, in the order in which you gave them.
        not_answered: the other subjects, each with the reason.
        not_read: what could not be read of the file that they came from, if you gave one.
        practice: whether each window has beside it when the same happened to others.
        rulebook, fingerprint: the version of the rulebook that answered.

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
        """A report as one HTML file. It needs no server and no network, and prints well.

        Returns:
            The text of the file.

        Raises:
            MissingExtraError: the extra ``outlook`` is not installed.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> "An agency" in ir.outlook(agency, as_of="2024-03-01").to_html()
        True
        >>> ir.outlook([], as_of="2024-03-01").to_html().startswith("<!doctype html>")
        True
        """
        return to_html(self)

    def to_markdown(self) -> str:
        """The outlook as Markdown text, for a committee paper. It raises no error.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> "An agency" in ir.outlook(agency, as_of="2024-03-01").to_markdown()
        True
        >>> ir.outlook([], as_of="2024-03-01").to_markdown().startswith("#")
        True
        """
        return to_markdown(self)

    def to_svg(self) -> str:
        """The timeline alone, as the text of an SVG picture. It raises no error.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> ir.outlook(agency, as_of="2024-03-01").to_svg().startswith("<svg")
        True
        >>> "</svg>" in ir.outlook([], as_of="2024-03-01").to_svg()
        True
        """
        return to_svg(self)

    def to_xlsx(self) -> bytes:
        """An Excel workbook with sheets for activities, subjects, their history, sources, and what was not read.

        Returns:
            The bytes of the file.

        Raises:
            MissingExtraError: the extra ``outlook`` is not installed.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> ir.outlook(agency, as_of="2024-03-01").to_xlsx()[:2]
        b'PK'
        >>> ir.outlook([], as_of="2024-03-01").to_xlsx()[:2]
        b'PK'
        """
        return to_xlsx(self)

    def to_ics(self, *, before: bytes | None = None) -> bytes:
        """A calendar (iCalendar), with an event for each day on which a window opens, is nominally due or closes.

        Args:
            before: the calendar that you gave out before this one. Entries that did not change stay as they were, and
                entries that no longer apply are cancelled.

        Returns:
            The bytes of the file.

        Raises:
            MissingExtraError: the extra ``outlook`` is not installed.
            FileFormatError: ``before`` is not a calendar.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> ir.outlook(agency, as_of="2024-03-01").to_ics()[:15]
        b'BEGIN:VCALENDAR'
        >>> ir.outlook(agency, as_of="2024-03-01").to_ics(before=b"not a calendar")
        Traceback (most recent call last):
        ilacs_rules.errors.FileFormatError: ...
        """
        return to_ics(self, before=before)

    def write(self, *paths: str | Path) -> None:
        """Write one or more files. The ending of each name decides what it is: .html, .xlsx, .ics, .svg, .md or .json.

        Either all files are written in full, or none is. A calendar that exists already is updated.

        Raises:
            FileFormatError: a name has another ending, comes twice or cannot be written.
            MissingExtraError: a file needs the extra ``outlook``, and it is not installed.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> from tempfile import TemporaryDirectory
        >>> from pathlib import Path
        >>> with TemporaryDirectory() as folder:
        ...     ir.outlook(agency, as_of="2024-03-01").write(f"{folder}/paper.md")
        ...     print([path.name for path in Path(folder).iterdir()])
        ['paper.md']
        >>> ir.outlook(agency, as_of="2024-03-01").write("paper.doc")
        Traceback (most recent call last):
        ilacs_rules.errors.FileFormatError: ...
        """
        save(self, paths)

    def chart(self) -> Any:
        """The timeline as an Altair chart, for notebooks. You can change it like any other chart.

        Raises:
            RecordError: there are more than 1,000 subjects. ``to_svg`` and ``to_html`` draw any number.
            MissingExtraError: the extra ``charts`` is not installed.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> type(ir.outlook(agency, as_of="2024-03-01").chart()).__name__
        'LayerChart'
        >>> type(ir.outlook([], as_of="2024-03-01").chart()).__name__
        'LayerChart'
        """
        return to_chart(self)

    def _repr_html_(self) -> str:
        return outlook_as_html(self)
