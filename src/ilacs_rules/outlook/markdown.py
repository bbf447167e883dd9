"""The outlook as Markdown, for a committee paper."""

from collections.abc import Iterable, Iterator, Sequence

from ilacs_rules.answering.answer import Answer
from ilacs_rules.dates import in_full
from ilacs_rules.outlook.history import Done
from ilacs_rules.outlook.layout import KEPT
from ilacs_rules.outlook.measured import PRACTICE, evidence_of_all
from ilacs_rules.outlook.reasons import Reason, facts_of, reasons_of
from ilacs_rules.outlook.summary import counts, first_words, left_out, provenance, title_of
from ilacs_rules.outlook.value import Row, Seen
from ilacs_rules.outlook.words import activity_in_words, capital, kind_in_words, standing, window_short
from ilacs_rules.plain_text import for_markdown
from ilacs_rules.practice import HONESTY

__all__ = ["to_markdown"]

_TITLES = ("What", "When", "How it stands", "How firmly", "Why")


def to_markdown(outlook: Seen) -> str:
    r"""The outlook as GitHub-flavoured Markdown: what needs attention, each subject, the reasons, what was not read.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A * home", registered=date(2024, 1, 31))
    >>> print(to_markdown(ir.outlook(home, as_of=date(2024, 3, 20))))
    # What comes next for A \* home
    <BLANKLINE>
    A \* home: expect a full inspection between 1 April 2024 and 30 September 2024. It can begin in 12 days.
    ...
    """
    reasons = reasons_of(outlook)
    blocks = [
        f"# {for_markdown(title_of(outlook))}",
        "\n\n".join(for_markdown(sentence) for sentence in first_words(outlook)),
        for_markdown(left_out(outlook)),
        *_attention(outlook, reasons),
        *_subjects(outlook, reasons),
        *_practice(outlook),
        *_not_answered(outlook),
        *_not_read(outlook),
        "## Why, and who says so",
        *(_reason(reason) for reason in reasons.values()),
        f"Asked on {in_full(outlook.as_of)}. {for_markdown(provenance(outlook))}",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _attention(outlook: Seen, reasons: dict[str, Reason]) -> Iterator[str]:
    yield "## What needs attention"
    for group, title, means, count in counts(outlook):
        if count:
            yield f"### {title} ({count:,})"
            yield means
            rows = (
                [row.answer.subject, *_cells(row.answer, reasons), *([_seen(row)] if outlook.practice else [])]
                for row in outlook.groups[group]
            )
            yield _table(("Subject", *_TITLES, *((PRACTICE,) if outlook.practice else ())), rows)
    if not outlook.rows:
        yield "Nothing is required."


def _seen(row: Row) -> str:
    return row.measured.briefly if row.measured else ""


def _subjects(outlook: Seen, reasons: dict[str, Reason]) -> Iterator[str]:
    yield "## Each subject"
    for place, item in enumerate(outlook.subjects):
        urn = f", {item.subject.urn}" if item.subject.urn else ""
        yield f"### {for_markdown(item.subject.name)}"
        yield for_markdown(f"{capital(kind_in_words(str(item.subject.type)))}{urn}.")
        yield from _subject(outlook, place, reasons)


def _subject(outlook: Seen, place: int, reasons: dict[str, Reason]) -> Iterator[str]:
    item = outlook.subjects[place]
    due, may = item.required, item.may
    if due or may:
        yield _table(_TITLES, (_cells(answer, reasons) for answer in (*due, *may)))
    yield from (_rests_on(answer, reasons) for answer in (*due, *may))
    if item.not_required:
        numbers = ", ".join(dict.fromkeys(str(reasons[answer.rule].number) for answer in item.not_required))
        yield f"Nothing {'else ' if due else ''}is required; for the reasons see {numbers}."
    if item.measured:
        yield f"{PRACTICE}:"
        yield "\n".join(f"> {for_markdown(' '.join(each.in_full))}" for each in item.measured)
    done = outlook.histories[place]
    if done:
        yield "What was done:"
        yield "\n".join(_done(each) for each in done)
    if item.answers and item.answers[0].not_yet_known:
        later = "; ".join(item.answers[0].not_yet_known)
        yield for_markdown(f"Left out, because it lies after {in_full(outlook.as_of)}: {later}.")


def _cells(answer: Answer, reasons: dict[str, Reason]) -> list[str]:
    return [
        capital(activity_in_words(answer)),
        window_short(answer.window).replace(KEPT, " "),
        standing(answer),
        f"{answer.strength.value}, {answer.certainty.value}",
        str(reasons[answer.rule].number),
    ]


def _rests_on(answer: Answer, reasons: dict[str, Reason]) -> str:
    number = reasons[answer.rule].number
    facts = facts_of(answer)
    rests = f"rests on: {facts}" if facts else "rests on nothing that the record says"
    words = f"{capital(activity_in_words(answer))} (see {number}) {rests}."
    return "\n".join([for_markdown(words), *(f"* {for_markdown(note)}" for note in answer.notes)])


def _done(done: Done) -> str:
    parts = [f"{done.when}: {done.what}", done.judged, f"report published {done.published}" if done.published else ""]
    words = for_markdown("; ".join(part for part in parts if part))
    return f"* {words}" + (f" ([report](<{done.report}>))" if done.report else "")


def _practice(outlook: Seen) -> Iterator[str]:
    evidence = evidence_of_all(each for item in outlook.subjects for each in item.measured)
    if evidence:
        yield f"## {PRACTICE}"
        yield for_markdown(" ".join(HONESTY))
        yield "\n".join(f"* {for_markdown(text)}" for text in evidence.values())


def _not_answered(outlook: Seen) -> Iterator[str]:
    if outlook.not_answered:
        yield "## Could not be answered"
        yield _table(("Subject", "Reason"), ([item.subject, item.error.message] for item in outlook.not_answered))


def _not_read(outlook: Seen) -> Iterator[str]:
    if outlook.not_read:
        yield "## Could not be read as it stands"
        yield "\n".join(f"* {for_markdown(str(problem))}" for problem in outlook.not_read)


def _reason(reason: Reason) -> str:
    lines = [
        f"**{reason.number}.** {for_markdown(reason.says)}",
        f"* How firmly: {for_markdown(reason.strength)}; {for_markdown(reason.certainty)}",
        *(f"* {for_markdown(title)}: {for_markdown(text)}" for title, text in reason.more),
    ]
    for source in reason.sources:
        words = for_markdown(f"{source.text}: {source.place}")
        lines.append(f"* Source: [{words}](<{source.url}>)" if source.url else f"* Source: {words}")
    return "\n".join([lines[0], "", *lines[1:]])


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *([for_markdown(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
