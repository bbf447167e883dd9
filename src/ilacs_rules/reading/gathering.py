"""From the rows about one subject to the subject: one name, one type, one day of registration, its events."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from typing import TypeAlias, TypedDict, TypeVar

from ilacs_rules.errors import RecordError, in_text, nearest
from ilacs_rules.reading.councils import days_of_council
from ilacs_rules.reading.lifetimes import lifetime_of
from ilacs_rules.reading.log import Log
from ilacs_rules.reading.same_event import events_of
from ilacs_rules.reading.spelling import as_council
from ilacs_rules.reading.told import AUTHORITY, Told
from ilacs_rules.reading.words import as_key, region_names
from ilacs_rules.records import Covered, Event, LocalAuthority, Provider, Subject, Whole, without_places
from ilacs_rules.vocabulary import ProviderType

__all__ = ["Covers", "subject_of"]

_Value = TypeVar("_Value")
Covers: TypeAlias = Whole | tuple[Covered, ...]
"""What a subject's record would show, as its ``covers`` holds it."""
_NOTHING = ("", "nan", "nat", "null", "#n/a")
"""What programs write into a cell in which nothing stands."""
_NO_NAMES = (*_NOTHING, "redacted")


class _Always(TypedDict):
    """What is told alike of every subject."""

    covers: Covers
    region: str


def subject_of(rows: Sequence[Told], covers: Covers, log: Log) -> Subject | None:
    """The subject that some rows tell of; ``None`` where they do not say what kind it is, and it is skipped."""
    # Of a row that does not fit its header only the number is believed.
    whole = [told for told in rows if not told.broken]
    if not whole:
        return None
    always: _Always = {"covers": covers, "region": _region(whole)}
    make = _authority if whole[0].kind == AUTHORITY else _provider
    every, rows = rows, whole
    try:
        subject = make(rows, always, log)
        # Only now is it known which values contradict one another.
        lost = _not_used(every)
        return subject.model_copy(update={"not_used": lost}) if subject and lost else subject
    except RecordError as error:
        # What no single row shows: that its events cannot all have happened.
        _skip_all(rows, log, without_places(error))
        return None


def _not_used(rows: Sequence[Told]) -> tuple[str, ...]:
    """What of some rows could not be used: whole rows, then values, each kind of fault with how many there are."""
    lost = Counter(what for told in rows for what in told.row.lost)
    without = Counter(what for told in rows for what in told.row.without)
    return tuple(
        f"{count} {noun}{'s' if count > 1 else ''}: {what}"
        for noun, found in (("row", lost), ("value", without))
        for what, count in sorted(found.items())
    )


def _skip_all(rows: Sequence[Told], log: Log, error: RecordError) -> None:
    value = in_text(error.value)
    log.add("subject skipped", rows[-1].row, error.field, error.problem, error.expected, value=value)
    for told in rows:
        for found in told.founds:
            if found.event:
                log.add("row skipped", found.row, "row", "is about a subject that was skipped")


def _region(rows: Sequence[Told]) -> str:
    """The region as of the latest row that names one; a code in full."""
    region = _latest_text(rows, "region")
    return region_names().get(region, region)


def _latest_text(rows: Sequence[Told], name: str, none: Collection[str] = _NOTHING) -> str:
    """What the latest row that says something says; of several of one day the one that is last in the alphabet."""
    last, said = None, ""
    for told in sorted(rows, key=attrgetter("day"), reverse=True) if len(rows) > 1 else rows:
        if said and told.day != last:
            break
        text = told.row.text(name)
        if text.casefold() not in none and text > said:
            last, said = told.day, text
    return said


def _urn(rows: Sequence[Told]) -> str:
    return next((told.urn for told in rows if told.urn), "")


def _events(rows: Sequence[Told], log: Log) -> tuple[Event, ...]:
    return events_of([found for told in rows for found in told.founds], log)


def _authority(rows: Sequence[Told], always: _Always, log: Log) -> LocalAuthority:
    urn = _urn(rows)
    _of_latest(rows, "name", lambda told: as_council(told.row.text("name")), log)
    # Of names that are the same, one with capitals is how the council writes itself.
    named = [
        " ".join(name.split()) for told in sorted(rows, key=lambda told: told.day) if (name := told.row.text("name"))
    ]
    named = named or [text for told in rows if (text := told.row.text("subject"))][-1:]
    if not named:
        log.add(
            "kept",
            rows[0].row,
            "name",
            "is empty in every row with this number, so the number is used as its name",
            "a name",
        )
    latest = named[-1:] and as_council(named[-1])
    capital = [name for name in named if as_council(name) == latest and not name.islower()]
    name = (capital or named or [urn])[-1]
    events = _events(rows, log)
    days = days_of_council(rows, name, urn, events, log)
    if all(told.former for told in rows):
        name = f"{name} (before the restructure)"
    return LocalAuthority(name=name, urn=urn, events=events, **days, **always)


def _provider(rows: Sequence[Told], always: _Always, log: Log) -> Provider | None:
    kind = _type_of(rows, log)
    if kind is None:
        return None
    urn, events = _urn(rows), _events(rows, log)
    # Names of homes are not published, so that the number is the name.
    name = " ".join(_latest_text(rows, "name", _NO_NAMES).split()) or urn or rows[0].row.text("subject")
    lifetime = lifetime_of(rows, events, log)
    return Provider(type=kind, name=name, urn=urn, events=events, **lifetime, **always)


def _type_of(rows: Sequence[Told], log: Log) -> ProviderType | None:
    """The kind of provider as of its latest row. Where that cannot be told all is skipped: rules differ by kind."""
    kinds = {told.kind for told in rows}
    if len(kinds) == 1 and not any(told.corrected for told in rows):
        (kind,) = kinds
        if isinstance(kind, ProviderType):
            return kind
    latest = max(rows, key=lambda told: (told.kind is not None, told.day))
    now = {told.kind for told in rows if told.kind and told.day == latest.day}
    column = latest.row.column_of("type")
    if len(now) != 1:
        words = ", ".join(sorted({told.row.text("type") for told in rows if not now or told.day == latest.day} - {""}))
        problem = "has two values on the latest day" if now else "is not a known provider type" if words else "is empty"
        expected = nearest(as_key(words), ProviderType)
        error = RecordError(problem, field=rows[-1].row.column_of("type"), value=words, expected=expected)
        _skip_all(rows, log, error)
        return None
    unknown = {told.row.text("type"): told.row for told in rows if not told.kind}
    for text, row in unknown.items():
        problem = "is not a known provider type" if text else "is empty"
        log.add("kept", row, row.column_of("type"), problem, nearest(as_key(text), ProviderType), value=text)
    if correction := latest.corrected:
        problem = f"is corrected: {correction.because}"
        log.add("kept", latest.row, column, problem, correction.means, value=correction.says)
    kind = _of_latest(rows, "type", lambda told: told.kind, log)
    return kind if isinstance(kind, ProviderType) else None


def _of_latest(rows: Sequence[Told], name: str, read: Callable[[Told], _Value | None], log: Log) -> _Value | None:
    """What the subject's latest row that says it says; that earlier rows said something else is reported once."""
    known = [(told, value) for told in sorted(rows, key=lambda told: told.day) if (value := read(told))]
    if not known:
        return None
    latest, value = known[-1]
    others = [told for told, other in known if other != value]
    if others:
        words = ", ".join(sorted({told.row.text(name) for told in others}))
        row = others[-1].row
        problem = f"differs from the subject's latest row, which is used instead: line {latest.row.line}"
        log.add("kept", row, row.column_of(name), problem, latest.row.text(name), value=words)
    return value
