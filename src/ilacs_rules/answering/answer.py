"""What comes out: an answer that carries its rule, its facts and its sources; and why another rule did not answer."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple, cast

from ilacs_rules.answering.explain import as_html, explain, one_line
from ilacs_rules.answering.parts import AnswerFields
from ilacs_rules.answering.tried import RuleHeld
from ilacs_rules.dates import in_full
from ilacs_rules.hooks import Hook
from ilacs_rules.plain_text import for_html, for_terminal
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.values import Record
from ilacs_rules.vocabulary import Activity, in_words

__all__ = ["ASKED", "WHY_NOT", "Answer", "Asked", "RuleTried", "WhyNot"]

ASKED = "_asked"
"""Where an answer of the engine keeps what it was asked of: outside its fields, so in no JSON and no comparison."""


class Asked(NamedTuple):
    """The history and the rulebook that an answer rests on."""

    subject: Subject
    rulebook: Rulebook

    def __reduce__(self) -> tuple[Any, ...]:
        """The shipped rulebook is there wherever this package is: it need not travel along."""
        shipped = self.rulebook is load_rulebook()
        return _asked_again, (self.subject, None if shipped else self.rulebook)


def _asked_again(subject: Subject, rulebook: Rulebook | None) -> Asked:
    return Asked(subject, rulebook or load_rulebook())


class Answer(AnswerFields):
    """What the rulebook answers to one question about one subject on one day.

    A subject is a council or a setting. The question is a track of the rulebook, such as the next graded inspection.

    Attributes:
        subject, urn, subject_type, as_of: the subject's name, number and kind, and the day you asked about.
        activity: what must come next. ``nothing_required`` if the rule says that nothing is.
        window: when it is due. A day that no source states is ``None``.
        status: how ``as_of`` stands against the window, such as ``open`` or ``overdue``.
        strength: how firmly it is required.
        certainty: how well we know that it is required.
        owed_by: who has to act.
        track: the question that was answered.
        rule: the id of the rule that answered it.
        says: the rule in plain words.
        sources: where this is said, each with its place in the source.
        facts: what the rule asked about the subject, and what was found.
        gap: what no source says. Empty if nothing is missing.
        evidence: what dated reports show. It never decides the answer.
        readings: how we read the vague words that the answer rests on.
        notice, days_on_site, report: in the framework's words. Empty if it does not say.
        notes: what you should know about the record that the answer rests on.
        not_yet_known: the events of the record that lie after ``as_of`` and were left out.
        record: whether everything in the record was used. If not, ``notes`` says what could not be used.
        rulebook, fingerprint: the version of the rulebook that answered.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", events=[
    ...     ir.Event(activity="full_inspection", started=date(2023, 5, 15), ended=date(2023, 5, 19),
    ...              published=date(2023, 6, 28), judgements={"overall": "requires_improvement"})])
    >>> answer = ir.next_activity(agency, as_of=date(2024, 1, 10))
    >>> print(answer)
    An agency: full inspection, 15 May 2024 to 15 November 2024, not open (usual, carried)
    >>> Answer.model_validate_json(answer.model_dump_json()) == answer
    True
    """

    def explain(self) -> str:
        """The answer in plain words: what, when, how firmly, why, what is not known, and who says so.

        Returns:
            Text of several lines. It raises no error.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
        >>> print(ir.next_activity(agency, as_of=date(2024, 3, 1)).explain())
        An agency, asked on 1 March 2024
          Next: full inspection
          When: 31 August 2024 to 31 January 2025; it opens in 183 days
        ...
        >>> later = ir.next_activity(agency, as_of=date(2025, 2, 1)).explain()
        >>> "overdue since 1 February 2025" in later
        True
        """
        return explain(self)

    def why_not(
        self, rule_or_activity: str, *, subject: Subject | None = None, rulebook: Rulebook | None = None
    ) -> "WhyNot":
        """Why a rule did not answer, or why an activity does not come next.

        You see each condition, what was found, and by how much it failed.

        Args:
            rule_or_activity: the id of a rule. If you give an activity, you get every rule that would require it, the
                nearest first.
            subject: the record that was asked about. Give it only if the answer was read back from JSON or built by
                hand.
            rulebook: the rulebook that answered. Give it only in the same cases.

        Raises:
            UnknownWordError: it is neither a rule nor an activity. The message names the nearest.
            RecordError: the answer was read back without its record and you gave no ``subject``, or a different one.
            RulebookError: ``rulebook`` is not the one that gave the answer.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
        >>> answer = ir.next_activity(agency, as_of=date(2024, 3, 1))
        >>> why = answer.why_not("inadequate_fostering_agency_is_reinspected_within_6_to_12_months")
        >>> [(item.fact.name, item.fact.value, item.allowed) for item in why.rules[0].failed]
        [('inspection_stage', 'none', 'complete'), ('last_overall', 'none', 'inadequate')]
        >>> Answer.model_validate_json(answer.model_dump_json()).why_not("full_inspection")
        Traceback (most recent call last):
        ilacs_rules.errors.RecordError: subject: this answer was saved without the record it was worked out from ...
        """
        return WHY_NOT.work(self, rule_or_activity, subject, rulebook)

    @property
    def asked(self) -> Asked | None:
        """The history and the rulebook behind this answer. ``None`` if the answer was read from JSON."""
        return cast("Asked | None", self.__dict__.get(ASKED))

    def __str__(self) -> str:
        return one_line(self)

    def __repr__(self) -> str:
        return f"Answer({str(self)!r})"

    def _repr_html_(self) -> str:
        return as_html(self)


WHY_NOT: Hook[Callable[[Answer, str, Subject | None, Rulebook | None], "WhyNot"]] = Hook()
"""Where ``questioning`` holds the rules against the history that an answer was given for."""


class RuleTried(RuleHeld):
    """One rule, tested against one history on one day.

    Attributes:
        rule, says, track, activity, first, last, applies_to, sources: as in the rulebook.
        applies: whether the rule is for this kind of subject.
        in_force: whether the rule was in force on the day.
        dates_by: how far off it was, if it was not in force.
        conditions: each of its conditions, with what was found.
        answer: what the rule answers. ``None`` unless everything held.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> tested = ir.next_activity(agency, as_of=date(2024, 3, 1)).why_not("full_inspection").rules[0]
    >>> tested.holds, tested.failed, tested.answer.window.closes
    (True, (), datetime.date(2025, 1, 31))
    >>> other = ir.next_activity(agency, as_of=date(2024, 3, 1)).why_not(
    ...     "inadequate_fostering_agency_is_reinspected_within_6_to_12_months").rules[0]
    >>> other.holds, other.answer is None, len(other.failed)
    (False, True, 2)
    """

    answer: Answer | None

    def __str__(self) -> str:
        return "\n".join(map(for_terminal, self._lines()))

    def _lines(self) -> Iterator[str]:
        yield f"{self.rule}: {self.says}"
        if self.holds:
            yield (
                f"  It answered: {one_line(self.answer)}" if self.answer else "  It holds, and nothing is required yet."
            )
        yield from self.what_was_found()


class WhyNot(Record):
    """Why a rule did not answer, or why no rule required an activity.

    Attributes:
        subject, subject_type, as_of: the subject, its kind, and the day you asked about.
        asked: the rule or the activity that you asked about.
        instead: the answer that was given.
        rules: the rules in question, the nearest first. Empty if no rule ever requires that activity of such a subject.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> print(ir.next_activity(agency, as_of=date(2024, 3, 1)).why_not("jtai"))
    An agency, 1 March 2024: why not joint targeted area inspection?
    No rule of the rulebook requires it of an independent fostering agency.
    >>> why = ir.next_activity(agency, as_of=date(2024, 3, 1)).why_not("full_inspection")
    >>> why.rules[0].holds  # this rule did answer
    True
    """

    subject: str
    subject_type: str
    as_of: date
    asked: str
    instead: Answer
    rules: tuple[RuleTried, ...]

    @property
    def _title(self) -> str:
        asked = in_words(Activity(self.asked)) if self.asked in set(Activity) else self.asked
        return f"{self.subject}, {in_full(self.as_of)}: why not {asked}?"

    @property
    def _none(self) -> str:
        kind = in_words(self.subject_type)
        return f"No rule of the rulebook requires it of {'an' if kind[0] in 'aeiou' else 'a'} {kind}."

    def __str__(self) -> str:
        title = for_terminal(self._title)
        return "\n".join([title, *map(str, self.rules)] if self.rules else [title, self._none])

    def _repr_html_(self) -> str:
        """The rules as a small table, for notebooks."""
        rows = [rule.as_row() for rule in self.rules] or [f"<tr><td>{self._none}</td></tr>"]
        return f"<table><caption>{for_html(self._title)}</caption>{''.join(rows)}</table>"
