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
    """One sheet of a file, or a file that has no sheets.

    Attributes:
        file, sheet: what it is called; ``sheet`` is empty for a file that is no workbook.
        format, title: the format it has, for programs and for people; empty where it was not read.
        header: the row in which its header stands, from 1.
        rows: how many rows below the header tell of a subject.
        events: how many events they tell of, also those that another row tells of too.
        as_at: the day that it is of, where it says so.
        unread: the columns that are not read.
        why_not: why it was not read; empty where it was.
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
    """Rows of one sheet that tell of a subject: the place of the sheet among ``sheets``, and the rows, from 1."""

    sheet: int
    rows: tuple[int, ...]


def _kind(value: Any) -> str:
    kind = cast("dict[str, object]", value).get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return "local_authority" if kind == "local_authority" else "provider"


class Published(BaseModel):
    """Files as they were read, as one record.

    Attributes:
        subjects: each with its events, by name and number.
        problems: what could not be read or believed, by file, sheet and row.
        sheets: every sheet of every file, read or not.
        came_from: of each subject, in the same order, the rows that tell of it.

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
        """The formats of the sheets that were read, each once: ``subjects`` stands for JSON."""
        return tuple(dict.fromkeys(sheet.format for sheet in self.sheets if sheet.format))

    def problems_by_kind(self) -> tuple[ProblemKind, ...]:
        """The problems by kind: what is lost first, then the most frequent."""
        return by_kind(self.problems)

    def where(self, subject: Subject | str) -> tuple[str, ...]:
        """Where the rows of a subject stand: of a subject, or of its number or name.

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
