"""Answers in words. The text is made from the answer alone, when it is asked for."""

from datetime import date

from ilacs_rules.answering.parts import AnswerFields
from ilacs_rules.dates import add_days, counted, dated, in_full
from ilacs_rules.plain_text import address, for_html, for_terminal
from ilacs_rules.rulebook import Citation, Rule
from ilacs_rules.rulebook.sources import NOT_SEEN
from ilacs_rules.situation import Value
from ilacs_rules.vocabulary import Activity, Certainty, OwedBy, Status, Strength, in_words

__all__ = ["as_html", "cited", "edition_read", "explain", "how_certain", "how_it_stands", "one_line", "value_in_words"]

STRENGTH_MEANS = {
    Strength.MUST: "must (the law says so)",
    Strength.USUAL: "usual (the framework's 'usually')",
    Strength.MAY: "may (it may happen, but nobody has to do it)",
}
CERTAINTY_MEANS = {
    Certainty.QUOTED: "quoted (from the primary text)",
    Certainty.CARRIED: "carried (an earlier edition says so, and nothing says that it changed)",
    Certainty.REPORTED: "reported (a third party paraphrases it)",
    Certainty.OBSERVED: "observed (seen in dated reports; no text says it)",
    Certainty.INFERRED: "inferred (a reading where the sources are silent or in conflict)",
}


def explain(answer: AnswerFields) -> str:
    """The answer in plain words, over several lines."""
    lines = [
        f"{answer.subject}, asked on {in_full(answer.as_of)}",
        f"  Next: {in_words(answer.activity)}" + _owed_by(answer.owed_by),
        f"  When: {how_it_stands(answer)}",
        f"  How firmly: {STRENGTH_MEANS[answer.strength]}; certainty: {how_certain(answer)}",
        f"  Why: {answer.says}",
    ]
    lines += [f"    {fact.means}: {value_in_words(fact.value)}" for fact in answer.facts]
    for title, text in (
        ("Not stated", answer.gap),
        ("Seen in practice", answer.evidence),
        ("Notice", answer.notice),
        ("On site", answer.days_on_site),
        ("Report", answer.report),
    ):
        lines += [f"  {title}: {text}"] if text else []
    lines += [f"  Reading of '{reading.word}': {reading.means}" for reading in answer.readings]
    lines += [f"  Note: {note}" for note in answer.notes]
    if answer.not_yet_known:
        lines.append(f"  Left out, because it lies after this day: {'; '.join(answer.not_yet_known)}")
    lines.append("  Sources:")
    lines += [f"    {cited(citation)}" for citation in answer.sources]
    lines.append(f"  Rule: {answer.rule} (rulebook {answer.rulebook}, {answer.fingerprint[:12]})")
    # Each is one line, whatever stands in a name or a note.
    return "\n".join(map(for_terminal, lines))


def how_certain(row: AnswerFields | Rule) -> str:
    """The certainty in words; of what is carried on from an earlier edition, with the date of that edition.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> answer = ir.next_activity(agency, as_of=date(2024, 3, 1))
    >>> seen = answer.sources[0].model_copy(update={"edition": "2017-04"})
    >>> how_certain(answer.model_copy(update={"certainty": Certainty.CARRIED, "sources": (seen,)}))
    'carried (the edition of April 2017 says so, and nothing says that it changed)'
    >>> older = seen.model_copy(update={"edition": "2015"})
    >>> how_certain(answer.model_copy(update={"certainty": Certainty.CARRIED, "sources": (older, seen)}))
    'carried (the editions of 2015 and April 2017 say so, and nothing says that they changed)'
    >>> how_certain(answer.model_copy(update={"certainty": Certainty.INFERRED}))
    'inferred (a reading where the sources are silent or in conflict)'
    """
    words = CERTAINTY_MEANS[row.certainty]
    if row.certainty is not Certainty.CARRIED:
        return words
    editions = list(dict.fromkeys(dated(item.edition) for item in row.sources if item.edition not in ("", NOT_SEEN)))
    if len(editions) == 1:
        return words.replace("an earlier edition", f"the edition of {editions[0]}")
    several = f"{', '.join(editions[:-1])} and {editions[-1]}"
    return f"carried (the editions of {several} say so, and nothing says that they changed)"


def cited(citation: Citation) -> str:
    """A source in one line: what it is, which edition was read, the place in it, and its address.

    >>> cited(Citation(source="act", place="section 1", text="Parliament, An Act", edition="2006-11-08"))
    'Parliament, An Act (edition of 8 November 2006): section 1.'
    >>> cited(Citation(source="act", place="section 1", text="Parliament, An Act", url="https://example.org"))
    'Parliament, An Act: section 1. https://example.org'
    """
    return f"{citation.text}{edition_read(citation)}: {citation.place}. {citation.url}".rstrip()


