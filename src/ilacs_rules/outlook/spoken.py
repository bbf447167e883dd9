"""One answer as a person would say it: what, between when, how sure that is, and what to do if the record is wrong."""

from datetime import date

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import STRENGTH_MEANS, how_certain, value_in_words
from ilacs_rules.answering.parts import DueWindow
from ilacs_rules.dates import counted, in_full
from ilacs_rules.situation import Value
from ilacs_rules.vocabulary import Grade, OwedBy, Status, Strength, in_words

__all__ = ["STATUS_MEANS", "between", "can_be_checked", "spoken"]

STATUS_MEANS = {
    Status.UNDER_WAY: "It has begun.",
    Status.AWAITING_REPORT: "The inspection is over and its report is not out yet.",
    Status.NOT_OPEN: "The first day of the window is still to come.",
    Status.OPEN: "It may come on any day now.",
    Status.OVERDUE: "The last day has passed, and the record would show it if it had happened.",
    Status.WINDOW_PASSED: "The window has passed; no source gives a day by which it had to be met.",
    Status.NOT_RECORDED: "The last day has passed, and the record would not show whether it happened.",
    Status.SUSPENDED: "Inspection is suspended, so no date can be given.",
    Status.NOT_STATED: "No source gives a date, or the record lacks the day from which it is counted.",
    Status.NOT_REQUIRED: "Nothing is required.",
}


def spoken(answer: Answer) -> tuple[str, ...]:
    """An answer in a few sentences, most important first.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", events=[
    ...     ir.Event(activity="full_inspection", started=date(2023, 5, 15), ended=date(2023, 5, 19),
    ...              published=date(2023, 6, 28), judgements={"overall": "requires_improvement"})])
    >>> for sentence in spoken(ir.next_activity(agency, as_of=date(2024, 1, 10))):
    ...     print(sentence)
    An agency: expect a full inspection between 15 May 2024 and 15 November 2024. It can begin in 126 days.
    How sure: usual (the framework's 'usually'); ...
    This rests on: overall grade at the last inspection whose report was out, requires improvement; first day on site \
of the last inspection, 15 May 2023. If that is wrong, or something is missing, correct the record and ask again.
    """
    if answer.status is Status.NOT_REQUIRED:
        return (f"{answer.subject}: nothing is required on {in_full(answer.as_of)}.", answer.says, _if_wrong(answer))
    sure = f"How sure: {STRENGTH_MEANS[answer.strength]}; {how_certain(answer)}."
    return (f"{answer.subject}: {_expected(answer)}. {_stands(answer)}".rstrip(), sure, _if_wrong(answer))


def between(window: DueWindow) -> str:
    """A window within a sentence.

    >>> between(DueWindow(opens=date(2024, 5, 15), closes=date(2024, 11, 15)))
    'between 15 May 2024 and 15 November 2024'
    >>> between(DueWindow())
    'on a day that no source states'
    """
    opens, due, closes = (in_full(day) if day else "" for day in (window.opens, window.due, window.closes))
    if opens and closes:
        words = f"on {opens}" if opens == closes else f"between {opens} and {closes}"
    else:
        words = f"by {closes}" if closes else f"from {opens} on" if opens else ""
    nominal = f"nominally on {due}" if due else ""
    return ", ".join(part for part in (words, nominal) if part) or "on a day that no source states"


def _expected(answer: Answer) -> str:
    thing, window = _with_article(in_words(answer.activity)), answer.window
    when = between(window)
    if _past_its_end(answer):
        return f"{thing} was to take place {when}; no later day on record says that it has ended"
    if answer.status is Status.UNDER_WAY:
        return f"{thing} is under way" if window == DueWindow() else f"{thing} is under way, to be expected {when}"
    if answer.owed_by is not OwedBy.INSPECTORATE:
        return f"the {answer.owed_by.value} owes {thing} {when}"
    return f"{thing} may come {when}" if answer.strength is Strength.MAY else f"expect {thing} {when}"


def _stands(answer: Answer) -> str:
    window, as_of = answer.window, answer.as_of
    if answer.status is Status.NOT_OPEN and window.opens:
        return f"It can begin in {counted(as_of, window.opens)}."
    if answer.status is Status.OPEN and window.closes:
        left = "is today" if window.closes == as_of else f"is in {counted(as_of, window.closes)}"
        return f"The window is open now; its last day {left}."
    if answer.status is Status.OVERDUE and window.closes:
        return f"It is overdue: the last day was {counted(window.closes, as_of)} ago."
    if _past_its_end(answer):
        return "Until then it counts as under way; the record may be incomplete."
    return STATUS_MEANS[answer.status]


def _past_its_end(answer: Answer) -> bool:
    """Whether it counts as under way although the days that it takes are over."""
    closes = answer.window.closes
    return answer.status is Status.UNDER_WAY and closes is not None and closes < answer.as_of


def _if_wrong(answer: Answer) -> str:
    rests = [f"{fact.means}, {value_in_words(fact.value)}" for fact in answer.facts if can_be_checked(fact.value)]
    ask = "correct the record and ask again."
    if not rests:
        return f"If the record is wrong or something is missing from it, {ask}"
    return f"This rests on: {'; '.join(rests)}. If that is wrong, or something is missing, {ask}"


def can_be_checked(value: Value) -> bool:
    """Whether a reader can hold a fact against what they know: a day, or a grade.

    >>> can_be_checked(date(2024, 1, 31)), can_be_checked("good"), can_be_checked(2)
    (True, True, False)
    """
    return isinstance(value, date) or value in _GRADES


_GRADES = frozenset(grade.value for grade in Grade)
_THE = ("publication", "end of", "monthly", "the ")


def _with_article(words: str) -> str:
    if words.startswith("the "):
        return words
    if words.startswith(_THE):
        return f"the {words}"
    return words if words.startswith("a ") else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
