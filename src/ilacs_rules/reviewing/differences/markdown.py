"""The differences between two rulebooks as Markdown."""

from collections.abc import Iterator, Sequence
from datetime import date

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import one_line
from ilacs_rules.dates import in_full
from ilacs_rules.plain_text import for_markdown, for_terminal
from ilacs_rules.reviewing.differences.items import Difference, Touched
from ilacs_rules.rulebook import Rule
from ilacs_rules.vocabulary import in_words

__all__ = ["histories", "pairs_of_rules", "title"]


def title(old: str, new: str, on: tuple[date, date] | None) -> Iterator[str]:
    """The two versions, each with the day on which it was asked."""
    days = [f" on {in_full(day)}" for day in on] if on else ["", ""]
    yield from (f"# {for_markdown(old)}{days[0]}, and {for_markdown(new)}{days[1]}", "")


def pairs_of_rules(differences: Sequence[Difference]) -> Iterator[str]:
    """How many there are; then a heading for each question, and each pair of rules with what differs and where."""
    count = len(differences)
    yield from (
        f"{count} pair{'' if count == 1 else 's'} of rules answer differently." if count else "Nothing differs.",
        "",
    )
    for track in dict.fromkeys(item.track for item in differences):
        yield from (f"## {for_markdown(in_words(track).capitalize())}", "")
        for item in differences:
            if item.track == track:
                yield from _difference(item)


def _difference(item: Difference) -> Iterator[str]:
    yield f"- **For:** {for_markdown(', '.join(in_words(kind) for kind in item.subject_types))}"
    yield f"  - **Old:** {_rule(item.old)}"
    yield f"  - **New:** {_rule(item.new)}"
    yield f"  - **Differs in:** {for_markdown(', '.join(in_words(name) for name in item.what))}"
    yield "  - **Where:**"
    yield from (f"    - {for_markdown('; '.join(str(side) for side in box) or 'always')}" for box in item.situations)
    yield ""


def _rule(rule: Rule | None) -> str:
    if rule is None:
        return "no answer: it is not asked, or cannot be on that day"
    days = [f"{name} {_code(text)}" for name in ("opens", "due", "closes") if (text := getattr(rule, name))]
    firmly = f"{rule.strength.value}, {rule.certainty.value}"
    return f"{_code(rule.id)}: {'; '.join([in_words(rule.activity), *days])} ({firmly})"


def histories(asked: int, touched: Sequence[Touched], not_answered: Sequence[str]) -> Iterator[str]:
    """How many questions were put to real histories, and a table of those whose answers differ."""
    subjects = len({(item.subject, item.urn, item.subject_type) for item in touched})
    yield from ("## Histories", "", f"{asked} questions put to real histories; {subjects} subjects change.", "")
    if not_answered:
        yield from ("Neither answers:", "", *(f"- {for_markdown(text)}" for text in not_answered), "")
    if touched:
        yield from ("| Subject | Day | Question | Old | New | What differs |", "| --- | --- | --- | --- | --- | --- |")
        yield from (f"| {' | '.join(_cells(item))} |" for item in touched)


def _cells(item: Touched) -> list[str]:
    cells = [
        item.subject,
        in_full(item.new_day),
        in_words(item.track),
        _answer(item, item.old),
        _answer(item, item.new),
        ", ".join(in_words(name) for name in item.what),
    ]
    return [for_markdown(cell) for cell in cells]


def _answer(item: Touched, answer: Answer | None) -> str:
    if answer is None:
        return item.not_answered or "not asked"
    return one_line(answer).removeprefix(for_terminal(f"{item.subject}: "))


def _code(text: str) -> str:
    """A word or an expression of the rulebook, as it is written there."""
    return f"`{for_terminal(text).replace('`', ' ')}`"
