"""A rulebook: every rule, its sources, and the proof that each track answers each situation exactly once."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationInfo, model_validator

from ilacs_rules.errors import OutsideRulebookError, RulebookError, nearest
from ilacs_rules.hooks import Hook
from ilacs_rules.remembered import LONGEST
from ilacs_rules.rulebook.carried import carry
from ilacs_rules.rulebook.checking import AUTHORITY, SUBJECT_TYPES
from ilacs_rules.rulebook.councils import Council, council_of
from ilacs_rules.rulebook.draft import PROVED, Draft
from ilacs_rules.rulebook.eras import Answering, Era, eras_of
from ilacs_rules.rulebook.proof import Steps
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.shared import FrameworkReading
from ilacs_rules.values import any_day
from ilacs_rules.values.given import one_of
from ilacs_rules.vocabulary import in_words

__all__ = ["AMEND", "Rulebook"]


class Rulebook(Draft):
    """Rules as data.

    It cannot be built with a gap, an overlap, a fact that is not known, or a rule without a source.

    Attributes:
        version: the edition of the data.
        until: the last day that it speaks of, if it is a rulebook as it stood on a day. Otherwise ``None``.
        tracks, readings, suspensions, expected, councils, sources, rules: its rows, each in the order of the files.

    Raises:
        RulebookError: a row that cannot stand. The error names the row and the key.
        ProofError: a gap or an overlap, with a case that shows it.

    >>> from ilacs_rules import load_rulebook
    >>> rulebook = load_rulebook()
    >>> rulebook.rule("inadequate_fostering_agency_is_reinspected_within_6_to_12_months").strength.value
    'usual'
    >>> Rulebook.model_validate_json(rulebook.model_dump_json()).fingerprint == rulebook.fingerprint
    True
    """

    @cached_property
    def _eras(self) -> dict[str, tuple[tuple[date, ...], tuple[Era, ...]]]:
        """What has been proved; a plain attribute, because one that pydantic keeps private takes longer to find."""
        return {}

    @model_validator(mode="after")
    def _is_proved(self, info: ValidationInfo) -> Self:
        if info.context is not PROVED:
            steps = Steps()
            for subject_type in SUBJECT_TYPES:
                self.eras_of(subject_type, steps)
        return self

    def eras_of(self, subject_type: str, steps: Steps | None = None) -> tuple[tuple[date, ...], tuple[Era, ...]]:
        """The first days of every era of one kind of subject, and the eras.

        The proof of its tracks, with the trees that it leaves, is made here and kept.
        """
        if not isinstance(subject_type, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise _no_kind(subject_type)
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
                    steps=steps,
                    working_days=self.working_days,
                )
                for track in self.tracks
                if subject_type in track.answers and track.answers[subject_type] <= last
            )
            self._eras[subject_type] = eras_of(tracks, self.rules, self._known_of(subject_type))
        return self._eras[subject_type]

    def _known_of(self, subject_type: str) -> list[date]:
        """The days on which what is known of councils changes, and with it what answers say of them."""
        if subject_type != AUTHORITY:
            return []
        return [day for row in self.councils for day in (row.announced, row.abolished) if day]

    def council(self, name: str, urn: str = "") -> Council | None:
        """What is known of a council that began, was abolished or is to be abolished. ``None`` if nothing is.

        >>> from ilacs_rules import load_rulebook
        >>> load_rulebook().council("Cumbria").abolished
        datetime.date(2023, 4, 1)
        >>> load_rulebook().council("Leeds") is None
        True
        """
        if not (isinstance(name, str) and isinstance(urn, str)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise RulebookError("is not text", field="council", value=(name, urn), expected="its name, and its number")
        key = (name, urn)
        try:
            return self._councils[key]
        except KeyError:
            if len(name) + len(urn) > LONGEST:
                return council_of(self.councils, name, urn)
            if len(self._councils) >= _MOST_NAMES:
                self._councils.clear()
            return self._councils.setdefault(key, council_of(self.councils, name, urn))

    @cached_property
    def _councils(self) -> dict[tuple[str, str], Council | None]:
        return {}

    def era(self, subject_type: str, as_of: date) -> Era:
        """The stretch of days around ``as_of`` on which the same rules are in force for a kind of subject.

        Raises:
            OutsideRulebookError: no rules are in force.
        """
        as_of = any_day(as_of, "as_of")
        if self.until and as_of > self.until:
            raise OutsideRulebookError(
                "this rulebook is cut off at an earlier day",
                field="as_of",
                value=as_of,
                expected=f"{self.until} or earlier",
            )
        cuts, eras = self.eras_of(subject_type)
        place = bisect_right(cuts, as_of)
        if not place:
            raise OutsideRulebookError(
                f"this rulebook ({self.version}) has no rule for {_a(in_words(subject_type))} on that day",
                field="as_of",
                value=as_of,
                expected=f"{cuts[0]} or later" if cuts else f"one of: {', '.join(self.subject_types)}",
            )
        return eras[place - 1]

    def cuts(self, subject_type: str) -> tuple[date, ...]:
        """The days on which the rules in force change for a kind of subject, in order.

        >>> from ilacs_rules import load_rulebook
        >>> load_rulebook().cuts("independent_fostering_agency")[0]
        datetime.date(2017, 4, 1)
        >>> load_rulebook().cuts("independent_fostering_agent")
        Traceback (most recent call last):
        ilacs_rules.errors.RulebookError: subject_type: is not a subject type ...
        """
        if one_of(subject_type, SUBJECT_TYPES) is None:
            raise _no_kind(subject_type)
        return self.eras_of(subject_type)[0]

    def asked_of(self, subject_type: str) -> tuple[Answering, ...]:
        """Every track that is ever asked of a kind of subject, with its tree. Empty if there are no rules for it.

        >>> from ilacs_rules import load_rulebook
        >>> [answering.track.id for answering in load_rulebook().asked_of("independent_fostering_agency")]
        ['inspection', ...]
        >>> load_rulebook().asked_of("independent_fostering_agent")
        Traceback (most recent call last):
        ilacs_rules.errors.RulebookError: subject_type: is not a subject type ...
        """
        return self.eras_of(subject_type)[1][-1].asked if self.cuts(subject_type) else ()

    def as_it_stood(self, on: date | str) -> Self:
        """What this rulebook said on a day: without what came later, and without knowing that anything would end.

        It answers questions up to that day.

        Raises:
            RecordError: ``on`` is not a day.

        >>> from ilacs_rules import load_rulebook
        >>> before = load_rulebook().as_it_stood(date(2018, 9, 16))
        >>> len(before.rules) < len(load_rulebook().rules)
        True
        >>> before.rule("good_or_outstanding_authority_gets_a_short_inspection").last is None  # nobody knew of 2026
        True
        """
        day = any_day(on, "on")
        rules = tuple(
            rule if rule.last and rule.last < day else rule.model_copy(update={"last": None})
            for rule in self.rules
            if rule.first <= day
        )
        suspensions = tuple(
            pause if pause.last < day else pause.model_copy(update={"last": date.max, "afterwards": ""})
            for pause in self.suspensions
            if pause.first <= day
        )
        councils = tuple(row for row in self.councils if row.known_since <= day)
        update = {"until": day, "rules": rules, "suspensions": suspensions, "councils": councils}
        return self.model_copy(update=update)

    def amend(self, overlay: str | Path | Mapping[str, object]) -> "Rulebook":
        """A reform of this rulebook. From its first day it answers differently, and before that day as it always did.

        Args:
            overlay: TOML text, the ``Path`` of a TOML file, or a mapping of the same form. ``docs/reforms.md`` explains
                its keys: ``id``, ``says``, ``from``, ``[[replace]]``, ``[[end]]``, ``[[add]]`` and ``[source.ID]``.

        Returns:
            A rulebook with its own version, checked and proved like any other.

        Raises:
            RulebookError, ProofError: the reform cannot stand. The message names the overlay, the row and the key, or
                the case.

        >>> from ilacs_rules import load_rulebook
        >>> rule = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
        >>> idea = {"title": "An idea", "publisher": "Us", "url": "", "dated": "2026", "seen_as": "primary"}
        >>> sooner = {"rule": rule, "id": "inadequate_agency_is_reinspected_within_9_months",
        ...           "says": "An inadequate agency is inspected again within 9 months.", "opens": "",
        ...           "closes": "last_inspection_started + 9 months", "certainty": "quoted",
        ...           "sources": [["idea", "the whole of it"]]}
        >>> reform = {"id": "sooner", "says": "Back sooner.", "from": date(2027, 4, 1), "source": {"idea": idea}}
        >>> amended = load_rulebook().amend({**reform, "replace": [sooner]})
        >>> amended.version.endswith("+sooner"), amended.rule(rule).last
        (True, datetime.date(2027, 3, 31))
        >>> load_rulebook().amend({**reform, "end": [{"rules": ["authority_not_yet_created"]}]})
        Traceback (most recent call last):
        ilacs_rules.errors.ProofError: sooner: track inspection: no rule answers this case ...
        """
        return AMEND.work(self, overlay)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of every row. Two rulebooks that could answer differently have different fingerprints."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def readings_of(self, rule: Rule) -> tuple[FrameworkReading, ...]:
        """The readings that a rule of this rulebook rests on, in full. Any other rule is a ``RulebookError``."""
        found = self._readings_by_rule.get(rule.id) if isinstance(rule, Rule) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if found is None:
            raise RulebookError("is not a rule of this rulebook", field="rule", value=rule, expected="one of its rules")
        return found

    @cached_property
    def _readings_by_rule(self) -> dict[str, tuple[FrameworkReading, ...]]:
        by_id = {reading.id: reading for reading in self.readings}
        return {rule.id: tuple(by_id[name] for name in rule.readings) for rule in self.rules}

    def carried_by(self, rule: Rule) -> Mapping[str, object]:
        """What every answer by a rule carries, whomever it is of, by the names of its fields: put together once.

        Raises:
            RecordError: it is no rule, or none of this rulebook.
        """
        known = self._carried.get(rule.id) if isinstance(rule, Rule) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if known is None:
            book = {"rulebook": self.version, "fingerprint": self.fingerprint}
            carried = carry(rule, self.tracks, self._readings_by_rule, book)
            known = self._carried.setdefault(rule.id, carried)
        return known

    @cached_property
    def _carried(self) -> dict[str, dict[str, object]]:
        return {}

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


_MOST_NAMES = 4096
"""So many names of councils are kept with what is known of them."""
AMEND: Hook[Callable[[Rulebook, str | Path | Mapping[str, object]], Rulebook]] = Hook()
"""Where ``reviewing`` amends a rulebook."""


def _no_kind(given: object) -> RulebookError:
    expected = nearest(given, SUBJECT_TYPES)
    return RulebookError("is not a subject type", field="subject_type", value=given, expected=expected)


def _a(words: str) -> str:
    return f"{'an' if words[:1] in tuple('aeiou') else 'a'} {words}"
