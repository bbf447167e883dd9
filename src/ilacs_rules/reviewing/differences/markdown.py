"""The differences between two rulebooks as Markdown."""

from collections.abc import Iterator

from ilacs_rules.answering.answer import Answer, in_full
from ilacs_rules.answering.explain import one_line
from ilacs_rules.reviewing.differences.found import Diff, Difference, Touched
from ilacs_rules.rulebook import Rule
from ilacs_rules.vocabulary import in_words

__all__ = ["to_markdown"]


def to_markdown(diff: Diff) -> str:
    """A heading for each question, each pair of rules with what differs and where; then the histories, in a table."""
    return "\n".join(_lines(diff)).rstrip("\n") + "\n"


def _lines(diff: Diff) -> Iterator[str]:
    days = [f" on {in_full(day)}" for day in diff.on] if diff.on else ["", ""]
    yield from (f"# {diff.old}{days[0]}, and {diff.new}{days[1]}", "")
    count = len(diff.differences)
    yield from (
        f"{count} pair{'' if count == 1 else 's'} of rules answer differently." if count else "Nothing differs.",
        "",
    )
    for track in dict.fromkeys(item.track for item in diff.differences):
        yield from (f"## {in_words(track).capitalize()}", "")
        for item in diff.differences:
            if item.track == track:
                yield from _difference(item)
    if diff.asked:
        yield from _histories(diff)


def _difference(item: Difference) -> Iterator[str]:
    yield f"- **For:** {', '.join(in_words(kind) for kind in item.subject_types)}"
    yield f"  - **Old:** {_rule(item.old)}"
    yield f"  - **New:** {_rule(item.new)}"
    yield f"  - **Differs in:** {', '.join(in_words(name) for name in item.what)}"
    yield "  - **Where:**"
    yield from (f"    - {'; '.join(str(side) for side in box) or 'always'}" for box in item.situations)
    yield ""


def _rule(rule: Rule | None) -> str:
    if rule is None:
        return "no answer: it is not asked, or cannot be on that day"
    days = [f"{name} `{text}`" for name in ("opens", "due", "closes") if (text := getattr(rule, name))]
    firmly = f"{rule.strength.value}, {rule.certainty.value}"
    return f"`{rule.id}`: {'; '.join([in_words(rule.activity), *days])} ({firmly})"


def _histories(diff: Diff) -> Iterator[str]:
    subjects = len({(item.subject, item.urn, item.subject_type) for item in diff.subjects})
    yield from ("## Histories", "", f"{diff.asked} questions put to real histories; {subjects} subjects change.", "")
    if diff.not_answered:
        yield from ("Neither answers:", "", *(f"- {text}" for text in diff.not_answered), "")
    if diff.subjects:
        yield from ("| Subject | Day | Question | Old | New |", "| --- | --- | --- | --- | --- |")
        yield from (f"| {' | '.join(_cells(item))} |" for item in diff.subjects)


def _cells(item: Touched) -> list[str]:
    cells = [
        item.subject,
        in_full(item.new_day),
        in_words(item.track),
        _answer(item, item.old),
        _answer(item, item.new),
    ]
    return [" ".join(cell.replace("|", "\\|").split()) for cell in cells]


def _answer(item: Touched, answer: Answer | None) -> str:
    if answer is None:
        return item.not_answered or "not asked"
    return one_line(answer).removeprefix(f"{item.subject}: ")
