"""A rulebook: every rule, its sources, and the proof that each track answers each situation exactly once."""

from bisect import bisect_right
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

from pydantic import PrivateAttr, ValidationInfo, model_validator

from ilacs_rules.errors import OutsideRulebookError
from ilacs_rules.rulebook.draft import PROVED, SUBJECT_TYPES, Draft
from ilacs_rules.rulebook.eras import Answering, Era, eras_of
from ilacs_rules.rulebook.rows import FrameworkReading, Rule

__all__ = ["Rulebook"]


class Rulebook(Draft):
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

    _eras: dict[str, tuple[tuple[date, ...], tuple[Era, ...]]] = PrivateAttr(
        default_factory=dict[str, tuple[tuple[date, ...], tuple[Era, ...]]]
    )

    @model_validator(mode="after")
    def _is_proved(self, info: ValidationInfo) -> Self:
        if info.context is not PROVED:
            for subject_type in SUBJECT_TYPES:
                self._eras_of(subject_type)
        return self

    def _eras_of(self, subject_type: str) -> tuple[tuple[date, ...], tuple[Era, ...]]:
        """The eras of one kind of subject; the proof of its tracks, with the trees it leaves, is made here and kept."""
        if subject_type not in self._eras:
            last = self.until or date.max
            tracks = tuple(
                Answering(
                    track,
                    subject_type,
                    self.rows_of(track, subject_type),
                    until=self.until,
                    suspensions=self.suspensions,
                    expected=self.expected,
                )
                for track in self.tracks
                if subject_type in track.answers and track.answers[subject_type] <= last
            )
            self._eras[subject_type] = eras_of(tracks, self.rules)
        return self._eras[subject_type]

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
        cuts, eras = self._eras_of(subject_type)
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

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of every row: two rulebooks that could answer differently have different ones."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def readings_of(self, rule: Rule) -> tuple[FrameworkReading, ...]:
        """The readings that a rule rests on, in full."""
        return self._readings_by_rule[rule.id]

    @cached_property
    def _readings_by_rule(self) -> dict[str, tuple[FrameworkReading, ...]]:
        by_id = {reading.id: reading for reading in self.readings}
        return {rule.id: tuple(by_id[name] for name in rule.readings) for rule in self.rules}

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
