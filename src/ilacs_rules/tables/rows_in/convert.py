"""Subjects as tables: what a reader of files has found, ready to be asked about at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

import polars as pl

from ilacs_rules.records import LocalAuthority, Provider, Subject
from ilacs_rules.records.given import subjects_given
from ilacs_rules.tables.refusals import Problem
from ilacs_rules.tables.schema import COVERS, EVENTS, SUBJECTS, Column
from ilacs_rules.tables.words import JUDGEMENTS

__all__ = ["Records", "from_subjects", "problems_of", "records_of"]

_HOLDS = {"day": pl.Date, "text": pl.String, "id": pl.Int64, "word": pl.String}


class Records(NamedTuple):
    """Subjects as the three tables that the functions of this room take.

    Attributes:
        events: one row for each event.
        subjects: one row for each subject.
        covers: what each record shows in full.

    >>> records = from_subjects([Provider(type="childrens_home", name="A home")])
    >>> records.subjects.height, records.events.height
    (1, 0)
    """

    events: pl.DataFrame
    subjects: pl.DataFrame
    covers: pl.DataFrame


def records_of(given: object) -> Records | None:
    """Subjects that were given in the place of a table, as tables. ``None`` if something else was given.

    One subject; a list of them, or anything that goes through some; or what a reader of files found.

    Raises:
        RecordError: something among them is not a subject.

    >>> home = Provider(type="childrens_home", name="A home")
    >>> records_of([home]).subjects["name"].to_list(), records_of([1, 2]) is None
    (['A home'], True)
    >>> records_of([home, "another"])
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: subjects[1]: is not a subject (found 'another'; expected LocalAuthority or ...
    """
    if isinstance(given, LocalAuthority | Provider):
        return from_subjects([given])
    ours = type(given).__module__.startswith("ilacs_rules.")
    found: object = getattr(given, "subjects", None) if ours else given
    if isinstance(found, str | bytes) or not isinstance(found, Sequence | Iterator | set | frozenset):
        return None
    items = list(cast("Iterable[object]", found))
    if items and not any(isinstance(item, LocalAuthority | Provider) for item in items):
        return None
    return from_subjects(cast("list[Subject]", items))


def problems_of(given: object) -> tuple[Problem, ...]:
    """What a reader of files could not use; nothing of anything else that was given.

    >>> problems_of([Provider(type="childrens_home", name="A home")])
    ()
    """
    ours = type(given).__module__.startswith("ilacs_rules.")
    return tuple(getattr(given, "problems", ())) if ours else ()


def from_subjects(subjects: Iterable[Subject]) -> Records:
    """Subjects as tables of events, of subjects, and of what their records cover. Each subject is named by its place.

    Raises:
        RecordError: something among them is not a subject.

    >>> from ilacs_rules import Event, Provider
    >>> visit = Event(activity="full_inspection", published="1 May 2024")
    Traceback (most recent call last):
    ilacs_rules.errors.RecordError: published: is not a date ...
    >>> records = from_subjects([Provider(type="childrens_home", name="A home", covers=["full_inspection"])])
    >>> records.subjects.height, records.events.height, records.covers["activity"].to_list()
    (1, 0, ['full_inspection'])
    """
    rows: dict[str, list[dict[str, object]]] = {"events": [], "subjects": [], "covers": []}
    for number, subject in enumerate(subjects_given(subjects)):
        own = _OF_AUTHORITY if isinstance(subject, LocalAuthority) else _OF_PROVIDER
        named: dict[str, object] = {
            "subject": number,
            "type": str(subject.type),
            "name": subject.name,
            "urn": subject.urn,
            "region": subject.region or None,
            "predecessor": getattr(subject, "predecessor", "") or None,
            "not_used": "; ".join(subject.not_used) or None,
            **{name: getattr(subject, name) for name in own},
        }
        rows["subjects"].append(named)
        for event in subject.events:
            given = {name: getattr(event, name) for name in EVENTS if name not in JUDGEMENTS and name != "subject"}
            rows["events"].append({"subject": number, **given, **event.judgements.given()})
        if isinstance(subject.covers, str):
            rows["covers"].append({"subject": number, "activity": subject.covers})
            continue
        for item in subject.covers:
            rows["covers"].append(
                {"subject": number, "activity": item.activity.value, "since": item.since, "until": item.until}
            )
    return Records(_frame(rows["events"], EVENTS), _frame(rows["subjects"], SUBJECTS), _frame(rows["covers"], COVERS))


_OF_AUTHORITY = ("created", "abolished")
_OF_PROVIDER = ("registered", "closed", "registration_status", "status_as_at")


def _frame(rows: list[dict[str, object]], columns: Mapping[str, Column]) -> pl.DataFrame:
    words = [{name: str(value) if isinstance(value, str) else value for name, value in row.items()} for row in rows]
    return pl.DataFrame(words, schema={name: _HOLDS[column.holds] for name, column in columns.items()})
