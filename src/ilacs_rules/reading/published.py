"""What was read: the subjects, the problems met, and which sheets everything came from."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, Discriminator, Tag

from ilacs_rules.errors import RecordError
from ilacs_rules.reading.problems import ProblemKind, RowProblem, by_kind
from ilacs_rules.records import Covered, LocalAuthority, Provider, Subject, Whole
from ilacs_rules.vocabulary import Activity

__all__ = ["CameFrom", "Coverage", "Published", "SheetRead"]

Coverage: TypeAlias = Whole | Iterable[Covered | Activity | str]
"""What a subject's record would show, as ``LocalAuthority.covers`` has it."""


class SheetRead(BaseModel):
    r"""One sheet of a file, or a file that has no sheets.

    Attributes:
        file: the name of the file.
        sheet: the name of the sheet. Empty if the file is not a workbook.
        format, title: the id and the name of the format. Empty if it was not read.
        header: the row that holds the header, from 1.
        rows: how many rows below the header tell of a subject.
        events: how many events these rows tell of. An event counts again if another row tells of it too.
        as_at: the day for which the sheet holds, if it says so.
        unread: the columns that were not read.
        why_not: why the sheet was not read. Empty if it was.

    >>> from io import StringIO
    >>> import ilacs_rules as ir
    >>> head = "URN,Provision type,Event type,Inspection date,Publication date,Overall effectiveness"
    >>> row = "SC000001,Children's home,Full inspection,12/05/2024,24/06/2024,Good"
    >>> seen = ir.read(StringIO(f"Provider level as at 31 March 2025\n{head}\n{row}\n")).sheets[0]
    >>> seen.header, seen.rows, seen.as_at.isoformat()
    (2, 1, '2025-03-31')
    >>> SheetRead(file="notes.xlsx", sheet="Notes", why_not="it has no header").format
    ''
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sheet: str = ""
    format: str = ""
    title: str = ""
    header: int = 0
    rows: int = 0
    events: int = 0
    as_at: date | None = None
    unread: tuple[str, ...] = ()
    why_not: str = ""


class CameFrom(NamedTuple):
    """Rows of one sheet that tell of a subject.

    Attributes:
        sheet: the place of the sheet among ``Published.sheets``, from 0.
        rows: the numbers of the rows, from 1.

    >>> CameFrom(sheet=0, rows=(3, 7)).rows
    (3, 7)
    >>> CameFrom(0, ()).rows
    ()
    """

    sheet: int
    rows: tuple[int, ...]


def _kind(value: Any) -> str:
    kind = cast("dict[str, object]", value).get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return "local_authority" if kind == "local_authority" else "provider"


class Published(BaseModel):
    """Files as they were read, as one record.

    Attributes:
        subjects: each council or setting with its events, in order of name and number.
        problems: what could not be read or believed, in order of file, sheet and row.
        sheets: every sheet of every file, read or not.
        came_from: for each subject, in the same order, the rows that tell of it.

    >>> Published(subjects=(), problems=(), sheets=()).subjects
    ()
    >>> agency = Provider(type="independent_fostering_agency", name="An agency")
    >>> published = Published(subjects=(agency,), problems=(), sheets=())
    >>> published
    Published(subjects=1, problems=0, sheets=0)
    >>> Published.model_validate_json(published.model_dump_json()) == published
    True
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subjects: tuple[
        Annotated[
            Annotated[LocalAuthority, Tag("local_authority")] | Annotated[Provider, Tag("provider")],
            Discriminator(_kind),
        ],
        ...,
    ]
    problems: tuple[RowProblem, ...]
    sheets: tuple[SheetRead, ...]
    came_from: tuple[tuple[CameFrom, ...], ...] = ()

    def __repr__(self) -> str:
        counts = (f"{name}={len(getattr(self, name))}" for name in ("subjects", "problems", "sheets"))
        return f"Published({', '.join(counts)})"

    __str__ = __repr__

    @property
    def formats(self) -> tuple[str, ...]:
        """The ids of the formats that were read, each once. For JSON this is ``subjects``.

        >>> Published(subjects=(), problems=(), sheets=(SheetRead(file="a.csv", format="mine"),)).formats
        ('mine',)
        >>> Published(subjects=(), problems=(), sheets=()).formats
        ()
        """
        return tuple(dict.fromkeys(sheet.format for sheet in self.sheets if sheet.format))

    def problems_by_kind(self) -> tuple[ProblemKind, ...]:
        """The problems counted by kind: first what is lost, then the most frequent. It raises no error.

        >>> Published(subjects=(), problems=(), sheets=()).problems_by_kind()
        ()
        """
        return by_kind(self.problems)

    def where(self, subject: Subject | str) -> tuple[str, ...]:
        """The sheets and rows that tell of a subject.

        Args:
            subject: a subject, or its number or name.

        Returns:
            Each place in words. Empty if no row tells of it.

        Raises:
            RecordError: ``subject`` is not a subject, and not text.

        >>> Published(subjects=(), problems=(), sheets=()).where("SC1")
        ()
        """
        given: object = subject
        if not isinstance(given, str | LocalAuthority | Provider):  # pyright: ignore[reportUnnecessaryIsInstance]
            expected = "a LocalAuthority or a Provider, or its number or name"
            raise RecordError("is not a subject", field="subject", value=given, expected=expected)
        return tuple(
            self._words(each)
            for found, came_from in zip(self.subjects, self.came_from, strict=False)
            if found == subject or subject in (found.urn, found.name)
            for each in came_from
        )

    def _words(self, came_from: CameFrom) -> str:
        sheet = self.sheets[came_from.sheet]
        called = f"{sheet.file}, sheet '{sheet.sheet}'" if sheet.sheet else sheet.file
        rows = _listed(came_from.rows)
        return f"{called}, {'row' if sheet.sheet else 'line'}{'s' if len(came_from.rows) > 1 else ''} {rows}"


def _listed(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:10])) + (f" and {len(rows) - 10} more" if len(rows) > 10 else "")
