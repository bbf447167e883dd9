"""The table and the single path side by side: what both say of some subjects on some days, ready to be compared."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.records import Subject

Question = tuple[Subject, date]
Line = tuple[Any, ...]

ANSWER_COLUMNS = ("activity", "opens", "due", "closes", "status", "strength", "certainty", "rule", "track")


def line_of(answer: ir.Answer) -> Line:
    """An answer as the columns of a table have it."""
    window = answer.window
    return (
        answer.activity.value, window.opens, window.due, window.closes, answer.status.value,
        answer.strength.value, answer.certainty.value, answer.rule, answer.track,
    )  # fmt: skip


def one_by_one(
    subjects: Iterable[Subject], days: Sequence[date], ask: Callable[..., Any]
) -> dict[Line, list[Line] | str]:
    """What the single path says of each subject on each day: its answers, or its error."""
    found: dict[Line, list[Line] | str] = {}
    for number, subject in enumerate(subjects):
        for day in days:
            try:
                answers = ask(subject, as_of=day)
                found[number, day] = [
                    line_of(item) for item in ([answers] if isinstance(answers, ir.Answer) else answers)
                ]
            except ir.IlacsRulesError as error:
                found[number, day] = f"{type(error).__name__}: {error}"
    return found


def at_once(
    subjects: Sequence[Subject], days: Sequence[date], ask: Callable[..., tables.Answered]
) -> dict[Line, list[Line] | str]:
    """What the table says of the same."""
    records = tables.from_subjects(subjects)
    answered = ask(records.events, records.subjects, covers=records.covers, as_of=list(days))
    return _by_question(answered, [(number, day) for number in range(len(subjects)) for day in days])


def each_on_its_day(asked: Sequence[Question], ask: Callable[..., tables.Answered]) -> dict[Line, list[Line] | str]:
    """What the table says of each subject on a day of its own."""
    records = tables.from_subjects([subject for subject, _ in asked])
    subjects = records.subjects.with_columns(pl.Series("as_of", [day for _, day in asked]))
    answered = ask(records.events, subjects, covers=records.covers, as_of="as_of")
    return _by_question(answered, [(number, day) for number, (_, day) in enumerate(asked)])


def _by_question(answered: tables.Answered, asked: Sequence[tuple[int, date]]) -> dict[Line, list[Line] | str]:
    found: dict[Line, list[Line] | str] = {each: [] for each in asked}
    for subject, _, _, as_of, *line in answered.answers.drop("not_used").rows():
        lines = found[subject, as_of]
        assert isinstance(lines, list)
        lines.append(tuple(line))
    for row in answered.refused.iter_rows(named=True):
        assert row["table"] == "questions", row
        assert found[int(row["subject"]), row["as_of"]] == [], row
        found[int(row["subject"]), row["as_of"]] = f"{row['kind']}: {row['message']}"
    return found


class Terminal:
    """A terminal that keeps what is written on it."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass
