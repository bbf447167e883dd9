"""A draft: the rows of a rulebook, each able to stand by itself, before it is proved that together they answer."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, Self

from pydantic import ValidationInfo, model_validator

from ilacs_rules.dates import WorkingDays
from ilacs_rules.errors import RulebookError, nearest
from ilacs_rules.rulebook.checking import SUBJECT_TYPES, check_rule, place_of
from ilacs_rules.rulebook.councils import Council, check_councils
from ilacs_rules.rulebook.forms import RowDay
from ilacs_rules.rulebook.holidays import BankHolidays
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.shared import Expected, FrameworkReading, Suspension, Track
from ilacs_rules.rulebook.sources import Source, Written
from ilacs_rules.values import Text
from ilacs_rules.values.given import instance, items

__all__ = ["PROVED", "Draft"]

PROVED: dict[str, Any] = {"proved": True}
"""The context in which a rulebook is read whose proof has been made before: see ``compiled``."""


class Draft(Written):
    """The rows of a rulebook before it is proved.

    It may have gaps and overlaps. It answers no question, but it can be checked. A ``Rulebook`` is a draft that has
    been proved, and has the same attributes.

    Raises:
        RulebookError: a row that cannot stand. The error names the row and the key.

    >>> from ilacs_rules import load_draft
    >>> draft = load_draft()
    >>> draft.rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months").track
    'inspection'
    >>> Draft(version="mine", tracks=(), readings=(), suspensions=(), sources=(), rules=draft.rules[:1])
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: ... is not known ...
    """

    version: Text
    until: RowDay | None = None
    tracks: tuple[Track, ...]
    readings: tuple[FrameworkReading, ...]
    suspensions: tuple[Suspension, ...]
    expected: tuple[Expected, ...] = ()
    bank_holidays: tuple[BankHolidays, ...] = ()
    councils: tuple[Council, ...] = ()
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _rows_can_stand(self, info: ValidationInfo) -> Self:
        if info.context is not PROVED:
            self._check_ids()
            tracks = {track.id: track for track in self.tracks}
            readings, sources = {reading.id for reading in self.readings}, {source.id for source in self.sources}
            self._check_years()
            check_councils(self.councils)
            for council in self.councils:
                named = [citation.source for citation in council.sources]
                _known(named, sources, f"council {council.name}: sources", "is not known")
            for rule in self.rules:
                self._check_names(rule, tracks, readings, sources)
                check_rule(rule)
            self._check_kinds()
        return self

    def _check_ids(self) -> None:
        kinds: dict[str, list[tuple[str, str]]] = {
            "rule": [(row.id, place_of(row, "id")) for row in self.rules],
            "track": [(row.id, f"track {row.id}: id") for row in self.tracks],
            "reading": [(row.id, f"reading {row.id}: id") for row in self.readings],
            "source": [(row.id, f"source {row.id}: id") for row in self.sources],
            "suspension": [(row.id, f"suspension {row.id}: id") for row in self.suspensions],
            "expected": [(row.id, f"expected {row.id}: id") for row in self.expected],
        }
        for rows in kinds.values():
            seen: set[str] = set()
            for name, place in rows:
                if name in seen:
                    raise RulebookError("appears twice", field=place, value=name, expected="a different id")
                seen.add(name)

    def _check_kinds(self) -> None:
        """Every track, suspension and change to come is of kinds of subject, and of tracks, that there are."""
        tracks = {track.id for track in self.tracks}
        for track in self.tracks:
            _known(track.answers, SUBJECT_TYPES, f"track {track.id}: answers", "is not a subject type")
        rows: tuple[tuple[str, Suspension | Expected], ...] = (
            *(("suspension", row) for row in self.suspensions),
            *(("expected", row) for row in self.expected),
        )
        for what, row in rows:
            _known(row.applies_to, SUBJECT_TYPES, f"{what} {row.id}: applies_to", "is not a subject type")
            _known(row.tracks, tracks, f"{what} {row.id}: tracks", "is not known")

    def _check_names(self, rule: Rule, tracks: Mapping[str, Track], readings: set[str], sources: set[str]) -> None:
        _known((rule.track,), tracks, place_of(rule, "track"), "is not known")
        _known(rule.readings, readings, place_of(rule, "readings"), "is not known")
        _known([citation.source for citation in rule.sources], sources, place_of(rule, "sources"), "is not known")
        problem = f"track {rule.track} does not apply to it"
        _known(rule.applies_to, tracks[rule.track].answers, place_of(rule, "applies_to"), problem)

    def _check_years(self) -> None:
        """Refuse years of bank holidays that are not in order and whole, and a count of working days without any."""
        for before, row in pairwise(self.bank_holidays):
            if row.year != before.year + 1:
                raise RulebookError(
                    "does not follow", field="bank_holidays: year", value=row.year, expected=str(before.year + 1)
                )
        for rule in () if self.bank_holidays else self.rules:
            for key in ("opens", "due", "closes", "runs_from"):
                if "working day" in (getattr(rule, key) or ""):
                    raise RulebookError(
                        "counts working days, but the rulebook has no bank holidays",
                        field=place_of(rule, key),
                        value=getattr(rule, key),
                        expected="[[bank_holidays]] of the years that it can reach",
                    )

    @cached_property
    def working_days(self) -> WorkingDays:
        """The working days of the years whose bank holidays it holds."""
        expected = (row.year for row in self.bank_holidays if not row.proclaimed)
        return WorkingDays({row.year: row.days for row in self.bank_holidays}, expected)

    def rows_of(self, track: Track, subject_type: str) -> list[Rule]:
        """The rules of a track that apply to a kind of subject, in the order of the files."""
        instance(track, Track, "track", called="a track", expected="a Track of this rulebook")
        return [rule for rule in self._by_track.get(track.id, ()) if subject_type in rule.applies_to]

    @cached_property
    def _by_track(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.track, []).append(rule)
        return found

    @property
    def subject_types(self) -> tuple[str, ...]:
        """The kinds of subject that it has rules for, in order."""
        return tuple(kind for kind in SUBJECT_TYPES if any(kind in track.answers for track in self.tracks))

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id.

        Raises:
            RulebookError: there is no such rule. The message gives the nearest.

        >>> from ilacs_rules import load_rulebook
        >>> load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months").track
        'inspection'
        >>> load_rulebook().rule("inadequate_fostering_agency")
        Traceback (most recent call last):
        ilacs_rules.errors.RulebookError: rule: is not a rule of this rulebook (found ...
        """
        if not isinstance(rule_id, str) or rule_id not in self._by_id:  # pyright: ignore[reportUnnecessaryIsInstance]
            expected = nearest(rule_id, self._by_id, many="the id of a rule; `ilacs-rules rules` lists them")
            raise RulebookError("is not a rule of this rulebook", field="rule", value=rule_id, expected=expected)
        return self._by_id[rule_id]

    def part(self, tracks: Collection[str]) -> "Draft":
        """The rows of some tracks, not proved, with what suspends them and what is expected of them.

        >>> from ilacs_rules import load_draft
        >>> part = load_draft().part({"visits_between"})
        >>> {rule.track for rule in part.rules}
        {'visits_between'}
        """
        names = {name for name in items(tracks, "tracks", "ids of tracks") if isinstance(name, str)}
        cut = {
            "tracks": tuple(track for track in self.tracks if track.id in names),
            "rules": tuple(rule for rule in self.rules if rule.track in names),
            "suspensions": tuple(_of_tracks(self.suspensions, names)),
            "expected": tuple(_of_tracks(self.expected, names)),
        }
        return Draft.model_validate({name: getattr(self, name) for name in Draft.model_fields} | cut)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, with other rows where ``update`` brings some: checked like the original, a rulebook proved too.

        If ``update`` brings other tracks but no other suspensions, the suspensions of tracks that are gone are left
        out. So are changes expected of them.

        >>> from ilacs_rules import load_draft
        >>> whole = load_draft()
        >>> visits = [track for track in whole.tracks if track.id == "visits_between"]
        >>> rules = [rule for rule in whole.rules if rule.track == "visits_between"]
        >>> part = whole.model_copy(update={"tracks": visits, "rules": rules})
        >>> len(part.suspensions) < len(whole.suspensions)
        True
        """
        given = dict(update or {})
        tracks = given.get("tracks")
        named = () if tracks is None else items(tracks, "tracks", "a list of tracks")
        left = {track.id for track in named if isinstance(track, Track)}
        for name in ("suspensions", "expected") if tracks is not None else ():
            given.setdefault(name, tuple(_of_tracks(getattr(self, name), left)))
        return super().model_copy(update=given, deep=deep)


def _of_tracks(rows: Iterable[Suspension | Expected], left: set[str]) -> Iterator[Suspension | Expected]:
    for row in rows:
        tracks = tuple(name for name in row.tracks if name in left)
        if tracks:
            yield row if tracks == row.tracks else row.model_copy(update={"tracks": tracks})


def _known(names: Iterable[str], known: Collection[str], place: str, problem: str) -> None:
    for name in names:
        if name not in known:
            raise RulebookError(problem, field=place, value=name, expected=nearest(name, known))
