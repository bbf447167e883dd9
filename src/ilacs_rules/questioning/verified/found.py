"""What verifying a saved answer finds, as values with words."""

from collections.abc import Iterator
from enum import StrEnum

from ilacs_rules.answering.answer import Answer
from ilacs_rules.dates import in_full
from ilacs_rules.plain_text import for_terminal
from ilacs_rules.values import Record

__all__ = ["CellChanged", "FactChanged", "FieldChanged", "RowChangeKind", "RowChanged", "Verdict", "Verified"]


class Verdict(StrEnum):
    """What became of a saved answer.

    * ``confirmed``: the same rulebook gives the same answer.
    * ``same_answer``: another rulebook, or another edition of it, gives the same answer.
    * ``another_answer``: something that the answer says has changed.
    * ``not_answered``: the question has no answer now.

    >>> [verdict.value for verdict in Verdict]
    ['confirmed', 'same_answer', 'another_answer', 'not_answered']
    >>> Verdict("confirmed") is Verdict.CONFIRMED
    True
    """

    CONFIRMED = "confirmed"
    SAME_ANSWER = "same_answer"
    ANOTHER_ANSWER = "another_answer"
    NOT_ANSWERED = "not_answered"


class RowChangeKind(StrEnum):
    """What became of the rule that gave a saved answer: ``gone``, ``changed`` or ``another_answers``.

    >>> RowChangeKind.GONE.value
    'gone'
    >>> [kind.value for kind in RowChangeKind]
    ['gone', 'changed', 'another_answers']
    """

    GONE = "gone"
    CHANGED = "changed"
    ANOTHER_ANSWERS = "another_answers"


class FieldChanged(Record):
    """A field of an answer that has changed.

    Attributes:
        field: the name of the field of ``Answer``.
        before, now: what it said, and what it says now.

    >>> import ilacs_rules as ir
    >>> def agency(grade):
    ...     return ir.Provider(type="independent_fostering_agency", name="An agency", events=[
    ...         ir.Event(activity="full_inspection", started="2023-05-15", ended="2023-05-19",
    ...                  published="2023-06-28", judgements={"overall": grade})])
    >>> answer = ir.next_activity(agency("inadequate"), as_of="2024-01-10")
    >>> found = ir.verify(answer, agency("good"))
    >>> "status" in {each.field for each in found.differs}
    True
    >>> ir.verify(answer, agency("inadequate")).differs
    ()
    """

    field: str
    before: str
    now: str


class CellChanged(Record):
    """A cell of a rule that has changed. An empty text means that there was nothing, or that there is nothing now.

    Attributes:
        cell: the key as in the rulebook, such as ``closes``, ``strength`` or ``when.last_overall``.
        before, now: what it said, and what it says now.

    >>> CellChanged(cell="strength", before="usual", now="must").now
    'must'
    >>> CellChanged(cell="due", before="", now="last_inspection_started + 9 months").before
    ''
    """

    cell: str
    before: str
    now: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.now or 'nothing'}, before {self.before or 'nothing'}"


class FactChanged(Record):
    """A fact that the answer rests on and that has changed in the record.

    >>> import ilacs_rules as ir
    >>> def agency(grade):
    ...     return ir.Provider(type="independent_fostering_agency", name="An agency", events=[
    ...         ir.Event(activity="full_inspection", started="2023-05-15", ended="2023-05-19",
    ...                  published="2023-06-28", judgements={"overall": grade})])
    >>> answer = ir.next_activity(agency("inadequate"), as_of="2024-01-10")
    >>> found = ir.verify(answer, agency("good"))
    >>> [str(each) for each in found.facts][:1] != []
    True
    >>> ir.verify(answer, agency("inadequate")).facts
    ()
    """

    name: str
    means: str
    before: str
    now: str

    def __str__(self) -> str:
        return f"{self.means}: {self.now}, before {self.before}"


class RowChanged(Record):
    """What became of the rule that gave the answer.

    Attributes:
        rule: the id of the rule that gave it.
        kind: whether the rule is gone, says something else, or another rule answers.
        cells: what the rule says differently now, as far as that can be seen.
        instead: the id of the rule that answers now, if it is another.
        exact: whether the rulebook that gave the answer was there, so that every cell was compared.

    >>> import ilacs_rules as ir
    >>> def agency(grade):
    ...     return ir.Provider(type="independent_fostering_agency", name="An agency", events=[
    ...         ir.Event(activity="full_inspection", started="2023-05-15", ended="2023-05-19",
    ...                  published="2023-06-28", judgements={"overall": grade})])
    >>> answer = ir.next_activity(agency("inadequate"), as_of="2024-01-10")
    >>> found = ir.verify(answer, agency("good"))
    >>> found.row.kind.value, found.row.instead
    ('another_answers', 'good_fostering_agency_is_inspected_in_the_rolling_period_since_2022')
    >>> ir.verify(answer, agency("inadequate")).row is None
    True
    """

    rule: str
    kind: RowChangeKind
    cells: tuple[CellChanged, ...] = ()
    instead: str = ""
    exact: bool = False

    def __str__(self) -> str:
        instead = f"{self.instead}, before {self.rule}" if self.instead else ""
        if self.kind is RowChangeKind.GONE:
            return f"{self.rule} is gone" + (f"; {self.instead} answers" if self.instead else "")
        if self.kind is RowChangeKind.ANOTHER_ANSWERS:
            return f"another row answers: {instead}"
        return f"{self.rule} says something else" + (f"; {self.instead} answers" if self.instead else "")


