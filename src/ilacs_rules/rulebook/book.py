"""A rulebook: every rule, its sources, and the proof that each track answers each situation exactly once."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, model_validator

from ilacs_rules.errors import OutsideRulebookError, RulebookError, nearest
from ilacs_rules.rulebook.eras import Answering, Era, eras_of
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.rulebook.rows import Condition, Expected, FrameworkReading, Rule, Source, Suspension, Track
from ilacs_rules.situation import FACTS, Choice, Day, Domain, Number
from ilacs_rules.vocabulary import ProviderType

__all__ = ["Rulebook", "check_condition", "check_rule"]

PROVED: dict[str, Any] = {"proved": True}
"""The context in which a rulebook is read whose proof has been made before: see ``compiled``."""
SUBJECT_TYPES = ("local_authority", *(kind.value for kind in ProviderType))


class Rulebook(BaseModel):
    """Rules as data. It cannot be built with a gap, an overlap, an unknown fact or a rule without a source.

    Attributes:
        version: the edition of the data.
        until: the last day it speaks of, where it is a rulebook as it stood on a day; otherwise nothing.
        tracks, readings, suspensions, expected, sources, rules: its rows, each in the order of the files.

    Raises:
        RulebookError: a row that cannot stand, naming it and the key.
        ProofError: a gap or an overlap, with a case that shows it.

    >>> from ilacs_rules import load_rulebook
    >>> rulebook = load_rulebook()
    >>> rulebook.rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months").strength.value
    'usual'
    >>> Rulebook.model_validate_json(rulebook.model_dump_json()).fingerprint == rulebook.fingerprint
    True
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    version: str
    until: date | None = None
    tracks: tuple[Track, ...]
    readings: tuple[FrameworkReading, ...]
    suspensions: tuple[Suspension, ...]
    expected: tuple[Expected, ...] = ()
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]

    _eras: dict[str, tuple[tuple[date, ...], tuple[Era, ...]]] = PrivateAttr(
        default_factory=dict[str, tuple[tuple[date, ...], tuple[Era, ...]]]
    )

    @model_validator(mode="after")
    def _stands(self, info: ValidationInfo) -> Self:
        if info.context is PROVED:
            return self
        self._check_ids()
        for rule in self.rules:
            self._check_names(rule)
            check_rule(rule)
        for subject_type in SUBJECT_TYPES:
            self.eras_of(subject_type)
        return self

    def eras_of(self, subject_type: str) -> tuple[tuple[date, ...], tuple[Era, ...]]:
        """The first days of every era of one kind of subject, and the eras.

        The proof of its tracks, with the trees that it leaves, is made here and kept.
        """
        if subject_type not in self._eras:
            last = self.until or date.max
            tracks = tuple(
                Answering(
                    track,
                    subject_type,
                    self._rows(track, subject_type),
                    until=self.until,
                    suspensions=self.suspensions,
                    expected=self.expected,
                )
                for track in self.tracks
                if subject_type in track.answers and track.answers[subject_type] <= last
            )
            self._eras[subject_type] = eras_of(tracks, self.rules)
        return self._eras[subject_type]

    def _check_ids(self) -> None:
        kinds: dict[str, list[tuple[str, str]]] = {
            "rule": [(row.id, place_of(row, "id")) for row in self.rules],
            "track": [(row.id, f"track {row.id}: id") for row in self.tracks],
            "reading": [(row.id, f"reading {row.id}: id") for row in self.readings],
            "source": [(row.id, f"source {row.id}: id") for row in self.sources],
        }
        for rows in kinds.values():
            seen: set[str] = set()
            for name, place in rows:
                if name in seen:
                    raise RulebookError("stands twice", field=place, value=name, expected="an id of its own")
                seen.add(name)

    def _check_names(self, rule: Rule) -> None:
        tracks = {track.id: track for track in self.tracks}
        for key, names, known in (
            ("track", (rule.track,), list(tracks)),
            ("readings", rule.readings, [reading.id for reading in self.readings]),
            ("sources", tuple(citation.source for citation in rule.sources), [source.id for source in self.sources]),
        ):
            for name in names:
                if name not in known:
                    raise RulebookError(
                        "is not known", field=place_of(rule, key), value=name, expected=nearest(name, known)
                    )
        for subject_type in rule.applies_to:
            known = list(tracks[rule.track].answers)
            if subject_type not in known:
                problem = f"track {rule.track} is not asked of it"
                raise RulebookError(
                    problem,
                    field=place_of(rule, "applies_to"),
                    value=subject_type,
                    expected=nearest(subject_type, known),
                )

    def _rows(self, track: Track, subject_type: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.track == track.id and subject_type in rule.applies_to]

    def era(self, subject_type: str, as_of: date) -> Era:
        """The stretch of days around ``as_of`` on which the same rules are in force for a kind of subject.

        Raises:
            OutsideRulebookError: there are none.
        """
        if self.until and as_of > self.until:
            raise OutsideRulebookError(
                "this rulebook is as it stood on an earlier day",
                field="as_of",
                value=as_of,
                expected=f"{self.until} or earlier",
            )
        cuts, eras = self.eras_of(subject_type)
        place = bisect_right(cuts, as_of)
        if not place:
            raise OutsideRulebookError(
                f"this rulebook ({self.version}) has no rule for {_a(subject_type.replace('_', ' '))} on that day",
                field="as_of",
                value=as_of,
                expected=f"{cuts[0]} or later" if cuts else f"one of: {', '.join(self.subject_types)}",
            )
        return eras[place - 1]

    def as_it_stood(self, on: date) -> Self:
        """What this rulebook said on a day: without what came later, and not knowing that anything would end.

        It answers questions up to that day.

        >>> from ilacs_rules import load_rulebook
        >>> before = load_rulebook().as_it_stood(date(2018, 9, 16))
        >>> len(before.rules) < len(load_rulebook().rules)
        True
        >>> before.rule("good_or_outstanding_authority_gets_a_short_inspection").last is None  # nobody knew of 2026
        True
        """
        rules = tuple(
            rule if rule.last and rule.last < on else rule.model_copy(update={"last": None})
            for rule in self.rules
            if rule.first <= on
        )
        suspensions = tuple(
            pause if pause.last < on else pause.model_copy(update={"last": date.max, "afterwards": ""})
            for pause in self.suspensions
            if pause.first <= on
        )
        return self.model_copy(update={"until": on, "rules": rules, "suspensions": suspensions})

    @property
    def subject_types(self) -> tuple[str, ...]:
        """The kinds of subject that it has rules for."""
        return tuple(kind for kind in SUBJECT_TYPES if any(kind in track.answers for track in self.tracks))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of every row: two rulebooks that could answer differently have different ones."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def readings_of(self, rule: Rule) -> tuple[FrameworkReading, ...]:
        """The readings that a rule rests on, in full."""
        return self._readings_by_rule[rule.id]

    @cached_property
    def _readings_by_rule(self) -> dict[str, tuple[FrameworkReading, ...]]:
        by_id = {reading.id: reading for reading in self.readings}
        return {rule.id: tuple(by_id[name] for name in rule.readings) for rule in self.rules}

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id.

        Raises:
            RulebookError: there is none; the message gives the nearest.

        >>> from ilacs_rules import load_rulebook
        >>> load_rulebook().rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months").track
        'inspection'
        >>> load_rulebook().rule("inadequate_fostering_agency")
        Traceback (most recent call last):
        ilacs_rules.errors.RulebookError: rule: is not known (found 'inadequate_fostering_agency'; expected ...
        """
        if not isinstance(rule_id, str) or rule_id not in self._by_id:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise RulebookError("is not known", field="rule", value=rule_id, expected=nearest(rule_id, self._by_id))
        return self._by_id[rule_id]

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """A copy, with other rows where ``update`` brings some: proved like the original, never merely altered.

        >>> from ilacs_rules import load_rulebook
        >>> load_rulebook().model_copy(update={"version": "mine"}).version
        'mine'
        >>> load_rulebook().model_copy(update={"rules": ()})
        Traceback (most recent call last):
        ilacs_rules.errors.ProofError: track inspection: no rule answers this case ...
        """
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | dict(update or {}))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rulebook) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).model_validate_json, (self.model_dump_json(),)

    def __repr__(self) -> str:
        return f"Rulebook(version={self.version!r}, rules={len(self.rules)}, fingerprint={self.fingerprint[:12]!r})"

    __str__ = __repr__


def _a(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def place_of(rule: Rule, key: str) -> str:
    """Where a row's key stands: ``file: row: key``."""
    return f"{rule.framework}: {rule.id}: {key}"


def check_rule(rule: Rule) -> None:
    """Refuse a rule that asks about an unknown fact or word, or whose windows cannot be read."""
    for subject_type in rule.applies_to:
        if subject_type not in SUBJECT_TYPES:
            raise RulebookError(
                "is not a subject type",
                field=place_of(rule, "applies_to"),
                value=subject_type,
                expected=nearest(subject_type, SUBJECT_TYPES),
            )
    for condition in rule.when:
        check_condition(condition, place_of(rule, "when"))
    for key in ("opens", "due", "closes", "runs_from"):
        text: str | None = getattr(rule, key)
        if text is not None:
            try:
                parse(text)
            except RulebookError as error:
                raise type(error)(
                    error.problem, field=place_of(rule, key), value=error.value, expected=error.expected
                ) from None


def check_condition(condition: Condition, place: str) -> None:
    """Refuse a condition on an unknown fact, on a word it cannot have, or over a range the wrong way round."""
    if condition.fact not in FACTS:
        raise RulebookError(
            "is not a known fact", field=place, value=condition.fact, expected=nearest(condition.fact, FACTS)
        )
    domain, where = FACTS[condition.fact].domain, f"{place}.{condition.fact}"
    for word in condition.words or ():
        known = domain.words if isinstance(domain, Choice) else ()
        if word not in known:
            raise RulebookError(
                "is not a value of this fact",
                field=where,
                value=word,
                expected=nearest(word, known) if known else _range_of(domain),
            )
    if isinstance(domain, Choice) and condition.words is None:
        raise RulebookError("is not a word", field=where, value=str(condition), expected=nearest("", domain.words))
    for end in (condition.low, condition.high):
        if end is not None and isinstance(end, date) is not isinstance(domain, Day):
            raise RulebookError("is of the wrong kind", field=where, value=end, expected=_range_of(domain))
    if condition.low is not None and condition.high is not None and condition.high < condition.low:  # type: ignore[operator]
        raise RulebookError(
            "ends before it begins", field=where, value=condition.high, expected=f"{condition.low} or more"
        )


def _range_of(domain: Domain) -> str:
    if isinstance(domain, Number):
        return "a count ({at_least = 1, at_most = 3}), 'known' or 'unknown'"
    return "days ({from = 2018-01-01, to = 2018-09-16}), 'known' or 'unknown'"