def edition_read(citation: Citation) -> str:
    """Which edition was read, to follow the source's name; nothing where nobody has looked.

    >>> edition_read(Citation(source="act", place="section 1", edition="2006-11"))
    ' (edition of November 2006)'
    >>> edition_read(Citation(source="act", place="section 1", edition="not seen")), edition_read(
    ...     Citation(source="act", place="section 1"))
    (' (edition not seen)', '')
    """
    if citation.edition == NOT_SEEN:
        return " (edition not seen)"
    return f" (edition of {dated(citation.edition)})" if citation.edition else ""


def one_line(answer: AnswerFields) -> str:
    """The answer in one line."""
    status = answer.status.value.replace("_", " ")
    return for_terminal(
        f"{answer.subject}: {in_words(answer.activity)}, {answer.window}, {status} "
        f"({answer.strength.value}, {answer.certainty.value})"
    )


def how_it_stands(answer: AnswerFields) -> str:
    """The window, and how the day stands against it, in words.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> how_it_stands(ir.next_activity(agency, as_of=date(2025, 1, 31)))
    '31 August 2024 to 31 January 2025; open, it closes today'
    >>> how_it_stands(ir.next_activity(agency, as_of=date(2026, 3, 31)))
    '31 August 2024 to 31 January 2025; overdue since 1 February 2025 (1 year 2 months)'
    """
    window, as_of = answer.window, answer.as_of
    if answer.status in (Status.NOT_STATED, Status.NOT_REQUIRED, Status.SUSPENDED):
        return answer.status.value.replace("_", " ")
    if answer.status is Status.NOT_OPEN and window.opens:
        return f"{window}; it opens in {counted(as_of, window.opens)}"
    if answer.status is Status.OPEN:
        closing = f", it closes {_in_days(as_of, window.closes)}" if window.closes else ""
        return f"{window}; open{closing}"
    if answer.status is Status.OVERDUE and window.closes:
        # The last day is still in time.
        return f"{window}; overdue since {in_full(add_days(window.closes, 1))} ({_span(window.closes, as_of)})"
    if answer.status is Status.WINDOW_PASSED:
        return f"{window}; the window has passed, and no source gives a day by which it had to be met"
    if answer.status is Status.NOT_RECORDED:
        return f"{window}; the window has passed, and the record would not show whether it was met"
    return f"{window}; {answer.status.value.replace('_', ' ')}"


def as_html(answer: AnswerFields) -> str:
    """The answer as a small table, for notebooks."""
    rows = (
        ("Next", in_words(answer.activity)),
        ("When", how_it_stands(answer)),
        ("How firmly", f"{answer.strength.value}, {answer.certainty.value}"),
        ("Why", answer.says),
        ("Not stated", answer.gap),
        ("Notes", " ".join(answer.notes)),
    )
    cells = "".join(f"<tr><th>{title}</th><td>{for_html(text)}</td></tr>" for title, text in rows if text)
    links = "; ".join(f"{_linked(citation)}: {for_html(citation.place)}" for citation in answer.sources)
    caption = f"{for_html(answer.subject)}, asked on {in_full(answer.as_of)}"
    return f"<table><caption>{caption}</caption>{cells}<tr><th>Sources</th><td>{links}</td></tr></table>"


def _linked(citation: Citation) -> str:
    leads_to = address(citation.url)
    text = for_html(citation.text)
    return f'<a href="{for_html(leads_to)}">{text}</a>' if leads_to else text


def _owed_by(who: OwedBy) -> str:
    return "" if who is OwedBy.INSPECTORATE else f" (owed by the {who.value})"


_ACTIVITIES = frozenset(activity.value for activity in Activity)


def value_in_words(value: Value) -> str:
    """A fact's value as a person would say it.

    >>> value_in_words(None), value_in_words(3)
    ('not known', '3')
    >>> value_in_words(date(2024, 5, 15)), value_in_words("requires_improvement"), value_in_words("ilacs_short")
    ('15 May 2024', 'requires improvement', 'short inspection under ILACS')
    """
    if value is None:
        return "not known"
    if isinstance(value, date):
        return in_full(value)
    return in_words(Activity(value) if value in _ACTIVITIES else str(value))


def _in_days(start: date, end: date) -> str:
    return "today" if start == end else f"in {counted(start, end)}"


def _span(start: date, end: date) -> str:
    """A length of time as people say it: years and months, or days where it is short."""
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - only what is overdue needs it

    length = relativedelta(end, start)
    parts = [(length.years, "year"), (length.months, "month")]
    words = " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)
    return words or counted(start, end)
