"""Published collections of inspections, read whole: subjects, and what could not be read.

Two are known, told apart by their columns: events of local authorities, and events of providers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, Discriminator, Tag

from ilacs_rules.reading import authorities, providers
from ilacs_rules.reading.cells import Found
from ilacs_rules.reading.gathering import Covers, authority_of, provider_of
from ilacs_rules.reading.problems import RowProblem
from ilacs_rules.reading.tables import Log, Row, columns_of, read_table
from ilacs_rules.records import Covered, LocalAuthority, Provider, Subject, Whole
from ilacs_rules.vocabulary import GRADED, Activity, ProviderType

__all__ = ["Coverage", "Published", "read_published"]

Coverage: TypeAlias = Whole | Iterable[Covered | Activity | str]
"""What a subject's record would show, as ``LocalAuthority.covers`` has it."""


def _kind(value: Any) -> str:
    kind = cast("dict[str, object]", value).get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return "local_authority" if kind == "local_authority" else "provider"


class Published(BaseModel):
    """A file of subjects as it was read.

    Attributes:
        subjects: each with its events, by name and urn.
        problems: what could not be read or believed, in the order of the file. Each row is an event of a subject, or
            stands here as ``row skipped``.
        format: ``local_authority_events``, ``provider_events``, or ``subjects`` (JSON).

    >>> Published(subjects=(), problems=(), format="subjects").subjects
    ()
    >>> agency = Provider(type="independent_fostering_agency", name="An agency")
    >>> published = Published(subjects=(agency,), problems=(), format="subjects")
    >>> published
    Published(format='subjects', subjects=1, problems=0)
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
    format: str

    def __repr__(self) -> str:
        counts = f"subjects={len(self.subjects)}, problems={len(self.problems)}"
        return f"Published(format={self.format!r}, {counts})"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a collection would show: every event of some activities, in each of some spans of days.

    The last span ends with the latest first day in the file of any of them: one that began later may have a report
    that was not out yet, so that the file is silent about later days is no evidence that nothing happened.
    """

    activities: frozenset[Activity]
    spans: tuple[tuple[date | None, date | None], ...] = ((None, None),)

    def covered(self, founds: Iterable[Found]) -> Iterator[Covered]:
        events = [found.event for found in founds if found.event and found.event.activity in self.activities]
        last = max((event.first_known for event in events), default=None)
        for since, until in self.spans:
            ends = min(last, until or last) if last else None
            if ends and (since is None or since <= ends):
                yield from (Covered(activity=activity, since=since, until=ends) for activity in sorted(self.activities))


@dataclass(frozen=True, slots=True)
class _Format:
    columns: Sequence[str]
    read: Callable[[Row, Log], Found]
    gather: Callable[[str, Sequence[Found], Covers, Log], Subject | None]
    any_subject: Subject
    shown: tuple[_Shown, ...]
    subjects_may_have_closed: bool = False


_FORMATS = {
    "local_authority_events": _Format(
        authorities.COLUMNS,
        authorities.read_row,
        authority_of,
        LocalAuthority(name=""),
        # Monitoring visits and JTAIs are samples; engagement meetings and plans are not there at all.
        (
            _Shown(GRADED - {Activity.FULL_INSPECTION}),
            _Shown(frozenset({Activity.FOCUSED_VISIT})),
        ),
    ),
    "provider_events": _Format(
        providers.COLUMNS,
        providers.read_row,
        provider_of,
        Provider(type=ProviderType.CHILDRENS_HOME, name=""),
        # Full inspections by year: 1 in 2008; 2, 6 and 78 in 2011-13; 1,164 in 2014 (169 of them before April) and more
        # in each whole year after it. Of April 2020 to March 2021 there is no row of any kind: no file was
        # published for that year, so what happened in it would not be shown.
        (
            _Shown(
                frozenset({Activity.FULL_INSPECTION}),
                ((date(2014, 4, 1), date(2020, 3, 31)), (date(2021, 4, 1), None)),
            ),
        ),
        # A provider that closed is simply not heard of again. Were each one's record taken to the end of the file, 23
        # fostering agencies would be overdue on 1 January 2024, not one of which was inspected again: so a provider's
        # record ends with its own last row.
        subjects_may_have_closed=True,
    ),
}


def read_published(path: str | Path, *, covers: Coverage | None = None) -> Published:
    r"""A published collection of inspections (CSV), whichever of the two it is.

    Nothing is guessed and nothing is lost: a value that cannot be read, or that contradicts its row, is left out and
    reported; a row becomes an event or is reported as skipped. An event keeps the days that are known.

    Args:
        path: the file, in UTF-8 (with or without its mark), UTF-16 with its mark, or Windows-1252, which is reported.
        covers: what the record of each subject would show. By default what the collection is known to hold, up to
            its own last entry (a provider's own, for it may have closed), and without the activities of those of the
            subject's rows that were skipped.

    Raises:
        FileFormatError: there is no such file, or it is not one of the two collections.
        RecordError: ``covers`` is not a coverage of such subjects.

    >>> from tempfile import TemporaryDirectory
    >>> header = ("urn,name,event_type,start_date,end_date,publication_date,overall,leaders,help_protection,"
    ...           "children_in_care,care_leavers,care_and_care_leavers,outcome")
    >>> visit = "80400,an authority,focused_visit,2024-04-09,2024-04-10,2024-05-20,,,,,,,"
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text("\n".join([header, visit, visit.replace("2024-04-09", "9 April")]))
    ...     published = read_published(file)
    >>> [event.first_known.isoformat() for event in published.subjects[0].events]
    ['2024-04-09', '2024-04-10']
    >>> print(published.problems[0])
    line 3, an authority (80400): start_date '9 April' is not a day (expected a day as YYYY-MM-DD): kept without it
    >>> read_published("no such file")
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: no such file: cannot be read (No such file or directory)
    """
    log = Log()
    table = read_table(path, log)
    name = columns_of(table, {name: form.columns for name, form in _FORMATS.items()}, path)
    form, by_urn = _FORMATS[name], dict[str, list[Found]]()
    claimed = None if covers is None else form.any_subject.model_copy(update={"covers": covers}).covers
    for row in table.rows:
        if row["urn"]:
            by_urn.setdefault(row["urn"], []).append(form.read(row, log))
        else:
            log.skip(row, "urn", "is empty: the row belongs to no one", "the subject's number")
    everyone = [found for founds in by_urn.values() for found in founds]
    shown = tuple(covered for each in form.shown for covered in each.covered(everyone))
    subjects: list[Subject] = []
    for urn, founds in by_urn.items():
        its_own = () if urn in table.ragged else tuple(_its_own(shown, founds, form.subjects_may_have_closed))
        covered = its_own if claimed is None else claimed
        subject = form.gather(urn, founds, covered, log)
        subjects += [subject] if subject else []
    return Published(
        subjects=tuple(sorted(subjects, key=lambda subject: (subject.name, subject.urn))),
        problems=tuple(sorted(log.problems, key=lambda problem: problem.line)),
        format=name,
    )


def _its_own(shown: Iterable[Covered], founds: Iterable[Found], may_have_closed: bool) -> Iterator[Covered]:
    """What the record of one subject shows: no days after it may have closed, no activities of skipped rows."""
    lost = {found.activity for found in founds if not found.event}
    if None in lost:
        return
    seen = max((found.event.first_known for found in founds if found.event), default=date.min)
    for covered in shown:
        until = min(covered.until or date.max, seen) if may_have_closed else covered.until
        if covered.activity not in lost and (covered.since is None or until is None or covered.since <= until):
            yield Covered(activity=covered.activity, since=covered.since, until=until)
