"""What a single rule may not say: an unknown fact, a range the wrong way round, a window that cannot be read."""

from datetime import date

from ilacs_rules.errors import RulebookError, nearest
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.rulebook.rows import Condition, Rule
from ilacs_rules.situation import FACTS, Choice, Day, Domain, Number
from ilacs_rules.values import FIRST_DAY, LAST_DAY
from ilacs_rules.vocabulary import ProviderType

__all__ = ["AUTHORITY", "SUBJECT_TYPES", "check_condition", "check_rule", "place_of"]

AUTHORITY = "local_authority"
SUBJECT_TYPES = (AUTHORITY, *(kind.value for kind in ProviderType))


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
    asked: set[str] = set()
    for condition in rule.when:
        check_condition(condition, place_of(rule, "when"))
        if condition.fact in asked:
            raise RulebookError(
                "appears twice", field=place_of(rule, "when"), value=condition.fact, expected="one condition for a fact"
            )
        asked.add(condition.fact)
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
        if isinstance(end, date) and not FIRST_DAY <= end <= LAST_DAY:
            raise RulebookError(
                "is too early or too late for a record", field=where, value=end, expected=f"{FIRST_DAY} to {LAST_DAY}"
            )
    if condition.low is not None and condition.high is not None and condition.high < condition.low:  # type: ignore[operator]
        raise RulebookError(
            "ends before it begins", field=where, value=condition.high, expected=f"{condition.low} or more"
        )


def _range_of(domain: Domain) -> str:
    if isinstance(domain, Number):
        return "a count ({at_least = 1, at_most = 3}), 'known' or 'unknown'"
    return "days ({from = 2018-01-01, to = 2018-09-16}), 'known' or 'unknown'"