class Verified(Record):
    """Whether a saved answer still stands. If not, which rule or which part of the record is the reason.

    Attributes:
        verdict: what became of the answer.
        saved: the answer that you gave to ``verify``.
        now: what is answered now. ``None`` if nothing is.
        not_answered: why nothing is answered now, if so.
        rulebook, fingerprint: the version of the rulebook that was asked now.
        differs: each field of the answer that has changed.
        row: what became of the rule that gave it. ``None`` if no change can be seen.
        facts: the facts that the answer rests on and that have changed in the record.
        record: how the record has changed, if the answer still holds the record it was given for.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
    >>> answer = ir.next_activity(agency, as_of="2024-03-01")
    >>> found = ir.verify(answer, agency)
    >>> found.verdict.value, found.same, found.same_rulebook
    ('confirmed', True, True)
    >>> Verified.model_validate_json(found.model_dump_json()) == found
    True
    """

    verdict: Verdict
    saved: Answer
    now: Answer | None
    not_answered: str = ""
    rulebook: str
    fingerprint: str
    differs: tuple[FieldChanged, ...] = ()
    row: RowChanged | None = None
    facts: tuple[FactChanged, ...] = ()
    record: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the answer still says the same.

        >>> import ilacs_rules as ir
        >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered="2024-01-31")
        >>> answer = ir.next_activity(agency, as_of="2024-03-01")
        >>> ir.verify(answer, agency).same
        True
        >>> ir.verify(answer, agency.model_copy(update={"registered": "2024-01-30"})).same
        False
        """
        return self.verdict in (Verdict.CONFIRMED, Verdict.SAME_ANSWER)

    @property
    def same_rulebook(self) -> bool:
        """Whether the rulebook that was asked now is the one that gave the answer."""
        return self.saved.fingerprint == self.fingerprint

    def __str__(self) -> str:
        return "\n".join(map(for_terminal, self._lines()))

    def _lines(self) -> Iterator[str]:
        saved = self.saved
        yield f"{saved.subject}, {in_full(saved.as_of)}, {saved.track.replace('_', ' ')}: {self._headline}"
        if self.not_answered:
            yield f"  Now: {self.not_answered}"
        elif not self.same:
            yield from self._both()
        yield from (f"  The record: {words}" for words in (*self.record, *map(str, self.facts)))
        if not self.same_rulebook:
            yield f"  The rulebook: {self._books}"
        if self.row:
            yield f"  The row: {self.row}"
            yield from (f"    {cell}" for cell in self.row.cells)
        if not self.same and not self._reasons:
            yield (
                "  Why: neither the record nor the row shows it. Another version of the library gave the answer, "
                "or the saved answer was altered."
            )

    @property
    def _headline(self) -> str:
        return {
            Verdict.CONFIRMED: "the same rulebook gives the same answer.",
            Verdict.SAME_ANSWER: "another rulebook, and it gives the same answer.",
            Verdict.ANOTHER_ANSWER: "the answer is another one now.",
            Verdict.NOT_ANSWERED: "there is no answer now.",
        }[self.verdict]

    @property
    def _books(self) -> str:
        was, now = (
            f"{self.saved.rulebook} ({self.saved.fingerprint[:12]})",
            f"{self.rulebook} ({self.fingerprint[:12]})",
        )
        return f"{now}, before {was}"

    @property
    def _reasons(self) -> bool:
        return bool(self.row or self.facts or self.record or not self.same_rulebook or self.not_answered)

    def _both(self) -> Iterator[str]:
        assert self.now is not None
        shown = [str(item).removeprefix(f"{item.subject}: ") for item in (self.saved, self.now)]
        if shown[0] != shown[1]:
            yield f"  Saved: {shown[0]}"
            yield f"  Now: {shown[1]}"
        else:
            yield f"  Said otherwise: {', '.join(item.field.replace('_', ' ') for item in self.differs)}"
