"""Putting the question to a changed history or on another day, so that no refusal is lost."""

from datetime import date
from typing import NamedTuple

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import next_activity
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook

__all__ = ["Given", "given"]


class Given(NamedTuple):
    """What comes next, or why that cannot be said."""

    answer: Answer | None
    not_answered: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two answers the same: the rule (and with it strength and sources), the window and the status."""
        answer = self.answer
        return (answer.rule, answer.window, answer.status) if answer else (self.not_answered,)


def given(subject: Subject, day: date, book: Rulebook) -> Given:
    """What comes next for a history on a day."""
    try:
        return Given(next_activity(subject, as_of=day, rulebook=book))
    except IlacsRulesError as error:
        return Given(None, str(error))
