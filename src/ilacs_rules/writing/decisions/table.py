"""A decision table: one question of the rulebook, with every rule that answers it as a row."""

from collections.abc import Iterable
from typing import Self

from pydantic import field_validator, model_validator

from ilacs_rules.errors import RulebookError, nearest
from ilacs_rules.rulebook import Condition, Rule, Rulebook, Track
from ilacs_rules.rulebook.checking import check_rule
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.rulebook.sources import Row
from ilacs_rules.situation import AS_OF, FACTS, SUBJECT
from ilacs_rules.values.given import instance, one_of

__all__ = ["OUTPUTS", "DecisionTable", "decision_tables"]

_ASKED = frozenset({"track", "applies_to", "first", "last", "when"})
OUTPUTS = {name: "rule" if name == "id" else name for name in Rule.model_fields if name not in _ASKED}
"""What a row answers with: the field of the rule, and the name of its column."""


class DecisionTable(Row):
    """One track with its rules: the value that is written as DMN, CSV or Markdown, and read back.

    The columns are the kind of subject, the day you ask about, and each fact that a rule asks. In any situation that
    can occur, exactly one row holds. That is so from the first day on which the track is asked of that kind of subject.

    Attributes:
        rulebook, fingerprint: the edition that the rules were taken from, and its fingerprint.
        track: the question, and the kinds of subject that it is asked of, each with its first day.
        rules: the rows, in the order of the rulebook. Conditions stand in the order of the columns. A condition that
            admits everything is left out, because that says the same.

    Raises:
        RulebookError: a rule is not of this track, or could not stand in a rulebook.

    >>> from ilacs_rules import load_rulebook
    >>> table = decision_tables(load_rulebook(), track="early_return", subject_type="supported_accommodation")[0]
    >>> table.columns
    ('subject', 'as_of', 'inspection_stage')
    >>> DecisionTable.model_validate_json(table.model_dump_json()) == table
    True
    >>> DecisionTable(**{**dict(table), "rules": ()})
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: track early_return: has no rule (expected at least one)
    """

    rulebook: str
    fingerprint: str
    track: Track
    rules: tuple[Rule, ...]

    @field_validator("rules", mode="after")
    @classmethod
    def _in_one_order(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        for rule in rules:
            check_rule(rule)
        return tuple(rule.model_copy(update={"when": _ordered(rule)}) for rule in rules)

    @model_validator(mode="after")
    def _is_one_question(self) -> Self:
        if not self.rules:
            raise RulebookError("has no rule", field=f"track {self.track.id}", expected="at least one")
        for rule in self.rules:
            if rule.track != self.track.id:
                raise RulebookError(
                    "belongs to another track", field=f"{rule.id}: track", value=rule.track, expected=self.track.id
                )
        return self

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that its rules ask about, in the order in which they are declared."""
        asked = {condition.fact for rule in self.rules for condition in rule.when}
        return tuple(name for name in FACTS if name in asked)

    @property
    def columns(self) -> tuple[str, ...]:
        """What a situation has to say: the kind of subject, the day asked about, and the facts."""
        return (SUBJECT, AS_OF, *self.facts)


def is_a_table(given: object) -> DecisionTable:
    """The table itself, once it is sure to be one."""
    return instance(
        given, DecisionTable, "table", called="a decision table", expected="one of decision_tables(rulebook)"
    )


def decision_tables(
    rulebook: Rulebook, *, track: str | None = None, subject_type: str | None = None
) -> tuple[DecisionTable, ...]:
    """The tables of a rulebook, one for each track, in its order.

    Args:
        rulebook: where the rules are taken from.
        track: only the table of this track.
        subject_type: only the tables that are asked of this kind of subject, with only the rules that apply to it.

    Raises:
        RulebookError: no such track, or no track is asked of such a subject.

    >>> from ilacs_rules import load_rulebook
    >>> book = load_rulebook()
    >>> [table.track.id for table in decision_tables(book, subject_type="supported_accommodation")]
    ['inspection', 'ended', 'deferred_inspection', 'early_return']
    >>> decision_tables(book, track="inspections")
    Traceback (most recent call last):
    ilacs_rules.errors.RulebookError: track: is not known (found 'inspections'; expected 'inspection'? ...
    """
    rulebook = book_given(rulebook)
    _known("track", track, (item.id for item in rulebook.tracks))
    _known("subject_type", subject_type, rulebook.subject_types)
    return tuple(
        _table(rulebook, item, subject_type)
        for item in rulebook.tracks
        if track in (None, item.id) and (subject_type is None or subject_type in item.answers)
    )


def _known(field: str, word: str | None, known: Iterable[str]) -> None:
    names = list(known)
    if word is not None and one_of(word, names) is None:
        raise RulebookError("is not known", field=field, value=word, expected=nearest(word, names))


def _table(rulebook: Rulebook, track: Track, subject_type: str | None) -> DecisionTable:
    kinds = tuple(track.answers) if subject_type is None else (subject_type,)
    rules = tuple(
        rule for rule in rulebook.rules if rule.track == track.id and any(kind in rule.applies_to for kind in kinds)
    )
    asked = track.model_copy(update={"answers": type(track.answers)({kind: track.answers[kind] for kind in kinds})})
    return DecisionTable(rulebook=rulebook.version, fingerprint=rulebook.fingerprint, track=asked, rules=rules)


def _ordered(rule: Rule) -> tuple[Condition, ...]:
    place = {name: number for number, name in enumerate(FACTS)}
    plain = (_plain(condition, rule) for condition in rule.when)
    return tuple(sorted((item for item in plain if item is not None), key=lambda item: place[item.fact]))


def _plain(condition: Condition, rule: Rule) -> Condition | None:
    """The one way of writing what a condition admits; nothing where it admits everything."""
    if condition.words is not None:
        if not condition.words:
            raise RulebookError("allows no word", field=f"{rule.id}: when.{condition.fact}", expected="at least one")
        return Condition(fact=condition.fact, words=condition.words)
    if condition.known is False:
        return Condition(fact=condition.fact, known=False)
    if condition.low is None and condition.high is None:
        return None if condition.or_unknown else Condition(fact=condition.fact, known=True)
    return Condition(fact=condition.fact, low=condition.low, high=condition.high, or_unknown=condition.or_unknown)
