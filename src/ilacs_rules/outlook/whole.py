"""The outlook with a method for each shape in which people look at it."""

from ilacs_rules.outlook.markdown import to_markdown
from ilacs_rules.outlook.page.rendering import to_html
from ilacs_rules.outlook.picture.drawing import to_svg
from ilacs_rules.outlook.value import Seen

__all__ = ["Outlook"]


class Outlook(Seen):
    """What some subjects have to expect, as it stood on one day; every report, workbook and calendar is made from it.

    Attributes:
        as_of: the day asked about.
        until: what opens after this day is left out of lists and counted in ``beyond``; ``None``: nothing is left out.
        subjects: each subject that could be answered, in the order given.
        not_answered: the others, each with the reason.
        not_read: what could not be read of the file they came from, where ``outlook`` was given one.
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
